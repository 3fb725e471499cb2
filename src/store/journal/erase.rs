//! Taking somebody's words out of every version of their rows: the only act that rewrites history.

use super::operation;
use crate::domain::Act;
use crate::domain::Kind;
use crate::domain::id::{OpId, PersonId, StayId};
use crate::domain::kind::Words;
use crate::store::file::mark::announce_rewriting;
use crate::store::file::open::Store;
use crate::store::journal::last_version::Remembered;
use crate::store::journal::tx::{Tx, find_row};
use crate::store::rows::{each_row, rows};
use crate::store::table::{ALIAS, Row, TABLES, Table, row_from_json, row_json};
use anyhow::{Context, Result, bail};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

/// Whose rows.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'a> {
    /// Those of people.
    People(&'a BTreeSet<PersonId>),
    /// Those of participations.
    Stays(&'a BTreeSet<StayId>),
    /// Everybody's.
    Everybody,
}

impl Owner<'_> {
    /// Whether a row of a table is theirs.
    fn holds(&self, table: &Table, row: &Row) -> Result<bool> {
        let name = match self {
            Owner::People(_) if table.name == "person" => "id",
            Owner::People(_) => "person",
            Owner::Stays(_) => "participation",
            Owner::Everybody => return Ok(true),
        };
        let Some(at) = table.columns.iter().position(|c| *c == name) else { bail!("{} has no {name}", table.name) };
        let Some(Sql::Integer(number)) = row.get(at) else { return Ok(false) };
        Ok(match self {
            Owner::People(people) => people.contains(&PersonId::from_number(*number)),
            Owner::Stays(stays) => stays.contains(&StayId::from_number(*number)),
            Owner::Everybody => true,
        })
    }
}

/// A version of a row that history keeps.
struct Old {
    number: i64,
    key: String,
    row: Row,
    span: (OpId, OpId),
}

/// A version of a row: between which operations it stood; one that stands has no end.
pub(crate) struct Version {
    pub table: &'static Table,
    pub row: Row,
    pub from: OpId,
    pub to: Option<OpId>,
}

/// Every version of somebody's rows in a table: those of now, then those that history keeps.
pub(crate) fn versions(conn: &Connection, name: &str, owner: Owner<'_>) -> Result<Vec<Version>> {
    let table = table(name)?;
    let Traces { now, old } = traces(conn, table, owner)?;
    let now = now.into_iter().map(|(row, op)| Version { table, row, from: op, to: None });
    let old = old.into_iter().map(|old| Version { table, row: old.row, from: old.span.0, to: Some(old.span.1) });
    Ok(now.chain(old).collect())
}

/// The present rows of somebody, each with the operation that wrote it, and the versions that history keeps.
struct Traces {
    now: Vec<(Row, OpId)>,
    old: Vec<Old>,
}

fn table(name: &str) -> Result<&'static Table> {
    Table::named(name).with_context(|| format!("no table {name}"))
}

/// Past versions of a row that is somebody else's by now are theirs: a merge taken back gives people their rows again.
fn traces(conn: &Connection, table: &'static Table, owner: Owner<'_>) -> Result<Traces> {
    let width = table.columns.len();
    let mut now = Vec::new();
    let sql = format!("SELECT {}, op FROM {} ORDER BY {}", table.list(""), table.name, table.columns[0]);
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(r) = rows.next()? {
        let row = (0..width).map(|i| r.get(i)).collect::<rusqlite::Result<Row>>()?;
        if owner.holds(table, &row)? {
            now.push((row, r.get(width)?));
        }
    }
    let mut old = Vec::new();
    let sql = include_str!("../sql/journal/history_of_table.sql");
    each_row!(conn, sql, [table.name], |number, key, row, op_from, op_to| {
        let json: String = row;
        let row = table.row(&json)?;
        if !owner.holds(table, &row)? {
            continue;
        }
        let theirs = match find_row(conn, table, &row)? {
            Some((present, _)) => owner.holds(table, &present)?,
            None => true,
        };
        if theirs {
            old.push(Old { number, key, row, span: (op_from, op_to) });
        }
    });
    Ok(Traces { now, old })
}

