//! A file as header and rows, whatever it came from, read as often as needed without holding its rows.

use super::decode::Source;
use super::heading::{self, Weigh};
use super::rows::{Row, Rows};
use super::workbook;
use crate::domain::Refusal;
use crate::import::columns::days::looks_like_day;
use crate::import::file::decode::{self};
use crate::import::file::separator;
use crate::import::options::Options;
use crate::sheet::{needs_guard, unguard};
use crate::text;
use anyhow::{Result, bail};
use std::borrow::Cow;

/// How a file was read: said to people before anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct How {
    /// `utf-8`, `windows-1252`…; `None` for a workbook.
    pub encoding: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether the text began with a byte order mark.
    pub bom: bool,
    /// Another encoding that the bytes look like.
    pub doubt: Option<&'static str>,
    /// The separator, as said; `None` for a workbook.
    pub separator: Option<&'static str>,
    /// The line of the header, when other lines stand above it.
    pub header_line: Option<u64>,
}

/// What stands above the header for sure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Titles {
    None,
    /// A line `sep=;`.
    Separator,
}

impl From<bool> for Titles {
    fn from(declared: bool) -> Titles {
        if declared { Titles::Separator } else { Titles::None }
    }
}

/// A file with a header.
#[derive(Debug, Clone)]
pub struct Table {
    /// How the file is called.
    pub name: String,
    /// How it was read.
    pub how: How,
    /// The header cells.
    pub header: Vec<String>,
    /// The line of the header, its last one.
    begins: u64,
    /// The lines of totals below the rows, in order: they are read past.
    pub totals: Vec<u64>,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Text { text: String, separator: u8, guarded: bool },
    Cells(Vec<Row<'static>>),
}

impl Table {
    /// Reads a source up to its header, which is the row that weighs most.
    pub fn open(source: Source, options: &Options<'_>, weigh: Weigh<'_>) -> Result<Table> {
        let (name, is_workbook) = (source.name(), source.is_workbook());
        let bytes = decode::bytes(source)?;
        if is_workbook {
            return Table::of_workbook(name, bytes, options, weigh);
        }
        if let Some(sheet) = &options.sheet {
            bail!(
                Refusal::usage(text!(
                    "--sheet {sheet} : {name} n'est pas un classeur",
                    "--sheet {sheet}: {name} is not a workbook"
                ))
                .hint(text!("Un classeur finit par .xlsx ou .ods.", "A workbook ends in .xlsx or .ods."))
            );
        }
        let decoded = decode::decode(bytes, &name, options.encoding.as_deref())?;
        let declared = separator::declared(&decoded.text);
        let separator = match &options.separator {
            Some(word) => separator::asked(word)?,
            None => declared.unwrap_or_else(|| separator::separator(&decoded.text, weigh)),
        };
        let how = How {
            encoding: Some(decoded.encoding),
            bom: decoded.bom,
            doubt: decoded.doubt,
            separator: Some(separator::said(separator)),
            ..How::default()
        };
        // The mark of our own files for spreadsheets, and of no other dialect: byte order mark and semicolon.
        let guarded = how.bom && separator == b';';
        let body = Body::Text { text: decoded.text, separator, guarded };
        Table::headed((name, how, body), Titles::from(declared.is_some()), weigh)
    }

    fn of_workbook(name: String, bytes: Vec<u8>, options: &Options<'_>, weigh: Weigh<'_>) -> Result<Table> {
        if options.encoding.is_some() || options.separator.is_some() {
            bail!(Refusal::usage(text!(
                "{name} est un classeur : il n'a ni --encoding ni --sep",
                "{name} is a workbook: it has neither --encoding nor --sep"
            )));
        }
        let (sheet, rows) = workbook::rows(&name, bytes, options.sheet.as_deref(), weigh)?;
        let how = How { sheet: Some(sheet), ..How::default() };
        Table::headed((name, how, Body::Cells(rows)), Titles::None, weigh)
    }

