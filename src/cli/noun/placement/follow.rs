//! `placement follow`: an attempt to reach someone after their exit, and what it found, in one operation.

use super::COHORT;
use super::add::{Wanted, draft, under};
use super::words::{Found, Meant, found};
use super::{AGENCY, BY, COMPANY, FROM, NEW_COMPANY, POINT, PREHIRE, SITUATION, TO};
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::prompt;
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::id::OpId;
use crate::domain::kind::{followup, placement};
use crate::domain::placement::{Point, SituationType};
use crate::domain::{Act, ClosedList, Date, Kind, Refusal, Text, Value};
use crate::ops::{Mode, Request, Saved};
use crate::store::records::Which;
use crate::store::{CohortSpan, Committed, Identity, Lookup};
use crate::view::situation::Situation;

/// `fil placement follow`.
pub const FOLLOW: Verb = Verb {
    names: &["follow", "point", "f"],
    about: fixed!(
        "Note un appel après la sortie et ce qu'il apprend.",
        "Notes a call after the exit and what it tells."
    ),
    examples: [
        fixed!("fil e f amé 3m en-poste", "fil placement follow ferre-amelie 3m in-post --on 2019-06-04"),
        fixed!("fil e f saïd 6m injoignable --par phone", "fil e f saïd 6m unreachable --by phone"),
    ],
    flags: &[&[
        flags::WHO,
        POINT,
        SITUATION,
        COMPANY,
        BY,
        flags::ON,
        flags::NOTE,
        FROM,
        TO,
        AGENCY,
        PREHIRE,
        COHORT,
        NEW_COMPANY,
        flags::SET,
        flags::DRY_RUN,
    ]],
    run: Run::With(follow),
};

/// Someone to reach, when, and at which point after their exit.
struct Call<'a> {
    person: &'a Identity,
    cohort: CohortSpan,
    point: Point,
    /// The day of the attempt.
    on: Date,
    /// The day of the point, once the person has left.
    due: Option<Date>,
}

/// One record of the operation: how it is saved and how it is said.
struct Part {
    mode: Mode,
    request: Request,
    subject: Text,
}

/// `placement follow WHO POINT SITUATION [COMPANY]`.
pub fn follow(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let person = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
    let mut echoes: Vec<Text> = person.echo.into_iter().collect();
    let (call, said) = call(matches, ctx, &lookup, &person.value)?;
    echoes.extend(said);
    let what = match matches.text(&SITUATION) {
        Some(typed) => found(typed)?,
        None => ask(ctx, &call)?,
    };
    let attempt = attempt(matches, ctx, &call, what)?;
    let mut parts = vec![attempt];
    let mut answer = Answer::default();
    match what {
        Found::Nobody => refuse_details(matches)?,
        Found::InPost => {
            refuse_details(matches)?;
            parts.push(confirm_post(&lookup, &call)?);
        }
        Found::In(meant) => {
            let (part, more) = known(matches, ctx, &lookup, &call, meant)?;
            parts.push(part);
            echoes.extend(more);
            if let Some(doubt) = still_at_work(&lookup, &call, meant)? {
                answer = answer.warn(text!("contrat toujours en cours", "contract still running"), doubt);
            }
        }
    }
    answer.said = echoes;
    save(ctx, answer, &parts, Trial::of(matches))
}

fn call<'a>(
    matches: &Matches,
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    person: &'a Identity,
) -> Result<(Call<'a>, Vec<Text>)> {
    let typed = matches.need(&POINT)?;
    let Some(point) = Point::from_code(typed) else { bail!("no point {typed}") };
    let mut echoes = Vec::new();
    let on = match matches.text(&flags::ON) {
        Some(typed) => {
            let day = parse_day(typed, ctx.today, Lean::Past)?;
            echoes.extend(day.echo.then(|| in_full(day.date)));
            day.date
        }
        None => ctx.today,
    };
    let (cohort, echo) = under(lookup, matches, person, on)?;
    echoes.extend(echo);
    let stays = lookup.stays_of(person.id)?;
    let exit = stays.iter().find(|stay| stay.cohort == cohort.id).and_then(|stay| stay.exit);
    let due = exit.map(|exit| exit.plus_months(point.months()));
    if due.is_none() {
        let (slug, code) = (&person.slug, &cohort.code);
        echoes.push(text!(
            "{slug} n'a pas de sortie enregistrée de {code} : le point comptera à partir de la sortie.",
            "{slug} has no recorded exit from {code}: the point will count from the exit."
        ));
    }
    Ok((Call { person, cohort, point, on, due }, echoes))
}

