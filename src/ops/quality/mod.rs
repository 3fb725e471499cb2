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

use crate::domain::id::CohortId;
pub use finding::Finding;
pub use rule::{Rule, Severity};

use crate::domain::{ClosedList, Date, Text};
use crate::store::Lookup;
use anyhow::Result;
use finding::Place;
use school::{Reach, School};

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
    pub cohorts: Option<Vec<CohortId>>,
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

const RULES: &[(Rule, Reach, Apply)] = &[
    (Rule::BirthDateMissing, Reach::Scope, identity::birth_date_missing),
    (Rule::SexMissing, Reach::Scope, identity::sex_missing),
    (Rule::OpenAfterEnd, Reach::Scope, stay::open_after_end),
    (Rule::Unmarked, Reach::Scope, half_day::unmarked),
    (Rule::StatusMissing, Reach::Scope, identity::status_missing),
    (Rule::EducationMissing, Reach::Scope, identity::education_missing),
    (Rule::NoticeMissing, Reach::File, identity::notice_missing),
    (Rule::ExcusedWithoutReason, Reach::Scope, half_day::excused_without_reason),
    (Rule::Unsigned, Reach::Scope, half_day::unsigned),
    (Rule::FollowupOverdue, Reach::Scope, work::followup_overdue),
    (Rule::ContractEndUnconfirmed, Reach::Scope, work::contract_end_unconfirmed),
    (Rule::PaidOverlap, Reach::File, work::paid_overlap),
    (Rule::NearDuplicate, Reach::File, duplicate::near_duplicate),
    (Rule::NoShow, Reach::Scope, stay::no_show),
    (Rule::LicenceOrder, Reach::File, licence::licence_order),
    (Rule::BudgetUnbalanced, Reach::Scope, money::budget_unbalanced),
    (Rule::GrantDates, Reach::Scope, money::grant_dates),
    (Rule::RetentionDue, Reach::File, stay::retention_due),
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
    found(lookup, scope, Severity::ALL)
}

/// The errors alone, in the same order: what does not weigh is not looked for.
pub fn errors(lookup: &Lookup<'_>, scope: &QualityScope) -> Result<Vec<Finding>> {
    found(lookup, scope, &[Severity::Error])
}

fn found(lookup: &Lookup<'_>, scope: &QualityScope, wanted: &[Severity]) -> Result<Vec<Finding>> {
    let mut rules = Vec::new();
    for (rule, reach, apply) in RULES {
        if let Some(severity) = rule.severity(lookup, scope.purpose)?.filter(|s| wanted.contains(s)) {
            rules.push((*rule, severity, *reach, *apply));
        }
    }
    let reach = rules.iter().map(|(_, _, reach, _)| *reach).max().unwrap_or(Reach::Scope);
    let school = School::read(lookup, scope, reach)?;
    let mut findings = Findings { rule: Rule::Unmarked, severity: Severity::Error, list: Vec::new() };
    for (rule, severity, _, apply) in rules {
        (findings.rule, findings.severity) = (rule, severity);
        apply(&school, &mut findings)?;
    }
    let mut list = findings.list;
    list.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(list)
}
