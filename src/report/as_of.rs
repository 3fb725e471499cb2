//! The world at as_of: facts indexed once, with what has not happened yet taken away.

use super::aftermath::Aftermath;
use super::membership::{RecordKind, RecordRef, Sink, Unit, Value};
use crate::domain::Text;
use crate::domain::cohort::{SlotKind, Stream};
use crate::domain::facts::{
    CertificateFact, CohortFact, Facts, FollowupFact, InterviewFact, LicenceFact, ModuleFact, ParticipationFact,
    PersonFact, ResultFact, Scope, SituationFact, SlotFact,
};
use crate::domain::id::{CohortId, PersonId, StayId};
use crate::domain::stay::is_departure;
use crate::domain::trainee::ExitReason;
use crate::domain::{Date, Month};
use crate::fixed;
use crate::text;
use std::cell::OnceCell;
use std::collections::HashMap;

/// What the units are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Only numbers: units that change no figure may be skipped and half-days may stay summed.
    Figures,
    /// Every unit is shown, one by one.
    Explain,
}

/// The rows of a report: one cohort, or the union of those in scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The cohort at this position in [`World::cohorts`].
    Cohort(usize),
    /// The `*` row.
    All,
}

/// Facts at as_of, indexed.
pub struct World<'a> {
    /// The facts behind.
    pub facts: &'a Facts,
    /// The scope asked for.
    pub scope: &'a Scope,
    /// Nothing dated later counts.
    pub as_of: Date,
    /// What the units are for.
    pub purpose: Purpose,
    /// Cohorts begun at as_of, by start then code.
    pub cohorts: Vec<CohortView<'a>>,
    /// Participations, cohort by cohort in that order.
    pub parts: Vec<Part<'a>>,
    situations_by_person: Index<PersonId>,
    situations_by_part: Index<StayId>,
    results: Index<StayId>,
    certificates: Index<StayId>,
    licence: Index<PersonId>,
    interviews: Index<StayId>,
    followups: Index<StayId>,
}

/// A cohort with its calendar ready to be counted.
pub struct CohortView<'a> {
    /// The cohort.
    pub fact: &'a CohortFact,
    /// Half-days that are not cancelled, in order.
    pub slots: Vec<&'a SlotFact>,
    centre_before: Vec<i64>,
    parts: std::ops::Range<usize>,
}

/// A participation as it stands at as_of.
pub struct Part<'a> {
    /// The record.
    pub fact: &'a ParticipationFact,
    /// Its person.
    pub person: &'a PersonFact,
    /// Position of its cohort in [`World::cohorts`].
    pub cohort: usize,
    /// Entry on or before as_of.
    pub entry: Option<Date>,
    /// Exit on or before as_of, with its reason.
    pub exit: Option<(Date, ExitReason)>,
    /// Entered, and present at least once on or before as_of.
    pub entrant: bool,
    /// The time after the exit, once some figure asked for it.
    pub(super) aftermath: OnceCell<Box<Aftermath<'a>>>,
}

/// Positions of facts by the record they belong to.
struct Index<K>(Vec<(K, u32)>);

impl<K: Copy + Ord> Index<K> {
    fn by<T>(facts: &[T], key: impl Fn(&T) -> K) -> Index<K> {
        let mut order: Vec<(K, u32)> = facts.iter().enumerate().map(|(i, f)| (key(f), i as u32)).collect();
        order.sort_unstable();
        Index(order)
    }
    fn get(&self, key: K) -> impl Iterator<Item = usize> {
        let first = self.0.partition_point(|(k, _)| *k < key);
        self.0[first..].iter().take_while(move |(k, _)| *k == key).map(|(_, i)| *i as usize)
    }
}

const NO_ENTRY: &Text = fixed!("pas encore entré dans la promotion", "has not entered the cohort");
const NO_SHOW: &Text = fixed!("entré mais jamais présent à cette date", "entered but never present by that day");

