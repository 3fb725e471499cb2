//! What the columns of a file are: headers, the grid of half-days, the order of dates.

pub mod dates;
pub mod grid;
pub mod header;
