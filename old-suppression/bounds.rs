//! Finds masked counts that have one possible value left, because counts are never negative.

use super::quantities::{Exposure, Id, Quantities};
use std::collections::{BTreeSet, HashMap};

/// Every masked quantity left with a single possible value because counts are never negative:
/// two masked parts of a total of 0 are both 0.
pub(super) fn cornered(quantities: &Quantities) -> Vec<Exposure> {
    cornered_in(quantities, (0..quantities.relations.len()).collect())
}

pub(super) fn cornered_in(quantities: &Quantities, among: Vec<usize>) -> Vec<Exposure> {
    let open: Vec<usize> = among
        .into_iter()
        .filter(|at| {
            let terms = &quantities.relations[*at];
            terms.iter().any(|(id, _)| !quantities[*id].shown)
                && terms.iter().all(|(id, _)| {
                    let q = &quantities[*id];
                    !q.signed && (!q.shown || q.value.is_some())
                })
        })
        .collect();
    let mut ranges = Ranges { quantities, unknown: HashMap::new(), steps: Vec::new() };
    // Bounds that keep creeping are no disclosure of a single value; a few rounds reach every real corner.
    for _ in 0..12 {
        let before = ranges.steps.len();
        open.iter().for_each(|at| ranges.tighten(*at));
        if ranges.steps.len() == before {
            break;
        }
    }
    ranges.cornered()
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// An end of an unknown's range that an equation moved.
struct Step {
    id: Id,
    end: End,
    relation: usize,
}

/// What is known of one unknown: its range, and the steps that moved each end, in order.
#[derive(Default)]
struct Range {
    low: i64,
    high: Option<i64>,
    moved: [Vec<usize>; 2],
}

/// The ranges of the unknowns, and the steps that led to them.
struct Ranges<'b> {
    quantities: &'b Quantities,
    unknown: HashMap<Id, Range>,
    steps: Vec<Step>,
}

impl Ranges<'_> {
    /// The least and the most that a quantity can be; no most where nothing bounds it.
    fn range(&self, id: Id) -> (i64, Option<i64>) {
        match &self.quantities[id] {
            q if q.shown => (q.value.unwrap_or(0), q.value),
            _ => self.unknown.get(&id).map_or((0, None), |range| (range.low, range.high)),
        }
    }

    /// Narrows the unknowns of an equation by what it leaves to each.
    fn tighten(&mut self, relation: usize) {
        for (id, factor) in &self.quantities.relations[relation] {
            if self.quantities[*id].shown || factor.abs() != 1 {
                continue;
            }
            // id = -sign x (sum of the others): the least and the most the others allow.
            let (mut low, mut high) = (Some(0i64), Some(0i64));
            for (other, f) in self.quantities.relations[relation].iter().filter(|(other, _)| other != id) {
                let (least, most) = self.range(*other);
                let f = -f * factor;
                let (a, b) = (Some(least.saturating_mul(f)), most.map(|m| m.saturating_mul(f)));
                let (from, to) = if f > 0 { (a, b) } else { (b, a) };
                low = low.zip(from).map(|(x, y)| x.saturating_add(y));
                high = high.zip(to).map(|(x, y)| x.saturating_add(y));
            }
            let (least, most) = self.range(*id);
            let low = low.map_or(least, |l| l.max(least));
            let high = match (high, most) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            if high.is_none_or(|h| h >= low) {
                self.step(*id, relation, (low != least, high != most));
                let range = self.unknown.entry(*id).or_default();
                (range.low, range.high) = (low, high);
            }
        }
    }

    fn step(&mut self, id: Id, relation: usize, (low, high): (bool, bool)) {
        for (end, moved) in [(End::Low, low), (End::High, high)] {
            if moved {
                self.unknown.entry(id).or_default().moved[end as usize].push(self.steps.len());
                self.steps.push(Step { id, end, relation });
            }
        }
    }

    fn cornered(&self) -> Vec<Exposure> {
        let single = |(id, range): &(&Id, &Range)| self.quantities[**id].masked && range.high == Some(range.low);
        let mut found: Vec<Exposure> = self
            .unknown
            .iter()
            .filter(single)
            .map(|(id, range)| Exposure { id: *id, from: self.grounds(range), value: Some(range.low) })
            .collect();
        found.sort_by_key(|exposure| exposure.id);
        found
    }

    /// The last step before another that moved an end of an unknown.
    fn before(&self, id: Id, end: End, step: usize) -> Option<usize> {
        let moved = &self.unknown.get(&id)?.moved[end as usize];
        moved[..moved.partition_point(|at| *at < step)].last().copied()
    }

    /// The shown quantities that a range rests on: those of the steps that led to its ends, each from earlier ones.
    fn grounds(&self, range: &Range) -> Vec<Id> {
        let mut todo: Vec<usize> = range.moved.iter().filter_map(|moved| moved.last()).copied().collect();
        let mut seen: BTreeSet<usize> = todo.iter().copied().collect();
        let mut shown = BTreeSet::new();
        while let Some(at) = todo.pop() {
            let Step { id, end, relation } = &self.steps[at];
            let terms = &self.quantities.relations[*relation];
            let factor = terms.iter().find(|(other, _)| other == id).map_or(1, |(_, factor)| *factor);
            for (other, f) in terms.iter().filter(|(other, _)| other != id) {
                if self.quantities[*other].shown {
                    shown.insert(*other);
                    continue;
                }
                // A term of the other sign pulls this end with its own opposite one.
                let pulls = if (-f * factor > 0) == (*end == End::Low) { End::Low } else { End::High };
                todo.extend(self.before(*other, pulls, at).filter(|step| seen.insert(*step)));
            }
        }
        shown.into_iter().collect()
    }
}
