//! Facts for reports: few queries limited to a scope, their rows streamed into place.

mod load;
mod marks;
mod profile;
mod scope;
#[cfg(test)]
mod tests;

use crate::domain::Date;
use crate::domain::facts::{CohortFact, Facts};
use crate::domain::id::CohortId;
use crate::store::file::open::Store;
use anyhow::Result;
use rusqlite::Connection;
use std::collections::HashMap;

/// Which facts a report needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsRequest {
    /// Only these cohorts, by code; a code that no cohort has adds nothing. `None` = all, or all of the funder's.
    pub cohorts: Option<Vec<String>>,
    /// Only cohorts that a grant of this funder names, by its code; its targets are loaded too.
    pub funder: Option<String>,
    /// First day of the period: marks before it are not loaded.
    pub from: Date,
    /// Last day of the period: marks after it, or after `as_of`, are not loaded.
    pub to: Date,
    /// Cohorts that begin later are outside every scope.
    pub as_of: Date,
    /// How marks come.
    pub detail: MarkDetail,
    /// How much comes.
    pub breadth: Breadth,
}

/// How marks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkDetail {
    /// Summed by month, kind of half-day and status.
    Summed,
    /// One by one, each with its half-day and operation.
    OneByOne,
}

/// How much of the scope comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// The whole state of the cohorts of the scope.
    Everything,
    /// What the sections `monthly` and `attendance` read of a period, and no more, so that its cost follows the
    /// people of the period: participations that were active in it or have a result, an interview, a licence event
    /// or a placement dated in it; the cohorts of these and those whose span meets the period. Half-days, interviews
    /// and situations are those of the period, results and licence events those until its end. Certificates,
    /// follow-ups, budget and targets are left empty.
    Month,
    /// What the section `attendance` reads of a period: as [`Breadth::Month`], without modules, results, licence events,
    /// interviews and situations.
    Presence,
}

impl FactsRequest {
    /// The last day of the period that counts.
    fn last(&self) -> Date {
        self.to.min(self.as_of)
    }

    /// The days of which dated rows are loaded.
    fn days(&self) -> Days {
        match self.breadth {
            Breadth::Everything => Days { first: i32::MIN, last: i32::MAX },
            Breadth::Month | Breadth::Presence => Days { first: self.from.days(), last: self.last().days() },
        }
    }
}

/// First and last day, inclusive, as stored.
#[derive(Debug, Clone, Copy)]
struct Days {
    first: i32,
    last: i32,
}

impl Store {
    /// The facts of a scope, all read from one state of the file, which is not written.
    pub fn facts(&self, request: &FactsRequest) -> Result<Facts> {
        scope::prepare(&self.conn)?;
        // A reader of the past holds its transaction already.
        let snapshot = if self.conn.is_autocommit() { Some(self.conn.unchecked_transaction()?) } else { None };
        let facts = load(&self.conn, request)?;
        if let Some(snapshot) = snapshot {
            snapshot.commit()?;
        }
        Ok(facts)
    }
}

impl Store {
    /// What the grants of a funder promise beside targets, by grant then figure.
    pub fn agreed_fact(&self, funder: &str) -> Result<Vec<crate::domain::facts::AgreedFact>> {
        load::agreed(&self.conn, funder)
    }

    /// The targets of the grants of a funder, by grant then indicator.
    pub fn targets_fact(&self, funder: &str) -> Result<Vec<crate::domain::facts::TargetFact>> {
        load::targets(&self.conn, funder)
    }
}

fn load(conn: &Connection, request: &FactsRequest) -> Result<Facts> {
    scope::fill(conn, request)?;
    let mut facts = who_and_when(conn, request.days())?;
    if request.breadth != Breadth::Presence {
        add_events(conn, request.days(), &mut facts)?;
    }
    if request.breadth == Breadth::Everything {
        facts.certificates = load::certificates(conn)?;
        facts.followups = load::followups(conn)?;
        facts.budget = load::budget(conn)?;
        if let Some(funder) = &request.funder {
            facts.targets = load::targets(conn, funder)?;
            facts.agreed = load::agreed(conn, funder)?;
        }
    }
    marks::fill(conn, request, &facts.cohorts, &mut facts.participations)?;
    facts.participations.sort_by_key(|p| (p.cohort, p.id));
    Ok(facts)
}

/// What every breadth loads, but marks.
fn who_and_when(conn: &Connection, days: Days) -> Result<Facts> {
    let mut cohorts = load::cohorts(conn)?;
    place(&mut cohorts, load::slots(conn, days)?, |cohort, slots| cohort.slots = slots);
    let (people, participations) = (load::people(conn)?, load::participations(conn)?);
    Ok(Facts { cohorts, people, participations, ..Facts::default() })
}

/// What happened to the people of the scope beside their half-days, and what it is counted by.
fn add_events(conn: &Connection, days: Days, facts: &mut Facts) -> Result<()> {
    place(&mut facts.cohorts, load::modules(conn)?, |cohort, modules| cohort.modules = modules);
    facts.situations = load::situations(conn, days)?;
    facts.results = load::results(conn, days)?;
    facts.catalogue = load::catalogue(conn)?;
    facts.licence = load::licence(conn, days)?;
    facts.interviews = load::interviews(conn, days)?;
    Ok(())
}

/// Gives each cohort its own of some rows, which come in the order of cohort numbers.
fn place<T: Clone>(cohorts: &mut [CohortFact], rows: Vec<(CohortId, T)>, give: impl Fn(&mut CohortFact, Vec<T>)) {
    let positions: HashMap<CohortId, usize> = cohorts.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
    for run in rows.chunk_by(|a, b| a.0 == b.0) {
        if let Some(&at) = positions.get(&run[0].0) {
            give(&mut cohorts[at], run.iter().map(|(_, row)| row.clone()).collect());
        }
    }
}
