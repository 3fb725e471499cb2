//! Whose a row of trainees is: by slug, else by reference, else by names and birth date; never against what it says of itself.

use super::request::Request;
use super::resolve::World;
use super::rules::Check;
use super::saving::{Likely, Saving};
use crate::domain::closed_list::ClosedList;
use crate::domain::id::PersonId;
use crate::domain::kind::trainee;
use crate::domain::matcher::{Face, Same, contradicts};
use crate::domain::trainee::{Sex, is_erased};
use crate::domain::{Date, Text};
use crate::store::faces::Known;
use crate::store::{Identity, Lookup};
use crate::text;
use anyhow::Result;

/// Whose a row is.
#[derive(Debug, Default)]
pub struct Whose {
    /// The known person.
    pub person: Option<Identity>,
    /// People whom a new person may be, with what agrees and what differs.
    pub alike: Vec<(Known, Text)>,
}

/// Finds whose a row of trainees is; a key that names somebody whom the row contradicts is refused in `check`.
pub fn whose(
    world: &mut World,
    lookup: &Lookup<'_>,
    request: &Request,
    (saving, check): (&Saving<'_>, &mut Check),
) -> Result<Whose> {
    let row = face(request);
    let by_key = by_key(lookup, request)?;
    if let Some((key, person)) = by_key {
        // At the keyboard a person is chosen before their names are changed.
        if request.line.is_some() && !saving.accepted.has("identity") {
            let known = world.everybody(lookup)?.of(person.id).cloned();
            if let Some(known) = known.filter(|known| !is_erased(&known.slug) && contradicts(&row, &known.face)) {
                refuse(&key, (&row, &known), check);
            }
        }
        return Ok(Whose { person: Some(person), alike: Vec::new() });
    }
    if row.name.0.is_empty() && row.name.1.is_empty() {
        return Ok(Whose::default());
    }
    let people = world.everybody(lookup)?;
    let like: Vec<(Known, Same)> = people.like(&row).into_iter().map(|(known, same)| (known.clone(), same)).collect();
    // A row that gives a free slug is a new person: homonyms come back from a file as two.
    let named_anew = request.text(trainee::TRAINEE).is_some() && request.line.is_some();
    let certain = like.iter().find(|(_, same)| *same == Same::Certain).filter(|_| !named_anew);
    let likely = like.iter().filter(|(known, same)| matches!(same, Same::Likely(_)) && !is_erased(&known.slug));
    let mut likely = likely.map(|(known, same)| (known.clone(), told(known, same)));
    let chosen = match (certain, saving.accepted.likely) {
        (Some((known, _)), _) => Some(known.id),
        (None, Likely::Same) => likely.next().map(|(known, _)| known.id),
        (None, Likely::New) => None,
    };
    if let Some(person) = chosen {
        return Ok(Whose { person: lookup.find_person(person)?, alike: Vec::new() });
    }
    let mut alike: Vec<(Known, Text)> = likely.collect();
    if named_anew {
        let same = like.iter().filter(|(_, same)| *same == Same::Certain);
        alike.extend(same.map(|(known, same)| (known.clone(), told(known, same))));
    }
    if alike.is_empty() && !named_anew {
        alike = homonyms(people, &row);
    }
    Ok(Whose { person: None, alike })
}

/// That a new person may be this one, with what agrees and what differs.
fn told(known: &Known, same: &Same) -> Text {
    let why = match same {
        Same::Likely(why) => why.clone(),
        Same::Certain | Same::Other => text!("mêmes nom et date de naissance", "same name and birth date"),
    };
    let (who, id) = (&known.slug, known.id);
    text!(
        "peut-être la même personne que {who} (n° {id}) : {why} (--merge-likely pour n'en faire qu'une)",
        "maybe the same person as {who} (no. {id}): {why} (--merge-likely to make them one)";
        why
    )
}

/// People of the same name who are others by their birth date: worth a look.
fn homonyms(people: &super::people::People, row: &Face) -> Vec<(Known, Text)> {
    let named = people.called(&format!("{} {}", row.name.0, row.name.1));
    let others = named.into_iter().filter(|known| known.face.name_key() == row.name_key() && !is_erased(&known.slug));
    let told = |known: &Known| {
        let (who, id) = (&known.slug, known.id);
        text!(
            "même nom que {who} (n° {id}), autre date de naissance",
            "same name as {who} (no. {id}), another birth date"
        )
    };
    others.map(|known| (known.clone(), told(known))).collect()
}

/// The person whom a key names: the number, the slug, the school's own reference.
fn by_key(lookup: &Lookup<'_>, request: &Request) -> Result<Option<(Text, Identity)>> {
    if let Some(id) = request.id {
        let named = lookup.find_person(PersonId::of(id))?;
        return Ok(named.map(|person| (text!("n° {id}", "no. {id}"), person)));
    }
    if let Some(slug) = request.text(trainee::TRAINEE)
        && let Some(person) = lookup.find_slug(slug)?
    {
        return Ok(Some((Text::same(slug.to_owned()), person)));
    }
    let Some(reference) = request.text(trainee::REF) else { return Ok(None) };
    let named = lookup.find_reference(reference)?;
    Ok(named.map(|person| (text!("référence {reference}", "reference {reference}"), person)))
}

fn face(request: &Request) -> Face {
    let text = |field| request.text(field).map(str::to_owned);
    let (last, first) = (text(trainee::LAST_NAME).unwrap_or_default(), text(trainee::FIRST_NAME).unwrap_or_default());
    let birth = request.birth_name.as_ref().map(|name| (name.clone(), first.clone()));
    Face {
        name: (last, first),
        also: birth.into_iter().collect(),
        born: request.date(trainee::BIRTH_DATE),
        sex: request.text(trainee::SEX).and_then(Sex::from_code),
        reference: text(trainee::REF),
        phone: text(trainee::PHONE),
        email: text(trainee::EMAIL),
    }
}

fn refuse(key: &Text, (row, known): (&Face, &Known), check: &mut Check) {
    let said = |face: &Face| {
        let (last, first) = (&face.name.0, &face.name.1);
        match face.born.map(Date::french) {
            Some(born) => {
                let iso = face.born.unwrap_or(Date::MIN);
                text!("{first} {last}, {born}", "{first} {last}, {iso}")
            }
            None => text!("{first} {last}", "{first} {last}"),
        }
    };
    let (known, row) = (said(&known.face), said(row));
    check.conflict(
        text!("{key} est {known} ; la ligne est {row}", "{key} is {known}; this row is {row}"; key, known, row),
        text!(
            "corrigez la clé, retirez-la, ou acceptez : --accept identity",
            "correct the key, take it out, or accept it: --accept identity"
        ),
    );
}
