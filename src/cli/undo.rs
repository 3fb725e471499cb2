//! `fil undo` and `fil redo`: one step back, one step forward again.

use super::answer::Answer;
use super::command::{Noun, Spec};
use super::context::Context;
use super::flags::{self, Flag};
use super::lang::label;
use super::matches::Matches;
use super::session::Trial;
use crate::domain::Refusal;
use crate::store::Operation;
use crate::text;
use anyhow::{Result, bail};

/// `fil undo [OPERATION]`.
pub const UNDO: Noun = Noun {
    names: &["undo", "annuler", "u"],
    about: label("Annule la dernière saisie, ou une autre.", "Takes back the last entry, or another."),
    spec: undo_spec,
    run: undo,
};

/// `fil redo`.
pub const REDO: Noun = Noun {
    names: &["redo", "refaire"],
    about: label("Remet ce que undo a annulé.", "Brings back what undo took away."),
    spec: redo_spec,
    run: redo,
};

const OPERATION: Flag = Flag::word(
    "operation",
    label("OPÉRATION", "OPERATION"),
    label("son numéro dans fil log (sinon la dernière)", "its number in fil log (else the last)"),
)
.optional();

fn undo_spec() -> Spec {
    let examples = [label("fil undo", "fil undo"), label("fil undo 12 --dry-run", "fil undo 12 --dry-run")];
    Spec::of(&UNDO, examples).flag(OPERATION).flag(flags::DRY_RUN)
}

fn redo_spec() -> Spec {
    let examples = [label("fil redo", "fil redo"), label("fil redo --dry-run", "fil redo --dry-run")];
    Spec::of(&REDO, examples).flag(flags::DRY_RUN)
}

fn undo(matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_write()?;
    let target = match matches.text(&OPERATION) {
        Some(typed) => store.operation(number(typed)?)?,
        None => match store.last_undoable()? {
            Some(last) => last,
            None => bail!(Refusal::data(text!("il n'y a rien à annuler", "there is nothing to undo"))),
        },
    };
    take_back(matches, ctx, store, &target, "undo")
}

fn redo(matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_write()?;
    match store.last_redoable()? {
        Some(last) => take_back(matches, ctx, store, &last, "redo"),
        None => bail!(Refusal::data(text!("il n'y a rien à remettre", "there is nothing to redo"))),
    }
}

fn number(typed: &str) -> Result<i64> {
    match typed.parse() {
        Ok(number) => Ok(number),
        Err(_) => bail!(
            Refusal::usage(text!(
                "« {typed} » n'est pas un numéro d'opération",
                "“{typed}” is not an operation number"
            ))
            .hint(text!("Liste : fil log", "List: fil log"))
        ),
    }
}

fn take_back(
    matches: &Matches,
    ctx: &Context<'_>,
    mut store: crate::store::Store,
    target: &Operation,
    verb: &'static str,
) -> Result<Answer> {
    let trial = Trial::of(matches);
    let words = crate::ops::log::words(&store, target)?;
    let new = ctx.operation(verb, "operation")?;
    match trial {
        Trial::Real => store.undo(target.number, &new)?,
        Trial::DryRun => store.rehearse_undo(target.number, &new)?,
    };
    let (fr, en) = (words.fr, words.en);
    Ok(match (verb, trial) {
        ("undo", Trial::Real) => Answer::done(text!("Annulé : {fr}", "Undone: {en}"))
            .say(text!("Pour le remettre : fil redo", "To bring it back: fil redo")),
        ("undo", Trial::DryRun) => Answer::done(text!("Serait annulé : {fr}", "Would be undone: {en}"))
            .say(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")),
        (_, Trial::Real) => Answer::done(text!("Remis : {fr}", "Done again: {en}"))
            .say(text!("Pour revenir en arrière : fil undo", "To go back: fil undo")),
        (_, Trial::DryRun) => Answer::done(text!("Serait remis : {fr}", "Would be done again: {en}"))
            .say(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")),
    })
}
