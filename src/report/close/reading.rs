//! Issued files read back as sheets, so that later exports can be masked against them and folders verified.

use crate::sheet::{Format, Sheet, dialect};

/// Reads a file of a section in one of the two dialects; its columns are those that the section has today.
/// Nothing when it cannot be read or has other columns.
pub fn sheet(like: &Sheet, bytes: &[u8], format: Format) -> Option<Sheet> {
    dialect::read_like(like, bytes, format.dialect()?)
}

/// The records of a file, its header left out.
pub fn records(bytes: &[u8], format: Format) -> Option<Vec<Vec<String>>> {
    Some(dialect::read(bytes, format.dialect()?)?.rows)
}
