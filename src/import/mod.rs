//! Files in: decode, find the separator, map the headers, read the cells, and save by the same acts as the command line.
//!
//! A file is read in two steps. [`read`] needs no database: it gives a [`Batch`], the rows of one file and how they were
//! read. [`run`] saves a batch inside the caller's transaction, and [`run_all`] several, in the order that always works.

mod cell_cache;
pub mod cells;
pub mod columns;
pub mod export;
pub mod file;
mod half_days;
mod import_report;
mod marks;
mod read_row;
mod refused;
mod save;
#[cfg(test)]
mod tests;

pub use crate::import::file::decode::Source;
pub use crate::import::file::table::How;
pub use crate::import::file::workbook::every_text as texts_of_workbook;
pub use crate::import::import_report::{Changed, Refused, Rejected, Report};
pub use crate::import::save::{run, run_all};

use crate::domain::kind::Holds;
use crate::domain::{Kind, Lang, Refusal, Text};
use crate::import::columns::dates::{DateOrder, infer_order, parse_in_column};
use crate::import::columns::header::{Column, Layout};
use crate::import::file::table::Table;
use crate::text;
use anyhow::{Result, bail};
use half_days::{Marks, Reader};

/// What a person says about the files.
pub struct Options<'a> {
    /// `--as`: the kind, guessed from the headers when absent.
    pub kind: Option<Kind>,
    /// `--blank`: an empty cell empties the field instead of leaving it.
    pub empty: EmptyCell,
    /// `--dates`: the order of every date column, worked out when absent.
    pub dates: Option<DateOrder>,
    /// `--skip-bad`: what becomes of the good rows when others are refused.
    pub policy: Policy,
    /// `--map "Colonne=field"`, as (header, field).
    pub map: Vec<(String, String)>,
    /// `--ignore-unknown`: let unknown columns pass.
    pub ignore_unknown: bool,
    /// `--sheet`: the sheet of a workbook.
    pub sheet: Option<String>,
    /// `--encoding`.
    pub encoding: Option<String>,
    /// `--sep`.
    pub separator: Option<String>,
    /// How many changed rows a report keeps; all of them with `usize::MAX`.
    pub changes_kept: usize,
    /// The language of the reasons in the file of refused rows.
    pub lang: Lang,
    /// Told how many rows are done and how many there are, every few thousand rows.
    pub progress: &'a dyn Fn(u64, u64),
    /// Asked every few thousand rows; an error stops the work and travels to the caller.
    pub checkpoint: &'a dyn Fn() -> Result<()>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            kind: None,
            empty: EmptyCell::Leaves,
            dates: None,
            policy: Policy::AllOrNothing,
            map: Vec::new(),
            ignore_unknown: false,
            sheet: None,
            encoding: None,
            separator: None,
            changes_kept: 20,
            lang: Lang::En,
            progress: &|_, _| {},
            checkpoint: &|| Ok(()),
        }
    }
}

/// What an empty cell does to a recorded field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyCell {
    /// Nothing.
    Leaves,
    /// It empties it.
    Blanks,
}

/// What becomes of a file with refused rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// One refused row and nothing is written.
    AllOrNothing,
    /// The good rows are written, the others given back as a file.
    SkipBad,
}

/// A file that was read: its kind, its rows, and how it was read.
pub struct Batch {
    table: Table,
    layout: Layout,
    /// The order of the dates of each column; ISO for columns of other things.
    orders: Vec<DateOrder>,
    /// Rows after the header, without the blank ones.
    pub count: u64,
    /// The marks of attendance, when the rows could be read while they were counted.
    marks: Option<Marks>,
}

impl Batch {
    /// How the file is called.
    pub fn name(&self) -> &str {
        &self.table.name
    }
    /// The kind of its records.
    pub fn kind(&self) -> Kind {
        self.layout.kind
    }
    /// Whether the kind was guessed from the headers.
    pub fn guessed(&self) -> bool {
        self.layout.guessed
    }
    /// Whether it is an attendance sheet: a row per trainee, a column per half-day.
    pub fn is_grid(&self) -> bool {
        self.layout.grid
    }
    /// How it was read.
    pub fn how(&self) -> &How {
        &self.table.how
    }
    /// Unknown columns that were let pass.
    pub fn ignored(&self) -> &[String] {
        &self.layout.ignored
    }
    /// The order of the dates, when the file has any; columns of ISO dates say nothing against the others.
    pub fn dates(&self) -> Option<DateOrder> {
        let dated = self.layout.columns.iter().zip(&self.orders).filter(|(c, _)| is_date(self.kind(), c));
        dated.map(|(_, order)| *order).min_by_key(|order| *order == DateOrder::Iso)
    }
}

fn is_date(kind: Kind, column: &Column) -> bool {
    match column {
        Column::Field(position) => matches!(kind.fields()[*position].holds, Holds::Date),
        Column::HalfDay(..) => true,
        _ => false,
    }
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
    let mut batch = Batch { table, layout, orders, count: 0, marks: None };
    let scanned = scan(&batch, options).map_err(|error| named(error, &name))?;
    // Cells were read as ISO dates; where the columns turn out to be otherwise, they are read again.
    batch.marks = scanned.marks.filter(|_| scanned.orders == batch.orders);
    batch.orders = scanned.orders;
    batch.count = scanned.count;
    Ok(batch)
}

/// What the columns are, unless the headers or what was said of the file forbid it.
fn laid_out(table: &Table, options: &Options<'_>) -> Result<Layout, Refusal> {
    let layout = crate::import::columns::header::layout(&table.header, options)
        .map_err(|refusal| in_file(refusal, &table.name))?;
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
/// rows, is read at the same time in the hope that its dates are ISO.
fn scan(batch: &Batch, options: &Options<'_>) -> Result<Scanned> {
    let Batch { table, layout, .. } = batch;
    let is_dated = |c: &Column| matches!(c, Column::Field(_)) && is_date(layout.kind, c);
    let dated: Vec<usize> = (0..layout.columns.len()).filter(|at| is_dated(&layout.columns[*at])).collect();
    let mut seen = vec![Seen::default(); layout.columns.len()];
    let mut reader = (layout.kind == Kind::Attendance).then(|| Reader::new(batch, options.empty));
    let mut count = 0;
    table.each(&mut |row| {
        count += 1;
        if count % crate::import::save::SLICE as u64 == 0 {
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
