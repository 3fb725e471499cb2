//! The two dialects of CSV, written and read here only: `csv` for machines, `csv-fr` for a French spreadsheet.
//!
//! `csv` is RFC 4180, UTF-8 without BOM, comma, LF, ISO dates and exact text. `csv-fr` opens with a double click in a
//! French Excel, and nothing in it can run: a text that a spreadsheet would take for a formula gets a leading `'`.

use super::number::{Mark, exact};
use super::writer::{Rendered, Style, Tables};
use super::{Cell, Column, ColumnKind, Sheet, phone};
use crate::domain::Lang;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use std::borrow::Cow;
use std::io::Write;

pub use crate::domain::funder::Dialect;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// Rows of text being written in a dialect.
pub struct Records<W: Write> {
    writer: csv::Writer<W>,
    dialect: Dialect,
    guarded: usize,
}

/// Whether a field may be taken for a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text: it is guarded where the dialect needs it.
    Text,
    /// A number, a day or another value of the program: never guarded.
    Value,
}

impl<W: Write> Records<W> {
    /// Begins a file; its rows may differ in length.
    pub fn new(mut to: W, dialect: Dialect) -> anyhow::Result<Records<W>> {
        let mut builder = WriterBuilder::new();
        builder.flexible(true);
        let writer = match dialect {
            Dialect::Csv => builder.terminator(Terminator::Any(b'\n')).from_writer(to),
            Dialect::CsvFr => {
                to.write_all(BOM)?;
                builder.delimiter(b';').terminator(Terminator::CRLF).from_writer(to)
            }
        };
        Ok(Records { writer, dialect, guarded: 0 })
    }

    /// Writes one field of the row.
    pub fn field(&mut self, text: &str, holds: Holds) -> anyhow::Result<()> {
        if holds == Holds::Text && self.dialect == Dialect::CsvFr && needs_guard(text) {
            self.guarded += 1;
            self.writer.write_field(format!("'{text}"))?;
        } else {
            self.writer.write_field(text)?;
        }
        Ok(())
    }

    /// Ends the row.
    pub fn end_row(&mut self) -> anyhow::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Ends the file: what it was written to, and how many fields were guarded.
    pub fn finish(self) -> anyhow::Result<(W, usize)> {
        let guarded = self.guarded;
        let to = self.writer.into_inner().map_err(|e| anyhow::Error::msg(e.to_string()))?;
        Ok((to, guarded))
    }
}

/// A table being written row by row: it may be too long to be held.
pub struct Rows<'a, W: Write> {
    records: Records<W>,
    columns: &'a [Column],
    lang: Lang,
}

impl<'a, W: Write> Rows<'a, W> {
    /// Writes the header. `lang` chooses the headers of `csv-fr` and the wording of cells written for people, never
    /// dates, numbers or `oui`/`non`.
    pub fn new(to: W, dialect: Dialect, columns: &'a [Column], lang: Lang) -> anyhow::Result<Rows<'a, W>> {
        let mut records = Records::new(to, dialect)?;
        for column in columns {
            let header = match dialect {
                Dialect::Csv => column.machine(),
                Dialect::CsvFr => column.header.get(lang),
            };
            records.field(header, Holds::Value)?;
        }
        records.end_row()?;
        Ok(Rows { records, columns, lang })
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[Cell]) -> anyhow::Result<()> {
        for (cell, column) in cells.iter().zip(self.columns) {
            let text = match self.records.dialect {
                Dialect::Csv => machine(cell, self.lang),
                Dialect::CsvFr => french(cell, column, self.lang),
            };
            let holds = match cell {
                Cell::Text(_) | Cell::Words(_) => Holds::Text,
                _ => Holds::Value,
            };
            self.records.field(&text, holds)?;
        }
        self.records.end_row()
    }

    /// Ends the table: what it was written to, and how many cells were guarded.
    pub fn finish(self) -> anyhow::Result<(W, usize)> {
        self.records.finish()
    }
}

/// A file of the dialect `csv`.
pub fn write_csv(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    write(tables, Dialect::Csv, style.lang)
}

/// A file of the dialect `csv-fr`.
pub fn write_csv_fr(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    write(tables, Dialect::CsvFr, style.lang)
}

fn write(tables: Tables<'_>, dialect: Dialect, lang: Lang) -> anyhow::Result<Rendered> {
    let mut written = Rendered::default();
    for sheet in tables.all() {
        let mut rows = Rows::new(std::mem::take(&mut written.bytes), dialect, &sheet.columns, lang)?;
        sheet.rows.iter().try_for_each(|row| rows.row(row))?;
        let (bytes, guarded) = rows.finish()?;
        written.bytes = bytes;
        written.guarded += guarded;
    }
    Ok(written)
}

/// One field of `csv`, before quoting.
fn machine(cell: &Cell, lang: Lang) -> Cow<'_, str> {
    match cell {
        Cell::Date(day) => day.to_string().into(),
        Cell::Bool(yes) => if *yes { "true" } else { "false" }.into(),
        cell => common(cell, Mark::Point, lang),
    }
}

