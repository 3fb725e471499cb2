//! The page of promises names tests that exist.

use std::collections::BTreeSet;
use std::path::Path;

const PAGE: &str = include_str!("../../docs/promises.md");

#[test]
fn every_promise_names_tests_that_exist() {
    let rows: Vec<&str> = PAGE.lines().filter(|line| line.starts_with("| P")).collect();
    let numbers: BTreeSet<&str> = rows.iter().filter_map(|row| row.split('|').nth(1)).map(str::trim).collect();
    assert_eq!(numbers, (1..=17).map(|n| format!("P{n}")).collect::<Vec<_>>().iter().map(String::as_str).collect());
    for row in rows {
        assert!(row.contains("::"), "no test is named: {row}");
    }
    let named: Vec<(&str, &str)> =
        PAGE.split('`').skip(1).step_by(2).filter_map(|span| span.split_once("::")).collect();
    assert!(named.len() > 30);
    for (module, name) in named {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/suite/{module}.rs"));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(text.contains(&format!("fn {name}(")), "there is no test {module}::{name}");
    }
}
