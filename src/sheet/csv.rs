//! The machine dialect of CSV: RFC 4180, UTF-8 without BOM, comma, LF, ISO dates, exact text and no guard.

use super::number::{Mark, exact};
use super::{Cell, Sheet};
use crate::domain::Lang;
use csv::{Terminator, WriterBuilder};
use std::borrow::Cow;

/// The whole table, header first; `lang` chooses the wording of cells written for people, nothing else.
pub fn write(sheet: &Sheet, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(sheet.columns.iter().map(|column| column.machine()))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| field(cell, lang).into_owned()))?;
    }
    Ok(writer.into_inner()?)
}

/// One field, before quoting.
pub(super) fn field(cell: &Cell, lang: Lang) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => text.into(),
        Cell::Words(text) => text.get(lang).into(),
        Cell::Date(day) => day.to_string().into(),
        Cell::Month(month) => month.to_string().into(),
        Cell::Bool(yes) => if *yes { "true" } else { "false" }.into(),
        Cell::Masked => "c".into(),
        number => exact(number, Mark::Point).unwrap_or_default().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn text(sheet: &Sheet, lang: Lang) -> String {
        String::from_utf8(write(sheet, lang).unwrap()).unwrap()
    }

    #[test]
    fn every_kind_of_cell_has_its_machine_text() {
        let expected = "\
trainee,phone,status,present,attendance_pct,hours,cost,entry_date,month,reached,note
\"Ferré, Amélie\",0612345678,in_training,39,97.5,3.33,1234.50,2018-11-05,2018-11,true,\"dit \"\"Mélie\"\"\"
Öztürk Deniz,,left,0,100.0,140,0.00,,2018-12,false,no news
c,,,c,c,,,,,,=1+1
";
        assert_eq!(text(&samples::all_kinds(), Lang::En), expected);
    }

    #[test]
    fn only_words_change_with_the_language() {
        let french = text(&samples::all_kinds(), Lang::Fr);
        assert_eq!(french.replace("sans nouvelles", "no news"), text(&samples::all_kinds(), Lang::En));
    }

    #[test]
    fn an_empty_table_is_its_header() {
        let mut sheet = samples::all_kinds();
        sheet.rows.clear();
        assert_eq!(text(&sheet, Lang::En).lines().count(), 1);
    }

    #[test]
    fn a_lone_empty_cell_is_still_a_record() {
        assert_eq!(text(&samples::one_text_column(&["", "a\r\nb"]), Lang::Fr), "note\n\"\"\n\"a\r\nb\"\n");
    }
}
