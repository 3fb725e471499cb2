//! Marks of half-days as a person types them: the half that is meant, the half-days that are theirs, and saving them.

use super::HALF;
use crate::cli::ask::entry;
use crate::cli::ask::subject::Subject;
use crate::cli::parser::matches::Matches;
use crate::cli::run::context::Context;
use crate::cli::run::open::Trial;
use crate::domain::cohort::Half;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, ClosedList, Kind, Refusal};
use crate::ops::attendance::{MarkRequest, mark};
use crate::ops::half_days::{self, Barred, Days, HalfDay};
use crate::ops::{Mode, Promisable, Saved, Saving};
use crate::store::{Committed, Lookup, Stay};
use crate::text;
use anyhow::{Result, bail};

/// `--half`.
pub fn half(matches: &Matches) -> Option<Half> {
    matches.text(&HALF).and_then(Half::from_code)
}

/// The half-days that a person should have come to in these days; none at all is refused with the reason.
pub fn of_person(lookup: &Lookup<'_>, subject: &Subject, days: &Days) -> Result<Vec<HalfDay>> {
    let planned = half_days::planned(lookup, &subject.cohort, days)?;
    half_days::of_stay(&planned, &subject.stay, days.today).or_else(|barred| {
        let (name, said, slug) = (subject.name(), days.said(), &subject.person.slug);
        let (why, _) = barred.said();
        let refusal =
            Refusal::data(text!("rien à noter pour {name} {said}", "nothing to mark for {name} {said}"; said)).why(why);
        bail!(match barred {
            Barred::NotEntered => refusal.hint(text!(
                "Donnez d'abord son entrée : fil trainee enrol {slug}",
                "Give the entry first: fil trainee enrol {slug}"
            )),
            Barred::NotPlanned(..)
            | Barred::Cancelled(..)
            | Barred::BeforeEntry(_)
            | Barred::AfterExit(_)
            | Barred::ToCome(..) => refusal,
        })
    })
}

/// The request that marks one half-day of a participation; everything but the status stays as it is recorded.
pub fn request(stay: Stay, at: HalfDay, status: AttendanceStatus) -> MarkRequest {
    MarkRequest {
        line: None,
        stay,
        date: at.date,
        half: at.half,
        status,
        minutes: None,
        justification: None,
        signed_trainee: None,
        signed_trainer: None,
    }
}

/// Saves marks as one operation; any refused one refuses all.
pub fn save(ctx: &Context<'_>, act: Act, trial: Trial, marks: &[MarkRequest]) -> Result<Committed<Saved>> {
    ctx.write(act, Kind::Attendance.code(), trial, |tx| {
        let saving = Saving {
            mode: Mode::Upsert,
            today: ctx.today,
            secret: &mut String::new,
            indicator: &|_| false,
            figure: &|_| Promisable::Unknown,
            accepted: crate::ops::Accepted::default(),
        };
        let saved = mark(tx, marks, &saving)?;
        entry::refuse(&saved.troubles)?;
        Ok(saved)
    })
}
