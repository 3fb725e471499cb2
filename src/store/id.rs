//! Ids as SQL values and back.

use crate::domain::id::*;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, Value as Sql, ValueRef};

macro_rules! stored_as_numbers {
    ($($(#[$doc:meta])* $name:ident;)+) => { $(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.number()))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_i64().map($name::from_number)
            }
        }

        impl From<$name> for Sql {
            fn from(id: $name) -> Sql {
                Sql::Integer(id.number())
            }
        }
    )+ };
}
every_id!(stored_as_numbers);

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    macro_rules! each_comes_back {
        ($($(#[$doc:meta])* $name:ident;)+) => { $(
            let conn = Connection::open_in_memory().unwrap();
            for number in [0, 1, 12, i64::MAX] {
                let id = $name::from_number(number);
                let back: ($name, String) =
                    conn.query_row("SELECT ?1, typeof(?1)", [id], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
                assert_eq!(back, (id, "integer".to_owned()), stringify!($name));
                assert_eq!(Sql::from(id), Sql::Integer(number), stringify!($name));
                let none: Option<$name> = conn.query_row("SELECT NULL", [], |r| r.get(0)).unwrap();
                assert_eq!(none, None, stringify!($name));
            }
            assert!(conn.query_row("SELECT '12'", [], |r| r.get::<_, $name>(0)).is_err(), stringify!($name));
        )+ };
    }

    #[test]
    fn every_id_comes_back_from_sql_as_it_went_and_a_text_does_not_pass_for_one() {
        every_id!(each_comes_back);
    }
}
