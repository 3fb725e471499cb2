//! Rows of a separated text, each with the physical line where it begins.
//!
//! The one reading: a cell that begins with `"` ends at the next single `"`, and `""` inside it is one `"`; a `"` in the
//! middle of a bare cell is itself; text after a closing quote is a fault of its row. CR, LF and CR LF each end a row.
//!
//! Written by hand, for three things that the csv crate does not tell: the physical line where each row begins, which
//! every message names; a row with a fault, which is refused alone while the others are read; and cells that borrow the
//! text of the file, so that a million marks cost no copy.

use super::decode::{CELL_MAX, cell_too_long, count_lines};
use crate::domain::Refusal;
use crate::text;
use std::borrow::Cow;

/// Most columns of a file.
pub const COLUMNS_MAX: usize = 1000;

/// One row.
#[derive(Debug, Default, Clone)]
pub struct Row<'t> {
    /// The line where it begins, counted from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<Cow<'t, str>>,
    /// What is wrong with the row itself.
    pub fault: Option<Fault>,
}

/// What can be wrong with a row before its cells are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Text after the closing quote of a cell, counted from 0.
    AfterQuote(usize),
    /// A cell that holds an error of the spreadsheet, such as `#N/A`.
    Error(usize, String),
    /// A cell that holds a formula whose result was not stored.
    NoResult(usize),
}

impl Row<'_> {
    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.fault.is_none() && self.cells.iter().all(|c| c.trim().is_empty())
    }
}

/// Reads the rows of a text, one after the other.
pub struct Rows<'t> {
    text: &'t str,
    separator: u8,
    /// Whether a byte ends a bare cell.
    ends: [bool; 256],
    at: usize,
    line: u64,
}

