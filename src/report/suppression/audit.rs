//! Reads an export as its reader does and lists what it gives away.

use super::book::{Book, Id, Kind, Place};
use super::mask::is_small;
use super::reading::word;
use super::solve::{cornered, exposed};
use super::{LINE_SECTIONS, book_of};
use crate::domain::Text;
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
    if threshold <= 0 {
        return Vec::new();
    }
    let mut book = book_of(sheets);
    let mut found = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        if LINE_SECTIONS.contains(&sheet.key.as_str()) && !sheet.rows.is_empty() {
            found.insert(Place { sheet: at, row: usize::MAX, column: usize::MAX }, Leak::Lines);
        }
    }
    for id in 0..book.quantities.len() {
        let quantity = &book.quantities[id];
        if quantity.shown {
            let leak = quantity.value.map_or(Leak::Deducible, Leak::Recomputable);
            found.extend(quantity.withheld.iter().map(|place| (*place, leak)));
            if is_small(&book, id, threshold) {
                found.extend(quantity.cells.iter().map(|place| (*place, Leak::Small)));
            }
        }
        // A complement that is small must not be computable either, although no cell prints it.
        let small = quantity.guarded && !quantity.shown && is_small(&book, id, threshold);
        book.quantities[id].masked |= small;
    }
    for exposure in exposed(&book).into_iter().chain(cornered(&book)) {
        let leak = exposure.value.map_or(Leak::Deducible, Leak::Recomputable);
        for place in places(&book, exposure.id, &exposure.from) {
            found.entry(place).or_insert(leak);
        }
    }
    found.into_iter().map(|(place, leak)| finding(sheets, place, leak)).collect()
}

/// The masked cells of what is given away; for something printed nowhere, the cells of the smallest count it comes from.
fn places(book: &Book, id: Id, from: &[Id]) -> Vec<Place> {
    if !book.quantities[id].withheld.is_empty() {
        return book.quantities[id].withheld.clone();
    }
    let shown = from.iter().map(|id| &book.quantities[*id]).filter(|q| q.kind == Kind::People && !q.cells.is_empty());
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
