//! Retention in work at 6 months.

use super::counts::{Counts, DEN, NUM, Name, Relation, Term, UNKNOWN, WAITING};
use super::exits::{each_exit, not_due, nothing_known};
use super::{Indicator, Page};
use crate::fixed;
use crate::report::aftermath::Point;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit};
use crate::report::quantity::What;
use crate::report::situation;
use crate::report::situation::Scheme;
use crate::text;

/// Under a paid contract within 28 days after the exit and still at 6 months.
pub const RETENTION_6M: Indicator = Indicator {
    key: "retention_6m",
    label: fixed!("Maintien en emploi à 6 mois", "Retention in work at 6 months"),
    definition: fixed!(
        "En contrat payé dans les 28 jours après la sortie et encore à 6 mois.",
        "Under a paid contract within 28 days after the exit and still at 6 months.",
    ),
    numerator: fixed!(
        "en contrat payé dans les 28 jours après la sortie et encore à 6 mois",
        "under a paid contract within 28 days after the exit and still at 6 months",
    ),
    denominator: fixed!(
        "sortants en contrat payé dans les 28 jours, échus à 6 mois",
        "leavers under a paid contract within 28 days, due at 6 months",
    ),
    unknown: fixed!(
        "rien de connu à 6 mois : pas en emploi, et compté à part",
        "nothing known at 6 months: not in work, and counted beside",
    ),
    counts: Counts::PEOPLE
        .waiting(Name::Own)
        .known(&[Relation::at_most(&[DEN, WAITING], Term::Of(What::WithJob)), Relation::at_most(&[NUM, UNKNOWN], DEN)]),
    page: Page::Work(70),
    gather: retention,
    ..Indicator::rate(FigureClass::Outcome)
};

fn retention(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = world.aftermath(part, exit);
        let due = after.due_on(Point::M6);
        let unit = Unit::of(part).on(due).because(part.record(&["exit"]));
        let person = part.fact.person;
        let Some(first) = world.paid_within(person, world.exit_window(exit)) else {
            let left_out = unit.left_out(fixed!(
                "pas en emploi dans les 28 jours après la sortie",
                "not in work within 28 days after the exit",
            ));
            let (from, to) = world.exit_window(exit);
            sink(left_out.why(world, || {
                text!(
                    "aucun contrat payé du {from} au {to} (sortie {exit} + 28 jours)",
                    "no paid contract from {from} to {to} (exit {exit} + 28 days)";
                    from, to, exit
                )
            }));
            return;
        };
        let unit = unit.value(situation::value(first)).because(situation::record(first));
        if due > world.as_of {
            sink(not_due(world, exit, Point::M6, unit));
            return;
        }
        sink(match world.paid_within(person, (due, due)) {
            Some(found) => unit
                .value(situation::value(found))
                .because(situation::record(found))
                .counted(fixed!("en emploi à 6 mois", "in work at 6 months")),
            None if after.outcome(Point::M6, Scheme::Iae).known => {
                unit.not_counted(fixed!("pas en emploi à 6 mois", "not in work at 6 months")).why(world, || {
                    text!(
                        "aucun contrat payé le {due} (sortie {exit} + 6 mois)",
                        "no paid contract on {due} (exit {exit} + 6 months)";
                        due, exit
                    )
                })
            }
            None => nothing_known(world, exit, Point::M6, unit),
        });
    });
}
