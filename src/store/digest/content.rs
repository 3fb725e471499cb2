//! The content of tables as sums of their rows: worked out from the file, and as the file keeps them.

use super::row::{RowHasher, Sum};
use crate::domain::fingerprint::sha256;
use crate::domain::id::OpId;
use crate::store::rows::rows;
use anyhow::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, params};
use std::collections::{BTreeMap, BTreeSet};

/// The table of operations, whose rows hold what the other tables came to after each.
pub(crate) const OPERATION: &str = "operation";
/// The table of older versions.
pub(crate) const HISTORY: &str = "history";

/// Every table of ours but the one that keeps the sums, in order; what SQLite keeps for itself is not ours.
pub(crate) fn tables(conn: &Connection) -> Result<Vec<String>> {
    Ok(rows!(conn, include_str!("../sql/digest/tables.sql"), [], |name| name))
}

/// Whether the file is of a schema that keeps digests.
pub(crate) fn keeps_digests(conn: &Connection) -> Result<bool> {
    let sql = "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = 'digest'";
    Ok(conn.query_row(sql, [], |r| r.get::<_, i64>(0))? > 0)
}

/// The columns of a table as they are hashed: as declared, and the operation last, as a write has its row in hand.
pub(crate) fn columns(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let mut names: Vec<String> = rows!(conn, include_str!("../sql/digest/columns.sql"), [table], |name| name);
    if let Some(op) = names.iter().position(|name| name == "op") {
        let op = names.remove(op);
        names.push(op);
    }
    Ok(names)
}

/// A row under the eye, its values in the order in which they are hashed.
pub(crate) struct Seen<'r> {
    row: &'r rusqlite::Row<'r>,
    width: usize,
}

impl<'r> Seen<'r> {
    /// Its values.
    pub fn values(&self) -> impl Iterator<Item = ValueRef<'r>> + use<'r> {
        let row = self.row;
        (0..self.width).map(move |at| row.get_ref(at).unwrap_or(ValueRef::Null))
    }
    /// The operation that wrote it, in a table of records.
    pub fn op(&self) -> Result<OpId> {
        Ok(self.row.get(self.width - 1)?)
    }
}

/// Hands each row of a table that fits a condition to `f`.
pub(crate) fn each_row(
    conn: &Connection,
    table: &str,
    (which, bound): (&str, impl Params),
    f: &mut dyn FnMut(Seen<'_>) -> Result<()>,
) -> Result<()> {
    let quoted: Vec<String> = columns(conn, table)?.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
    let (table, width) = (table.replace('"', "\"\""), quoted.len());
    let mut statement = conn.prepare(&format!("SELECT {} FROM main.\"{table}\" {which}", quoted.join(", ")))?;
    let mut rows = statement.query(bound)?;
    while let Some(row) = rows.next()? {
        f(Seen { row, width })?;
    }
    Ok(())
}

/// What the rows of a table that fit a condition come to.
pub(crate) fn sum(conn: &Connection, hasher: &mut RowHasher, table: &str, which: (&str, impl Params)) -> Result<Sum> {
    let mut sum = Sum::default();
    each_row(conn, table, which, &mut |row| {
        sum.join(hasher.hash(row.values()));
        Ok(())
    })?;
    Ok(sum)
}

/// The sums that the file keeps, by table; one that cannot be read is missing.
pub(crate) fn kept(conn: &Connection) -> Result<BTreeMap<String, Sum>> {
    let list: Vec<(String, String)> = rows!(conn, include_str!("../sql/digest/kept.sql"), [], |kind, sum| (kind, sum));
    Ok(list.into_iter().filter_map(|(kind, sum)| Some((kind, Sum::stored(&sum)?))).collect())
}

/// Keeps the sum of a table.
pub(crate) fn keep(conn: &Connection, table: &str, sum: Sum) -> Result<()> {
    conn.prepare_cached(include_str!("../sql/digest/keep.sql"))?.execute(params![table, sum.to_string()])?;
    Ok(())
}

/// Adds to the sum that is kept of a table.
pub(crate) fn adjust(conn: &Connection, table: &str, by: Sum) -> Result<()> {
    let sql = include_str!("../sql/digest/kept_of.sql");
    let kept: Option<String> = conn.prepare_cached(sql)?.query_row([table], |r| r.get(0)).optional()?;
    let kept = kept.as_deref().and_then(Sum::stored).unwrap_or_default();
    keep(conn, table, kept.and(by))
}

/// What all tables but that of operations come to: what an operation says of the file that it left.
pub(crate) fn state(conn: &Connection) -> Result<String> {
    let mut text = String::new();
    for (table, sum) in kept(conn)? {
        if table != OPERATION && table != UPGRADED {
            text.push_str(&format!("{table} {sum}\n"));
        }
    }
    Ok(sha256(text.as_bytes()))
}

/// The tables whose rows do not come to what the file keeps.
pub(crate) fn altered_tables(conn: &Connection) -> Result<BTreeSet<String>> {
    let mut kept = kept(conn)?;
    kept.remove(UPGRADED);
    let Some(mut hasher) = RowHasher::of(conn)? else { return Ok(kept.into_keys().collect()) };
    let mut altered = BTreeSet::new();
    for table in tables(conn)? {
        let found = sum(conn, &mut hasher, &table, ("", []))?;
        if kept.remove(&table) != Some(found) {
            altered.insert(table);
        }
    }
    altered.extend(kept.into_keys());
    Ok(altered)
}

/// Under this name stands the newest operation before an upgrade that changed tables, until the next one is written: the
/// upgrade is no operation, so that the newest one tells of the file before it.
pub(crate) const UPGRADED: &str = "";
