//! Decides what is masked: small counts first, then whatever would give them away.

use super::bounds::cornered;
use super::quantities::{Becomes, Exposure, Id, Quantities};
use super::reading::Place;
use super::solve::{alone, exposed, gives_away};
use crate::report::quantity::Kind;
use crate::report::section::head::Counted;
use crate::sheet::Cell;
use std::collections::BTreeSet;

/// What the decision left.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub small: usize,
    pub secondary: usize,
    /// Given away by what was sent before; nothing in this export can change it.
    pub lost: usize,
}

/// A count too small to be shown, or a zero within too small a total. A total of zero is nobody: its zeros
/// single out no one and say no more than the total does.
pub(super) fn is_small(quantities: &Quantities, id: Id, threshold: i64) -> bool {
    let quantity = &quantities[id];
    let Some(value) = quantity.value.filter(|_| quantity.kind == Kind::People) else { return false };
    let below = |value: i64| 0 < value.abs() && value.abs() < threshold;
    let total_below = |id: &Id| quantities[*id].value.is_some_and(below);
    below(value) || (value == 0 && !quantity.signed && quantity.totals.iter().any(total_below))
}

/// Masks in the quantities everything that the threshold protects.
pub(super) fn decide(quantities: &mut Quantities, threshold: i64) -> Outcome {
    let mut outcome = Outcome::default();
    for id in 0..quantities.all.len() {
        let quantity = &quantities[id];
        let visible = quantity.guarded || quantity.shown || quantity.masked;
        if !quantity.issued && visible && (quantity.masked || is_small(quantities, id, threshold)) {
            outcome.small += 1;
            quantities.mask(id);
        }
    }
    let mut lost = BTreeSet::new();
    let people = settle(quantities, &mut lost, &mut outcome);
    let spared = spare(quantities, people);
    outcome.secondary -= spared;
    // Amounts last: which rows they belong to is known only now.
    loop {
        let before = quantities.all.iter().filter(|q| q.masked).count();
        belong(quantities, threshold);
        settle(quantities, &mut lost, &mut outcome);
        if quantities.all.iter().filter(|q| q.masked).count() == before {
            return outcome;
        }
    }
}

/// From so many equations on, each thing given away is covered as soon as it is seen: looking again after each cover
/// would mask a little less and take minutes.
const LONG: usize = 30_000;

/// Masks until nothing masked is given away; gives what was masked for it.
fn settle(quantities: &mut Quantities, lost: &mut BTreeSet<Id>, outcome: &mut Outcome) -> Vec<Id> {
    let mut covers = Vec::new();
    let hurried = quantities.relations.len() > LONG;
    loop {
        // Run the expensive checks only when the cheap one finds nothing.
        let looks: [fn(&Quantities) -> Vec<Exposure>; 3] = [alone, exposed, cornered];
        let news = |look: &fn(&Quantities) -> Vec<Exposure>| {
            let found = look(quantities);
            (!found.iter().all(|e| lost.contains(&e.id))).then_some(found)
        };
        let found = looks.iter().find_map(news).unwrap_or_default();
        let mut moved = false;
        let mut stuck: Vec<Exposure> = Vec::new();
        for exposure in found {
            let broken = || exposure.from.iter().any(|id| !quantities[*id].shown);
            if lost.contains(&exposure.id) || (!hurried && broken()) {
                // Known to be lost, or broken already by what was masked a moment ago.
                continue;
            }
            match cover(quantities, &exposure) {
                Some(id) => {
                    quantities.mask(id);
                    covers.push(id);
                    outcome.secondary += 1;
                    moved = true;
                }
                None => stuck.push(exposure),
            }
        }
        // Given up only when nothing else moves: covering another quantity often covers this one too.
        if moved {
            continue;
        }
        if stuck.is_empty() {
            return covers;
        }
        for exposure in stuck {
            if is_forced(quantities, &exposure) {
                quantities.force(exposure.id);
            } else {
                lost.insert(exposure.id);
                outcome.lost += 1;
            }
        }
    }
}

