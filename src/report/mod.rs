//! Reports: pure functions from facts and a scope to sheets.

pub mod suppression;
