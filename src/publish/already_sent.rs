//! What a funder already holds: its closed reports, read back so that no later one gives a masked number away.

use super::scope::layout;
use super::standing_close::Closes;
use crate::domain::facts::{FunderFact, Scope};
use crate::domain::id::CohortId;
use crate::report::suppression::Published;
use crate::report::template;
use crate::sheet::{Cell, Format, Sheet, dialect};
use crate::store::Store;
use crate::store::sent::Close;
use anyhow::Result;
use std::collections::HashMap;

/// The closed reports that stand beside an export of a scope: the last closed period, and the one issued for the same
/// days even when it was reopened, as its reader keeps it. `like` are the export's own sheets.
pub fn published(store: &Store, scope: &Scope, like: &[&Sheet]) -> Result<Vec<Published>> {
    let Some(funder) = &scope.funder else { return Ok(Vec::new()) };
    let closes = Closes::of(store, &funder.code)?;
    let last = closes.of_other_days(scope).max_by_key(|close| (close.to, close.op));
    [last, closes.of_same_days(scope)].into_iter().flatten().map(|close| read(store, close, funder, like)).collect()
}

fn read(store: &Store, close: &Close, funder: &FunderFact, like: &[&Sheet]) -> Result<Published> {
    let format = Format::parse(&close.format)?;
    let files = store.close_files(close.number)?;
    let then = store.as_left_by(close.op)?;
    // The columns that were sent are those of the layout of then.
    let layout = layout(&then, &mut funder.clone())?;
    let as_sent = |sheet: &Sheet| {
        let bare = Sheet::new(sheet.key.clone(), sheet.columns.clone());
        match &layout {
            Some(layout) => template::apply(&layout.template, vec![bare]).pop(),
            None => Some(bare),
        }
    };
    let section = |sheet: &Sheet| {
        let file = files.iter().find(|f| f.name.strip_suffix(".csv") == Some(sheet.key.as_str()))?;
        dialect::read_like(&as_sent(sheet)?, &file.bytes, format.dialect()?)
    };
    let mut sheets: Vec<Sheet> = like.iter().copied().filter_map(section).collect();
    rename(store, &then, &mut sheets)?;
    Ok(Published { sheets })
}

/// Gives the rows of a report the codes that its cohorts have now: a number is held against the one of the same cohort,
/// whatever it was called then.
fn rename(store: &Store, then: &Store, sheets: &mut [Sheet]) -> Result<()> {
    let now: HashMap<CohortId, String> = store.lookup().cohorts()?.into_iter().map(|c| (c.id, c.code)).collect();
    let then = then.lookup().cohorts()?;
    let moved = then.into_iter().filter_map(|c| Some((c.code, now.get(&c.id)?))).filter(|(old, new)| old != *new);
    let codes: HashMap<String, &String> = moved.collect();
    if codes.is_empty() {
        return Ok(());
    }
    for sheet in sheets {
        let Some(column) = sheet.column("cohort") else { continue };
        for cell in sheet.rows.iter_mut().map(|row| &mut row[column]) {
            if let Cell::Text(code) = cell
                && let Some(new) = codes.get(code)
            {
                code.clone_from(new);
            }
        }
    }
    Ok(())
}
