//! Random schools, each export read back by an adversary that shares no code with the suppression.

use super::reread::word;
use super::tests::{ESF, EXITS, INDICATORS, cell, sheet, suppress};
use super::{Changes, Published, Rules, Sheet, audit};
use crate::sheet::Cell;
use proptest::prelude::*;
use std::collections::HashMap;

const MONTHLY_ALL: [&str; 20] = [
    "cohort",
    "month",
    "start",
    "entries",
    "exits",
    "end",
    "planned",
    "present",
    "excused",
    "unexcused",
    "unmarked",
    "hours_centre",
    "hours_company",
    "modules_validated",
    "code_passed",
    "licence_obtained",
    "interviews",
    "interview_hours",
    "prehire_started",
    "contracts_signed",
];

/// A random school: per cohort, per month entries and exits; outcome classes and sexes of those who left.
#[derive(Debug, Clone)]
struct School {
    moves: Vec<Vec<(i64, i64)>>,
    seed: u64,
}

fn schools() -> impl Strategy<Value = School> {
    (1usize..5, 1usize..6, any::<u64>()).prop_flat_map(|(cohorts, months, seed)| {
        let month = (0i64..14, 0i64..12);
        let moves = prop::collection::vec(prop::collection::vec(month, months), cohorts);
        moves.prop_map(move |moves| School { moves, seed })
    })
}

fn draw(seed: &mut u64, most: i64) -> i64 {
    *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    if most <= 0 { 0 } else { ((*seed >> 33) % (most as u64 + 1)) as i64 }
}

fn numbers(words: &[&str], values: &[i64]) -> Vec<Cell> {
    words.iter().map(|w| cell(w)).chain(values.iter().map(|v| Cell::Int(*v))).collect()
}

fn pct(num: i64, den: i64) -> Cell {
    if den == 0 { Cell::Empty } else { Cell::Decimal { value: (num * 2000 + den) / (2 * den), scale: 1 } }
}

impl School {
    fn sheets(&self) -> Vec<Sheet> {
        let mut seed = self.seed;
        let months = self.moves[0].len();
        let mut sheets = vec![
            sheet("monthly", &MONTHLY_ALL),
            sheet("indicators", &INDICATORS),
            sheet("exits", &EXITS),
            sheet("esf", &ESF),
        ];
        let mut totals = vec![[0i64; 18]; months];
        let mut outcome_total = [0i64; 7];
        for (at, moves) in self.moves.iter().enumerate() {
            let code = format!("C{at}");
            let (mut there, mut entered, mut left) = (0, 0, 0);
            for (month, (entries, exits)) in moves.iter().enumerate() {
                let exits = (*exits).min(there + entries);
                let active = there + entries;
                let mut row = [0; 18];
                row[..4].copy_from_slice(&[there, *entries, exits, active - exits]);
                row[5..11].fill_with(|| draw(&mut seed, active * 5));
                row[4] = row[5..9].iter().sum();
                row[11..].fill_with(|| draw(&mut seed, active));
                there = row[3];
                entered += entries;
                left += exits;
                totals[month].iter_mut().zip(row).for_each(|(t, v)| *t += v);
                sheets[0].rows.push(monthly_row(&code, month, &row));
            }
            let withdrawn = draw(&mut seed, left / 3);
            let not_due = draw(&mut seed, (left - withdrawn) / 2);
            let mut rest = left - withdrawn - not_due;
            let mut class = || {
                let n = draw(&mut seed, rest);
                rest -= n;
                n
            };
            let (durable, transition, positive) = (class(), class(), class());
            let outcome = [entered, withdrawn, not_due, durable, transition, positive, rest];
            outcome_total.iter_mut().zip(outcome).for_each(|(t, v)| *t += v);
            outcome_rows(&mut sheets, &code, &outcome);
        }
        for (month, row) in totals.iter().enumerate() {
            sheets[0].rows.push(monthly_row("*", month, row));
        }
        outcome_rows(&mut sheets, "*", &outcome_total);
        let women = draw(&mut seed, outcome_total[0]);
        let other = draw(&mut seed, (outcome_total[0] - women).min(2));
        let all = [women, outcome_total[0] - women - other, other];
        sheets[3].rows.push(numbers(&["EECO01", "l"], &[all[0], all[1], all[2], outcome_total[0]]));
        let some = all.map(|n| draw(&mut seed, n));
        sheets[3].rows.push(numbers(&["EECO02", "l"], &[some[0], some[1], some[2], some.iter().sum()]));
        sheets
    }
}

