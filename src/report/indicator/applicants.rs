//! Applicants: who applied to a cohort.

use super::Indicator;
use super::counts::Counts;
use crate::domain::Text;
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit};
use std::collections::HashSet;

/// People who applied; a person counts once however many cohorts they applied to.
pub const APPLICANTS: Indicator = Indicator {
    key: "applicants",
    label: fixed!("Candidats", "Applicants"),
    definition: fixed!(
        "Personnes ayant candidaté à une promotion, à la date d'observation ou sans date de candidature.",
        "People who applied to a cohort, by the observation date or without an application date.",
    ),
    numerator: fixed!("personnes ayant candidaté à une promotion", "people who applied to a cohort"),
    counts: Counts::PEOPLE.never_unknown().once(),
    gather: applicants,
    ..Indicator::sum(FigureClass::Frame)
};

const APPLIED: &Text = fixed!("a candidaté", "applied");

pub(super) const APPLIES_LATER: &Text =
    fixed!("candidature après la date d'observation", "applied after the observation date");

pub(super) const COUNTED_BEFORE: &Text =
    fixed!("personne déjà comptée dans une autre promotion", "person already counted in another cohort");

pub(super) fn has_applied(world: &World<'_>, part: &Part<'_>) -> bool {
    part.fact.application_date.is_none_or(|d| d <= world.as_of)
}

fn applicants(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    for part in world.parts_of(group) {
        let mut unit = Unit::of(part).because(part.record(&["application_date"]));
        unit.date = part.fact.application_date;
        sink(if !has_applied(world, part) {
            unit.left_out(APPLIES_LATER)
        } else if seen.insert(part.fact.person) {
            unit.counted(APPLIED)
        } else {
            unit.left_out(COUNTED_BEFORE)
        });
    }
}
