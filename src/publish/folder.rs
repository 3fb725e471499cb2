//! A report's folder, written whole or not at all beside what is not the report's: made apart, flushed, swapped in.

use super::manifest::{MANIFEST, Manifest};
use crate::domain::{Refusal, Text};
use crate::ops::special_file;
use crate::ops::written_file::{Fate, holds, make_folder, unconfirmed};
use crate::report::manifest::{ExportFile, sha256};
use crate::store::file::scratch::{Scratch, sweep_folder};
use crate::store::file::swap::{self, Halted};
use crate::text;
use anyhow::{Context as _, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What may make way for a report in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MakesWay {
    /// Nothing: another content is kept and the write refused.
    Nothing,
    /// A provisional report, as the program wrote it.
    Provisional,
    /// A draft, as the program wrote it.
    Draft,
    /// `--force`: any report. Files that are none of it stay all the same.
    AnyReport,
}

/// Writes the files of an export as the folder `name` under `place`. Files of a report that makes way are replaced;
/// whatever else lies in the folder stays there.
pub fn write(place: &Path, name: &str, files: &[ExportFile], makes_way: MakesWay) -> Result<Fate> {
    make_folder(place)?;
    let target = real(&place.join(name));
    let place = target.parent().unwrap_or(place);
    if same(&target, files) {
        return Ok(Fate::Unchanged);
    }
    let occupant = admitted(&target, files, makes_way)?;
    sweep_folder(place);
    let scratch = Scratch::folder(place).with_context(|| not_written(&target))?;
    // Under the name of the folder itself, which a link may call otherwise.
    let fresh = scratch.path().join(target.file_name().unwrap_or(name.as_ref()));
    fs::create_dir(&fresh).with_context(|| not_written(&target))?;
    for file in files {
        put(&fresh.join(&file.name), &file.bytes).with_context(|| not_written(&target))?;
    }
    File::open(&fresh).and_then(|folder| folder.sync_all()).with_context(|| not_written(&target))?;
    match occupant {
        None => fs::rename(&fresh, &target).with_context(|| not_written(&target))?,
        Some(occupant) => replace(scratch.path(), &target, &occupant.own)?,
    }
    File::open(place).and_then(|folder| folder.sync_all()).with_context(|| unconfirmed(&target))?;
    Ok(Fate::Written)
}

/// Refuses when the folder exists with other content that does not make way.
pub fn check(target: &Path, files: &[ExportFile], makes_way: MakesWay) -> Result<()> {
    let target = real(target);
    if !same(&target, files) {
        admitted(&target, files, makes_way)?;
    }
    Ok(())
}

/// A folder that is a link is the folder behind it.
fn real(target: &Path) -> PathBuf {
    match fs::canonicalize(target) {
        Ok(behind) if target.is_symlink() => behind,
        _ => target.to_owned(),
    }
}

/// What stands where a report is to go.
struct Occupant {
    /// Whether it is a provisional report as its own manifest says.
    provisional: bool,
    /// Whether it is a closed one.
    closed: bool,
    /// Whether it is a draft.
    draft: bool,
    /// The names of the report's files.
    own: BTreeSet<String>,
    /// Those whose bytes are no longer the ones written.
    changed: BTreeSet<String>,
    /// What the program did not write.
    foreign: BTreeSet<String>,
}

impl Occupant {
    /// Reads a folder. Where no manifest says which files are the report's, those of the report to come are.
    fn read(target: &Path, files: &[ExportFile]) -> Result<Occupant> {
        let manifest = special_file::read(&target.join(MANIFEST)).ok().and_then(|bytes| Manifest::of(&bytes));
        let manifest = manifest.filter(|m| m.program.as_deref() == Some("fil"));
        let status = manifest.as_ref().and_then(|m| m.status.as_deref());
        let names = || files.iter().map(|f| (f.name.clone(), String::new())).collect();
        let mut known: BTreeMap<String, String> =
            manifest.as_ref().map_or_else(names, |m| m.files.iter().cloned().collect());
        known.entry(MANIFEST.to_owned()).or_default();
        let mut found = Occupant {
            provisional: status == Some("provisional"),
            closed: status == Some("closed"),
            draft: status == Some("draft"),
            own: BTreeSet::new(),
            changed: BTreeSet::new(),
            foreign: BTreeSet::new(),
        };
        for entry in fs::read_dir(target)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let written = known.get(&name).filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file()));
            let Some(written) = written else {
                found.foreign.insert(name);
                continue;
            };
            let intact = match manifest {
                Some(_) if name == MANIFEST => true,
                _ => special_file::read(&entry.path()).is_ok_and(|bytes| sha256(&bytes) == *written),
            };
            if !intact {
                found.changed.insert(name.clone());
            }
            found.own.insert(name);
        }
        Ok(found)
    }
    /// Whether it may be replaced; a file that is none of the report's is never replaced.
    fn gives_way(&self, files: &[ExportFile], makes_way: MakesWay) -> bool {
        let untouched = self.changed.is_empty() && self.foreign.is_empty();
        let clash = files.iter().any(|file| self.foreign.contains(&file.name));
        match makes_way {
            MakesWay::Nothing => false,
            MakesWay::Provisional => self.provisional && untouched,
            MakesWay::Draft => self.draft && untouched,
            MakesWay::AnyReport => !clash,
        }
    }
    fn refusal(&self, target: &Path, makes_way: MakesWay) -> Refusal {
        let shown = target.display();
        let mut why = Vec::new();
        if !self.foreign.is_empty() {
            let names = list(&self.foreign);
            why.push(text!(
                "ce programme n'y a pas écrit : {names}",
                "this program did not write these in it: {names}"
            ));
        }
        if !self.changed.is_empty() {
            let names = list(&self.changed);
            why.push(text!("modifiés depuis leur export : {names}", "changed since their export: {names}"));
        }
        if self.closed {
            why.push(text!("c'est un rapport clos", "it is a closed report"));
        }
        if self.closed || why.is_empty() {
            why.push(text!(
                "un rapport déjà envoyé ne doit pas changer en silence",
                "a report that was sent must not change silently"
            ));
        }
        let join = |of: fn(&Text) -> &str, by: &str| why.iter().map(of).collect::<Vec<_>>().join(by);
        let (fr, en) = (join(|t| &t.fr, " ; "), join(|t| &t.en, "; "));
        Refusal::failure(text!(
            "{shown} existe déjà avec un autre contenu",
            "{shown} exists already with other content"
        ))
        .why(text!("{fr}", "{en}"))
        .hint(if makes_way == MakesWay::AnyReport {
            text!(
                "Le rapport a besoin d'un de ces noms : déplacez le fichier.",
                "The report needs one of these names: move that file away."
            )
        } else {
            text!(
                "Gardez-le, ou ajoutez --force : le rapport est remplacé, tout autre fichier reste.",
                "Keep it, or add --force: the report is replaced, any other file stays."
            )
        })
    }
}

