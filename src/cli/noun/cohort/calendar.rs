//! The calendar of a cohort: filled in one go, changed half-day by half-day, listed.

use super::*;
use crate::cli::ask::entry::{Entry, Write, account, field_named, refuse, save};
use crate::cli::ask::typed_record::{counted, remove, sheet};
use crate::cli::noun::prelude::*;
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::Half;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::folding::shown;
use crate::domain::kind::slot;
use crate::domain::period::{self, PeriodContext, parse_period};
use crate::domain::{Act, Refusal, Text, Value, holiday};
use crate::ops::plan::{Plan, Planned, Span};
use crate::ops::{Mode, Promisable, Said, Saving};
use crate::store::Committed;

/// `fil cohort plan`.
pub const PLAN: Verb = Verb {
    names: &["plan", "planifier"],
    about: fixed!(
        "Remplit le calendrier, sans fermetures ni fériés.",
        "Fills the calendar, without closures and holidays.",
    ),
    examples: [
        fixed!("fil c plan P1 --halves am,pm --closed 24/12/2018..04/01/2019"),
        fixed!("fil c plan P1 --company 2018-12-10..2018-12-14 -n"),
    ],
    flags: &[&[CODE, HALVES, CLOSED, COMPANY, WORK_HOLIDAY, flags::DRY_RUN]],
    run: Run::With(plan),
};

/// `fil cohort slot`.
pub const SLOT: Verb = Verb {
    names: &["slot", "demi-journee"],
    about: fixed!("Ajoute ou change une demi-journée.", "Adds or changes one half-day."),
    examples: [fixed!("fil c slot 10/12 am --set company"), fixed!("fil cohort slot 2018-12-10 pm --cancel -c P1")],
    flags: &[&[DAY, HALF, KIND, CANCEL, MODULE, TRAINER, REMOVE, flags::COHORT, flags::YES, flags::DRY_RUN]],
    run: Run::With(slot),
};

/// `fil cohort slots`.
pub const SLOTS: Verb = Verb {
    names: &["slots", "calendrier"],
    about: fixed!("Liste les demi-journées.", "Lists the half-days."),
    examples: [fixed!("fil c slots -p 2018-12"), fixed!("fil cohort slots -c P1 -f csv")],
    flags: &[&[flags::COHORT, flags::PERIOD], flags::TABLE],
    run: Run::With(slots),
};

/// `fil cohort plan`.
pub fn plan(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let (cohort, found) = {
        let store = ctx.open()?;
        let lookup = store.lookup();
        let found = named(ctx, &lookup, matches.need(&CODE)?, Purpose::Write)?;
        (selector::cohort(&lookup, crate::cli::ask::typed_record::code(&found.value))?, found)
    };
    let mut said: Vec<Text> = found.echo.into_iter().collect();
    let wanted = Plan {
        halves: halves(matches.text(&HALVES))?,
        closed: spans(matches, ctx, &CLOSED, &cohort, &mut said)?,
        company: spans(matches, ctx, &COMPANY, &cohort, &mut said)?,
        work_holidays: days(matches, ctx, &mut said)?,
    };
    let done = ctx.write(Act::Plan, "slots", trial, |tx| {
        let mut saving = Saving {
            mode: Mode::Upsert,
            today: ctx.today,
            secret: &mut String::new,
            indicator: &|_| false,
            figure: &|_| Promisable::Unknown,
            accepted: crate::ops::Accepted::default(),
        };
        let planned = crate::ops::plan::plan(tx, &cohort, &wanted, &mut saving)?;
        refuse(&planned.saved.troubles)?;
        Ok(planned)
    })?;
    Ok(told(&cohort, &wanted, &done, trial).say_before(said))
}

/// What filling the calendar came to: counts, holidays left free, what is worth a look.
fn told(cohort: &CohortSpan, wanted: &Plan, done: &Committed<Planned>, trial: Trial) -> Answer {
    let (planned, code) = (done.value(), &cohort.code);
    let (created, changed, same) = planned.saved.counts();
    let parts = [
        counted(
            created,
            fixed!("demi-journée créée", "half-day created"),
            fixed!("demi-journées créées", "half-days created"),
        ),
        counted(changed, fixed!("modifiée", "changed"), fixed!("modifiées", "changed")),
        counted(planned.removed, fixed!("retirée", "removed"), fixed!("retirées", "removed")),
        counted(same, fixed!("inchangée", "unchanged"), fixed!("inchangées", "unchanged")),
    ];
    let parts = Text::join(&parts, ", ");
    let (fr, en) = (parts.fr, parts.en);
    let mut answer = Answer::done(text!("Calendrier de {code} : {fr}", "Calendar of {code}: {en}"));
    if !planned.holidays.is_empty() {
        let name = |day: &Date| {
            let name = holiday::is_public_holiday(*day).unwrap_or_else(|| Text::same(""));
            (format!("{} ({})", day.french(), name.fr), format!("{day} ({})", name.en))
        };
        let (fr, en): (Vec<String>, Vec<String>) = planned.holidays.iter().map(name).unzip();
        let (fr, en) = (fr.join(", "), en.join(", "));
        answer = answer.say(text!("Jours fériés laissés libres : {fr}", "Public holidays left free: {en}"));
    }
    for warning in &planned.saved.warnings {
        answer = answer.warn(kind_of_warning(warning.code), warning.message.clone());
    }
    for day in wanted.work_holidays.iter().filter(|day| !opened(**day, cohort, wanted)) {
        let full = in_full(*day);
        answer = answer.warn(
            text!("jour férié resté libre", "public holiday left free"),
            text!(
                "{full} : week-end, fermeture, ou hors de la promotion",
                "{full}: weekend, closure, or outside the cohort";
                full
            ),
        );
    }
    answer.say_after(how_to_go_back(done, trial))
}

