//! Facts: what reports read, loaded once for a scope and never changed by them.
//!
//! Every fact carries the number of its record and the operation (`op`) that wrote its present version, so that a
//! figure can name the records behind it. A fact dated after `as_of` may be present; the rules decide what counts.

use super::cohort::{Half, SlotKind, Stream, TrainingStatus};
use super::date::{Date, Month};
use super::funder::{Dialect, Level, People};
pub use super::funding::{AgreedFact, BudgetFact, TargetFact};
use super::placement::{Evidence, Point, SituationType};
use super::progress::{
    AttendanceStatus, CertificateOutcome, InterviewKind, LicenceOutcome, LicenceStep, ModuleOutcome, Registry,
};
use super::trainee::{Decision, EntryStatus, ExitReason, LicenceAtEntry, Sex, YesNo};
use crate::domain::id::{CertificateId, CohortId, FunderId, ModuleId, OpId, PersonId, RecordId, StayId};
use crate::domain::text::Lang;

/// What a report is about: which cohorts, which days, the state of the world on which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// First day of the period, inclusive.
    pub from: Date,
    /// Last day of the period, inclusive.
    pub to: Date,
    /// Nothing dated later counts.
    pub as_of: Date,
    /// What the file contained then: a day or an operation as the person typed it; `None` = now.
    pub known_on: Option<String>,
    /// The cohort codes asked for with `-c`, `None` = all (or all of the funder's grants).
    pub cohorts: Option<Vec<String>>,
    /// The funder whose profile applies.
    pub funder: Option<FunderFact>,
    /// The settings that change figures.
    pub settings: Settings,
}

/// Settings that change figures; printed in every report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Exactly six months is durable (`6m`) or not (`over-6m`).
    pub durable_min: DurableMin,
    /// Months of unemployment at entry after which someone is long-term unemployed.
    pub ltu_months: i32,
    /// The same for those under 25 at entry: 12 or 6.
    pub ltu_under25: i32,
    /// Which hours the yearly return counts.
    pub bpf_hours: BpfHours,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { durable_min: DurableMin::SixMonths, ltu_months: 12, ltu_under25: 12, bpf_hours: BpfHours::Centre }
    }
}

/// The length from which a fixed-term contract is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurableMin {
    /// `6m`: planned end on or after start + 6 months - 1 day.
    SixMonths,
    /// `over-6m`: planned end on or after start + 6 months.
    OverSixMonths,
}

/// Which half-days give hours to the yearly return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BpfHours {
    /// Centre half-days only.
    Centre,
    /// Centre and company half-days.
    All,
}

/// A funder's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunderFact {
    /// Record number.
    pub id: FunderId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Language of its exports.
    pub lang: Lang,
    /// Dialect of its files.
    pub dialect: Dialect,
    /// Level of its agreement.
    pub level: Level,
    /// Overrides the level's threshold.
    pub suppress_below: Option<i64>,
    /// Overrides the smallest base of a rate shown without a note (default 20).
    pub rate_min_denominator: Option<i64>,
    /// Whether lines about single people may be sent.
    pub people: People,
    /// Key of this funder's pseudonyms; never leaves the file.
    pub secret: Vec<u8>,
}

impl FunderFact {
    /// The counts below which its cells are masked; 0 = nothing is.
    pub fn threshold(&self) -> i64 {
        self.suppress_below.unwrap_or_else(|| self.level.threshold())
    }
}

