//! Exits, withdrawals and classes at each point.

use super::*;

#[test]
fn completion_dropout_and_early_exits_wait_for_the_end_of_the_cohort() {
    let mut school = School::with_p1();
    for (slug, exit, reason) in [
        ("done", "2019-02-01", ExitReason::Completed),
        ("job", "2019-01-31", ExitReason::Job),
        ("gave-up", "2018-12-01", ExitReason::DroppedOut),
        ("trial", "2018-11-09", ExitReason::EndOfIntegration),
        ("moved", "2018-12-01", ExitReason::Transferred),
        ("last-day", "2019-02-01", ExitReason::Excluded),
    ] {
        school.left("P1", slug, ("2018-11-05", exit), reason);
    }
    check(&school, "2019-01-31", "completion_rate", [0, 0, 6, 0]);
    check(&school, "2019-02-01", "completion_rate", [1, 6, 0, 0]);
    check(&school, "2019-02-01", "dropout_rate", [3, 6, 0, 0]);
    check(&school, "2019-02-01", "early_exit_rate", [3, 6, 0, 0]);
}

#[test]
fn the_exit_point_is_due_28_days_after_and_looks_at_those_days() {
    for (start, counted) in
        [("2019-02-01", 1), ("2019-02-02", 1), ("2019-03-01", 1), ("2019-03-02", 0), ("2019-03-04", 0)]
    {
        let (mut school, part) = leaver();
        school.situation(part, T::Cdi, start, "");
        check(&school, "2019-02-28", "dynamic_exit_rate@exit", [0, 0, 1, 0]);
        let unknown = 1 - counted;
        check(&school, "2019-03-01", "dynamic_exit_rate@exit", [counted, 1, 0, unknown]);
    }
}

#[test]
fn six_months_exactly_is_durable() {
    for (planned_end, six, over) in [("2019-08-09", 0, 0), ("2019-08-10", 1, 0), ("2019-08-11", 1, 1)] {
        for kind in [T::Cdd, T::Interim, T::Apprentissage, T::Professionnalisation] {
            let (mut school, part) = leaver();
            school.situation(part, kind, "2019-02-11", planned_end);
            let mut scope = up_to("2019-06-01");
            check_in(&school, &scope, "*", "durable_rate@exit", [six, 1, 0, 0]);
            check_in(&school, &scope, "*", "employment_rate@exit", [1, 1, 0, 0]);
            scope.settings.durable_min = DurableMin::OverSixMonths;
            check_in(&school, &scope, "*", "durable_rate@exit", [over, 1, 0, 0]);
        }
    }
}

#[test]
fn the_planned_length_decides_even_when_the_contract_was_broken() {
    let (mut school, part) = leaver();
    school.situation(part, T::Cdi, "2019-02-04", "").actual_end = Some(day("2019-03-15"));
    check(&school, "2019-08-01", "durable_rate@exit", [1, 1, 0, 0]);
    check(&school, "2019-08-01", "durable_rate@6m", [0, 1, 0, 1]);
    check(&school, "2019-08-01", "retention_6m", [0, 1, 0, 1]);
    school.situation(part, T::DemandeurEmploi, "2019-03-16", "");
    check(&school, "2019-08-01", "durable_rate@6m", [0, 1, 0, 0]);
    check(&school, "2019-08-01", "retention_6m", [0, 1, 0, 0]);
    check(&school, "2019-07-31", "retention_6m", [0, 0, 1, 0]);
}

#[test]
fn only_no_news_is_unknown_and_counts_as_another_exit() {
    let (mut school, part) = leaver();
    school.situation(part, T::SansNouvelles, "2019-02-02", "");
    check(&school, "2019-03-01", "dynamic_exit_rate@exit", [0, 1, 0, 1]);
    check(&school, "2019-03-01", "response_rate@exit", [0, 1, 0, 1]);
    school.situation(part, T::Inactif, "2019-02-02", "");
    check(&school, "2019-03-01", "dynamic_exit_rate@exit", [0, 1, 0, 0]);
    check(&school, "2019-03-01", "response_rate@exit", [1, 1, 0, 0]);
}

#[test]
fn a_contract_signed_but_never_begun_counts_nowhere() {
    let (mut school, part) = leaver();
    school.situation(part, T::Cdi, "2019-02-04", "").not_started = true;
    check(&school, "2019-12-31", "dynamic_exit_rate@exit", [0, 1, 0, 1]);
    check(&school, "2019-12-31", "access_delay_days@mean", [0, 0, 0, 1]);
}

