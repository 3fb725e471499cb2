//! Mean age of entrants on the entry day.

use super::counts::{Counts, DEN, ENTRANTS, Relation, Term, UNKNOWN};
use super::share_minors::NO_BIRTH_DATE;
use super::{Indicator, Measure, Page, Shape};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::{Kind, Role, What};

/// Completed years over entrants whose birth date is known.
pub const MEAN_AGE: Indicator = Indicator {
    key: "mean_age",
    measure: Measure::Years,
    shape: Shape::Mean,
    label: fixed!("Âge moyen", "Mean age"),
    definition: fixed!("Moyenne des années révolues le jour de l'entrée.", "Mean of completed years on the entry day."),
    numerator: fixed!("somme des âges en années révolues", "sum of completed years"),
    counts: Counts::ANSWERED.kinds(Kind::Amount, Kind::People).known(&[
        Relation::equal(&[DEN, UNKNOWN], ENTRANTS),
        Relation::equal_here(&[DEN], Term::Of(What::Indicator("share_minors", Role::Denominator))),
        Relation::equal_here(&[UNKNOWN], Term::Of(What::Indicator("share_minors", Role::Unknown))),
    ]),
    page: Page::Reached(50),
    gather: mean_age,
    ..Indicator::share(FigureClass::Outcome)
};

fn mean_age(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["birth_date"]));
        sink(match part.age_at_entry() {
            None => unit.unknown(NO_BIRTH_DATE),
            Some(age) => unit
                .amount(age)
                .value(Value::Number(age))
                .counted(fixed!("années révolues le jour de l'entrée", "completed years on the entry day")),
        });
    });
}
