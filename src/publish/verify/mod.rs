//! A folder that was sent: its files against its manifest, its root, its place after an earlier one, its arithmetic, and
//! its figures against the records; a close as the file keeps it.

mod arithmetic;
mod chain;
mod checks;
mod records;

pub use chain::close_of;

use super::inspect::sections_as_sent;
use super::kept_close::faults;
use super::manifest::{MANIFEST, Manifest, damaged, names};
use crate::domain::{Act, Date};
use crate::ops::special_file;
use crate::report::manifest::{root_of, sha256};
use crate::report::note::Standing;
use crate::sheet::{Format, Sheet};
use crate::store::Store;
use crate::store::sent::Close;
use anyhow::Result;
use checks::Checks;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a folder says of itself.
pub struct Claim {
    /// Whether its figures may still change.
    pub standing: Standing,
    source: Source,
    database: String,
    funder: String,
    from: Date,
    to: Date,
    as_of: Date,
    format: Format,
    files: Vec<(String, String)>,
    sha256: String,
    document: Map<String, Value>,
}

impl Claim {
    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// A refusal when there is none, or when it does not say all that a verification needs.
    pub fn read(folder: &Path) -> Result<Claim> {
        Ok(Claim::of(Source::Folder(folder.to_owned()), Manifest::read(folder)?).ok_or_else(|| damaged(folder))?)
    }

    fn of(source: Source, manifest: Manifest) -> Option<Claim> {
        let [from, to, as_of] = manifest.days?;
        Some(Claim {
            standing: match manifest.status?.as_str() {
                "closed" => Standing::Closed,
                "provisional" => Standing::Provisional,
                "draft" => Standing::Draft,
                _ => return None,
            },
            source,
            database: manifest.database?,
            funder: manifest.funder?,
            from,
            to,
            as_of,
            format: manifest.format?,
            files: manifest.files,
            sha256: manifest.sha256,
            document: manifest.document,
        })
    }
}

/// Where the files lie.
enum Source {
    Folder(PathBuf),
    Kept(BTreeMap<String, Vec<u8>>),
}

impl Claim {
    /// The bytes of one of its files.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        match &self.source {
            Source::Folder(folder) => read(folder, name),
            Source::Kept(files) => files.get(name).cloned(),
        }
    }
}

/// The bytes of a file of a folder, and of no other.
fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
    if is_plain(name) { special_file::read(&folder.join(name)).ok() } else { None }
}

/// What a verification found.
pub struct Verified {
    /// The checks, a row each.
    pub checks: Sheet,
    /// Names in the folder that its manifest does not list, in order.
    pub unlisted: Vec<String>,
    /// Whether the folder comes from another database, so that its figures cannot be computed.
    pub from_elsewhere: bool,
    /// How many checks failed.
    pub failed: usize,
}

/// What a verification has besides the folder itself.
#[derive(Default)]
pub struct Against<'a> {
    /// The school's file, where it is at hand.
    pub store: Option<&'a Store>,
    /// An earlier folder that this one must come after.
    pub after: Option<&'a Path>,
    /// A line that was opened: its file, and the bytes.
    pub opened: Option<(&'a Path, &'a [u8])>,
}

/// Verifies a folder: its files against its manifest, its root and its arithmetic; with the school's file also its figures
/// against the records, and what the file keeps of it.
pub fn verify(claim: &Claim, against: &Against<'_>) -> Result<Verified> {
    let mut checks = Checks::none();
    hashes(claim, &mut checks);
    let mut unlisted = if let Source::Folder(folder) = &claim.source { names(folder)? } else { Vec::new() };
    unlisted.retain(|name| name != MANIFEST && claim.files.iter().all(|(listed, _)| listed != name));
    for name in &unlisted {
        checks.fail("unlisted", name, ["", ""]);
    }
    chain::of_folder(claim, &mut checks);
    if let Some(earlier) = against.after {
        chain::after(claim, earlier, &mut checks);
    }
    if let Some((file, bytes)) = against.opened {
        chain::opened(file, bytes, root_of(&claim.document).unwrap_or_default(), &mut checks);
    }
    arithmetic::check(claim, &sections_as_sent(against.store, Some(&claim.funder))?, &mut checks);
    let mut from_elsewhere = false;
    if let Some(store) = against.store {
        let here = store.database()?;
        from_elsewhere = claim.database != here;
        if from_elsewhere {
            checks.fail("figures", "", [&claim.database, &here]);
        } else {
            records::figures(store, claim, &mut checks)?;
        }
    }
    let failed = checks.failed();
    Ok(Verified { checks: checks.sheet, unlisted, from_elsewhere, failed })
}

/// Checks that a line which was opened is one of those behind a kept close.
pub fn verify_opened(close: &Close, (file, bytes): (&Path, &[u8])) -> Verified {
    let mut checks = Checks::none();
    chain::opened(file, bytes, close.root.as_deref().unwrap_or_default(), &mut checks);
    let failed = checks.failed();
    Verified { checks: checks.sheet, unlisted: Vec::new(), from_elsewhere: false, failed }
}

/// How the figures of a kept close compare with the records of then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recomputed {
    /// Every figure is the same.
    Same,
    /// So many cells are others, though the rules are the same: records changed behind the program's back.
    Differs(usize),
    /// So many cells are others: changes of another program were kept since, as an operation says.
    Adopted(usize),
    /// So many cells are others under the rules of this program, which are not those of then.
    OtherRules(usize),
    /// It cannot be read.
    Unreadable,
}

/// A close as the file keeps it.
pub struct KeptClose {
    /// What of it is not what was issued, by name.
    pub faults: Vec<String>,
    /// Its figures against the records.
    pub recomputed: Recomputed,
}

/// A close as the file keeps it, against its tree of hashes and against the records of then.
pub fn kept_close(store: &Store, close: &Close) -> Result<KeptClose> {
    let faults = faults(store, close)?;
    let files: BTreeMap<String, Vec<u8>> =
        store.close_files(close.number)?.into_iter().map(|file| (file.name, file.bytes)).collect();
    let manifest = files.get(MANIFEST).and_then(|bytes| Manifest::of(bytes));
    let Some(claim) = manifest.and_then(|manifest| Claim::of(Source::Kept(files), manifest)) else {
        return Ok(KeptClose { faults, recomputed: Recomputed::Unreadable });
    };
    let mut checks = Checks::none();
    let then = store.as_left_by(close.op.before())?;
    let definitions = records::compare(&then, &claim, &mut checks)?;
    let same_rules = close.root.is_some() && definitions.as_ref() == Some(&close.definitions);
    let recomputed = match checks.failed() {
        0 => Recomputed::Same,
        cells if store.last_of(Act::Adopt, close.op, store.newest_operation()?)?.is_some() => {
            Recomputed::Adopted(cells)
        }
        cells if same_rules => Recomputed::Differs(cells),
        cells => Recomputed::OtherRules(cells),
    };
    Ok(KeptClose { faults, recomputed })
}

/// The name of a file that may be read: of this folder and no other.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != ".."
}

fn hashes(claim: &Claim, checks: &mut Checks) {
    for (name, written) in &claim.files {
        match claim.bytes(name).map(|bytes| sha256(&bytes)) {
            Some(computed) if computed == *written => checks.hold("hash", name),
            Some(computed) => checks.fail("hash", name, [written, &computed]),
            None => checks.fail("hash", name, [written, ""]),
        }
    }
}
