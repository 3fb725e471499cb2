//! `fil trainee show`: one person on one screen, and their chronology for files.

use super::THEIR_COHORT;
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::Text;
use crate::view::{chronology, person};

/// `fil trainee show`.
pub const VERB: Verb = Verb {
    names: &["show", "s", "voir"],
    about: fixed!("Le parcours d'une personne.", "One person's path."),
    examples: [fixed!("fil t s amé", "fil t s ame"), fixed!("fil t s 12 -f json")],
    flags: &[&[flags::WHO, THEIR_COHORT], flags::TABLE],
    run: Run::With(run),
};

/// Shows.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let found = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Read)?;
    let chosen = selector::stay(&lookup, &found.value, matches.text(&flags::COHORT), ctx.today)?;
    let file = person::read(&lookup, found.value, chosen.value.1.id, ctx.today)?;
    let data = chronology::sheet(&file.person.slug, &file.events);
    let width = ctx.env.terminal_width.filter(|_| ctx.env.stdout_is_terminal);
    // A screen is in the language of the person who looks, and long to write.
    let page = Text::same(file.page(ctx.today, width, ctx.lang));
    let name = [Some(file.person.slug.clone()), Some("parcours".to_owned())];
    let answer = Answer::screen(page, data).named(name);
    Ok(answer.say_after(found.echo.into_iter().chain(chosen.echo)))
}
