//! What the tables of a folder must say of themselves: rows add up, rates follow from their numerators and bases, months
//! chain, differences reach the figures. Masked and empty cells say nothing.

use super::Claim;
use super::checks::{Checks, Place};
use crate::domain::number::percent_tenths;
use crate::report::close::printed_figures::{Decimals, Printed};
use crate::report::indicator;
use crate::report::quantity::Across;
use crate::report::reread::{Reread, machine_name, reread};
use crate::sheet::{Format, Sheet};
use std::collections::BTreeMap;

/// One table of a folder, by machine column.
struct Table<'a> {
    file: String,
    section: &'a str,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    decimal: char,
}

/// A whole that is the sum of some parts of its row, less others.
struct Sum(&'static str, &'static [&'static str], &'static [&'static str]);

/// A rate in per cent: over the sum of some columns, that of others.
struct Rate(&'static str, &'static [&'static str], &'static [&'static str]);

const CLASSES: [&str; 5] = ["durable", "transition", "positive", "other", "unknown"];

fn sums(section: &str) -> &'static [Sum] {
    const HALF_DAYS: Sum = Sum("planned", &["present", "excused", "unexcused", "unmarked"], &[]);
    match section {
        "monthly" => &[Sum("end", &["start", "entries"], &["exits"]), HALF_DAYS],
        "attendance" => &[HALF_DAYS],
        "exits" => &[Sum("examined", &["durable", "transition", "positive", "other", "unknown", "not_yet_due"], &[])],
        "financial" => &[Sum("gap", &["realised"], &["planned"])],
        "restated" | "diff" => &[Sum("delta", &["now"], &["issued"])],
        _ => &[],
    }
}

fn rates(section: &str) -> &'static [Rate] {
    match section {
        "monthly" | "attendance" => &[Rate("attendance_pct", &["present"], &["planned"])],
        "exits" => &[
            Rate("dynamic_pct", &["durable", "transition", "positive"], &CLASSES),
            Rate("durable_pct", &["durable"], &CLASSES),
            Rate("employment_pct", &["durable", "transition"], &CLASSES),
        ],
        "financial" => &[Rate("pct", &["realised"], &["planned"])],
        _ => &[],
    }
}

/// The columns that name the rows which add up to their `*` row, and those that do not add up: rates, and what counts a
/// person once.
fn across(section: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match section {
        "monthly" => Some((&["month"], &["attendance_pct", "code_passed", "licence_obtained"])),
        "exits" => {
            Some((&["scheme", "point"], &["dynamic_pct", "durable_pct", "employment_pct", "dynamic_pct_on_entrants"]))
        }
        _ => None,
    }
}

/// Checks every table of a folder that a section is known of.
pub fn check(claim: &Claim, sections: &[Sheet], checks: &mut Checks) {
    for (name, _) in claim.files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let Some(section) = name.strip_suffix(".csv") else { continue };
        let like = sections.iter().find(|sheet| sheet.key == section);
        let Some(table) = claim.bytes(name).and_then(|bytes| reread(&bytes, claim.format)) else { continue };
        let table = Table::new(name, section, (table, like), claim.format);
        let before = checks.sheet.rows.len();
        table.check(checks);
        if table.is_known() {
            checks.hold_since(before, "arithmetic", name);
        }
    }
}

impl<'a> Table<'a> {
    fn new(name: &str, section: &'a str, (table, like): (Reread, Option<&Sheet>), format: Format) -> Table<'a> {
        let columns = table.headers.iter().map(|header| machine_name(like, header).to_owned()).collect();
        let decimal = if format == Format::CsvFr { ',' } else { '.' };
        Table { file: name.to_owned(), section, columns, rows: table.rows, decimal }
    }

    fn is_known(&self) -> bool {
        !sums(self.section).is_empty()
            || !rates(self.section).is_empty()
            || matches!(self.section, "indicators" | "agreed")
    }

    fn text<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// A number in hundredths; nothing where none is told.
    fn number(&self, row: &[String], column: &str) -> Option<i64> {
        let at = self.columns.iter().position(|name| name == column)?;
        let text = row.get(at)?.trim_start_matches('\'').replace(self.decimal, ".");
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
        let told = plain.strip_prefix('-').unwrap_or(&plain).starts_with(|c: char| c.is_ascii_digit());
        if told { Printed::parse(&plain).map(|printed| printed.hundredths) } else { None }
    }

    fn total(&self, row: &[String], columns: &[&str]) -> Option<i64> {
        columns.iter().map(|column| self.number(row, column)).sum()
    }

    /// Lines of what a unit cost or of what a funder pays have shares of other lines.
    fn has_rates(&self, row: &[String]) -> bool {
        self.section != "financial" || matches!(self.text(row, "side"), "charge" | "income")
    }

    fn check(&'a self, checks: &mut Checks) {
        for (at, row) in self.rows.iter().enumerate() {
            for Sum(whole, parts, less) in sums(self.section) {
                let found = self.total(row, parts).zip(self.total(row, less)).map(|(parts, less)| parts - less);
                self.same(checks, (at, whole), found, 1);
            }
            for Rate(rate, part, base) in rates(self.section).iter().filter(|_| self.has_rates(row)) {
                let found = self.total(row, part).zip(self.total(row, base));
                self.same(checks, (at, rate), found.and_then(|(num, den)| percent(num, den)), 0);
            }
            if matches!(self.section, "indicators" | "agreed") {
                self.indicator(checks, at);
            }
        }
        self.add_up(checks);
        if self.section == "monthly" {
            self.months(checks);
        }
    }

    /// A value follows from its numerator and its base.
    fn indicator(&self, checks: &mut Checks, at: usize) {
        let row = &self.rows[at];
        let (num, den) = (self.number(row, "num"), self.number(row, "den"));
        if self.text(row, "unit") == "%" {
            self.same(checks, (at, "value"), num.zip(den).and_then(|(num, den)| percent(num, den)), 0);
        } else if self.text(row, "unit") == "people" && self.text(row, "den").is_empty() {
            self.same(checks, (at, "value"), num, 0);
        }
        let gap = self.number(row, "value").zip(self.number(row, "target")).map(|(value, target)| value - target);
        self.same(checks, (at, "gap"), gap, 0);
    }

    /// The rows of the cohorts add up to the `*` row.
    fn add_up(&self, checks: &mut Checks) {
        let (heads, apart): (&[&str], &[&str]) = match across(self.section) {
            Some(known) => known,
            None if self.section == "indicators" => (&["indicator"], &[]),
            None => return,
        };
        let mut groups: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            groups.entry(heads.iter().map(|head| self.text(row, head)).collect()).or_default().push(at);
        }
        let columns: Vec<&str> = match self.section {
            "indicators" => vec!["num", "den"],
            _ => self.columns.iter().map(String::as_str).filter(|c| *c != "cohort" && !heads.contains(c)).collect(),
        };
        for (words, rows) in groups {
            let counts = rows.iter().all(|at| matches!(self.text(&self.rows[*at], "unit"), "people" | "%"));
            if self.section == "indicators" && !(counts && adds_up(words[0])) {
                continue;
            }
            let (all, cohorts): (Vec<usize>, Vec<usize>) =
                rows.into_iter().partition(|at| self.text(&self.rows[*at], "cohort") == "*");
            let [all] = all[..] else { continue };
            for column in columns.iter().filter(|column| !apart.contains(column)) {
                let told = || cohorts.iter().map(|at| self.number(&self.rows[*at], column));
                // Hours are rounded in each row.
                let loose =
                    if column.starts_with("hours") || column.ends_with("hours") { cohorts.len() as i64 } else { 0 };
                if !cohorts.is_empty() {
                    self.same(checks, (all, column), told().sum(), loose);
                }
            }
        }
    }

    /// Who was there at the end of a month is there at the start of the next.
    fn months(&self, checks: &mut Checks) {
        let mut ends: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let (cohort, month) = (self.text(row, "cohort"), self.text(row, "month"));
            if let Some((_, before)) = ends.insert(cohort, (month, at)).filter(|(last, _)| follows(last, month)) {
                self.same(checks, (at, "start"), self.number(&self.rows[before], "end"), 0);
            }
        }
    }

    /// Compares what is written in a cell with what it must be, up to so many hundredths.
    fn same(&self, checks: &mut Checks, (at, column): (usize, &str), found: Option<i64>, loose: i64) {
        let row = &self.rows[at];
        let (Some(written), Some(found)) = (self.number(row, column), found) else { return };
        if (written - found).abs() > loose {
            let place = Place { check: "arithmetic", file: &self.file, row: &(at + 1).to_string(), column };
            let text = |hundredths: i64| Printed { hundredths, decimals: Decimals::Trimmed }.text();
            checks.fail_at(&place, [text(written), text(found)]);
        }
    }
}

/// A rate in hundredths, from a numerator and a base in hundredths.
fn percent(num: i64, den: i64) -> Option<i64> {
    percent_tenths(num, den).map(|tenths| tenths * 10)
}

/// Whether the cohorts of an indicator add up.
fn adds_up(name: &str) -> bool {
    indicator::find(name).is_some_and(|(indicator, _)| indicator.counts.across == Across::AddsUp)
}

/// Whether a month is the one after another.
fn follows(last: &str, month: &str) -> bool {
    let number = |text: &str| {
        let (year, month) = text.split_once('-')?;
        Some(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()?)
    };
    number(last).zip(number(month)).is_some_and(|(last, month)| month == last + 1)
}
