//! What the section `indicators` says: numerators, denominators and what is beside them.

use super::quantities::{Belonging, Id, Quantities};
use super::reading::{Figures, Line, Reading, read as read_cell};
use crate::report::quantity::{Kind, Quantity, Role, What, Whom};
use crate::report::section::head::Head;
use crate::report::section::reread::word;
use crate::sheet::Cell;
use std::sync::Arc;

/// The counts of a row, in order.
const ROLES: [Role; 4] = [Role::Numerator, Role::Denominator, Role::NotYetDue, Role::Unknown];

/// Reads the section.
pub(super) fn read(quantities: &mut Quantities, figures: Figures<'_>) {
    for line in figures.lines() {
        match line.head {
            Some(Head::Indicator(row)) => {
                let [num, den, not_due, unknown] = ROLES.map(|role| row.quantity(role));
                let names = Names { num, den, not_due, unknown, kinds: row.counts.kinds, of: &row.of };
                read_line(quantities, line, &names);
            }
            Some(Head::Foreign(name, of)) => read_line(quantities, line, &foreign(line, name, of)),
            _ => {}
        }
    }
}

/// The quantities of the four counts of a row; nothing for a cell that is always 0.
struct Names<'a> {
    num: Option<Quantity>,
    den: Option<Quantity>,
    not_due: Option<Quantity>,
    unknown: Option<Quantity>,
    kinds: [Kind; 2],
    of: &'a Whom,
}

/// A row that no indicator of this version prints is protected as one of people, unless its unit says otherwise.
fn foreign<'a>(line: Line<'_>, name: &Arc<str>, of: &'a Whom) -> Names<'a> {
    let unit = line.cell("unit").map(word).unwrap_or_default();
    let kind = if matches!(unit.as_str(), "hours" | "half_days") { Kind::Amount } else { Kind::People };
    let quantity = |role| Some(What::Foreign(role).of_detail(Some(name.clone()), of));
    Names {
        num: quantity(Role::Numerator),
        den: quantity(Role::Denominator),
        not_due: None,
        unknown: quantity(Role::Unknown),
        kinds: [kind, kind],
        of,
    }
}

fn read_line(quantities: &mut Quantities, line: Line<'_>, names: &Names<'_>) {
    let [num_kind, den_kind] = names.kinds;
    let mut see = |quantity: &Option<Quantity>, kind, column| {
        quantity.as_ref().and_then(|quantity| quantities.see(quantity, kind, line, column))
    };
    let num = see(&names.num, num_kind, "num");
    let den = see(&names.den, den_kind, "den");
    let not_due = see(&names.not_due, Kind::People, "not_yet_due");
    let unknown = see(&names.unknown, Kind::People, "unknown");
    let mut needs: Vec<Id> = num.into_iter().chain(den).collect();
    if let (Some(num), Some(den), [Kind::People, Kind::People]) = (num, den, names.kinds) {
        // One numerator may be out of two bases (exits due, entrants): what is left of each is another number.
        needs.push(quantities.complement(num, den));
    }
    beside(quantities, [num, den, not_due, unknown]);
    if let (Some(num), None) = (num, den) {
        // A count prints its own number a second time.
        quantities.print(num, line, "value");
    }
    if num_kind == Kind::Amount {
        belong(quantities, names, num, den);
    }
    quantities.derive(line, "value", &needs);
    quantities.blank(line, "gap", &needs);
    quantities.blank(line, "status", &needs);
    if line.cell("note").is_some_and(has_figures) {
        quantities.blank(line, "note", &needs);
    }
}

/// Row totals: a numerator is part of its denominator, what is not due or unknown is part of the same people.
fn beside(quantities: &mut Quantities, [num, den, not_due, unknown]: [Option<Id>; 4]) {
    let Some(den) = den.filter(|id| quantities[*id].kind == Kind::People) else { return };
    if let Some(num) = num {
        quantities.total(num, Some(den));
    }
    let value = |id: Option<Id>| id.map_or(Some(0), |id| quantities[id].value);
    // Unknown is inside the denominator for outcomes and beside it for shares: the larger base is the row's people.
    let base = value(Some(den)).zip(value(not_due)).map(|(d, n)| d + n);
    let row = quantities.unnamed(Kind::People, base);
    for id in [Some(den), not_due, unknown].into_iter().flatten() {
        quantities.total(id, Some(row));
    }
}

/// Half-days, hours and sums of days or years go with the people they belong to.
fn belong(quantities: &mut Quantities, names: &Names<'_>, num: Option<Id>, den: Option<Id>) {
    let of_amounts = den.filter(|_| names.kinds[1] == Kind::Amount);
    let people = match den {
        Some(den) if names.kinds[1] == Kind::People => Some(den),
        _ => quantities.find(&What::Entrants.of(names.of)),
    };
    if let Some(people) = people {
        let amounts = num.into_iter().chain(of_amounts).collect();
        quantities.belongings.push(Belonging { people, all_of: vec![people], amounts });
    }
}

fn has_figures(cell: &Cell) -> bool {
    matches!(read_cell(cell), Reading::Number(_))
        || word(cell).bytes().any(|b| b.is_ascii_digit())
        || matches!(cell, Cell::Words(text) if text.fr.bytes().any(|b| b.is_ascii_digit()))
}