/// Whether a holiday to be worked is a day that the calendar could open.
fn opened(day: Date, cohort: &CohortSpan, wanted: &Plan) -> bool {
    let closed = wanted.closed.iter().any(|(from, to)| *from <= day && day <= *to);
    day.weekday() < 5 && !closed && cohort.start <= day && day <= cohort.end
}

fn kind_of_warning(code: &str) -> Text {
    match code {
        "slot_on_holiday" => text!("jour férié travaillé", "public holiday worked"),
        "slot_on_weekend" => text!("week-end travaillé", "weekend worked"),
        "slot_outside_cohort" | "days_outside_cohort" => {
            text!("jours hors de la promotion", "days outside the cohort")
        }
        _ => text!("à vérifier", "worth a look"),
    }
}

fn halves(typed: Option<&str>) -> Result<Vec<Half>> {
    let Some(typed) = typed else { return Ok(Half::ALL.to_vec()) };
    let mut found = Vec::new();
    for word in typed.split(',').map(str::trim) {
        let Ok(half) = Half::find(word) else {
            let word = shown(word);
            bail!(
                Refusal::usage(text!("« {word} » n'est pas une demi-journée", "“{word}” is not a half-day"))
                    .hint(text!("Écrivez --halves am,pm, ou am, ou pm", "Write --halves am,pm, or am, or pm"))
            );
        };
        if !found.contains(&half) {
            found.push(half);
        }
    }
    Ok(found)
}

/// The spans of a repeated flag; those typed without a year are said in full.
fn spans(
    matches: &Matches,
    ctx: &Context<'_>,
    flag: &Flag,
    cohort: &CohortSpan,
    said: &mut Vec<Text>,
) -> Result<Vec<Span>> {
    let own = period::CohortSpan { code: &cohort.code, start: cohort.start, end: cohort.end };
    let context = PeriodContext { today: ctx.today, lean: Lean::Nearest, cohorts: &[own], default_cohort: Some(own) };
    let mut spans = Vec::new();
    for typed in matches.all(flag) {
        let read = parse_period(typed, &context)?;
        if read.echo {
            let (name, full) = (flag.id, read.in_full());
            said.push(text!("--{name} : {full}", "--{name}: {full}"; full));
        }
        spans.push((read.from, read.to));
    }
    Ok(spans)
}

fn days(matches: &Matches, ctx: &Context<'_>, said: &mut Vec<Text>) -> Result<Vec<Date>> {
    let mut days = Vec::new();
    for typed in matches.all(&WORK_HOLIDAY) {
        days.push(day(typed, ctx, said)?);
    }
    Ok(days)
}

/// A day that may lie ahead, said in full when it was not typed so.
fn day(typed: &str, ctx: &Context<'_>, said: &mut Vec<Text>) -> Result<Date> {
    let read = parse_day(typed, ctx.today, Lean::Nearest)?;
    if read.echo {
        said.push(in_full(read.date));
    }
    Ok(read.date)
}

/// `fil cohort slot`.
pub fn slot(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let mut said = Vec::new();
    let date = day(matches.need(&DAY)?, ctx, &mut said)?;
    let mut entry = Entry::new(ctx, Kind::Slots);
    entry.say(slot::HALF, matches.need(&HALF)?)?;
    entry.flag(matches, &MODULE, slot::MODULE)?.flag(matches, &TRAINER, slot::TRAINER)?;
    settings(matches, &mut entry)?;
    let half = Half::from_code(entry.request.text(slot::HALF).unwrap_or("")).unwrap_or(Half::Am);
    let store = ctx.open()?;
    let lookup = store.lookup();
    let cohort = of_flag(matches, ctx, &lookup, Purpose::Write)?;
    said.extend(cohort.echo);
    let cohort = cohort.value;
    let known = lookup.records(Kind::Slots, Which::Cohort(cohort.id))?;
    let known = known
        .into_iter()
        .find(|slot| slot.date(slot::DATE) == Some(date) && slot.list::<Half>(slot::HALF) == Some(half));
    let about = about(&cohort, date, half);
    if matches.has(&REMOVE) {
        return Ok(take_off(matches, ctx, known, &about, &entry)?.say_before(said));
    }
    check(matches, &entry, known.as_ref(), &about)?;
    entry.give(slot::COHORT, Value::Text(cohort.code)).give(slot::DATE, Value::Date(date));
    let write = Write { act: Act::Slot, kind: Kind::Slots, mode: Mode::Upsert, trial };
    let done = save(ctx, write, std::slice::from_ref(&entry.request))?;
    let mut answer = account(Kind::Slots, &about, &done, trial);
    for (warning, told) in answer.warnings.iter_mut().zip(&done.value().warnings) {
        warning.kind = kind_of_warning(told.code);
    }
    Ok(answer.say_before(said))
}

