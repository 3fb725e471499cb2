//! The matrix for machines: one row per trainee and module, then three for the licence.

use super::{Exam, Matrix, Module, Row, State};
use crate::domain::ClosedList;
use crate::domain::cohort::Stream;
use crate::domain::progress::LicenceStep;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// One row per trainee and module, then three for the licence, whatever was recorded.
pub fn sheet(all: &[Matrix]) -> Sheet {
    let columns = vec![
        Column::new("cohort", "Promotion", "Cohort", ColumnKind::Code),
        Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Code),
        Column::new("module", "Module", "Module", ColumnKind::Code),
        Column::new("stream", "Filière", "Stream", ColumnKind::Code),
        Column::new("outcome", "Résultat", "Outcome", ColumnKind::Code),
        Column::new("mark", "Note", "Mark", ColumnKind::Number),
        Column::new("out_of", "Sur", "Out of", ColumnKind::Number),
        Column::new("date", "Date", "Date", ColumnKind::Date),
        Column::new("hours", "Heures", "Hours", ColumnKind::Number),
    ];
    let mut sheet = Sheet::new("progress", columns);
    for matrix in all {
        for row in &matrix.rows {
            sheet
                .rows
                .extend(matrix.modules.iter().zip(&row.modules).map(|(m, state)| result_row(matrix, row, m, *state)));
            sheet.rows.extend(licence_rows(matrix, row));
        }
    }
    sheet
}

fn head(matrix: &Matrix, row: &Row, module: &str, stream: Stream) -> Vec<Cell> {
    [&matrix.cohort.code, &row.slug, module, stream.code()].map(|word| Cell::Text(word.to_owned())).to_vec()
}

fn result_row(matrix: &Matrix, row: &Row, module: &Module, state: State) -> Vec<Cell> {
    let mut cells = head(matrix, row, &module.code, module.stream);
    cells.push(Cell::text(state.outcome.map(ClosedList::code)));
    cells.push(hundredths(state.mark.map(|(mark, _)| mark)));
    cells.push(hundredths(state.mark.and_then(|(_, out_of)| out_of)));
    cells.extend([Cell::date(state.date), Cell::Empty]);
    cells
}

fn licence_rows(matrix: &Matrix, row: &Row) -> [Vec<Cell>; 3] {
    let line = |step: LicenceStep, exam: Exam, hours: Cell| {
        let mut cells = head(matrix, row, step.code(), Stream::Licence);
        cells.extend([
            Cell::text(exam.outcome.map(ClosedList::code)),
            Cell::Empty,
            Cell::Empty,
            Cell::date(exam.date),
            hours,
        ]);
        cells
    };
    let lessons = Exam { outcome: None, date: row.last_lesson };
    [
        line(LicenceStep::CodeExam, row.code, Cell::Empty),
        line(LicenceStep::Lesson, lessons, Cell::Hours(row.lessons)),
        line(LicenceStep::DrivingExam, row.driving, Cell::Empty),
    ]
}

/// Hundredths as files of results write them: whole when they are whole.
fn hundredths(value: Option<i64>) -> Cell {
    match value {
        None => Cell::Empty,
        Some(n) if n % 100 == 0 => Cell::Int(n / 100),
        Some(n) => Cell::Decimal { value: n, scale: 2 },
    }
}
