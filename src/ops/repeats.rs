//! The records a batch has already named: the same key twice with different data is refused, with both lines.

use super::request::Request;
use super::resolve::Found;
use super::rules::{Check, identity};
use crate::domain::id::{PersonId, RecordId, StayId};
use crate::domain::{Kind, Record};
use crate::text;
use std::collections::HashMap;

/// What a batch has named so far.
#[derive(Default)]
pub(super) struct Seen {
    /// Number (or key, without numbers) -> line.
    records: HashMap<String, Option<u64>>,
    /// Person -> line.
    people: HashMap<PersonId, Option<u64>>,
    /// Participation -> line.
    stays: HashMap<StayId, Option<u64>>,
}

/// The version that a request leaves.
pub(super) struct Version<'a> {
    /// The record.
    pub new: &'a Record,
    /// The record as it was, or the identity of a known person who joins another cohort.
    pub before: Option<&'a Record>,
    /// What the request names.
    pub found: &'a Found,
}

impl Seen {
    /// Refuses a request that changes a record this batch has already named on another line.
    pub fn refuse_twice(&self, request: &Request, version: &Version<'_>, check: &mut Check) {
        let (Some(here), Some(line)) = (request.line, self.first(version)) else { return };
        let there = line.unwrap_or(0);
        check.conflict(
            text!(
                "la même fiche deux fois avec des valeurs différentes : lignes {there} et {here}",
                "the same record twice with different values: lines {there} and {here}"
            ),
            text!("gardez une seule des deux lignes", "keep only one of the two lines"),
        );
    }

    fn first(&self, version: &Version<'_>) -> Option<Option<u64>> {
        let new = version.new;
        if new.kind != Kind::Trainees {
            return self.records.get(&name_of(new, new.id)).copied();
        }
        // A file that corrects every participation of one person says the same of the person on each line.
        if let Some(line) = version.found.links.participation.and_then(|stay| self.stays.get(&stay)) {
            return Some(*line);
        }
        let line = self.people.get(&version.found.links.person?)?;
        let moved = |before: &Record| identity().any(|field| before.get(field) != new.get(field));
        version.before.is_some_and(moved).then_some(*line)
    }

    /// Remembers what a line named.
    pub fn remember(&mut self, request: &Request, (new, id): (&Record, Option<RecordId>), stay: Option<StayId>) {
        if request.line.is_none() {
            return;
        }
        if request.kind == Kind::Trainees {
            if let Some(person) = id {
                self.people.entry(PersonId::of(person)).or_insert(request.line);
            }
            if let Some(stay) = stay {
                self.stays.entry(stay).or_insert(request.line);
            }
            return;
        }
        let id = if request.kind.numbered() { id } else { None };
        self.records.entry(name_of(new, id)).or_insert(request.line);
    }
}

/// What tells a record from the others of its kind: its number, or its key where there are no numbers.
fn name_of(record: &Record, id: Option<RecordId>) -> String {
    match id {
        Some(id) if record.kind.numbered() => id.to_string(),
        _ => {
            let key = record.kind.all_at().find(|field| field.key && !record.kind.numbered());
            key.and_then(|key| record.text(key)).unwrap_or("").to_owned()
        }
    }
}
