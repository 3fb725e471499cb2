//! What is late or near, one list for the whole school, each thing with the command that deals with it.

pub mod next;
mod training;
mod work;

use crate::closed_list;
use crate::domain::id::CohortId;
use crate::domain::trainee::is_erased;
use crate::domain::{Date, Text};
use crate::sheet::{Cell, Column, ColumnKind, Sheet, Values};
use crate::store::quality::QualityStay;
use crate::store::{CohortSpan, Lookup, Store};
use anyhow::Result;

closed_list! {
    /// What has to be done.
    Task {
        Followup = "followup", "appel", "call";
        ContractEnd = "contract_end", "fin de contrat", "contract end";
        Unmarked = "unmarked", "présences", "attendance";
        Exam = "exam", "épreuve", "exam";
        Report = "report", "rapport", "report";
        Retention = "retention", "fiche à effacer", "record to erase";
    }
}

/// Whether the day has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It should be done already.
    Late,
    /// It comes soon.
    Near,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Late or near.
    pub urgency: Urgency,
    /// Its day.
    pub when: Date,
    /// What kind of thing.
    pub task: Task,
    /// Whom or what it is about: a slug, a cohort's or a funder's code.
    pub who: String,
    /// In words.
    pub what: Text,
    /// The command that deals with it.
    pub command: String,
}

/// What the finders of things to do look at.
struct Desk<'a> {
    lookup: &'a Lookup<'a>,
    today: Date,
    cohorts: Vec<CohortSpan>,
    /// Every participation of the file, by cohort and name, but those of people who were erased.
    everybody: Vec<QualityStay>,
    /// The only cohort asked for.
    only: Option<CohortId>,
    /// Reports that were closed and not reopened: funder and first day of the period.
    closed: Vec<(String, Date)>,
}

impl Desk<'_> {
    fn cohort(&self, id: CohortId) -> Option<&CohortSpan> {
        self.cohorts.iter().find(|cohort| cohort.id == id)
    }
    /// The participations asked for.
    fn stays(&self) -> impl Iterator<Item = &QualityStay> {
        self.everybody.iter().filter(|stay| self.only.is_none_or(|cohort| cohort == stay.cohort))
    }
    /// The cohort to add to a command about a person, when they took part in several.
    fn flag(&self, stay: &QualityStay) -> String {
        let several = self.everybody.iter().filter(|other| other.person == stay.person).nth(1).is_some();
        match self.cohort(stay.cohort).filter(|_| several) {
            Some(cohort) => format!(" -c {}", word(&cohort.code)),
            None => String::new(),
        }
    }
}

/// First and last name.
fn name(stay: &QualityStay) -> String {
    format!("{} {}", stay.first_name, stay.last_name)
}

/// A code as a shell reads it back.
fn word(code: &str) -> String {
    crate::domain::shell::quoted(code)
}

/// All that is late or near, late first, then by day.
pub fn all(store: &Store, today: Date, only: Option<CohortId>) -> Result<Vec<Due>> {
    let lookup = store.lookup();
    let cohorts = lookup.cohorts()?;
    let ids: Vec<CohortId> = cohorts.iter().map(|c| c.id).collect();
    let mut everybody = lookup.quality_stays(&ids, today)?;
    everybody.retain(|stay| !is_erased(&stay.slug));
    let closed = store.closes(None)?.into_iter().filter(|c| c.reopened.is_none());
    let closed = closed.map(|c| (c.funder, c.from)).collect();
    let desk = Desk { lookup: &lookup, today, cohorts, everybody, only, closed };
    let mut list = Vec::new();
    for find in
        [work::followups, work::contracts, training::half_days, training::exams, training::reports, training::retention]
    {
        find(&desk, &mut list)?;
    }
    list.sort_by(|a: &Due, b: &Due| {
        (a.urgency, a.when, a.task, &a.who, &a.command).cmp(&(b.urgency, b.when, b.task, &b.who, &b.command))
    });
    Ok(list)
}

/// The list as a table.
pub fn sheet(list: &[Due], values: Values) -> Sheet {
    let columns = vec![
        Column::new("when", "Quand", "When", ColumnKind::Date),
        Column::new("kind", "Genre", "Kind", ColumnKind::Code).hide_first(2),
        Column::new("who", "Qui", "Who", ColumnKind::Code).hide_first(3),
        Column::new("what", "Quoi", "What", ColumnKind::Text),
        Column::new("do", "Faire", "Do", ColumnKind::Text),
        Column::new("late", "En retard", "Late", ColumnKind::Bool).hide_first(4),
    ];
    let row = |due: &Due| {
        vec![
            Cell::Date(due.when),
            values.cell(Some(due.task)),
            Cell::Text(due.who.clone()),
            Cell::Words(due.what.clone()),
            Cell::Text(due.command.clone()),
            Cell::Bool(due.urgency == Urgency::Late),
        ]
    };
    Sheet { rows: list.iter().map(row).collect(), ..Sheet::new("due", columns) }
}
