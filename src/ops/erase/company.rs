//! Companies that would name somebody: their own business, or one that carries their name. Each gets a token, so that
//! two companies stay two, and one stays one.

use super::{Erased, Subject};
use crate::domain::folding::{company_key, fold};
use crate::domain::id::RecordId;
use crate::store::{Owner, Tx};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: [&str; 2] = ["company", "user_company"];

/// Puts tokens in the place of the companies that would name the person, wherever they stand.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject, done: &mut Erased) -> Result<()> {
    let telling = telling(tx, subject)?;
    if telling.is_empty() {
        return Ok(());
    }
    let tokens = tokens(tx, &telling, &subject.slug)?;
    done.companies = telling.len();
    tx.rewrite("placement", Owner::Everybody, &mut |row| {
        for column in COLUMNS {
            if let Some(token) = row.text(column).and_then(|name| tokens.get(name)).cloned() {
                row.put_text(column, token);
            }
        }
    })?;
    Ok(())
}

/// The companies to replace, as two spellings of one compare equal. One that carries the whole name goes wherever it
/// stands; one that carries a part of it, or is where the person set up on their own, goes when nobody else has it:
/// a firm where others work too tells nothing of this one.
fn telling(tx: &Tx<'_>, subject: &Subject) -> Result<BTreeSet<String>> {
    let mut names = Vec::new();
    for version in tx.versions("person", Owner::People(&subject.people))? {
        if let (Some(last), Some(first)) = (version.text("last_name"), version.text("first_name")) {
            names.push((words(last), words(first)));
        }
    }
    let stays = Owner::Stays(&subject.stays);
    let own = tx.versions("placement", stays)?;
    let everybody = tx.versions("placement", Owner::Everybody)?;
    let mine: BTreeSet<RecordId> = own.iter().filter_map(|v| v.id("id")).collect();
    let others: BTreeSet<String> = everybody
        .iter()
        .filter(|v| v.id("id").is_none_or(|id| !mine.contains(&id)))
        .flat_map(|v| COLUMNS.iter().filter_map(|c| company_key(v.text(c)?)).collect::<Vec<_>>())
        .collect();
    let mut found = BTreeSet::new();
    for version in &everybody {
        let theirs = version.id("id").is_some_and(|id| mine.contains(&id));
        for name in COLUMNS.iter().filter_map(|c| version.text(c)) {
            let Some(key) = company_key(name) else { continue };
            let said = words(name);
            let holds = |part: &Vec<String>| !part.is_empty() && part.iter().all(|word| said.contains(word));
            let whole = names.iter().any(|(last, first)| holds(last) && holds(first));
            let part = names.iter().any(|(last, first)| holds(last) || holds(first));
            let own_business = version.text("type") == Some("CREATION");
            if whole && !subject.homonym || theirs && (whole || part || own_business) && !others.contains(&key) {
                found.insert(key);
            }
        }
    }
    Ok(found)
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// A token for each spelling: those of one company differ by capitals only, so that they compare equal as before.
fn tokens(tx: &Tx<'_>, telling: &BTreeSet<String>, slug: &str) -> Result<BTreeMap<String, String>> {
    let mut spellings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for version in tx.versions("placement", Owner::Everybody)? {
        for name in COLUMNS.iter().filter_map(|c| version.text(c)) {
            if let Some(key) = company_key(name).filter(|key| telling.contains(key)) {
                spellings.entry(key).or_default().insert(name.to_owned());
            }
        }
    }
    let mut tokens = BTreeMap::new();
    for (at, names) in spellings.into_values().enumerate() {
        let base = if at == 0 { slug.to_owned() } else { format!("{slug}-{}", at + 1) };
        for (capitals, name) in names.into_iter().enumerate() {
            tokens.insert(
                name,
                base.char_indices().map(|(i, c)| if i < capitals { c.to_ascii_uppercase() } else { c }).collect(),
            );
        }
    }
    Ok(tokens)
}
