//! Values that another hand changed in the file are noticed, wherever they stand.

use super::example_school::romans;
use super::support::Desk;
use fil::store::{Access, Store};

/// A school whose every table that an everyday life fills holds rows.
fn lived_in() -> Desk {
    let desk = romans();
    for line in [
        "trainee edit amara-nassim --set phone=0612345678",
        "trainee note amara-nassim \"premier appel\"",
        "trainee note amara-nassim \"second appel\"",
        "undo",
        "config set durable_min over-6m",
        "report close 2018-11 --funder break-poverty --accept unmarked --why perdu",
    ] {
        desk.run(line).ends(0);
    }
    desk.run("doctor").ends(0);
    desk
}

fn edit(desk: &Desk, sql: &str) -> usize {
    let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
    file.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    file.execute(sql, []).unwrap()
}

/// Every table of the file, with its columns.
fn columns(desk: &Desk) -> Vec<(String, Vec<String>)> {
    let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
    let names = |sql: &str, bound: &[&str]| -> Vec<String> {
        let mut statement = file.prepare(sql).unwrap();
        statement.query_map(rusqlite::params_from_iter(bound), |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let tables = names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", &[]);
    let columns = |table: String| (table.clone(), names("SELECT name FROM pragma_table_info(?1)", &[&table]));
    tables.into_iter().map(columns).collect()
}

#[test]
fn a_change_of_any_column_of_any_table_is_noticed() {
    let desk = lived_in();
    let whole = std::fs::read(desk.path("fil.db")).unwrap();
    let mut tried = 0;
    for (table, columns) in columns(&desk) {
        for column in columns {
            let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
            file.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF").unwrap();
            let row = format!("rowid = (SELECT min(rowid) FROM {table})");
            // Another value of the same type; a table without row numbers has all its rows changed.
            let set = format!(
                "\"{column}\" = CASE typeof(\"{column}\") WHEN 'integer' THEN \"{column}\" + 4096 \
                 WHEN 'blob' THEN CAST(\"{column}\" || 'x' AS BLOB) WHEN 'text' THEN \"{column}\" || '0' END"
            );
            let held = format!("\"{column}\" IS NOT NULL");
            let changed = file
                .execute(&format!("UPDATE {table} SET {set} WHERE {held} AND {row}"), [])
                .or_else(|_| file.execute(&format!("UPDATE {table} SET {set} WHERE {held}"), []));
            drop(file);
            if changed.unwrap() > 0 {
                tried += 1;
                let store = Store::open(&desk.path("fil.db"), Access::Read).unwrap();
                let named = store.altered_tables().unwrap().contains(&table) || store.chain_break().unwrap().is_some();
                assert!(named, "{table}.{column}");
                drop(store);
                desk.file("fil.db", &whole);
            }
        }
    }
    assert!(tried > 150, "only {tried} columns hold a value");
}

#[test]
fn rows_that_came_or_went_are_noticed_and_their_operation_is_named() {
    let desk = lived_in();
    let whole = std::fs::read(desk.path("fil.db")).unwrap();
    for (sql, named) in [
        ("DELETE FROM note WHERE op = (SELECT max(op) FROM note)", "note"),
        ("INSERT INTO note (person, date, text, op) VALUES (1, 17000, 'x', 6)", "6"),
        ("UPDATE note SET text = 'y' WHERE op > 17", "19"),
        ("DELETE FROM history", "history"),
        ("DELETE FROM setting", "setting"),
        ("DELETE FROM operation WHERE number = (SELECT max(number) FROM operation)", "operation"),
        ("DELETE FROM close_member", "close_member"),
        ("UPDATE attendance SET mark = mark | 1 WHERE mark & 3 = 0 AND participation = 3", "attendance"),
    ] {
        assert!(edit(&desk, sql) > 0, "{sql}");
        desk.run("doctor").ends(1).shows(named);
        desk.file("fil.db", &whole);
    }
    desk.run("doctor").ends(0);
}

#[test]
fn an_operation_that_is_told_otherwise_breaks_the_chain() {
    let desk = lived_in();
    let whole = std::fs::read(desk.path("fil.db")).unwrap();
    for (sql, said) in [
        ("UPDATE operation SET stamp = '2018-01-01T00:00:00Z' WHERE number = 5", "operation 5 does not follow"),
        ("UPDATE operation SET verb = 'edit' WHERE number = 7", "operation 7 does not follow"),
        ("DELETE FROM operation WHERE number = 9", "operation 10 does not follow"),
        ("UPDATE digest SET sum = '00000000000000000000000000000000' WHERE kind = 'person'", "the last one"),
    ] {
        assert!(edit(&desk, sql) > 0, "{sql}");
        desk.run("doctor").ends(1).shows(said);
        desk.file("fil.db", &whole);
    }
}

#[test]
fn an_erasure_leaves_the_chain_and_every_digest_whole() {
    let desk = lived_in();
    let heads = |desk: &Desk| -> Vec<String> {
        let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
        let mut statement = file.prepare("SELECT chain FROM operation ORDER BY number").unwrap();
        statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let before = heads(&desk);
    desk.run("trainee erase amara-nassim --yes").ends(0);
    desk.run("doctor").ends(0);
    let after = heads(&desk);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after.len(), before.len() + 1);
}

/// The head of the chain that `fil status -v` prints.
fn head(desk: &Desk) -> String {
    let said = desk.run("status -v").ends(0);
    let all = format!("{}{}", said.stdout, said.stderr);
    let head = all.split("chain_head): ").nth(1).unwrap().split_whitespace().next().unwrap();
    head.to_owned()
}

#[test]
fn history_leads_to_every_head_that_it_printed_and_to_no_other() {
    let desk = lived_in();
    let manifest = desk.read("exports/2018-11_break-poverty/manifest.json");
    let sent = manifest.split("\"chain_head\": \"").nth(1).unwrap()[..64].to_owned();
    let earlier = head(&desk);
    desk.run("trainee note amara-nassim \"encore\"").ends(0);
    for known in [&sent, &sent[..16], &earlier, &head(&desk)] {
        desk.run(&format!("doctor --since {known}")).ends(0).shows("history leads there");
    }
    assert_ne!(sent, earlier);
    let other = "0123456789abcdef";
    desk.run(&format!("doctor --since {other}")).ends(4).shows(other);
    for wrong in ["abc", "0123456789abcdeg", &"a".repeat(65)] {
        desk.run(&format!("doctor --since {wrong}")).ends(2);
    }
    // A history that was written anew, digests and links too, leads no more to the head of a report.
    let anew = romans();
    anew.run(&format!("doctor --since {sent}")).ends(4);
}

#[test]
fn a_report_is_not_made_of_what_another_program_changed_until_it_is_kept() {
    let desk = lived_in();
    let again = ["report show monthly -p 2018-11", "report export 2018-12 --funder break-poverty --force"];
    for line in again {
        desk.run(line).ends(0);
    }
    edit(&desk, "UPDATE participation SET application_date = application_date - 1 WHERE id = 3");
    let close = "report close 2018-12 --funder break-poverty --accept unmarked --why lost";
    for line in again.into_iter().chain([close]) {
        desk.run(line).ends(4).tells("participation").tells("fil doctor");
    }
    // What does not count is open as ever, and a write does not hide the change.
    desk.run("trainee show amara-nassim").ends(0);
    desk.run("trainee note amara-nassim x").ends(0);
    desk.run(again[0]).ends(4);
    desk.run("doctor --adopt -n").ends(0);
    desk.run(again[0]).ends(4);
    desk.run("doctor --adopt --yes").ends(0).tells("participation");
    desk.run("doctor").ends(0);
    for line in again {
        desk.run(line).ends(0);
    }
    desk.run("log").ends(0).shows("changes of another program kept");
    desk.run("doctor --adopt --yes").ends(0).tells("Nothing to keep");
}
