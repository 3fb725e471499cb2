//! Taking an operation back: a new operation that restores the rows as they were, refused when a later one changed them.
//!
//! A row restored by an undo carries the undo's number; following undos back through history tells whose version it
//! really is. So steps can be taken back in any order and any number of times.

use super::erase::{erased_since, erasure_of};
use super::operation::{Conflict, Operation};
use crate::domain::id::OpId;
use crate::domain::{Act, Refusal};
use crate::store::file::open::{Committed, Store};
use crate::store::invariant;
use crate::store::journal::operation::{self};
use crate::store::journal::tx::{NewOperation, Tx, find_row, last_version_until, version_ended_by};
use crate::store::rows::rows;
use crate::store::table::{Row, TABLES, Table, row_from_json};
use crate::text;
use anyhow::{Result, bail};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// How one row goes back.
enum Step {
    Delete(&'static Table, Row),
    Update(&'static Table, Row),
    Insert(&'static Table, Row),
}

impl Store {
    /// The operation that `undo` takes back when none is named: the latest that still stands.
    pub fn last_undoable(&self) -> Result<Option<Operation>> {
        let standing = |o: &Operation| !o.undone && o.undoes.is_none() && !o.is_final();
        Ok(operation::all(&self.conn)?.into_iter().rev().find(standing))
    }

    /// The undo that `redo` takes back: the latest that still stands and keeps something away.
    pub fn last_redoable(&self) -> Result<Option<Operation>> {
        let all = operation::all(&self.conn)?;
        let undoes = |number: OpId| all.iter().find(|o| o.number == number).and_then(|o| o.undoes);
        // Taking back an undo brings its operation again: only an odd chain has taken something away.
        let steps = |o: &Operation| std::iter::successors(o.undoes, |number| undoes(*number)).count();
        Ok(all.iter().rev().find(|o| !o.undone && steps(o) % 2 == 1).cloned())
    }

    /// Takes operation `number` back as a new operation.
    pub fn undo(&mut self, number: OpId, new: &NewOperation) -> Result<Committed<()>> {
        self.write(new, |tx| take_back(tx, number))
    }

    /// Tries [`Store::undo`] and writes nothing.
    pub fn rehearse_undo(&mut self, number: OpId, new: &NewOperation) -> Result<Committed<()>> {
        self.rehearse(new, |tx| take_back(tx, number))
    }
}

/// Refuses what can't be taken back, or was already.
fn refuse_settled(conn: &Connection, number: OpId) -> Result<()> {
    let Some(target) = operation::all(conn)?.into_iter().find(|o| o.number == number) else {
        bail!(
            Refusal::selector(text!("il n'y a pas d'opération {number}", "there is no operation {number}"))
                .hint(text!("Liste : fil log", "List: fil log"))
        );
    };
    if target.undone {
        bail!(
            Refusal::data(text!("l'opération {number} est déjà annulée", "operation {number} is already undone"))
                .hint(text!("Pour la remettre : fil redo", "To bring it back: fil redo"))
        );
    }
    if target.is_final() {
        let verb = &target.verb;
        bail!(Refusal::data(text!(
            "l'opération {number} ({verb}) ne s'annule pas",
            "operation {number} ({verb}) cannot be undone"
        )));
    }
    Ok(())
}

fn take_back(tx: &mut Tx<'_>, number: OpId) -> Result<()> {
    let conn = tx.conn;
    refuse_settled(conn, number)?;
    conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let mut conflicts = BTreeSet::new();
    let mut steps = Vec::new();
    let erased = erased_since(conn, number)?;
    for table in operation::tables(conn, number)? {
        for (json, key) in touched_keys(conn, table, number)? {
            if let Some(operation) = erasure_of(conn, table, &key, &erased)? {
                bail!(past_an_erasure(number, operation));
            }
            match step(conn, table, &json, &key, number)? {
                Ok(step) => steps.extend(step),
                Err(conflict) => {
                    conflicts.insert(conflict);
                }
            }
        }
    }
    refuse(conn, number, conflicts)?;
    let known = nameless_reports(conn)?;
    let gone = apply(tx, steps, number)?;
    if let Some(report) = nameless_reports(conn)?.into_iter().find(|report| !known.contains(report)) {
        bail!(nameless(number, &report));
    }
    refuse(conn, number, orphans(conn, &gone)?)?;
    refuse(conn, number, invariant::conflicts(conn, tx)?)?;
    tx.undoes = Some(number);
    Ok(())
}

/// The operations of the reports that left the school whose funder's code is no funder's, each with the code.
fn nameless_reports(conn: &Connection) -> Result<Vec<(OpId, String)>> {
    let sql = include_str!("../sql/journal/nameless_reports.sql");
    Ok(rows!(conn, sql, [], |op, funder| (op, funder)))
}

fn nameless(number: OpId, (close, funder): &(OpId, String)) -> Refusal {
    Refusal::data(text!("l'opération {number} ne peut pas être annulée", "operation {number} cannot be undone"))
        .why(text!(
            "un rapport envoyé porte le code du financeur ({funder}, opération {close})",
            "a report that was sent bears the funder's code ({funder}, operation {close})"
        ))
        .hint(text!("Voyez-le : fil report history --funder {funder}", "See it: fil report history --funder {funder}"))
}

fn apply(tx: &mut Tx<'_>, steps: Vec<Step>, number: OpId) -> Result<Vec<(&'static Table, Row)>> {
    let rank = |s: &Step| match s {
        Step::Delete(..) => 0,
        Step::Update(..) => 1,
        Step::Insert(..) => 2,
    };
    let mut steps = steps;
    steps.sort_by_key(rank);
    let mut gone = Vec::new();
    for step in steps {
        let done = match &step {
            Step::Delete(table, key) => tx.delete(table, key),
            Step::Update(table, row) => tx.update(table, row),
            Step::Insert(table, row) => tx.insert(table, row).map(|_| ()),
        };
        if let Err(error) = done {
            if is_constraint(&error) {
                bail!(conflict_refusal(number, &[]));
            }
            return Err(error);
        }
        if let Step::Delete(table, key) = step {
            gone.push((table, key));
        }
    }
    Ok(gone)
}

fn is_constraint(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|e| e.downcast_ref::<rusqlite::Error>())
        .any(|e| e.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation))
}

/// The keys of the rows that an operation wrote or deleted.
fn touched_keys(conn: &Connection, table: &'static Table, number: OpId) -> Result<BTreeMap<String, Row>> {
    let mut keys = BTreeMap::new();
    let columns: Vec<String> = table.columns[..table.key].iter().map(|c| format!("\"{c}\"")).collect();
    let mut statement = conn.prepare(&format!("SELECT {} FROM {} WHERE op = ?1", columns.join(", "), table.name))?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let key = (0..table.key).map(|i| row.get(i)).collect::<rusqlite::Result<Row>>()?;
        keys.insert(table.key_json(&key), key);
    }
    let sql = include_str!("../sql/journal/keys_touched.sql");
    for json in rows!(conn, sql, params![table.name, number], |key| key) {
        let json: String = json;
        keys.insert(json.clone(), row_from_json(&json)?);
    }
    Ok(keys)
}

