//! What the section `monthly` says: movements, events and presence of each cohort and month.

use super::quantities::{Belonging, Id, Quantities, Trust};
use super::reading::{Figures, Line};
use crate::domain::{ClosedList, Month};
use crate::report::quantity::{Activity, Kind, What, Whom};
use crate::report::section::head::Head;

const MOVEMENTS: [Activity; 4] = [Activity::Start, Activity::Entries, Activity::Exits, Activity::End];
/// Events that happen to one person each.
pub(super) const EVENTS: [Activity; 6] = [
    Activity::ModulesValidated,
    Activity::CodePassed,
    Activity::LicenceObtained,
    Activity::Interviews,
    Activity::PrehireStarted,
    Activity::ContractsSigned,
];
/// Half-days and hours.
pub(super) const AMOUNTS: [Activity; 8] = [
    Activity::Planned,
    Activity::Present,
    Activity::Excused,
    Activity::Unexcused,
    Activity::Unmarked,
    Activity::HoursCentre,
    Activity::HoursCompany,
    Activity::InterviewHours,
];

/// Reads the section.
pub(super) fn read(quantities: &mut Quantities, figures: Figures<'_>) {
    for line in figures.lines() {
        if let Some(Head::Month(month, of)) = line.head {
            read_line(quantities, line, *month, of);
        }
    }
}

fn read_line(quantities: &mut Quantities, line: Line<'_>, month: Month, of: &Whom) {
    let mut see = |activity: Activity| {
        let quantity = What::Month(activity, month).of(of);
        quantities.see(&quantity, activity.kind(), line, activity.code())
    };
    let moves = MOVEMENTS.map(&mut see);
    let events = EVENTS.map(&mut see);
    let amounts = AMOUNTS.map(&mut see);
    let [start, entries, exits, end] = moves;
    // The people of the row: there at the start of the month or entered in it.
    let people = start.zip(entries).map(|(start, entries)| {
        let value = quantities[start].value.zip(quantities[entries].value).map(|(start, entries)| start + entries);
        quantities.unnamed(Kind::People, value)
    });
    quantities.adds_up(&[start, entries], people, Trust::Sure);
    quantities.adds_up(&[exits, end], people, Trust::Sure);
    for id in moves.into_iter().chain(events).flatten() {
        quantities.total(id, people);
    }
    link_amounts(quantities, line, amounts);
    if let Some(people) = people {
        let all_of = [start, end].into_iter().flatten().collect();
        quantities.belongings.push(Belonging { people, all_of, amounts: amounts.into_iter().flatten().collect() });
    }
}

fn link_amounts(quantities: &mut Quantities, line: Line<'_>, amounts: [Option<Id>; AMOUNTS.len()]) {
    let [planned, present, excused, unexcused, unmarked, ..] = amounts;
    quantities.adds_up(&[present, excused, unexcused, unmarked], planned, Trust::Sure);
    if let (Some(planned), Some(present)) = (planned, present) {
        quantities.derive(line, "attendance_pct", &[planned, present]);
    }
}
