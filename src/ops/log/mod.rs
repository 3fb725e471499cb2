//! The journal in words: one line per operation, from its counts and from the records as they are or last were.

mod record;
#[cfg(test)]
mod tests;

use crate::domain::closed_list::ClosedList;
use crate::domain::{Act, Kind, Text};
use crate::store::{Operation, Store};
use crate::text;
use anyhow::Result;
use std::collections::BTreeSet;

/// What an operation did, in one line: « import : 12 stagiaires », « absence de Saïd Bensaïd le 05/12/2018 ».
pub fn words(store: &Store, operation: &Operation) -> Result<Text> {
    if operation.undoes.is_some() {
        return undo_words(store, operation);
    }
    let label = operation.label();
    let counts = counts(store, operation)?;
    if let [(_, 1)] | [] = counts[..]
        && let Some(what) = record::words(store, operation)?
    {
        return Ok(joined(&label, &what));
    }
    if let Some(what) = record::half_days(store, operation)? {
        return Ok(what);
    }
    let what = Text::join(&counts.iter().map(|(kind, n)| kind.count(*n)).collect::<Vec<_>>(), ", ");
    Ok(if counts.is_empty() { label } else { joined(&label, &what) })
}

fn joined(label: &Text, what: &Text) -> Text {
    text!("{label} : {what}", "{label}: {what}"; label, what)
}

/// What an operation is about in the end, and whether it stands while nothing takes back the operation it was found from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The operation that was neither an undo nor a redo.
    pub operation: Operation,
    /// Whether the operation it was found from left it in place.
    pub stands: bool,
}

/// What an operation is about in the end: itself, or, at the end of a chain of undos, what they took back in turn.
pub fn root(store: &Store, operation: &Operation) -> Result<Root> {
    let mut root = Root { operation: operation.clone(), stands: true };
    while let Some(earlier) = root.operation.undoes {
        root = Root { operation: store.operation(earlier)?, stands: !root.stands };
    }
    Ok(root)
}

/// An undo speaks of what it took back, a redo (whatever its verb) of what came back.
fn undo_words(store: &Store, operation: &Operation) -> Result<Text> {
    let Root { operation: target, stands } = root(store, operation)?;
    let label = (if stands { Act::Redo } else { Act::Undo }).text();
    let (what, number) = (words(store, &target)?, target.number);
    Ok(text!("{label} de l'opération {number} ({what})", "{label} of operation {number} ({what})"; label, what))
}

/// How many records of each kind an operation touched, in the order of the kinds.
fn counts(store: &Store, operation: &Operation) -> Result<Vec<(Kind, i64)>> {
    let total = operation.created + operation.changed + operation.removed;
    let mut list: Vec<(Kind, i64)> = Vec::new();
    for kind in Kind::ALL {
        let tables: Vec<&(String, Vec<String>)> =
            operation.ids.iter().filter(|(table, _)| Kind::of_table(table) == Some(*kind)).collect();
        if *kind == Kind::Grants && !tables.is_empty() {
            list.push((*kind, grants(store, operation, &tables)?));
            continue;
        }
        // A trainee is identity, contact and participation: as many records as the table that has most.
        let mut most = 0;
        for (table, keys) in &tables {
            let alone = operation.ids.len() == 1;
            most = most.max(rows(store, operation, (table, keys), alone.then_some(total))?);
        }
        if most > 0 {
            list.push((*kind, most));
        }
    }
    Ok(list)
}

/// How many grants an operation touched: each cohort of a grant is a row of its own, and no grant more.
fn grants(store: &Store, operation: &Operation, tables: &[&(String, Vec<String>)]) -> Result<i64> {
    if tables.iter().any(|(_, keys)| keys.len() >= KEYS_KEPT) {
        return Ok(store.firsts_of(operation, "grants")?.max(store.firsts_of(operation, "grant_cohort")?));
    }
    let first = |key: &String| key.trim_matches(['[', ']']).split(',').next().unwrap_or_default().to_owned();
    let found: BTreeSet<String> = tables.iter().flat_map(|(_, keys)| keys.iter().map(first)).collect();
    Ok(found.len() as i64)
}

/// Operations list at most this many keys of a table.
const KEYS_KEPT: usize = 20;

fn rows(store: &Store, operation: &Operation, (table, keys): (&str, &[String]), total: Option<i64>) -> Result<i64> {
    let mut distinct: Vec<&String> = keys.iter().collect();
    distinct.sort_unstable();
    distinct.dedup();
    match total {
        _ if keys.len() < KEYS_KEPT => Ok(distinct.len() as i64),
        Some(total) => Ok(total),
        None => store.rows_of(operation, table),
    }
}
