//! Rules of a cohort, its modules and its calendar.

use super::Check;
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::id::CohortId;
use crate::domain::kind::{FieldAt, cohort, module, slot};
use crate::domain::{Date, Record, Text};
use crate::ops::request::spoken;
use crate::ops::resolve::Found;
use crate::store::Lookup;
use crate::text;
use anyhow::Result;

/// A cohort's dates are in order and hold everybody's entry and exit.
pub fn cohort(lookup: &Lookup<'_>, new: &Record, old: Option<&Record>, check: &mut Check) -> Result<()> {
    let (Some(start), Some(end)) = (new.date(cohort::START), new.date(cohort::END)) else { return Ok(()) };
    let (s, e) = (start.french(), end.french());
    if end < start {
        check.refuse_with(
            cohort::END,
            end.to_string(),
            text!("la fin ({e}) précède le début ({s})", "the end ({end}) is before the start ({start})"),
            text!("une fin le {s} ou après", "an end on {start} or later"),
        );
    }
    code(new, cohort::COHORT, check);
    let Some(id) = old.and_then(|o| o.id) else { return Ok(()) };
    let outside = |d: Option<Date>| d.is_some_and(|d| d < start || d > end);
    let left_out =
        lookup.stays_in(CohortId::of(id))?.into_iter().filter(|s| outside(s.entry) || outside(s.exit)).count();
    if left_out > 0 {
        check.conflict(
            text!(
                "{left_out} entrées ou sorties tombent hors du {s} au {e}",
                "{left_out} entries or exits fall outside {start} to {end}"
            ),
            text!(
                "corrigez d'abord ces stagiaires, ou élargissez les dates",
                "correct those trainees first, or widen the dates"
            ),
        );
    }
    Ok(())
}

/// Codes are separated by `|` in files and `*` is the row over all cohorts.
fn code(new: &Record, field: FieldAt, check: &mut Check) {
    let Some(code) = new.text(field) else { return };
    if code == "*" || code == "all" || code.contains('|') {
        check.refuse(
            field,
            code.to_owned(),
            text!("ce code est réservé, ou contient « | »", "this code is reserved, or holds “|”"),
        );
    }
}

/// A module's code can't be one of the words that mean the driving licence.
pub fn module(new: &Record, check: &mut Check) -> Result<()> {
    let Some(code) = new.text(module::MODULE) else { return Ok(()) };
    if ["code", "conduite"].contains(&crate::domain::folding::fold(code).as_str()) {
        check.refuse_with(
            module::MODULE,
            code.to_owned(),
            text!("ce mot désigne le permis", "this word means the driving licence"),
            text!("un autre code, par exemple ETG", "another code, for example ETG"),
        );
    }
    Ok(())
}

/// A half-day with marks on it is neither cancelled nor made shorter than they are.
pub fn slot(lookup: &Lookup<'_>, new: &Record, old: Option<&Record>, found: &Found, check: &mut Check) -> Result<()> {
    let (Some(date), Some(half)) = (new.date(slot::DATE), new.list::<Half>(slot::HALF)) else { return Ok(()) };
    unusual_day(new, date, found, check);
    let (Some(old), Some(cohort)) = (old, found.links.cohort) else { return Ok(()) };
    let (Some(old_date), Some(old_half)) = (old.date(slot::DATE), old.list::<Half>(slot::HALF)) else { return Ok(()) };
    let (count, longest) = lookup.marks_on(cohort, old_date, old_half)?;
    if count == 0 {
        return Ok(());
    }
    let day = old_date.french();
    let what = |fr: &str, en: &str| {
        text!(
            "{count} présences sont déjà saisies le {day} : {fr}",
            "{count} attendance marks are already entered on {old_date}: {en}"
        )
    };
    let moved = (old_date, old_half) != (date, half);
    if moved || new.list::<SlotKind>(slot::KIND) == Some(SlotKind::Cancelled) {
        let what = what(
            "la demi-journée ne peut être ni annulée ni déplacée",
            "the half-day can be neither cancelled nor moved",
        );
        check.refuse_with(
            slot::KIND,
            spoken(&slot::KIND, new.get(slot::KIND)).en.into_owned(),
            what,
            clear_first(old_date),
        );
    } else if new.int(slot::MINUTES).is_some_and(|m| m < longest) {
        let what = what("elle ne peut être plus courte qu'elles", "it cannot be shorter than they are");
        check.refuse_with(slot::MINUTES, new.int(slot::MINUTES).unwrap_or(0).to_string(), what, clear_first(old_date));
    }
    Ok(())
}

fn clear_first(date: Date) -> Text {
    text!(
        "effacez-les d'abord : fil progress clear QUI --on {date}",
        "clear them first: fil progress clear WHO --on {date}"
    )
}

fn unusual_day(new: &Record, date: Date, found: &Found, check: &mut Check) {
    if new.list::<SlotKind>(slot::KIND) == Some(SlotKind::Cancelled) {
        return;
    }
    let day = date.french();
    if let Some(holiday) = crate::domain::holiday::is_public_holiday(date) {
        check.warn(
            "slot_on_holiday",
            text!(
                "demi-journée un jour férié : {day} ({holiday})",
                "half-day on a public holiday: {date} ({holiday})";
                holiday
            ),
        );
    } else if date.weekday() >= 5 {
        check.warn("slot_on_weekend", text!("demi-journée un week-end : {day}", "half-day on a weekend: {date}"));
    }
    if found.cohort.as_ref().is_some_and(|c| date < c.start || date > c.end) {
        check.warn(
            "slot_outside_cohort",
            text!("demi-journée hors des dates de la promotion : {day}", "half-day outside the cohort's dates: {date}"),
        );
    }
}