/// One field of `csv-fr`, before guard and quoting.
fn french<'a>(cell: &'a Cell, column: &Column, lang: Lang) -> Cow<'a, str> {
    match cell {
        Cell::Text(text) if column.kind == ColumnKind::Phone => phone::spaced(text),
        Cell::Date(day) => day.french().into(),
        Cell::Bool(yes) => if *yes { "oui" } else { "non" }.into(),
        cell => common(cell, Mark::Comma, lang),
    }
}

fn common(cell: &Cell, mark: Mark, lang: Lang) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => text.into(),
        Cell::Words(text) => text.get(lang).into(),
        Cell::Month(month) => month.to_string().into(),
        Cell::Masked => "c".into(),
        number => exact(number, mark).unwrap_or_default().into(),
    }
}

/// Whether a text gets a guard. A spreadsheet takes these first characters, full-width forms included, for a formula; the guard itself is doubled.
pub fn needs_guard(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// The exact text behind a cell of a file in `csv-fr`: takes off one guard, no more.
pub fn unguard(field: &str) -> Cow<'_, str> {
    field.strip_prefix('\'').unwrap_or(field).into()
}

/// A table of ours as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The headers.
    pub headers: Vec<String>,
    /// The rows, cells as written, guards included.
    pub rows: Vec<Vec<String>>,
}

/// Reads a file that the program wrote in a dialect; nothing when it is not such a table.
pub fn read(bytes: &[u8], dialect: Dialect) -> Option<Written> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let delimiter = match dialect {
        Dialect::Csv => b',',
        Dialect::CsvFr => b';',
    };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let cells = |record: &StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let headers = cells(reader.headers().ok()?);
    let rows = reader.records().map(|record| Some(cells(&record.ok()?))).collect::<Option<_>>()?;
    Some(Written { headers, rows })
}

/// Reads a file of a sheet like this one; nothing when it can't be read or has other columns.
pub fn read_like(like: &Sheet, bytes: &[u8], dialect: Dialect) -> Option<Sheet> {
    let written = read(bytes, dialect)?;
    let mut sheet = Sheet::new(like.key.clone(), like.columns.clone());
    for row in &written.rows {
        if row.len() != sheet.columns.len() {
            return None;
        }
        sheet.rows.push(row.iter().map(|text| cell(text, dialect)).collect());
    }
    Some(sheet)
}

