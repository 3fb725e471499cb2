//! Files of an export read back as their reader gets them, so that they can be examined before they are sent.

use crate::domain::Lang;
use crate::sheet::dialect::{self, Dialect, Written};
use crate::sheet::{Column, Format, Sheet, needs_guard};

/// A table as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reread {
    /// The headers.
    pub headers: Vec<String>,
    /// The rows, cells as written.
    pub rows: Vec<Vec<String>>,
    dialect: Dialect,
}

/// Reads a file in one of the two dialects; nothing when it is not such a table.
pub fn reread(bytes: &[u8], format: Format) -> Option<Reread> {
    let dialect = format.dialect()?;
    let Written { headers, rows } = dialect::read(bytes, dialect)?;
    Some(Reread { headers, rows, dialect })
}

impl Reread {
    /// The table as the section `like` holds it, and the headers that the section does not have.
    pub fn sheet(&self, like: &Sheet) -> (Sheet, Vec<&str>) {
        let known: Vec<Option<&Column>> = self.headers.iter().map(|header| column(like, header)).collect();
        let strange = known.iter().zip(&self.headers).filter(|(c, _)| c.is_none()).map(|(_, h)| h.as_str()).collect();
        let mut sheet = Sheet::new(like.key.clone(), known.iter().flatten().map(|c| (*c).clone()).collect());
        for row in &self.rows {
            let cells = known.iter().zip(row).filter(|(column, _)| column.is_some());
            sheet.rows.push(cells.map(|(_, text)| dialect::cell(text, self.dialect)).collect());
        }
        (sheet, strange)
    }

    /// The cells that a spreadsheet would run: row and column, from 0. Only the dialect for spreadsheets guards them.
    pub fn formulas(&self) -> Vec<(usize, usize)> {
        let runs = |text: &str| !text.starts_with('\'') && needs_guard(text) && !is_number(text);
        let places = self.rows.iter().enumerate().flat_map(|(at, row)| row.iter().enumerate().map(move |c| (at, c)));
        let found = places.filter(|(_, (_, text))| self.dialect == Dialect::CsvFr && runs(text));
        found.map(|(at, (column, _))| (at, column)).collect()
    }
}

fn column<'a>(like: &'a Sheet, header: &str) -> Option<&'a Column> {
    let named = |c: &&Column| c.key == header || c.header.get(Lang::Fr) == header || c.header.get(Lang::En) == header;
    like.columns.iter().find(named)
}

/// A negative number is no formula.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == ',')
        && digits.matches(',').count() <= 1
}

/// The machine name of a header, when the section has it; else the header itself.
pub fn machine_name<'a>(like: Option<&'a Sheet>, header: &'a str) -> &'a str {
    like.and_then(|sheet| column(sheet, header)).map_or(header, |c| c.key)
}

/// A text that is no table, a line a row.
pub fn lines(text: &str) -> Reread {
    let rows = text.lines().map(|line| vec![line.to_owned()]).collect();
    Reread { headers: vec![String::new()], rows, dialect: Dialect::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Cell, ColumnKind};

    #[test]
    fn headers_of_both_dialects_lead_to_the_same_columns() {
        let number = |key, fr, en| Column::new(key, fr, en, ColumnKind::Number);
        let like = Sheet::new("esf", vec![number("women", "Femmes", "Women"), number("men", "Hommes", "Men")]);
        for (file, format) in
            [("men,women,x\n3,c,\n", Format::Csv), ("\u{feff}Hommes;Femmes;x\r\n3;c;\r\n", Format::CsvFr)]
        {
            let table = reread(file.as_bytes(), format).unwrap();
            let (sheet, strange) = table.sheet(&like);
            assert_eq!(sheet.columns.iter().map(|c| c.key).collect::<Vec<_>>(), ["men", "women"]);
            assert_eq!(sheet.rows, [[Cell::Text("3".to_owned()), Cell::Masked]]);
            assert_eq!(strange, ["x"]);
        }
        assert_eq!(reread(b"a,b\n1\n", Format::Csv), None);
    }

    #[test]
    fn only_unguarded_formulas_of_the_spreadsheet_dialect_are_found() {
        let file = "a;b\n=1+1;-3,5\n'=1+1;-3+2\n@x;2018-11\n";
        let found = reread(file.as_bytes(), Format::CsvFr).unwrap().formulas();
        assert_eq!(found, [(0, 0), (1, 1), (2, 0)]);
        assert_eq!(reread(b"a,b\n=1+1,-2\n", Format::Csv).unwrap().formulas(), []);
    }
}
