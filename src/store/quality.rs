//! What the data-quality rules read: few set-based questions, whatever the number of people.

use super::lookup::Lookup;
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::Half;
use crate::domain::contract::{self, Term};
use crate::domain::id::{CohortId, GrantId, PersonId, RecordId, StayId};
use crate::domain::placement::{Point, SituationType};
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::stay::StayDays;
use crate::domain::trainee::{ExitReason, LicenceAtEntry};
use crate::domain::{Date, Text};
use crate::text;
use anyhow::{Result, bail};
use rusqlite::types::FromSql;
use rusqlite::{Params, Row, named_params};
use std::collections::{HashMap, HashSet};

/// A participation with what the rules ask of it and of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityStay {
    /// Record number of the participation.
    pub id: StayId,
    /// Cohort.
    pub cohort: CohortId,
    /// Person.
    pub person: PersonId,
    /// The person's slug.
    pub slug: String,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Last and first name, folded.
    pub folded: String,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Whether the sex is recorded.
    pub has_sex: bool,
    /// Day of the application.
    pub application_date: Option<Date>,
    /// Day of the interview.
    pub interview_date: Option<Date>,
    /// First day.
    pub entry: Option<Date>,
    /// Last day.
    pub exit: Option<Date>,
    /// Reason of the exit.
    pub exit_reason: Option<ExitReason>,
    /// Whether the status at entry is recorded.
    pub has_status: bool,
    /// Whether the education is recorded.
    pub has_education: bool,
    /// Licence at entry.
    pub licence_at_entry: Option<LicenceAtEntry>,
    /// Day on which the privacy notice was given.
    pub informed_on: Option<Date>,
    /// First half-day present on or before as_of.
    pub first_present: Option<Date>,
    /// Last half-day with any mark on or before as_of.
    pub last_mark: Option<Date>,
}

impl QualityStay {
    /// The days that decide where it stands.
    pub fn days(&self) -> StayDays {
        let QualityStay { entry, exit, exit_reason, first_present, .. } = *self;
        StayDays { entry, exit, exit_reason, first_present }
    }
}

/// A half-day of a calendar, whoever it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Day.
    pub date: Date,
    /// Half.
    pub half: Half,
}

impl Moment {
    fn unpack(at: i64) -> Moment {
        let half = if at.rem_euclid(2) == 0 { Half::Am } else { Half::Pm };
        Moment { date: Date::from_days(at.div_euclid(2) as i32), half }
    }

    /// `05/12/2018 matin` / `2018-12-05 morning`.
    pub fn text(self) -> Text {
        let (day, date, half) = (self.date.french(), self.date, self.half.text());
        text!("{day} {half}", "{date} {half}"; half)
    }
}

/// How many half-days, and the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Several {
    /// How many, at least one.
    pub count: i64,
    /// The first.
    pub first: Moment,
}

/// The marks of one participation, summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkSum {
    /// Participation.
    pub participation: StayId,
    /// Marks of any status.
    pub marked: i64,
    /// Excused absences without a reason.
    pub bare: Option<Several>,
    /// Half-days present without both signatures.
    pub unsigned: Option<Several>,
}

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A situation as the rules about contracts need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Record number.
    pub id: RecordId,
    /// Participation under which it was recorded.
    pub participation: StayId,
    /// Person.
    pub person: PersonId,
    /// Type.
    pub kind: SituationType,
    /// Employer.
    pub company: Option<String>,
    /// First day.
    pub start: Date,
    /// Planned last day.
    pub planned_end: Option<Date>,
    /// Real last day.
    pub actual_end: Option<Date>,
    /// Weekly hours, in minutes.
    pub weekly_minutes: Option<i64>,
    /// Last day on which it was confirmed.
    pub seen_on: Option<Date>,
}

impl Contract {
    /// Its days.
    pub fn term(&self) -> Term {
        Term { start: self.start, planned_end: self.planned_end, actual_end: self.actual_end }
    }
    /// The same as the question of its end looks at it.
    pub fn terms(&self) -> contract::Contract {
        contract::Contract { kind: self.kind, term: self.term(), seen_on: self.seen_on }
    }
}

