//! Domain values as SQL values and back.

use crate::domain::Value;
use crate::domain::kind::{Field, Holds};
use anyhow::{Result, bail};
use rusqlite::types::{Value as Sql, ValueRef};

/// A domain value as stored.
pub(super) fn to_sql(value: Option<&Value>) -> Sql {
    match value {
        None => Sql::Null,
        Some(Value::Text(text)) => Sql::Text(text.clone()),
        Some(Value::Code(code)) => Sql::Text((*code).to_owned()),
        Some(Value::Int(n)) => Sql::Integer(*n),
        Some(Value::Date(date)) => Sql::Integer(i64::from(date.days())),
        Some(Value::Bool(truth)) => Sql::Integer(i64::from(*truth)),
    }
}

/// A stored value as a field holds it.
pub(super) fn from_sql(field: &Field, value: ValueRef<'_>) -> Result<Option<Value>> {
    Ok(Some(match (field.holds, value) {
        (_, ValueRef::Null) => return Ok(None),
        (Holds::Date, ValueRef::Integer(n)) => Value::Date(super::rows::day(n)?),
        (Holds::Bool, ValueRef::Integer(n)) => Value::Bool(n != 0),
        (Holds::List(list), ValueRef::Text(text)) => match list.codes.iter().find(|c| c.as_bytes() == text) {
            Some(code) => Value::Code(code),
            None => bail!("{} holds an unknown code", field.name),
        },
        (_, ValueRef::Integer(n)) => Value::Int(n),
        (_, ValueRef::Text(text)) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        _ => bail!("{} holds a value of another type", field.name),
    }))
}
