//! When a fact was recorded: the operation of the oldest unbroken version in which the deciding columns had this value.

use crate::domain::Date;
use crate::domain::cohort::Half;
use crate::domain::id::{OpId, RecordId};
use crate::store::file::open::Store;
use crate::store::journal::tx::{find_row, version_ended_by};
use crate::store::table::{Row, Table};
use anyhow::Result;
use rusqlite::types::Value as Sql;
use std::cell::RefCell;
use std::collections::HashMap;

/// A record whose deciding columns are asked about.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    /// Its table, by the name of its kind: `participation`, `placement`, `trainee`…
    pub kind: &'a str,
    /// Its number; for a half-day mark, that of the participation.
    pub id: RecordId,
    /// Day and half of a half-day mark.
    pub half_day: Option<(Date, Half)>,
    /// Operation of its present version.
    pub op: OpId,
    /// The deciding columns, as named in the import files.
    pub columns: &'a [&'static str],
}

/// Answers [`Deciding`] questions and remembers the days of operations.
pub struct Recorder<'s> {
    store: &'s Store,
    days: RefCell<HashMap<OpId, Option<Date>>>,
}

impl Store {
    /// Says when facts were recorded.
    pub fn recorder(&self) -> Recorder<'_> {
        Recorder { store: self, days: RefCell::new(HashMap::new()) }
    }
}

impl Recorder<'_> {
    /// The day and the operation that recorded the deciding columns.
    pub fn recorded(&self, asked: &Deciding<'_>) -> Result<Option<(Date, OpId)>> {
        let op = self.oldest(asked)?;
        Ok(self.day(op)?.map(|day| (day, op)))
    }

    fn oldest(&self, asked: &Deciding<'_>) -> Result<OpId> {
        let Some(table) = table_of(asked.kind) else { return Ok(asked.op) };
        let key = key_of(asked);
        let json = table.key_json(&key);
        let conn = &self.store.conn;
        let mut op = asked.op;
        // Most records never changed: no history, nothing else to read.
        let Some(mut version) = version_ended_by(conn, table, &json, op)? else { return Ok(op) };
        let Some((row, _)) = find_row(conn, table, &key)? else { return Ok(op) };
        let now = deciding_values(table, &row, asked.columns);
        while deciding_values(table, &version.row, asked.columns) == now {
            op = version.op_from;
            match version_ended_by(conn, table, &json, op)? {
                Some(older) => version = older,
                None => break,
            }
        }
        Ok(op)
    }

    /// The local day of an operation.
    pub fn day(&self, op: OpId) -> Result<Option<Date>> {
        if let Some(known) = self.days.borrow().get(&op) {
            return Ok(*known);
        }
        let mut statement = self.store.conn.prepare_cached("SELECT day FROM main.operation WHERE number = ?1")?;
        let mut rows = statement.query([op])?;
        let day = rows.next()?.map(|r| r.get(0)).transpose()?.map(Date::from_days);
        self.days.borrow_mut().insert(op, day);
        Ok(day)
    }
}

fn table_of(kind: &str) -> Option<&'static Table> {
    Table::named(if kind == "trainee" { "person" } else { kind })
}

fn key_of(asked: &Deciding<'_>) -> Row {
    let mut key = vec![Sql::from(asked.id)];
    if let Some((date, half)) = asked.half_day {
        key.push(Sql::Integer(i64::from(date.days())));
        key.push(Sql::Integer(i64::from(half == Half::Pm)));
    }
    key
}

/// The values of the deciding columns in a row; those of a mark are unpacked from its one integer.
fn deciding_values(table: &Table, row: &Row, columns: &[&str]) -> Vec<Sql> {
    let at = |name: &str| table.columns.iter().position(|c| *c == name).and_then(|i| row.get(i)).cloned();
    let value = |column: &&str| match (table.name, *column) {
        ("attendance", "status") => mark(row, |m| m & 3),
        ("attendance", "minutes") => mark(row, |m| m >> 7),
        ("attendance", _) => mark(row, |m| m),
        ("licence" | "module", "hours") => at("minutes").unwrap_or(Sql::Null),
        ("slot", "date") => at("day").unwrap_or(Sql::Null),
        (_, name) => at(name).unwrap_or(Sql::Null),
    };
    columns.iter().map(value).collect()
}

fn mark(row: &Row, part: impl Fn(i64) -> i64) -> Sql {
    match row.get(3) {
        Some(Sql::Integer(mark)) => Sql::Integer(part(*mark)),
        _ => Sql::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;
    use crate::domain::id::PersonId;
    use crate::ops::tests::School;

    #[test]
    fn a_later_change_of_another_column_does_not_re_date_an_exit() {
        let mut school = School::open();
        let who = ("trainee", "ferre-amelie");
        let names = [("last_name", "Ferré"), ("first_name", "Amélie"), ("cohort", "P1"), who];
        let leave = [&names[..], &[("exit", "2018-12-03"), ("exit_reason", "job")]].concat();
        let left = school.must(Kind::Trainees, &leave).unwrap();
        let told = school.must(Kind::Trainees, &[&names[..], &[("informed_on", "2018-11-05")]].concat()).unwrap();
        let stay = school.store.lookup().stays_of(PersonId::from_number(1)).unwrap()[0].id;
        let ask = |columns| Deciding { kind: "participation", id: stay.into(), half_day: None, op: told, columns };
        let recorder = school.store.recorder();
        assert_eq!(recorder.recorded(&ask(&["exit", "exit_reason"])).unwrap().unwrap().1, left);
        assert_eq!(recorder.recorded(&ask(&["informed_on"])).unwrap().unwrap().1, told);
    }
}
