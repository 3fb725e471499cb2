//! The file as the disk holds it: where it is, its journal and its folder, its rights and its names.

use crate::domain::Refusal;
use crate::text;
use anyhow::Result;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

/// The file that a name leads to, symbolic links followed, whether or not it exists.
pub fn real(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // As many links as the system follows.
    for _ in 0..40 {
        let Ok(target) = fs::read_link(&path) else { break };
        path = folder_of(&path).join(target);
    }
    path
}

/// The refusal to make a file where there is one.
pub(super) fn already_there(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::failure(text!("{file} existe déjà", "{file} already exists"))
        .why(text!("une base n'est jamais écrasée", "a database is never overwritten"))
        .hint(text!(
            "Choisissez un autre nom, ou ouvrez celle-ci : fil --db {file}",
            "Choose another name, or open this one: fil --db {file}"
        ))
}

/// Where SQLite keeps what a write in progress would undo.
pub(super) fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Whether the file may be written to.
pub(super) fn can_write(path: &Path) -> bool {
    OpenOptions::new().write(true).open(path).is_ok()
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Flushes the folder of the file, so that its name is on the disk too.
pub(super) fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder_of(path)) {
        let _ = folder.sync_all();
    }
}

/// Makes a file readable and writable by its owner only.
pub(super) fn private(path: &Path) -> Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// How many names the file has on its disk; two programs that open it under two of them do not see each other's journal.
#[cfg(unix)]
pub fn names(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map_or(1, |meta| meta.nlink())
}

/// Elsewhere this can't be asked for.
#[cfg(not(unix))]
pub fn names(_: &Path) -> u64 {
    1
}

/// The other names of the file in its folder.
pub fn other_names(path: &Path) -> Vec<String> {
    #[cfg(unix)]
    let id = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        fs::symlink_metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
    };
    #[cfg(not(unix))]
    let id = |_: &Path| None::<(u64, u64)>;
    let (own, name) = (id(path), path.file_name().unwrap_or_default());
    let beside = fs::read_dir(folder_of(path)).into_iter().flatten().flatten();
    let same = beside.filter(|entry| own.is_some() && entry.file_name() != name && id(&entry.path()) == own);
    let mut names: Vec<String> = same.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
