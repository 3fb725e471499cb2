//! The chain of operations: each link is a SHA-256 of the link before and of what its operation says of itself. No name
//! and no value is in it, so that an erasure leaves it whole.

use crate::domain::fingerprint::sha256;
use crate::domain::id::OpId;
use crate::store::rows::{each_row, rows};
use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

/// What a link is made of besides the one before it.
pub(crate) struct Link {
    pub number: OpId,
    pub stamp: String,
    pub day: i64,
    pub verb: String,
    pub kind: String,
    pub created: i64,
    pub changed: i64,
    pub removed: i64,
    pub undoes: Option<OpId>,
    pub digests: String,
}

impl Link {
    /// The link after another one, 64 hexadecimal digits. As JSON no two operations read alike.
    pub fn after(&self, previous: &str) -> Result<String> {
        let counts = [self.created, self.changed, self.removed];
        let undoes = self.undoes.map(OpId::number);
        let parts = (
            previous,
            self.number.number(),
            &self.stamp,
            self.day,
            &self.verb,
            &self.kind,
            counts,
            undoes,
            &self.digests,
        );
        Ok(sha256(&serde_json::to_vec(&parts)?))
    }
}

/// What the link of one operation is made of.
pub(crate) fn link_of(conn: &Connection, op: OpId) -> Result<Option<Link>> {
    let sql = include_str!("../sql/digest/link.sql");
    Ok(rows!(conn, sql, [op], Link { number, stamp, day, verb, kind, created, changed, removed, undoes, digests })
        .pop())
}

/// Hands every operation, oldest first, to `f` with the link that it stores.
pub(crate) fn each_link(conn: &Connection, f: &mut dyn FnMut(Link, String) -> Result<()>) -> Result<()> {
    let sql = include_str!("../sql/digest/links.sql");
    each_row!(conn, sql, [], |number, stamp, day, verb, kind, created, changed, removed, undoes, digests, chain| {
        f(Link { number, stamp, day, verb, kind, created, changed, removed, undoes, digests }, chain)?;
    });
    Ok(())
}

/// The link of the newest operation before another; nothing before the first.
pub(crate) fn head_before(conn: &Connection, number: OpId) -> Result<String> {
    let sql = "SELECT chain FROM main.operation WHERE number < ?1 ORDER BY number DESC LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([number], |r| r.get(0)).optional()?.unwrap_or_default())
}

/// The operations whose links begin with some digits.
pub(crate) fn leads_to(conn: &Connection, digits: &str) -> Result<Vec<OpId>> {
    let sql = "SELECT number FROM main.operation WHERE substr(chain, 1, length(?1)) = ?1 ORDER BY number";
    Ok(rows!(conn, sql, [digits], |number| number))
}
