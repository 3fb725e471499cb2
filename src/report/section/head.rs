//! What heads a row of figures: with the column, it names the quantity that a cell prints. A row made by a section
//! carries its head to the suppression; that of a row read back from a file is read from its codes.

use crate::closed_list;
use crate::domain::Month;
use crate::report::aftermath::Point;
use crate::report::indicator::counts;
use crate::report::quantity::{Quantity, What, Whom};
use crate::report::situation::Scheme;
use crate::sheet::{Cell, Sheet};
use std::sync::Arc;

closed_list! {
    /// Over which days a figure is counted.
    Span {
        Period = "period", "la période", "the period";
        SinceStart = "since_start", "depuis le début", "since the start";
    }
}

/// What a row of figures is about.
#[derive(Debug, Clone)]
pub enum Head {
    /// A month of a cohort, or of all.
    Month(Month, Whom),
    /// The exits of a cohort, in a scheme, at a point.
    Exits(Scheme, Point, Whom),
    /// An indicator.
    Indicator(counts::Row),
    /// An indicator that this version does not know, by its name: a file of another version.
    Foreign(Arc<str>, Whom),
    /// A line of the ESF+ file.
    Esf(Arc<str>),
    /// A line of the yearly return: its year, then its frame and line.
    Bpf(i32, BpfLine),
    /// The charges over some people.
    Cost(What, Whom),
}

/// A finished section whose rows of figures know what they are about.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The section as it is printed.
    pub sheet: Sheet,
    /// The head of each row; nothing for a row without counts of people, and none at all for a section without any.
    pub heads: Vec<Option<Head>>,
}

impl Counted {
    /// A section without rows yet.
    pub fn new(sheet: Sheet) -> Counted {
        Counted { sheet, heads: Vec::new() }
    }
    /// Adds a row.
    pub fn push(&mut self, head: Option<Head>, row: Vec<Cell>) {
        self.sheet.rows.push(row);
        self.heads.push(head);
    }
}

/// The last line of each frame.
pub const TOTAL: &str = "total";

/// A line of the yearly return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BpfLine {
    /// Its frame.
    pub frame: &'static str,
    /// Its code.
    pub line: Arc<str>,
}

impl BpfLine {
    /// The last line, the same in each frame.
    pub fn total() -> BpfLine {
        BpfLine { frame: "", line: TOTAL.into() }
    }
    /// Whether it is the last line of its frame.
    pub fn is_total(&self) -> bool {
        *self.line == *TOTAL
    }
    /// Its trainees and its hours in a year.
    pub fn quantities(&self, year: i32) -> [Quantity; 2] {
        // The totals of the three frames are one number.
        let line = if self.is_total() { self.line.clone() } else { format!("{}.{}", self.frame, self.line).into() };
        [What::BpfTrainees(year), What::BpfHours(year)].map(|what| what.of_detail(Some(line.clone()), &Whom::Report))
    }
}
