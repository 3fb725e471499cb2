//! What a person says about the files of an import.

use crate::domain::{Date, Kind, Lang};
use crate::import::columns::dates::DateOrder;
use anyhow::Result;

/// Rows between two looks at the interruption and the progress bar.
pub(super) const SLICE: usize = 2_000;

/// What a person says about the files.
#[derive(Clone)]
pub struct Options<'a> {
    /// `--as`: the kind, guessed from the headers when absent.
    pub kind: Option<Kind>,
    /// `--blank`: an empty cell empties the field instead of leaving it.
    pub empty: EmptyCell,
    /// `--dates`: the order of every date column, worked out when absent.
    pub dates: Option<DateOrder>,
    /// `--skip-bad`: what becomes of the good rows when others are refused.
    pub policy: Policy,
    /// `--map "Colonne=field"`, as (header, field).
    pub map: Vec<(String, String)>,
    /// `--ignore-unknown`: let unknown columns pass.
    pub ignore_unknown: bool,
    /// `--ignore "Colonne"`: let this column pass, by its header or as `#4`.
    pub ignored: Vec<String>,
    /// `--cohort` and `--set FIELD=VALUE`: what the rows say where they say nothing.
    pub constants: Vec<(String, String)>,
    /// `--value FIELD:WORD=VALUE`: what a word of a column means, as (field, word, value).
    pub values: Vec<(String, String, String)>,
    /// Whether other files are imported by the same command.
    pub several: bool,
    /// The cohort of the moment, to propose where a file names none.
    pub cohort: Option<String>,
    /// Today: what decides the century of a year of two digits.
    pub today: Date,
    /// `--sheet`: the sheet of a workbook.
    pub sheet: Option<String>,
    /// `--encoding`.
    pub encoding: Option<String>,
    /// `--sep`.
    pub separator: Option<String>,
    /// How many changed rows a report keeps; all of them with `usize::MAX`.
    pub changes_kept: usize,
    /// The language of the reasons in the file of refused rows.
    pub lang: Lang,
    /// Told how many rows are done and how many there are, every few thousand rows.
    pub progress: &'a dyn Fn(u64, u64),
    /// Asked every few thousand rows; an error stops the work and travels to the caller.
    pub checkpoint: &'a dyn Fn() -> Result<()>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            kind: None,
            empty: EmptyCell::Leaves,
            dates: None,
            policy: Policy::AllOrNothing,
            map: Vec::new(),
            ignore_unknown: false,
            ignored: Vec::new(),
            constants: Vec::new(),
            values: Vec::new(),
            several: false,
            cohort: None,
            today: Date::MAX,
            sheet: None,
            encoding: None,
            separator: None,
            changes_kept: 20,
            lang: Lang::En,
            progress: &|_, _| {},
            checkpoint: &|| Ok(()),
        }
    }
}

/// What an empty cell does to a recorded field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyCell {
    /// Nothing.
    Leaves,
    /// It empties it.
    Blanks,
}

/// What becomes of a file with refused rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// One refused row and nothing is written.
    AllOrNothing,
    /// The good rows are written, the others given back as a file.
    SkipBad,
}
