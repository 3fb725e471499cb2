//! What says who somebody is: names, slug, reference, ways to reach them, the day of birth.

use super::search::{Sought, Value};
use super::texts::stories;
use super::{Erased, Subject};
use crate::domain::Date;
use crate::domain::folding::fold;
use crate::domain::kind::{FieldAt, Kind, trainee};
use crate::store::{Former, Identity, Owner, Remembered, Tx};
use anyhow::Result;
use std::collections::BTreeSet;

const CONTACT: [FieldAt; 5] =
    [trainee::PHONE, trainee::EMAIL, trainee::ADDRESS, trainee::POSTAL_CODE, trainee::COMMUNE];

/// What stands where a first name was.
const NO_NAME: &str = "—";

/// What every version of the person's records holds that tells them from others.
pub fn sought(tx: &Tx<'_>, subject: &Subject) -> Result<Sought> {
    let mut sought = Sought::default();
    let people = Owner::People(&subject.people);
    for version in tx.versions("person", people)? {
        if let (Some(last), Some(first)) = (version.text_of(trainee::LAST_NAME), version.text_of(trainee::FIRST_NAME)) {
            if subject.homonym {
                sought.shared_name = true;
            } else {
                sought.name(last, first);
            }
        }
        add(&mut sought, Value::Slug, version.text_of(trainee::TRAINEE));
        add(&mut sought, Value::Reference, version.text_of(trainee::REF));
    }
    for version in tx.versions("alias", people)? {
        match version.former() {
            Some((Former::Slug, name)) => sought.add(Value::Slug, name),
            Some((Former::Reference, name)) => sought.add(Value::Reference, name),
            None => {}
        }
    }
    for version in tx.versions("contact", people)? {
        add(&mut sought, Value::Phone, version.text_of(trainee::PHONE));
        add(&mut sought, Value::Email, version.text_of(trainee::EMAIL));
        add(&mut sought, Value::Address, version.text_of(trainee::ADDRESS));
    }
    for field in stories() {
        for version in tx.versions(field.kind.declaration().table, subject.owner(field.kind))? {
            add(&mut sought, Value::Note, version.text_of(field));
        }
    }
    drop_shared(tx, subject, &mut sought)?;
    add_alone(tx, subject, &mut sought)?;
    Ok(sought)
}

/// A family name, a first name and a slug alone, where nobody else has them.
fn add_alone(tx: &Tx<'_>, subject: &Subject, sought: &mut Sought) -> Result<()> {
    let others: Vec<Identity> =
        tx.lookup().identities()?.into_iter().filter(|p| !subject.people.contains(&p.id)).collect();
    let shared = |what: Value, name: &str| {
        let theirs = |other: &Identity| match what {
            Value::FamilyName => fold(&other.last_name),
            Value::FirstName => fold(&other.first_name),
            _ => fold(&other.slug),
        };
        others.iter().any(|other| theirs(other) == fold(name))
    };
    for version in tx.versions("person", Owner::People(&subject.people))? {
        for (what, field) in [
            (Value::FamilyName, trainee::LAST_NAME),
            (Value::FirstName, trainee::FIRST_NAME),
            (Value::Slug, trainee::TRAINEE),
        ] {
            if let Some(name) = version.text_of(field).filter(|name| !shared(what, name)) {
                sought.alone(what, name);
            }
        }
    }
    Ok(())
}

/// What others have too tells nobody: a hostel's address, a mother's phone number, the names of a merge taken back.
fn drop_shared(tx: &Tx<'_>, subject: &Subject, sought: &mut Sought) -> Result<()> {
    for other in tx.lookup().identities()?.iter().filter(|p| !subject.people.contains(&p.id)) {
        sought.drop_shared(Value::Slug, &other.slug);
        sought.drop_shared(Value::Reference, other.reference.as_deref().unwrap_or_default());
    }
    for version in tx.versions("contact", Owner::Everybody)? {
        if version.person().is_some_and(|person| !subject.people.contains(&person)) {
            let text = |field: FieldAt| version.text_of(field).unwrap_or_default().to_owned();
            sought.drop_shared(Value::Phone, &text(trainee::PHONE));
            sought.drop_shared(Value::Email, &text(trainee::EMAIL));
            sought.drop_shared(Value::Address, &text(trainee::ADDRESS));
        }
    }
    Ok(())
}

fn add(sought: &mut Sought, what: Value, text: Option<&str>) {
    if let Some(text) = text {
        sought.add(what, text);
    }
}

/// Takes identity, contact and former names away.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject, done: &mut Erased) -> Result<()> {
    let people = Owner::People(&subject.people);
    let entries = entries(tx, subject)?;
    let slug = subject.slug.clone();
    let folded = fold(&format!("{slug} {NO_NAME}"));
    let mut kept_day = false;
    tx.rewrite("person", people, &mut |row| {
        row.replace(trainee::TRAINEE, slug.clone());
        row.replace(trainee::LAST_NAME, slug.clone());
        row.replace(trainee::FIRST_NAME, NO_NAME.to_owned());
        row.fold(folded.clone());
        row.empty(trainee::REF);
        if let Some(birth) = row.date_of(trainee::BIRTH_DATE) {
            let coarse = month_of_birth(birth, &entries);
            kept_day |= coarse.is_none();
            row.redate(trainee::BIRTH_DATE, coarse.unwrap_or(birth));
        }
    })?;
    done.birth_day_kept = kept_day;
    let empty =
        |fields: &'static [FieldAt]| move |row: &mut Remembered| fields.iter().for_each(|field| row.empty(*field));
    tx.rewrite("contact", people, &mut empty(&CONTACT))?;
    let stays = tx.rewrite("participation", people, &mut empty(&[trainee::REFERRER, trainee::MOTIVATION_NOTE]))?;
    if stays > 0 {
        done.emptied.insert(Kind::Trainees, stays);
    }
    done.aliases = tx.free_aliases(&subject.people)?;
    Ok(())
}

/// Every entry day that any version of the participations holds: reports count ages on these days.
fn entries(tx: &Tx<'_>, subject: &Subject) -> Result<BTreeSet<Date>> {
    let versions = tx.versions("participation", Owner::People(&subject.people))?;
    Ok(versions.iter().filter_map(|v| v.date_of(trainee::ENTRY)).collect())
}

/// A day of the month of birth that tells nothing more than the month, and gives the same age on each entry day: the
/// first, else the last one. `None` when only the day itself does.
pub(super) fn month_of_birth(birth: Date, entries: &BTreeSet<Date>) -> Option<Date> {
    let first = Date::new(birth.year(), birth.month(), 1)?;
    let last = first.plus_months(1).plus_days(-1);
    let same_age = |day: &Date| entries.iter().all(|entry| day.age_on(*entry) == birth.age_on(*entry));
    [first, last].into_iter().find(same_age)
}
