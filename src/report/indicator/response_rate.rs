//! Exits of which the situation is known, at the four observation points.

use super::counts::{Counts, DEN, NUM, Name, Relation, Term, UNKNOWN};
use super::exits::{each_exit, not_due, nothing_known, point_of};
use super::{Indicator, POINTS, Page};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit};
use crate::report::quantity::{AtPoint, What};
use crate::report::situation;
use crate::report::situation::Scheme;

/// Exits due whose situation is known.
pub const RESPONSE_RATE: Indicator = Indicator {
    key: "response_rate",
    variants: POINTS,
    label: fixed!("Taux de réponse", "Response rate"),
    definition: fixed!(
        "Sorties échues dont la situation est connue au point d'observation.",
        "Exits due whose situation is known at the observation point.",
    ),
    numerator: fixed!("sorties échues dont la situation est connue", "exits due whose situation is known"),
    denominator: fixed!("sorties échues", "exits due"),
    unknown: fixed!("sans nouvelles au point d'observation", "no news at the observation point"),
    counts: Counts::PEOPLE
        .denominator(Name::At(|point| What::At(point, AtPoint::ExitsDue)))
        .waiting(Name::At(|point| What::At(point, AtPoint::ExitsNotDue)))
        .known(&[
            Relation::equal(&[NUM, UNKNOWN], DEN),
            Relation::equal(
                &[
                    Term::At(|point| What::At(point, AtPoint::Unknown)),
                    Term::At(|point| What::At(point, AtPoint::Silent)),
                ],
                UNKNOWN,
            ),
        ]),
    page: Page::Work(90),
    gather: response,
    ..Indicator::rate(FigureClass::Outcome)
};

fn response(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>) {
    let point = point_of(variant);
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = world.aftermath(part, exit);
        let due = after.due_on(point);
        let unit = Unit::of(part).on(due).because(part.record(&["exit"]));
        if due > world.as_of {
            sink(not_due(world, exit, point, unit));
            return;
        }
        let outcome = after.outcome(point, Scheme::Iae);
        let unit = match outcome.best {
            Some(best) => unit.value(situation::value(best)).because(situation::record(best)),
            None => unit,
        };
        sink(if outcome.known {
            unit.counted(fixed!("situation connue", "situation known"))
        } else {
            nothing_known(world, exit, point, unit)
        });
    });
}
