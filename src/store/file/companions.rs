//! What lies beside a file under the names that SQLite would take for a part of it: looked at before SQLite is, because it
//! would apply them to whatever file they lie beside.

use super::on_disk::journal_of;
use super::once::Handle;
use super::rollback::{self, Found, Head, Journal};
use crate::domain::{Refusal, Text};
use crate::text;
use anyhow::{Result, bail};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What the journal beside a file tells of it.
#[derive(Debug)]
pub(super) enum Interrupted {
    /// No write was cut.
    No,
    /// A program is writing at this moment.
    UnderWay,
    /// A write was cut, and this takes it back.
    By(File, Journal),
}

/// Refuses a file beside which lies something that is not its own; the journal of its own cut write is given.
pub(super) fn inspect(path: &Path, base: Option<(&Handle, &Head)>) -> Result<Interrupted> {
    refuse_write_ahead(path, base.map(|(_, head)| head))?;
    let journal = journal_of(path);
    // Between two looks a program may end its write, or begin one.
    for _ in 0..50 {
        if !is_there(&journal) {
            return Ok(Interrupted::No);
        }
        if !journal.is_file() {
            bail!(broken(path, &journal));
        }
        if base.is_some_and(|(handle, _)| is_being_written(handle)) {
            return Ok(Interrupted::UnderWay);
        }
        match File::open(&journal).and_then(|file| Ok((rollback::read(&file)?, file))) {
            Ok((Found::Nothing, _)) => return Ok(Interrupted::No),
            Ok((Found::Whole(found), file)) if base.is_some_and(|(_, head)| found.is_of(head)) => {
                return Ok(Interrupted::By(file, found));
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(closed(path, &journal)),
            Ok(_) | Err(_) => {}
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let whole = File::open(&journal).and_then(|file| rollback::read(&file));
    bail!(if matches!(whole, Ok(Found::Whole(_))) { foreign(path, &journal) } else { broken(path, &journal) })
}

/// A write-ahead log is never ours: this program keeps none.
fn refuse_write_ahead(path: &Path, head: Option<&Head>) -> Result<()> {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (log, index) = (beside("-wal"), beside("-shm"));
    let log = Some(log).filter(|log| is_there(log));
    if let Some(found) = log.or(Some(index).filter(|index| index.symlink_metadata().is_ok())) {
        let (file, found) = (path.display(), found.display());
        bail!(
            Refusal::failure(text!("{found} n'est pas à Fil", "{found} is not Fil's"))
                .why(text!(
                    "ouvrir {file} à côté pourrait l'écraser avec le contenu d'une autre base ; rien n'a été touché",
                    "opening {file} beside it could overwrite it with another database; nothing was touched"
                ))
                .hint(text!(
                    "Fermez tout autre programme qui l'ouvre ; si {found} reste, déplacez-le, puis recommencez.",
                    "Close any other program that has it open; if {found} stays, move it away, then try again."
                ))
        );
    }
    if let Some(head) = head
        && (head[18] > 1 || head[19] > 1)
    {
        let file = path.display();
        bail!(
            Refusal::failure(text!(
                "un autre programme a changé la façon dont {file} s'écrit",
                "another program changed the way in which {file} is written"
            ))
            .why(text!(
                "une partie de ses données peut être restée ailleurs (mode WAL) ; rien n'a été touché",
                "a part of its data may lie elsewhere (WAL mode); nothing was touched"
            ))
            .hint(text!(
                "Avec ce programme : sqlite3 {file} 'PRAGMA journal_mode=DELETE' ; sinon mettez {file} de côté, puis : fil restore SAUVEGARDE",
                "With that program: sqlite3 {file} 'PRAGMA journal_mode=DELETE'; else put {file} aside, then: fil restore BACKUP"
            ))
        );
    }
    Ok(())
}

fn closed(path: &Path, journal: &Path) -> Refusal {
    let (file, found) = (path.display(), journal.display());
    Refusal::failure(text!(
        "la dernière écriture dans {file} a été interrompue",
        "the last write to {file} was interrupted"
    ))
    .why(text!(
        "il faut lire {found} pour la défaire, et vous ne le pouvez pas",
        "taking it back needs {found}, which you may not read"
    ))
    .hint(text!(
        "Qui peut écrire dans la base la défait en enregistrant n'importe quoi.",
        "Whoever may write to the database takes it back by recording anything."
    ))
}

fn foreign(path: &Path, journal: &Path) -> Refusal {
    let (file, found) = (path.display(), journal.display());
    Refusal::failure(text!("{found} n'est pas le journal de cette base", "{found} is not the journal of this database"))
        .why(text!(
            "il vient d'une autre base ou d'une copie : l'appliquer abîmerait {file} ; rien n'a été touché",
            "it comes from another database or a copy: applying it would damage {file}; nothing was touched"
        ))
        .hint(move_away(found.to_string()))
}

fn broken(path: &Path, journal: &Path) -> Refusal {
    let (file, found) = (path.display(), journal.display());
    Refusal::failure(text!("{found} est incomplet ou illisible", "{found} is incomplete or unreadable"))
        .why(text!(
            "s'il vient d'une écriture interrompue dans {file}, elle ne peut plus être défaite ; rien n'a été touché",
            "if it comes from an interrupted write to {file}, that can't be taken back any more; nothing was touched"
        ))
        .hint(text!(
            "Mettez {found} de côté, puis : fil doctor ; au moindre dommage : fil restore SAUVEGARDE",
            "Put {found} aside, then: fil doctor; at any damage: fil restore BACKUP"
        ))
}

fn move_away(found: String) -> Text {
    text!("Déplacez {found} hors de ce dossier, puis recommencez.", "Move {found} out of this folder, then try again.")
}

/// Refuses a file whose other name has a journal that is not empty: under this name SQLite would not see it.
pub(super) fn refuse_journal_of(path: &Path, others: &[PathBuf]) -> Result<()> {
    let Some(other) = others.iter().find(|other| is_there(&journal_of(other))) else { return Ok(()) };
    let (file, other) = (path.display(), other.display());
    bail!(
        Refusal::failure(text!(
            "{file} est aussi {other}, où une écriture n'est pas finie",
            "{file} is also {other}, where a write is not finished"
        ))
        .why(text!(
            "sous ce nom, elle ne se verrait pas ; rien n'a été touché",
            "under this name it would not be seen; nothing was touched"
        ))
        .hint(text!(
            "Retirez ce nom-ci (le contenu reste), puis : fil --db {other} status",
            "Remove this name (the content stays), then: fil --db {other} status"
        ))
    )
}

/// As SQLite sees it: an empty file is none.
fn is_there(path: &Path) -> bool {
    path.metadata().is_ok_and(|meta| !meta.is_file() || meta.len() > 0)
}

/// Whether another program holds a lock for writing on the file, as SQLite places them.
#[cfg(unix)]
fn is_being_written(base: &Handle) -> bool {
    use rustix::process::{Flock, FlockType, fcntl_getlk};
    let lock = Flock { start: 0x4000_0000, length: 512, ..Flock::from(FlockType::ReadLock) };
    fcntl_getlk(&base.file, &lock).is_ok_and(|held| held.is_some())
}

/// Elsewhere a journal that another program writes can't be opened.
#[cfg(not(unix))]
fn is_being_written(_: &Handle) -> bool {
    false
}
