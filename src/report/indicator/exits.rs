//! Exits, one by one, and their classes at each observation point.

use crate::domain::facts::{DurableMin, SituationFact};
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date, Text};
use crate::fixed;
use crate::report::aftermath::{Aftermath, EXIT_WINDOW, Point};
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{Sink, Unit};
use crate::report::situation;
use crate::report::situation::{Class, Scheme};
use crate::text;

/// What becomes of exits of which nothing is known.
pub const AS_OTHER: &Text = fixed!(
    "situation inconnue : autre sortie, dans la base, comptée à part",
    "unknown situation: other exit, in the base, counted beside",
);

/// Where the classes of exits come from.
pub const SOURCE_IAE: &Text = fixed!(
    "sorties dynamiques de l'insertion par l'activité économique",
    "dynamic exits of the work-integration scheme"
);

/// A scheme and a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// How situations are classed.
    pub scheme: Scheme,
    /// When they are looked at.
    pub point: Point,
}

/// The point that a variant names; the exit when it names none.
pub fn point_of(variant: Option<&str>) -> Point {
    variant.and_then(Point::from_code).unwrap_or(Point::Exit)
}

/// Why a unit waits for a day to come.
pub const NOT_DUE: &Text = fixed!("point d'observation pas encore échu", "observation point not yet due");

/// Why an exit counts as another exit.
pub const NOTHING_KNOWN: &Text = fixed!("aucune situation connue à ce point", "no situation known at that point");

/// Why somebody without an exit is still to come.
pub(super) const STILL_HERE: &Text = fixed!("n'est pas sorti", "has not left");

/// Why somebody who went to another cohort is still to come.
pub(super) const TRANSFERRED: &Text =
    fixed!("transféré dans une autre promotion : pas une sortie", "transferred to another cohort: not an exit");

/// Somebody who has not left, or left for another cohort.
pub(super) fn without_exit(
    world: &World<'_>,
    part: &Part<'_>,
    unit: Unit,
    judged: impl FnOnce(Unit, &'static Text) -> Unit,
) -> Unit {
    let as_of = world.as_of;
    match part.exit {
        Some((exit, _)) => judged(unit, TRANSFERRED).why(world, || {
            text!(
                "transféré le {exit} dans une autre promotion : pas une sortie",
                "transferred on {exit} to another cohort: not an exit";
                exit
            )
        }),
        None => judged(unit, STILL_HERE).why(world, || text!("pas de sortie au {as_of}", "no exit by {as_of}"; as_of)),
    }
}

/// A point whose day has not come: the exit, what is added to it, and the day of the report.
pub(super) fn not_due(world: &World<'_>, exit: Date, point: Point, unit: Unit) -> Unit {
    let (due, as_of) = (point.window(exit).1, world.as_of);
    unit.not_yet_due(NOT_DUE).why(world, || match point.months() {
        None => text!(
            "sortie {exit} + {EXIT_WINDOW} jours = {due}, après le {as_of}",
            "exit {exit} + {EXIT_WINDOW} days = {due}, after {as_of}";
            exit, due, as_of
        ),
        Some(n) => text!(
            "sortie {exit} + {n} mois = {due}, après le {as_of}",
            "exit {exit} + {n} months = {due}, after {as_of}";
            exit, due, as_of
        ),
    })
}

/// Why an exit is withdrawn, with the days that were counted.
pub fn withdrawn_in_words(part: &Part<'_>, integration_days: i32) -> Text {
    let (Some((exit, reason)), Some(entry)) = (part.left(), part.entry) else { return STILL_HERE.clone() };
    let day = exit.days() - entry.days() + 1;
    if reason == ExitReason::ForceMajeure {
        return text!("sortie le {exit} pour force majeure", "left on {exit}, force majeure"; exit);
    }
    let reason = reason.text();
    text!(
        "sortie le {exit}, jour {day} depuis l'entrée du {entry} (période d'intégration : {integration_days}), {reason}, sans emploi ni formation dans les {EXIT_WINDOW} jours",
        "left on {exit}, day {day} since the entry of {entry} (integration period: {integration_days}), {reason}, without work or training within {EXIT_WINDOW} days";
        exit, entry, reason
    )
}

/// Gives each exit to a definition, and tells why the other participations are left out.
pub fn each_exit<'a>(
    world: &World<'a>,
    group: Group,
    sink: &mut Sink<'_>,
    mut judge: impl FnMut(&Part<'a>, (Date, ExitReason), &mut Sink<'_>),
) {
    world.each_entrant(group, sink, |part, sink| match part.left() {
        Some(exit) => judge(part, exit, sink),
        None if world.explains() => {
            let unit = Unit::of(part).because(part.record(&["exit", "exit_reason"]));
            sink(without_exit(world, part, unit, Unit::left_out));
        }
        None => {}
    });
}

