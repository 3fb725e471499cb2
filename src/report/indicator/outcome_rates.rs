//! Outcomes of exits at the four observation points: one figure, three classes.

use super::counts::{Counts, Name};
use super::exits::{AS_OTHER, Look, SOURCE_IAE, each_examined, point_of};
use super::{Indicator, POINTS};
use crate::domain::Text;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::Sink;
use crate::report::quantity::{AtPoint, Outcome, What};
use crate::report::situation::{Class, Scheme};

const EXAMINED: &Text = fixed!("sorties examinées et échues", "exits examined and due");

/// Exits of a class or better over the exits examined and due.
const OF_EXAMINED: Indicator = Indicator {
    variants: POINTS,
    denominator: EXAMINED,
    unknown: AS_OTHER,
    source: SOURCE_IAE,
    ..Indicator::rate(FigureClass::Outcome)
};

const fn of_due(numerator: Name) -> Counts {
    Counts::PEOPLE
        .numerator(numerator)
        .denominator(Name::At(|point| What::At(point, AtPoint::Due)))
        .waiting(Name::At(|point| What::At(point, AtPoint::NotDue)))
        .unknown(Name::At(|point| What::At(point, AtPoint::Unknown)))
}

/// Lasting, transitional or positive exits.
pub(super) const DYNAMIC: Name = Name::At(|point| What::Outcome(Scheme::Iae, Outcome::Dynamic, point));

const DURABLE: Name = Name::At(|point| What::Outcome(Scheme::Iae, Outcome::Durable, point));

const EMPLOYMENT: Name = Name::At(|point| What::Outcome(Scheme::Iae, Outcome::Employment, point));

/// Lasting, transitional and positive exits.
pub const DYNAMIC_EXIT_RATE: Indicator = Indicator {
    key: "dynamic_exit_rate",
    label: fixed!("Taux de sorties dynamiques", "Dynamic exit rate"),
    definition: fixed!(
        "Sorties en emploi durable, de transition ou positives, parmi les sorties examinées et échues.",
        "Exits to lasting work, transitional work or positive exits, among exits examined and due.",
    ),
    numerator: fixed!(
        "sorties en emploi durable, de transition ou positives",
        "exits to lasting work, transitional work or positive exits",
    ),
    counts: of_due(DYNAMIC),
    gather: |w, g, v, s| classed(w, g, v, s, Class::Positive),
    ..OF_EXAMINED
};

/// Lasting exits.
pub const DURABLE_RATE: Indicator = Indicator {
    key: "durable_rate",
    label: fixed!("Taux d'emploi durable", "Lasting work rate"),
    definition: fixed!(
        "Sorties en emploi durable, parmi les sorties examinées et échues.",
        "Exits to lasting work, among exits examined and due.",
    ),
    numerator: fixed!("sorties en emploi durable", "exits to lasting work"),
    counts: of_due(DURABLE),
    gather: |w, g, v, s| classed(w, g, v, s, Class::Durable),
    ..OF_EXAMINED
};

/// Lasting and transitional exits.
pub const EMPLOYMENT_RATE: Indicator = Indicator {
    key: "employment_rate",
    label: fixed!("Taux d'emploi", "Employment rate"),
    definition: fixed!(
        "Sorties en emploi durable ou de transition, parmi les sorties examinées et échues.",
        "Exits to lasting or transitional work, among exits examined and due.",
    ),
    numerator: fixed!("sorties en emploi durable ou de transition", "exits to lasting or transitional work"),
    counts: of_due(EMPLOYMENT),
    gather: |w, g, v, s| classed(w, g, v, s, Class::Transition),
    ..OF_EXAMINED
};

fn classed(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>, worst: Class) {
    let look = Look { scheme: Scheme::Iae, point: point_of(variant) };
    each_examined(world, group, look, sink, |class| class <= worst);
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

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
}
