//! A small school built in memory, so that a rule can be tested without a database.

use super::indicator::{self, Finding};
use super::membership::{Figure, Unit};
use super::naming::Naming;
use super::section::Section;
use crate::domain::cohort::{Half, SlotKind, Stream, TrainingStatus};
use crate::domain::date::Month;
use crate::domain::facts::*;
use crate::domain::id::{CertificateId, CohortId, ModuleId, OpId, PersonId, RecordId, StayId};
use crate::domain::placement::{Point, SituationType};
use crate::domain::progress::*;
use crate::domain::trainee::{ExitReason, YesNo};
use crate::domain::{Date, Lang};
use crate::report::as_of::{Group, Purpose, World};
use crate::sheet::{Cell, Sheet};
use std::collections::BTreeMap;

/// The operation that wrote every record.
const OP: OpId = OpId::from_number(1);

/// A day from `2018-11-05`.
#[track_caller]
pub fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

/// A scope over everything up to a day.
pub fn up_to(as_of: &str) -> Scope {
    period("1930-01-01", as_of, as_of)
}

/// A scope over a period, seen on a day.
pub fn period(from: &str, to: &str, as_of: &str) -> Scope {
    Scope {
        from: day(from),
        to: day(to),
        as_of: day(as_of),
        known_on: None,
        cohorts: None,
        funder: None,
        settings: Settings::default(),
    }
}

/// One half-day mark as it is recorded.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    part: StayId,
    date: Date,
    half: Half,
    status: AttendanceStatus,
    minutes: i64,
}

/// How marks reach the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Summed by month, kind and status.
    Summed,
    /// One by one.
    Single,
}

/// A school in memory.
#[derive(Debug, Clone, Default)]
pub struct School {
    /// Its facts, without marks.
    pub facts: Facts,
    /// Its marks.
    pub marks: Vec<Mark>,
    last_id: i64,
}

