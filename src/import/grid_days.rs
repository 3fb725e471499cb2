//! The half-days behind the columns of a grid that name a day without its month, its year or its half: the calendars tell.

use crate::domain::cohort::{Half, SlotKind};
use crate::domain::{Date, Text};
use crate::import::columns::days::DayHeader;
use crate::import::columns::names::Column;
use crate::import::laid_out::LaidOut;
use crate::ops::resolve::World;
use crate::store::Lookup;
use crate::store::attendance::Slot;
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// The half-days of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halves {
    /// None.
    None,
    /// This one, whatever is planned.
    One(Date, Half),
    /// Those planned on a day, with their minutes.
    Planned(Vec<(Date, Half, i64)>),
}

impl Halves {
    /// The mark of each half-day, as a date, a half and the minutes present where they are said.
    ///
    /// # Errors
    /// A length of time that is not that of the whole day: which half is meant is not said.
    pub fn each(self, minutes: Option<u16>) -> Result<Vec<(Date, Half, Option<u16>)>, Text> {
        let halves = match self {
            Halves::None => return Ok(Vec::new()),
            Halves::One(date, half) => return Ok(vec![(date, half, minutes)]),
            Halves::Planned(halves) => halves,
        };
        let whole: i64 = halves.iter().map(|(_, _, minutes)| minutes).sum();
        let minutes = match (minutes, halves.len()) {
            (Some(minutes), 2..) if i64::from(minutes) != whole => {
                return Err(text!(
                    "une durée pour une journée entière : quelle demi-journée ?",
                    "a length of time for a whole day: which half of it?"
                ));
            }
            (Some(_), 2..) | (None, _) => None,
            (minutes, _) => minutes,
        };
        Ok(halves.into_iter().map(|(date, half, _)| (date, half, minutes)).collect())
    }
}

/// The half-days of each such column, by cohort as the file calls it.
#[derive(Debug, Default)]
pub struct GridDays(HashMap<String, HashMap<usize, Result<Halves, Text>>>);

impl GridDays {
    /// What the columns of a grid mean in each cohort that its rows name.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn of(file: &LaidOut, cohorts: &[String], lookup: &Lookup<'_>) -> Result<GridDays> {
        let (mut all, mut world) = (GridDays::default(), World::default());
        for code in cohorts {
            let Some(cohort) = world.cohort(lookup, code)? else { continue };
            let slots = lookup.slots_of(cohort.id)?;
            let columns = all.0.entry(code.clone()).or_default();
            for (at, column) in file.layout.columns.iter().enumerate() {
                let Column::HalfDay(day, half) = column else { continue };
                columns.insert(at, halves(*day, *half, (cohort.start, cohort.end), &slots));
            }
        }
        Ok(all)
    }

    /// The half-days of a column for a cohort.
    ///
    /// # Errors
    /// No day of the cohort is so called, two are, or nothing is planned on it.
    pub fn halves(&self, cohort: &str, at: usize) -> Result<Halves, Text> {
        let Some(columns) = self.0.get(cohort) else {
            return Err(text!("pas de promotion « {cohort} »", "no cohort “{cohort}”"));
        };
        columns.get(&at).cloned().unwrap_or(Ok(Halves::None))
    }
}

type Slots = HashMap<(Date, Half), Slot>;

fn halves(day: DayHeader, half: Option<Half>, span: (Date, Date), slots: &Slots) -> Result<Halves, Text> {
    let date = day.within(span)?;
    if let Some(half) = half {
        return Ok(Halves::One(date, half));
    }
    let mut planned: Vec<(Date, Half, i64)> = slots
        .iter()
        .filter(|((at, _), slot)| *at == date && slot.kind != SlotKind::Cancelled)
        .map(|((at, half), slot)| (*at, *half, slot.minutes))
        .collect();
    planned.sort_unstable();
    if planned.is_empty() {
        return Err(text!("rien n'est prévu le {date}", "nothing is planned on {date}"; date));
    }
    Ok(Halves::Planned(planned))
}
