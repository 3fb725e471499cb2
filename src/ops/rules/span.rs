//! How long things last and in which order they come: what no day holds, what no contract lasts, a test before its
//! registration. Each is accepted with a warning, for a person may know better.

use super::Check;
use crate::domain::kind::{interview, licence, placement};
use crate::domain::placement::SituationType;
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::{Date, Record};
use crate::ops::resolve::Found;
use crate::store::Lookup;
use crate::text;
use anyhow::Result;

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Longest driving lesson, in minutes.
const LESSON: i64 = 10 * 60;
/// Longest contract, in years.
const CONTRACT: i32 = 5;
/// Longest mission that prepares a hiring, in months.
const PREHIRE: i32 = 18;

/// The interviews of one day.
pub fn interview(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    if let (Some(stay), Some(day), Some(own)) = (&found.stay, new.day(), new.int(interview::MINUTES)) {
        hours_of_a_day(lookup.minutes_of_interviews(stay.id, day, new.id)?.saturating_add(own), day, check);
    }
    Ok(())
}

/// Lessons, and a theory test that comes before its registration.
pub fn licence(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    let (Some(person), Some(day)) = (found.links.person, new.day()) else { return Ok(()) };
    match new.list::<LicenceStep>(licence::STEP) {
        Some(LicenceStep::Lesson) => {
            let Some(minutes) = new.int(licence::HOURS) else { return Ok(()) };
            lesson(minutes, check);
            hours_of_a_day(lookup.minutes_of_lessons(person, day, new.id)?.saturating_add(minutes), day, check);
        }
        Some(LicenceStep::CodeExam) if new.list::<LicenceOutcome>(licence::OUTCOME) == Some(LicenceOutcome::Passed) => {
            let (code, registered) = lookup.theory_days(person, new.id)?;
            order(code.map_or(day, |code| code.min(day)), registered, check);
        }
        Some(LicenceStep::Registered) => {
            let (code, registered) = lookup.theory_days(person, new.id)?;
            if let Some(code) = code {
                order(code, Some(registered.map_or(day, |other| other.min(day))), check);
            }
        }
        Some(LicenceStep::CodeExam | LicenceStep::DrivingExam) | None => {}
    }
    Ok(())
}

fn lesson(minutes: i64, check: &mut Check) {
    if !(1..=LESSON).contains(&minutes) {
        let (hours, rest) = (minutes / 60, minutes % 60);
        check.warn(
            "lesson_span",
            text!(
                "une leçon de {hours} h {rest:02} : d'ordinaire de 1 minute à 10 heures",
                "a lesson of {hours} h {rest:02}: as a rule from 1 minute to 10 hours"
            ),
        );
    }
}

/// The theory test is passed after the registration, whichever of the two is recorded last.
fn order(code: Date, registered: Option<Date>, check: &mut Check) {
    if let Some(registered) = registered.filter(|registered| code < *registered) {
        check.warn(
            "code_before_registration",
            text!(
                "code obtenu le {code}, avant toute inscription (la première : {registered})",
                "theory test passed on {code}, before any registration (the first: {registered})";
                code, registered
            ),
        );
    }
}

/// What one person does in a day fits into it.
fn hours_of_a_day(minutes: i64, day: Date, check: &mut Check) {
    if minutes > DAY {
        let (hours, rest) = (minutes / 60, minutes % 60);
        check.warn(
            "day_over_24h",
            text!("{hours} h {rest:02} le {day} : une journée en a 24", "{hours} h {rest:02} on {day}: a day has 24"; day),
        );
    }
}

/// A contract after the application, of a length that contracts have.
pub fn contract(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    let Some(start) = new.date(placement::START) else { return Ok(()) };
    let applied = match &found.stay {
        Some(stay) => lookup.application(stay.id)?,
        None => None,
    };
    let is_contract = new.list::<SituationType>(placement::TYPE).is_some_and(SituationType::is_paid);
    if let Some(applied) = applied.filter(|applied| is_contract && start < *applied) {
        check.warn(
            "contract_before_application",
            text!(
                "commence le {start}, avant la candidature du {applied}",
                "begins on {start}, before the application of {applied}";
                start, applied
            ),
        );
    }
    let Some(end) = new.date(placement::ACTUAL_END).or_else(|| new.date(placement::PLANNED_END)) else {
        return Ok(());
    };
    if is_contract && end >= start.plus_months(12 * CONTRACT) {
        check.warn(
            "contract_over_5_years",
            text!("du {start} au {end} : plus de 5 ans", "from {start} to {end}: over 5 years"; start, end),
        );
    } else if new.is(placement::PREHIRE) && end >= start.plus_months(PREHIRE) {
        check.warn(
            "prehire_over_18_months",
            text!(
                "mission en vue d'embauche du {start} au {end} : plus de 18 mois",
                "mission before hiring from {start} to {end}: over 18 months";
                start, end
            ),
        );
    }
    Ok(())
}
