//! One line of what became of an issued figure, and the table of such lines.

use super::printed_figures::{FigureName, Shown};
use crate::closed_list;
use crate::domain::id::OpId;
use crate::domain::{ClosedList, Date};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

closed_list! {
    /// Why an issued figure is not what it would be today.
    Cause {
        LateEntry = "late_entry", "saisie tardive", "late entry";
        Correction = "correction", "correction", "correction";
        Deletion = "deletion", "suppression", "deletion";
        Erasure = "erasure", "effacement d'une personne", "erasure of a person";
        Merge = "merge", "fusion de doublons", "merge of duplicates";
        Setting = "setting", "réglage", "setting";
    }
}

/// What moved an issued figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Why.
    pub cause: Cause,
    /// The record, by kind and number.
    pub record: String,
    /// The operation.
    pub op: OpId,
}

/// A part of the change of one issued figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The figure.
    pub name: FigureName,
    /// As issued.
    pub issued: Shown,
    /// As it would be today.
    pub now: Shown,
    /// This part of the change, in hundredths, and what moved it; nothing for a figure that was masked.
    pub part: Option<(i64, Origin)>,
}

/// The table of lines; `day` tells the local day of an operation.
pub fn sheet(key: &str, lines: &[Line], day: &dyn Fn(OpId) -> Option<Date>) -> Sheet {
    let mut sheet = Sheet::new(key, columns());
    sheet.rows = lines.iter().map(|line| row(line, day)).collect();
    sheet
}

fn columns() -> Vec<Column> {
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let number = |key, fr, en| Column::new(key, fr, en, ColumnKind::Number);
    vec![
        code("section", "Section", "Section"),
        code("key", "Ligne", "Row"),
        code("column", "Colonne", "Column"),
        number("issued", "Envoyé", "Issued"),
        number("now", "Aujourd'hui", "Now"),
        number("delta", "Écart", "Change"),
        code("cause", "Cause", "Cause"),
        code("record", "Fiche", "Record").hide_first(2),
        Column::new("recorded_on", "Saisi le", "Recorded on", ColumnKind::Date).hide_first(1),
        code("operation", "Opération", "Operation").hide_first(3),
    ]
}

fn row(line: &Line, day: &dyn Fn(OpId) -> Option<Date>) -> Vec<Cell> {
    let mut row = vec![
        Cell::Text(line.name.section.clone()),
        Cell::Text(line.name.key.clone()),
        Cell::Text(line.name.column.clone()),
        line.issued.cell(),
        line.now.cell(),
    ];
    match &line.part {
        None => row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]),
        Some((delta, origin)) => {
            let like = line.now.printed().or(line.issued.printed());
            row.push(like.map_or(Cell::Empty, |printed| printed.with(*delta).cell()));
            row.push(Cell::Text(origin.cause.code().to_owned()));
            row.push(Cell::text((!origin.record.is_empty()).then(|| origin.record.clone())));
            row.push(Cell::date(day(origin.op)));
            row.push(if origin.op != OpId::NONE { Cell::Int(origin.op.number()) } else { Cell::Empty });
        }
    }
    row
}
