//! A folder that was sent is verified by anybody, with or without the school's database; a close keeps all of what it was.

use super::example_school::romans;
use super::support::Desk;
use std::path::Path;

const FIRST: &str = "sent/2018-11_break-poverty";
const SECOND: &str = "sent/2018-12_break-poverty";

/// The example school with two months closed for one funder and one for another, and a correction between them.
fn closed() -> Desk {
    let desk = romans();
    for line in [
        "report close 2018-11 --funder break-poverty -o sent/",
        "report close 2018-11 --funder ca-solidarite -o sent/",
        "progress interview amara-nassim tutorial --minutes 45 --on 2018-11-20",
        "report close 2018-12 --funder break-poverty -o sent/",
    ] {
        desk.run(line).ends(0);
    }
    desk
}

/// A desk of an auditor, who has the folders and no database.
fn auditor(school: &Desk) -> Desk {
    let desk = Desk::new();
    for folder in [FIRST, SECOND, "sent/2018-11_ca-solidarite"] {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        for entry in std::fs::read_dir(school.path(folder)).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, desk.path(folder).join(path.file_name().unwrap())).unwrap();
        }
    }
    desk
}

/// Replaces a text in a file of a folder and, so that the file is still the one that is listed, its hash in the manifest.
fn forge(desk: &Desk, folder: &str, file: &str, [old, new]: [&str; 2]) {
    let hash = |text: &str| sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(text));
    let hex = |text: &str| hash(text).iter().map(|b| format!("{b:02x}")).collect::<String>();
    let (name, manifest) = (format!("{folder}/{file}"), format!("{folder}/manifest.json"));
    let was = desk.read(&name);
    let is = was.replacen(old, new, 1);
    assert_ne!(was, is, "{old} is not in {name}");
    desk.file(&manifest, desk.read(&manifest).replace(&hex(&was), &hex(&is)));
    desk.file(&name, is);
}

#[test]
fn an_auditor_verifies_folders_and_their_order_without_any_database() {
    let desk = auditor(&closed());
    let other = "sent/2018-11_ca-solidarite";
    for folder in [FIRST, SECOND, other] {
        desk.run(&format!("report verify {folder}")).ends(0).tells("Without the school's database");
    }
    desk.run(&format!("report verify {SECOND} --after {FIRST}")).ends(0).shows("chain");
    for (folder, earlier) in [(FIRST, SECOND), (FIRST, FIRST), (SECOND, other), (other, FIRST), (SECOND, "sent")] {
        desk.run(&format!("report verify {folder} --after {earlier}")).ends(4).shows("chain");
    }
    // One byte of any file of either folder.
    let names: Vec<_> = std::fs::read_dir(desk.path(FIRST)).unwrap().map(|e| e.unwrap().file_name()).collect();
    for name in names {
        let file = format!("{FIRST}/{}", Path::new(&name).display());
        let whole = desk.read(&file);
        desk.file(&file, whole.replacen("2018-11", "2018-10", 1).replacen("novembre", "novembra", 1) + " ");
        desk.run(&format!("report verify {SECOND} --after {FIRST}")).ends(4);
        desk.run(&format!("report verify {FIRST}")).ends(4);
        desk.file(&file, whole);
    }
    desk.run(&format!("report verify {SECOND} --after {FIRST}")).ends(0);
}

#[test]
fn figures_that_do_not_add_up_are_told_even_when_the_hashes_were_made_anew() {
    let desk = auditor(&closed());
    for (file, change, column) in [
        ("monthly.csv", ["ROM-2018-11;2018-11;0;12;", "ROM-2018-11;2018-11;0;13;"], "end"),
        ("monthly.csv", [";417;9;13;0;95,0;", ";418;9;12;0;95,0;"], "attendance_pct"),
        ("indicators.csv", [";12;14;85,7;%", ";12;14;85,8;%"], "value"),
        ("indicators.csv", ["entrants;Entrants;*;12;;12;", "entrants;Entrants;*;13;;13;"], "num"),
        ("exits.csv", [";iae;exit;12;1;0;0;0;0;0;0;0;", ";iae;exit;12;1;1;0;0;0;0;0;0;"], "examined"),
    ] {
        let kept = [desk.read(&format!("{FIRST}/{file}")), desk.read(&format!("{FIRST}/manifest.json"))];
        forge(&desk, FIRST, file, change);
        let said = desk.run(&format!("report verify {FIRST} -f csv")).ends(4).stdout;
        let told = said.lines().any(|l| l.starts_with(&format!("arithmetic,{file},")) && l.contains(column));
        assert!(told, "{change:?}: {said}");
        assert!(said.contains("root,manifest.json,,,"), "{said}");
        let [table, manifest] = kept;
        desk.file(&format!("{FIRST}/{file}"), table);
        desk.file(&format!("{FIRST}/manifest.json"), manifest);
    }
    desk.run(&format!("report verify {FIRST}")).ends(0);
}

