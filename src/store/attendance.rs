//! Marks of half-days: packed in one integer, written in bulk, read in order.

use super::lookup::Lookup;
use super::table::ATTENDANCE;
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::id::{CohortId, StayId};
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Record, Value};
use crate::store::journal::tx::{Tx, find_row};
use crate::store::rows::rows;
use anyhow::{Result, ensure};
use rusqlite::config::DbConfig;
use rusqlite::types::Value as Sql;
use rusqlite::{Statement, named_params};
use std::collections::HashMap;

/// The mark of one half-day of one participation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Status.
    pub status: AttendanceStatus,
    /// Minutes present, 0 when absent.
    pub minutes: i64,
    /// Paper or reason behind an absence.
    pub justification: Option<Justification>,
    /// Signed by the trainee.
    pub signed_trainee: bool,
    /// Signed by the trainer.
    pub signed_trainer: bool,
}

/// A half-day of one participation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfDay {
    /// Participation.
    pub participation: StayId,
    /// Day.
    pub date: Date,
    /// Half.
    pub half: Half,
}

/// A half-day of a calendar, as the rules of marks need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Kind.
    pub kind: SlotKind,
    /// Length in minutes.
    pub minutes: i64,
}

impl Mark {
    /// The mark as one integer.
    pub fn pack(self) -> i64 {
        let reason = self.justification.map_or(0, |j| 1 + position(Justification::ALL, j));
        position(AttendanceStatus::ALL, self.status)
            | i64::from(self.signed_trainee) << 2
            | i64::from(self.signed_trainer) << 3
            | reason << 4
            | self.minutes << 7
    }

    /// The mark that an integer packs.
    pub fn unpack(packed: i64) -> Mark {
        let status = AttendanceStatus::ALL[(packed & 3).min(2) as usize];
        let reason = (packed >> 4 & 7) as usize;
        Mark {
            status,
            minutes: packed >> 7,
            justification: reason.checked_sub(1).and_then(|i| Justification::ALL.get(i)).copied(),
            signed_trainee: packed & 4 != 0,
            signed_trainer: packed & 8 != 0,
        }
    }

    /// The mark as the last five values of its record: status, minutes, justification, signatures.
    pub fn values(self) -> [Option<Value>; 5] {
        [
            Some(Value::Code(self.status.code())),
            (self.status == AttendanceStatus::Present).then_some(Value::Int(self.minutes)),
            self.justification.map(|j| Value::Code(j.code())),
            Some(Value::Bool(self.signed_trainee)),
            Some(Value::Bool(self.signed_trainer)),
        ]
    }
}

fn position<L: ClosedList>(all: &[L], value: L) -> i64 {
    all.iter().position(|v| *v == value).unwrap_or(0) as i64
}

fn half_number(half: Half) -> i64 {
    position(Half::ALL, half)
}

/// The half of a stored number.
pub(super) fn half_of(number: i64) -> Half {
    if number == 0 { Half::Am } else { Half::Pm }
}

impl HalfDay {
    /// Its key in the table of marks.
    pub(crate) fn key(self) -> Vec<Sql> {
        vec![
            Sql::from(self.participation),
            Sql::Integer(i64::from(self.date.days())),
            Sql::Integer(half_number(self.half)),
        ]
    }
}