/// The question of a coordinator who calls from the list of what is due.
fn ask(ctx: &Context<'_>, call: &Call<'_>) -> Result<Found> {
    let slug = &call.person.slug;
    let point = call.point.text();
    let words = "en-poste, recherche, inactif, injoignable, cdi, cdd, formation…";
    let missing = || {
        Refusal::usage(text!("{slug}, {point} : quelle situation ?", "{slug}, {point}: which situation?"; point))
            .hint(text!("Ajoutez un de ces mots : {words}", "Add one of these words: {words}"))
    };
    if !ctx.can_ask() {
        bail!(missing());
    }
    let choices = [
        (text!("en poste, comme enregistré", "in post, as recorded"), "en-poste"),
        (text!("en recherche d'emploi", "looking for work"), "recherche"),
        (text!("inactif", "inactive"), "inactif"),
        (text!("injoignable", "could not be reached"), "injoignable"),
    ];
    let lines: Vec<Text> = choices.iter().map(|(line, _)| line.clone()).collect();
    let question = text!(
        "{slug}, {point} (un nouveau contrat : recommencez avec cdi, cdd… et --from) :",
        "{slug}, {point} (a new contract: start again with cdi, cdd… and --from):";
        point
    );
    match prompt::choose(ctx, &question, &lines)?.and_then(|at| choices.get(at)) {
        Some((_, word)) => Ok(found(word)?),
        None => bail!(missing()),
    }
}

/// The record of the attempt itself.
fn attempt(matches: &Matches, ctx: &Context<'_>, call: &Call<'_>, what: Found) -> Result<Part> {
    let mut entry = Entry::new(ctx, Kind::Followups);
    entry
        .give(followup::COHORT, Value::Text(call.cohort.code.clone()))
        .give(followup::TRAINEE, Value::Text(call.person.slug.clone()))
        .give(followup::POINT, Value::Code(call.point.code()))
        .give(followup::DATE, Value::Date(call.on))
        .give(followup::REACHED, Value::Bool(what != Found::Nobody));
    entry.flag(matches, &BY, followup::CHANNEL)?.flag(matches, &flags::NOTE, followup::NOTE)?;
    let (slug, point, day) = (&call.person.slug, call.point.text(), call.on.french());
    let on = call.on;
    let subject = match what {
        Found::Nobody => text!("{slug}, {point} : pas joint le {day}", "{slug}, {point}: not reached on {on}"; point),
        _ => text!("{slug}, {point} : joint le {day}", "{slug}, {point}: reached on {on}"; point),
    };
    Ok(Part { mode: Mode::Upsert, request: entry.request, subject })
}

/// The words and flags that describe a contract.
fn details(matches: &Matches) -> Vec<String> {
    let values = [FROM, TO, AGENCY, flags::SET].into_iter().filter(|flag| !matches.all(flag).is_empty());
    let switches = [PREHIRE, NEW_COMPANY].into_iter().filter(|flag| matches.has(flag));
    let named = values.chain(switches).map(|flag| format!("--{}", flag.id));
    matches.text(&COMPANY).map(str::to_owned).into_iter().chain(named).collect()
}

/// What is said of a contract has no place where no contract is recorded.
fn refuse_details(matches: &Matches) -> Result<()> {
    if let Some(word) = details(matches).first() {
        let word = crate::domain::folding::shown(word);
        bail!(
            Refusal::usage(text!(
                "« {word} » ne va pas avec cette situation",
                "“{word}” does not go with this situation"
            ))
            .hint(text!(
                "Un nouveau contrat s'écrit avec son type : cdi, cdd, mission…",
                "A new contract is written with its type: cdi, cdd, mission…"
            ))
        );
    }
    Ok(())
}

/// The running contract, confirmed on the day of the attempt.
fn confirm_post(lookup: &Lookup<'_>, call: &Call<'_>) -> Result<Part> {
    let all = Situation::all(lookup, Which::Person(call.person.id))?;
    let running = |s: &&Situation| s.kind.is_paid() && s.runs_on(call.on);
    if let Some(post) = all.iter().filter(running).max_by_key(|s| (s.term.start, s.number)) {
        return Ok(confirmation(post, call.on));
    }
    let (slug, day, on, point) = (&call.person.slug, call.on.french(), call.on, call.point.code());
    let refusal =
        Refusal::data(text!("{slug} n'a pas de contrat en cours le {day}", "{slug} has no running contract on {on}"));
    let over =
        all.iter().filter(|s| s.kind.is_paid() && s.is_open_on(call.on)).max_by_key(|s| (s.term.start, s.number));
    bail!(match over {
        Some(over) => {
            let (number, end) = (over.number, over.end().unwrap_or(call.on));
            refusal.why(text!("le n° {number} finissait le {end}", "no. {number} ended on {end}"; end)).hint(text!(
                "S'il est prolongé : fil placement edit {number} --to DATE ; sinon écrivez le nouveau contrat",
                "If it was prolonged: fil placement edit {number} --to DATE; else write the new contract"
            ))
        }
        None => refusal.hint(text!(
            "Écrivez le contrat : fil placement follow {slug} {point} cdi ENTREPRISE --from DATE",
            "Write the contract: fil placement follow {slug} {point} cdi COMPANY --from DATE"
        )),
    })
}

