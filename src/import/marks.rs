//! Attendance, the one kind with files of a million rows: names are looked up once per pair, a row is a few bytes.

use super::header::Column;
use super::report::{Changed, Changes, Refusals};
use super::rows::Row;
use super::{Batch, EmptyCell, Options, cell, grid, row};
use crate::domain::cohort::Half;
use crate::domain::column::DateOrder;
use crate::domain::list::ClosedList;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Kind, Text, Value};
use crate::ops::attendance::{Book, MarkRequest, mark_in};
use crate::ops::resolve::{Refused, World, resolve};
use crate::ops::{Outcome, Request, Saving, Trouble};
use crate::store::{Stay, Tx};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

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

/// Counts of an attendance file.
#[derive(Default)]
pub struct Counts {
    /// Marks made, changed, already so.
    pub all: [u64; 3],
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
    names: Vec<(String, String)>,
    /// The pair of the row before: files come sorted more often than not.
    last: Option<(String, u32)>,
    words: HashMap<(usize, String), Option<Value>>,
}

/// Saves an attendance file.
pub fn save(
    tx: &mut Tx<'_>,
    batch: &Batch,
    (options, saving): (&Options<'_>, &Saving<'_>),
    (refusals, changes): (&mut Refusals, &mut Changes),
) -> Result<Counts> {
    let mut known = Known::default();
    let mut marks = Vec::with_capacity(if batch.layout.grid { 0 } else { batch.count as usize });
    let places = places(batch);
    let mut done = 0;
    batch.table.each(&mut |row| {
        done += 1;
        if done % super::run::SLICE as u64 == 0 {
            (options.checkpoint)()?;
            (options.progress)(done / 2, batch.count);
        }
        let read = if batch.layout.grid {
            in_grid(batch, row, &mut known, &mut marks)
        } else {
            in_list(batch, row, (&places, options), &mut known).map(|mark| marks.push(mark))
        };
        if let Err(troubles) = read {
            troubles.into_iter().for_each(|t| refusals.add(t));
        }
        Ok(())
    })?;
    let stays = stays(tx, &known.names)?;
    let mut found: Vec<(Stay, Mark)> = Vec::with_capacity(marks.len());
    for mark in marks {
        match &stays[mark.pair as usize] {
            Ok(stay) => found.push((*stay, mark)),
            Err(troubles) => troubles.iter().for_each(|t| refusals.add(Trouble { line: Some(mark.line), ..t.clone() })),
        }
    }
    // By participation, as they are stored; the order of the file stays within each.
    found.sort_by_key(|(stay, _)| stay.id);
    let mut counts = Counts::default();
    let mut page = Page { book: Book::default(), done: 0, total: found.len() as u64, rows: batch.count };
    for marks in found.chunk_by(|(a, _), (b, _)| a.id == b.id) {
        page.save(tx, marks, (options, saving), (refusals, changes), &mut counts)?;
    }
    Ok(counts)
}

/// The marks of one participation after the other.
struct Page {
    book: Book,
    done: u64,
    total: u64,
    rows: u64,
}

