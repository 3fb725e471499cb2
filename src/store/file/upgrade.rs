//! Bringing an older file to the newest schema: a copy beside it first, then one transaction.

use super::connection::EVERY_TIME;
use super::migrate::migrate;
use super::on_disk::{folder_of, private, sync_folder};
use super::scratch::Scratch;
use anyhow::{Result, bail, ensure};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, TransactionBehavior, ffi};
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
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
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
    copy.execute_batch(EVERY_TIME)?;
    migrate(&copy, version)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use crate::ops::tests::School;
    use crate::store::{Access, Store};

    #[test]
    fn an_upgrade_that_fails_leaves_the_file_as_it_was_and_a_copy_beside_it() {
        let school = School::open();
        let path = school.store.path().to_owned();
        // A file that says it is older than it is: its first migration must fail, for the tables are there.
        school.store.conn.execute_batch("PRAGMA user_version = 0").unwrap();
        let before = school.store.dump().unwrap();
        assert!(Store::open(&path, Access::Read).is_err());
        assert!(!path.with_extension("before-upgrade-0.db").exists(), "reading leaves no trace");
        assert!(Store::open(&path, Access::Write).is_err());
        assert!(school.store.dump().unwrap() == before);
        assert!(path.with_extension("before-upgrade-0.db").exists());
    }
}
