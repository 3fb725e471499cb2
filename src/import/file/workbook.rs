//! Workbooks (.xlsx, .ods) as rows of text: typed dates become ISO dates, numbers are written so that they have one reading.

use super::heading::{self, Weigh};
use super::packed;
use super::rows::{COLUMNS_MAX, Fault, Row};
use crate::domain::{Refusal, folding};
use crate::text;
use anyhow::{Result, bail};
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx, open_workbook_from_rs};
use std::borrow::Cow;
use std::io::Cursor;

/// Most cells of a sheet that hold something.
const CELLS_MAX: usize = 20_000_000;

/// The name and the rows of a sheet: the one asked for, else the one whose header weighs most.
pub fn rows(name: &str, bytes: Vec<u8>, sheet: Option<&str>, weigh: Weigh<'_>) -> Result<(String, Vec<Row<'static>>)> {
    if !bytes.starts_with(b"PK\x03\x04") {
        bail!(Refusal::data(text!("{name} n'est pas un classeur", "{name} is not a workbook")).hint(text!(
            "Rouvrez-le et enregistrez-le en .xlsx, ou en CSV.",
            "Open it again and save it as .xlsx, or as CSV."
        )));
    }
    let mut book = Book::open(name, bytes)?;
    let sheet = match sheet {
        Some(_) => chosen(name, &book.sheets(), sheet)?,
        None => heaviest(&mut book, name, weigh)?,
    };
    let rows = book.rows(name, &sheet, usize::MAX)?;
    Ok((sheet, rows))
}

/// The sheet whose header weighs most; the first of those that weigh the same.
fn heaviest(book: &mut Book, name: &str, weigh: Weigh<'_>) -> Result<String> {
    let sheets = book.sheets();
    let first = chosen(name, &sheets, None)?;
    if sheets.len() == 1 {
        return Ok(first);
    }
    let mut best = (0, first);
    for sheet in sheets {
        let rows = book.rows(name, &sheet, heading::LOOKED_AT)?;
        let cells: Vec<Vec<String>> = rows
            .iter()
            .filter(|row| !row.is_blank())
            .map(|row| row.cells.iter().map(|c| c.trim().to_owned()).collect())
            .collect();
        let weight = heading::find(&cells, weigh).map_or(0, |heading| weigh(&heading.cells));
        if weight > best.0 {
            best = (weight, sheet);
        }
    }
    Ok(best.1)
}

type Bytes = Cursor<Vec<u8>>;

/// An open workbook.
enum Book {
    Xlsx(Box<Xlsx<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

impl Book {
    fn open(name: &str, bytes: Vec<u8>) -> Result<Book> {
        packed::examine(name, &bytes)?;
        let has = |word: &[u8]| bytes[..bytes.len().min(512)].windows(word.len()).any(|w| w == word);
        Ok(if has(b"opendocument.spreadsheet") {
            Book::Ods(Box::new(open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| damaged(name))?))
        } else {
            Book::Xlsx(Box::new(open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| damaged(name))?))
        })
    }

    fn sheets(&self) -> Vec<String> {
        match self {
            Book::Xlsx(book) => book.sheet_names(),
            Book::Ods(book) => book.sheet_names(),
        }
    }

    /// The first rows of a sheet.
    fn rows(&mut self, name: &str, sheet: &str, most: usize) -> Result<Vec<Row<'static>>> {
        match self {
            Book::Xlsx(book) => of_xlsx(name, book, sheet, most),
            Book::Ods(book) => of_ods(name, book, sheet, most),
        }
    }
}

/// Every text of every sheet, one cell a line: what a search reads.
pub fn every_text(name: &str, bytes: Vec<u8>) -> Result<String> {
    let mut book = Book::open(name, bytes)?;
    let mut text = String::new();
    for sheet in book.sheets() {
        for row in book.rows(name, &sheet, usize::MAX)? {
            text.push_str(&row.cells.join("\t"));
            text.push('\n');
        }
    }
    Ok(text)
}

/// The reader's own words speak of archives and XML to people who speak of tables: they are left out.
fn damaged(name: &str) -> Refusal {
    Refusal::data(text!("le classeur {name} ne peut pas être lu", "the workbook {name} can't be read"))
        .why(text!("le fichier est incomplet ou abîmé", "the file is incomplete or damaged"))
        .hint(text!("Rouvrez-le dans votre tableur et enregistrez-le.", "Open it in your spreadsheet and save it."))
}

