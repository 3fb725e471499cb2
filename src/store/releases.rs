//! Releases: every report that left the school, what it was made of and what it told.

use crate::closed_list;
use crate::domain::id::{CohortId, OpId, ReleaseId};
use crate::domain::{ClosedList, Date};
use crate::store::file::open::Store;
use crate::store::journal::tx::Tx;
use crate::store::rows::rows;
use anyhow::Result;
use rusqlite::{OptionalExtension, Params, named_params, params};

closed_list! {
    /// What a release is.
    ReleaseKind {
        Export = "export", "envoi provisoire", "provisional report";
        Close = "close", "rapport clos", "closed report";
    }
}

/// A report that left the school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number; that of a close is the number of the close.
    pub number: ReleaseId,
    /// What it is.
    pub kind: ReleaseKind,
    /// Code of the funder.
    pub funder: String,
    /// The period as it names folders: `2018-11`.
    pub period: String,
    /// The period in the words of the report.
    pub label: String,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// Nothing dated later counted.
    pub as_of: Date,
    /// The operation that recorded it.
    pub op: OpId,
    /// Version of the program.
    pub version: String,
    /// Dialect of its tables, or `html` where a page went with them.
    pub format: String,
    /// Level of the funder then.
    pub level: String,
    /// Counts below this were masked.
    pub threshold: i64,
    /// The settings then, as JSON.
    pub settings: String,
    /// The fingerprint of its layout; nothing for the built-in one.
    pub template: Option<String>,
    /// The name of its folder.
    pub folder: String,
    /// The fingerprint of everything that its figures and words came from.
    pub data: String,
    /// The fingerprint of its manifest.
    pub manifest: String,
    /// The cohorts behind its `*` rows; nothing where an older program sent it.
    pub cohorts: Option<Vec<CohortId>>,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFile {
    /// Its name.
    pub name: String,
    /// How many rows of data it holds, for tables.
    pub rows: Option<i64>,
    /// The fingerprint of its bytes.
    pub sha256: String,
}

/// A release to record.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// Its head; number and operation are not looked at.
    pub head: Release,
    /// Its files, in order; none for a close, which keeps them with their bytes.
    pub files: Vec<ReleaseFile>,
    /// What it told of each number, packed.
    pub told: Vec<u8>,
}

/// What makes two releases one: the same question, asked of the same data.
#[derive(Debug, Clone, Copy)]
pub struct SameRelease<'a> {
    /// Code of the funder.
    pub funder: &'a str,
    /// First and last day of the period.
    pub days: (Date, Date),
    /// Nothing dated later counted.
    pub as_of: Date,
    /// The fingerprint of its layout.
    pub template: Option<&'a str>,
    /// The fingerprint of its data.
    pub data: &'a str,
}

impl Tx<'_> {
    /// Records a release; its number.
    pub fn insert_release(&mut self, new: &NewRelease) -> Result<ReleaseId> {
        let h = &new.head;
        let cohorts = h.cohorts.as_ref().map(|ids| ids.iter().map(|id| id.number()).collect::<Vec<_>>());
        self.conn.execute(
            include_str!("sql/sent/release_insert.sql"),
            named_params! {
                ":kind": h.kind.code(),
                ":funder": h.funder,
                ":period": h.period,
                ":label": h.label,
                ":from": h.from.days(),
                ":to": h.to.days(),
                ":as_of": h.as_of.days(),
                ":op": self.op,
                ":version": h.version,
                ":format": h.format,
                ":level": h.level,
                ":threshold": h.threshold,
                ":settings": h.settings,
                ":template": h.template,
                ":folder": h.folder,
                ":cohorts": cohorts.as_ref().map(serde_json::to_string).transpose()?,
                ":data": h.data,
                ":manifest": h.manifest,
                ":told": new.told,
            },
        )?;
        let number = ReleaseId::from_number(self.conn.last_insert_rowid());
        let mut file = self.conn.prepare(include_str!("sql/sent/release_file_insert.sql"))?;
        for (position, f) in new.files.iter().enumerate() {
            file.execute(params![number, position as i64, f.name, f.rows, f.sha256])?;
        }
        drop(file);
        self.joined("release", "WHERE number = ?1", [number])?;
        self.joined("release_file", "WHERE release = ?1", [number])?;
        self.touched.entry("release").or_default().inserted += 1;
        Ok(number)
    }
}

/// The statement that reads those releases that fit a condition.
macro_rules! releases {
    ($which:literal) => {
        concat!(include_str!("sql/sent/releases.sql"), $which, "\nORDER BY number")
    };
}

impl Store {
    fn read_releases(&self, sql: &str, params: impl Params) -> Result<Vec<Release>> {
        Ok(rows!(self.conn, sql, params, |number,
                                          kind,
                                          funder,
                                          period,
                                          label,
                                          from,
                                          to,
                                          as_of,
                                          op,
                                          version,
                                          format,
                                          level,
                                          threshold,
                                          settings,
                                          template,
                                          folder,
                                          cohorts,
                                          data,
                                          manifest| {
            let cohorts: Option<String> = cohorts;
            let cohorts: Option<Vec<i64>> = cohorts.as_deref().map(serde_json::from_str).transpose()?;
            Release {
                number,
                kind,
                funder,
                period,
                label,
                from,
                to,
                as_of,
                op,
                version,
                format,
                level,
                threshold,
                settings,
                template,
                folder,
                data,
                manifest,
                cohorts: cohorts.map(|ids| ids.into_iter().map(CohortId::from_number).collect()),
            }
        }))
    }

    /// Every release, oldest first.
    pub fn releases(&self, funder: Option<&str>) -> Result<Vec<Release>> {
        self.read_releases(releases!("WHERE :funder IS NULL OR funder = :funder"), [funder])
    }

    /// One release by its number.
    pub fn release(&self, number: ReleaseId) -> Result<Option<Release>> {
        Ok(self.read_releases(releases!("WHERE number = :number"), [number])?.pop())
    }

    /// The last provisional release that is this one.
    pub fn same_release(&self, same: &SameRelease<'_>) -> Result<Option<Release>> {
        let sql = releases!(
            "WHERE kind = 'export' AND funder = :funder AND from_day = :from AND to_day = :to AND as_of = :as_of
  AND template IS :template AND data = :data"
        );
        let (from, to) = same.days;
        let params = named_params! {
            ":funder": same.funder,
            ":from": from.days(),
            ":to": to.days(),
            ":as_of": same.as_of.days(),
            ":template": same.template,
            ":data": same.data,
        };
        Ok(self.read_releases(sql, params)?.pop())
    }

    /// The files of a release, in order.
    pub fn release_files(&self, release: ReleaseId) -> Result<Vec<ReleaseFile>> {
        let sql = include_str!("sql/sent/release_files.sql");
        Ok(rows!(self.conn, sql, [release], ReleaseFile { name, rows, sha256 }))
    }

    /// What a release told of each number, packed; nothing where an older program sent it and kept only the files.
    pub fn told(&self, release: ReleaseId) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT told FROM release WHERE number = ?1";
        let kept = self.conn.prepare_cached(sql)?.query_row([release], |row| row.get(0)).optional()?;
        Ok(kept.flatten())
    }
}
