//! Rows by column name: the columns of a statement are found once, by their names, then read by position in each row.

use crate::domain::id::*;
use crate::domain::{ClosedList, Date};
use anyhow::Result;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Row, Statement};

/// What the cells of a column become.
pub(super) trait FromCell: Sized {
    /// The value of a cell.
    ///
    /// # Errors
    /// When the cell holds a value of another type, a number that is too large, or an unknown code.
    fn from_cell(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

macro_rules! as_rusqlite_reads_it {
    ($($type:ty),+) => { $(
        impl FromCell for $type {
            fn from_cell(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <$type>::column_result(value)
            }
        }
    )+ };
}
as_rusqlite_reads_it!(i64, i32, bool, String, Vec<u8>);

macro_rules! ids_too {
    ($($(#[$doc:meta])* $name:ident;)+) => { as_rusqlite_reads_it!($($name),+); };
}
every_id!(ids_too);

impl FromCell for Date {
    fn from_cell(value: ValueRef<'_>) -> FromSqlResult<Self> {
        day(i64::column_result(value)?)
    }
}

/// A stored day. What is far from any calendar was put there by another program, and nothing could be reckoned with it.
pub(super) fn day(stored: i64) -> FromSqlResult<Date> {
    const FAR: i32 = 200_000;
    let near = i32::try_from(stored).ok().filter(|days| (-FAR..=FAR).contains(days));
    near.map(Date::from_days).ok_or(FromSqlError::OutOfRange(stored))
}

impl<L: ClosedList> FromCell for L {
    fn from_cell(value: ValueRef<'_>) -> FromSqlResult<Self> {
        L::from_code(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(None),
            value => T::from_cell(value).map(Some),
        }
    }
}

/// The position of a column by its name; `guess` is where it stands in most statements, looked at first.
pub(super) fn column(statement: &Statement<'_>, name: &str, guess: usize) -> Result<usize> {
    match statement.column_name(guess) {
        Ok(found) if found == name => Ok(guess),
        _ => Ok(statement.column_index(name)?),
    }
}

/// The value of a cell.
pub(super) fn cell<T: FromCell>(row: &Row<'_>, at: usize) -> Result<T> {
    T::from_cell(row.get_ref(at)?).map_err(|error| unreadable(row, at, error))
}

#[cold]
fn unreadable(row: &Row<'_>, at: usize, error: FromSqlError) -> anyhow::Error {
    let name = row.as_ref().column_name(at).unwrap_or("?").to_owned();
    anyhow::Error::new(error).context(format!("column {name} holds an unknown code or value"))
}

/// Runs a body for every row of a statement, in its order. `each_row!(conn, sql, params, |id, code| body)` gives each
/// column the name of its variable; the types of the variables say how the cells are read.
macro_rules! each_row {
    ($conn:expr, $sql:expr, $params:expr, |$($name:ident),+| $body:expr) => {{
        let mut statement = $conn.prepare_cached($sql)?;
        let mut place = 0..;
        $(let $name = $crate::store::rows::column(&statement, stringify!($name), place.next().unwrap_or(0))?;)+
        let mut rows = statement.query($params)?;
        while let Some(row) = rows.next()? {
            $(let $name = $crate::store::rows::cell(row, $name)?;)+
            $body
        }
    }};
}
pub(super) use each_row;

/// Every row of a statement as a list. `rows!(conn, sql, params, |id, code| (id, code))` as [`each_row!`] reads them;
/// `rows!(conn, sql, params, Thing { id, code; extra: 0 })` gives each column the name of its field, and the fields
/// behind the semicolon are worked out.
macro_rules! rows {
    ($conn:expr, $sql:expr, $params:expr, $what:ident { $($name:ident),+ $(; $($rest:tt)+)? }) => {
        $crate::store::rows::rows!($conn, $sql, $params, |$($name),+| $what { $($name,)+ $($($rest)+)? })
    };
    ($conn:expr, $sql:expr, $params:expr, |$($name:ident),+| $made:expr) => {{
        let mut list = Vec::new();
        $crate::store::rows::each_row!($conn, $sql, $params, |$($name),+| list.push($made));
        list
    }};
}
pub(super) use rows;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::trainee::Sex;
    use rusqlite::Connection;

    #[derive(Debug, PartialEq)]
    struct Read {
        id: PersonId,
        sex: Option<Sex>,
        born: Option<Date>,
        told: bool,
    }

    fn read(sql: &str) -> Result<Vec<Read>> {
        let conn = Connection::open_in_memory()?;
        Ok(rows!(conn, sql, [], Read { id, sex, born, told }))
    }

    #[test]
    fn columns_are_found_by_name_wherever_they_stand() {
        let one = Read { id: PersonId::from_number(3), sex: Some(Sex::F), born: Some(Date::from_days(7)), told: true };
        for sql in [
            "SELECT 3 AS id, 'F' AS sex, 7 AS born, 1 AS told",
            "SELECT 1 AS told, 7 AS born, 'x' AS other, 'F' AS sex, 3 AS id",
        ] {
            assert_eq!(read(sql).unwrap().as_slice(), std::slice::from_ref(&one), "{sql}");
        }
    }

    #[test]
    fn an_empty_cell_is_nothing_where_the_type_allows_it() {
        let found = read("SELECT 3 AS id, NULL AS sex, NULL AS born, 0 AS told").unwrap();
        assert_eq!((found[0].sex, found[0].born, found[0].told), (None, None, false));
    }

    #[track_caller]
    fn refused(sql: &str, word: &str) {
        let error = format!("{:#}", read(sql).unwrap_err());
        assert!(error.contains(word), "{error}");
    }

    #[test]
    fn a_column_that_is_missing_or_holds_something_else_is_named() {
        refused("SELECT 3 AS id, 'F' AS sex, 7 AS born", "told");
        refused("SELECT 3 AS id, 'Q' AS sex, 7 AS born, 1 AS told", "sex");
        refused("SELECT NULL AS id, 'F' AS sex, 7 AS born, 1 AS told", "id");
        refused("SELECT 3 AS id, 'F' AS sex, 99999999999 AS born, 1 AS told", "born");
    }

    #[test]
    fn a_missing_column_is_refused_before_any_row_is_read() {
        refused("SELECT 3 AS id, 'F' AS sex, 7 AS born WHERE 0", "told");
    }
}
