//! The next version of a record: what stood before, with what the request says.

use super::recorded::names_merged_record;
use crate::domain::id::PersonId;
use crate::domain::kind::{Target, company, trainee};
use crate::domain::matcher::is_poorer;
use crate::domain::{Kind, Record, Value};
use crate::ops::request::{Request, Said};
use crate::ops::resolve::Found;
use crate::ops::rules;
use crate::ops::saving::Saving;
use crate::store::Tx;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;

/// The new version of the record, and for a new participation of a known person their identity so far.
pub(super) fn of(
    tx: &Tx<'_>,
    request: &Request,
    (found, old): (&Found, Option<&Record>),
    (saving, check): (&Saving<'_>, &mut rules::Check),
) -> Result<(Record, Option<Record>)> {
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
            Said::Given(value)
                if is_poorer_spelling(request, position, (&new, value)) && !saving.accepted.has("spelling") =>
            {
                kept_spelling(new.text(kind.fields_at(position)), value, check);
            }
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
    if let (Some(field), Some(person)) = (kind.naming(Target::Trainee), found.links.person)
        && let Some(person) = tx.lookup().find_person(person)?
    {
        new.set(field, Some(Value::Text(person.slug)));
    }
    // So it is with a company: the spelling that is recorded stands.
    if let (Some(field), Some(_)) = (kind.naming(Target::Company), found.links.company)
        && let Some((_, name)) = tx.lookup().find_company(new.text(field).unwrap_or(""))?
    {
        new.set(field, Some(Value::Text(name)));
    }
    if kind == Kind::Companies
        && request.id.is_none()
        && let Some(old) = old
    {
        new.set(company::COMPANY, old.get(company::COMPANY).cloned());
    }
    Ok((new, before))
}

/// Whether a row of a file writes a name with less than what is recorded: without its accents, in capitals only.
fn is_poorer_spelling(request: &Request, position: usize, (recorded, value): (&Record, &Value)) -> bool {
    let names = [trainee::LAST_NAME, trainee::FIRST_NAME, trainee::COMMUNE];
    let Some(field) = names.into_iter().find(|f| request.kind == f.kind && f.position() == position) else {
        return false;
    };
    match (request.line, recorded.text(field), value) {
        (Some(_), Some(known), Value::Text(new)) => is_poorer(new, known),
        _ => false,
    }
}

fn kept_spelling(known: Option<&str>, value: &Value, check: &mut rules::Check) {
    if let (Some(known), Value::Text(new)) = (known, value) {
        check.warn(
            "spelling",
            text!(
                "« {known} » est gardé, la ligne écrit « {new} » (--accept spelling pour la suivre)",
                "“{known}” is kept, the row writes “{new}” (--accept spelling to follow it)"
            ),
        );
    }
}

/// Identity and contact of a person, from any of their participations.
fn identity(tx: &Tx<'_>, person: PersonId) -> Result<Option<Record>> {
    Ok(tx.lookup().records(Kind::Trainees, Which::Person(person))?.pop())
}
