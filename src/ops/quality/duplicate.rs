//! The rule about one person recorded twice, without comparing everybody with everybody: two people are compared only when
//! they share a clue that every probable double shares.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::Text;
use crate::domain::id::PersonId;
use crate::domain::matcher::{Face, Same, same};
use crate::store::quality::QualityStay;
use crate::text;
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};

/// Words in the names of more people than this are no clue.
const COMMON: usize = 400;

/// Two people who are or may be one: each pair once, under the one recorded later.
pub fn near_duplicate(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let people = everybody(school);
    let asked = school.people();
    for ((a, b), why) in pairs(&people) {
        let (known, double) = (people[a].0, people[b].0);
        if !asked.contains_key(&known.person) && !asked.contains_key(&double.person) {
            continue;
        }
        let (who, other) = (name(double), name(known));
        let (n, m) = (double.person, known.person);
        let message = text!(
            "{who} (n° {n}) semble être la même personne que {other} (n° {m}) : {why}",
            "{who} (no. {n}) looks like the same person as {other} (no. {m}): {why}";
            why
        );
        let mut about = school.about(double).detail(format!("/ trainee {m}"));
        about.place.number = m.number();
        found.add(about, message, fix::merge(&known.slug, &double.slug));
    }
    Ok(())
}

/// Everybody by number: the later record of a pair comes second.
fn everybody<'a>(school: &'a School<'_>) -> Vec<(&'a QualityStay, Face)> {
    let firsts: BTreeMap<PersonId, &QualityStay> = school.everybody.iter().rev().map(|s| (s.person, s)).collect();
    let face = |stay: &QualityStay| Face { born: stay.birth_date, ..Face::of(&stay.last_name, &stay.first_name) };
    firsts.into_values().map(|stay| (stay, face(stay))).collect()
}

/// The pairs of people, by position, that may be one person, and why.
fn pairs(people: &[(&QualityStay, Face)]) -> BTreeMap<(usize, usize), Text> {
    let mut clues: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, (_, face)) in people.iter().enumerate() {
        face.clues().into_iter().for_each(|clue| clues.entry(clue).or_default().push(at));
    }
    let mut pairs = BTreeMap::new();
    for (clue, list) in &clues {
        // A word that hundreds of people share tells nobody apart; of two people with a birth date that date tells.
        let word = clue.starts_with('w');
        if word && list.len() > COMMON {
            continue;
        }
        for (i, a) in list.iter().enumerate() {
            for b in &list[i + 1..] {
                let dated = people[*a].1.born.is_some() && people[*b].1.born.is_some();
                if word && dated || pairs.contains_key(&(*a, *b)) {
                    continue;
                }
                let why = match same(&people[*a].1, &people[*b].1) {
                    Same::Certain => text!("mêmes nom et date de naissance", "same name and birth date"),
                    Same::Likely(why) => why,
                    Same::Other => continue,
                };
                pairs.insert((*a, *b), why);
            }
        }
    }
    pairs
}
