//! How long things last and in which order they come: accepted, and told.

use super::example_school::romans;
use super::support::Desk;

#[track_caller]
fn import(desk: &Desk, kind: &str, rows: &str, warned: &[&str], silent: &[&str]) {
    desk.file("rows.csv", rows);
    let told = desk.run(&format!("import rows.csv --as {kind} -v")).ends(0).stderr;
    for words in warned {
        assert!(told.contains(words), "no “{words}” in: {told}");
    }
    for words in silent {
        assert!(!told.contains(words), "“{words}” in: {told}");
    }
}

#[test]
fn a_day_has_24_hours_of_interviews_whether_they_come_together_or_one_by_one() {
    let desk = romans();
    let head = "cohort,trainee,date,kind,minutes\n";
    let row = |kind: &str, minutes: i64| format!("ROM-2018-11,amara-nassim,2019-08-01,{kind},{minutes}\n");
    import(&desk, "interviews", &format!("{head}{}", row("tutorial", 1440)), &[], &["a day has 24"]);
    import(
        &desk,
        "interviews",
        &format!("{head}{}", row("follow_up", 1)),
        &["24 h 01 on 2019-08-01: a day has 24"],
        &[],
    );
    import(&desk, "interviews", &format!("{head}{}", row("follow_up", 1)), &["identical: 1"], &["25 h", "24 h 02"]);
}

#[test]
fn a_lesson_lasts_from_a_minute_to_ten_hours() {
    let desk = romans();
    let row = |hours: &str| format!("trainee,step,date,hours\namara-nassim,lesson,2019-07-0{},{hours}\n", hours.len());
    import(&desk, "licence", &row("10"), &[], &["a lesson of"]);
    import(&desk, "licence", &row("10.5"), &["a lesson of 10 h 30"], &[]);
}

#[test]
fn the_theory_test_comes_after_the_registration_whichever_is_recorded_last() {
    let desk = romans();
    let head = "trainee,step,date,outcome\n";
    import(
        &desk,
        "licence",
        &format!("{head}viallet-mathis,registered,2019-06-10,\n"),
        &[],
        &["before any registration"],
    );
    desk.run("undo").ends(0);
    let shown = desk.run("export licence -f csv").ends(0).stdout;
    let person = shown.lines().find(|line| line.contains("code_exam") && line.contains("passed")).unwrap();
    let slug = person.split(',').next().unwrap().to_owned();
    import(&desk, "licence", &format!("{head}{slug},code_exam,2018-01-05,passed\n"), &["before any registration"], &[]);
}

#[test]
fn a_contract_begins_after_the_application_and_lasts_no_more_than_contracts_do() {
    let desk = romans();
    let head = "cohort,trainee,type,company,start,planned_end,prehire\n";
    let row = |rest: &str| format!("{head}ROM-2018-11,amara-nassim,{rest}\n");
    import(
        &desk,
        "placements",
        &row("CDD,A,2010-03-01,2010-06-30,"),
        &["before the application of"],
        &["over 5 years"],
    );
    import(&desk, "placements", &row("CDD,B,2019-03-01,2024-02-28,"), &[], &["over 5 years"]);
    import(&desk, "placements", &row("CDD,C,2019-04-01,2024-04-01,"), &["over 5 years"], &[]);
    import(&desk, "placements", &row("INTERIM,D,2019-05-01,2020-10-31,true"), &[], &["over 18 months"]);
    import(&desk, "placements", &row("INTERIM,E,2019-06-01,2020-12-01,true"), &["over 18 months"], &[]);
}
