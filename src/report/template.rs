//! The sections that a funder gets when nobody wrote a template for it.

use super::section::Section;
use crate::domain::facts::{Facts, FunderFact};
use crate::domain::funder::People;

/// The default sections of a funder, in order.
pub fn default_sections(facts: &Facts, funder: &FunderFact) -> Vec<Section> {
    let mut sections = own_sections(facts);
    if funder.people == People::Pseudonymised {
        sections.extend([Section::People, Section::Placements]);
    }
    sections
}

/// The sections of the school's own page, in order: nothing about single people.
pub fn own_sections(facts: &Facts) -> Vec<Section> {
    let mut sections = vec![Section::Monthly, Section::Indicators, Section::Exits];
    if !facts.budget.is_empty() {
        sections.push(Section::Financial);
    }
    sections
}

/// Whether a funder's template may hold a section: single people only under a pseudonym, quality never.
pub fn may_hold(funder: &FunderFact, section: Section) -> bool {
    section != Section::Quality && (!section.shows_people() || funder.people == People::Pseudonymised)
}