/// How one row goes back, or the later operation that forbids it.
fn step(
    conn: &Connection,
    table: &'static Table,
    json: &str,
    key: &[Sql],
    number: OpId,
) -> Result<Result<Option<Step>, Conflict>> {
    let before = version_ended_by(conn, table, json, number)?;
    let now = find_row(conn, table, key)?;
    let wrote = wrote_version(conn, table, json, now.as_ref().map(|n| n.1), number)?;
    let conflict = |operation| Ok(Err(Conflict { operation, table: table.name }));
    match (now, before) {
        (Some((_, op)), before) => {
            if !wrote || !stems_from(conn, table, json, op, number)? {
                return conflict(op);
            }
            Ok(Ok(Some(match before {
                Some(version) => Step::Update(table, version.row),
                None => Step::Delete(table, key.to_vec()),
            })))
        }
        (None, before) => {
            if wrote || !absent_since(conn, table, json, number)? {
                return conflict(last_version_until(conn, table, json, OpId::LATEST)?.map_or(number, |v| v.op_to));
            }
            Ok(Ok(before.map(|version| Step::Insert(table, version.row))))
        }
    }
}

/// Whether the operation left a version of the row (and did not delete it).
fn wrote_version(conn: &Connection, table: &Table, json: &str, now: Option<OpId>, number: OpId) -> Result<bool> {
    if now == Some(number) {
        return Ok(true);
    }
    // By its key, which has few versions: an import may have written a million with this number.
    let sql = "SELECT count(*) FROM history WHERE kind = ?1 AND key = ?2 AND +op_from = ?3";
    Ok(conn.prepare_cached(sql)?.query_row(params![table.name, json, number], |r| r.get::<_, i64>(0))? > 0)
}

