//! People reached: distinct people who ever entered.

use super::applicants::COUNTED_BEFORE;
use super::counts::{Counts, ENTRANTS, NUM, Relation};
use super::entrants::{ENTERED, entrant};
use super::{Indicator, Page};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::Sink;
use std::collections::HashSet;

/// People who entered; a person counts once however many cohorts they entered.
pub const PEOPLE_REACHED: Indicator = Indicator {
    key: "people_reached",
    label: fixed!("Personnes accueillies", "People reached"),
    definition: fixed!(
        "Personnes distinctes entrées au moins une fois dans une promotion du périmètre.",
        "Distinct people who ever entered a cohort of the scope.",
    ),
    numerator: fixed!("personnes distinctes entrées au moins une fois", "distinct people who ever entered"),
    counts: Counts::PEOPLE.never_unknown().once().known(&[Relation::equal_here(&[NUM], ENTRANTS)]),
    page: Page::Reached(10),
    gather: people_reached,
    ..Indicator::sum(FigureClass::Frame)
};

fn people_reached(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    world.each_entrant(group, sink, |part, sink| {
        let unit = entrant(part);
        let first = seen.insert(part.fact.person);
        sink(if first { unit.counted(ENTERED) } else { unit.left_out(COUNTED_BEFORE) });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn a_person_in_two_cohorts_counts_once_among_people_and_twice_among_participations() {
        let mut school = School::with_p1();
        school.cohort("P2", "2019-03-04", "2019-05-31");
        school.left("P1", "amelie", ("2018-11-05", "2018-12-05"), ExitReason::Transferred);
        school.enter("P2", "amelie", "2019-03-04");
        let scope = up_to("2019-03-31");
        for (name, star, each) in [("applicants", 1, 1), ("people_reached", 1, 1), ("entrants", 2, 1)] {
            check_in(&school, &scope, "*", name, [star, 0, 0, 0]);
            check_in(&school, &scope, "P1", name, [each, 0, 0, 0]);
            check_in(&school, &scope, "P2", name, [each, 0, 0, 0]);
        }
    }
}
