//! Questions to the person at the terminal: never in a script, Enter is the safe answer.

use super::asker::asker;
use crate::cli::run::context::Context;
use crate::cli::run::terminal::printable;
use crate::domain::{Refusal, Text};
use crate::text;
use anyhow::{Result, bail};

/// The answer to a yes/no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Go on.
    Yes,
    /// Leave everything as it is.
    No,
}

/// Asks before something is removed. Without a terminal it is refused, naming the flag that answers in advance.
pub fn confirm(ctx: &Context<'_>, question: &Text, flag: &str) -> Result<Reply> {
    if !ctx.can_ask() {
        let what = text!("il faut une confirmation : {question}", "a confirmation is needed: {question}"; question);
        bail!(Refusal::usage(what).hint(text!(
            "Sans terminal, répondez d'avance en ajoutant {flag}",
            "Without a terminal, answer in advance by adding {flag}"
        )));
    }
    let sure = asker(ctx).confirm(&printable(question.get(ctx.lang)))?;
    Ok(if sure == Some(true) { Reply::Yes } else { Reply::No })
}

/// Lets the person choose one line of a list; `None` when nothing was chosen. The caller has checked
/// [`Context::can_ask`].
pub fn choose(ctx: &Context<'_>, question: &Text, lines: &[Text]) -> Result<Option<usize>> {
    let lines: Vec<String> = lines.iter().map(|line| printable(line.get(ctx.lang)).into_owned()).collect();
    asker(ctx).choose(&printable(question.get(ctx.lang)), &lines)
}
