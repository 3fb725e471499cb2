//! What a rule found: which record, one sentence, one command that repairs it.

use super::rule::{Rule, Severity};
use crate::domain::id::PersonId;
use crate::domain::{Date, Text};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Its severity here and now.
    pub severity: Severity,
    /// The record, by kind and number: `trainee 12`, `placement 7`, `cohort ROM-2018-11`.
    pub record: String,
    /// Code of the cohort it belongs to, when it belongs to one.
    pub cohort: Option<String>,
    /// Slug of the person it is about, when it is about one.
    pub person: Option<String>,
    /// One sentence that names the person and what is missing.
    pub message: Text,
    /// One whole command that repairs it; capitals such as `YYYY-MM-DD` stand for what only a person knows.
    pub fix: String,
    pub(super) place: Place,
}

/// Where a finding stands among those of its rule: cohorts by start then code, people by name, days in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub cohort: (Option<Date>, String),
    pub person: (String, Option<PersonId>),
    pub number: i64,
    pub detail: String,
}

impl Finding {
    pub(super) fn order(&self) -> (Severity, Rule, &Place, &str) {
        (self.severity, self.rule, &self.place, &self.record)
    }
}
