//! Opening the file in one fixed sequence, and running writes in one transaction each.

use super::checked;
use super::connection::{Access, connect};
use super::migrate::{NEWEST, migrate};
use super::on_disk::{can_write, create_empty, has_journal, inspect, journal_of, sync_folder};
use super::upgrade::{upgrade, upgraded_copy};
use crate::domain::Refusal;
use crate::domain::id::OpId;
use crate::store::digest::content::altered_tables;
use crate::store::journal::tx::{NewOperation, Tx};
use crate::text;
use anyhow::{Result, bail};
use rusqlite::{Connection, TransactionBehavior};
use std::fs::File;
use std::path::{Path, PathBuf};

/// An open school file.
pub struct Store {
    pub(crate) conn: Connection,
    path: PathBuf,
    writable: bool,
}

/// What a write came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed<T> {
    /// It is on the disk, as this operation.
    Saved {
        /// The operation's number.
        operation: OpId,
        /// What the act gave.
        value: T,
    },
    /// The act changed nothing, or was a trial: nothing was written.
    Nothing(T),
}

impl<T> Committed<T> {
    /// What the act gave, saved or not.
    pub fn value(&self) -> &T {
        match self {
            Committed::Saved { value, .. } | Committed::Nothing(value) => value,
        }
    }
    /// The same, taken out.
    pub fn into_value(self) -> T {
        match self {
            Committed::Saved { value, .. } | Committed::Nothing(value) => value,
        }
    }
    /// The operation's number, when something was written.
    pub fn operation(&self) -> Option<OpId> {
        match self {
            Committed::Saved { operation, .. } => Some(*operation),
            Committed::Nothing(_) => None,
        }
    }
}

/// Whether a write is kept at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    Commit,
    RollBack,
}

impl Store {
    /// Creates a new school file, readable by its owner only. `database` is its random identity.
    pub fn init(path: &Path, database: &str, first: &NewOperation) -> Result<Store> {
        create_empty(path)?;
        let store = Store::create(path, database, first);
        if store.is_err() {
            let _ = std::fs::remove_file(path).and_then(|()| std::fs::remove_file(journal_of(path)));
        }
        store
    }

    fn create(path: &Path, database: &str, first: &NewOperation) -> Result<Store> {
        let mut store = Store { conn: connect(path, Access::Write)?, path: path.to_owned(), writable: true };
        let tx = store.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        migrate(&tx, 0)?;
        tx.execute("INSERT INTO database (one, id) VALUES (1, ?1)", [database])?;
        let operation = Tx::begin(&tx, first)?;
        tx.execute_batch(include_str!("../sql/catalogue/ship.sql"))?;
        operation.finish()?;
        tx.commit()?;
        sync_folder(path);
        checked::stays_right(path);
        Ok(store)
    }

    /// Opens a school file; foreign, damaged and newer files are refused untouched. A file with an older schema is
    /// upgraded by the first command that writes, after a copy of it was put beside it; until then it is read as it
    /// would be.
    pub fn open(path: &Path, access: Access) -> Result<Store> {
        let mut version = inspect(path)?;
        if access == Access::Write && version < NEWEST {
            upgrade(&mut connect(path, Access::Write)?, path, version)?;
            version = NEWEST;
        }
        let writable = access == Access::Write || can_write(path);
        if !writable && has_journal(path) {
            let file = path.display();
            bail!(
                Refusal::failure(text!(
                    "la dernière écriture dans {file} a été interrompue",
                    "the last write to {file} was interrupted"
                ))
                .why(text!(
                    "il faut pouvoir écrire dans le fichier pour la défaire, et vous ne pouvez que le lire",
                    "taking it back needs to write to the file, and you may only read it"
                ))
                .hint(text!(
                    "Qui peut y écrire lance une fois : fil doctor",
                    "Somebody who may write to it runs once: fil doctor"
                ))
            );
        }
        let interrupted = has_journal(path);
        let conn = connect(path, if writable { Access::Write } else { Access::Read })?;
        if interrupted {
            // What was looked at before was half written; SQLite takes that back when it first reads.
            conn.query_row("PRAGMA schema_version", [], |r| r.get::<_, i64>(0))?;
            version = inspect(path)?;
        }
        if version < NEWEST {
            // A copy in memory: nothing written to it would reach the file.
            return Ok(Store { conn: upgraded_copy(&conn, version)?, path: path.to_owned(), writable: false });
        }
        Ok(Store { conn, path: path.to_owned(), writable })
    }

