//! The order of rows and of columns in a file, its headers' language and its dialect change nothing of what is recorded.

use super::example_school::{KINDS, romans};
use super::random_school::Chance;
use super::support::Desk;
use std::collections::BTreeSet;

type Rows = Vec<Vec<String>>;

fn example(kind: &str) -> Rows {
    let file = format!("{}/examples/romans/{kind}.csv", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read_to_string(file).unwrap(), b',')
}

fn read(text: &str, separator: u8) -> Rows {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn written(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn shuffle<T>(list: &mut [T], chance: &mut Chance) {
    for at in (1..list.len()).rev() {
        list.swap(at, chance.below(at + 1));
    }
}

/// What a desk holds of a kind, without the numbers that the file gives to records, in no order.
fn held(desk: &Desk, kind: &str) -> BTreeSet<Vec<String>> {
    let mut rows = read(&desk.run(&format!("export {kind} -f csv")).ends(0).stdout, b',');
    if rows[0].last().is_some_and(|name| name == "id") {
        rows.iter_mut().for_each(|row| drop(row.pop()));
    }
    let many = rows.len();
    let set: BTreeSet<Vec<String>> = rows.into_iter().collect();
    assert_eq!(set.len(), many, "{kind} holds the same row twice");
    set
}

#[test]
fn rows_and_columns_in_any_order_make_the_same_school() {
    let known = romans();
    for seed in 0..3 {
        let mut chance = Chance::new(seed);
        let desk = Desk::new().on("2019-09-02");
        desk.run("init fil.db").ends(0);
        for kind in KINDS {
            let mut rows = example(kind);
            let mut order: Vec<usize> = (0..rows[0].len()).collect();
            shuffle(&mut order, &mut chance);
            shuffle(&mut rows[1..], &mut chance);
            let moved: Rows = rows.iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect();
            desk.file("moved.csv", written(&moved));
            desk.run(&format!("import moved.csv --as {kind}")).ends(0);
        }
        for kind in KINDS {
            assert_eq!(held(&desk, kind), held(&known, kind), "{kind}, seed {seed}");
        }
        // Figures never depend on the numbers of records.
        for section in ["monthly -p 2018-11..2019-08", "indicators", "exits", "esf", "bpf -p 2018", "financial"] {
            let line = format!("report show {section} -f csv");
            assert_eq!(desk.run(&line).ends(0).stdout, known.run(&line).ends(0).stdout, "{line}, seed {seed}");
        }
    }
}

#[test]
fn a_file_that_was_exported_in_any_dialect_and_language_changes_nothing() {
    let desk = romans();
    for kind in KINDS {
        for lang in ["fr", "en"] {
            for (format, name) in [("csv", "out.csv"), ("csv-fr", "out.csv"), ("xlsx", "out.xlsx")] {
                desk.run(&format!("export {kind} -f {format} --lang {lang} -o {name} --force")).ends(0);
                let told = desk.run(&format!("import {name} --as {kind}")).ends(0).stderr;
                let rows = held(&desk, kind).len() - 1;
                let same = format!("created: 0 · changed: 0 · identical: {rows} · refused: 0");
                assert!(told.contains(&same), "{kind} {lang} {format}: {told}");
            }
        }
    }
}
