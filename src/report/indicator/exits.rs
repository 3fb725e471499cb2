//! Exits, one by one, and their classes at each observation point.

use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date, Text};
use crate::fixed;
use crate::report::aftermath::{Aftermath, Point};
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{Sink, Unit};
use crate::report::situation;
use crate::report::situation::{Class, Scheme};

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
            sink(unit.left_out(if part.exit.is_some() { TRANSFERRED } else { STILL_HERE }));
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
            Some(rule) => unit.left_out(rule),
            None if due > world.as_of => unit.not_yet_due(NOT_DUE),
            None => at_point(after, look, unit, &counts),
        });
    });
}

/// What is known of an examined exit that is due.
pub(super) fn at_point(after: &Aftermath<'_>, look: Look, unit: Unit, counts: impl Fn(Class) -> bool) -> Unit {
    let outcome = after.outcome(look.point, look.scheme);
    let unit = match outcome.best {
        Some(best) => unit.value(situation::value(best)).because(situation::record(best)),
        None => unit,
    };
    if counts(outcome.class) {
        unit.counted(rule_of(outcome.class, look.scheme))
    } else if outcome.known {
        unit.not_counted(rule_of(outcome.class, look.scheme))
    } else {
        unit.unknown_in_base(NOTHING_KNOWN)
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
