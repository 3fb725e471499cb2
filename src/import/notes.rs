//! What was understood beyond the letter of a file, counted by column: it is said, never done in silence.

use std::collections::BTreeMap;

/// What was done with cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The zero that a spreadsheet takes off was put back.
    Zero,
    /// The time of day after a date was left out.
    Time,
    /// Years of two digits were read.
    Years,
    /// Of two phones the other was kept.
    Phone,
    /// Both names of one cell were told apart.
    Names,
}

/// A note on a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// What was done.
    pub note: Note,
    /// The header of the column.
    pub column: String,
    /// How many cells.
    pub count: u64,
    /// What came of the first.
    pub example: String,
}

/// Notes taken while rows are read.
#[derive(Debug, Default, Clone)]
pub struct Notes(BTreeMap<(Note, usize), (u64, String)>);

impl Notes {
    /// Takes a note on the column at a place.
    pub fn take(&mut self, note: Note, at: usize, example: impl FnOnce() -> String) {
        self.0.entry((note, at)).or_insert_with(|| (0, example())).0 += 1;
    }
    /// All notes, with the headers of their columns.
    pub fn finish(self, headers: &[String]) -> Vec<Noted> {
        let noted = |((note, at), (count, example)): ((Note, usize), (u64, String))| Noted {
            note,
            column: headers.get(at).cloned().unwrap_or_default(),
            count,
            example,
        };
        self.0.into_iter().map(noted).collect()
    }
}
