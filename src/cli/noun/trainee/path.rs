//! `fil trainee enrol` and `transfer`: entries, and moves from a cohort to another.

use super::EXIT_ON;
use super::NEW_COHORT;
use super::THEIR_COHORT;
use super::{TO_COHORT, in_plain_words, named};
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::kind::{FieldAt, trainee};
use crate::domain::trainee::ExitReason;
use crate::domain::{Act, ClosedList, Date, Kind, Refusal, Text, Value};
use crate::ops::Mode;
use crate::store::{CohortSpan, Identity, Lookup, Stay};

/// `fil trainee enrol`.
pub const ENROL: Verb = Verb {
    names: &["enrol", "inscrire"],
    about: fixed!("Fait entrer une personne dans une promotion.", "Enters a person into a cohort."),
    examples: [
        fixed!("fil trainee enrol amé -c P2 --le 04/03", "fil trainee enrol ame -c P2 --on 2019-03-04"),
        fixed!("fil trainee enrol 12 -n"),
    ],
    flags: &[&[
        flags::WHO,
        NEW_COHORT,
        flags::ON.help(fixed!("le jour d'entrée (sinon aujourd'hui)", "the entry day (else today)")),
        flags::DRY_RUN,
    ]],
    run: Run::With(enrol),
};

/// `fil trainee transfer`.
pub const TRANSFER: Verb = Verb {
    names: &["transfer", "transferer"],
    about: fixed!(
        "Change de promotion : sortie, entrée le lendemain.",
        "Changes cohort: an exit, an entry the day after."
    ),
    examples: [
        fixed!("fil trainee transfer amé --to-cohort P2", "fil trainee transfer ame --to-cohort P2"),
        fixed!("fil trainee transfer 12 --to-cohort P2 --le 30/11 -n", "fil trainee transfer 12 --to-cohort P2 -n"),
    ],
    flags: &[&[flags::WHO, TO_COHORT, EXIT_ON, THEIR_COHORT, flags::DRY_RUN]],
    run: Run::With(transfer),
};

/// Enters a person: the application that waits, or a new participation that carries nothing but who they are.
pub fn enrol(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let person = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
    let cohort = cohort_to_enter(matches, ctx, &lookup, &person.value)?;
    let code = cohort.value.code.clone();
    if let Some(entry) = lookup.find_stay(cohort.value.id, person.value.id)?.and_then(|stay| stay.entry) {
        bail!(already_in(&person.value, &code, entry));
    }
    ctx.has_read(store);
    let mut entry = Entry::new(ctx, Kind::Trainees);
    day(&mut entry, matches, trainee::ENTRY)?;
    entry.request.id = Some(person.value.id.into());
    entry.give(trainee::COHORT, Value::Text(code.clone()));
    let write = Write { act: Act::Enrol, kind: Kind::Trainees, mode: Mode::Upsert, trial: Trial::of(matches) };
    let done = entry::save(ctx, write, std::slice::from_ref(&entry.request))?;
    let who = named(&person.value);
    let on = entry.request.date(trainee::ENTRY).unwrap_or(ctx.today);
    // A changed record tells its entry among the changes.
    let created = done.value().counts().0 > 0;
    let subject = match created {
        true => text!("{who}, promo {code}, entrée le {on}", "{who}, cohort {code}, entry on {on}"; who, on),
        false => text!("{who}, promo {code}", "{who}, cohort {code}"; who),
    };
    let said = person.echo.into_iter().chain(cohort.echo).chain(entry.echoes);
    let account = entry::account(Kind::Trainees, &subject, &done, write.trial);
    Ok(in_plain_words(account).say_before(said))
}

fn cohort_to_enter(
    matches: &Matches,
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    person: &Identity,
) -> Result<Chosen<CohortSpan>> {
    if let Some(typed) = matches.text(&flags::COHORT) {
        return Ok(Chosen { value: selector::cohort(lookup, typed)?, echo: None });
    }
    let stays = lookup.stays_of(person.id)?;
    let waiting: Vec<&Stay> = stays.iter().filter(|stay| stay.entry.is_none()).collect();
    if let [one] = waiting.as_slice()
        && let Some(span) = lookup.cohort(one.cohort)?
    {
        let code = &span.code;
        let echo = Some(text!("Sa candidature : promo {code}", "The application: cohort {code}"));
        return Ok(Chosen { value: span, echo });
    }
    selector::default_cohort(ctx, lookup, Purpose::Write)
}

