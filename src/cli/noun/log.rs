//! `fil log`: the journal, a line per operation.

use crate::cli::noun::prelude::*;
use crate::ops::log;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::{Operation, Store};

/// `fil log`.
pub const VERB: Verb = Verb {
    names: &["log", "journal"],
    about: fixed!("Liste les opérations, de la première à la dernière.", "Lists the operations, first to last."),
    examples: [fixed!("fil log"), fixed!("fil log -S operation:desc -L 10")],
    flags: &[flags::TABLE],
    run: Run::With(run),
};

fn run(_matches: &Matches, ctx: &Context<'_>) -> anyhow::Result<Answer> {
    let store = ctx.open()?;
    let mut sheet = sheet(&store, &store.operations()?)?;
    sheet.footer.push(text!("Annuler : fil undo NUMÉRO", "Take back: fil undo NUMBER"));
    Ok(Answer::sheet(sheet))
}

/// Operations as a sheet, in the order given.
fn sheet(store: &Store, operations: &[Operation]) -> Result<Sheet> {
    let columns = vec![
        Column::new("operation", "Opération", "Operation", ColumnKind::Code),
        Column::new("stamp", "Heure (UTC)", "Time (UTC)", ColumnKind::Code).hide_first(5),
        Column::new("day", "Jour", "Day", ColumnKind::Date),
        Column::new("verb", "Verbe", "Verb", ColumnKind::Code).hide_first(9),
        Column::new("kind", "Fiches", "Records", ColumnKind::Code).hide_first(8),
        Column::new("created", "Créées", "Created", ColumnKind::Number).hide_first(7),
        Column::new("changed", "Modifiées", "Changed", ColumnKind::Number).hide_first(6),
        Column::new("removed", "Supprimées", "Removed", ColumnKind::Number).hide_first(4),
        Column::new("undone", "Annulée", "Undone", ColumnKind::Bool).hide_first(3),
        Column::new("what", "Quoi", "What", ColumnKind::Text),
    ];
    let mut sheet = Sheet::new("log", columns);
    for operation in operations {
        sheet.rows.push(vec![
            Cell::Int(operation.number.number()),
            Cell::Text(operation.stamp.clone()),
            Cell::Date(operation.day),
            Cell::Text(operation.verb.clone()),
            Cell::Text(operation.kind.clone()),
            Cell::Int(operation.created),
            Cell::Int(operation.changed),
            Cell::Int(operation.removed),
            Cell::Bool(operation.undone),
            Cell::Words(log::words(store, operation)?),
        ]);
    }
    Ok(sheet)
}
