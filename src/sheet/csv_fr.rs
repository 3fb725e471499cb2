//! The spreadsheet dialect (`csv-fr`): opens with a double click in a French Excel, and nothing in it can run.

use super::number::{Mark, exact};
use super::{Cell, Column, ColumnKind, Sheet, phone};
use crate::domain::Lang;
use csv::{Terminator, WriterBuilder};
use std::borrow::Cow;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// A file in this dialect, and how many of its cells begin with the guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Cells that got a leading `'`: told to the person who exports.
    pub guarded: usize,
}

/// The whole table; `lang` chooses headers and words, never dates, numbers or `oui`/`non`.
pub fn write(sheet: &Sheet, lang: Lang) -> anyhow::Result<Guarded> {
    let mut guarded = 0;
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(BOM.to_vec());
    writer.write_record(sheet.columns.iter().map(|column| column.header.get(lang)))?;
    for row in &sheet.rows {
        let fields = row.iter().zip(&sheet.columns).map(|(cell, column)| {
            let text = field(cell, column, lang);
            if is_text(cell) && needs_guard(&text) {
                guarded += 1;
                return format!("'{text}");
            }
            text.into_owned()
        });
        writer.write_record(fields)?;
    }
    Ok(Guarded { bytes: writer.into_inner()?, guarded })
}

/// The exact text behind a cell of a file in this dialect: takes off one guard, no more.
pub fn unguard(field: &str) -> Cow<'_, str> {
    field.strip_prefix('\'').unwrap_or(field).into()
}

pub(super) fn field<'a>(cell: &'a Cell, column: &Column, lang: Lang) -> Cow<'a, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) if column.kind == ColumnKind::Phone => phone::spaced(text),
        Cell::Text(text) => text.into(),
        Cell::Words(text) => text.get(lang).into(),
        Cell::Date(day) => day.french().into(),
        Cell::Month(month) => month.to_string().into(),
        Cell::Bool(yes) => if *yes { "oui" } else { "non" }.into(),
        Cell::Masked => "c".into(),
        number => exact(number, Mark::Comma).unwrap_or_default().into(),
    }
}

fn is_text(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(_) | Cell::Words(_))
}

/// Whether a text gets a guard. A spreadsheet takes these first characters, full-width forms included, for a formula; the guard itself is doubled.
pub fn needs_guard(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use proptest::prelude::*;

    fn text(sheet: &Sheet, lang: Lang) -> String {
        String::from_utf8(write(sheet, lang).unwrap().bytes).unwrap()
    }

    fn read_back(bytes: &[u8]) -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.strip_prefix(BOM).unwrap());
        reader.records().map(|record| unguard(&record.unwrap()[0]).into_owned()).collect()
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
        assert_eq!(write(&samples::all_kinds(), Lang::Fr).unwrap().guarded, 1);
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
        let file = write(&sheet, Lang::Fr).unwrap();
        assert_eq!(file.guarded, hostile.len());
        assert_eq!(read_back(&file.bytes), hostile);
    }

    #[test]
    fn harmless_cells_and_negative_numbers_are_not_touched() {
        let sheet = samples::one_text_column(&["a=1", "L'Isle", " =1", "1-2", ""]);
        assert_eq!(write(&sheet, Lang::Fr).unwrap().guarded, 0);
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
            let file = write(&samples::one_text_column(&cells), Lang::Fr).unwrap();
            prop_assert_eq!(read_back(&file.bytes), cells);
        }
    }
}
