//! Hand cases and random schools, each read back by an adversary that shares no code with the suppression.

use super::*;
use crate::sheet::{Cell, Column, ColumnKind};
use proptest::prelude::*;
use std::collections::HashMap;

fn cell(word: &str) -> Cell {
    match word {
        "" => Cell::Empty,
        "c" => Cell::Masked,
        _ => match (word.parse::<i64>(), word.strip_suffix('h'), word.split_once('.')) {
            (Ok(value), ..) => Cell::Int(value),
            (_, Some(hours), _) if hours.parse::<i64>().is_ok() => Cell::Hours(hours.parse::<i64>().unwrap() * 60),
            (.., Some((whole, tenth))) if whole.parse::<i64>().is_ok() => {
                Cell::Decimal { value: format!("{whole}{tenth}").parse().unwrap(), scale: 1 }
            }
            _ => Cell::Text(word.to_owned()),
        },
    }
}

fn sheet(key: &str, columns: &[&'static str]) -> Sheet {
    Sheet::new(key, columns.iter().map(|c| Column::new(c, c, c, ColumnKind::Number)).collect())
}

fn with(mut sheet: Sheet, rows: &[&str]) -> Sheet {
    for row in rows {
        sheet.rows.push(row.split(',').map(|w| cell(w.trim())).collect());
    }
    sheet
}

const MONTHLY: [&str; 9] =
    ["cohort", "month", "start", "entries", "exits", "end", "planned", "present", "attendance_pct"];
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
const INDICATORS: [&str; 13] = [
    "indicator",
    "label",
    "cohort",
    "num",
    "den",
    "value",
    "unit",
    "not_yet_due",
    "unknown",
    "target",
    "gap",
    "status",
    "note",
];
const EXITS: [&str; 16] = [
    "cohort",
    "scheme",
    "point",
    "entrants",
    "withdrawn",
    "examined",
    "durable",
    "transition",
    "positive",
    "other",
    "unknown",
    "not_yet_due",
    "dynamic_pct",
    "durable_pct",
    "employment_pct",
    "dynamic_pct_on_entrants",
];
const ESF: [&str; 6] = ["indicator", "label", "women", "men", "nonbinary", "total"];

fn print(sheet: &Sheet) -> Vec<String> {
    let word = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Decimal { value, .. } => format!("{}.{}", value / 10, value % 10),
        Cell::Hours(minutes) => format!("{}h", minutes / 60),
        Cell::Cents(cents) => format!("{cents}"),
        other => reading::word(other),
    };
    sheet.rows.iter().map(|row| row.iter().map(word).collect::<Vec<_>>().join(",")).collect()
}

#[track_caller]
fn check(sheet: Sheet, threshold: i64, expected: &[&str]) {
    let mut sheets = vec![sheet];
    suppress(&mut sheets, &Rules::new(threshold), &[]);
    assert_eq!(print(&sheets[0]), expected);
    assert_eq!(audit(&sheets, threshold), vec![]);
}

#[test]
fn a_lone_small_cell_takes_the_smallest_other_cell_of_its_row_with_it() {
    check(with(sheet("esf", &ESF), &["EECO01,l,2,10,0,12"]), 5, &["EECO01,l,c,10,c,12"]);
    check(with(sheet("esf", &ESF), &["EECO01,l,2,10,6,18"]), 5, &["EECO01,l,c,10,c,18"]);
}

#[test]
fn two_small_cells_of_a_row_protect_each_other() {
    check(with(sheet("esf", &ESF), &["EECO01,l,3,10,2,15"]), 5, &["EECO01,l,c,10,c,15"]);
}

#[test]
fn a_count_at_the_threshold_is_shown_and_one_below_is_not() {
    check(with(sheet("esf", &ESF), &["EECO01,l,5,5,5,15"]), 5, &["EECO01,l,5,5,5,15"]);
    check(with(sheet("esf", &ESF), &["EECO01,l,10,11,12,33"]), 11, &["EECO01,l,c,c,12,33"]);
}

