//! `fil trainee edit`: changes what is recorded of a person and of their participation.

use super::THEIR_COHORT;
use super::{in_plain_words, named, refuse_field};
use crate::cli::ask::entry::{self, Entry, Write, field_named};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::kind::trainee;
use crate::domain::{Act, Kind, Refusal, Value};
use crate::ops::{Mode, Said};

/// `fil trainee edit`.
pub const VERB: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie une fiche.", "Changes a record."),
    examples: [
        fixed!("fil t e amé --tel 0698765432", "fil t e ame --phone 0698765432"),
        fixed!("fil t e 12 --ne 03/02/2000 --set sexe=F", "fil t e 12 --born 2000-02-03 --set sex=F"),
    ],
    flags: &[&[flags::WHO, THEIR_COHORT, flags::PHONE, flags::BORN, flags::SET, flags::DRY_RUN]],
    run: Run::With(run),
};

/// Changes the record.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let person = selector::person(ctx, &store.lookup(), matches.need(&flags::WHO)?, Purpose::Write)?;
    let slug = person.value.slug.clone();
    for pair in matches.all(&flags::SET) {
        let name = pair.split_once('=').map_or(pair, |(name, _)| name);
        if let Ok(field) = field_named(Kind::Trainees, name)
            && matches!(field.name, "cohort" | "trainee")
        {
            bail!(refuse_field(field.name, &slug));
        }
    }
    let mut entry = Entry::new(ctx, Kind::Trainees);
    entry
        .flag(matches, &flags::PHONE, trainee::PHONE)?
        .flag(matches, &flags::BORN, trainee::BIRTH_DATE)?
        .sets(matches)?;
    if entry.request.said.iter().all(|said| *said == Said::Nothing) {
        bail!(Refusal::usage(text!("il n'y a rien à modifier", "there is nothing to change")).hint(text!(
            "Par exemple : fil t e {slug} --tel 0612345678, ou --set champ=valeur",
            "For example: fil t e {slug} --phone 0612345678, or --set field=value"
        )));
    }
    let stay = selector::stay(&store.lookup(), &person.value, matches.text(&flags::COHORT), ctx.today)?;
    ctx.has_read(store);
    entry.request.id = Some(person.value.id.into());
    entry.give(trainee::COHORT, Value::Text(stay.value.1.code));
    let trial = Trial::of(matches);
    let write = Write { act: Act::Edit, kind: Kind::Trainees, mode: Mode::Edit, trial };
    let done = entry::save(ctx, write, std::slice::from_ref(&entry.request))?;
    let said = person.echo.into_iter().chain(stay.echo).chain(entry.echoes);
    let account = entry::account(Kind::Trainees, &named(&person.value), &done, trial);
    Ok(in_plain_words(account).say_before(said))
}
