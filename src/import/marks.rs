//! Attendance, the one kind with files of a million rows: names are looked up once per pair, a row is a few bytes.

use super::header::Column;
use super::report::Tally;
use super::rows::Row;
use super::run::{Act, SLICE};
use super::{Batch, EmptyCell, Options, cell, grid, row};
use crate::domain::cohort::Half;
use crate::domain::column::DateOrder;
use crate::domain::list::ClosedList;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Kind, Refusal, Text, Value};
use crate::ops::attendance::{Book, MarkRequest, mark_in};
use crate::ops::resolve::{Refused, World, resolve};
use crate::ops::{Request, Trouble};
use crate::store::{Stay, Tx};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// Cohorts and trainees, as the file calls them.
type Names = Vec<(String, String)>;

/// A mark as the file words it; the cohort and the trainee are a pair of names.
#[derive(Clone, Copy)]
struct Mark {
    line: u64,
    pair: u32,
    date: Date,
    half: Half,
    status: AttendanceStatus,
    minutes: Option<u16>,
    justification: Option<Option<Justification>>,
    signed: [Option<bool>; 2],
}

/// Where each field of attendance stands in the file.
struct Places {
    fields: Vec<Option<usize>>,
    reference: Option<usize>,
    id: Option<usize>,
}

/// Names and cells already read, for files repeat them without end.
#[derive(Default)]
struct Known {
    pairs: HashMap<String, u32>,
    names: Names,
    /// The pair of the row before: files come sorted more often than not.
    last: Option<(String, u32)>,
    words: HashMap<(usize, String), Option<Value>>,
}

/// Saves an attendance file.
pub fn save(tx: &mut Tx<'_>, act: Act<'_, '_>, tally: &mut Tally) -> Result<()> {
    let Act { batch, options, saving } = act;
    let (mut marks, names) = marks(batch, options, tally)?;
    let stays = stays(tx, &names)?;
    let stay = |mark: &Mark| stays[mark.pair as usize].as_ref();
    marks.retain(|mark| match stay(mark) {
        Ok(_) => true,
        Err(troubles) => {
            tally.refuse(troubles.iter().map(|t| Trouble { line: Some(mark.line), ..t.clone() }).collect());
            false
        }
    });
    // By participation, as they are stored; the order of the file stays within each.
    let participation = |mark: &Mark| stay(mark).map_or(0, |stay| stay.id);
    marks.sort_by_key(participation);
    let (mut book, mut done, total) = (Book::default(), 0, marks.len().max(1) as u64);
    for page in marks.chunk_by(|a, b| participation(a) == participation(b)) {
        let requests: Vec<MarkRequest> = page.iter().filter_map(|mark| Some(mark.request(*stay(mark).ok()?))).collect();
        tally.take(mark_in(&mut book, tx, &requests, saving)?);
        book.turn_page();
        let slices = done / SLICE as u64;
        done += page.len() as u64;
        if done / SLICE as u64 > slices {
            (options.checkpoint)()?;
            (options.progress)(batch.count / 2 + done * batch.count.div_ceil(2) / total, batch.count);
        }
    }
    Ok(())
}

/// The marks of a file, and the pairs of names that they point at: the first half of the work.
fn marks(batch: &Batch, options: &Options<'_>, tally: &mut Tally) -> Result<(Vec<Mark>, Names)> {
    let mut sheet = Reader {
        batch,
        empty: options.empty,
        places: places(batch),
        known: Known::default(),
        marks: Vec::with_capacity(if batch.layout.grid { 0 } else { batch.count as usize }),
    };
    let mut done = 0;
    batch.table.each(&mut |row| {
        done += 1;
        if done % SLICE as u64 == 0 {
            (options.checkpoint)()?;
            (options.progress)(done / 2, batch.count);
        }
        let read = if batch.layout.grid { sheet.grid(row) } else { sheet.list(row) };
        read.unwrap_or_else(|troubles| tally.refuse(troubles));
        Ok(())
    })?;
    Ok((sheet.marks, sheet.known.names))
}

/// Reads rows into marks.
struct Reader<'a> {
    batch: &'a Batch,
    empty: EmptyCell,
    places: Places,
    known: Known,
    marks: Vec<Mark>,
}