/// Whether the version that operation `op` put in place is the one that `number` left: by writing it, or by taking
/// back, step by step, what came after.
fn stems_from(conn: &Connection, table: &Table, json: &str, op: OpId, number: OpId) -> Result<bool> {
    let mut op = op;
    while op != number {
        let Some(undone) = operation::undoes(conn, op)? else { return Ok(false) };
        match version_ended_by(conn, table, json, undone)? {
            Some(version) => op = version.op_from,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// Whether an absent row is absent as `number` left it.
fn absent_since(conn: &Connection, table: &Table, json: &str, number: OpId) -> Result<bool> {
    let Some(last) = last_version_until(conn, table, json, OpId::LATEST)? else { return Ok(false) };
    let mut ender = last.op_to;
    while ender != number {
        let Some(undone) = operation::undoes(conn, ender)? else { return Ok(false) };
        match last_version_until(conn, table, json, undone.before())? {
            Some(version) => ender = version.op_to,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// Rows that still point at rows now gone.
fn orphans(conn: &Connection, gone: &[(&'static Table, Row)]) -> Result<BTreeSet<Conflict>> {
    let mut conflicts = BTreeSet::new();
    for child in TABLES {
        let mut statement = conn.prepare_cached(
            "SELECT \"table\", \"from\" FROM pragma_foreign_key_list(?1) WHERE \"table\" <> 'operation'",
        )?;
        let links: Vec<(String, String)> =
            statement.query_map([child.name], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (parent, column) in links {
            for (_, key) in gone.iter().filter(|(t, _)| t.name == parent) {
                let sql = format!("SELECT op FROM {} WHERE \"{column}\" = ?1 ORDER BY op LIMIT 1", child.name);
                let mut found = conn.prepare_cached(&sql)?;
                let mut rows = found.query([&key[0]])?;
                if let Some(row) = rows.next()? {
                    conflicts.insert(Conflict { operation: row.get(0)?, table: child.name });
                }
            }
        }
    }
    Ok(conflicts)
}

fn refuse(conn: &Connection, number: OpId, conflicts: BTreeSet<Conflict>) -> Result<()> {
    if conflicts.is_empty() {
        return Ok(());
    }
    let erasures: BTreeSet<OpId> =
        operation::all(conn)?.into_iter().filter(|o| o.act == Some(Act::Erase)).map(|o| o.number).collect();
    if let Some(found) = conflicts.iter().find(|conflict| erasures.contains(&conflict.operation)) {
        bail!(past_an_erasure(number, found.operation));
    }
    let conflicts: Vec<Conflict> = conflicts.into_iter().collect();
    bail!(conflict_refusal(number, &conflicts))
}

/// What was entered about somebody before they were erased is gone, and does not come back.
fn past_an_erasure(number: OpId, erasure: OpId) -> Refusal {
    Refusal::data(text!("l'opération {number} ne peut pas être annulée", "operation {number} cannot be undone"))
        .why(text!(
            "elle touche des fiches d'où une personne a été effacée depuis (opération {erasure}) ; c'est définitif",
            "it touches records from which somebody was erased since (operation {erasure}); that is final"
        ))
        .hint(text!(
            "Corrigez à la main ce qui doit l'être. Les autres opérations : fil log",
            "Correct by hand what must be. The other operations: fil log"
        ))
}

fn conflict_refusal(number: OpId, conflicts: &[Conflict]) -> Refusal {
    let mut later: Vec<OpId> = conflicts.iter().map(|c| c.operation).collect();
    later.dedup();
    let names: Vec<String> = later.iter().take(5).map(OpId::to_string).collect();
    let names = names.join(", ");
    let refusal =
        Refusal::data(text!("l'opération {number} ne peut pas être annulée", "operation {number} cannot be undone"));
    match later.last() {
        Some(last) => refusal
            .why(text!(
                "une saisie plus récente dépend des mêmes fiches : opération {names}",
                "a later entry depends on the same records: operation {names}"
            ))
            .hint(text!(
                "Voyez-la, puis annulez-la d'abord : fil undo {last}",
                "Look at it, then undo it first: fil undo {last}"
            )),
        None => {
            refusal.why(text!("une autre fiche a pris la place depuis", "another record has taken the place since"))
        }
    }
}
