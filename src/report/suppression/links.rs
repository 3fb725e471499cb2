//! What one section says about another, cohorts about their total, and one month about the next.

use super::book::{Book, Id, Kind, Trust};
use super::monthly::{AMOUNTS, EVENTS};
use super::people;
use std::collections::{BTreeMap, BTreeSet};

/// Adds the equations that hold across rows and sections.
pub(super) fn link(book: &mut Book) {
    add_up_cohorts(book);
    let months = months(book);
    chain_months(book, &months);
    for (cohort, names) in cohorts(book) {
        link_outcomes(book, &cohort, &names);
        link_detail(book, &cohort, &names);
        link_movements(book, &cohort, &months);
        people::link(book, &cohort, &names);
    }
    link_esf(book, &months);
    people::link_bpf(book);
}

/// The family and the cohort of a name: `durable|3m|ROM-2018-11` is (`durable|3m`, `ROM-2018-11`).
fn family(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('|')
}

/// The names of the export being read, without its tag.
pub(super) fn named(book: &Book) -> Vec<(String, Id)> {
    let own = |name: &&String| match book.tag.as_str() {
        "" => !name.starts_with('<'),
        tag => name.starts_with(tag),
    };
    let names = book.names.iter().filter(|(name, _)| own(name));
    names.map(|(name, id)| (name[book.tag.len()..].to_owned(), *id)).collect()
}

/// The cohorts with the families of names that each has.
fn cohorts(book: &Book) -> BTreeMap<String, Vec<String>> {
    let mut cohorts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, _) in named(book) {
        if let Some((family, cohort)) = family(&name) {
            cohorts.entry(cohort.to_owned()).or_default().push(family.to_owned());
        }
    }
    cohorts
}

/// The months with a row, in order.
pub(super) fn months(book: &Book) -> BTreeSet<String> {
    let names = named(book);
    let starts = names.iter().filter_map(|(name, _)| name.strip_prefix("start|"));
    starts.filter_map(|rest| rest.split_once('|')).map(|(month, _)| month.to_owned()).collect()
}

/// People counted once in the total may be in two cohorts: the rows add up only where nobody is.
fn counted_once(family: &str) -> bool {
    const ONCE: [&str; 7] = [
        "applicants",
        "admission_rate",
        "people_reached",
        "code_passed|",
        "licence_obtained|",
        "partner_companies",
        "driving",
    ];
    ONCE.iter().any(|prefix| family.starts_with(prefix))
}

/// Printed nowhere and made of what is: their sums follow from those of the printed ones.
fn implied(family: &str) -> bool {
    let complement = family.split_once('.').is_some_and(|(_, rest)| rest.starts_with("not_") && rest.contains('|'));
    complement || family.ends_with(".rest") || family.ends_with(".row") || family.starts_with("active|")
}

fn add_up_cohorts(book: &mut Book) {
    let mut families: BTreeMap<String, (Option<Id>, Vec<Option<Id>>)> = BTreeMap::new();
    for (name, id) in named(book) {
        let Some((family, cohort)) = family(&name) else { continue };
        if implied(family) {
            continue;
        }
        let entry = families.entry(family.to_owned()).or_default();
        match cohort {
            "*" => entry.0 = Some(id),
            _ => entry.1.push(Some(id)),
        }
    }
    for (family, (total, parts)) in families {
        let Some(whole) = total else { continue };
        let trust = if counted_once(&family) { Trust::Confirmed } else { Trust::Sure };
        book.adds_up(&parts, total, trust);
        for id in parts.into_iter().flatten() {
            book.total(id, Some(whole));
        }
    }
}

/// The end of a month is the start of the next.
fn chain_months(book: &mut Book, months: &BTreeSet<String>) {
    for (name, end) in named(book) {
        let Some((month, cohort)) = name.strip_prefix("end|").and_then(|rest| rest.split_once('|')) else { continue };
        let next = next_month(month).filter(|next| months.contains(next));
        let start = next.and_then(|next| book.find(&format!("start|{next}|{cohort}")));
        if let Some(start) = start {
            book.relate(vec![(end, 1), (start, -1)], Trust::Sure);
        }
    }
}

/// The month after `2018-12` is `2019-01`.
pub(super) fn next_month(month: &str) -> Option<String> {
    let (year, month) = month.split_once('-')?;
    let (year, month) = (year.parse::<i32>().ok()?, month.parse::<u32>().ok()?);
    Some(if month == 12 { format!("{:04}-01", year + 1) } else { format!("{year:04}-{:02}", month + 1) })
}