impl<'a> World<'a> {
    /// Indexes facts for a scope.
    pub fn new(facts: &'a Facts, scope: &'a Scope, purpose: Purpose) -> World<'a> {
        let as_of = scope.as_of;
        let mut cohorts: Vec<CohortView<'a>> =
            facts.cohorts.iter().filter(|c| c.start <= as_of).map(CohortView::new).collect();
        cohorts.sort_by(|a, b| (a.fact.start, &a.fact.code).cmp(&(b.fact.start, &b.fact.code)));
        let parts = parts_of(facts, &cohorts, as_of);
        for (i, cohort) in cohorts.iter_mut().enumerate() {
            cohort.parts = parts.partition_point(|p| p.cohort < i)..parts.partition_point(|p| p.cohort <= i);
        }
        World {
            facts,
            scope,
            as_of,
            purpose,
            cohorts,
            parts,
            situations_by_person: Index::by(&facts.situations, |s| s.person),
            situations_by_part: Index::by(&facts.situations, |s| s.participation),
            results: Index::by(&facts.results, |r| r.participation),
            certificates: Index::by(&facts.certificates, |c| c.participation),
            licence: Index::by(&facts.licence, |l| l.person),
            interviews: Index::by(&facts.interviews, |i| i.participation),
            followups: Index::by(&facts.followups, |f| f.participation),
        }
    }
    /// The cohorts one by one, then their union: the order of rows.
    pub fn groups(&self) -> impl Iterator<Item = Group> + use<> {
        (0..self.cohorts.len()).map(Group::Cohort).chain([Group::All])
    }
    /// What the column `cohort` shows.
    pub fn code(&self, group: Group) -> &str {
        match group {
            Group::Cohort(i) => &self.cohorts[i].fact.code,
            Group::All => "*",
        }
    }
    /// The cohorts of a group.
    pub fn cohorts_of(&self, group: Group) -> &[CohortView<'a>] {
        match group {
            Group::Cohort(i) => &self.cohorts[i..=i],
            Group::All => &self.cohorts,
        }
    }
    /// All participations of a group, applicants and no-shows too.
    pub fn parts_of(&self, group: Group) -> &[Part<'a>] {
        match group {
            Group::Cohort(i) => &self.parts[self.cohorts[i].parts.clone()],
            Group::All => &self.parts,
        }
    }
    /// The entrants of a group.
    pub fn entrants(&self, group: Group) -> impl Iterator<Item = &Part<'a>> {
        self.parts_of(group).iter().filter(|p| p.entrant)
    }
    /// Whether units that change no figure are wanted too.
    pub fn explains(&self) -> bool {
        self.purpose == Purpose::Explain
    }
    /// Gives each entrant to a definition, and tells why the others are left out.
    pub fn each_entrant(&self, group: Group, sink: &mut Sink<'_>, mut judge: impl FnMut(&Part<'a>, &mut Sink<'_>)) {
        for part in self.parts_of(group) {
            if part.entrant {
                judge(part, sink);
            } else if self.explains() {
                let unit = Unit::of(part).because(part.record(&["entry"]));
                let as_of = self.as_of;
                sink(match (part.entry, part.fact.entry) {
                    (Some(entry), _) => unit.left_out(NO_SHOW).value(Value::Day(entry)).why(self, || {
                        text!(
                            "entrée le {entry}, aucune présence au {as_of}",
                            "entry on {entry}, no presence by {as_of}";
                            entry, as_of
                        )
                    }),
                    (None, Some(entry)) => unit.left_out(NO_ENTRY).why(self, || {
                        text!("entrée le {entry}, après le {as_of}", "entry on {entry}, after {as_of}"; entry, as_of)
                    }),
                    (None, None) => {
                        unit.left_out(NO_ENTRY).why(self, || text!("sans date d'entrée", "without an entry date"))
                    }
                });
            }
        }
    }
    /// The cohort of a participation.
    pub fn cohort(&self, part: &Part<'_>) -> &CohortView<'a> {
        &self.cohorts[part.cohort]
    }
    /// Situations of a person under any cohort, those that exist at as_of.
    pub fn situations(&self, person: PersonId) -> impl Iterator<Item = &'a SituationFact> {
        self.situations_by_person.get(person).map(|i| &self.facts.situations[i]).filter(|s| self.exists(s))
    }
    /// Situations recorded under a participation, those that exist at as_of.
    pub fn situations_under(&self, part: &Part<'_>) -> impl Iterator<Item = &'a SituationFact> {
        self.situations_by_part.get(part.fact.id).map(|i| &self.facts.situations[i]).filter(|s| self.exists(s))
    }
    fn exists(&self, situation: &SituationFact) -> bool {
        !situation.not_started && situation.start <= self.as_of
    }
    /// Module results of a participation up to as_of.
    pub fn results(&self, part: &Part<'_>) -> impl Iterator<Item = &'a ResultFact> {
        self.results.get(part.fact.id).map(|i| &self.facts.results[i]).filter(|r| r.date <= self.as_of)
    }
    /// Certificate attempts of a participation up to as_of.
    pub fn certificates(&self, part: &Part<'_>) -> impl Iterator<Item = &'a CertificateFact> {
        self.certificates.get(part.fact.id).map(|i| &self.facts.certificates[i]).filter(|c| c.date <= self.as_of)
    }
    /// Licence events of a person from a day on, up to as_of.
    pub fn licence(&self, person: PersonId, since: Date) -> impl Iterator<Item = &'a LicenceFact> {
        let facts = self.licence.get(person).map(|i| &self.facts.licence[i]);
        facts.filter(move |l| since <= l.date && l.date <= self.as_of)
    }
    /// Interviews of a participation up to as_of.
    pub fn interviews(&self, part: &Part<'_>) -> impl Iterator<Item = &'a InterviewFact> {
        self.interviews.get(part.fact.id).map(|i| &self.facts.interviews[i]).filter(|i| i.date <= self.as_of)
    }
    /// Attempts to reach a participation's person up to as_of.
    pub fn followups(&self, part: &Part<'_>) -> impl Iterator<Item = &'a FollowupFact> {
        self.followups.get(part.fact.id).map(|i| &self.facts.followups[i]).filter(|f| f.date <= self.as_of)
    }
    /// Last day that counts: the period's end or as_of.
    pub fn last_day(&self) -> Date {
        self.scope.to.min(self.as_of)
    }
    /// Whether a day lies in the period and not after as_of.
    pub fn in_period(&self, day: Date) -> bool {
        self.scope.from <= day && day <= self.last_day()
    }
    /// Whether the period has no beginning: everything up to its end.
    pub fn period_is_open(&self) -> bool {
        self.scope.from <= Date::MIN
    }
    /// The months that meet the period and have begun at as_of; an open period begins with the first cohort.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let last = self.last_day().in_month().number();
        let first = if self.period_is_open() {
            self.cohorts.first().map_or(last, |c| c.fact.start.in_month().number())
        } else {
            self.scope.from.in_month().number()
        };
        (first..=last).map(Month::from_number)
    }
}

fn parts_of<'a>(facts: &'a Facts, cohorts: &[CohortView<'a>], as_of: Date) -> Vec<Part<'a>> {
    let places: HashMap<CohortId, usize> = cohorts.iter().enumerate().map(|(i, c)| (c.fact.id, i)).collect();
    let people: HashMap<PersonId, &PersonFact> = facts.people.iter().map(|p| (p.id, p)).collect();
    let known = |fact: &'a ParticipationFact| Some((fact, *people.get(&fact.person)?, *places.get(&fact.cohort)?));
    let mut parts: Vec<Part<'a>> = facts
        .participations
        .iter()
        .filter_map(known)
        .map(|(fact, person, cohort)| {
            let days = fact.days();
            let (entry, exit, entrant) = (days.entry_by(as_of), days.exit_by(as_of), days.is_entrant(as_of));
            Part { fact, person, cohort, entry, exit, entrant, aftermath: OnceCell::new() }
        })
        .collect();
    parts.sort_by_key(|p| (p.cohort, p.fact.id));
    parts
}

impl<'a> CohortView<'a> {
    fn new(fact: &'a CohortFact) -> CohortView<'a> {
        let mut slots: Vec<&SlotFact> = fact.slots.iter().filter(|s| s.kind.takes_place()).collect();
        slots.sort_by_key(|s| (s.date, s.half));
        let mut centre_before = Vec::with_capacity(slots.len() + 1);
        centre_before.push(0);
        let mut centre = 0;
        for slot in &slots {
            centre += i64::from(slot.kind == SlotKind::Centre);
            centre_before.push(centre);
        }
        CohortView { fact, slots, centre_before, parts: 0..0 }
    }
    fn positions(&self, from: Date, to: Date) -> std::ops::Range<usize> {
        let first = self.slots.partition_point(|s| s.date < from);
        first..self.slots.partition_point(|s| s.date <= to).max(first)
    }
    /// The half-days of some days, both included, in order.
    pub fn slots_between(&self, from: Date, to: Date) -> &[&'a SlotFact] {
        &self.slots[self.positions(from, to)]
    }
    /// How many half-days those days hold: (centre, company).
    pub fn planned_between(&self, from: Date, to: Date) -> (i64, i64) {
        let range = self.positions(from, to);
        let centre = self.centre_before[range.end] - self.centre_before[range.start];
        (centre, range.len() as i64 - centre)
    }
    /// The technical modules, by code.
    pub fn technical_modules(&self) -> impl Iterator<Item = &'a ModuleFact> {
        self.fact.modules.iter().filter(|m| m.stream == Stream::Technical)
    }
}

impl Unit {
    /// A unit about a participation, left out until a verdict is given.
    pub fn of(part: &Part<'_>) -> Unit {
        Unit {
            cohort: part.fact.cohort,
            participation: Some(part.fact.id),
            person: Some(part.fact.person),
            record: Some(part.record(&[])),
            ..Unit::of_cohort(part.fact.cohort)
        }
    }
    /// The values that were compared, worked out only where somebody reads them.
    pub fn why(self, world: &World<'_>, reason: impl FnOnce() -> Text) -> Unit {
        if world.explains() { Unit { reason: Some(Box::new(reason())), ..self } } else { self }
    }
}

impl Part<'_> {
    /// Its record, with the columns that decided.
    pub fn record(&self, columns: &'static [&'static str]) -> RecordRef {
        RecordRef::new(RecordKind::Participation, self.fact.id, self.fact.op, columns)
    }
    /// The first half-day they were present, which made them an entrant.
    pub fn first_presence(&self) -> RecordRef {
        match self.fact.first_present.zip(self.fact.first_mark) {
            Some((date, (half, op))) => RecordRef::mark(self.fact.id, (date, half), op, &["status"]),
            None => self.record(&["entry"]),
        }
    }
    /// The person's identity record, with the columns that decided.
    pub fn identity(&self, columns: &'static [&'static str]) -> RecordRef {
        RecordRef::new(RecordKind::Trainee, self.person.id, self.person.op, columns)
    }
    /// The exit of an entrant that is not a transfer: the only one that indicators call an exit.
    pub fn left(&self) -> Option<(Date, ExitReason)> {
        self.exit.filter(|(_, reason)| self.entrant && is_departure(*reason))
    }
    /// Completed years on the entry day.
    pub fn age_at_entry(&self) -> Option<i64> {
        Some(i64::from(self.person.birth_date?.age_on(self.entry?)))
    }
}
