//! A state of the file under change: records put in and taken out one by one, figures made after each.

use super::printed_figures::Figures;
use super::snapshot::{Fact, Key, State, copy_setting};
use crate::domain::cohort::Half;
use crate::domain::facts::*;
use crate::domain::id::{CohortId, ModuleId, RecordId, StayId};
use crate::domain::{ClosedList, Date, Month};
use crate::report::as_of::{Purpose, World};
use crate::report::naming::Naming;
use crate::report::section::Section;
use crate::sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What figures are made for.
#[derive(Debug, Clone)]
pub struct Question {
    /// Period, as_of and funder; its settings are those of the state.
    pub scope: Scope,
    /// The sections whose figures are asked for.
    pub sections: Vec<Section>,
}

/// The marks of a participation, in order.
type Marks = BTreeMap<(Date, Half), MarkFact>;

/// A state under change.
pub struct Work<'q> {
    question: &'q Question,
    naming: Naming,
    scope: Scope,
    facts: Facts,
    cohorts: BTreeSet<CohortId>,
    outside: Vec<CohortFact>,
    marks: HashMap<StayId, Marks>,
}

impl<'q> Work<'q> {
    /// Starts from a state.
    pub fn new(state: State, question: &'q Question) -> Work<'q> {
        let scope = Scope { settings: state.settings, ..question.scope.clone() };
        let naming = scope.funder.as_ref().map_or(Naming::Slug, Naming::of_funder);
        let (mut facts, cohorts) = (state.facts, state.scope);
        let mut marks = HashMap::new();
        for part in &mut facts.participations {
            let single = part.marks.drain(..).filter_map(|m| m.slot.map(|(date, half, _)| ((date, half), m)));
            marks.insert(part.id, single.collect::<Marks>());
        }
        let mut work = Work { question, naming, scope, facts, cohorts, outside: Vec::new(), marks };
        let all: Vec<StayId> = work.marks.keys().copied().collect();
        all.into_iter().for_each(|part| work.sum(part));
        work.place_cohorts();
        work
    }

    /// The finished sheets, nothing masked.
    pub fn sheets(&self) -> Vec<Sheet> {
        let world = World::new(&self.facts, &self.scope, Purpose::Figures);
        self.question.sections.iter().filter_map(|s| s.sheet(&world, &self.naming)).collect()
    }

    /// The figures, nothing masked.
    pub fn figures(&self) -> Figures {
        Figures::of(&self.sheets())
    }

    /// Gives a record another content, or takes it away.
    pub fn put(&mut self, key: Key, fact: Option<&Fact>) {
        match (key, fact) {
            (Key::Setting(name), Some(Fact::Setting(from))) => copy_setting(&mut self.scope.settings, name, from),
            (Key::Scope(id), fact) => {
                if fact.is_some() {
                    self.cohorts.insert(id)
                } else {
                    self.cohorts.remove(&id)
                };
                self.place_cohorts();
            }
            (Key::Cohort(id), fact) => self.put_cohort(id, fact),
            (Key::Module(id), fact) => self.put_module(id, fact),
            (Key::Slot(id), fact) => self.put_slot(id, fact),
            (Key::Participation(id), fact) => self.put_participation(id, fact),
            (Key::FirstPresent(id), fact) => {
                let day = if let Some(Fact::FirstPresent(day)) = fact { Some(*day) } else { None };
                self.facts.participations.iter_mut().filter(|p| p.id == id).for_each(|p| p.first_present = day);
            }
            (Key::Mark(id, date, half), fact) => {
                let marks = self.marks.entry(id).or_default();
                match fact {
                    Some(Fact::Mark(mark)) => marks.insert((date, half), *mark),
                    _ => marks.remove(&(date, half)),
                };
                self.sum(id);
            }
            (key, fact) => put_plain(&mut self.facts, key, fact),
        }
    }

    fn place_cohorts(&mut self) {
        let mut all: Vec<CohortFact> = self.facts.cohorts.drain(..).chain(self.outside.drain(..)).collect();
        all.sort_by(|a, b| (a.start, &a.code).cmp(&(b.start, &b.code)));
        let (inside, outside) = all.into_iter().partition(|c| self.cohorts.contains(&c.id));
        (self.facts.cohorts, self.outside) = (inside, outside);
    }

    fn each_cohort(&mut self) -> impl Iterator<Item = &mut CohortFact> {
        self.facts.cohorts.iter_mut().chain(self.outside.iter_mut())
    }

    fn put_cohort(&mut self, id: CohortId, fact: Option<&Fact>) {
        let parts = |c: &mut CohortFact| (std::mem::take(&mut c.modules), std::mem::take(&mut c.slots));
        let old = self.each_cohort().find(|c| c.id == id).map(parts);
        self.facts.cohorts.retain(|c| c.id != id);
        self.outside.retain(|c| c.id != id);
        if let Some(Fact::Cohort(new)) = fact {
            let (modules, slots) = old.unwrap_or_default();
            self.outside.push(CohortFact { modules, slots, ..new.clone() });
        }
        self.place_cohorts();
    }

    fn put_module(&mut self, id: ModuleId, fact: Option<&Fact>) {
        self.each_cohort().for_each(|c| c.modules.retain(|m| m.id != id));
        if let Some(Fact::Module(cohort, module)) = fact
            && let Some(cohort) = self.each_cohort().find(|c| c.id == *cohort)
        {
            cohort.modules.push(module.clone());
            cohort.modules.sort_by(|a, b| a.code.cmp(&b.code));
        }
    }

    fn put_slot(&mut self, id: RecordId, fact: Option<&Fact>) {
        self.each_cohort().for_each(|c| c.slots.retain(|s| s.id != id));
        if let Some(Fact::Slot(cohort, slot)) = fact
            && let Some(cohort) = self.each_cohort().find(|c| c.id == *cohort)
        {
            let at = cohort.slots.partition_point(|s| (s.date, s.half) < (slot.date, slot.half));
            cohort.slots.insert(at, *slot);
        }
    }

    fn put_participation(&mut self, id: StayId, fact: Option<&Fact>) {
        let list = &mut self.facts.participations;
        let old = list.iter().position(|p| p.id == id).map(|at| list.remove(at));
        if let Some(Fact::Participation(new)) = fact {
            let first_present = old.as_ref().and_then(|p| p.first_present);
            list.push(ParticipationFact { first_present, ..new.clone() });
            list.sort_by_key(|p| (p.cohort, p.id));
            self.sum(id);
        }
    }

    /// Gives a participation its marks again, summed unless a section looks at each half-day.
    fn sum(&mut self, id: StayId) {
        let Some(marks) = self.marks.get(&id) else { return };
        let single = self.question.sections.iter().any(|s| s.needs_half_days());
        let list = if single { marks.values().copied().collect() } else { summed(marks.values()) };
        self.facts.participations.iter_mut().filter(|p| p.id == id).for_each(|p| p.marks = list.clone());
    }
}

/// Half-days summed by month, kind and status, in the order in which they come.
fn summed<'m>(marks: impl Iterator<Item = &'m MarkFact>) -> Vec<MarkFact> {
    let mut list: Vec<MarkFact> = Vec::new();
    for mark in marks {
        let alike = |m: &&mut MarkFact| (m.month, m.kind, m.status) == (mark.month, mark.kind, mark.status);
        match list.iter_mut().rev().find(alike) {
            Some(sum) => {
                sum.count += mark.count;
                sum.minutes += mark.minutes;
            }
            None => list.push(MarkFact { slot: None, ..*mark }),
        }
    }
    let place = |m: &MarkFact| -> (Month, u8, u8) { (m.month, m.kind as u8, m.status as u8) };
    list.sort_by_key(place);
    list
}

