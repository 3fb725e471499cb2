//! Reads the cells of a sheet, fresh from a report or back from a file.

use crate::report::section::head::Head;
use crate::report::section::reread::word;
use crate::sheet::{Cell, Sheet};

/// What a cell that should hold a number holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The number; hours in minutes, money in cents, decimals in hundredths.
    Number(i64),
    /// `c`.
    Masked,
    /// Nothing, or words.
    Nothing,
}

/// Where a value is printed: sheet, row, column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub sheet: usize,
    pub row: usize,
    pub column: usize,
}

/// A section and the heads of its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures<'a> {
    pub sheet: &'a Sheet,
    pub heads: &'a [Option<Head>],
    /// Which sheet of the export it is.
    pub index: usize,
}

impl<'a> Figures<'a> {
    /// The rows.
    pub fn lines(self) -> impl Iterator<Item = Line<'a>> {
        let head = move |row: usize| self.heads.get(row).and_then(Option::as_ref);
        (0..self.sheet.rows.len()).map(move |row| Line { sheet: self.sheet, index: self.index, row, head: head(row) })
    }
}

/// One row of one sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub sheet: &'a Sheet,
    pub index: usize,
    pub row: usize,
    /// What the row is about; nothing for a row without counts of people.
    pub head: Option<&'a Head>,
}

impl<'a> Line<'a> {
    /// The cell under a machine header.
    pub fn cell(self, column: &str) -> Option<&'a Cell> {
        self.sheet.rows.get(self.row)?.get(self.sheet.column(column)?)
    }
    /// Its place.
    pub fn place(self, column: &str) -> Option<Place> {
        Some(Place { sheet: self.index, row: self.row, column: self.sheet.column(column)? })
    }
    /// The stable word of a cell: a code, a month; empty when there is none.
    pub fn word(self, column: &str) -> String {
        self.cell(column).map_or_else(String::new, word)
    }
    /// The amount of a cell.
    pub fn amount(self, column: &str) -> Option<i64> {
        match read_amount(self.cell(column)?) {
            Reading::Number(value) => Some(value),
            _ => None,
        }
    }
}

/// The number of a cell; text is read as the machine dialect or the spreadsheet dialect writes numbers.
pub(super) fn read(cell: &Cell) -> Reading {
    match cell {
        Cell::Int(value) | Cell::Hours(value) | Cell::Cents(value) => Reading::Number(*value),
        Cell::Decimal { value, scale } => Reading::Number(hundredths(*value, *scale)),
        Cell::Masked => Reading::Masked,
        Cell::Text(text) => read_text(text.trim()),
        _ => Reading::Nothing,
    }
}

/// The same for half-days, hours and money: whole numbers read back from a file get the scale of those with decimals.
pub(super) fn read_amount(cell: &Cell) -> Reading {
    match (cell, read(cell)) {
        (Cell::Text(text), Reading::Number(value)) if !text.contains(['.', ',']) => {
            Reading::Number(value.saturating_mul(100))
        }
        (_, reading) => reading,
    }
}

fn hundredths(value: i64, scale: u8) -> i64 {
    match scale {
        0 => value.saturating_mul(100),
        1 => value.saturating_mul(10),
        _ => value / 10i64.saturating_pow(u32::from(scale) - 2),
    }
}

fn read_text(text: &str) -> Reading {
    if text == "c" {
        return Reading::Masked;
    }
    if let Ok(value) = text.parse::<i64>() {
        return Reading::Number(value);
    }
    let dotted = text.replace(',', ".");
    let Some((whole, decimals)) = dotted.split_once('.') else { return Reading::Nothing };
    if decimals.is_empty() || decimals.len() > 9 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return Reading::Nothing;
    }
    match format!("{whole}{decimals}").parse::<i64>() {
        Ok(value) => Reading::Number(hundredths(value, decimals.len() as u8)),
        Err(_) => Reading::Nothing,
    }
}
