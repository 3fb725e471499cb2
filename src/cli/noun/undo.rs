//! `fil undo` and `fil redo`: one step back, one step forward again.

use crate::cli::noun::prelude::*;
use crate::domain::folding::record_number;
use crate::domain::id::OpId;
use crate::domain::{Act, Refusal};
use crate::ops::log;
use crate::store::{Operation, Store};

/// `fil undo [OPERATION]`.
pub const UNDO: Verb = Verb {
    names: &["undo", "annuler", "u"],
    about: fixed!("Annule la dernière saisie, ou une autre.", "Takes back the last entry, or another."),
    examples: [fixed!("fil undo"), fixed!("fil undo 12 --dry-run")],
    flags: &[&[OPERATION, flags::DRY_RUN]],
    run: Run::With(undo),
};

/// `fil redo`.
pub const REDO: Verb = Verb {
    names: &["redo", "refaire"],
    about: fixed!("Remet ce que undo a annulé.", "Brings back what undo took away."),
    examples: [fixed!("fil redo"), fixed!("fil redo --dry-run")],
    flags: &[&[flags::DRY_RUN]],
    run: Run::With(redo),
};

const OPERATION: Flag = Flag::word(
    "operation",
    fixed!("OPÉRATION", "OPERATION"),
    fixed!("son numéro dans fil log (sinon la dernière)", "its number in fil log (else the last)"),
)
.optional();

fn undo(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_write()?;
    let target = match matches.text(&OPERATION) {
        Some(typed) => store.operation(number(typed)?)?,
        None => last(&store)?,
    };
    take_back(matches, ctx, store, &target, Act::Undo)
}

/// The last operation that stands. Never an earlier one in its place: what is not named must be what was just done.
fn last(store: &Store) -> Result<Operation> {
    let earlier = store.last_undoable()?;
    let mut operations = store.operations()?;
    operations.retain(|o| !o.undone && o.undoes.is_none());
    match operations.pop() {
        Some(last) if last.is_final() => bail!(stays(store, &last, earlier.as_ref())?),
        Some(last) => Ok(last),
        None => bail!(Refusal::data(text!("il n'y a rien à annuler", "there is nothing to undo"))),
    }
}

/// Says why the last operation stays, and how to take back the one before it.
fn stays(store: &Store, last: &Operation, earlier: Option<&Operation>) -> Result<Refusal> {
    let (number, words) = (last.number, log::words(store, last)?);
    let refusal = Refusal::data(text!(
        "la dernière opération ne s'annule pas : {number}, {words}",
        "the last operation cannot be undone: {number}, {words}";
        words
    ));
    let refusal = match last.act.and_then(Act::why_final) {
        Some(why) => refusal.why(why),
        None => refusal,
    };
    let Some(earlier) = earlier else {
        return Ok(refusal.hint(text!("Il n'y a rien d'autre à annuler.", "There is nothing else to undo.")));
    };
    let (number, words) = (earlier.number, log::words(store, earlier)?);
    Ok(refusal.hint(text!(
        "Celle d'avant ({words}) : fil undo {number}",
        "The one before it ({words}): fil undo {number}";
        words
    )))
}

fn redo(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_write()?;
    match store.last_redoable()? {
        Some(last) => take_back(matches, ctx, store, &last, Act::Redo),
        None => bail!(Refusal::data(text!("il n'y a rien à remettre", "there is nothing to redo"))),
    }
}

fn number(typed: &str) -> Result<OpId> {
    match record_number(typed).and_then(|number| number.parse().ok()) {
        Some(number) => Ok(number),
        None => bail!(
            Refusal::usage(text!(
                "« {typed} » n'est pas un numéro d'opération",
                "“{typed}” is not an operation number"
            ))
            .hint(text!("Liste : fil log", "List: fil log"))
        ),
    }
}

fn take_back(matches: &Matches, ctx: &Context<'_>, mut store: Store, target: &Operation, act: Act) -> Result<Answer> {
    let trial = Trial::of(matches);
    // What is told is the act itself: taken back, or back again when it is an undo that is taken back.
    let root = log::root(&store, target)?;
    let words = log::words(&store, &root.operation)?;
    let new = ctx.operation(act, "operation")?;
    match trial {
        Trial::Real => store.undo(target.number, &new)?,
        Trial::DryRun => store.rehearse_undo(target.number, &new)?,
    };
    Ok(match (root.stands, trial) {
        (true, Trial::Real) => Answer::done(text!("Annulé : {words}", "Undone: {words}"; words))
            .say(text!("Pour le remettre : fil redo", "To bring it back: fil redo")),
        (true, Trial::DryRun) => Answer::done(text!("Serait annulé : {words}", "Would be undone: {words}"; words))
            .say(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")),
        (false, Trial::Real) => Answer::done(text!("Remis : {words}", "Done again: {words}"; words))
            .say(text!("Pour revenir en arrière : fil undo", "To go back: fil undo")),
        (false, Trial::DryRun) => Answer::done(text!("Serait remis : {words}", "Would be done again: {words}"; words))
            .say(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")),
    })
}
