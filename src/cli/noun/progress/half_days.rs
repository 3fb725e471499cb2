//! Half-days of a calendar that a person should have come to, and why there are none.

use super::HALF;
use super::subject::Subject;
use crate::cli::parser::matches::Matches;
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::kind::attendance;
use crate::domain::period::Period;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Date, Kind, Refusal, Text, Value};
use crate::ops::Request;
use crate::store::{CohortSpan, Lookup};
use crate::text;
use anyhow::{Result, bail};

/// A half-day of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HalfDay {
    /// The day.
    pub date: Date,
    /// The half.
    pub half: Half,
    /// Its length in minutes.
    pub minutes: i64,
}

/// Some days, or one half of them.
#[derive(Debug, Clone)]
pub struct Days {
    /// The days.
    pub period: Period,
    /// The half, when only one is meant.
    pub half: Option<Half>,
    /// The day after which nothing can be marked.
    pub today: Date,
}

/// `--half`.
pub fn half(matches: &Matches) -> Option<Half> {
    matches.text(&HALF).and_then(Half::from_code)
}

impl Days {
    /// The days in words: `le 05/12/2018 (mercredi)`, with the half when one is meant.
    pub fn said(&self) -> Text {
        let days = self.period.in_full();
        match self.half.map(ClosedList::text) {
            None => days,
            Some(half) => Text::new(format!("{}, {}", days.fr, half.fr), format!("{}, {}", days.en, half.en)),
        }
    }
    /// Whether a half-day is among them.
    pub fn hold(&self, date: Date, half: Half) -> bool {
        self.period.contains(date) && self.half.is_none_or(|wanted| wanted == half)
    }
}

/// The half-days of a cohort's calendar in these days, cancelled ones left out.
pub fn of_cohort(lookup: &Lookup<'_>, cohort: &CohortSpan, days: &Days) -> Result<Vec<HalfDay>> {
    let slots = lookup.slots_of(cohort.id)?;
    let mut all: Vec<(HalfDay, SlotKind)> = slots
        .into_iter()
        .filter(|((date, half), _)| days.hold(*date, *half))
        .map(|((date, half), slot)| (HalfDay { date, half, minutes: slot.minutes }, slot.kind))
        .collect();
    all.sort_unstable_by_key(|(at, _)| *at);
    let (said, code) = (days.said(), &cohort.code);
    if all.is_empty() {
        bail!(
            Refusal::data(text!(
                "rien n'est prévu au calendrier de {code} {said}",
                "nothing is planned for {code} {said}";
                said
            ))
            .hint(text!("Voir le calendrier : fil cohort show {code}", "See the calendar: fil cohort show {code}"))
        );
    }
    let planned: Vec<HalfDay> =
        all.iter().filter(|(_, kind)| *kind != SlotKind::Cancelled).map(|(at, _)| *at).collect();
    if planned.is_empty() {
        bail!(Refusal::data(text!(
            "les demi-journées de {code} sont annulées {said}",
            "the half-days of {code} are cancelled {said}";
            said
        )));
    }
    if let Some(late) = planned.iter().map(|at| at.date).find(|date| *date > days.today) {
        let (day, today, iso) = (late.french(), days.today.french(), days.today);
        bail!(
            Refusal::data(text!("le {day} est encore à venir", "{late} has not come yet"))
                .why(text!(
                    "nous sommes le {today} : seul ce qui a eu lieu se note",
                    "today is {iso}: only what happened is marked"
                ))
                .hint(text!(
                    "Notez jusqu'à aujourd'hui, le reste le jour venu.",
                    "Mark up to today, the rest when it comes."
                ))
        );
    }
    Ok(planned)
}

/// The half-days that a person should have come to in these days; none at all is refused with the reason.
pub fn of_person(lookup: &Lookup<'_>, subject: &Subject, days: &Days) -> Result<Vec<HalfDay>> {
    let planned = of_cohort(lookup, &subject.cohort, days)?;
    let (name, code) = (subject.name(), &subject.cohort.code);
    let Some(entry) = subject.stay.entry else {
        bail!(
            Refusal::data(text!("{name} n'est pas entré en formation dans {code}", "{name} has not entered {code}"))
                .hint(text!(
                    "Donnez d'abord son entrée : fil trainee enrol {}",
                    "Give the entry first: fil trainee enrol {}",
                    subject.person.slug
                ))
        );
    };
    let own: Vec<HalfDay> = planned
        .iter()
        .copied()
        .filter(|at| entry <= at.date && subject.stay.exit.is_none_or(|exit| at.date <= exit))
        .collect();
    if !own.is_empty() {
        return Ok(own);
    }
    let said = days.said();
    let (fr, en, entered) = (said.fr, said.en, entry.french());
    let refusal = Refusal::data(text!("rien n'est prévu pour {name} {fr}", "nothing is planned for {name} {en}"));
    bail!(match subject.stay.exit {
        Some(exit) if planned.iter().any(|at| at.date > exit) => {
            refusal.why(text!(
                "c'est après sa sortie de {code} ({exit})",
                "it is after the exit from {code} ({exit})";
                exit
            ))
        }
        _ => refusal
            .why(text!("c'est avant son entrée dans {code} ({entered})", "it is before the entry in {code} ({entry})")),
    })
}

/// What is to be marked on one half-day.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The half-day.
    pub at: HalfDay,
    /// The status.
    pub status: AttendanceStatus,
}

/// The request that marks one half-day of a person.
pub fn request(cohort: &str, slug: &str, mark: Mark) -> Request {
    let mut request = Request::new(Kind::Attendance);
    request
        .give(attendance::COHORT, Value::Text(cohort.to_owned()))
        .give(attendance::TRAINEE, Value::Text(slug.to_owned()))
        .give(attendance::DATE, Value::Date(mark.at.date))
        .give(attendance::HALF, Value::Code(mark.at.half.code()))
        .give(attendance::STATUS, Value::Code(mark.status.code()));
    request
}
