//! The reports of the example school, byte for byte, and the same bytes wherever and whenever they are made.

use super::example_school::romans;
use super::support::{Desk, golden, words};
use fil::domain::ClosedList;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Every file of a folder and of its folders, by its name from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn the_exports_of_two_months_are_those_kept_byte_for_byte() {
    let desk = romans();
    for dialect in ["csv-fr", "csv"] {
        for month in ["2018-11", "2019-01"] {
            desk.run(&format!("report export {month} --all -f {dialect} -o exports/{dialect}/")).ends(0);
        }
    }
    let made = files(&desk.path("exports"));
    assert_eq!(made.len(), 2 * 2 * (8 + 6), "{:?}", made.keys());
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/exports");
    for (name, bytes) in &made {
        golden(&format!("exports/{name}"), std::str::from_utf8(bytes).unwrap());
    }
    assert!(made.keys().eq(files(&kept).keys()), "a kept file is no longer written");
}

#[test]
fn every_section_shows_what_was_kept_in_both_languages() {
    let desk = romans();
    for section in fil::report::Section::CODES {
        // Without a period this section would show one month.
        let period = if *section == "monthly" { " -p 2018-11..2019-08" } else { "" };
        for lang in ["fr", "en"] {
            let shown = ["csv", "json", "table"].map(|format| {
                let line = format!("report show {section}{period} --as-of 2019-08-31 --lang {lang} -f {format}");
                format!("$ fil {line}\n{}", desk.run(&line).ends(0).stdout)
            });
            golden(&format!("sections/{section}.{lang}.txt"), &shown.join("\n"));
        }
    }
}

/// Surroundings of a run: time zone, locale, folder.
const ELSEWHERE: [[&str; 3]; 2] = [["Pacific/Auckland", "fr_FR.UTF-8", "here"], ["America/Los_Angeles", "C", "there"]];

/// Standard output of the real program on a copy of the file, in other surroundings.
fn spawned(desk: &Desk, [zone, locale, folder]: [&str; 3], line: &str) -> Vec<u8> {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_fil"));
    command.env_clear().current_dir(desk.path(folder)).timeout(Duration::from_secs(20));
    command.env("TZ", zone).env("LANG", locale).env("LC_ALL", locale).env("FIL_DB", desk.path("fil.db"));
    let done = command.args(["--today", "2019-09-02"]).args(words(line)).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

#[test]
fn the_same_data_and_the_same_arguments_give_the_same_bytes_everywhere() {
    let desk = romans();
    for [_, _, folder] in ELSEWHERE {
        std::fs::create_dir(desk.path(folder)).unwrap();
    }
    let lines = [
        "report show monthly -p 2018-12 -f csv",
        "report show indicators --as-of 2019-08-31 -f csv-fr",
        "report show --funder ca-solidarite -p 2019-01 -f json",
        "report explain dynamic_exit_rate@6m -f csv",
        "trainee list -c all -f csv",
        "progress show -c ROM-2018-11 -f csv-fr",
        "placement list -f json",
        "due -f csv",
        "status -f json",
        "log -f csv",
        "check -f csv",
        "export all -f json",
        "trainee list -c all -f table --lang fr",
    ];
    for line in lines {
        let [here, there] = ELSEWHERE.map(|place| spawned(&desk, place, line));
        assert!(!here.is_empty() && here == there, "{line}: {}", String::from_utf8_lossy(&there));
    }
    let [here, there] = ELSEWHERE.map(|place| {
        spawned(&desk, place, "report export 2018-11 --all");
        files(&desk.path(place[2]))
    });
    assert!(here.len() == 14 && here == there, "{:?} {:?}", here.keys(), there.keys());
}
