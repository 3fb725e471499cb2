//! Fill rate: entrants over places.

use super::counts::{Counts, Name};
use super::entrants::{ENTERED, entrant};
use super::{Indicator, Page};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::quantity::{Kind, What};

/// Entrants over the places of the cohorts.
pub const FILL_RATE: Indicator = Indicator {
    key: "fill_rate",
    label: fixed!("Taux de remplissage", "Fill rate"),
    definition: fixed!("Entrants rapportés au nombre de places.", "Entrants over the number of places."),
    numerator: fixed!("entrants", "entrants"),
    denominator: fixed!("somme des places", "sum of places"),
    counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Entrants)).kinds(Kind::People, Kind::Plain),
    page: Page::Reached(30),
    gather: fill_rate,
    ..Indicator::RATE
};

fn fill_rate(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| sink(entrant(part).counted(ENTERED).outside_base()));
    for cohort in world.cohorts_of(group) {
        let record = RecordRef::new(RecordKind::Cohort, cohort.fact.id, cohort.fact.op, &["places"]);
        let unit = Unit::of_cohort(cohort.fact.id).kind(UnitKind::Place).because(record);
        let unit = unit.amount(cohort.fact.places).count(cohort.fact.places).value(Value::Number(cohort.fact.places));
        sink(unit.not_counted(fixed!("place ouverte", "place offered")));
    }
}
