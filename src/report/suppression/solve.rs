//! Finds what a reader can compute: exact elimination over the integers, then bounds of counts that cannot be negative.

use super::book::{Book, Id};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A masked quantity that a reader can compute, and the shown ones it is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exposure {
    pub id: Id,
    pub from: Vec<Id>,
    /// The value a reader finds, when every shown value is known.
    pub value: Option<i64>,
}

type Sparse = Vec<(Id, i128)>;

/// `sum of unknown terms + sum of shown terms = 0`.
#[derive(Debug, Clone)]
struct Row {
    unknown: Sparse,
    shown: Sparse,
    /// The equation it came from.
    relation: usize,
}

/// Whether a quantity that has just been shown gives away a masked one.
pub(super) fn gives_away(book: &Book, id: Id) -> bool {
    let near: BTreeSet<Id> = book
        .relations
        .iter()
        .filter(|terms| terms.iter().any(|t| t.0 == id))
        .flat_map(|terms| terms.iter().map(|t| t.0))
        .filter(|id| !book.quantities[*id].shown)
        .collect();
    let groups: Vec<Vec<Row>> = components(book)
        .into_iter()
        .filter(|rows| rows.iter().flat_map(|row| &row.unknown).any(|t| near.contains(&t.0)))
        .collect();
    let relations: Vec<usize> = groups.iter().flatten().map(|row| row.relation).collect();
    !exposed_in(book, groups).is_empty() || !cornered_in(book, relations).is_empty()
}

/// Every masked quantity that sums and differences of the shown ones give away.
pub(super) fn exposed(book: &Book) -> Vec<Exposure> {
    exposed_in(book, components(book))
}

fn exposed_in(book: &Book, groups: Vec<Vec<Row>>) -> Vec<Exposure> {
    let mut found = Vec::new();
    for rows in groups {
        match reduce(&rows) {
            Some(reduced) => found.extend(reduced.iter().filter_map(|row| exposure(book, row))),
            // Numbers beyond 128 bits: take the whole component as given away rather than guess.
            None => found.extend(rows.iter().filter_map(|row| {
                let id = row.unknown.iter().map(|t| t.0).find(|id| book.quantities[*id].masked)?;
                Some(Exposure { id, from: row.shown.iter().map(|t| t.0).collect(), value: None })
            })),
        }
    }
    found.sort_by_key(|e| e.id);
    found
}

fn exposure(book: &Book, row: &Row) -> Option<Exposure> {
    let [(id, factor)] = row.unknown[..] else { return None };
    if !book.quantities[id].masked {
        return None;
    }
    let mut sum = Some(0i128);
    for (shown, f) in &row.shown {
        let value = book.quantities[*shown].value.and_then(|v| i128::from(v).checked_mul(*f));
        sum = sum.zip(value).and_then(|(a, b)| a.checked_add(b));
    }
    let value = sum.and_then(|s| i64::try_from(-s / factor).ok());
    Some(Exposure { id, from: row.shown.iter().map(|t| t.0).collect(), value })
}

/// The equations with something unknown in them, in groups that share no unknown.
fn components(book: &Book) -> Vec<Vec<Row>> {
    let mut group: HashMap<Id, Id> = HashMap::new();
    let mut rows = Vec::new();
    for (relation, terms) in book.relations.iter().enumerate() {
        let (shown, unknown): (Sparse, Sparse) =
            terms.iter().map(|(id, f)| (*id, i128::from(*f))).partition(|(id, _)| book.quantities[*id].shown);
        let Some((first, _)) = unknown.first().copied() else { continue };
        for (id, _) in &unknown {
            let (a, b) = (root(&mut group, first), root(&mut group, *id));
            group.insert(a.max(b), a.min(b));
        }
        rows.push(Row { unknown, shown, relation });
    }
    let mut by_group: BTreeMap<Id, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let key = root(&mut group, row.unknown[0].0);
        by_group.entry(key).or_default().push(row);
    }
    // A group without anything to protect needs no work.
    by_group.retain(|_, rows| rows.iter().flat_map(|r| &r.unknown).any(|(id, _)| book.quantities[*id].masked));
    by_group.into_values().collect()
}