#[test]
fn points_are_calendar_months_clamped_to_the_end_of_the_month() {
    let mut school = School::with_p1();
    let part = school.left("P1", "amelie", ("2018-11-05", "2018-11-30"), ExitReason::Job);
    school.situation(part, T::Cdd, "2019-02-28", "2019-02-28");
    check(&school, "2019-02-27", "employment_rate@3m", [0, 0, 1, 0]);
    check(&school, "2019-02-28", "employment_rate@3m", [1, 1, 0, 0]);
}

#[test]
fn exits_inside_the_integration_days_are_withdrawn_unless_they_led_somewhere() {
    for (exit, examined) in [("2018-11-18", 0), ("2018-11-19", 1)] {
        let mut school = School::with_p1();
        school.left("P1", "trial", ("2018-11-05", exit), ExitReason::EndOfIntegration);
        check(&school, "2019-03-01", "dynamic_exit_rate@exit", [0, examined, 0, examined]);
    }
    for (kind, start, examined) in [
        (T::Interim, "2018-11-10", 1),
        (T::FormationPrequalifiante, "2018-12-07", 1),
        (T::RetourEtudes, "2018-12-08", 0),
        (T::Pmsmp, "2018-11-10", 0),
        (T::ServiceCivique, "2018-11-10", 0),
    ] {
        let mut school = School::with_p1();
        let part = school.left("P1", "trial", ("2018-11-05", "2018-11-09"), ExitReason::EndOfIntegration);
        school.situation(part, kind, start, "2018-12-31");
        let figure = school.figure(&up_to("2019-03-01"), "*", "dynamic_exit_rate@exit");
        assert_eq!(figure[1], examined, "{kind:?} from {start}");
    }
}

#[test]
fn a_withdrawal_is_judged_on_the_days_that_have_come() {
    let mut school = School::with_p1();
    let part = school.left("P1", "trial", ("2018-11-05", "2018-11-09"), ExitReason::EndOfIntegration);
    school.situation(part, T::Cdd, "2018-11-20", "2018-12-20");
    check(&school, "2018-11-19", "dynamic_exit_rate@exit", [0, 0, 0, 0]);
    check(&school, "2018-11-20", "dynamic_exit_rate@exit", [0, 0, 1, 0]);
    let mut school = School::with_p1();
    let part = school.left("P1", "trial", ("2018-11-05", "2018-11-09"), ExitReason::EndOfIntegration);
    school.situation(part, T::Cdd, "2018-11-05", "2018-12-20");
    check(&school, "2018-11-09", "dynamic_exit_rate@exit", [0, 0, 0, 0]);
    check(&school, "2018-11-10", "dynamic_exit_rate@exit", [0, 0, 1, 0]);
}

#[test]
fn force_majeure_is_always_withdrawn_and_a_transfer_is_no_exit() {
    let mut school = School::with_p1();
    let ill = school.left("P1", "ill", ("2018-11-05", "2018-12-20"), ExitReason::ForceMajeure);
    school.situation(ill, T::Cdi, "2018-12-21", "");
    school.left("P1", "moved", ("2018-11-05", "2018-12-20"), ExitReason::Transferred);
    check(&school, "2019-03-01", "dynamic_exit_rate@exit", [0, 0, 0, 0]);
    check(&school, "2019-03-01", "response_rate@exit", [1, 1, 0, 0]);
    check(&school, "2019-03-01", "access_delay_days@mean", [1, 1, 0, 0]);
}

#[test]
fn dynamic_on_entrants_is_empty_until_an_exit_is_due() {
    let mut school = School::with_p1();
    school.enter("P1", "still-here", "2018-11-05");
    let part = school.left("P1", "job", ("2018-11-05", "2018-12-03"), ExitReason::Job);
    school.situation(part, T::Cdi, "2018-12-04", "");
    let name = "dynamic_on_entrants@exit";
    check(&school, "2018-12-30", name, [0, 2, 2, 0]);
    assert_eq!(school.finding(&up_to("2018-12-30"), "*", name).value, None);
    check(&school, "2018-12-31", name, [1, 2, 1, 0]);
    assert_eq!(school.finding(&up_to("2018-12-31"), "*", name).value, Some(500));
}

#[test]
fn a_withdrawn_exit_makes_the_rate_on_entrants_due() {
    let mut school = School::with_p1();
    school.left("P1", "ill", ("2018-11-05", "2018-12-03"), ExitReason::ForceMajeure);
    check(&school, "2018-12-31", "dynamic_on_entrants@exit", [0, 1, 0, 0]);
    assert_eq!(school.finding(&up_to("2018-12-31"), "*", "dynamic_on_entrants@exit").value, Some(0));
}