fn month_name(month: usize) -> String {
    format!("{}-{:02}", 2018 + month / 12, month % 12 + 1)
}

fn monthly_row(code: &str, month: usize, row: &[i64; 18]) -> Vec<Cell> {
    numbers(&[code, &month_name(month)], row)
}

fn outcome_rows(sheets: &mut [Sheet], code: &str, outcome: &[i64; 7]) {
    let [entrants, withdrawn, not_due, durable, transition, positive, other] = *outcome;
    let due = durable + transition + positive + other;
    let (employment, dynamic) = (durable + transition, durable + transition + positive);
    let mut row = numbers(&[code, "iae", "exit"], &[entrants, withdrawn, due + not_due]);
    row.extend(numbers(&[], &[durable, transition, positive, other, 0, not_due]));
    row.extend([pct(dynamic, due), pct(durable, due), pct(employment, due), pct(dynamic, entrants)]);
    sheets[2].rows.push(row);
    let mut rate = |key: &str, num: i64, den: i64, not_due: i64| {
        let mut row = numbers(&[key, "l", code], &[num, den]);
        row.extend([pct(num, den), cell("%"), Cell::Int(not_due), Cell::Int(0)]);
        row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        sheets[1].rows.push(row);
    };
    rate("dynamic_exit_rate@exit", dynamic, due, not_due);
    rate("durable_rate@exit", durable, due, not_due);
    rate("qualified", durable, withdrawn + due + not_due, 0);
    let mut row = numbers(&["entrants", "l", code], &[entrants]);
    row.extend([Cell::Empty, Cell::Int(entrants), cell("people"), Cell::Int(0), Cell::Int(0)]);
    row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    sheets[1].rows.push(row);
}

/// The adversary: one unknown per masked cell, its own equations over the cells, elimination modulo a prime.
#[derive(Default)]
struct Adversary {
    known: HashMap<String, i64>,
    hidden: Vec<String>,
    equations: Vec<Vec<(String, i64)>>,
}

const PRIME: i128 = (1 << 61) - 1;

impl Adversary {
    fn reading(sheets: &[Sheet]) -> Adversary {
        let mut adversary = Adversary::default();
        for sheet in sheets {
            for row in &sheet.rows {
                let name = row[..3].iter().filter(|c| matches!(c, Cell::Text(_))).map(word);
                let name = format!("{}/{}", sheet.key, name.collect::<Vec<_>>().join("/"));
                for (column, cell) in sheet.columns.iter().zip(row) {
                    match cell {
                        Cell::Int(value) => drop(adversary.known.insert(format!("{name}:{}", column.key), *value)),
                        Cell::Masked => adversary.hidden.push(format!("{name}:{}", column.key)),
                        _ => {}
                    }
                }
            }
        }
        adversary
    }
    fn says(&mut self, left: &[&str], right: &[&str]) {
        let terms = left.iter().map(|n| ((*n).to_owned(), 1)).chain(right.iter().map(|n| ((*n).to_owned(), -1)));
        self.equations.push(terms.collect());
    }
    /// The masked cells with one solution only.
    fn computes(&self) -> Vec<String> {
        let mut columns: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<&str> = Vec::new();
        let mut matrix: Vec<Vec<i128>> = Vec::new();
        for equation in &self.equations {
            let mut row = vec![0i128; names.len()];
            for (name, factor) in equation.iter().filter(|(n, _)| !self.known.contains_key(n)) {
                let at = *columns.entry(name).or_insert_with(|| {
                    names.push(name);
                    names.len() - 1
                });
                row.resize(names.len(), 0);
                row[at] += i128::from(*factor);
            }
            matrix.push(row);
        }
        matrix.iter_mut().for_each(|row| row.resize(names.len(), 0));
        let mut rank = 0;
        for column in 0..names.len() {
            let Some(found) = (rank..matrix.len()).find(|r| matrix[*r][column].rem_euclid(PRIME) != 0) else {
                continue;
            };
            matrix.swap(rank, found);
            let inverse = power(matrix[rank][column].rem_euclid(PRIME), PRIME - 2);
            matrix[rank].iter_mut().for_each(|v| *v = v.rem_euclid(PRIME) * inverse % PRIME);
            let pivot = matrix[rank].clone();
            for (at, row) in matrix.iter_mut().enumerate().filter(|(at, _)| *at != rank) {
                let by = row[column].rem_euclid(PRIME);
                if by != 0 && at != rank {
                    row.iter_mut().zip(&pivot).for_each(|(v, p)| *v = (*v - by * p % PRIME).rem_euclid(PRIME));
                }
            }
            rank += 1;
        }
        let mut found = Vec::new();
        for row in &matrix[..rank] {
            let at: Vec<usize> = (0..row.len()).filter(|c| row[*c] != 0).collect();
            if let [only] = at[..]
                && self.hidden.iter().any(|h| h == names[only])
            {
                found.push(names[only].to_owned());
            }
        }
        found
    }
}

