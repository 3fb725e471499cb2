//! Opening the file in one fixed sequence, and running writes in one transaction each.

use super::migrate::{APPLICATION_ID, NEWEST, migrate};
use super::upgrade::{upgrade, upgraded_copy};
use crate::domain::id::OpId;
use crate::domain::{Act, Date, Refusal};
use crate::store::file::failure::damaged;
use crate::store::journal::operation;
use crate::store::journal::tx::Tx;
use crate::text;
use anyhow::{Context, Result, bail};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Whether a command means to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads only; works on a read-only file.
    Read,
    /// Writes.
    Write,
}

/// An open school file.
pub struct Store {
    pub(crate) conn: Connection,
    path: PathBuf,
    writable: bool,
}

/// What the journal keeps of a writing command: never its arguments, names or values.
#[derive(Debug, Clone)]
pub struct NewOperation {
    /// UTC time, `2018-12-05T09:14:00Z`.
    pub stamp: String,
    /// The day it was for the person.
    pub day: Date,
    /// What was done.
    pub act: Act,
    /// To which kind of record.
    pub kind: &'static str,
    /// A random number that tells this command from every other.
    pub command: String,
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

const MAGIC: &[u8] = b"SQLite format 3\0";
const BUSY: Duration = Duration::from_secs(10);
pub(crate) const EVERY_TIME: &str =
    "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;";

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
        let op = operation::begin(&tx, first)?;
        tx.execute_batch(include_str!("../sql/catalogue/ship.sql"))?;
        operation::finish(&tx, op, &Tx::new(&tx, op))?;
        tx.commit()?;
        sync_folder(path);
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
        let op = operation::begin(&guard, new)?;
        let mut tx = Tx::new(&guard, op);
        let value = act(&mut tx)?;
        if tx.is_idle() || keep == Keep::RollBack {
            drop(tx);
            guard.rollback()?;
            return Ok(Committed::Nothing(value));
        }
        operation::finish(&guard, op, &tx)?;
        drop(tx);
        match guard.commit() {
            Ok(()) => Ok(Committed::Saved { operation: op, value }),
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

fn create_empty(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let file = path.display();
            bail!(
                Refusal::failure(text!("{file} existe déjà", "{file} already exists"))
                    .why(text!("une base n'est jamais écrasée", "a database is never overwritten"))
                    .hint(text!(
                        "Choisissez un autre nom, ou ouvrez celle-ci : fil --db {file}",
                        "Choose another name, or open this one: fil --db {file}"
                    ))
            )
        }
        Err(e) => {
            let file = path.display();
            Err(anyhow::Error::new(e)).context(
                Refusal::failure(text!("{file} ne peut pas être créé", "{file} cannot be created")).why(text!(
                    "le dossier n'existe pas ou refuse l'écriture",
                    "the folder does not exist or refuses writing"
                )),
            )
        }
    }
}

/// Looks at the file's first bytes without opening it as a database; gives its schema version.
fn inspect(path: &Path) -> Result<i32> {
    let file = path.display();
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(_) => bail!(Refusal::failure(text!("pas de base à {file}", "no database at {file}")).hint(text!(
            "Créez-la : fil --db {file} init    ou indiquez la bonne avec --db",
            "Create it: fil --db {file} init    or name the right one with --db"
        ))),
    };
    if !meta.is_file() {
        bail!(Refusal::failure(text!("{file} n'est pas un fichier", "{file} is not a file")));
    }
    let mut head = [0u8; 100];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut head));
    let number = |at: usize| i32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if meta.len() == 0 {
        bail!(damaged(path).why(text!("{file} est vide (0 octet)", "{file} is empty (0 bytes)")).hint(text!(
            "Reprenez une sauvegarde : fil restore SAUVEGARDE ; s'il n'a jamais servi, supprimez-le puis : fil init",
            "Go back to a backup: fil restore BACKUP; if it was never used, remove it, then: fil init"
        )));
    }
    if let Err(e) = &read
        && e.kind() == std::io::ErrorKind::PermissionDenied
    {
        bail!(
            Refusal::failure(text!("{file} ne peut pas être lu", "{file} cannot be read"))
                .why(text!("vous n'avez pas le droit de lire ce fichier", "you may not read this file"))
        );
    }
    // Blank where the marks should be, or cut within them: a damaged file rather than another program's.
    if head[..16].iter().all(|b| *b == 0) || (meta.len() < 16 && MAGIC.starts_with(&head[..meta.len() as usize])) {
        bail!(damaged(path));
    }
    if !head.starts_with(MAGIC) || (read.is_ok() && number(68) != APPLICATION_ID) {
        bail!(
            Refusal::failure(text!("{file} n'est pas une base de Fil", "{file} is not a Fil database"))
                .why(text!("il n'a pas été touché", "it was left untouched"))
                .hint(text!("Indiquez la bonne base avec --db.", "Name the right database with --db."))
        );
    }
    let version = number(60);
    if version > NEWEST {
        bail!(
            Refusal::failure(text!(
                "{file} vient d'une version plus récente de fil",
                "{file} comes from a newer version of fil"
            ))
            .why(text!(
                "format {version}, ce programme connaît jusqu'à {NEWEST}",
                "format {version}, this program knows up to {NEWEST}"
            ))
            .hint(text!(
                "Installez la nouvelle version ; rien n'a été touché.",
                "Install the newer version; nothing was touched."
            ))
        );
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        n => u64::from(n),
    };
    let expected = page * u64::from(number(28).unsigned_abs());
    if read.is_err() || (meta.len() < expected && !has_journal(path)) {
        bail!(damaged(path));
    }
    Ok(version)
}

/// A journal left by a crash: the file may be of any length until it is rolled back.
fn has_journal(path: &Path) -> bool {
    std::fs::metadata(journal_of(path)).is_ok_and(|m| m.len() > 0)
}

fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

fn can_write(path: &Path) -> bool {
    OpenOptions::new().write(true).open(path).is_ok()
}

fn connect(path: &Path, access: Access) -> Result<Connection> {
    let mode = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn =
        Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW)
            .or_else(|_| Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX))?;
    conn.busy_timeout(BUSY)?;
    // Plans do not depend on the values bound, so that no statement is prepared again for each of them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(EVERY_TIME)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(conn)
}

fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
    }
}
