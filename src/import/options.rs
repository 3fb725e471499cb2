//! What a person says about the files of an import.

use crate::domain::{Kind, Lang};
use crate::import::columns::dates::DateOrder;
use anyhow::Result;

/// Rows between two looks at the interruption and the progress bar.
pub(super) const SLICE: usize = 2_000;

/// What a person says about the files.
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