#[test]
fn a_zero_under_a_small_total_is_masked_and_one_under_a_large_total_is_shown() {
    check(with(sheet("esf", &ESF), &["EECO01,l,3,0,0,3"]), 5, &["EECO01,l,c,c,c,c"]);
    check(with(sheet("esf", &ESF), &["EECO01,l,6,6,0,12"]), 5, &["EECO01,l,6,6,0,12"]);
}

#[test]
fn a_total_of_nobody_is_shown_with_its_zeros() {
    check(with(sheet("esf", &ESF), &["EECO01,l,0,0,0,0"]), 5, &["EECO01,l,0,0,0,0"]);
}

#[test]
fn a_written_agreement_masks_nothing() {
    check(with(sheet("esf", &ESF), &["EECO01,l,2,1,0,3"]), 0, &["EECO01,l,2,1,0,3"]);
}

#[test]
fn a_small_number_of_exits_is_not_the_difference_of_two_shown_months() {
    check(
        with(sheet("monthly", &MONTHLY), &["A,2018-11,12,0,0,12,240,200,83.3", "A,2018-12,12,0,2,10,200,180,90.0"]),
        5,
        &["A,2018-11,12,0,0,12,240,200,83.3", "A,2018-12,12,c,c,10,200,180,90.0"],
    );
}

#[test]
fn half_days_are_masked_with_the_people_of_their_row_only() {
    check(
        with(
            sheet("monthly", &MONTHLY),
            &["A,2018-11,3,0,0,3,60,50,83.3", "B,2018-11,12,0,0,12,240,200,83.3", "*,2018-11,15,0,0,15,300,250,83.3"],
        ),
        5,
        &["A,2018-11,c,c,c,c,c,c,c", "B,2018-11,c,0,0,c,c,c,c", "*,2018-11,15,c,c,15,300,250,83.3"],
    );
}

#[test]
fn a_rate_goes_with_its_small_numerator_or_complement_and_takes_gap_and_status() {
    check(
        with(
            sheet("indicators", &INDICATORS),
            &[
                "share_women,l,*,3,12,25.0,%,0,0,40,-15.0,late,3/12",
                "share_rural,l,*,10,12,83.3,%,0,0,,,,",
                "share_neet,l,*,6,12,50.0,%,0,0,50,0.0,ok,",
            ],
        ),
        5,
        &[
            "share_women,l,*,c,12,c,%,0,0,40,,,",
            "share_rural,l,*,c,12,c,%,0,0,,,,",
            "share_neet,l,*,6,12,50.0,%,0,0,50,0.0,ok,",
        ],
    );
}

#[test]
fn a_group_of_one_outcome_is_shown_and_flagged() {
    let rows =
        ["share_rural,l,*,12,12,100.0,%,0,0,,,,", "share_neet,l,*,0,12,0.0,%,0,0,,,,", "x,l,*,6,12,50.0,%,0,0,,,,"];
    let mut sheets = [with(sheet("indicators", &INDICATORS), &rows)];
    let report = suppress(&mut sheets, &Rules::new(5), &[]);
    assert_eq!((print(&sheets[0]), report.uniform), (rows.map(str::to_owned).to_vec(), 2));
}

#[test]
fn a_mean_is_masked_with_a_small_base_and_not_for_its_sum() {
    check(
        with(
            sheet("indicators", &INDICATORS),
            &["mean_age,l,A,60,3,20.0,years,0,0,,,,", "mean_age,l,B,240,12,20.0,years,0,0,,,,"],
        ),
        5,
        &["mean_age,l,A,c,c,c,years,c,c,,,,", "mean_age,l,B,240,12,20.0,years,0,0,,,,"],
    );
}

