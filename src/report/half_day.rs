//! Half-days of a participation, planned and marked, summed or one by one.

use super::membership::{RecordKind, RecordRef};
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::facts::MarkFact;
use crate::domain::id::OpId;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Date, Month};
use crate::report::as_of::{Part, World};

/// Which half-days of the period are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(Option<(Month, Month)>);

impl Span {
    /// All the half-days of the period.
    pub const PERIOD: Span = Span(None);
    /// Those of one month.
    pub fn month(month: Month) -> Span {
        Span(Some((month, month)))
    }
    /// Those of one calendar year.
    pub fn year(year: i32) -> Span {
        let first = Month::from_number(year * 12);
        Span(Some((first, first.plus(11))))
    }
    fn holds(self, month: Month) -> bool {
        self.0.is_none_or(|(first, last)| first <= month && month <= last)
    }
    /// The days of the span that count: within the period and not after as_of.
    pub fn days(self, world: &World<'_>) -> (Date, Date) {
        let (from, to) = (world.scope.from, world.last_day());
        self.0.map_or((from, to), |(first, last)| (from.max(first.first()), to.min(last.last())))
    }
}

/// Some half-days that share kind of slot and status.
#[derive(Debug, Clone, Copy)]
pub struct HalfDays {
    /// Kind of slot.
    pub kind: SlotKind,
    /// The mark, nothing when unmarked.
    pub status: Option<AttendanceStatus>,
    /// How many.
    pub count: i64,
    /// Minutes of the present ones.
    pub minutes: i64,
    /// Day and half, when it is a single one.
    pub when: Option<(Date, Half)>,
    /// The mark's record, or the slot's when unmarked, when it is a single one.
    pub record: Option<RecordRef>,
}

impl HalfDays {
    /// Whether they are marked excused or unexcused.
    pub fn is_absence(&self) -> bool {
        matches!(self.status, Some(AttendanceStatus::Excused | AttendanceStatus::Unexcused))
    }
}

/// Gives every planned half-day of a participation in a span, marked or not.
pub fn each(world: &World<'_>, part: &Part<'_>, span: Span, mut give: impl FnMut(HalfDays)) {
    let Some(entry) = part.entry else { return };
    let (from, to) = span.days(world);
    let (from, to) = (from.max(entry), part.exit.map_or(to, |(exit, _)| to.min(exit)));
    let marks = || part.fact.marks.iter().filter(move |m| span.holds(m.month));
    let single = marks().all(|m| m.slot.is_some()) && (world.explains() || marks().next().is_some());
    if single {
        one_by_one(world, part, (from, to), marks(), give);
    } else {
        let (mut centre, mut company) = world.cohort(part).planned_between(from, to);
        for mark in marks() {
            let left = if mark.kind == SlotKind::Centre { &mut centre } else { &mut company };
            *left -= mark.count;
            give(HalfDays {
                kind: mark.kind,
                status: Some(mark.status),
                count: mark.count,
                minutes: mark.minutes,
                when: None,
                record: None,
            });
        }
        for (kind, count) in [(SlotKind::Centre, centre), (SlotKind::Company, company)] {
            if count > 0 {
                give(HalfDays { kind, status: None, count, minutes: 0, when: None, record: None });
            }
        }
    }
}

fn one_by_one<'m>(
    world: &World<'_>,
    part: &Part<'_>,
    (from, to): (Date, Date),
    marks: impl Iterator<Item = &'m MarkFact>,
    mut give: impl FnMut(HalfDays),
) {
    let mut marks: Vec<(Date, Half, OpId, &MarkFact)> =
        marks.filter_map(|m| m.slot.map(|(date, half, op)| (date, half, op, m))).collect();
    marks.sort_by_key(|(date, half, ..)| (*date, *half));
    for slot in world.cohort(part).slots_between(from, to) {
        let found = marks.binary_search_by_key(&(slot.date, slot.half), |(date, half, ..)| (*date, *half)).ok();
        let when = Some((slot.date, slot.half));
        let (status, minutes, record) = match found.map(|i| marks[i]) {
            Some((_, _, op, mark)) => {
                let at = (slot.date, slot.half);
                (Some(mark.status), mark.minutes, RecordRef::mark(part.fact.id, at, op, &["status"]))
            }
            None => (None, 0, RecordRef::new(RecordKind::Slot, slot.id, slot.op, &["date", "half", "kind"])),
        };
        give(HalfDays { kind: slot.kind, status, count: 1, minutes, when, record: Some(record) });
    }
}

/// The half-days of the period of one participation, gone through once.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Summed by kind of slot and status, in no order.
    pub sums: Vec<HalfDays>,
    /// The longest run of consecutive planned half-days marked excused or unexcused; needs half-days one by one.
    pub longest_absence: i64,
}

/// Sums the half-days of the period of a participation.
pub fn summary(world: &World<'_>, part: &Part<'_>) -> Summary {
    let mut sums: Vec<HalfDays> = Vec::new();
    let (mut longest, mut run) = (0, 0);
    each(world, part, Span::PERIOD, |h| {
        run = if h.is_absence() { run + 1 } else { 0 };
        longest = longest.max(run);
        match sums.iter_mut().find(|s| s.kind == h.kind && s.status == h.status) {
            Some(sum) => {
                sum.count += h.count;
                sum.minutes += h.minutes;
            }
            None => sums.push(HalfDays { when: None, record: None, ..h }),
        }
    });
    Summary { sums, longest_absence: longest }
}
