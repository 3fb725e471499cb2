//! Saving records of any kind: resolve names, find the recorded one, merge, check the rules, write, tell what came of it.

use super::request::{Outcome, Request, Said, Trouble, Warning, changes};
use super::resolve::{Found, World, keep_names, person_of_row, resolve};
use super::{attendance, rules};
use crate::domain::id::{PersonId, RecordId};
use crate::domain::kind::{Field, Holds, Target, trainee};
use crate::domain::{Date, Kind, Record, Value};
use crate::ops::repeats::{Seen, Version};
use crate::store::{Former, Tx};
use crate::text;
use anyhow::Result;

/// What the caller expects of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// New ones are created, recorded ones changed: files.
    Upsert,
    /// They must be new.
    Add,
    /// They must be recorded.
    Edit,
}

/// The surroundings of an act.
pub struct Saving<'a> {
    /// What the caller expects.
    pub mode: Mode,
    /// Today; nothing marked may be dated later.
    pub today: Date,
    /// Gives the key of a new funder's pseudonyms, in hexadecimal.
    pub secret: &'a mut dyn FnMut() -> String,
    /// Whether an indicator key exists (for targets).
    pub indicator: &'a dyn Fn(&str) -> bool,
}

/// What came of a batch.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Saved {
    /// For each accepted request: its line, the record's number, what came of it.
    pub outcomes: Vec<(Option<u64>, Option<RecordId>, Outcome)>,
    /// Refused records; nothing of them was written.
    pub troubles: Vec<Trouble>,
    /// Worth a look.
    pub warnings: Vec<Warning>,
}

impl Saved {
    /// How many records were created, changed and identical.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.outcomes.iter().fold((0, 0, 0), |(a, b, c), (_, _, outcome)| match outcome {
            Outcome::Created => (a + 1, b, c),
            Outcome::Changed(_) => (a, b + 1, c),
            Outcome::Identical => (a, b, c + 1),
        })
    }
}

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
    let lookup = tx.lookup();
    let kind = request.kind;
    let mut request = request.clone();
    forget_merged_number(tx, &mut request)?;
    let known = recorded_by_number(tx, &request, check)?;
    if !check.troubles.is_empty() {
        return Ok(None);
    }
    // A record named by its number keeps the names it does not say.
    if let Some(known) = &known {
        keep_names(&mut request, known);
    }
    let mut found = match resolve(&mut batch.world, &lookup, &request)? {
        Ok(found) => found,
        Err(troubles) => {
            check.troubles.extend(troubles);
            return Ok(None);
        }
    };
    if kind == Kind::Trainees {
        found.person = person_of_row(&lookup, &request)?;
        found.links.person = found.person.as_ref().map(|p| p.id);
        if let (Some(cohort), Some(person)) = (found.links.cohort, found.links.person) {
            found.stay = lookup.find_stay(cohort, person)?;
            found.links.participation = found.stay.map(|s| s.id);
        }
    }
    let old = recorded(tx, &request, &found, known)?;
    if !expected(saving.mode, &request, old.as_ref(), check) {
        return Ok(None);
    }
    // So does one found by its key: its module or certificate would be lost otherwise.
    if old.as_ref().is_some_and(|old| keep_names(&mut request, old)) {
        match resolve(&mut batch.world, &lookup, &request)? {
            Ok(kept) => found = kept,
            Err(troubles) => {
                check.troubles.extend(troubles);
                return Ok(None);
            }
        }
    }
    let (mut new, identity_before) = merged(tx, &request, &found, old.as_ref())?;
    rules::common(&new, saving.today, check);
    if kind == Kind::Funders && old.is_none() {
        found.links.secret = (saving.secret)();
    }
    if let Some(old) = &old {
        refuse_taken_key(tx, old, &new, &found, check)?;
    }
    rules::check(tx, &mut new, old.as_ref(), &mut found, saving, check)?;
    if kind == Kind::Trainees {
        rules::slug(&lookup, &mut new, &found, check)?;
        found.links.folded = rules::folded(&new);
    }
    let outcome = match &old {
        None => Outcome::Created,
        Some(old) => match changes(old, &new) {
            list if list.is_empty() => Outcome::Identical,
            list => Outcome::Changed(list),
        },
    };
    if outcome != Outcome::Identical {
        let version = Version { new: &new, before: identity_before.as_ref(), found: &found };
        batch.seen.refuse_twice(&request, &version, check);
    }
    if !check.troubles.is_empty() {
        return Ok(None);
    }
    let id = match outcome {
        Outcome::Identical => new.id,
        _ => Some(tx.save(&found.links, &new)?),
    };
    batch.seen.remember(&request, &new, id.or(found.links.person.map(RecordId::from)));
    Ok(Some((if kind.numbered() { id } else { None }, outcome)))
}

/// A record named by its number may take another key, but not that of another record.
fn refuse_taken_key(tx: &Tx<'_>, old: &Record, new: &Record, found: &Found, check: &mut rules::Check) -> Result<()> {
    let keys = new.kind.fields().iter().enumerate().filter(|(_, f)| f.key);
    let moved = keys.into_iter().any(|(position, _)| old.values[position] != new.values[position]);
    if new.kind == Kind::Trainees || !moved {
        return Ok(());
    }
    if let Some(other) = tx.lookup().find_record(&found.links, new)?
        && other.id != old.id
    {
        let one = new.kind.one();
        let (fr, en, n) = (one.fr, one.en, other.id.unwrap_or(RecordId::NONE));
        check.conflict(
            text!(
                "une autre fiche a déjà cette clé : {fr} n° {n}",
                "another record has this key already: {en} no. {n}"
            ),
            text!("modifiez plutôt celle-là", "change that one instead"),
        );
    }
    Ok(())
}

