//! Whether the content of the file is what this program wrote, and whether its operations follow from each other.

use super::examined::{Examined, answered, restore, unreadable};
use crate::domain::{Lang, Refusal, Text};
use crate::store::Store;
use crate::store::digest::altered::{Altered, AlteredRows, Break};
use crate::text;
use anyhow::{Result, bail};

/// The content of each table against its digest.
pub(super) fn content(store: &Store) -> Result<Vec<Examined>> {
    let Some(altered) = answered(store, store.altered())? else { return Ok(vec![unreadable("content")]) };
    if altered.is_empty() {
        let message = text!("le contenu est celui que ce programme a écrit", "the content is what this program wrote");
        return Ok(vec![Examined::fine("content", message)]);
    }
    Ok(altered.iter().map(|altered| Examined::error("content", altered_words(altered), restore())).collect())
}

/// Refuses to count what another program changed since the content was last found right.
pub fn refuse_altered(store: &Store) -> Result<()> {
    let altered = store.altered_since_checked()?;
    if altered.is_empty() {
        return Ok(());
    }
    let tables = altered.into_iter().collect::<Vec<_>>().join(", ");
    bail!(
        Refusal::data(text!(
            "la base a été modifiée par un autre programme ({tables})",
            "the database was changed by another program ({tables})"
        ))
        .why(text!("ses chiffres ne seraient pas sûrs", "its figures would not be safe"))
        .hint(text!(
            "Ce qui a changé : fil doctor    Revenir en arrière : fil restore SAUVEGARDE    Le garder : fil doctor --adopt",
            "What changed: fil doctor    To go back: fil restore BACKUP    To keep it: fil doctor --adopt"
        ))
    )
}

/// Operations named in one line at most.
const NAMED: usize = 5;

/// Which table another hand changed, and the rows as far as the journal knows them.
fn altered_words(altered: &Altered) -> Text {
    let table = &altered.table;
    let rows = |rows: &AlteredRows, lang: Lang| {
        let (op, keys) = (rows.op, rows.keys.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(" "));
        let more = if rows.keys.len() > NAMED { " …" } else { "" };
        match (lang, keys.is_empty()) {
            (Lang::Fr, true) => format!("opération {op}"),
            (Lang::En, true) => format!("operation {op}"),
            (Lang::Fr, false) => format!("opération {op}, parmi {keys}{more}"),
            (Lang::En, false) => format!("operation {op}, among {keys}{more}"),
        }
    };
    let list = |lang| altered.operations.iter().take(NAMED).map(|op| rows(op, lang)).collect::<Vec<_>>().join(" ; ");
    let (fr, en) = (list(Lang::Fr), list(Lang::En));
    if altered.operations.is_empty() {
        return text!(
            "la table {table} a été modifiée hors de ce programme",
            "the table {table} was changed by something else than this program"
        );
    }
    text!(
        "la table {table} a été modifiée hors de ce programme ({fr})",
        "the table {table} was changed by something else than this program ({en})"
    )
}

/// The chain of operations.
pub(super) fn chain(store: &Store) -> Result<Examined> {
    let Some(found) = answered(store, store.chain_break())? else { return Ok(unreadable("chain")) };
    Ok(match found {
        None => {
            Examined::fine("chain", text!("les opérations s'enchaînent", "every operation follows from the one before"))
        }
        Some(Break::At(op)) => Examined::error(
            "chain",
            text!(
                "le journal a été modifié : l'opération {op} ne suit pas celles d'avant",
                "the journal was changed: operation {op} does not follow from those before"
            ),
            restore(),
        ),
        Some(Break::Newest(op)) => Examined::error(
            "chain",
            text!(
                "la base n'est plus celle que l'opération {op}, la dernière, a laissée",
                "the database is no longer the one that operation {op}, the last one, left"
            ),
            restore(),
        ),
    })
}

/// The name of the check that history leads to a head of the chain.
pub const SINCE: &str = "since";

/// Whether history leads to a head of the chain that was printed once.
pub fn since(store: &Store, head: &str) -> Result<Examined> {
    let Some(found) = answered(store, store.operation_of_head(head))? else { return Ok(unreadable(SINCE)) };
    let whole = answered(store, store.chain_break())?.is_some_and(|found| found.is_none());
    Ok(match found {
        Some(op) if whole => {
            Examined::fine(SINCE, text!("l'histoire y mène : opération {op}", "history leads there: operation {op}"))
        }
        Some(_) | None => Examined::error(
            SINCE,
            text!("l'histoire ne mène pas à {head}", "history does not lead to {head}"),
            text!(
                "Est-ce la bonne base ? Sinon : fil restore SAUVEGARDE",
                "Is it the right database? If so: fil restore BACKUP"
            ),
        ),
    })
}