    /// From now on this connection sees one state of the file, whoever writes meanwhile. A lock and a look for changes
    /// come once instead of with each question; a writer waits until the connection is closed.
    pub fn hold(&self) -> Result<()> {
        // A reader of the past holds its transaction already.
        if self.conn.is_autocommit() {
            self.conn.execute_batch("BEGIN")?;
        }
        Ok(())
    }

    /// Whether it can be written to as it is: by right, and with no state of the file held.
    pub fn is_ready_to_write(&self) -> bool {
        self.writable && self.conn.is_autocommit()
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The identity of this database, given once at its creation.
    pub fn database(&self) -> Result<String> {
        Ok(self.conn.query_row("SELECT id FROM database", [], |r| r.get(0))?)
    }

    /// Runs an act as one operation in one transaction and commits it when it changed something.
    pub fn write<T>(&mut self, new: &NewOperation, act: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<Committed<T>> {
        self.run(new, Keep::Commit, act)
    }

    /// Runs an act exactly as [`Store::write`] would, then takes everything back: nothing is written.
    pub fn rehearse<T>(
        &mut self,
        new: &NewOperation,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Committed<T>> {
        self.run(new, Keep::RollBack, act)
    }

    fn run<T>(
        &mut self,
        new: &NewOperation,
        keep: Keep,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Committed<T>> {
        let guard = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let was_right = checked::is_right(&self.path);
        let mut tx = Tx::begin(&guard, new)?;
        let op = tx.op;
        let value = act(&mut tx)?;
        if tx.is_idle() || keep == Keep::RollBack {
            drop(tx);
            guard.rollback()?;
            return Ok(Committed::Nothing(value));
        }
        tx.finish()?;
        debug_assert!(tells_digests(&guard, &self.path), "a write did not tell the digests of a row");
        match guard.commit() {
            Ok(()) => {
                if was_right {
                    checked::stays_right(&self.path);
                }
                Ok(Committed::Saved { operation: op, value })
            }
            Err(error) => self.settle(new, op, value, error),
        }
    }

    /// After a failed commit the truth is in the file: the random command number says whether it was saved.
    fn settle<T>(&mut self, new: &NewOperation, op: OpId, value: T, error: rusqlite::Error) -> Result<Committed<T>> {
        let look = Store::open(&self.path, Access::Read).and_then(|s| {
            let sql = "SELECT count(*) FROM operation WHERE command = ?1";
            Ok(s.conn.query_row(sql, [&new.command], |r| r.get::<_, i64>(0))? == 1)
        });
        match look {
            Ok(true) if self.confirmed() => Ok(Committed::Saved { operation: op, value }),
            Ok(false) => Err(anyhow::Error::new(error).context("not saved: the commit failed")),
            _ => Err(anyhow::Error::new(
                Refusal::failure(text!(
                    "on ne sait pas si l'opération est enregistrée",
                    "it is not known whether the operation was saved"
                ))
                .why(text!(
                    "le disque n'a pas répondu à la fin de l'écriture",
                    "the disk did not answer at the end of the write"
                ))
                .hint(text!("Vérifiez avec : fil log", "Look with: fil log")),
            )),
        }
    }
}

/// Whether a write to a small file told the digests of every row that it touched; what was amiss before it may stay so,
/// and a damaged file answers nothing. Asked in debug builds only, so that a table that is written without them fails the
/// first test that writes it.
fn tells_digests(conn: &Connection, path: &Path) -> bool {
    const SMALL: i64 = 500;
    let is_small = conn.pragma_query_value(None, "page_count", |r| r.get::<_, i64>(0)).is_ok_and(|pages| pages < SMALL);
    let before = || connect(path, Access::Read).and_then(|file| altered_tables(&file));
    match altered_tables(conn) {
        Ok(after) if is_small && !after.is_empty() => before().map_or(true, |before| after.is_subset(&before)),
        _ => true,
    }
}

impl Store {
    /// Whether the disk answers that all of the file, and the end of its journal, are on it.
    fn confirmed(&self) -> bool {
        let flushed = |path: &Path| match File::open(path) {
            Ok(file) => file.sync_all().is_ok(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        flushed(&self.path) && flushed(&journal_of(&self.path))
    }
}
