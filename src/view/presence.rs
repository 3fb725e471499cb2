//! Half-days planned and present of one participation, straight from the calendar and the marks.

use crate::domain::cohort::{Half, SlotKind};
use crate::domain::number::percent_tenths;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Month};
use crate::sheet::Cell;
use crate::store::attendance::Slot;
use crate::store::{Lookup, Stay};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};

/// The calendar of a cohort.
pub type Calendar = HashMap<(Date, Half), Slot>;

/// Half-days from the entry to the exit or to a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presence {
    /// On the calendar and not cancelled; those without a mark too.
    pub planned: i64,
    /// Present, whatever the minutes.
    pub present: i64,
    /// Excused absences.
    pub excused: i64,
    /// Unexcused absences.
    pub unexcused: i64,
    /// How often each paper or reason was given.
    pub reasons: BTreeMap<Justification, i64>,
}

impl Presence {
    /// The rate in tenths of a percent; none when nothing was planned.
    pub fn rate(&self) -> Option<i64> {
        percent_tenths(self.present, self.planned)
    }
    /// The rate as a cell, one decimal.
    pub fn cell(&self) -> Cell {
        self.rate().map_or(Cell::Empty, |value| Cell::Decimal { value, scale: 1 })
    }
    /// Adds the half-days of another.
    pub fn add(&mut self, other: &Presence) {
        self.planned += other.planned;
        self.present += other.present;
        self.excused += other.excused;
        self.unexcused += other.unexcused;
        for (reason, count) in &other.reasons {
            *self.reasons.entry(*reason).or_default() += count;
        }
    }
}

/// The half-days of a participation up to a day, month by month.
pub fn by_month(
    lookup: &Lookup<'_>,
    calendar: &Calendar,
    stay: &Stay,
    until: Date,
) -> Result<BTreeMap<Month, Presence>> {
    let mut months: BTreeMap<Month, Presence> = BTreeMap::new();
    let Some(entry) = stay.entry else { return Ok(months) };
    let last = stay.exit.map_or(until, |exit| exit.min(until));
    let within = |day: Date| entry <= day && day <= last;
    for ((day, _), slot) in calendar {
        if within(*day) && slot.kind != SlotKind::Cancelled {
            months.entry(day.in_month()).or_default().planned += 1;
        }
    }
    for (at, mark) in lookup.marks_of(stay.id)? {
        let planned = calendar.get(&(at.date, at.half)).is_some_and(|slot| slot.kind != SlotKind::Cancelled);
        if !planned || !within(at.date) {
            continue;
        }
        let month = months.entry(at.date.in_month()).or_default();
        match mark.status {
            AttendanceStatus::Present => month.present += 1,
            AttendanceStatus::Excused => month.excused += 1,
            AttendanceStatus::Unexcused => month.unexcused += 1,
        }
        if let Some(reason) = mark.justification {
            *month.reasons.entry(reason).or_default() += 1;
        }
    }
    Ok(months)
}

/// The same, all together.
pub fn total(months: &BTreeMap<Month, Presence>) -> Presence {
    months.values().fold(Presence::default(), |mut sum, month| {
        sum.add(month);
        sum
    })
}
