//! Reading finished sheets: the row of a figure, what a cell prints, how long a bar may be.

use super::typeset::with_unit;
use crate::domain::{Lang, Month};
use crate::sheet::{Cell, ColumnKind, Sheet, escape, html};

/// The finished sheets of a report, in one language.
pub(super) struct Sheets<'a> {
    all: &'a [&'a Sheet],
    pub(super) lang: Lang,
}

/// One row of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    cells: &'a [Cell],
    lang: Lang,
}

/// What may be drawn of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// It is shown: its value in tenths.
    Tenths(i64),
    /// It is masked: nothing of it may be drawn.
    Masked,
    /// There is none.
    Absent,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(all: &'a [&'a Sheet], lang: Lang) -> Sheets<'a> {
        Sheets { all, lang }
    }
    /// Whether the report holds a section.
    pub(super) fn has(&self, key: &str) -> bool {
        self.all.iter().any(|s| s.key == key)
    }
    /// The rows of a section over all its cohorts.
    pub(super) fn overall(&self, key: &str) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let lang = self.lang;
        let sheet = self.all.iter().copied().find(|s| s.key == key);
        let rows = sheet.into_iter().flat_map(move |s| s.rows.iter().map(move |r| Row { sheet: s, cells: r, lang }));
        rows.filter(|row| row.word("cohort") == "*")
    }
    /// The row of an indicator over all cohorts.
    pub(super) fn indicator(&self, name: &str) -> Option<Row<'a>> {
        self.overall("indicators").find(|row| row.word("indicator") == name)
    }
    /// The codes of the cohorts that have rows, in their order.
    pub(super) fn cohorts(&self) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        for sheet in self.all {
            let Some(at) = sheet.column("cohort") else { continue };
            for row in &sheet.rows {
                if let Cell::Text(code) = &row[at]
                    && code != "*"
                    && !codes.iter().any(|c| *c == escape::terminal(code))
                {
                    codes.push(escape::terminal(code).into_owned());
                }
            }
        }
        codes
    }
}

impl<'a> Row<'a> {
    /// A cell; absent when there is no such column.
    pub(super) fn cell(&self, column: &str) -> &'a Cell {
        self.sheet.column(column).and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Empty)
    }
    /// A code, or nothing.
    pub(super) fn word(&self, column: &str) -> &'a str {
        match self.cell(column) {
            Cell::Text(word) => word,
            _ => "",
        }
    }
    /// A month.
    pub(super) fn month(&self) -> Option<Month> {
        match self.cell("month") {
            Cell::Month(month) => Some(*month),
            _ => None,
        }
    }
    /// What a cell prints.
    pub(super) fn shown(&self, column: &str) -> String {
        printed(self.cell(column), ColumnKind::Number, self.lang)
    }
    /// What a cell prints, with a unit.
    pub(super) fn with_unit(&self, column: &str, unit: &str) -> String {
        with_unit(&self.shown(column), unit, self.lang)
    }
    /// `n/N` of two cells; nothing when there is no base.
    pub(super) fn out_of(&self, num: &str, den: &str) -> String {
        match (self.cell(num), self.cell(den)) {
            (Cell::Empty, _) | (_, Cell::Empty) => String::new(),
            _ => format!("{}/{}", self.shown(num), self.shown(den)),
        }
    }
    /// What may be drawn of a cell.
    pub(super) fn extent(&self, column: &str) -> Extent {
        match self.cell(column) {
            Cell::Int(n) => Extent::Tenths(n.saturating_mul(10)),
            Cell::Decimal { value, scale: 1 } => Extent::Tenths(*value),
            Cell::Masked => Extent::Masked,
            _ => Extent::Absent,
        }
    }
}

/// What a cell prints, with the characters that hide or reorder text written out.
pub(super) fn printed(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    escape::terminal_lines(&html::shown(cell, kind, lang)).into_owned()
}
