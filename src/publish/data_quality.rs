//! The data-quality findings that concern one report.

use super::scope::Framed;
use crate::domain::ClosedList;
use crate::ops::quality;
use crate::store::Store;
use anyhow::Result;
use std::collections::BTreeMap;

/// What the data-quality rules look at for a scope.
pub fn quality_scope(store: &Store, framed: &Framed, purpose: quality::Purpose) -> Result<quality::QualityScope> {
    let lookup = store.lookup();
    let scope = &framed.scope;
    let codes = match (&scope.cohorts, &scope.funder) {
        (Some(codes), _) => Some(codes.clone()),
        (None, Some(funder)) => Some(store.cohorts_of_funder(&funder.code)?),
        (None, None) => None,
    };
    let mut cohorts = None;
    if let Some(codes) = codes {
        let mut ids = Vec::new();
        for code in codes {
            ids.extend(lookup.find_cohort(&code)?.map(|c| c.id));
        }
        cohorts = Some(ids);
    }
    Ok(quality::QualityScope { cohorts, from: scope.from, to: scope.to, as_of: scope.as_of, purpose })
}

/// Data-quality errors of a scope by rule, with their counts; nobody is named.
pub fn quality_errors(store: &Store, framed: &Framed, purpose: quality::Purpose) -> Result<Vec<(String, usize)>> {
    let mut counts = BTreeMap::new();
    for finding in quality::errors(&store.lookup(), &quality_scope(store, framed, purpose)?)? {
        *counts.entry(finding.rule.code().to_owned()).or_insert(0) += 1;
    }
    Ok(counts.into_iter().collect())
}