/// Twelve trainees, ten exits: the same numbers in three sections.
fn twelve() -> Vec<Sheet> {
    vec![
        with(sheet("monthly", &MONTHLY), &["A,2018-12,12,0,10,2,240,200,83.3", "*,2018-12,12,0,10,2,240,200,83.3"]),
        with(
            sheet("indicators", &INDICATORS),
            &[
                "entrants,l,A,12,,12,people,0,0,,,,",
                "entrants,l,*,12,,12,people,0,0,,,,",
                "dynamic_exit_rate@exit,l,A,7,10,70.0,%,0,0,,,,",
                "dynamic_exit_rate@exit,l,*,7,10,70.0,%,0,0,,,,",
            ],
        ),
        with(
            sheet("exits", &EXITS),
            &[
                "A,iae,exit,12,0,10,5,1,1,3,0,0,70.0,50.0,60.0,58.3",
                "*,iae,exit,12,0,10,5,1,1,3,0,0,70.0,50.0,60.0,58.3",
            ],
        ),
    ]
}

#[test]
fn a_number_printed_in_two_sections_is_masked_in_both() {
    let mut sheets = twelve();
    let report = suppress(&mut sheets, &Rules::new(5), &[]);
    // Three others among ten exits: the dynamic ones would give them away, in either section.
    assert_eq!(sheets[1].rows[2][3], Cell::Masked);
    assert_eq!(sheets[1].rows[3][3], Cell::Masked);
    assert_eq!(sheets[2].rows[0][12], Cell::Masked);
    assert_eq!(sheets[2].rows[0][15], Cell::Masked);
    assert!(report.masked > 0 && report.secondary > 0);
    assert_eq!(sheets[1].rows[0][3], Cell::Int(12), "the whole cohort stays in clear");
    assert_eq!(sheets[2].rows[0][5], Cell::Int(10), "and the examined ones");
    assert_eq!(audit(&sheets, 5), vec![]);
}

#[test]
fn people_still_there_are_not_entrants_minus_exits() {
    let mut sheets = twelve();
    suppress(&mut sheets, &Rules::new(5), &[]);
    assert_eq!(sheets[0].rows[0][5], Cell::Masked, "two people are still there");
    let shown = |at: usize, row: usize, column: usize| sheets[at].rows[row][column] != Cell::Masked;
    assert!(!(shown(1, 0, 3) && shown(0, 0, 4)), "entrants and the exits of the month are not both in clear");
    assert!(!(shown(2, 0, 3) && shown(2, 0, 4) && shown(2, 0, 5)), "nor entrants, withdrawn and examined");
}

fn november(end: &str) -> Published {
    Published { sheets: vec![with(sheet("monthly", &MONTHLY), &[end])] }
}

#[test]
fn the_start_of_a_month_does_not_give_away_the_masked_end_of_the_issued_one() {
    let mut sheets = vec![with(sheet("monthly", &MONTHLY), &["A,2018-12,6,9,0,15,240,200,83.3"])];
    suppress(&mut sheets, &Rules::new(5), &[november("A,2018-11,12,c,8,c,240,200,83.3")]);
    assert_eq!(print(&sheets[0]), ["A,2018-12,c,9,c,15,240,200,83.3"]);
}

#[test]
fn a_change_of_one_person_since_the_issued_month_is_withheld() {
    let row = |n: i64| with(sheet("indicators", &INDICATORS), &[&format!("entrants,l,*,{n},,{n},people,0,0,,,,")]);
    for (then, now, expected) in [(12, 13, "c"), (12, 12, "12"), (12, 17, "17"), (13, 12, "c")] {
        let mut sheets = vec![row(now)];
        suppress(&mut sheets, &Rules::new(5), &[Published { sheets: vec![row(then)] }]);
        assert_eq!(print(&sheets[0]), [format!("entrants,l,*,{expected},,{expected},people,0,0,,,,")], "{then} {now}");
    }
}

#[test]
fn the_difference_of_two_issued_totals_does_not_give_away_a_masked_month() {
    let rows = |n: i64| with(sheet("indicators", &INDICATORS), &[&format!("entrants,l,A,{n},,{n},people,0,0,,,,")]);
    let then = Published { sheets: vec![rows(12), with(sheet("monthly", &MONTHLY), &["A,2018-11,0,12,0,12,9,9,1.0"])] };
    let mut sheets = vec![rows(14), with(sheet("monthly", &MONTHLY), &["A,2018-12,12,2,0,14,9,9,1.0"])];
    let rules = Rules { changes: Changes::Free, ..Rules::new(5) };
    suppress(&mut sheets, &rules, &[then]);
    assert_eq!(sheets[0].rows[0][3], Cell::Masked);
    assert_eq!(sheets[1].rows[0][3], Cell::Masked);
}