/// Bases of one cohort: examined + withdrawn = exits, due + not due, known + unknown.
fn link_outcomes(book: &mut Book, cohort: &str, names: &[String]) {
    let of = |book: &Book, name: &str| book.find(&format!("{name}|{cohort}"));
    let (withdrawn, examined) = (of(book, "withdrawn"), of(book, "examined"));
    if let Some((w, e)) = withdrawn.zip(examined) {
        let value = book.quantities[w].value.zip(book.quantities[e].value).map(|(w, e)| w + e);
        book.hidden(&format!("exits|{cohort}"), Kind::People, value);
    }
    let mut sums = vec![
        (["withdrawn", "examined"].map(str::to_owned), "exits".to_owned()),
        (["ended", "not_ended"].map(str::to_owned), "entrants".to_owned()),
        (["with_job", "without_job"].map(str::to_owned), "exits".to_owned()),
    ];
    for point in ["exit", "3m", "6m", "12m"] {
        let at = |name: &str| format!("{name}|{point}");
        let answer = |part: &str| format!("response_rate@{point}.{part}");
        sums.push(([at("due"), at("not_due")], "examined".to_owned()));
        sums.push(([at("exits_due"), at("exits_not_due")], "exits".to_owned()));
        sums.push(([answer("num"), answer("unknown")], at("exits_due")));
    }
    for name in names {
        let share = name.strip_suffix(".den").filter(|n| n.starts_with("share_") || *n == "mean_age");
        if let Some(share) = share {
            sums.push(([format!("{share}.den"), format!("{share}.unknown")], "entrants".to_owned()));
        }
    }
    for (parts, whole) in sums {
        let (parts, whole) = (parts.map(|part| of(book, &part)), of(book, &whole));
        book.adds_up(&parts, whole, Trust::Sure);
    }
    for (one, other) in [("people_reached.num", "entrants"), ("completion_rate.num", "completers")] {
        let (one, other) = (of(book, one), of(book, other));
        book.adds_up(&[one], other, Trust::Confirmed);
    }
}

/// One row per module or certificate, and a bare row for all of them.
fn link_detail(book: &mut Book, cohort: &str, names: &[String]) {
    for key in ["modules_validated", "certificate_success"] {
        for part in ["num", "den"] {
            let (start, end) = (format!("{key}@"), format!(".{part}"));
            let parts: Vec<_> = names
                .iter()
                .filter(|family| family.starts_with(&start) && family.ends_with(&end))
                .map(|family| book.find(&format!("{family}|{cohort}")))
                .collect();
            let whole = book.find(&format!("{key}.{part}|{cohort}"));
            book.adds_up(&parts, whole, Trust::Sure);
        }
    }
}

/// Months add up to what the other sections count since the beginning or over the period.
fn link_movements(book: &mut Book, cohort: &str, months: &BTreeSet<String>) {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return };
    let entrants = book.find(&format!("entrants|{cohort}"));
    let exits = book.find(&format!("exits|{cohort}"));
    let end = book.find(&format!("end|{last}|{cohort}"));
    book.adds_up(&[exits, end], entrants, Trust::Confirmed);
    let over = |book: &Book, name: &str| -> Vec<Option<Id>> {
        months.iter().filter_map(|m| book.find(&format!("{name}|{m}|{cohort}"))).map(Some).collect()
    };
    let mut entered = over(book, "entries");
    entered.push(book.find(&format!("start|{first}|{cohort}")));
    book.adds_up(&entered, entrants, Trust::Confirmed);
    let left = over(book, "exits");
    book.adds_up(&left, exits, Trust::Confirmed);
    for name in AMOUNTS.iter().chain(&EVENTS) {
        let parts = over(book, name);
        for whole in [format!("{name}|{cohort}"), format!("{name}.num|{cohort}")] {
            let whole = book.find(&whole);
            book.adds_up(&parts, whole, Trust::Confirmed);
        }
    }
    let (passed, whole) = (over(book, "code_passed"), book.find(&format!("code_passed_in_path.num|{cohort}")));
    book.adds_up(&passed, whole, Trust::Confirmed);
}

/// The European lines count the entrants of the period: often the very people of the indicators.
fn link_esf(book: &mut Book, months: &BTreeSet<String>) {
    let all = book.find("EECO01.total");
    let entered: Vec<_> = months.iter().filter_map(|m| book.find(&format!("entries|{m}|*"))).map(Some).collect();
    book.adds_up(&entered, all, Trust::Confirmed);
    let entrants = book.find("entrants|*");
    let value = |id: Option<Id>| id.and_then(|id| book.quantities[id].value);
    if value(all).is_none() || value(all) != value(entrants) {
        return;
    }
    book.adds_up(&[all], entrants, Trust::Confirmed);
    for (line, share) in [
        ("EECO01.women", "share_women"),
        ("EECO06.total", "share_minors"),
        ("EECO09.total", "share_low_education"),
        ("EECO12.total", "share_disability"),
        ("EECO17.total", "share_rural"),
    ] {
        let (part, whole) = (book.find(line), book.find(&format!("{share}.num|*")));
        book.adds_up(&[part], whole, Trust::Confirmed);
    }
}
