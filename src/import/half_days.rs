//! Rows of attendance to marks of a few bytes: one mark a row, or one a cell of a grid.

use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::Half;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Kind, Refusal, Text, Value};
use crate::import::cell_cache::Memo;
use crate::import::columns::grid;
use crate::import::columns::header::Column;
use crate::import::file::rows::Row;
use crate::import::laid_out::LaidOut;
use crate::import::options::EmptyCell;
use crate::import::{cells, read_row};
use crate::ops::Trouble;
use crate::ops::attendance::MarkRequest;
use crate::store::Stay;
use crate::text;
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

/// Where each field of attendance stands in the file.
struct Places {
    fields: Vec<Option<usize>>,
    reference: Option<usize>,
    id: Option<usize>,
}

impl Places {
    fn of(file: &LaidOut) -> Places {
        let at = |wanted: Column| file.layout.columns.iter().position(|c| *c == wanted);
        let fields = (0..Kind::Attendance.fields().len()).map(|p| at(Column::Field(p))).collect();
        Places { fields, reference: at(Column::Reference), id: at(Column::Id) }
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
    empty: EmptyCell,
    places: Places,
    words: Words,
    read: Marks,
}

impl<'a> Reader<'a> {
    /// Has read nothing yet.
    pub fn new(file: &'a LaidOut, empty: EmptyCell) -> Reader<'a> {
        Reader { file, empty, places: Places::of(file), words: Words::default(), read: Marks::default() }
    }

    /// Reads a row, of whichever form the file has.
    pub fn row(&mut self, row: &Row<'_>) {
        let done = match read_row::shape(self.file, row) {
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
        let cohort = cell(self.places.fields[0]);
        let slug = cell(self.places.fields[1]);
        let trainee = if slug.is_empty() { cell(self.places.reference) } else { slug };
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
        let (empty, words) = (self.empty, &mut self.words);
        let mut cells = Cells { file: self.file, places: &self.places, row, troubles };
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
        for ((column, header), text) in columns.zip(&row.cells) {
            let Column::HalfDay(date, half) = *column else { continue };
            match grid_cell(&mut self.words.grid, text) {
                Ok(None) => {}
                Ok(Some((status, minutes))) => self.read.marks.push(Mark {
                    line: row.line as u32,
                    pair,
                    date,
                    half,
                    status,
                    minutes,
                    justification: None,
                    signed: [None, None],
                }),
                Err(refusal) => troubles.push(in_column(row.line, header, (text.to_string(), refusal))),
            }
        }
        if troubles.is_empty() {
            return Ok(());
        }
        self.read.marks.truncate(start);
        Err(troubles)
    }
}

/// The cells of a row after its names.
struct Cells<'a> {
    file: &'a LaidOut,
    places: &'a Places,
    row: &'a Row<'a>,
    troubles: Vec<Trouble>,
}

impl Cells<'_> {
    /// Most dates are ISO, which is read faster than looked up.
    fn date(&mut self, memo: &mut Memo<Date>) -> Option<Date> {
        let text = self.places.fields[2].map_or("", |at| &self.row.cells[at]);
        let is_iso = text.len() == 10 && text.as_bytes()[4] == b'-';
        match is_iso.then(|| Date::parse_iso(text)) {
            Some(Ok(date)) => Some(date),
            _ => self.read(2, memo, day),
        }
    }

    fn read<T: Copy>(&mut self, position: usize, memo: &mut Memo<T>, of: fn(Value) -> Option<T>) -> Option<T> {
        let at = self.places.fields[position]?;
        let (field, text) = (&Kind::Attendance.fields()[position], &self.row.cells[at]);
        let value = match memo.get(text) {
            Some(known) => known,
            None => match cells::parse(field, text, &cells::Reading { dates: self.file.orders[at] }) {
                Ok(value) => {
                    let value = value.and_then(of);
                    memo.keep(text, value);
                    value
                }
                Err(wrong) => {
                    self.troubles.push(wrong.at(self.row.line, field.name, text));
                    return None;
                }
            },
        };
        if value.is_none() && field.mandatory {
            self.troubles.push(lacks(self.row.line, position));
        }
        value
    }

    fn refuse_number(&mut self) {
        let Some(id) = self.places.id.map(|at| self.row.cells[at].trim()).filter(|id| !id.is_empty()) else { return };
        self.troubles.push(Trouble {
            line: Some(self.row.line),
            field: Some("id"),
            value: id.to_owned(),
            what: text!("une présence n'a pas de numéro", "an attendance mark has no number"),
            right: Some(text!("laissez la case vide", "leave the cell empty")),
        });
    }
}

fn lacks(line: u64, position: usize) -> Trouble {
    let field = &Kind::Attendance.fields()[position];
    Trouble {
        line: Some(line),
        field: Some(field.name),
        value: String::new(),
        what: text!("{field} manque", "{field} is missing"; field),
        right: None,
    }
}

fn grid_cell(
    memo: &mut Memo<(AttendanceStatus, Option<u16>)>,
    text: &str,
) -> Result<Option<(AttendanceStatus, Option<u16>)>, Refusal> {
    if let Some(known) = memo.get(text) {
        return Ok(known);
    }
    let read = grid::cell(text)?;
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

fn day(value: Value) -> Option<Date> {
    if let Value::Date(date) = value { Some(date) } else { None }
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
