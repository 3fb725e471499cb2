//! What the section `exits` says: outcomes of each cohort, scheme and point.

use super::book::{Book, Id, Kind, Trust};
use super::reading::{Line, lines};
use crate::sheet::Sheet;

/// Reads the section into the book.
pub(super) fn read(book: &mut Book, sheet: &Sheet, index: usize) {
    for line in lines(sheet, index) {
        read_line(book, line);
    }
}

fn read_line(book: &mut Book, line: Line<'_>) {
    let (cohort, point, scheme) = (line.word("cohort"), line.word("point"), line.word("scheme"));
    let key = format!("{point}|{cohort}");
    let mut see = |name: String, column: &str| book.see(&name, Kind::People, line, column);
    let entrants = see(format!("entrants|{cohort}"), "entrants");
    let withdrawn = see(format!("withdrawn|{cohort}"), "withdrawn");
    let examined = see(format!("examined|{cohort}"), "examined");
    let [durable, transition, positive] =
        ["durable", "transition", "positive"].map(|c| see(format!("{scheme}.{c}|{key}"), c));
    // Whoever has neither work nor training is the same in every scheme.
    let classes = [durable, transition, positive, see(format!("other|{key}"), "other")];
    let unknown = see(format!("unknown|{key}"), "unknown");
    let not_due = see(format!("not_due|{key}"), "not_yet_due");

    let due_value = sum(book, &classes);
    let due = classes[0].map(|_| book.hidden(&format!("due|{key}"), Kind::People, due_value));
    book.adds_up(&classes, due, Trust::Sure);
    book.adds_up(&[due, not_due], examined, Trust::Sure);
    for id in classes.into_iter().chain([unknown]).flatten() {
        book.total(id, due);
    }
    for (part, whole) in [(withdrawn, entrants), (examined, entrants), (not_due, examined)] {
        if let Some(part) = part {
            book.total(part, whole);
        }
    }
    if let ([Some(durable), Some(transition), Some(positive), Some(other)], Some(due)) = (classes, due) {
        let row = Row { line, key, scheme: format!("{scheme}."), durable, transition, positive, other, due, entrants };
        shares(book, &row);
    }
}

/// The outcomes of one row.
struct Row<'a> {
    line: Line<'a>,
    key: String,
    scheme: String,
    durable: Id,
    transition: Id,
    positive: Id,
    other: Id,
    due: Id,
    entrants: Option<Id>,
}

/// The percentages: each lets a reader know its numerator, so the numerator is a quantity of its own.
fn shares(book: &mut Book, row: &Row<'_>) {
    let Row { line, key, scheme, durable, transition, positive, other, due, entrants } = row;
    let (line, durable, due) = (*line, *durable, *due);
    let mut grouped = |name: &str, parts: &[Option<Id>]| {
        let value = sum(book, parts);
        let id = book.hidden(&format!("{scheme}{name}|{key}"), Kind::People, value);
        book.adds_up(parts, Some(id), Trust::Sure);
        book.total(id, Some(due));
        id
    };
    let employment = grouped("employment", &[Some(durable), Some(*transition)]);
    let dynamic = grouped("dynamic", &[Some(durable), Some(*transition), Some(*positive)]);
    for (column, part, rest) in [
        ("dynamic_pct", dynamic, *other),
        ("durable_pct", durable, book.complement(&format!("{scheme}not_durable|{key}"), durable, due)),
        ("employment_pct", employment, book.complement(&format!("{scheme}not_employment|{key}"), employment, due)),
    ] {
        book.print(part, line, column);
        book.derive(line, column, &[part, rest, due]);
    }
    if let Some(entrants) = *entrants {
        let rest = book.complement(&format!("{scheme}not_dynamic|{key}"), dynamic, entrants);
        book.print(dynamic, line, "dynamic_pct_on_entrants");
        book.derive(line, "dynamic_pct_on_entrants", &[dynamic, rest, entrants]);
    }
}

/// The sum of quantities whose values are all known.
pub(super) fn sum(book: &Book, parts: &[Option<Id>]) -> Option<i64> {
    parts.iter().map(|id| id.and_then(|id| book.quantities[id].value)).sum()
}
