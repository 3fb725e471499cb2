//! What a command gives back instead of printing: data, sentences, warnings, files written, exit code.

use super::errors::code;
use crate::domain::{Lang, Text};
use crate::ops::written_file::Fate;
use crate::report::page::Heading;
use crate::sheet::Sheet;
use std::path::PathBuf;

/// The data of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// No data: a write, or files written elsewhere.
    #[default]
    Nothing,
    /// One table.
    Sheet(Sheet),
    /// Several tables: one after the other on a screen, one object in JSON, one file each in a folder.
    Sheets(Vec<Sheet>),
    /// A page for people, and the same data as a table for machines.
    Screen(Text, Sheet),
    /// Tables for people, and the same data as one table for machines.
    View(Vec<Sheet>, Sheet),
    /// A page that was asked for: help, a line to paste. It has no other format.
    Page(Text),
}

/// One warning; those of a kind are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Its kind in both languages: `fiche incomplète` / `incomplete record`.
    pub kind: Text,
    /// This one: who, what, and the command that repairs it.
    pub about: Text,
}

/// What a command gives back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The data, for standard output or the file of `-o`.
    pub body: Body,
    /// Tables that a workbook carries behind the data; other formats have no room for them.
    pub beside: Vec<Sheet>,
    /// The sentence that stands for a table without rows.
    pub empty: Option<Text>,
    /// Sentences for the error stream, in order.
    pub said: Vec<Text>,
    /// Why the data were refused, in order, after all else: said even when only errors are.
    pub refusals: Vec<Text>,
    /// Warnings for the error stream.
    pub warnings: Vec<Warning>,
    /// Files the command wrote itself.
    pub written: Vec<(PathBuf, Fate)>,
    /// The parts of the name of a file under `-o DIR/`: period, cohort, what it is.
    pub name: Vec<String>,
    /// The language of the text cells of files, when it is that of a funder; screens keep the person's.
    pub lang: Option<Lang>,
    /// What stands at the top of the page that `-f html` gives, where a command has one of its own.
    pub heading: Option<Heading>,
    /// The exit code when nothing goes wrong afterwards.
    pub code: i32,
}

impl Answer {
    /// An answer with one table.
    pub fn sheet(sheet: Sheet) -> Answer {
        Answer { body: Body::Sheet(sheet), ..Answer::default() }
    }
    /// An answer with several tables.
    pub fn sheets(sheets: Vec<Sheet>) -> Answer {
        Answer { body: Body::Sheets(sheets), ..Answer::default() }
    }
    /// A page for people with the table that machines get.
    pub fn screen(page: Text, data: Sheet) -> Answer {
        Answer { body: Body::Screen(page, data), ..Answer::default() }
    }
    /// Tables for people with the one that machines get.
    pub fn view(tables: Vec<Sheet>, data: Sheet) -> Answer {
        Answer { body: Body::View(tables, data), ..Answer::default() }
    }
    /// A page that was asked for.
    pub fn page(page: Text) -> Answer {
        Answer { body: Body::Page(page), ..Answer::default() }
    }
    /// A write: what changed, before and after, and how to go back.
    pub fn done(sentence: Text) -> Answer {
        Answer::default().say(sentence)
    }
    /// Adds a sentence for the error stream.
    pub fn say(mut self, sentence: Text) -> Answer {
        self.said.push(sentence);
        self
    }
    /// The same with these sentences before those it says already.
    pub fn say_before(mut self, sentences: impl IntoIterator<Item = Text>) -> Answer {
        self.said.splice(0..0, sentences);
        self
    }
    /// The same with these sentences after those it says already.
    pub fn say_after(mut self, sentences: impl IntoIterator<Item = Text>) -> Answer {
        self.said.extend(sentences);
        self
    }
    /// Adds a warning.
    pub fn warn(mut self, kind: Text, about: Text) -> Answer {
        self.warnings.push(Warning { kind, about });
        self
    }
    /// Says what to say instead of a table without rows.
    pub fn when_empty(mut self, sentence: Text) -> Answer {
        self.empty = Some(sentence);
        self
    }
    /// Names the file of `-o DIR/` from its parts, those that are there: period, cohort, what it is.
    pub fn named<S: Into<String>>(mut self, parts: impl IntoIterator<Item = Option<S>>) -> Answer {
        self.name = parts.into_iter().flatten().map(Into::into).collect();
        self
    }
    /// Adds a file that the command wrote itself.
    pub fn wrote(mut self, path: impl Into<PathBuf>, fate: Fate) -> Answer {
        self.written.push((path.into(), fate));
        self
    }
    /// The data refuse something that was nevertheless answered: exit 4.
    pub fn refused(mut self) -> Answer {
        self.code = code::DATA;
        self
    }
    /// Whether there is data without a single row.
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Sheet(sheet) => sheet.rows.is_empty(),
            Body::Sheets(sheets) => sheets.iter().all(|sheet| sheet.rows.is_empty()),
            Body::Screen(_, data) | Body::View(_, data) => data.rows.is_empty(),
            Body::Nothing | Body::Page(_) => false,
        }
    }
}
