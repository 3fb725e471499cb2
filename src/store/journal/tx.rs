//! Writing with a memory: every change of a row first copies the old version to `history`.

use crate::domain::id::{OpId, RecordId};
use crate::domain::{Act, ClosedList, Date};
use crate::store::digest::chain::{head_before, link_of};
use crate::store::digest::changes::{Changes, Wrote, write_wrote};
use crate::store::digest::content::{OPERATION, UPGRADED, kept, state};
use crate::store::digest::row::RowHasher;
use crate::store::digest::seal::seal;
use crate::store::rows::rows;
use crate::store::table::{Row, TABLES, Table, row_json};
use anyhow::{Context, Result, bail, ensure};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Params, named_params, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

/// What the journal keeps of a writing command: never its arguments, names or values.
#[derive(Debug, Clone)]
pub struct NewOperation {
    /// UTC time, `2018-12-05T09:14:00Z`.
    pub stamp: String,
    /// The day it was for the person.
    pub day: Date,
    /// What was done.
    pub act: Act,
    /// To which kind of record.
    pub kind: &'static str,
    /// A random number that tells this command from every other.
    pub command: String,
}

/// An open write: everything done through it belongs to one operation and one transaction.
pub struct Tx<'c> {
    pub(crate) conn: &'c Connection,
    /// The number of the operation.
    pub op: OpId,
    pub(crate) touched: BTreeMap<&'static str, Touched>,
    pub(crate) undoes: Option<OpId>,
    pub(crate) changes: Changes,
    adopts: bool,
}

/// What an operation did to one table.
#[derive(Debug, Default, Clone)]
pub(crate) struct Touched {
    pub inserted: i64,
    pub updated: i64,
    pub deleted: i64,
    /// Keys of the rows, as long as they are few.
    pub keys: Vec<String>,
}

/// Operations remember the keys of at most this many rows a table.
const KEYS_KEPT: usize = 20;

impl<'c> Tx<'c> {
    /// Begins an operation inside the caller's transaction.
    pub(crate) fn begin(conn: &'c Connection, new: &NewOperation) -> Result<Self> {
        let last = "SELECT stamp FROM operation ORDER BY number DESC LIMIT 1";
        let last: Option<String> = conn.query_row(last, [], |r| r.get(0)).optional()?;
        // A clock that went back must not reorder history.
        let stamp = match last {
            Some(last) if last.as_str() > new.stamp.as_str() => last,
            _ => new.stamp.clone(),
        };
        conn.execute(
            include_str!("../sql/journal/operation_insert.sql"),
            named_params! {
                ":stamp": stamp,
                ":day": new.day.days(),
                ":verb": new.act.code(),
                ":kind": new.kind,
                ":command": new.command,
            },
        )?;
        let op = OpId::from_number(conn.last_insert_rowid());
        let Some(hasher) = RowHasher::of(conn)? else { bail!("the file has no identity") };
        Ok(Tx { conn, op, touched: BTreeMap::new(), undoes: None, changes: Changes::none(hasher), adopts: false })
    }

    /// Ends the operation: the journal keeps which tables and rows it touched, and what the file came to.
    pub(crate) fn finish(mut self) -> Result<()> {
        let wrote = self.changes.store(self.conn, self.op)?;
        self.keep_operation(&wrote)?;
        if !self.adopts && kept(self.conn)?.contains_key(OPERATION) {
            self.link()?;
            self.changes.store_operation(self.conn, self.op)
        } else {
            seal(self.conn, &BTreeSet::new())
        }
    }

