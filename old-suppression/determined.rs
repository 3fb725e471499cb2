//! Which unknowns some equations determine: those that are zero in a random solution of the equations without their
//! shown terms. Arithmetic is modulo a prime, so that no number grows; that an undetermined unknown comes out as zero
//! by chance has odds of one in 2^61.

use super::elimination::Row;
use super::quantities::Id;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

const PRIME: u64 = (1 << 61) - 1;

/// The unknowns that the equations determine.
pub(super) fn determined(rows: &[Row]) -> BTreeSet<Id> {
    let mut system = System::of(rows);
    let steps = system.eliminate();
    let mut values: HashMap<Id, u64> = HashMap::new();
    for id in system.columns.keys() {
        values.insert(*id, scattered(*id));
    }
    // Each step gives its unknown from those that were still there: the last one first.
    for (pivot, row) in steps.iter().rev() {
        let rest = row.iter().filter(|(id, _)| *id != pivot);
        let sum = rest.fold(0, |sum, (id, factor)| add(sum, times(*factor, values[id])));
        values.insert(*pivot, times(PRIME - sum, inverse(row[pivot])) % PRIME);
    }
    let pivots: BTreeSet<Id> = steps.into_iter().map(|(pivot, _)| pivot).collect();
    values.into_iter().filter(|(id, value)| *value == 0 && pivots.contains(id)).map(|(id, _)| id).collect()
}

/// Equations modulo the prime, and in which of them each unknown stands.
struct System {
    rows: Vec<BTreeMap<Id, u64>>,
    columns: BTreeMap<Id, BTreeSet<usize>>,
}

impl System {
    fn of(rows: &[Row]) -> System {
        let mut system = System { rows: Vec::with_capacity(rows.len()), columns: BTreeMap::new() };
        for (at, row) in rows.iter().enumerate() {
            for (id, _) in &row.unknown {
                system.columns.entry(*id).or_default().insert(at);
            }
            let factor = |f: i128| f.rem_euclid(i128::from(PRIME)) as u64;
            system.rows.push(row.unknown.iter().map(|(id, f)| (*id, factor(*f))).collect());
        }
        system
    }

    /// Takes the shortest equation, solves it for the unknown that stands in the fewest others, puts that into them, and
    /// so on: few terms are made on the way.
    fn eliminate(&mut self) -> Vec<(Id, BTreeMap<Id, u64>)> {
        let mut steps = Vec::new();
        let mut queue: BinaryHeap<Reverse<(usize, usize)>> =
            self.rows.iter().enumerate().map(|(at, row)| Reverse((row.len(), at))).collect();
        while let Some(Reverse((length, at))) = queue.pop() {
            if length != self.rows[at].len() {
                continue;
            }
            let row = std::mem::take(&mut self.rows[at]);
            for id in row.keys() {
                if let Some(column) = self.columns.get_mut(id) {
                    column.remove(&at);
                }
            }
            let Some(pivot) = row.keys().copied().min_by_key(|id| (self.columns[id].len(), *id)) else { continue };
            for other in std::mem::take(self.columns.entry(pivot).or_default()) {
                self.put(other, &row, pivot);
                queue.push(Reverse((self.rows[other].len(), other)));
            }
            steps.push((pivot, row));
        }
        steps
    }

    /// Takes the pivot out of an equation by means of the row that was solved for it.
    fn put(&mut self, at: usize, solved: &BTreeMap<Id, u64>, pivot: Id) {
        let row = &mut self.rows[at];
        let by = times(row[&pivot], inverse(solved[&pivot]));
        for (id, factor) in solved {
            let taken = PRIME - times(*factor, by);
            let new = add(row.get(id).copied().unwrap_or(0), taken);
            let column = self.columns.entry(*id).or_default();
            if new == 0 {
                row.remove(id);
                column.remove(&at);
            } else {
                row.insert(*id, new);
                column.insert(at);
            }
        }
    }
}

fn add(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// Modular inverse, by Fermat's little theorem.
fn inverse(a: u64) -> u64 {
    let (mut base, mut exponent, mut result) = (a, PRIME - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

/// A deterministic pseudo-random value (SplitMix64).
fn scattered(id: Id) -> u64 {
    let mut z = (id as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % (PRIME - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(equations: &[&[(Id, i128)]], want: &[Id]) {
        let row = |terms: &&[(Id, i128)]| Row { unknown: terms.to_vec(), shown: Vec::new(), relation: 0 };
        let rows: Vec<Row> = equations.iter().map(row).collect();
        assert_eq!(determined(&rows).into_iter().collect::<Vec<_>>(), want);
    }

    #[test]
    fn an_unknown_is_determined_alone_or_through_others() {
        check(&[&[(1, 1)]], &[1]);
        check(&[&[(1, 1), (2, 1)]], &[]);
        check(&[&[(1, 1), (2, 1)], &[(2, 3)]], &[1, 2]);
        check(&[&[(1, 1), (2, 1)], &[(1, 1), (2, -1)]], &[1, 2]);
    }

    #[test]
    fn a_sum_that_is_known_gives_the_rest_though_its_parts_stay_unknown() {
        check(&[&[(1, 1), (2, 1), (3, 1)], &[(2, 1), (3, 1)]], &[1]);
        check(&[&[(1, 1), (2, 1), (3, 1)], &[(2, 2), (3, 1)]], &[]);
    }

    #[test]
    fn equations_that_say_the_same_twice_determine_nothing_more() {
        check(&[&[(1, 1), (2, 1)], &[(1, 2), (2, 2)], &[(3, 1), (4, 1)], &[(1, 1), (2, 1), (3, 1), (4, 1)]], &[]);
    }
}
