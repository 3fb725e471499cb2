//! A file read as far as it can be without a database: its columns, its rows counted, the order of its dates.

use crate::domain::folding::shown;
use crate::domain::kind::{Days, trainee};
use crate::domain::{ClosedList, Date, Kind, Refusal, Text};
use crate::import::cells::{self, Reading};
use crate::import::columns::dates::{DateOrder, infer_order, is_short, parse_within, short_date, without_time};
use crate::import::columns::header;
use crate::import::columns::layout::Layout;
use crate::import::columns::names::{Column, Part, same_header};
use crate::import::columns::unread::Unread;
use crate::import::file::decode::Source;
use crate::import::file::table::{How, Table};
use crate::import::half_days::{Marks, Reader};
use crate::import::laid_out::{Constant, LaidOut};
use crate::import::options::{EmptyCell, Options, SLICE};
use crate::import::totals::Below;
use crate::ops::Saving;
use crate::text;
use anyhow::{Result, bail};

/// A file that was read: its kind, its rows, and how it was read.
pub struct Batch {
    pub(super) file: LaidOut,
    /// Rows after the header, without the blank ones.
    pub count: u64,
    /// The marks of attendance, when the rows could be read while they were counted.
    pub(super) marks: Option<Marks>,
}

impl Batch {
    /// How the file is called.
    pub fn name(&self) -> &str {
        &self.file.table.name
    }
    /// The kind of its records.
    pub fn kind(&self) -> Kind {
        self.file.layout.kind
    }
    /// Whether the kind was guessed from the headers.
    pub fn guessed(&self) -> bool {
        self.file.layout.guessed
    }
    /// Whether it is an attendance sheet: a row per trainee, a column per half-day.
    pub fn is_grid(&self) -> bool {
        self.file.layout.grid
    }
    /// How it was read.
    pub fn how(&self) -> &How {
        &self.file.table.how
    }
    /// Unknown columns that were let pass.
    pub fn ignored(&self) -> &[String] {
        &self.file.layout.ignored
    }
    /// The lines of totals that are read past.
    pub fn totals(&self) -> &[u64] {
        &self.file.table.totals
    }
    /// The header of the file.
    pub fn header(&self) -> &[String] {
        &self.file.table.header
    }
    /// The order of the dates, when the file has any; columns of ISO dates say nothing against the others.
    pub fn dates(&self) -> Option<DateOrder> {
        self.file.dates()
    }
}

/// A file being saved.
pub(super) struct FileSave<'a, 's> {
    /// The file.
    pub batch: &'a Batch,
    /// What was said of it.
    pub options: &'a Options<'a>,
    /// The surroundings.
    pub saving: &'a mut Saving<'s>,
}

/// Reads a file as far as it can be without a database.
///
/// # Errors
/// [`Unread`] where columns stand in the way; a refusal where the file can't be read at all.
pub fn read(source: Source, options: &Options<'_>) -> Result<Batch> {
    let name = source.name();
    let weigh = |cells: &[String]| header::weigh(cells, options);
    let table = Table::open(source, options, &weigh).map_err(|error| named(error, &name))?;
    let layout = match laid_out(&table, options) {
        Ok(layout) => layout,
        Err(unread) => {
            table.cut().map_err(|error| named(error, &name))?;
            // Where no column is in the way, it is a refusal like others.
            if unread.columns.is_empty() {
                bail!(unread.refusal);
            }
            bail!(unread);
        }
    };
    let dating = vec![Reading { dates: options.dates.unwrap_or(DateOrder::Iso), years: None }; layout.columns.len()];
    let constants = constants(&layout, options).map_err(|refusal| in_file(refusal, &name))?;
    let mut file = LaidOut { table, layout, dating, constants };
    let scanned = scan(&file, options).map_err(|error| named(error, &name))?;
    // Cells were read as ISO dates; where the columns turn out to be otherwise, they are read again.
    let marks = scanned.marks.filter(|_| scanned.dating == file.dating);
    file.dating = scanned.dating;
    file.table.totals = scanned.totals;
    Ok(Batch { file, count: scanned.count, marks })
}

/// What every row says, by the fields of the kind.
fn constants(layout: &Layout, options: &Options<'_>) -> Result<Vec<Constant>, Refusal> {
    let mut constants = Vec::new();
    for (name, typed) in &options.constants {
        let kind = layout.kind;
        let Some(position) = kind.fields().iter().position(|f| f.names().any(|n| same_header(n, name))) else {
            if options.several {
                continue;
            }
            let (code, name) = (kind.code(), shown(name));
            return Err(Refusal::usage(text!(
                "le genre {code} n'a pas de champ « {name} »",
                "the kind {code} has no field “{name}”"
            )));
        };
        let field = &kind.fields()[position];
        let wrong = |wrong: cells::Wrong| Refusal::usage(wrong.what).maybe_hint(wrong.right);
        if let Some(value) = cells::parse(field, typed, &Reading::default()).map_err(wrong)? {
            constants.push(Constant { position, typed: typed.clone(), value });
        }
    }
    Ok(constants)
}

/// What the columns are, unless the headers or what was said of the file forbid it.
fn laid_out(table: &Table, options: &Options<'_>) -> Result<Layout, Unread> {
    let layout = header::layout(&table.header, options)
        .map_err(|unread| Unread { refusal: in_file(unread.refusal, &table.name), ..unread })?;
    if layout.grid && options.empty == EmptyCell::Blanks {
        return Err(Refusal::usage(text!(
            "--blank ne va pas avec une feuille de présence : une case vide y est une demi-journée non saisie",
            "--blank does not go with an attendance sheet: an empty cell there is an unmarked half-day"
        ))
        .hint(text!("Pour effacer une présence : fil progress clear", "To clear a mark: fil progress clear"))
        .into());
    }
    Ok(layout)
}

