//! Removing a record: refused while others hang on it.

use crate::domain::id::{FunderId, RecordId};
use crate::domain::kind::{funder, slot};
use crate::domain::{Kind, Refusal, Text};
use crate::store::records::{Links, Which};
use crate::store::{Stay, Tx};
use crate::text;
use anyhow::{Result, bail};

/// Removes a numbered record of a kind other than trainees.
pub fn remove(tx: &mut Tx<'_>, kind: Kind, id: RecordId) -> Result<()> {
    refuse_dependents(tx, kind, kind.declaration().table, id, &[])?;
    match kind {
        Kind::Slots => refuse_marked_slot(tx, id)?,
        // The layout of its reports is part of a funder.
        Kind::Funders => {
            refuse_issued(tx, id)?;
            tx.remove_template(FunderId::of(id))?;
        }
        _ => {}
    }
    tx.remove(kind, id, &Links::default())
}

/// Removes a participation, and the person with the last one.
pub fn remove_stay(tx: &mut Tx<'_>, stay: Stay) -> Result<()> {
    refuse_dependents(tx, Kind::Trainees, "participation", stay.id.into(), &[])?;
    if tx.lookup().stays_of(stay.person)?.len() == 1 {
        refuse_dependents(tx, Kind::Trainees, "person", stay.person.into(), &["contact", "participation"])?;
    }
    tx.remove(Kind::Trainees, stay.person.into(), &Links { participation: Some(stay.id), ..Links::default() })
}

fn refuse_dependents(tx: &Tx<'_>, kind: Kind, table: &str, id: RecordId, but: &[&str]) -> Result<()> {
    let mut found = tx.lookup().dependents(table, id)?;
    found.retain(|(child, _)| !(but.contains(child) || is_part(kind, child)));
    if found.is_empty() {
        return Ok(());
    }
    let list: Vec<Text> = found.iter().map(|(child, count)| counted(child, *count)).collect();
    let list = Text::join(&list, ", ");
    let one = kind.one();
    let (fr, en) = (one.fr, one.en);
    bail!(
        Refusal::data(text!("{fr} : impossible de supprimer le n° {id}", "{en}: no. {id} cannot be removed"))
            .why(text!("d'autres fiches en dépendent : {list}", "other records depend on it: {list}"; list))
            .hint(text!("Supprimez-les d'abord, ou gardez la fiche.", "Remove them first, or keep the record."))
    )
}

/// So many rows of a table, in the words of the kind whose records they are.
pub fn counted(table: &str, n: i64) -> Text {
    match Kind::of_table(table) {
        Some(Kind::Trainees) if table == "alias" => {
            text!("{n} fiches réunies à celle-ci", "{n} records merged into this one")
        }
        Some(kind) => kind.count(n),
        None => text!("{n} {table}", "{n} {table}"),
    }
}

/// Whether the rows of a table are parts of records of a kind and go with them.
pub fn is_part(kind: Kind, table: &str) -> bool {
    kind != Kind::Trainees && kind.declaration().parts.contains(&table)
}

/// Issued reports bear the code of their funder for ever.
fn refuse_issued(tx: &Tx<'_>, id: RecordId) -> Result<()> {
    let lookup = tx.lookup();
    let Some(funder) = lookup.records(Kind::Funders, Which::Id(id))?.pop() else { return Ok(()) };
    let code = funder.text(funder::FUNDER).unwrap_or("");
    if lookup.issued_to(code)? == 0 {
        return Ok(());
    }
    bail!(
        Refusal::data(text!("{code} ne peut pas être supprimé", "{code} cannot be removed"))
            .why(text!("des rapports clos portent son code", "closed reports bear its code"))
            .hint(text!(
                "Voyez-les : fil report history --funder {code}",
                "See them: fil report history --funder {code}"
            ))
    )
}

fn refuse_marked_slot(tx: &Tx<'_>, id: RecordId) -> Result<()> {
    use crate::domain::cohort::Half;
    let lookup = tx.lookup();
    let Some(slot) = lookup.records(Kind::Slots, Which::Id(id))?.pop() else { return Ok(()) };
    let cohort = lookup.find_cohort(slot.text(slot::COHORT).unwrap_or(""))?;
    let (Some(cohort), Some(date), Some(half)) = (cohort, slot.date(slot::DATE), slot.list::<Half>(slot::HALF)) else {
        return Ok(());
    };
    let (count, _) = lookup.marks_on(cohort.id, date, half)?;
    if count > 0 {
        let day = date.french();
        bail!(Refusal::data(text!(
            "la demi-journée du {day} porte {count} présences : elle ne peut être supprimée",
            "the half-day of {date} holds {count} attendance marks: it cannot be removed"
        )));
    }
    Ok(())
}
