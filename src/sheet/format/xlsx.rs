//! Spreadsheet workbooks: typed cells, a frozen header, and no trace of the machine, the user or the clock.

use crate::domain::{Date, Lang, Refusal};
use crate::sheet::number::{Mark, exact, for_people};
use crate::sheet::writer::{Rendered, Style, Tables};
use crate::sheet::{Cell, ColumnKind, Sheet};
use crate::text;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// What a spreadsheet can hold: characters in a cell, rows under the header, characters in the name of a sheet.
const MAX_CHARS: usize = 32_767;
const MAX_ROWS: usize = 1_048_575;
const MAX_NAME: usize = 31;
/// Longest text that every Excel shows in the text format.
const MAX_TEXT_FORMAT: usize = 255;
/// No column is made wider than this many characters: a long note should not push the rest away.
const MAX_WIDTH: usize = 60;
/// Characters of margin in a column: bold headers are a little wider than they count.
const MARGIN: usize = 2;

/// One workbook with a sheet per table, named by its key; the language chooses headers and words.
pub fn write(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    let sheets = tables.all();
    let mut workbook = Workbook::new();
    // The library would write the clock; the same data must give the same bytes.
    let fixed = ExcelDateTime::from_ymd(2018, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = sheet_name(&sheet.key, &names);
        fill(workbook.add_worksheet().set_name(&name)?, sheet, style.lang)?;
        names.push(name);
    }
    if sheets.is_empty() {
        // A workbook without any sheet does not open.
        workbook.add_worksheet();
    }
    Ok(workbook.save_to_buffer()?.into())
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, lang: Lang) -> anyhow::Result<()> {
    if sheet.rows.len() > MAX_ROWS {
        let rows = sheet.rows.len();
        let what = text!("{rows} lignes ne tiennent pas dans un classeur", "{rows} rows do not fit in a workbook");
        return Err(Refusal::data(what)
            .hint(text!("écrire en CSV : -f csv-fr", "write CSV instead: -f csv-fr"))
            .into());
    }
    let styles = Styles::new();
    for (at, column) in sheet.columns.iter().enumerate() {
        let style = if column.kind == ColumnKind::Number { &styles.number_header } else { &styles.header };
        worksheet.write_string_with_format(0, u16::try_from(at)?, column.header.get(lang), style)?;
    }
    let mut page = Page { worksheet, styles, lang };
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (at, (cell, column)) in cells.iter().zip(&sheet.columns).enumerate() {
            check_length(cell, column.machine(), lang)?;
            page.put((u32::try_from(row + 1)?, u16::try_from(at)?), cell)?;
        }
    }
    page.worksheet.set_freeze_panes(1, 0)?;
    for (at, column) in sheet.columns.iter().enumerate() {
        let cells = sheet.rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell, lang));
        let widest = cells.max().unwrap_or(0).max(column.header.get(lang).width()).min(MAX_WIDTH);
        page.worksheet.set_column_width(u16::try_from(at)?, (widest + MARGIN) as f64)?;
    }
    Ok(())
}

struct Styles {
    header: Format,
    number_header: Format,
    text: Format,
    date: Format,
    masked: Format,
}

impl Styles {
    fn new() -> Self {
        let header = Format::new().set_bold();
        Styles {
            number_header: header.clone().set_align(FormatAlign::Right),
            header,
            text: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("dd/mm/yyyy"),
            masked: Format::new().set_align(FormatAlign::Right),
        }
    }
}

/// The sheet being filled.
struct Page<'a> {
    worksheet: &'a mut Worksheet,
    styles: Styles,
    lang: Lang,
}

impl Page<'_> {
    fn put(&mut self, (row, column): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.put_text((row, column), text)?,
            Cell::Words(text) => self.put_text((row, column), text.get(self.lang))?,
            Cell::Month(month) => self.put_text((row, column), &month.to_string())?,
            Cell::Date(day) => {
                self.worksheet.write_datetime_with_format(row, column, &excel_day(*day)?, &self.styles.date)?;
            }
            Cell::Bool(yes) => {
                self.worksheet.write_boolean(row, column, *yes)?;
            }
            Cell::Masked => {
                self.worksheet.write_string_with_format(row, column, "c", &self.styles.masked)?;
            }
            number => self.put_number((row, column), number)?,
        }
        Ok(())
    }

    /// Texts carry the text format, so that editing a phone number or `=1+1` in place keeps it a text; older
    /// versions of Excel show a long text in that format as `####`.
    fn put_text(&mut self, (row, column): (u32, u16), text: &str) -> Result<(), XlsxError> {
        match text.chars().count() {
            0 => {}
            1..=MAX_TEXT_FORMAT => {
                self.worksheet.write_string_with_format(row, column, text, &self.styles.text)?;
            }
            _ => {
                self.worksheet.write_string(row, column, text)?;
            }
        }
        Ok(())
    }

    /// A workbook stores doubles: a number that would lose a digit is written as text instead.
    fn put_number(&mut self, (row, column): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
        let plain = exact(cell, Mark::Point).unwrap_or_default();
        let digits = plain.bytes().filter(u8::is_ascii_digit).count();
        match plain.parse::<f64>() {
            Ok(value) if digits <= 15 => {
                let format = Format::new().set_num_format(number_format(cell));
                self.worksheet.write_number_with_format(row, column, value, &format)?;
            }
            _ => {
                self.worksheet.write_string(row, column, plain)?;
            }
        }
        Ok(())
    }
}

