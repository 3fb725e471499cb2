//! What a funder already holds: its closed reports, read back so that no later one gives a masked number away.

use crate::domain::facts::Scope;
use crate::report::close::reading;
use crate::report::suppression::Published;
use crate::sheet::{Format, Sheet};
use crate::store::Store;
use crate::store::close::Close;
use anyhow::Result;

/// The closed reports that stand beside an export of a scope: the last closed period, and the one issued for the same
/// days even when it was reopened, as its reader keeps it. `like` are the export's own sheets.
pub fn published(store: &Store, scope: &Scope, like: &[Sheet]) -> Result<Vec<Published>> {
    let Some(funder) = &scope.funder else { return Ok(Vec::new()) };
    let known = store.newest_operation()?;
    let before: Vec<Close> = store.closes(Some(&funder.code))?.into_iter().filter(|c| c.op <= known).collect();
    let same_days = |c: &&Close| (c.from, c.to) == (scope.from, scope.to);
    let stands = |c: &&Close| c.reopened.as_ref().is_none_or(|(by, _)| *by > known);
    let last = before.iter().filter(|c| !same_days(c)).filter(stands).max_by_key(|c| (c.to, c.op));
    let same = before.iter().rfind(same_days);
    [last, same].into_iter().flatten().map(|close| read(store, close, like)).collect()
}

fn read(store: &Store, close: &Close, like: &[Sheet]) -> Result<Published> {
    let format = Format::parse(&close.format)?;
    let files = store.close_files(close.number)?;
    let section = |sheet: &Sheet| {
        let file = files.iter().find(|f| f.name.strip_suffix(".csv") == Some(sheet.key.as_str()))?;
        reading::sheet(sheet, &file.bytes, format)
    };
    Ok(Published { sheets: like.iter().filter_map(section).collect() })
}
