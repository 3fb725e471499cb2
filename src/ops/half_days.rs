//! Half-days of a calendar: which of them can be marked for a participation, and why the others can't, in one wording for
//! the keyboard and for files.

use crate::domain::cohort::{Half, SlotKind};
use crate::domain::period::Period;
use crate::domain::{Date, Refusal, Text};
use crate::store::attendance::Slot;
use crate::store::{CohortSpan, Lookup, Stay};
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

impl Days {
    /// The days in words: `le 05/12/2018 (mercredi)`, with the half when one is meant.
    pub fn said(&self) -> Text {
        let days = self.period.in_full();
        match self.half {
            None => days,
            Some(half) => text!("{days}, {half}", "{days}, {half}"; days, half),
        }
    }
    /// Whether a half-day is among them.
    pub fn hold(&self, date: Date, half: Half) -> bool {
        self.period.contains(date) && self.half.is_none_or(|wanted| wanted == half)
    }
}

/// Why a half-day can't be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// The calendar does not have it.
    NotPlanned(Date, Half),
    /// It was cancelled.
    Cancelled(Date, Half),
    /// The person has not entered the course.
    NotEntered,
    /// It is before this entry.
    BeforeEntry(Date),
    /// It is after this exit.
    AfterExit(Date),
    /// It has not come yet on this day, today.
    ToCome(Date, Date),
}

impl Barred {
    /// The reason, and what would be right where there is something to do.
    pub fn said(self) -> (Text, Option<Text>) {
        match self {
            Barred::NotPlanned(day, half) => (
                text!(
                    "pas de demi-journée au calendrier le {day} {half}",
                    "no half-day in the calendar on {day} {half}";
                    day, half
                ),
                Some(text!(
                    "ajoutez-la au calendrier, ou corrigez la date",
                    "add it to the calendar, or correct the date"
                )),
            ),
            Barred::Cancelled(day, half) => (
                text!(
                    "la demi-journée du {day} {half} est annulée",
                    "the half-day of {day} {half} is cancelled";
                    day, half
                ),
                None,
            ),
            Barred::NotEntered => (
                text!("cette personne n'est pas entrée en formation", "this person has not entered the course"),
                Some(text!("donnez d'abord son entrée", "give the entry first")),
            ),
            Barred::BeforeEntry(entry) => {
                (text!("avant l'entrée ({entry})", "before the entry ({entry})"; entry), None)
            }
            Barred::AfterExit(exit) => (text!("après la sortie ({exit})", "after the exit ({exit})"; exit), None),
            Barred::ToCome(day, today) => (
                text!(
                    "le {day} est encore à venir (nous sommes le {today})",
                    "{day} has not come yet (today is {today})";
                    day, today
                ),
                None,
            ),
        }
    }
}

/// The half-day of the calendar on which a mark may stand.
pub fn open_slot((date, half): (Date, Half), slot: Option<Slot>) -> Result<Slot, Barred> {
    match slot {
        None => Err(Barred::NotPlanned(date, half)),
        Some(slot) if slot.kind == SlotKind::Cancelled => Err(Barred::Cancelled(date, half)),
        Some(slot) => Ok(slot),
    }
}

/// Why a day is not a day of the participation, or not yet.
pub fn outside_stay(stay: &Stay, date: Date, today: Date) -> Option<Barred> {
    match (stay.entry, stay.exit) {
        (None, _) => Some(Barred::NotEntered),
        (Some(entry), _) if date < entry => Some(Barred::BeforeEntry(entry)),
        (_, Some(exit)) if date > exit => Some(Barred::AfterExit(exit)),
        _ => (date > today).then_some(Barred::ToCome(date, today)),
    }
}

