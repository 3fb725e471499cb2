//! `fil progress show`: the matrix for people, one row per trainee and module for machines.

use super::matrix::{Exam, Matrix, Module, Row, State};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::progress::matrix::{self};
use crate::cli::parser::command::Spec;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::cohort::Stream;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::number::round_div;
use crate::domain::progress::{LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::trainee::LicenceAtEntry;
use crate::domain::{ClosedList, Date, Lang, Refusal, Text};
use crate::fixed;
use crate::sheet::number::for_people;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use anyhow::{Result, bail};

pub(super) fn verb() -> Spec {
    let examples =
        [fixed!("fil p", "fil p"), fixed!("fil progress show -c P1 -f csv", "fil progress show -c P1 -f csv")];
    let about = fixed!(
        "Où en est chaque stagiaire : modules, code, conduite.",
        "Where each trainee stands: modules, tests, lessons.",
    );
    Spec::new(&["show", "s", "voir"], about, examples).flags(&[flags::COHORT, flags::AS_OF]).flags(flags::TABLE)
}

pub(super) fn run(matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let mut said = Vec::new();
    let as_of = match matches.text(&flags::AS_OF) {
        None => ctx.today,
        Some(typed) => {
            let day = parse_day(typed, ctx.today, Lean::Past)?;
            said.extend(day.echo.then(|| in_full(day.date)));
            day.date
        }
    };
    if as_of > ctx.today {
        let (day, today, iso) = (as_of.french(), ctx.today.french(), ctx.today);
        bail!(
            Refusal::usage(text!("le {day} est encore à venir", "{as_of} has not come yet"))
                .hint(text!("--as-of va jusqu'à aujourd'hui, {today}", "--as-of goes up to today, {iso}"))
        );
    }
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let cohorts = match matches.text(&flags::COHORT) {
        Some("all") => lookup.cohorts()?,
        Some(typed) => vec![selector::cohort(&lookup, typed)?],
        None => {
            let chosen = selector::default_cohort(ctx, &lookup, Purpose::Read)?;
            said.extend(chosen.echo);
            vec![chosen.value]
        }
    };
    let signs = if matches.has(&flags::ASCII) { &Signs::ASCII } else { &Signs::UNICODE };
    let all = cohorts.into_iter().map(|c| matrix::read(&lookup, c, as_of)).collect::<Result<Vec<Matrix>>>()?;
    let code = match all.as_slice() {
        [one] => one.cohort.code.clone(),
        _ => "all".to_owned(),
    };
    let nobody = match all.len() {
        1 => text!("Personne n'est entré dans {code}.", "Nobody has entered {code}."),
        _ => text!("Personne n'est encore entré en formation.", "Nobody has entered a course yet."),
    };
    let views = all.iter().map(|matrix| view(matrix, signs)).collect();
    let answer = Answer::view(views, data(&all))
        .named([Some(as_of.to_string()), Some(code.clone()), Some("progress".to_owned())])
        .when_empty(nobody);
    Ok(said.into_iter().fold(answer, Answer::say))
}

/// The signs of the matrix.
struct Signs {
    validated: &'static str,
    in_progress: &'static str,
    failed: &'static str,
    nothing: &'static str,
    absent: &'static str,
}

impl Signs {
    const UNICODE: Signs = Signs { validated: "✓", in_progress: "…", failed: "x", nothing: "·", absent: "—" };
    const ASCII: Signs = Signs { validated: "v", in_progress: "~", failed: "x", nothing: ".", absent: "-" };

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
fn view(matrix: &Matrix, signs: &Signs) -> Sheet {
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

/// One row per trainee and module, then three for the licence, whatever was recorded.
fn data(all: &[Matrix]) -> Sheet {
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
