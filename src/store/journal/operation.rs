//! Operations: one per writing command, with number, time, verb, kind and counts, never names or values.

use crate::domain::id::OpId;
use crate::domain::{Act, ClosedList, Date, Refusal, Text};
use crate::store::file::open::Store;
use crate::store::rows::rows;
use crate::store::table::Table;
use crate::text;
use anyhow::{Result, bail};
use rusqlite::{Connection, OptionalExtension};

/// One operation of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its number.
    pub number: OpId,
    /// UTC time.
    pub stamp: String,
    /// The day it was for the person.
    pub day: Date,
    /// What was done; none when only a newer program knows it.
    pub act: Option<Act>,
    /// The code of what was done, as stored.
    pub verb: String,
    /// To which kind of record.
    pub kind: String,
    /// Tables written and, while they are few, the keys of their rows: `("placement", ["[12]"])`.
    pub ids: Vec<(String, Vec<String>)>,
    /// Rows created, changed and removed.
    pub created: i64,
    /// Rows changed.
    pub changed: i64,
    /// Rows removed.
    pub removed: i64,
    /// The operation that this one takes back.
    pub undoes: Option<OpId>,
    /// Whether a later operation has taken this one back.
    pub undone: bool,
}

/// A later operation that stands in the way of an undo.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The later operation.
    pub operation: OpId,
    /// The table of the row both touched.
    pub table: &'static str,
}

impl Operation {
    /// Whether it can never be undone.
    pub fn is_final(&self) -> bool {
        self.act.is_some_and(Act::is_final)
    }

    /// What was done, in words; the code itself when only a newer program knows it.
    pub fn label(&self) -> Text {
        self.act.map_or_else(|| Text::same(&self.verb), ClosedList::text)
    }
}

/// All operations, oldest first, with `undone` worked out.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Operation>> {
    let sql = include_str!("../sql/journal/operations.sql");
    let mut list: Vec<Operation> =
        rows!(conn, sql, [], |number, stamp, day, verb, kind, ids, created, changed, removed, undoes| {
            let (verb, kind, ids): (String, String, String) = (verb, kind, ids);
            Operation {
                number,
                stamp,
                day,
                act: Act::stored(&verb, &kind),
                verb,
                kind,
                ids: serde_json::from_str(&ids).unwrap_or_default(),
                created,
                changed,
                removed,
                undoes,
                undone: false,
            }
        });
    // Newest first: an operation is undone when one that takes it back is not undone itself.
    let position: std::collections::HashMap<OpId, usize> =
        list.iter().enumerate().map(|(i, o)| (o.number, i)).collect();
    for i in (0..list.len()).rev() {
        if let (false, Some(target)) = (list[i].undone, list[i].undoes)
            && let Some(&t) = position.get(&target)
        {
            list[t].undone = true;
        }
    }
    Ok(list)
}

pub(crate) fn undoes(conn: &Connection, op: OpId) -> Result<Option<OpId>> {
    let sql = "SELECT undoes FROM operation WHERE number = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([op], |r| r.get(0)).optional()?.flatten())
}

pub(crate) fn tables(conn: &Connection, op: OpId) -> Result<Vec<&'static Table>> {
    let names: Option<String> =
        conn.query_row("SELECT tables FROM operation WHERE number = ?1", [op], |r| r.get(0)).optional()?;
    Ok(names.unwrap_or_default().split(',').filter_map(Table::named).collect())
}

impl Store {
    /// All operations, oldest first.
    pub fn operations(&self) -> Result<Vec<Operation>> {
        all(&self.conn)
    }

    /// One operation by its number.
    pub fn operation(&self, number: OpId) -> Result<Operation> {
        match all(&self.conn)?.into_iter().find(|o| o.number == number) {
            Some(found) => Ok(found),
            None => bail!(
                Refusal::selector(text!("il n'y a pas d'opération {number}", "there is no operation {number}"))
                    .hint(text!("Liste : fil log", "List: fil log"))
            ),
        }
    }
}
