//! Which recorded version a request is about: by its number, else by its key; whether it may be there, whether it must.

use super::Mode;
use crate::domain::folding::company_key;
use crate::domain::id::{PersonId, RecordId};
use crate::domain::kind::{FieldAt, Holds, Target, company, interview, opening, trainee};
use crate::domain::{Kind, Record, Text};
use crate::ops::request::{Request, Said};
use crate::ops::resolve::{Found, World, keep_names, resolve};
use crate::ops::rules;
use crate::ops::saving::Saving;
use crate::ops::whose::whose;
use crate::store::records::Which;
use crate::store::{Former, Lookup, Tx};
use crate::text;
use anyhow::Result;

/// A request with the names it leaves out, the records it names, and the version recorded before it.
pub(super) struct Sought {
    pub request: Request,
    pub found: Found,
    pub old: Option<Record>,
}

/// Finds what a request is about; `None` when it was refused, with the troubles in `check`.
pub(super) fn find(
    tx: &Tx<'_>,
    request: &Request,
    (saving, world): (&Saving<'_>, &mut World),
    check: &mut rules::Check,
) -> Result<Option<Sought>> {
    let lookup = tx.lookup();
    let mut request = request.clone();
    forget_merged_number(tx, &mut request)?;
    let known = by_number(tx, &request, check)?;
    if !check.troubles.is_empty() {
        return Ok(None);
    }
    // A record named by its number keeps the names it does not say.
    if let Some(known) = &known {
        keep_names(&mut request, known);
    }
    let mut found = match resolve(world, &lookup, &request)? {
        Ok(found) => found,
        Err(troubles) => {
            check.troubles.extend(troubles);
            return Ok(None);
        }
    };
    if request.kind == Kind::Trainees {
        let whose = whose(world, &lookup, &request, (saving, check))?;
        if !check.troubles.is_empty() {
            return Ok(None);
        }
        (found.person, found.alike) = (whose.person, whose.alike);
        found.links.person = found.person.as_ref().map(|p| p.id);
        if let (Some(cohort), Some(person)) = (found.links.cohort, found.links.person) {
            found.stay = lookup.find_stay(cohort, person)?;
            found.links.participation = found.stay.map(|s| s.id);
        }
    }
    let old = match known {
        Some(known) => Some(known),
        None => by_key(tx, &request, &found)?,
    };
    if !expected(saving.mode, &request, old.as_ref(), check) {
        return Ok(None);
    }
    // So does one found by its key: its module or certificate would be lost otherwise.
    if old.as_ref().is_some_and(|old| keep_names(&mut request, old)) {
        match resolve(world, &lookup, &request)? {
            Ok(kept) => found = kept,
            Err(troubles) => {
                check.troubles.extend(troubles);
                return Ok(None);
            }
        }
    }
    Ok(Some(Sought { request, found, old }))
}

fn by_number(tx: &Tx<'_>, request: &Request, check: &mut rules::Check) -> Result<Option<Record>> {
    let Some(id) = request.id else { return Ok(None) };
    // A person's number names the person; which participation is meant, the cohort says.
    let person = request.kind == Kind::Trainees;
    let lookup = tx.lookup();
    let (known, exists) = if person {
        (None, lookup.find_person(PersonId::of(id))?.is_some())
    } else {
        let known = lookup.records(request.kind, Which::Id(id))?.pop();
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

fn by_key(tx: &Tx<'_>, request: &Request, found: &Found) -> Result<Option<Record>> {
    let lookup = tx.lookup();
    if request.kind == Kind::Trainees {
        let Some(participation) = found.links.participation else { return Ok(None) };
        return Ok(lookup.records(Kind::Trainees, Which::Participation(participation))?.pop());
    }
    let mut key = Record::new(request.kind);
    for (position, said) in request.said.iter().enumerate() {
        if let Said::Given(value) = said {
            key.values[position] = Some(value.clone());
        }
    }
    if request.kind == Kind::Companies {
        let found = lookup.find_company(request.text(company::COMPANY).unwrap_or(""))?;
        let Some((id, _)) = found else { return Ok(None) };
        return Ok(lookup.records(request.kind, Which::Id(id.into()))?.pop());
    }
    if let Some(own) = request.kind.code_of_its_own().filter(|own| request.given(*own).is_none()) {
        return nameless(&lookup, request, own);
    }
    let exact = lookup.find_record(&found.links, &key)?;
    if exact.is_some() || request.kind != Kind::Interviews {
        return Ok(exact);
    }
    talk(&lookup, request, found)
}

/// The interview that a request completes, or that completed it: the same but for who led it and when, of which one of the
/// two says nothing. Else filling in who led the talks of a year would double every hour.
fn talk(lookup: &Lookup<'_>, request: &Request, found: &Found) -> Result<Option<Record>> {
    let Some(stay) = found.links.participation else { return Ok(None) };
    let apart = [interview::STAFF, interview::AT];
    let told = apart.iter().any(|field| request.given(*field).is_some());
    let key = |field: &FieldAt| field.key && !apart.contains(field) && !matches!(field.holds, Holds::Ref(_));
    let same = |record: &Record| request.kind.all_at().filter(key).all(|f| record.get(f) == request.given(f));
    let empty = |record: &Record| apart.iter().all(|field| record.get(*field).is_none());
    let mut all = lookup.records(Kind::Interviews, Which::Participation(stay))?;
    all.retain(|record| same(record) && (!told || empty(record)));
    Ok(if all.len() == 1 { all.pop() } else { None })
}

/// The record of a request that leaves out the code that the program gives: the one that says all the same.
fn nameless(lookup: &Lookup<'_>, request: &Request, own: FieldAt) -> Result<Option<Record>> {
    // Two openings of one day may differ by what kind of post they are.
    let tells = |field: &FieldAt| field.mandatory || *field == opening::TYPE || *field == opening::START;
    let told = request.kind.all_at().filter(|field| *field != own && tells(field)).collect::<Vec<_>>();
    if told.is_empty() {
        return Ok(None);
    }
    let key = |text: Option<&str>| text.and_then(company_key);
    let same = |record: &Record| {
        told.iter().all(|field| match field.names_a(Target::Company) {
            true => key(record.text(*field)) == key(request.text(*field)),
            false => record.get(*field) == request.given(*field),
        })
    };
    Ok(lookup.records(request.kind, Which::All)?.into_iter().find(same))
}

fn expected(mode: Mode, request: &Request, old: Option<&Record>, check: &mut rules::Check) -> bool {
    let one = request.kind.one();
    match (mode, old) {
        (Mode::Add, Some(old)) => {
            let n = old.id.map_or(Text::same(""), |id| text!(" (n° {id})", " (no. {id})"));
            check.conflict(
                text!("cette fiche existe déjà : {one}{n}", "this record exists already: {one}{n}"; one, n),
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

/// A record named by its number may take another key, but not that of another record.
pub(super) fn refuse_taken_key(
    tx: &Tx<'_>,
    old: &Record,
    new: &Record,
    found: &Found,
    check: &mut rules::Check,
) -> Result<()> {
    let keys = new.kind.fields().iter().enumerate().filter(|(_, f)| f.key);
    let moved = keys.into_iter().any(|(position, _)| old.values[position] != new.values[position]);
    if new.kind == Kind::Trainees || !moved {
        return Ok(());
    }
    if let Some(other) = tx.lookup().find_record(&found.links, new)?
        && other.id != old.id
    {
        let one = new.kind.one();
        let n = other.id.unwrap_or(RecordId::NONE);
        check.conflict(
            text!(
                "une autre fiche a déjà cette clé : {one} n° {n}",
                "another record has this key already: {one} no. {n}";
                one
            ),
            text!("modifiez plutôt celle-là", "change that one instead"),
        );
    }
    Ok(())
}

/// Whether a row of trainees names its person as a record merged into theirs was named.
pub(super) fn names_merged_record(tx: &Tx<'_>, request: &Request) -> Result<bool> {
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
        kind => !lookup.records(kind, Which::Id(id))?.is_empty(),
    };
    if !exists && names_merged_record(tx, request)? {
        request.id = None;
    }
    Ok(())
}
