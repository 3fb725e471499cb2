//! How paths ended, among entrants whose cohort has ended: one figure, three sets of reasons.

use super::counts::{Counts, NUM, Name, Relation, Term};
use super::{Better, Indicator, Page};
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date, Text};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::{Role, What};

const ENDED: &Text = fixed!(
    "entrants dont la promotion est terminée à la date d'observation",
    "entrants whose cohort has ended by the observation date",
);

/// Some exits over the entrants whose cohort has ended.
const OF_ENDED: Indicator = Indicator {
    denominator: ENDED,
    counts: Counts::PEOPLE.denominator(Name::Is(What::Ended)).waiting(Name::Is(What::NotEnded)),
    ..Indicator::rate(FigureClass::Outcome)
};

/// Entrants who completed.
pub const COMPLETION_RATE: Indicator = Indicator {
    key: "completion_rate",
    label: fixed!("Taux d'achèvement", "Completion rate"),
    definition: fixed!(
        "Entrants allés au terme, parmi ceux dont la promotion est terminée.",
        "Entrants who completed, among those whose cohort has ended.",
    ),
    numerator: fixed!("entrants allés au terme", "entrants who completed"),
    counts: OF_ENDED.counts.known(&[
        Relation::equal_here(&[NUM], Term::Of(What::Completers)),
        Relation::at_most(&[NUM, Term::Of(What::Indicator("dropout_rate", Role::Numerator))], Term::Of(What::Ended)),
    ]),
    page: Page::Work(10),
    gather: |w, g, _, s| ended(w, g, s, |_, reason, _| reason == ExitReason::Completed),
    ..OF_ENDED
};

/// Drop-outs, exclusions and ends of integration.
pub const DROPOUT_RATE: Indicator = Indicator {
    key: "dropout_rate",
    better: Better::Lower,
    label: fixed!("Taux d'abandon", "Drop-out rate"),
    definition: fixed!(
        "Abandons, exclusions et fins de période d'intégration, parmi les entrants dont la promotion est terminée.",
        "Drop-outs, exclusions and ends of integration, among entrants whose cohort has ended.",
    ),
    numerator: fixed!(
        "abandons, exclusions et fins de période d'intégration",
        "drop-outs, exclusions and ends of integration",
    ),
    page: Page::Work(20),
    gather: |w, g, _, s| ended(w, g, s, |_, reason, _| is_dropout(reason)),
    ..OF_ENDED
};

/// Exits before the cohort's end, completed and transferred left out.
pub const EARLY_EXIT_RATE: Indicator = Indicator {
    key: "early_exit_rate",
    better: Better::Lower,
    label: fixed!("Taux de sortie anticipée", "Early exit rate"),
    definition: fixed!(
        "Sorties avant la fin de la promotion (hors terme et transfert), parmi les entrants dont elle est terminée.",
        "Exits before the cohort's end (completed and transferred left out), among entrants whose cohort has ended.",
    ),
    numerator: fixed!(
        "sorties avant la fin de la promotion (hors terme et transfert)",
        "exits before the cohort's end (completed and transferred left out)",
    ),
    page: Page::Work(30),
    gather: |w, g, _, s| ended(w, g, s, |exit, reason, end| exit < end && reason != ExitReason::Completed),
    ..OF_ENDED
};

fn is_dropout(reason: ExitReason) -> bool {
    matches!(reason, ExitReason::DroppedOut | ExitReason::Excluded | ExitReason::EndOfIntegration)
}

fn ended(world: &World<'_>, group: Group, sink: &mut Sink<'_>, counts: impl Fn(Date, ExitReason, Date) -> bool) {
    world.each_entrant(group, sink, |part, sink| {
        let end = world.cohort(part).fact.end;
        let mut unit = Unit::of(part).because(part.record(&["exit", "exit_reason"]));
        unit.date = part.exit.map(|(exit, _)| exit);
        let unit = unit.value(part.exit.map_or(Value::None, |(_, reason)| Value::Code(reason.code())));
        sink(if world.as_of < end {
            unit.not_yet_due(fixed!("promotion pas encore terminée", "cohort not ended yet"))
        } else {
            unit.counted_if(
                part.left().is_some_and(|(exit, reason)| counts(exit, reason, end)),
                fixed!("sortie de la définition", "exit of the definition"),
                fixed!("pas une sortie de la définition", "no exit of the definition"),
            )
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

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
}
