//! Rules about the course of a participation: an exit that nobody recorded, someone who never came, data kept too long.

use super::school::{School, name};
use super::{Findings, fix};
use crate::ops::retention::contacts;
use crate::text;
use anyhow::Result;

/// An entry without an exit although the cohort ended before as_of; on its last day it still runs.
pub fn open_after_end(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (cohort, stay) in school.entered() {
        if cohort.end >= school.as_of || school.exit(stay).is_some() {
            continue;
        }
        let (who, code, end) = (name(stay), &cohort.code, cohort.end);
        let message = text!(
            "{who} : aucune sortie, alors que {code} s'est terminée le {end}",
            "{who}: no exit, although {code} ended on {end}";
            end
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

/// More than two years have passed since the last contact with a person. A contact dated after as_of keeps them too.
pub fn retention_due(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let contacts = contacts(school.lookup, &school.everybody, &|id| school.cohort(id).cloned())?;
    for (person, stays) in school.people() {
        let Some(contact) = contacts.get(&person).filter(|contact| contact.is_over(school.as_of)) else { continue };
        let Some(stay) = stays.iter().find(|s| school.asks_for(s)) else { continue };
        let (who, last, day) = (name(stay), contact.last, contact.last.french());
        let message = text!(
            "{who} : dernier contact le {day}, il y a plus de deux ans",
            "{who}: last contact on {last}, more than two years ago"
        );
        found.add(school.about(stay), message, fix::erase(&stay.slug));
    }
    Ok(())
}
