//! A record as a person words it, and what came of it.

use crate::domain::folding::shown;
use crate::domain::id::RecordId;
use crate::domain::kind::{Field, FieldAt, Holds, Target, trainee};
use crate::domain::{Date, Kind, Lang, Record, Refusal, Text, Value};
use crate::text;

/// What a person said of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing: a new record takes the default, a recorded one keeps what it has.
    Nothing,
    /// That it is empty.
    Blank,
    /// This value.
    Given(Value),
}

/// One record as a person words it: by a row of a file or on the command line.
#[derive(Debug, Clone)]
pub struct Request {
    /// The kind of record.
    pub kind: Kind,
    /// The record's number, when it was given.
    pub id: Option<RecordId>,
    /// The line of the file.
    pub line: Option<u64>,
    /// What was said, one per field of the kind.
    pub said: Vec<Said>,
    /// The birth date of the person it is about, where that tells them from others of the same name.
    pub born: Option<Date>,
    /// The name the person was born with, beside the one they use.
    pub birth_name: Option<String>,
}

impl Request {
    /// A request that says nothing yet.
    pub fn new(kind: Kind) -> Request {
        Request {
            kind,
            id: None,
            line: None,
            said: vec![Said::Nothing; kind.fields().len()],
            born: None,
            birth_name: None,
        }
    }
    /// Says a value of a field that the kind has.
    pub fn give(&mut self, field: FieldAt, value: Value) -> &mut Request {
        self.say(field, Said::Given(value))
    }
    /// Says something of a field that the kind has.
    pub fn say(&mut self, field: FieldAt, said: Said) -> &mut Request {
        debug_assert_eq!(field.kind, self.kind, "the field {} of another kind", field.name);
        self.said[field.position()] = said;
        self
    }
    /// The value said of a field.
    pub fn given(&self, field: FieldAt) -> Option<&Value> {
        match self.said.get(field.position())? {
            Said::Given(value) => Some(value),
            _ => None,
        }
    }
    /// The text or code said of a field.
    pub fn text(&self, field: FieldAt) -> Option<&str> {
        match self.given(field)? {
            Value::Text(text) => Some(text),
            Value::Code(code) => Some(code),
            _ => None,
        }
    }
    /// The code or slug said of what the record names.
    pub fn named(&self, target: Target) -> Option<&str> {
        self.text(self.kind.naming(target)?)
    }
    /// The slug or reference said of the person that the record is about.
    pub fn trainee(&self) -> Option<&str> {
        match self.kind {
            Kind::Trainees => self.text(trainee::TRAINEE),
            _ => self.named(Target::Trainee),
        }
    }
    /// The day said of a field.
    pub fn date(&self, field: FieldAt) -> Option<Date> {
        match self.given(field)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// Why one record was refused: the line, the column, the value, the reason, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The line of the file.
    pub line: Option<u64>,
    /// The column, by machine name.
    pub field: Option<&'static str>,
    /// The value as typed or recorded.
    pub value: String,
    /// What is wrong.
    pub what: Text,
    /// What would be right.
    pub right: Option<Text>,
}

impl From<&Trouble> for Refusal {
    /// The same for the one record that a command is about: its field and value say why.
    fn from(trouble: &Trouble) -> Refusal {
        let refusal = Refusal::data(trouble.what.clone()).maybe_hint(trouble.right.clone());
        let value = shown(&trouble.value);
        match trouble.field {
            None => refusal,
            Some(field) if value.is_empty() => refusal.why(text!("champ {field}", "field {field}")),
            Some(field) => refusal.why(text!("champ {field}, valeur « {value} »", "field {field}, value “{value}”")),
        }
    }
}

/// Something worth a look that was accepted all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The kind of warning, for counts: `age`, `paid_overlap`…
    pub code: &'static str,
    /// The line of the file.
    pub line: Option<u64>,
    /// The sentence.
    pub message: Text,
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: FieldAt,
    /// Before.
    pub old: Option<Value>,
    /// After.
    pub new: Option<Value>,
}

/// What came of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new record.
    Created,
    /// A new record about somebody known, of whom it changes these fields.
    Joined(Vec<Change>),
    /// A recorded one changed.
    Changed(Vec<Change>),
    /// It was so already.
    Identical,
}

/// The fields in which two versions of a record differ.
pub(super) fn changes(old: &Record, new: &Record) -> Vec<Change> {
    let fields = new.kind.all_at().zip(old.values.iter().zip(&new.values));
    fields
        .filter(|(_, (old, new))| old != new)
        .map(|(field, (old, new))| Change { field, old: old.clone(), new: new.clone() })
        .collect()
}

/// A value in the words of people: days as 05/11/2018 in French, labels instead of codes.
pub fn spoken(field: &Field, value: Option<&Value>) -> Text {
    match (value, field.holds) {
        (None, _) => Text::same("—"),
        (Some(Value::Date(date)), _) => Text::new(date.french(), date.to_string()),
        (Some(Value::Bool(true)), _) => text!("oui", "yes"),
        (Some(Value::Bool(false)), _) => text!("non", "no"),
        (Some(Value::Code(code)), Holds::List(list)) => match list.codes.iter().position(|c| c == code) {
            Some(position) => Text::new(list.label(position, Lang::Fr), list.label(position, Lang::En)),
            None => Text::same(*code),
        },
        (Some(Value::Code(code)), _) => Text::same(*code),
        (Some(Value::Text(text)), Holds::OpenList(list)) => match list.codes.iter().position(|c| c == text) {
            Some(position) => Text::new(list.label(position, Lang::Fr), list.label(position, Lang::En)),
            None => Text::same(text.strip_prefix("other:").unwrap_or(text).trim()),
        },
        (Some(Value::Text(text)), _) => Text::same(text.clone()),
        (Some(Value::Int(n)), Holds::Hours) => hours(*n),
        (Some(Value::Int(n)), Holds::Cents | Holds::Hundredths) => hundredths(*n),
        (Some(Value::Int(n)), _) => Text::same(n.to_string()),
    }
}

fn hours(minutes: i64) -> Text {
    if minutes % 60 == 0 {
        Text::same(format!("{} h", minutes / 60))
    } else {
        Text::same(format!("{} h {:02}", minutes / 60, minutes % 60))
    }
}

fn hundredths(n: i64) -> Text {
    let (sign, n) = (if n < 0 { "-" } else { "" }, n.unsigned_abs());
    if n % 100 == 0 {
        return Text::same(format!("{sign}{}", n / 100));
    }
    Text::new(format!("{sign}{},{:02}", n / 100, n % 100), format!("{sign}{}.{:02}", n / 100, n % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: Option<&'static str>, value: &str, why: Option<&str>) {
        let right = Some(text!("un jour", "a day"));
        let trouble = Trouble { line: Some(3), field, value: value.to_owned(), what: text!("non", "no"), right };
        let refusal = Refusal::from(&trouble);
        assert_eq!(refusal.why.as_ref().map(|why| &*why.en), why);
        assert_eq!((&*refusal.what.en, refusal.hint), ("no", trouble.right));
    }

    #[test]
    fn a_refused_record_says_its_field_and_its_value_where_it_has_them() {
        check(Some("entry"), "32/13", Some("field entry, value “32/13”"));
        check(Some("entry"), "", Some("field entry"));
        check(None, "32/13", None);
    }
}
