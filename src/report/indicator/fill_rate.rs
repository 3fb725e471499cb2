//! Fill rate: entrants over places.

use super::counts::{Counts, Name};
use super::entrants::{ENTERED, entrant};
use super::{Indicator, Page};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
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
    ..Indicator::rate(FigureClass::Frame)
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

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn places_of_every_cohort_in_scope_are_the_base_of_the_fill_rate() {
        let mut school = School::with_p1();
        school.cohort("P2", "2018-11-05", "2019-02-01");
        school.cohort("P9", "2019-06-03", "2019-09-01");
        school.enter("P1", "amelie", "2018-11-05");
        check(&school, "2018-12-01", "fill_rate", [1, 24, 0, 0]);
        check_in(&school, &up_to("2018-12-01"), "P2", "fill_rate", [0, 12, 0, 0]);
    }
}
