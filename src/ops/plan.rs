//! Filling a cohort's calendar: every weekday that is neither closed nor a public holiday.

use super::request::{Request, Warning};
use super::save::save;
use super::saving::{Saved, Saving};
use crate::domain::Text;
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::kind::slot;
use crate::domain::{Date, Kind, Refusal, Value, holiday};
use crate::store::attendance::Slot;
use crate::store::records::Which;
use crate::store::{CohortSpan, Tx};
use crate::text;
use anyhow::{Result, bail};
use std::collections::{HashMap, HashSet};

/// Days from one to another, both included.
pub type Span = (Date, Date);

/// How a calendar is to be filled.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The halves of each day.
    pub halves: Vec<Half>,
    /// Closed days.
    pub closed: Vec<Span>,
    /// Days in a company.
    pub company: Vec<Span>,
    /// Public holidays worked all the same.
    pub work_holidays: Vec<Date>,
}

/// What filling a calendar came to.
#[derive(Debug, Default)]
pub struct Planned {
    /// Created, changed and identical half-days, and warnings.
    pub saved: Saved,
    /// Half-days removed because the new plan has none there.
    pub removed: usize,
    /// Public holidays left free.
    pub holidays: Vec<Date>,
}

/// Fills the calendar of a cohort; half-days planned before that the plan no longer has go, unless they hold marks.
pub fn plan(tx: &mut Tx<'_>, cohort: &CohortSpan, plan: &Plan, saving: &mut Saving<'_>) -> Result<Planned> {
    let mut planned = Planned::default();
    let mut requests = Vec::new();
    let mut wanted = HashSet::new();
    let within = |spans: &[Span], day: Date| spans.iter().any(|(from, to)| *from <= day && day <= *to);
    let known = tx.lookup().slots_of(cohort.id)?;
    for day in (cohort.start.days()..=cohort.end.days()).map(Date::from_days) {
        if day.weekday() >= 5 || within(&plan.closed, day) {
            continue;
        }
        let worked = plan.work_holidays.contains(&day);
        if holiday::is_public_holiday(day).is_some() && !worked {
            planned.holidays.push(day);
            continue;
        }
        let kind = if within(&plan.company, day) { SlotKind::Company } else { SlotKind::Centre };
        for half in &plan.halves {
            wanted.insert((day, *half));
            requests.push(half_day(cohort, day, *half, kind, &known));
        }
    }
    planned.removed = clear_others(tx, cohort, &wanted)?;
    planned.saved = save(tx, Kind::Slots, &requests, saving)?;
    outside(plan, cohort, &mut planned.saved);
    Ok(planned)
}

/// A half-day planned before keeps its module, trainer and minutes, and stays cancelled when it was.
fn half_day(
    cohort: &CohortSpan,
    day: Date,
    half: Half,
    kind: SlotKind,
    known: &HashMap<(Date, Half), Slot>,
) -> Request {
    let kind = match known.get(&(day, half)) {
        Some(slot) if slot.kind == SlotKind::Cancelled => SlotKind::Cancelled,
        _ => kind,
    };
    let mut request = Request::new(Kind::Slots);
    request
        .give(slot::COHORT, Value::Text(cohort.code.clone()))
        .give(slot::DATE, Value::Date(day))
        .give(slot::HALF, Value::Code(half.code()))
        .give(slot::KIND, Value::Code(kind.code()));
    request
}

fn clear_others(tx: &mut Tx<'_>, cohort: &CohortSpan, wanted: &HashSet<(Date, Half)>) -> Result<usize> {
    let slots = tx.lookup().records(Kind::Slots, Which::Cohort(cohort.id))?;
    let mut gone = Vec::new();
    let mut marked = Vec::new();
    for slot in slots {
        let (Some(id), Some(date), Some(half)) = (slot.id, slot.date(slot::DATE), slot.list::<Half>(slot::HALF)) else {
            continue;
        };
        if wanted.contains(&(date, half)) {
            continue;
        }
        let (count, _) = tx.lookup().marks_on(cohort.id, date, half)?;
        if count > 0 {
            marked.push((date, half, count));
        }
        gone.push(id);
    }
    if !marked.is_empty() {
        bail!(refuse_marked(&marked));
    }
    for id in &gone {
        tx.remove(Kind::Slots, *id, &Default::default())?;
    }
    Ok(gone.len())
}

fn refuse_marked(marked: &[(Date, Half, i64)]) -> Refusal {
    let list = |lang| {
        let few = marked.iter().take(5).map(|(date, half, count)| {
            let day = if lang == crate::domain::Lang::Fr { date.french() } else { date.to_string() };
            format!("{day} {} ({count})", half.label(lang))
        });
        few.collect::<Vec<_>>().join(", ")
    };
    let n = marked.len();
    let list = Text::worded(list);
    Refusal::data(text!(
        "{n} demi-journées portent des présences que ce calendrier effacerait",
        "{n} half-days hold attendance marks that this calendar would lose"
    ))
    .why(text!("{list}", "{list}"; list))
    .hint(text!("Effacez d'abord ces présences, ou gardez ces jours.", "Clear those marks first, or keep those days."))
}

/// Days named that the cohort does not have are worth a look: they were probably mistyped.
fn outside(plan: &Plan, cohort: &CohortSpan, saved: &mut Saved) {
    for (from, to) in plan.closed.iter().chain(&plan.company) {
        if *to < cohort.start || *from > cohort.end {
            saved.warnings.push(Warning {
                code: "days_outside_cohort",
                line: None,
                message: text!(
                    "du {from} au {to} : hors des dates de la promotion",
                    "{from} to {to}: outside the cohort's dates";
                    from, to
                ),
            });
        }
    }
    for day in &plan.work_holidays {
        if holiday::is_public_holiday(*day).is_none() {
            saved.warnings.push(Warning {
                code: "not_a_holiday",
                line: None,
                message: text!("le {day} n'est pas un jour férié", "{day} is not a public holiday"; day),
            });
        }
    }
}
