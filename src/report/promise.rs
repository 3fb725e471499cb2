//! The figures that the grants of a funder promise: what was agreed, and every target.

use super::indicator;
use crate::domain::facts::{AgreedFact, Facts};
use crate::domain::funder::AgreedRow;

/// One promised figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its name: `key`, `key@variant` or `section:column`.
    pub figure: String,
    /// Which of its rows.
    pub row: AgreedRow,
    /// The grants that promise it, in order.
    pub grants: Vec<String>,
}

/// A row of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// That of one cohort.
    Cohort,
    /// The `*` row.
    Total,
}

impl Promise {
    /// Whether it promises such a row.
    pub fn covers(&self, row: Row) -> bool {
        match self.row {
            AgreedRow::Both => true,
            AgreedRow::Total => row == Row::Total,
            AgreedRow::Cohort => row == Row::Cohort,
        }
    }
}

/// The figures that the grants of some facts promise, in the order in which reports print them; those of columns last. A
/// target promises its figure.
pub fn promises(facts: &Facts) -> Vec<Promise> {
    let mut promises: Vec<Promise> = Vec::new();
    for target in &facts.targets {
        add(&mut promises, &target.indicator, AgreedRow::Both, &target.grant);
    }
    for AgreedFact { figure, row, grant, .. } in &facts.agreed {
        add(&mut promises, figure, *row, grant);
    }
    promises.sort_by_key(|promise| place(&promise.figure));
    promises
}

fn add(promises: &mut Vec<Promise>, figure: &str, row: AgreedRow, grant: &str) {
    let Some(known) = promises.iter_mut().find(|promise| promise.figure == figure) else {
        return promises.push(Promise { figure: figure.to_owned(), row, grants: vec![grant.to_owned()] });
    };
    if known.row != row {
        known.row = AgreedRow::Both;
    }
    if !known.grants.iter().any(|code| code == grant) {
        known.grants.push(grant.to_owned());
    }
}

/// Where a figure stands in reports.
fn place(figure: &str) -> (usize, String) {
    let key = figure.split('@').next().unwrap_or(figure);
    let at = indicator::all().position(|indicator| indicator.key == key);
    (at.unwrap_or(usize::MAX), figure.to_owned())
}
