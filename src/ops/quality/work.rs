//! Rules about work after the course: calls that were not made, contracts that nobody confirmed, contracts that overlap.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::closed_list::ClosedList;
use crate::domain::contract::{Word, is_full_time, words};
use crate::domain::followup::{Call, CallStanding, Reached, calls};
use crate::domain::id::StayId;
use crate::store::quality::{Contract, QualityStay};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// An exit whose point of 3, 6 or 12 months passed more than 28 days ago without anybody being reached for it. As in the
/// section `followups`: every exit of someone who came, but a transfer; one finding per point.
pub fn followup_overdue(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let reached = school.lookup.reached(school.as_of)?;
    for (cohort, stay) in school.entered() {
        let Some(exit) = stay.days().left_by(school.as_of) else { continue };
        for call in calls(exit) {
            let Call { point, due_on: due } = call;
            let reached = Reached::from(reached.contains(&(stay.id, point)));
            if call.standing(reached, school.as_of) != CallStanding::Overdue {
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

/// A paid contract whose planned end passed before as_of and of which nothing was said since; as in the list of what is due.
pub fn contract_end_unconfirmed(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let stays = in_scope(school);
    let contracts = school.lookup.contracts(school.as_of)?;
    let words =
        contracts.chunk_by(|a, b| a.person == b.person).flat_map(|of_one| words(of_one, Contract::terms, school.as_of));
    for (contract, end, _) in words.filter(|(_, _, word)| *word == Word::Unconfirmed) {
        let Some(stay) = stays.get(&contract.participation) else { continue };
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
    let full_time = |c: &&Contract| is_full_time(c.kind, c.weekly_minutes);
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
                if !asked || later.term().shared_days(earlier.term()) <= 1 {
                    continue;
                }
                let who = name(stay);
                let (one, two) = (described(earlier), described(later));
                let (day, start) = (later.start.french(), later.start);
                let message = text!(
                    "{who} : deux contrats à temps plein à la fois, {one} et {two}, à partir du {day}",
                    "{who}: two full-time contracts at once, {one} and {two}, from {start}";
                    one, two
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
