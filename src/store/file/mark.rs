//! The mark that each write leaves in the first page of the file: a number of its journal's own. After a cut it tells the
//! journal of this file's last write from those of every copy and of every other file.
//!
//! It stands in the header where SQLite keeps a suggested cache size, which no connection of ours follows.

use super::on_disk::journal_of;
use super::rollback::{ANNOUNCED, mark, nonce_of};
use anyhow::Result;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs::File;
use std::path::Path;

/// Begins a write to the file at a path.
pub(crate) fn begin<'c>(conn: &'c mut Connection, path: &Path) -> Result<Transaction<'c>> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    put(&tx, path, 0)?;
    Ok(tx)
}

/// Marks the file so that the journal of a rewriting of it all, which leaves no mark, is known for its own.
pub(crate) fn announce_rewriting(conn: &Connection, path: &Path) -> Result<()> {
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    put(&tx, path, ANNOUNCED)?;
    Ok(tx.commit()?)
}

fn put(tx: &Transaction<'_>, path: &Path, announced: u32) -> Result<()> {
    // The first change of all is of the first page, so that the journal begins with it; from then on it has its number.
    tx.execute_batch("PRAGMA default_cache_size = 1")?;
    let nonce = nonce_of(&File::open(journal_of(path))?)?;
    let mark = mark(nonce) | announced;
    Ok(tx.execute_batch(&format!("PRAGMA default_cache_size = {mark}; PRAGMA cache_size = -2000"))?)
}
