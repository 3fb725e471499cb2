//! What reports read of money and of what was promised for it: budget lines, targets, agreed figures.

use super::date::Date;
use super::funder::{AgreedRow, Side};
use crate::domain::id::{CohortId, OpId, RecordId};

/// A budget line.
#[derive(Debug, Clone)]
pub struct BudgetFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Cohort's record number.
    pub cohort: CohortId,
    /// Code of the funder of its grant (income lines).
    pub funder: Option<String>,
    /// Code of its grant (income lines).
    pub grant: Option<String>,
    /// Side.
    pub side: Side,
    /// Class of the chart of accounts.
    pub class: String,
    /// Label.
    pub label: String,
    /// Planned, in cents.
    pub planned: i64,
    /// Realised, in cents.
    pub realised: i64,
}

/// A target of a grant of the scope's funder.
#[derive(Debug, Clone)]
pub struct TargetFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Grant's code.
    pub grant: String,
    /// Indicator key, `key` or `key@variant`.
    pub indicator: String,
    /// The value aimed at, in hundredths of the indicator's unit.
    pub value: i64,
    /// The day by which it is to be reached.
    pub by: Option<Date>,
    /// The value from which the grant starts, in the same unit.
    pub baseline: Option<i64>,
}

/// A figure that a grant of the scope's funder promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedFact {
    /// Record number.
    pub id: RecordId,
    /// Operation that wrote this version.
    pub op: OpId,
    /// Grant's code.
    pub grant: String,
    /// The figure: `key`, `key@variant` or `section:column`.
    pub figure: String,
    /// Which of its rows.
    pub row: AgreedRow,
}
