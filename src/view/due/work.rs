//! What is due after the course: calls at three, six and twelve months, contracts that end.

use super::{Desk, Due, Task, Urgency, name};
use crate::domain::closed_list::ClosedList;
use crate::domain::id::StayId;
use crate::domain::placement::Point;
use crate::domain::trainee::ExitReason;
use crate::store::quality::QualityStay;
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// Days after a point within which the call is not late.
const WINDOW: i32 = 28;
/// Days ahead in which the end of a contract is near.
const AHEAD: i32 = 30;

/// Points of exits that have come and for which nobody was reached; as in the section `followups`.
pub fn followups(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let reached = desk.lookup.reached(desk.today)?;
    for stay in desk.stays() {
        let came = stay.entry.is_some() && stay.first_present.is_some();
        let left = stay.exit.filter(|exit| *exit <= desk.today && stay.exit_reason != Some(ExitReason::Transferred));
        let (true, Some(exit)) = (came, left) else { continue };
        for point in Point::ALL {
            let when = exit.plus_months(point.months());
            if desk.today < when || reached.contains(&(stay.id, *point)) {
                continue;
            }
            let late = when.plus_days(WINDOW) < desk.today;
            let (who, label) = (name(stay), point.text());
            list.push(Due {
                urgency: if late { Urgency::Late } else { Urgency::Near },
                when,
                task: Task::Followup,
                who: stay.slug.clone(),
                what: text!("{who} : appel à {label}", "{who}: call at {label}"; label),
                command: format!("fil placement follow {} {}{}", stay.slug, point.code(), desk.flag(stay)),
            });
        }
    }
    Ok(())
}

/// Paid contracts that end soon, or whose planned end has passed while nothing was said since.
pub fn contracts(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let stays: HashMap<StayId, &QualityStay> = desk.stays().map(|stay| (stay.id, stay)).collect();
    let contracts = desk.lookup.contracts(desk.today)?;
    for contract in contracts.iter().filter(|contract| contract.kind.is_paid()) {
        let Some(stay) = stays.get(&contract.participation) else { continue };
        let (Some(end), None) = (contract.planned_end, contract.actual_end) else { continue };
        let confirmed = contract.seen_on.is_some_and(|seen| end <= seen && seen <= desk.today);
        // A contract that began later is news of the one before: a mission that became a job.
        let followed = contracts
            .iter()
            .any(|other| other.person == contract.person && contract.start < other.start && other.kind.is_paid());
        let (number, who, label) = (contract.id, name(stay), contract.kind.text());
        let due = |urgency, what, command| Due {
            urgency,
            when: end,
            task: Task::ContractEnd,
            who: stay.slug.clone(),
            what,
            command,
        };
        if end < desk.today && !confirmed && !followed {
            let what = text!("{who} : {label}, fin passée sans nouvelles", "{who}: {label} over, no news"; label);
            list.push(due(Urgency::Late, what, format!("fil placement end {number} --on {end}")));
        } else if desk.today <= end && end <= desk.today.plus_days(AHEAD) {
            let what = text!("{who} : {label}, fin proche", "{who}: {label}, ending soon"; label);
            list.push(due(Urgency::Near, what, format!("fil placement show {number}")));
        }
    }
    Ok(())
}
