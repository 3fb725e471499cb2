//! One typed value of a record's field, and a record as a row of them.

use super::date::Date;
use super::kind::{FieldAt, Kind, Target, trainee};
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
    pub fn get(&self, field: FieldAt) -> Option<&Value> {
        debug_assert_eq!(field.kind, self.kind, "the field {} of another kind", field.name);
        self.values.get(field.position())?.as_ref()
    }
    /// Sets the value of a field of the kind.
    pub fn set(&mut self, field: FieldAt, value: Option<Value>) {
        debug_assert_eq!(field.kind, self.kind, "the field {} of another kind", field.name);
        self.values[field.position()] = value;
    }
    /// The text or code of a field.
    pub fn text(&self, field: FieldAt) -> Option<&str> {
        match self.get(field)? {
            Value::Text(text) => Some(text),
            Value::Code(code) => Some(code),
            _ => None,
        }
    }
    /// The number of a field: whole, minutes, cents or hundredths.
    pub fn int(&self, field: FieldAt) -> Option<i64> {
        match self.get(field)? {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }
    /// The day of a field.
    pub fn date(&self, field: FieldAt) -> Option<Date> {
        match self.get(field)? {
            Value::Date(d) => Some(*d),
            _ => None,
        }
    }
    /// The truth of a field; absent = false.
    pub fn is(&self, field: FieldAt) -> bool {
        matches!(self.get(field), Some(Value::Bool(true)))
    }
    /// The closed-list value of a field.
    pub fn list<L: ClosedList>(&self, field: FieldAt) -> Option<L> {
        L::from_code(self.text(field)?)
    }
    /// The code or slug of what the record names; `None` for kinds that name nothing of the sort.
    pub fn named(&self, target: Target) -> Option<&str> {
        self.text(self.kind.naming(target)?)
    }
    /// The code of the cohort that the record belongs to; `None` for kinds that belong to none.
    pub fn cohort(&self) -> Option<&str> {
        self.named(Target::Cohort)
    }
    /// The slug of the person that the record is about; `None` for kinds that are about nobody.
    pub fn trainee(&self) -> Option<&str> {
        if self.kind == Kind::Trainees { self.text(trainee::TRAINEE) } else { self.named(Target::Trainee) }
    }
    /// The day of the event that the record makes in somebody's chronology.
    pub fn day(&self) -> Option<Date> {
        self.date(self.kind.declaration().event.as_ref()?.day)
    }
}
