//! Tables that the tests of all writers share.

use super::writer::{Style, Tables, Write};
use super::{Cell, Column, ColumnKind, Sheet};
use crate::domain::{Date, Lang, Month, Text};

/// One row or more for every kind of cell.
pub fn all_kinds() -> Sheet {
    let columns = vec![
        Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Text),
        Column::new("phone", "Téléphone", "Phone", ColumnKind::Phone).hide_first(9),
        Column::new("status", "Situation", "Status", ColumnKind::Code).hide_first(1),
        Column::new("present", "Présents", "Present", ColumnKind::Number).hide_first(2),
        Column::new("attendance_pct", "Présence (%)", "Attendance (%)", ColumnKind::Number).hide_first(3),
        Column::new("hours", "Heures", "Hours", ColumnKind::Number).hide_first(4),
        Column::new("cost", "Coût (€)", "Cost (€)", ColumnKind::Number).hide_first(5),
        Column::new("entry_date", "Entrée", "Entry", ColumnKind::Date).hide_first(6),
        Column::new("month", "Mois", "Month", ColumnKind::Code).hide_first(7),
        Column::new("reached", "Joint", "Reached", ColumnKind::Bool).hide_first(8),
        Column::new("note", "Note", "Note", ColumnKind::Text).hide_first(8),
    ];
    let mut sheet = Sheet::new("trainees", columns);
    sheet.rows.push(vec![
        text("Ferré, Amélie"),
        text("0612345678"),
        text("in_training"),
        Cell::Int(39),
        Cell::Decimal { value: 975, scale: 1 },
        Cell::Hours(200),
        Cell::Cents(123_450),
        Cell::date(Date::new(2018, 11, 5)),
        Month::new(2018, 11).map_or(Cell::Empty, Cell::Month),
        Cell::Bool(true),
        text("dit \"Mélie\""),
    ]);
    sheet.rows.push(vec![
        text("Öztürk Deniz"),
        Cell::Empty,
        text("left"),
        Cell::Int(0),
        Cell::Decimal { value: 1000, scale: 1 },
        Cell::Hours(8400),
        Cell::Cents(0),
        Cell::Empty,
        Month::new(2018, 12).map_or(Cell::Empty, Cell::Month),
        Cell::Bool(false),
        Cell::Words(Text::new("sans nouvelles", "no news")),
    ]);
    let mut masked = vec![Cell::Empty; 11];
    masked[0] = text("c");
    masked[3] = Cell::Masked;
    masked[4] = Cell::Masked;
    masked[10] = text("=1+1");
    sheet.rows.push(masked);
    sheet
}

/// One column `note` of free text.
pub fn one_text_column(notes: &[&str]) -> Sheet {
    let mut sheet = Sheet::new("notes", vec![Column::new("note", "Note", "Note", ColumnKind::Text)]);
    sheet.rows = notes.iter().map(|note| vec![text(note)]).collect();
    sheet
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

/// What a writer makes of tables, as text.
pub fn written(write: Write, tables: Tables<'_>, lang: Lang) -> String {
    String::from_utf8(write(tables, &Style::pipe(lang)).unwrap().bytes).unwrap()
}
