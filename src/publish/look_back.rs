//! The file as closed reports look back at it: states after an operation, and who changed a record since.

use super::scope::{Needs, facts};
use crate::domain::facts::{FunderFact, Scope};
use crate::domain::id::{CloseId, CohortId, OpId, PersonId};
use crate::domain::{Act, ClosedList, Date, Kind};
use crate::report::Section;
use crate::report::close::change::{Past, Writer};
use crate::report::close::diff::{Compared, diff};
use crate::report::close::difference::{Cause, Line, Origin};
use crate::report::close::member::unpack;
use crate::report::close::printed_figures::{Figures, Shown};
use crate::report::close::replay::{Question, Work};
use crate::report::close::snapshot::{Key, State};
use crate::store::Store;
use crate::store::attendance::HalfDay;
use crate::store::facts::{Breadth, MarkDetail};
use crate::store::journal::later_operations::{Event, Journaled};
use crate::store::sent::Close;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// A closed report looked back at from a state of the file.
pub struct LookBack<'a> {
    /// The file as it is looked at.
    pub store: &'a Store,
    /// The report.
    pub close: &'a Close,
    /// The funder.
    pub funder: &'a FunderFact,
    /// From which operation on changes are told: that of the close, or of a later report that told the earlier ones.
    pub since: OpId,
}

/// What a look back found.
pub struct Found {
    /// The lines of change.
    pub lines: Vec<Line>,
    /// The days and sections of the report.
    pub question: Question,
}

impl LookBack<'_> {
    /// The lines of change since the report was issued, or last restated.
    pub fn lines(&self) -> Result<Found> {
        let until = self.store.newest_operation()?;
        let question = question(self.store, self.close, self.funder)?;
        let then = self.store.as_left_by(self.since)?;
        let code = &self.funder.code;
        let cohorts: BTreeSet<CohortId> = scope_of(&then, code)?.union(&scope_of(self.store, code)?).copied().collect();
        let window = Window { scope: &question.scope, funder: code, cohorts };
        let (was, is) = (window.state(&then)?, window.state(self.store)?);
        let issued = self.issued(&was, &question)?;
        let past = FilePast { store: self.store, window: &window, since: self.since, until };
        let lost = self.lost(&was, until)?;
        let compared = Compared { question: &question, then: was, now: is, issued: &issued, past: &past, lost };
        let lines = diff(compared)?;
        Ok(Found { lines, question })
    }

    /// The figures as last told: those of the report, or as a later report restated them; masked ones stay masked.
    fn issued(&self, was: &State, question: &Question) -> Result<Figures> {
        let kept = kept_figures(self.store, self.close.number)?;
        if self.since == self.close.op {
            return Ok(kept);
        }
        let mut told = Work::new(was.clone(), question).figures();
        for (name, shown) in &mut told.shown {
            if kept.get(name) == Shown::Masked {
                *shown = Shown::Masked;
            }
        }
        Ok(told)
    }

    /// What explains an issued figure that the records of then do not give any more: people who were counted are not
    /// in the file at all and somebody was erased since, or the program counts otherwise than it did. An erasure
    /// leaves the counts of its person as they were, so it alone explains nothing.
    fn lost(&self, then: &State, until: OpId) -> Result<Origin> {
        let here: BTreeSet<PersonId> = then.facts.people.iter().map(|p| p.id).collect();
        let mut gone = BTreeSet::new();
        for kept in self.store.close_members(self.close.number)? {
            // Everybody who was counted anywhere had applied.
            if kept.figure == "applicants" {
                gone.extend(unpack(&kept.list).unwrap_or_default().into_iter().filter_map(|m| m.person));
            }
        }
        let names: Vec<String> = gone.difference(&here).map(|id| format!("trainee {id}")).collect();
        match self.store.last_of(Act::Erase, self.since, until)? {
            Some(op) if !names.is_empty() => Ok(Origin { cause: Cause::Erasure, record: names.join(", "), op }),
            _ => {
                let record = format!("program {}", env!("CARGO_PKG_VERSION"));
                Ok(Origin { cause: Cause::Setting, record, op: OpId::NONE })
            }
        }
    }
}

