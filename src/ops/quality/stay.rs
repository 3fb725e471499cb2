//! Rules about the course of a participation: an exit that nobody recorded, someone who never came, data kept too long.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::Date;
use crate::store::quality::QualityStay;
use crate::text;
use anyhow::Result;

/// Months after the last contact from which a person's data are no longer needed (CNIL, 2021-028 and 2023).
const RETENTION_MONTHS: i32 = 24;

/// An entry without an exit although the cohort ended before as_of; on its last day it still runs.
pub fn open_after_end(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (cohort, stay) in school.entered() {
        if cohort.end >= school.as_of || school.exit(stay).is_some() {
            continue;
        }
        let (who, code, end) = (name(stay), &cohort.code, cohort.end);
        let day = end.french();
        let message = text!(
            "{who} : aucune sortie, alors que {code} s'est terminée le {day}",
            "{who}: no exit, although {code} ended on {end}"
        );
        let fix = match stay.first_present {
            Some(_) => fix::leave(&stay.slug, code, end),
            None => fix::never_came(&stay.slug, code),
        };
        found.add(school.about(stay).detail(code), message, fix);
    }
    Ok(())
}

/// Someone with an entry who was never present, in a cohort that has marks since that entry. Before the first marks
/// are entered nobody is a no-show.
pub fn no_show(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (cohort, stay) in school.entered() {
        let marked_since = school.last_mark(cohort.id) >= stay.entry;
        if stay.first_present.is_some() || !marked_since {
            continue;
        }
        let (who, code) = (name(stay), &cohort.code);
        let message = text!(
            "{who} : jamais présent(e) depuis son entrée dans {code}",
            "{who}: never present since the entry in {code}"
        );
        found.add(school.about(stay).detail(code), message, fix::never_came(&stay.slug, code));
    }
    Ok(())
}

/// More than two years have passed since the last contact with a person: exit (or the end of the cohort while there is
/// none), application, situation begun, ended or seen, follow-up, interview, licence step, note. A contact dated after
/// as_of keeps the person too.
pub fn retention_due(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let heard = school.lookup.contact_days()?;
    for (person, stays) in school.people() {
        let stayed = stays.iter().filter_map(|s| last_day(school, s));
        let Some(last) = stayed.chain(heard.get(&person).copied()).max() else { continue };
        if last.plus_months(RETENTION_MONTHS) >= school.as_of {
            continue;
        }
        let Some(stay) = stays.iter().find(|s| school.asks_for(s)) else { continue };
        let (who, day) = (name(stay), last.french());
        let message = text!(
            "{who} : dernier contact le {day}, il y a plus de deux ans",
            "{who}: last contact on {last}, more than two years ago"
        );
        found.add(school.about(stay), message, fix::erase(&stay.slug));
    }
    Ok(())
}

/// The last day on which a participation kept the school and the person in touch.
fn last_day(school: &School<'_>, stay: &QualityStay) -> Option<Date> {
    let cohort = school.cohort(stay.cohort)?;
    match (stay.entry, stay.exit) {
        (Some(_), exit) => Some(exit.unwrap_or(cohort.end)),
        (None, _) => stay.application_date.max(stay.interview_date).or(Some(cohort.end)),
    }
}
