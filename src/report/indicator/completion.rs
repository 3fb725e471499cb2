//! How paths ended, among entrants whose cohort has ended: one figure, three sets of reasons.

use super::counts::{Counts, NUM, Name, Relation, Term};
use super::exits::without_exit;
use super::{Better, Indicator, Page};
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date, Text};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::{Role, What};
use crate::text;

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
    gather: |w, g, _, s| ended(w, g, s, Exit::Completed),
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
    gather: |w, g, _, s| ended(w, g, s, Exit::Dropout),
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
    gather: |w, g, _, s| ended(w, g, s, Exit::Early),
    ..OF_ENDED
};

fn is_dropout(reason: ExitReason) -> bool {
    matches!(reason, ExitReason::DroppedOut | ExitReason::Excluded | ExitReason::EndOfIntegration)
}

const ANOTHER_EXIT: &Text = fixed!("pas une sortie de la définition", "no exit of the definition");

/// The exits that a definition counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Completed,
    Dropout,
    Early,
}

impl Exit {
    fn counts(self, exit: Date, reason: ExitReason, end: Date) -> bool {
        match self {
            Exit::Completed => reason == ExitReason::Completed,
            Exit::Dropout => is_dropout(reason),
            Exit::Early => exit < end && reason != ExitReason::Completed,
        }
    }
    /// What was compared: the reason of the exit, or its day and the last day of the cohort.
    fn compared(self, exit: Date, reason: ExitReason, end: Date) -> Text {
        let (counts, reason) = (self.counts(exit, reason, end), reason.text());
        match self {
            Exit::Early if exit >= end => text!(
                "sortie le {exit}, pas avant la fin de la promotion ({end})",
                "left on {exit}, not before the end of the cohort ({end})";
                exit, end
            ),
            Exit::Early if counts => text!(
                "sortie le {exit} ({reason}), avant la fin de la promotion ({end})",
                "left on {exit} ({reason}), before the end of the cohort ({end})";
                exit, reason, end
            ),
            Exit::Completed if !counts => text!(
                "sortie le {exit} ({reason}) : le parcours n'est pas allé à son terme",
                "left on {exit} ({reason}): the path was not completed";
                exit, reason
            ),
            Exit::Dropout if !counts => text!(
                "sortie le {exit} ({reason}) : ni abandon, ni exclusion, ni fin de période d'intégration",
                "left on {exit} ({reason}): neither drop-out, nor exclusion, nor end of integration";
                exit, reason
            ),
            Exit::Completed | Exit::Dropout | Exit::Early => {
                text!("sortie le {exit} ({reason})", "left on {exit} ({reason})"; exit, reason)
            }
        }
    }
}

fn ended(world: &World<'_>, group: Group, sink: &mut Sink<'_>, which: Exit) {
    world.each_entrant(group, sink, |part, sink| {
        let (end, as_of) = (world.cohort(part).fact.end, world.as_of);
        let mut unit = Unit::of(part).because(part.record(&["exit", "exit_reason"]));
        unit.date = part.exit.map(|(exit, _)| exit);
        let unit = unit.value(part.exit.map_or(Value::None, |(_, reason)| Value::Code(reason.code())));
        if as_of < end {
            let waits = unit.not_yet_due(fixed!("promotion pas encore terminée", "cohort not ended yet"));
            sink(waits.why(world, || {
                text!("fin de la promotion le {end}, après le {as_of}", "the cohort ends on {end}, after {as_of}"; end, as_of)
            }));
            return;
        }
        sink(match part.left() {
            Some((exit, reason)) => unit
                .counted_if(
                    which.counts(exit, reason, end),
                    fixed!("sortie de la définition", "exit of the definition"),
                    ANOTHER_EXIT,
                )
                .why(world, || which.compared(exit, reason, end)),
            None => without_exit(world, part, unit, |unit, _| unit.not_counted(ANOTHER_EXIT)),
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
