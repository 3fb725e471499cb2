//! Rules of results, certificates, licence events, interviews and follow-ups.

use super::Check;
use crate::domain::kind::{certificate, licence, result};
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::{Date, Record};
use crate::ops::request::spoken;
use crate::text;
use anyhow::Result;

/// Something dated after today is accepted, with a warning: no report counts it before its day.
pub fn past(new: &Record, today: Date, check: &mut Check) -> Result<()> {
    if let Some(date) = new.day().filter(|d| *d > today) {
        check.warn("future_date", text!("daté d'après aujourd'hui : {date}", "dated after today: {date}"; date));
    }
    Ok(())
}

/// A mark is not more than its maximum.
pub fn result(new: &Record, today: Date, check: &mut Check) -> Result<()> {
    if let (Some(mark), Some(out_of)) = (new.int(result::MARK), new.int(result::OUT_OF))
        && mark > out_of
    {
        let value = spoken(&result::MARK, new.get(result::MARK));
        let limit = spoken(&result::OUT_OF, new.get(result::OUT_OF));
        check.refuse(
            result::MARK,
            value.en.into_owned(),
            text!("la note dépasse son maximum ({limit})", "the mark is above its maximum ({limit})"; limit),
        );
    }
    for field in [result::MARK, result::OUT_OF] {
        if new.int(field).is_some_and(|n| n < 0 || (field == result::OUT_OF && n == 0)) {
            check.refuse(
                field,
                spoken(&field, new.get(field)).en.into_owned(),
                text!("un nombre positif est attendu", "a positive number is expected"),
            );
        }
    }
    past(new, today, check)
}

/// A certificate does not expire before it was obtained.
pub fn certificate(new: &Record, today: Date, check: &mut Check) -> Result<()> {
    if let (Some(date), Some(expires)) = (new.date(certificate::DATE), new.date(certificate::EXPIRES))
        && expires < date
    {
        let day = date.french();
        check.refuse(
            certificate::EXPIRES,
            expires.to_string(),
            text!("l'échéance précède l'obtention ({day})", "the expiry is before the day it was obtained ({date})"),
        );
    }
    past(new, today, check)
}

/// Outcomes belong to exams, hours to lessons; only a booked exam lies ahead.
pub fn licence(new: &Record, today: Date, check: &mut Check) -> Result<()> {
    let step = new.list::<LicenceStep>(licence::STEP);
    let exam = matches!(step, Some(LicenceStep::CodeExam | LicenceStep::DrivingExam));
    let outcome = new.list::<LicenceOutcome>(licence::OUTCOME);
    let planned =
        step == Some(LicenceStep::Lesson) && matches!(outcome, Some(LicenceOutcome::Booked | LicenceOutcome::Absent));
    if let (Some(_), false) = (outcome, exam || planned) {
        check.refuse(
            licence::OUTCOME,
            spoken(&licence::OUTCOME, new.get(licence::OUTCOME)).en.into_owned(),
            text!(
                "seules les épreuves ont un résultat ; une leçon est prévue (booked) ou manquée (absent)",
                "only exams have an outcome; a lesson is booked or absent"
            ),
        );
    }
    if let Some(minutes) = new.int(licence::HOURS).filter(|m| *m != 0) {
        if step != Some(LicenceStep::Lesson) {
            check.refuse(
                licence::HOURS,
                spoken(&licence::HOURS, new.get(licence::HOURS)).en.into_owned(),
                text!("seules les leçons ont des heures", "only lessons have hours"),
            );
        } else if !(1..=24 * 60).contains(&minutes) {
            check.refuse(
                licence::HOURS,
                spoken(&licence::HOURS, new.get(licence::HOURS)).en.into_owned(),
                text!("une leçon dure de 1 minute à 24 heures", "a lesson lasts from 1 minute to 24 hours"),
            );
        }
    }
    if outcome == Some(LicenceOutcome::Booked) {
        return Ok(());
    }
    past(new, today, check)
}
