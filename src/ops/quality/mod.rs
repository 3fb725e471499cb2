//! Data quality: eighteen rules, each with one sentence and one command that repairs what it found.
//!
//! A rule is a function that reads the `School` and hands what it found to `Findings`; `RULES` lists them all, and
//! nothing else has to change for a new one but the closed list [`Rule`].

mod duplicate;
mod finding;
mod fix;
mod half_day;
mod identity;
mod licence;
mod money;
mod rule;
mod school;
mod stay;
#[cfg(test)]
mod tests;
mod work;

pub use finding::Finding;
pub use rule::{Rule, Severity};

use crate::domain::{Date, Text};
use crate::store::Lookup;
use anyhow::Result;
use finding::Place;
use school::School;

/// Why the rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To look at the data: `check`, a provisional export.
    Look,
    /// To close the period: its unmarked half-days are errors.
    Close,
}

/// What the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityScope {
    /// Record numbers of the cohorts, `None` = all. Cohorts that have not begun at as_of are left out either way.
    pub cohorts: Option<Vec<i64>>,
    /// First day of the half-days looked at; everything else is a state at as_of.
    pub from: Date,
    /// Last day of the half-days looked at.
    pub to: Date,
    /// Nothing dated later counts.
    pub as_of: Date,
    /// Why the rules are asked.
    pub purpose: Purpose,
}

impl QualityScope {
    /// Everything in the file up to a day.
    pub fn everything(as_of: Date) -> QualityScope {
        QualityScope { cohorts: None, from: Date::MIN, to: as_of, as_of, purpose: Purpose::Look }
    }
}

type Apply = fn(&School<'_>, &mut Findings) -> Result<()>;

const RULES: &[(Rule, Apply)] = &[
    (Rule::BirthDateMissing, identity::birth_date_missing),
    (Rule::SexMissing, identity::sex_missing),
    (Rule::OpenAfterEnd, stay::open_after_end),
    (Rule::Unmarked, half_day::unmarked),
    (Rule::StatusMissing, identity::status_missing),
    (Rule::EducationMissing, identity::education_missing),
    (Rule::NoticeMissing, identity::notice_missing),
    (Rule::ExcusedWithoutReason, half_day::excused_without_reason),
    (Rule::Unsigned, half_day::unsigned),
    (Rule::FollowupOverdue, work::followup_overdue),
    (Rule::ContractEndUnconfirmed, work::contract_end_unconfirmed),
    (Rule::PaidOverlap, work::paid_overlap),
    (Rule::NearDuplicate, duplicate::near_duplicate),
    (Rule::NoShow, stay::no_show),
    (Rule::LicenceOrder, licence::licence_order),
    (Rule::BudgetUnbalanced, money::budget_unbalanced),
    (Rule::GrantDates, money::grant_dates),
    (Rule::RetentionDue, stay::retention_due),
];

/// What the rules found so far, and which rule is speaking.
struct Findings {
    rule: Rule,
    severity: Severity,
    list: Vec<Finding>,
}

/// Which record a finding is about.
#[derive(Debug, Clone, Default)]
struct About {
    record: String,
    cohort: Option<String>,
    person: Option<String>,
    place: Place,
}

impl Findings {
    fn add(&mut self, about: About, message: Text, fix: String) {
        let About { record, cohort, person, place } = about;
        let (rule, severity) = (self.rule, self.severity);
        self.list.push(Finding { rule, severity, record, cohort, person, message, fix, place });
    }
}

/// What the rules that are not switched off find: errors first, then by rule, cohort (start, code) and person.
pub fn findings(lookup: &Lookup<'_>, scope: &QualityScope) -> Result<Vec<Finding>> {
    let school = School::read(lookup, scope)?;
    let mut findings = Findings { rule: Rule::Unmarked, severity: Severity::Error, list: Vec::new() };
    for (rule, apply) in RULES {
        if let Some(severity) = rule.severity(lookup, scope.purpose)? {
            (findings.rule, findings.severity) = (*rule, severity);
            apply(&school, &mut findings)?;
        }
    }
    let mut list = findings.list;
    list.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(list)
}