fn power(base: i128, mut exponent: i128) -> i128 {
    let (mut base, mut result) = (base, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

/// What any reader of the movements knows.
fn movements(a: &mut Adversary, key: &str, school: &School) {
    let months = school.moves[0].len();
    let m = |code: &str, month: usize, column: &str| format!("{key}/{code}/{}:{column}", month_name(month));
    let codes: Vec<String> = (0..school.moves.len()).map(|n| format!("C{n}")).collect();
    for month in 0..months {
        for code in codes.iter().map(String::as_str).chain(["*"]) {
            a.says(
                &[&m(code, month, "start"), &m(code, month, "entries")],
                &[&m(code, month, "exits"), &m(code, month, "end")],
            );
            if month > 0 {
                a.says(&[&m(code, month - 1, "end")], &[&m(code, month, "start")]);
            }
        }
        for column in ["start", "entries", "exits", "end"] {
            let parts: Vec<String> = codes.iter().map(|c| m(c, month, column)).collect();
            a.says(&parts.iter().map(String::as_str).collect::<Vec<_>>(), &[&m("*", month, column)]);
        }
    }
}

/// What any reader of a school's export knows.
fn attack(school: &School, sheets: &[Sheet]) -> Vec<String> {
    let mut a = Adversary::reading(sheets);
    let codes: Vec<String> = (0..school.moves.len()).map(|n| format!("C{n}")).collect();
    let months = school.moves[0].len();
    let m = |code: &str, month: usize, column: &str| format!("monthly/{code}/{}:{column}", month_name(month));
    let add_up = |a: &mut Adversary, name: &dyn Fn(&str) -> String| {
        let parts: Vec<String> = codes.iter().map(|c| name(c)).collect();
        a.says(&parts.iter().map(String::as_str).collect::<Vec<_>>(), &[&name("*")]);
    };
    movements(&mut a, "monthly", school);
    for code in codes.iter().map(String::as_str).chain(["*"]) {
        for month in 0..months {
            let parts = ["present", "excused", "unexcused", "unmarked"].map(|column| m(code, month, column));
            a.says(&parts.each_ref().map(String::as_str), &[&m(code, month, "planned")]);
        }
        let e = |column: &str| format!("exits/{code}/iae/exit:{column}");
        let i = |key: &str, column: &str| format!("indicators/{key}/l/{code}:{column}");
        let due = i("dynamic_exit_rate@exit", "den");
        a.says(&[&e("durable"), &e("transition"), &e("positive"), &e("other")], &[&due]);
        a.says(&[&e("durable"), &e("transition"), &e("positive")], &[&i("dynamic_exit_rate@exit", "num")]);
        a.says(&[&due, &e("not_yet_due")], &[&e("examined")]);
        a.says(&[&i("durable_rate@exit", "num")], &[&e("durable")]);
        a.says(&[&i("durable_rate@exit", "den")], &[&due]);
        a.says(&[&i("dynamic_exit_rate@exit", "not_yet_due")], &[&e("not_yet_due")]);
        a.says(&[&i("durable_rate@exit", "not_yet_due")], &[&e("not_yet_due")]);
        a.says(&[&i("entrants", "num")], &[&e("entrants")]);
        a.says(&[&e("withdrawn"), &e("examined")], &[&i("qualified", "den")]);
        a.says(&[&i("qualified", "den"), &m(code, months - 1, "end")], &[&e("entrants")]);
    }
    for month in 0..months {
        for column in &MONTHLY_ALL[2..] {
            add_up(&mut a, &|c| m(c, month, column));
        }
    }
    for column in ["entrants", "withdrawn", "examined", "durable", "transition", "positive", "other", "not_yet_due"] {
        add_up(&mut a, &|c| format!("exits/{c}/iae/exit:{column}"));
    }
    add_up(&mut a, &|c| format!("indicators/qualified/l/{c}:num"));
    for line in ["EECO01", "EECO02"] {
        let s = |column: &str| format!("esf/{line}/l:{column}");
        a.says(&[&s("women"), &s("men"), &s("nonbinary")], &[&s("total")]);
    }
    a.says(&["esf/EECO01/l:total"], &["indicators/entrants/l/*:num"]);
    a.computes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_masked_cell_of_any_school_can_be_recomputed(school in schools(), threshold in prop::sample::select(vec![5i64, 11])) {
        let truth = school.sheets();
        let mut sheets = truth.clone();
        suppress(&mut sheets, &Rules::new(threshold), &[]);
        prop_assert_eq!(attack(&school, &sheets), Vec::<String>::new());
        prop_assert_eq!(audit(&sheets, threshold), vec![]);

        let people = ["start", "entries", "exits", "end", "num", "den", "women", "men", "nonbinary", "total", "durable", "other", "contracts_signed"];
        for (before, after) in truth.iter().zip(&sheets) {
            for (column, at) in people.iter().filter_map(|c| before.column(c).map(|at| (c, at))) {
                for (old, new) in before.rows.iter().zip(&after.rows) {
                    if let Cell::Int(value) = old[at] {
                        prop_assert!(value == 0 || value >= threshold || new[at] == Cell::Masked, "{} {}", column, value);
                    }
                }
            }
        }

        let mut again = sheets.clone();
        suppress(&mut again, &Rules::new(threshold), &[]);
        prop_assert_eq!(&again, &sheets, "masking twice masks no more");
        let mut other = truth;
        suppress(&mut other, &Rules::new(threshold), &[]);
        prop_assert_eq!(&other, &sheets, "the same data give the same cells");
    }

    #[test]
    fn the_next_export_gives_away_no_cell_masked_in_the_issued_one(school in schools(), changes in prop::sample::select(vec![Changes::Protected, Changes::Free])) {
        prop_assume!(school.moves[0].len() > 1);
        let shorter = school.moves.iter().map(|m| m[..m.len() - 1].to_vec()).collect();
        let before = School { moves: shorter, seed: school.seed };
        let mut issued = before.sheets()[..1].to_vec();
        suppress(&mut issued, &Rules::new(5), &[]);
        let mut now = school.sheets()[..1].to_vec();
        suppress(&mut now, &Rules { changes, ..Rules::new(5) }, &[Published { sheets: issued.clone() }]);

        let mut both = Adversary::reading(&now);
        issued[0].key = "issued".to_owned();
        let old = Adversary::reading(&issued);
        movements(&mut both, "monthly", &school);
        movements(&mut both, "issued", &before);
        for row in &issued[0].rows {
            let name = format!("{}/{}", word(&row[0]), word(&row[1]));
            for column in ["start", "entries", "exits", "end"] {
                both.says(&[&format!("issued/{name}:{column}")], &[&format!("monthly/{name}:{column}")]);
            }
        }
        both.known.extend(old.known);
        both.hidden = old.hidden;
        prop_assert_eq!(both.computes(), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_masked_when_every_count_is_large(entries in prop::collection::vec(30i64..60, 1..4), seed in any::<u64>()) {
        let moves = entries.iter().map(|n| vec![(*n, 0), (*n, *n)]).collect();
        let mut truth = School { moves, seed }.sheets();
        truth[0].columns.truncate(6);
        truth[0].rows.iter_mut().for_each(|row| row.truncate(6));
        let mut sheets = truth[..1].to_vec();
        let report = suppress(&mut sheets, &Rules::new(5), &[]);
        prop_assert_eq!(&sheets[..], &truth[..1]);
        prop_assert_eq!((report.masked, report.small, report.secondary), (0, 0, 0));
    }
}

#[test]
fn a_dozen_cohorts_over_thirty_months_are_masked_without_a_leak() {
    let mut seed = 7;
    let moves = (0..12).map(|_| (0..30).map(|_| (draw(&mut seed, 9), draw(&mut seed, 9))).collect()).collect();
    let school = School { moves, seed };
    let mut sheets = school.sheets();
    let report = suppress(&mut sheets, &Rules::new(5), &[]);
    assert_eq!(report.already_told, 0);
    assert_eq!(audit(&sheets, 5), vec![]);
}