fn already_in(person: &Identity, code: &str, entry: Date) -> Refusal {
    let (who, slug, french) = (named(person), &person.slug, entry.french());
    Refusal::data(text!(
        "{who} est déjà dans la promotion {code}, depuis le {french}",
        "{who} is already in cohort {code}, since {entry}";
        who
    ))
    .hint(text!(
        "Pour corriger ce jour : fil t edit {slug} -c {code} --set entry=JJ/MM/AAAA",
        "To correct that day: fil t edit {slug} -c {code} --set entry=DD/MM/YYYY"
    ))
}

/// Moves a person: an exit `transferred`, and an entry the day after, or on the first day of a cohort that begins later.
pub fn transfer(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let person = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
    let from = selector::stay(&lookup, &person.value, matches.text(&flags::COHORT), ctx.today)?;
    let to = selector::cohort(&lookup, matches.need(&TO_COHORT)?)?;
    let (stay, old) = from.value;
    can_leave(&person.value, stay, &old.code)?;
    if to.id == old.id {
        let code = &to.code;
        bail!(Refusal::usage(text!(
            "la personne est déjà dans la promotion {code}",
            "the person is already in cohort {code}"
        )));
    }
    if let Some(entry) = lookup.find_stay(to.id, person.value.id)?.and_then(|stay| stay.entry) {
        bail!(already_in(&person.value, &to.code, entry));
    }
    ctx.has_read(store);
    let mut leaving = Entry::new(ctx, Kind::Trainees);
    day(&mut leaving, matches, trainee::EXIT)?;
    leaving.request.id = Some(person.value.id.into());
    leaving.give(trainee::COHORT, Value::Text(old.code.clone()));
    leaving.give(trainee::EXIT_REASON, Value::Code(ExitReason::Transferred.code()));
    let exit = leaving.request.date(trainee::EXIT).unwrap_or(ctx.today);
    let entry = exit.plus_days(1).max(to.start);
    let mut entering = Entry::new(ctx, Kind::Trainees);
    entering.request.id = Some(person.value.id.into());
    entering.give(trainee::COHORT, Value::Text(to.code.clone())).give(trainee::ENTRY, Value::Date(entry));
    let trial = Trial::of(matches);
    let write = Write { act: Act::Transfer, kind: Kind::Trainees, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, &[leaving.request, entering.request])?;
    let (who, a, b) = (named(&person.value), &old.code, &to.code);
    let mut answer = Answer::default().say_after(person.echo.into_iter().chain(from.echo).chain(leaving.echoes));
    answer = answer.say(text!(
        "Transféré : {who} — sortie de {a} le {exit}, entrée dans {b} le {entry}",
        "Transferred: {who} — exit from {a} on {exit}, entry into {b} on {entry}";
        who, exit, entry
    ));
    for warning in &done.value().warnings {
        answer = answer.warn(Text::same(warning.code), warning.message.clone());
    }
    Ok(in_plain_words(answer.say_after(how_to_go_back(&done, trial))))
}

/// The day of `--on`, else today.
pub(super) fn day(entry: &mut Entry<'_>, matches: &Matches, field: FieldAt) -> Result<()> {
    match matches.text(&flags::ON) {
        Some(on) => entry.say(field, on)?,
        None => entry.say(field, "aujourd'hui")?,
    };
    Ok(())
}

/// Refuses the exit of somebody who has not entered, or who left already.
pub(super) fn can_leave(person: &Identity, stay: Stay, code: &str) -> Result<()> {
    let (who, slug) = (named(person), &person.slug);
    if stay.entry.is_none() {
        bail!(
            Refusal::data(text!(
                "{who} n'est pas encore entré(e) dans la promotion {code}",
                "{who} has not entered cohort {code} yet";
                who
            ))
            .hint(text!(
                "Pour un désistement : fil t edit {slug} -c {code} --set decision=withdrawn",
                "For a withdrawal: fil t edit {slug} -c {code} --set decision=withdrawn"
            ))
        );
    }
    if let Some(exit) = stay.exit {
        bail!(
            Refusal::data(text!(
                "{who} est déjà sorti(e) de la promotion {code} le {exit}",
                "{who} already left cohort {code} on {exit}";
                who, exit
            ))
            .hint(text!(
                "Pour corriger : fil t edit {slug} -c {code} --set exit=JJ/MM/AAAA",
                "To correct it: fil t edit {slug} -c {code} --set exit=DD/MM/YYYY"
            ))
        );
    }
    Ok(())
}
