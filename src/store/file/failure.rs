//! Failures of the file in the user's words: busy, damaged, full, read-only.

use crate::domain::{Reason, Refusal};
use crate::text;
use rusqlite::{ErrorCode, ffi};
use std::path::Path;

/// The refusal behind a failure of the database, when there is one a person can act on.
pub fn refusal_of(error: &anyhow::Error, path: &Path) -> Option<Refusal> {
    let cause = error.chain().find_map(|e| e.downcast_ref::<rusqlite::Error>())?;
    let file = path.display();
    let refusal = match cause.sqlite_error_code()? {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => in_use(path),
        // Another file took its name, or its journal had to be applied, while it was open here.
        ErrorCode::ReadOnly if is_overtaken(cause) => in_use(path),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => damaged(path),
        ErrorCode::DiskFull => Refusal::failure(text!("le disque est plein", "the disk is full"))
            .why(text!("rien n'a été changé dans {file}", "nothing was changed in {file}"))
            .hint(text!("Libérez de la place puis recommencez.", "Free some space, then try again.")),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => read_only(path),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Refusal::failure(text!(
            "le disque a refusé une lecture ou une écriture",
            "the disk refused a read or a write"
        ))
        .why(text!("rien n'a été changé dans {file}", "nothing was changed in {file}"))
        .hint(text!("Vérifiez le disque, puis : fil doctor", "Check the disk, then: fil doctor")),
        _ => return None,
    };
    Some(refusal)
}

/// The refusal for a file that another program has.
pub(super) fn in_use(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::new(
        Reason::Busy,
        text!("la base est utilisée par un autre programme", "the database is in use by another program"),
    )
    .why(text!("{file} est restée verrouillée ; rien n'a été écrit", "{file} stayed locked; nothing was written"))
    .hint(text!("Réessayez dans un instant.", "Try again in a moment."))
}

fn is_overtaken(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|e| e.extended_code);
    matches!(code, Some(ffi::SQLITE_READONLY_DBMOVED | ffi::SQLITE_READONLY_ROLLBACK))
}

/// The refusal for a file that may not be written to.
pub(super) fn read_only(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::failure(text!("{file} ne peut pas être modifié", "{file} cannot be written"))
        .why(text!("le fichier ou son dossier est en lecture seule", "the file or its folder is read-only"))
        .hint(text!("Vérifiez les droits du fichier et du dossier.", "Check the permissions of the file and folder."))
}

/// The refusal for a file whose content is broken.
pub(crate) fn damaged(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::failure(text!("la base est endommagée", "the database is damaged"))
        .why(text!(
            "{file} est tronqué ou illisible ; il n'a pas été touché",
            "{file} is cut short or unreadable; it was left untouched"
        ))
        .hint(text!("Reprenez une sauvegarde : fil restore SAUVEGARDE", "Go back to a backup: fil restore BACKUP"))
}