    fn keep_operation(&self, wrote: &Wrote) -> Result<()> {
        let sum = |f: fn(&Touched) -> i64| self.touched.values().map(f).sum::<i64>();
        let tables: Vec<&str> = self.touched.keys().copied().collect();
        let ids: Vec<(&str, &Vec<String>)> = self.touched.iter().map(|(t, touched)| (*t, &touched.keys)).collect();
        self.conn.execute(
            include_str!("../sql/journal/operation_finish.sql"),
            named_params! {
                ":number": self.op,
                ":tables": tables.join(","),
                ":ids": serde_json::to_string(&ids)?,
                ":created": sum(|t| t.inserted),
                ":changed": sum(|t| t.updated),
                ":removed": sum(|t| t.deleted),
                ":undoes": self.undoes,
                ":wrote": write_wrote(wrote),
            },
        )?;
        Ok(())
    }

    /// Adds the operation to the chain; an upgrade that came before it is told by its link.
    fn link(&self) -> Result<()> {
        self.conn.execute("DELETE FROM digest WHERE kind = ?1", [UPGRADED])?;
        let state = state(self.conn)?;
        let Some(mut link) = link_of(self.conn, self.op)? else { bail!("operation {} is gone", self.op) };
        link.digests = state;
        let chain = link.after(&head_before(self.conn, self.op)?)?;
        self.conn.execute(
            "UPDATE operation SET digests = ?2, chain = ?3 WHERE number = ?1",
            params![self.op, link.digests, chain],
        )?;
        Ok(())
    }

    /// Takes what another program changed in these tables for the file's content: this operation answers for it.
    pub fn adopt(&mut self, tables: &BTreeSet<String>) {
        for table in TABLES.iter().filter(|table| tables.contains(table.name)) {
            self.touched.entry(table.name).or_default();
        }
        self.adopts = !tables.is_empty();
    }

    /// Whether nothing has been written yet.
    pub fn is_idle(&self) -> bool {
        self.touched.is_empty() && !self.adopts
    }

    /// Inserts a row and gives its number (the first key column when the key is not a number of the file's own).
    pub fn insert(&mut self, table: &'static Table, row: &[Sql]) -> Result<RecordId> {
        let mut statement = self.conn.prepare_cached(table.insert())?;
        statement
            .execute(params_from_iter(row.iter().chain([&Sql::from(self.op)])))
            .with_context(|| format!("insert into {}", table.name))?;
        let mut key: Row = row[..table.key].to_vec();
        if table.numbered() && key[0] == Sql::Null {
            key[0] = Sql::Integer(self.conn.last_insert_rowid());
        }
        let number = RecordId::from_number(if let Sql::Integer(n) = key[0] { n } else { 0 });
        self.changes.join(table, key.iter().chain(&row[table.key..]), self.op);
        self.note(table, &key, |t| t.inserted += 1);
        Ok(number)
    }

    /// Replaces the row that has the key of `row`; the old version goes to history.
    pub fn update(&mut self, table: &'static Table, row: &[Sql]) -> Result<()> {
        self.remember(table, &row[..table.key])?;
        let sets: Vec<String> =
            table.columns.iter().enumerate().map(|(i, c)| format!("\"{c}\" = ?{}", i + 1)).collect();
        let sql =
            format!("UPDATE {} SET {}, op = ?{} WHERE {}", table.name, sets.join(", "), row.len() + 1, table.key_is(1));
        let changed = self
            .conn
            .prepare_cached(&sql)?
            .execute(params_from_iter(row.iter().chain([&Sql::from(self.op)])))
            .with_context(|| format!("update {}", table.name))?;
        ensure!(changed == 1, "{} has no such row", table.name);
        self.changes.join(table, row, self.op);
        self.note(table, &row[..table.key], |t| t.updated += 1);
        Ok(())
    }

    /// Deletes a row; its last version goes to history.
    pub fn delete(&mut self, table: &'static Table, key: &[Sql]) -> Result<()> {
        self.remember(table, key)?;
        let sql = format!("DELETE FROM {} WHERE {}", table.name, table.key_is(1));
        let changed = self.conn.prepare_cached(&sql)?.execute(params_from_iter(key[..table.key].iter()))?;
        ensure!(changed == 1, "{} has no such row", table.name);
        self.note(table, key, |t| t.deleted += 1);
        Ok(())
    }

