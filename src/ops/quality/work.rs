//! Rules about work after the course: calls that were not made, contracts that nobody confirmed, contracts that overlap.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::Date;
use crate::domain::closed_list::ClosedList;
use crate::domain::id::StayId;
use crate::domain::placement::Point;
use crate::store::quality::{Contract, QualityStay};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// Days after a point within which a follow-up is on time.
const WINDOW_DAYS: i32 = 28;
/// Weekly minutes from which a contract is full-time.
const FULL_TIME: i64 = 35 * 60;

/// An exit whose point of 3, 6 or 12 months passed more than 28 days ago without anybody being reached for it. As in the
/// section `followups`: every exit of someone who came, but a transfer; one finding per point.
pub fn followup_overdue(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let reached = school.lookup.reached(school.as_of)?;
    for (cohort, stay) in school.entered() {
        let Some(exit) = school.true_exit(stay) else { continue };
        for &point in Point::ALL {
            let due = exit.plus_months(point.months());
            if due.plus_days(WINDOW_DAYS) >= school.as_of || reached.contains(&(stay.id, point)) {
                continue;
            }
            let (who, day, label) = (name(stay), due.french(), point.text());
            let message = text!(
                "{who} : point à {label} du {day} sans réponse connue",
                "{who}: nothing known for the point at {label}, {due}";
                label
            );
            let mut about = school.about(stay).detail(format!("{} {}", cohort.code, point.code()));
            about.place.number = i64::from(point.months());
            found.add(about, message, fix::follow(&stay.slug, &cohort.code, point.code()));
        }
    }
    Ok(())
}

/// A paid contract whose planned end passed before as_of without a real end, and that nobody saw on that end or later.
pub fn contract_end_unconfirmed(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let stays = in_scope(school);
    for contract in school.lookup.contracts(school.as_of)?.iter().filter(|c| c.kind.is_paid()) {
        let Some(stay) = stays.get(&contract.participation) else { continue };
        let Some(end) = contract.planned_end.filter(|end| *end < school.as_of) else { continue };
        let seen = contract.seen_on.is_some_and(|seen| end <= seen && seen <= school.as_of);
        if contract.actual_end.is_some() || seen {
            continue;
        }
        let (who, day, what) = (name(stay), end.french(), described(contract));
        let message = text!(
            "{who} : {what}, fin prévue le {day}, rien n'est dit depuis",
            "{who}: {what}, planned to end on {end}, nothing said since";
            what
        );
        let fix = fix::set_placement(contract.id, &format!("actual_end={end}"));
        found.add(school.about(stay).record("placement", contract.id), message, fix);
    }
    Ok(())
}

fn in_scope<'a>(school: &'a School<'_>) -> HashMap<StayId, &'a QualityStay> {
    school.everybody.iter().filter(|s| school.holds(s.cohort)).map(|s| (s.id, s)).collect()
}

fn described(contract: &Contract) -> crate::domain::Text {
    let label = contract.kind.text();
    match &contract.company {
        Some(company) => text!("{label} {company}", "{label} {company}"; label),
        None => text!("{label}", "{label}"; label),
    }
}

/// Two paid full-time contracts of one person that share more than a day; 35 hours a week or hours not said. A
/// finding per pair, under the later contract; it is enough that one of the two lies in the scope.
pub fn paid_overlap(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let stays: HashMap<StayId, &QualityStay> = school.everybody.iter().map(|s| (s.id, s)).collect();
    let full_time = |c: &&Contract| c.kind.is_paid() && c.weekly_minutes.is_none_or(|m| m >= FULL_TIME);
    let contracts = school.lookup.contracts(school.as_of)?;
    let contracts: Vec<&Contract> = contracts.iter().filter(full_time).collect();
    for of_one in contracts.chunk_by(|a, b| a.person == b.person) {
        for (at, later) in of_one.iter().enumerate() {
            for earlier in &of_one[..at] {
                let (Some(stay), Some(other)) = (stays.get(&later.participation), stays.get(&earlier.participation))
                else {
                    continue;
                };
                let asked = school.holds(stay.cohort) || school.holds(other.cohort);
                let days = end(earlier).min(end(later)).days() - later.start.days() + 1;
                if !asked || days <= 1 {
                    continue;
                }
                let who = name(stay);
                let (one, two) = (described(earlier), described(later));
                let (fr1, fr2, en1, en2) = (one.fr, two.fr, one.en, two.en);
                let (day, start) = (later.start.french(), later.start);
                let message = text!(
                    "{who} : deux contrats à temps plein à la fois, {fr1} et {fr2}, à partir du {day}",
                    "{who}: two full-time contracts at once, {en1} and {en2}, from {start}"
                );
                let last = later.start.plus_days(-1).max(earlier.start);
                let fix = fix::set_placement(earlier.id, &format!("actual_end={last}"));
                let about = school.about(stay).record("placement", later.id);
                found.add(about.detail(format!("/ placement {}", earlier.id)), message, fix);
            }
        }
    }
    Ok(())
}

fn end(contract: &Contract) -> Date {
    contract.actual_end.or(contract.planned_end).unwrap_or(Date::MAX)
}
