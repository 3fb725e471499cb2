//! `fil doctor`: examines the file and its place.

use crate::cli::noun::prelude::*;
use crate::cli::run::errors::code;
use crate::domain::ClosedList;
use crate::ops::doctor::{self, Examined, Verdict};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// `fil doctor`.
pub const VERB: Verb = Verb {
    names: &["doctor", "docteur"],
    about: fixed!(
        "Examine la base : intégrité, liens, droits, dossier.",
        "Examines the database: integrity, links, rights, folder.",
    ),
    examples: [fixed!("fil doctor"), fixed!("fil doctor -f json")],
    flags: &[flags::TABLE],
    run: Run::With(run),
};

fn run(_matches: &Matches, ctx: &Context<'_>) -> anyhow::Result<Answer> {
    let store = ctx.open_as_it_is()?;
    let list = doctor::examine(&store)?;
    let bad = list.iter().any(|e| e.verdict == Verdict::Error);
    let mut answer = Answer::sheet(sheet(&list));
    if bad {
        answer.code = code::FAILURE;
        return Ok(answer.say(text!("La base a besoin de soins.", "The database needs care.")));
    }
    Ok(answer.say(text!("La base est saine.", "The database is sound.")))
}

/// The examination as a sheet.
fn sheet(list: &[Examined]) -> Sheet {
    let columns = vec![
        Column::new("check", "Contrôle", "Check", ColumnKind::Code),
        Column::new("verdict", "Verdict", "Verdict", ColumnKind::Code),
        Column::new("message", "Constat", "Finding", ColumnKind::Text),
        Column::new("fix", "Pour corriger", "To repair", ColumnKind::Text),
    ];
    let mut sheet = Sheet::new("doctor", columns);
    for examined in list {
        sheet.rows.push(vec![
            Cell::Text(examined.check.to_owned()),
            Cell::Text(examined.verdict.code().to_owned()),
            Cell::Words(examined.message.clone()),
            examined.fix.clone().map_or(Cell::Empty, Cell::Words),
        ]);
    }
    sheet
}