impl School {
    /// A school with one cohort of 12 places, `P1`, from 5 November 2018 to 1 February 2019, without calendar.
    pub fn with_p1() -> School {
        let mut school = School::default();
        school.cohort("P1", "2018-11-05", "2019-02-01");
        school
    }
    fn id(&mut self) -> RecordId {
        self.last_id += 1;
        RecordId::from_number(self.last_id)
    }
    /// A cohort of 12 places.
    pub fn cohort(&mut self, code: &str, start: &str, end: &str) -> CohortId {
        let id = CohortId::of(self.id());
        self.facts.cohorts.push(CohortFact {
            id,
            op: OP,
            code: code.into(),
            start: day(start),
            end: day(end),
            places: 12,
            training_status: TrainingStatus::VocationalTrainee,
            nsf: "255".into(),
            integration_days: 14,
            certificate: None,
            modules: Vec::new(),
            slots: Vec::new(),
        });
        id
    }
    /// A cohort by code.
    pub fn cohort_mut(&mut self, code: &str) -> &mut CohortFact {
        self.facts.cohorts.iter_mut().find(|c| c.code == code).unwrap()
    }
    /// A module of a cohort.
    pub fn module(&mut self, cohort: &str, code: &str, stream: Stream) -> ModuleId {
        let id = ModuleId::of(self.id());
        let module = ModuleFact { id, op: OP, code: code.into(), title: code.into(), stream };
        self.cohort_mut(cohort).modules.push(module);
        id
    }
    /// A half-day of 210 minutes.
    pub fn slot(&mut self, cohort: &str, date: &str, half: Half, kind: SlotKind) {
        let id = self.id();
        let slot = SlotFact { id, op: OP, date: day(date), half, kind, minutes: 210 };
        self.cohort_mut(cohort).slots.push(slot);
    }
    /// A person.
    pub fn person(&mut self, slug: &str) -> PersonId {
        let id = PersonId::of(self.id());
        let person = PersonFact { id, op: OP, slug: slug.into(), name: slug.into(), birth_date: None, sex: None };
        self.facts.people.push(person);
        id
    }
    /// A person by slug.
    pub fn person_mut(&mut self, slug: &str) -> &mut PersonFact {
        self.facts.people.iter_mut().find(|p| p.slug == slug).unwrap()
    }
    /// An application of a person (made when new) to a cohort.
    pub fn apply(&mut self, cohort: &str, slug: &str) -> &mut ParticipationFact {
        let known = self.facts.people.iter().find(|p| p.slug == slug).map(|p| p.id);
        let person = known.unwrap_or_else(|| self.person(slug));
        let cohort = self.cohort_mut(cohort).id;
        let id = StayId::of(self.id());
        self.facts.participations.push(ParticipationFact {
            id,
            op: OP,
            person,
            cohort,
            application_date: None,
            decision: None,
            entry: None,
            exit: None,
            exit_reason: None,
            status_at_entry: None,
            status_since: None,
            in_education: YesNo::Unknown,
            education: None,
            disability: YesNo::Unknown,
            income_support: YesNo::Unknown,
            priority_district: YesNo::Unknown,
            rural: YesNo::Unknown,
            third_country: YesNo::Unknown,
            foreign_background: YesNo::Unknown,
            minority: YesNo::Unknown,
            homeless: YesNo::Unknown,
            licence_at_entry: None,
            first_present: None,
            first_mark: None,
            marks: Vec::new(),
        });
        self.facts.participations.last_mut().unwrap()
    }
    /// An entrant, present from the entry day on; gives the participation's number.
    pub fn enter(&mut self, cohort: &str, slug: &str, entry: &str) -> StayId {
        let part = self.apply(cohort, slug);
        part.entry = Some(day(entry));
        part.first_present = Some(day(entry));
        part.id
    }
    /// An entrant who left.
    pub fn left(&mut self, cohort: &str, slug: &str, (entry, exit): (&str, &str), reason: ExitReason) -> StayId {
        let id = self.enter(cohort, slug, entry);
        let part = self.part_mut(id);
        part.exit = Some(day(exit));
        part.exit_reason = Some(reason);
        id
    }
    /// A participation by number.
    pub fn part_mut(&mut self, id: StayId) -> &mut ParticipationFact {
        self.facts.participations.iter_mut().find(|p| p.id == id).unwrap()
    }
    /// A situation recorded under a participation.
    pub fn situation(
        &mut self,
        part: StayId,
        kind: SituationType,
        start: &str,
        planned_end: &str,
    ) -> &mut SituationFact {
        let (id, person) = (self.id(), self.part_mut(part).person);
        self.facts.situations.push(SituationFact {
            id,
            op: OP,
            person,
            participation: part,
            kind,
            company: None,
            user_company: None,
            start: day(start),
            planned_end: (!planned_end.is_empty()).then(|| day(planned_end)),
            actual_end: None,
            not_started: false,
            prehire: false,
            evidence: None,
        });
        self.facts.situations.last_mut().unwrap()
    }
    /// A half-day mark; the first present one is kept as the participation's.
    pub fn mark(&mut self, part: StayId, date: &str, half: Half, status: AttendanceStatus) {
        let minutes = if status == AttendanceStatus::Present { 210 } else { 0 };
        let fact = self.part_mut(part);
        if status == AttendanceStatus::Present && fact.first_present == Some(day(date)) && fact.first_mark.is_none() {
            fact.first_mark = Some((half, OP));
        }
        self.marks.push(Mark { part, date: day(date), half, status, minutes });
    }
    /// A validated, failed or running module.
    pub fn result(&mut self, part: StayId, module: ModuleId, date: &str, outcome: ModuleOutcome) {
        let id = self.id();
        self.facts.results.push(ResultFact { id, op: OP, participation: part, module, date: day(date), outcome });
    }
    /// A certificate of the catalogue.
    pub fn catalogue(&mut self, code: &str, registry: Registry, counts_as_qualification: bool) -> CertificateId {
        let id = CertificateId::of(self.id());
        let (code, label) = (code.to_owned(), code.to_owned());
        self.facts.catalogue.push(CatalogueFact { id, op: OP, code, label, registry, counts_as_qualification });
        id
    }
    /// An attempt at a certificate.
    pub fn attempt(&mut self, part: StayId, certificate: CertificateId, date: &str, outcome: CertificateOutcome) {
        let id = self.id();
        let date = day(date);
        self.facts.certificates.push(CertificateFact { id, op: OP, participation: part, certificate, date, outcome });
    }
    /// A licence event of a participation's person.
    pub fn licence(
        &mut self,
        part: StayId,
        step: LicenceStep,
        date: &str,
        outcome: Option<LicenceOutcome>,
        minutes: i64,
    ) {
        let (id, person) = (self.id(), self.part_mut(part).person);
        self.facts.licence.push(LicenceFact { id, op: OP, person, step, date: day(date), outcome, minutes });
    }
    /// An interview.
    pub fn interview(&mut self, part: StayId, date: &str, minutes: i64) {
        let (id, date) = (self.id(), day(date));
        let kind = InterviewKind::FollowUp;
        self.facts.interviews.push(InterviewFact { id, op: OP, participation: part, date, kind, minutes });
    }
    /// A follow-up attempt.
    pub fn followup(&mut self, part: StayId, point: Point, date: &str, reached: bool) {
        let (id, date) = (self.id(), day(date));
        self.facts.followups.push(FollowupFact { id, op: OP, participation: part, point, date, reached });
    }
    /// The facts of a scope, marks included.
    pub fn facts(&self, scope: &Scope, marks: Marks) -> Facts {
        let mut facts = self.facts.clone();
        for part in &mut facts.participations {
            let cohort = facts.cohorts.iter().find(|c| c.id == part.cohort).unwrap();
            let kept = self.marks.iter().filter(|m| m.part == part.id && scope.from <= m.date);
            let kept = kept.filter(|m| m.date <= scope.to.min(scope.as_of));
            let mut sums: BTreeMap<(Month, SlotKind, AttendanceStatus), (i64, i64)> = BTreeMap::new();
            for mark in kept {
                let slot = cohort.slots.iter().find(|s| (s.date, s.half) == (mark.date, mark.half)).unwrap();
                let (month, kind, status) = (mark.date.in_month(), slot.kind, mark.status);
                if marks == Marks::Single {
                    let slot = Some((mark.date, mark.half, OP));
                    part.marks.push(MarkFact { month, kind, status, count: 1, minutes: mark.minutes, slot });
                } else {
                    let sum = sums.entry((month, kind, status)).or_default();
                    *sum = (sum.0 + 1, sum.1 + mark.minutes);
                }
            }
            part.marks.extend(sums.into_iter().map(|((month, kind, status), (count, minutes))| MarkFact {
                month,
                kind,
                status,
                count,
                minutes,
                slot: None,
            }));
        }
        facts
    }
    /// An indicator over all cohorts (`*`), or of one cohort.
    #[track_caller]
    pub fn finding(&self, scope: &Scope, cohort: &str, name: &str) -> Finding {
        let facts = self.facts(scope, Marks::Summed);
        let world = World::new(&facts, scope, Purpose::Figures);
        let (indicator, variant) = indicator::find(name).unwrap();
        indicator.result(&world, group(&world, cohort), variant)
    }
    /// (num, den, not yet due, unknown) of an indicator.
    #[track_caller]
    pub fn figure(&self, scope: &Scope, cohort: &str, name: &str) -> [i64; 4] {
        let Figure { num, den, not_yet_due, unknown } = self.finding(scope, cohort, name).figure;
        [num, den, not_yet_due, unknown]
    }
    /// The units of an indicator over all cohorts, as explained.
    #[track_caller]
    pub fn units(&self, scope: &Scope, name: &str) -> Vec<Unit> {
        let facts = self.facts(scope, Marks::Single);
        let world = World::new(&facts, scope, Purpose::Explain);
        let (indicator, variant) = indicator::find(name).unwrap();
        super::membership::collect(|sink| indicator.units(&world, Group::All, variant, sink))
    }
    /// A section.
    #[track_caller]
    pub fn sheet(&self, scope: &Scope, section: Section) -> Sheet {
        let marks = if section.needs_half_days() { Marks::Single } else { Marks::Summed };
        let facts = self.facts(scope, marks);
        let world = World::new(&facts, scope, Purpose::Figures);
        section.sheet(&world, &Naming::Slug).unwrap()
    }
}