impl Lookup<'_> {
    /// The mark of a half-day.
    pub fn find_mark(&self, at: HalfDay) -> Result<Option<Mark>> {
        let Some((row, _)) = find_row(self.conn, &ATTENDANCE, &at.key())? else { return Ok(None) };
        Ok(Some(Mark::unpack(if let Sql::Integer(n) = row[3] { n } else { 0 })))
    }

    /// The marks of a participation, in order.
    pub fn marks_of(&self, participation: StayId) -> Result<Vec<(HalfDay, Mark)>> {
        let sql = include_str!("sql/attendance/of_stay.sql");
        Ok(rows!(self.conn, sql, [participation], |day, half, mark| {
            let at = HalfDay { participation, date: day, half: half_of(half) };
            (at, Mark::unpack(mark))
        }))
    }

    /// The first and last marked day of a participation.
    pub fn marked_span(&self, participation: StayId) -> Result<Option<(Date, Date)>> {
        let sql = "SELECT min(day) AS first, max(day) AS last FROM attendance WHERE participation = :stay";
        let span = rows!(self.conn, sql, [participation], |first, last| {
            let (first, last): (Option<Date>, Option<Date>) = (first, last);
            first.zip(last)
        });
        Ok(span.into_iter().flatten().next())
    }

    /// How many marks stand on a half-day of a cohort, and the longest of them in minutes.
    pub fn marks_on(&self, cohort: CohortId, date: Date, half: Half) -> Result<(i64, i64)> {
        let sql = include_str!("sql/attendance/on_half_day.sql");
        let bound = named_params! {":cohort": cohort, ":day": date.days(), ":half": half_number(half)};
        Ok(rows!(self.conn, sql, bound, |marks, longest| (marks, longest)).pop().unwrap_or_default())
    }

    /// The calendar of a cohort, in order.
    pub fn calendar_of(&self, cohort: CohortId) -> Result<Vec<((Date, Half), Slot)>> {
        let sql = include_str!("sql/cohorts/calendar.sql");
        Ok(rows!(self.conn, sql, [cohort], |date, half, kind, minutes| ((date, half), Slot { kind, minutes })))
    }

    /// The calendar of a cohort, by half-day.
    pub fn slots_of(&self, cohort: CohortId) -> Result<HashMap<(Date, Half), Slot>> {
        Ok(self.calendar_of(cohort)?.into_iter().collect())
    }
}

/// From this many marks on, foreign keys are looked up once for each participation instead of once for each mark.
const BULK: usize = 1_000;
/// Marks of one statement: its values stay far below the 32,766 that SQLite takes.
const AT_ONCE: usize = 64;

