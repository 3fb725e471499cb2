//! A report's folder: what the program wrote there may be replaced when asked, what it did not write stays for ever.

use super::example_school::romans;
use super::support::Desk;
use std::collections::BTreeMap;

const EXPORT: &str = "report export 2018-11 --funder break-poverty -f csv";
const CLOSE: &str = "report close 2018-11 --funder break-poverty -f csv";
const FOLDER: &str = "exports/2018-11_break-poverty";

fn desk() -> Desk {
    romans().on("2019-09-03")
}

/// Every file under the exports, with its bytes.
fn files(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![desk.path("exports")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(desk.path("exports")).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    found
}

/// The command is refused, says these words, and leaves every file and every operation as it was.
#[track_caller]
fn refused(desk: &Desk, line: &str, words: &[&str]) {
    let (before, log) = (files(desk), desk.run("log -f csv").stdout);
    let outcome = desk.run(line).ends(1).tells("--force");
    for word in words {
        assert!(outcome.stderr.contains(word), "no “{word}” in: {}", outcome.stderr);
    }
    assert_eq!(files(desk), before, "{line}");
    assert_eq!(desk.run("log -f csv").stdout, log, "{line}");
}

fn change_a_figure(desk: &Desk) {
    desk.file("late.csv", "cohort,trainee,date,half,status\nROM-2018-11,amara-nassim,2018-11-12,am,unexcused\n");
    desk.run("import late.csv --as attendance").ends(0);
}

fn put(desk: &Desk, name: &str, text: &str) {
    let path = desk.path(FOLDER).join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_close_takes_the_place_of_the_provisional_report_and_of_nothing_else() {
    let desk = desk();
    desk.run(EXPORT).ends(0);
    desk.run(CLOSE).ends(0);
    assert!(desk.read(&format!("{FOLDER}/manifest.json")).contains("\"closed\""));
}

#[test]
fn a_file_of_the_school_in_the_folder_stops_a_close_and_survives_a_forced_one() {
    let desk = desk();
    desk.run(EXPORT).ends(0);
    put(&desk, "letter.docx", "to the funder");
    put(&desk, "scans/sheet.pdf", "signed");
    refused(&desk, CLOSE, &["letter.docx", "scans"]);
    desk.run(&format!("{CLOSE} --force")).ends(0);
    let found = files(&desk);
    assert_eq!(found["2018-11_break-poverty/letter.docx"], b"to the funder");
    assert_eq!(found["2018-11_break-poverty/scans/sheet.pdf"], b"signed");
    assert!(found.keys().all(|name| !name.starts_with(".fil-")), "{:?}", found.keys());
    // The report itself is there: made again, it is the same, and the letter stays.
    desk.run(EXPORT).ends(0).tells("unchanged");
    assert_eq!(files(&desk), found);
}

#[test]
fn a_file_changed_by_hand_stops_a_close_and_gives_way_to_a_forced_one() {
    let desk = desk();
    desk.run(EXPORT).ends(0);
    put(&desk, "monthly.csv", "commented by hand");
    refused(&desk, CLOSE, &["monthly.csv"]);
    desk.run(&format!("{CLOSE} --force")).ends(0);
    desk.run(&format!("report verify {FOLDER}")).ends(0);
}

#[test]
fn a_closed_report_gives_way_to_no_other_unless_forced() {
    let desk = desk();
    desk.run(CLOSE).ends(0);
    change_a_figure(&desk);
    desk.run("report reopen 2018-11 --funder break-poverty --why late").ends(0);
    refused(&desk, EXPORT, &["closed report"]);
    refused(&desk, CLOSE, &["closed report"]);
    desk.run(&format!("{EXPORT} --force")).ends(0).tells("provisional");
    desk.run(CLOSE).ends(0);
    desk.run(&format!("report verify {FOLDER}")).ends(0);
}

#[test]
fn a_provisional_report_is_not_replaced_by_another_in_silence() {
    let desk = desk();
    desk.run(EXPORT).ends(0);
    desk.run(EXPORT).ends(0).tells("unchanged");
    change_a_figure(&desk);
    refused(&desk, EXPORT, &["silently"]);
    desk.run(&format!("{EXPORT} --force")).ends(0);
    desk.run(&format!("report verify {FOLDER}")).ends(0);
}

#[test]
fn a_name_that_the_report_needs_is_not_taken_from_a_file_of_the_school() {
    let desk = desk();
    desk.run(CLOSE).ends(0);
    change_a_figure(&desk);
    let (close, folder) = ("report close 2019-02 --funder break-poverty -f csv", "exports/2019-02_break-poverty");
    desk.run("report export 2019-02 --funder break-poverty -f csv").ends(0);
    desk.file(&format!("{folder}/restated.csv"), "my own");
    let before = files(&desk);
    desk.run(&format!("{close} --force")).ends(1).tells("restated.csv").tells("move");
    assert_eq!(files(&desk), before);
    std::fs::remove_file(desk.path(&format!("{folder}/restated.csv"))).unwrap();
    desk.run(close).ends(0);
}

#[test]
fn a_damaged_manifest_is_made_again_by_force_and_other_files_stay() {
    let desk = desk();
    desk.run(EXPORT).ends(0);
    put(&desk, "manifest.json", "{");
    put(&desk, "letter.docx", "to the funder");
    refused(&desk, EXPORT, &["letter.docx"]);
    desk.run(&format!("{EXPORT} --force")).ends(0);
    assert_eq!(desk.read(&format!("{FOLDER}/letter.docx")), "to the funder");
    assert!(desk.read(&format!("{FOLDER}/manifest.json")).contains("\"provisional\""));
}

#[test]
fn a_file_where_the_folder_would_be_stays() {
    let desk = desk();
    std::fs::create_dir(desk.path("exports")).unwrap();
    desk.file(FOLDER, "a file");
    desk.run(&format!("{EXPORT} --force")).ends(1).tells("not a folder");
    assert_eq!(desk.read(FOLDER), "a file");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_stays_one() {
    let desk = desk();
    std::fs::create_dir_all(desk.path("shared/november")).unwrap();
    std::fs::create_dir(desk.path("exports")).unwrap();
    std::os::unix::fs::symlink(desk.path("shared/november"), desk.path(FOLDER)).unwrap();
    desk.file("shared/november/letter.docx", "to the funder");
    desk.run(&format!("{EXPORT} --force")).ends(0);
    assert!(desk.path(FOLDER).is_symlink());
    assert_eq!(desk.read("shared/november/letter.docx"), "to the funder");
    desk.run(EXPORT).ends(0).tells("unchanged");
}

#[test]
fn a_file_that_the_manifest_does_not_name_does_not_hold() {
    let desk = desk();
    desk.run(CLOSE).ends(0);
    desk.run(&format!("report verify {FOLDER}")).ends(0).tells("Everything holds");
    put(&desk, "extra.csv", "x");
    let one = desk.run(&format!("report verify {FOLDER} -f csv")).ends(4).tells("extra.csv").tells("✗ 1 check fails.");
    assert!(one.stdout.contains("unlisted,extra.csv,,,,,false"), "{}", one.stdout);
    put(&desk, "scans/sheet.pdf", "signed");
    desk.run(&format!("report verify {FOLDER}")).ends(4).tells("scans").tells("✗ 2 checks fail.");
    std::fs::remove_file(desk.path(FOLDER).join("extra.csv")).unwrap();
    let french = desk.run(&format!("report verify {FOLDER} --lang fr")).ends(4);
    assert!(french.stderr.contains("✗ 1 vérification échoue."), "{}", french.stderr);
}
