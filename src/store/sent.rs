//! Issued reports: what a close kept, the bytes it issued, and its place in time.

use crate::domain::Date;
use crate::domain::id::{CloseId, OpId};
use crate::store::file::open::Store;
use crate::store::journal::tx::Tx;
use crate::store::releases::NewRelease;
use crate::store::rows::rows;
use anyhow::Result;
use rusqlite::{Params, named_params, params};

/// One issued report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// Its number.
    pub number: CloseId,
    /// Code of the funder.
    pub funder: String,
    /// The period as it names folders: `2018-11`.
    pub period: String,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// Nothing dated later counted.
    pub as_of: Date,
    /// The operation that issued it.
    pub op: OpId,
    /// Version of the program.
    pub version: String,
    /// Dialect of the files.
    pub format: String,
    /// Level of the funder then.
    pub level: String,
    /// Counts below this were masked.
    pub threshold: i64,
    /// The settings then, as JSON.
    pub settings: String,
    /// The definitions then, as text.
    pub definitions: String,
    /// Data-quality errors then: rule and count, as JSON.
    pub errors: String,
    /// Those accepted all the same: rule and why, as JSON.
    pub accepted: String,
    /// Fingerprint of its manifest.
    pub manifest: String,
    /// The root of its tree of hashes; nothing where an older program issued it.
    pub root: Option<String>,
    /// What the salts of its lists come from.
    pub seed: Option<String>,
    /// The operation that reopened the period, and why.
    pub reopened: Option<(OpId, String)>,
}

/// A file of an issued report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseFile {
    /// Its name.
    pub name: String,
    /// How many rows of data it holds, for tables.
    pub rows: Option<i64>,
    /// The fingerprint of its bytes.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The figures of a section of an issued report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseSection {
    /// Section.
    pub section: String,
    /// Its figures as printed, packed.
    pub figures: String,
}

/// Who was behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseMembers {
    /// The figure: `entrants`, `monthly:present@2018-11`.
    pub figure: String,
    /// How many units.
    pub units: i64,
    /// The compressed list.
    pub list: Vec<u8>,
    /// The root over its lines; nothing where an older program issued it.
    pub root: Option<String>,
}

/// What a close keeps.
#[derive(Debug, Clone)]
pub struct NewClose {
    /// Its head; number, operation and reopening are not looked at.
    pub head: Close,
    /// The release that it is.
    pub release: NewRelease,
    /// Its files, in order.
    pub files: Vec<CloseFile>,
    /// Its figures, a pack per section.
    pub sections: Vec<CloseSection>,
    /// The people behind them.
    pub members: Vec<CloseMembers>,
}

impl Tx<'_> {
    /// Keeps an issued report; its number.
    pub fn insert_close(&mut self, new: &NewClose) -> Result<CloseId> {
        let number = CloseId::from(self.insert_release(&new.release)?);
        let h = &new.head;
        let (from, to, as_of) = (h.from.days(), h.to.days(), h.as_of.days());
        self.conn.execute(
            include_str!("sql/sent/close_insert.sql"),
            params![
                number,
                h.funder,
                h.period,
                from,
                to,
                as_of,
                self.op,
                h.version,
                h.format,
                h.level,
                h.threshold,
                h.settings,
                h.definitions,
                h.errors,
                h.accepted,
                h.manifest,
                h.root,
                h.seed
            ],
        )?;
        let mut file = self.conn.prepare(include_str!("sql/sent/close_file_insert.sql"))?;
        for (position, f) in new.files.iter().enumerate() {
            file.execute(params![number, position as i64, f.name, f.rows, f.sha256, f.bytes])?;
        }
        let mut section = self.conn.prepare(include_str!("sql/sent/close_section_insert.sql"))?;
        for s in &new.sections {
            section.execute(params![number, s.section, s.figures])?;
        }
        let mut member = self.conn.prepare(include_str!("sql/sent/close_member_insert.sql"))?;
        for m in &new.members {
            member.execute(params![number, m.figure, m.units, m.list, m.root])?;
        }
        drop((file, section, member));
        self.joined("close", "WHERE number = ?1", [number])?;
        for table in ["close_file", "close_section", "close_member"] {
            self.joined(table, "WHERE close = ?1", [number])?;
        }
        self.touched.entry("close").or_default().inserted += 1;
        Ok(number)
    }

    /// Reopens the period of an issued report, which keeps its bytes and its place in the history.
    pub fn reopen_close(&mut self, number: CloseId, why: &str) -> Result<()> {
        self.leaving("close", "WHERE number = ?1", [number])?;
        let bound = named_params! {":number": number, ":op": self.op, ":why": why};
        let changed = self.conn.execute(include_str!("sql/sent/close_reopen.sql"), bound)?;
        self.joined("close", "WHERE number = ?1", [number])?;
        self.touched.entry("close").or_default().updated += changed as i64;
        Ok(())
    }
}

/// The statement that reads those issued reports that fit a condition.
macro_rules! closes {
    ($which:literal) => {
        concat!(include_str!("sql/sent/closes.sql"), $which, "\nORDER BY number")
    };
}

impl Store {
    fn read_closes(&self, sql: &str, params: impl Params) -> Result<Vec<Close>> {
        Ok(rows!(self.conn, sql, params, |number,
                                          funder,
                                          period,
                                          from,
                                          to,
                                          as_of,
                                          op,
                                          version,
                                          format,
                                          level,
                                          threshold,
                                          settings,
                                          definitions,
                                          errors,
                                          accepted,
                                          manifest,
                                          root,
                                          seed,
                                          reopened_by,
                                          reopened_why| {
            let (by, why): (Option<OpId>, Option<String>) = (reopened_by, reopened_why);
            Close {
                number,
                funder,
                period,
                from,
                to,
                as_of,
                op,
                version,
                format,
                level,
                threshold,
                settings,
                definitions,
                errors,
                accepted,
                manifest,
                root,
                seed,
                reopened: by.zip(why),
            }
        }))
    }

    /// Every issued report, oldest first, reopened ones too.
    pub fn closes(&self, funder: Option<&str>) -> Result<Vec<Close>> {
        self.read_closes(closes!("WHERE :funder IS NULL OR funder = :funder"), [funder])
    }

    /// The issued report of a funder for exactly these days that stands.
    pub fn find_close(&self, funder: &str, from: Date, to: Date) -> Result<Option<Close>> {
        let sql = closes!("WHERE funder = :funder AND from_day = :from AND to_day = :to AND reopened_by IS NULL");
        Ok(self.read_closes(sql, params![funder, from.days(), to.days()])?.pop())
    }

    /// The files of an issued report, in order.
    pub fn close_files(&self, close: CloseId) -> Result<Vec<CloseFile>> {
        Ok(rows!(self.conn, include_str!("sql/sent/files.sql"), [close], CloseFile { name, rows, sha256, bytes }))
    }

    /// The figures of an issued report, by section.
    pub fn close_sections(&self, close: CloseId) -> Result<Vec<CloseSection>> {
        Ok(rows!(self.conn, include_str!("sql/sent/sections.sql"), [close], CloseSection { section, figures }))
    }

    /// Who was behind the figures of an issued report.
    pub fn close_members(&self, close: CloseId) -> Result<Vec<CloseMembers>> {
        Ok(rows!(self.conn, include_str!("sql/sent/members.sql"), [close], CloseMembers { figure, units, list, root }))
    }
}