fn confirmation(situation: &Situation, on: Date) -> Part {
    let mut request = Request::new(Kind::Placements);
    request.id = Some(situation.number);
    let seen = situation.record.date(placement::SEEN_ON).map_or(on, |seen| seen.max(on));
    request.give(placement::SEEN_ON, Value::Date(seen));
    Part { mode: Mode::Edit, request, subject: situation.said() }
}

/// The situation that was found: the running one of that type is confirmed, else it is added.
fn known(
    matches: &Matches,
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    call: &Call<'_>,
    meant: Meant,
) -> Result<(Part, Vec<Text>)> {
    let details = !details(matches).is_empty();
    let all = Situation::all(lookup, Which::Person(call.person.id))?;
    let same = |s: &&Situation| s.kind == meant.kind && s.runs_on(call.on);
    if let (false, Some(running)) = (details, all.iter().filter(same).max_by_key(|s| (s.term.start, s.number))) {
        return Ok((confirmation(running, call.on), Vec::new()));
    }
    let start = without_a_contract(meant.kind).then(|| call.due.map_or(call.on, |due| due.min(call.on)));
    let wanted = Wanted { person: call.person, meant, start, seen_on: Some(call.on) };
    let draft = draft(ctx, lookup, matches, &wanted)?;
    let subject = draft.subject();
    Ok((Part { mode: Mode::Upsert, request: draft.request, subject }, draft.echoes))
}

/// Situations that nothing signed begins: without other words they are taken to hold from the day of the point.
fn without_a_contract(kind: SituationType) -> bool {
    matches!(kind, SituationType::DemandeurEmploi | SituationType::Inactif)
}

/// Someone who looks for work while a contract still runs: the contract must have ended.
fn still_at_work(lookup: &Lookup<'_>, call: &Call<'_>, meant: Meant) -> Result<Option<Text>> {
    if !without_a_contract(meant.kind) {
        return Ok(None);
    }
    let all = Situation::all(lookup, Which::Person(call.person.id))?;
    let contract = all.into_iter().filter(|s| s.kind.is_paid() && s.runs_on(call.on)).max_by_key(|s| s.term.start);
    Ok(contract.map(|contract| {
        let (number, said) = (contract.number, contract.said());
        text!(
            "n° {number}, {said} — s'il est fini : fil placement end {number} --on DATE",
            "no. {number}, {said} — if it is over: fil placement end {number} --on DATE";
            said
        )
    }))
}

/// Saves the attempt and the situation as one operation, and tells both.
fn save(ctx: &Context<'_>, mut answer: Answer, parts: &[Part], trial: Trial) -> Result<Answer> {
    let done = ctx.write(Act::FollowUp, Kind::Followups.code(), trial, |tx| {
        let mut saved = Vec::new();
        for part in parts {
            let write = Write { act: Act::FollowUp, kind: part.request.kind, mode: part.mode, trial };
            let one = entry::save_in(ctx, tx, write, std::slice::from_ref(&part.request))?;
            entry::refuse(&one.troubles)?;
            saved.push(one);
        }
        Ok(saved)
    })?;
    let last = parts.len() - 1;
    for (at, (part, saved)) in parts.iter().zip(done.value()).enumerate() {
        let told = told(part, saved, done.operation().filter(|_| at == last), trial);
        answer.warnings.extend(told.warnings);
        answer.said.extend(told.said);
        if trial == Trial::DryRun && at < last {
            answer.said.pop();
        }
    }
    Ok(answer)
}

/// The account of one record; the way back is told with the last one only.
fn told(part: &Part, saved: &Saved, operation: Option<OpId>, trial: Trial) -> Answer {
    let done = match operation {
        Some(operation) => Committed::Saved { operation, value: saved.clone() },
        None => Committed::Nothing(saved.clone()),
    };
    entry::account(part.request.kind, &part.subject, &done, trial)
}