#[track_caller]
fn group(world: &World<'_>, cohort: &str) -> Group {
    match cohort {
        "*" => Group::All,
        code => Group::Cohort(world.cohorts.iter().position(|c| c.fact.code == code).unwrap()),
    }
}

/// A cell as one short word, for comparison in tests.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Words(text) => text.get(Lang::En).to_owned(),
        Cell::Int(n) => n.to_string(),
        Cell::Decimal { value, scale } => {
            let unit = 10i64.pow(u32::from(*scale));
            let sign = if *value < 0 { "-" } else { "" };
            format!("{sign}{}.{:0width$}", value.abs() / unit, value.abs() % unit, width = usize::from(*scale))
        }
        Cell::Hours(minutes) => format!("{minutes}min"),
        Cell::Cents(cents) => format!("{cents}c"),
        Cell::Date(date) => date.to_string(),
        Cell::Month(month) => month.to_string(),
        Cell::Bool(flag) => flag.to_string(),
        Cell::Masked => "c".to_owned(),
    }
}

/// The rows of a sheet whose first cells are these words, each as one line of the asked columns.
#[track_caller]
pub fn pick(sheet: &Sheet, head: &[&str], columns: &str) -> Vec<String> {
    let places: Vec<usize> = columns.split(' ').map(|key| sheet.column(key).unwrap()).collect();
    let fits = |row: &&Vec<Cell>| head.iter().zip(row.iter()).all(|(word, cell)| shown(cell) == *word);
    let line = |row: &Vec<Cell>| places.iter().map(|i| shown(&row[*i])).collect::<Vec<_>>().join(" ");
    sheet.rows.iter().filter(fits).map(line).collect()
}
