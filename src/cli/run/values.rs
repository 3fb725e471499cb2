//! Whether values of closed lists are shown as words or as stable codes.

use super::context::Context;
use super::destination::Destination;
use crate::cli::parser::command::Spec;
use crate::cli::parser::matches::Matches;
use crate::sheet::Format;
pub use crate::sheet::Values;
use anyhow::Result;

impl Values {
    /// What the format of this answer calls for.
    pub fn of(spec: &Spec, matches: &Matches, ctx: &Context<'_>) -> Result<Values> {
        let to = Destination::of(ctx.env, spec.leaf(&matches.verb()), matches)?;
        Ok(if to.format == Format::Table { Values::Words } else { Values::Codes })
    }
}
