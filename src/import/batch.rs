//! A file read as far as it can be without a database: its columns, its rows counted, the order of its dates.

use crate::domain::{Kind, Refusal, Text};
use crate::import::columns::dates::{DateOrder, infer_order, parse_in_column};
use crate::import::columns::header::{self, Layout};
use crate::import::file::decode::Source;
use crate::import::file::table::{How, Table};
use crate::import::half_days::{Marks, Reader};
use crate::import::laid_out::LaidOut;
use crate::import::options::{EmptyCell, Options, SLICE};
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
pub fn read(source: Source, options: &Options<'_>) -> Result<Batch> {
    let name = source.name();
    let table = Table::open(source, options).map_err(|error| named(error, &name))?;
    let layout = match laid_out(&table, options) {
        Ok(layout) => layout,
        Err(refusal) => {
            table.cut().map_err(|error| named(error, &name))?;
            bail!(refusal);
        }
    };
    let orders = vec![options.dates.unwrap_or(DateOrder::Iso); layout.columns.len()];
    let mut file = LaidOut { table, layout, orders };
    let scanned = scan(&file, options).map_err(|error| named(error, &name))?;
    // Cells were read as ISO dates; where the columns turn out to be otherwise, they are read again.
    let marks = scanned.marks.filter(|_| scanned.orders == file.orders);
    file.orders = scanned.orders;
    Ok(Batch { file, count: scanned.count, marks })
}

/// What the columns are, unless the headers or what was said of the file forbid it.
fn laid_out(table: &Table, options: &Options<'_>) -> Result<Layout, Refusal> {
    let layout = header::layout(&table.header, options).map_err(|refusal| in_file(refusal, &table.name))?;
    if layout.grid && options.empty == EmptyCell::Blanks {
        return Err(Refusal::usage(text!(
            "--blank ne va pas avec une feuille de présence : une case vide y est une demi-journée non saisie",
            "--blank does not go with an attendance sheet: an empty cell there is an unmarked half-day"
        ))
        .hint(text!("Pour effacer une présence : fil progress clear", "To clear a mark: fil progress clear")));
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
}

/// What one look at every row gives.
struct Scanned {
    orders: Vec<DateOrder>,
    count: u64,
    marks: Option<Marks>,
}

/// Counts the rows and works out the order of the dates of each column. Attendance, the one kind with files of a million
/// rows, is parsed in the same pass, assuming ISO dates; if they are not, it is read again.
fn scan(file: &LaidOut, options: &Options<'_>) -> Result<Scanned> {
    let LaidOut { table, layout, .. } = file;
    let dated = file.dated();
    let mut seen = vec![Seen::default(); layout.columns.len()];
    let mut reader = (layout.kind == Kind::Attendance).then(|| Reader::new(file, options.empty));
    let mut count = 0;
    table.each(&mut |row| {
        count += 1;
        if count % SLICE as u64 == 0 {
            (options.checkpoint)()?;
        }
        if options.dates.is_none() {
            for at in &dated {
                if let Some(cell) = row.cells.get(*at) {
                    look(&mut seen[*at], cell, row.line);
                }
            }
        }
        if let Some(reading) = &mut reader {
            reading.row(row);
            if reading.is_vain() || seen.iter().any(|seen| seen.slashes) {
                reader = None;
            }
        }
        Ok(())
    })?;
    let mut orders = Vec::with_capacity(seen.len());
    for (seen, header) in seen.iter().zip(&table.header) {
        // A column that has dates of both orders is day first, and its other cells are refused one by one.
        if let (Some(line), false) = (seen.month_first, seen.day_first) {
            bail!(month_first(&table.name, header, line));
        }
        orders.push(options.dates.unwrap_or(if seen.slashes { DateOrder::Dmy } else { DateOrder::Iso }));
    }
    Ok(Scanned { orders, count, marks: reader.map(Reader::finish) })
}

fn look(seen: &mut Seen, cell: &str, line: u64) {
    // Most columns are ISO from end to end: nothing else to look at.
    if cell.len() == 10 && cell.as_bytes()[4] == b'-' {
        return;
    }
    match infer_order([cell]) {
        Ok(DateOrder::Iso) => {}
        Ok(_) => {
            seen.slashes = true;
            seen.day_first = seen.day_first
                || (parse_in_column(cell, DateOrder::Dmy).is_ok() && parse_in_column(cell, DateOrder::Mdy).is_err());
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
