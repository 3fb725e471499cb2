//! `fil due`: one list of all that is late or near, each with the command that deals with it.

use crate::cli::ask::selector;
use crate::cli::noun::prelude::*;
use crate::view::due::{self, Urgency};

/// `fil due`.
pub const VERB: Verb = Verb {
    names: &["due", "relances"],
    about: fixed!("Ce qui est en retard ou proche, et que faire.", "What is late or near, and what to do."),
    examples: [fixed!("fil due"), fixed!("fil relances -c P1 -f csv", "fil due -c P1 -f csv")],
    flags: &[&[flags::COHORT], flags::TABLE],
    run: Run::With(run),
};

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let cohort = match matches.text(&flags::COHORT) {
        None | Some("all" | "tous" | "toutes") => None,
        Some(typed) => Some(selector::cohort(&store.lookup(), typed)?),
    };
    let list = due::all(&store, ctx.today, cohort.as_ref().map(|cohort| cohort.code.as_str()))?;
    let late = list.iter().filter(|due| due.urgency == Urgency::Late).count();
    let near = list.len() - late;
    let answer = Answer::sheet(due::sheet(&list, ctx.values))
        .named([cohort.map(|cohort| cohort.code), Some("due".to_owned())])
        .when_empty(text!("Rien en retard, rien de proche.", "Nothing late, nothing near."));
    Ok(if list.is_empty() {
        answer
    } else {
        answer.say(text!("En retard : {late} ; proche : {near}", "Late: {late}; near: {near}"))
    })
}
