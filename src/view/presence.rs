//! Half-days planned and present of one participation, straight from the calendar and the marks.

use crate::domain::cohort::Half;
use crate::domain::progress::AttendanceStatus;
use crate::domain::stay::{Presence, StayDays};
use crate::domain::{Date, Month};
use crate::sheet::Cell;
use crate::store::attendance::Slot;
use crate::store::{Lookup, Stay};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};

/// The calendar of a cohort.
pub type Calendar = HashMap<(Date, Half), Slot>;

/// The rate of presence as a cell, one decimal.
pub fn rate(presence: &Presence) -> Cell {
    presence.rate().map_or(Cell::Empty, |value| Cell::Decimal { value, scale: 1 })
}

/// What the marks of a participation tell up to a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attended {
    /// Its half-days, month by month.
    pub months: BTreeMap<Month, Presence>,
    /// The first day with a half-day present.
    pub first_present: Option<Date>,
}

impl Attended {
    /// The half-days of all months together.
    pub fn total(&self) -> Presence {
        self.months.values().fold(Presence::default(), |mut sum, month| {
            sum.add(month);
            sum
        })
    }
}

/// Reads the marks of a participation up to a day; those on half-days that are not planned for it are not counted.
pub fn read(lookup: &Lookup<'_>, calendar: &Calendar, stay: &Stay, until: Date) -> Result<Attended> {
    let mut attended = Attended::default();
    let days = StayDays { entry: stay.entry, exit: stay.exit, ..StayDays::default() };
    let Some((first, last)) = days.within((Date::MIN, until)) else { return Ok(attended) };
    let planned = |day: Date, slot: &Slot| first <= day && day <= last && slot.kind.takes_place();
    for ((day, _), _) in calendar.iter().filter(|((day, _), slot)| planned(*day, slot)) {
        attended.months.entry(day.in_month()).or_default().planned += 1;
    }
    for (at, mark) in lookup.marks_of(stay.id)? {
        if mark.status == AttendanceStatus::Present && at.date <= until {
            attended.first_present.get_or_insert(at.date);
        }
        if !calendar.get(&(at.date, at.half)).is_some_and(|slot| planned(at.date, slot)) {
            continue;
        }
        let month = attended.months.entry(at.date.in_month()).or_default();
        month.mark(mark.status, 1);
        if let Some(reason) = mark.justification {
            *month.reasons.entry(reason).or_default() += 1;
        }
    }
    Ok(attended)
}
