//! The look at a file before SQLite opens it: what it is, what lies beside it, whether its last write was cut.

use super::companions::{self, Interrupted};
use super::failure::damaged;
use super::migrate::{APPLICATION_ID, NEWEST};
use super::on_disk::{names, other_names};
use super::once::{Handle, Handles};
use super::rollback::{Head, Journal, number, page_size};
use crate::domain::Refusal;
use crate::text;
use anyhow::{Result, bail};
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

const MAGIC: &[u8] = b"SQLite format 3\0";

static BASES: Handles = Handles::new();

/// What was seen of a file that may be opened.
#[derive(Debug)]
pub(super) struct Seen {
    /// Its schema version.
    pub version: i32,
    /// Whether its last write was cut.
    pub interrupted: Interrupted,
    /// The file itself, kept open as long as the database is.
    pub handle: Arc<Handle>,
}

/// Looks at a file and beside it, and changes nothing; what is not a sound file of a known version, or lies beside what
/// is not its own, is refused.
pub(super) fn look(path: &Path) -> Result<Seen> {
    let file = path.display();
    let Ok(meta) = std::fs::metadata(path) else {
        bail!(Refusal::failure(text!("pas de base à {file}", "no database at {file}")).hint(text!(
            "Créez-la : fil --db {file} init    ou indiquez la bonne avec --db",
            "Create it: fil --db {file} init    or name the right one with --db"
        )))
    };
    if !meta.is_file() {
        bail!(Refusal::failure(text!("{file} n'est pas un fichier", "{file} is not a file")));
    }
    let handle = match BASES.of(path, || File::open(path)) {
        Ok(handle) => handle,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(
            Refusal::failure(text!("{file} ne peut pas être lu", "{file} cannot be read"))
                .why(text!("vous n'avez pas le droit de lire ce fichier", "you may not read this file"))
        ),
        Err(error) => return Err(error.into()),
    };
    let (head, read) = first_bytes(&handle)?;
    let version = version_of(path, &head, read)?;
    let interrupted = companions::inspect(path, Some((&handle, &head)))?;
    if names(path) > 1 && matches!(interrupted, Interrupted::No) {
        let others: Vec<_> = other_names(path).iter().map(|name| path.with_file_name(name)).collect();
        companions::refuse_journal_of(path, &others)?;
    }
    // What was cut may be an upgrade, whose version is in the file already.
    let version = match &interrupted {
        Interrupted::By(_, Journal { head: Some(before), .. }) => version_of(path, before, before.len())?,
        Interrupted::By(..) | Interrupted::No | Interrupted::UnderWay => version,
    };
    let expected = u64::from(page_size(&head)) * u64::from(number(&head, 28));
    // Until it is rolled back, or while it is written, the file may be of any length.
    let too_short = matches!(interrupted, Interrupted::No) && handle.file.metadata()?.len() < expected;
    if read < head.len() || too_short {
        bail!(damaged(path));
    }
    Ok(Seen { version, interrupted, handle })
}

/// Looks only at what lies beside the file at a place, which may be damaged or absent.
pub(super) fn look_beside(path: &Path) -> Result<()> {
    let handle = BASES.of(path, || File::open(path)).ok();
    let head =
        handle.as_ref().map(|handle| first_bytes(handle)).transpose()?.filter(|(head, _)| head.starts_with(MAGIC));
    let base = handle.as_deref().zip(head.as_ref().map(|(head, _)| head));
    companions::inspect(path, base).map(drop)
}

fn first_bytes(handle: &Handle) -> Result<(Head, usize)> {
    let mut head = [0; size_of::<Head>()];
    let mut file = &handle.file;
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::with_capacity(head.len());
    file.take(head.len() as u64).read_to_end(&mut bytes)?;
    head[..bytes.len()].copy_from_slice(&bytes);
    Ok((head, bytes.len()))
}

/// The schema version that a header tells, once it is one of ours.
fn version_of(path: &Path, head: &Head, read: usize) -> Result<i32> {
    let file = path.display();
    if read == 0 {
        bail!(damaged(path).why(text!("{file} est vide (0 octet)", "{file} is empty (0 bytes)")).hint(text!(
            "Reprenez une sauvegarde : fil restore SAUVEGARDE ; s'il n'a jamais servi, supprimez-le puis : fil init",
            "Go back to a backup: fil restore BACKUP; if it was never used, remove it, then: fil init"
        )));
    }
    // Blank where the marks should be, or cut within them: a damaged file rather than another program's.
    if head[..16].iter().all(|b| *b == 0) || (read < 16 && MAGIC.starts_with(&head[..read])) {
        bail!(damaged(path));
    }
    if !head.starts_with(MAGIC) || (read == head.len() && number(head, 68) != APPLICATION_ID.cast_unsigned()) {
        bail!(
            Refusal::failure(text!("{file} n'est pas une base de Fil", "{file} is not a Fil database"))
                .why(text!("il n'a pas été touché", "it was left untouched"))
                .hint(text!("Indiquez la bonne base avec --db.", "Name the right database with --db."))
        );
    }
    let version = number(head, 60).cast_signed();
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
    Ok(version)
}

/// Refuses to write to a file that has a second name.
pub(super) fn refuse_second_name(path: &Path) -> Result<()> {
    if names(path) < 2 {
        return Ok(());
    }
    let file = path.display();
    let told =
        Refusal::failure(text!("{file} a deux noms sur le disque", "{file} has two names on the disk")).why(text!(
            "une écriture faite sous l'un peut abîmer ce qui s'écrit sous l'autre ; rien n'a été touché",
            "a write under one may damage what is written under the other; nothing was touched"
        ));
    let hint = match other_names(path).first() {
        Some(other) => text!(
            "Retirez l'autre nom (le contenu reste) : rm {other}",
            "Remove the other name (the content stays): rm {other}"
        ),
        None => text!(
            "Retirez l'autre nom, ou faites-en une copie : find / -samefile {file}",
            "Remove the other name, or make it a copy: find / -samefile {file}"
        ),
    };
    bail!(told.hint(hint))
}