fn number_format(cell: &Cell) -> String {
    match cell {
        Cell::Decimal { scale: 0, .. } | Cell::Int(_) => "0".to_owned(),
        Cell::Decimal { scale, .. } => format!("0.{}", "0".repeat(usize::from(*scale))),
        Cell::Cents(_) => "#,##0.00".to_owned(),
        _ => "General".to_owned(),
    }
}

/// Characters a cell needs once formatted: the library measures bare numbers, and `1 234,50` would show as `####`.
fn width(cell: &Cell, lang: Lang) -> usize {
    let longest_line = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    match cell {
        Cell::Empty => 0,
        Cell::Text(text) => longest_line(text),
        Cell::Words(text) => longest_line(text.get(lang)),
        Cell::Date(_) => "05/11/2018".len(),
        Cell::Month(_) => "2018-11".len(),
        Cell::Bool(_) => "FALSE".len(),
        Cell::Masked => 1,
        number => for_people(number, Lang::Fr).map_or(0, |text| text.width()),
    }
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let small = |n: u32| u8::try_from(n).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), small(day.month()), small(day.day()))
}

fn check_length(cell: &Cell, column: &str, lang: Lang) -> Result<(), Refusal> {
    let length = match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Words(text) => text.get(lang).chars().count(),
        _ => 0,
    };
    if length <= MAX_CHARS {
        return Ok(());
    }
    let what = text!(
        "un texte de {length} caractères (colonne {column}) ne tient pas dans une case de classeur ({MAX_CHARS} au plus)",
        "a text of {length} characters (column {column}) does not fit in a cell of a workbook ({MAX_CHARS} at most)"
    );
    Err(Refusal::data(what).hint(text!("écrire en CSV : -f csv-fr", "write CSV instead: -f csv-fr")))
}

