//! `fil doctor`: examines the file and its place.

use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::noun::prelude::*;
use crate::cli::run::errors::code;
use crate::domain::{Act, ClosedList, Refusal};
use crate::ops::doctor::{self, Examined, Verdict};
use crate::publish::examined::closes_examined;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// `fil doctor`.
pub const VERB: Verb = Verb {
    names: &["doctor", "docteur"],
    about: fixed!(
        "Examine la base : intégrité, liens, droits, dossier.",
        "Examines the database: integrity, links, rights, folder.",
    ),
    examples: [fixed!("fil doctor"), fixed!("fil doctor --since 3f0c2a9b1d84e657")],
    flags: &[&[SINCE, ADOPT, flags::YES, flags::DRY_RUN], flags::TABLE],
    run: Run::With(run),
};

const SINCE: Flag = Flag::option(
    "since",
    fixed!("TÊTE", "HEAD"),
    fixed!("l'histoire mène-t-elle à ce chain_head ?", "whether history leads to this chain_head"),
)
.also(&["depuis"]);
const ADOPT: Flag =
    Flag::switch("adopt", fixed!("garde ce qu'un autre programme a modifié", "keeps what another program changed"))
        .also(&["adopter"]);

fn run(matches: &Matches, ctx: &Context<'_>) -> anyhow::Result<Answer> {
    let since = matches.text(&SINCE).map(head).transpose()?;
    if matches.has(&ADOPT) {
        return adopt(matches, ctx);
    }
    let store = ctx.open_as_it_is()?;
    let mut list = doctor::examine(&store)?;
    list.extend(closes_examined(&store)?);
    list.extend(since.map(|head| doctor::since(&store, &head)).transpose()?);
    let bad = |e: &Examined| e.verdict == Verdict::Error;
    let rewritten = list.iter().any(|e| e.check == doctor::SINCE && bad(e));
    let mut answer = Answer::sheet(sheet(&list));
    if list.iter().any(bad) {
        answer.code = if rewritten { code::DATA } else { code::FAILURE };
        return Ok(answer.say(text!("La base a besoin de soins.", "The database needs care.")));
    }
    Ok(answer.say(text!("La base est saine.", "The database is sound.")))
}

/// A head of the chain as it is printed: 16 to 64 hexadecimal digits.
fn head(typed: &str) -> anyhow::Result<String> {
    let head = typed.trim().to_lowercase();
    if (16..=64).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(head);
    }
    bail!(
        Refusal::usage(text!("« {typed} » n'est pas une tête de chaîne", "“{typed}” is not a head of the chain"))
            .why(text!("il en faut 16 à 64 chiffres hexadécimaux", "it takes 16 to 64 of its hexadecimal digits"))
            .hint(text!(
                "Elle est dans le manifest.json d'un rapport (chain_head) ; aujourd'hui : fil status -v",
                "It is in the manifest.json of a report (chain_head); today's: fil status -v"
            ))
    )
}

/// Takes what another program changed for the content of the file, as an operation that says so.
fn adopt(matches: &Matches, ctx: &Context<'_>) -> anyhow::Result<Answer> {
    let altered = ctx.open()?.altered_tables()?;
    if altered.is_empty() {
        return Ok(Answer::done(text!(
            "Rien à garder : le contenu est celui que ce programme a écrit.",
            "Nothing to keep: the content is what this program wrote."
        )));
    }
    let tables = altered.iter().cloned().collect::<Vec<_>>().join(", ");
    let question = text!(
        "Garder ce qu'un autre programme a modifié ({tables}) ? L'état d'avant n'est nulle part.",
        "Keep what another program changed ({tables})? What was there before is nowhere."
    );
    let trial = Trial::of(matches);
    if trial == Trial::Real && !matches.has(&flags::YES) && confirm(ctx, &question, "--yes")? == Reply::No {
        return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
    }
    let done = ctx.write(Act::Adopt, "database", trial, |tx| {
        tx.adopt(&altered);
        Ok(())
    })?;
    Ok(match done.operation() {
        Some(op) => {
            Answer::done(text!("Gardé : {tables}. L'opération {op} le dit.", "Kept: {tables}. Operation {op} says so."))
        }
        None => Answer::done(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")),
    })
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
