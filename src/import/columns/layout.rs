//! What the columns of a file are.

use super::days::DayHeader;
use super::names::Column;
use crate::domain::Kind;

/// The columns of a file as fields of a kind.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The kind.
    pub kind: Kind,
    /// Whether the kind was guessed from the headers.
    pub guessed: bool,
    /// Whether it is an attendance grid: one column per half-day.
    pub grid: bool,
    /// What each column is.
    pub columns: Vec<Column>,
    /// Unknown headers that were let pass.
    pub ignored: Vec<String>,
}

impl Layout {
    /// Whether a column is one of these.
    pub fn has(&self, fits: impl Fn(Column) -> bool) -> bool {
        self.columns.iter().any(|column| fits(*column))
    }
    /// Whether rows can only be read beside the recorded cohorts: days without their month, whole days of a grid.
    pub fn needs_calendar(&self) -> bool {
        let whole = |day: &DayHeader| matches!(day, DayHeader::On(_));
        self.has(|column| matches!(column, Column::HalfDay(day, half) if half.is_none() || !whole(&day)))
    }
}
