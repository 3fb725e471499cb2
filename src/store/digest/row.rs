//! A keyed hash of one row, and sums of them that do not depend on an order.

use crate::domain::fingerprint::sha256_bytes;
use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::types::ValueRef;
use siphasher::sip128::SipHasher13;
use std::fmt;

/// What hashes the rows of one file: its key comes from the file's identity.
#[derive(Debug, Clone)]
pub(crate) struct RowHasher {
    sip: SipHasher13,
    bytes: Vec<u8>,
}

impl RowHasher {
    /// The one of a file; none while the file has no identity yet.
    pub fn of(conn: &Connection) -> rusqlite::Result<Option<RowHasher>> {
        let id: Option<String> =
            conn.prepare_cached("SELECT id FROM main.database")?.query_row([], |r| r.get(0)).optional()?;
        Ok(id.map(|id| RowHasher::of_identity(&id)))
    }

    fn of_identity(id: &str) -> RowHasher {
        let mut key = [0; 16];
        key.copy_from_slice(&sha256_bytes(id.as_bytes())[..16]);
        RowHasher { sip: SipHasher13::new_with_key(&key), bytes: Vec::with_capacity(256) }
    }

    /// The hash of a row: each value with its type, so that no two rows read alike.
    pub fn hash<'a>(&mut self, row: impl IntoIterator<Item = ValueRef<'a>>) -> u128 {
        self.bytes.clear();
        for value in row {
            match value {
                ValueRef::Null => self.bytes.push(0),
                ValueRef::Integer(n) => self.word(1, &n.to_le_bytes()),
                ValueRef::Real(x) => self.word(2, &x.to_le_bytes()),
                ValueRef::Text(text) => self.long(3, text),
                ValueRef::Blob(blob) => self.long(4, blob),
            }
        }
        self.sip.hash(&self.bytes).as_u128()
    }

    fn word(&mut self, tag: u8, word: &[u8; 8]) {
        self.bytes.push(tag);
        self.bytes.extend_from_slice(word);
    }

    fn long(&mut self, tag: u8, bytes: &[u8]) {
        self.word(tag, &(bytes.len() as u64).to_le_bytes());
        self.bytes.extend_from_slice(bytes);
    }
}

/// The hashes of rows, added up modulo 2^128: two equal rows do not cancel each other, and what left can come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sum(u128);

impl Sum {
    /// The sum with a row more.
    pub fn join(&mut self, hash: u128) {
        self.0 = self.0.wrapping_add(hash);
    }
    /// The sum with a row less.
    pub fn leave(&mut self, hash: u128) {
        self.0 = self.0.wrapping_sub(hash);
    }
    /// Both sums together.
    pub fn and(self, other: Sum) -> Sum {
        Sum(self.0.wrapping_add(other.0))
    }
    /// The sum without another.
    pub fn less(self, other: Sum) -> Sum {
        Sum(self.0.wrapping_sub(other.0))
    }
    /// Another sum: what stands for a content that is known to be wrong.
    pub fn spoilt(self) -> Sum {
        Sum(!self.0)
    }
    /// Whether nothing was counted, or as much left as came.
    pub fn is_nothing(self) -> bool {
        self.0 == 0
    }
    /// A sum as it is stored; one that is unreadable is no sum of any rows.
    pub fn stored(text: &str) -> Option<Sum> {
        u128::from_str_radix(text, 16).ok().map(Sum)
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::types::Value as Sql;

    fn hash(row: &[Sql]) -> u128 {
        RowHasher::of_identity("a school").hash(row.iter().map(ValueRef::from))
    }

    fn text(text: &str) -> Sql {
        Sql::Text(text.to_owned())
    }

    #[test]
    fn rows_that_differ_in_a_value_a_type_or_a_border_hash_apart() {
        let rows = [
            vec![text("ab"), text("c")],
            vec![text("a"), text("bc")],
            vec![text("abc")],
            vec![text("1")],
            vec![Sql::Integer(1)],
            vec![Sql::Real(1.0)],
            vec![Sql::Blob(b"1".to_vec())],
            vec![Sql::Null],
            vec![Sql::Null, Sql::Null],
            vec![text("")],
            vec![],
        ];
        let hashes: std::collections::BTreeSet<u128> = rows.iter().map(|row| hash(row)).collect();
        assert_eq!(hashes.len(), rows.len());
        assert_ne!(RowHasher::of_identity("another").hash(rows[0].iter().map(ValueRef::from)), hash(&rows[0]));
    }

    #[test]
    fn a_sum_forgets_the_order_but_not_how_often_a_row_came() {
        let (a, b) = (hash(&[text("a")]), hash(&[text("b")]));
        let sum = |hashes: &[u128]| {
            let mut sum = Sum::default();
            hashes.iter().for_each(|hash| sum.join(*hash));
            sum
        };
        assert_eq!(sum(&[a, b]), sum(&[b, a]));
        assert_ne!(sum(&[a, a]), sum(&[]));
        let mut less = sum(&[a, b, b]);
        less.leave(b);
        assert_eq!(less, sum(&[a, b]));
        assert_eq!(Sum::stored(&less.to_string()), Some(less));
        assert_eq!(Sum::stored("no sum"), None);
    }
}
