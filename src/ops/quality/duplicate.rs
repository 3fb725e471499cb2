//! The rule about one person recorded twice, without comparing everybody with everybody.
//!
//! Two people are compared only when they share a *clue* that every probable double shares: two parts of the birth date
//! (the third may be a slip), or its day and month swapped; and where a birth date is missing, a word of the name or the
//! first letters of it.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::Date;
use crate::domain::id::PersonId;
use crate::store::quality::QualityStay;
use crate::text;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From this likeness of the names on (Jaro-Winkler over their sorted words) two people may be one.
const NEAR: f64 = 0.93;
/// Words in the names of more people than this are no clue.
const COMMON: usize = 400;

struct Person<'a> {
    stay: &'a QualityStay,
    /// The words of the name in alphabetical order: swapped first and last names compare equal.
    words: Vec<&'a str>,
    joined: String,
    birth: Option<Date>,
}

/// Two people whose names are equal or nearly so, and whose birth dates are equal, missing, differ in one of day, month
/// and year, or have day and month swapped. Each pair once, under the one recorded later.
pub fn near_duplicate(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let people = everybody(school);
    let asked = school.people();
    for (a, b) in pairs(&people) {
        let (known, double) = (people[a].stay, people[b].stay);
        if !asked.contains_key(&known.person) && !asked.contains_key(&double.person) {
            continue;
        }
        let (who, other) = (name(double), name(known));
        let (n, m) = (double.person, known.person);
        let message = text!(
            "{who} (n° {n}) semble être la même personne que {other} (n° {m})",
            "{who} (no. {n}) looks like the same person as {other} (no. {m})"
        );
        let mut about = school.about(double).detail(format!("/ trainee {m}"));
        about.place.number = m.number();
        found.add(about, message, fix::merge(&known.slug, &double.slug));
    }
    Ok(())
}

/// Everybody by number: the later record of a pair comes second.
fn everybody<'a>(school: &'a School<'_>) -> Vec<Person<'a>> {
    let firsts: BTreeMap<PersonId, &QualityStay> = school.everybody.iter().rev().map(|s| (s.person, s)).collect();
    firsts.into_values().map(person).collect()
}

fn person(stay: &QualityStay) -> Person<'_> {
    let mut words: Vec<&str> = stay.folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.sort_unstable();
    Person { stay, joined: words.join(" "), words, birth: stay.birth_date }
}

/// What two people must share to be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Clue<'a> {
    YearMonth(i32, u32),
    YearDay(i32, u32),
    MonthDay(u32, u32),
    Swapped(i32, u32, u32),
    Word(&'a str),
    Letters(String),
}

/// The pairs of people, by position, that may be one person.
fn pairs(people: &[Person<'_>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut consider = |a: usize, b: usize| {
        if same_person(&people[a], &people[b]) {
            pairs.insert((a.min(b), a.max(b)));
        }
    };
    let mut dated: HashMap<Clue<'_>, Vec<usize>> = HashMap::new();
    for (at, person) in people.iter().enumerate() {
        for clue in person.birth.map(date_clues).into_iter().flatten() {
            dated.entry(clue).or_default().push(at);
        }
    }
    for list in dated.values() {
        for (i, a) in list.iter().enumerate() {
            list[i + 1..].iter().for_each(|b| consider(*a, *b));
        }
    }
    let undated: Vec<usize> = (0..people.len()).filter(|at| people[*at].birth.is_none()).collect();
    if undated.is_empty() {
        return pairs;
    }
    let mut named: HashMap<Clue<'_>, Vec<usize>> = HashMap::new();
    for (at, person) in people.iter().enumerate() {
        for clue in name_clues(person) {
            named.entry(clue).or_default().push(at);
        }
    }
    for a in undated {
        for list in name_clues(&people[a]).iter().filter_map(|clue| named.get(clue).filter(|l| tells(clue, l))) {
            list.iter().filter(|b| **b != a).for_each(|b| consider(a, *b));
        }
    }
    pairs
}

/// A word that hundreds of people share tells nobody apart.
fn tells(clue: &Clue<'_>, people: &[usize]) -> bool {
    !matches!(clue, Clue::Word(_)) || people.len() <= COMMON
}

fn same_person(a: &Person<'_>, b: &Person<'_>) -> bool {
    let (short, long) = (a.joined.len().min(b.joined.len()), a.joined.len().max(b.joined.len()));
    // Below this ratio of lengths the likeness can't reach the bound: the cheap look before the dear one.
    let lengths_allow = short * 20 >= long * 13;
    lengths_allow && dates_agree(a.birth, b.birth) && strsim::jaro_winkler(&a.joined, &b.joined) >= NEAR
}

fn date_clues<'a>(birth: Date) -> [Clue<'a>; 4] {
    let (year, month, day) = (birth.year(), birth.month(), birth.day());
    [
        Clue::YearMonth(year, month),
        Clue::YearDay(year, day),
        Clue::MonthDay(month, day),
        Clue::Swapped(year, month.min(day), month.max(day)),
    ]
}

fn name_clues<'a>(person: &Person<'a>) -> BTreeSet<Clue<'a>> {
    let words = person.words.iter().map(|w| Clue::Word(w));
    words.chain([Clue::Letters(person.joined.chars().take(4).collect())]).collect()
}

/// Whether two birth dates may be the same one, badly typed.
fn dates_agree(a: Option<Date>, b: Option<Date>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let same = [a.year() == b.year(), a.month() == b.month(), a.day() == b.day()];
    let swapped = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    same.iter().filter(|s| **s).count() >= 2 || swapped
}