/// How many names a refusal gives.
const NAMES_SHOWN: usize = 5;

fn list(names: &BTreeSet<String>) -> String {
    let mut shown: Vec<&str> = names.iter().take(NAMES_SHOWN).map(String::as_str).collect();
    if names.len() > NAMES_SHOWN {
        shown.push("…");
    }
    shown.join(", ")
}

/// The report that makes way, where there is one; refuses when what is there does not.
fn admitted(target: &Path, files: &[ExportFile], makes_way: MakesWay) -> Result<Option<Occupant>> {
    if !target.exists() {
        return Ok(None);
    }
    if !target.is_dir() {
        let shown = target.display();
        bail!(
            Refusal::failure(text!("{shown} existe et n'est pas un dossier", "{shown} exists and is not a folder"))
                .hint(text!(
                    "Déplacez-le, ou choisissez une autre place : -o",
                    "Move it away, or choose another place: -o"
                ))
        );
    }
    let occupant = Occupant::read(target, files).with_context(|| not_written(target))?;
    if !occupant.gives_way(files, makes_way) {
        bail!(occupant.refusal(target, makes_way));
    }
    Ok(Some(occupant))
}

/// Swaps the new folder in, takes over what is not the report's, and removes the old report file by file.
fn replace(scratch: &Path, target: &Path, own: &BTreeSet<String>) -> Result<()> {
    swap::replace(scratch, target, own).map_err(|halted| match halted {
        Halted::Before(error) => anyhow::Error::new(error).context(not_written(target)),
        Halted::After(old, error) => {
            let (shown, old) = (target.display(), old.display());
            anyhow::Error::new(error).context(text!(
                "{shown} est écrit, mais des fichiers qui n'en sont pas sont restés dans {old}",
                "{shown} is written, but files that are none of it stayed in {old}"
            ))
        }
    })
}

fn not_written(target: &Path) -> Text {
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

/// Whether a folder holds these files with exactly these bytes, whatever else lies beside them.
fn same(folder: &Path, files: &[ExportFile]) -> bool {
    let equal = |f: &ExportFile| holds(&folder.join(&f.name), &f.bytes);
    folder.is_dir() && files.iter().all(equal)
}