#[test]
fn one_line_of_those_counted_is_opened_and_leads_to_the_root() {
    let desk = closed();
    let opened = desk.run("report open 2018-12 --funder break-poverty --line 12").ends(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&opened).unwrap();
    for key in ["close", "figure", "line", "salt", "path"] {
        assert!(!json[key].is_null(), "{key}");
    }
    desk.file("line.json", &opened);
    desk.run("report verify --opened line.json").ends(0);
    let elsewhere = auditor(&desk);
    elsewhere.file("line.json", &opened);
    elsewhere.run(&format!("report verify {SECOND} --opened line.json")).ends(0).shows("opened");
    elsewhere.run(&format!("report verify {FIRST} --opened line.json")).ends(4);
    let person = json["line"]["person"].as_i64().unwrap();
    for (old, new) in [
        (format!("\"person\": {person}"), "\"person\": 99".to_owned()),
        ("\"verdict\": \"".to_owned(), "\"verdict\": \"x".to_owned()),
        (json["salt"].as_str().unwrap().to_owned(), "0".repeat(32)),
        (json["figure"].as_str().unwrap().to_owned(), "another".to_owned()),
    ] {
        elsewhere.file("line.json", opened.replace(&old, &new));
        elsewhere.run(&format!("report verify {SECOND} --opened line.json")).ends(4);
    }
    elsewhere.file("line.json", "{}");
    elsewhere.run(&format!("report verify {SECOND} --opened line.json")).ends(4);
    desk.run("report open 2018-12 --funder break-poverty --line 0").ends(3);
    desk.run("report open 2018-12 --funder break-poverty --line 9999999").ends(3).tells("lines");
    desk.run("report open 2019-01 --funder break-poverty --line 1").ends(4);
    // Lines of different numbers have different salts.
    let other = desk.run("report open 2018-12 --funder break-poverty --line 13").ends(0).stdout;
    assert!(!other.contains(json["salt"].as_str().unwrap()));
}

#[test]
fn what_a_close_keeps_is_examined_to_the_byte_and_its_figures_worked_out_again() {
    let desk = closed();
    desk.run("doctor").ends(0).shows("every closed report is as it was closed");
    let whole = std::fs::read(desk.path("fil.db")).unwrap();
    for (sql, part) in [
        (
            "UPDATE close_file SET bytes = CAST(bytes || ' ' AS BLOB) WHERE name = 'exits.csv' AND close = 1",
            "file:exits.csv",
        ),
        (
            "UPDATE close_section SET figures = replace(figures, '12', '13') WHERE close = 1 AND section = 'exits'",
            "figures:exits",
        ),
        ("UPDATE close SET definitions = definitions || ' ' WHERE number = 1", "definitions"),
        ("UPDATE close SET settings = replace(settings, '6m', 'over-6m') WHERE number = 1", "parameters"),
        ("UPDATE close SET threshold = 3 WHERE number = 1", "parameters"),
        ("UPDATE close_member SET units = units + 1 WHERE close = 1 AND figure = 'entrants'", "members:entrants"),
        ("UPDATE close_member SET list = x'00' WHERE close = 1 AND figure = 'entrants'", "members:entrants"),
        ("DELETE FROM close_member WHERE close = 1 AND figure = 'entrants'", "members"),
        ("UPDATE close SET root = replace(root, substr(root, 1, 4), '0000') WHERE number = 1", "root"),
        ("UPDATE close SET seed = '0' WHERE number = 1", "members:entrants"),
    ] {
        let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
        assert!(file.execute(sql, []).unwrap() > 0, "{sql}");
        drop(file);
        desk.run(&format!("report verify {FIRST} -f csv")).ends(4).shows(&format!("kept,{part},"));
        desk.file("fil.db", &whole);
    }
    // A record that was changed behind the program's back: the figures of then are others.
    let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
    file.execute("UPDATE participation SET entry = entry + 3 WHERE id = 3", []).unwrap();
    file.execute("UPDATE close SET definitions = definitions || ' ' WHERE number = 2", []).unwrap();
    drop(file);
    let said = desk.run("doctor").ends(1);
    said.shows("not those that the records of then give").shows("definitions is not what was closed");
}
