//! `fil report indicators`: every indicator with its sentence, numerator, denominator, unknown policy and source.

use crate::cli::run::answer::Answer;
use crate::report::indicator::glossary;
use anyhow::Result;

/// Lists the definitions.
pub fn run() -> Result<Answer> {
    Ok(Answer::sheet(glossary::sheet()))
}
