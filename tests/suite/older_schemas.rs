//! Files of earlier schemas, kept in `tests/old`: read without a trace, upgraded by the first write, their closes intact.
//!
//! `schema-N.db` is the example school with two months closed for both funders and a result recorded since;
//! `schema-N.diff.csv` is what the program of that schema said had changed.

use super::support::Desk;
use fil::store::{Access, Store};
use std::path::{Path, PathBuf};

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old").join(name)
}

/// A desk whose database was written under an earlier schema.
fn desk(schema: u32) -> Desk {
    let desk = Desk::new().on("2020-06-30");
    std::fs::copy(kept(&format!("schema-{schema}.db")), desk.path("fil.db")).unwrap();
    desk
}

/// The closes of the file, as the program that closed them kept and explained them.
#[track_caller]
fn closes_are_intact(desk: &Desk, schema: u32) {
    let told = std::fs::read_to_string(kept(&format!("schema-{schema}.diff.csv"))).unwrap();
    let diff = desk.run("report diff 2018-11 --funder break-poverty -f csv").ends(0);
    assert_eq!(diff.stdout, told);
    for funder in ["break-poverty", "ca-solidarite"] {
        for month in ["2018-11", "2018-12"] {
            desk.run(&format!("report export {month} --funder {funder} -o sent/ --force")).ends(0);
        }
    }
    // The figures that are issued again are those of the files, so the folder holds on both counts.
    desk.run("report verify sent/2018-12_ca-solidarite").ends(0);
}

#[test]
fn an_older_file_is_read_as_the_upgrade_would_leave_it_and_is_not_touched() {
    let desk = desk(1);
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    closes_are_intact(&desk, 1);
    desk.run("trainee list -c ROM-2018-11").ends(0).shows("Barthoulot");
    desk.run("report show indicators -c ROM-2018-11 --known-on 10 -f csv").ends(0);
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == before);
    assert_eq!(desk.names(), ["fil.db", "sent"]);
}

#[test]
fn the_first_write_upgrades_an_older_file_after_a_copy_and_the_closes_stay() {
    let desk = desk(1);
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    desk.run("trainee note amara-nassim \"a déménagé\"").ends(0);
    assert!(desk.path("fil.before-upgrade-1.db").exists());
    let store = Store::open(&desk.path("fil.db"), Access::Read).unwrap();
    assert!(store.schema_matches().unwrap(), "an upgraded file has the schema of a fresh one");
    drop(store);
    closes_are_intact(&desk, 1);
    desk.run("doctor").ends(0);
    // The copy is the file as it was.
    desk.run("restore fil.before-upgrade-1.db --yes").ends(0);
    closes_are_intact(&desk, 1);
    std::fs::write(desk.path("fil.db"), before).unwrap();
    closes_are_intact(&desk, 1);
}

#[test]
fn closing_is_a_write_like_any_other_on_an_older_file() {
    let desk = desk(1);
    desk.run("report close 2019-01 --funder ca-solidarite -o sent/ --accept unmarked --why lost").ends(0);
    desk.run("report verify sent/2019-01_ca-solidarite").ends(0);
    closes_are_intact(&desk, 1);
}