fn recorded_by_number(tx: &Tx<'_>, request: &Request, check: &mut rules::Check) -> Result<Option<Record>> {
    let Some(id) = request.id else { return Ok(None) };
    // A person's number names the person; which participation is meant, the cohort says.
    let person = request.kind == Kind::Trainees;
    let lookup = tx.lookup();
    let (known, exists) = if person {
        (None, lookup.find_person(PersonId::of(id))?.is_some())
    } else {
        let known = lookup.records(request.kind, crate::store::records::Which::Id(id))?.pop();
        let exists = known.is_some();
        (known, exists)
    };
    if !exists {
        let one = request.kind.one();
        check.refuse_number(
            id,
            text!("{one} : il n'y a pas de n° {id}", "{one}: there is no no. {id}"; one),
            text!("laissez « id » vide pour une nouvelle fiche", "leave “id” empty for a new record"),
        );
    }
    Ok(known)
}

fn recorded(tx: &Tx<'_>, request: &Request, found: &Found, known: Option<Record>) -> Result<Option<Record>> {
    if known.is_some() {
        return Ok(known);
    }
    let lookup = tx.lookup();
    if request.kind == Kind::Trainees {
        let Some(participation) = found.links.participation else { return Ok(None) };
        return Ok(lookup.records(Kind::Trainees, crate::store::records::Which::Participation(participation))?.pop());
    }
    let mut key = Record::new(request.kind);
    for (position, said) in request.said.iter().enumerate() {
        if let Said::Given(value) = said {
            key.values[position] = Some(value.clone());
        }
    }
    lookup.find_record(&found.links, &key)
}

fn expected(mode: Mode, request: &Request, old: Option<&Record>, check: &mut rules::Check) -> bool {
    let one = request.kind.one();
    match (mode, old) {
        (Mode::Add, Some(old)) => {
            let n = old.id.map_or(String::new(), |id| format!(" (n° {id})"));
            check.conflict(
                text!("cette fiche existe déjà : {one}{n}", "this record exists already: {one}{n}"; one),
                text!("modifiez-la avec edit", "change it with edit"),
            );
            false
        }
        (Mode::Edit, None) => {
            check.conflict(
                text!("pas de telle fiche : {one}", "no such record: {one}"; one),
                text!("créez-la avec add", "create it with add"),
            );
            false
        }
        _ => true,
    }
}

/// The new version of the record, and for a new participation of a known person their identity so far.
fn merged(tx: &Tx<'_>, request: &Request, found: &Found, old: Option<&Record>) -> Result<(Record, Option<Record>)> {
    let kind = request.kind;
    let mut before = None;
    let mut new = match old {
        Some(old) => old.clone(),
        None => {
            let mut fresh = rules::defaults(kind, found);
            if let (Kind::Trainees, Some(person)) = (kind, found.links.person) {
                before = identity(tx, person)?;
                if let Some(before) = &before {
                    rules::identity().for_each(|field| fresh.set(field, before.get(field).cloned()));
                    fresh.id = Some(person.into());
                }
            }
            fresh
        }
    };
    let settled = kind == Kind::Trainees && names_merged_record(tx, request)?;
    for (position, said) in request.said.iter().enumerate() {
        // The merge decided between two spellings: an old file of the record that went away only fills what is empty,
        // and what it never asked takes no answer away.
        if settled && new.values[position].is_some() {
            let never_asked =
                matches!(said, Said::Given(value) if Some(value) == rules::blank(kind, position).as_ref());
            if never_asked || kind.fields()[position].identity {
                continue;
            }
        }
        match said {
            Said::Nothing => {}
            Said::Blank => new.values[position] = rules::blank(kind, position),
            Said::Given(value) => new.values[position] = Some(value.clone()),
        }
    }
    // The slug stays its person's for ever, whatever a file says.
    if kind == Kind::Trainees
        && let Some(person) = &found.person
    {
        new.set(trainee::TRAINEE, Some(Value::Text(person.slug.clone())));
    }
    // Whatever people call somebody, slug or reference, the record holds the slug.
    if let (Some(position), Some(person)) = (kind.fields().iter().position(names_person), found.links.person)
        && let Some(person) = tx.lookup().find_person(person)?
    {
        new.values[position] = Some(Value::Text(person.slug));
    }
    Ok((new, before))
}

/// Whether a row of trainees names its person as a record merged into theirs was named.
fn names_merged_record(tx: &Tx<'_>, request: &Request) -> Result<bool> {
    let reference = || (request.kind == Kind::Trainees).then(|| request.text(trainee::REF)).flatten();
    let Some(name) = request.trainee().or_else(reference) else { return Ok(false) };
    for what in [Former::Slug, Former::Reference] {
        if tx.lookup().find_former(what, name)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An old file numbers records that a merge joined with others: those are found by their key.
fn forget_merged_number(tx: &Tx<'_>, request: &mut Request) -> Result<()> {
    let Some(id) = request.id else { return Ok(()) };
    let lookup = tx.lookup();
    let exists = match request.kind {
        Kind::Trainees => lookup.find_person(PersonId::of(id))?.is_some(),
        kind => !lookup.records(kind, crate::store::records::Which::Id(id))?.is_empty(),
    };
    if !exists && names_merged_record(tx, request)? {
        request.id = None;
    }
    Ok(())
}

fn names_person(field: &Field) -> bool {
    matches!(field.holds, Holds::Ref(Target::Trainee))
}

/// Identity and contact of a person, from any of their participations.
fn identity(tx: &Tx<'_>, person: PersonId) -> Result<Option<Record>> {
    Ok(tx.lookup().records(Kind::Trainees, crate::store::records::Which::Person(person))?.pop())
}
