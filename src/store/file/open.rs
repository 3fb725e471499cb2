//! Opening the file in one fixed sequence, and running writes in one transaction each.

use super::checked;
use super::companions::Interrupted;
use super::connection::{Access, connect, set_up};
use super::custody::{Seen, look, look_beside, refuse_second_name};
use super::failure::{read_only, refusal_of};
use super::lock::{self, Missing, Shared};
use super::mark::begin;
use super::migrate::{NEWEST, migrate};
use super::on_disk::{already_there, can_write, folder_of, journal_of, names, real, sync_folder};
use super::once::Handle;
use super::schema::{self, Schema};
use super::scratch::Scratch;
use super::upgrade::{upgrade, upgraded_copy};
use crate::domain::Refusal;
use crate::domain::id::OpId;
use crate::store::digest::content::altered_tables;
use crate::store::journal::tx::{NewOperation, Tx};
use crate::text;
use anyhow::{Context, Result, bail};
use rusqlite::{Connection, MAIN_DB};
use std::fs::File;
use std::io::{Cursor, Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open school file. The database goes first when it is closed: the handle and the part in the lock outlast it.
pub struct Store {
    pub(crate) conn: Connection,
    path: PathBuf,
    state: State,
    schema: Schema,
    pub(super) handle: Arc<Handle>,
    _lock: Option<Shared>,
}

/// What is done with a file whose schema another program changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Altered {
    Refused,
    Read,
}

