//! What the section `indicators` says: numerators, denominators and what is beside them.

use super::book::{Belonging, Book, Id, Kind};
use super::reading::{Line, Reading, lines, read as read_cell, word};
use crate::sheet::{Cell, Sheet};

/// The names and nature of the four counts of a row.
struct Names {
    num: (String, Kind),
    den: (String, Kind),
    not_due: String,
    unknown: String,
}

/// Reads the section into the book.
pub(super) fn read(book: &mut Book, sheet: &Sheet, index: usize) {
    for line in lines(sheet, index) {
        read_line(book, line);
    }
}

/// The same number under the same name, whichever row or section prints it.
fn names(key: &str, cohort: &str, unit: &str) -> Names {
    let (base, variant) = key.split_once('@').unwrap_or((key, ""));
    let at = format!("{variant}|{cohort}");
    let (num_kind, den_kind) = kinds(base, unit);
    let num = match base {
        "entrants" | "fill_rate" => format!("entrants|{cohort}"),
        "dynamic_exit_rate" | "dynamic_on_entrants" => format!("iae.dynamic|{at}"),
        "durable_rate" => format!("iae.durable|{at}"),
        "employment_rate" => format!("iae.employment|{at}"),
        "attendance_rate" | "attendance_rate_excl_excused" => format!("present|{cohort}"),
        "unexcused_rate" => format!("unexcused|{cohort}"),
        "unmarked" | "hours_centre" | "hours_company" | "interview_hours" | "interviews" => format!("{base}|{cohort}"),
        _ => format!("{key}.num|{cohort}"),
    };
    let den = match base {
        "dynamic_on_entrants" => format!("entrants|{cohort}"),
        "completion_rate" | "dropout_rate" | "early_exit_rate" => format!("ended|{cohort}"),
        "dynamic_exit_rate" | "durable_rate" | "employment_rate" => format!("due|{at}"),
        "qualified" => format!("exits|{cohort}"),
        "prehire_started" => format!("completers|{cohort}"),
        "response_rate" => format!("exits_due|{at}"),
        "contract_days_80" => format!("exits_due|6m|{cohort}"),
        "access_delay_days" => format!("with_job|{cohort}"),
        "attendance_rate" | "unexcused_rate" => format!("planned|{cohort}"),
        _ => format!("{key}.den|{cohort}"),
    };
    let not_due = match base {
        "completion_rate" | "dropout_rate" | "early_exit_rate" => format!("not_ended|{cohort}"),
        "dynamic_exit_rate" | "durable_rate" | "employment_rate" => format!("not_due|{at}"),
        "response_rate" => format!("exits_not_due|{at}"),
        "contract_days_80" => format!("exits_not_due|6m|{cohort}"),
        _ => format!("{key}.not_due|{cohort}"),
    };
    let unknown = match base {
        "dynamic_exit_rate" | "durable_rate" | "employment_rate" => format!("unknown|{at}"),
        "access_delay_days" => format!("without_job|{cohort}"),
        _ => format!("{key}.unknown|{cohort}"),
    };
    Names { num: (num, num_kind), den: (den, den_kind), not_due, unknown }
}

/// Whether some people of an indicator may have to wait for a day to come.
fn waits(base: &str) -> bool {
    matches!(
        base,
        "completion_rate"
            | "dropout_rate"
            | "early_exit_rate"
            | "dynamic_exit_rate"
            | "durable_rate"
            | "employment_rate"
            | "dynamic_on_entrants"
            | "prehire_converted"
            | "retention_6m"
            | "response_rate"
            | "contract_days_80"
    )
}

/// Whether the answer of some people of an indicator may not be known.
fn asks(base: &str) -> bool {
    let never = ["applicants", "entrants", "fill_rate", "people_reached", "modules_validated", "certificate_success"];
    let of_days = ["attendance", "unexcused", "unmarked", "hours", "driving", "interview"];
    !never.contains(&base) && !of_days.iter().any(|start| base.starts_with(start))
}

