//! The matrix for people: marks, signs and exams side by side.

use super::{Exam, Matrix, Module, Row, State};
use crate::domain::cohort::Stream;
use crate::domain::number::round_div;
use crate::domain::progress::{LicenceOutcome, ModuleOutcome};
use crate::domain::trainee::LicenceAtEntry;
use crate::domain::{ClosedList, Date, Lang, Text};
use crate::sheet::number::for_people;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;

/// The signs of the matrix.
pub struct Signs {
    validated: &'static str,
    in_progress: &'static str,
    failed: &'static str,
    nothing: &'static str,
    absent: &'static str,
}

impl Signs {
    /// Those of a terminal that shows Unicode.
    pub const UNICODE: Signs =
        Signs { validated: "✓", in_progress: "…", failed: "x", nothing: "·", absent: "—" };
    /// Those of `--ascii`.
    pub const ASCII: Signs = Signs { validated: "v", in_progress: "~", failed: "x", nothing: ".", absent: "-" };

    fn of(&self, outcome: Option<ModuleOutcome>) -> &'static str {
        match outcome {
            Some(ModuleOutcome::Validated) => self.validated,
            Some(ModuleOutcome::InProgress) => self.in_progress,
            Some(ModuleOutcome::Failed) => self.failed,
            None => self.nothing,
        }
    }
}

/// One row per trainee, technical modules with short codes side by side in one column.
pub fn sheet(matrix: &Matrix, signs: &Signs) -> Sheet {
    let (code, day, as_of) = (&matrix.cohort.code, matrix.as_of.french(), matrix.as_of);
    let mut sheet = Sheet::new("progress", vec![Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Text)]);
    sheet.title = Some(text!("Promo {code} · progression au {day}", "Cohort {code} · progress on {as_of}"));
    sheet.rows = matrix.rows.iter().map(|row| vec![Cell::Text(row.name.clone())]).collect();
    let packed = packed(matrix);
    let alone = |stream| (0..matrix.modules.len()).filter(move |at| matrix.modules[*at].stream == stream);
    for at in alone(Stream::General) {
        add(&mut sheet, module_column(matrix, at, 50), matrix, |row| module_cell(row.modules[at], signs));
    }
    let exam = |fr, en, rank| Column::new("exam", fr, en, ColumnKind::Text).hide_first(rank);
    add(&mut sheet, exam("Code", "Theory", 20), matrix, |row| code_cell(row, matrix.as_of, signs));
    let driving = Column { kind: ColumnKind::Number, ..exam("Cond.", "Driving", 40) };
    add(&mut sheet, driving, matrix, |row| driving_cell(row, matrix.as_of));
    for at in alone(Stream::Licence) {
        add(&mut sheet, module_column(matrix, at, 60), matrix, |row| module_cell(row.modules[at], signs));
    }
    if !packed.is_empty() {
        let header = Text::same(side_by_side(matrix, &packed, |module, _| &module.code));
        let column = Column { header, ..exam("", "", 10) };
        add(&mut sheet, column, matrix, |row| {
            Cell::Text(side_by_side(matrix, &packed, |_, at| signs.of(row.modules[at].outcome)))
        });
    }
    for at in alone(Stream::Technical).filter(|at| !packed.contains(at)) {
        add(&mut sheet, module_column(matrix, at, 30), matrix, |row| module_cell(row.modules[at], signs));
    }
    for at in alone(Stream::Employability).chain(alone(Stream::Company)) {
        add(&mut sheet, module_column(matrix, at, 70), matrix, |row| module_cell(row.modules[at], signs));
    }
    let (v, p, n, f, a) = (signs.validated, signs.in_progress, signs.nothing, signs.failed, signs.absent);
    // Two short lines, so that the legend fits where the matrix does.
    sheet.footer = vec![
        text!("{v} validé   {p} en cours   {f} non validé", "{v} validated   {p} in progress   {f} failed"),
        text!("{n} à venir   {a} rien de saisi", "{n} to come   {a} nothing recorded"),
    ];
    if matrix.rows.iter().any(|row| row.held.is_some()) {
        sheet.footer.push(text!("déjà : à l'entrée en formation", "held: on entering the course"));
    }
    sheet
}

