//! What an act of saving is given and what it gives back.

use super::request::{Outcome, Trouble, Warning};
use crate::domain::Date;
use crate::domain::id::RecordId;

/// What the caller expects of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// New ones are created, recorded ones changed: files.
    Upsert,
    /// They must be new.
    Add,
    /// They must be recorded.
    Edit,
}

/// The surroundings of an act.
pub struct Saving<'a> {
    /// What the caller expects.
    pub mode: Mode,
    /// Today; nothing marked may be dated later.
    pub today: Date,
    /// Gives the key of a new funder's pseudonyms, in hexadecimal.
    pub secret: &'a mut dyn FnMut() -> String,
    /// Whether an indicator key exists (for targets).
    pub indicator: &'a dyn Fn(&str) -> bool,
    /// Whether a figure can be promised to a funder.
    pub figure: &'a dyn Fn(&str) -> Promisable,
    /// What a person accepts that is otherwise refused or asked.
    pub accepted: Accepted<'a>,
}

/// Whether a figure can be promised to a funder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promisable {
    /// It can.
    Yes,
    /// It says what may never be shown by right: a disability, an origin, why somebody left.
    Sensitive,
    /// There is no such figure.
    Unknown,
}

/// What a person accepts that is otherwise refused or asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accepted<'a> {
    /// `--accept CODE`.
    pub codes: &'a [String],
    /// What becomes of a row about somebody who is probably known.
    pub likely: Likely,
}

/// What becomes of a row about somebody who is probably known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Likely {
    /// A new person, with a warning.
    #[default]
    New,
    /// The known person.
    Same,
}

impl Accepted<'_> {
    /// Whether a code was accepted.
    pub fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|accepted| accepted == code)
    }
}

/// What came of a batch.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Saved {
    /// For each accepted request: its line, the record's number, what came of it.
    pub outcomes: Vec<(Option<u64>, Option<RecordId>, Outcome)>,
    /// Refused records; nothing of them was written.
    pub troubles: Vec<Trouble>,
    /// Worth a look.
    pub warnings: Vec<Warning>,
}

impl Saved {
    /// How many records were created, changed and identical.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.outcomes.iter().fold((0, 0, 0), |(a, b, c), (_, _, outcome)| match outcome {
            Outcome::Created => (a + 1, b, c),
            Outcome::Joined(_) => (a + 1, b + 1, c),
            Outcome::Changed(_) => (a, b + 1, c),
            Outcome::Identical => (a, b, c + 1),
        })
    }
}
