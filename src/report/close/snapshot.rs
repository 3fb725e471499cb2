//! Everything figures are made of, record by record, so that two states of the file can be compared.

use crate::domain::Date;
use crate::domain::cohort::Half;
use crate::domain::facts::*;
use crate::domain::id::{CertificateId, CohortId, ModuleId, OpId, PersonId, RecordId, StayId};
use std::collections::{BTreeMap, BTreeSet};

/// The records of some cohorts at one moment, and what a scope makes of them.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The records; half-days one by one, cohorts outside the funder's scope too.
    pub facts: Facts,
    /// Record numbers of the cohorts in the funder's scope.
    pub scope: BTreeSet<CohortId>,
    /// The settings.
    pub settings: Settings,
}

/// What names a record, parents before children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A setting.
    Setting(&'static str),
    /// A certificate of the catalogue.
    Catalogue(CertificateId),
    /// A cohort.
    Cohort(CohortId),
    /// Whether a cohort is in the funder's scope.
    Scope(CohortId),
    /// A module.
    Module(ModuleId),
    /// A half-day of a calendar.
    Slot(RecordId),
    /// A person.
    Person(PersonId),
    /// A participation.
    Participation(StayId),
    /// The first present half-day of a participation in the whole file.
    FirstPresent(StayId),
    /// The mark of a half-day.
    Mark(StayId, Date, Half),
    /// A situation.
    Situation(RecordId),
    /// A module result.
    Result(RecordId),
    /// An attempt at a certificate.
    Certificate(RecordId),
    /// A licence event.
    Licence(RecordId),
    /// An interview.
    Interview(RecordId),
    /// An attempt to reach someone.
    Followup(RecordId),
    /// A budget line.
    Budget(RecordId),
    /// A target.
    Target(RecordId),
}

/// A record's content.
#[derive(Debug, Clone)]
pub enum Fact {
    /// The word of a setting.
    Setting(Settings),
    /// In the scope.
    Scope,
    /// A certificate of the catalogue.
    Catalogue(CatalogueFact),
    /// A cohort, without modules and calendar.
    Cohort(CohortFact),
    /// A module and its cohort.
    Module(CohortId, ModuleFact),
    /// A half-day and its cohort.
    Slot(CohortId, SlotFact),
    /// A person.
    Person(PersonFact),
    /// A participation, without marks and first presence.
    Participation(ParticipationFact),
    /// A first presence.
    FirstPresent(Date),
    /// A mark.
    Mark(MarkFact),
    /// A situation.
    Situation(SituationFact),
    /// A module result.
    Result(ResultFact),
    /// An attempt at a certificate.
    Certificate(CertificateFact),
    /// A licence event.
    Licence(LicenceFact),
    /// An interview.
    Interview(InterviewFact),
    /// An attempt to reach someone.
    Followup(FollowupFact),
    /// A budget line.
    Budget(BudgetFact),
    /// A target.
    Target(TargetFact),
}

/// The settings that change figures, by name.
pub const SETTINGS: [&str; 4] = ["durable_min", "ltu_months", "ltu_under25", "bpf_hours"];

/// Gives one setting the value it has elsewhere.
pub fn copy_setting(to: &mut Settings, name: &str, from: &Settings) {
    match name {
        "durable_min" => to.durable_min = from.durable_min,
        "ltu_months" => to.ltu_months = from.ltu_months,
        "ltu_under25" => to.ltu_under25 = from.ltu_under25,
        _ => to.bpf_hours = from.bpf_hours,
    }
}

impl State {
    /// The records by name, those left out that are dated after as_of and so count nowhere.
    pub fn records(&self, as_of: Date) -> BTreeMap<Key, Fact> {
        let mut all = BTreeMap::new();
        for name in SETTINGS {
            all.insert(Key::Setting(name), Fact::Setting(self.settings));
        }
        let facts = &self.facts;
        all.extend(facts.catalogue.iter().map(|f| (Key::Catalogue(f.id), Fact::Catalogue(f.clone()))));
        all.extend(self.scope.iter().map(|id| (Key::Scope(*id), Fact::Scope)));
        for cohort in &facts.cohorts {
            let bare = CohortFact { modules: Vec::new(), slots: Vec::new(), ..bare_cohort(cohort) };
            all.insert(Key::Cohort(cohort.id), Fact::Cohort(bare));
            all.extend(cohort.modules.iter().map(|m| (Key::Module(m.id), Fact::Module(cohort.id, m.clone()))));
            all.extend(cohort.slots.iter().map(|s| (Key::Slot(s.id), Fact::Slot(cohort.id, *s))));
        }
        all.extend(facts.people.iter().map(|f| (Key::Person(f.id), Fact::Person(f.clone()))));
        for part in &facts.participations {
            stay(part, as_of, &mut all);
        }
        let situations = facts.situations.iter().filter(|f| f.start <= as_of);
        all.extend(situations.map(|f| (Key::Situation(f.id), Fact::Situation(f.clone()))));
        let results = facts.results.iter().filter(|f| f.date <= as_of);
        all.extend(results.map(|f| (Key::Result(f.id), Fact::Result(f.clone()))));
        let certificates = facts.certificates.iter().filter(|f| f.date <= as_of);
        all.extend(certificates.map(|f| (Key::Certificate(f.id), Fact::Certificate(f.clone()))));
        let licence = facts.licence.iter().filter(|f| f.date <= as_of);
        all.extend(licence.map(|f| (Key::Licence(f.id), Fact::Licence(f.clone()))));
        let interviews = facts.interviews.iter().filter(|f| f.date <= as_of);
        all.extend(interviews.map(|f| (Key::Interview(f.id), Fact::Interview(f.clone()))));
        let followups = facts.followups.iter().filter(|f| f.date <= as_of);
        all.extend(followups.map(|f| (Key::Followup(f.id), Fact::Followup(f.clone()))));
        all.extend(facts.budget.iter().map(|f| (Key::Budget(f.id), Fact::Budget(f.clone()))));
        all.extend(facts.targets.iter().map(|f| (Key::Target(f.id), Fact::Target(f.clone()))));
        all
    }
}

