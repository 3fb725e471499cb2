//! Exact elimination over the integers: what a few equations say of one unknown, and from which shown numbers.

use super::quantities::Id;
use std::collections::HashMap;

/// Quantities with their factors, by number.
pub(super) type Sparse = Vec<(Id, i128)>;

/// `sum of unknown terms + sum of shown terms = 0`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub unknown: Sparse,
    pub shown: Sparse,
    /// The equation it came from.
    pub relation: usize,
}

/// Reduced row echelon form on the unknowns; nothing when a number outgrows 128 bits.
pub(super) fn reduce(rows: &[Row]) -> Option<Vec<Row>> {
    let mut reduced: Vec<Row> = Vec::new();
    let mut pivots: HashMap<Id, usize> = HashMap::new();
    let mut ordered: Vec<&Row> = rows.iter().collect();
    ordered.sort_by_key(|row| row.unknown.len());
    for row in ordered {
        let mut row = row.clone();
        while let Some(by) = row.unknown.iter().find_map(|(id, _)| pivots.get(id).map(|at| (*id, *at))) {
            row = cancel(&row, &reduced[by.1], by.0)?;
        }
        let Some((pivot, _)) = row.unknown.first().copied() else { continue };
        for other in &mut reduced {
            if factor(&other.unknown, pivot) != 0 {
                *other = cancel(other, &row, pivot)?;
            }
        }
        pivots.insert(pivot, reduced.len());
        reduced.push(row);
    }
    Some(reduced)
}

fn factor(terms: &Sparse, id: Id) -> i128 {
    terms.binary_search_by_key(&id, |t| t.0).map_or(0, |at| terms[at].1)
}

/// `row` with `id` eliminated by means of `by`, divided by the common factor of all its numbers.
fn cancel(row: &Row, by: &Row, id: Id) -> Option<Row> {
    let (a, b) = (factor(&row.unknown, id), factor(&by.unknown, id));
    let common = gcd(a, b);
    let (keep, take) = (b / common, -(a / common));
    let mut result = Row {
        unknown: combine(&row.unknown, keep, &by.unknown, take)?,
        shown: combine(&row.shown, keep, &by.shown, take)?,
        relation: row.relation,
    };
    let shared = result.unknown.iter().chain(&result.shown).fold(0, |g, (_, f)| gcd(g, *f));
    if shared > 1 {
        result.unknown.iter_mut().chain(&mut result.shown).for_each(|t| t.1 /= shared);
    }
    Some(result)
}

fn combine(left: &Sparse, x: i128, right: &Sparse, y: i128) -> Option<Sparse> {
    let mut sum = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        let (l, r) = (left.get(i), right.get(j));
        let id = l.map_or(Id::MAX, |t| t.0).min(r.map_or(Id::MAX, |t| t.0));
        let mut value = 0i128;
        if let Some((_, f)) = l.filter(|t| t.0 == id) {
            value = f.checked_mul(x)?;
            i += 1;
        }
        if let Some((_, f)) = r.filter(|t| t.0 == id) {
            value = value.checked_add(f.checked_mul(y)?)?;
            j += 1;
        }
        if value != 0 {
            sum.push((id, value));
        }
    }
    Some(sum)
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
