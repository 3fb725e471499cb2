//! Working out all digests anew: at the first operation of a file, and at the end of an upgrade.

use super::chain::each_link;
use super::changes::{Wrote, write_wrote};
use super::content::{OPERATION, UPGRADED, each_row, keep, state, sum, tables};
use super::row::{RowHasher, Sum};
use crate::domain::id::OpId;
use crate::store::rows;
use crate::store::table::Table;
use anyhow::Result;
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// What each operation wrote, worked out from the versions that stand and those that history keeps.
pub(crate) type Written = BTreeMap<OpId, Wrote>;

/// Works out every digest and the links that are missing. What was changed by another hand before an upgrade stays told:
/// the tables of `spoilt` keep a sum that is not theirs.
pub(crate) fn seal(conn: &Connection, spoilt: &BTreeSet<String>) -> Result<()> {
    let Some(mut hasher) = RowHasher::of(conn)? else { return Ok(()) };
    let before = state(conn)?;
    conn.execute("DELETE FROM digest", [])?;
    for table in tables(conn)?.iter().filter(|table| *table != OPERATION) {
        keep(conn, table, told(sum(conn, &mut hasher, table, ("", []))?, spoilt.contains(table)))?;
    }
    let after = state(conn)?;
    let newest = chain_up(conn, &after)?;
    if let Some(newest) = newest.filter(|_| before != after) {
        conn.execute("INSERT INTO digest (kind, sum) VALUES (?1, ?2)", params![UPGRADED, newest.to_string()])?;
    }
    for (op, wrote) in written(conn, &mut hasher, &|table| !spoilt.contains(table))? {
        conn.prepare_cached("UPDATE operation SET wrote = ?2 WHERE number = ?1")?
            .execute(params![op, write_wrote(&wrote)])?;
    }
    keep(conn, OPERATION, told(sum(conn, &mut hasher, OPERATION, ("", []))?, spoilt.contains(OPERATION)))
}

fn told(sum: Sum, spoilt: bool) -> Sum {
    if spoilt { sum.spoilt() } else { sum }
}

/// Gives every operation without a link one; the newest one if it had its own already.
fn chain_up(conn: &Connection, state: &str) -> Result<Option<OpId>> {
    let mut previous = String::new();
    let mut missing = Vec::new();
    let mut newest = None;
    each_link(conn, &mut |link, chain| {
        newest = Some(link.number).filter(|_| !chain.is_empty());
        if chain.is_empty() {
            missing.push((link, previous.clone()));
        }
        previous = chain;
        Ok(())
    })?;
    let last = missing.len();
    let mut made = String::new();
    for (at, (mut link, stored)) in missing.into_iter().enumerate() {
        // What the file came to after the others was not kept then.
        link.digests = if at + 1 == last && newest.is_none() { state.to_owned() } else { String::new() };
        made = link.after(if stored.is_empty() { &made } else { &stored })?;
        conn.prepare_cached("UPDATE operation SET digests = ?2, chain = ?3 WHERE number = ?1")?.execute(params![
            link.number,
            link.digests,
            made
        ])?;
    }
    Ok(newest)
}

/// What each operation wrote in the tables of records that are wanted.
pub(crate) fn written(conn: &Connection, hasher: &mut RowHasher, wanted: &dyn Fn(&str) -> bool) -> Result<Written> {
    let mut written = Written::new();
    let mut wrote = |op: OpId, table: &str, hash: u128| {
        written.entry(op).or_default().entry(table.to_owned()).or_default().join(hash);
    };
    for table in tables(conn)?.iter().filter(|table| Table::named(table).is_some() && wanted(table)) {
        each_row(conn, table, ("", []), &mut |row| {
            wrote(row.op()?, table, hasher.hash(row.values()));
            Ok(())
        })?;
    }
    let sql = include_str!("../sql/digest/versions.sql");
    rows::each_row!(conn, sql, [], |kind, row, op_from| {
        let (kind, json, op): (String, String, OpId) = (kind, row, op_from);
        if let Some(table) = Table::named(&kind).filter(|table| wanted(table.name)) {
            // A version that another hand made unreadable is none that the program wrote.
            let row = table.row(&json).unwrap_or_else(|_| vec![Sql::Text(json)]);
            wrote(op, table.name, hasher.hash(row.iter().chain([&Sql::from(op)]).map(ValueRef::from)));
        }
    });
    Ok(written)
}