    fn headed((name, how, body): (String, How, Body), titles: Titles, weigh: Weigh<'_>) -> Result<Table> {
        let mut table = Table { name, how, header: Vec::new(), begins: 0, totals: Vec::new(), body };
        let mut first = table.first_rows(heading::LOOKED_AT + usize::from(titles == Titles::Separator))?;
        if titles == Titles::Separator && !first.is_empty() {
            first.remove(0);
        }
        let cells: Vec<Vec<String>> = first.iter().map(|(_, cells)| cells.clone()).collect();
        let Some(heading) = heading::find(&cells, weigh) else {
            let name = &table.name;
            bail!(
                Refusal::data(text!("{name} est vide", "{name} is empty"))
                    .why(text!("il n'a pas même une ligne d'en-têtes", "it has not even a header row"))
                    .hint(text!(
                        "En-têtes de chaque genre : fil help formats",
                        "Headers of each kind: fil help formats"
                    ))
            );
        };
        table.begins = first[heading.last].0;
        table.how.header_line = (heading.last > 0).then_some(table.begins);
        table.header = heading.cells;
        // The last day of a grid may stand above two columns, the second of them without a header.
        if table.how.separator.is_none() && table.header.last().is_some_and(|h| looks_like_day(h)) {
            table.header.push(String::new());
        }
        Ok(table)
    }

    /// The cells of the first rows that have any, and their lines.
    fn first_rows(&self, most: usize) -> Result<Vec<(u64, Vec<String>)>> {
        let mut found = Vec::new();
        let mut keep = |row: &Row<'_>| {
            found.push((row.line, row.cells.iter().map(|c| c.trim().to_owned()).collect()));
            found.len() < most
        };
        match &self.body {
            Body::Cells(rows) => {
                let _ = rows.iter().filter(|r| !r.is_blank()).all(keep);
            }
            Body::Text { text, separator, .. } => {
                let mut rows = Rows::new(text, *separator);
                let mut row = Row::default();
                loop {
                    match rows.next(&mut row) {
                        Ok(true) if row.is_blank() => {}
                        Ok(true) => {
                            self.take_guards_off(&mut row);
                            if !keep(&row) {
                                break;
                            }
                        }
                        Ok(false) => break,
                        // What is wrong further down is told when the rows are read for good.
                        Err(refusal) if found.is_empty() => bail!(refusal),
                        Err(_) => break,
                    }
                }
            }
        }
        Ok(found)
    }

    /// Cuts every row: a quote left open refuses the file before anything else that is wrong with it.
    pub fn cut(&self) -> Result<()> {
        self.walk(&mut |_| Ok(()))
    }

    /// Hands every row after the header to `f`, rows without any content left out.
    pub fn each<'t>(&'t self, f: &mut dyn FnMut(&Row<'t>) -> Result<()>) -> Result<()> {
        let skipped = |line: u64| line <= self.begins || self.totals.binary_search(&line).is_ok();
        self.walk(&mut |row| if skipped(row.line) { Ok(()) } else { f(row) })
    }

    fn walk<'t>(&'t self, f: &mut dyn FnMut(&Row<'t>) -> Result<()>) -> Result<()> {
        match &self.body {
            Body::Cells(rows) => rows.iter().filter(|r| !r.is_blank()).try_for_each(f),
            Body::Text { text, separator, .. } => {
                let mut rows = Rows::new(text, *separator);
                let mut row = Row::default();
                while rows.next(&mut row)? {
                    if row.is_blank() {
                        continue;
                    }
                    self.take_guards_off(&mut row);
                    f(&row)?;
                }
                Ok(())
            }
        }
    }

    fn take_guards_off(&self, row: &mut Row<'_>) {
        if let Body::Text { guarded: true, .. } = &self.body {
            row.cells.iter_mut().for_each(take_guard_off);
        }
    }

    /// Whether the file is of the dialect for spreadsheets, or a workbook: what is given back should be so too.
    pub fn for_spreadsheets(&self) -> bool {
        self.how.separator != Some(",")
    }
}

/// Takes the guard off cells that only the guard explains: `'t Hooft` keeps its apostrophe.
fn take_guard_off(cell: &mut Cow<'_, str>) {
    let guarded = cell.strip_prefix('\'').is_some_and(needs_guard);
    if guarded {
        *cell = match cell {
            Cow::Borrowed(text) => unguard(text),
            Cow::Owned(text) => Cow::Owned(unguard(text).into_owned()),
        };
    }
}