impl Mark {
    fn request(&self, stay: Stay) -> MarkRequest {
        MarkRequest {
            line: Some(self.line),
            stay,
            date: self.date,
            half: self.half,
            status: self.status,
            minutes: self.minutes.map(i64::from),
            justification: self.justification,
            signed_trainee: self.signed[0],
            signed_trainer: self.signed[1],
        }
    }
}

impl Known {
    /// The number of a pair of names.
    fn pair(&mut self, cohort: &str, trainee: &str) -> u32 {
        let same = |key: &str| key.strip_prefix(cohort).and_then(|k| k.strip_prefix('\0')) == Some(trainee);
        if let Some((key, pair)) = &self.last
            && same(key)
        {
            return *pair;
        }
        let key = format!("{cohort}\0{trainee}");
        let next = self.names.len() as u32;
        let pair = *self.pairs.entry(key.clone()).or_insert(next);
        if pair == next {
            self.names.push((cohort.to_owned(), trainee.to_owned()));
        }
        self.last = Some((key, pair));
        pair
    }

    /// The value of a cell, read once for all the cells that are the same; few words make up a whole column.
    fn value(&mut self, position: usize, text: &str, order: DateOrder) -> Result<Option<Value>, Box<cell::Wrong>> {
        const WORDS_MAX: usize = 50_000;
        let key = (position, text.to_owned());
        if let Some(known) = self.words.get(&key) {
            return Ok(known.clone());
        }
        let field = &Kind::Attendance.fields()[position];
        let value = cell::parse(field, text, &cell::Reading { dates: order }).map_err(Box::new)?;
        if self.words.len() < WORDS_MAX {
            self.words.insert(key, value.clone());
        }
        Ok(value)
    }
}

fn places(batch: &Batch) -> Places {
    let at = |wanted: Column| batch.layout.columns.iter().position(|c| *c == wanted);
    let fields = (0..Kind::Attendance.fields().len()).map(|p| at(Column::Field(p))).collect();
    Places { fields, reference: at(Column::Reference), id: at(Column::Id) }
}

fn lacks(line: u64, position: usize) -> Trouble {
    let field = &Kind::Attendance.fields()[position];
    let (fr, en) = (field.fr, field.name);
    Trouble {
        line: Some(line),
        field: Some(field.name),
        value: String::new(),
        what: text!("{fr} manque", "{en} is missing"),
        right: None,
    }
}