fn bare_cohort(cohort: &CohortFact) -> CohortFact {
    CohortFact {
        code: cohort.code.clone(),
        nsf: cohort.nsf.clone(),
        modules: Vec::new(),
        slots: Vec::new(),
        id: cohort.id,
        op: cohort.op,
        start: cohort.start,
        end: cohort.end,
        places: cohort.places,
        training_status: cohort.training_status,
        integration_days: cohort.integration_days,
        certificate: cohort.certificate,
    }
}

fn stay(part: &ParticipationFact, as_of: Date, all: &mut BTreeMap<Key, Fact>) {
    let first = part.first_present.filter(|d| *d <= as_of);
    let mut bare =
        ParticipationFact { marks: Vec::new(), first_present: None, first_mark: None, ..without_marks(part) };
    if bare.exit.is_some_and(|exit| exit > as_of) {
        // An exit still to come is no exit: recording it is no change of this report.
        (bare.exit, bare.exit_reason) = (None, None);
    }
    all.insert(Key::Participation(part.id), Fact::Participation(bare));
    all.extend(first.map(|day| (Key::FirstPresent(part.id), Fact::FirstPresent(day))));
    for mark in &part.marks {
        if let Some((date, half, _)) = mark.slot {
            all.insert(Key::Mark(part.id, date, half), Fact::Mark(*mark));
        }
    }
}

fn without_marks(part: &ParticipationFact) -> ParticipationFact {
    let mut bare = part.clone();
    bare.marks = Vec::new();
    bare
}

impl Fact {
    /// The operation that wrote it, where a record of its own holds it.
    fn op(&self) -> Option<OpId> {
        Some(match self {
            Fact::Setting(_) | Fact::Scope | Fact::FirstPresent(_) => return None,
            Fact::Catalogue(f) => f.op,
            Fact::Cohort(f) => f.op,
            Fact::Module(_, f) => f.op,
            Fact::Slot(_, f) => f.op,
            Fact::Person(f) => f.op,
            Fact::Participation(f) => f.op,
            Fact::Mark(f) => f.slot?.2,
            Fact::Situation(f) => f.op,
            Fact::Result(f) => f.op,
            Fact::Certificate(f) => f.op,
            Fact::Licence(f) => f.op,
            Fact::Interview(f) => f.op,
            Fact::Followup(f) => f.op,
            Fact::Budget(f) => f.op,
            Fact::Target(f) => f.op,
        })
    }
    /// Everything of it that could change a figure, in a form that can be compared.
    fn content(&self, key: &Key) -> String {
        let mut bare = self.clone();
        match &mut bare {
            Fact::Setting(settings) => {
                // Each setting is a record of its own.
                let mut only = Settings::default();
                if let Key::Setting(name) = key {
                    copy_setting(&mut only, name, settings);
                }
                *settings = only;
            }
            Fact::Scope | Fact::FirstPresent(_) => {}
            Fact::Catalogue(f) => f.op = OpId::NONE,
            Fact::Cohort(f) => f.op = OpId::NONE,
            Fact::Module(_, f) => f.op = OpId::NONE,
            Fact::Slot(_, f) => f.op = OpId::NONE,
            Fact::Person(f) => f.op = OpId::NONE,
            Fact::Participation(f) => f.op = OpId::NONE,
            Fact::Mark(f) => f.slot = f.slot.map(|(date, half, _)| (date, half, OpId::NONE)),
            Fact::Situation(f) => f.op = OpId::NONE,
            Fact::Result(f) => f.op = OpId::NONE,
            Fact::Certificate(f) => f.op = OpId::NONE,
            Fact::Licence(f) => f.op = OpId::NONE,
            Fact::Interview(f) => f.op = OpId::NONE,
            Fact::Followup(f) => f.op = OpId::NONE,
            Fact::Budget(f) => f.op = OpId::NONE,
            Fact::Target(f) => f.op = OpId::NONE,
        }
        format!("{bare:?}")
    }
    /// Whether two versions of a record say the same to every figure.
    pub fn same(&self, other: &Fact, key: &Key) -> bool {
        if let (Fact::Mark(a), Fact::Mark(b)) = (self, other) {
            return (a.kind, a.status, a.minutes) == (b.kind, b.status, b.minutes);
        }
        // A participation's exit may have been cut off, and a budget line borrows the codes of its grant.
        let own = !matches!(self, Fact::Participation(_) | Fact::Budget(_));
        if own && self.op().is_some() && self.op() == other.op() {
            return true;
        }
        self.content(key) == other.content(key)
    }
}