impl Page {
    fn save(
        &mut self,
        tx: &mut Tx<'_>,
        marks: &[(Stay, Mark)],
        (options, saving): (&Options<'_>, &Saving<'_>),
        (refusals, changes): (&mut Refusals, &mut Changes),
        counts: &mut Counts,
    ) -> Result<()> {
        let requests: Vec<MarkRequest> = marks.iter().map(|(stay, mark)| mark.request(*stay)).collect();
        let saved = mark_in(&mut self.book, tx, &requests, saving)?;
        self.book.turn_page();
        for (line, id, outcome) in saved.outcomes {
            let at = match outcome {
                Outcome::Created => 0,
                Outcome::Changed(list) => {
                    changes.add(Changed { line: line.unwrap_or(0), id, changes: list });
                    1
                }
                Outcome::Identical => 2,
            };
            counts.all[at] += 1;
        }
        saved.troubles.into_iter().for_each(|t| refusals.add(t));
        let slice = super::run::SLICE as u64;
        let before = self.done / slice;
        self.done += marks.len() as u64;
        if self.done / slice > before {
            (options.checkpoint)()?;
            (options.progress)(self.rows / 2 + self.done * self.rows.div_ceil(2) / self.total.max(1), self.rows);
        }
        Ok(())
    }
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

/// The names of the cohort and of the trainee, or what is missing.
fn names(row: &Row<'_>, places: &Places, known: &mut Known) -> Result<u32, Vec<Trouble>> {
    let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or("", |c| c.trim());
    let cohort = cell(places.fields[0]);
    let slug = cell(places.fields[1]);
    let trainee = if slug.is_empty() { cell(places.reference) } else { slug };
    let missing = [(0, cohort), (1, trainee)].into_iter().filter(|(_, text)| text.is_empty());
    let troubles: Vec<Trouble> = missing.map(|(position, _)| lacks(row.line, position)).collect();
    if troubles.is_empty() { Ok(known.pair(cohort, trainee)) } else { Err(troubles) }
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

fn in_list(
    batch: &Batch,
    row: &Row<'_>,
    (places, options): (&Places, &Options<'_>),
    known: &mut Known,
) -> Result<Mark, Vec<Trouble>> {
    if let Some(trouble) = row::shape(batch, row) {
        return Err(vec![trouble]);
    }
    let mut troubles = Vec::new();
    let pair = names(row, places, known).unwrap_or_else(|missing| {
        troubles.extend(missing);
        0
    });
    let mut values: [Option<Value>; 9] = Default::default();
    for position in 2..9 {
        let Some(at) = places.fields[position] else { continue };
        match known.value(position, &row.cells[at], batch.orders[at]) {
            Ok(value) => values[position] = value,
            Err(wrong) => troubles.push(Trouble {
                line: Some(row.line),
                field: Some(Kind::Attendance.fields()[position].name),
                value: row.cells[at].to_string(),
                what: wrong.what,
                right: wrong.right,
            }),
        }
    }
    if let Some(id) = places.id.map(|at| row.cells[at].trim()).filter(|id| !id.is_empty()) {
        troubles.push(Trouble {
            line: Some(row.line),
            field: Some("id"),
            value: id.to_owned(),
            what: text!("une présence n'a pas de numéro", "an attendance mark has no number"),
            right: Some(text!("laissez la case vide", "leave the cell empty")),
        });
    }
    let told = |position: usize| troubles.iter().any(|t| t.field == Some(Kind::Attendance.fields()[position].name));
    let lacking: Vec<Trouble> =
        (2..5).filter(|p| values[*p].is_none() && !told(*p)).map(|p| lacks(row.line, p)).collect();
    troubles.extend(lacking);
    let blank = options.empty == EmptyCell::Blanks;
    match (&values[2], listed::<Half>(&values[3]), listed::<AttendanceStatus>(&values[4])) {
        (Some(Value::Date(date)), Some(half), Some(status)) if troubles.is_empty() => Ok(Mark {
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
                None if blank && places.fields[6].is_some() => Some(None),
                None => None,
                some => Some(some),
            },
            signed: [7, 8].map(|position| match values[position] {
                Some(Value::Bool(truth)) => Some(truth),
                _ => (blank && places.fields[position].is_some()).then_some(false),
            }),
        }),
        _ => Err(troubles),
    }
}

fn listed<L: ClosedList>(value: &Option<Value>) -> Option<L> {
    match value {
        Some(Value::Code(code)) => L::from_code(code),
        _ => None,
    }
}

fn in_grid(batch: &Batch, row: &Row<'_>, known: &mut Known, marks: &mut Vec<Mark>) -> Result<(), Vec<Trouble>> {
    if let Some(trouble) = row::shape(batch, row) {
        return Err(vec![trouble]);
    }
    let pair = names(row, &places(batch), known)?;
    let (start, mut troubles) = (marks.len(), Vec::new());
    for ((column, text), header) in batch.layout.columns.iter().zip(&row.cells).zip(&batch.table.header) {
        let Column::HalfDay(date, half) = *column else { continue };
        match grid::cell(text) {
            Ok(None) => {}
            Ok(Some((status, minutes))) => marks.push(Mark {
                line: row.line,
                pair,
                date,
                half,
                status,
                minutes: minutes.map(|m| u16::try_from(m).unwrap_or(u16::MAX)),
                justification: None,
                signed: [None, None],
            }),
            Err(refusal) => troubles.push(Trouble {
                line: Some(row.line),
                field: Some("status"),
                value: text.to_string(),
                what: Text::new(format!("{header} : {}", refusal.what.fr), format!("{header}: {}", refusal.what.en)),
                right: refusal.hint,
            }),
        }
    }
    if troubles.is_empty() {
        return Ok(());
    }
    marks.truncate(start);
    Err(troubles)
}

/// The participation of each pair of names, looked up once.
fn stays(tx: &Tx<'_>, names: &[(String, String)]) -> Result<Vec<Result<Stay, Refused>>> {
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
