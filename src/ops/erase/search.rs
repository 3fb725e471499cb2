//! What an erased person's records held, looked for afterwards in any file: in the forms and encodings that programs
//! write.

pub use super::words::Value;
use super::words::Words;
use crate::domain::folding::{fold, slug};
use crate::domain::phone::parse_phone;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read};
use unicode_normalization::UnicodeNormalization;

/// Shorter values would be found everywhere.
const SHORTEST: usize = 6;
/// Shorter texts of notes are what anybody might have written of anybody.
const SHORTEST_NOTE: usize = 24;
/// A longer piece of a note may be cut in two in a file.
const LONGEST_NOTE: usize = 60;
/// What stands between two names in a sentence, a table, a database.
const BETWEEN: [&str; 12] = [" ", "  ", ",", ";", "\t", "\",\"", "\";\"", ", ", "-", "_", "</td><td>", "\u{a0}"];

/// The values to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    values: BTreeMap<Value, BTreeSet<String>>,
    names: BTreeSet<(String, String)>,
    alone: BTreeSet<(Value, String)>,
    /// Whether somebody else has the same name, which is then not looked for.
    pub shared_name: bool,
}

impl Sought {
    /// Adds a last and a first name, which tell somebody only together.
    pub fn name(&mut self, last: &str, first: &str) {
        self.names.insert((last.to_owned(), first.to_owned()));
        self.add(Value::Name, &format!("{first} {last}"));
        self.add(Value::Name, &format!("{last} {first}"));
    }
    /// Adds a value.
    pub fn add(&mut self, what: Value, text: &str) {
        self.values.entry(what).or_default().insert(text.to_owned());
    }
    /// Adds a name that may be somebody else's: it is looked for as whole words, and told apart.
    pub fn alone(&mut self, what: Value, name: &str) {
        self.alone.insert((what, name.to_owned()));
    }
    /// Drops a value that is somebody else's too.
    pub fn drop_shared(&mut self, what: Value, text: &str) {
        if let Some(values) = self.values.get_mut(&what) {
            values.remove(text);
        }
    }
    /// The values of some sorts that are long enough to be looked for.
    pub fn of<'a>(&'a self, sorts: &'a [Value]) -> impl Iterator<Item = &'a str> {
        let long = |text: &&str| text.chars().count() >= SHORTEST;
        sorts.iter().filter_map(|sort| self.values.get(sort)).flatten().map(String::as_str).filter(long)
    }
    /// The sorts that are looked for.
    pub fn sorts(&self) -> BTreeSet<Value> {
        let alone = self.alone.iter().map(|(sort, _)| *sort);
        self.forms().into_iter().map(|(sort, _)| sort).chain(alone).collect()
    }

    /// Each form of each value that a program may have written.
    fn forms(&self) -> BTreeSet<(Value, String)> {
        let mut forms = BTreeSet::new();
        for (last, first) in &self.names {
            for (a, b) in [(last, first), (first, last)] {
                for between in BETWEEN {
                    forms.insert((Value::Name, format!("{a}{between}{b}")));
                    forms.insert((Value::Name, format!("{}{between}{}", fold(a), fold(b))));
                }
            }
            forms.insert((Value::Name, slug(last, first)));
        }
        for (sort, values) in &self.values {
            for value in values {
                let more = match sort {
                    Value::Name | Value::FamilyName | Value::FirstName => vec![],
                    Value::Note => piece(value).into_iter().collect(),
                    Value::Phone => phone_forms(value),
                    _ => vec![value.clone()],
                };
                forms.extend(more.into_iter().map(|form| (*sort, form)));
            }
        }
        forms.retain(|(_, form)| form.chars().count() >= SHORTEST);
        forms
    }

    /// Makes the search ready.
    pub fn searched(&self) -> Result<Searched> {
        let mut patterns: BTreeMap<Vec<u8>, Value> = BTreeMap::new();
        for (sort, form) in self.forms() {
            for spelled in [form.clone(), form.to_lowercase(), form.to_uppercase()] {
                for text in [spelled.nfc().collect::<String>(), spelled.nfd().collect()] {
                    for bytes in encoded(&text) {
                        patterns.entry(bytes).or_insert(sort);
                    }
                }
            }
        }
        let (patterns, sorts): (Vec<Vec<u8>>, Vec<Value>) = patterns.into_iter().unzip();
        let machine = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&patterns)
            .context("the values to look for are too many")?;
        let mut words = Words::default();
        self.alone.iter().for_each(|(what, name)| words.want(*what, name));
        Ok(Searched { machine, sorts, words })
    }
}

