//! The person a verb is about, in the cohort where it happens, and the day it happens on.

use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::period::{CohortSpan as Span, Period, PeriodContext, parse_period};
use crate::domain::{Date, Text};
use crate::store::{CohortSpan, Identity, Lookup, Stay};

/// A person in one cohort.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The person.
    pub person: Identity,
    /// Their participation.
    pub stay: Stay,
    /// The cohort.
    pub cohort: CohortSpan,
    /// What was taken without being typed in full.
    pub echoes: Vec<Text>,
}

impl Subject {
    /// First and last name.
    pub fn name(&self) -> String {
        name(&self.person)
    }
}

/// First and last name of a person.
pub fn name(person: &Identity) -> String {
    format!("{} {}", person.first_name, person.last_name)
}

/// Where the people of a write are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// `-c`.
    pub cohort: Option<&'a str>,
    /// The day that decides between participations.
    pub on: Date,
}

/// The person to write about, in the participation that the day or `-c` gives.
pub fn find(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str, ask: Ask<'_>) -> Result<Subject> {
    let mut found = find_all(ctx, lookup, &[typed], ask)?;
    let Some(one) = found.pop() else { anyhow::bail!("nobody was named") };
    Ok(one)
}

/// The same for several people.
pub fn find_all(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &[&str], ask: Ask<'_>) -> Result<Vec<Subject>> {
    let people = selector::people(ctx, lookup, typed, Purpose::Write)?;
    let with_stay = people.into_iter().map(|chosen| {
        let stay = selector::stay(lookup, &chosen.value, ask.cohort, ask.on)?;
        let echoes = chosen.echo.into_iter().chain(stay.echo).collect();
        let (stay, cohort) = stay.value;
        Ok(Subject { person: chosen.value, stay, cohort, echoes })
    });
    with_stay.collect()
}

/// A day that was read, and the sentence that says it in full when it was not typed so.
#[derive(Debug, Clone)]
pub struct When {
    /// The day.
    pub date: Date,
    /// The sentence.
    pub echo: Option<Text>,
}

/// The day of a flag, today without it.
pub fn day(ctx: &Context<'_>, matches: &Matches, flag: &Flag, lean: Lean) -> Result<When> {
    match matches.text(flag) {
        None => Ok(When { date: ctx.today, echo: None }),
        Some(typed) => {
            let day = parse_day(typed, ctx.today, lean)?;
            Ok(When { date: day.date, echo: day.echo.then(|| in_full(day.date)) })
        }
    }
}

/// The days of `--on DATE|PERIOD`, today without it.
pub fn days(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: Option<&str>) -> Result<Period> {
    let Some(typed) = typed else { return Ok(Period::day(ctx.today)) };
    // The cohorts of a large file are many, and the days of the calendar come first anyway.
    if let Ok(period) = parse_period(typed, &PeriodContext::past(ctx.today)) {
        return Ok(period);
    }
    let known = lookup.cohorts()?;
    let cohorts: Vec<Span<'_>> = known.iter().map(|c| Span { code: &c.code, start: c.start, end: c.end }).collect();
    let within = PeriodContext { cohorts: &cohorts, ..PeriodContext::past(ctx.today) };
    Ok(parse_period(typed, &within)?)
}
