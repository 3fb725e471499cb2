//! Closing a period for a funder, and reopening it: what was issued keeps its bytes either way.

use super::release::refuse_stale;
use crate::domain::id::{CloseId, OpId};
use crate::store::Tx;
use crate::store::sent::NewClose;
use anyhow::Result;

/// A report to issue.
pub struct CloseRequest<'a> {
    /// Everything that the file keeps of it.
    pub report: &'a NewClose,
    /// The newest operation when its figures were computed.
    pub computed_at: OpId,
}

/// Issues a report for good; gives its id.
///
/// # Errors
/// A refusal when something was entered since the figures were computed: they would not be those of the file.
pub fn close(tx: &mut Tx<'_>, request: &CloseRequest<'_>) -> Result<CloseId> {
    refuse_stale(tx, request.computed_at)?;
    tx.insert_close(request.report)
}

/// A closed period to reopen.
pub struct ReopenRequest<'a> {
    /// Its report.
    pub close: CloseId,
    /// The reason, which the history of reports shows.
    pub why: &'a str,
}

/// Says that a closed period will be issued again; its report keeps its bytes and its place in the history.
pub fn reopen(tx: &mut Tx<'_>, request: &ReopenRequest<'_>) -> Result<()> {
    tx.reopen_close(request.close, request.why)
}
