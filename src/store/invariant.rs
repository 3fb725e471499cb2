//! What the schema cannot promise by itself: proved in full by `doctor`, and around an undo before it is kept.

use crate::domain::Text;
use crate::domain::id::OpId;
use crate::store::file::open::Store;
use crate::store::file::schema::differences;
use crate::store::journal::operation::Conflict;
use crate::store::journal::tx::Tx;
use crate::text;
use anyhow::Result;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// A promise about the rows.
#[derive(Debug)]
pub struct Invariant {
    /// Stable name.
    pub name: &'static str,
    /// The table whose row is at fault, and tables a change of which can break it.
    tables: &'static [&'static str],
    /// Gives the fault's row as text and its `op`.
    sql: &'static str,
}

/// A promise that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The promise.
    pub name: &'static str,
    /// Which row, by numbers.
    pub record: String,
    /// What is wrong.
    pub message: Text,
}

const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "mark_without_slot",
        tables: &["attendance", "slot", "participation"],
        sql: include_str!("sql/invariant/mark_without_slot.sql"),
    },
    Invariant {
        name: "mark_outside_stay",
        tables: &["attendance", "participation"],
        sql: include_str!("sql/invariant/mark_outside_stay.sql"),
    },
    Invariant {
        name: "stay_outside_cohort",
        tables: &["participation", "cohort"],
        sql: include_str!("sql/invariant/stay_outside_cohort.sql"),
    },
    Invariant {
        name: "module_of_another_cohort",
        tables: &["result", "slot", "module"],
        sql: include_str!("sql/invariant/module_of_another_cohort.sql"),
    },
    Invariant { name: "name_of_two", tables: &["alias", "person"], sql: include_str!("sql/invariant/name_of_two.sql") },
];

fn wording(name: &str) -> Text {
    match name {
        "mark_without_slot" => text!(
            "une présence sans demi-journée au calendrier, ou plus longue qu'elle",
            "an attendance mark without a half-day in the calendar, or longer than it"
        ),
        "mark_outside_stay" => text!(
            "une présence avant l'entrée ou après la sortie",
            "an attendance mark before the entry or after the exit"
        ),
        "stay_outside_cohort" => text!(
            "une entrée ou une sortie hors des dates de la promotion",
            "an entry or exit outside the cohort's dates"
        ),
        "name_of_two" => text!(
            "un nom court ou une référence qui mène à deux personnes",
            "a slug or reference that leads to two people"
        ),
        _ => text!("un module d'une autre promotion", "a module of another cohort"),
    }
}

fn broken(conn: &Connection, invariant: &Invariant, limit: i64) -> Result<Vec<(String, OpId)>> {
    let mut statement = conn.prepare_cached(&format!("{} LIMIT {limit}", invariant.sql.trim_end()))?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Every promise that does not hold, at most a hundred rows for each.
    pub fn broken_invariants(&self) -> Result<Vec<Broken>> {
        let mut list = Vec::new();
        for invariant in INVARIANTS {
            for (record, _) in broken(&self.conn, invariant, 100)? {
                list.push(Broken { name: invariant.name, record, message: wording(invariant.name) });
            }
        }
        list.extend(self.odd_values()?);
        Ok(list)
    }

    /// Whether nothing at all is wrong with the file: what `doctor` looks at of its content.
    pub fn is_sound(&self) -> Result<bool> {
        let own = self.schema_differences()?.is_empty() && self.is_whole()?;
        Ok(own && self.altered_tables()?.is_empty() && self.chain_break()?.is_none())
    }

    /// Whether nothing of the file is damaged, whoever wrote it.
    pub fn is_whole(&self) -> Result<bool> {
        Ok(self.integrity()?.is_empty() && self.broken_invariants()?.is_empty())
    }

    /// What SQLite itself finds wrong with the file: damaged pages, broken links between rows.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let mut problems = self.damage()?;
        problems.extend(self.broken_links()?);
        Ok(problems)
    }

    /// Damaged pages and indexes.
    pub fn damage(&self) -> Result<Vec<String>> {
        let mut check = self.conn.prepare("PRAGMA integrity_check(100)")?;
        let lines = check.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(lines.into_iter().filter(|l| l != "ok").collect())
    }

    /// Rows that point at rows which do not exist.
    pub fn broken_links(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        let mut links = self.conn.prepare("PRAGMA foreign_key_check")?;
        let mut rows = links.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            problems.push(format!("{table} -> {parent}"));
        }
        Ok(problems)
    }

    /// What another program added to the schema of the file, changed in it or took away: `trigger evil`.
    pub fn schema_differences(&self) -> Result<Vec<String>> {
        let version = self.conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
        differences(&self.conn, version)
    }
}

/// The operations behind the promises that a write in progress would break.
pub(super) fn conflicts(conn: &Connection, tx: &Tx<'_>) -> Result<BTreeSet<Conflict>> {
    let mut found = BTreeSet::new();
    for invariant in INVARIANTS {
        if invariant.tables.iter().any(|t| tx.touched.contains_key(t)) {
            for (_, operation) in broken(conn, invariant, 5)? {
                found.insert(Conflict { operation, table: invariant.tables[0] });
            }
        }
    }
    Ok(found)
}
