//! Marks of half-days: streamed in the order of their table and put to the participation they belong to.

use super::{FactsRequest, MarkDetail};
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::facts::{CohortFact, MarkFact, ParticipationFact, SlotFact};
use crate::domain::id::{CohortId, OpId, StayId};
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Date, Month};
use crate::store::attendance::{Mark, half_of};
use crate::store::rows::column;
use anyhow::Result;
use rusqlite::{Connection, named_params};
use std::collections::HashMap;

/// Gives each participation its marks between the period's first and last day; `participations` come by number.
pub(super) fn fill(
    conn: &Connection,
    request: &FactsRequest,
    cohorts: &[CohortFact],
    participations: &mut [ParticipationFact],
) -> Result<()> {
    let calendars: HashMap<CohortId, &[SlotFact]> = cohorts.iter().map(|c| (c.id, c.slots.as_slice())).collect();
    let mut statement = conn.prepare_cached(include_str!("../sql/facts/marks.sql"))?;
    let (stay, packed, op) =
        (column(&statement, "participation", 0)?, column(&statement, "packed", 1)?, column(&statement, "op", 2)?);
    let mut rows = statement.query(named_params! { ":from": request.from.days(), ":last": request.last().days() })?;
    let mut people = participations.iter_mut();
    let mut current: Option<(&mut ParticipationFact, Stream<'_>)> = None;
    while let Some(row) = rows.next()? {
        let id: StayId = row.get(stay)?;
        if current.as_ref().is_none_or(|(p, _)| p.id != id) {
            finish(current.take());
            // Both sides come by number, so the next participation with marks lies ahead.
            current = people.find(|p| p.id == id).map(|p| {
                let calendar = calendars.get(&p.cohort).copied().unwrap_or_default();
                (p, Stream::new(calendar))
            });
        }
        if let Some((_, stream)) = &mut current {
            let packed: i64 = row.get(packed)?;
            let op = match request.detail {
                MarkDetail::Summed => None,
                MarkDetail::OneByOne => Some(row.get(op)?),
            };
            let half_day = i32::try_from(packed >> 32)?;
            let (date, half) = (Date::from_days(half_day >> 1), half_of(i64::from(half_day & 1)));
            stream.take(&Read { date, half, mark: Mark::unpack(packed & 0xffff_ffff), op });
        }
    }
    finish(current);
    Ok(())
}

fn finish(current: Option<(&mut ParticipationFact, Stream<'_>)>) {
    if let Some((participation, mut stream)) = current {
        stream.close();
        participation.marks = stream.done;
    }
}

/// A mark as its row holds it; `op` when marks are kept one by one.
struct Read {
    date: Date,
    half: Half,
    mark: Mark,
    op: Option<OpId>,
}

const KINDS: [SlotKind; 2] = [SlotKind::Centre, SlotKind::Company];
const STATUSES: &[AttendanceStatus] = AttendanceStatus::ALL;

/// How many half-days are looked at one after the other before a search.
const NEAR: usize = 8;

/// Half-days and minutes of each kind and status in the month that is being summed.
type Sums = [[(i64, i64); 3]; 2];

/// The marks of one participation as they come, beside the calendar of its cohort.
struct Stream<'c> {
    calendar: &'c [SlotFact],
    month: Option<(Month, Date)>,
    sums: Sums,
    done: Vec<MarkFact>,
}

impl<'c> Stream<'c> {
    fn new(calendar: &'c [SlotFact]) -> Self {
        Stream { calendar, month: None, sums: Sums::default(), done: Vec::new() }
    }

    /// Takes the next mark. One without a half-day to stand on counts nowhere: `doctor` reports it.
    fn take(&mut self, read: &Read) {
        let Some(slot) = self.slot_of(read) else { return };
        let Some(kind) = KINDS.iter().position(|k| *k == slot.kind) else { return };
        let month = self.month_of(read.date);
        let status = read.mark.status;
        let minutes = if status == AttendanceStatus::Present { read.mark.minutes } else { 0 };
        match read.op {
            Some(op) => {
                let slot = Some((read.date, read.half, op));
                self.done.push(MarkFact { month, kind: KINDS[kind], status, count: 1, minutes, slot });
            }
            None => {
                let sum = &mut self.sums[kind][status as usize];
                *sum = (sum.0 + 1, sum.1 + minutes);
            }
        }
    }

    /// The half-day that a mark stands on; those before it are left behind.
    fn slot_of(&mut self, read: &Read) -> Option<&'c SlotFact> {
        let before = |s: &SlotFact| (s.date, s.half) < (read.date, read.half);
        // It is mostly the next one; only the first mark, or a gap, needs a search.
        let near = self.calendar.iter().take(NEAR).take_while(|s| before(s)).count();
        let skipped = if near < NEAR { near } else { self.calendar.partition_point(before) };
        self.calendar = &self.calendar[skipped..];
        self.calendar.first().filter(|s| (s.date, s.half) == (read.date, read.half))
    }

    fn month_of(&mut self, date: Date) -> Month {
        match self.month {
            Some((month, last)) if date <= last => month,
            _ => {
                self.close();
                let month = date.in_month();
                self.month = Some((month, month.last()));
                month
            }
        }
    }

    /// Ends the month that is being summed.
    fn close(&mut self) {
        let Some((month, _)) = self.month.take() else { return };
        let sums = std::mem::take(&mut self.sums);
        for (kind, sums) in KINDS.into_iter().zip(sums) {
            for (&status, (count, minutes)) in STATUSES.iter().zip(sums) {
                if count > 0 {
                    self.done.push(MarkFact { month, kind, status, count, minutes, slot: None });
                }
            }
        }
    }
}
