//! Where the file lies: folders that copy files behind our back, and copies they left beside it.

use std::path::{Path, PathBuf};

/// The names of folders that synchronise, and how they are called.
const SYNCED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("ksuite", "kDrive"),
    ("kdrive", "kDrive"),
];

/// Files that mark the root of a synchronised folder.
const MARKERS: &[(&str, &str)] = &[
    (".dropbox", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync_journal.db", "Nextcloud"),
    (".stfolder", "Syncthing"),
];

/// The synchronising program that owns the folder of a file, if one does.
pub fn synced(path: &Path) -> Option<&'static str> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folders: Vec<&Path> = whole.ancestors().skip(1).collect();
    for folder in folders {
        let name = folder.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let by_name = SYNCED.iter().find(|(known, _)| name == *known || name.starts_with(&format!("{known} ")));
        let by_marker = MARKERS.iter().find(|(marker, _)| folder.join(marker).exists());
        if let Some((_, program)) = by_name.or(by_marker) {
            return Some(program);
        }
    }
    None
}

/// Copies that a synchronising program left beside the file after a conflict.
pub fn conflicted_copies(path: &Path) -> Vec<PathBuf> {
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase()).unwrap_or_default();
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let conflicted = |name: &str| name.starts_with(&stem) && (name.contains("conflict") || name.contains("en conflit"));
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|e| conflicted(&e.file_name().to_string_lossy().to_lowercase()))
        .map(|e| e.path())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synced_folders_are_known_by_name_and_by_marker() {
        assert_eq!(synced(Path::new("/home/a/OneDrive - École/fil.db")), Some("OneDrive"));
        assert_eq!(synced(Path::new("/home/a/Dropbox/x/fil.db")), Some("Dropbox"));
        assert_eq!(synced(Path::new("/srv/fil/fil.db")), None);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".stfolder"), "").unwrap();
        assert_eq!(synced(&folder.path().join("fil.db")), Some("Syncthing"));
    }

    #[test]
    fn copies_in_conflict_are_found_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("fil (conflicted copy).db"), "").unwrap();
        std::fs::write(folder.path().join("other.db"), "").unwrap();
        assert_eq!(conflicted_copies(&folder.path().join("fil.db")).len(), 1);
    }
}
