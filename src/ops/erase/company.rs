//! Companies that would name somebody: their own business, or one that carries their name. Each gets a token, so that
//! two companies stay two, and one stays one.

use super::{Erased, Subject};
use crate::domain::Kind;
use crate::domain::folding::{company_key, fold};
use crate::domain::id::RecordId;
use crate::domain::kind::{FieldAt, Words, company, placement, trainee};
use crate::store::{Owner, Tx};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The fields that name a company.
fn fields() -> impl Iterator<Item = FieldAt> {
    Kind::Placements.all_at().filter(|field| field.words == Words::Company)
}

/// What else a record of a company says of its owner.
const REACHED: [FieldAt; 9] = [
    company::SIRET,
    company::ADDRESS,
    company::POSTAL_CODE,
    company::COMMUNE,
    company::CONTACT,
    company::CONTACT_ROLE,
    company::PHONE,
    company::EMAIL,
    company::NOTE,
];

/// Puts tokens in the place of the companies that would name the person, wherever they stand.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject, done: &mut Erased) -> Result<()> {
    let telling = telling(tx, subject)?;
    if telling.is_empty() {
        return Ok(());
    }
    let tokens = tokens(tx, &telling, &subject.slug)?;
    done.companies = telling.len();
    tx.rewrite("placement", Owner::Everybody, &mut |row| {
        for field in fields() {
            if let Some(token) = row.text_of(field).and_then(|name| tokens.get(name)).cloned() {
                row.replace(field, token);
            }
        }
    })?;
    // Where it is recorded as a partner, how to reach it goes too.
    tx.rewrite(Kind::Companies.declaration().table, Owner::Everybody, &mut |row| {
        let Some(key) = row.text_of(company::COMPANY).and_then(company_key) else { return };
        if let Some(token) = tokens.iter().find(|(name, _)| company_key(name).as_ref() == Some(&key)) {
            row.replace(company::COMPANY, token.1.clone());
            REACHED.iter().for_each(|field| row.empty(*field));
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
        if let (Some(last), Some(first)) = (version.text_of(trainee::LAST_NAME), version.text_of(trainee::FIRST_NAME)) {
            names.push((words(last), words(first)));
        }
    }
    let stays = Owner::Stays(&subject.stays);
    let own = tx.versions("placement", stays)?;
    let everybody = tx.versions("placement", Owner::Everybody)?;
    let mine: BTreeSet<RecordId> = own.iter().filter_map(|v| v.number()).collect();
    let others: BTreeSet<String> = everybody
        .iter()
        .filter(|v| v.number().is_none_or(|id| !mine.contains(&id)))
        .flat_map(|v| fields().filter_map(|field| company_key(v.text_of(field)?)).collect::<Vec<_>>())
        .collect();
    let mut found = BTreeSet::new();
    for version in &everybody {
        let theirs = version.number().is_some_and(|id| mine.contains(&id));
        for name in fields().filter_map(|c| version.text_of(c)) {
            let Some(key) = company_key(name) else { continue };
            let said = words(name);
            let holds = |part: &Vec<String>| !part.is_empty() && part.iter().all(|word| said.contains(word));
            let whole = names.iter().any(|(last, first)| holds(last) && holds(first));
            let part = names.iter().any(|(last, first)| holds(last) || holds(first));
            let own_business = version.text_of(placement::TYPE) == Some("CREATION");
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
        for name in fields().filter_map(|c| version.text_of(c)) {
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