impl Tx<'_> {
    /// Every version of somebody's rows in a table: those of now, then those that history keeps.
    pub fn versions(&self, name: &str, owner: Owner<'_>) -> Result<Vec<Remembered>> {
        let all = versions(self.conn, name, owner)?;
        Ok(all.into_iter().map(|version| Remembered { table: version.table, row: version.row }).collect())
    }

    /// Rewrites every version of somebody's rows in place: what was known then keeps its operations, and loses the
    /// words. Gives how many present rows changed. `change` must leave keys alone.
    pub fn rewrite(&mut self, name: &str, owner: Owner<'_>, change: &mut dyn FnMut(&mut Remembered)) -> Result<usize> {
        let table = table(name)?;
        let Traces { now, old } = traces(self.conn, table, owner)?;
        let mut changed = 0;
        for (row, op) in now {
            let mut new = Remembered { table, row: row.clone() };
            change(&mut new);
            if new.row != row {
                changed += 1;
                self.replace(table, &new.row, op)?;
            }
        }
        for Old { number, row, span, .. } in old {
            let mut new = Remembered { table, row: row.clone() };
            change(&mut new);
            if new.row != row {
                self.reword(table, number, (&row, &new.row), span.0)?;
            }
        }
        Ok(changed)
    }

    /// Writes the new version of a row; history gets the new words too, for the days before this operation.
    fn replace(&mut self, table: &'static Table, row: &Row, op: OpId) -> Result<()> {
        if op == self.op {
            return self.update(table, row);
        }
        let Some((old, _)) = find_row(self.conn, table, row)? else { bail!("{} has no such row", table.name) };
        self.update(table, row)?;
        let sql = "SELECT number FROM history WHERE kind = ?1 AND key = ?2 AND op_to = ?3";
        let bound = params![table.name, table.key_json(row), self.op];
        let number = self.conn.prepare_cached(sql)?.query_row(bound, |r| r.get(0))?;
        self.reword(table, number, (&old, row), op)
    }

    /// Gives a version that history keeps, and that operation `from` wrote, other words.
    fn reword(&mut self, table: &'static Table, number: i64, (old, new): (&Row, &Row), from: OpId) -> Result<()> {
        self.leaving("history", "WHERE number = ?1", [number])?;
        self.conn
            .prepare_cached("UPDATE history SET row = ?2 WHERE number = ?1")?
            .execute(params![number, row_json(new)])?;
        self.joined("history", "WHERE number = ?1", [number])?;
        self.changes.reword(table, (old, new), from);
        Ok(())
    }

    /// Removes somebody's present rows of a table, after [`Tx::rewrite`]: history keeps what is left of them.
    pub fn delete_rows(&mut self, name: &str, owner: Owner<'_>) -> Result<usize> {
        let table = table(name)?;
        let gone = traces(self.conn, table, owner)?.now;
        for (row, _) in &gone {
            self.delete(table, row)?;
        }
        Ok(gone.len())
    }

    /// Frees the names that led to somebody: their slugs and references are in no row, no history and no operation
    /// any more. Gives how many there were.
    pub fn free_aliases(&mut self, people: &BTreeSet<PersonId>) -> Result<usize> {
        let Traces { now, old } = traces(self.conn, &ALIAS, Owner::People(people))?;
        let mut keys = BTreeSet::new();
        for (row, op) in &now {
            keys.insert(ALIAS.key_json(row));
            self.changes.leave(&ALIAS, row, *op);
            self.changes.forget(&ALIAS, row, *op);
            let sql = format!("DELETE FROM alias WHERE {}", ALIAS.key_is(1));
            self.conn.prepare_cached(&sql)?.execute(params_from_iter(row[..ALIAS.key].iter()))?;
        }
        for Old { number, key, row, span } in old {
            self.leaving("history", "WHERE number = ?1", [number])?;
            self.changes.forget(&ALIAS, &row, span.0);
            self.conn.prepare_cached("DELETE FROM history WHERE number = ?1")?.execute([number])?;
            keys.insert(key);
        }
        self.forget_keys(&keys)?;
        if !now.is_empty() {
            self.touched.entry(ALIAS.name).or_default().deleted += now.len() as i64;
        }
        Ok(now.len())
    }

    /// Operations list the keys of their rows; those of aliases are names.
    fn forget_keys(&mut self, keys: &BTreeSet<String>) -> Result<()> {
        let sql = include_str!("../sql/journal/operations_with_aliases.sql");
        let listed: Vec<(OpId, String)> = rows!(self.conn, sql, [], |number, ids| (number, ids));
        for (number, text) in listed {
            let mut ids: Vec<(String, Vec<String>)> = serde_json::from_str(&text).unwrap_or_default();
            for (_, list) in ids.iter_mut().filter(|(name, _)| name == ALIAS.name) {
                list.retain(|key| !keys.contains(key));
            }
            let kept = serde_json::to_string(&ids)?;
            if kept != text {
                self.leaving("operation", "WHERE number = ?1", [number])?;
                self.conn.execute("UPDATE operation SET ids = ?2 WHERE number = ?1", params![number, kept])?;
                self.joined("operation", "WHERE number = ?1", [number])?;
            }
        }
        Ok(())
    }

    /// The numbers that records merged into somebody's had, and those of records of the same slug, reference or name
    /// (and birth date, where there is one) that are in history only.
    pub fn former_numbers(&self, person: PersonId) -> Result<BTreeSet<PersonId>> {
        let own = BTreeSet::from([person]);
        let mut found = merged_numbers(self.conn, person)?;
        let (mut names, mut births) = (BTreeSet::new(), BTreeSet::new());
        for version in self.versions("person", Owner::People(&own))? {
            names.extend(["slug", "ref", "folded"].iter().filter_map(|c| Some((*c, version.text(c)?.to_owned()))));
            births.extend(version.date("birth_date"));
        }
        let gone = |version: &Remembered| {
            let named = |c: &str| version.text(c).is_some_and(|text| names.contains(&(c, text.to_owned())));
            let born = version.date("birth_date");
            let same_birth = births.is_empty() || born.is_none_or(|day| births.contains(&day));
            named("slug") || named("ref") || named("folded") && same_birth
        };
        found.extend(history_only(self.conn, &gone)?);
        Ok(found)
    }
}

