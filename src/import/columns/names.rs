//! What a header is: a field of a kind, the number of a record, the name of a person; each name folded once.

use crate::domain::cohort::Half;
use crate::domain::folding::letters_and_digits;
use crate::domain::kind::{Holds, Target, trainee};
use crate::domain::{ClosedList, Kind};
use crate::import::columns::days::DayHeader;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The header of the reasons; a column that is so called is read past by every import.
pub const REASON: &str = "reason";

/// What a column of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A field of the kind, by position.
    Field(usize),
    /// The number of the record.
    Id,
    /// The school's own reference, in place of the slug.
    Reference,
    /// A part of what somebody is called, where a file names people in words.
    Person(Part),
    /// A day of an attendance grid, or one half of it.
    HalfDay(DayHeader, Option<Half>),
    /// A column without header: its cells must be empty.
    Unnamed,
    /// Read past: unknown and allowed, the name in a grid, the reason of an earlier refusal.
    Ignored,
}

/// A part of what somebody is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The last name, where the kind only names people.
    Last,
    /// The first name, where the kind only names people.
    First,
    /// Both names in one cell, told apart by capitals or a comma.
    Both,
    /// Both names in one cell, the last name first, as a person said of the column.
    LastFirst,
    /// Both names in one cell, the first name first, as a person said of the column.
    FirstLast,
    /// The name somebody was born with.
    Birth,
    /// The birth date, where the kind only names people.
    Born,
}

impl Part {
    /// Whether one cell holds both names.
    pub fn is_both(self) -> bool {
        matches!(self, Part::Both | Part::LastFirst | Part::FirstLast)
    }
}

/// Headers of the column `id`.
const ID: &[&str] = &["id", "numero", "n"];
/// What `--map` calls both names in one column, last name first or first name first.
const BOTH_SAID: &[(&str, Part)] = &[
    ("last_name+first_name", Part::LastFirst),
    ("first_name+last_name", Part::FirstLast),
    ("nom+prénom", Part::LastFirst),
    ("prénom+nom", Part::FirstLast),
];
/// Headers of a column with both names.
const BOTH: &[&str] = &[
    "nom prénom",
    "nom et prénom",
    "nom/prénom",
    "nom(s) prénom(s)",
    "nom et prénoms",
    "noms et prénoms",
    "prénom nom",
    "prénom et nom",
    "nom complet",
    "bénéficiaire",
    "apprenant",
    "participant",
    "candidat",
    "name",
    "full name",
    "nom du stagiaire et prénom",
];
const BIRTH_NAME: &[&str] =
    &["nom de naissance", "nom de jeune fille", "nom patronymique", "birth name", "maiden name"];

type Known = HashMap<String, Vec<(Kind, Column)>>;

/// Every name of every column of every kind.
fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut all = Known::new();
        Kind::ALL.iter().for_each(|kind| names_of(*kind, &mut all));
        all
    })
}

fn names_of(kind: Kind, all: &mut Known) {
    let mut put = |key: String, column: Column| {
        let of = all.entry(key).or_default();
        if of.iter().all(|(known, _)| *known != kind) {
            of.push((kind, column));
        }
    };
    // What a field is called itself comes before what another is also called: `session` is a field of interviews.
    for (position, field) in kind.fields().iter().enumerate() {
        [field.name, field.fr].into_iter().for_each(|name| put(letters_and_digits(name), Column::Field(position)));
    }
    for (position, field) in kind.fields().iter().enumerate() {
        field.names().for_each(|name| put(letters_and_digits(name), Column::Field(position)));
    }
    for (position, field) in kind.fields().iter().enumerate() {
        [field.name, field.fr].into_iter().for_each(|name| put(without_unit(name), Column::Field(position)));
    }
    ID.iter().for_each(|name| put((*name).to_owned(), Column::Id));
    put(REASON.to_owned(), Column::Ignored);
    let names_people = names_people(kind);
    if names_people {
        ["ref", "reference"].into_iter().for_each(|name| put(name.to_owned(), Column::Reference));
        let person = |part| move |name: &str| (letters_and_digits(name), Column::Person(part));
        let parts =
            [(trainee::LAST_NAME, Part::Last), (trainee::FIRST_NAME, Part::First), (trainee::BIRTH_DATE, Part::Born)];
        for (field, part) in parts {
            field.names().map(person(part)).for_each(|(key, column)| put(key, column));
        }
    }
    if names_people || kind == Kind::Trainees {
        BOTH.iter().for_each(|name| put(letters_and_digits(name), Column::Person(Part::Both)));
        BIRTH_NAME.iter().for_each(|name| put(letters_and_digits(name), Column::Person(Part::Birth)));
    }
}