    /// The present row of a key, `op` last.
    pub(crate) fn row(&self, table: &'static Table, key: &[Sql]) -> Result<Option<(Row, OpId)>> {
        find_row(self.conn, table, key)
    }

    /// Copies the row of a key to history before it changes.
    fn remember(&mut self, table: &'static Table, key: &[Sql]) -> Result<()> {
        let Some((row, op)) = find_row(self.conn, table, key)? else { bail!("{} has no such row", table.name) };
        self.changes.leave(table, &row, op);
        if op == self.op {
            // A row written twice by one operation keeps only the version from before the operation.
            self.changes.forget(table, &row, op);
            return Ok(());
        }
        let (key, row) = (table.key_json(key), row_json(&row));
        self.conn
            .prepare_cached(include_str!("../sql/journal/history_insert.sql"))?
            .execute(params![table.name, key, row, op, self.op])
            .with_context(|| format!("history of {}", table.name))?;
        self.changes.keep_version(self.conn.last_insert_rowid(), [table.name, &key, &row], (op, self.op));
        Ok(())
    }

    /// Tells the digests of rows that were written past the functions above: those that fit a condition have joined a table.
    pub(crate) fn joined(&mut self, table: &'static str, which: &str, bound: impl Params) -> Result<()> {
        self.changes.joined(self.conn, table, (which, bound))
    }

    /// The same of rows that are about to leave a table or to become others, which have then joined it.
    pub(crate) fn leaving(&mut self, table: &'static str, which: &str, bound: impl Params) -> Result<()> {
        self.changes.leaving(self.conn, table, (which, bound))
    }

    fn note(&mut self, table: &'static Table, key: &[Sql], count: impl FnOnce(&mut Touched)) {
        count(self.touched.entry(table.name).or_default());
        self.keep_key(table, key);
    }

    pub(crate) fn keep_key(&mut self, table: &'static Table, key: &[Sql]) {
        let touched = self.touched.entry(table.name).or_default();
        if touched.keys.len() < KEYS_KEPT {
            touched.keys.push(table.key_json(key));
        }
    }

    /// Notes rows written in bulk past [`Tx::insert`].
    pub(crate) fn note_bulk(&mut self, table: &'static Table, inserted: i64) {
        if inserted > 0 {
            self.touched.entry(table.name).or_default().inserted += inserted;
        }
    }
}

/// The present row of a key and the operation that wrote it.
pub(crate) fn find_row(conn: &Connection, table: &'static Table, key: &[Sql]) -> Result<Option<(Row, OpId)>> {
    let sql = format!("SELECT {}, op FROM {} WHERE {}", table.list(""), table.name, table.key_is(1));
    let width = table.columns.len();
    let row = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(key[..table.key].iter()), |r| {
            let row = (0..width).map(|i| r.get(i)).collect::<rusqlite::Result<Row>>()?;
            Ok((row, r.get(width)?))
        })
        .optional()?;
    Ok(row)
}

/// A version of a row that history holds.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub row: Row,
    pub op_from: OpId,
    pub op_to: OpId,
}

/// The version of a row that operation `op` replaced or deleted.
pub(crate) fn version_ended_by(conn: &Connection, table: &Table, key: &str, op: OpId) -> Result<Option<Version>> {
    version(conn, include_str!("../sql/journal/version_ended_by.sql"), table, key, op)
}

/// The last version of a row that ended before or with operation `op`.
pub(crate) fn last_version_until(conn: &Connection, table: &Table, key: &str, op: OpId) -> Result<Option<Version>> {
    version(conn, include_str!("../sql/journal/last_version_until.sql"), table, key, op)
}

fn version(conn: &Connection, sql: &str, table: &Table, key: &str, op: OpId) -> Result<Option<Version>> {
    Ok(rows!(conn, sql, params![table.name, key, op], |row, op_from, op_to| {
        let json: String = row;
        Version { row: table.row(&json)?, op_from, op_to }
    })
    .pop())
}
