//! What every entrant's record must say before a report can count the person.
//!
//! Someone who has only applied is asked nothing yet: these rules begin with the entry.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::id::PersonId;
use crate::store::quality::QualityStay;
use crate::text;
use anyhow::Result;
use std::collections::HashSet;

/// A person who has entered has no birth date: ages, age bands and the ESF lines leave them out. Once per person.
pub fn birth_date_missing(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (_, stay) in school.people_entered().into_iter().filter(|(_, s)| s.birth_date.is_none()) {
        let who = name(stay);
        let message = text!("{who} : la date de naissance manque", "{who}: the birth date is missing");
        found.add(school.about(stay), message, fix::set_identity(&stay.slug, "birth_date=YYYY-MM-DD"));
    }
    Ok(())
}

/// A person who has entered has no recorded sex: every line by women and men leaves them out. Once per person.
pub fn sex_missing(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (_, stay) in school.people_entered().into_iter().filter(|(_, s)| !s.has_sex) {
        let who = name(stay);
        let message = text!("{who} : le sexe manque (F, M ou X)", "{who}: the sex is missing (F, M or X)");
        found.add(school.about(stay), message, fix::set_identity(&stay.slug, "sex=SEX"));
    }
    Ok(())
}

/// An entry without the labour status on that day (ESF+, share of NEET). Once per participation: a status is of its day.
pub fn status_missing(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (cohort, stay) in school.entered().filter(|(_, s)| !s.has_status) {
        let (who, code) = (name(stay), &cohort.code);
        let message =
            text!("{who} : le statut à l'entrée manque ({code})", "{who}: the status at entry is missing ({code})");
        let fix = fix::set_stay(&stay.slug, code, "status_at_entry=STATUS");
        found.add(school.about(stay).detail(code), message, fix);
    }
    Ok(())
}

/// An entry without the level of education (ISCED 0 to 8). Once per participation.
pub fn education_missing(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for (cohort, stay) in school.entered().filter(|(_, s)| !s.has_education) {
        let (who, code) = (name(stay), &cohort.code);
        let message = text!(
            "{who} : le niveau d'études manque, de 0 à 8 ({code})",
            "{who}: the education level is missing, 0 to 8 ({code})"
        );
        found.add(school.about(stay).detail(code), message, fix::set_stay(&stay.slug, code, "education=LEVEL"));
    }
    Ok(())
}

/// A person who has entered was never given the privacy notice. Once per person: what they were told at an earlier
/// cohort they already know (GDPR, article 13.4).
pub fn notice_missing(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let told = |s: &&QualityStay| s.informed_on.is_some_and(|d| d <= school.as_of);
    let informed: HashSet<PersonId> = school.everybody.iter().filter(told).map(|s| s.person).collect();
    for (cohort, stay) in school.people_entered().into_iter().filter(|(_, s)| !informed.contains(&s.person)) {
        let who = name(stay);
        let message = text!(
            "{who} : l'information sur ses données n'a pas été donnée",
            "{who}: the privacy notice has not been given"
        );
        let fix = fix::set_stay(&stay.slug, &cohort.code, "informed_on=YYYY-MM-DD");
        found.add(school.about(stay), message, fix);
    }
    Ok(())
}
