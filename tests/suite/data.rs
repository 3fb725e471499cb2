//! What somebody may ask for: all that the file holds about them, and nothing about anybody else.

use super::example_school::romans;
use super::support::Desk;
use fil::store::{Access, Store};

fn dump(desk: &Desk) -> String {
    Store::open(&desk.path("fil.db"), Access::Read).unwrap().dump().unwrap()
}

fn changed() -> Desk {
    let desk = romans();
    desk.run("trainee edit grimonet-theo --phone 0611111111").ends(0);
    desk.run("trainee note grimonet-theo \"à rappeler\"").ends(0);
    desk.run("undo").ends(0);
    desk.run("progress set grimonet-theo MAT 15/20 --on 2019-01-31").ends(0);
    desk
}

fn object(desk: &Desk, slug: &str) -> serde_json::Value {
    serde_json::from_str(&desk.run(&format!("trainee data {slug} -f json")).ends(0).stdout).unwrap()
}

#[test]
fn one_object_has_a_key_for_each_kind_with_the_fields_of_the_import_files() {
    let desk = changed();
    let data = object(&desk, "grimonet-theo");
    let keys: Vec<&str> = data.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "trainees",
            "attendance",
            "results",
            "certificates",
            "licence",
            "obstacles",
            "interviews",
            "placements",
            "proposals",
            "followups",
            "notes",
            "aids",
            "loans",
            "history"
        ]
    );
    for key in &keys[..13] {
        let whole: serde_json::Value =
            serde_json::from_str(&desk.run(&format!("export {key} -f json")).ends(0).stdout).unwrap();
        let whole = whole.as_array().or_else(|| whole.get(key).and_then(|v| v.as_array())).unwrap();
        let own: Vec<&serde_json::Value> = whole.iter().filter(|row| row["trainee"] == "grimonet-theo").collect();
        let given: Vec<&serde_json::Value> = data[*key].as_array().unwrap().iter().collect();
        assert_eq!(given, own, "{key}");
        // The example school met no obstacle, and lent and gave nothing to anybody.
        let recorded = !["obstacles", "proposals", "aids", "loans"].contains(key);
        assert_eq!(!own.is_empty(), recorded, "{key}");
    }
}

#[test]
fn the_history_says_what_was_changed_and_when_with_the_values_that_are_gone() {
    let data = object(&changed(), "grimonet-theo");
    let history = data["history"].as_array().unwrap();
    let find = |change: &str, field: &str| {
        history.iter().find(|row| row["change"] == change && row["field"] == field).unwrap_or_else(|| panic!("{field}"))
    };
    let phone = find("changed", "phone");
    assert_eq!((&phone["before"], &phone["after"]), (&"0639980107".into(), &"0611111111".into()));
    assert_eq!((&phone["verb"], &phone["date"]), (&"edit".into(), &"2019-09-02".into()));
    assert_eq!(find("removed", "text")["before"], "à rappeler");
    assert_eq!(history.iter().filter(|row| row["change"] == "created" && row["kind"] == "trainees").count(), 1);
    let marks = history.iter().find(|row| row["kind"] == "attendance").unwrap();
    assert_eq!((&marks["change"], &marks["count"]), (&"created".into(), &108.into()));
}

#[test]
fn the_folder_holds_import_files_that_are_private_and_change_nothing() {
    let desk = changed().french();
    let before = dump(&desk);
    desk.run("t donnees grimonet-theo -f csv -o theo/").ends(0).tells("À remettre à la personne seule");
    for kind in
        ["trainees", "attendance", "results", "certificates", "licence", "interviews", "placements", "followups"]
    {
        let file = format!("theo/{kind}.csv");
        assert!(desk.read(&file).lines().skip(1).all(|line| line.contains("grimonet-theo")), "{kind}");
        desk.run(&format!("import {file} --as {kind}")).ends(0);
    }
    assert_eq!(dump(&desk), before);
    #[cfg(unix)]
    for entry in std::fs::read_dir(desk.path("theo")).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    desk.run("t donnees grimonet-theo -f csv").ends(2);
}

#[test]
fn a_merged_record_is_part_of_the_history_and_a_homonym_is_not() {
    let desk = romans();
    for (first, phone) in [("Luc", "0611111111"), ("Lucas", "0622222222")] {
        desk.run(&format!("trainee add Martin {first} -c ROM-2018-11 --entry 2018-11-05 --phone {phone}")).ends(0);
    }
    desk.run("trainee add Martin Luc -c ROM-2018-11 --born 2001-01-01 --phone 0633333333").ends(0);
    desk.run("trainee merge martin-luc martin-lucas -y").ends(0);
    let data = object(&desk, "martin-luc").to_string();
    assert!(data.contains("0611111111") && data.contains("0622222222") && !data.contains("0633333333"), "{data}");
    // Once erased there is nothing of all that.
    desk.run("trainee erase martin-luc -y").ends(0);
    let data = desk.run("export trainees -f csv").stdout;
    let slug = data.lines().find_map(|l| l.split(',').find(|cell| cell.starts_with("erased-"))).unwrap().to_owned();
    let data = object(&desk, &slug).to_string();
    for gone in ["0611111111", "0622222222", "Martin", "martin"] {
        assert!(!data.contains(gone), "{gone}: {data}");
    }
}
