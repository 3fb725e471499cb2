//! What is late or near, one list for the whole school and for one person, each thing with the command that deals with it.

pub mod person;
mod school;
mod words;

use crate::closed_list;
use crate::domain::cohort::Half;
use crate::domain::id::RecordId;
use crate::domain::placement::{Point, SituationType};
use crate::domain::progress::LicenceStep;
use crate::domain::{Date, Month};
use crate::sheet::{Cell, Column, ColumnKind, Sheet, Values};
use crate::store::Store;
use anyhow::Result;
use school::Desk;

closed_list! {
    /// What has to be done.
    Task {
        Followup = "followup", "appel", "call";
        ContractEnd = "contract_end", "fin de contrat", "contract end";
        Unmarked = "unmarked", "présences", "attendance";
        Exam = "exam", "épreuve", "exam";
        Report = "report", "rapport", "report";
        Retention = "retention", "fiche à effacer", "record to erase";
        Application = "application", "candidature", "application";
    }
}

/// Whether the day has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It should be done already.
    Late,
    /// It comes soon.
    Near,
    /// It is still to come: told of one person alone, and not in the list.
    ToCome,
}

/// What a thing to do is, with what its words and its command need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// A call after an exit.
    Call {
        /// The point.
        point: Point,
        /// The cohort of the exit, for somebody who took part in several.
        cohort: Option<String>,
    },
    /// A contract that ends, or whose planned end has passed without a word.
    Contract {
        /// The number of the placement.
        number: RecordId,
        /// Type.
        kind: SituationType,
        /// Employer.
        company: Option<String>,
    },
    /// A booked exam, to come or without its result.
    Exam(LicenceStep),
    /// An application without a decision, to this cohort.
    Application(String),
    /// Half-days of a day that nobody marked.
    Unmarked {
        /// How many.
        count: usize,
        /// The half, when they are all of one.
        half: Option<Half>,
    },
    /// The report of a month to export.
    Report(Month),
    /// A person not heard of since that day.
    Retention(Date),
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Late or near.
    pub urgency: Urgency,
    /// Its day.
    pub when: Date,
    /// What it is.
    pub matter: Matter,
    /// Whom or what it is about: a slug, a cohort's or a funder's code.
    pub who: String,
    /// First and last name of the person; empty for a cohort or a funder.
    pub name: String,
}

impl Due {
    /// Its place in the list: late first, then by day.
    fn key(&self) -> (Urgency, Date, Task, String, String) {
        (self.urgency, self.when, self.task(), self.who.clone(), self.command())
    }
}

/// All that is late or near, late first, then by day; `only` limits it to the cohort of this code.
///
/// Every question is asked once for the file and everything is then found by person, so the cost grows with the number of
/// people and not with its square.
pub fn all(store: &Store, today: Date, only: Option<&str>) -> Result<Vec<Due>> {
    let desk = Desk::read(store, today, only)?;
    let mut list: Vec<Due> = desk.people()?.iter().flat_map(|person| person.due(today)).collect();
    for find in [school::half_days, school::reports, school::retention] {
        find(&desk, &mut list)?;
    }
    list.sort_by_cached_key(Due::key);
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
            values.cell(Some(due.task())),
            Cell::Text(due.who.clone()),
            Cell::Words(due.words()),
            Cell::Text(due.command()),
            Cell::Bool(due.urgency == Urgency::Late),
        ]
    };
    Sheet { rows: list.iter().map(row).collect(), ..Sheet::new("due", columns) }
}
