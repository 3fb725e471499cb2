//! Reads an export as its reader does and lists what it gives away.

use super::bounds::cornered;
use super::mask::is_small;
use super::quantities::{Exposure, Quantities};
use super::reading::Place;
use super::solve::exposed;
use super::{Changes, Published, earlier, heads_of, quantities_of, sections};
use crate::domain::{ClosedList, Text};
use crate::report::quantity::Kind;
use crate::report::section::Section;
use crate::report::section::reread::word;
use crate::sheet::Sheet;
use crate::text;
use std::collections::BTreeMap;

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leak {
    /// A small count in clear.
    Small,
    /// Masked, but sums and differences of the cells in clear give this value.
    Recomputable(i64),
    /// Masked, but the cells in clear give it away; its value takes more than one step.
    Deducible,
    /// A section of lines about single people.
    Lines,
}

/// One thing that an export gives away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The section.
    pub section: String,
    /// The number of the row, from 1, without the header; 0 for the whole section.
    pub row: usize,
    /// The words that name the row: indicator, cohort, month, line.
    pub name: String,
    /// The machine column; empty for the whole section.
    pub column: String,
    /// What is wrong.
    pub leak: Leak,
}

impl Finding {
    /// The finding in a sentence.
    pub fn sentence(&self) -> Text {
        let Finding { section, row, name, column, .. } = self;
        match self.leak {
            Leak::Small => text!(
                "{section}, ligne {row} ({name}), {column} : petit effectif laissé en clair",
                "{section}, line {row} ({name}), {column}: a small count left in clear"
            ),
            Leak::Recomputable(value) => text!(
                "{section}, ligne {row} ({name}), {column} : la cellule masquée se recalcule, elle vaut {value}",
                "{section}, line {row} ({name}), {column}: the masked cell can be recomputed, it is {value}"
            ),
            Leak::Deducible => text!(
                "{section}, ligne {row} ({name}), {column} : la cellule masquée se déduit des autres",
                "{section}, line {row} ({name}), {column}: the masked cell follows from the others"
            ),
            Leak::Lines => text!(
                "{section} : une ligne par personne, à ne pas envoyer à ce niveau",
                "{section}: one line per person, not to be sent at this level"
            ),
        }
    }
}

/// Lists what the reader of these sheets could compute, and the small counts left in clear.
/// Nothing is found at threshold 0, where an agreement names the figures.
pub fn audit(sheets: &[Sheet], threshold: i64) -> Vec<Finding> {
    audit_beside(sheets, threshold, &[])
}

/// The same for a reader who also holds these earlier exports of the same funder: what the two together give away of
/// this one. What an earlier one gives away can no longer be held back; it is found by reading that one.
pub fn audit_beside(sheets: &[Sheet], threshold: i64, held: &[Published]) -> Vec<Finding> {
    if threshold <= 0 {
        return Vec::new();
    }
    let heads = heads_of(sheets);
    let mut quantities = quantities_of(&sections(sheets, &heads));
    for (number, published) in held.iter().enumerate() {
        earlier::read(&mut quantities, number, published, Changes::Free);
    }
    let mut found = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let of_people = Section::from_code(&sheet.key).is_some_and(Section::shows_people);
        if of_people && !sheet.rows.is_empty() {
            found.insert(Place { sheet: at, row: usize::MAX, column: usize::MAX }, Leak::Lines);
        }
    }
    for id in 0..quantities.all.len() {
        let entry = &quantities[id];
        if entry.issued {
            continue;
        }
        if entry.shown {
            let leak = entry.value.map_or(Leak::Deducible, Leak::Recomputable);
            found.extend(entry.withheld.iter().map(|place| (*place, leak)));
            if is_small(&quantities, id, threshold) {
                found.extend(entry.cells.iter().map(|place| (*place, Leak::Small)));
            }
        }
        // A complement that is small must not be computable either, although no cell prints it.
        let small = entry.guarded && !entry.shown && is_small(&quantities, id, threshold);
        quantities[id].masked |= small;
    }
    for exposure in exposed(&quantities).into_iter().chain(cornered(&quantities)) {
        // Told by the earlier exports alone: `start` of a month is the `end` of the one before.
        if !exposure.from.is_empty() && exposure.from.iter().all(|id| quantities[*id].issued) {
            continue;
        }
        let leak = exposure.value.map_or(Leak::Deducible, Leak::Recomputable);
        for place in places(&quantities, &exposure) {
            found.entry(place).or_insert(leak);
        }
    }
    found.into_iter().map(|(place, leak)| finding(sheets, place, leak)).collect()
}

/// The masked cells of what is given away; for something printed nowhere here (the complement of a rate, a cell masked
/// in an earlier export), the cells of the smallest count of this export that it comes from.
fn places(quantities: &Quantities, exposure: &Exposure) -> Vec<Place> {
    let given_away = &quantities[exposure.id];
    if !given_away.issued && !given_away.withheld.is_empty() {
        return given_away.withheld.clone();
    }
    let counts = exposure.from.iter().map(|id| &quantities[*id]);
    let shown = counts.filter(|q| q.kind == Kind::People && !q.issued && !q.cells.is_empty());
    shown.min_by_key(|q| q.value).map_or_else(Vec::new, |q| q.cells.clone())
}

fn finding(sheets: &[Sheet], place: Place, leak: Leak) -> Finding {
    const NAMES: [&str; 10] =
        ["indicator", "cohort", "month", "scheme", "point", "year", "frame", "line", "side", "class"];
    let sheet = &sheets[place.sheet];
    let names = NAMES.iter().filter_map(|key| sheet.column(key));
    let words: Vec<String> =
        names.filter_map(|at| sheet.rows.get(place.row)?.get(at)).map(word).filter(|w| !w.is_empty()).collect();
    Finding {
        section: sheet.key.clone(),
        row: if leak == Leak::Lines { 0 } else { place.row + 1 },
        name: words.join(" "),
        column: sheet.columns.get(place.column).map_or_else(String::new, |c| c.key.to_owned()),
        leak,
    }
}
