//! Entrants who had an interview in every full month of presence.

use super::counts::{Counts, DEN, ENTRANTS, Relation};
use super::{Indicator, Page};
use crate::domain::facts::InterviewFact;
use crate::domain::id::{OpId, RecordId};
use crate::domain::{Date, Month};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, Value};
use crate::text;
use std::collections::HashMap;

/// Entrants with an interview in each full month of presence in the period.
pub const FOLLOWED_MONTHLY: Indicator = Indicator {
    key: "followed_monthly",
    label: fixed!("Suivis chaque mois", "Followed every month"),
    definition: fixed!(
        "Entrants ayant eu un entretien dans chaque mois entier de présence de la période.",
        "Entrants with an interview in each full month of presence in the period.",
    ),
    numerator: fixed!(
        "entrants ayant eu un entretien dans chaque mois entier de présence",
        "entrants with an interview in each full month of presence",
    ),
    denominator: fixed!(
        "entrants présents au moins un mois entier de la période",
        "entrants with at least one full month of presence in the period",
    ),
    counts: Counts::PEOPLE.known(&[Relation::at_most(&[DEN], ENTRANTS)]),
    page: Page::Work(120),
    gather: followed_monthly,
    ..Indicator::rate(FigureClass::Frame)
};

/// The months of the period that lie whole within the presence of a participation.
fn full_months(world: &World<'_>, part: &Part<'_>) -> impl Iterator<Item = Month> + use<> {
    let from = part.entry.unwrap_or(world.as_of).max(world.scope.from);
    let last = world.last_day();
    let to = part.exit.map_or(last, |(exit, _)| exit.min(last));
    let first = from.in_month();
    let first = if first.first() < from { first.plus(1) } else { first };
    (first.number()..=to.in_month().number()).map(Month::from_number).filter(move |m| m.last() <= to)
}

/// The order in which interviews came into the file.
fn known_since(interview: &InterviewFact) -> (OpId, Date, RecordId) {
    (interview.op, interview.date, interview.id)
}

/// The interview of each month that was known first: it is the one that made the month a followed one.
fn earliest_known<'a>(world: &World<'a>, part: &Part<'_>) -> HashMap<Month, &'a InterviewFact> {
    let mut met: HashMap<Month, &InterviewFact> = HashMap::new();
    for interview in world.interviews(part) {
        let held = met.entry(interview.date.in_month()).or_insert(interview);
        if known_since(interview) < known_since(held) {
            *held = interview;
        }
    }
    met
}

/// Who had an interview in each full month of presence.
pub(super) fn followed_monthly(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let met = earliest_known(world, part);
        let (mut months, mut missed) = (0, 0);
        let mut first_missed = None;
        let mut last: Option<&InterviewFact> = None;
        for month in full_months(world, part) {
            months += 1;
            match met.get(&month) {
                Some(interview) if last.is_none_or(|l| known_since(l) < known_since(interview)) => {
                    last = Some(interview);
                }
                Some(_) => {}
                None => {
                    missed += 1;
                    first_missed = first_missed.or(Some(month));
                }
            }
        }
        let unit = Unit::of(part).because(part.record(&["entry", "exit"]));
        let unit = match last.filter(|_| missed == 0) {
            // The one without which a month would still be missing.
            Some(found) => {
                let record = RecordRef::new(RecordKind::Interview, found.id, found.op, &["date"]);
                unit.on(found.date).because(record)
            }
            None => unit,
        };
        sink(if months == 0 {
            unit.left_out(fixed!("aucun mois entier de présence", "no full month of presence"))
        } else {
            unit.value(Value::Number(missed))
                .counted_if(
                    missed == 0,
                    fixed!("un entretien chaque mois entier", "an interview in every full month"),
                    fixed!("au moins un mois entier sans entretien", "at least one full month without an interview"),
                )
                .why(world, || match first_missed {
                    Some(month) => text!(
                        "{missed} des {months} mois entiers sont sans entretien, d'abord {month}",
                        "{missed} of the {months} full months have no interview, first {month}"
                    ),
                    None => text!(
                        "un entretien dans chacun des {months} mois entiers",
                        "an interview in each of the {months} full months"
                    ),
                })
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn followed_monthly_looks_at_full_months_of_presence_only() {
        let mut school = School::with_p1();
        let part = school.left("P1", "amelie", ("2018-11-05", "2019-01-31"), ExitReason::Completed);
        school.interview(part, "2018-11-06", 30);
        school.interview(part, "2018-12-31", 45);
        let scope = period("2018-11-01", "2019-01-31", "2019-02-28");
        check_in(&school, &scope, "*", "followed_monthly", [0, 1, 0, 0]);
        check_in(&school, &scope, "*", "interviews", [2, 0, 0, 0]);
        check_in(&school, &scope, "*", "interview_hours", [75, 0, 0, 0]);
        check_in(&school, &period("2018-11-01", "2018-12-31", "2019-02-28"), "*", "followed_monthly", [1, 1, 0, 0]);
        check_in(&school, &period("2018-11-01", "2018-11-30", "2019-02-28"), "*", "followed_monthly", [0, 0, 0, 0]);
        check_in(&school, &period("2018-12-01", "2019-01-31", "2019-01-30"), "*", "followed_monthly", [1, 1, 0, 0]);
        check_in(&school, &period("2018-12-01", "2019-01-31", "2018-12-30"), "*", "followed_monthly", [0, 0, 0, 0]);
    }
}
