//! Files out that can come in again: the records of a kind under the headers that imports read, numbers last.

use crate::domain::id::RecordId;
use crate::domain::{Kind, Lang, Record};
use crate::sheet::dialect::{Dialect, Rows};
use crate::sheet::{Cell, Column, ColumnKind, Sheet, record};
use crate::store::Lookup;
use crate::store::records::Which;
use anyhow::Result;
use std::io::Write;

/// The columns of an exported kind: its fields, then `id` where records have numbers.
pub fn columns(kind: Kind) -> Vec<Column> {
    let id = kind.numbered().then(|| Column::new("id", "Numéro", "id", ColumnKind::Code));
    record::columns(kind).into_iter().chain(id).collect()
}

/// The cells of an exported record.
pub fn cells(record: &Record) -> Vec<Cell> {
    let id = record.kind.numbered().then(|| Cell::int(record.id.map(RecordId::number)));
    record::cells(record).into_iter().chain(id).collect()
}

/// The records of a kind as one sheet; [`stream`] for those that may be a million.
pub fn sheet(lookup: &Lookup<'_>, kind: Kind, which: Which) -> Result<Sheet> {
    let mut sheet = Sheet::new(crate::domain::ClosedList::code(kind), columns(kind));
    each(lookup, kind, which, &mut |cells| {
        sheet.rows.push(cells);
        Ok(())
    })?;
    Ok(sheet)
}

/// Writes the records of a kind one by one; gives what they were written to, how many there are and how many cells
/// begin with the guard.
pub fn stream<W: Write>(
    lookup: &Lookup<'_>,
    (kind, which): (Kind, Which),
    (dialect, lang): (Dialect, Lang),
    to: W,
) -> Result<(W, u64, usize)> {
    let columns = columns(kind);
    let mut rows = Rows::new(to, dialect, &columns, lang)?;
    let mut count = 0;
    each(lookup, kind, which, &mut |cells| {
        count += 1;
        rows.row(&cells)
    })?;
    let (to, guarded) = rows.finish()?;
    Ok((to, count, guarded))
}

fn each(lookup: &Lookup<'_>, kind: Kind, which: Which, f: &mut dyn FnMut(Vec<Cell>) -> Result<()>) -> Result<()> {
    lookup.each(kind, which, &mut |record| f(cells(&record)))
}
