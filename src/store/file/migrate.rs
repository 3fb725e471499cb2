//! Schema versions: append-only migrations, each in the transaction that stamps its number.

use crate::store::digest::content::{altered_tables, keeps_digests};
use crate::store::digest::seal::seal;
use anyhow::{Context, Result};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Marks a file as Fil's: "fil" and a version byte of the container.
pub(crate) const APPLICATION_ID: i32 = 0x6669_6c01;

const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_school.sql"),
    include_str!("migrations/0002_close_section.sql"),
    include_str!("migrations/0003_digest.sql"),
    include_str!("migrations/0004_release.sql"),
    include_str!("migrations/0005_help_given.sql"),
    include_str!("migrations/0006_school_life.sql"),
    include_str!("migrations/0007_tree.sql"),
];

/// The newest schema version that this program knows.
pub(crate) const NEWEST: i32 = MIGRATIONS.len() as i32;

/// Applies the migrations after `from`, inside the caller's transaction, and works out the digests of what they left.
pub(crate) fn migrate(conn: &Connection, from: i32) -> Result<()> {
    let spoilt = if keeps_digests(conn)? { altered_tables(conn)? } else { BTreeSet::new() };
    for (number, sql) in MIGRATIONS.iter().enumerate().skip(from.max(0) as usize) {
        conn.execute_batch(sql).with_context(|| format!("migration {}", number + 1))?;
    }
    conn.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {NEWEST};"))?;
    seal(conn, &spoilt)
}

/// The schema of a version alone, in memory.
pub(crate) fn schema_of(version: i32) -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    for sql in MIGRATIONS.iter().take(version.max(0) as usize) {
        conn.execute_batch(sql)?;
    }
    Ok(conn)
}
