//! A row as it is or, once it is gone, as it last was: what the journal needs to speak of records.

use super::operation::Operation;
use crate::domain::Date;
use crate::domain::id::OpId;
use crate::store::file::open::Store;
use crate::store::journal::tx::{find_row, last_version_until, row_from_json};
use crate::store::table::Table;
use anyhow::Result;
use rusqlite::params;
use rusqlite::types::{FromSql, Value as Sql};

/// A row of a journaled table, by column.
#[derive(Debug, Clone)]
pub struct Remembered {
    pub(crate) table: &'static Table,
    pub(crate) row: Vec<Sql>,
}

impl Remembered {
    fn get(&self, column: &str) -> Option<&Sql> {
        self.row.get(self.table.columns.iter().position(|c| *c == column)?)
    }
    /// The text of a column.
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.get(column)? {
            Sql::Text(text) => Some(text),
            _ => None,
        }
    }
    /// The number of a column.
    pub fn int(&self, column: &str) -> Option<i64> {
        match self.get(column)? {
            Sql::Integer(n) => Some(*n),
            _ => None,
        }
    }
    /// The id of a column.
    pub fn id<T: FromSql>(&self, column: &str) -> Option<T> {
        T::column_result(self.get(column)?.into()).ok()
    }
    /// Puts a text in a column; one that the table does not have stays away.
    pub fn put_text(&mut self, column: &str, text: String) {
        self.put(column, Sql::Text(text));
    }
    /// Empties a column.
    pub fn put_nothing(&mut self, column: &str) {
        self.put(column, Sql::Null);
    }
    /// Puts a day in a column.
    pub fn put_date(&mut self, column: &str, date: Date) {
        self.put(column, Sql::Integer(i64::from(date.days())));
    }
    fn put(&mut self, column: &str, value: Sql) {
        if let Some(at) = self.table.columns.iter().position(|c| *c == column) {
            self.row[at] = value;
        }
    }
    /// Every text of the row.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.row.iter().filter_map(|value| if let Sql::Text(text) = value { Some(text.as_str()) } else { None })
    }
    /// The day of a column.
    pub fn date(&self, column: &str) -> Option<Date> {
        Some(Date::from_days(i32::try_from(self.int(column)?).ok()?))
    }
}

impl Store {
    /// The row of a key of the journal (`[12]`) as it is, else as it last was; `None` when it was erased.
    pub fn remembered(&self, table: &str, key: &str) -> Result<Option<Remembered>> {
        let Some(table) = Table::named(table) else { return Ok(None) };
        let values = row_from_json(key)?;
        if values.len() < table.key {
            return Ok(None);
        }
        let row = match find_row(&self.conn, table, &values)? {
            Some((row, _)) => Some(row),
            None => last_version_until(&self.conn, table.name, key, OpId::LATEST)?.map(|v| v.row),
        };
        Ok(row.map(|row| Remembered { table, row }))
    }

    /// How many rows of a table an operation wrote or removed, where the journal no longer lists their keys.
    pub fn rows_of(&self, operation: &Operation, table: &str) -> Result<i64> {
        self.count_keys(operation, table, "*")
    }

    /// How many records those rows are parts of, in a table whose key begins with the number of the whole.
    pub fn firsts_of(&self, operation: &Operation, table: &str) -> Result<i64> {
        self.count_keys(operation, table, "DISTINCT json_extract(key, '$[0]')")
    }

    fn count_keys(&self, operation: &Operation, table: &str, what: &str) -> Result<i64> {
        let Some(table) = Table::named(table) else { return Ok(0) };
        let keys: Vec<String> = table.columns[..table.key].iter().map(|c| format!("\"{c}\"")).collect();
        let sql = format!(
            "SELECT count({what}) FROM (SELECT json_array({}) AS key FROM {} WHERE op = ?1 \
             UNION SELECT key FROM history WHERE kind = ?2 AND op_to = ?1 \
             UNION SELECT key FROM history WHERE kind = ?2 AND op_from = ?1)",
            keys.join(", "),
            table.name
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row(params![operation.number, table.name], |r| r.get(0))?)
    }
}