impl Tx<'_> {
    /// Writes marks that do not exist yet, sorted for the clustered table.
    pub fn insert_marks(&mut self, marks: &mut [(HalfDay, Mark)]) -> Result<()> {
        marks.sort_unstable_by_key(|(at, _)| *at);
        if marks.len() < BULK {
            self.insert_sorted(marks)?;
        } else {
            self.refuse_strangers(marks)?;
            // Each of a million marks would have its participation and its operation looked up again: a third of an
            // import. The operation is this one, and the participations have just been seen.
            self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
            let inserted = self.insert_sorted(marks);
            self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
            inserted?;
        }
        for (at, _) in marks.iter().take(20) {
            let key = at.key();
            self.keep_key(&ATTENDANCE, &key);
        }
        let values = |(at, mark): &(HalfDay, Mark)| {
            [at.participation.number(), i64::from(at.date.days()), half_number(at.half), mark.pack()]
        };
        self.changes.join_numbers(&ATTENDANCE, self.op, marks.iter().map(values));
        self.note_bulk(&ATTENDANCE, marks.len() as i64);
        Ok(())
    }

    /// What the foreign key says, asked once for each participation.
    fn refuse_strangers(&self, marks: &[(HalfDay, Mark)]) -> Result<()> {
        let mut statement = self.conn.prepare_cached("SELECT 1 FROM participation WHERE id = ?1")?;
        for stay in marks.chunk_by(|(a, _), (b, _)| a.participation == b.participation) {
            let id = stay[0].0.participation;
            ensure!(statement.exists([id])?, "a mark points at participation {id}, which does not exist");
        }
        Ok(())
    }

    fn insert_sorted(&self, marks: &[(HalfDay, Mark)]) -> Result<()> {
        let slices = marks.chunks_exact(AT_ONCE);
        let rest = slices.remainder();
        if slices.len() > 0 {
            let mut statement = self.conn.prepare_cached(&insert_of(AT_ONCE))?;
            for slice in slices {
                self.insert_slice(&mut statement, slice)?;
            }
        }
        if !rest.is_empty() {
            let mut statement = self.conn.prepare_cached(&insert_of(1))?;
            for one in rest.chunks(1) {
                self.insert_slice(&mut statement, one)?;
            }
        }
        Ok(())
    }

    fn insert_slice(&self, statement: &mut Statement<'_>, marks: &[(HalfDay, Mark)]) -> Result<()> {
        statement.raw_bind_parameter(1, self.op)?;
        for (number, (at, mark)) in marks.iter().enumerate() {
            let first = 2 + number * 4;
            statement.raw_bind_parameter(first, at.participation)?;
            statement.raw_bind_parameter(first + 1, at.date.days())?;
            statement.raw_bind_parameter(first + 2, half_number(at.half))?;
            statement.raw_bind_parameter(first + 3, mark.pack())?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    /// Replaces the mark of a half-day.
    pub fn update_mark(&mut self, at: HalfDay, mark: Mark) -> Result<()> {
        let mut row = at.key();
        row.push(Sql::Integer(mark.pack()));
        self.update(&ATTENDANCE, &row)
    }

    /// Removes the mark of a half-day.
    pub fn delete_mark(&mut self, at: HalfDay) -> Result<()> {
        self.delete(&ATTENDANCE, &at.key())
    }
}

/// The statement that inserts so many marks: the operation is its first value, each mark has four more. What fails takes
/// the whole operation back, so that no statement needs to be taken back alone.
fn insert_of(marks: usize) -> String {
    let row = |number: usize| {
        let first = 2 + number * 4;
        format!("(?{}, ?{}, ?{}, ?{}, ?1)", first, first + 1, first + 2, first + 3)
    };
    let rows: Vec<String> = (0..marks).map(row).collect();
    format!("INSERT OR FAIL INTO attendance (participation, day, half, mark, op) VALUES {}", rows.join(", "))
}

/// The record of a mark.
pub(super) fn record(cohort: String, slug: String, date: Date, half: Half, mark: Mark) -> Record {
    let mut record = Record::new(crate::domain::Kind::Attendance);
    let head =
        [Some(Value::Text(cohort)), Some(Value::Text(slug)), Some(Value::Date(date)), Some(Value::Code(half.code()))];
    record.values = head.into_iter().chain(mark.values()).collect();
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Act;
    use crate::ops::tests::{School, operation};

    /// Marks of a participation, one per half-day from 1970 on.
    fn marks_of(participation: StayId, count: i32) -> Vec<(HalfDay, Mark)> {
        let at = |n: i32| HalfDay {
            participation,
            date: Date::from_days(n / 2),
            half: if n % 2 == 0 { Half::Am } else { Half::Pm },
        };
        (0..count).rev().map(|n| (at(n), Mark::unpack(210 << 7))).collect()
    }

    fn keys_are_checked(conn: &rusqlite::Connection) -> bool {
        conn.pragma_query_value(None, "foreign_keys", |r| r.get(0)).unwrap()
    }

    #[test]
    fn many_marks_are_written_at_once_and_keys_are_checked_afterwards_as_before() {
        let mut school = School::open();
        let lookup = school.store.lookup();
        let person = lookup.find_slug("ferre-amelie").unwrap().unwrap().id;
        let stay = lookup.stays_of(person).unwrap()[0].id;
        let count = BULK as i32 + AT_ONCE as i32 / 2;
        let done = school.store.write(&operation(Act::Import), |tx| {
            tx.insert_marks(&mut marks_of(stay, count))?;
            Ok(keys_are_checked(tx.conn))
        });
        assert!(done.unwrap().into_value());
        let mut kept = school.store.lookup().marks_of(stay).unwrap();
        kept.reverse();
        assert!(kept == marks_of(stay, count));
    }

    #[test]
    fn many_marks_that_can_not_all_be_written_leave_nothing() {
        let mut school = School::open();
        let before = school.store.dump().unwrap();
        for stay in [i64::MAX, 1].map(StayId::from_number) {
            let mut twice = [marks_of(stay, BULK as i32), marks_of(stay, 1)].concat();
            let mut checked = false;
            let done = school.store.write(&operation(Act::Import), |tx| {
                let done = tx.insert_marks(&mut twice);
                checked = keys_are_checked(tx.conn);
                done
            });
            assert!(done.is_err() && checked);
            assert!(school.store.dump().unwrap() == before);
        }
    }

    #[test]
    fn every_mark_survives_packing() {
        let reasons = [None].into_iter().chain(Justification::ALL.iter().copied().map(Some));
        for justification in reasons {
            for &status in AttendanceStatus::ALL {
                for minutes in [0, 1, 210, 720] {
                    for signs in 0..4 {
                        let mark = Mark {
                            status,
                            minutes,
                            justification,
                            signed_trainee: signs & 1 == 1,
                            signed_trainer: signs & 2 == 2,
                        };
                        assert_eq!(Mark::unpack(mark.pack()), mark);
                    }
                }
            }
        }
    }
}
