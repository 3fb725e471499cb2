//! One typed value of a record's field, and a record as a row of them.

use super::date::Date;
use super::kind::{FieldAt, Kind, Target};
use crate::domain::closed_list::ClosedList;
use crate::domain::id::RecordId;

/// A value as records hold it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Text, cleaned.
    Text(String),
    /// A number: whole, minutes, cents or hundredths as its field says.
    Int(i64),
    /// A day.
    Date(Date),
    /// true / false.
    Bool(bool),
    /// A code of the field's closed list.
    Code(&'static str),
}

/// One record of a kind: a value per field, `None` = absent. References hold the code or slug of what they name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The kind.
    pub kind: Kind,
    /// The record's number; `None` before it is stored, and for kinds without numbers.
    pub id: Option<RecordId>,
    /// One value per field of the kind.
    pub values: Vec<Option<Value>>,
}

impl Record {
    /// An empty record of a kind.
    pub fn new(kind: Kind) -> Record {
        Record { kind, id: None, values: vec![None; kind.fields().len()] }
    }
    /// The value of a field of the kind; `None` when absent.
    pub fn get(&self, field: impl Named) -> Option<&Value> {
        self.values.get(field.position_in(self.kind)?)?.as_ref()
    }
    /// Sets the value of a field of the kind.
    pub fn set(&mut self, field: impl Named, value: Option<Value>) {
        if let Some(position) = field.position_in(self.kind) {
            self.values[position] = value;
        }
    }
    /// The text or code of a field.
    pub fn text(&self, field: impl Named) -> Option<&str> {
        match self.get(field)? {
            Value::Text(text) => Some(text),
            Value::Code(code) => Some(code),
            _ => None,
        }
    }
    /// The number of a field: whole, minutes, cents or hundredths.
    pub fn int(&self, field: impl Named) -> Option<i64> {
        match self.get(field)? {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }
    /// The day of a field.
    pub fn date(&self, field: impl Named) -> Option<Date> {
        match self.get(field)? {
            Value::Date(d) => Some(*d),
            _ => None,
        }
    }
    /// The truth of a field; absent = false.
    pub fn is(&self, field: impl Named) -> bool {
        matches!(self.get(field), Some(Value::Bool(true)))
    }
    /// The closed-list value of a field.
    pub fn list<L: ClosedList>(&self, field: impl Named) -> Option<L> {
        L::from_code(self.text(field)?)
    }
    /// The code of the cohort that the record belongs to; `None` for kinds that belong to none.
    pub fn cohort(&self) -> Option<&str> {
        self.text(self.kind.naming(Target::Cohort)?)
    }
    /// The slug of the person that the record is about, for kinds that hang on a person or a stay.
    pub fn trainee(&self) -> Option<&str> {
        self.text(self.kind.naming(Target::Trainee)?)
    }
}

/// What names a field of a kind.
pub trait Named {
    /// Its position among the fields of a kind.
    fn position_in(&self, kind: Kind) -> Option<usize>;
}

impl Named for FieldAt {
    fn position_in(&self, kind: Kind) -> Option<usize> {
        debug_assert_eq!(self.kind, kind, "the field {} of another kind", self.name());
        (self.kind == kind).then(|| self.position())
    }
}

impl Named for &str {
    fn position_in(&self, kind: Kind) -> Option<usize> {
        kind.position(self)
    }
}

impl Named for &&str {
    fn position_in(&self, kind: Kind) -> Option<usize> {
        kind.position(self)
    }
}
