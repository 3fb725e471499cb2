//! Outcomes of exits at the four observation points: one figure, three classes.

use super::counts::{Counts, Name};
use super::exits::{AS_OTHER, Look, SOURCE_IAE, each_examined, point_of};
use super::{Indicator, POINTS};
use crate::domain::Text;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::membership::Sink;
use crate::report::quantity::{AtPoint, Outcome, What};
use crate::report::situation::{Class, Scheme};

const EXAMINED: &Text = fixed!("sorties examinées et échues", "exits examined and due");

/// Exits of a class or better over the exits examined and due.
const OF_EXAMINED: Indicator =
    Indicator { variants: POINTS, denominator: EXAMINED, unknown: AS_OTHER, source: SOURCE_IAE, ..Indicator::RATE };

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
