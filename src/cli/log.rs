//! `fil log`: the journal, a line per operation.

use super::answer::Answer;
use super::command::{Noun, Spec};
use super::context::Context;
use super::flags;
use super::lang::label;
use super::matches::Matches;
use crate::ops::log;
use crate::text;

/// `fil log`.
pub const NOUN: Noun = Noun {
    names: &["log", "journal"],
    about: label("Liste les opérations, de la première à la dernière.", "Lists the operations, first to last."),
    spec,
    run,
};

fn spec() -> Spec {
    Spec::of(
        &NOUN,
        [label("fil log", "fil log"), label("fil log -S operation:desc -L 10", "fil log -S operation:desc -L 10")],
    )
    .flags(flags::TABLE)
}

fn run(_matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    let store = ctx.open()?;
    let mut sheet = log::sheet(&store, &store.operations()?)?;
    sheet.footer.push(text!("Annuler : fil undo NUMÉRO", "Take back: fil undo NUMBER"));
    Ok(Answer::sheet(sheet))
}
