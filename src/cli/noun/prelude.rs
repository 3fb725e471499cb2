//! What nearly every verb names: its own shape, what was typed, the run, the answer, the two-language macros.

pub use crate::cli::parser::flags::{self, Flag};
pub use crate::cli::parser::matches::Matches;
pub use crate::cli::parser::verb::{Run, Verb};
pub use crate::cli::run::answer::Answer;
pub use crate::cli::run::context::Context;
pub use crate::cli::run::open::{Trial, how_to_go_back};
pub use crate::view::names::Names;
pub use crate::{fixed, text};
pub use anyhow::{Result, bail};
