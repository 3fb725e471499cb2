//! Every sheet of the report in full, cell by cell.

use super::figures::def_of;
use super::reading::printed;
use super::typeset::typeset;
use crate::domain::Lang;
use crate::report::indicator;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// One sheet.
pub(super) struct Annex {
    pub(super) id: String,
    pub(super) title: String,
    /// Whether it needs the length of a page to be printed.
    pub(super) wide: bool,
    pub(super) headers: Vec<Header>,
    pub(super) rows: Vec<Vec<Shown>>,
    pub(super) footer: Vec<String>,
}

/// The head of a column.
pub(super) struct Header {
    pub(super) text: String,
    pub(super) class: &'static str,
}

/// A cell as printed.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) class: &'static str,
    /// The identifier of the definition of what it names.
    pub(super) def: Option<String>,
}

/// Beyond so many columns a table is printed across.
const WIDE: usize = 9;

/// The sheets in full.
pub(super) fn annex(sheets: &[&Sheet], lang: Lang) -> Vec<Annex> {
    sheets.iter().map(|sheet| one(sheet, lang)).collect()
}

fn one(sheet: &Sheet, lang: Lang) -> Annex {
    let title = sheet.title.as_ref().map_or(sheet.key.as_str(), |t| t.get(lang));
    let header = |c: &Column| Header { text: c.header.get(lang).to_owned(), class: class(c.kind, &Cell::Empty) };
    let row = |cells: &Vec<Cell>| {
        let cells = cells.iter().zip(&sheet.columns);
        cells
            .map(|(cell, column)| Shown {
                text: printed(cell, column.kind, lang),
                class: class(column.kind, cell),
                def: definition(sheet, column.key, cell),
            })
            .collect()
    };
    Annex {
        id: format!("table-{}", sheet.key),
        title: typeset(title, lang).into_owned(),
        wide: sheet.columns.len() > WIDE,
        headers: sheet.columns.iter().map(header).collect(),
        rows: sheet.rows.iter().map(row).collect(),
        footer: sheet.footer.iter().map(|t| typeset(t.get(lang), lang).into_owned()).collect(),
    }
}

/// Numbers to the right, codes and dates unbroken, what is masked in grey.
fn class(kind: ColumnKind, cell: &Cell) -> &'static str {
    match (kind, cell) {
        (ColumnKind::Number, Cell::Masked) => "n m",
        (ColumnKind::Number, _) => "n",
        (ColumnKind::Code | ColumnKind::Date | ColumnKind::Phone, _) => "w",
        (ColumnKind::Text | ColumnKind::Bool, _) => "",
    }
}

fn definition(sheet: &Sheet, column: &str, cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(name) if sheet.key == "indicators" && column == "indicator" => {
            indicator::find(name).map(|_| def_of(name))
        }
        _ => None,
    }
}
