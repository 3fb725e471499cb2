//! Work after the course.

use super::*;

#[test]
fn a_situation_recorded_under_another_cohort_counts_for_points_but_not_for_prehire() {
    let (mut school, _) = leaver();
    school.cohort("P2", "2019-03-04", "2019-05-31");
    let second = school.enter("P2", "amelie", "2019-03-04");
    school.situation(second, T::Interim, "2019-02-04", "2019-02-20").prehire = true;
    let scope = up_to("2019-03-31");
    check_in(&school, &scope, "P1", "employment_rate@exit", [1, 1, 0, 0]);
    check_in(&school, &scope, "P1", "prehire_started", [0, 1, 0, 0]);
}

/// A prehire mission at Sogetrel through an agency, 4 February to 26 April 2019, and what follows.
fn prehire(kind: T, start: &str, company: Option<&str>) -> School {
    let (mut school, part) = leaver();
    let mission = school.situation(part, T::Interim, "2019-02-04", "2019-04-26");
    mission.prehire = true;
    mission.company = Some("Manpower".into());
    mission.user_company = Some("SOGÉTREL".into());
    let planned_end = if kind == T::Cdi { "" } else { "2020-04-30" };
    school.situation(part, kind, start, planned_end).company = company.map(str::to_owned);
    school
}

#[test]
fn a_prehire_mission_converts_in_the_same_company_by_30_days_after_its_end() {
    for (kind, start, company, counted) in [
        (T::Cdi, "2019-04-29", Some("sogetrel"), 1),
        (T::Cdd, "2019-05-26", Some("Sogetrel"), 1),
        (T::Cdi, "2019-05-27", Some("Sogetrel"), 0),
        (T::Cdi, "2019-02-04", Some("Sogetrel"), 1),
        (T::Cdi, "2019-02-03", Some("Sogetrel"), 0),
        (T::Apprentissage, "2019-04-29", Some("MANPOWER"), 1),
        (T::CdiInterim, "2019-04-29", Some("Sogetrel"), 0),
        (T::Interim, "2019-04-29", Some("Sogetrel"), 0),
        (T::Cdi, "2019-04-29", Some("Axione"), 0),
        (T::Cdi, "2019-04-29", None, 0),
    ] {
        let school = prehire(kind, start, company);
        assert_eq!(
            school.figure(&up_to("2019-12-31"), "*", "prehire_converted"),
            [counted, 1, 0, 0],
            "{kind:?} {start}"
        );
    }
}

#[test]
fn a_conversion_is_due_30_days_after_the_mission() {
    let school = prehire(T::Cdi, "2019-04-29", Some("Sogetrel"));
    check(&school, "2019-05-25", "prehire_converted", [0, 0, 1, 0]);
    check(&school, "2019-05-26", "prehire_converted", [1, 1, 0, 0]);
    check(&school, "2019-02-03", "prehire_started", [0, 1, 0, 0]);
    check(&school, "2019-02-04", "prehire_started", [1, 1, 0, 0]);
}

#[test]
fn only_the_last_prehire_mission_of_a_person_is_judged() {
    let mut school = prehire(T::Cdi, "2019-04-29", Some("Sogetrel"));
    let part = school.facts.participations[0].id;
    let again = school.situation(part, T::Interim, "2019-06-03", "2019-06-28");
    again.prehire = true;
    again.company = Some("Axione".into());
    check(&school, "2019-12-31", "prehire_converted", [0, 1, 0, 0]);
}

#[test]
fn of_two_missions_with_the_same_dates_the_higher_number_is_the_last() {
    for (first, second, counted) in [("Sogetrel", "Axione", 0), ("Axione", "Sogetrel", 1)] {
        let (mut school, part) = leaver();
        for company in [first, second] {
            let mission = school.situation(part, T::Interim, "2019-02-04", "2019-04-26");
            mission.prehire = true;
            mission.company = Some(company.into());
        }
        school.situation(part, T::Cdi, "2019-04-29", "").company = Some("Sogetrel".into());
        check(&school, "2019-12-31", "prehire_converted", [counted, 1, 0, 0]);
    }
}

#[test]
fn the_delay_starts_at_the_exit_and_never_goes_below_zero() {
    for (start, end, want) in [
        ("2019-02-01", "", [0, 1, 0, 0]),
        ("2018-12-01", "2019-02-02", [0, 1, 0, 0]),
        ("2018-12-01", "2019-02-01", [0, 0, 0, 1]),
        ("2019-02-02", "", [1, 1, 0, 0]),
        ("2019-03-04", "", [31, 1, 0, 0]),
    ] {
        let (mut school, part) = leaver();
        let kind = if end.is_empty() { T::Cdi } else { T::Cdd };
        school.situation(part, kind, start, end);
        check(&school, "2019-12-31", "access_delay_days@mean", want);
    }
}

#[test]
fn the_median_of_an_even_number_is_the_mean_of_the_two_middle_ones() {
    let mut school = School::with_p1();
    for (slug, start) in [("a", "2019-02-02"), ("b", "2019-02-05"), ("c", "2019-02-04"), ("d", "2019-05-01")] {
        let part = school.left("P1", slug, ("2018-11-05", "2019-02-01"), ExitReason::Completed);
        school.situation(part, T::Cdi, start, "");
    }
    let scope = up_to("2019-12-31");
    assert_eq!(school.finding(&scope, "*", "access_delay_days@median").value, Some(35));
    assert_eq!(school.finding(&scope, "*", "access_delay_days@mean").value, Some(243));
    assert_eq!(median_tenths(vec![7, 1, 3]), Some(30));
    assert_eq!(median_tenths(vec![]), None);
}

#[test]
fn eighty_distinct_days_count_two_contracts_at_one_date_once() {
    // 2 February + 79 days = 22 April.
    for (end, counted) in [("2019-04-21", 0), ("2019-04-22", 1)] {
        let (mut school, part) = leaver();
        school.situation(part, T::Cdd, "2019-01-15", "2019-03-15");
        school.situation(part, T::Interim, "2019-03-01", end);
        check(&school, "2019-08-01", "contract_days_80", [counted, 1, 0, 0]);
        check(&school, "2019-07-31", "contract_days_80", [0, 0, 1, 0]);
    }
    let (mut school, part) = leaver();
    school.situation(part, T::Cdi, "2019-05-14", "");
    check(&school, "2019-12-31", "contract_days_80", [1, 1, 0, 0]);
    let (mut school, part) = leaver();
    school.situation(part, T::Cdi, "2019-05-15", "");
    check(&school, "2019-12-31", "contract_days_80", [0, 1, 0, 0]);
}

#[test]
fn a_company_counts_once_and_by_the_place_where_people_really_work() {
    let (mut school, part) = leaver();
    for (company, user, start) in [
        ("Manpower", Some("Sogetrel"), "2019-02-04"),
        ("SOGÉTREL", None, "2019-03-04"),
        ("Axione", None, "2019-03-04"),
        ("Early", None, "2018-12-31"),
    ] {
        let found = school.situation(part, T::Interim, start, "2019-06-30");
        found.company = Some(company.into());
        found.user_company = user.map(str::to_owned);
    }
    let scope = period("2019-01-01", "2019-12-31", "2019-12-31");
    check_in(&school, &scope, "*", "partner_companies", [2, 0, 0, 0]);
}
