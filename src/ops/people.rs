//! Everybody at once, to find whom a row means: by what records of one person share.

use crate::domain::id::PersonId;
use crate::domain::matcher::{Face, Same, same};
use crate::store::Lookup;
use crate::store::faces::Known;
use anyhow::Result;
use std::collections::{BTreeSet, HashMap};

/// Words in the names of more people than this are no clue by themselves.
const COMMON: usize = 400;

/// Everybody, with the clues that lead to them.
pub struct People {
    all: Vec<Known>,
    places: HashMap<PersonId, usize>,
    clues: HashMap<String, Vec<usize>>,
}

impl People {
    /// Everybody recorded.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn read(lookup: &Lookup<'_>) -> Result<People> {
        let mut former = lookup.former_names()?;
        let mut people = People { all: Vec::new(), places: HashMap::new(), clues: HashMap::new() };
        for mut known in lookup.faces()? {
            known.face.also = former.remove(&known.id).unwrap_or_default();
            people.put(known);
        }
        Ok(people)
    }

    /// Takes in a person as they are now; earlier spellings stay theirs.
    pub fn put(&mut self, mut known: Known) {
        let at = match self.places.get(&known.id) {
            Some(at) => {
                let before = &self.all[*at].face;
                known.face.also = before.also.iter().chain([&before.name]).cloned().collect();
                self.all[*at] = known;
                *at
            }
            None => {
                self.places.insert(known.id, self.all.len());
                self.all.push(known);
                self.all.len() - 1
            }
        };
        for clue in self.all[at].face.clues() {
            let list = self.clues.entry(clue).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
    }

    /// A person by number.
    pub fn of(&self, person: PersonId) -> Option<&Known> {
        self.places.get(&person).map(|at| &self.all[*at])
    }

    /// Those who are or may be this person, by number.
    pub fn like(&self, face: &Face) -> Vec<(&Known, Same)> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for clue in face.clues() {
            let list = self.clues.get(&clue).map_or(&[][..], Vec::as_slice);
            let tells = !clue.starts_with('w') || list.len() <= COMMON;
            places.extend(list.iter().filter(|_| tells));
        }
        let compared = places.into_iter().map(|at| (&self.all[at], same(face, &self.all[at].face)));
        compared.filter(|(_, same)| *same != Same::Other).collect()
    }

    /// Those called so, last name first or first name first, whatever else is known of them.
    pub fn called(&self, name: &str) -> Vec<&Known> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let mut found = BTreeSet::new();
        for cut in 1..words.len() {
            let (a, b) = (words[..cut].join(" "), words[cut..].join(" "));
            let clue = format!("n{}", Face::of(&a, &b).name_key());
            found.extend(self.clues.get(&clue).into_iter().flatten().copied());
        }
        found.into_iter().map(|at| &self.all[at]).collect()
    }
}