/// Everything a report may read.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Cohorts of the scope that have begun at as_of, by start then code.
    pub cohorts: Vec<CohortFact>,
    /// The people of the participations below, by id.
    pub people: Vec<PersonFact>,
    /// Participations in the cohorts of the scope, by cohort then id.
    pub participations: Vec<ParticipationFact>,
    /// Situations of those people, under any cohort (also outside the scope), by person, start, id.
    pub situations: Vec<SituationFact>,
    /// Module results of those participations, by participation, date, id.
    pub results: Vec<ResultFact>,
    /// Certificate attempts of those participations, by participation, date, id.
    pub certificates: Vec<CertificateFact>,
    /// The catalogue of certificates, by code.
    pub catalogue: Vec<CatalogueFact>,
    /// Licence events of those people, by person, date, id.
    pub licence: Vec<LicenceFact>,
    /// Interviews of those participations, by participation, date, id.
    pub interviews: Vec<InterviewFact>,
    /// Follow-up attempts of those participations, by participation, date, id.
    pub followups: Vec<FollowupFact>,
    /// Budget lines of the cohorts of the scope, by cohort, side, class, label.
    pub budget: Vec<BudgetFact>,
    /// Targets of the funder of the scope (empty without one), by grant then indicator.
    pub targets: Vec<TargetFact>,
    /// What the grants of the funder of the scope promise beside targets, by grant then figure.
    pub agreed: Vec<AgreedFact>,
    /// The same with every half-day since the first cohort began, where a section counts since then and the period
    /// begins later.
    pub since_start: Option<Box<Facts>>,
}

/// A cohort with its modules and calendar.
#[derive(Debug, Clone)]
pub struct CohortFact {
    /// Record number.
    pub id: CohortId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Code.
    pub code: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Places.
    pub places: i64,
    /// Status of the trainees while they train.
    pub training_status: TrainingStatus,
    /// NSF speciality code.
    pub nsf: String,
    /// Days of the integration period, entry = day 1.
    pub integration_days: i32,
    /// Catalogue number of the certificate that the cohort prepares.
    pub certificate: Option<CertificateId>,
    /// Modules, by code.
    pub modules: Vec<ModuleFact>,
    /// Half-days of the calendar, cancelled ones included, by day and half.
    pub slots: Vec<SlotFact>,
}

/// A module of a cohort.
#[derive(Debug, Clone)]
pub struct ModuleFact {
    /// Record number.
    pub id: ModuleId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Code, unique in the cohort.
    pub code: String,
    /// Title.
    pub title: String,
    /// Stream.
    pub stream: Stream,
}

/// A half-day of a cohort's calendar.
#[derive(Debug, Clone, Copy)]
pub struct SlotFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Day.
    pub date: Date,
    /// Half.
    pub half: Half,
    /// Kind; a cancelled slot is never planned.
    pub kind: SlotKind,
    /// Length in minutes.
    pub minutes: i64,
}

/// A person.
#[derive(Debug, Clone)]
pub struct PersonFact {
    /// Record number.
    pub id: PersonId,
    /// Operation that wrote this version of the identity.
    pub op: OpId,
    /// Slug.
    pub slug: String,
    /// First and last name, for the school's own eyes only.
    pub name: String,
    /// Birth date when known.
    pub birth_date: Option<Date>,
    /// Sex when known.
    pub sex: Option<Sex>,
}

/// One person's participation in one cohort.
#[derive(Debug, Clone)]
pub struct ParticipationFact {
    /// Record number.
    pub id: StayId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Person's record number.
    pub person: PersonId,
    /// Cohort's record number.
    pub cohort: CohortId,
    /// Day of the application.
    pub application_date: Option<Date>,
    /// Decision; a row with an entry is admitted.
    pub decision: Option<Decision>,
    /// First day.
    pub entry: Option<Date>,
    /// Last day, inclusive.
    pub exit: Option<Date>,
    /// Reason of the exit, present exactly when `exit` is.
    pub exit_reason: Option<ExitReason>,
    /// Labour status on the entry day.
    pub status_at_entry: Option<EntryStatus>,
    /// Since when.
    pub status_since: Option<Date>,
    /// In formal education at entry.
    pub in_education: YesNo,
    /// ISCED level, 0 to 8.
    pub education: Option<i64>,
    /// Disability.
    pub disability: YesNo,
    /// Minimum-income benefit.
    pub income_support: YesNo,
    /// Lives in a priority district.
    pub priority_district: YesNo,
    /// Lives in a rural area.
    pub rural: YesNo,
    /// Third-country national.
    pub third_country: YesNo,
    /// Foreign background.
    pub foreign_background: YesNo,
    /// Minority.
    pub minority: YesNo,
    /// Homeless or affected by housing exclusion.
    pub homeless: YesNo,
    /// Licence already held at entry.
    pub licence_at_entry: Option<LicenceAtEntry>,
    /// First day with a present mark, over the whole file (compare with as_of).
    pub first_present: Option<Date>,
    /// Half of that day and operation of its first present mark, so that a figure can name it; changes no figure.
    pub first_mark: Option<(Half, OpId)>,
    /// Marks dated within the period and on or before as_of; summed by month, kind and status, or one by one when
    /// the facts were loaded for `explain`, `attendance` or another use that needs half-days.
    pub marks: Vec<MarkFact>,
}

