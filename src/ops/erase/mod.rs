//! Erasing a person: anonymised in place, in every version of their records, so that the totals of the past stay.

mod company;
mod identity;
pub mod search;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use crate::domain::id::{PersonId, StayId};
pub use search::{Searched, Sought};

use crate::domain::trainee::is_erased;
use crate::domain::{Kind, Refusal, kind};
use crate::store::records::Which;
use crate::store::{Identity, Owner, Tx};
use crate::text;
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// What an erasure took away, and what to look for afterwards.
#[derive(Debug, Clone, Default)]
pub struct Erased {
    /// The slug that stands for the person from now on.
    pub slug: String,
    /// Records that lost their words, by kind; for trainees, participations.
    pub emptied: BTreeMap<Kind, usize>,
    /// Notes that are gone.
    pub notes: usize,
    /// Slugs and references of merged records that are free again.
    pub aliases: usize,
    /// Companies that carried the person's name, or were their own business, and have a token instead.
    pub companies: usize,
    /// Records of the same person that were removed earlier and that history still held.
    pub removed_before: usize,
    /// Texts about other people in which the person's name was replaced.
    pub elsewhere: usize,
    /// Whether the birth date stays to the day: no other day of its month gives the same age on each entry day.
    pub birth_day_kept: bool,
    /// Half-days, results, certificates and situations that stay and are counted as before.
    pub kept: BTreeMap<Kind, usize>,
    /// What the records held, to be looked for in the files afterwards.
    pub sought: Sought,
}

/// Who is erased: a person under every number they ever had, and their participations.
pub(super) struct Subject {
    pub person: PersonId,
    pub slug: String,
    pub people: BTreeSet<PersonId>,
    pub stays: BTreeSet<StayId>,
    /// Whether somebody else who stays has the same name: then the name alone is not theirs.
    pub homonym: bool,
}

impl Subject {
    /// Whose rows of a kind are erased.
    fn owner(&self, kind: Kind) -> Owner<'_> {
        match kind.declaration().owner {
            kind::Owner::Stay => Owner::Stays(&self.stays),
            kind::Owner::School | kind::Owner::Cohort | kind::Owner::Grant | kind::Owner::Person => {
                Owner::People(&self.people)
            }
        }
    }
}

/// Erases a person. What is erased can't come back: neither by undo nor by reading the file as it was.
pub fn erase(tx: &mut Tx<'_>, person: &Identity) -> Result<Erased> {
    if is_erased(&person.slug) {
        let slug = &person.slug;
        bail!(Refusal::data(text!("{slug} est déjà effacé(e)", "{slug} is already erased")));
    }
    let subject = subject(tx, person)?;
    let mut done = Erased { slug: subject.slug.clone(), removed_before: subject.people.len() - 1, ..Erased::default() };
    done.sought = identity::sought(tx, &subject)?;
    company::forget(tx, &subject, &mut done)?;
    texts::forget(tx, &subject, &mut done)?;
    identity::forget(tx, &subject, &mut done)?;
    done.kept = kept(tx, &subject)?;
    Ok(done)
}

fn subject(tx: &Tx<'_>, person: &Identity) -> Result<Subject> {
    let mut people = tx.former_numbers(person.id)?;
    people.insert(person.id);
    let versions = tx.versions("participation", Owner::People(&people))?;
    let stays = versions.iter().filter_map(|v| v.stay()).collect();
    let lookup = tx.lookup();
    let mut slug = crate::domain::trainee::erased_slug(person.id);
    let mut n = 1;
    while lookup.find_slug(&slug)?.is_some() {
        n += 1;
        slug = format!("{}-{n}", crate::domain::trainee::erased_slug(person.id));
    }
    let homonym = lookup.named(&person.folded)?.iter().any(|other| other.id != person.id);
    Ok(Subject { person: person.id, slug, people, stays, homonym })
}

/// What stays of each kind: erasing takes words away, and the records go on counting.
fn kept(tx: &Tx<'_>, subject: &Subject) -> Result<BTreeMap<Kind, usize>> {
    let lookup = tx.lookup();
    let stays = lookup.stays_of(subject.person)?;
    let mut kept = BTreeMap::from([(Kind::Trainees, stays.len())]);
    for stay in stays {
        for kind in Kind::of(kind::Owner::Stay) {
            *kept.entry(kind).or_default() += match kind {
                Kind::Attendance => lookup.marks_of(stay.id)?.len(),
                _ => lookup.records(kind, Which::Participation(stay.id))?.len(),
            };
        }
    }
    for kind in Kind::of(kind::Owner::Person).filter(|kind| *kind != Kind::Trainees) {
        kept.insert(kind, lookup.records(kind, Which::Person(subject.person))?.len());
    }
    kept.retain(|_, count| *count > 0);
    Ok(kept)
}
