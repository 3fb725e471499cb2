//! Finds people of the school in a text that should name nobody: slugs, names, phone numbers, e-mail addresses.

use crate::domain::folding::fold;
use crate::domain::phone::parse_phone;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How somebody can be recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The slug, or a former one.
    pub slug: String,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Phone number as stored.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// By what somebody was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// The slug.
    Slug,
    /// Last and first name side by side, in either order.
    Name,
    /// The phone number, however it is spaced.
    Phone,
    /// The e-mail address.
    Email,
}

/// Everybody, ready to be looked for.
#[derive(Debug, Default)]
pub struct KnownPeople {
    slugs: HashSet<String>,
    /// First word of a name -> the whole name as words, and whose it is.
    names: HashMap<String, Vec<(Vec<String>, String)>>,
    phones: HashMap<String, String>,
    emails: HashMap<String, String>,
}

impl KnownPeople {
    /// Everybody of the school.
    pub fn new(people: impl IntoIterator<Item = Known>) -> KnownPeople {
        let mut all = KnownPeople::default();
        let mut seen = HashSet::new();
        for person in people {
            let (last, first) = (words(&person.last_name), words(&person.first_name));
            let both_orders = [[&last[..], &first[..]].concat(), [&first[..], &last[..]].concat()];
            for name in both_orders {
                if !last.is_empty() && !first.is_empty() && seen.insert((person.slug.clone(), name.clone())) {
                    all.names.entry(name[0].clone()).or_default().push((name, person.slug.clone()));
                }
            }
            if let Some(phone) = &person.phone {
                all.phones.insert(national(phone), person.slug.clone());
            }
            if let Some(email) = &person.email {
                all.emails.insert(email.trim().to_lowercase(), person.slug.clone());
            }
            all.slugs.insert(person.slug);
        }
        all
    }

    /// Who can be recognised in the cells of one row, and in which cell it begins. Names are looked for across cells.
    pub fn traces(&self, cells: &[String]) -> BTreeSet<(usize, Trace, &str)> {
        let mut found = BTreeSet::new();
        let mut row: Vec<(usize, String)> = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            for word in cell.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
                if let Some(slug) = self.slugs.get(word) {
                    found.insert((at, Trace::Slug, slug.as_str()));
                }
            }
            found.extend(self.phones_in(cell).into_iter().map(|slug| (at, Trace::Phone, slug)));
            for word in cell.split(|c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c)) {
                let word = word.trim_matches('.').to_lowercase();
                found.extend(self.emails.get(&word).map(|slug| (at, Trace::Email, slug.as_str())));
            }
            row.extend(words(cell).into_iter().map(|word| (at, word)));
        }
        for (from, (at, word)) in row.iter().enumerate() {
            for (name, slug) in self.names.get(word).into_iter().flatten() {
                let here = row[from..].iter().map(|(_, word)| word).take(name.len());
                if here.eq(name.iter()) {
                    found.insert((*at, Trace::Name, slug.as_str()));
                }
            }
        }
        found
    }

    /// Numbers are written in groups: every run of neighbouring groups may be one.
    fn phones_in(&self, cell: &str) -> Vec<&str> {
        let groups: Vec<&str> =
            cell.split(|c: char| !(c.is_ascii_digit() || c == '+')).filter(|g| !g.is_empty()).collect();
        let mut found = Vec::new();
        for from in 0..groups.len() {
            let mut number = String::new();
            for group in groups[from..].iter().take(LONGEST_NUMBER) {
                number.push_str(group);
                let Ok(stored) = parse_phone(&number) else { continue };
                found.extend(self.phones.get(&national(&stored)).map(String::as_str));
            }
        }
        found
    }
}

/// No number is written in more groups than it has digits.
const LONGEST_NUMBER: usize = 16;

/// The same number with and without the country is one number.
fn national(phone: &str) -> String {
    phone.strip_prefix("+33").map_or_else(|| phone.to_owned(), |rest| format!("0{rest}"))
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> KnownPeople {
        let known = |slug: &str, last: &str, first: &str| Known {
            slug: slug.to_owned(),
            last_name: last.to_owned(),
            first_name: first.to_owned(),
            phone: Some("0612345678".to_owned()),
            email: Some("Amelie.F@example.org".to_owned()),
        };
        KnownPeople::new([known("ferre-amelie", "Ferré", "Amélie")])
    }

    #[track_caller]
    fn check(cells: &[&str], want: &[(usize, Trace)]) {
        let cells: Vec<String> = cells.iter().map(|c| (*c).to_owned()).collect();
        let school = school();
        let found: Vec<(usize, Trace)> = school.traces(&cells).into_iter().map(|(at, trace, _)| (at, trace)).collect();
        assert_eq!(found, want, "{cells:?}");
    }

    #[test]
    fn people_are_recognised_however_they_are_written() {
        check(&["x", "ferre-amelie"], &[(1, Trace::Slug), (1, Trace::Name)]);
        check(&["ferre-amelie-2"], &[(0, Trace::Name)]);
        check(&["note : AMELIE FERRE, partie"], &[(0, Trace::Name)]);
        check(&["Ferré", "Amélie", "12"], &[(0, Trace::Name)]);
        check(&["tél. 06 12 34 56 78"], &[(0, Trace::Phone)]);
        check(&["12", "+33 6.12.34.56.78"], &[(1, Trace::Phone)]);
        check(&["écrire à <amelie.f@EXAMPLE.org>."], &[(0, Trace::Email)]);
    }

    #[test]
    fn parts_of_words_and_half_a_name_are_nobody() {
        check(&["Amélie", "Romans", "Ferré"], &[]);
        check(&["ferret amelie", "0612345679", "xamelie.f@example.org"], &[]);
        check(&["10612345678"], &[]);
    }
}
