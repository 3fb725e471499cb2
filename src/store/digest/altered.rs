//! What another hand than the program's changed in the file: tables whose rows do not come to what the file keeps, and
//! operations that the chain does not lead to.

use super::chain::{Link, each_link, head_before, leads_to};
use super::changes::read_wrote;
use super::content::{UPGRADED, altered_tables, state};
use super::row::{RowHasher, Sum};
use super::seal::{Written, written};
use crate::domain::id::OpId;
use crate::store::file::checked::{Outside, is_checked, remember};
use crate::store::file::open::Store;
use crate::store::rows::rows;
use crate::store::table::Table;
use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};

/// A table whose rows are not those that the program wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// The table.
    pub table: String,
    /// The operations whose rows were changed, where the journal can tell.
    pub operations: Vec<AlteredRows>,
}

/// What the journal knows of changed rows: one of those that an operation wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredRows {
    /// The operation.
    pub op: OpId,
    /// The keys of the rows that it wrote in this table, `[12]`, where it lists them.
    pub keys: Vec<String>,
}

/// Where the chain of operations breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The link of this operation is not the one that follows from those before it.
    At(OpId),
    /// The newest operation tells of another content than the file's.
    Newest(OpId),
}

impl Store {
    /// The tables that another hand changed, without looking for the rows.
    pub fn altered_tables(&self) -> Result<BTreeSet<String>> {
        altered_tables(&self.conn)
    }

    /// The same, looked for only when the file has changed since its content was last found right.
    pub fn altered_since_checked(&self) -> Result<BTreeSet<String>> {
        // What is read of a file that a write left half done is not what lies on the disk.
        let outside = Outside::of(self.path()).filter(|_| !self.is_before_a_cut());
        if outside.as_ref().is_some_and(|outside| is_checked(self.path(), outside)) {
            return Ok(BTreeSet::new());
        }
        let altered = altered_tables(&self.conn)?;
        if let Some(outside) = outside.filter(|_| altered.is_empty()) {
            remember(self.path(), &outside);
        }
        Ok(altered)
    }

    /// The same with the rows.
    pub fn altered(&self) -> Result<Vec<Altered>> {
        let tables = altered_tables(&self.conn)?;
        if tables.is_empty() {
            return Ok(Vec::new());
        }
        let records = |table: &str| tables.contains(table) || tables.contains("history");
        let mut found = match RowHasher::of(&self.conn)? {
            Some(mut hasher) => operations(&self.conn, written(&self.conn, &mut hasher, &records)?, &records)?,
            None => BTreeMap::new(),
        };
        let list = |table: String| Altered { operations: found.remove(&table).unwrap_or_default(), table };
        Ok(tables.into_iter().map(list).collect())
    }

    /// Where the chain of operations breaks first; nothing when it is whole.
    pub fn chain_break(&self) -> Result<Option<Break>> {
        let mut broken = None;
        let mut previous = String::new();
        let mut newest: Option<Link> = None;
        each_link(&self.conn, &mut |link, chain| {
            if broken.is_none() && link.after(&previous)? != chain {
                broken = Some(Break::At(link.number));
            }
            previous = chain;
            newest = Some(link);
            Ok(())
        })?;
        let Some(newest) = newest.filter(|_| broken.is_none()) else { return Ok(broken) };
        let upgraded: Option<String> =
            self.conn.query_row("SELECT sum FROM main.digest WHERE kind = ?1", [UPGRADED], |r| r.get(0)).optional()?;
        let told = newest.digests == state(&self.conn)? || upgraded == Some(newest.number.to_string());
        Ok((!told).then_some(Break::Newest(newest.number)))
    }

    /// The head of the chain as it was before an operation: 64 hexadecimal digits.
    pub fn chain_head_before(&self, op: OpId) -> Result<String> {
        head_before(&self.conn, op)
    }

    /// The head of the chain: the link of the newest operation that this connection knows.
    pub fn chain_head(&self) -> Result<String> {
        head_before(&self.conn, OpId::from_number(self.newest_operation()?.number() + 1))
    }

    /// The operation that a head of the chain was the link of; nothing when history does not lead there, or to several.
    pub fn operation_of_head(&self, digits: &str) -> Result<Option<OpId>> {
        let found = leads_to(&self.conn, digits)?;
        Ok(if let [op] = found[..] { Some(op) } else { None })
    }
}

/// By table, the operations whose versions do not come to what they say that they wrote.
fn operations(
    conn: &Connection,
    mut found: Written,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<AlteredRows>>> {
    let sql = "SELECT number, wrote, ids FROM main.operation ORDER BY number";
    let told: Vec<(OpId, String, String)> = rows!(conn, sql, [], |number, wrote, ids| (number, wrote, ids));
    let mut altered: BTreeMap<String, Vec<AlteredRows>> = BTreeMap::new();
    let mut note = |table: String, op: OpId, keys: Vec<String>| {
        altered.entry(table).or_default().push(AlteredRows { op, keys });
    };
    for (op, wrote, ids) in told {
        let mut is = found.remove(&op).unwrap_or_default();
        let ids: Vec<(String, Vec<String>)> = serde_json::from_str(&ids).unwrap_or_default();
        let keys = |table: &str| ids.iter().find(|(name, _)| name == table).map(|(_, keys)| keys.clone());
        for (table, was) in read_wrote(&wrote).into_iter().filter(|(table, _)| wanted(table)) {
            if is.remove(&table) != Some(was) {
                let keys = keys(&table).unwrap_or_default();
                note(table, op, keys);
            }
        }
        for (table, sum) in is {
            if sum != Sum::default() {
                note(table, op, Vec::new());
            }
        }
    }
    // Rows that name an operation which does not exist.
    for (op, tables) in found {
        tables.into_keys().for_each(|table| note(table, op, Vec::new()));
    }
    altered.retain(|table, _| Table::named(table).is_some());
    Ok(altered)
}