/// A refusal that names its file: several may have been given.
fn named(error: anyhow::Error, name: &str) -> anyhow::Error {
    match error.downcast::<Refusal>() {
        Ok(refusal) if refusal.what.en.contains(name) => refusal.into(),
        Ok(refusal) => in_file(refusal, name).into(),
        Err(other) => other,
    }
}

fn in_file(refusal: Refusal, name: &str) -> Refusal {
    let what = Text::new(format!("{name} : {}", refusal.what.fr), format!("{name}: {}", refusal.what.en));
    Refusal { what, ..refusal }
}

/// What the date columns prove so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    slashes: bool,
    day_first: bool,
    /// The line of the first cell that has the month first.
    month_first: Option<u64>,
    /// Whether a year has two digits, and whether each such date has one reading.
    short: Option<bool>,
}

/// What one look at every row gives.
struct Scanned {
    dating: Vec<Reading>,
    count: u64,
    totals: Vec<u64>,
    marks: Option<Marks>,
}

/// Counts the rows and works out the order of the dates of each column. Attendance, the one kind with files of a million
/// rows, is parsed in the same pass, assuming ISO dates; if they are not, it is read again.
fn scan(file: &LaidOut, options: &Options<'_>) -> Result<Scanned> {
    let LaidOut { table, layout, .. } = file;
    let dated = file.dated();
    let windows: Vec<(Date, Date)> =
        layout.columns.iter().map(|column| years(layout.kind, *column, options.today)).collect();
    let mut seen = vec![Seen::default(); layout.columns.len()];
    let now = layout.kind == Kind::Attendance && !layout.needs_calendar();
    let mut reader = now.then(|| Reader::new(file, options));
    let mut below = Below::new(file);
    let mut count = 0;
    table.each(&mut |row| {
        count += 1;
        if count % SLICE as u64 == 0 {
            (options.checkpoint)()?;
        }
        if below.holds_back(row) {
            return Ok(());
        }
        for at in &dated {
            if let Some(cell) = row.cells.get(*at) {
                look(&mut seen[*at], cell, row.line, windows[*at]);
            }
        }
        if let Some(reading) = &mut reader {
            below.let_go(&mut |held| reading.row(held));
            reading.row(row);
            if reading.is_vain() || seen.iter().any(|seen| seen.slashes) {
                reader = None;
            }
        } else {
            below.let_go(&mut |_| {});
        }
        Ok(())
    })?;
    let totals = below.lines();
    let mut dating = Vec::with_capacity(seen.len());
    for ((seen, header), window) in seen.iter().zip(&table.header).zip(windows) {
        let dates = match (options.dates, seen.month_first, seen.day_first) {
            (Some(order), _, _) => order,
            // A column that has dates of both orders is day first, and its other cells are refused one by one.
            (None, Some(line), false) => bail!(month_first(&table.name, header, line)),
            (None, _, _) if seen.slashes => DateOrder::Dmy,
            (None, _, _) => DateOrder::Iso,
        };
        dating.push(Reading { dates, years: (seen.short == Some(true)).then_some(window) });
    }
    Ok(Scanned { dating, count: count - totals.len() as u64, totals, marks: reader.map(Reader::finish) })
}

/// The days within which a year of two digits is looked for: births of people of working age, days of the programme, days
/// already past.
fn years(kind: Kind, column: Column, today: Date) -> (Date, Date) {
    let birth = match column {
        Column::Field(position) => kind.fields()[position].name == trainee::BIRTH_DATE.name,
        column => column == Column::Person(Part::Born),
    };
    let days = if let Column::Field(position) = column { kind.fields()[position].days } else { Days::Done };
    let first = Date::new(2010, 1, 1).unwrap_or(Date::MIN);
    match days {
        _ if birth => (today.plus_months(-68 * 12), today.plus_months(-14 * 12)),
        Days::AnyDone => (today.plus_months(-60 * 12), today),
        Days::AnyAhead => (first, today.plus_months(20 * 12)),
        Days::Done | Days::Ahead => (first, today.plus_months(60)),
    }
}

fn look(seen: &mut Seen, cell: &str, line: u64, window: (Date, Date)) {
    // Most columns are ISO from end to end: nothing else to look at.
    if cell.len() == 10 && cell.as_bytes()[4] == b'-' {
        return;
    }
    if is_short(cell) {
        let read = short_date(cell, DateOrder::Dmy, window).is_some();
        seen.short = Some(seen.short.unwrap_or(true) && read);
    }
    match infer_order([cell]) {
        Ok(DateOrder::Iso) => {}
        Ok(_) => {
            let written = without_time(cell.trim());
            let years = Some(window);
            seen.slashes = true;
            seen.day_first = seen.day_first
                || (parse_within(written, DateOrder::Dmy, years).is_ok()
                    && parse_within(written, DateOrder::Mdy, years).is_err());
        }
        Err(_) => {
            seen.slashes = true;
            seen.month_first.get_or_insert(line);
        }
    }
}

fn month_first(name: &str, header: &str, line: u64) -> Refusal {
    Refusal::data(text!(
        "{name}, ligne {line}, colonne « {header} » : la date n'est pas dans l'ordre jour/mois/année",
        "{name}, line {line}, column “{header}”: the date is not in the order day/month/year"
    ))
    .why(text!("le deuxième nombre ne peut pas être un mois", "the second number can't be a month"))
    .hint(text!("Si la colonne est mois/jour/année : --dates mdy", "If the column is month/day/year: --dates mdy"))
}
