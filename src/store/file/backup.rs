//! Copies of the file that were opened and compared before they are called backups, and going back to one.

use super::connection::{Access, connect};
use super::custody::{look_beside, refuse_second_name};
use super::lock;
use super::on_disk::{folder_of, journal_of, private, real};
use super::open::Store;
use super::scratch::{Scratch, sweep_folder};
use super::swap::exchanged;
use crate::domain::{Reason, Refusal};
use crate::store::file::failure::refusal_of;
use crate::store::table::TABLES;
use crate::text;
use anyhow::{Result, bail, ensure};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ffi};
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// How far a copy is examined before it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examined {
    /// As `doctor` does, all of it.
    Whole,
    /// For damage only: whoever changed the records, somebody may ask to be erased.
    Damage,
    /// Not at all: it is a copy of whatever there is.
    Not,
}

impl Store {
    /// Writes a whole copy of the file to `target`, which must not exist: copied under a temporary name, reopened,
    /// examined and compared, made private, flushed to the disk, and only then named.
    pub fn backup(&self, target: &Path, how: Examined) -> Result<()> {
        if target.exists() {
            let file = target.display();
            bail!(
                Refusal::failure(text!("{file} existe déjà", "{file} already exists"))
                    .why(text!("une sauvegarde n'en remplace jamais une autre", "a backup never replaces another"))
            );
        }
        self.copy_for(target, how)?.keep()
    }

    /// A proven copy that is temporary until it is kept under the name of `target`.
    pub fn copy_for(&self, target: &Path, how: Examined) -> Result<Copy> {
        let folder = folder_of(target);
        let scratch = fs::create_dir_all(folder)
            .and_then(|()| {
                sweep_folder(folder);
                Scratch::folder(folder)
            })
            .map_err(|cause| not_made(cause.into(), target))?;
        let copy = Copy { scratch, target: target.to_owned() };
        self.copy_to(&copy.path(), how).map_err(|cause| not_made(cause, target))?;
        Ok(copy)
    }

    fn copy_to(&self, copy: &Path, how: Examined) -> Result<()> {
        File::create(copy)?;
        private(copy)?;
        self.at_one_state(|| {
            self.copy_pages(copy)?;
            ensure!(self.has_the_pages_of(copy)?, "the copy differs from the file");
            Ok(())
        })?;
        // It has the pages of the file: what is wrong with one is wrong with the other.
        let passes = match how {
            Examined::Whole => Store::open_copy(copy)?.is_sound()?,
            Examined::Damage => Store::open_copy(copy)?.is_whole()?,
            Examined::Not => true,
        };
        if !passes {
            bail!(Refusal::failure(text!("la base n'est pas saine", "the database is not sound")).hint(text!(
                "Ce qui ne va pas : fil doctor ; pour la copier telle quelle : fil backup --as-is",
                "What is wrong: fil doctor; to copy it as it is: fil backup --as-is"
            )));
        }
        Ok(File::open(copy)?.sync_all()?)
    }

    /// Whether a file is a copy of this very state, byte for byte but for the counters of changes.
    pub fn is_copied_in(&self, copy: &Path) -> Result<bool> {
        if !copy.is_file() {
            return Ok(false);
        }
        self.at_one_state(|| self.has_the_pages_of(copy))
    }

    /// Runs an act while nobody else can write.
    fn at_one_state<T>(&self, act: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.conn.is_autocommit() {
            return act();
        }
        self.conn.execute_batch("BEGIN")?;
        let done =
            self.conn.query_row("PRAGMA schema_version", [], |_| Ok(())).map_err(Into::into).and_then(|()| act());
        self.conn.execute_batch("ROLLBACK")?;
        done
    }

    /// Fills an empty file with the pages of this state, a few at a time.
    fn copy_pages(&self, copy: &Path) -> Result<()> {
        let mut to = connect(copy, Access::Write)?;
        to.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
        let backup = Backup::new(&self.conn, &mut to)?;
        loop {
            match backup.step(512)? {
                StepResult::Done => return Ok(()),
                StepResult::More => {}
                _ => bail!(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None)),
            }
        }
    }

    fn has_the_pages_of(&self, copy: &Path) -> Result<bool> {
        if !self.is_the_file() {
            return self.has_the_rows_of(&Store::open_copy(copy)?);
        }
        let mut own = &self.handle.file;
        own.seek(SeekFrom::Start(0))?;
        same_pages(own, File::open(copy)?)
    }

    /// The same for what has no bytes on the disk.
    fn has_the_rows_of(&self, copy: &Store) -> Result<bool> {
        for table in TABLES {
            let (key, name) = (&table.columns[..table.key], table.name);
            let sql = format!("SELECT json_array({}) FROM {name} ORDER BY \"{}\"", table.list(""), key.join("\", \""));
            let (mut one, mut other) = (self.conn.prepare(&sql)?, copy.conn.prepare(&sql)?);
            let (mut ones, mut others) = (one.query([])?, other.query([])?);
            loop {
                let row = |row: Option<&rusqlite::Row<'_>>| row.map(|r| r.get::<_, String>(0)).transpose();
                match (row(ones.next()?)?, row(others.next()?)?) {
                    (None, None) => break,
                    (a, b) if a == b => {}
                    _ => return Ok(false),
                }
            }
        }
        Ok(true)
    }
}

