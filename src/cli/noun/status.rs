//! `fil` alone, and `fil status`: where the school stands today, on one screen.

use super::backup;
use crate::cli::noun::prelude::*;
use crate::cli::run::context::Talk;
use crate::domain::Text;
use crate::ops::doctor::{self, Verdict};
use crate::store::Store;
use crate::view::dashboard::{Board, WIDEST, page, sheet};

/// `fil status`.
pub const VERB: Verb = Verb {
    names: &["status", "tableau"],
    about: fixed!("Où en est l'école aujourd'hui.", "Where the school stands today."),
    examples: [fixed!("fil"), fixed!("fil status --format json")],
    flags: &[flags::TABLE],
    run: Run::With(run),
};

/// The columns of the page on this screen.
fn width(ctx: &Context<'_>) -> usize {
    if !ctx.env.stdout_is_terminal {
        return WIDEST;
    }
    let named = || ctx.env.var("COLUMNS").and_then(|n| n.parse().ok());
    ctx.env.terminal_width.or_else(named).unwrap_or(WIDEST).clamp(30, WIDEST)
}

fn run(_matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let board = Board::read(&store, ctx.today, backup::newest(ctx))?;
    let mut answer = Answer::screen(page(&board, width(ctx)), sheet(&board)).named([Some("status")]);
    let left = doctor::leftovers(store.path());
    if left.verdict != Verdict::Ok {
        let message = &left.message;
        answer = answer.say(text!("!  {message} (fil doctor)", "!  {message} (fil doctor)"; message));
    }
    Ok(if ctx.talk >= Talk::Verbose { answer.say(which_file(ctx)?).say(head(&store)?) } else { answer })
}

/// The database file and who chose it.
fn which_file(ctx: &Context<'_>) -> Result<Text> {
    let place = ctx.database()?;
    let (file, why) = (place.path.display(), place.why());
    Ok(text!("Base : {file} ({why})", "Database: {file} ({why})"; why))
}

/// The head of the chain of operations: kept elsewhere, it tells whether history was rewritten.
fn head(store: &Store) -> Result<Text> {
    let head = store.chain_head()?;
    Ok(text!("Tête de chaîne (chain_head) : {head}", "Head of the chain (chain_head): {head}"))
}
