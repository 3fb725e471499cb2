//! The record rules, one file per kind that has rules of its own.

mod cohort;
mod common;
mod company;
mod funder;
mod placement;
mod progress;
mod slug;
mod span;
mod support;
mod trainee;

pub use placement::{PlannedEnd, planned_end};

pub use common::common;
pub use slug::{folded, slug};

use super::request::{Trouble, Warning};
use super::resolve::Found;
use super::saving::Saving;
use crate::domain::closed_list::ClosedList;
use crate::domain::closed_list::ListDef;
use crate::domain::cohort::TrainingStatus;
use crate::domain::company::ProposalOutcome;
use crate::domain::funder::{Dialect, FunderLang, People};
use crate::domain::kind::{self, FieldAt, Holds};
use crate::domain::progress::Registry;
use crate::domain::trainee::{Decision, YesNo};
use crate::domain::{Kind, Record, Text, Value};
use crate::store::Tx;
use anyhow::Result;

/// Fields of a row of trainees that belong to the person and not to the participation.
pub fn identity() -> impl Iterator<Item = FieldAt> {
    Kind::Trainees.all_at().filter(|field| field.identity)
}

/// What the rules found on one record.
#[derive(Debug, Default)]
pub struct Check {
    line: Option<u64>,
    /// Refusals.
    pub troubles: Vec<Trouble>,
    /// Worth a look.
    pub warnings: Vec<Warning>,
}

impl Check {
    /// For the record of a line.
    pub fn new(line: Option<u64>) -> Check {
        Check { line, ..Check::default() }
    }
    /// Refuses a field's value.
    pub fn refuse(&mut self, field: FieldAt, value: String, what: Text) {
        self.troubles.push(Trouble { line: self.line, field: Some(field.name), value, what, right: None });
    }
    /// Refuses a field's value and says what would be right.
    pub fn refuse_with(&mut self, field: FieldAt, value: String, what: Text, right: Text) {
        self.troubles.push(Trouble { line: self.line, field: Some(field.name), value, what, right: Some(right) });
    }
    /// Refuses a record's number and says what would be right.
    pub fn refuse_number(&mut self, id: crate::domain::id::RecordId, what: Text, right: Text) {
        self.troubles.push(Trouble {
            line: self.line,
            field: Some("id"),
            value: id.to_string(),
            what,
            right: Some(right),
        });
    }
    /// Refuses the whole record and says what would be right.
    pub fn conflict(&mut self, what: Text, right: Text) {
        self.troubles.push(Trouble { line: self.line, field: None, value: String::new(), what, right: Some(right) });
    }
    /// Accepts, with a warning.
    pub fn warn(&mut self, code: &'static str, message: Text) {
        self.warnings.push(Warning { code, line: self.line, message });
    }
}

/// Checks the new version of a record; it may complete it (a row with an entry is admitted).
pub fn check(
    tx: &Tx<'_>,
    new: &mut Record,
    old: Option<&Record>,
    found: &mut Found,
    saving: &Saving<'_>,
    check: &mut Check,
) -> Result<()> {
    let lookup = tx.lookup();
    support::ordered(new, check);
    support::sums(new, check);
    match new.kind {
        Kind::Cohorts => cohort::cohort(&lookup, new, old, check),
        Kind::Slots => cohort::slot(&lookup, new, old, found, check),
        Kind::Modules => cohort::module(new, check),
        Kind::Trainees => trainee::trainee(&lookup, (new, old), found, saving.today, check),
        Kind::Results => progress::result(new, saving.today, check),
        Kind::Certificates => progress::certificate(new, saving.today, check),
        Kind::Licence => {
            span::licence(&lookup, new, found, check)?;
            progress::licence(new, saving.today, check)
        }
        Kind::Interviews => {
            span::interview(&lookup, new, found, check)?;
            progress::past(new, saving.today, check)
        }
        Kind::Staff => slug::staff(&lookup, new, check),
        Kind::Companies => company::company(new, check),
        Kind::Openings => company::opening(&lookup, new, check),
        Kind::Expenses => funder::expense(new, check),
        Kind::Instalments => funder::instalment(new, check),
        Kind::Aids | Kind::Loans | Kind::Obstacles | Kind::Proposals | Kind::Contacts => {
            progress::past(new, saving.today, check)
        }
        Kind::Followups => progress::past(new, saving.today, check),
        Kind::Notes => Ok(()),
        Kind::Placements => {
            span::contract(&lookup, new, found, check)?;
            placement::placement(&lookup, new, found, check)
        }
        Kind::Settings => funder::setting(new, check),
        Kind::Funders => funder::funder(&lookup, new, old, check),
        Kind::Grants => funder::grant(&lookup, new, found, check),
        Kind::Targets => funder::target(new, saving, check),
        Kind::Agreed => funder::agreed(new, saving, check),
        Kind::Budget => funder::budget(new, check),
        Kind::Catalogue | Kind::Context | Kind::Attendance => Ok(()),
    }
}

/// A new record before anything was said.
pub fn defaults(of: Kind, found: &Found) -> Record {
    let mut record = Record::new(of);
    for (position, field) in of.fields().iter().enumerate() {
        record.values[position] = match field.holds {
            Holds::Bool => Some(Value::Bool(false)),
            Holds::List(list) if is_answer(list) => Some(Value::Code(YesNo::Unknown.code())),
            _ => None,
        };
    }
    match of {
        Kind::Catalogue => record.set(kind::catalogue::REGISTRY, Some(Value::Code(Registry::None.code()))),
        Kind::Cohorts => {
            record.set(kind::cohort::SLOT_MINUTES, Some(Value::Int(210)));
            record.set(kind::cohort::TRAINING_STATUS, Some(Value::Code(TrainingStatus::VocationalTrainee.code())));
            record.set(kind::cohort::NSF, Some(Value::Text("255".to_owned())));
            record.set(kind::cohort::INTEGRATION_DAYS, Some(Value::Int(14)));
        }
        Kind::Slots => record.set(kind::slot::MINUTES, found.cohort.as_ref().map(|c| Value::Int(c.slot_minutes))),
        Kind::Proposals => record.set(kind::proposal::OUTCOME, Some(Value::Code(ProposalOutcome::Proposed.code()))),
        Kind::Trainees => record.set(kind::trainee::DECISION, Some(Value::Code(Decision::Pending.code()))),
        Kind::Funders => {
            record.set(kind::funder::LANG, Some(Value::Code(FunderLang::Fr.code())));
            record.set(kind::funder::DIALECT, Some(Value::Code(Dialect::CsvFr.code())));
            record.set(kind::funder::PEOPLE, Some(Value::Code(People::None.code())));
        }
        _ => {}
    }
    record
}

fn is_answer(list: ListDef) -> bool {
    std::ptr::eq(list.codes, YesNo::CODES) || list.codes == YesNo::CODES
}

/// What a field holds once it was emptied on purpose: fields that always hold something go back to their default.
pub fn blank(kind: Kind, position: usize) -> Option<Value> {
    defaults(kind, &Found::default()).values[position].clone()
}
