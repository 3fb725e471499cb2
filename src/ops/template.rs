//! The layout of a funder's reports: saved once it was read, or taken away.

use crate::domain::id::FunderId;
use crate::store::Tx;
use anyhow::Result;

/// The layout to keep for a funder.
pub struct TemplateRequest<'a> {
    /// The funder.
    pub funder: FunderId,
    /// The text of the layout, which must have been read without a flaw; none for the built-in one.
    pub toml: Option<&'a str>,
}

/// Keeps the layout of each funder, or goes back to the built-in one.
pub fn set_template(tx: &mut Tx<'_>, requests: &[TemplateRequest<'_>]) -> Result<()> {
    requests.iter().try_for_each(|request| match request.toml {
        Some(toml) => tx.save_template(request.funder, toml),
        None => tx.remove_template(request.funder),
    })
}
