//! A file whose columns are known: what its rows are read by.

use crate::domain::kind::Holds;
use crate::domain::{Kind, Value};
use crate::import::cells::Reading;
use crate::import::columns::dates::DateOrder;
use crate::import::columns::layout::Layout;
use crate::import::columns::names::Column;
use crate::import::file::table::Table;

/// A file, what its columns are, and how their dates are read.
pub struct LaidOut {
    /// The file.
    pub table: Table,
    /// What its columns are.
    pub layout: Layout,
    /// How the dates of each column are read; as ISO in columns of other things.
    pub dating: Vec<Reading>,
    /// What the rows say where they say nothing, by position.
    pub constants: Vec<Constant>,
}

/// What every row of a file says of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The field, by position.
    pub position: usize,
    /// As it was typed.
    pub typed: String,
    /// What it means.
    pub value: Value,
}

impl LaidOut {
    /// The kind of its records.
    pub fn kind(&self) -> Kind {
        self.layout.kind
    }
    /// The order of the dates, when the file has any; columns of ISO dates say nothing against the others.
    pub fn dates(&self) -> Option<DateOrder> {
        let dated = self.layout.columns.iter().zip(&self.dating).filter(|(c, _)| is_date(self.kind(), c));
        dated.map(|(_, reading)| reading.dates).min_by_key(|order| *order == DateOrder::Iso)
    }
    /// What every row says of a field.
    pub fn constant(&self, position: usize) -> Option<&Constant> {
        self.constants.iter().find(|constant| constant.position == position)
    }
    /// The columns that are a field of dates, by position.
    pub fn dated(&self) -> Vec<usize> {
        let is_dated = |column: &Column| matches!(column, Column::Field(_)) && is_date(self.kind(), column);
        (0..self.layout.columns.len()).filter(|at| is_dated(&self.layout.columns[*at])).collect()
    }
}

fn is_date(kind: Kind, column: &Column) -> bool {
    match column {
        Column::Field(position) => matches!(kind.fields()[*position].holds, Holds::Date),
        Column::HalfDay(..) => true,
        _ => false,
    }
}
