//! One record in words: whose it is, and what tells it from their others.

use crate::domain::folding::fold;
use crate::domain::id::{PersonId, RecordId};
use crate::domain::kind::{FieldAt, Holds, Owner, attendance, cohort, setting, trainee};
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, ClosedList, Date, Kind, Text};
use crate::ops::request::spoken;
use crate::store::{Operation, Remembered, Store};
use crate::text;
use anyhow::Result;

/// The single record that an operation touched, in words; `None` when it was erased or is a mark.
pub fn words(store: &Store, operation: &Operation) -> Result<Option<Text>> {
    // The record speaks before its parts: a new trainee is a participation, not an address.
    for declared in Kind::ALL.iter().map(|kind| kind.declaration()).filter(|declared| !declared.parts.is_empty()) {
        for table in std::iter::once(&declared.table).chain(declared.parts) {
            if let Some(found) = one(store, operation, table)? {
                return Ok(Some(found));
            }
        }
    }
    for (table, _) in &operation.ids {
        if let Some(found) = one(store, operation, table)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn one(store: &Store, operation: &Operation, table: &str) -> Result<Option<Text>> {
    let Some(key) = operation.ids.iter().find(|(t, _)| t == table).and_then(|(_, keys)| keys.first()) else {
        return Ok(None);
    };
    let Some(row) = store.remembered(table, key)? else { return Ok(None) };
    described(store, table, &row)
}

fn described(store: &Store, table: &str, row: &Remembered) -> Result<Option<Text>> {
    let Some(kind) = Kind::of_table(table) else { return Ok(None) };
    let declared = kind.declaration();
    match kind {
        Kind::Trainees if table == declared.table => return stay(store, row),
        Kind::Trainees => return if row.former().is_some() { Ok(None) } else { person(store, row.person()) },
        Kind::Settings => {
            let said = |field| row.text_of(field).unwrap_or("");
            let (key, value) = (said(setting::KEY), said(setting::VALUE));
            return Ok(Some(text!("{key} = {value}", "{key} = {value}")));
        }
        _ => {}
    }
    if table != declared.table {
        let Some(whole) = row.whole() else { return Ok(None) };
        let Some(row) = store.remembered(declared.table, &key(whole))? else { return Ok(None) };
        return described(store, declared.table, &row);
    }
    if declared.told_by.is_empty() {
        return Ok(None);
    }
    let mut said = match declared.owner {
        Owner::Stay => of_stay(store, row)?,
        Owner::Person => person(store, row.person())?,
        Owner::School | Owner::Cohort | Owner::Grant => None,
    };
    for group in declared.told_by {
        for field in *group {
            if let Some(words) = told(store, row, *field)? {
                said = with(said, Some(words));
                break;
            }
        }
    }
    Ok(said)
}

/// A field in words: its value, or the code of the record that it names.
fn told(store: &Store, row: &Remembered, field: FieldAt) -> Result<Option<Text>> {
    let Holds::Ref(_) = field.holds else {
        return Ok(row.value_of(field).map(|value| spoken(&field, Some(&value))));
    };
    let Some(named) = store.remembered_named(row, field)? else { return Ok(None) };
    let code = named.kind().and_then(Kind::named_by).and_then(|code| named.text_of(code));
    Ok(code.map(Text::same))
}

fn key(id: RecordId) -> String {
    format!("[{id}]")
}

/// Both, or the one that is known.
fn with(first: Option<Text>, second: Option<Text>) -> Option<Text> {
    match (first, second) {
        (Some(a), Some(b)) => Some(text!("{a}, {b}", "{a}, {b}"; a, b)),
        (a, b) => a.or(b),
    }
}

fn full_name(person: &Remembered) -> String {
    let said = |field| person.text_of(field).unwrap_or("");
    format!("{} {}", said(trainee::FIRST_NAME), said(trainee::LAST_NAME)).trim().to_owned()
}

fn person(store: &Store, id: Option<PersonId>) -> Result<Option<Text>> {
    let Some(id) = id else { return Ok(None) };
    let row = store.remembered("person", &key(id.into()))?;
    // An erased person leaves a number and no name.
    Ok(Some(row.map_or_else(|| text!("stagiaire n° {id}", "trainee no. {id}"), |p| Text::same(full_name(&p)))))
}

fn stay(store: &Store, participation: &Remembered) -> Result<Option<Text>> {
    let cohort = store.remembered_named(participation, trainee::COHORT)?;
    let code = cohort.as_ref().and_then(|cohort| cohort.text_of(cohort::COHORT));
    Ok(person(store, participation.person())?.map(|who| match code {
        Some(code) => text!("{who} ({code})", "{who} ({code})"; who),
        None => who,
    }))
}

fn of_stay(store: &Store, row: &Remembered) -> Result<Option<Text>> {
    let Some(id) = row.stay() else { return Ok(None) };
    match store.remembered(Kind::Trainees.declaration().table, &key(id.into()))? {
        Some(participation) => person(store, participation.person()),
        None => Ok(None),
    }
}

/// The marks that an operation made, when it made few, all of one person: « absence de Saïd Bensaïd le 05/12/2018 ».
pub fn half_days(store: &Store, operation: &Operation) -> Result<Option<Text>> {
    let [(table, keys)] = &operation.ids[..] else { return Ok(None) };
    if Kind::of_table(table) != Some(Kind::Attendance) || keys.is_empty() || keys.len() >= super::KEYS_KEPT {
        return Ok(None);
    }
    let mut rows = Vec::new();
    for key in keys {
        let Some(row) = store.remembered(table, key)? else { return Ok(None) };
        rows.push(row);
    }
    let whose = rows[0].stay();
    if rows.iter().any(|r| r.stay() != whose) {
        return Ok(None);
    }
    let (Some(who), first, last) = (
        of_stay(store, &rows[0])?,
        rows.iter().filter_map(|r| r.date_of(attendance::DATE)).min(),
        rows.iter().filter_map(|r| r.date_of(attendance::DATE)).max(),
    ) else {
        return Ok(None);
    };
    let statuses: Vec<AttendanceStatus> = rows.iter().filter_map(|r| Some(r.mark()?.status)).collect();
    let when = when(first, last);
    let what =
        if let Some(Act::Clear | Act::Late) = operation.act { operation.label() } else { status_words(&statuses) };
    let of = of(&who.fr);
    Ok(Some(text!("{what} {of}{who} {when}", "{what} of {who} {when}"; what, who, when)))
}

fn status_words(statuses: &[AttendanceStatus]) -> Text {
    let all = |status| statuses.iter().all(|s| *s == status);
    if all(AttendanceStatus::Unexcused) {
        text!("absence", "absence")
    } else if all(AttendanceStatus::Excused) {
        text!("absence justifiée", "excused absence")
    } else if all(AttendanceStatus::Present) {
        text!("présence", "presence")
    } else {
        text!("présences et absences", "attendance")
    }
}

fn when(first: Option<Date>, last: Option<Date>) -> Text {
    let (Some(first), Some(last)) = (first, last) else { return Text::same("") };
    if first == last {
        text!("le {first}", "on {first}"; first)
    } else {
        text!("du {first} au {last}", "from {first} to {last}"; first, last)
    }
}

/// « de » before a name, « d' » before a vowel.
fn of(name: &str) -> &'static str {
    if fold(name).starts_with(['a', 'e', 'i', 'o', 'u']) { "d'" } else { "de " }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn de_is_cut_before_a_vowel() {
        for (name, word) in [("Amélie", "d'"), ("Élodie", "d'"), ("Œdipe", "d'"), ("Saïd", "de "), ("", "de ")] {
            assert_eq!(of(name), word, "{name}");
        }
    }
}
