//! A small school in a scratch file, for the tests of acts.

use super::request::Request;
use super::save::{Mode, Saving, save};
use crate::domain::kind::Holds;
use crate::domain::list::ClosedList;
use crate::domain::{Date, Kind, Value};
use crate::store::{NewOperation, Store};

/// A scratch file and the day it is there.
pub struct School {
    _dir: tempfile::TempDir,
    /// The open file.
    pub store: Store,
    /// Today, far ahead by default so that nothing is refused as future.
    pub today: Date,
    commands: u32,
}

/// The day of an ISO date.
#[track_caller]
pub fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

impl School {
    /// An empty school.
    pub fn empty() -> School {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fil.db");
        let first = operation("init", "database", 0);
        let store = Store::init(&path, "test", &first).unwrap();
        School { _dir: dir, store, today: day("2030-01-01"), commands: 0 }
    }

    /// A school with the cohort P1, from 2018-11-05 to 2019-02-01.
    pub fn with_cohort() -> School {
        let mut school = School::empty();
        school.cohort("P1", "2018-11-05", "2019-02-01");
        school
    }

    /// Adds a cohort.
    pub fn cohort(&mut self, code: &str, start: &str, end: &str) {
        self.put(Kind::Cohorts, &[("cohort", code), ("start", start), ("end", end), ("places", "12")]);
    }

    /// Saves one record; its number.
    #[track_caller]
    pub fn put(&mut self, kind: Kind, fields: &[(&str, &str)]) -> i64 {
        self.act("add", kind, &[fields])
    }

    /// Saves records in one operation of some verb; the number of the last one.
    #[track_caller]
    pub fn act(&mut self, verb: &'static str, kind: Kind, rows: &[&[(&str, &str)]]) -> i64 {
        let requests: Vec<Request> = rows.iter().map(|fields| request(kind, fields)).collect();
        let today = self.today;
        let new = self.next(verb, kind);
        let saved = self.store.write(&new, |tx| {
            let mut secret = || "00".to_owned();
            let mut saving = Saving { mode: Mode::Upsert, today, secret: &mut secret, indicator: &|_| true };
            save(tx, kind, &requests, &mut saving)
        });
        let saved = saved.unwrap().into_value();
        assert_eq!(saved.troubles, [], "{rows:?}");
        saved.outcomes.last().and_then(|(_, id, _)| *id).unwrap_or(0)
    }

    /// The next operation.
    pub fn next(&mut self, verb: &'static str, kind: Kind) -> NewOperation {
        self.commands += 1;
        operation(verb, kind.code(), self.commands)
    }
}

fn operation(verb: &'static str, kind: &'static str, number: u32) -> NewOperation {
    NewOperation {
        stamp: format!("2018-12-05T09:{:02}:{:02}Z", number / 60, number % 60),
        day: day("2018-12-05"),
        verb,
        kind,
        command: format!("command {number}"),
    }
}

#[track_caller]
fn request(kind: Kind, fields: &[(&str, &str)]) -> Request {
    let mut request = Request::new(kind);
    for (name, text) in fields {
        let field = &kind.fields()[kind.position(name).unwrap_or_else(|| panic!("{name}"))];
        let value = match field.holds {
            Holds::Date => Value::Date(day(text)),
            Holds::Bool => Value::Bool(*text == "true"),
            Holds::List(list) => Value::Code(list.codes.iter().find(|c| *c == text).unwrap()),
            Holds::Int(..) | Holds::Minutes(..) | Holds::Hours | Holds::Cents | Holds::Hundredths => {
                Value::Int(text.parse().unwrap())
            }
            _ => Value::Text((*text).to_owned()),
        };
        request.give(name, value);
    }
    request
}
