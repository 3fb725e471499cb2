//! Exits: completion, drop-out, and the classes of exits at each observation point.

use super::counts::{Counts, ENTRANTS, NOT_DUE as WAITING, NUM, Name, Relation, Term};
use super::{Better, Indicator, Measure, NEVER_UNKNOWN, POINTS, Shape, Variants};
use crate::domain::Text;
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{Sink, Unit, Value};
use crate::report::outcome::{Aftermath, Point};
use crate::report::quantity::{AtPoint, Outcome, Role, What};
use crate::report::situation::{self, Class, Scheme};

const ENDED: &Text = fixed!(
    "entrants dont la promotion est terminée à la date d'observation",
    "entrants whose cohort has ended by the observation date",
);
const EXAMINED: &Text = fixed!("sorties examinées et échues", "exits examined and due");
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

const OF_ENDED: Counts = Counts::PEOPLE.denominator(Name::Is(What::Ended)).waiting(Name::Is(What::NotEnded));

const fn of_due(numerator: Name) -> Counts {
    Counts::PEOPLE
        .numerator(numerator)
        .denominator(Name::At(|point| What::At(point, AtPoint::Due)))
        .waiting(Name::At(|point| What::At(point, AtPoint::NotDue)))
        .unknown(Name::At(|point| What::At(point, AtPoint::Unknown)))
}

const DYNAMIC: Name = Name::At(|point| What::Outcome(Scheme::Iae, Outcome::Dynamic, point));
const DURABLE: Name = Name::At(|point| What::Outcome(Scheme::Iae, Outcome::Durable, point));
const EMPLOYMENT: Name = Name::At(|point| What::Outcome(Scheme::Iae, Outcome::Employment, point));

const fn of_ended(
    key: &'static str,
    label: &'static Text,
    definition: &'static Text,
    numerator: &'static Text,
    gather: super::Gather,
) -> Indicator {
    Indicator {
        key,
        variants: Variants::Bare,
        measure: Measure::Percent,
        shape: Shape::Rate,
        better: Better::Higher,
        label,
        definition,
        numerator,
        denominator: ENDED,
        unknown: NEVER_UNKNOWN,
        source: super::OWN,
        counts: OF_ENDED,
        gather,
    }
}