/// The examined exits at a point: counted when their class is one of those asked for.
pub fn each_examined(world: &World<'_>, group: Group, look: Look, sink: &mut Sink<'_>, counts: impl Fn(Class) -> bool) {
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = world.aftermath(part, exit);
        let due = after.due_on(look.point);
        let unit = Unit::of(part).on(due).because(part.record(&["exit", "exit_reason"]));
        sink(match world.withdrawn(part) {
            Some(rule) => {
                let days = world.cohort(part).fact.integration_days;
                unit.left_out(rule).why(world, || withdrawn_in_words(part, days))
            }
            None if due > world.as_of => not_due(world, exit, look.point, unit),
            None => at_point(world, exit, look, (after, unit), &counts),
        });
    });
}

/// What is known of an examined exit that is due.
pub(super) fn at_point(
    world: &World<'_>,
    exit: Date,
    look: Look,
    (after, unit): (&Aftermath<'_>, Unit),
    counts: impl Fn(Class) -> bool,
) -> Unit {
    let outcome = after.outcome(look.point, look.scheme);
    let unit = match outcome.best {
        Some(best) => unit.value(situation::value(best)).because(situation::record(best)),
        None => unit,
    };
    if counts(outcome.class) {
        unit.counted(rule_of(outcome.class, look.scheme))
    } else if outcome.known {
        let class = rule_of(outcome.class, look.scheme);
        let unit = unit.not_counted(class);
        match outcome.best.filter(|best| best.kind.is_paid() && look.scheme == Scheme::Iae) {
            Some(best) => unit.why(world, || too_short(world, class, best)),
            None => unit,
        }
    } else {
        nothing_known(world, exit, look.point, unit)
    }
}

/// Nothing known at a point, with its days.
pub(super) fn nothing_known(world: &World<'_>, exit: Date, point: Point, unit: Unit) -> Unit {
    let (from, to) = point.window(exit);
    unit.unknown_in_base(NOTHING_KNOWN).why(world, || {
        if from == to {
            text!("aucune situation connue le {to}", "no situation known on {to}"; to)
        } else {
            text!("aucune situation connue du {from} au {to}", "no situation known from {from} to {to}"; from, to)
        }
    })
}

/// A paid situation that is not in the class asked for: its length beside what would be lasting.
fn too_short(world: &World<'_>, class: &Text, best: &SituationFact) -> Text {
    let (start, full) = (best.start, best.start.plus_months(6));
    let (least, less) = match world.scope.settings.durable_min {
        DurableMin::SixMonths => (full.plus_days(-1), text!(" - 1 jour", " - 1 day")),
        DurableMin::OverSixMonths => (full, text!("", "")),
    };
    match best.planned_end {
        Some(end) if end < least => text!(
            "{class} : fin prévue le {end}, avant le {least} (début {start} + 6 mois{less})",
            "{class}: planned to end on {end}, before {least} (start {start} + 6 months{less})";
            class, end, least, start, less
        ),
        Some(end) => text!(
            "{class} : du {start} au {end}",
            "{class}: from {start} to {end}";
            class, start, end
        ),
        None => text!("{class} : depuis le {start}", "{class}: since {start}"; class, start),
    }
}

fn rule_of(class: Class, scheme: Scheme) -> &'static Text {
    match (class, scheme) {
        (Class::Durable, Scheme::Iae) => fixed!("emploi durable", "lasting work"),
        (Class::Transition, Scheme::Iae) => fixed!("emploi de transition", "transitional work"),
        (Class::Positive, Scheme::Iae) => fixed!("sortie positive", "positive exit"),
        (Class::Durable, Scheme::E2c) => fixed!("contrat de travail", "work contract"),
        (Class::Transition, Scheme::E2c) => fixed!("alternance", "apprenticeship or professionalisation"),
        (Class::Positive, Scheme::E2c) => fixed!("formation", "training"),
        (Class::Other, _) => fixed!("autre situation", "other situation"),
    }
}