/// `--set` of a half-day: a bare word is its kind, `FIELD=VALUE` anything else.
fn settings(matches: &Matches, entry: &mut Entry<'_>) -> Result<()> {
    let mut named = matches.all(&KIND);
    if matches.has(&CANCEL) {
        named.push("cancelled");
    }
    for word in named {
        let (field, value) = match word.split_once('=') {
            Some((name, value)) => (field_named(Kind::Slots, name)?, value),
            None => (slot::KIND, word),
        };
        if field.key {
            bail!(
                Refusal::usage(text!("une demi-journée ne se déplace pas", "a half-day cannot be moved"))
                    .hint(text!("Annulez celle-ci et ajoutez l'autre.", "Cancel this one and add the other."))
            );
        }
        if entry.request.said[field.position()] != Said::Nothing {
            let label = field.text();
            bail!(Refusal::usage(text!("{label} est donné deux fois", "{label} is given twice"; label)));
        }
        entry.say(field, value)?;
    }
    Ok(())
}

fn check(matches: &Matches, entry: &Entry<'_>, known: Option<&Record>, about: &Text) -> Result<()> {
    let said =
        |name: &str| Kind::Slots.position(name).is_some_and(|position| entry.request.said[position] != Said::Nothing);
    if matches.has(&CANCEL) && known.is_none() {
        bail!(
            Refusal::data(text!("{about} n'est pas au calendrier", "{about} is not on the calendar"; about))
                .hint(text!("Il n'y a rien à annuler.", "There is nothing to cancel."))
        );
    }
    let anything = ["kind", "module", "trainer", "minutes"].into_iter().any(said);
    if !anything || (known.is_none() && !said("kind")) {
        bail!(Refusal::usage(text!("dites ce qu'est cette demi-journée", "say what this half-day is")).hint(text!(
            "Ajoutez --set centre, --set company ou --cancel",
            "Add --set centre, --set company or --cancel"
        )));
    }
    Ok(())
}

fn take_off(
    matches: &Matches,
    ctx: &Context<'_>,
    known: Option<Record>,
    about: &Text,
    entry: &Entry<'_>,
) -> Result<Answer> {
    let others = ["kind", "module", "trainer", "minutes"];
    if others.iter().filter_map(|name| Kind::Slots.position(name)).any(|p| entry.request.said[p] != Said::Nothing) {
        bail!(Refusal::usage(text!("--remove ne va pas avec un changement", "--remove does not go with a change")));
    }
    match known {
        Some(slot) => remove(ctx, matches, &slot, about),
        None => bail!(Refusal::data(text!("{about} n'est pas au calendrier", "{about} is not on the calendar"; about))),
    }
}

fn about(cohort: &CohortSpan, date: Date, half: Half) -> Text {
    let (code, french, half) = (&cohort.code, date.french(), half.text());
    text!("demi-journée du {french} {half}, promo {code}", "half-day {date} {half}, cohort {code}"; half)
}

/// `fil cohort slots`.
pub fn slots(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let chosen = scope(matches, ctx, &lookup)?;
    let which = chosen.value.as_ref().map_or(Which::All, |cohort| Which::Cohort(cohort.id));
    let mut said: Vec<Text> = chosen.echo.into_iter().collect();
    let mut records = lookup.records(Kind::Slots, which)?;
    let mut name = None;
    if let Some(typed) = matches.text(&flags::PERIOD) {
        let all = lookup.cohorts()?;
        let spans: Vec<period::CohortSpan<'_>> =
            all.iter().map(|c| period::CohortSpan { code: &c.code, start: c.start, end: c.end }).collect();
        let own = chosen.value.as_ref().and_then(|c| spans.iter().find(|span| span.code == c.code)).copied();
        let context = PeriodContext { today: ctx.today, lean: Lean::Nearest, cohorts: &spans, default_cohort: own };
        let asked = parse_period(typed, &context)?;
        if asked.echo {
            said.push(asked.in_full());
        }
        records.retain(|slot| slot.date(slot::DATE).is_some_and(|day| asked.contains(day)));
        name = Some(asked.file_name());
    }
    let answer = Answer::sheet(sheet(Kind::Slots, &records, ctx.values))
        .named([name, chosen.value.map(|cohort| cohort.code), Some("calendrier".to_owned())])
        .when_empty(text!(
            "Aucune demi-journée. Pour remplir le calendrier : fil cohort plan CODE",
            "No half-day. To fill the calendar: fil cohort plan CODE"
        ));
    Ok(answer.say_before(said))
}