/// A search made ready.
pub struct Searched {
    machine: AhoCorasick,
    sorts: Vec<Value>,
    words: Words,
}

impl Searched {
    /// The sorts of values that some bytes hold.
    pub fn found_in(&self, bytes: impl Read) -> Result<BTreeSet<Value>> {
        let mut found = BTreeSet::new();
        if self.sorts.is_empty() {
            return Ok(found);
        }
        for hit in self.machine.stream_find_iter(bytes) {
            found.extend(self.sorts.get(hit?.pattern().as_usize()));
        }
        Ok(found)
    }
    /// The sorts of names that a text holds alone, as whole words.
    pub fn alone_in(&self, text: impl BufRead) -> Result<BTreeSet<Value>> {
        Ok(self.words.found_in(text)?)
    }
}

/// The longest piece of a note without characters that files write in other ways.
fn piece(note: &str) -> Option<String> {
    let pieces = note.split(['"', '\'', '\n', '\t', '\\', '<', '>', '&', '\u{2019}']);
    let longest = pieces.max_by_key(|piece| piece.chars().count())?;
    let piece: String = longest.chars().take(LONGEST_NOTE).collect();
    (piece.chars().count() >= SHORTEST_NOTE).then_some(piece)
}

/// A telephone number plain, in groups, and with or without its country.
fn phone_forms(stored: &str) -> Vec<String> {
    let Ok(number) = parse_phone(stored) else { return vec![stored.to_owned()] };
    let national = number.strip_prefix("+33").map(|rest| format!("0{rest}")).unwrap_or_else(|| number.clone());
    let mut forms = vec![number.clone(), national.clone()];
    if let Some(rest) = national.strip_prefix('0') {
        forms.extend([format!("+33{rest}"), format!("0033{rest}")]);
        for gap in [" ", ".", "-", "\u{a0}", "\u{202f}"] {
            let pairs: Vec<&str> = (0..national.len()).step_by(2).filter_map(|at| national.get(at..at + 2)).collect();
            let grouped = pairs.join(gap);
            forms.push(format!("+33{gap}{}", grouped.strip_prefix('0').unwrap_or(&grouped)));
            forms.push(grouped);
        }
    }
    forms
}

/// The bytes of a text in each encoding that files of this country are written in.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let mut all = vec![text.as_bytes().to_vec()];
    all.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    all.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    if !lost {
        all.push(bytes.into_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amelie() -> Searched {
        let mut sought = Sought::default();
        sought.name("Ferré", "Amélie");
        sought.add(Value::Slug, "ferre-amelie");
        sought.add(Value::Phone, "0612345678");
        sought.add(Value::Reference, "R1");
        sought.add(Value::Note, "a trouvé une voiture d'occasion près de Valence");
        sought.add(Value::Note, "rappelée");
        sought.searched().unwrap()
    }

    #[track_caller]
    fn check(bytes: &[u8], want: &[Value]) {
        assert_eq!(amelie().found_in(bytes).unwrap(), want.iter().copied().collect(), "{bytes:?}");
    }

    #[test]
    fn a_name_is_found_in_every_spelling_and_encoding() {
        for text in ["vu Amélie Ferré", "FERRÉ;AMÉLIE", "\"Ferré\",\"Amélie\"", "ferre amelie", "Amelie_Ferre"] {
            check(text.as_bytes(), &[Value::Name]);
            let nfd: String = text.nfd().collect();
            check(nfd.as_bytes(), &[Value::Name]);
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            check(&wide, &[Value::Name]);
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(&big, &[Value::Name]);
            let (latin, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!lost);
            check(&latin, &[Value::Name]);
        }
    }

    #[test]
    fn one_name_alone_and_short_values_are_not_the_person() {
        for text in ["Amélie Martin", "Ferré Jean", "R1", "rappelée", "Amélie et Ferré"] {
            check(text.as_bytes(), &[]);
        }
    }

    #[test]
    fn phones_are_found_in_groups_and_notes_by_a_piece() {
        for text in ["06 12 34 56 78", "+33 6 12 34 56 78", "06.12.34.56.78", "0033612345678"] {
            check(text.as_bytes(), &[Value::Phone]);
        }
        check("\"elle a trouvé une voiture d''occasion près de Valence\"".as_bytes(), &[Value::Note]);
        check("elle a trouvé une voiture".as_bytes(), &[]);
    }
}
