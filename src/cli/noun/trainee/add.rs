//! `fil trainee add`: a new person, or a known one in another cohort; an application, or an entry at once.

use super::NEW_COHORT;
use super::{ENTRY, FIRST, LAST, asked, in_plain_words, named};
use crate::cli::ask::entry::{self, Entry, Write, save_in};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::ask::wizard;
use crate::cli::noun::prelude::*;
use crate::domain::folding::fold;
use crate::domain::id::PersonId;
use crate::domain::kind::trainee;
use crate::domain::{Act, Date, Kind, Refusal, Text, Value};
use crate::ops::{Mode, Request, Said};
use crate::store::{Identity, Lookup};

/// `fil trainee add`.
pub const VERB: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!(
        "Inscrit quelqu'un ; sans nom, pose les questions.",
        "Enrols someone; without a name, asks step by step.",
    ),
    examples: [fixed!("fil t a"), fixed!("fil t a Ferré Amélie -c P1 --entry 05/11")],
    flags: &[&[LAST, FIRST, NEW_COHORT, ENTRY, flags::BORN, flags::PHONE, flags::SET, flags::DRY_RUN]],
    run: Run::With(run),
};

/// Adds from the words of the line, or asks for them when there are none and somebody is there to answer.
fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let (last, first) = match (matches.text(&LAST), matches.text(&FIRST)) {
        (Some(last), Some(first)) => (last, first),
        (None, _) if ctx.can_ask() => return assisted(matches, ctx),
        (last, _) => bail!(missing(last)),
    };
    let mut entry = Entry::new(ctx, Kind::Trainees);
    entry.say(trainee::LAST_NAME, last)?.say(trainee::FIRST_NAME, first)?;
    entry.flag(matches, &ENTRY, trainee::ENTRY)?.flag(matches, &flags::BORN, trainee::BIRTH_DATE)?;
    entry.flag(matches, &flags::PHONE, trainee::PHONE)?.sets(matches)?;
    let echo = cohort(matches, ctx, &mut entry)?;
    let said: Vec<Text> = echo.into_iter().chain(std::mem::take(&mut entry.echoes)).collect();
    Ok(save(ctx, entry.request, Trial::of(matches))?.say_before(said))
}

fn assisted(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let Some((request, words)) = asked::asked(matches, ctx)? else { return Ok(Answer::done(wizard::stopped())) };
    let saved = save(ctx, request, Trial::of(matches))?;
    Ok(saved.say(wizard::script(&words)))
}

fn missing(last: Option<&str>) -> Refusal {
    let what = match last {
        Some(_) => text!("il manque le prénom", "the first name is missing"),
        None => text!("il manque le nom et le prénom", "the last and first names are missing"),
    };
    Refusal::usage(what)
        .hint(text!("Écrivez : fil trainee add NOM PRÉNOM -c PROMO", "Write: fil trainee add LAST FIRST -c COHORT"))
}

/// The cohort of `-c`, of `--set`, or the one that runs; gives what to say when it was not spelled out.
fn cohort(matches: &Matches, ctx: &Context<'_>, entry: &mut Entry<'_>) -> Result<Option<Text>> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let set = entry.request.text(trainee::COHORT).map(str::to_owned);
    let (code, echo) = match (matches.text(&flags::COHORT), set) {
        (Some(_), Some(_)) => {
            bail!(Refusal::usage(text!("la promotion est donnée deux fois", "the cohort is given twice")))
        }
        (Some(typed), None) => (selector::cohort(&lookup, typed)?.code, None),
        (None, Some(typed)) => (selector::cohort(&lookup, &typed)?.code, None),
        (None, None) => {
            let chosen = selector::default_cohort(ctx, &lookup, Purpose::Write)?;
            (chosen.value.code, chosen.echo)
        }
    };
    entry.give(trainee::COHORT, Value::Text(code));
    Ok(echo)
}

/// Saves a new trainee; without an entry it is an application of today.
fn save(ctx: &Context<'_>, mut request: Request, trial: Trial) -> Result<Answer> {
    let unsaid = |name| Kind::Trainees.position(name).is_some_and(|at| request.said[at] == Said::Nothing);
    if request.date(trainee::ENTRY).is_none() && unsaid("application_date") {
        request.give(trainee::APPLICATION_DATE, Value::Date(ctx.today));
    }
    let write = Write { act: Act::Add, kind: Kind::Trainees, mode: Mode::Add, trial };
    let (mut known, mut made) = (None, None);
    let done = ctx.write(write.act, "trainees", trial, |tx| {
        known = known_person(&tx.lookup(), &request)?;
        if let Some(person) = &known {
            refuse_enrolled(&tx.lookup(), person, &request)?;
        }
        let saved = save_in(ctx, tx, write, std::slice::from_ref(&request))?;
        entry::refuse(&saved.troubles)?;
        made = match saved.outcomes.first() {
            Some((_, Some(id), _)) => tx.lookup().find_person(PersonId::of(*id))?,
            _ => None,
        };
        Ok(saved)
    })?;
    let who = made.as_ref().map_or_else(|| Text::same(""), named);
    let account = entry::account(Kind::Trainees, &with_path(&who, &request, ctx.today), &done, trial);
    let again = known.map(|person| {
        let id = person.id;
        text!(
            "Personne déjà connue (n° {id}) : c'est une nouvelle inscription.",
            "A known person (no. {id}): this is a new enrolment."
        )
    });
    Ok(in_plain_words(account.say_before(again)))
}

/// `Amélie Ferré (…), promo P1, entrée le 05/11/2018`.
fn with_path(who: &Text, request: &Request, today: Date) -> Text {
    let code = request.text(trainee::COHORT).unwrap_or("");
    match request.date(trainee::ENTRY) {
        Some(day) => {
            text!("{who}, promo {code}, entrée le {day}", "{who}, cohort {code}, entry on {day}"; who, day)
        }
        None => {
            let day = request.date(trainee::APPLICATION_DATE).unwrap_or(today);
            text!("{who}, promo {code}, candidature du {day}", "{who}, cohort {code}, application of {day}"; who, day)
        }
    }
}

/// The person recorded under the same names and birth date.
fn known_person(lookup: &Lookup<'_>, request: &Request) -> Result<Option<Identity>> {
    let (last, first) =
        (request.text(trainee::LAST_NAME).unwrap_or(""), request.text(trainee::FIRST_NAME).unwrap_or(""));
    let same = lookup.named(&fold(&format!("{last} {first}")))?;
    Ok(same.into_iter().find(|p| p.birth_date == request.date(trainee::BIRTH_DATE)))
}

fn refuse_enrolled(lookup: &Lookup<'_>, person: &Identity, request: &Request) -> Result<()> {
    let code = request.text(trainee::COHORT).unwrap_or("");
    let Some(cohort) = lookup.find_cohort(code)? else { return Ok(()) };
    if lookup.find_stay(cohort.id, person.id)?.is_none() {
        return Ok(());
    }
    let who = named(person);
    let slug = &person.slug;
    bail!(
        Refusal::data(text!("{who} est déjà dans la promotion {code}", "{who} is already in cohort {code}"; who))
            .why(text!(
                "pour une autre personne du même nom, donnez sa date de naissance : --ne JJ/MM/AAAA",
                "for somebody else of the same name, give the birth date: --born DD/MM/YYYY"
            ))
            .hint(text!("Voir : fil t show {slug}", "See: fil t show {slug}"))
    )
}
