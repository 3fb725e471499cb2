//! Taking marks of half-days away, so that the half-days are unmarked again.

use crate::store::Tx;
use crate::store::attendance::HalfDay;
use anyhow::Result;

/// Takes the mark of each half-day away; each must have one.
pub fn clear(tx: &mut Tx<'_>, marked: impl IntoIterator<Item = HalfDay>) -> Result<()> {
    marked.into_iter().try_for_each(|half_day| tx.delete_mark(half_day))
}
