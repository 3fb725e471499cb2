//! How a person is named in a sheet: the slug inside the school, a keyed pseudonym everywhere else.

use crate::domain::facts::{FunderFact, PersonFact};
use crate::domain::id::PersonId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How people are named in a sheet.
#[derive(Clone, PartialEq, Eq)]
pub enum Naming {
    /// The slug, for the school's own eyes.
    Slug,
    /// First and last name, for the school's own eyes and on demand only.
    FullName,
    /// A pseudonym that is stable for one funder and tells nothing to another.
    Pseudonym {
        /// The funder's key; it never leaves the file.
        secret: Vec<u8>,
    },
}

impl std::fmt::Debug for Naming {
    // The key must not reach a log by way of a debug print.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Naming::Slug => "Slug",
            Naming::FullName => "FullName",
            Naming::Pseudonym { .. } => "Pseudonym",
        })
    }
}

impl Naming {
    /// The pseudonyms of a funder.
    pub fn of_funder(funder: &FunderFact) -> Naming {
        Naming::Pseudonym { secret: funder.secret.clone() }
    }
    /// The name of a person.
    pub fn name(&self, person: &PersonFact) -> String {
        match self {
            Naming::Slug => person.slug.clone(),
            Naming::FullName => person.name.clone(),
            Naming::Pseudonym { secret } => pseudonym(secret, person.id),
        }
    }
    /// Whether the reader may not learn who is who.
    pub fn hides_people(&self) -> bool {
        matches!(self, Naming::Pseudonym { .. })
    }
}

/// The first 80 bits of HMAC-SHA-256(secret, person's number as 8 big-endian bytes), in lower-case base 32.
pub fn pseudonym(secret: &[u8], person: PersonId) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(&person.number().to_be_bytes());
    base32(&mac.finalize().into_bytes()[..10])
}

fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut out = String::new();
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xfff;
        held += 8;
        while held >= 5 {
            held -= 5;
            out.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_follows_the_standard_alphabet() {
        assert_eq!(base32(b"fooba"), "mzxw6ytb");
        assert_eq!(base32(b"fooobarbaz").len(), 16);
        assert_eq!(base32(&[0xff; 10]), "7777777777777777");
    }

    #[test]
    fn a_pseudonym_is_stable_for_one_secret_and_differs_between_two() {
        let one = pseudonym(b"secret-of-one-funder", PersonId::from_number(12));
        assert_eq!(one, pseudonym(b"secret-of-one-funder", PersonId::from_number(12)));
        assert_eq!(one, "yiebmuvdej6hdzee", "the same key and number give the same name for ever");
        assert_ne!(one, pseudonym(b"secret-of-another", PersonId::from_number(12)));
        assert_ne!(one, pseudonym(b"secret-of-one-funder", PersonId::from_number(13)));
    }

    #[test]
    fn the_secret_is_never_printed() {
        let naming = Naming::Pseudonym { secret: b"hush".to_vec() };
        assert_eq!(format!("{naming:?}"), "Pseudonym");
    }
}