/// The first days of a person's licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LicenceDays {
    /// Person.
    pub person: PersonId,
    /// First registration.
    pub registered: Option<Date>,
    /// First pass of the theory test.
    pub code: Option<Date>,
    /// First pass of the driving test.
    pub driving: Option<Date>,
}

/// An attempt at an exam of the licence, or a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamDay {
    /// Person.
    pub person: PersonId,
    /// Which exam.
    pub step: LicenceStep,
    /// Its day.
    pub date: Date,
    /// Its outcome.
    pub outcome: Option<LicenceOutcome>,
}

/// The sums of a cohort's budget, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetSum {
    /// Cohort.
    pub cohort: CohortId,
    /// Planned charges and income.
    pub planned: (i64, i64),
    /// Realised charges and income.
    pub realised: (i64, i64),
}

/// A grant and one of its cohorts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantCohort {
    /// Record number of the grant.
    pub grant: GrantId,
    /// Its code.
    pub code: String,
    /// Cohort.
    pub cohort: CohortId,
    /// First day of the grant.
    pub from: Option<Date>,
    /// Last day of the grant.
    pub to: Option<Date>,
}

fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<i32>>(at)?.map(Date::from_days))
}

fn code<L: ClosedList>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<L>> {
    Ok(row.get::<_, Option<String>>(at)?.as_deref().and_then(L::from_code))
}

fn has<T: FromSql>(row: &Row<'_>, at: usize) -> rusqlite::Result<bool> {
    Ok(row.get::<_, Option<T>>(at)?.is_some())
}