/// Puts a record of a plain list into its place, in the order in which facts come.
fn put_plain(facts: &mut Facts, key: Key, fact: Option<&Fact>) {
    macro_rules! replace {
        ($list:ident, $variant:ident, $id:expr, $order:expr) => {{
            facts.$list.retain(|f| f.id != $id);
            if let Some(Fact::$variant(new)) = fact {
                facts.$list.push(new.clone());
                facts.$list.sort_by($order);
            }
        }};
    }
    match key {
        Key::Catalogue(id) => replace!(catalogue, Catalogue, id, |a, b| a.code.cmp(&b.code)),
        Key::Person(id) => replace!(people, Person, id, |a, b| a.id.cmp(&b.id)),
        Key::Situation(id) => {
            replace!(situations, Situation, id, |a, b| (a.person, a.start, a.id).cmp(&(b.person, b.start, b.id)))
        }
        Key::Result(id) => replace!(results, Result, id, |a, b| {
            (a.participation, a.date, a.id).cmp(&(b.participation, b.date, b.id))
        }),
        Key::Certificate(id) => replace!(certificates, Certificate, id, |a, b| {
            (a.participation, a.date, a.id).cmp(&(b.participation, b.date, b.id))
        }),
        Key::Licence(id) => {
            replace!(licence, Licence, id, |a, b| (a.person, a.date, a.id).cmp(&(b.person, b.date, b.id)))
        }
        Key::Interview(id) => replace!(interviews, Interview, id, |a, b| {
            (a.participation, a.date, a.id).cmp(&(b.participation, b.date, b.id))
        }),
        Key::Followup(id) => replace!(followups, Followup, id, |a, b| {
            (a.participation, a.date, a.id).cmp(&(b.participation, b.date, b.id))
        }),
        Key::Budget(id) => replace!(budget, Budget, id, |a, b| {
            (a.cohort, a.side.code(), &a.class, &a.label, a.id).cmp(&(
                b.cohort,
                b.side.code(),
                &b.class,
                &b.label,
                b.id,
            ))
        }),
        Key::Target(id) => {
            replace!(targets, Target, id, |a, b| (&a.grant, &a.indicator).cmp(&(&b.grant, &b.indicator)))
        }
        _ => {}
    }
}
