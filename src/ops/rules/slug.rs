//! The slug of a new person and the folded name they are searched by.

use super::Check;
use crate::domain::kind::{FieldAt, staff, trainee};
use crate::domain::{Record, Text, Value, folding};
use crate::ops::resolve::Found;
use crate::store::Lookup;
use crate::text;
use anyhow::Result;

/// A free slug for a new person: the one given when it is free, else one made from the names.
pub fn slug(lookup: &Lookup<'_>, new: &mut Record, found: &Found, check: &mut Check) -> Result<()> {
    if found.person.is_some() || !check.troubles.is_empty() {
        return Ok(());
    }
    if let Some(given) = new.text(trainee::TRAINEE)
        && (!possible(trainee::TRAINEE, given, check) || lookup.find_slug(given)?.is_none())
    {
        return Ok(());
    }
    let base = folding::slug(new.text(trainee::LAST_NAME).unwrap_or(""), new.text(trainee::FIRST_NAME).unwrap_or(""));
    let mut free = base.clone();
    let mut n = 1;
    while lookup.find_slug(&free)?.is_some() {
        n += 1;
        free = format!("{base}-{n}");
    }
    new.set(trainee::TRAINEE, Some(Value::Text(free)));
    Ok(())
}

/// The code of somebody of the staff: the one given, else one made from the names.
pub(super) fn staff(lookup: &Lookup<'_>, new: &mut Record, check: &mut Check) -> Result<()> {
    if let Some(given) = new.text(staff::STAFF) {
        possible(staff::STAFF, given, check);
        return Ok(());
    }
    let base = folding::slug(new.text(staff::LAST_NAME).unwrap_or(""), new.text(staff::FIRST_NAME).unwrap_or(""));
    let mut free = base.clone();
    let mut n = 1;
    while lookup.find_staff(&free)?.is_some() {
        n += 1;
        free = format!("{base}-{n}");
    }
    new.set(staff::STAFF, Some(Value::Text(free)));
    Ok(())
}

/// Refuses a slug that no command line and no file name could hold as it is.
fn possible(field: FieldAt, given: &str, check: &mut Check) -> bool {
    let right = folding::slug_of(given);
    if right == given {
        return true;
    }
    check.refuse_with(
        field,
        given.to_owned(),
        text!(
            "nom court impossible : lettres sans accent, chiffres et tirets",
            "impossible slug: plain letters, digits and dashes"
        ),
        Text::same(right),
    );
    false
}

/// Last and first name as they are searched.
pub fn folded(new: &Record) -> String {
    folding::fold(&format!(
        "{} {}",
        new.text(trainee::LAST_NAME).unwrap_or(""),
        new.text(trainee::FIRST_NAME).unwrap_or("")
    ))
}
