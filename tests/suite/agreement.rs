//! What a grant's agreement promises: figures and dated targets, what may never be promised, the table of what is owed.

use super::example_school::romans;
use super::support::Desk;
use std::collections::HashMap;

fn rows(text: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| headers.iter().zip(&row).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn owed(desk: &Desk, funder: &str) -> Vec<HashMap<String, String>> {
    rows(&desk.run(&format!("funder agreement {funder} -f csv")).ends(0).stdout)
}

fn figures(desk: &Desk, funder: &str) -> Vec<String> {
    owed(desk, funder).into_iter().map(|row| row["figure"].clone()).collect()
}

#[test]
fn every_target_is_owed_and_what_is_agreed_stands_beside_it_until_it_is_taken_out() {
    let desk = romans().on("2019-09-03");
    let targets = ["entrants", "interviews", "dynamic_exit_rate@exit"];
    assert_eq!(figures(&desk, "ca-solidarite"), targets);
    desk.run("funder agree ca-solidarite qualified share_women --row total").ends(0);
    assert_eq!(figures(&desk, "ca-solidarite"), ["entrants", "share_women", "qualified", targets[1], targets[2]]);
    desk.run("funder agree ca-solidarite qualified --row total").ends(0).tells("Nothing to change");
    desk.run("funder agree ca-solidarite qualified --remove --row cohort --yes").ends(3);
    desk.run("funder agree ca-solidarite qualified --remove --yes").ends(0);
    assert!(!figures(&desk, "ca-solidarite").contains(&"qualified".to_owned()));
    desk.run("undo").ends(0);
    desk.run("undo").ends(0);
    assert_eq!(figures(&desk, "ca-solidarite"), targets);
    desk.run("funder agree ca-solidarite entrants --remove --yes").ends(3).tells("target remove");
}

#[test]
fn a_sensitive_figure_is_promised_by_no_door_though_a_target_may_name_it() {
    let desk = romans().on("2019-09-03");
    for figure in ["share_disability", "share_income_support", "people:exit_reason"] {
        desk.run(&format!("funder agree ca-solidarite {figure}")).ends(4).tells("sensitive");
    }
    desk.file("agreed.csv", "grant,figure,row,note\nca-2018,share_disability,,\nca-2018,qualified,,\n");
    desk.run("import agreed.csv --as agreed").ends(4).tells("sensitive");
    assert!(!figures(&desk, "ca-solidarite").contains(&"qualified".to_owned()));
    desk.run("funder target add ca-2018 share_disability 10").ends(0);
    let row = owed(&desk, "ca-solidarite").into_iter().find(|row| row["figure"] == "share_disability").unwrap();
    assert_eq!((row["gets"].as_str(), row["value"].as_str(), row["status"].as_str()), ("masked", "c", ""));
    // A word that is no figure is no promise.
    desk.run("funder agree ca-solidarite qualifed").ends(2).tells("qualified");
    desk.run("funder agree ca-solidarite people:sex").ends(2);
    desk.run("funder agree ca-solidarite").ends(2);
}

#[test]
fn a_grant_has_a_target_for_each_year_and_the_next_one_counts() {
    let desk = romans().on("2019-09-03");
    desk.run("funder target add bp-2018 completion_rate 60 --by 2018-12-31 --baseline 40").ends(0);
    desk.run("funder target add bp-2018 completion_rate 80 --by 2019-12-31").ends(0);
    desk.run("funder target add bp-2018 completion_rate 85 --by 2019-12-31").ends(0).tells("85");
    let target = |as_of: &str| {
        let line = format!("report show indicators --funder break-poverty --as-of {as_of} -p 2018 -f csv");
        let all = rows(&desk.run(&line).ends(0).stdout);
        let row = all.into_iter().find(|row| row["indicator"] == "completion_rate" && row["cohort"] == "*");
        row.unwrap()["target"].clone()
    };
    assert_eq!(target("2018-12-31"), "60.0");
    assert_eq!(target("2019-01-01"), "85.0");
    let row = owed(&desk, "break-poverty").into_iter().find(|row| row["figure"] == "completion_rate").unwrap();
    assert_eq!((row["target"].as_str(), row["by"].as_str()), ("85.0", "2019-12-31"));
    desk.run("funder target remove bp-2018 completion_rate --yes").ends(3).tells("--by");
    desk.run("funder target remove bp-2018 completion_rate --by 2018-12-31 --yes").ends(0);
    // Where lower is better the lowest is the most demanding.
    desk.run("funder grant add bp-2019 break-poverty --cohorts ROM-2018-11").ends(0);
    desk.run("funder target add bp-2019 dropout_rate 10").ends(0);
    let dropout = owed(&desk, "break-poverty").into_iter().find(|row| row["figure"] == "dropout_rate").unwrap();
    assert_eq!(dropout["grant"], "bp-2018|bp-2019");
    let all = rows(&desk.run("report show indicators --funder break-poverty -p 2019-08 -f csv").ends(0).stdout);
    let row = all.iter().find(|row| row["indicator"] == "dropout_rate" && row["cohort"] == "*").unwrap();
    assert_eq!(row["target"], "10.0");
}

#[test]
fn what_is_owed_comes_first_for_a_masked_funder_in_the_period_and_since_the_start() {
    let desk = romans().on("2019-09-03");
    desk.run("report export 2018-12 --funder ca-solidarite -f csv -o out").ends(0);
    let owed = rows(&desk.read("out/2018-12_ca-solidarite/agreed.csv"));
    let value = |figure: &str, span: &str| {
        let is = |row: &&HashMap<String, String>| row["figure"] == figure && row["row"] == "*" && row["span"] == span;
        owed.iter().find(is).unwrap().clone()
    };
    assert_eq!(value("interviews", "period")["value"], "14");
    assert_eq!(value("interviews", "since_start")["value"], "28");
    assert_eq!(value("interviews", "since_start")["target"], "45");
    assert_eq!(value("interviews", "period")["target"], "");
    assert_eq!(value("entrants", "period")["value"], "12");
    assert!(value("entrants", "period")["note"].contains("ca-2018"));
    // Months show the frame alone, and a table of `c` is named instead of sent.
    let months = desk.read("out/2018-12_ca-solidarite/monthly.csv");
    assert!(months.contains("interviews") && !months.contains("code_passed") && !months.contains("contracts_signed"));
    assert!(!desk.path("out/2018-12_ca-solidarite/exits.csv").exists());
    assert!(desk.read("out/2018-12_ca-solidarite/LISEZMOI.txt").contains("presque tout y serait masqué"));
    desk.run("report verify out/2018-12_ca-solidarite").ends(0);
    // Under a contract nothing changes of the layout.
    desk.run("report export 2018-12 --funder break-poverty -f csv -o out").ends(0);
    assert!(!desk.path("out/2018-12_break-poverty/agreed.csv").exists());
}