fn chosen(name: &str, sheets: &[String], asked: Option<&str>) -> Result<String> {
    let Some(asked) = asked else {
        match sheets.first() {
            Some(first) => return Ok(first.clone()),
            None => bail!(Refusal::data(text!("{name} n'a aucune feuille", "{name} has no sheet"))),
        }
    };
    let folded = folding::fold(asked);
    let exact = sheets.iter().find(|s| *s == asked).or_else(|| sheets.iter().find(|s| folding::fold(s) == folded));
    match exact {
        Some(found) => Ok(found.clone()),
        None => {
            let (list, asked) = (sheets.join(", "), folding::shown(asked));
            bail!(
                Refusal::usage(text!("{name} n'a pas de feuille « {asked} »", "{name} has no sheet “{asked}”"))
                    .hint(text!("Ses feuilles : {list}", "Its sheets: {list}"))
            )
        }
    }
}

fn of_xlsx(name: &str, book: &mut Xlsx<Bytes>, sheet: &str, most: usize) -> Result<Vec<Row<'static>>> {
    // Cell by cell: a sheet whose last cell is far away would take all the memory as a rectangle.
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|_| damaged(name))?;
    let mut rows: Vec<Row<'static>> = Vec::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| damaged(name))? {
        if cell.value == DataRef::Empty && cell.formula.is_none() {
            continue;
        }
        count += 1;
        let (row, column) = cell.pos;
        let data: Data = cell.value.into();
        let line = u64::from(row) + 1;
        put(name, &mut rows, (line, column as usize), &data)?;
        if data == Data::Empty {
            no_result(&mut rows, column as usize);
        }
        if count > CELLS_MAX {
            bail!(Refusal::data(text!("{name} a plus de {CELLS_MAX} cases", "{name} has more than {CELLS_MAX} cells")));
        }
        if rows.len() > most {
            rows.pop();
            break;
        }
    }
    Ok(rows)
}

fn of_ods(name: &str, book: &mut Ods<Bytes>, sheet: &str, most: usize) -> Result<Vec<Row<'static>>> {
    let range = book.worksheet_range(sheet).map_err(|_| damaged(name))?;
    let formulas = book.worksheet_formula(sheet).map_err(|_| damaged(name))?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let has_formula = |row: u32, column: u32| formulas.get_value((row, column)).is_some_and(|f| !f.is_empty());
    let mut rows: Vec<Row<'static>> = Vec::new();
    for (at, cells) in range.rows().enumerate().take(most) {
        let row = top + at as u32;
        for (column, data) in cells.iter().enumerate() {
            let place = left as usize + column;
            let bare = *data == Data::Empty;
            if bare && !has_formula(row, place as u32) {
                continue;
            }
            put(name, &mut rows, (u64::from(row) + 1, place), data)?;
            if bare {
                no_result(&mut rows, place);
            }
        }
    }
    Ok(rows)
}

/// The last row has a formula without its result: it must never look like an empty cell.
fn no_result(rows: &mut [Row<'static>], column: usize) {
    if let Some(row) = rows.last_mut() {
        row.fault = row.fault.take().or(Some(Fault::NoResult(column)));
    }
}

fn put(name: &str, rows: &mut Vec<Row<'static>>, (line, column): (u64, usize), data: &Data) -> Result<()> {
    if column >= COLUMNS_MAX {
        bail!(Refusal::data(text!(
            "{name}, ligne {line} : plus de {COLUMNS_MAX} colonnes",
            "{name}, line {line}: more than {COLUMNS_MAX} columns"
        )));
    }
    if rows.last().is_none_or(|row| row.line != line) {
        rows.push(Row { line, ..Row::default() });
    }
    let Some(row) = rows.last_mut() else { return Ok(()) };
    if row.cells.len() <= column {
        row.cells.resize(column + 1, Cow::Borrowed(""));
    }
    match written(data) {
        Ok(text) => row.cells[column] = Cow::Owned(text),
        Err(error) => {
            row.cells[column] = Cow::Owned(error.clone());
            row.fault = row.fault.take().or(Some(Fault::Error(column, error)));
        }
    }
    Ok(())
}

/// The text of a typed cell, or the error that the spreadsheet shows there.
fn written(data: &Data) -> Result<String, String> {
    Ok(match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => number(*n),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => date(*moment),
        Data::DateTimeIso(text) => text.clone(),
        Data::DurationIso(text) => iso_hours(text),
        Data::Error(error) => return Err(error.to_string()),
    })
}

/// The shortest text of a number; three decimals get a fourth, for `1.234` could be read as a thousand.
fn number(n: f64) -> String {
    let text = format!("{n}");
    match text.split_once('.') {
        // What floating point adds after the digits that a person typed.
        Some((_, decimals)) if decimals.len() > 9 => {
            number_of_digits(format!("{n:.9}").trim_end_matches('0').trim_end_matches('.'))
        }
        _ => number_of_digits(&text),
    }
}

fn number_of_digits(text: &str) -> String {
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{text}0"),
        _ => text.to_owned(),
    }
}