/// The days, the funder and the sections of a closed report.
pub fn question(store: &Store, close: &Close, funder: &FunderFact) -> Result<Question> {
    let names = store.close_files(close.number)?;
    let sections = names.iter().filter_map(|f| Section::from_code(f.name.strip_suffix(".csv")?)).collect();
    let scope = Scope {
        from: close.from,
        to: close.to,
        as_of: close.as_of,
        known_on: None,
        cohorts: None,
        funder: Some(funder.clone()),
        settings: store.settings_fact()?,
    };
    Ok(Question { scope, sections })
}

/// The figures of a closed report as they were printed.
pub fn kept_figures(store: &Store, close: CloseId) -> Result<Figures> {
    let mut figures = Figures::default();
    for kept in store.close_sections(close)? {
        let read = figures.unpack(&kept.section, &kept.figures);
        ensure!(read, "the kept figures of section {} of close {close} cannot be read", kept.section);
    }
    Ok(figures)
}

/// The record numbers of the cohorts that a funder's grants name.
fn scope_of(store: &Store, funder: &str) -> Result<BTreeSet<CohortId>> {
    let lookup = store.lookup();
    let mut found = BTreeSet::new();
    for code in store.cohorts_of_funder(funder)? {
        found.extend(lookup.find_cohort(&code)?.map(|c| c.id));
    }
    Ok(found)
}

/// The records that a closed report looks at, in any state of the file.
struct Window<'a> {
    scope: &'a Scope,
    funder: &'a str,
    cohorts: BTreeSet<CohortId>,
}

impl Window<'_> {
    fn state(&self, store: &Store) -> Result<State> {
        let known = store.lookup().cohorts()?;
        let codes = known.into_iter().filter(|c| self.cohorts.contains(&c.id)).map(|c| c.code).collect();
        // Cohorts are named, and begun or not: what a change of start or grant does is for the figures to find.
        let scope = Scope {
            to: self.scope.to.min(self.scope.as_of),
            as_of: Date::MAX,
            cohorts: Some(codes),
            funder: None,
            ..self.scope.clone()
        };
        let needs = Needs { detail: MarkDetail::OneByOne, breadth: Breadth::Everything };
        let mut facts = facts(store, &scope, &needs)?;
        facts.targets = store.targets_fact(self.funder)?;
        let scope = scope_of(store, self.funder)?;
        Ok(State { facts, scope, settings: store.settings_fact()? })
    }
}

/// Who changed records between two operations, from the journal of the file.
struct FilePast<'a> {
    store: &'a Store,
    window: &'a Window<'a>,
    since: OpId,
    until: OpId,
}

impl Past for FilePast<'_> {
    fn writers(&self, key: &Key) -> Result<Vec<Writer>> {
        let writer = |e: Event| Writer { op: e.op, act: e.act };
        Ok(self.store.events(journaled(key), self.since, self.until)?.into_iter().map(writer).collect())
    }
    fn state(&self, op: OpId) -> Result<State> {
        self.window.state(&self.store.as_left_by(op)?)
    }
}

/// A record as the journal can be asked about it.
fn journaled(key: &Key) -> Journaled<'static> {
    match *key {
        Key::Setting(name) => Journaled::Setting(name),
        Key::Mark(participation, date, half) => Journaled::Mark(HalfDay { participation, date, half }),
        Key::Scope(cohort) => Journaled::GrantsOf(cohort),
        Key::Person(id) => Journaled::Person(id),
        Key::Participation(id) | Key::FirstPresent(id) => Journaled::Record(Kind::Trainees, id.into()),
        Key::Catalogue(id) => Journaled::Record(Kind::Catalogue, id.into()),
        Key::Cohort(id) => Journaled::Record(Kind::Cohorts, id.into()),
        Key::Module(id) => Journaled::Record(Kind::Modules, id.into()),
        Key::Slot(id) => Journaled::Record(Kind::Slots, id),
        Key::Situation(id) => Journaled::Record(Kind::Placements, id),
        Key::Result(id) => Journaled::Record(Kind::Results, id),
        Key::Certificate(id) => Journaled::Record(Kind::Certificates, id),
        Key::Licence(id) => Journaled::Record(Kind::Licence, id),
        Key::Interview(id) => Journaled::Record(Kind::Interviews, id),
        Key::Followup(id) => Journaled::Record(Kind::Followups, id),
        Key::Budget(id) => Journaled::Record(Kind::Budget, id),
        Key::Target(id) => Journaled::Record(Kind::Targets, id),
    }
}
