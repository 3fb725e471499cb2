//! Settings of the school that go back to their defaults.

use crate::store::Tx;
use anyhow::Result;

/// Removes the settings of these keys, which must be set.
pub fn unset(tx: &mut Tx<'_>, keys: &[&str]) -> Result<()> {
    keys.iter().try_for_each(|key| tx.remove_setting(key))
}
