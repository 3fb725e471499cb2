//! Records as sheets: the columns of a kind, the cells of a record.

use super::{Cell, Column, ColumnKind};
use crate::domain::kind::{Field, Holds, Kind};
use crate::domain::{Record, Value};

/// The columns of a kind, in the order of its files.
pub fn columns(kind: Kind) -> Vec<Column> {
    kind.fields().iter().map(|f| Column::new(f.name, f.fr, f.name, column_kind(f))).collect()
}

/// The cells of a record, in the order of the fields.
pub fn cells(record: &Record) -> Vec<Cell> {
    record.kind.fields().iter().zip(&record.values).map(|(f, v)| cell(f, v.as_ref())).collect()
}

fn column_kind(field: &Field) -> ColumnKind {
    match field.holds {
        Holds::Code
        | Holds::List(_)
        | Holds::OpenList(_)
        | Holds::Time
        | Holds::Times
        | Holds::Ref(_)
        | Holds::CohortCodes => ColumnKind::Code,
        Holds::Name | Holds::Line | Holds::Note => ColumnKind::Text,
        Holds::Phone => ColumnKind::Phone,
        Holds::Date => ColumnKind::Date,
        Holds::Bool => ColumnKind::Bool,
        Holds::Int(..) | Holds::Hundredths | Holds::Minutes(..) | Holds::Hours | Holds::Cents => ColumnKind::Number,
    }
}

/// The cell of a field's value in files and on screens.
pub fn cell(field: &Field, value: Option<&Value>) -> Cell {
    match (field.holds, value) {
        (_, None) => Cell::Empty,
        (_, Some(Value::Text(text))) => Cell::Text(text.clone()),
        (_, Some(Value::Code(code))) => Cell::Text((*code).to_owned()),
        (_, Some(Value::Date(date))) => Cell::Date(*date),
        (_, Some(Value::Bool(truth))) => Cell::Bool(*truth),
        (Holds::Hours, Some(Value::Int(minutes))) => Cell::Hours(*minutes),
        (Holds::Cents, Some(Value::Int(cents))) => Cell::Cents(*cents),
        (Holds::Hundredths, Some(Value::Int(n))) if n % 100 == 0 => Cell::Int(n / 100),
        (Holds::Hundredths, Some(Value::Int(n))) => Cell::Decimal { value: *n, scale: 2 },
        (_, Some(Value::Int(n))) => Cell::Int(*n),
    }
}