fn add(sheet: &mut Sheet, column: Column, matrix: &Matrix, cell: impl Fn(&Row) -> Cell) {
    sheet.columns.push(column);
    for (cells, row) in sheet.rows.iter_mut().zip(&matrix.rows) {
        cells.push(cell(row));
    }
}

/// A column of marks is set right, one of signs only left.
fn module_column(matrix: &Matrix, at: usize, rank: u8) -> Column {
    let marked = matrix.rows.iter().any(|row| row.modules[at].mark.is_some());
    let kind = if marked { ColumnKind::Number } else { ColumnKind::Text };
    let code = &matrix.modules[at].code;
    Column::new("module", code, code, kind).hide_first(rank)
}

/// Technical modules with codes of three letters at most and no mark.
fn packed(matrix: &Matrix) -> Vec<usize> {
    let short = |module: &Module| module.stream == Stream::Technical && module.code.chars().count() <= 3;
    let bare = |at: usize| matrix.rows.iter().all(|row| row.modules[at].mark.is_none());
    (0..matrix.modules.len()).filter(|at| short(&matrix.modules[*at]) && bare(*at)).collect()
}

/// One word per module, each under its code.
fn side_by_side<'m>(matrix: &'m Matrix, which: &[usize], word: impl Fn(&'m Module, usize) -> &'m str) -> String {
    let mut line = String::new();
    for at in which {
        let (module, word) = (&matrix.modules[*at], word(&matrix.modules[*at], *at));
        let gap = (module.code.chars().count() + 1).saturating_sub(word.chars().count());
        line.push_str(word);
        line.push_str(&" ".repeat(gap));
    }
    line.trim_end().to_owned()
}

fn module_cell(state: State, signs: &Signs) -> Cell {
    let Some((mark, out_of)) = state.mark else {
        return Cell::Text(signs.of(state.outcome).to_owned());
    };
    let sign = match state.outcome {
        Some(ModuleOutcome::InProgress) | None => String::new(),
        outcome => format!("{} ", signs.of(outcome)),
    };
    let words = |lang: Lang| {
        let tenths = |n: i64| Cell::Decimal { value: round_div(n, 10), scale: 1 };
        let mark = for_people(&tenths(mark), lang).unwrap_or_default();
        match out_of.filter(|out_of| *out_of != 2000) {
            None => format!("{sign}{mark}"),
            Some(out_of) if out_of % 100 == 0 => format!("{sign}{mark}/{}", out_of / 100),
            Some(out_of) => format!("{sign}{mark}/{}", for_people(&tenths(out_of), lang).unwrap_or_default()),
        }
    };
    Cell::Words(Text::new(words(Lang::Fr), words(Lang::En)))
}

fn code_cell(row: &Row, as_of: Date, signs: &Signs) -> Cell {
    match exam_words(row.code, as_of) {
        Some(words) => Cell::Words(words),
        None if row.held.is_some() => Cell::Words(at_entry()),
        None => Cell::Text(signs.absent.to_owned()),
    }
}

fn driving_cell(row: &Row, as_of: Date) -> Cell {
    let hours = Cell::Hours(row.lessons);
    let words = |lang| format!("{} h", for_people(&hours, lang).unwrap_or_default());
    let lessons = Text::new(words(Lang::Fr), words(Lang::En));
    let decided = row.driving.outcome.filter(|o| matches!(o, LicenceOutcome::Passed | LicenceOutcome::Booked));
    Cell::Words(match decided.and_then(|_| exam_words(row.driving, as_of)) {
        Some(words) => words,
        None if row.held == Some(LicenceAtEntry::B) => at_entry(),
        None => lessons,
    })
}

/// Held at entry already.
fn at_entry() -> Text {
    text!("déjà", "held")
}

/// `obtenu`, `07/12` for an exam to come, `04/12 ?` for one without its outcome.
fn exam_words(exam: Exam, as_of: Date) -> Option<Text> {
    let (outcome, date) = (exam.outcome?, exam.date?);
    if outcome != LicenceOutcome::Booked {
        return Some(outcome.text());
    }
    let (d, m) = (date.day(), date.month());
    let day = if date.year() == as_of.year() { format!("{d:02}/{m:02}") } else { date.french() };
    Some(Text::same(if date < as_of { format!("{day} ?") } else { day }))
}
