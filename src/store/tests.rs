//! Every statement of the store is one that the newest schema understands, and its columns have the names that are read.

use super::facts::{Breadth, FactsRequest, MarkDetail};
use super::file::migrate::migrate;
use super::quality::Days;
use super::records::Which;
use super::shape;
use super::table::TABLES;
use crate::domain::id::{CloseId, CohortId, PersonId, StayId};
use crate::domain::{Act, ClosedList, Date, Kind};
use crate::store::{NewOperation, Store};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Files that are parts of statements, and what completes them.
const PARTS: [(&str, &str, &str); 1] = [("grants/cohort_codes.sql", "SELECT ", " FROM grants t")];

fn newest() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    migrate(&conn, 0).unwrap();
    conn.execute_batch(include_str!("sql/facts/scope_tables.sql")).unwrap();
    conn
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

#[test]
fn the_newest_schema_understands_every_statement() {
    let conn = newest();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/sql");
    let all = files(&root);
    assert!(all.len() > 60, "{} files", all.len());
    for path in all {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let mut sql = std::fs::read_to_string(&path).unwrap().replace("{op}", "1");
        if let Some((_, before, after)) = PARTS.iter().find(|(part, ..)| *part == name) {
            sql = format!("{before}{sql}{after}");
        }
        for one in sql.split(";\n").filter(|one| !one.trim().is_empty()) {
            let prepared = conn.prepare(one);
            assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
        }
    }
}

#[test]
fn the_statement_of_a_kind_gives_its_number_then_each_field_by_its_name() {
    let conn = newest();
    for kind in Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Attendance) {
        let shape = shape::of(kind);
        let statement = conn.prepare(&format!("{}ORDER BY {}", shape.select, shape.order)).unwrap();
        let fields = kind.fields().iter().map(|field| field.name);
        let wanted: Vec<&str> = std::iter::once("id").chain(fields).collect();
        assert_eq!(statement.column_names().collect::<Vec<_>>(), wanted, "{kind:?}");
    }
}

/// History keeps a row as the values of these columns, so their order is that of the schema for ever.
#[test]
fn the_columns_of_a_journaled_table_are_those_of_the_schema_in_its_order() {
    let conn = newest();
    for table in TABLES {
        let statement = conn.prepare(&format!("SELECT * FROM {}", table.name)).unwrap();
        // `op` stands before the columns of later schemas.
        let found: Vec<&str> = statement.column_names().filter(|name| *name != "op").collect();
        assert_eq!(found, table.columns, "{}", table.name);
    }
}

#[test]
fn every_question_finds_its_columns_even_where_no_row_answers() {
    let folder = tempfile::tempdir().unwrap();
    let (stamp, command) = ("2018-11-05T09:00:00Z".to_owned(), "1".to_owned());
    let first = NewOperation { stamp, day: Date::MIN, act: Act::Init, kind: "database", command };
    let store = Store::init(&folder.path().join("fil.db"), "0123456789abcdef", &first).unwrap();
    let lookup = store.lookup();
    let (cohort, stay, day) = (CohortId::from_number(99), StayId::from_number(99), Date::MIN);
    let days = Days { from: day, to: day };
    for (breadth, detail) in [(Breadth::Everything, MarkDetail::Summed), (Breadth::Month, MarkDetail::OneByOne)] {
        let (cohorts, funder) = (Some(Vec::new()), None);
        let facts = store.facts(&FactsRequest { cohorts, funder, from: day, to: day, as_of: day, detail, breadth });
        assert!(facts.unwrap().cohorts.is_empty());
    }
    assert!(store.targets_fact("nobody").unwrap().is_empty());
    assert!(store.funder_fact("nobody").unwrap().is_none());
    assert!(store.cohorts_of_funder("nobody").unwrap().is_empty());
    assert!(store.find_close("nobody", day, day).unwrap().is_none());
    assert!(store.close_files(CloseId::from_number(9)).unwrap().is_empty());
    assert!(store.close_sections(CloseId::from_number(9)).unwrap().is_empty());
    assert!(store.close_members(CloseId::from_number(9)).unwrap().is_empty());
    assert!(lookup.find_cohort("nothing").unwrap().is_none());
    assert!(lookup.find_slug("nobody").unwrap().is_none());
    assert!(lookup.find_stay(cohort, PersonId::from_number(99)).unwrap().is_none());
    assert!(lookup.former_slugs().unwrap().is_empty());
    assert!(lookup.people_on(day).unwrap().is_empty());
    assert!(lookup.marks_of(stay).unwrap().is_empty());
    assert_eq!(lookup.marked_span(stay).unwrap(), None);
    assert_eq!(lookup.marks_on(cohort, day, crate::domain::cohort::Half::Am).unwrap(), (0, 0));
    assert!(lookup.calendar_of(cohort).unwrap().is_empty());
    assert!(lookup.quality_stays(&[cohort], day).unwrap().is_empty());
    assert!(lookup.mark_sums(cohort, days).unwrap().is_empty());
    assert!(!lookup.has_signatures(cohort, day).unwrap());
    assert!(lookup.planned(cohort, days).unwrap().is_empty());
    assert!(lookup.marked(stay, days).unwrap().is_empty());
    assert!(lookup.contracts(day).unwrap().is_empty());
    assert!(lookup.reached(day).unwrap().is_empty());
    assert!(lookup.licence_days(day).unwrap().is_empty());
    assert!(lookup.contact_days().unwrap().is_empty());
    assert!(lookup.budget_sums().unwrap().is_empty());
    assert!(lookup.grant_cohorts().unwrap().is_empty());
    assert!(lookup.records(Kind::Attendance, Which::Participation(stay)).unwrap().is_empty());
}
