//! A row as it is or, once it is gone, as it last was: what the journal needs to speak of records.

use super::operation::Operation;
use crate::domain::Date;
use crate::domain::Value;
use crate::domain::id::OpId;
use crate::domain::id::{PersonId, RecordId, StayId};
use crate::domain::kind::{FieldAt, Holds, Kind};
use crate::store::attendance::Mark;
use crate::store::codec::from_sql;
use crate::store::file::open::Store;
use crate::store::former_names::Former;
use crate::store::journal::tx::{find_row, last_version_until};
use crate::store::shape;
use crate::store::table::{Table, row_from_json};
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
    pub(in crate::store) fn text(&self, column: &str) -> Option<&str> {
        match self.get(column)? {
            Sql::Text(text) => Some(text),
            _ => None,
        }
    }
    /// The id of a column.
    pub(in crate::store) fn id<T: FromSql>(&self, column: &str) -> Option<T> {
        T::column_result(self.get(column)?.into()).ok()
    }
    /// The day of a column.
    pub(in crate::store) fn date(&self, column: &str) -> Option<Date> {
        match self.get(column)? {
            Sql::Integer(days) => Some(Date::from_days(i32::try_from(*days).ok()?)),
            _ => None,
        }
    }
    /// The kind of record that it is, or is a part of.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of_table(self.table.name)
    }
    /// The number of the record, where it has one.
    pub fn number(&self) -> Option<RecordId> {
        self.id("id")
    }
    /// Whose it is: the person that it is, or is about.
    pub fn person(&self) -> Option<PersonId> {
        self.id(if self.table.name == "person" { "id" } else { "person" })
    }
    /// The participation that it is, or hangs on.
    pub fn stay(&self) -> Option<StayId> {
        self.id(if self.table.name == "participation" { "id" } else { "participation" })
    }
    /// The number of the record that it is a part of, for a row of a kind's parts.
    pub fn whole(&self) -> Option<RecordId> {
        self.id(self.table.columns[0])
    }
    /// The number of the record that a field names.
    pub fn named(&self, field: FieldAt) -> Option<RecordId> {
        self.id(shape::column(field))
    }
    /// The value of a field; of a reference, nothing.
    pub fn value_of(&self, field: FieldAt) -> Option<Value> {
        from_sql(&field, self.get(shape::column(field))?.into()).ok()?
    }
    /// The text or code of a field.
    pub fn text_of(&self, field: FieldAt) -> Option<&str> {
        self.text(shape::column(field))
    }
    /// The day of a field.
    pub fn date_of(&self, field: FieldAt) -> Option<Date> {
        self.date(shape::column(field))
    }
    /// The mark of a half-day.
    pub fn mark(&self) -> Option<Mark> {
        self.id::<i64>("mark").map(Mark::unpack)
    }
    /// What somebody was called before their records were merged.
    pub fn former(&self) -> Option<(Former, &str)> {
        let what = if self.text("field")? == Former::Reference.code() { Former::Reference } else { Former::Slug };
        Some((what, self.text("name")?))
    }
    /// Puts a text in a field; one that the table does not hold stays away.
    pub fn replace(&mut self, field: FieldAt, text: String) {
        self.put(shape::column(field), Sql::Text(text));
    }
    /// Puts the folded name of a person.
    pub fn fold(&mut self, folded: String) {
        self.put("folded", Sql::Text(folded));
    }
    /// Empties a field.
    pub fn empty(&mut self, field: FieldAt) {
        self.put(shape::column(field), Sql::Null);
    }
    /// Puts a day in a field.
    pub fn redate(&mut self, field: FieldAt, date: Date) {
        self.put(shape::column(field), Sql::Integer(i64::from(date.days())));
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
            None => last_version_until(&self.conn, table, key, OpId::LATEST)?.map(|v| v.row),
        };
        Ok(row.map(|row| Remembered { table, row }))
    }

    /// The record that a field of a row names, as it is or last was.
    pub fn remembered_named(&self, row: &Remembered, field: FieldAt) -> Result<Option<Remembered>> {
        let (Holds::Ref(target), Some(id)) = (field.holds, row.named(field)) else { return Ok(None) };
        self.remembered(shape::table_of(target), &format!("[{id}]"))
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
