//! What the section `exits` says: outcomes of each cohort, scheme and point.

use super::quantities::{Id, Quantities, Trust};
use super::reading::{Figures, Line};
use crate::domain::ClosedList;
use crate::report::aftermath::Point;
use crate::report::quantity::{AtPoint, Kind, Outcome, What, Whom};
use crate::report::section::head::Head;
use crate::report::situation::Scheme;

/// Reads the section.
pub(super) fn read(quantities: &mut Quantities, figures: Figures<'_>) {
    for line in figures.lines() {
        if let Some(Head::Exits(scheme, point, of)) = line.head {
            read_line(quantities, line, (*scheme, *point), of);
        }
    }
}

fn read_line(quantities: &mut Quantities, line: Line<'_>, (scheme, point): (Scheme, Point), of: &Whom) {
    let mut see = |what: What, column: &str| quantities.see(&what.of(of), Kind::People, line, column);
    let entrants = see(What::Entrants, "entrants");
    let withdrawn = see(What::Withdrawn, "withdrawn");
    let examined = see(What::Examined, "examined");
    let [durable, transition, positive] = [Outcome::Durable, Outcome::Transition, Outcome::Positive]
        .map(|outcome| see(What::Outcome(scheme, outcome, point), outcome.code()));
    // Whoever has neither work nor training is the same in every scheme.
    let classes = [durable, transition, positive, see(What::At(point, AtPoint::Other), "other")];
    let unknown = see(What::At(point, AtPoint::Unknown), "unknown");
    let not_due = see(What::At(point, AtPoint::NotDue), "not_yet_due");

    let due_value = sum(quantities, &classes);
    let due = What::At(point, AtPoint::Due).of(of);
    let due = classes[0].map(|_| quantities.hidden(&due, Kind::People, due_value));
    quantities.adds_up(&classes, due, Trust::Sure);
    quantities.adds_up(&[due, not_due], examined, Trust::Sure);
    for id in classes.into_iter().chain([unknown]).flatten() {
        quantities.total(id, due);
    }
    for (part, whole) in [(withdrawn, entrants), (examined, entrants), (not_due, examined)] {
        if let Some(part) = part {
            quantities.total(part, whole);
        }
    }
    if let ([Some(durable), Some(transition), Some(positive), Some(other)], Some(due)) = (classes, due) {
        let name = |outcome| What::Outcome(scheme, outcome, point);
        let mut group = |outcome, parts: &[Id]| group(quantities, name(outcome), of, parts, due);
        let employment = group(Outcome::Employment, &[durable, transition]);
        let dynamic = group(Outcome::Dynamic, &[durable, transition, positive]);
        shares(quantities, line, &Shares { durable, employment, dynamic, other, due, entrants });
    }
}

/// Outcomes together, a quantity of its own: a percentage lets a reader know its numerator.
fn group(quantities: &mut Quantities, what: What, of: &Whom, parts: &[Id], due: Id) -> Id {
    let parts: Vec<Option<Id>> = parts.iter().copied().map(Some).collect();
    let value = sum(quantities, &parts);
    let id = quantities.hidden(&what.of(of), Kind::People, value);
    quantities.adds_up(&parts, Some(id), Trust::Sure);
    quantities.total(id, Some(due));
    id
}

/// What the percentages of one row are made of.
struct Shares {
    durable: Id,
    employment: Id,
    dynamic: Id,
    other: Id,
    due: Id,
    entrants: Option<Id>,
}

fn shares(quantities: &mut Quantities, line: Line<'_>, shares: &Shares) {
    let Shares { durable, employment, dynamic, other, due, entrants } = *shares;
    let not_durable = quantities.complement(durable, due);
    let not_employment = quantities.complement(employment, due);
    for (column, part, rest) in [
        ("dynamic_pct", dynamic, other),
        ("durable_pct", durable, not_durable),
        ("employment_pct", employment, not_employment),
    ] {
        quantities.print(part, line, column);
        quantities.derive(line, column, &[part, rest, due]);
    }
    if let Some(entrants) = entrants {
        let rest = quantities.complement(dynamic, entrants);
        quantities.print(dynamic, line, "dynamic_pct_on_entrants");
        quantities.derive(line, "dynamic_pct_on_entrants", &[dynamic, rest, entrants]);
    }
}

/// The sum of quantities whose values are all known.
fn sum(quantities: &Quantities, parts: &[Option<Id>]) -> Option<i64> {
    parts.iter().map(|id| id.and_then(|id| quantities[id].value)).sum()
}