fn root(group: &mut HashMap<Id, Id>, id: Id) -> Id {
    let mut at = id;
    while let Some(up) = group.get(&at).copied().filter(|up| *up != at) {
        at = up;
    }
    group.insert(id, at);
    at
}

/// Reduced row echelon form on the unknowns; nothing when a number outgrows 128 bits.
fn reduce(rows: &[Row]) -> Option<Vec<Row>> {
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

/// Every masked quantity left with a single possible value because counts are never negative:
/// two masked parts of a total of 0 are both 0.
pub(super) fn cornered(book: &Book) -> Vec<Exposure> {
    cornered_in(book, (0..book.relations.len()).collect())
}

fn cornered_in(book: &Book, among: Vec<usize>) -> Vec<Exposure> {
    let mut bounds: HashMap<Id, (i64, Option<i64>)> = HashMap::new();
    let mut cause: BTreeMap<Id, usize> = BTreeMap::new();
    let open: Vec<usize> = among
        .into_iter()
        .filter(|at| {
            let terms = &book.relations[*at];
            terms.iter().any(|(id, _)| !book.quantities[*id].shown)
                && terms.iter().all(|(id, _)| {
                    let q = &book.quantities[*id];
                    !q.signed && (!q.shown || q.value.is_some())
                })
        })
        .collect();
    // Bounds that keep creeping are no disclosure of a single value; a few rounds reach every real corner.
    for _ in 0..12 {
        let mut moved = false;
        for at in &open {
            moved |= tighten(book, *at, &mut bounds, &mut cause);
        }
        if !moved {
            break;
        }
    }
    let single = |id: &Id| bounds.get(id).is_some_and(|(low, high)| *high == Some(*low));
    cause
        .iter()
        .filter(|(id, _)| book.quantities[**id].masked && single(id))
        .map(|(id, _)| Exposure { id: *id, from: grounds(book, *id, &cause), value: bounds.get(id).map(|b| b.0) })
        .collect()
}

/// The shown quantities that a bound rests on, through every equation that led to it.
fn grounds(book: &Book, id: Id, cause: &BTreeMap<Id, usize>) -> Vec<Id> {
    let (mut seen, mut todo) = (BTreeSet::from([id]), vec![id]);
    while let Some(next) = todo.pop() {
        let Some(at) = cause.get(&next) else { continue };
        for (other, _) in &book.relations[*at] {
            if seen.insert(*other) && !book.quantities[*other].shown {
                todo.push(*other);
            }
        }
    }
    seen.into_iter().filter(|id| book.quantities[*id].shown).collect()
}

fn tighten(
    book: &Book,
    at: usize,
    bounds: &mut HashMap<Id, (i64, Option<i64>)>,
    cause: &mut BTreeMap<Id, usize>,
) -> bool {
    let range = |id: Id, bounds: &HashMap<Id, (i64, Option<i64>)>| match &book.quantities[id] {
        q if q.shown => (q.value.unwrap_or(0), q.value),
        _ => bounds.get(&id).copied().unwrap_or((0, None)),
    };
    let mut moved = false;
    for (id, factor) in &book.relations[at] {
        if book.quantities[*id].shown || factor.abs() != 1 {
            continue;
        }
        // id = -sign x (sum of the others): the least and the most the others allow.
        let (mut low, mut high) = (Some(0i64), Some(0i64));
        for (other, f) in book.relations[at].iter().filter(|(other, _)| other != id) {
            let (least, most) = range(*other, bounds);
            let f = -f * factor;
            let (a, b) = (Some(least.saturating_mul(f)), most.map(|m| m.saturating_mul(f)));
            let (from, to) = if f > 0 { (a, b) } else { (b, a) };
            low = low.zip(from).map(|(x, y)| x.saturating_add(y));
            high = high.zip(to).map(|(x, y)| x.saturating_add(y));
        }
        let (least, most) = range(*id, bounds);
        let low = low.map_or(least, |l| l.max(least));
        let high = match (high, most) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if (low, high) != (least, most) && high.is_none_or(|h| h >= low) {
            bounds.insert(*id, (low, high));
            cause.insert(*id, at);
            moved = true;
        }
    }
    moved
}
