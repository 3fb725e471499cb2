//! Leavers with 80 days under contract in the 6 months after the exit.

use super::counts::{Counts, DEN, NUM, Name, Relation};
use super::exits::{each_exit, not_due};
use super::{Indicator, Page};
use crate::domain::Date;
use crate::domain::facts::SituationFact;
use crate::domain::id::PersonId;
use crate::fixed;
use crate::report::aftermath::Point;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::{AtPoint, What};
use crate::report::situation;
use crate::text;

/// Days under contract that count as work experience.
const EXPERIENCE_DAYS: i64 = 80;

/// Leavers with at least 80 days under paid contract.
pub const CONTRACT_DAYS_80: Indicator = Indicator {
    key: "contract_days_80",
    label: fixed!("80 jours sous contrat", "80 days under contract"),
    definition: fixed!(
        "Sortants ayant au moins 80 jours sous contrat payé dans les 6 mois après la sortie.",
        "Leavers with at least 80 days under paid contract in the 6 months after the exit.",
    ),
    numerator: fixed!(
        "sortants ayant au moins 80 jours sous contrat payé",
        "leavers with at least 80 days under paid contract",
    ),
    denominator: fixed!("sorties échues à 6 mois", "exits due at 6 months"),
    counts: Counts::PEOPLE
        .denominator(Name::Is(What::At(Point::M6, AtPoint::ExitsDue)))
        .waiting(Name::Is(What::At(Point::M6, AtPoint::ExitsNotDue)))
        .known(&[Relation::at_most(&[NUM], DEN)]),
    page: Page::Work(80),
    gather: contract_days,
    ..Indicator::rate(FigureClass::Outcome)
};

/// Distinct calendar days of a person under a paid contract within some days, and the contract that makes them enough.
fn days_under_contract<'a>(
    world: &World<'a>,
    person: PersonId,
    window: (Date, Date),
    enough: i64,
) -> (i64, Option<&'a SituationFact>) {
    let paid = world.situations(person).filter(|s| s.kind.is_paid());
    let mut spans: Vec<(Date, Date, &SituationFact)> =
        paid.filter_map(|s| situation::active_within(s, window).map(|(from, to)| (from, to, s))).collect();
    spans.sort_unstable_by_key(|(from, to, s)| (*from, *to, s.id));
    let (mut days, mut next, mut deciding) = (0, window.0, None);
    for (from, to, contract) in spans {
        let from = from.max(next);
        if from <= to {
            days += i64::from(to.days() - from.days() + 1);
            next = to.plus_days(1);
            if days >= enough {
                deciding = deciding.or(Some(contract));
            }
        }
    }
    (days, deciding)
}

fn contract_days(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let due = world.aftermath(part, exit).due_on(Point::M6);
        let unit = Unit::of(part).on(due).because(part.record(&["exit"]));
        if world.as_of < due {
            sink(not_due(world, exit, Point::M6, unit));
            return;
        }
        let window = (exit.plus_days(1), due);
        let (days, deciding) = days_under_contract(world, part.fact.person, window, EXPERIENCE_DAYS);
        let unit = unit.value(Value::Number(days));
        sink(match deciding {
            Some(contract) => unit
                .because(situation::record(contract))
                .counted(fixed!("80 jours sous contrat ou plus", "80 days under contract or more")),
            None => unit.not_counted(fixed!("moins de 80 jours sous contrat", "less than 80 days under contract")).why(
                world,
                || {
                    let (from, to) = window;
                    text!(
                        "{days} jours sous contrat du {from} au {to}, moins de {EXPERIENCE_DAYS}",
                        "{days} days under contract from {from} to {to}, less than {EXPERIENCE_DAYS}";
                        from, to
                    )
                },
            ),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn eighty_distinct_days_count_two_contracts_at_one_date_once() {
        // 2 February + 79 days = 22 April.
        for (end, counted) in [("2019-04-21", 0), ("2019-04-22", 1)] {
            let (mut school, part) = leaver();
            school.situation(part, T::Cdd, "2019-01-15", "2019-03-15");
            school.situation(part, T::Interim, "2019-03-01", end);
            check(&school, "2019-08-01", "contract_days_80", [counted, 1, 0, 0]);
            check(&school, "2019-07-31", "contract_days_80", [0, 0, 1, 0]);
        }
        let (mut school, part) = leaver();
        school.situation(part, T::Cdi, "2019-05-14", "");
        check(&school, "2019-12-31", "contract_days_80", [1, 1, 0, 0]);
        let (mut school, part) = leaver();
        school.situation(part, T::Cdi, "2019-05-15", "");
        check(&school, "2019-12-31", "contract_days_80", [0, 1, 0, 0]);
    }
}