/// Half-days of one participation that share month, kind of slot and status; a single half-day when `slot` is given.
#[derive(Debug, Clone, Copy)]
pub struct MarkFact {
    /// Month of the half-days.
    pub month: Month,
    /// Kind of slot (never cancelled).
    pub kind: SlotKind,
    /// Status.
    pub status: AttendanceStatus,
    /// How many half-days.
    pub count: i64,
    /// Minutes of the present ones, together.
    pub minutes: i64,
    /// The half-day and the operation that wrote its mark, when loaded one by one.
    pub slot: Option<(Date, Half, OpId)>,
}

/// A situation: contract, training, unemployment…
#[derive(Debug, Clone)]
pub struct SituationFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Person's record number.
    pub person: PersonId,
    /// Participation under which it was recorded.
    pub participation: StayId,
    /// Type.
    pub kind: SituationType,
    /// Employer.
    pub company: Option<String>,
    /// Firm where a temp agency's worker really works.
    pub user_company: Option<String>,
    /// First day.
    pub start: Date,
    /// Planned last day.
    pub planned_end: Option<Date>,
    /// Real last day.
    pub actual_end: Option<Date>,
    /// `end_reason` is `not_started`: the row counts nowhere.
    pub not_started: bool,
    /// Mission de préembauche.
    pub prehire: bool,
    /// Proof seen.
    pub evidence: Option<Evidence>,
}

/// A module result.
#[derive(Debug, Clone)]
pub struct ResultFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Participation.
    pub participation: StayId,
    /// Module's record number.
    pub module: ModuleId,
    /// Day.
    pub date: Date,
    /// Outcome.
    pub outcome: ModuleOutcome,
}

/// An attempt at a certificate.
#[derive(Debug, Clone)]
pub struct CertificateFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Participation.
    pub participation: StayId,
    /// Catalogue's record number.
    pub certificate: CertificateId,
    /// Day.
    pub date: Date,
    /// Outcome.
    pub outcome: CertificateOutcome,
}

/// A certificate of the catalogue.
#[derive(Debug, Clone)]
pub struct CatalogueFact {
    /// Record number.
    pub id: CertificateId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Registry.
    pub registry: Registry,
    /// Whether obtaining it is a qualification.
    pub counts_as_qualification: bool,
}

/// A licence event.
#[derive(Debug, Clone)]
pub struct LicenceFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Person's record number.
    pub person: PersonId,
    /// Step.
    pub step: LicenceStep,
    /// Day.
    pub date: Date,
    /// Outcome of an exam.
    pub outcome: Option<LicenceOutcome>,
    /// Minutes of a lesson.
    pub minutes: i64,
}

/// An individual follow-up interview.
#[derive(Debug, Clone)]
pub struct InterviewFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Participation.
    pub participation: StayId,
    /// Day.
    pub date: Date,
    /// Kind.
    pub kind: InterviewKind,
    /// Minutes (0 when not said).
    pub minutes: i64,
}

/// An attempt to reach someone after their exit.
#[derive(Debug, Clone)]
pub struct FollowupFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Participation.
    pub participation: StayId,
    /// Point.
    pub point: Point,
    /// Day of the attempt.
    pub date: Date,
    /// Whether the person's situation on the point's day became known.
    pub reached: bool,
}
