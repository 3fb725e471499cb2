//! Connections to the file, all with the same settings.

use anyhow::Result;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Whether a command means to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads only; works on a read-only file.
    Read,
    /// Writes.
    Write,
}

/// Largest text or file that is read, in bytes: what another program put in is not gathered in memory.
const LARGEST: i32 = 64 * 1024 * 1024;
const BUSY: Duration = Duration::from_secs(10);

/// The settings of every connection.
const EVERY_TIME: &str = "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -2000;";

/// Connects to the file with the settings of every connection.
pub(super) fn connect(path: &Path, access: Access) -> Result<Connection> {
    let mode = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn =
        Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW)
            .or_else(|_| Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX))?;
    conn.busy_timeout(BUSY)?;
    set_up(&conn)?;
    Ok(conn)
}

/// Gives a connection the settings that all have.
pub(super) fn set_up(conn: &Connection) -> Result<()> {
    // Plans do not depend on the values bound, so that no statement is prepared again for each of them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // The file has none of ours: one that another program planted is not obeyed.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, LARGEST)?;
    conn.execute_batch(EVERY_TIME)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(())
}
