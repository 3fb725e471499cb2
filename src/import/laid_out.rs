//! A file whose columns are known: what its rows are read by.

use crate::domain::Kind;
use crate::domain::kind::Holds;
use crate::import::columns::dates::DateOrder;
use crate::import::columns::header::{Column, Layout};
use crate::import::file::table::Table;

/// A file, what its columns are, and how their dates are read.
pub struct LaidOut {
    /// The file.
    pub table: Table,
    /// What its columns are.
    pub layout: Layout,
    /// The order of the dates of each column; ISO for columns of other things.
    pub orders: Vec<DateOrder>,
}

impl LaidOut {
    /// The kind of its records.
    pub fn kind(&self) -> Kind {
        self.layout.kind
    }
    /// The order of the dates, when the file has any; columns of ISO dates say nothing against the others.
    pub fn dates(&self) -> Option<DateOrder> {
        let dated = self.layout.columns.iter().zip(&self.orders).filter(|(c, _)| is_date(self.kind(), c));
        dated.map(|(_, order)| *order).min_by_key(|order| *order == DateOrder::Iso)
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
