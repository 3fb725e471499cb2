//! Entrants: participations that entered and were present.

use super::Indicator;
use super::counts::{Counts, Name};
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::What;

/// Participations that entered and were present at least once.
pub const ENTRANTS: Indicator = Indicator {
    key: "entrants",
    label: fixed!("Entrants", "Entrants"),
    definition: fixed!(
        "Participations entrées et présentes au moins une demi-journée à la date d'observation.",
        "Participations that entered and were present at least one half-day by the observation date.",
    ),
    numerator: fixed!(
        "participations entrées et présentes au moins une demi-journée",
        "participations that entered and were present at least one half-day",
    ),
    counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Entrants)),
    gather: entrants,
    ..Indicator::sum(FigureClass::Frame)
};

pub(super) const ENTERED: &Text =
    fixed!("entré et présent au moins une demi-journée", "entered and present at least one half-day");

fn entrants(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| sink(entrant(part).counted(ENTERED)));
}

/// The unit of an entrant: what made them one is the first half-day they were present.
pub fn entrant(part: &Part<'_>) -> Unit {
    let present = Value::Code(AttendanceStatus::Present.code());
    let unit = Unit::of(part).because(part.first_presence()).value(present);
    Unit { date: part.entry, ..unit }
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn an_entrant_was_present_at_least_once_by_the_observation_date() {
        let mut school = School::with_p1();
        let late = school.enter("P1", "late", "2018-11-05");
        school.part_mut(late).first_present = Some(day("2018-11-07"));
        school.apply("P1", "noshow").entry = Some(day("2018-11-05"));
        check(&school, "2018-11-06", "entrants", [0, 0, 0, 0]);
        check(&school, "2018-11-07", "entrants", [1, 0, 0, 0]);
        check(&school, "2018-11-04", "entrants", [0, 0, 0, 0]);
    }
}
