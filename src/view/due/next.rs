//! What is to be done next about one person.

use crate::domain::kind::{followup, licence, placement, trainee};
use crate::domain::placement::Point;
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::trainee::{Decision, ExitReason, is_erased};
use crate::domain::{ClosedList, Date, Record, Text};
use crate::text;
use crate::view::standing::last_day;

/// Days before its end from which a contract is worth a call.
const NEAR: i32 = 30;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: Date,
    /// What.
    pub what: Text,
    /// What to type.
    pub command: String,
}

/// What is known of the person.
pub struct Known<'a> {
    /// Their slug.
    pub slug: &'a str,
    /// The participations.
    pub stays: &'a [Record],
    /// The licence records.
    pub licence: &'a [Record],
    /// The placements.
    pub placements: &'a [Record],
    /// The follow-ups.
    pub followups: &'a [Record],
}

/// The most urgent thing: what is late first, then what comes first.
pub fn due(known: &Known<'_>, today: Date) -> Option<Due> {
    if is_erased(known.slug) {
        return None;
    }
    let mut all = exams(known, today);
    all.extend(followups(known));
    all.extend(contracts(known, today));
    all.extend(applications(known));
    all.sort_by(|a, b| (a.on, &a.command).cmp(&(b.on, &b.command)));
    all.into_iter().next()
}

/// Booked exams without a result.
fn exams(known: &Known<'_>, today: Date) -> Vec<Due> {
    let booked =
        known.licence.iter().filter(|l| l.list::<LicenceOutcome>(licence::OUTCOME) == Some(LicenceOutcome::Booked));
    let due = |exam: &Record| {
        let on = exam.date(licence::DATE)?;
        let step = exam.list::<LicenceStep>(licence::STEP)?;
        let over = known.licence.iter().any(|other| {
            let outcome = other.list::<LicenceOutcome>(licence::OUTCOME);
            other.list::<LicenceStep>(licence::STEP) == Some(step)
                && (outcome == Some(LicenceOutcome::Passed)
                    || outcome != Some(LicenceOutcome::Booked) && other.date(licence::DATE) >= Some(on))
        });
        let (word, fr, en) = match step {
            LicenceStep::CodeExam => ("code", "épreuve du code", "theory test"),
            _ => ("conduite", "épreuve de conduite", "driving test"),
        };
        let what = if on < today {
            text!("résultat à saisir : {fr}", "result to enter: {en}")
        } else {
            text!("{fr}", "{en}")
        };
        let slug = known.slug;
        (!over).then(|| Due { on, what, command: format!("fil p set {slug} {word} …") })
    };
    booked.filter_map(due).collect()
}

/// The first follow-up point of each exit at which nobody was reached.
fn followups(known: &Known<'_>) -> Vec<Due> {
    let due = |stay: &Record| {
        let exit = stay.date(trainee::EXIT)?;
        if stay.list::<ExitReason>(trainee::EXIT_REASON) == Some(ExitReason::Transferred) {
            return None;
        }
        let reached = |point: &Point| {
            known.followups.iter().any(|f| {
                f.cohort() == stay.cohort()
                    && f.list::<Point>(followup::POINT) == Some(*point)
                    && f.is(followup::REACHED)
            })
        };
        let point = *Point::ALL.iter().find(|point| !reached(point))?;
        let (fr, en) = (point.text().fr, point.text().en);
        let what = text!("relance à {fr}", "follow-up at {en}");
        let command = format!("fil e f {} {} …", known.slug, point.code());
        Some(Due { on: exit.plus_months(point.months()), what, command })
    };
    known.stays.iter().filter_map(due).collect()
}

/// Contracts whose planned end is near or past, without a real one.
fn contracts(known: &Known<'_>, today: Date) -> Vec<Due> {
    let due = |placement: &Record| {
        let on = last_day(placement)?;
        let open = placement.date(placement::ACTUAL_END).is_none()
            && placement.text(placement::END_REASON) != Some("not_started");
        let company = placement.text(placement::COMPANY).map(|c| format!(" {c}")).unwrap_or_default();
        let number = placement.id?;
        (open && on <= today.plus_days(NEAR)).then(|| Due {
            on,
            what: text!("fin de contrat{company}", "end of contract{company}"),
            command: format!("fil placement show {number}"),
        })
    };
    known.placements.iter().filter_map(due).collect()
}

/// Applications without a decision.
fn applications(known: &Known<'_>) -> Vec<Due> {
    let due = |stay: &Record| {
        let on = stay.date(trainee::APPLICATION_DATE)?;
        let open = stay.date(trainee::ENTRY).is_none()
            && matches!(stay.list::<Decision>(trainee::DECISION), None | Some(Decision::Pending | Decision::Waiting));
        let (slug, code) = (known.slug, stay.text(trainee::COHORT).unwrap_or(""));
        open.then(|| Due {
            on,
            what: text!("candidature à décider", "application to decide on"),
            command: format!("fil trainee enrol {slug} -c {code}"),
        })
    };
    known.stays.iter().filter_map(due).collect()
}
