//! Small-count suppression: masks in a finished export every count too small to be shown, and all that would give it away.
//!
//! Each cell that counts people is mapped to a named quantity, so that a number printed in two sections is masked in both
//! or in neither; the equations a reader knows (movements, cohorts and their total, bases and their parts, women and men,
//! one month and the next, the last issued export) link the quantities. Small quantities are masked, then the smallest
//! shown one of each computation that gives a masked one away, until exact elimination finds none; at last, what later
//! masks made needless is shown again.
//!
//! What counts as people: every count but half-days, hours, money and places; interviews, contracts, exams and
//! companies too, because each happens to one person. Half-days and hours go with the people of their row. A percentage
//! goes with its numerator, its denominator or its complement, a zero numerator or complement being masked only where a
//! zero count would be: when its row or column total is above zero and under the threshold.
//!
//! Limit: someone who knows the people of a cohort can still guess; a group that is wholly of one outcome is shown.

#[cfg(test)]
mod adversary;
mod audit;
mod bounds;
mod determined;
mod earlier;
mod elimination;
mod equations;
mod exits;
#[cfg(test)]
pub(super) mod full_export;
mod indicators;
mod mask;
mod monthly;
mod quantities;
mod reading;
mod solve;
mod tables;
#[cfg(test)]
mod tests;

pub use audit::{Finding, Leak, audit, audit_beside};

use crate::domain::funder::Level;
use crate::domain::told::Told;
use crate::domain::{ClosedList, Date, Text};
use crate::report::quantity::Kind;
use crate::report::section::Section;
use crate::report::section::head::{Counted, Head};
use crate::report::section::reread;
use crate::sheet::Sheet;
use crate::text;
use quantities::Quantities;
use reading::{Figures, Place};
use std::collections::BTreeSet;

/// What the profile of the funder asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Counts of people above zero and below this are masked; 0 masks nothing.
    pub threshold: i64,
    /// Whether a small change since an issued export is protected like a small count.
    pub changes: Changes,
    /// What the advice needs; without it none is given.
    pub profile: Option<Profile>,
}

impl Rules {
    /// The rules of a threshold, with changes protected and no advice.
    pub fn new(threshold: i64) -> Self {
        Rules { threshold, changes: Changes::Protected, profile: None }
    }
}

/// Whose export it is, for the command that the advice proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The code of the funder.
    pub funder: String,
    /// Its level.
    pub level: Level,
    /// The last day of the period of the export.
    pub until: Date,
}

/// What becomes of a number that moved a little between two exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// A difference of fewer people than the threshold is withheld like any small count.
    Protected,
    /// Only a difference that is itself a masked cell is withheld.
    Free,
}

/// An export that the same funder already holds: its sheets as they were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The sections, masked cells included.
    pub sheets: Vec<Sheet>,
}

/// What was done to an export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Cells that count people, masked ones included.
    pub people_cells: usize,
    /// How many of them are masked.
    pub masked: usize,
    /// Quantities masked for being small.
    pub small: usize,
    /// Quantities masked because they gave another one away.
    pub secondary: usize,
    /// Sections of lines about single people that were emptied: see [`allows`].
    pub withheld: Vec<String>,
    /// Masked quantities that earlier exports give away, whatever this one does.
    pub already_told: usize,
    /// Groups in clear whose people all have, or all lack, what a rate counts: no cell is small, yet each is told of.
    pub uniform: usize,
    /// What the reader is told of each number, for the record of what left.
    pub told: Vec<Told>,
    /// A proposal when too little is left to read.
    pub advice: Option<Text>,
}

/// Whether a section may leave the school under a threshold. A line about one person is a count of 1, so sections of
/// lines go out only where nothing is masked: a written agreement, or a threshold set to 0. `quality` never leaves.
pub fn allows(section: Section, threshold: i64) -> bool {
    section != Section::Quality && (threshold <= 0 || !section.shows_people())
}