/// Whether two files hold the same pages; SQLite counts anew, in the first, how often a file was changed.
fn same_pages(one: impl Read, other: impl Read) -> Result<bool> {
    const COUNTED: [std::ops::Range<usize>; 3] = [24..28, 40..44, 92..100];
    const PIECE: u64 = 1 << 16;
    let (mut one, mut other) = (one, other);
    for n in 0.. {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        one.by_ref().take(PIECE).read_to_end(&mut a)?;
        other.by_ref().take(PIECE).read_to_end(&mut b)?;
        if n == 0 && a.len() >= 100 && b.len() >= 100 {
            COUNTED.into_iter().flatten().for_each(|at| a[at] = b[at]);
        }
        if a != b {
            return Ok(false);
        }
        if a.is_empty() {
            break;
        }
    }
    Ok(true)
}

/// A proven copy of the file, which goes when dropped.
#[derive(Debug)]
pub struct Copy {
    scratch: Scratch,
    target: PathBuf,
}

impl Copy {
    fn path(&self) -> PathBuf {
        self.scratch.path().join("copy.db")
    }
    /// The name it would be kept under.
    pub fn target(&self) -> &Path {
        &self.target
    }
    /// Gives it its name, on the disk for good.
    pub fn keep(self) -> Result<()> {
        let target = &self.target;
        let named = fs::rename(self.path(), target).and_then(|()| File::open(folder_of(target))?.sync_all());
        named.map_err(|cause| not_made(cause.into(), target))
    }
}

/// A failure of the copy, told of the copy: the school's file was only read. A busy file is told as such.
fn not_made(cause: anyhow::Error, target: &Path) -> anyhow::Error {
    let refusal = cause.downcast_ref::<Refusal>().cloned().or_else(|| refusal_of(&cause, target));
    if refusal.as_ref().is_some_and(|refusal| refusal.reason == Reason::Busy) {
        return cause;
    }
    let file = target.display();
    let told =
        Refusal::failure(text!("la sauvegarde {file} n'a pas pu être faite", "the backup {file} could not be made"));
    let hint = text!(
        "Vérifiez la place et les droits du dossier, puis recommencez.",
        "Check the room and the permissions of the folder, then try again."
    );
    match refusal {
        Some(refusal) => cause.context(told.why(refusal.what).hint(refusal.hint.unwrap_or(hint))),
        None => cause.context(told.hint(hint)),
    }
}

/// Opens a file as a school's and examines the whole of it.
pub fn verify(path: &Path) -> Result<()> {
    examine(path, Store::is_sound)
}

/// The same for the file that was just written anew, whoever had changed it before.
pub fn verify_whole(path: &Path) -> Result<()> {
    examine(path, Store::is_whole)
}

fn examine(path: &Path, examined: fn(&Store) -> Result<bool>) -> Result<()> {
    let examined = Store::open_copy(path).and_then(|copy| examined(&copy));
    let why = match examined {
        Ok(true) => return Ok(()),
        Ok(false) => text!("son contenu est incomplet ou endommagé", "its content is incomplete or damaged"),
        Err(error) => match error.downcast_ref::<Refusal>().cloned().or_else(|| refusal_of(&error, path)) {
            Some(refusal) if refusal.reason == Reason::Busy => return Err(error),
            Some(refusal) => refusal.what,
            None => return Err(error),
        },
    };
    let file = path.display();
    bail!(
        Refusal::failure(text!("{file} n'est pas une bonne sauvegarde", "{file} is not a good backup")).why(why).hint(
            text!(
                "La base n'a pas changé ; prenez une autre sauvegarde.",
                "The database has not changed; take another backup."
            )
        )
    )
}

/// Puts a verified backup in the place of the file at `place`, which no other program has open meanwhile; the file that
/// was there is kept under the first name that `aside` gives and that is free. Gives that name.
pub fn restore(backup: &Path, place: &Path, aside: impl Fn(usize) -> PathBuf) -> Result<Option<PathBuf>> {
    verify(backup)?;
    let place = &real(place);
    let fresh = fresh_copy(backup, folder_of(place)).map_err(|cause| not_replaced(cause, place))?;
    let _alone = lock::alone(place)?;
    look_beside(place)?;
    if !place.exists() {
        fresh.persist_new(place).map_err(|cause| not_replaced(cause.into(), place))?;
        confirm(backup, place, None)?;
        return Ok(None);
    }
    refuse_second_name(place)?;
    let held = exclusive(place)?;
    let kept = (1..).map(aside).find(|kept| kept.symlink_metadata().is_err()).unwrap_or_default();
    if held.is_none() && journal_of(place).exists() {
        // Too damaged for its cut write to be taken back: its journal goes with it.
        fs::rename(journal_of(place), journal_of(&kept))?;
    }
    change_places(fresh, place, &kept).map_err(|cause| not_replaced(cause.into(), place))?;
    confirm(backup, place, Some(&kept))?;
    Ok(Some(kept))
}

