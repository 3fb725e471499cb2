//! Figures of the example school worked by hand: each line of figures_by_hand.md is what a report must show.

use super::example_school::romans;
use super::support::words;

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
    let list = worked(include_str!("figures_by_hand.md"));
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
