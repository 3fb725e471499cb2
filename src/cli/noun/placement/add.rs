//! `placement add`: from words at the keyboard to a situation; the company of a mission is carried over to the contract.

use super::company::{NearName, named};
use super::words::{Meant, Prehire, situation};
use super::{AGENCY, COHORT, COMPANY, FROM, NEW_COMPANY, PREHIRE, TO, TYPE, ask};
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::ask::wizard::{script, stopped};
use crate::cli::noun::prelude::*;
use crate::cli::parser::build::{Asked, root};
use crate::cli::parser::resolve::resolve;
use crate::domain::kind::placement;
use crate::domain::placement::SituationType as T;
use crate::domain::{Act, ClosedList, Date, Kind, Record, Refusal, Text, Value};
use crate::ops::{Mode, Request};
use crate::store::records::Which;
use crate::store::{CohortSpan, Identity, Lookup};
use crate::view::companies::Companies;
use crate::view::situation::{Situation, subject};

/// `fil placement add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ajoute une situation.", "Adds a placement."),
    examples: [
        fixed!(
            "fil e a amé mission sogetrel --du 04/02 --au 26/04",
            "fil e a amé mission sogetrel --from 04/02 --to 26/04",
        ),
        fixed!("fil e a amé cdi --du 29/04", "fil placement add ferre-amelie cdi --from 2019-04-29"),
    ],
    flags: &[&[
        flags::WHO.optional(),
        TYPE,
        COMPANY,
        FROM,
        TO,
        AGENCY,
        PREHIRE,
        COHORT,
        NEW_COMPANY,
        flags::SET,
        flags::DRY_RUN,
    ]],
    run: Run::With(run),
};

/// Adds from the words of the line, or asks for them when there are none and somebody is there to answer.
fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    if matches.text(&flags::WHO).is_some() || !ctx.can_ask() {
        return add(matches, ctx);
    }
    let Some(words) = ask::asked(matches, ctx)? else { return Ok(Answer::done(stopped())) };
    // The line is read by the parser, so that the assistant and the script do the same.
    let found = root(&[super::NOUN], Asked::All, ctx.lang).try_get_matches_from(&words)?;
    let Some((_, found)) = found.subcommand() else { bail!("the assistant's line has no command") };
    let (_, typed) = resolve(&super::NOUN, found)?;
    Ok(add(&typed, ctx)?.say(script(&words)))
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let (typed, kind) = (word(matches, &flags::WHO)?, word(matches, &TYPE)?);
    let store = ctx.open()?;
    let lookup = store.lookup();
    let meant = situation(kind)?;
    let person = selector::person(ctx, &lookup, typed, Purpose::Write)?;
    let wanted = Wanted { person: &person.value, meant, start: None, seen_on: None };
    let draft = draft(ctx, &lookup, matches, &wanted)?;
    let write = Write { act: Act::Add, kind: Kind::Placements, mode: Mode::Add, trial: Trial::of(matches) };
    let done = entry::save(ctx, write, std::slice::from_ref(&draft.request))?;
    let mut answer = entry::account(Kind::Placements, &draft.subject(), &done, write.trial);
    answer.said.splice(0..0, person.echo.into_iter().chain(draft.echoes));
    Ok(answer)
}

fn word<'m>(matches: &'m Matches, flag: &Flag) -> Result<&'m str> {
    let Some(word) = matches.text(flag) else {
        let missing = flag.value;
        bail!(Refusal::usage(text!("il manque {missing}", "{missing} is missing"; missing)).hint(text!(
            "Écrivez : fil placement add QUI TYPE ENTREPRISE --from DATE",
            "Write: fil placement add WHO TYPE COMPANY --from DATE"
        )))
    };
    Ok(word)
}

/// A situation to record, as far as the words go.
pub struct Wanted<'a> {
    /// Whose.
    pub person: &'a Identity,
    /// What.
    pub meant: Meant,
    /// The first day when none is typed.
    pub start: Option<Date>,
    /// The day on which it was confirmed.
    pub seen_on: Option<Date>,
}

/// A situation ready to be saved.
pub struct Draft {
    /// The request.
    pub request: Request,
    /// What was read, chosen or carried over without being typed in full.
    pub echoes: Vec<Text>,
}

impl Draft {
    /// The situation in a sentence.
    pub fn subject(&self) -> Text {
        let mut record = Record::new(Kind::Placements);
        for field in
            [placement::TRAINEE, placement::TYPE, placement::COMPANY, placement::USER_COMPANY, placement::START]
        {
            record.set(field, self.request.given(field).cloned());
        }
        subject(&record)
    }
}

