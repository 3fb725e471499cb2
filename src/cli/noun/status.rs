//! `fil` alone, and `fil status`: where the school stands today, on one screen.

use super::backup;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::{Context, Talk};
use crate::domain::id::OpId;
use crate::domain::{Date, Text};
use crate::fixed;
use crate::ops::log;
use crate::store::Store;
use crate::text;
use crate::view::dashboard::{Board, WIDEST, page, sheet};
use crate::view::{cohort_today, due};
use anyhow::Result;

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
    let (last, undo) = last_entry(&store)?;
    let board = Board {
        today: ctx.today,
        cohorts: cohort_today::shown(&store, ctx.today)?,
        due: due::all(&store, ctx.today, None)?,
        undo,
        last,
        backup: backup::newest(ctx),
    };
    let answer = Answer::screen(page(&board, width(ctx)), sheet(&board)).named([Some("status")]);
    Ok(if ctx.talk >= Talk::Verbose { answer.say(which_file(ctx)?) } else { answer })
}

/// The database file and who chose it.
fn which_file(ctx: &Context<'_>) -> Result<Text> {
    let place = ctx.database()?;
    let (file, why) = (place.path.display(), place.why());
    Ok(text!("Base : {file} ({why})", "Database: {file} ({why})"; why))
}

/// The last entry that stands, and the command that takes it back: by its number when something that stays was done since.
fn last_entry(store: &Store) -> Result<(Option<(OpId, Date, Text)>, String)> {
    let operations = store.operations()?;
    let mut stand = operations.iter().rev().filter(|op| !op.undone && op.undoes.is_none()).peekable();
    let newest = stand.peek().map(|op| op.number);
    let Some(last) = stand.find(|op| !op.is_final()) else { return Ok((None, "fil undo".to_owned())) };
    let undo = if newest == Some(last.number) { "fil undo".to_owned() } else { format!("fil undo {}", last.number) };
    Ok((Some((last.number, last.day, log::words(store, last)?)), undo))
}
