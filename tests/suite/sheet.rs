//! The attendance sheet: what is printed for a day or a week comes back as it is, and comes back filled in.

use super::example_school::romans;
use super::support::Desk;
use fil::store::{Access, Store};

fn dump(desk: &Desk) -> String {
    Store::open(&desk.path("fil.db"), Access::Read).unwrap().dump().unwrap()
}

#[track_caller]
fn check_comes_back(file: &str, flags: &str) {
    let desk = romans();
    let before = dump(&desk);
    desk.run(&format!("p sheet --on 2018-11 {flags} -o {file}")).ends(0);
    desk.run(&format!("import {file}")).ends(0).tells("changed: 0").tells("all is recorded already");
    assert_eq!(dump(&desk), before, "{file} {flags}");
}

#[test]
fn a_sheet_that_nobody_touched_changes_nothing_in_any_format_and_language() {
    check_comes_back("sheet.csv", "");
    check_comes_back("sheet.csv", "--lang fr");
    check_comes_back("sheet.csv", "-f csv-fr");
    check_comes_back("sheet.xlsx", "");
    check_comes_back("sheet.xlsx", "--lang en");
}

#[test]
fn a_sheet_that_was_filled_in_makes_the_marks() {
    let desk = romans();
    desk.run("progress clear amara-nassim --on 2018-11-20..2018-11-21 -y").ends(0);
    desk.run("p sheet --on 2018-11-20..2018-11-21 -f csv-fr -o sheet.csv").ends(0);
    let sheet = desk.read("sheet.csv");
    assert!(
        sheet.contains("Promotion;Stagiaire;Nom;20/11/2018 matin;20/11/2018 après-midi;21/11/2018 matin"),
        "{sheet}"
    );
    let empty = "amara-nassim;Amara Nassim;;;;";
    assert!(sheet.contains(empty), "{sheet}");
    desk.file("sheet.csv", sheet.replace(empty, "amara-nassim;Amara Nassim;P;J;2h30;A"));
    desk.run("import sheet.csv").ends(0).tells("created: 4");
    let marks = desk.run("export attendance -f csv").stdout;
    for mark in ["20,am,present,", "20,pm,excused,", "21,am,present,150,", "21,pm,unexcused,"] {
        assert!(marks.contains(&format!("ROM-2018-11,amara-nassim,2018-11-{mark}")), "{mark}");
    }
}

#[test]
fn only_half_days_that_take_place_and_people_who_are_there_stand_on_it() {
    let desk = romans();
    desk.run("progress clear --on 2018-11-29 amara-nassim -y").ends(0);
    let week = desk.run("p sheet --on 2018-11-12..2018-11-18 -f csv").ends(0);
    // One left on the Friday, one came on the Monday; the second of November is another matter.
    assert!(week.stdout.contains("faurie-jordan") && week.stdout.contains("rakotovao-hery"), "{}", week.stdout);
    let month = desk.run("p sheet --on 2018-11 -f csv").ends(0);
    assert!(month.stderr.contains("after the exit: Faurie Jordan, 2018-11-16"), "{}", month.stderr);
    assert!(month.stderr.contains("before the entry: Rakotovao Hery, 2018-11-12"), "{}", month.stderr);
    let december = desk.run("p sheet --on 2018-12-03 -f csv").ends(0).stdout;
    assert!(!december.contains("faurie-jordan") && !december.contains("sabatier"), "{december}");
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("cohort add P1 --start 2018-12-03 --end 2019-02-01 --places 12").ends(0);
    desk.run("p sheet").ends(4).tells("has no half-day").tells("fil cohort plan P1");
    desk.run("cohort plan P1 --halves am,pm").ends(0);
    desk.run("trainee add Ferré Amélie -c P1 --entry 2018-12-03").ends(0);
    desk.run("cohort slot 2018-12-04 pm --cancel -c P1").ends(0);
    let week = desk.run("p sheet -f csv").ends(0);
    assert!(!week.stdout.contains("2018-12-04 pm") && week.stdout.contains("2018-12-04 am"), "{}", week.stdout);
    assert!(week.stderr.contains("from 03/12/2018 to 09/12/2018"), "{}", week.stderr);
    let next = desk.on("2018-12-08").run("p sheet -f csv").ends(0);
    assert!(next.stderr.contains("from 10/12/2018 to 16/12/2018"), "{}", next.stderr);
}

#[test]
fn a_workbook_carries_what_a_sheet_must_say_on_a_second_leaf() {
    let desk = romans();
    desk.run("p sheet --on 2018-11-20 -o sheet.xlsx").ends(0);
    let text = fil::import::texts_of_workbook("sheet.xlsx", std::fs::read(desk.path("sheet.xlsx")).unwrap()).unwrap();
    let leaf = text.split("Intitulé de l'action").nth(1).unwrap();
    let lines: Vec<&str> = leaf.lines().skip(1).collect();
    assert_eq!(lines.len(), 2, "{leaf}");
    assert!(lines.iter().all(|line| line.contains("2018-11-20") && line.contains("Romans")), "{leaf}");
    assert!(leaf.contains("Formateur") && leaf.contains("Signature du formateur"), "{leaf}");
}
