//! Issued reports: what a close kept, the bytes it issued, and its place in time.

use crate::domain::Date;
use crate::domain::id::{CloseId, OpId};
use crate::store::file::open::Store;
use crate::store::journal::tx::Tx;
use anyhow::Result;
use rusqlite::{OptionalExtension, Row, params};

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
}

/// What a close keeps.
#[derive(Debug, Clone)]
pub struct NewClose {
    /// Its head; number, operation and reopening are not looked at.
    pub head: Close,
    /// Its files, in order.
    pub files: Vec<CloseFile>,
    /// Its figures, a pack per section.
    pub sections: Vec<CloseSection>,
    /// The people behind them.
    pub members: Vec<CloseMembers>,
}

const COLUMNS: &str = "number, funder, period, from_day, to_day, as_of, op, version, format, level, threshold, settings, \
    definitions, errors, accepted, manifest, reopened_by, reopened_why";

impl Tx<'_> {
    /// Keeps an issued report; its number.
    pub fn insert_close(&mut self, new: &NewClose) -> Result<CloseId> {
        let h = &new.head;
        let (from, to, as_of) = (h.from.days(), h.to.days(), h.as_of.days());
        self.conn.execute(
            include_str!("sql/sent/close_insert.sql"),
            params![
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
                h.manifest
            ],
        )?;
        let number = CloseId::from_number(self.conn.last_insert_rowid());
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
            member.execute(params![number, m.figure, m.units, m.list])?;
        }
        self.touched.entry("close").or_default().inserted += 1;
        Ok(number)
    }

    /// Reopens the period of an issued report, which keeps its bytes and its place in the history.
    pub fn reopen_close(&mut self, number: CloseId, why: &str) -> Result<()> {
        let sql = "UPDATE close SET reopened_by = ?2, reopened_why = ?3 WHERE number = ?1 AND reopened_by IS NULL";
        let changed = self.conn.execute(sql, params![number, self.op, why])?;
        self.touched.entry("close").or_default().updated += changed as i64;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Close> {
    let by: Option<OpId> = row.get(16)?;
    let why: Option<String> = row.get(17)?;
    Ok(Close {
        number: row.get(0)?,
        funder: row.get(1)?,
        period: row.get(2)?,
        from: Date::from_days(row.get(3)?),
        to: Date::from_days(row.get(4)?),
        as_of: Date::from_days(row.get(5)?),
        op: row.get(6)?,
        version: row.get(7)?,
        format: row.get(8)?,
        level: row.get(9)?,
        threshold: row.get(10)?,
        settings: row.get(11)?,
        definitions: row.get(12)?,
        errors: row.get(13)?,
        accepted: row.get(14)?,
        manifest: row.get(15)?,
        reopened: by.zip(why),
    })
}

impl Store {
    /// Every issued report, oldest first, reopened ones too.
    pub fn closes(&self, funder: Option<&str>) -> Result<Vec<Close>> {
        let sql = format!("SELECT {COLUMNS} FROM close WHERE ?1 IS NULL OR funder = ?1 ORDER BY number");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([funder], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The issued report of a funder for exactly these days that stands.
    pub fn find_close(&self, funder: &str, from: Date, to: Date) -> Result<Option<Close>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM close WHERE funder = ?1 AND from_day = ?2 AND to_day = ?3 AND reopened_by IS NULL"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params![funder, from.days(), to.days()], read).optional()?)
    }

    /// The files of an issued report, in order.
    pub fn close_files(&self, number: CloseId) -> Result<Vec<CloseFile>> {
        let sql = "SELECT name, rows, sha256, bytes FROM close_file WHERE close = ?1 ORDER BY position";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([number], |r| {
            Ok(CloseFile { name: r.get(0)?, rows: r.get(1)?, sha256: r.get(2)?, bytes: r.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The figures of an issued report, by section.
    pub fn close_sections(&self, number: CloseId) -> Result<Vec<CloseSection>> {
        let sql = "SELECT section, figures FROM close_section WHERE close = ?1 ORDER BY section";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([number], |r| Ok(CloseSection { section: r.get(0)?, figures: r.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Who was behind the figures of an issued report.
    pub fn close_members(&self, number: CloseId) -> Result<Vec<CloseMembers>> {
        let sql = "SELECT figure, units, list FROM close_member WHERE close = ?1 ORDER BY figure";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement
            .query_map([number], |r| Ok(CloseMembers { figure: r.get(0)?, units: r.get(1)?, list: r.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
