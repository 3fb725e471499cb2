//! From the bytes of a file to a header and rows.

pub mod decode;
pub mod heading;
pub mod packed;
pub mod rows;
pub mod separator;
pub mod table;
pub mod workbook;