impl Reader<'_> {
    /// The pair of names of the cohort and of the trainee, or what is missing.
    fn pair(&mut self, row: &Row<'_>) -> Result<u32, Vec<Trouble>> {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or("", |c| c.trim());
        let cohort = cell(self.places.fields[0]);
        let slug = cell(self.places.fields[1]);
        let trainee = if slug.is_empty() { cell(self.places.reference) } else { slug };
        let missing = [(0, cohort), (1, trainee)].into_iter().filter(|(_, text)| text.is_empty());
        let troubles: Vec<Trouble> = missing.map(|(position, _)| lacks(row.line, position)).collect();
        if troubles.is_empty() { Ok(self.known.pair(cohort, trainee)) } else { Err(troubles) }
    }

    /// A row with one mark.
    fn list(&mut self, row: &Row<'_>) -> Result<(), Vec<Trouble>> {
        if let Some(trouble) = row::shape(self.batch, row) {
            return Err(vec![trouble]);
        }
        let (pair, mut troubles) = match self.pair(row) {
            Ok(pair) => (pair, Vec::new()),
            Err(missing) => (0, missing),
        };
        let values = self.values(row, &mut troubles);
        match (&values[2], listed::<Half>(&values[3]), listed::<AttendanceStatus>(&values[4])) {
            (Some(Value::Date(date)), Some(half), Some(status)) if troubles.is_empty() => {
                self.marks.push(Mark {
                    line: row.line,
                    pair,
                    date: *date,
                    half,
                    status,
                    minutes: match values[5] {
                        Some(Value::Int(n)) => u16::try_from(n).ok(),
                        _ => None,
                    },
                    justification: match listed(&values[6]) {
                        None => self.blanks(6).then_some(None),
                        some => Some(some),
                    },
                    signed: [7, 8].map(|position| match values[position] {
                        Some(Value::Bool(truth)) => Some(truth),
                        _ => self.blanks(position).then_some(false),
                    }),
                });
                Ok(())
            }
            _ => Err(troubles),
        }
    }

    /// Whether an empty cell of a field empties it.
    fn blanks(&self, position: usize) -> bool {
        self.empty == EmptyCell::Blanks && self.places.fields[position].is_some()
    }

    /// The values of the cells after the names.
    fn values(&mut self, row: &Row<'_>, troubles: &mut Vec<Trouble>) -> [Option<Value>; 9] {
        let fields = Kind::Attendance.fields();
        let mut values: [Option<Value>; 9] = Default::default();
        for position in 2..9 {
            let Some(at) = self.places.fields[position] else { continue };
            match self.known.value(position, &row.cells[at], self.batch.orders[at]) {
                Ok(None) if fields[position].mandatory => troubles.push(lacks(row.line, position)),
                Ok(value) => values[position] = value,
                Err(wrong) => troubles.push(Trouble {
                    line: Some(row.line),
                    field: Some(fields[position].name),
                    value: row.cells[at].to_string(),
                    what: wrong.what,
                    right: wrong.right,
                }),
            }
        }
        if let Some(id) = self.places.id.map(|at| row.cells[at].trim()).filter(|id| !id.is_empty()) {
            troubles.push(Trouble {
                line: Some(row.line),
                field: Some("id"),
                value: id.to_owned(),
                what: text!("une présence n'a pas de numéro", "an attendance mark has no number"),
                right: Some(text!("laissez la case vide", "leave the cell empty")),
            });
        }
        values
    }

    /// A row with a mark per half-day.
    fn grid(&mut self, row: &Row<'_>) -> Result<(), Vec<Trouble>> {
        if let Some(trouble) = row::shape(self.batch, row) {
            return Err(vec![trouble]);
        }
        let pair = self.pair(row)?;
        let (start, mut troubles) = (self.marks.len(), Vec::new());
        let columns = self.batch.layout.columns.iter().zip(&self.batch.table.header);
        for ((column, header), text) in columns.zip(&row.cells) {
            let Column::HalfDay(date, half) = *column else { continue };
            match grid::cell(text) {
                Ok(None) => {}
                Ok(Some((status, minutes))) => self.marks.push(Mark {
                    line: row.line,
                    pair,
                    date,
                    half,
                    status,
                    minutes: minutes.map(|m| u16::try_from(m).unwrap_or(u16::MAX)),
                    justification: None,
                    signed: [None, None],
                }),
                Err(refusal) => troubles.push(in_column(row.line, header, (text.to_string(), refusal))),
            }
        }
        if troubles.is_empty() {
            return Ok(());
        }
        self.marks.truncate(start);
        Err(troubles)
    }
}

fn in_column(line: u64, header: &str, (value, refusal): (String, Refusal)) -> Trouble {
    Trouble {
        line: Some(line),
        field: Some("status"),
        value,
        what: Text::new(format!("{header} : {}", refusal.what.fr), format!("{header}: {}", refusal.what.en)),
        right: refusal.hint,
    }
}

fn listed<L: ClosedList>(value: &Option<Value>) -> Option<L> {
    match value {
        Some(Value::Code(code)) => L::from_code(code),
        _ => None,
    }
}

/// The participation of each pair of names, looked up once.
fn stays(tx: &Tx<'_>, names: &Names) -> Result<Vec<Result<Stay, Refused>>> {
    let lookup = tx.lookup();
    let mut world = World::default();
    let mut stays = Vec::with_capacity(names.len());
    for (cohort, trainee) in names {
        let mut request = Request::new(Kind::Attendance);
        request.give("cohort", Value::Text(cohort.clone())).give("trainee", Value::Text(trainee.clone()));
        stays.push(match resolve(&mut world, &lookup, &request)? {
            Ok(found) => found.stay.ok_or_else(Vec::new),
            Err(troubles) => Err(troubles),
        });
    }
    Ok(stays)
}
