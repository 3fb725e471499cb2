//! Who is part of whom: counts of one cohort that are one number, and counts that cannot be larger than others.
//!
//! A reader who knows the definitions knows these too, so a masked count must not follow from them. "Not larger than" is
//! an equation with a rest that is printed nowhere and is never negative.

use super::book::{Book, Id, Kind, Trust};

/// Counts of which the first ones together are part of the last.
const PARTS: &[(&[&str], &str)] = &[
    (&["exits"], "entrants"),
    (&["completers"], "exits"),
    (&["completion_rate.num", "dropout_rate.num"], "ended"),
    (&["with_job"], "exits"),
    (&["retention_6m.den", "retention_6m.not_due"], "with_job"),
    (&["retention_6m.num", "retention_6m.unknown"], "retention_6m.den"),
    (&["code_passed_in_path.den"], "licence_obtained.den"),
    (&["licence_obtained.den", "licence_obtained.unknown"], "entrants"),
    (&["prehire_converted.den", "prehire_converted.not_due"], "entrants"),
    (&["prehire_started.num"], "completers"),
    (&["followed_monthly.den"], "entrants"),
    (&["qualified.num"], "exits"),
    (&["contract_days_80.num"], "exits_due|6m"),
    (&["entrants"], "admission_rate.num"),
    (&["admission_rate.den"], "applicants.num"),
    (&["exits_due|3m"], "exits_due|exit"),
    (&["exits_due|6m"], "exits_due|3m"),
    (&["exits_due|12m"], "exits_due|6m"),
];

/// Counts that are one number by definition.
const SAME: &[(&str, &str)] = &[
    ("mean_age.den", "share_minors.den"),
    ("mean_age.unknown", "share_minors.unknown"),
    ("code_passed_in_path.unknown", "licence_obtained.unknown"),
];

/// Adds what a reader knows of the people of a cohort, or of all.
pub(super) fn link(book: &mut Book, cohort: &str, families: &[String]) {
    let of = |book: &Book, family: &str| book.find(&format!("{family}|{cohort}"));
    for (one, other) in SAME {
        let (one, other) = (of(book, one), of(book, other));
        book.adds_up(&[one], other, Trust::Confirmed);
    }
    for (parts, whole) in PARTS {
        let ids: Vec<_> = parts.iter().map(|part| of(book, part)).collect();
        let whole_id = of(book, whole);
        within(book, &format!("{} in {whole}", parts.join("+")), cohort, &ids, whole_id);
    }
    let (still, due, entrants) =
        (of(book, "dynamic_on_entrants@exit.not_due"), of(book, "exits_due|exit"), of(book, "entrants"));
    book.adds_up(&[still, due], entrants, Trust::Sure);
    for point in ["exit", "3m", "6m", "12m"] {
        link_point(book, cohort, point);
    }
    let entrants = of(book, "entrants");
    for family in families.iter().filter(|family| family.ends_with(".den")) {
        let part = of(book, family);
        let of_module = family.starts_with("modules_validated@");
        if of_module && cohort != "*" {
            // Everybody of a cohort has its modules, and nobody of it has another's.
            book.adds_up(&[part], entrants, Trust::Confirmed);
        }
        if of_module || family.starts_with("certificate_success@") {
            within(book, &format!("{family} in entrants"), cohort, &[part], entrants);
        }
    }
    if cohort != "*" {
        // A cohort has ended or it has not: the whole of it is on one side, and its dates are known.
        for side in ["ended", "not_ended"] {
            let side = of(book, side);
            book.adds_up(&[side], entrants, Trust::Confirmed);
        }
    }
}

/// Nothing known is another situation; of those who answered nothing some were withdrawn.
fn link_point(book: &mut Book, cohort: &str, point: &str) {
    let of = |book: &Book, family: &str| book.find(&format!("{family}|{point}|{cohort}"));
    let (unknown, other, withdrawn) =
        (of(book, "unknown"), of(book, "other"), book.find(&format!("withdrawn|{cohort}")));
    within(book, &format!("unknown in other|{point}"), cohort, &[unknown], other);
    let silent = book.find(&format!("response_rate@{point}.unknown|{cohort}"));
    if let Some(rest) = within(book, &format!("unknown in silent|{point}"), cohort, &[unknown], silent) {
        within(book, &format!("silent in withdrawn|{point}"), cohort, &[Some(rest)], withdrawn);
    }
}

/// `parts <= whole`; gives the rest. Nothing where a count is missing or the values contradict it.
fn within(book: &mut Book, name: &str, cohort: &str, parts: &[Option<Id>], whole: Option<Id>) -> Option<Id> {
    let whole = whole?;
    let parts: Vec<Id> = parts.iter().copied().collect::<Option<_>>()?;
    let value = |id: Id| book.quantities[id].value;
    let sum = parts.iter().map(|id| value(*id)).sum::<Option<i64>>();
    let rest = value(whole).zip(sum).map(|(whole, sum)| whole - sum);
    if rest.is_some_and(|rest| rest < 0) {
        return None;
    }
    let id = book.hidden(&format!("{name}.rest|{cohort}"), Kind::People, rest);
    let all: Vec<_> = parts.into_iter().chain([id]).map(Some).collect();
    book.adds_up(&all, Some(whole), Trust::Sure);
    Some(id)
}

/// The lines of the yearly statement are often the people of one cohort, or of all.
pub(super) fn link_bpf(book: &mut Book) {
    let named = super::links::named(book);
    let value = |book: &Book, id: Id| book.quantities[id].value.filter(|value| *value > 0);
    let cohorts: Vec<Id> = named.iter().filter(|(name, _)| name.starts_with("entrants|")).map(|(_, id)| *id).collect();
    for (_, line) in named.iter().filter(|(name, _)| name.starts_with("bpf.") && !name.ends_with(".hours")) {
        for cohort in &cohorts {
            if value(book, *line).is_some() && value(book, *line) == value(book, *cohort) {
                book.adds_up(&[Some(*line)], Some(*cohort), Trust::Confirmed);
            }
        }
    }
}
