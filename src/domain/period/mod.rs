//! Periods as people type them: `2018-11`, `mois dernier`, `T4 2018`, `nov..déc`, `depuis nov`, a cohort's code.

mod read;
#[cfg(test)]
mod tests;

use super::date::{Date, Month};
use super::day::Lean;
use crate::domain::text::{Lang, Text};
use crate::text;
pub use read::{parse_period, phrases};

/// A period, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What it is, so that files can be named after it.
    pub kind: PeriodKind,
    /// It was relative or partial, so it must be said in full: [`Period::in_full`].
    pub echo: bool,
}

/// What a period is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodKind {
    /// One day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// Any other days.
    Range,
    /// The span of the cohort that has this code.
    Cohort(String),
}

/// The days of a cohort, for periods that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CohortSpan<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
}

/// What reading a period depends on.
#[derive(Debug, Clone, Copy)]
pub struct PeriodContext<'a> {
    /// The day that relative periods count from.
    pub today: Date,
    /// Which day or month is meant without its year.
    pub lean: Lean,
    /// The cohorts that may be named.
    pub cohorts: &'a [CohortSpan<'a>],
    /// The cohort that `cohorte` alone means.
    pub default_cohort: Option<CohortSpan<'a>>,
}

impl PeriodContext<'_> {
    /// Facts up to `today`, without cohorts.
    pub fn past(today: Date) -> Self {
        PeriodContext { today, lean: Lean::Past, cohorts: &[], default_cohort: None }
    }
}

impl Period {
    /// One day.
    pub fn day(date: Date) -> Period {
        Period::spanning(date, date, PeriodKind::Day)
    }
    /// A calendar month.
    pub fn month(month: Month) -> Period {
        Period::spanning(month.first(), month.last(), PeriodKind::Month)
    }
    /// A range, known as a month, quarter or year when it is exactly one; `None` when the end precedes the start.
    pub fn range(from: Date, to: Date) -> Option<Period> {
        if to < from {
            return None;
        }
        let (first, last) = (from.in_month(), to.in_month());
        let whole = from == first.first() && to == last.last();
        let kind = match (last.number() - first.number(), first.number().rem_euclid(12)) {
            (0, _) if whole => PeriodKind::Month,
            (2, 0 | 3 | 6 | 9) if whole => PeriodKind::Quarter,
            (11, 0) if whole => PeriodKind::Year,
            _ if from == to => PeriodKind::Day,
            _ => PeriodKind::Range,
        };
        Some(Period::spanning(from, to, kind))
    }
    fn spanning(from: Date, to: Date, kind: PeriodKind) -> Period {
        let (from, to) = (from.clamp(Date::MIN, Date::MAX), to.clamp(Date::MIN, Date::MAX));
        Period { from, to, kind, echo: false }
    }
    /// Whether a day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
    /// How folders and files are named after it: `2018-11`, `2018-Q4`, `2018`, `2018-11-05_2018-11-20`.
    pub fn file_name(&self) -> String {
        let (year, quarter) = (self.from.year(), self.from.month().div_ceil(3));
        match self.kind {
            PeriodKind::Day => self.from.to_string(),
            PeriodKind::Week => {
                let (year, week) = self.from.iso_week();
                format!("{year}-W{week:02}")
            }
            PeriodKind::Month => self.from.in_month().to_string(),
            PeriodKind::Quarter => format!("{year}-Q{quarter}"),
            PeriodKind::Year => year.to_string(),
            PeriodKind::Range | PeriodKind::Cohort(_) => format!("{}_{}", self.from, self.to),
        }
    }
    /// Its name on screens: `novembre 2018`, `T4 2018`, `01/11/2018 → 20/11/2018`.
    pub fn label(&self) -> Text {
        let (year, quarter) = (self.from.year(), self.from.month().div_ceil(3));
        let days = format!("{} → {}", self.from.french(), self.to.french());
        match &self.kind {
            PeriodKind::Day => Text::same(self.from.french()),
            PeriodKind::Week => {
                let (year, week) = self.from.iso_week();
                text!("semaine {week} de {year}", "week {week} of {year}")
            }
            PeriodKind::Month => {
                let month = self.from.in_month();
                Text::new(month.name(Lang::Fr), month.name(Lang::En))
            }
            PeriodKind::Quarter => text!("T{quarter} {year}", "Q{quarter} {year}"),
            PeriodKind::Year => Text::same(year.to_string()),
            PeriodKind::Range => Text::same(days),
            PeriodKind::Cohort(code) => text!("cohorte {code} ({days})", "cohort {code} ({days})"),
        }
    }
    /// Both its days: `du 01/11/2018 au 30/11/2018`, or the one with its weekday.
    pub fn in_full(&self) -> Text {
        if self.from == self.to {
            return super::day::in_full(self.from);
        }
        let (from, to) = (self.from.french(), self.to.french());
        text!("du {from} au {to}", "from {from} to {to}")
    }
}
