//! What the section `monthly` says: movements, events and presence of each cohort and month.

use super::book::{Belonging, Book, Id, Kind, Trust};
use super::reading::{Line, lines};
use crate::sheet::Sheet;

/// Events that happen to one person each. Interviews are among them: the rule exempts half-days, hours and money only.
pub(super) const EVENTS: [&str; 6] =
    ["modules_validated", "code_passed", "licence_obtained", "interviews", "prehire_started", "contracts_signed"];
/// Half-days and hours.
pub(super) const AMOUNTS: [&str; 8] =
    ["planned", "present", "excused", "unexcused", "unmarked", "hours_centre", "hours_company", "interview_hours"];

/// Reads the section into the book.
pub(super) fn read(book: &mut Book, sheet: &Sheet, index: usize) {
    for line in lines(sheet, index) {
        read_line(book, line);
    }
}

fn read_line(book: &mut Book, line: Line<'_>) {
    let key = format!("{}|{}", line.word("month"), line.word("cohort"));
    let moves = ["start", "entries", "exits", "end"].map(|c| book.see(&format!("{c}|{key}"), Kind::People, line, c));
    let [start, entries, exits, end] = moves;
    // The people of the row: there at the start of the month or entered in it.
    let people = start.zip(entries).map(|(s, e)| {
        let value = book.quantities[s].value.zip(book.quantities[e].value).map(|(s, e)| s + e);
        book.hidden(&format!("active|{key}"), Kind::People, value)
    });
    book.adds_up(&[start, entries], people, Trust::Sure);
    book.adds_up(&[exits, end], people, Trust::Sure);
    let events = EVENTS.map(|c| book.see(&format!("{c}|{key}"), Kind::People, line, c));
    for id in moves.into_iter().chain(events).flatten() {
        book.total(id, people);
    }
    read_amounts(book, line, &key, people, [start, end]);
}

fn read_amounts(book: &mut Book, line: Line<'_>, key: &str, people: Option<Id>, ends: [Option<Id>; 2]) {
    let amounts = AMOUNTS.map(|c| book.see(&format!("{c}|{key}"), Kind::Amount, line, c));
    let [planned, present, excused, unexcused, unmarked, ..] = amounts;
    book.adds_up(&[present, excused, unexcused, unmarked], planned, Trust::Sure);
    if let (Some(planned), Some(present)) = (planned, present) {
        book.derive(line, "attendance_pct", &[planned, present]);
    }
    if let Some(people) = people {
        let all_of = ends.into_iter().flatten().collect();
        book.belongings.push(Belonging { people, all_of, amounts: amounts.into_iter().flatten().collect() });
    }
}
