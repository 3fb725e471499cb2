//! What a write changes in the digests, gathered row by row and stored once at its end.

use super::content::{HISTORY, OPERATION, adjust, sum};
use super::row::{RowHasher, Sum};
use crate::domain::id::OpId;
use crate::store::table::{Row, Table};
use anyhow::Result;
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Params, params};
use std::collections::BTreeMap;

/// What the versions that an operation wrote come to, by table.
pub(crate) type Wrote = BTreeMap<String, Sum>;

/// The changes so far of one write.
#[derive(Debug)]
pub(crate) struct Changes {
    hasher: RowHasher,
    tables: BTreeMap<&'static str, Sum>,
    wrote: BTreeMap<OpId, BTreeMap<&'static str, Sum>>,
}

impl Changes {
    /// None so far.
    pub fn none(hasher: RowHasher) -> Changes {
        Changes { hasher, tables: BTreeMap::new(), wrote: BTreeMap::new() }
    }

    /// A row that an operation wrote joins a table.
    pub fn join<'a>(&mut self, table: &'static Table, row: impl IntoIterator<Item = &'a Sql>, op: OpId) {
        let hash = self.hash(row, op);
        self.tables.entry(table.name).or_default().join(hash);
        self.wrote_by(op, table).join(hash);
    }

    /// Rows of numbers that an operation wrote join a table: `each` hands over the values of each.
    pub fn join_numbers<const N: usize>(
        &mut self,
        table: &'static Table,
        op: OpId,
        rows: impl Iterator<Item = [i64; N]>,
    ) {
        let mut sum = Sum::default();
        for row in rows {
            sum.join(self.hasher.hash(row.iter().chain([&op.number()]).map(|n| ValueRef::Integer(*n))));
        }
        let known = self.tables.entry(table.name).or_default();
        *known = known.and(sum);
        let wrote = self.wrote_by(op, table);
        *wrote = wrote.and(sum);
    }

    /// A row leaves a table; history keeps it as a version that its operation wrote.
    pub fn leave(&mut self, table: &'static Table, row: &[Sql], op: OpId) {
        let hash = self.hash(row, op);
        self.tables.entry(table.name).or_default().leave(hash);
    }

    /// A version that an operation wrote is nowhere any more.
    pub fn forget(&mut self, table: &'static Table, row: &[Sql], op: OpId) {
        let hash = self.hash(row, op);
        self.wrote_by(op, table).leave(hash);
    }

    /// A version that an operation wrote has other words, in history.
    pub fn reword(&mut self, table: &'static Table, (old, new): (&Row, &Row), op: OpId) {
        self.forget(table, old, op);
        let hash = self.hash(new, op);
        self.wrote_by(op, table).join(hash);
    }

    /// A version joins history.
    pub fn keep_version(&mut self, number: i64, [kind, key, row]: [&str; 3], (from, to): (OpId, OpId)) {
        let text = |text| ValueRef::Text(str::as_bytes(text));
        let (from, to) = (ValueRef::Integer(from.number()), ValueRef::Integer(to.number()));
        let hash = self.hasher.hash([ValueRef::Integer(number), text(kind), text(key), text(row), from, to]);
        self.tables.entry(HISTORY).or_default().join(hash);
    }

    /// Rows that fit a condition have joined a table.
    pub fn joined(&mut self, conn: &Connection, table: &'static str, which: (&str, impl Params)) -> Result<()> {
        let rows = sum(conn, &mut self.hasher, table, which)?;
        let known = self.tables.entry(table).or_default();
        *known = known.and(rows);
        Ok(())
    }

    /// Rows that fit a condition are about to leave a table, or to become others.
    pub fn leaving(&mut self, conn: &Connection, table: &'static str, which: (&str, impl Params)) -> Result<()> {
        let rows = sum(conn, &mut self.hasher, table, which)?;
        let known = self.tables.entry(table).or_default();
        *known = known.less(rows);
        Ok(())
    }

    /// Stores what changed in all tables but that of operations, and in what earlier operations wrote; gives what this
    /// one wrote.
    pub fn store(&mut self, conn: &Connection, own: OpId) -> Result<Wrote> {
        let mut wrote = std::mem::take(&mut self.wrote);
        let mine = wrote.remove(&own).unwrap_or_default();
        for (op, changed) in wrote {
            self.store_past(conn, op, changed)?;
        }
        for (table, by) in &self.tables {
            if !by.is_nothing() && *table != OPERATION {
                adjust(conn, table, *by)?;
            }
        }
        Ok(mine.into_iter().filter(|(_, sum)| !sum.is_nothing()).map(|(table, sum)| (table.to_owned(), sum)).collect())
    }

    /// Stores what changed in the table of operations, the row of this one, whole by now, among it.
    pub fn store_operation(&mut self, conn: &Connection, own: OpId) -> Result<()> {
        self.joined(conn, OPERATION, ("WHERE number = ?1", [own]))?;
        adjust(conn, OPERATION, self.tables.remove(OPERATION).unwrap_or_default())
    }

    fn store_past(&mut self, conn: &Connection, op: OpId, changed: BTreeMap<&'static str, Sum>) -> Result<()> {
        if changed.values().all(|sum| sum.is_nothing()) {
            return Ok(());
        }
        let text: String = conn.query_row("SELECT wrote FROM operation WHERE number = ?1", [op], |r| r.get(0))?;
        let mut wrote = read_wrote(&text);
        for (table, by) in changed {
            let sum = wrote.entry(table.to_owned()).or_default();
            *sum = sum.and(by);
        }
        wrote.retain(|_, sum| !sum.is_nothing());
        self.leaving(conn, OPERATION, ("WHERE number = ?1", [op]))?;
        conn.execute("UPDATE operation SET wrote = ?2 WHERE number = ?1", params![op, write_wrote(&wrote)])?;
        self.joined(conn, OPERATION, ("WHERE number = ?1", [op]))
    }

    fn hash<'a>(&mut self, row: impl IntoIterator<Item = &'a Sql>, op: OpId) -> u128 {
        self.hasher.hash(row.into_iter().map(ValueRef::from).chain([ValueRef::Integer(op.number())]))
    }

    fn wrote_by(&mut self, op: OpId, table: &'static Table) -> &mut Sum {
        self.wrote.entry(op).or_default().entry(table.name).or_default()
    }
}

/// What an operation wrote, as it is stored: `{"note":"…"}`.
pub(crate) fn write_wrote(wrote: &Wrote) -> String {
    let map = wrote.iter().map(|(table, sum)| (table.clone(), sum.to_string().into())).collect();
    serde_json::Value::Object(map).to_string()
}

/// The same read back; what is unreadable is missing.
pub(crate) fn read_wrote(text: &str) -> Wrote {
    let map: BTreeMap<String, String> = serde_json::from_str(text).unwrap_or_default();
    map.into_iter().filter_map(|(table, sum)| Some((table, Sum::stored(&sum)?))).collect()
}
