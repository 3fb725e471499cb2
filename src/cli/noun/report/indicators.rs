//! `fil report indicators`: every indicator with its sentence, numerator, denominator, unknown policy and source.

use crate::cli::noun::prelude::*;
use crate::report::indicator::glossary;

/// `fil report indicators`.
pub const VERB: Verb = Verb {
    names: &["indicators", "indicateurs"],
    about: fixed!("Dit ce que compte chaque indicateur.", "Says what each indicator counts."),
    examples: [fixed!("fil report indicators"), fixed!("fil report indicators -f json")],
    flags: &[flags::TABLE],
    run: Run::With(run),
};

/// Lists the definitions.
fn run(_: &Matches, _: &Context<'_>) -> Result<Answer> {
    Ok(Answer::sheet(glossary::sheet()))
}