/// Masks the sections of one export in place. They must be finished and unmasked, and form the whole export: a section
/// masked alone could be undone with the others. `earlier` is what the funder already holds, its last closed month first.
pub fn suppress(sections: &mut [Counted], rules: &Rules, earlier: &[Published]) -> Report {
    let mut report = Report::default();
    if rules.threshold > 0 {
        let stays = |sheet: &Sheet| Section::from_code(&sheet.key).is_some_and(|s| !allows(s, rules.threshold));
        for section in sections.iter_mut().filter(|one| stays(&one.sheet) && !one.sheet.rows.is_empty()) {
            section.sheet.rows.clear();
            section.heads.clear();
            report.withheld.push(section.sheet.key.clone());
        }
    }
    let figures: Vec<Figures<'_>> = sections.iter().enumerate().map(|(index, one)| figures_of(index, one)).collect();
    let mut quantities = quantities_of(&figures);
    for (number, published) in earlier.iter().enumerate() {
        earlier::read(&mut quantities, number, published, rules.changes);
    }
    if rules.threshold > 0 {
        let outcome = mask::decide(&mut quantities, rules.threshold);
        mask::write(&quantities, sections);
        report.small = outcome.small;
        report.secondary = outcome.secondary;
        report.already_told = outcome.lost;
    }
    count(&quantities, &mut report);
    report.advice = advice(&report, rules);
    report
}

fn figures_of(index: usize, section: &Counted) -> Figures<'_> {
    Figures { sheet: &section.sheet, heads: &section.heads, index }
}

/// The heads of the rows of sheets that were read back from files.
fn heads_of(sheets: &[Sheet]) -> Vec<Vec<Option<Head>>> {
    sheets.iter().map(reread::heads).collect()
}

/// Sheets beside the heads of their rows.
fn sections<'a>(sheets: &'a [Sheet], heads: &'a [Vec<Option<Head>>]) -> Vec<Figures<'a>> {
    let figures =
        |(index, (sheet, heads)): (usize, (&'a Sheet, &'a Vec<Option<Head>>))| Figures { sheet, heads, index };
    sheets.iter().zip(heads).enumerate().map(figures).collect()
}

/// The quantities of one export, linked.
fn quantities_of(sections: &[Figures<'_>]) -> Quantities {
    let mut quantities = Quantities::default();
    read_sections(&mut quantities, sections);
    equations::link(&mut quantities, sections);
    quantities
}

/// Reads the sections in an order in which each finds the counts it leans on.
fn read_sections(quantities: &mut Quantities, sections: &[Figures<'_>]) {
    type Read = fn(&mut Quantities, Figures<'_>);
    const READERS: [(Section, Read); 6] = [
        (Section::Exits, exits::read),
        (Section::Indicators, indicators::read),
        (Section::Monthly, monthly::read),
        (Section::Esf, tables::read_esf),
        (Section::Bpf, tables::read_bpf),
        (Section::Financial, tables::read_financial),
    ];
    for (section, read) in READERS {
        for figures in sections.iter().filter(|figures| figures.sheet.key == section.code()) {
            read(quantities, *figures);
        }
    }
}

fn count(quantities: &Quantities, report: &mut Report) {
    let people = || quantities.all.iter().filter(|q| q.kind == Kind::People && !q.issued);
    let all: BTreeSet<Place> = people().flat_map(|q| q.cells.iter().chain(&q.withheld).copied()).collect();
    let masked: BTreeSet<Place> =
        people().filter(|q| q.masked).flat_map(|q| q.cells.iter().chain(&q.withheld).copied()).collect();
    let value = |id: usize| quantities[id].value.filter(|_| quantities[id].shown);
    let uniform = |(part, whole): &&(usize, usize)| match (value(*part), value(*whole)) {
        (Some(part), Some(whole)) => whole > 0 && (part == 0 || part == whole),
        _ => false,
    };
    report.uniform = quantities.groups.iter().filter(uniform).count();
    report.people_cells = all.len();
    report.masked = masked.len();
}

/// Proposes to pool cohorts when over half of an aggregate export is masked.
fn advice(report: &Report, rules: &Rules) -> Option<Text> {
    let profile = rules.profile.as_ref().filter(|p| p.level == Level::Aggregate)?;
    if report.masked * 2 <= report.people_cells {
        return None;
    }
    let (masked, cells, funder) = (report.masked, report.people_cells, &profile.funder);
    let last = profile.until.in_month();
    let first = last.plus(-11);
    Some(text!(
        "{masked} effectifs sur {cells} sont masqués : les groupes sont trop petits pour être lus un par un. \
         Regroupez les promotions des 12 derniers mois : fil report export {first}..{last} --funder {funder}",
        "{masked} of {cells} counts are masked: the groups are too small to be read one by one. \
         Pool the cohorts of the last 12 months: fil report export {first}..{last} --funder {funder}"
    ))
}
