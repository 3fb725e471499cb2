//! Share of entrants neither in employment nor in education or training.

use super::{Indicator, Page};
use crate::domain::ClosedList;
use crate::domain::trainee::{EntryStatus, YesNo};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};

/// Not in work and not in education over entrants with both answers known.
pub const SHARE_NEET: Indicator = Indicator {
    key: "share_neet",
    label: fixed!("Part de NEET", "Share of NEET"),
    definition: fixed!(
        "Entrants au chômage ou inactifs et hors études, parmi ceux dont les deux réponses sont connues.",
        "Entrants unemployed or inactive and not in education, among those with both answers known.",
    ),
    numerator: fixed!(
        "entrants au chômage ou inactifs et hors études",
        "entrants unemployed or inactive and not in education"
    ),
    page: Page::Reached(80),
    gather: share_neet,
    ..Indicator::share(FigureClass::Outcome)
};

fn share_neet(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.record(&["status_at_entry", "in_education"]));
        let unit = unit.value(part.fact.status_at_entry.map_or(Value::None, |s| Value::Code(s.code())));
        let studies = match part.fact.in_education {
            YesNo::Yes => Some(true),
            YesNo::No => Some(false),
            YesNo::Unknown | YesNo::Refused => None,
        };
        sink(match part.fact.status_at_entry.zip(studies) {
            None => unit.unknown(fixed!("statut ou études non renseignés", "status or education not recorded")),
            Some((status, studies)) => unit.counted_if(
                status != EntryStatus::Employed && !studies,
                fixed!("sans emploi et hors études", "not in work and not in education"),
                fixed!("en emploi ou en études", "in work or in education"),
            ),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn neet_needs_both_answers() {
        let mut school = School::with_p1();
        let rows = [
            (Some(EntryStatus::Unemployed), YesNo::No),
            (Some(EntryStatus::Inactive), YesNo::Yes),
            (Some(EntryStatus::Employed), YesNo::No),
            (Some(EntryStatus::Employed), YesNo::Unknown),
            (None, YesNo::No),
        ];
        for (i, (status, studies)) in rows.into_iter().enumerate() {
            let part = school.enter("P1", &format!("p{i}"), "2018-11-05");
            school.part_mut(part).status_at_entry = status;
            school.part_mut(part).in_education = studies;
        }
        check(&school, "2018-12-01", "share_neet", [1, 3, 0, 2]);
    }
}