fn fresh_copy(backup: &Path, folder: &Path) -> Result<Scratch> {
    let (fresh, file) = Scratch::file(folder)?;
    fs::copy(backup, fresh.path())?;
    private(fresh.path())?;
    verify(fresh.path())?;
    file.sync_all()?;
    Ok(fresh)
}

/// A failure before the change of places.
fn not_replaced(cause: anyhow::Error, place: &Path) -> anyhow::Error {
    let file = place.display();
    let told = Refusal::failure(text!("{file} n'a pas été remplacée", "{file} was not replaced")).hint(text!(
        "Vérifiez la place et les droits du dossier, puis recommencez.",
        "Check the room and the permissions of the folder, then try again."
    ));
    match cause.downcast_ref::<Refusal>().cloned().or_else(|| refusal_of(&cause, place)) {
        Some(refusal) => cause.context(told.why(refusal.what)),
        None => cause.context(told),
    }
}

/// The database's own lock, so that programs that do not know ours keep out too; a write that was cut is taken back first,
/// so that the file goes aside whole. One that is too damaged to be locked so has no such program.
fn exclusive(place: &Path) -> Result<Option<Connection>> {
    let held = connect(place, Access::Write).and_then(|conn| {
        conn.execute_batch("BEGIN EXCLUSIVE")?;
        Ok(conn)
    });
    match held {
        Ok(conn) => Ok(Some(conn)),
        Err(error) if refusal_of(&error, place).is_some_and(|refusal| refusal.reason == Reason::Busy) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Gives a new file the name `place`, and the one that was there the name `aside`, which must be free.
fn change_places(fresh: Scratch, place: &Path, aside: &Path) -> std::io::Result<()> {
    let scratch = fresh.path().to_owned();
    // Under its name to come already when the two change names: no moment is without a base, and none has two names.
    fresh.persist_new(aside)?;
    if exchanged(aside, place) {
        return Ok(());
    }
    fs::rename(aside, &scratch)?;
    let kept = fs::hard_link(place, aside).or_else(|error| match error.kind() {
        ErrorKind::AlreadyExists => Err(error),
        _ => fs::copy(place, aside).map(|_| ()),
    });
    kept.and_then(|()| fs::rename(&scratch, place)).inspect_err(|_| {
        let _ = fs::remove_file(&scratch);
    })
}

/// Flushes the folder: what fails from here on fails after the change of places.
fn confirm(backup: &Path, place: &Path, kept: Option<&Path>) -> Result<()> {
    let Err(cause) = File::open(folder_of(place)).and_then(|folder| folder.sync_all()) else { return Ok(()) };
    let (base, source) = (place.display(), backup.display());
    let told = Refusal::failure(text!(
        "{base} est bien remplacée par {source}, mais le disque ne l'a pas confirmé",
        "{base} is replaced by {source}, but the disk has not confirmed it"
    ));
    let told = match kept.map(Path::display) {
        Some(kept) => told.why(text!("l'ancienne base est gardée : {kept}", "the replaced database is kept: {kept}")),
        None => told,
    };
    Err(anyhow::Error::new(cause).context(told.hint(text!("Vérifiez avec : fil log", "Look with: fil log"))))
}

#[cfg(test)]
mod tests {
    use super::Examined;
    use crate::ops::tests::School;
    use crate::store::Access;

    #[test]
    fn a_backup_holds_the_same_school_and_brings_it_back() {
        let mut school = School::open();
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.db");
        let before = school.store.dump().unwrap();
        school.store.backup(&target, Examined::Whole).unwrap();
        assert!(school.store.backup(&target, Examined::Whole).is_err());
        school.must(crate::domain::Kind::Notes, &[("trainee", "ferre-amelie"), ("date", "2018-12-05"), ("text", "x")]);
        let place = school.store.path().to_owned();
        let kept = super::restore(&target, &place, |_| place.with_extension("before-restore.db")).unwrap().unwrap();
        assert!(kept.exists());
        let back = super::Store::open(&place, Access::Read).unwrap();
        assert!(back.dump().unwrap() == before);
    }

    #[test]
    fn a_truncated_backup_is_refused_and_the_file_kept() {
        let school = School::open();
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.db");
        school.store.backup(&target, Examined::Whole).unwrap();
        let bytes = std::fs::read(&target).unwrap();
        std::fs::write(&target, &bytes[..bytes.len() / 2]).unwrap();
        let place = school.store.path().to_owned();
        let before = std::fs::read(&place).unwrap();
        assert!(super::restore(&target, &place, |_| place.with_extension("aside.db")).is_err());
        assert!(std::fs::read(&place).unwrap() == before);
    }
}
