//! A neutral table of typed cells and its writers: the same value for screen, CSV, JSON, xlsx, HTML and Markdown.

pub mod columns;
pub mod dialect;
pub mod escape;
pub mod format;
pub mod number;
pub mod phone;
pub mod record;
#[cfg(test)]
mod samples;
pub mod values;
pub mod writer;

pub use dialect::{needs_guard, unguard};
pub use format::{Format, html, render, render_many};
pub use values::Values;
pub use writer::{Charset, Place, Rendered, Style, Width};

use crate::domain::number::percent_tenths;
use crate::domain::{Date, Lang, Month, Text};

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Stable key, also the file name of an export: `monthly`.
    pub key: String,
    /// Title above the table on a terminal.
    pub title: Option<Text>,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each has one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// Sentences under the table on a terminal; never in machine formats.
    pub footer: Vec<Text>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Machine header, English snake_case.
    pub key: &'static str,
    /// Machine header of one of several columns of this key, which differ by a day: `2018-12-10 am`.
    pub own_key: Option<String>,
    /// Header for people, with the unit where there is one: `Présence (%)`.
    pub header: Text,
    /// What its cells hold; it decides alignment and guards.
    pub kind: ColumnKind,
    /// On a screen that is too narrow the column with the highest number is hidden first; 0 is never hidden.
    pub hide_first: u8,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Free text: guarded against formulas in spreadsheet files.
    Text,
    /// A phone number: spaced groups in spreadsheet files, text in xlsx.
    Phone,
    /// A closed-list code or another stable word; also a number that is a name (a year, a record number): set left,
    /// its thousands not separated.
    Code,
    /// A number (integer or decimal) that is a quantity: set right, thousands separated on French screens.
    Number,
    /// A day.
    Date,
    /// true / false.
    Bool,
}

/// One typed value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Absent.
    Empty,
    /// Text that is the same in both languages: a name, a code, a note.
    Text(String),
    /// Text written for people, in the language of the output.
    Words(Text),
    /// A whole number.
    Int(i64),
    /// `value` / 10^`scale`, always written with `scale` decimals: 942 at scale 1 is `94.2`.
    Decimal {
        /// The digits, as an integer.
        value: i64,
        /// How many of them are decimals.
        scale: u8,
    },
    /// Time in minutes, written in hours with at most two decimals, rounded half away from zero: 210 is `3.5`.
    Hours(i64),
    /// Money in cents, written with two decimals.
    Cents(i64),
    /// A day.
    Date(Date),
    /// A month, written `2018-11` in every dialect.
    Month(Month),
    /// true / false.
    Bool(bool),
    /// A number that is there but may not be shown: prints `c`.
    Masked,
}

impl Sheet {
    /// An empty sheet with its columns.
    pub fn new(key: impl Into<String>, columns: Vec<Column>) -> Self {
        Sheet { key: key.into(), title: None, columns, rows: Vec::new(), footer: Vec::new() }
    }
    /// The position of a column by machine header.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.machine() == key)
    }
}

impl Column {
    /// A column that is never hidden.
    pub fn new(key: &'static str, fr: &str, en: &str, kind: ColumnKind) -> Self {
        Column { key, own_key: None, header: Text::new(fr, en), kind, hide_first: 0 }
    }
    /// The same column under a machine header of its own.
    pub fn own_key(mut self, key: String) -> Self {
        self.own_key = Some(key);
        self
    }
    /// The machine header.
    pub fn machine(&self) -> &str {
        self.own_key.as_deref().unwrap_or(self.key)
    }
    /// The same column, hidden early (high number) or late (low number) on a narrow screen.
    pub fn hide_first(mut self, rank: u8) -> Self {
        self.hide_first = rank;
        self
    }
}

impl Cell {
    /// Text, or absent when there is none.
    pub fn text(value: Option<impl Into<String>>) -> Cell {
        value.map_or(Cell::Empty, |v| Cell::Text(v.into()))
    }
    /// A day, or absent.
    pub fn date(value: Option<Date>) -> Cell {
        value.map_or(Cell::Empty, Cell::Date)
    }
    /// A number with one decimal, from its tenths, or absent.
    pub fn tenths(value: Option<i64>) -> Cell {
        value.map_or(Cell::Empty, |value| Cell::Decimal { value, scale: 1 })
    }
    /// `num` over `den` in percent with one decimal; absent when the base is empty or below zero.
    pub fn percent(num: i64, den: i64) -> Cell {
        Cell::tenths(percent_tenths(num, den))
    }
    /// A whole number, or absent.
    pub fn int(value: Option<i64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Int)
    }
}

/// A number as people read it: thousands are separated in a column of quantities, never in a year or a record number.
fn number_for(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    let text = match kind {
        ColumnKind::Number => number::for_people(cell, lang),
        _ => number::exact(cell, number::Mark::of(lang)),
    };
    text.unwrap_or_default()
}

fn yes_no(yes: bool, lang: Lang) -> &'static str {
    match (yes, lang) {
        (true, Lang::Fr) => "oui",
        (false, Lang::Fr) => "non",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    }
}