/// How the file is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Itself, and it may be written to.
    Writable,
    /// Itself or what it will be once upgraded; it can't be written to.
    ReadOnly,
    /// What it was before a write that was cut, in memory.
    BeforeTheCut,
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
    /// Creates a new school file, readable by its owner only. `database` is its random identity. It is made beside its
    /// place and named once it is whole.
    pub fn init(path: &Path, database: &str, first: &NewOperation) -> Result<Store> {
        let path = &real(path);
        if path.symlink_metadata().is_ok() {
            bail!(already_there(path));
        }
        let _alone = lock::alone(path)?;
        look_beside(path)?;
        let folder = folder_of(path);
        let (fresh, file) = Scratch::file(folder).map_err(|cause| not_created(cause.into(), path))?;
        let filled = create(fresh.path(), database, first);
        filled.and_then(|()| Ok(file.sync_all()?)).map_err(|cause| not_created(cause, path))?;
        fresh.persist_new(path).map_err(|failed| match failed.kind() {
            ErrorKind::AlreadyExists => already_there(path).into(),
            _ => not_created(failed.into(), path),
        })?;
        sync_folder(path);
        checked::stays_right(path);
        Store::open(path, Access::Write)
    }

    /// Opens a school file; foreign, damaged and newer files, and files beside which lies what is not theirs, are refused
    /// untouched. A file with an older schema is upgraded by the first command that writes, after a copy of it was put
    /// beside it; until then it is read as it would be. A write that was cut is taken back by the next one that writes;
    /// until then the file is read as it was before.
    pub fn open(path: &Path, access: Access) -> Result<Store> {
        Store::open_with(path, access, Missing::Made)
    }

    /// Opens a copy of a school file to look at it: as [`Store::open`], and nothing is put beside it.
    pub fn open_copy(path: &Path) -> Result<Store> {
        Store::open_with(path, Access::Read, Missing::LeftAway)
    }

    /// Opens a school file to save what can be read of it, whatever another program made of its schema.
    pub fn open_as_it_is(path: &Path) -> Result<Store> {
        let path = real(path);
        let lock = lock::share(&path, Missing::Made)?;
        let seen = look(&path)?;
        Store::to_read(path, seen, lock, Altered::Read)
    }

    fn open_with(path: &Path, access: Access, missing: Missing) -> Result<Store> {
        let path = real(path);
        let missing = if path.exists() { missing } else { Missing::LeftAway };
        let lock = lock::share(&path, missing)?;
        let seen = look(&path)?;
        match access {
            Access::Read => Store::to_read(path, seen, lock, Altered::Refused),
            Access::Write => Store::to_write(path, seen, lock),
        }
    }

    fn to_read(path: PathBuf, seen: Seen, lock: Option<Shared>, altered: Altered) -> Result<Store> {
        let Seen { version, interrupted, handle } = seen;
        let (mut conn, mut state) = match interrupted {
            Interrupted::By(file, journal) => {
                let content = journal.undone(&handle.file, &file)?;
                (in_memory(content)?, State::BeforeTheCut)
            }
            Interrupted::No | Interrupted::UnderWay if can_write(&path) && names(&path) == 1 => {
                (connect(&path, Access::Write)?, State::Writable)
            }
            Interrupted::No | Interrupted::UnderWay => (connect(&path, Access::Read)?, State::ReadOnly),
        };
        let schema = schema::look(&conn, version)?;
        if schema == Schema::Altered && altered == Altered::Refused {
            bail!(schema::altered(&conn, &path, version));
        }
        if version < NEWEST && schema == Schema::Known {
            // A copy in memory: nothing written to it would reach the file.
            conn = upgraded_copy(&conn, version)?;
            state = if state == State::Writable { State::ReadOnly } else { state };
        }
        Ok(Store { conn, path, state, schema, handle, _lock: lock })
    }

    fn to_write(path: PathBuf, seen: Seen, lock: Option<Shared>) -> Result<Store> {
        refuse_second_name(&path)?;
        if lock.is_none() && lock::lock_of(&path).exists() {
            bail!(read_only(&path));
        }
        let (mut seen, mut lock) = (seen, lock);
        if seen.version < NEWEST {
            drop(lock);
            let _alone = lock::alone(&path)?;
            // Somebody else may have done it meanwhile.
            seen = look(&path)?;
            if seen.version < NEWEST {
                let mut conn = connect(&path, Access::Write)?;
                refuse_altered(&conn, &path, seen.version)?;
                upgrade(&mut conn, &path, seen.version)?;
            }
            lock = lock::share(&path, Missing::Made)?;
        }
        let conn = connect(&path, Access::Write)?;
        refuse_altered(&conn, &path, NEWEST)?;
        let schema = Schema::Known;
        Ok(Store { conn, path, state: State::Writable, schema, handle: seen.handle, _lock: lock })
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
        self.state == State::Writable && self.conn.is_autocommit()
    }

    /// Whether what is open is the file itself, and not what it was or will be, in memory.
    pub(super) fn is_the_file(&self) -> bool {
        self.conn.path().is_some_and(|path| !path.is_empty())
    }

    /// Whether its schema is this program's.
    pub fn schema(&self) -> Schema {
        self.schema
    }

    /// Whether a write to it was cut, and this is what it held before.
    pub fn is_before_a_cut(&self) -> bool {
        self.state == State::BeforeTheCut
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
        let guard = begin(&mut self.conn, &self.path)?;
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
        let journal = match File::open(journal_of(&self.path)) {
            Ok(file) => file.sync_all().is_ok(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        self.handle.file.sync_all().is_ok() && journal
    }
}

/// Fills an empty file, which nobody knows of yet: a journal of it would be of no use.
fn create(path: &Path, database: &str, first: &NewOperation) -> Result<()> {
    let mut conn = connect(path, Access::Write)?;
    conn.execute_batch("PRAGMA journal_mode = MEMORY")?;
    let tx = conn.transaction()?;
    migrate(&tx, 0)?;
    tx.execute("INSERT INTO database (one, id) VALUES (1, ?1)", [database])?;
    let operation = Tx::begin(&tx, first)?;
    tx.execute_batch(include_str!("../sql/catalogue/ship.sql"))?;
    operation.finish()?;
    Ok(tx.commit()?)
}

fn refuse_altered(conn: &Connection, path: &Path, version: i32) -> Result<()> {
    match schema::look(conn, version)? {
        Schema::Known => Ok(()),
        Schema::Altered => bail!(schema::altered(conn, path, version)),
    }
}

fn not_created(cause: anyhow::Error, path: &Path) -> anyhow::Error {
    let file = path.display();
    let full = || text!("le disque est plein", "the disk is full");
    let why = match refusal_of(&cause, path) {
        Some(refusal) => refusal.what,
        None if cause.downcast_ref::<Error>().is_some_and(|e| e.kind() == ErrorKind::StorageFull) => full(),
        None => text!("le dossier n'existe pas ou refuse l'écriture", "the folder does not exist or refuses writing"),
    };
    cause.context(Refusal::failure(text!("{file} ne peut pas être créé", "{file} cannot be created")).why(why))
}

/// A database in memory with this content.
fn in_memory(content: Vec<u8>) -> Result<Connection> {
    let mut conn = Connection::open_in_memory()?;
    let size = content.len();
    conn.deserialize_read_exact(MAIN_DB, Cursor::new(content), size, true).context("the file as it was before")?;
    set_up(&conn)?;
    Ok(conn)
}
