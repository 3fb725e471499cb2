//! What the last issued export of the same funder already tells its reader.

use super::equations::{link, months};
use super::quantities::{Id, Named, Quantities, Trust};
use super::{Changes, Published, heads_of, read_sections};
use crate::domain::Month;
use crate::report::quantity::{Activity, Kind, What};
use std::collections::BTreeSet;

/// Reads an issued export beside the one at hand and links the two.
pub(super) fn read(quantities: &mut Quantities, number: usize, published: &Published, changes: Changes) {
    // The export at hand is number 0.
    let issued = number + 1;
    quantities.read_export(issued);
    let heads = heads_of(&published.sheets);
    let sections = super::sections(&published.sheets, &heads);
    read_sections(quantities, &sections);
    link(quantities, &sections);
    let then = quantities.named();
    quantities.read_export(0);
    let now = quantities.named();
    let (old_months, new_months) = (months(&then), months(&now));
    for old in &then {
        if let Some(new) = quantities.find_in(0, &old.quantity, old.nth) {
            compare(quantities, old, new, changes);
        }
        follow_on(quantities, old, &old_months, &new_months);
    }
    growth(quantities, issued, &now, (&old_months, &new_months));
}

/// Two issues of one number: the same while nothing moved, else their difference is a count of people too.
fn compare(quantities: &mut Quantities, old: &Named, now: Id, changes: Changes) {
    let (then, new) = (&quantities[old.id], &quantities[now]);
    if then.kind != Kind::People || !(then.shown || then.masked) {
        return;
    }
    match (then.value, new.value) {
        (Some(a), Some(b)) if then.shown => {
            let printed = !new.cells.is_empty();
            let change = quantities.unnamed(Kind::People, Some(b - a));
            quantities[change].signed = true;
            quantities[change].guarded = changes == Changes::Protected && printed;
            quantities.relate(vec![(now, 1), (old.id, -1), (change, -1)], Trust::Sure);
        }
        // Masked then: whoever sees that its base has not moved takes the new number for the old one.
        (None, _) if same_base(quantities, old.quantity.what, &then.totals, &new.totals) => {
            quantities.relate(vec![(now, 1), (old.id, -1)], Trust::Sure);
        }
        _ => {}
    }
}

/// A month that is over does not move; another number stands still while its row total does.
fn same_base(quantities: &Quantities, what: What, then: &[Id], now: &[Id]) -> bool {
    let value = |id: Option<&Id>| id.and_then(|id| quantities[*id].value);
    matches!(what, What::Month(..)) || value(then.first()).is_some_and(|v| Some(v) == value(now.first()))
}

/// The end of the last issued month is the start of the first one now.
fn follow_on(quantities: &mut Quantities, old: &Named, then: &BTreeSet<Month>, now: &BTreeSet<Month>) {
    let What::Month(Activity::End, month) = old.quantity.what else { return };
    let next = month.plus(1);
    if !now.contains(&next) || then.contains(&next) {
        return;
    }
    if let Some(start) = quantities.find(&What::Month(Activity::Start, next).of(&old.quantity.of)) {
        quantities.relate(vec![(old.id, 1), (start, -1)], Trust::Sure);
    }
}

/// Entrants and exits grow by the entries and exits of the months since.
fn growth(
    quantities: &mut Quantities,
    issued: usize,
    named: &[Named],
    (then, now): (&BTreeSet<Month>, &BTreeSet<Month>),
) {
    let new: Vec<Month> = now.iter().filter(|m| then.last().is_none_or(|last| *m > last)).copied().collect();
    for (whole, flow) in [(What::Entrants, Activity::Entries), (What::Exits, Activity::Exits)] {
        for one in named.iter().filter(|named| named.quantity.what == whole && named.nth == 0) {
            let Some(old) = quantities.find_in(issued, &one.quantity, 0) else { continue };
            let of = &one.quantity.of;
            let flows: Vec<Id> = new.iter().filter_map(|m| quantities.find(&What::Month(flow, *m).of(of))).collect();
            if flows.is_empty() {
                continue;
            }
            let mut terms = vec![(one.id, 1), (old, -1)];
            terms.extend(flows.into_iter().map(|flow| (flow, -1)));
            quantities.relate(terms, Trust::Confirmed);
        }
    }
}
