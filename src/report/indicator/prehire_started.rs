//! Prehire missions started by those who completed.

use super::counts::{Counts, DEN, NUM, Name, Relation};
use super::exits::each_exit;
use super::{Indicator, Page};
use crate::domain::ClosedList;
use crate::domain::trainee::ExitReason;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::What;
use crate::report::situation;

/// Exits that completed with a prehire mission started.
pub const PREHIRE_STARTED: Indicator = Indicator {
    key: "prehire_started",
    label: fixed!("Missions de préembauche commencées", "Prehire missions started"),
    definition: fixed!(
        "Sorties au terme avec une mission de préembauche commencée.",
        "Exits that completed with a prehire mission started.",
    ),
    numerator: fixed!(
        "sorties au terme avec une mission de préembauche commencée",
        "exits that completed with a prehire mission started",
    ),
    denominator: fixed!("sorties au terme", "exits that completed"),
    counts: Counts::PEOPLE.denominator(Name::Is(What::Completers)).known(&[Relation::at_most(&[NUM], DEN)]),
    page: Page::Work(40),
    gather: prehire_started,
    ..Indicator::rate(FigureClass::Outcome)
};

fn prehire_started(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, reason), sink| {
        let unit = Unit::of(part).on(exit).because(part.record(&["exit_reason"])).value(Value::Code(reason.code()));
        if reason != ExitReason::Completed {
            sink(unit.left_out(fixed!("sortie avant le terme", "did not complete")));
            return;
        }
        let prehire = world.situations_under(part).filter(|s| s.prehire).min_by_key(|s| (s.start, s.id));
        sink(match prehire {
            Some(found) => situation::decides(unit, found)
                .counted(fixed!("mission de préembauche commencée", "prehire mission started")),
            None => unit.not_counted(fixed!("aucune mission de préembauche", "no prehire mission")),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

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
}
