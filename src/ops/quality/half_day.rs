//! Rules about half-days, limited to the days of the scope; one finding per participation, however many half-days.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::Text;
use crate::domain::id::CohortId;
use crate::store::CohortSpan;
use crate::store::quality::{Days, MarkSum, Moment, QualityStay, Several};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// Planned half-days, from entry to exit and not after as_of, without a mark. Asked of entrants, and of everybody while
/// a cohort has no mark at all; the half-days of someone who never came are the business of `no_show`.
pub fn unmarked(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let stays = by_cohort(school);
    for cohort in school.cohorts() {
        let Some(stays) = stays.get(&cohort.id) else { continue };
        let days = school.days();
        let planned = school.lookup.planned(cohort.id, days)?;
        let untouched = school.last_mark(cohort.id).is_none();
        for stay in stays.iter().filter(|s| s.first_present.is_some() || untouched) {
            let due = due(&planned, school, stay);
            if due.len() as i64 > school.marks(stay).map_or(0, |m| m.marked)
                && let Some(missing) = without_mark(school, stay, due)?
            {
                let message = several(stay, cohort, missing, UNMARKED);
                let fix = fix::mark(&cohort.code, missing.first);
                found.add(school.about(stay).detail(&cohort.code), message, fix);
            }
        }
    }
    Ok(())
}

fn by_cohort<'a>(school: &'a School<'_>) -> HashMap<CohortId, Vec<&'a QualityStay>> {
    let mut map: HashMap<CohortId, Vec<&QualityStay>> = HashMap::new();
    for (cohort, stay) in school.entered() {
        map.entry(cohort.id).or_default().push(stay);
    }
    map
}

/// The part of a calendar that was planned for a participation.
fn due<'a>(planned: &'a [Moment], school: &School<'_>, stay: &QualityStay) -> &'a [Moment] {
    let from = planned.partition_point(|m| Some(m.date) < stay.entry);
    let to = school.exit(stay).map_or(planned.len(), |exit| planned.partition_point(|m| m.date <= exit));
    planned.get(from..to).unwrap_or(&[])
}

fn without_mark(school: &School<'_>, stay: &QualityStay, due: &[Moment]) -> Result<Option<Several>> {
    let (Some(first), Some(last)) = (due.first(), due.last()) else { return Ok(None) };
    let marked = school.lookup.marked(stay.id, Days { from: first.date, to: last.date })?;
    let mut missing = due.iter().filter(|m| marked.binary_search(m).is_err());
    let Some(first) = missing.next().copied() else { return Ok(None) };
    Ok(Some(Several { count: 1 + missing.count() as i64, first }))
}

/// Excused absences whose reason or paper is not recorded.
pub fn excused_without_reason(school: &School<'_>, found: &mut Findings) -> Result<()> {
    each_sum(school, |cohort, stay, sum| {
        if let Some(bare) = sum.bare {
            let message = several(stay, cohort, bare, BARE);
            let fix = fix::excuse(&stay.slug, bare.first);
            found.add(school.about(stay).detail(&cohort.code), message, fix);
        }
        Ok(())
    })
}

/// Half-days present without the signatures of both trainee and trainer, in a cohort where at least one mark is signed:
/// a school that keeps its signatures on paper only is not asked.
pub fn unsigned(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let mut signing: HashMap<CohortId, bool> = HashMap::new();
    each_sum(school, |cohort, stay, sum| {
        let Some(unsigned) = sum.unsigned else { return Ok(()) };
        let signs = match signing.get(&cohort.id) {
            Some(known) => *known,
            None => school.lookup.has_signatures(cohort.id, school.as_of)?,
        };
        signing.insert(cohort.id, signs);
        if signs {
            let message = several(stay, cohort, unsigned, UNSIGNED);
            let fix = fix::sign();
            found.add(school.about(stay).detail(&cohort.code), message, fix);
        }
        Ok(())
    })
}

/// Hands over the sums of marks of every participation of the scope that has marks.
fn each_sum(school: &School<'_>, mut f: impl FnMut(&CohortSpan, &QualityStay, &MarkSum) -> Result<()>) -> Result<()> {
    for (cohort, stay) in school.entered() {
        if let Some(sum) = school.marks(stay) {
            f(cohort, stay, sum)?;
        }
    }
    Ok(())
}

/// How half-days are spoken of: one and several in French, both in English.
type Words = [&'static str; 3];
const UNMARKED: Words = ["non saisie", "non saisies", "unmarked"];
const BARE: Words = ["justifiée sans motif", "justifiées sans motif", "excused without a reason"];
const UNSIGNED: Words = ["présente non signée", "présentes non signées", "present but not signed"];

/// “Saïd Bensaïd: 3 half-days unmarked, the first on …”.
fn several(stay: &QualityStay, cohort: &CohortSpan, what: Several, [one, many, en]: Words) -> Text {
    let (who, n, code) = (name(stay), what.count, &cohort.code);
    let first = what.first.text();
    if n == 1 {
        return text!(
            "{who} : 1 demi-journée {one}, le {first} ({code})",
            "{who}: 1 half-day {en}, on {first} ({code})";
            first
        );
    }
    text!(
        "{who} : {n} demi-journées {many}, la première le {first} ({code})",
        "{who}: {n} half-days {en}, the first on {first} ({code})";
        first
    )
}
