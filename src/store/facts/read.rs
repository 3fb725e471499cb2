//! Rows as domain values, one column after the other.

use crate::domain::{ClosedList, Date};
use anyhow::{Result, bail};
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Connection, Row, ToSql};

/// The columns of a row, taken from left to right.
pub(super) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl Cells<'_, '_> {
    fn value(&mut self) -> Result<ValueRef<'_>> {
        self.next += 1;
        Ok(self.row.get_ref(self.next - 1)?)
    }

    /// A number or nothing.
    pub fn maybe_int(&mut self) -> Result<Option<i64>> {
        Ok(match self.value()? {
            ValueRef::Null => None,
            value => Some(value.as_i64()?),
        })
    }

    /// A number.
    pub fn int(&mut self) -> Result<i64> {
        Ok(self.value()?.as_i64()?)
    }

    /// The number of a record or of an operation.
    pub fn id<T: FromSql>(&mut self) -> Result<T> {
        Ok(T::column_result(self.value()?)?)
    }

    /// The number of a record or nothing.
    pub fn maybe_id<T: FromSql>(&mut self) -> Result<Option<T>> {
        Ok(Option::column_result(self.value()?)?)
    }

    /// A number kept small.
    pub fn small(&mut self) -> Result<i32> {
        Ok(i32::try_from(self.int()?)?)
    }

    /// A truth.
    pub fn truth(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }

    /// A day or nothing.
    pub fn maybe_date(&mut self) -> Result<Option<Date>> {
        Ok(self.maybe_int()?.map(i32::try_from).transpose()?.map(Date::from_days))
    }

    /// A day.
    pub fn date(&mut self) -> Result<Date> {
        Ok(Date::from_days(self.small()?))
    }

    /// A text or nothing.
    pub fn maybe_text(&mut self) -> Result<Option<String>> {
        Ok(match self.value()? {
            ValueRef::Null => None,
            value => Some(value.as_str()?.to_owned()),
        })
    }

    /// A text.
    pub fn text(&mut self) -> Result<String> {
        Ok(self.value()?.as_str()?.to_owned())
    }

    /// A value of a closed list or nothing.
    pub fn maybe_code<L: ClosedList>(&mut self) -> Result<Option<L>> {
        let column = self.next;
        let value = self.value()?;
        if value == ValueRef::Null {
            return Ok(None);
        }
        let found = L::from_code(value.as_str()?);
        if found.is_none() {
            bail!("column {} holds an unknown code", self.row.as_ref().column_name(column)?);
        }
        Ok(found)
    }

    /// A value of a closed list.
    pub fn code<L: ClosedList>(&mut self) -> Result<L> {
        let column = self.next;
        match self.maybe_code()? {
            Some(value) => Ok(value),
            None => bail!("column {} holds no code", self.row.as_ref().column_name(column)?),
        }
    }
}

/// Every row of a query, in its order.
pub(super) fn all<T>(
    conn: &Connection,
    sql: &str,
    params: &[(&str, &dyn ToSql)],
    mut read: impl FnMut(&mut Cells<'_, '_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        list.push(read(&mut Cells { row, next: 0 })?);
    }
    Ok(list)
}
