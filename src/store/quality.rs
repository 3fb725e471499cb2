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
use crate::store::rows::rows;
use crate::text;
use anyhow::Result;
use rusqlite::named_params;
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

fn several(count: i64, first: Option<i64>) -> Option<Several> {
    first.map(|first| Several { count, first: Moment::unpack(first) })
}

impl Lookup<'_> {
    /// The participations of some cohorts, by cohort (start then code) and name, with the marks known on a day.
    pub fn quality_stays(&self, cohorts: &[CohortId], as_of: Date) -> Result<Vec<QualityStay>> {
        let cohorts: Vec<i64> = cohorts.iter().map(|cohort| cohort.number()).collect();
        let cohorts = serde_json::to_string(&cohorts)?;
        let sql = include_str!("sql/quality/stays.sql");
        let bound = named_params! {":cohorts": cohorts, ":as_of": as_of.days()};
        Ok(rows!(
            self.conn,
            sql,
            bound,
            QualityStay {
                id,
                cohort,
                person,
                slug,
                last_name,
                first_name,
                birth_date,
                has_sex,
                application_date,
                interview_date,
                entry,
                exit,
                exit_reason,
                has_status,
                has_education,
                licence_at_entry,
                informed_on,
                first_present,
                last_mark,
                folded
            }
        ))
    }

    /// The marks of a cohort on some days, summed by participation; those without a mark are not there.
    pub fn mark_sums(&self, cohort: CohortId, days: Days) -> Result<Vec<MarkSum>> {
        let sql = include_str!("sql/quality/marks.sql");
        let bound = named_params! {":cohort": cohort, ":from": days.from.days(), ":to": days.to.days()};
        Ok(rows!(self.conn, sql, bound, |participation, marked, bare, first_bare, unsigned, first_unsigned| MarkSum {
            participation,
            marked,
            bare: several(bare, first_bare),
            unsigned: several(unsigned, first_unsigned),
        }))
    }

    /// Whether anybody ever signed in a cohort, on or before a day.
    pub fn has_signatures(&self, cohort: CohortId, as_of: Date) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(include_str!("sql/quality/signed.sql"))?;
        Ok(statement.exists(named_params! {":cohort": cohort, ":as_of": as_of.days()})?)
    }

    /// The half-days of a cohort on some days that are not cancelled, in order.
    pub fn planned(&self, cohort: CohortId, days: Days) -> Result<Vec<Moment>> {
        let sql = include_str!("sql/quality/planned.sql");
        let bound = named_params! {":cohort": cohort, ":from": days.from.days(), ":to": days.to.days()};
        Ok(rows!(self.conn, sql, bound, |at| Moment::unpack(at)))
    }

    /// The half-days of a participation on some days that have a mark, in order.
    pub fn marked(&self, participation: StayId, days: Days) -> Result<Vec<Moment>> {
        let sql = include_str!("sql/quality/marked.sql");
        let bound = named_params! {":participation": participation, ":from": days.from.days(), ":to": days.to.days()};
        Ok(rows!(self.conn, sql, bound, |at| Moment::unpack(at)))
    }

    /// Every situation begun on a day or before, but those that never took place; by person and start.
    pub fn contracts(&self, as_of: Date) -> Result<Vec<Contract>> {
        let sql = include_str!("sql/quality/contracts.sql");
        let bound = named_params! {":as_of": as_of.days()};
        Ok(rows!(
            self.conn,
            sql,
            bound,
            Contract {
                id,
                participation,
                person,
                kind,
                company,
                start,
                planned_end,
                actual_end,
                weekly_minutes,
                seen_on
            }
        ))
    }

    /// The participations reached for a point, on a day or before.
    pub fn reached(&self, as_of: Date) -> Result<HashSet<(StayId, Point)>> {
        let sql = include_str!("sql/quality/reached.sql");
        let bound = named_params! {":as_of": as_of.days()};
        Ok(rows!(self.conn, sql, bound, |participation, point| (participation, point)).into_iter().collect())
    }

    /// The first days of everybody's licence, on a day or before.
    pub fn licence_days(&self, as_of: Date) -> Result<Vec<LicenceDays>> {
        let sql = include_str!("sql/quality/licence.sql");
        let bound = named_params! {":as_of": as_of.days()};
        Ok(rows!(self.conn, sql, bound, LicenceDays { person, registered, code, driving }))
    }

    /// The licence of those who have a booking on a day or later, by person and day: the bookings and all else.
    pub fn booked_exams(&self, from: Date) -> Result<Vec<ExamDay>> {
        let bound = named_params! {":from": from.days()};
        Ok(rows!(self.conn, include_str!("sql/quality/exams.sql"), bound, ExamDay { person, step, date, outcome }))
    }

    /// The last day on which something was heard of each person outside their participations.
    pub fn contact_days(&self) -> Result<HashMap<PersonId, Date>> {
        let sql = include_str!("sql/quality/contact_days.sql");
        Ok(rows!(self.conn, sql, [], |person, day| (person, day)).into_iter().collect())
    }

    /// The budget of every cohort that has one.
    pub fn budget_sums(&self) -> Result<Vec<BudgetSum>> {
        let sql = include_str!("sql/quality/budget.sql");
        Ok(rows!(self.conn, sql, [], |cohort, planned_charges, planned_income, realised_charges, realised_income| {
            BudgetSum {
                cohort,
                planned: (planned_charges, planned_income),
                realised: (realised_charges, realised_income),
            }
        }))
    }

    /// Every grant with each of its cohorts.
    pub fn grant_cohorts(&self) -> Result<Vec<GrantCohort>> {
        let sql = include_str!("sql/quality/grants.sql");
        Ok(rows!(self.conn, sql, [], GrantCohort { grant, code, cohort, from, to }))
    }
}
