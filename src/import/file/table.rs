//! A file as header and rows, whatever it came from, read as often as needed without holding its rows.

use super::decode::Source;
use super::rows::{Row, Rows};
use super::workbook;
use crate::domain::Refusal;
use crate::import::columns::header;
use crate::import::file::decode::{self};
use crate::import::file::separator;
use crate::import::options::Options;
use crate::sheet::{needs_guard, unguard};
use crate::text;
use anyhow::{Result, bail};
use std::borrow::Cow;

/// How a file was read: said to people before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Text { text: String, separator: u8, guarded: bool },
    Cells(Vec<Row<'static>>),
}

impl Table {
    /// Reads a source up to its header.
    pub fn open(source: Source, options: &Options<'_>) -> Result<Table> {
        let (name, is_workbook) = (source.name(), source.is_workbook());
        let bytes = decode::bytes(source)?;
        if is_workbook {
            return Table::of_workbook(name, bytes, options);
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
        let separator = match &options.separator {
            Some(word) => separator::asked(word)?,
            None => separator::separator(&decoded.text, &header::is_known),
        };
        let how = How {
            encoding: Some(decoded.encoding),
            sheet: None,
            bom: decoded.bom,
            doubt: decoded.doubt,
            separator: Some(separator::said(separator)),
        };
        // The mark of our own files for spreadsheets, and of no other dialect: byte order mark and semicolon.
        let guarded = how.bom && separator == b';';
        let body = Body::Text { text: decoded.text, separator, guarded };
        Table::headed(name, how, body)
    }

    fn of_workbook(name: String, bytes: Vec<u8>, options: &Options<'_>) -> Result<Table> {
        if options.encoding.is_some() || options.separator.is_some() {
            bail!(Refusal::usage(text!(
                "{name} est un classeur : il n'a ni --encoding ni --sep",
                "{name} is a workbook: it has neither --encoding nor --sep"
            )));
        }
        let (sheet, rows) = workbook::rows(&name, bytes, options.sheet.as_deref())?;
        let how = How { encoding: None, sheet: Some(sheet), bom: false, doubt: None, separator: None };
        Table::headed(name, how, Body::Cells(rows))
    }

    fn headed(name: String, how: How, body: Body) -> Result<Table> {
        let mut table = Table { name, how, header: Vec::new(), body };
        let Some(header) = table.first()? else {
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
        table.header = header;
        Ok(table)
    }

    /// The cells of the first row that has any.
    fn first(&self) -> Result<Option<Vec<String>>> {
        let cells = |row: &Row<'_>| row.cells.iter().map(|c| c.trim().to_owned()).collect();
        match &self.body {
            Body::Cells(rows) => Ok(rows.iter().find(|r| !r.is_blank()).map(cells)),
            Body::Text { text, separator, .. } => {
                let mut rows = Rows::new(text, *separator);
                let mut row = Row::default();
                while rows.next(&mut row)? {
                    if !row.is_blank() {
                        self.take_guards_off(&mut row);
                        return Ok(Some(cells(&row)));
                    }
                }
                Ok(None)
            }
        }
    }

    /// Cuts every row: a quote left open refuses the file before anything else that is wrong with it.
    pub fn cut(&self) -> Result<()> {
        self.walk(&mut |_| Ok(()))
    }

    /// Hands every row after the header to `f`, rows without any content left out.
    pub fn each<'t>(&'t self, f: &mut dyn FnMut(&Row<'t>) -> Result<()>) -> Result<()> {
        let mut header = true;
        self.walk(&mut |row| if std::mem::take(&mut header) { Ok(()) } else { f(row) })
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
