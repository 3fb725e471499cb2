//! Dynamic exits over all entrants.

use super::counts::{Counts, ENTRANTS, Name, Relation, Term, WAITING};
use super::exits::{AS_OTHER, Look, SOURCE_IAE, at_point, not_due, point_of, withdrawn_in_words, without_exit};
use super::outcome_rates::DYNAMIC;
use super::{Indicator, Shape, Variants};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit};
use crate::report::quantity::{AtPoint, What};
use crate::report::situation::{Class, Scheme};

/// Examined dynamic exits over all entrants; empty while no exit is due.
pub const DYNAMIC_ON_ENTRANTS: Indicator = Indicator {
    key: "dynamic_on_entrants",
    variants: Variants::Fixed(&["exit"]),
    shape: Shape::RateOnceDue,
    label: fixed!("Sorties dynamiques sur entrants", "Dynamic exits over entrants"),
    definition: fixed!(
        "Sorties dynamiques examinées parmi tous les entrants ; vide tant qu'aucune sortie n'est échue.",
        "Examined dynamic exits among all entrants; empty while no exit is due.",
    ),
    numerator: fixed!("sorties dynamiques examinées", "examined dynamic exits"),
    denominator: fixed!("tous les entrants", "all entrants"),
    unknown: AS_OTHER,
    source: SOURCE_IAE,
    counts: Counts::PEOPLE
        .numerator(DYNAMIC)
        .denominator(Name::Is(What::Entrants))
        .waiting(Name::Own)
        .known(&[Relation::equal(&[WAITING, Term::At(|point| What::At(point, AtPoint::ExitsDue))], ENTRANTS)]),
    gather: |w, g, v, s| on_entrants(w, g, Look { scheme: Scheme::Iae, point: point_of(v) }, s),
    ..Indicator::rate(FigureClass::Outcome)
};

/// All entrants: counted when they left examined and dynamic at a point; those without a due exit are still to come.
pub fn on_entrants(world: &World<'_>, group: Group, look: Look, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.record(&["exit", "exit_reason"]));
        let Some((exit, _)) = part.left() else {
            sink(without_exit(world, part, unit, Unit::not_yet_due).inside_base());
            return;
        };
        let after = world.aftermath(part, exit);
        let due = after.due_on(look.point);
        sink(match world.withdrawn(part) {
            _ if due > world.as_of => not_due(world, exit, look.point, unit.on(due)).inside_base(),
            Some(rule) => {
                let days = world.cohort(part).fact.integration_days;
                unit.on(exit).not_counted(rule).why(world, || withdrawn_in_words(part, days))
            }
            None => at_point(world, exit, look, (after, unit.on(due)), |c| c < Class::Other),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

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
}
