//! The root of a folder, its place after an earlier one, and a line that somebody opened, all without any database.

use super::checks::Checks;
use super::{Claim, Source, read};
use crate::domain::fingerprint::{hexadecimal, sha256_bytes};
use crate::publish::manifest::{MANIFEST, Manifest};
use crate::report::close::tree::{Opened, root};
use crate::report::manifest::{hashes, leaves, parameters, previous_of, root_of};
use serde_json::{Map, Value};
use std::path::Path;

/// The root that the parts of a manifest come to, with the files as they lie in the folder; nothing when it has no tree.
fn root_found(folder: &Path, document: &Map<String, Value>) -> Option<String> {
    let mut told = leaves(document)?;
    for (name, content) in &mut told {
        match name.strip_prefix("file:") {
            Some(file) => *content = sha256_bytes(&read(folder, file)?),
            None if name == "parameters" => *content = parameters(document),
            None => {}
        }
    }
    Some(hexadecimal(&root(&hashes(&told))))
}

/// Checks that the root of a folder is that of its parts. Folders of older programs have none.
pub fn of_folder(claim: &Claim, checks: &mut Checks) {
    let Some(told) = root_of(&claim.document) else { return };
    let Source::Folder(folder) = &claim.source else { return };
    match root_found(folder, &claim.document) {
        Some(found) if found == told => checks.hold("root", MANIFEST),
        found => checks.fail("root", MANIFEST, [told, &found.unwrap_or_default()]),
    }
}

/// Checks that a folder comes after an earlier one of the same funder: that one's root is among those that this one names,
/// and is still the root of what lies in it.
pub fn after(claim: &Claim, earlier: &Path, checks: &mut Checks) {
    let name = earlier.display().to_string();
    let Ok(manifest) = Manifest::read(earlier) else { return checks.fail("chain", &name, ["", MANIFEST]) };
    let told = root_of(&manifest.document).unwrap_or_default();
    let found = root_found(earlier, &manifest.document).unwrap_or_default();
    if told.is_empty() || told != found {
        return checks.fail("chain", &name, [told, &found]);
    }
    let same = |key: &str| manifest.document.get(key) == claim.document.get(key);
    let whose = |document: &Map<String, Value>| document.get("funder").map(|funder| funder["funder"].clone());
    if !same("database") || whose(&manifest.document) != whose(&claim.document) {
        return checks.fail("chain", &name, [told, "another funder or database"]);
    }
    let (mine, theirs) = (previous_of(&claim.document), previous_of(&manifest.document));
    match mine.iter().position(|root| *root == told) {
        Some(at) if mine[..at] == theirs[..] => checks.hold("chain", &name),
        _ => checks.fail("chain", &name, [told, mine.last().copied().unwrap_or_default()]),
    }
}

/// Checks that the line of a file is one of those behind a root: by its own figure, and nowhere else.
pub fn opened(file: &Path, bytes: &[u8], root: &str, checks: &mut Checks) {
    let name = file.display().to_string();
    let reached = Opened::read(bytes).and_then(|opened| opened.root()).map(|root| hexadecimal(&root));
    match reached {
        Some(found) if found == root => checks.hold("opened", &name),
        found => checks.fail("opened", &name, [root, &found.unwrap_or_default()]),
    }
}

/// The close that an opened line says that it is of: its number.
pub fn close_of(bytes: &[u8]) -> Option<i64> {
    serde_json::from_slice::<Value>(bytes).ok()?["close"]["number"].as_i64()
}
