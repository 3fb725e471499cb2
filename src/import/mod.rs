//! Files in: decode, find the separator, map the headers, read the cells, and save by the same acts as the command line.
//!
//! A file is read in two steps. [`read`] needs no database: it gives a [`Batch`], the rows of one file and how they were
//! read. [`run`] saves a batch inside the caller's transaction, and [`run_all`] several, in the order that always works.

mod batch;
mod cell_cache;
pub mod cells;
pub mod columns;
pub mod export;
pub mod file;
mod grid_days;
mod half_days;
mod import_report;
mod laid_out;
mod mark_cells;
mod marks;
mod notes;
mod options;
mod read_row;
mod ready;
mod refused;
mod row_shape;
mod save;
#[cfg(test)]
mod tests;
mod totals;

pub use crate::import::batch::{Batch, read};
pub use crate::import::columns::unread::Unread;
pub use crate::import::file::decode::Source;
pub use crate::import::file::packed::unpacked;
pub use crate::import::file::table::How;
pub use crate::import::file::workbook::every_text as texts_of_workbook;
pub use crate::import::import_report::{Changed, Refused, Rejected, Report};
pub use crate::import::notes::{Note, Noted};
pub use crate::import::options::{EmptyCell, Options, Policy};
pub use crate::import::save::{run, run_all};
