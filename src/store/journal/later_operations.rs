//! What operations did to one record after a moment: which of them wrote or removed it, in order.

use crate::domain::id::{CohortId, OpId, PersonId, RecordId};
use crate::domain::{Act, ClosedList, Kind};
use crate::store::attendance::HalfDay;
use crate::store::file::open::Store;
use crate::store::shape;
use crate::store::table::{self, Table};
use anyhow::Result;
use rusqlite::params;
use rusqlite::types::Value as Sql;
use std::collections::BTreeSet;

/// One operation that touched a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub op: OpId,
    /// What was done; none when only a newer program knows it.
    pub act: Option<Act>,
}

/// A record whose later operations can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journaled<'a> {
    /// A record of a kind by its id; of trainees, the participation.
    Record(Kind, RecordId),
    /// The identity of a person.
    Person(PersonId),
    /// The mark of a half-day.
    Mark(HalfDay),
    /// The setting of a key.
    Setting(&'a str),
    /// The grants that pay for a cohort.
    GrantsOf(CohortId),
}

impl Journaled<'_> {
    /// Its table, the conditions that find it there and in `history.key`, and the value that both name `?1`.
    fn place(self) -> (&'static Table, String, &'static str, Sql) {
        let (table, key) = match self {
            Journaled::Record(kind, id) => (shape::of(kind).table, vec![Sql::Integer(id.number())]),
            Journaled::Person(id) => (&table::PERSON, vec![Sql::Integer(id.number())]),
            Journaled::Mark(at) => (&table::ATTENDANCE, at.key()),
            Journaled::Setting(key) => (&table::SETTING, vec![Sql::Text(key.to_owned())]),
            Journaled::GrantsOf(cohort) => {
                let in_key = "json_extract(key, '$[1]') = ?1";
                return (&table::GRANT_COHORT, "cohort = ?1".to_owned(), in_key, Sql::Integer(cohort.number()));
            }
        };
        let nth = |(i, column): (usize, &&str)| format!("\"{column}\" = json_extract(?1, '$[{i}]')");
        let current: Vec<String> = table.columns[..table.key].iter().enumerate().map(nth).collect();
        (table, current.join(" AND "), "key = ?1", Sql::Text(table.key_json(&key)))
    }
}

impl Store {
    /// The operations after `since`, up to `until`, that wrote or removed a record, oldest first; for the grants of a
    /// cohort, those that put it into a grant or took it out of one.
    pub fn events(&self, record: Journaled<'_>, since: OpId, until: OpId) -> Result<Vec<Event>> {
        let (Table { name, .. }, current, former, wanted) = record.place();
        let sql = format!(
            "SELECT op FROM main.{name} WHERE {current} \
             UNION SELECT op_from FROM main.history WHERE kind = '{name}' AND {former} \
             UNION SELECT op_to FROM main.history WHERE kind = '{name}' AND {former}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let ops: BTreeSet<OpId> = statement.query_map([wanted], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        ops.into_iter().filter(|op| since < *op && *op <= until).map(|op| self.event(op)).collect()
    }

    /// The last operation of an act after `since`, up to `until`.
    pub fn last_of(&self, act: Act, since: OpId, until: OpId) -> Result<Option<OpId>> {
        let sql = include_str!("../sql/journal/last_of_act.sql");
        Ok(self.conn.prepare_cached(sql)?.query_row(params![act.code(), since, until], |r| r.get(0))?)
    }

    fn event(&self, op: OpId) -> Result<Event> {
        let sql = "SELECT verb, kind FROM main.operation WHERE number = ?1";
        let (verb, kind): (String, String) =
            self.conn.prepare_cached(sql)?.query_row([op], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(Event { op, act: Act::stored(&verb, &kind) })
    }
}