/// A name that spreadsheets accept and that no earlier sheet of the workbook bears, case apart.
fn sheet_name(key: &str, taken: &[String]) -> String {
    let clean: String = key.chars().map(|c| if is_name_char(c) { c } else { '_' }).take(MAX_NAME - 4).collect();
    let base = if clean.is_empty() { "fil".to_owned() } else { clean };
    let free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|n| format!("{base}_{n}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_control() && !"[]:*?/\\'".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::samples;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn bytes(sheets: &[&Sheet], lang: Lang) -> anyhow::Result<Vec<u8>> {
        let sheets: Vec<Sheet> = sheets.iter().map(|sheet| (*sheet).clone()).collect();
        Ok(write(Tables::Several(&sheets), &Style::pipe(lang))?.bytes)
    }

    fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
    }

    fn cells(sheet: &Sheet) -> Vec<Vec<Data>> {
        let mut book = open(bytes(&[sheet], Lang::Fr).unwrap());
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn cells_have_their_types() {
        let rows = cells(&samples::all_kinds());
        assert_eq!(rows[0][4], Data::String("Présence (%)".into()));
        assert_eq!(rows[1][1], Data::String("0612345678".into()));
        assert_eq!(rows[1][3], Data::Float(39.0));
        assert_eq!(rows[1][4], Data::Float(97.5));
        assert_eq!(rows[1][5], Data::Float(3.33));
        assert_eq!(rows[1][6], Data::Float(1234.5));
        assert_eq!(rows[1][9], Data::Bool(true));
        assert_eq!(rows[1][8], Data::String("2018-11".into()));
        assert_eq!(rows[2][7], Data::Empty);
        assert_eq!(rows[3][3], Data::String("c".into()));
        let Data::DateTime(day) = &rows[1][7] else { panic!("{:?}", rows[1][7]) };
        assert_eq!(day.as_f64(), 43409.0);
    }

    #[test]
    fn hostile_text_is_text_and_comes_back() {
        let hostile = ["=1+1", "+33", "-2", "@SUM(A1)", "'x", "{=1}", "http://example.org", "a\nb", "\u{202e}x"];
        let rows = cells(&samples::one_text_column(&hostile));
        let back: Vec<String> = rows[1..].iter().map(|row| row[0].to_string()).collect();
        assert_eq!(back, hostile);
        let mut book = open(bytes(&[&samples::one_text_column(&hostile)], Lang::Fr).unwrap());
        let formulas = book.worksheet_formula("notes").unwrap();
        assert!(formulas.used_cells().next().is_none());
    }

    #[test]
    fn a_column_has_room_for_what_a_spreadsheet_shows() {
        assert_eq!(width(&Cell::Cents(123_456_789), Lang::Fr), "1 234 567,89".len());
        assert_eq!(width(&Cell::Decimal { value: 1000, scale: 1 }, Lang::Fr), "100,0".len());
        assert_eq!(width(&Cell::Text("court\nAme\u{301}lie 李".to_owned()), Lang::Fr), 9);
    }

    #[test]
    fn a_number_too_long_for_a_double_keeps_its_digits_as_text() {
        let mut sheet = samples::one_text_column(&[]);
        sheet.rows.push(vec![Cell::Int(9_007_199_254_740_993)]);
        assert_eq!(cells(&sheet)[1][0], Data::String("9007199254740993".into()));
    }

    /// One file of an archive: its name, its DOS time and date as the archive keeps them, its content.
    struct Entry {
        name: String,
        stamp: u32,
        content: String,
    }

    /// The files of a zip archive, read from its central directory.
    fn unzip(zip: &[u8]) -> Vec<Entry> {
        let short = |at: usize| usize::from(u16::from_le_bytes([zip[at], zip[at + 1]]));
        let long = |at: usize| short(at) | short(at + 2) << 16;
        let end = zip.windows(4).rposition(|bytes| bytes == b"PK\x05\x06").unwrap();
        let mut at = long(end + 16);
        let mut entries = Vec::new();
        while zip[at..].starts_with(b"PK\x01\x02") {
            let name = String::from_utf8(zip[at + 46..][..short(at + 28)].to_vec()).unwrap();
            let header = long(at + 42);
            let packed = &zip[header + 30 + short(header + 26) + short(header + 28)..][..long(at + 20)];
            let content = match short(at + 10) {
                0 => String::from_utf8(packed.to_vec()).unwrap(),
                _ => std::io::read_to_string(flate2::read::DeflateDecoder::new(packed)).unwrap(),
            };
            entries.push(Entry { name, stamp: u32::try_from(long(at + 12)).unwrap(), content });
            at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
        }
        entries
    }

    /// The parts of a workbook that could tell the clock are fixed; so the bytes never depend on the second.
    #[test]
    fn a_workbook_keeps_no_trace_of_the_clock() {
        let sheet = samples::all_kinds();
        let first = bytes(&[&sheet], Lang::Fr).unwrap();
        assert_eq!(first, bytes(&[&sheet], Lang::Fr).unwrap());
        let entries = unzip(&first);
        // 1 January 1980, midnight: the archive's own beginning of time.
        let stamps: Vec<u32> = entries.iter().map(|entry| entry.stamp).collect();
        assert!(stamps.iter().all(|stamp| *stamp == 0x0021_0000), "{stamps:x?}");
        let core = entries.iter().find(|entry| entry.name == "docProps/core.xml").unwrap();
        assert_eq!(core.content.matches("2018-01-01T00:00:00Z").count(), 2, "{}", core.content);
    }

    #[test]
    fn each_table_is_a_sheet_with_an_allowed_name_of_its_own() {
        let mut odd = samples::one_text_column(&["x"]);
        odd.key = "a/b:c'[d]*?\\ a name far too long for a sheet".into();
        let mut again = odd.clone();
        again.key = odd.key.to_uppercase();
        let book = open(bytes(&[&odd, &again, &samples::all_kinds()], Lang::En).unwrap());
        let names = book.sheet_names();
        assert_eq!(names, ["a_b_c__d____ a name far too", "A_B_C__D____ A NAME FAR TOO_2", "trainees"]);
        assert!(bytes(&[], Lang::En).is_ok());
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_refused_by_column() {
        let long = "x".repeat(MAX_CHARS + 1);
        let refusal = bytes(&[&samples::one_text_column(&[&long])], Lang::En).unwrap_err();
        assert!(refusal.downcast::<Refusal>().unwrap().to_string().contains("column note"));
    }
}