/// The half-days of a cohort's calendar in these days, cancelled ones left out.
///
/// # Errors
/// None is planned, all are cancelled, or one has not come yet.
pub fn planned(lookup: &Lookup<'_>, cohort: &CohortSpan, days: &Days) -> Result<Vec<HalfDay>> {
    let mut all: Vec<(HalfDay, SlotKind)> = lookup
        .slots_of(cohort.id)?
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
    if let Some(ahead) = planned.iter().map(|at| at.date).find(|date| *date > days.today) {
        let (what, _) = Barred::ToCome(ahead, days.today).said();
        bail!(Refusal::data(what).hint(text!(
            "Notez jusqu'à aujourd'hui, le reste le jour venu.",
            "Mark up to today, the rest when it comes."
        )));
    }
    Ok(planned)
}

/// Those of planned half-days on which a participation can be marked, or why there is none.
///
/// # Errors
/// That they are after the exit, when some are; else what bars the first.
pub fn of_stay(planned: &[HalfDay], stay: &Stay, today: Date) -> Result<Vec<HalfDay>, Barred> {
    let bar = |at: &HalfDay| outside_stay(stay, at.date, today);
    let own: Vec<HalfDay> = planned.iter().copied().filter(|at| bar(at).is_none()).collect();
    let bars = || planned.iter().filter_map(bar);
    let after = || bars().find(|barred| matches!(barred, Barred::AfterExit(_)));
    match own.is_empty().then(|| after().or_else(|| bars().next())).flatten() {
        Some(barred) => Err(barred),
        None => Ok(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{CohortId, PersonId, StayId};

    fn day(day: u8) -> Date {
        Date::new(2018, 12, day.into()).unwrap()
    }

    fn stay(entry: Option<u8>, exit: Option<u8>) -> Stay {
        let (id, person, cohort) = (StayId::from_number(1), PersonId::from_number(1), CohortId::from_number(1));
        Stay { id, person, cohort, entry: entry.map(day), exit: exit.map(day) }
    }

    #[track_caller]
    fn check(stay: &Stay, on: u8, want: Option<Barred>) {
        assert_eq!(outside_stay(stay, day(on), day(10)), want);
    }

    #[test]
    fn entry_exit_and_today_are_days_that_can_be_marked() {
        let both = stay(Some(3), Some(6));
        check(&both, 2, Some(Barred::BeforeEntry(day(3))));
        check(&both, 3, None);
        check(&both, 6, None);
        check(&both, 7, Some(Barred::AfterExit(day(6))));
        let open = stay(Some(3), None);
        check(&open, 10, None);
        check(&open, 11, Some(Barred::ToCome(day(11), day(10))));
        check(&stay(None, None), 5, Some(Barred::NotEntered));
    }

    #[test]
    fn only_a_half_day_that_is_planned_and_not_cancelled_can_be_marked() {
        let at = (day(3), Half::Am);
        let slot = |kind| Slot { kind, minutes: 210 };
        assert_eq!(open_slot(at, None), Err(Barred::NotPlanned(day(3), Half::Am)));
        assert_eq!(open_slot(at, Some(slot(SlotKind::Cancelled))), Err(Barred::Cancelled(day(3), Half::Am)));
        assert_eq!(open_slot(at, Some(slot(SlotKind::Company))), Ok(slot(SlotKind::Company)));
    }

    #[test]
    fn a_person_is_marked_on_their_own_half_days_and_told_why_when_there_is_none() {
        let planned: Vec<HalfDay> =
            [3, 5, 7].map(|on| HalfDay { date: day(on), half: Half::Am, minutes: 210 }).to_vec();
        let own = |entry, exit| of_stay(&planned, &stay(entry, exit), day(10));
        assert_eq!(own(Some(4), Some(6)), Ok(vec![planned[1]]));
        assert_eq!(own(Some(8), None), Err(Barred::BeforeEntry(day(8))));
        assert_eq!(own(Some(4), Some(4)), Err(Barred::AfterExit(day(4))));
        assert_eq!(own(None, None), Err(Barred::NotEntered));
    }
}
