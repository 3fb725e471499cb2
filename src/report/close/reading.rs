//! Issued files read back as sheets, so that later exports can be masked against them and folders verified.

use crate::sheet::{Cell, Format, Sheet, unguard};

/// Reads a file of a section in one of the two dialects; its columns are those that the section has today.
/// Nothing when it cannot be read or has other columns.
pub fn sheet(like: &Sheet, bytes: &[u8], format: Format) -> Option<Sheet> {
    let mut found = Sheet::new(like.key.clone(), like.columns.clone());
    for record in records(bytes, format)? {
        if record.len() != found.columns.len() {
            return None;
        }
        found.rows.push(record.iter().map(|text| cell(text, format)).collect());
    }
    Some(found)
}

/// The records of a file, its header left out.
pub fn records(bytes: &[u8], format: Format) -> Option<Vec<Vec<String>>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let delimiter = if format == Format::CsvFr { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let rows: Result<Vec<csv::StringRecord>, _> = reader.records().collect();
    Some(rows.ok()?.iter().map(|r| r.iter().map(str::to_owned).collect()).collect())
}

fn cell(text: &str, format: Format) -> Cell {
    let text = if format == Format::CsvFr { unguard(text) } else { text.into() };
    match text.as_ref() {
        "" => Cell::Empty,
        "c" => Cell::Masked,
        text => Cell::Text(text.to_owned()),
    }
}
