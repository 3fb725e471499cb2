//! Files written whole or not at all.

use super::special_file::{self, not_written};
use crate::domain::{Refusal, Text};
use crate::store::file::scratch::{Scratch, sweep_folder};
use crate::text;
use anyhow::Context as _;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new, or replaced.
    Written,
    /// It already held the same bytes.
    Unchanged,
}

/// Whether a file that holds something else may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It is kept and the write refused.
    Keep,
    /// `--force`.
    Replace,
}

/// Writes a file whole or not at all: a private temporary file beside it, flushed to the disk, then renamed.
/// A file that already holds these bytes is left alone; one that holds others is kept unless it may be replaced.
/// What is no file, as `/dev/stdout`, is written to once.
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> anyhow::Result<Fate> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => {
            return special_file::write(path, &found, bytes).map(|()| Fate::Written);
        }
        Ok(_) if holds(path, bytes) => return Ok(Fate::Unchanged),
        Ok(_) if existing == Existing::Keep => return Err(exists(path).into()),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| not_written(path)),
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sweep_folder(folder);
    let (scratch, mut file) = Scratch::file(folder).with_context(|| not_written(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(|| not_written(path))?;
    let renamed = match existing {
        Existing::Replace => scratch.persist(path),
        Existing::Keep => scratch.persist_new(path),
    };
    match renamed {
        Ok(()) => {}
        // Another program was faster: the same bytes are fine, others are refused like any existing file.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return if holds(path, bytes) { Ok(Fate::Unchanged) } else { Err(exists(path).into()) };
        }
        Err(error) if held_open(&error) => return Err(in_excel(path).into()),
        Err(error) => return Err(error).with_context(|| not_written(path)),
    }
    sync_folder(folder).with_context(|| unconfirmed(path))?;
    Ok(Fate::Written)
}

/// Whether a path is a file with exactly these bytes. What is no file is never read: it might not end.
pub fn holds(path: &Path, bytes: &[u8]) -> bool {
    let as_long = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    as_long && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Makes a folder (and those above it) when it is not there.
pub fn make_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| not_written(path))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Windows says so when another program has the file open.
fn held_open(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

fn in_excel(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::busy(text!("« {file} » est ouvert dans un autre programme", "“{file}” is open in another program"))
        .why(text!("Rien n'est perdu : l'ancien fichier est intact.", "Nothing is lost: the old file is intact."))
        .hint(text!("Fermez-le dans Excel, puis relancez.", "Close it in Excel, then run this again."))
}

fn exists(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::failure(text!(
        "« {file} » existe déjà et contient autre chose",
        "“{file}” already exists and holds something else"
    ))
    .why(text!("Il n'a pas été touché.", "It was not touched."))
    .hint(text!("Pour le remplacer : ajoutez --force", "To replace it: add --force"))
}

/// In its place, and perhaps not there any more after a power cut.
pub fn unconfirmed(path: &Path) -> Text {
    let file = path.display();
    text!(
        "« {file} » est écrit, mais le disque ne l'a pas confirmé",
        "“{file}” is written, but the disk has not confirmed it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_kept_and_replaced_only_on_demand() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        assert_eq!(write(&path, b"1", Existing::Keep).unwrap(), Fate::Written);
        assert_eq!(write(&path, b"1", Existing::Keep).unwrap(), Fate::Unchanged);
        let refusal = write(&path, b"2", Existing::Keep).unwrap_err();
        assert!(refusal.downcast_ref::<Refusal>().unwrap().hint.as_ref().unwrap().en.contains("--force"));
        assert_eq!(fs::read(&path).unwrap(), b"1");
        assert_eq!(write(&path, b"2", Existing::Replace).unwrap(), Fate::Written);
        assert_eq!(fs::read(&path).unwrap(), b"2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_written_file_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, b"1", Existing::Keep).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
