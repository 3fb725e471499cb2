//! Rows of attendance to marks of a few bytes: one mark a row, or one a cell of a grid.

use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::Half;
use crate::domain::kind::attendance;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Refusal, Text, Value};
use crate::import::cell_cache::Memo;
use crate::import::columns::days::DayHeader;
use crate::import::columns::grid;
use crate::import::columns::names::Column;
use crate::import::file::rows::Row;
use crate::import::grid_days::{GridDays, Halves};
use crate::import::laid_out::LaidOut;
use crate::import::mark_cells::{Cells, Places, contradicted, lacks};
use crate::import::options::{EmptyCell, Options};
use crate::import::read_row::{is_same, worded};
use crate::import::{cells, row_shape};
use crate::ops::Trouble;
use crate::ops::attendance::MarkRequest;
use crate::store::Stay;
use std::collections::HashMap;
use std::rc::Rc;

/// A mark as the file words it; the cohort and the trainee are a pair of names.
#[derive(Clone, Copy)]
pub struct Mark {
    /// The line; a file has fewer bytes than this can count.
    pub line: u32,
    /// The number of the pair of names.
    pub pair: u32,
    date: Date,
    half: Half,
    status: AttendanceStatus,
    minutes: Option<u16>,
    justification: Option<Option<Justification>>,
    signed: [Option<bool>; 2],
}

