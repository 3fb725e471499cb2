//! People reached: distinct people who ever entered.

use super::applicants::COUNTED_BEFORE;
use super::counts::{Counts, ENTRANTS, NUM, Relation};
use super::entrants::{ENTERED, entrant};
use super::{Indicator, Page};
use crate::fixed;
use crate::report::as_of::{Group, World};
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
    ..Indicator::SUM
};

fn people_reached(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    world.each_entrant(group, sink, |part, sink| {
        let unit = entrant(part);
        let first = seen.insert(part.fact.person);
        sink(if first { unit.counted(ENTERED) } else { unit.left_out(COUNTED_BEFORE) });
    });
}
