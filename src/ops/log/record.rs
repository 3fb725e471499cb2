//! One record in words: whose it is, and what tells it from their others.

use crate::domain::closed_list::ClosedList;
use crate::domain::folding::fold;
use crate::domain::id::{PersonId, RecordId, StayId};
use crate::domain::placement::{Point, SituationType};
use crate::domain::progress::{AttendanceStatus, LicenceStep};
use crate::domain::{Act, Date, Kind, Text};
use crate::store::attendance::Mark;
use crate::store::{Operation, Remembered, Store};
use crate::text;
use anyhow::Result;

/// The single record that an operation touched, in words; `None` when it was erased or is a mark.
pub fn words(store: &Store, operation: &Operation) -> Result<Option<Text>> {
    // The record speaks before its parts: a new trainee is a participation, not an address.
    for table in ["participation", "person", "contact", "funder", "grants"] {
        if let Some(found) = one(store, operation, table)? {
            return Ok(Some(found));
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
    let own = |column: &str| row.text(column).map(Text::same);
    Ok(match table {
        "person" => Some(Text::same(full_name(row))),
        "contact" => person(store, row.id("person"))?,
        "participation" => stay(store, row)?,
        "cohort" => own("cohort"),
        "catalogue" => own("certificate"),
        "module" => own("module"),
        "funder" => own("name"),
        "template" => match row.id("funder") {
            Some(id) => store.remembered("funder", &key(id))?.and_then(|f| f.text("name").map(Text::same)),
            None => None,
        },
        "grants" => own("grant"),
        "grant_cohort" => match row.id("grant") {
            Some(id) => store.remembered("grants", &key(id))?.and_then(|g| g.text("grant").map(Text::same)),
            None => None,
        },
        "target" => own("indicator"),
        "setting" => {
            let (key, value) = (row.text("key").unwrap_or(""), row.text("value").unwrap_or(""));
            Some(text!("{key} = {value}", "{key} = {value}"))
        }
        "budget" => own("class"),
        "slot" => row.date("day").map(day),
        "note" => with(person(store, row.id("person"))?, row.date("date").map(day)),
        "licence" => {
            let step = row.text("step").and_then(LicenceStep::from_code).map(LicenceStep::text);
            with(with(person(store, row.id("person"))?, step), row.date("date").map(day))
        }
        "placement" => {
            let kind = row.text("type").and_then(SituationType::from_code).map(SituationType::text);
            let company = row.text("user_company").or(row.text("company")).map(Text::same);
            with(with(of_stay(store, row)?, kind), company)
        }
        "followup" => {
            let point = row.text("point").and_then(Point::from_code).map(Point::text);
            with(with(of_stay(store, row)?, point), row.date("date").map(day))
        }
        "result" => {
            let module = match row.id("module") {
                Some(id) => store.remembered("module", &key(id))?,
                None => None,
            };
            with(of_stay(store, row)?, module.and_then(|m| m.text("module").map(Text::same)))
        }
        "certificate" => {
            let certificate = match row.id("certificate") {
                Some(id) => store.remembered("catalogue", &key(id))?,
                None => None,
            };
            with(of_stay(store, row)?, certificate.and_then(|c| c.text("certificate").map(Text::same)))
        }
        "interview" => with(of_stay(store, row)?, row.date("date").map(day)),
        _ => None,
    })
}

fn key(id: RecordId) -> String {
    format!("[{id}]")
}

fn day(date: Date) -> Text {
    Text::new(date.french(), date.to_string())
}

/// Both, or the one that is known.
fn with(first: Option<Text>, second: Option<Text>) -> Option<Text> {
    match (first, second) {
        (Some(a), Some(b)) => {
            let (a_fr, a_en, b_fr, b_en) = (a.fr, a.en, b.fr, b.en);
            Some(text!("{a_fr}, {b_fr}", "{a_en}, {b_en}"))
        }
        (a, b) => a.or(b),
    }
}

fn full_name(person: &Remembered) -> String {
    format!("{} {}", person.text("first_name").unwrap_or(""), person.text("last_name").unwrap_or("")).trim().to_owned()
}

fn person(store: &Store, id: Option<PersonId>) -> Result<Option<Text>> {
    let Some(id) = id else { return Ok(None) };
    let row = store.remembered("person", &key(id.into()))?;
    // An erased person leaves a number and no name.
    Ok(Some(row.map_or_else(|| text!("stagiaire n° {id}", "trainee no. {id}"), |p| Text::same(full_name(&p)))))
}

fn stay(store: &Store, participation: &Remembered) -> Result<Option<Text>> {
    let cohort = match participation.id("cohort") {
        Some(id) => store.remembered("cohort", &key(id))?,
        None => None,
    };
    let code = cohort.and_then(|c| c.text("cohort").map(str::to_owned));
    Ok(person(store, participation.id("person"))?.map(|who| match code {
        Some(code) => {
            text!("{who} ({code})", "{who} ({code})"; who)
        }
        None => who,
    }))
}

fn of_stay(store: &Store, row: &Remembered) -> Result<Option<Text>> {
    let Some(id) = row.id("participation") else { return Ok(None) };
    match store.remembered("participation", &key(id))? {
        Some(participation) => person(store, participation.id("person")),
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
    let whose = rows[0].id::<StayId>("participation");
    if rows.iter().any(|r| r.id("participation") != whose) {
        return Ok(None);
    }
    let (Some(who), first, last) = (
        of_stay(store, &rows[0])?,
        rows.iter().filter_map(|r| r.date("day")).min(),
        rows.iter().filter_map(|r| r.date("day")).max(),
    ) else {
        return Ok(None);
    };
    let statuses: Vec<AttendanceStatus> =
        rows.iter().filter_map(|r| Some(Mark::unpack(r.int("mark")?).status)).collect();
    let when = when(first, last);
    let what =
        if let Some(Act::Clear | Act::Late) = operation.act { operation.label() } else { status_words(&statuses) };
    let (w_fr, w_en, fr, en) = (what.fr, what.en, who.fr, who.en);
    let (d_fr, d_en, of) = (when.fr, when.en, of(&fr));
    Ok(Some(text!("{w_fr} {of}{fr} {d_fr}", "{w_en} of {en} {d_en}")))
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
        text!(
            "le {first}",
            "on {first}";
            first
        )
    } else {
        text!(
            "du {first} au {last}",
            "from {first} to {last}";
            first, last
        )
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
