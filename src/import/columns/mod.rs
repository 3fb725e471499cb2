//! What the columns of a file are: headers, the days of a grid, the order of dates.

pub mod dates;
pub mod days;
pub mod grid;
pub mod header;
pub mod layout;
pub mod names;
pub mod unread;
