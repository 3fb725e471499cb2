//! The file as the disk holds it: made, looked at before it is opened as a database, its journal and its folder.

use super::failure::damaged;
use super::migrate::{APPLICATION_ID, NEWEST};
use crate::domain::Refusal;
use crate::text;
use anyhow::{Context, Result, bail};
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

const MAGIC: &[u8] = b"SQLite format 3\0";

/// Makes the file, empty and readable by its owner only; one that is there already is refused.
pub(super) fn create_empty(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let file = path.display();
            bail!(
                Refusal::failure(text!("{file} existe déjà", "{file} already exists"))
                    .why(text!("une base n'est jamais écrasée", "a database is never overwritten"))
                    .hint(text!(
                        "Choisissez un autre nom, ou ouvrez celle-ci : fil --db {file}",
                        "Choose another name, or open this one: fil --db {file}"
                    ))
            )
        }
        Err(e) => {
            let file = path.display();
            Err(anyhow::Error::new(e)).context(
                Refusal::failure(text!("{file} ne peut pas être créé", "{file} cannot be created")).why(text!(
                    "le dossier n'existe pas ou refuse l'écriture",
                    "the folder does not exist or refuses writing"
                )),
            )
        }
    }
}

/// Looks at the file's first bytes without opening it as a database; gives its schema version.
pub(super) fn inspect(path: &Path) -> Result<i32> {
    let file = path.display();
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(_) => bail!(Refusal::failure(text!("pas de base à {file}", "no database at {file}")).hint(text!(
            "Créez-la : fil --db {file} init    ou indiquez la bonne avec --db",
            "Create it: fil --db {file} init    or name the right one with --db"
        ))),
    };
    if !meta.is_file() {
        bail!(Refusal::failure(text!("{file} n'est pas un fichier", "{file} is not a file")));
    }
    let mut head = [0u8; 100];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut head));
    let number = |at: usize| i32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if meta.len() == 0 {
        bail!(damaged(path).why(text!("{file} est vide (0 octet)", "{file} is empty (0 bytes)")).hint(text!(
            "Reprenez une sauvegarde : fil restore SAUVEGARDE ; s'il n'a jamais servi, supprimez-le puis : fil init",
            "Go back to a backup: fil restore BACKUP; if it was never used, remove it, then: fil init"
        )));
    }
    if let Err(e) = &read
        && e.kind() == std::io::ErrorKind::PermissionDenied
    {
        bail!(
            Refusal::failure(text!("{file} ne peut pas être lu", "{file} cannot be read"))
                .why(text!("vous n'avez pas le droit de lire ce fichier", "you may not read this file"))
        );
    }
    // Blank where the marks should be, or cut within them: a damaged file rather than another program's.
    if head[..16].iter().all(|b| *b == 0) || (meta.len() < 16 && MAGIC.starts_with(&head[..meta.len() as usize])) {
        bail!(damaged(path));
    }
    if !head.starts_with(MAGIC) || (read.is_ok() && number(68) != APPLICATION_ID) {
        bail!(
            Refusal::failure(text!("{file} n'est pas une base de Fil", "{file} is not a Fil database"))
                .why(text!("il n'a pas été touché", "it was left untouched"))
                .hint(text!("Indiquez la bonne base avec --db.", "Name the right database with --db."))
        );
    }
    let version = number(60);
    if version > NEWEST {
        bail!(
            Refusal::failure(text!(
                "{file} vient d'une version plus récente de fil",
                "{file} comes from a newer version of fil"
            ))
            .why(text!(
                "format {version}, ce programme connaît jusqu'à {NEWEST}",
                "format {version}, this program knows up to {NEWEST}"
            ))
            .hint(text!(
                "Installez la nouvelle version ; rien n'a été touché.",
                "Install the newer version; nothing was touched."
            ))
        );
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        n => u64::from(n),
    };
    let expected = page * u64::from(number(28).unsigned_abs());
    if read.is_err() || (meta.len() < expected && !has_journal(path)) {
        bail!(damaged(path));
    }
    Ok(version)
}

/// A journal left by a crash: the file may be of any length until it is rolled back.
pub(super) fn has_journal(path: &Path) -> bool {
    std::fs::metadata(journal_of(path)).is_ok_and(|m| m.len() > 0)
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
