//! A name alone, looked for as whole words, whatever the case, the accents and the encoding: it may be somebody else's, so
//! that it is told and never taken out.

use crate::domain::folding::fold;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, Cursor, Read, Result};

crate::closed_list! {
    /// A value that tells somebody from others.
    Value {
        Name = "name", "nom complet", "full name";
        FamilyName = "family_name", "nom de famille seul", "family name alone";
        FirstName = "first_name", "prénom seul", "first name alone";
        Slug = "slug", "nom court", "slug";
        Reference = "ref", "référence", "reference";
        Phone = "phone", "téléphone", "phone";
        Email = "email", "courriel", "e-mail address";
        Address = "address", "adresse", "address";
        Note = "note", "notes", "notes";
    }
}

/// A longer run of letters is no word.
const LONGEST: usize = 512;
/// Shorter names are in every text.
const SHORTEST: usize = 2;

/// Names to look for, each as its words.
#[derive(Debug, Default)]
pub(super) struct Words {
    wanted: Vec<(Value, Vec<String>)>,
}

/// The words of a text, as they compare.
fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

impl Words {
    /// Adds a name.
    pub fn want(&mut self, what: Value, name: &str) {
        let words = words(name);
        if words.iter().map(|word| word.chars().count()).sum::<usize>() >= SHORTEST {
            self.wanted.push((what, words));
        }
    }

    /// The sorts of names that some bytes hold as whole words.
    pub fn found_in(&self, mut bytes: impl BufRead) -> Result<BTreeSet<Value>> {
        let mut found = BTreeSet::new();
        if self.wanted.is_empty() {
            return Ok(found);
        }
        // However few bytes come at a time, the first two say which writing it is.
        let mut head = Vec::new();
        bytes.by_ref().take(2).read_to_end(&mut head)?;
        let wide = match head.as_slice() {
            [0xff, 0xfe] => Some(UTF_16LE),
            [0xfe, 0xff] => Some(UTF_16BE),
            _ => None,
        };
        let mut bytes = Cursor::new(head).chain(bytes);
        if let Some(encoding) = wide {
            let mut all = Vec::new();
            bytes.read_to_end(&mut all)?;
            let text = encoding.decode(&all).0.into_owned();
            return self.found_in(Cursor::new(text));
        }
        let mut last: VecDeque<String> = VecDeque::new();
        let (mut run, mut room) = (Vec::new(), self.wanted.iter().map(|(_, words)| words.len()).max().unwrap_or(0));
        room = room.max(1);
        loop {
            let chunk = bytes.fill_buf()?;
            let length = chunk.len();
            for byte in chunk {
                if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
                    if run.len() < LONGEST {
                        run.push(*byte);
                    }
                } else if !run.is_empty() {
                    self.take(&run, room, &mut last, &mut found);
                    run.clear();
                }
            }
            if length == 0 {
                break;
            }
            bytes.consume(length);
        }
        self.take(&run, room, &mut last, &mut found);
        Ok(found)
    }

    /// One run of letters, which quotes or blanks of several bytes may cut further.
    fn take(&self, run: &[u8], room: usize, last: &mut VecDeque<String>, found: &mut BTreeSet<Value>) {
        let text = match std::str::from_utf8(run) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode(run).0.into_owned(),
        };
        for word in words(&text) {
            if last.len() == room {
                last.pop_front();
            }
            last.push_back(word);
            for (what, wanted) in &self.wanted {
                if last.len() >= wanted.len() && last.range(last.len() - wanted.len()..).eq(wanted) {
                    found.insert(*what);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], want: &[Value]) {
        let mut sought = Words::default();
        sought.want(Value::FamilyName, "Ben Ali");
        sought.want(Value::FirstName, "Amélie");
        sought.want(Value::Slug, "li-an");
        sought.want(Value::FirstName, "X");
        for size in [1, 3, 4096] {
            let reader = std::io::BufReader::with_capacity(size, bytes);
            assert_eq!(sought.found_in(reader).unwrap(), want.iter().copied().collect(), "{bytes:?} by {size}");
        }
    }

    #[test]
    fn a_name_alone_is_found_as_whole_words_in_every_writing() {
        check("vu par AMELIE hier".as_bytes(), &[Value::FirstName]);
        check("l\u{2019}Amélie\u{a0}!".as_bytes(), &[Value::FirstName]);
        check(b"Am\xe9lie;x", &[Value::FirstName]);
        check("M. ben-ali, absent".as_bytes(), &[Value::FamilyName]);
        check("\"slug\":\"li-an\"".as_bytes(), &[Value::Slug]);
        let wide: Vec<u8> = "\u{feff}x Amélie".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide, &[Value::FirstName]);
    }

    #[test]
    fn a_part_of_a_word_is_nobody() {
        for text in ["Amélien", "ben alizé", "ali ben", "bali-an", "x X"] {
            check(text.as_bytes(), &[]);
        }
    }
}
