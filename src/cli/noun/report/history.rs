//! `fil report history`: every report that left the school, and what became of it.

use super::FUNDER;
use crate::cli::noun::prelude::*;
use crate::domain::ClosedList;
use crate::domain::id::{OpId, ReleaseId};
use crate::publish::scope::{as_typed, funder};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::releases::Release;
use crate::store::sent::Close;

/// `fil report history`.
pub const VERB: Verb = Verb {
    names: &["history", "envois"],
    about: fixed!("Liste tout ce qui est sorti de l'école.", "Lists everything that left the school."),
    examples: [
        fixed!("fil report history"),
        fixed!("fil r envois --funder break-poverty", "fil r history --funder break-poverty"),
    ],
    flags: &[&[FUNDER], flags::TABLE],
    run: Run::With(run),
};

/// How much of a fingerprint is shown.
const HEAD: usize = 12;

/// Lists what left, oldest first.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let code = matches.text(&FUNDER).map(|typed| funder(&store, typed)).transpose()?.map(|f| f.code);
    let recorder = store.recorder();
    let day = |op: OpId| recorder.day(op).map(Cell::date);
    let mut sheet = Sheet::new("history", columns());
    let closes = store.closes(code.as_deref())?;
    for release in store.releases(code.as_deref())? {
        let close = closes.iter().find(|close| ReleaseId::from(close.number) == release.number);
        sheet.rows.push(row(&release, close, &day)?);
    }
    sheet
        .footer
        .push(text!("Réécrire un envoi : fil report sent N -o DOSSIER/", "Write one again: fil report sent N -o DIR/"));
    Ok(Answer::sheet(sheet).when_empty(text!(
        "Rien n'est sorti. Pour envoyer un rapport : fil report export 2018-11 --funder CODE",
        "Nothing has left. To send a report: fil report export 2018-11 --funder CODE"
    )))
}

fn row(release: &Release, close: Option<&Close>, day: &dyn Fn(OpId) -> Result<Cell>) -> Result<Vec<Cell>> {
    let (status, reopened, why) = match close.map(|close| &close.reopened) {
        None => ("provisional", Cell::Empty, Cell::Empty),
        Some(None) => ("current", Cell::Empty, Cell::Empty),
        Some(Some((by, why))) => ("superseded", day(*by)?, Cell::Text(why.clone())),
    };
    let head = |print: &str| Cell::Text(print.chars().take(HEAD).collect());
    Ok(vec![
        Cell::Int(release.number.number()),
        Cell::Text(release.kind.code().to_owned()),
        Cell::Text(release.funder.clone()),
        Cell::Text(as_typed(&release.period)),
        Cell::date(Some(release.as_of)),
        Cell::Text(status.to_owned()),
        release.template.as_deref().map_or(Cell::Empty, head),
        Cell::Int(release.op.number()),
        head(&release.manifest),
        day(release.op)?,
        reopened,
        why,
        Cell::Text(release.format.clone()),
        close.and_then(|close| close.root.clone()).map_or(Cell::Empty, Cell::Text),
    ])
}

fn columns() -> Vec<Column> {
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let date = |key, fr, en| Column::new(key, fr, en, ColumnKind::Date);
    vec![
        code("release", "N°", "No."),
        code("kind", "Sorte", "Kind"),
        code("funder", "Financeur", "Funder"),
        code("period", "Période", "Period"),
        date("as_of", "État au", "As of").hide_first(4),
        code("status", "État", "Status"),
        code("template", "Modèle", "Template").hide_first(7),
        code("operation", "Opération", "Operation").hide_first(3),
        code("sha256", "Empreinte", "SHA-256").hide_first(6),
        date("recorded_on", "Sorti le", "Left on"),
        date("reopened_on", "Rouvert le", "Reopened on").hide_first(2),
        Column::new("why", "Pourquoi", "Why", ColumnKind::Text).hide_first(1),
        code("format", "Format", "Format").hide_first(5),
        code("root", "Racine", "Root").hide_first(8),
    ]
}
