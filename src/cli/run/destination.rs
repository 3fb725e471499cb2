//! Where data go: standard output, a file, or a folder with predictable names; files whole or not at all.

use super::answer::Fate;
use super::env::Env;
use super::interrupt::UnderWay;
use crate::cli::parser::flags::{self, Flag, Group};
use crate::cli::parser::matches::Matches;
use crate::domain::{Refusal, Text};
use crate::sheet::Format;
use crate::text;
use anyhow::Context;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where data go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// This file.
    File(PathBuf),
    /// Files under this folder, named after what they hold.
    Folder(PathBuf),
}

/// Whether a file that holds something else may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It is kept and the write refused.
    Keep,
    /// `--force`.
    Replace,
}

/// Where and how the data of one command go, known before its work begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Where.
    pub target: Target,
    /// In which format.
    pub format: Format,
    /// Whether an existing file may be replaced.
    pub existing: Existing,
}

impl Destination {
    /// What `-o`, `-f` and `--force` ask for, where `own` are the flags of the command.
    pub fn of(env: &Env, own: &[&[Flag]], matches: &Matches) -> Result<Destination, Refusal> {
        // A command may have an `-o` or `-f` of its own, which is then its own business.
        let shared = |flag: &Flag| {
            let mut known = own.iter().copied().flatten().filter(|known| known.id == flag.id);
            known.next().is_some_and(|known| known.group == Group::Shared)
        };
        let given = |flag: &Flag| if shared(flag) { matches.text(flag) } else { None };
        let asked = given(&flags::FORMAT).map(Format::parse).transpose()?;
        let target = match given(&flags::OUTPUT) {
            None | Some("-") => Target::Stdout,
            Some(name) => target(env, name)?,
        };
        let format = match (&target, asked) {
            (_, Some(format)) => format,
            (Target::File(path), None) => Format::from_path(path)?,
            (Target::Stdout, None) => Format::Table,
            (Target::Folder(_), None) => Format::Csv,
        };
        let existing = if matches.has(&flags::FORCE) { Existing::Replace } else { Existing::Keep };
        Ok(Destination { target, format, existing })
    }
}

fn target(env: &Env, name: &str) -> Result<Target, Refusal> {
    if name.trim().is_empty() || name.contains('\0') {
        return Err(Refusal::usage(text!("--output ne nomme aucun fichier", "--output names no file")));
    }
    let path = env.file(name);
    let folder = name.ends_with('/') || (cfg!(windows) && name.ends_with('\\')) || path.is_dir();
    Ok(if folder { Target::Folder(path) } else { Target::File(path) })
}

/// A file name made of data: letters, digits, dots and dashes only, never a path and never a reserved name.
pub fn file_name(parts: &[String], format: Format) -> String {
    let clean = |part: &String| {
        let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        let plain = unaccented(part);
        let name: String = plain.chars().map(safe).take(80).collect();
        name.trim_matches(['.', '-']).to_owned()
    };
    let stem = parts.iter().map(clean).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let reserved = ["con", "prn", "aux", "nul"].contains(&stem.to_lowercase().as_str())
        || (stem.len() == 4 && ["com", "lpt"].contains(&stem[..3].to_lowercase().as_str()));
    let stem = if stem.is_empty() || reserved { format!("fil_{stem}") } else { stem };
    format!("{}.{}", stem.trim_end_matches('_'), format.extension())
}

fn unaccented(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

/// Writes a file whole or not at all: a private temporary file beside it, flushed to the disk, then renamed.
/// A file that already holds these bytes is left alone; one that holds others is kept unless it may be replaced.
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> anyhow::Result<Fate> {
    match fs::read(path) {
        Ok(old) if old == bytes => return Ok(Fate::Unchanged),
        Ok(_) if existing == Existing::Keep => return Err(exists(path).into()),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| not_written(path)),
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".fil-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .with_context(|| not_written(path))?;
    let _guard = UnderWay::new(file.path());
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).with_context(|| not_written(path))?;
    let renamed = match existing {
        Existing::Replace => file.persist(path),
        Existing::Keep => file.persist_noclobber(path),
    };
    match renamed {
        Ok(_) => {}
        // Another program was faster: the same bytes are fine, others are refused like any existing file.
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            let same = fs::read(path).is_ok_and(|old| old == bytes);
            return if same { Ok(Fate::Unchanged) } else { Err(exists(path).into()) };
        }
        Err(error) if held_open(&error.error) => return Err(in_excel(path).into()),
        Err(error) => return Err(error.error).with_context(|| not_written(path)),
    }
    sync_folder(folder).with_context(|| unconfirmed(path))?;
    Ok(Fate::Written)
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

fn not_written(path: &Path) -> Text {
    let file = path.display();
    text!("« {file} » n'a pas pu être écrit", "“{file}” could not be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[&str], want: &str) {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        assert_eq!(file_name(&parts, Format::Csv), want);
    }

    #[test]
    fn names_made_of_data_never_leave_their_folder() {
        check(&["2018-11", "ROM-2018-11", "stagiaires"], "2018-11_ROM-2018-11_stagiaires.csv");
        check(&["../../x"], "x.csv");
        check(&["/etc/x", "a\0b"], "etc-x_a-b.csv");
        check(&["CON"], "fil_CON.csv");
        check(&["COM1"], "fil_COM1.csv");
        check(&["..."], "fil.csv");
        check(&["Été…"], "Ete.csv");
        assert!(file_name(&["x".repeat(300)], Format::Csv).len() < 100);
    }

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