#[test]
fn a_cost_per_person_goes_with_the_count_it_divides_by() {
    let columns = ["cohort", "side", "class", "label", "planned", "realised", "pct", "gap", "explanation_due"];
    let mut finance = sheet("financial", &columns);
    for (side, class, cents) in
        [("charge", "total", 1_200_000), ("cost", "per_entrant", 100_000), ("cost", "per_completer", 400_000)]
    {
        let mut row = vec![Cell::Empty; 9];
        row[0] = Cell::Text("A".into());
        row[1] = Cell::Text(side.into());
        row[2] = Cell::Text(class.into());
        row[5] = Cell::Cents(cents);
        finance.rows.push(row);
    }
    let mut sheets = vec![finance];
    suppress(&mut sheets, &Rules::new(5), &[]);
    let realised: Vec<&Cell> = sheets[0].rows.iter().map(|row| &row[5]).collect();
    assert_eq!(realised, [&Cell::Cents(1_200_000), &Cell::Cents(100_000), &Cell::Masked]);
}

#[test]
fn lines_about_people_never_go_out_under_a_threshold() {
    assert!(allows("people", 0) && allows("indicators", 11));
    assert!(!allows("people", 5) && !allows("attendance", 5) && !allows("quality", 0));
    let mut sheets = vec![with(sheet("people", &["person", "cohort"]), &["p1,A"])];
    assert_eq!(audit(&sheets, 5)[0].leak, Leak::Lines);
    let report = suppress(&mut sheets, &Rules::new(5), &[]);
    assert_eq!((report.withheld, sheets[0].rows.len()), (vec!["people".to_owned()], 0));
}

#[test]
fn an_export_that_is_mostly_masked_proposes_to_pool_twelve_months() {
    let profile = |level| Profile { funder: "dept".into(), level, until: Date::parse_iso("2018-11-30").unwrap() };
    let advice = |row: &str, level| {
        let rules = Rules { profile: Some(profile(level)), ..Rules::new(5) };
        suppress(&mut [with(sheet("esf", &ESF), &[row])], &rules, &[]).advice
    };
    let text = advice("EECO01,l,2,2,0,4", Level::Aggregate).unwrap();
    assert!(text.fr.contains("fil report export 2017-12..2018-11 --funder dept"), "{}", text.fr);
    assert_eq!(advice("EECO01,l,20,20,0,40", Level::Aggregate), None);
    assert_eq!(advice("EECO01,l,2,2,0,4", Level::Public), None);
}

#[test]
fn the_audit_names_what_a_reader_recomputes_and_small_counts_in_clear() {
    let sheets = [with(sheet("esf", &ESF), &["EECO01,l,c,10,0,12", "EECO02,l,2,5,5,12"])];
    let found = audit(&sheets, 5);
    let leaks: Vec<_> = found.iter().map(|f| (f.row, f.column.as_str(), f.leak)).collect();
    assert_eq!(leaks, [(1, "women", Leak::Recomputable(2)), (2, "women", Leak::Small)]);
    assert!(found[0].sentence().fr.contains("elle vaut 2"));
}

#[test]
fn the_audit_sees_a_number_masked_in_one_section_and_shown_in_another() {
    let mut sheets = twelve();
    suppress(&mut sheets, &Rules::new(5), &[]);
    sheets[1].rows[2][3] = Cell::Text("7".into());
    assert!(audit(&sheets, 5).iter().any(|f| f.leak != Leak::Small));
}

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
                let name = row[..3].iter().filter(|c| matches!(c, Cell::Text(_))).map(reading::word);
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
            let name = format!("{}/{}", reading::word(&row[0]), reading::word(&row[1]));
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