/// What the numerator and the denominator count.
fn kinds(base: &str, unit: &str) -> (Kind, Kind) {
    match base {
        "fill_rate" => (Kind::People, Kind::Plain),
        "mean_age" | "access_delay_days" => (Kind::Amount, Kind::People),
        "attendance_rate" | "attendance_rate_excl_excused" | "unexcused_rate" | "unmarked" | "driving_hours" => {
            (Kind::Amount, Kind::Amount)
        }
        _ if matches!(unit, "hours" | "half_days") => (Kind::Amount, Kind::Amount),
        _ => (Kind::People, Kind::People),
    }
}

fn read_line(book: &mut Book, line: Line<'_>) {
    let (key, cohort) = (line.word("indicator"), line.word("cohort"));
    let names = names(&key, &cohort, &line.word("unit"));
    let num = book.see(&names.num.0, names.num.1, line, "num");
    let den = book.see(&names.den.0, names.den.1, line, "den");
    let base = key.split('@').next().unwrap_or_default();
    // Where the idea does not apply a zero stands, and everybody knows it.
    let not_due = waits(base).then(|| book.see(&names.not_due, Kind::People, line, "not_yet_due")).flatten();
    let unknown = asks(base).then(|| book.see(&names.unknown, Kind::People, line, "unknown")).flatten();
    let mut needs: Vec<Id> = num.into_iter().chain(den).collect();
    if let (Some(num), Some(den), (Kind::People, Kind::People)) = (num, den, (names.num.1, names.den.1)) {
        // One numerator may be out of two bases (exits due, entrants): what is left of each is another number.
        let rest = format!("{}.of.{}.rest", names.num.0, names.den.0).replace('|', ".");
        needs.push(book.complement(&format!("{rest}|{cohort}"), num, den));
    }
    beside(book, &key, &cohort, [num, den, not_due, unknown]);
    if den.is_none() && num.is_some() {
        // A count prints its own number a second time.
        if let Some(num) = num {
            book.print(num, line, "value");
        }
    }
    if names.num.1 == Kind::Amount {
        belong(book, &cohort, num, den, names.den.1);
    }
    book.derive(line, "value", &needs);
    book.blank(line, "gap", &needs);
    book.blank(line, "status", &needs);
    if line.cell("note").is_some_and(has_figures) {
        book.blank(line, "note", &needs);
    }
}

/// Row totals: a numerator is part of its denominator, what is not due or unknown is part of the same people.
fn beside(book: &mut Book, key: &str, cohort: &str, [num, den, not_due, unknown]: [Option<Id>; 4]) {
    let Some(den) = den.filter(|id| book.quantities[*id].kind == Kind::People) else { return };
    if let Some(num) = num {
        book.total(num, Some(den));
    }
    let value = |id: Option<Id>| id.map_or(Some(0), |id| book.quantities[id].value);
    // Unknown is inside the denominator for outcomes and beside it for shares: the larger base is the row's people.
    let base = value(Some(den)).zip(value(not_due)).map(|(d, n)| d + n);
    let row = book.hidden(&format!("{}.row|{cohort}", key.replace('|', ".")), Kind::People, base);
    for id in [Some(den), not_due, unknown].into_iter().flatten() {
        book.total(id, Some(row));
    }
}

/// Half-days, hours and sums of days or years go with the people they belong to.
fn belong(book: &mut Book, cohort: &str, num: Option<Id>, den: Option<Id>, den_kind: Kind) {
    let amounts: Vec<Id> = num.into_iter().chain(den.filter(|_| den_kind == Kind::Amount)).collect();
    let people = match den {
        Some(den) if den_kind == Kind::People => Some(den),
        _ => book.find(&format!("entrants|{cohort}")),
    };
    if let Some(people) = people {
        book.belongings.push(Belonging { people, all_of: vec![people], amounts });
    }
}

fn has_figures(cell: &Cell) -> bool {
    matches!(read_cell(cell), Reading::Number(_))
        || word(cell).bytes().any(|b| b.is_ascii_digit())
        || matches!(cell, Cell::Words(text) if text.fr.bytes().any(|b| b.is_ascii_digit()))
}
