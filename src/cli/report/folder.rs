//! A folder of files written whole or not at all: made beside its place, flushed, then renamed.

use crate::cli::answer::Fate;
use crate::cli::destination::{Existing, make_folder, unconfirmed};
use crate::cli::interrupt::UnderWay;
use crate::domain::Refusal;
use crate::report::manifest::ExportFile;
use crate::text;
use anyhow::{Context as _, Result, bail};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

/// Writes the files of an export as the folder `name` under `place`.
pub fn write(place: &Path, name: &str, files: &[ExportFile], existing: Existing) -> Result<Fate> {
    make_folder(place)?;
    let target = place.join(name);
    if target.exists() && same(&target, files)? {
        return Ok(Fate::Unchanged);
    }
    check(&target, files, existing)?;
    let scratch = tempfile::Builder::new().prefix(".fil-").tempdir_in(place).with_context(|| not_written(&target))?;
    let _guard = UnderWay::new(scratch.path());
    let fresh = scratch.path().join(name);
    fs::create_dir(&fresh).with_context(|| not_written(&target))?;
    for file in files {
        put(&fresh.join(&file.name), &file.bytes).with_context(|| not_written(&target))?;
    }
    File::open(&fresh).and_then(|folder| folder.sync_all()).with_context(|| not_written(&target))?;
    put_in_place(&fresh, &target, &scratch.path().join("old")).with_context(|| not_written(&target))?;
    File::open(place).and_then(|folder| folder.sync_all()).with_context(|| unconfirmed(&target))?;
    Ok(Fate::Written)
}

/// Refuses when the folder exists with other content that is to be kept.
pub fn check(target: &Path, files: &[ExportFile], existing: Existing) -> Result<()> {
    if existing == Existing::Replace || !target.exists() || same(target, files)? {
        return Ok(());
    }
    let shown = target.display();
    bail!(
        Refusal::failure(text!(
            "{shown} existe déjà avec un autre contenu",
            "{shown} exists already with other content"
        ))
        .why(text!(
            "un rapport déjà envoyé ne doit pas changer en silence",
            "a report that was sent must not change silently"
        ))
        .hint(text!("Gardez-le, ou remplacez-le avec --force.", "Keep it, or replace it with --force."))
    )
}

/// The bytes of the manifest of a folder, where there is one.
pub fn manifest(target: &Path) -> Option<Vec<u8>> {
    fs::read(target.join("manifest.json")).ok()
}

/// Whether a folder holds a report that its own manifest calls provisional.
pub fn is_provisional(target: &Path) -> bool {
    let manifest: Option<serde_json::Value> = manifest(target).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    manifest.is_some_and(|m| m["program"] == "fil" && m["status"] == "provisional")
}

/// Names the new folder; the old one leaves only once the new one is whole, and is removed with the scratch folder.
fn put_in_place(fresh: &Path, target: &Path, old: &Path) -> std::io::Result<()> {
    if !target.exists() {
        return fs::rename(fresh, target);
    }
    if exchanged(fresh, target) {
        return Ok(());
    }
    fs::rename(target, old)?;
    fs::rename(fresh, target).inspect_err(|_| {
        let _ = fs::rename(old, target);
    })
}

/// Gives both folders each other's name at once, so that no moment is without one; not every system can.
#[cfg(target_os = "linux")]
fn exchanged(fresh: &Path, target: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

fn not_written(target: &Path) -> crate::domain::Text {
    let shown = target.display();
    text!("{shown} n'a pas pu être écrit ; rien n'a été remplacé", "{shown} could not be written; nothing was replaced")
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}

/// Whether a folder holds exactly these files with exactly these bytes.
fn same(folder: &Path, files: &[ExportFile]) -> Result<bool> {
    if !folder.is_dir() {
        return Ok(false);
    }
    let count = fs::read_dir(folder)?.count();
    let equal = |f: &ExportFile| fs::read(folder.join(&f.name)).is_ok_and(|bytes| bytes == f.bytes);
    Ok(count == files.len() && files.iter().all(equal))
}
