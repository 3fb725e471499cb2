//! Finds masked counts that have one possible value left, because counts are never negative.

use super::book::{Book, Id};
use super::solve::Exposure;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The equations that narrowed each unknown, from below or from above.
type Causes = BTreeMap<Id, BTreeSet<usize>>;

/// Every masked quantity left with a single possible value because counts are never negative:
/// two masked parts of a total of 0 are both 0.
pub(super) fn cornered(book: &Book) -> Vec<Exposure> {
    cornered_in(book, (0..book.relations.len()).collect())
}

pub(super) fn cornered_in(book: &Book, among: Vec<usize>) -> Vec<Exposure> {
    let mut bounds: HashMap<Id, (i64, Option<i64>)> = HashMap::new();
    let mut cause: Causes = BTreeMap::new();
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
fn grounds(book: &Book, id: Id, cause: &Causes) -> Vec<Id> {
    let (mut seen, mut todo) = (BTreeSet::from([id]), vec![id]);
    while let Some(next) = todo.pop() {
        let used = cause.get(&next).into_iter().flatten();
        for (other, _) in used.flat_map(|at| &book.relations[*at]) {
            if seen.insert(*other) && !book.quantities[*other].shown {
                todo.push(*other);
            }
        }
    }
    seen.into_iter().filter(|id| book.quantities[*id].shown).collect()
}

fn tighten(book: &Book, at: usize, bounds: &mut HashMap<Id, (i64, Option<i64>)>, cause: &mut Causes) -> bool {
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
            cause.entry(*id).or_default().insert(at);
            moved = true;
        }
    }
    moved
}