/// The cell behind a field as written: absent, masked, or its text.
pub fn cell(text: &str, dialect: Dialect) -> Cell {
    let text = match dialect {
        Dialect::Csv => text.into(),
        Dialect::CsvFr => unguard(text),
    };
    match text.as_ref() {
        "" => Cell::Empty,
        "c" => Cell::Masked,
        text => Cell::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use proptest::prelude::*;

    fn file(sheet: &Sheet, dialect: Dialect, lang: Lang) -> Rendered {
        write(Tables::One(sheet), dialect, lang).unwrap()
    }

    fn machine_text(sheet: &Sheet, lang: Lang) -> String {
        String::from_utf8(file(sheet, Dialect::Csv, lang).bytes).unwrap()
    }

    fn text(sheet: &Sheet, lang: Lang) -> String {
        String::from_utf8(file(sheet, Dialect::CsvFr, lang).bytes).unwrap()
    }

    fn read_back(bytes: &[u8], dialect: Dialect) -> Vec<String> {
        let written = read(bytes, dialect).unwrap();
        let exact = |text: &String| match dialect {
            Dialect::Csv => text.clone(),
            Dialect::CsvFr => unguard(text).into_owned(),
        };
        written.rows.iter().map(|row| exact(&row[0])).collect()
    }

    #[test]
    fn every_kind_of_cell_has_its_machine_text() {
        let expected = "\
trainee,phone,status,present,attendance_pct,hours,cost,entry_date,month,reached,note
\"Ferré, Amélie\",0612345678,in_training,39,97.5,3.33,1234.50,2018-11-05,2018-11,true,\"dit \"\"Mélie\"\"\"
Öztürk Deniz,,left,0,100.0,140,0.00,,2018-12,false,no news
c,,,c,c,,,,,,=1+1
";
        assert_eq!(machine_text(&samples::all_kinds(), Lang::En), expected);
    }

    #[test]
    fn only_words_change_with_the_language() {
        let french = machine_text(&samples::all_kinds(), Lang::Fr);
        assert_eq!(french.replace("sans nouvelles", "no news"), machine_text(&samples::all_kinds(), Lang::En));
    }

    #[test]
    fn an_empty_table_is_its_header() {
        let mut sheet = samples::all_kinds();
        sheet.rows.clear();
        assert_eq!(machine_text(&sheet, Lang::En).lines().count(), 1);
    }

    #[test]
    fn a_lone_empty_cell_is_still_a_record() {
        assert_eq!(machine_text(&samples::one_text_column(&["", "a\r\nb"]), Lang::Fr), "note\n\"\"\n\"a\r\nb\"\n");
    }

    #[test]
    fn a_sheet_is_read_back_with_its_own_columns_or_not_at_all() {
        let sheet = samples::one_text_column(&["=1+1", "c", "", "d;e"]);
        for dialect in [Dialect::Csv, Dialect::CsvFr] {
            let bytes = file(&sheet, dialect, Lang::Fr).bytes;
            let cells: Vec<Cell> = read_like(&sheet, &bytes, dialect).unwrap().rows.into_iter().flatten().collect();
            let text = |text: &str| Cell::Text(text.to_owned());
            assert_eq!(cells, [text("=1+1"), Cell::Masked, Cell::Empty, text("d;e")]);
            assert_eq!(read_like(&samples::all_kinds(), &bytes, dialect), None);
        }
        assert_eq!(read(b"a,b\n1\n", Dialect::Csv), None);
    }

    #[test]
    fn rows_of_text_may_differ_in_length_and_are_guarded_in_the_french_dialect_only() {
        for (dialect, want) in [(Dialect::Csv, "a,=b\nc\n"), (Dialect::CsvFr, "\u{feff}a;'=b\r\nc\r\n")] {
            let mut records = Records::new(Vec::new(), dialect).unwrap();
            for row in [["a", "=b"].as_slice(), &["c"]] {
                row.iter().try_for_each(|field| records.field(field, Holds::Text)).unwrap();
                records.end_row().unwrap();
            }
            let (bytes, guarded) = records.finish().unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), want);
            assert_eq!(guarded, usize::from(dialect == Dialect::CsvFr));
        }
    }

    #[test]
    fn every_kind_of_cell_has_its_french_text() {
        let expected = "\u{feff}\
Stagiaire;Téléphone;Situation;Présents;Présence (%);Heures;Coût (€);Entrée;Mois;Joint;Note\r
Ferré, Amélie;06 12 34 56 78;in_training;39;97,5;3,33;1234,50;05/11/2018;2018-11;oui;\"dit \"\"Mélie\"\"\"\r
Öztürk Deniz;;left;0;100,0;140;0,00;;2018-12;non;sans nouvelles\r
c;;;c;c;;;;;;'=1+1\r
";
        assert_eq!(text(&samples::all_kinds(), Lang::Fr), expected);
        assert_eq!(file(&samples::all_kinds(), Dialect::CsvFr, Lang::Fr).guarded, 1);
    }

    #[test]
    fn headers_and_words_follow_the_language_values_do_not() {
        let english = text(&samples::all_kinds(), Lang::En);
        assert!(english.starts_with("\u{feff}Trainee;Phone;"));
        assert!(english.contains(";97,5;3,33;1234,50;05/11/2018;2018-11;oui;"));
        assert!(english.contains(";no news\r\n"));
    }

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_guarded_and_come_back_whole() {
        let hostile = ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a", "'", "''a"];
        let sheet = samples::one_text_column(&hostile);
        let file = file(&sheet, Dialect::CsvFr, Lang::Fr);
        assert_eq!(file.guarded, hostile.len());
        assert_eq!(read_back(&file.bytes, Dialect::CsvFr), hostile);
    }

    #[test]
    fn harmless_cells_and_negative_numbers_are_not_touched() {
        let sheet = samples::one_text_column(&["a=1", "L'Isle", " =1", "1-2", ""]);
        assert_eq!(file(&sheet, Dialect::CsvFr, Lang::Fr).guarded, 0);
        let mut sheet = samples::one_text_column(&[]);
        sheet.rows.push(vec![Cell::Decimal { value: -35, scale: 1 }]);
        assert_eq!(text(&sheet, Lang::Fr), "\u{feff}Note\r\n-3,5\r\n");
    }

    #[test]
    fn a_foreign_phone_number_is_guarded_too() {
        let mut sheet = samples::one_text_column(&["+33612345678"]);
        sheet.columns[0].kind = ColumnKind::Phone;
        assert_eq!(text(&sheet, Lang::Fr), "\u{feff}Note\r\n'+33 6 12 34 56 78\r\n");
    }

    proptest! {
        #[test]
        fn any_text_comes_back_exactly(cells in proptest::collection::vec("['=+@\\-]?(?s:.){0,12}", 1..8)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            for dialect in [Dialect::Csv, Dialect::CsvFr] {
                let file = file(&samples::one_text_column(&cells), dialect, Lang::Fr);
                prop_assert_eq!(read_back(&file.bytes, dialect), cells.clone());
            }
        }
    }
}