/// The request for a new situation, from COMPANY, `--from`, `--to`, `--agency`, `--prehire` and `--set`.
pub fn draft(ctx: &Context<'_>, lookup: &Lookup<'_>, matches: &Matches, wanted: &Wanted<'_>) -> Result<Draft> {
    let kind = wanted.meant.kind;
    let mut entry = Entry::new(ctx, Kind::Placements);
    entry
        .give(placement::TYPE, Value::Code(kind.code()))
        .give(placement::TRAINEE, Value::Text(wanted.person.slug.clone()));
    company(&mut entry, matches, kind)?;
    entry.flag(matches, &FROM, placement::START)?.flag(matches, &TO, placement::PLANNED_END)?;
    if wanted.meant.prehire == Prehire::Yes || matches.has(&PREHIRE) {
        entry.give(placement::PREHIRE, Value::Bool(true));
    }
    entry.sets(matches)?;
    if let (None, Some(day)) = (entry.request.date(placement::START), wanted.start) {
        entry.give(placement::START, Value::Date(day));
    }
    if let (None, Some(day)) = (entry.request.given(placement::SEEN_ON), wanted.seen_on) {
        entry.give(placement::SEEN_ON, Value::Date(day));
    }
    let Some(start) = entry.request.date(placement::START) else {
        let label = kind.text();
        bail!(
            Refusal::usage(text!("{label} : depuis quand ?", "{label}: since when?"; label))
                .hint(text!("Ajoutez --from DATE (ou --du DATE)", "Add --from DATE"))
        );
    };
    let (cohort, echo) = under(lookup, matches, wanted.person, start)?;
    entry.give(placement::COHORT, Value::Text(cohort.code));
    let (mut request, mut echoes) = (entry.request, entry.echoes);
    echoes.extend(echo);
    spell(ctx, lookup, matches, &mut request, &mut echoes)?;
    carry_over(lookup, wanted.person, kind, &mut request, &mut echoes)?;
    Ok(Draft { request, echoes })
}

/// The participation a situation is recorded under.
pub fn under(
    lookup: &Lookup<'_>,
    matches: &Matches,
    person: &Identity,
    on: Date,
) -> Result<(CohortSpan, Option<Text>)> {
    let stay = selector::stay(lookup, person, matches.text(&flags::COHORT), on)?;
    Ok((stay.value.1, stay.echo))
}

/// For a temp worker COMPANY is where they work and `--agency` the employer.
fn company(entry: &mut Entry<'_>, matches: &Matches, kind: T) -> Result<()> {
    let agency = matches.text(&AGENCY);
    let temp = match kind {
        T::Interim => true,
        T::CdiInterim | T::IaeEtti => agency.is_some(),
        _ => false,
    };
    if let (false, Some(_)) = (temp, agency) {
        let label = kind.text();
        bail!(
            Refusal::usage(text!("--agency ne va pas avec {label}", "--agency does not go with {label}"; label)).hint(
                text!(
                    "L'agence est l'employeur d'un intérimaire ; ailleurs, ENTREPRISE suffit.",
                    "The agency employs a temp worker; elsewhere COMPANY is enough."
                )
            )
        );
    }
    entry.flag(matches, &COMPANY, if temp { placement::USER_COMPANY } else { placement::COMPANY })?;
    entry.flag(matches, &AGENCY, placement::COMPANY)?;
    Ok(())
}

/// Spells the companies as the file does.
pub fn spell(
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    matches: &Matches,
    request: &mut Request,
    echoes: &mut Vec<Text>,
) -> Result<()> {
    let near = if matches.has(&NEW_COMPANY) { NearName::IsNew } else { NearName::Ask };
    let companies = Companies::all(lookup)?;
    for field in [placement::COMPANY, placement::USER_COMPANY] {
        let Some(typed) = request.text(field).map(str::to_owned) else { continue };
        let chosen = named(ctx, &companies, &typed, near)?;
        echoes.extend(chosen.echo);
        request.give(field, Value::Text(chosen.value));
    }
    Ok(())
}

/// Days after the end of a mission within which a contract is taken to follow it.
const FOLLOWS_WITHIN: i32 = 30;

/// A contract that follows a mission before hiring is with the company of that mission, unless another is named.
fn carry_over(
    lookup: &Lookup<'_>,
    person: &Identity,
    kind: T,
    request: &mut Request,
    echoes: &mut Vec<Text>,
) -> Result<()> {
    let converts = matches!(kind, T::Cdi | T::Cdd | T::Apprentissage | T::Professionnalisation);
    let named = request.text(placement::COMPANY).is_some() || request.text(placement::USER_COMPANY).is_some();
    let prehire = matches!(request.given(placement::PREHIRE), Some(Value::Bool(true)));
    let (true, false, false, Some(start)) = (converts, named, prehire, request.date(placement::START)) else {
        return Ok(());
    };
    let follows = |mission: &Situation| {
        mission.is_prehire()
            && !mission.never_began()
            && mission.term.start <= start
            && mission.end().is_none_or(|end| start <= end.plus_days(FOLLOWS_WITHIN))
    };
    let all = Situation::all(lookup, Which::Person(person.id))?;
    let mission = all.into_iter().filter(follows).max_by_key(|m| (m.term.start, m.end(), m.number));
    if let Some(mission) = mission
        && let Some(company) = mission.workplace()
    {
        let number = mission.number;
        echoes.push(text!(
            "Entreprise reprise de la mission n° {number} : {company}",
            "Company carried over from mission no. {number}: {company}"
        ));
        request.give(placement::COMPANY, Value::Text(company.to_owned()));
    }
    Ok(())
}
