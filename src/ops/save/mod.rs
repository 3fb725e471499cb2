//! Saving records of any kind: resolve names, find the recorded one, merge, check the rules, write, tell what came of it.

mod next_version;
mod recorded;

use super::request::{Outcome, Request, changes};
use super::resolve::World;
use super::{attendance, rules};
use crate::domain::id::{PersonId, RecordId};
use crate::domain::{Kind, Record};
use crate::ops::repeats::{Seen, Version};
use crate::ops::request::Change;
use crate::ops::saving::{Mode, Saved, Saving};
use crate::store::Tx;
use anyhow::Result;
use recorded::{Sought, refuse_taken_key};

/// The batch in progress.
#[derive(Default)]
struct Batch {
    world: World,
    saved: Saved,
    seen: Seen,
}

/// A long batch of one kind, handed over slice by slice: the same key twice is seen across slices.
#[derive(Default)]
pub struct Series(Batch);

impl Series {
    /// Saves the next slice, as [`save`] does.
    pub fn save(&mut self, tx: &mut Tx<'_>, requests: &[Request], saving: &mut Saving<'_>) -> Result<Saved> {
        let batch = &mut self.0;
        for request in requests {
            let mut check = rules::Check::new(request.line);
            let outcome = one(tx, request, saving, batch, &mut check)?;
            batch.saved.warnings.append(&mut check.warnings);
            match outcome {
                Some((id, outcome)) if check.troubles.is_empty() => {
                    batch.saved.outcomes.push((request.line, id, outcome));
                }
                _ => batch.saved.troubles.append(&mut check.troubles),
            }
        }
        Ok(std::mem::take(&mut batch.saved))
    }
}

/// Saves a slice of requests of one kind. Refused ones are told in `troubles` and leave nothing behind; whether the
/// others are kept is the caller's choice (it owns the transaction).
pub fn save(tx: &mut Tx<'_>, kind: Kind, requests: &[Request], saving: &mut Saving<'_>) -> Result<Saved> {
    if kind == Kind::Attendance {
        return attendance::save(tx, requests, saving);
    }
    Series::default().save(tx, requests, saving)
}

/// Saves one request; `None` when it was refused, with the troubles in `check`.
fn one(
    tx: &mut Tx<'_>,
    request: &Request,
    saving: &mut Saving<'_>,
    batch: &mut Batch,
    check: &mut rules::Check,
) -> Result<Option<(Option<RecordId>, Outcome)>> {
    let Some(sought) = recorded::find(tx, request, (saving, &mut batch.world), check)? else { return Ok(None) };
    let Sought { request, mut found, old } = sought;
    let (mut new, identity_before) = next_version::of(tx, &request, (&found, old.as_ref()), (saving, check))?;
    rules::common(&new, saving.today, check);
    if new.kind == Kind::Funders && old.is_none() {
        found.links.secret = (saving.secret)();
    }
    if let Some(old) = &old {
        refuse_taken_key(tx, old, &new, &found, check)?;
    }
    rules::check(tx, &mut new, old.as_ref(), &mut found, saving, check)?;
    if new.kind == Kind::Trainees {
        rules::slug(&tx.lookup(), &mut new, &found, check)?;
        found.links.folded = rules::folded(&new);
    }
    let outcome = match &old {
        None => match identity_before.as_ref().map(|before| changes_of(before, &new)) {
            Some(list) if !list.is_empty() => Outcome::Joined(list),
            _ => Outcome::Created,
        },
        Some(old) => match changes(old, &new) {
            list if list.is_empty() => Outcome::Identical,
            list => Outcome::Changed(list),
        },
    };
    if outcome != Outcome::Identical {
        let version = Version { new: &new, before: identity_before.as_ref().or(old.as_ref()), found: &found };
        batch.seen.refuse_twice(&request, &version, check);
    }
    if !check.troubles.is_empty() {
        return Ok(None);
    }
    let id = match outcome {
        Outcome::Identical => new.id,
        _ => Some(tx.save(&found.links, &new)?),
    };
    if let (Kind::Trainees, Some(person)) = (new.kind, id.or(found.links.person.map(RecordId::from))) {
        let person = PersonId::of(person);
        let lookup = tx.lookup();
        if outcome != Outcome::Identical {
            batch.world.renew(&lookup, person)?;
        }
        if let (None, Some(cohort)) = (found.links.participation, found.links.cohort) {
            found.links.participation = lookup.find_stay(cohort, person)?.map(|stay| stay.id);
        }
    }
    let named = id.or(found.links.person.map(RecordId::from));
    batch.seen.remember(&request, (&new, named), found.links.participation);
    Ok(Some((if new.kind.numbered() { id } else { None }, outcome)))
}

/// The fields of somebody's identity that a new participation changes.
fn changes_of(before: &Record, new: &Record) -> Vec<Change> {
    changes(before, new).into_iter().filter(|change| change.field.identity).collect()
}