/// The numbers that records merged into somebody's had.
pub(crate) fn merged_numbers(conn: &Connection, person: PersonId) -> Result<BTreeSet<PersonId>> {
    let own = BTreeSet::from([person]);
    let mut names = BTreeSet::new();
    for Version { table, row, .. } in versions(conn, "alias", Owner::People(&own))? {
        let alias = Remembered { table, row };
        names.extend(alias.text("name").filter(|_| alias.text("field") == Some("slug")).map(str::to_owned));
    }
    history_only(conn, &|version| version.text("slug").is_some_and(|slug| names.contains(slug)))
}

/// The numbers of people who are in history only and of whom a version fits.
fn history_only(conn: &Connection, fits: &dyn Fn(&Remembered) -> bool) -> Result<BTreeSet<PersonId>> {
    let all = versions(conn, "person", Owner::Everybody)?;
    let people: Vec<(bool, Remembered)> =
        all.into_iter().map(|v| (v.to.is_none(), Remembered { table: v.table, row: v.row })).collect();
    let here: BTreeSet<PersonId> = people.iter().filter(|(now, _)| *now).filter_map(|(_, p)| p.id("id")).collect();
    let gone = people.iter().filter(|(_, person)| fits(person)).filter_map(|(_, person)| person.id("id"));
    Ok(gone.filter(|id| !here.contains(id)).collect())
}

/// Whether an erasure rewrites the rows of a table: what was entered there about somebody erased does not come back.
fn is_rewritten(table: &str) -> bool {
    let told = |kind: Kind| kind.fields().iter().any(|field| field.words != Words::Neutral);
    Kind::of_table(table).is_some_and(|kind| Kind::of_people().any(|own| own == kind) && told(kind))
}

