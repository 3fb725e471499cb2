//! The schema of the file against the one that this program makes: told at each opening by one number, and object by object
//! where it differs.

use super::migrate::{NEWEST, schema_of};
use crate::domain::{Refusal, Text};
use crate::text;
use anyhow::Result;
use rusqlite::Connection;
use siphasher::sip128::SipHasher13;
use std::collections::BTreeMap;
use std::path::Path;

/// The sum of the objects of each schema version, from the first on. A new migration adds its own, which the test
/// `every_schema_version_has_its_fingerprint` prints.
const FINGERPRINTS: [u128; NEWEST as usize] = [
    0x9fd0_60a9_fd1c_5544_a751_6d7a_e22c_6017,
    0xc0c8_671c_e225_6a77_0ebf_d725_52e9_7418,
    0x42cf_57ed_8bd7_d4df_eaa3_10e6_2945_55b9,
    0x1759_a25b_b18f_9a65_3c80_5ce1_eaed_ed34,
    0x6464_70a4_b290_75c7_e208_3cc0_6b46_fca0,
    0x4ba4_33cb_d94f_9aff_6873_d16b_8f08_cc93,
    0x27d7_5f62_4c81_0bc0_57bc_cd95_ebf9_e6a7,
];

/// What SQLite may add for itself, in whose statistics no data of the school's lie.
const READ: &str = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE name NOT GLOB 'sqlite_stat*'";

/// How the schema of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// What this program makes.
    Known,
    /// Something else was added, changed or taken away.
    Altered,
}

/// Looks at the schema of a file of a version: one small read.
pub(super) fn look(conn: &Connection, version: i32) -> Result<Schema> {
    let known = usize::try_from(version - 1).ok().and_then(|at| FINGERPRINTS.get(at));
    Ok(if known == Some(&fingerprint(conn)?) { Schema::Known } else { Schema::Altered })
}

/// The sum of the hashes of all objects, so that their order does not count.
fn fingerprint(conn: &Connection) -> Result<u128> {
    let hasher = SipHasher13::new();
    let (mut sum, mut bytes) = (0u128, Vec::with_capacity(1024));
    let mut statement = conn.prepare(READ)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        bytes.clear();
        for column in 0..4 {
            bytes.extend_from_slice(row.get_ref(column)?.as_bytes_or_null()?.unwrap_or_default());
            bytes.push(0);
        }
        sum = sum.wrapping_add(hasher.hash(&bytes).as_u128());
    }
    Ok(sum)
}

/// What differs from the schema of a version, object by object: `trigger evil`, `table note`.
pub(crate) fn differences(conn: &Connection, version: i32) -> Result<Vec<String>> {
    let (found, known) = (objects(conn)?, objects(&schema_of(version)?)?);
    let mut names: Vec<String> =
        found.iter().filter(|(name, sql)| known.get(*name) != Some(sql)).map(|(name, _)| name.clone()).collect();
    names.extend(known.into_keys().filter(|name| !found.contains_key(name)));
    names.sort();
    Ok(names)
}

/// Each object by its type and name, with its words.
fn objects(conn: &Connection) -> Result<BTreeMap<String, Option<String>>> {
    let mut statement = conn.prepare(READ)?;
    let rows = statement.query_map([], |r| {
        let (kind, name): (String, String) = (r.get(0)?, r.get(1)?);
        Ok((format!("{kind} {name}"), r.get(3)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Names of objects on one line; indexes that come and go with their table are not worth a word.
pub(crate) fn listed(names: &[String]) -> String {
    const NAMED: usize = 3;
    let told: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.contains("sqlite_autoindex")).collect();
    let more = if told.len() > NAMED { "…" } else { "" };
    format!("{}{more}", told[..told.len().min(NAMED)].join(", "))
}

/// The refusal to work with a file whose schema somebody else changed.
pub(super) fn altered(conn: &Connection, path: &Path, version: i32) -> Refusal {
    let file = path.display();
    let names = differences(conn, version).map(|names| listed(&names)).unwrap_or_default();
    let why = match names.as_str() {
        "" => text!("ce n'est plus celui que ce programme fait", "it is no longer what this program makes"),
        names => text!("ajouté, changé ou supprimé : {names}", "added, changed or removed: {names}"),
    };
    Refusal::failure(text!(
        "le format de {file} a été modifié par un autre programme",
        "the format of {file} was changed by another program"
    ))
    .why(why)
    .hint(ways_out())
}

fn ways_out() -> Text {
    text!(
        "Revenez à une sauvegarde : fil restore SAUVEGARDE ; restent possibles : fil doctor, fil export all, fil backup --as-is",
        "Go back to a backup: fil restore BACKUP; still possible: fil doctor, fil export all, fil backup --as-is"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_version_has_its_fingerprint() {
        let made: Vec<u128> = (1..=NEWEST).map(|version| fingerprint(&schema_of(version).unwrap()).unwrap()).collect();
        let grouped = |sum: &u128| {
            let digits = format!("{sum:032x}");
            digits.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four)).collect::<Vec<_>>().join("_")
        };
        let lines: String = made.iter().map(|sum| format!("    0x{},\n", grouped(sum))).collect();
        assert!(made == FINGERPRINTS, "the fingerprints of src/store/file/schema.rs should be\n{lines}");
    }

    #[track_caller]
    fn check(change: &str, difference: &str) {
        let conn = schema_of(NEWEST).unwrap();
        conn.execute_batch(change).unwrap();
        let want = if difference.is_empty() { Schema::Known } else { Schema::Altered };
        assert_eq!(look(&conn, NEWEST).unwrap(), want, "{change}");
        assert_eq!(differences(&conn, NEWEST).unwrap().join(" + "), difference, "{change}");
    }

    #[test]
    fn whatever_was_added_changed_or_taken_away_is_named() {
        check("", "");
        check("ANALYZE", "");
        check("VACUUM", "");
        check("CREATE TRIGGER evil AFTER INSERT ON note BEGIN DELETE FROM note; END", "trigger evil");
        check("CREATE VIEW v AS SELECT 1", "view v");
        check("CREATE TABLE extra (x)", "table extra");
        check("CREATE INDEX more ON note (text)", "index more");
        check("ALTER TABLE note ADD COLUMN x TEXT", "table note");
        let unchecked = "PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'CHECK', 'CHECK (1) CHECK') WHERE name = 'person'";
        let conn = schema_of(NEWEST).unwrap();
        conn.execute_batch(unchecked).unwrap();
        assert_eq!(look(&conn, NEWEST).unwrap(), Schema::Altered);
    }
}
