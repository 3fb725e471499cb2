//! Finds what a reader can compute: one equation alone, then all of them together.

use super::bounds::cornered_in;
use super::determined::determined;
use super::elimination::{Row, Sparse, reduce};
use super::quantities::{Exposure, Id, Quantities};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whether a quantity that has just been shown gives away a masked one.
pub(super) fn gives_away(quantities: &Quantities, id: Id) -> bool {
    let near: BTreeSet<Id> = quantities
        .relations
        .iter()
        .filter(|terms| terms.iter().any(|t| t.0 == id))
        .flat_map(|terms| terms.iter().map(|t| t.0))
        .filter(|id| !quantities[*id].shown)
        .collect();
    let groups: Vec<Vec<Row>> = components(quantities)
        .into_iter()
        .filter(|rows| rows.iter().flat_map(|row| &row.unknown).any(|t| near.contains(&t.0)))
        .collect();
    let relations: Vec<usize> = groups.iter().flatten().map(|row| row.relation).collect();
    !exposed_in(quantities, groups).is_empty() || !cornered_in(quantities, relations).is_empty()
}

/// Every masked quantity that sums and differences of the shown ones give away.
pub(super) fn exposed(quantities: &Quantities) -> Vec<Exposure> {
    exposed_in(quantities, components(quantities))
}

fn exposed_in(quantities: &Quantities, groups: Vec<Vec<Row>>) -> Vec<Exposure> {
    let mut found = Vec::new();
    for rows in groups {
        let known = determined(&rows);
        let near = Neighbours::of(&rows);
        found.extend(
            known.into_iter().filter(|id| quantities[*id].masked).map(|id| explain(quantities, &rows, &near, id)),
        );
    }
    found.sort_by_key(|e| e.id);
    found
}

/// Masked quantities that stand as the only unknown of an equation: most of what is given away, found without elimination.
pub(super) fn alone(quantities: &Quantities) -> Vec<Exposure> {
    let mut found: BTreeMap<Id, Exposure> = BTreeMap::new();
    for (relation, terms) in quantities.relations.iter().enumerate() {
        let mut unknown = terms.iter().filter(|(id, _)| !quantities[*id].shown);
        if let (Some((id, _)), None) = (unknown.next(), unknown.next())
            && !found.contains_key(id)
        {
            found.extend(exposure(quantities, &row(quantities, relation, terms)).map(|exposure| (*id, exposure)));
        }
    }
    found.into_values().collect()
}

/// In which equations each unknown stands.
struct Neighbours(HashMap<Id, Vec<usize>>);

impl Neighbours {
    fn of(rows: &[Row]) -> Neighbours {
        let mut near: HashMap<Id, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            row.unknown.iter().for_each(|(id, _)| near.entry(*id).or_default().push(at));
        }
        Neighbours(near)
    }
    /// The equations of some unknowns.
    fn rows(&self, unknown: &BTreeSet<Id>) -> BTreeSet<usize> {
        unknown.iter().filter_map(|id| self.0.get(id)).flatten().copied().collect()
    }
}

/// From which shown numbers a determined unknown is computed: by the equations around it, as few as are enough.
fn explain(quantities: &Quantities, rows: &[Row], near: &Neighbours, id: Id) -> Exposure {
    let mut unknown = BTreeSet::from([id]);
    let mut taken = BTreeSet::new();
    loop {
        let around = near.rows(&unknown);
        let whole = around.len() == taken.len();
        taken = around;
        let chosen: Vec<Row> = taken.iter().map(|at| rows[*at].clone()).collect();
        match reduce(&chosen) {
            Some(reduced) => {
                let single = reduced.iter().find(|row| matches!(row.unknown[..], [(only, _)] if only == id));
                if let Some(found) = single.and_then(|row| exposure(quantities, row)) {
                    return found;
                }
            }
            // Numbers beyond 128 bits: any shown number of these equations may be the one.
            None => return guessed(&chosen, id),
        }
        if whole {
            return guessed(&chosen, id);
        }
        unknown.extend(chosen.iter().flat_map(|row| &row.unknown).map(|t| t.0));
    }
}

fn guessed(rows: &[Row], id: Id) -> Exposure {
    let from: BTreeSet<Id> = rows.iter().flat_map(|row| &row.shown).map(|t| t.0).collect();
    Exposure { id, from: from.into_iter().collect(), value: None }
}

fn row(quantities: &Quantities, relation: usize, terms: &[(Id, i64)]) -> Row {
    let all = terms.iter().map(|(id, f)| (*id, i128::from(*f)));
    let (shown, unknown): (Sparse, Sparse) = all.partition(|(id, _)| quantities[*id].shown);
    Row { unknown, shown, relation }
}

fn exposure(quantities: &Quantities, row: &Row) -> Option<Exposure> {
    let [(id, factor)] = row.unknown[..] else { return None };
    if !quantities[id].masked {
        return None;
    }
    let mut sum = Some(0i128);
    for (shown, f) in &row.shown {
        let value = quantities[*shown].value.and_then(|v| i128::from(v).checked_mul(*f));
        sum = sum.zip(value).and_then(|(a, b)| a.checked_add(b));
    }
    let value = sum.and_then(|s| i64::try_from(-s / factor).ok());
    Some(Exposure { id, from: row.shown.iter().map(|t| t.0).collect(), value })
}

/// The equations with something unknown in them, in groups that share no unknown.
fn components(quantities: &Quantities) -> Vec<Vec<Row>> {
    let mut group: HashMap<Id, Id> = HashMap::new();
    let mut rows = Vec::new();
    for (relation, terms) in quantities.relations.iter().enumerate() {
        let row = row(quantities, relation, terms);
        let Some((first, _)) = row.unknown.first().copied() else { continue };
        for (id, _) in &row.unknown {
            let (a, b) = (root(&mut group, first), root(&mut group, *id));
            group.insert(a.max(b), a.min(b));
        }
        rows.push(row);
    }
    let mut by_group: BTreeMap<Id, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let key = root(&mut group, row.unknown[0].0);
        by_group.entry(key).or_default().push(row);
    }
    // A group without anything to protect needs no work.
    by_group.retain(|_, rows| rows.iter().flat_map(|r| &r.unknown).any(|(id, _)| quantities[*id].masked));
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
