//! The reports of the example school, byte for byte, and the same bytes wherever and whenever they are made.

use super::example_school::romans;
use super::support::{Desk, golden, words};
use fil::domain::ClosedList;
use sha2::Digest;
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

const MONTHS: [&str; 2] = ["2018-11", "2019-01"];

/// The exports of two months for both funders, by their names in the folder of exports.
fn exports(desk: &Desk, dialect: &str) -> BTreeMap<String, String> {
    for month in MONTHS {
        desk.run(&format!("report export {month} --all -f {dialect} -o {dialect}/")).ends(0);
    }
    let made = files(&desk.path(dialect));
    made.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn the_exports_of_two_months_are_those_kept_byte_for_byte() {
    let mut made = exports(&romans(), "csv");
    assert_eq!(made.len(), 2 * (8 + 6), "{:?}", made.keys());
    // The note of the second month says another period, and else the same.
    for funder in ["break-poverty", "ca-solidarite"] {
        let note = made.remove(&format!("2019-01_{funder}/LISEZMOI.txt")).unwrap();
        let dated = note.replace("janvier 2019", "novembre 2018").replace("31/01/2019", "30/11/2018");
        assert_eq!(dated, made[&format!("2018-11_{funder}/LISEZMOI.txt")], "{funder}");
    }
    // A manifest is made of hashes of its neighbours: its own test reads it.
    made.retain(|name, _| !name.ends_with("manifest.json"));
    for (name, text) in &made {
        golden(&format!("exports/{name}"), text);
    }
    let kept = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/exports"));
    assert!(made.keys().eq(kept.keys()), "a kept file is no longer written");
}

#[test]
fn a_manifest_says_what_was_asked_and_names_each_file_with_its_rows_and_its_hash() {
    for dialect in ["csv", "csv-fr"] {
        let desk = romans();
        let made = exports(&desk, dialect);
        let manifests = made.iter().filter_map(|(name, text)| Some((name.strip_suffix("manifest.json")?, text)));
        for (folder, text) in manifests {
            let mut manifest: serde_json::Value = serde_json::from_str(text).unwrap();
            let listed = manifest["files"].take();
            let listed: Vec<&serde_json::Value> = listed.as_array().unwrap().iter().collect();
            let names: Vec<&str> = listed.iter().map(|file| file["name"].as_str().unwrap()).collect();
            let mut beside: Vec<&str> = made.keys().filter_map(|name| name.strip_prefix(folder)).collect();
            beside.retain(|name| *name != "manifest.json");
            assert!(
                names.iter().all(|name| beside.contains(name)) && names.len() == beside.len(),
                "{folder}: {names:?}"
            );
            for file in listed {
                let name = file["name"].as_str().unwrap();
                let content = &made[&format!("{folder}{name}")];
                let hash: String = sha2::Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
                assert_eq!(file["sha256"], hash, "{folder}{name}");
                let rows = name.ends_with(".csv").then(|| content.lines().count() - 1);
                assert_eq!(file["rows"], serde_json::json!(rows), "{folder}{name}");
            }
            let parts = manifest.as_object_mut().unwrap();
            // What the chain and the tree say has tests of its own.
            for key in ["chain_head", "root"] {
                assert_eq!(parts.shift_remove(key).unwrap().as_str().unwrap().len(), 64, "{key}");
            }
            assert_eq!(parts.shift_remove("parts").unwrap().as_array().unwrap().len(), 1);
            assert_eq!(parts.shift_remove("previous").unwrap(), serde_json::json!([]));
            parts.remove("files");
            assert_eq!(manifest, asked(folder, dialect), "{folder}");
        }
    }
}

/// What the manifest of an export of the example school says besides its files.
fn asked(folder: &str, dialect: &str) -> serde_json::Value {
    let (month, funder) = folder.trim_end_matches('/').split_once('_').unwrap();
    let to = if month == "2018-11" { "2018-11-30" } else { "2019-01-31" };
    let funder = match funder {
        "ca-solidarite" => serde_json::json!({
            "funder": funder, "name": "Fondation Crédit Agricole Solidarité et Développement", "lang": "fr",
            "dialect": "csv-fr", "level": "aggregate", "people": "none", "suppress_below": 5,
        }),
        funder => serde_json::json!({
            "funder": funder, "name": "Break Poverty Foundation", "lang": "fr",
            "dialect": "csv-fr", "level": "contract", "people": "pseudonymised", "suppress_below": 0,
        }),
    };
    serde_json::json!({
        "program": "fil", "version": env!("CARGO_PKG_VERSION"), "database": "c1675e0bb980a575a89661fec08aa83b",
        "funder": funder, "period": { "from": format!("{month}-01"), "to": to }, "as_of": to, "known_on": null,
        "status": "provisional", "cohorts": null,
        "settings": {
            "durable_min": "6m", "ltu_months": 12, "ltu_under25": 12, "bpf_hours": "centre", "rate_min_denominator": 20,
        },
        "format": dialect, "template": null, "quality_errors": [], "accepted": [],
    })
}

/// A cell of a plain csv as a French spreadsheet reads it.
fn in_french(cell: &str) -> String {
    match (cell, fil::domain::Date::parse_iso(cell)) {
        ("true", _) => "oui".to_owned(),
        ("false", _) => "non".to_owned(),
        (_, Ok(date)) => date.french(),
        (cell, Err(_)) if cell.parse::<f64>().is_ok() => cell.replace('.', ","),
        (cell, Err(_)) => cell.to_owned(),
    }
}

#[test]
fn both_dialects_of_an_export_say_the_same_cell_by_cell() {
    let desk = romans();
    let (plain, french) = (exports(&desk, "csv"), exports(&desk, "csv-fr"));
    assert!(plain.keys().eq(french.keys()), "{:?}", french.keys());
    for (name, text) in plain.iter().filter(|(name, _)| !name.ends_with("manifest.json")) {
        let Some(table) = name.ends_with(".csv").then(|| french[name].strip_prefix('\u{feff}').expect(name)) else {
            assert_eq!(*text, french[name], "{name}");
            continue;
        };
        assert!(table.split_inclusive('\n').all(|line| line.ends_with("\r\n")), "{name}");
        let rows = |text: &str, separator| -> Vec<Vec<String>> {
            let mut reader =
                csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(text.as_bytes());
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
        };
        let (plain, french) = (rows(text, b','), rows(table, b';'));
        assert!(plain[0].len() == french[0].len() && plain[0] != french[0], "{name}: {:?}", french[0]);
        let said: Vec<Vec<String>> =
            plain[1..].iter().map(|row| row.iter().map(|cell| in_french(cell)).collect()).collect();
        assert_eq!(said, french[1..], "{name}");
    }
}

#[test]
fn every_section_shows_what_was_kept_in_both_languages() {
    let desk = romans();
    for section in fil::report::Section::CODES {
        // Without a period this section would show one month.
        let period = if *section == "monthly" { " -p 2018-11..2019-08" } else { "" };
        let shown = |lang: &str, format: &str| {
            let line = format!("report show {section}{period} --as-of 2019-08-31 --lang {lang} -f {format}");
            desk.run(&line).ends(0).stdout
        };
        golden(&format!("sections/{section}.csv"), &shown("fr", "csv"));
        for lang in ["fr", "en"] {
            golden(&format!("sections/{section}.{lang}.txt"), &shown(lang, "table"));
        }
        // A file for machines is the same in both languages but for the sentences that people read in it.
        let cells = ["fr", "en"].map(|lang| without_sentences(&shown(lang, "csv")));
        assert_eq!(cells[0], cells[1], "{section}");
    }
}

/// The cells of a csv but those of the columns of sentences.
fn without_sentences(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let sentences = ["label", "note", "message", "definition"];
    let kept: Vec<bool> = reader.headers().unwrap().iter().map(|name| !sentences.contains(&name)).collect();
    let row = |row: csv::StringRecord| {
        row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell.to_owned()).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
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