impl<'t> Rows<'t> {
    /// The rows of a whole text.
    pub fn new(text: &'t str, separator: u8) -> Rows<'t> {
        let mut ends = [false; 256];
        [separator, b'\n', b'\r'].into_iter().for_each(|byte| ends[usize::from(byte)] = true);
        Rows { text, separator, ends, at: 0, line: 1 }
    }

    /// Reads the next row into `row`; false at the end.
    pub fn next(&mut self, row: &mut Row<'t>) -> Result<bool, Refusal> {
        row.cells.clear();
        row.fault = None;
        row.line = self.line;
        if self.at >= self.text.len() {
            return Ok(false);
        }
        loop {
            if row.cells.len() == COLUMNS_MAX {
                let line = row.line;
                return Err(Refusal::data(text!(
                    "ligne {line} : plus de {COLUMNS_MAX} colonnes",
                    "line {line}: more than {COLUMNS_MAX} columns"
                )));
            }
            let cell = if self.byte() == Some(b'"') { self.quoted(row)? } else { Cow::Borrowed(self.bare()?) };
            row.cells.push(cell);
            match self.byte() {
                Some(b) if b == self.separator => self.at += 1,
                Some(b'\r') => {
                    self.at += 1;
                    self.at += usize::from(self.byte() == Some(b'\n'));
                    break;
                }
                Some(_) => {
                    self.at += 1;
                    break;
                }
                None => return Ok(true),
            }
        }
        self.line += 1;
        Ok(true)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn bare(&mut self) -> Result<&'t str, Refusal> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let mut end = start;
        while end < bytes.len() && !self.ends[usize::from(bytes[end])] {
            end += 1;
        }
        if end - start > CELL_MAX {
            return Err(cell_too_long(self.line));
        }
        self.at = end;
        Ok(&self.text[start..end])
    }

    fn quoted(&mut self, row: &mut Row<'t>) -> Result<Cow<'t, str>, Refusal> {
        let (opened, start) = (self.line, self.at);
        let mut cell = Cow::Borrowed("");
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.bytes().position(|b| b == b'"') else {
                return Err(unclosed(opened));
            };
            if cell.len() + length > CELL_MAX {
                return Err(cell_too_long(opened));
            }
            let piece = &rest[..length];
            self.line += count_lines(piece.as_bytes());
            self.at += length + 1;
            if cell.is_empty() {
                cell = Cow::Borrowed(piece);
            } else {
                cell.to_mut().push_str(piece);
            }
            if self.byte() != Some(b'"') {
                break;
            }
            cell.to_mut().push('"');
            self.at += 1;
        }
        let after = self.bare()?;
        if !after.trim_matches(' ').is_empty() {
            row.fault.get_or_insert(Fault::AfterQuote(row.cells.len()));
            // As it stands, so that the row can be shown and given back whole.
            return Ok(Cow::Borrowed(&self.text[start..self.at]));
        }
        Ok(cell)
    }
}

fn unclosed(line: u64) -> Refusal {
    Refusal::data(text!(
        "ligne {line} : un guillemet s'ouvre et ne se referme pas",
        "line {line}: a quote is opened and never closed"
    ))
    .hint(text!("Refermez-le, ou retirez-le.", "Close it, or take it out."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Vec<(u64, Vec<String>)>, Refusal> {
        let mut rows = Rows::new(text, b',');
        let (mut row, mut all) = (Row::default(), Vec::new());
        while rows.next(&mut row)? {
            all.push((row.line, row.cells.iter().map(|c| c.to_string()).collect()));
        }
        Ok(all)
    }

    #[track_caller]
    fn check(text: &str, expected: &[(u64, &[&str])]) {
        let expected: Vec<(u64, Vec<String>)> =
            expected.iter().map(|(l, c)| (*l, c.iter().map(|s| (*s).to_owned()).collect())).collect();
        assert_eq!(read(text).unwrap(), expected, "{text:?}");
    }

    #[test]
    fn every_line_end_ends_a_row_and_counts_as_one_line() {
        check("a\nb\r\nc\rd", &[(1, &["a"]), (2, &["b"]), (3, &["c"]), (4, &["d"])]);
        check("a,\r\n\rb\n", &[(1, &["a", ""]), (2, &[""]), (3, &["b"])]);
        check("", &[]);
    }

    #[test]
    fn breaks_inside_quotes_keep_the_line_numbers_right() {
        check("\"a\nb\r\nc\rd\",x\ny", &[(1, &["a\nb\r\nc\rd", "x"]), (5, &["y"])]);
        check("\"a,b\",\"\"\nz", &[(1, &["a,b", ""]), (2, &["z"])]);
    }

    #[test]
    fn a_quote_in_a_bare_cell_is_itself_and_two_in_a_quoted_one_are_one() {
        check("a\"b,c", &[(1, &["a\"b", "c"])]);
        check("\"a\"\"b\"\"\",\"\"\"\"", &[(1, &["a\"b\"", "\""])]);
        check("\"a\" ,b", &[(1, &["a", "b"])]);
    }

    #[test]
    fn text_after_a_closing_quote_is_a_fault_of_its_row_only() {
        let mut rows = Rows::new("x,\"a\"b,c\nd", b',');
        let mut row = Row::default();
        assert!(rows.next(&mut row).unwrap());
        assert_eq!(row.fault, Some(Fault::AfterQuote(1)));
        assert!(rows.next(&mut row).unwrap());
        assert_eq!((row.fault.clone(), row.line), (None, 2));
    }

    #[test]
    fn an_unclosed_quote_names_the_line_where_it_opened() {
        let text = format!("h\n1\n\"x\n{}", "1\n".repeat(10_000));
        assert!(read(&text).unwrap_err().what.en.starts_with("line 3: a quote is opened"));
        let long = format!("h\n\"x\n{}\"", "1234567\n".repeat(200_000));
        assert!(read(&long).unwrap_err().what.en.starts_with("line 2: a cell is larger"));
    }

    #[test]
    fn a_row_of_a_million_columns_is_refused() {
        assert!(read(&",".repeat(1_000_000)).unwrap_err().what.en.contains("more than 1000 columns"));
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_back(cells in proptest::collection::vec(proptest::collection::vec("(?s:.){0,8}", 2..5), 1..6)) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: String = cells.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n").collect();
            let read: Vec<Vec<String>> = read(&text).unwrap().into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(read, cells);
        }

        #[test]
        fn bare_cells_end_where_a_plain_reading_ends_them(text in "[a-c\\x00\\x0b\\t,;\n\r\u{80}-\u{ff}€]{0,60}", tab in any::<bool>()) {
            let separator = if tab { '\t' } else { ',' };
            let (mut rows, mut row, mut all) = (Rows::new(&text, separator as u8), Row::default(), Vec::new());
            while rows.next(&mut row).unwrap() {
                all.push(row.cells.iter().map(|c| c.to_string()).collect::<Vec<_>>());
            }
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            let lines = lines.strip_suffix('\n').unwrap_or(&lines).to_owned();
            let plain: Vec<Vec<String>> =
                lines.split('\n').map(|line| line.split(separator).map(str::to_owned).collect()).collect();
            prop_assert_eq!(all, if text.is_empty() { vec![] } else { plain });
        }

        #[test]
        fn no_text_panics(text in "[a,\"\r\n ;é]{0,40}") {
            let _ = read(&text);
        }
    }
}
