//! `fil trainee note`: a dated note about a person.

use super::{TEXT, named};
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::kind::note;
use crate::domain::{Act, Kind, Refusal, Value};
use crate::ops::Mode;

/// `fil trainee note`.
pub const VERB: Verb = Verb {
    names: &["note", "n"],
    about: fixed!("Ajoute une note datée.", "Adds a dated note."),
    examples: [
        fixed!("fil t n amé \"a trouvé une voiture\"", "fil t n ame \"has found a car\""),
        fixed!("fil t n 12 \"rappelé, viendra lundi\" --le 03/12", "fil t n 12 \"called back\" --on 2018-12-03",),
    ],
    flags: &[&[flags::WHO, TEXT, flags::ON, flags::DRY_RUN]],
    run: Run::With(run),
};

/// Adds the note.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let person = {
        let store = ctx.open()?;
        selector::person(ctx, &store.lookup(), matches.need(&flags::WHO)?, Purpose::Write)?
    };
    let typed = match matches.need(&TEXT)? {
        "-" => from_stdin(ctx)?,
        typed => typed.to_owned(),
    };
    if typed.trim().is_empty() {
        bail!(Refusal::usage(text!("la note est vide", "the note is empty")));
    }
    let slug = person.value.slug.clone();
    let mut entry = Entry::new(ctx, Kind::Notes);
    entry.give(note::TRAINEE, Value::Text(slug)).say(note::TEXT, &typed)?;
    match matches.text(&flags::ON) {
        Some(on) => entry.say(note::DATE, on)?,
        None => entry.give(note::DATE, Value::Date(ctx.today)),
    };
    let day = entry.request.date(note::DATE).unwrap_or(ctx.today);
    let trial = Trial::of(matches);
    let write = Write { act: Act::Note, kind: Kind::Notes, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, std::slice::from_ref(&entry.request))?;
    let (who, french) = (named(&person.value), day.french());
    let subject = text!("note du {french} sur {who}", "note of {day} on {who}"; who);
    let said = person.echo.into_iter().chain(entry.echoes);
    Ok(entry::account(Kind::Notes, &subject, &done, trial).say_before(said))
}

fn from_stdin(ctx: &Context<'_>) -> Result<String> {
    let bytes = ctx.read_stdin()?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').trim().to_owned()),
        Err(_) => bail!(
            Refusal::usage(text!("ce texte n'est pas en UTF-8", "this text is not UTF-8"))
                .hint(text!("Enregistrez-le en UTF-8, puis recommencez.", "Save it as UTF-8, then try again."))
        ),
    }
}
