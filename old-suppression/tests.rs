//! Hand cases of suppression, cell by cell.

use super::*;
use crate::sheet::{Cell, Column, ColumnKind};

/// Masks sheets as if each had been read back from a file.
pub(super) fn suppress(sheets: &mut [Sheet], rules: &Rules, earlier: &[Published]) -> Report {
    let mut counted: Vec<Counted> = sheets.iter().cloned().map(reread::counted).collect();
    let report = super::suppress(&mut counted, rules, earlier);
    sheets.iter_mut().zip(counted).for_each(|(sheet, section)| *sheet = section.sheet);
    report
}

pub(super) fn cell(word: &str) -> Cell {
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

pub(super) fn sheet(key: &str, columns: &[&'static str]) -> Sheet {
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
pub(super) const INDICATORS: [&str; 13] = [
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
pub(super) const EXITS: [&str; 16] = [
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
pub(super) const ESF: [&str; 6] = ["indicator", "label", "women", "men", "nonbinary", "total"];

fn print(sheet: &Sheet) -> Vec<String> {
    let word = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Decimal { value, .. } => format!("{}.{}", value / 10, value % 10),
        Cell::Hours(minutes) => format!("{}h", minutes / 60),
        Cell::Cents(cents) => format!("{cents}"),
        other => reread::word(other),
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
        &["mean_age,l,A,c,c,c,years,0,c,,,,", "mean_age,l,B,240,12,20.0,years,0,0,,,,"],
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
    assert_eq!(sheets[1].rows[2][4], Cell::Int(10), "and the base of the rate");
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
    assert!(allows(Section::People, 0) && allows(Section::Indicators, 11));
    assert!(!allows(Section::People, 5) && !allows(Section::Attendance, 5) && !allows(Section::Quality, 0));
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
