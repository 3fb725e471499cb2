//! What came of a file: counts, refused rows with what would be right, changed rows old -> new.

use crate::domain::id::RecordId;
use crate::domain::{Kind, Text};
use crate::import::columns::dates::DateOrder;
use crate::import::file::table::How;
use crate::import::notes::Noted;
use crate::ops::{Change, Outcome, Saved, Trouble, Warning};
use std::fmt;

/// A refused cell or row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file.
    pub line: u64,
    /// The field, by machine name.
    pub field: Option<&'static str>,
    /// The column, by its header in the file.
    pub column: Option<String>,
    /// The value, as it stands in the file when the file has it.
    pub value: String,
    /// What is wrong.
    pub what: Text,
    /// What would be right.
    pub right: Option<Text>,
}

/// A row that changed a recorded record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The line of the file.
    pub line: u64,
    /// The record's number, for kinds that have them.
    pub id: Option<RecordId>,
    /// The fields, old and new.
    pub changes: Vec<Change>,
    /// Whether the row also created a participation of the person whom it changes.
    pub joined: bool,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How the file is called.
    pub name: String,
    /// The kind of its records.
    pub kind: Kind,
    /// Whether the kind was guessed from the headers.
    pub guessed: bool,
    /// How it was read.
    pub how: How,
    /// The order of its dates, when it has any.
    pub dates: Option<DateOrder>,
    /// Unknown columns that were let pass.
    pub ignored: Vec<String>,
    /// Rows after the header.
    pub rows: u64,
    /// Records created; marks, in an attendance sheet.
    pub created: u64,
    /// Records changed.
    pub changed: u64,
    /// Records that were so already.
    pub identical: u64,
    /// Refused rows.
    pub refused: u64,
    /// Why, in the order of the file; all of them, or the first [`Report::REFUSALS_KEPT`] rows when nothing is kept anyway.
    pub refusals: Vec<Refused>,
    /// The first changed rows.
    pub changes: Vec<Changed>,
    /// Worth a look.
    pub warnings: Vec<Warning>,
    /// What was understood beyond the letter, by column.
    pub notes: Vec<Noted>,
    /// The lines of totals that were read past.
    pub totals: Vec<u64>,
    /// The words of flags that let every refused row pass, when there are such.
    pub ready: Vec<String>,
    /// The refused rows as a file that can be corrected and imported again; only when bad rows are skipped.
    pub refused_file: Option<Vec<u8>>,
}

impl Report {
    /// Refused cells and rows that a report tells one by one when the whole file is refused anyway.
    pub const REFUSALS_KEPT: usize = 10_000;

    /// Whether the file changes nothing.
    pub fn changes_nothing(&self) -> bool {
        self.created == 0 && self.changed == 0
    }
}

/// Nothing was written because rows were refused: the caller's transaction must not be kept.
#[derive(Debug)]
pub struct Rejected(pub Vec<Report>);

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: u64 = self.0.iter().map(|r| r.refused).sum();
        write!(f, "{refused} refused rows, nothing written")
    }
}

impl std::error::Error for Rejected {}

/// Collects refusals while a file is saved.
struct Refusals {
    all: Vec<Refused>,
    lines: Vec<u64>,
    most: usize,
}

impl Refusals {
    fn new(most: usize) -> Refusals {
        Refusals { all: Vec::new(), lines: Vec::new(), most }
    }
    fn add(&mut self, trouble: Trouble) {
        let line = trouble.line.unwrap_or(0);
        if self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
        self.all.push(Refused {
            line,
            field: trouble.field,
            column: None,
            value: trouble.value,
            what: trouble.what,
            right: trouble.right,
        });
        if self.all.len() > self.most.saturating_mul(2) {
            self.settle();
        }
    }
    fn settle(&mut self) {
        self.all.sort_by_key(|r| r.line);
        self.all.truncate(self.most);
    }
    /// How many lines were refused, and the reasons in the order of the file.
    fn finish(mut self) -> (u64, Vec<Refused>) {
        self.settle();
        self.lines.sort_unstable();
        self.lines.dedup();
        (self.lines.len() as u64, self.all)
    }
}

/// What came of a file so far.
pub(super) struct Tally {
    refusals: Refusals,
    changes: Vec<Changed>,
    changes_kept: usize,
    counts: [u64; 3],
    warnings: Vec<Warning>,
    /// What was understood beyond the letter.
    pub notes: Vec<Noted>,
}

impl Tally {
    /// Nothing yet; how many refusals and changes are told one by one.
    pub fn new(refusals_kept: usize, changes_kept: usize) -> Tally {
        let refusals = Refusals::new(refusals_kept);
        Tally { refusals, changes: Vec::new(), changes_kept, counts: [0; 3], warnings: Vec::new(), notes: Vec::new() }
    }
    /// Notes rows that were refused before they were saved.
    pub fn refuse(&mut self, troubles: Vec<Trouble>) {
        troubles.into_iter().for_each(|trouble| self.refusals.add(trouble));
    }
    /// Notes what came of rows that were saved.
    pub fn take(&mut self, saved: Saved) {
        for (line, id, outcome) in saved.outcomes {
            let at = match outcome {
                Outcome::Created => 0,
                Outcome::Joined(changes) => {
                    self.counts[1] += 1;
                    self.change(Changed { line: line.unwrap_or(0), id, changes, joined: true });
                    0
                }
                Outcome::Changed(changes) => {
                    self.change(Changed { line: line.unwrap_or(0), id, changes, joined: false });
                    1
                }
                Outcome::Identical => 2,
            };
            self.counts[at] += 1;
        }
        self.refuse(saved.troubles);
        self.warnings.extend(saved.warnings);
    }
    fn change(&mut self, changed: Changed) {
        self.changes.push(changed);
        if self.changes.len() > self.changes_kept.saturating_mul(2).saturating_add(16) {
            self.settle();
        }
    }
    /// The first changes in the order of the file, whatever order they came in.
    fn settle(&mut self) {
        self.changes.sort_by_key(|c| c.line);
        self.changes.truncate(self.changes_kept);
    }
    /// Puts everything in a report.
    pub fn finish(mut self, report: &mut Report) {
        self.settle();
        let (lines, refusals) = self.refusals.finish();
        [report.created, report.changed, report.identical] = self.counts;
        report.refused = lines;
        report.refusals = refusals;
        report.changes = self.changes;
        report.warnings = self.warnings;
        report.notes = self.notes;
    }
}
