//! What changed in the closed periods of a funder, for the report that tells it.

use super::build::{counted, masked};
use super::look_back::LookBack;
use super::scope::{Needs, facts, threshold};
use super::standing_close::Closes;
use crate::domain::facts::{FunderFact, Scope};
use crate::domain::id::OpId;
use crate::report::close::printed_figures::Figures;
use crate::report::close::restated::{self, Restated};
use crate::sheet::Sheet;
use crate::store::Store;
use crate::store::sent::Close;
use anyhow::Result;

/// What changed in the periods closed earlier for this funder since it was last told, and in the report that this one
/// replaces; nothing when nothing did.
pub fn restated(store: &Store, scope: &Scope, funder: &FunderFact) -> Result<Option<Sheet>> {
    let closes = Closes::of(store, &funder.code)?;
    let others: Vec<&Close> = closes.of_other_days(scope).collect();
    // A later report that stands has told what had changed before it; the one that this close replaces told nothing since.
    let last = others.iter().map(|c| c.op).max().unwrap_or(OpId::NONE);
    let replaced = closes.of_same_days(scope).map(|close| (close, close.op));
    let mut periods = Vec::new();
    for (close, since) in others.into_iter().map(|close| (close, last)).chain(replaced) {
        let found = LookBack { store, close, funder, since }.lines()?;
        if found.lines.is_empty() {
            continue;
        }
        let limit = threshold(scope);
        let lines = if limit > 0 {
            let facts = facts(store, &found.question.scope, &Needs::WHOLE)?;
            let question = &found.question;
            let masked = masked(store, &question.scope, counted(&facts, &question.scope, &question.sections))?;
            restated::guarded(found.lines, &Figures::of(&masked.sheets), limit)
        } else {
            found.lines
        };
        periods.push((close.from, Restated { period: close.period.clone(), lines }));
    }
    periods.sort_by_key(|(from, _)| *from);
    let periods: Vec<Restated> = periods.into_iter().map(|(_, restated)| restated).collect();
    let recorder = store.recorder();
    let sheet = restated::sheet(&periods, &|op| recorder.day(op).ok().flatten());
    Ok((!sheet.rows.is_empty()).then_some(sheet))
}
