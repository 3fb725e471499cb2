//! What the last issued export of the same funder already tells its reader.

use super::book::{Book, Id, Kind, Trust};
use super::links::{months, named, next_month};
use super::{Changes, Published, read_sheets};
use std::collections::BTreeSet;

/// Reads an issued export beside the one at hand and links the two.
pub(super) fn read(book: &mut Book, number: usize, published: &Published, changes: Changes) {
    book.tag = format!("<{number}>");
    read_sheets(book, &published.sheets);
    super::links::link(book);
    let then = named(book);
    let old_months = months(book);
    book.tag.clear();
    let new_months = months(book);
    for (name, old) in &then {
        if let Some(now) = book.find(name) {
            compare(book, name, (*old, now), changes);
        }
        follow_on(book, name, *old, &old_months, &new_months);
    }
    growth(book, number, &old_months, &new_months);
}

/// Two issues of one number: the same while nothing moved, else their difference is a count of people too.
fn compare(book: &mut Book, name: &str, (old, now): (Id, Id), changes: Changes) {
    let (then, new) = (book.quantities[old].clone(), book.quantities[now].clone());
    if then.kind != Kind::People || !(then.shown || then.masked) {
        return;
    }
    match (then.value, new.value) {
        (Some(a), Some(b)) if then.shown => {
            let change = book.hidden(&format!("change of {name} since {old}"), Kind::People, Some(b - a));
            book.quantities[change].signed = true;
            book.quantities[change].guarded = changes == Changes::Protected && printed(&new);
            book.relate(vec![(now, 1), (old, -1), (change, -1)], Trust::Sure);
        }
        // Masked then: whoever sees that its base has not moved takes the new number for the old one.
        (None, _) if same_base(book, name, &then.totals, &new.totals) => {
            book.relate(vec![(now, 1), (old, -1)], Trust::Sure);
        }
        _ => {}
    }
}

fn printed(quantity: &super::book::Quantity) -> bool {
    !quantity.cells.is_empty()
}

/// A month that is over does not move; another number stands still while its row total does.
fn same_base(book: &Book, name: &str, then: &[Id], now: &[Id]) -> bool {
    let of_a_month = name.split('|').nth(1).is_some_and(|m| next_month(m).is_some());
    let value = |id: Option<&Id>| id.and_then(|id| book.quantities[*id].value);
    of_a_month || value(then.first()).is_some_and(|v| Some(v) == value(now.first()))
}

/// The end of the last issued month is the start of the first one now.
fn follow_on(book: &mut Book, name: &str, old: Id, then: &BTreeSet<String>, now: &BTreeSet<String>) {
    let Some((month, cohort)) = name.strip_prefix("end|").and_then(|rest| rest.split_once('|')) else { return };
    let Some(next) = next_month(month).filter(|next| now.contains(next) && !then.contains(next)) else { return };
    if let Some(start) = book.find(&format!("start|{next}|{cohort}")) {
        book.relate(vec![(old, 1), (start, -1)], Trust::Sure);
    }
}

/// Entrants and exits grow by the entries and exits of the months since.
fn growth(book: &mut Book, number: usize, then: &BTreeSet<String>, now: &BTreeSet<String>) {
    let new: Vec<&String> = now.iter().filter(|m| then.last().is_none_or(|last| *m > last)).collect();
    for (whole, flow) in [("entrants", "entries"), ("exits", "exits")] {
        let prefix = format!("{whole}|");
        for (name, id) in named(book) {
            let Some(cohort) = name.strip_prefix(&prefix).filter(|rest| !rest.contains('|')) else { continue };
            let Some(old) = book.names.get(&format!("<{number}>{name}")).copied() else { continue };
            let flows: Vec<Id> = new.iter().filter_map(|m| book.find(&format!("{flow}|{m}|{cohort}"))).collect();
            if flows.is_empty() {
                continue;
            }
            let mut terms = vec![(id, 1), (old, -1)];
            terms.extend(flows.into_iter().map(|f| (f, -1)));
            book.relate(terms, Trust::Confirmed);
        }
    }
}
