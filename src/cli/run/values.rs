//! Whether values of closed lists are shown as words or as stable codes.

use super::context::Context;
use super::destination::Destination;
use crate::cli::parser::command::Spec;
use crate::cli::parser::matches::Matches;
use crate::domain::ClosedList;
use crate::sheet::{Cell, Format};
use anyhow::Result;

/// How values of closed lists are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Labels, for the table that people read.
    Words,
    /// Codes, for every file.
    Codes,
}

impl Values {
    /// What the format of this answer calls for.
    pub fn of(spec: &Spec, matches: &Matches, ctx: &Context<'_>) -> Result<Values> {
        let to = Destination::of(ctx.env, spec.leaf(&matches.verb()), matches)?;
        Ok(if to.format == Format::Table { Values::Words } else { Values::Codes })
    }
    /// The cell of a value.
    pub fn cell<L: ClosedList>(self, value: Option<L>) -> Cell {
        match (self, value) {
            (_, None) => Cell::Empty,
            (Values::Words, Some(value)) => Cell::Words(value.text()),
            (Values::Codes, Some(value)) => Cell::Text(value.code().to_owned()),
        }
    }
}
