//! Files of released schemas, kept in `tests/old` as SQL text: read without a trace, upgraded by the first write, their
//! closes issued again byte for byte.
//!
//! `schema-N.sql` is what `sqlite3 fil.db .dump` gave, with the version and the application of the file: the example
//! school with months closed for its funders and records changed since. `schema-N.diff.csv` is what the program of that
//! schema said had changed.

use super::support::Desk;
use fil::store::{Access, Store};
use sha2::Digest;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// Every released schema.
const SCHEMAS: [usize; 2] = [1, 2];

fn kept(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old").join(name)).unwrap()
}

/// The file of a schema, built once from its text.
pub fn bytes(schema: usize) -> &'static [u8] {
    static FILES: [OnceLock<Vec<u8>>; SCHEMAS.len()] = [const { OnceLock::new() }; SCHEMAS.len()];
    FILES[schema - 1].get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fil.db");
        let file = rusqlite::Connection::open(&path).unwrap();
        file.execute_batch(&kept(&format!("schema-{schema}.sql"))).unwrap();
        drop(file);
        std::fs::read(path).unwrap()
    })
}

/// A desk whose database was written under an earlier schema.
fn desk(schema: usize) -> Desk {
    Desk::new().on("2020-06-30").with_school(bytes(schema), 100)
}

fn number(desk: &Desk, pragma: &str) -> usize {
    let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
    let number: u32 = file.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
    usize::try_from(number).unwrap()
}

/// The schema that this program writes.
fn newest() -> usize {
    let desk = Desk::new();
    desk.run("init fil.db").ends(0);
    number(&desk, "user_version")
}

/// The files of each close that a file keeps, by month, funder and name, with the hash that was kept of each.
fn closes(schema: usize) -> BTreeMap<(String, String), BTreeMap<String, String>> {
    let desk = desk(schema);
    let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
    let sql = "SELECT period, funder, name, sha256 FROM close JOIN close_file ON close = number";
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?, row.get(3)?))).unwrap();
    let mut found = BTreeMap::<_, BTreeMap<_, _>>::new();
    for row in rows {
        let (close, name, hash) = row.unwrap();
        found.entry(close).or_default().insert(name, hash);
    }
    found
}

/// The closes of the file say what they said, and are issued again byte for byte.
#[track_caller]
fn closes_are_intact(desk: &Desk, schema: usize) {
    let diff = desk.run("report diff 2018-11 --funder break-poverty -f csv").ends(0);
    assert_eq!(diff.stdout, kept(&format!("schema-{schema}.diff.csv")));
    let closes = closes(schema);
    assert!(closes.len() >= 2, "{closes:?}");
    for ((month, funder), files) in closes {
        desk.run(&format!("report export {month} --funder {funder} -o sent/ --force")).ends(0);
        let folder = format!("sent/{month}_{funder}");
        for (name, hash) in &files {
            let issued = sha2::Sha256::digest(desk.read(&format!("{folder}/{name}")));
            let issued: String = issued.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(issued, *hash, "{folder}/{name}");
        }
        assert_eq!(std::fs::read_dir(desk.path(&folder)).unwrap().count(), files.len(), "{folder}");
    }
}

#[test]
fn a_kept_file_is_of_the_schema_that_it_is_called_after() {
    assert!(SCHEMAS.len() <= newest());
    for schema in SCHEMAS {
        let desk = desk(schema);
        assert_eq!(number(&desk, "user_version"), schema);
        let fresh = Desk::new();
        fresh.run("init fil.db").ends(0);
        assert_eq!(number(&desk, "application_id"), number(&fresh, "application_id"));
    }
}

#[test]
fn an_older_file_is_read_as_the_upgrade_would_leave_it_and_is_not_touched() {
    for schema in SCHEMAS {
        let desk = desk(schema);
        let names = desk.names();
        closes_are_intact(&desk, schema);
        desk.run("report verify sent/2018-12_ca-solidarite").ends(0);
        desk.run("trainee list -c ROM-2018-11").ends(0).shows("Barthoulot");
        desk.run("report show indicators -c ROM-2018-11 --known-on 10 -f csv").ends(0);
        assert!(std::fs::read(desk.path("fil.db")).unwrap() == bytes(schema), "{schema}");
        let beside = ["fil.db.lock", "sent"].map(str::to_owned);
        assert_eq!(desk.names(), [names, beside.into()].concat());
    }
}

#[test]
fn the_first_write_upgrades_an_older_file_after_a_copy_and_the_closes_stay() {
    for schema in SCHEMAS {
        let desk = desk(schema);
        desk.run("trainee note amara-nassim \"a déménagé\"").ends(0);
        assert_eq!(number(&desk, "user_version"), newest());
        let copy = format!("fil.before-upgrade-{schema}.db");
        assert_eq!(desk.path(&copy).exists(), schema < newest(), "{schema}");
        let store = Store::open(&desk.path("fil.db"), Access::Read).unwrap();
        assert!(store.schema_differences().unwrap().is_empty(), "an upgraded file has the schema of a fresh one");
        drop(store);
        closes_are_intact(&desk, schema);
        desk.run("doctor").ends(0);
        if schema < newest() {
            // The copy is the file as it was.
            desk.run(&format!("restore {copy} --yes")).ends(0);
            closes_are_intact(&desk, schema);
        }
        desk.file("fil.db", bytes(schema));
        closes_are_intact(&desk, schema);
    }
}

#[test]
fn closing_is_a_write_like_any_other_on_an_older_file() {
    for schema in SCHEMAS {
        let desk = desk(schema);
        desk.run("report close 2019-01 --funder ca-solidarite -o sent/ --accept unmarked --why lost").ends(0);
        desk.run("report verify sent/2019-01_ca-solidarite").ends(0);
        closes_are_intact(&desk, schema);
    }
}

#[test]
fn the_journal_of_an_older_file_is_worded_and_its_operations_can_be_undone() {
    for (schema, operations) in [(1, 22), (2, 29)] {
        for lang in ["fr", "en"] {
            let desk = desk(schema).var("FIL_LANG", lang);
            let log = desk.run("log -f csv -L 1000").ends(0).stdout;
            let mut reader = csv::Reader::from_reader(log.as_bytes());
            let what = reader.headers().unwrap().iter().position(|name| name == "what").unwrap();
            let said: Vec<String> = reader.records().map(|row| row.unwrap()[what].to_owned()).collect();
            assert_eq!(said.len(), operations, "{log}");
            assert!(said.iter().all(|what| what.len() > 3), "{said:?}");
        }
    }
    // Words that the journal used before acts were listed: a setting, a target, an undo.
    let desk = desk(2);
    let target = |desk: &Desk| desk.run("funder target list -f csv").ends(0).stdout;
    assert!(target(&desk).contains("bp-2018,completion_rate,70,"));
    desk.run("undo 28").ends(0);
    assert!(target(&desk).contains("bp-2018,completion_rate,75,"));
    desk.run("undo 22").ends(0);
    assert!(!desk.run("config certificate list -f csv").ends(0).stdout.contains("HAB"));
}