impl Mark {
    /// The mark as a request, once the names are resolved.
    pub fn request(&self, stay: Stay) -> MarkRequest {
        MarkRequest {
            line: Some(u64::from(self.line)),
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

/// Pairs of a cohort and a trainee as the file calls them, each with a number.
#[derive(Default)]
pub struct Pairs {
    numbers: HashMap<Rc<str>, u32>,
    /// Both names of each pair, cut by [`BETWEEN`].
    names: Vec<Rc<str>>,
    /// The pair of the row before, and its names: files come sorted more often than not.
    last: (String, u32),
}

/// What no recorded name holds: it stands between two names.
const BETWEEN: char = '\0';

impl Pairs {
    /// The cohort and the trainee of each pair, by number.
    pub fn names(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.names.iter().map(|names| names.split_once(BETWEEN).unwrap_or((names, "")))
    }

    fn number(&mut self, cohort: &str, trainee: &str) -> u32 {
        let (key, last) = &mut self.last;
        let trainee_of = key.strip_prefix(cohort).and_then(|rest| rest.strip_prefix(BETWEEN));
        if trainee_of == Some(trainee) {
            return *last;
        }
        key.clear();
        key.push_str(cohort);
        key.push(BETWEEN);
        key.push_str(trainee);
        *last = match self.numbers.get(key.as_str()) {
            Some(known) => *known,
            None => {
                let (next, names) = (self.names.len() as u32, Rc::from(key.as_str()));
                self.names.push(Rc::clone(&names));
                self.numbers.insert(names, next);
                next
            }
        };
        *last
    }
}

/// The words of each column that were already read.
#[derive(Default)]
struct Words {
    date: Memo<Date>,
    half: Memo<Half>,
    status: Memo<AttendanceStatus>,
    minutes: Memo<u16>,
    justification: Memo<Justification>,
    signed: [Memo<bool>; 2],
    grid: Memo<(AttendanceStatus, Option<u16>)>,
}

/// The rows of a file as marks.
#[derive(Default)]
pub struct Marks {
    /// The marks, in the order of the file.
    pub marks: Vec<Mark>,
    /// The names that they point at.
    pub pairs: Pairs,
    /// Why other rows were refused.
    pub refused: Vec<Trouble>,
}

/// Reads rows into marks.
pub struct Reader<'a> {
    file: &'a LaidOut,
    options: &'a Options<'a>,
    /// The half-days of the columns of a grid that only the calendars tell.
    days: Option<&'a GridDays>,
    places: Places,
    words: Words,
    read: Marks,
}

impl<'a> Reader<'a> {
    /// Has read nothing yet.
    pub fn new(file: &'a LaidOut, options: &'a Options<'a>) -> Reader<'a> {
        let (places, words, read) = (Places::of(file), Words::default(), Marks::default());
        Reader { file, options, days: None, places, words, read }
    }

    /// The same beside the calendars of the cohorts.
    pub fn beside(file: &'a LaidOut, options: &'a Options<'a>, days: &'a GridDays) -> Reader<'a> {
        Reader { days: Some(days), ..Reader::new(file, options) }
    }

    /// Reads a row, of whichever form the file has.
    pub fn row(&mut self, row: &Row<'_>) {
        let done = match row_shape::shape(self.file, row) {
            Some(trouble) => Err(vec![trouble]),
            None if self.file.layout.grid => self.grid(row),
            None => self.list(row),
        };
        done.unwrap_or_else(|troubles| self.read.refused.extend(troubles));
    }

    /// True past 10,000 refusals: they are then reported while saving, to bound memory.
    pub fn is_vain(&self) -> bool {
        const REFUSED_MAX: usize = 10_000;
        self.read.refused.len() > REFUSED_MAX
    }

    /// Why rows were refused since this was asked last.
    pub fn take_refused(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.read.refused)
    }

    /// All that was read.
    pub fn finish(self) -> Marks {
        self.read
    }

    /// The pair of names of the cohort and of the trainee, or what is missing.
    fn pair(&mut self, row: &Row<'_>) -> Result<u32, Vec<Trouble>> {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or("", |c| c.trim());
        let said = |position: usize| match self.file.constant(position).map(|constant| &constant.value) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let written = cell(self.places.fields[0]);
        let cohort = if written.is_empty() { said(0).unwrap_or("") } else { written };
        if let (Some(said), false) = (said(0), written.is_empty())
            && !is_same(&Value::Text(said.to_owned()), &Value::Text(written.to_owned()))
        {
            return Err(vec![contradicted(row.line, written, said)]);
        }
        let slug = cell(self.places.fields[1]);
        let mut trainee = if slug.is_empty() { cell(self.places.reference) } else { slug };
        let called: String;
        if trainee.is_empty() && !self.places.names.is_empty() {
            let words: Vec<&str> =
                self.places.names.iter().map(|at| cell(Some(*at))).filter(|w| !w.is_empty()).collect();
            called = words.join(" ").replace(',', " ");
            trainee = &called;
        }
        if !cohort.is_empty() && !trainee.is_empty() {
            return Ok(self.read.pairs.number(cohort, trainee));
        }
        let missing = [(0, cohort), (1, trainee)].into_iter().filter(|(_, text)| text.is_empty());
        Err(missing.map(|(position, _)| lacks(row.line, position)).collect())
    }

    /// A row with one mark.
    fn list(&mut self, row: &Row<'_>) -> Result<(), Vec<Trouble>> {
        let (pair, troubles) = match self.pair(row) {
            Ok(pair) => (pair, Vec::new()),
            Err(missing) => (0, missing),
        };
        let (empty, words) = (self.options.empty, &mut self.words);
        let mut cells = Cells { file: self.file, options: self.options, places: &self.places, row, troubles };
        let date = cells.date(&mut words.date);
        let half = cells.read(3, &mut words.half, listed);
        let status = cells.read(4, &mut words.status, listed);
        let minutes = cells.read(5, &mut words.minutes, minutes);
        let justification = cells.read(6, &mut words.justification, listed);
        let signed = [0, 1].map(|n| cells.read(7 + n, &mut words.signed[n], truth));
        cells.refuse_number();
        let troubles = cells.troubles;
        let (Some(date), Some(half), Some(status), true) = (date, half, status, troubles.is_empty()) else {
            return Err(troubles);
        };
        // Whether an empty cell of a field empties it.
        let blanks = |position: usize| empty == EmptyCell::Blanks && self.places.fields[position].is_some();
        self.read.marks.push(Mark {
            line: row.line as u32,
            pair,
            date,
            half,
            status,
            minutes,
            justification: justification.map(Some).or(blanks(6).then_some(None)),
            signed: [0, 1].map(|n| signed[n].or(blanks(7 + n).then_some(false))),
        });
        Ok(())
    }

    /// A row with a mark per half-day.
    fn grid(&mut self, row: &Row<'_>) -> Result<(), Vec<Trouble>> {
        let pair = self.pair(row)?;
        let (start, mut troubles) = (self.read.marks.len(), Vec::new());
        let columns = self.file.layout.columns.iter().zip(&self.file.table.header);
        let cohort = self.read.pairs.names().nth(pair as usize).map_or("", |(cohort, _)| cohort).to_owned();
        for (at, ((column, header), text)) in columns.zip(&row.cells).enumerate() {
            let Column::HalfDay(day, half) = *column else { continue };
            let (status, minutes) = match grid_cell(&mut self.words.grid, (text, header), self.options) {
                Ok(None) => continue,
                Ok(Some(said)) => said,
                Err(refusal) => {
                    troubles.push(in_column(row.line, header, (text.to_string(), refusal)));
                    continue;
                }
            };
            let halves = match (day, half) {
                (DayHeader::On(date), Some(half)) => Ok(Halves::One(date, half)),
                _ => self.days.map_or_else(|| Ok(Halves::None), |days| days.halves(&cohort, at)),
            };
            match halves.and_then(|halves| halves.each(minutes)) {
                Ok(marks) => self.read.marks.extend(marks.into_iter().map(|(date, half, minutes)| Mark {
                    line: row.line as u32,
                    pair,
                    date,
                    half,
                    status,
                    minutes,
                    justification: None,
                    signed: [None, None],
                })),
                Err(what) => troubles.push(in_column(row.line, header, (text.to_string(), Refusal::data(what)))),
            }
        }
        if troubles.is_empty() {
            return Ok(());
        }
        self.read.marks.truncate(start);
        Err(troubles)
    }
}

fn grid_cell(
    memo: &mut Memo<(AttendanceStatus, Option<u16>)>,
    (text, header): (&str, &str),
    options: &Options<'_>,
) -> Result<Option<(AttendanceStatus, Option<u16>)>, Refusal> {
    if let Some(known) = memo.get(text) {
        return Ok(known);
    }
    let status = attendance::STATUS.field();
    let word = worded(status, (text, header), options).unwrap_or(text);
    let read = if cells::is_empty(status, word) { None } else { grid::cell(word)? };
    let read = read.map(|(status, minutes)| (status, minutes.map(|m| u16::try_from(m).unwrap_or(u16::MAX))));
    memo.keep(text, read);
    Ok(read)
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

fn minutes(value: Value) -> Option<u16> {
    if let Value::Int(n) = value { u16::try_from(n).ok() } else { None }
}

fn truth(value: Value) -> Option<bool> {
    if let Value::Bool(truth) = value { Some(truth) } else { None }
}

fn listed<L: ClosedList>(value: Value) -> Option<L> {
    if let Value::Code(code) = value { L::from_code(code) } else { None }
}
