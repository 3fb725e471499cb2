//! The refused rows as a file: the columns as they were and the reason of each, to correct and to import again.

use crate::domain::Lang;
use crate::domain::folding::letters_and_digits;
use crate::import::columns::names::REASON;
use crate::import::file::table::Table;
use crate::import::import_report::Refused;
use crate::sheet::dialect::{Dialect, Holds, Records};
use anyhow::Result;

/// The file, in the dialect of the one that was read: for machines when it had commas, else for spreadsheets.
pub fn file(table: &Table, refusals: &[Refused], lang: Lang) -> Result<Vec<u8>> {
    let mut file = File::new(table)?;
    file.row(&table.header, REASON)?;
    let mut next = refusals.iter().peekable();
    table.each(&mut |row| {
        let mut reasons = Vec::new();
        while let Some(refused) = next.next_if(|r| r.line <= row.line) {
            reasons.push(reason(refused, lang));
        }
        // No cell is added to a row that is too short: it stays so until it is corrected.
        if reasons.is_empty() { Ok(()) } else { file.row(&row.cells, &reasons.join(" ; ")) }
    })?;
    Ok(file.records.finish()?.0)
}

struct File {
    records: Records<Vec<u8>>,
    /// Columns of earlier reasons.
    left_out: Vec<usize>,
}

impl File {
    fn new(table: &Table) -> Result<File> {
        let dialect = if table.for_spreadsheets() { Dialect::CsvFr } else { Dialect::Csv };
        let header = table.header.iter().enumerate();
        let left_out = header.filter(|(_, h)| letters_and_digits(h) == REASON).map(|(at, _)| at).collect();
        Ok(File { records: Records::new(Vec::new(), dialect)?, left_out })
    }

    fn row(&mut self, cells: &[impl AsRef<str>], reason: &str) -> Result<()> {
        let cells = cells.iter().enumerate().filter(|(at, _)| !self.left_out.contains(at)).map(|(_, c)| c.as_ref());
        cells.chain([reason]).try_for_each(|cell| self.records.field(cell, Holds::Text))?;
        self.records.end_row()
    }
}

fn reason(refused: &Refused, lang: Lang) -> String {
    let what = refused.what.get(lang);
    let said = match (refused.column.as_deref().or(refused.field), lang) {
        (Some(place), Lang::Fr) => format!("{place} : {what}"),
        (Some(place), Lang::En) => format!("{place}: {what}"),
        (None, _) => what.to_owned(),
    };
    match &refused.right {
        Some(right) => format!("{said} ({})", right.get(lang)),
        None => said,
    }
}