fn several(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Several>> {
    let (count, first): (i64, Option<i64>) = (row.get(at)?, row.get(at + 1)?);
    Ok(first.map(|first| Several { count, first: Moment::unpack(first) }))
}

impl Lookup<'_> {
    fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The participations of some cohorts, by cohort (start then code) and name, with the marks known on a day.
    pub fn quality_stays(&self, cohorts: &[CohortId], as_of: Date) -> Result<Vec<QualityStay>> {
        let cohorts: Vec<i64> = cohorts.iter().map(|cohort| cohort.number()).collect();
        let cohorts = serde_json::to_string(&cohorts)?;
        let bound = named_params! {":cohorts": cohorts, ":as_of": as_of.days()};
        self.all(include_str!("sql/quality/stays.sql"), bound, |r| {
            Ok(QualityStay {
                id: r.get(0)?,
                cohort: r.get(1)?,
                person: r.get(2)?,
                slug: r.get(3)?,
                last_name: r.get(4)?,
                first_name: r.get(5)?,
                birth_date: day(r, 6)?,
                has_sex: has::<String>(r, 7)?,
                application_date: day(r, 8)?,
                interview_date: day(r, 9)?,
                entry: day(r, 10)?,
                exit: day(r, 11)?,
                exit_reason: code(r, 12)?,
                has_status: has::<String>(r, 13)?,
                has_education: has::<i64>(r, 14)?,
                licence_at_entry: code(r, 15)?,
                informed_on: day(r, 16)?,
                first_present: day(r, 17)?,
                last_mark: day(r, 18)?,
                folded: r.get(19)?,
            })
        })
    }

    /// The marks of a cohort on some days, summed by participation; those without a mark are not there.
    pub fn mark_sums(&self, cohort: CohortId, days: Days) -> Result<Vec<MarkSum>> {
        let bound = named_params! {":cohort": cohort, ":from": days.from.days(), ":to": days.to.days()};
        self.all(include_str!("sql/quality/marks.sql"), bound, |r| {
            Ok(MarkSum { participation: r.get(0)?, marked: r.get(1)?, bare: several(r, 2)?, unsigned: several(r, 4)? })
        })
    }

    /// Whether anybody ever signed in a cohort, on or before a day.
    pub fn has_signatures(&self, cohort: CohortId, as_of: Date) -> Result<bool> {
        let bound = named_params! {":cohort": cohort, ":as_of": as_of.days()};
        let found = self.all(include_str!("sql/quality/signed.sql"), bound, |r| r.get::<_, i64>(0))?;
        Ok(found.first().is_some_and(|n| *n > 0))
    }

    /// The half-days of a cohort on some days that are not cancelled, in order.
    pub fn planned(&self, cohort: CohortId, days: Days) -> Result<Vec<Moment>> {
        let bound = named_params! {":cohort": cohort, ":from": days.from.days(), ":to": days.to.days()};
        self.all(include_str!("sql/quality/planned.sql"), bound, |r| Ok(Moment::unpack(r.get(0)?)))
    }

    /// The half-days of a participation on some days that have a mark, in order.
    pub fn marked(&self, participation: StayId, days: Days) -> Result<Vec<Moment>> {
        let bound = named_params! {":participation": participation, ":from": days.from.days(), ":to": days.to.days()};
        self.all(include_str!("sql/quality/marked.sql"), bound, |r| Ok(Moment::unpack(r.get(0)?)))
    }

    /// Every situation begun on a day or before, but those that never took place; by person and start.
    pub fn contracts(&self, as_of: Date) -> Result<Vec<Contract>> {
        let bound = named_params! {":as_of": as_of.days()};
        let read = |r: &Row<'_>| {
            let Some(kind) = code(r, 3)? else { return Ok(None) };
            Ok(Some(Contract {
                id: r.get(0)?,
                participation: r.get(1)?,
                person: r.get(2)?,
                kind,
                company: r.get(4)?,
                start: Date::from_days(r.get(5)?),
                planned_end: day(r, 6)?,
                actual_end: day(r, 7)?,
                weekly_minutes: r.get(8)?,
                seen_on: day(r, 9)?,
            }))
        };
        let rows = self.all(include_str!("sql/quality/contracts.sql"), bound, read)?;
        let known = rows.len();
        let contracts: Vec<Contract> = rows.into_iter().flatten().collect();
        if contracts.len() != known {
            bail!("a situation holds an unknown type");
        }
        Ok(contracts)
    }

    /// The participations reached for a point, on a day or before.
    pub fn reached(&self, as_of: Date) -> Result<HashSet<(StayId, Point)>> {
        let bound = named_params! {":as_of": as_of.days()};
        let rows = self.all(include_str!("sql/quality/reached.sql"), bound, |r| Ok((r.get(0)?, code(r, 1)?)))?;
        Ok(rows.into_iter().filter_map(|(id, point)| Some((id, point?))).collect())
    }

    /// The first days of everybody's licence, on a day or before.
    pub fn licence_days(&self, as_of: Date) -> Result<Vec<LicenceDays>> {
        self.all(include_str!("sql/quality/licence.sql"), named_params! {":as_of": as_of.days()}, |r| {
            Ok(LicenceDays { person: r.get(0)?, registered: day(r, 1)?, code: day(r, 2)?, driving: day(r, 3)? })
        })
    }

    /// The licence of those who have a booking on a day or later, by person and day: the bookings and all else.
    pub fn booked_exams(&self, from: Date) -> Result<Vec<ExamDay>> {
        let bound = named_params! {":from": from.days()};
        let rows = self.all(include_str!("sql/quality/exams.sql"), bound, |r| {
            let Some(step) = code(r, 1)? else { return Ok(None) };
            Ok(Some(ExamDay { person: r.get(0)?, step, date: Date::from_days(r.get(2)?), outcome: code(r, 3)? }))
        })?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// The last day on which something was heard of each person outside their participations.
    pub fn contact_days(&self) -> Result<HashMap<PersonId, Date>> {
        let rows = self
            .all(include_str!("sql/quality/contact_days.sql"), [], |r| Ok((r.get(0)?, Date::from_days(r.get(1)?))))?;
        Ok(rows.into_iter().collect())
    }

    /// The budget of every cohort that has one.
    pub fn budget_sums(&self) -> Result<Vec<BudgetSum>> {
        self.all(include_str!("sql/quality/budget.sql"), [], |r| {
            Ok(BudgetSum { cohort: r.get(0)?, planned: (r.get(1)?, r.get(2)?), realised: (r.get(3)?, r.get(4)?) })
        })
    }

    /// Every grant with each of its cohorts.
    pub fn grant_cohorts(&self) -> Result<Vec<GrantCohort>> {
        self.all(include_str!("sql/quality/grants.sql"), [], |r| {
            Ok(GrantCohort { grant: r.get(0)?, code: r.get(1)?, cohort: r.get(2)?, from: day(r, 3)?, to: day(r, 4)? })
        })
    }
}
