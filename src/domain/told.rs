//! What a report that left the school told of each number: what masking reckons with in every later report.

use crate::domain::id::CohortId;

/// One number of a report that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it counts, by its name without the cohort: `start|2018-11`.
    pub quantity: String,
    /// Of whom.
    pub of: ToldOf,
    /// What its reader was shown of it.
    pub how: How,
    /// What it was then. It never leaves the file: a later report is weighed without counting the past again.
    pub value: i64,
    /// Whether it was protected then: a small count, or a sum of few contributors.
    pub guarded: bool,
}

/// Whose number it is. Cohorts go by their number, so that one under a new code stays itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToldOf {
    /// Of every cohort of the report together: its `*` rows.
    All,
    /// Of the whole report, in sections without cohorts.
    Report,
    /// Of one cohort.
    Cohort(CohortId),
}

/// What the reader of a report was shown of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The number.
    Shown(i64),
    /// That it lies between these two, both included.
    Ranged {
        /// The least that it may be.
        low: i64,
        /// The most.
        high: i64,
    },
    /// Nothing.
    Withheld,
}

/// The numbers as lines of text, as they are kept: quantity, whose, how, value, each parted by a tab.
pub fn write(told: &[Told]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for one in told {
        let _ = match one.of {
            ToldOf::All => write!(out, "{}\t*\t", one.quantity),
            ToldOf::Report => write!(out, "{}\t\t", one.quantity),
            ToldOf::Cohort(id) => write!(out, "{}\t{id}\t", one.quantity),
        };
        let _ = match one.how {
            How::Shown(value) => write!(out, "={value}"),
            How::Ranged { low, high } => write!(out, "{low}..{high}"),
            How::Withheld => write!(out, "c"),
        };
        let _ = writeln!(out, "\t{}{}", one.value, if one.guarded { "\t!" } else { "" });
    }
    out
}

/// Reads the lines back; nothing when one of them cannot be read.
pub fn read(text: &str) -> Option<Vec<Told>> {
    text.lines().map(line).collect()
}

fn line(text: &str) -> Option<Told> {
    let mut words = text.split('\t');
    let quantity = words.next()?.to_owned();
    let of = match words.next()? {
        "*" => ToldOf::All,
        "" => ToldOf::Report,
        number => ToldOf::Cohort(number.parse().ok()?),
    };
    let how = match words.next()? {
        "c" => How::Withheld,
        word => match word.strip_prefix('=') {
            Some(value) => How::Shown(value.parse().ok()?),
            None => {
                let (low, high) = word.split_once("..")?;
                How::Ranged { low: low.parse().ok()?, high: high.parse().ok()? }
            }
        },
    };
    let value = words.next()?.parse().ok()?;
    Some(Told { quantity, of, how, value, guarded: words.next() == Some("!") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_is_read_back_as_it_was_kept() {
        let told =
            |quantity: &str, of, how, value, guarded| Told { quantity: quantity.into(), of, how, value, guarded };
        let cohort = ToldOf::Cohort(CohortId::from_number(12));
        let all = vec![
            told("start|2018-11", ToldOf::All, How::Shown(12), 12, false),
            told("exits|2018-11", cohort, How::Withheld, 2, true),
            told("iae.durable|exit", cohort, How::Ranged { low: 8, high: 11 }, 9, false),
            told("gap", ToldOf::All, How::Ranged { low: -3, high: -1 }, -2, true),
            told("EECO01.women", ToldOf::Report, How::Shown(0), 0, false),
        ];
        assert_eq!(read(&write(&all)), Some(all));
    }

    #[test]
    fn a_damaged_line_is_not_guessed() {
        for damaged in ["start", "start\t*", "start\t*\t=x\t1", "start\tP1\t=1\t1", "start\t*\t1\t1", "start\t*\tc\t"] {
            assert_eq!(read(damaged), None, "{damaged}");
        }
        assert_eq!(read(""), Some(Vec::new()));
    }
}
