//! Whether values of closed lists are shown as words or as stable codes.

use super::{Cell, Format};
use crate::domain::ClosedList;

/// How values of closed lists are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Labels, for the table that people read.
    Words,
    /// Codes, for every file.
    Codes,
}

impl Values {
    /// What a format calls for.
    pub fn of(format: Format) -> Values {
        if format == Format::Table { Values::Words } else { Values::Codes }
    }
    /// The cell of a value.
    pub fn cell<L: ClosedList>(self, value: Option<L>) -> Cell {
        match (self, value) {
            (_, None) => Cell::Empty,
            (Values::Words, Some(value)) => Cell::Words(value.text()),
            (Values::Codes, Some(value)) => Cell::Text(value.code().to_owned()),
        }
    }
}