/// The erasures after an operation, by person.
pub(crate) fn erased_since(conn: &Connection, number: OpId) -> Result<BTreeMap<PersonId, OpId>> {
    let mut erased = BTreeMap::new();
    for erasure in operation::all(conn)?.into_iter().filter(|o| o.act == Some(Act::Erase) && o.number > number) {
        let people = erasure.ids.iter().filter(|(table, _)| table == "person").flat_map(|(_, keys)| keys);
        for key in people {
            if let Some(Sql::Integer(person)) = row_from_json(key)?.first() {
                erased.insert(PersonId::from_number(*person), erasure.number);
            }
        }
    }
    Ok(erased)
}

/// The erasure that stands in the way of touching one row, when it is about somebody erased.
pub(crate) fn erasure_of(
    conn: &Connection,
    table: &'static Table,
    key: &Row,
    erased: &BTreeMap<PersonId, OpId>,
) -> Result<Option<OpId>> {
    if erased.is_empty() || !is_rewritten(table.name) {
        return Ok(None);
    }
    let Some(person) = owner(conn, table, key)? else { return Ok(None) };
    Ok(erased.get(&person).copied())
}

fn owner(conn: &Connection, table: &'static Table, key: &Row) -> Result<Option<PersonId>> {
    let row = match find_row(conn, table, key)? {
        Some((row, _)) => Some(row),
        None => crate::store::journal::tx::last_version_until(conn, table, &table.key_json(key), OpId::LATEST)?
            .map(|v| v.row),
    };
    let Some(row) = row else { return Ok(None) };
    let row = Remembered { table, row };
    match (table.name, row.id("person"), row.id::<StayId>("participation")) {
        ("person", ..) => Ok(row.id("id")),
        (_, Some(person), _) => Ok(Some(person)),
        (_, None, Some(stay)) => owner(conn, &crate::store::table::PARTICIPATION, &vec![stay.into()]),
        _ => Ok(None),
    }
}

impl Store {
    /// Writes the file anew without its free pages, so that nothing that was removed is left in it.
    pub fn compact(&self) -> Result<()> {
        announce_rewriting(&self.conn, self.path())?;
        self.conn.execute_batch("VACUUM").context("the file could not be written anew")
    }

    /// Hands every text of the file to `f` with the name of its record: `note 12`, `history of contact`, `close 3`.
    pub fn each_text(&self, f: &mut dyn FnMut(&str, &str)) -> Result<()> {
        for table in TABLES {
            let mut statement = self.conn.prepare(&format!("SELECT {} FROM {}", table.list(""), table.name))?;
            let mut rows = statement.query([])?;
            while let Some(r) = rows.next()? {
                let row = (0..table.columns.len()).map(|i| r.get(i)).collect::<rusqlite::Result<Row>>()?;
                let name = match row.first() {
                    Some(Sql::Integer(number)) => format!("{} {number}", table.name),
                    _ => table.name.to_owned(),
                };
                Remembered { table, row }.texts().for_each(|text| f(&name, text));
            }
        }
        for (sql, name) in [
            ("SELECT kind, row FROM history", "history of "),
            ("SELECT number, ids FROM operation", "operation "),
            ("SELECT number, accepted || ' ' || coalesce(reopened_why, '') FROM close", "close "),
            ("SELECT close, CAST(bytes AS TEXT) FROM close_file", "close "),
            ("SELECT close, figures FROM close_section", "close "),
        ] {
            let mut statement = self.conn.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(r) = rows.next()? {
                let owner = match r.get(0)? {
                    Sql::Integer(number) => number.to_string(),
                    Sql::Text(text) => text,
                    _ => String::new(),
                };
                let bytes = r.get_ref(1)?.as_bytes_or_null()?.unwrap_or_default();
                f(&format!("{name}{owner}"), &String::from_utf8_lossy(bytes));
            }
        }
        Ok(())
    }
}
