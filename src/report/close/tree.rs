//! The tree of hashes of an issued report: one root stands for its files, figures, definitions, parameters and the lists of
//! who was counted, and a single line of a list can be shown to be in it without showing the others.
//!
//! A leaf is the SHA-256 of a zero byte, a name, another zero byte and a hash; a node is that of a one and of its two
//! children; a node without a neighbour goes up as it is.

use super::member::Member;
use crate::domain::ClosedList;
use crate::domain::fingerprint::{hexadecimal, sha256_bytes};
use crate::domain::id::PersonId;
use serde::{Deserialize, Serialize};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The part of the tree that stands for the lists of who was counted.
pub const MEMBERS: &str = "members";

/// One step from a leaf to the root: the neighbour on one side, or the name under which what was reached is a leaf of the
/// tree above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The neighbour to the left, in hexadecimal.
    Left(String),
    /// The neighbour to the right.
    Right(String),
    /// The name of the part.
    Part(String),
}

/// The leaf of a named part, from the hash of its content.
pub fn leaf(name: &str, content: &Hash) -> Hash {
    let mut bytes = vec![0];
    bytes.extend_from_slice(name.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(content);
    sha256_bytes(&bytes)
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = vec![1];
    bytes.extend_from_slice(left);
    bytes.extend_from_slice(right);
    sha256_bytes(&bytes)
}

fn above(level: &[Hash]) -> Vec<Hash> {
    level.chunks(2).map(|pair| if let [left, right] = pair { node(left, right) } else { pair[0] }).collect()
}

/// The root over some leaves; that of none is the hash of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = above(&level);
    }
    level.pop().unwrap_or_else(|| sha256_bytes(&[]))
}

/// The way from one of some leaves to their root.
pub fn path(leaves: &[Hash], at: usize) -> Vec<Step> {
    let (mut level, mut at) = (leaves.to_vec(), at);
    let mut steps = Vec::new();
    while level.len() > 1 {
        if at % 2 == 1 {
            steps.push(Step::Left(hexadecimal(&level[at - 1])));
        } else if let Some(right) = level.get(at + 1) {
            steps.push(Step::Right(hexadecimal(right)));
        }
        level = above(&level);
        at /= 2;
    }
    steps
}

/// Where a way from a leaf leads; nothing when a step of it is no hash.
pub fn follow(leaf_hash: Hash, path: &[Step]) -> Option<Hash> {
    path.iter().try_fold(leaf_hash, |reached, step| {
        Some(match step {
            Step::Left(left) => node(&bytes_of(left)?, &reached),
            Step::Right(right) => node(&reached, &bytes_of(right)?),
            Step::Part(name) => leaf(name, &reached),
        })
    })
}

/// The bytes of a hash in hexadecimal.
pub fn bytes_of(text: &str) -> Option<Hash> {
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return None;
    }
    let mut hash = [0; 32];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(hash)
}

/// One line of a list of who was counted, as it is hashed and shown: people and records by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// `counted`, `not_counted`…
    verdict: String,
    in_base: bool,
    amount: i64,
    count: i64,
    rule: String,
    cohort: i64,
    person: Option<i64>,
    /// The record that decided: kind, number, operation of its version.
    record: Option<(String, i64, i64)>,
}

impl Line {
    /// The line of a unit.
    pub fn of(member: Member) -> Line {
        Line {
            verdict: member.verdict.code().to_owned(),
            in_base: member.in_base,
            amount: member.amount,
            count: member.count,
            rule: member.rule,
            cohort: member.cohort.number(),
            person: member.person.map(PersonId::number),
            record: member.record.map(|(kind, id, op)| (kind, id.number(), op.number())),
        }
    }

    /// Its leaf, with the salt that keeps others from guessing it.
    pub fn leaf(&self, salt: &str) -> serde_json::Result<Hash> {
        Ok(leaf(salt, &sha256_bytes(&serde_json::to_vec(self)?)))
    }
}

/// A line that was opened, as it is handed to whoever may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    figure: String,
    line: Line,
    salt: String,
    path: Vec<Step>,
}

impl Opened {
    /// Reads one back; nothing when the bytes are no such line.
    pub fn read(bytes: &[u8]) -> Option<Opened> {
        serde_json::from_slice(bytes).ok()
    }

    /// The root that its way leads to, by the list of its own figure.
    pub fn root(&self) -> Option<Hash> {
        let through_its_list = self.path.contains(&Step::Part(list_name(&self.figure)));
        follow(self.line.leaf(&self.salt).ok()?, &self.path).filter(|_| through_its_list)
    }
}

/// The salt of a line, 32 hexadecimal digits: without the seed it cannot be guessed, and it tells nothing of other salts.
pub fn salt(seed: &str, figure: &str, line: usize) -> String {
    hexadecimal(&sha256_bytes(format!("{seed}\0{figure}\0{line}").as_bytes())[..16])
}

/// The leaves of a list, in order.
pub fn leaves_of(seed: &str, figure: &str, lines: &[Line]) -> serde_json::Result<Vec<Hash>> {
    lines.iter().enumerate().map(|(at, line)| line.leaf(&salt(seed, figure, at))).collect()
}

/// The name under which the list of a figure is a leaf.
pub fn list_name(figure: &str) -> String {
    format!("{MEMBERS}:{figure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|n| leaf("x", &sha256_bytes(&[n]))).collect()
    }

    #[test]
    fn the_way_from_each_leaf_leads_to_the_root_and_from_another_it_does_not() {
        for count in 1..=17 {
            let leaves = leaves(count);
            let root = root(&leaves);
            for at in 0..leaves.len() {
                let path = path(&leaves, at);
                assert_eq!(follow(leaves[at], &path), Some(root), "{at} of {count}");
                assert_ne!(follow(leaf("y", &[0; 32]), &path), Some(root));
            }
        }
    }

    #[test]
    fn another_name_content_order_or_number_of_leaves_is_another_root() {
        let all = leaves(5);
        let mut turned = all.clone();
        turned.swap(1, 2);
        let roots = [root(&all), root(&turned), root(&all[..4]), root(&[]), root(&all[..1])];
        let distinct: std::collections::BTreeSet<Hash> = roots.into_iter().collect();
        assert_eq!(distinct.len(), roots.len());
        assert_ne!(leaf("a", &all[0]), leaf("b", &all[0]));
    }

    #[test]
    fn a_part_of_a_part_is_followed_by_its_name() {
        let (inner, outer) = (leaves(3), leaves(2));
        let tree = [outer[0], leaf("members", &root(&inner)), outer[1]];
        let way = [path(&inner, 2), vec![Step::Part("members".to_owned())], path(&tree, 1)].concat();
        assert_eq!(follow(inner[2], &way), Some(root(&tree)));
        assert_eq!(bytes_of(&hexadecimal(&inner[0])), Some(inner[0]));
        assert_eq!(bytes_of("0"), None);
        assert_eq!(follow(inner[2], &[Step::Left("zz".to_owned())]), None);
    }
}