fn date(moment: ExcelDateTime) -> String {
    let value = moment.as_f64();
    // A time without a day is a duration: cells shown as 02:30.
    if moment.is_duration() || (0.0..1.0).contains(&value) {
        return hours(value);
    }
    // Days of 1900 to 2199: outside them it is a number that was given the look of a date.
    if !(1.0..109_575.0).contains(&value) {
        return number(value);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// `PT02H30M00S` as `02h30`; anything else as it is.
fn iso_hours(text: &str) -> String {
    let cut = text.strip_prefix("PT").and_then(|rest| rest.split_once('H'));
    match cut.map(|(hours, rest)| (hours, rest.split_once('M').map_or("00", |(minutes, _)| minutes))) {
        Some((hours, minutes)) => format!("{hours}h{minutes}"),
        None => text.to_owned(),
    }
}

fn hours(days: f64) -> String {
    let minutes = (days * 1440.0).round() as i64;
    format!("{}h{:02}", minutes.div_euclid(60), minutes.rem_euclid(60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn book(build: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        build(book.add_worksheet());
        book.add_worksheet().set_name("Été 2019").unwrap().write(0, 0, "autre").unwrap();
        book.save_to_buffer().unwrap()
    }

    fn rows(name: &str, bytes: Vec<u8>, sheet: Option<&str>) -> Result<(String, Vec<Row<'static>>)> {
        let known = |cells: &[String]| cells.iter().filter(|c| c.as_str() == "Nom").count();
        super::rows(name, bytes, sheet, &known)
    }

    fn texts(rows: &[Row<'_>]) -> Vec<(u64, Vec<String>)> {
        rows.iter().map(|r| (r.line, r.cells.iter().map(|c| c.to_string()).collect())).collect()
    }

    #[test]
    fn typed_cells_become_text_with_one_reading() {
        let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        let time = rust_xlsxwriter::Format::new().set_num_format("[hh]:mm");
        let bytes = book(|sheet| {
            sheet.write(0, 0, "a").unwrap();
            sheet.write(2, 1, 43409).unwrap();
            sheet.write_number_with_format(2, 2, 43409, &day).unwrap();
            sheet.write(2, 3, true).unwrap();
            sheet.write(2, 4, 12.5).unwrap();
            sheet.write(2, 5, 1.234).unwrap();
            sheet.write(2, 6, 0.1 + 0.2).unwrap();
            sheet.write_number_with_format(2, 7, 2.5 / 24.0, &time).unwrap();
        });
        let (name, rows) = rows("x.xlsx", bytes, None).unwrap();
        assert_eq!(name, "Sheet1");
        let cells = ["", "43409", "2018-11-05 00:00:00", "true", "12.5", "1.2340", "0.3", "2h30"];
        assert_eq!(texts(&rows), [(1, vec!["a".to_owned()]), (3, cells.iter().map(|s| (*s).to_owned()).collect())]);
    }

    #[test]
    fn a_sheet_is_found_by_its_name_in_any_case() {
        let bytes = book(|_| {});
        assert_eq!(texts(&rows("x.xlsx", bytes.clone(), Some("ete 2019")).unwrap().1), [(1, vec!["autre".to_owned()])]);
        let refusal = rows("x.xlsx", bytes, Some("Hiver")).unwrap_err().to_string();
        assert!(refusal.contains("Its sheets: Sheet1, Été 2019"), "{refusal}");
    }

    #[test]
    fn the_sheet_whose_header_is_known_is_read() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "Lisez-moi").unwrap();
        book.add_worksheet().set_name("Inscrits").unwrap().write(3, 1, "Nom").unwrap();
        let (name, read) = rows("x.xlsx", book.save_to_buffer().unwrap(), None).unwrap();
        assert_eq!((name.as_str(), read[0].line), ("Inscrits", 4));
    }

    #[test]
    fn a_cell_far_away_takes_no_memory() {
        let bytes = book(|sheet| {
            sheet.write(1_048_575, 3, "z").unwrap();
        });
        assert_eq!(rows("x.xlsx", bytes, None).unwrap().1[0].line, 1_048_576);
        let bytes = book(|sheet| {
            sheet.write(0, 16_383, "z").unwrap();
        });
        assert!(rows("x.xlsx", bytes, None).unwrap_err().to_string().contains("more than 1000 columns"));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(rows("x.xlsx", b"a,b\n1,2".to_vec(), None).unwrap_err().to_string().contains("not a workbook"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damaged_workbooks_never_panic(at in 0usize..6000, byte: u8, cut in 0usize..6000) {
            let mut bytes = book(|sheet| { sheet.write(0, 0, "cohort").unwrap(); });
            let length = bytes.len();
            bytes[at % length] = byte;
            let _ = rows("x.xlsx", bytes.clone(), None);
            bytes.truncate(cut % length);
            let _ = rows("x.xlsx", bytes, None);
        }
    }
}
