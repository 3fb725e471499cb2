//! The two dialects of CSV written row by row, for tables that are too long to be held.

use super::csv_fr::{field as french, needs_guard};
use super::{Cell, Column, csv::field as machine};
use crate::domain::Lang;
use csv::{Terminator, Writer, WriterBuilder};
use std::borrow::Cow;
use std::io::Write;

/// A dialect of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `csv`, for machines.
    Csv,
    /// `csv-fr`, for a French spreadsheet.
    CsvFr,
}

/// A table being written.
pub struct Stream<W: Write> {
    writer: Writer<W>,
    dialect: Dialect,
    columns: Vec<Column>,
    lang: Lang,
    guarded: usize,
}

impl<W: Write> Stream<W> {
    /// Writes the header; the same bytes as the writers of whole sheets.
    pub fn new(mut to: W, dialect: Dialect, columns: Vec<Column>, lang: Lang) -> anyhow::Result<Stream<W>> {
        let mut builder = WriterBuilder::new();
        let mut writer = match dialect {
            Dialect::Csv => builder.terminator(Terminator::Any(b'\n')).from_writer(to),
            Dialect::CsvFr => {
                to.write_all("\u{feff}".as_bytes())?;
                builder.delimiter(b';').terminator(Terminator::CRLF).from_writer(to)
            }
        };
        match dialect {
            Dialect::Csv => writer.write_record(columns.iter().map(|c| c.machine()))?,
            Dialect::CsvFr => writer.write_record(columns.iter().map(|c| c.header.get(lang)))?,
        }
        Ok(Stream { writer, dialect, columns, lang, guarded: 0 })
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[Cell]) -> anyhow::Result<()> {
        for (cell, column) in cells.iter().zip(&self.columns) {
            let text = match self.dialect {
                Dialect::Csv => machine(cell, self.lang),
                Dialect::CsvFr => french(cell, column, self.lang),
            };
            let is_text = matches!(cell, Cell::Text(_) | Cell::Words(_));
            let text = if self.dialect == Dialect::CsvFr && is_text && needs_guard(&text) {
                self.guarded += 1;
                Cow::Owned(format!("'{text}"))
            } else {
                text
            };
            self.writer.write_field(text.as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Ends the table: what it was written to, and how many cells were guarded.
    pub fn finish(self) -> anyhow::Result<(W, usize)> {
        let guarded = self.guarded;
        let to = self.writer.into_inner().map_err(|e| anyhow::Error::msg(e.to_string()))?;
        Ok((to, guarded))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{csv, csv_fr, samples};
    use super::*;

    fn streamed(dialect: Dialect, sheet: &super::super::Sheet) -> (Vec<u8>, usize) {
        let mut stream = Stream::new(Vec::new(), dialect, sheet.columns.clone(), Lang::Fr).unwrap();
        sheet.rows.iter().for_each(|row| stream.row(row).unwrap());
        stream.finish().unwrap()
    }

    #[test]
    fn row_by_row_gives_the_same_bytes_as_whole() {
        for sheet in [samples::all_kinds(), samples::one_text_column(&["=1", "'a", "", "a\nb", "a;b,\"c\""])] {
            assert_eq!(streamed(Dialect::Csv, &sheet), (csv::write(&sheet, Lang::Fr).unwrap(), 0));
            let whole = csv_fr::write(&sheet, Lang::Fr).unwrap();
            assert_eq!(streamed(Dialect::CsvFr, &sheet), (whole.bytes, whole.guarded));
        }
    }
}
