//! What tells people from each other: names with earlier spellings and those of merged records, births, ways to reach them.

use super::lookup::Lookup;
use crate::domain::id::PersonId;
use crate::domain::matcher::Face;
use crate::store::rows::rows;
use anyhow::Result;
use std::collections::HashMap;

/// A person and what tells them from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Record number.
    pub id: PersonId,
    /// Slug.
    pub slug: String,
    /// What tells them from others.
    pub face: Face,
}

impl Known {
    fn new(id: PersonId, slug: String, face: Face) -> Known {
        Known { id, slug, face }
    }
}

impl Lookup<'_> {
    /// Everybody, by number.
    pub fn faces(&self) -> Result<Vec<Known>> {
        self.known(
            concat!(include_str!("sql/trainees/faces.sql"), "WHERE p.id > ?1 ORDER BY p.id"),
            PersonId::from_number(0),
        )
    }

    /// One person.
    pub fn face(&self, person: PersonId) -> Result<Option<Known>> {
        Ok(self.known(concat!(include_str!("sql/trainees/faces.sql"), "WHERE p.id = ?1"), person)?.pop())
    }

    fn known(&self, sql: &str, person: PersonId) -> Result<Vec<Known>> {
        Ok(rows!(self.conn, sql, [person], |id,
                                            slug,
                                            reference,
                                            last_name,
                                            first_name,
                                            birth_date,
                                            sex,
                                            phone,
                                            email| {
            let name = (last_name, first_name);
            Known::new(id, slug, Face { name, also: Vec::new(), born: birth_date, sex, reference, phone, email })
        }))
    }

    /// The names that people had before: earlier spellings, and those of records merged into theirs.
    pub fn former_names(&self) -> Result<HashMap<PersonId, Vec<(String, String)>>> {
        let mut names: HashMap<PersonId, Vec<(String, String)>> = HashMap::new();
        let sql = include_str!("sql/trainees/former_names.sql");
        for (person, name) in
            rows!(self.conn, sql, [], |person, last_name, first_name| (person, (last_name, first_name)))
        {
            names.entry(person).or_default().push(name);
        }
        Ok(names)
    }
}
