//! Bringing an older file to the newest schema: a copy beside it first, then one transaction.

use super::connection::set_up;
use super::mark::begin;
use super::migrate::migrate;
use super::on_disk::{folder_of, private, sync_folder};
use super::scratch::Scratch;
use anyhow::{Result, bail, ensure};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ffi};
use std::fs::File;
use std::path::Path;

/// Upgrades an open file from `version`; the copy that stays is named after it.
pub(crate) fn upgrade(conn: &mut Connection, path: &Path, version: i32) -> Result<()> {
    let copy = path.with_extension(format!("before-upgrade-{version}.db"));
    if !copy.exists() {
        let scratch = Scratch::folder(folder_of(path))?;
        let draft = scratch.path().join("copy.db");
        conn.execute("VACUUM INTO ?1", [draft.to_string_lossy().as_ref()])?;
        private(&draft)?;
        File::open(&draft)?.sync_all()?;
        std::fs::rename(draft, copy)?;
        sync_folder(path);
    }
    let tx = begin(conn, path)?;
    migrate(&tx, version)?;
    let broken: i64 = tx.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0))?;
    ensure!(broken == 0, "the upgrade would break links between rows");
    tx.commit()?;
    Ok(())
}

/// An older file as the upgrade would leave it, in memory only: reading leaves no trace on the disk.
pub(crate) fn upgraded_copy(file: &Connection, version: i32) -> Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    // In one step, so that it is of one state of the file, whoever writes meanwhile.
    if Backup::new(file, &mut copy)?.step(-1)? != StepResult::Done {
        bail!(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None));
    }
    set_up(&copy)?;
    migrate(&copy, version)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use crate::store::file::migrate::{APPLICATION_ID, schema_of};
    use crate::store::{Access, Store};
    use rusqlite::Connection;

    #[test]
    fn an_upgrade_that_fails_leaves_the_file_as_it_was_and_a_copy_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fil.db");
        schema_of(1).unwrap().execute("VACUUM INTO ?1", [path.to_string_lossy()]).unwrap();
        let file = Connection::open(&path).unwrap();
        // A note of nobody: links between rows must hold once the upgrade is done.
        file.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1; PRAGMA foreign_keys = OFF;
             INSERT INTO database (one, id) VALUES (1, 'x'); INSERT INTO note VALUES (1, 99, 0, 'x', 1);"
        ))
        .unwrap();
        drop(file);
        let before = std::fs::read(&path).unwrap();
        assert!(Store::open(&path, Access::Read).is_ok());
        assert!(!path.with_extension("before-upgrade-1.db").exists(), "reading leaves no trace");
        assert!(Store::open(&path, Access::Write).is_err());
        assert!(std::fs::read(&path).unwrap() == before);
        assert!(path.with_extension("before-upgrade-1.db").exists());
    }
}