const fn of_examined(
    key: &'static str,
    label: &'static Text,
    definition: &'static Text,
    (numerator, numerator_name): (&'static Text, Name),
    gather: super::Gather,
) -> Indicator {
    Indicator {
        variants: POINTS,
        denominator: EXAMINED,
        unknown: AS_OTHER,
        source: SOURCE_IAE,
        counts: of_due(numerator_name),
        ..of_ended(key, label, definition, numerator, gather)
    }
}

/// The indicators of this page, in order.
pub const ALL: &[Indicator] = &[
    Indicator {
        counts: OF_ENDED.known(&[
            Relation::equal_here(&[NUM], Term::Of(What::Completers)),
            Relation::at_most(
                &[NUM, Term::Of(What::Indicator("dropout_rate", Role::Numerator))],
                Term::Of(What::Ended),
            ),
        ]),
        ..of_ended(
            "completion_rate",
            fixed!("Taux d'achèvement", "Completion rate"),
            fixed!(
                "Entrants allés au terme, parmi ceux dont la promotion est terminée.",
                "Entrants who completed, among those whose cohort has ended.",
            ),
            fixed!("entrants allés au terme", "entrants who completed"),
            |w, g, _, s| ended(w, g, s, |_, reason, _| reason == ExitReason::Completed),
        )
    },
    Indicator {
        better: Better::Lower,
        ..of_ended(
            "dropout_rate",
            fixed!("Taux d'abandon", "Drop-out rate"),
            fixed!(
                "Abandons, exclusions et fins de période d'intégration, parmi les entrants dont la promotion est terminée.",
                "Drop-outs, exclusions and ends of integration, among entrants whose cohort has ended.",
            ),
            fixed!(
                "abandons, exclusions et fins de période d'intégration",
                "drop-outs, exclusions and ends of integration",
            ),
            |w, g, _, s| ended(w, g, s, |_, reason, _| is_dropout(reason)),
        )
    },
    Indicator {
        better: Better::Lower,
        ..of_ended(
            "early_exit_rate",
            fixed!("Taux de sortie anticipée", "Early exit rate"),
            fixed!(
                "Sorties avant la fin de la promotion (hors terme et transfert), parmi les entrants dont elle est terminée.",
                "Exits before the cohort's end (completed and transferred left out), among entrants whose cohort has ended.",
            ),
            fixed!(
                "sorties avant la fin de la promotion (hors terme et transfert)",
                "exits before the cohort's end (completed and transferred left out)",
            ),
            |w, g, _, s| ended(w, g, s, |exit, reason, end| exit < end && reason != ExitReason::Completed),
        )
    },
    of_examined(
        "dynamic_exit_rate",
        fixed!("Taux de sorties dynamiques", "Dynamic exit rate"),
        fixed!(
            "Sorties en emploi durable, de transition ou positives, parmi les sorties examinées et échues.",
            "Exits to lasting work, transitional work or positive exits, among exits examined and due.",
        ),
        (
            fixed!(
                "sorties en emploi durable, de transition ou positives",
                "exits to lasting work, transitional work or positive exits",
            ),
            DYNAMIC,
        ),
        |w, g, v, s| classed(w, g, v, s, Class::Positive),
    ),
    of_examined(
        "durable_rate",
        fixed!("Taux d'emploi durable", "Lasting work rate"),
        fixed!(
            "Sorties en emploi durable, parmi les sorties examinées et échues.",
            "Exits to lasting work, among exits examined and due.",
        ),
        (fixed!("sorties en emploi durable", "exits to lasting work"), DURABLE),
        |w, g, v, s| classed(w, g, v, s, Class::Durable),
    ),
    of_examined(
        "employment_rate",
        fixed!("Taux d'emploi", "Employment rate"),
        fixed!(
            "Sorties en emploi durable ou de transition, parmi les sorties examinées et échues.",
            "Exits to lasting or transitional work, among exits examined and due.",
        ),
        (fixed!("sorties en emploi durable ou de transition", "exits to lasting or transitional work"), EMPLOYMENT),
        |w, g, v, s| classed(w, g, v, s, Class::Transition),
    ),
    Indicator {
        variants: Variants::Fixed(&["exit"]),
        shape: Shape::RateOnceDue,
        denominator: fixed!("tous les entrants", "all entrants"),
        counts: Counts::PEOPLE
            .numerator(DYNAMIC)
            .denominator(Name::Is(What::Entrants))
            .waiting(Name::Own)
            .known(&[Relation::equal(&[WAITING, Term::At(|point| What::At(point, AtPoint::ExitsDue))], ENTRANTS)]),
        ..of_examined(
            "dynamic_on_entrants",
            fixed!("Sorties dynamiques sur entrants", "Dynamic exits over entrants"),
            fixed!(
                "Sorties dynamiques examinées parmi tous les entrants ; vide tant qu'aucune sortie n'est échue.",
                "Examined dynamic exits among all entrants; empty while no exit is due.",
            ),
            (fixed!("sorties dynamiques examinées", "examined dynamic exits"), DYNAMIC),
            |w, g, v, s| on_entrants(w, g, Look { scheme: Scheme::Iae, point: point_of(v) }, s),
        )
    },
];

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

const STILL_HERE: &Text = fixed!("n'est pas sorti", "has not left");
const TRANSFERRED: &Text =
    fixed!("transféré dans une autre promotion : pas une sortie", "transferred to another cohort: not an exit");
/// Why a unit waits for a day to come.
pub const NOT_DUE: &Text = fixed!("point d'observation pas encore échu", "observation point not yet due");
/// Why an exit counts as another exit.
pub const NOTHING_KNOWN: &Text = fixed!("aucune situation connue à ce point", "no situation known at that point");

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

fn classed(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>, worst: Class) {
    let look = Look { scheme: Scheme::Iae, point: point_of(variant) };
    each_examined(world, group, look, sink, |class| class <= worst);
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

fn at_point(after: &Aftermath<'_>, look: Look, unit: Unit, counts: impl Fn(Class) -> bool) -> Unit {
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

/// All entrants: counted when they left examined and dynamic at a point; those without a due exit are still to come.
pub fn on_entrants(world: &World<'_>, group: Group, look: Look, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.record(&["exit", "exit_reason"]));
        let Some((exit, _)) = part.left() else {
            let rule = if part.exit.is_some() { TRANSFERRED } else { STILL_HERE };
            sink(unit.not_yet_due(rule).inside_base());
            return;
        };
        let after = world.aftermath(part, exit);
        let due = after.due_on(look.point);
        sink(match world.withdrawn(part) {
            _ if due > world.as_of => unit.on(due).not_yet_due(NOT_DUE).inside_base(),
            Some(rule) => unit.on(exit).not_counted(rule),
            None => at_point(after, look, unit.on(due), |c| c < Class::Other),
        });
    });
}
