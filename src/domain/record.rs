//! One typed value of a record's field, and a record as a row of them.

use super::date::Date;
use super::kind::Kind;
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
    /// The value of a field; `None` when absent or when the kind has no such field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(self.kind.position(name)?)?.as_ref()
    }
    /// Sets the value of a field the kind has; other names change nothing.
    pub fn set(&mut self, name: &str, value: Option<Value>) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = value;
        }
    }
    /// The text or code of a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            Value::Code(code) => Some(code),
            _ => None,
        }
    }
    /// The number of a field.
    pub fn int(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }
    /// The day of a field.
    pub fn date(&self, name: &str) -> Option<Date> {
        match self.get(name)? {
            Value::Date(d) => Some(*d),
            _ => None,
        }
    }
    /// The truth of a field; absent = false.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Bool(true)))
    }
    /// The closed-list value of a field.
    pub fn list<L: ClosedList>(&self, name: &str) -> Option<L> {
        L::from_code(self.text(name)?)
    }
}
