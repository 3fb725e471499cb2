//! Values that no command would have written, because another program did: numbers that are no day, quantities out of any
//! bound, texts that would not fit in memory. They are looked for in the file, never read whole.

use super::file::connection::Access;
use super::file::open::Store;
use super::invariant::Broken;
use super::shape;
use super::table::Table;
use crate::domain::closed_list::ClosedList;
use crate::domain::kind::{Holds, Kind};
use crate::domain::{Date, Refusal, Text};
use crate::text;
use anyhow::Result;
use rusqlite::types::FromSqlError;
use std::collections::BTreeSet;
use std::path::Path;

/// Largest text of a field, in bytes.
pub const TEXT_MAX: i64 = 1024 * 1024;
/// No sum, number of hours or mark of a school is beyond this, in the unit that is kept.
const NUMBER_MAX: i64 = 1_000_000_000_000;
/// How many are told.
const TOLD: usize = 100;

impl Store {
    /// Values out of bounds, by table, number and column.
    pub(super) fn odd_values(&self) -> Result<Vec<Broken>> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for kind in Kind::ALL {
            let tables: Vec<&Table> = shape::tables(*kind).filter_map(Table::named).collect();
            for table in tables {
                for column in table.columns {
                    let Some(field) = shape::field_of(*kind, column) else { continue };
                    if seen.insert((table.name, *column)) {
                        self.odd_in(table, column, field.holds, &mut found)?;
                    }
                }
            }
        }
        found.truncate(TOLD);
        Ok(found)
    }

    fn odd_in(&self, table: &Table, column: &str, holds: Holds, found: &mut Vec<Broken>) -> Result<()> {
        let (name, condition, message) = match holds {
            Holds::Date => ("day_of_no_calendar", outside(column, day(Date::MIN), day(Date::MAX)), no_day()),
            Holds::Int(least, most) | Holds::Minutes(least, most) => {
                ("number_out_of_bounds", outside(column, least, most), no_number())
            }
            Holds::Hours | Holds::Hundredths | Holds::Cents => {
                ("number_out_of_bounds", outside(column, -NUMBER_MAX, NUMBER_MAX), no_number())
            }
            Holds::Bool => return Ok(()),
            Holds::Code
            | Holds::Name
            | Holds::Line
            | Holds::Note
            | Holds::Phone
            | Holds::List(_)
            | Holds::OpenList(_)
            | Holds::Time
            | Holds::Times
            | Holds::Ref(_)
            | Holds::CohortCodes => ("text_too_long", format!("octet_length(\"{column}\") > {TEXT_MAX}"), too_long()),
        };
        let key: Vec<String> = table.columns[..table.key].iter().map(|key| format!("\"{key}\"")).collect();
        let (key, table) = (key.join(" || '/' || "), table.name);
        let sql = format!("SELECT {key} FROM \"{table}\" WHERE {condition} LIMIT {TOLD}");
        let mut statement = self.conn.prepare(&sql)?;
        let rows = statement.query_map([], |row| row.get::<_, rusqlite::types::Value>(0))?;
        for row in rows {
            let number = match row? {
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                _ => String::new(),
            };
            let record = format!("{table} {number}, {column}");
            found.push(Broken { name, record, message: message.clone() });
        }
        Ok(())
    }
}

/// The refusal for a failure of the database behind which there is such a value.
pub fn behind(error: &anyhow::Error, path: &Path) -> Option<Refusal> {
    let of_the_file = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<rusqlite::Error>().is_some() || cause.downcast_ref::<FromSqlError>().is_some()
    };
    error.chain().find(|cause| of_the_file(*cause))?;
    let found = Store::open(path, Access::Read).ok()?.odd_values().ok()?.into_iter().next()?;
    let (record, message) = (&found.record, &found.message);
    Some(
        Refusal::failure(text!(
            "la base contient une valeur qu'aucune commande n'écrit",
            "the database holds a value that no command writes"
        ))
        .why(text!("{record} : {message}", "{record}: {message}"; message))
        .hint(text!(
            "Reprenez une sauvegarde : fil restore SAUVEGARDE    Tout voir : fil doctor",
            "Go back to a backup: fil restore BACKUP    See all: fil doctor"
        )),
    )
}

fn day(date: Date) -> i64 {
    i64::from(date.days())
}

fn outside(column: &str, least: i64, most: i64) -> String {
    format!(
        "\"{column}\" IS NOT NULL AND (typeof(\"{column}\") <> 'integer' OR \"{column}\" NOT BETWEEN {least} AND {most})"
    )
}

fn no_day() -> Text {
    text!("un nombre qui n'est aucun jour du calendrier", "a number that is no day of the calendar")
}

fn no_number() -> Text {
    text!("un nombre hors de toute limite", "a number out of any bound")
}

fn too_long() -> Text {
    text!("un texte de plus de 1 Mo, mis là par un autre programme", "a text over 1 MB, put there by another program")
}
