//! What every writer of tables is given and gives back: how to draw, one table or several, bytes and remarks.

use super::Sheet;
use crate::domain::{Lang, Text};

/// How wide a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Nothing is hidden: a pipe, a file, `--wide`.
    Unlimited,
    /// This many display cells.
    Columns(u16),
}

/// Where a table goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A person looks at it: with title and footer.
    Terminal,
    /// A pipe or a file: the header and one record per line, nothing else.
    Pipe,
}

/// Which signs the program may add of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// `—`, `⏎` and narrow no-break spaces.
    Unicode,
    /// `--ascii`: `-`, a space, and no thousands separator.
    Ascii,
}

/// How to draw; machine formats look at the language only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Language of headers and words: see [`Format::lang`](super::Format::lang).
    pub lang: Lang,
    /// Room of a table.
    pub width: Width,
    /// Destination of a table.
    pub place: Place,
    /// Signs of a table.
    pub charset: Charset,
}

impl Style {
    /// For a pipe or a file: nothing hidden, nothing added.
    pub fn pipe(lang: Lang) -> Style {
        Style { lang, width: Width::Unlimited, place: Place::Pipe, charset: Charset::Unicode }
    }
    /// For a terminal of so many columns.
    pub fn terminal(lang: Lang, columns: u16) -> Style {
        Style { width: Width::Columns(columns), place: Place::Terminal, ..Style::pipe(lang) }
    }
}

/// The tables of one output.
#[derive(Debug, Clone, Copy)]
pub enum Tables<'a> {
    /// One table, as it is.
    One(&'a Sheet),
    /// Several tables, each under its title or key, even when there is only one of them.
    Several(&'a [Sheet]),
}

impl<'a> Tables<'a> {
    /// All of them, in order.
    pub fn all(self) -> &'a [Sheet] {
        match self {
            Tables::One(sheet) => std::slice::from_ref(sheet),
            Tables::Several(sheets) => sheets,
        }
    }
}

/// Bytes ready to be written, and what the person should be told on stderr.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The output.
    pub bytes: Vec<u8>,
    /// `csv-fr`: cells that got a leading `'`.
    pub guarded: usize,
    /// `table`: headers of the columns that did not fit.
    pub hidden: Vec<String>,
}

impl From<Vec<u8>> for Rendered {
    fn from(bytes: Vec<u8>) -> Rendered {
        Rendered { bytes, ..Rendered::default() }
    }
}

/// The language of a format when nobody asks for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// That of the messages: it is read on a screen.
    Screen,
    /// Always the same, so that files do not depend on the machine.
    Fixed(Lang),
}

/// What one file of a format holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// One table.
    OneTable,
    /// Several tables one after the other.
    SeveralTables,
    /// Several sheets, in bytes that no terminal can show.
    Workbook,
}

/// Turns tables into bytes.
pub type Write = fn(Tables<'_>, &Style) -> anyhow::Result<Rendered>;

/// A format of output, as its row of the table of formats declares it.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// The words after `-f`; the first is its name.
    pub names: &'static [&'static str],
    /// The extension of its files, without the dot.
    pub extension: &'static str,
    /// What it is for, in the help of formats.
    pub about: &'static Text,
    /// The language of its headers and words.
    pub wording: Wording,
    /// How many tables a file holds.
    pub capacity: Capacity,
    /// Its writer.
    pub write: Write,
}
