//! Figures of the example school worked by hand: each line of worked.md is what a report must show.

use super::support::{Desk, words};

/// The kinds of the example's files, in the order of import.
pub const KINDS: &[&str] = &[
    "cohorts",
    "modules",
    "slots",
    "trainees",
    "attendance",
    "results",
    "certificates",
    "licence",
    "interviews",
    "placements",
    "followups",
    "notes",
    "funders",
    "grants",
    "targets",
    "budget",
];

/// A desk on 2 September 2019 with the example school imported.
pub fn romans() -> Desk {
    let desk = Desk::new().on("2019-09-02");
    desk.run("init fil.db").ends(0);
    for kind in KINDS {
        let file = format!("{}/examples/romans/{kind}.csv", env!("CARGO_MANIFEST_DIR"));
        desk.run_words(&["import".to_owned(), file, "--as".to_owned(), (*kind).to_owned()]).ends(0);
    }
    desk
}

struct Worked<'a> {
    line: &'a str,
    section: &'a str,
    scope: &'a str,
    selector: Vec<(&'a str, &'a str)>,
    column: &'a str,
    expected: &'a str,
}

fn worked(text: &str) -> Vec<Worked<'_>> {
    let sections = <fil::report::Section as fil::domain::ClosedList>::CODES;
    let lines = text.lines().filter(|l| sections.iter().any(|s| l.starts_with(&format!("{s} | "))));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [section, scope, selector, column, expected] = parts[..] else { panic!("not five parts: {line}") };
            let selector = selector.split(',').filter_map(|pair| pair.split_once('=')).collect();
            Worked { line, section, scope, selector, column, expected }
        })
        .collect()
}

fn same(found: &str, expected: &str) -> bool {
    if expected == "(empty)" {
        return found.is_empty();
    }
    match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() < 1e-9,
        _ => found == expected,
    }
}

#[test]
fn every_figure_worked_by_hand_is_what_the_report_shows() {
    let desk = romans();
    let mut wrong = Vec::new();
    let list = worked(include_str!("worked.md"));
    assert!(list.len() > 200, "only {} figures were read", list.len());
    for figure in &list {
        let line = format!("report show {} {} -f csv", figure.section, figure.scope);
        let shown = desk.run_words(&words(&line)).ends(0).stdout;
        let mut reader = csv::Reader::from_reader(shown.as_bytes());
        let headers = reader.headers().unwrap().clone();
        let column = |name: &str| headers.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
        let rows: Vec<csv::StringRecord> = reader
            .records()
            .map(Result::unwrap)
            .filter(|row| figure.selector.iter().all(|(name, value)| &row[column(name)] == *value))
            .collect();
        match rows.as_slice() {
            [row] if same(&row[column(figure.column)], figure.expected) => {}
            [row] => wrong.push(format!("{}\n    found {}", figure.line, &row[column(figure.column)])),
            rows => wrong.push(format!("{}\n    {} rows", figure.line, rows.len())),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), list.len(), wrong.join("\n"));
}