/// Shows again, largest first, what later covers made needless. A long export has so many covers that trying each
/// would cost more than it gives: there they all stay.
fn spare(quantities: &mut Quantities, mut covers: Vec<Id>) -> usize {
    const MOST: usize = 60;
    if covers.len() > MOST {
        return 0;
    }
    covers.sort_by_key(|id| (std::cmp::Reverse(quantities[*id].value.map(i64::abs)), *id));
    let mut spared = 0;
    while let Some(first) = covers.first().copied() {
        let equals = equals(quantities, first, &covers);
        covers.retain(|id| !equals.contains(id));
        for id in &equals {
            let quantity = &mut quantities[*id];
            (quantity.shown, quantity.masked) = (true, false);
        }
        if equals.iter().any(|id| gives_away(quantities, *id)) {
            equals.iter().for_each(|id| quantities.mask(*id));
        } else {
            spared += equals.len();
        }
    }
    spared
}

/// The covers that equations of two terms make one number: a single cohort and the total, an end and the next start.
fn equals(quantities: &Quantities, first: Id, covers: &[Id]) -> BTreeSet<Id> {
    let mut equals = BTreeSet::from([first]);
    loop {
        let pairs = quantities.relations.iter().filter(|terms| terms.len() == 2 && terms[0].1 == -terms[1].1);
        let touching = pairs.filter(|terms| terms.iter().any(|t| equals.contains(&t.0)));
        let more: BTreeSet<Id> = touching.flatten().map(|t| t.0).filter(|id| covers.contains(id)).collect();
        let before = equals.len();
        equals.extend(more);
        if equals.len() == before {
            return equals;
        }
    }
}

/// A zero that follows from the equations alone: they are all homogeneous, so they can force nothing but zeros.
fn is_forced(quantities: &Quantities, exposure: &Exposure) -> bool {
    let quantity = &quantities[exposure.id];
    quantity.value == Some(0)
        && quantity.withheld.is_empty()
        && !quantity.issued
        && exposure.from.iter().all(|id| quantities[*id].forced)
}

/// The smallest shown quantity that the computation needs; among equals one that is part of something, and that the
/// fewest cells print: what is printed everywhere is what the report is read for.
fn cover(quantities: &Quantities, exposure: &Exposure) -> Option<Id> {
    let order = |id: &Id| {
        let quantity = &quantities[*id];
        let is_total = quantity.totals.is_empty();
        let (size, cells) = (quantity.value.map_or(i64::MAX, i64::abs), quantity.cells.len());
        (quantity.kind == Kind::Amount, size, is_total, cells, *id)
    };
    exposure.from.iter().copied().filter(|id| quantities.can_mask(*id)).min_by_key(order)
}

/// Half-days, hours and the like go where the people of their row went.
fn belong(quantities: &mut Quantities, threshold: i64) {
    for at in 0..quantities.belongings.len() {
        let belonging = &quantities.belongings[at];
        let hidden = |id: &Id| quantities[*id].masked;
        let all_hidden = !belonging.all_of.is_empty() && belonging.all_of.iter().all(hidden);
        let small = is_small(quantities, belonging.people, threshold) || hidden(&belonging.people);
        if !all_hidden && !small {
            continue;
        }
        for id in belonging.amounts.clone() {
            if quantities.can_mask(id) {
                quantities.mask(id);
            }
        }
    }
}

/// Writes the decision into the cells.
pub(super) fn write(quantities: &Quantities, sections: &mut [Counted]) {
    let masked = quantities.all.iter().filter(|q| q.masked && !q.issued);
    let places: BTreeSet<Place> = masked.flat_map(|q| q.cells.iter().copied()).collect();
    for place in places {
        set(sections, place, Cell::Masked);
    }
    for derived in &quantities.derived {
        if derived.needs.iter().any(|id| quantities[*id].masked) {
            let cell = match derived.becomes {
                Becomes::Masked => Cell::Masked,
                Becomes::Empty => Cell::Empty,
            };
            set(sections, derived.place, cell);
        }
    }
}

fn set(sections: &mut [Counted], place: Place, cell: Cell) {
    let row = sections.get_mut(place.sheet).and_then(|section| section.sheet.rows.get_mut(place.row));
    if let Some(slot) = row.and_then(|row| row.get_mut(place.column)) {
        *slot = cell;
    }
}
