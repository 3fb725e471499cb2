//! Recording a report that leaves the school.

use crate::domain::Refusal;
use crate::domain::id::{OpId, ReleaseId};
use crate::store::Tx;
use crate::store::releases::NewRelease;
use crate::text;
use anyhow::{Result, bail};

/// Refuses what was computed before the last operation: its figures would not be those of the file.
pub fn refuse_stale(tx: &Tx<'_>, computed_at: OpId) -> Result<()> {
    if tx.op != computed_at.after() {
        bail!(Refusal::busy(text!(
            "une autre saisie a eu lieu pendant le calcul ; rien n'est enregistré",
            "another entry was made during the computation; nothing is recorded"
        )));
    }
    Ok(())
}

/// Records a release; gives its number.
///
/// # Errors
/// A refusal when something was entered since its figures were computed.
pub fn release(tx: &mut Tx<'_>, new: &NewRelease, computed_at: OpId) -> Result<ReleaseId> {
    refuse_stale(tx, computed_at)?;
    tx.insert_release(new)
}