/// Whether the rows of a kind name a person by slug, reference or name.
pub fn names_people(kind: Kind) -> bool {
    kind.fields().iter().any(|f| matches!(f.holds, Holds::Ref(Target::Trainee)))
}

/// The letters and digits of a header without its unit in brackets.
fn without_unit(text: &str) -> String {
    letters_and_digits(text.split('(').next().unwrap_or(text))
}

/// What a header is in files of a kind, if anything.
pub fn find(kind: Kind, header: &str) -> Option<Column> {
    let header = header.trim().trim_end_matches(['*', ':']).trim_end();
    if let Some((_, part)) = BOTH_SAID.iter().find(|(said, _)| *said == header) {
        return (names_people(kind) || kind == Kind::Trainees).then_some(Column::Person(*part));
    }
    let named = |key: String| {
        let of = known().get(&key)?;
        of.iter().find(|(known, _)| *known == kind).map(|(_, column)| *column)
    };
    named(letters_and_digits(header)).or_else(|| named(without_unit(header)))
}

/// Whether two headers are the same to a person.
pub fn same_header(header: &str, name: &str) -> bool {
    header == name || letters_and_digits(header) == letters_and_digits(name) && !letters_and_digits(name).is_empty()
}

/// How many of these headers are different columns of a kind.
pub fn explained(kind: Kind, headers: &[String]) -> usize {
    let mut found: Vec<Column> = Vec::new();
    for column in headers.iter().filter_map(|header| find(kind, header)) {
        if !found.contains(&column) {
            found.push(column);
        }
    }
    found.len()
}

/// Whether a header is a column of any kind.
pub fn is_of_any_kind(header: &str) -> bool {
    Kind::ALL.iter().any(|kind| find(*kind, header).is_some())
}

/// Whether every header is written exactly as exports write it, in one of the two languages.
pub fn are_ours(kind: Kind, headers: &[String]) -> bool {
    let exact = |header: &&String| {
        kind.fields().iter().any(|f| f.name == *header || f.fr == *header)
            || matches!(header.as_str(), "" | "id" | "Numéro" | REASON)
    };
    headers.iter().all(|header| exact(&header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_own_name_whatever_another_is_also_called() {
        for kind in Kind::ALL {
            for (at, field) in kind.fields().iter().enumerate() {
                for name in [field.name, field.fr] {
                    assert_eq!(find(*kind, name), Some(Column::Field(at)), "{name} of {}", kind.code());
                }
            }
        }
    }

    #[test]
    fn a_person_is_named_by_the_headers_of_everyday_lists() {
        let field = |at: crate::domain::kind::FieldAt| Some(Column::Field(at.position()));
        for (header, column) in [
            ("Né(e) le", field(trainee::BIRTH_DATE)),
            ("Date d’entrée", field(trainee::ENTRY)),
            ("Tél. *", field(trainee::PHONE)),
            ("CIVILITÉ", field(trainee::SEX)),
            ("Adresse (complément)", field(trainee::ADDRESS)),
            ("Nom (de la structure)", field(trainee::LAST_NAME)),
            ("Nom de naissance", Some(Column::Person(Part::Birth))),
            ("NOM Prénom", Some(Column::Person(Part::Both))),
            ("Bénéficiaire", Some(Column::Person(Part::Both))),
            ("Zone de mobilité", None),
        ] {
            assert_eq!(find(Kind::Trainees, header), column, "{header}");
        }
        assert_eq!(find(Kind::Notes, "Prénom"), Some(Column::Person(Part::First)));
        assert_eq!(find(Kind::Cohorts, "Prénom"), None);
    }
}
