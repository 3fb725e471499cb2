//! `fil report history`: every report that was issued, and what became of it.

use super::FUNDER;
use crate::cli::noun::prelude::*;
use crate::domain::id::OpId;
use crate::publish::scope::{as_typed, funder};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// `fil report history`.
pub const VERB: Verb = Verb {
    names: &["history", "envois"],
    about: fixed!("Liste ce qui a été clos et envoyé.", "Lists what was closed and sent."),
    examples: [
        fixed!("fil report history"),
        fixed!("fil r envois --funder break-poverty", "fil r history --funder break-poverty"),
    ],
    flags: &[&[FUNDER], flags::TABLE],
    run: Run::With(run),
};

/// How much of a fingerprint is shown.
const HEAD: usize = 12;

/// Lists what was issued, oldest first.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let code = matches.text(&FUNDER).map(|typed| funder(&store, typed)).transpose()?.map(|f| f.code);
    let recorder = store.recorder();
    let day = |op: OpId| recorder.day(op).map(Cell::date);
    let mut sheet = Sheet::new("history", columns());
    for close in store.closes(code.as_deref())? {
        let (status, reopened, why) = match &close.reopened {
            None => ("current", Cell::Empty, Cell::Empty),
            Some((by, why)) => ("superseded", day(*by)?, Cell::Text(why.clone())),
        };
        sheet.rows.push(vec![
            Cell::Int(close.number.number()),
            Cell::Text(as_typed(&close.period)),
            Cell::Text(close.funder.clone()),
            day(close.op)?,
            Cell::Int(close.op.number()),
            Cell::Text(status.to_owned()),
            reopened,
            why,
            Cell::Text(close.format.clone()),
            Cell::Text(close.manifest.chars().take(HEAD).collect()),
        ]);
    }
    sheet.footer.push(text!(
        "Revoir un envoi : fil report export PÉRIODE --funder CODE [--close N]",
        "See one again: fil report export PERIOD --funder CODE [--close N]"
    ));
    Ok(Answer::sheet(sheet).when_empty(text!(
        "Rien n'a été clos. Pour clore un mois : fil report close 2018-11 --funder CODE",
        "Nothing was closed. To close a month: fil report close 2018-11 --funder CODE"
    )))
}

fn columns() -> Vec<Column> {
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let date = |key, fr, en| Column::new(key, fr, en, ColumnKind::Date);
    vec![
        code("close", "N°", "No."),
        code("period", "Période", "Period"),
        code("funder", "Financeur", "Funder"),
        date("closed_on", "Clos le", "Closed on"),
        code("operation", "Opération", "Operation").hide_first(3),
        code("status", "État", "Status"),
        date("reopened_on", "Rouvert le", "Reopened on").hide_first(2),
        Column::new("why", "Pourquoi", "Why", ColumnKind::Text).hide_first(1),
        code("format", "Format", "Format").hide_first(4),
        code("sha256", "Empreinte", "SHA-256").hide_first(5),
    ]
}
