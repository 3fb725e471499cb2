//! The cells of a row with one mark, and where each field of attendance stands in the file.

use crate::domain::folding::shown;
use crate::domain::kind::Field;
use crate::domain::{Date, Kind, Value};
use crate::import::cell_cache::Memo;
use crate::import::cells;
use crate::import::columns::names::{Column, Part};
use crate::import::file::rows::Row;
use crate::import::laid_out::LaidOut;
use crate::import::options::Options;
use crate::import::read_row::{is_same, worded};
use crate::ops::Trouble;
use crate::text;

/// Where each field of attendance stands in the file.
pub(super) struct Places {
    pub fields: Vec<Option<usize>>,
    pub reference: Option<usize>,
    pub id: Option<usize>,
    /// The parts of what people are called, last name first.
    pub names: Vec<usize>,
}

impl Places {
    pub fn of(file: &LaidOut) -> Places {
        let at = |wanted: Column| file.layout.columns.iter().position(|c| *c == wanted);
        let fields = (0..Kind::Attendance.fields().len()).map(|p| at(Column::Field(p))).collect();
        let name = |part: Part| at(Column::Person(part));
        let both = [Part::Both, Part::LastFirst, Part::FirstLast].into_iter().find_map(name);
        let names = [both, name(Part::Last), name(Part::First)].into_iter().flatten().collect();
        Places { fields, reference: at(Column::Reference), id: at(Column::Id), names }
    }
}

/// The cells of a row after its names.
pub(super) struct Cells<'a> {
    pub file: &'a LaidOut,
    pub options: &'a Options<'a>,
    pub places: &'a Places,
    pub row: &'a Row<'a>,
    pub troubles: Vec<Trouble>,
}

impl Cells<'_> {
    /// Most dates are ISO, which is read faster than looked up.
    pub fn date(&mut self, memo: &mut Memo<Date>) -> Option<Date> {
        let text = self.places.fields[2].map_or("", |at| &self.row.cells[at]);
        let is_iso = text.len() == 10 && text.as_bytes()[4] == b'-';
        match is_iso.then(|| Date::parse_iso(text)) {
            Some(Ok(date)) => Some(date),
            _ => self.read(2, memo, day),
        }
    }

    pub fn read<T: Copy>(&mut self, position: usize, memo: &mut Memo<T>, of: fn(Value) -> Option<T>) -> Option<T> {
        let field = &Kind::Attendance.fields()[position];
        let constant = self.file.constant(position);
        let said = || constant.and_then(|constant| of(constant.value.clone()));
        let Some(at) = self.places.fields[position] else { return said() };
        let text = &self.row.cells[at];
        let value = match memo.get(text) {
            Some(known) => known,
            None => match self.parse(field, at) {
                Ok(value) => {
                    if let (Some(constant), Some(value)) = (constant, &value)
                        && !is_same(&constant.value, value)
                    {
                        self.troubles.push(contradicted(self.row.line, text, &constant.typed));
                        return None;
                    }
                    let value = value.and_then(of).or_else(said);
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

    fn parse(&self, field: &Field, at: usize) -> Result<Option<Value>, cells::Wrong> {
        let text: &str = &self.row.cells[at];
        let text = worded(field, (text, &self.file.table.header[at]), self.options).unwrap_or(text);
        if cells::is_empty(field, text) { Ok(None) } else { cells::parse(field, text, &self.file.dating[at]) }
    }

    pub fn refuse_number(&mut self) {
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

pub(super) fn lacks(line: u64, position: usize) -> Trouble {
    let field = &Kind::Attendance.fields()[position];
    Trouble {
        line: Some(line),
        field: Some(field.name),
        value: String::new(),
        what: text!("{field} manque", "{field} is missing"; field),
        right: None,
    }
}

/// A line that says something else than what was said of all.
pub(super) fn contradicted(line: u64, written: &str, said: &str) -> Trouble {
    let said = shown(said);
    Trouble {
        line: Some(line),
        field: None,
        value: written.to_owned(),
        what: text!("la ligne dit autre chose que « {said} »", "the line says something else than “{said}”"),
        right: Some(text!("corrigez la ligne, ou retirez l'option", "correct the line, or take the option away")),
    }
}

fn day(value: Value) -> Option<Date> {
    if let Value::Date(date) = value { Some(date) } else { None }
}
