//! Days from the exit to the first paid contract.

use super::counts::{Counts, Name};
use super::exits::each_exit;
use super::{Better, Indicator, Measure, Page, Shape, Variants};
use crate::domain::Date;
use crate::domain::facts::SituationFact;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit};
use crate::report::quantity::{Kind, What};
use crate::report::situation;
use crate::text;

/// Days from the exit to the first paid contract, median and mean.
pub const ACCESS_DELAY_DAYS: Indicator = Indicator {
    key: "access_delay_days",
    variants: Variants::Fixed(&["median", "mean"]),
    measure: Measure::Days,
    shape: Shape::Mean,
    better: Better::Lower,
    label: fixed!("Délai d'accès à l'emploi", "Delay to work"),
    definition: fixed!(
        "Jours de la sortie au début du premier contrat payé (0 s'il a commencé avant).",
        "Days from the exit to the start of the first paid contract (0 when it began before).",
    ),
    numerator: fixed!(
        "jours de la sortie au début du premier contrat payé",
        "days from the exit to the start of the first paid contract",
    ),
    denominator: fixed!("sortants ayant un contrat payé", "leavers with a paid contract"),
    unknown: fixed!("sortants sans contrat payé, hors de la base", "leavers without a paid contract, out of the base"),
    counts: Counts::PEOPLE
        .kinds(Kind::Amount, Kind::People)
        .denominator(Name::Is(What::WithJob))
        .unknown(Name::Is(What::WithoutJob)),
    page: Page::Work(60),
    gather: access_delay,
    ..Indicator::rate(FigureClass::Outcome)
};

fn access_delay(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = |s: &&SituationFact| {
            s.kind.is_paid() && situation::active_within(s, (exit.plus_days(1), Date::MAX)).is_some()
        };
        let unit = Unit::of(part).because(part.record(&["exit"]));
        sink(match world.situations(part.fact.person).filter(after).min_by_key(|s| (s.start, s.id)) {
            Some(found) => {
                let days = i64::from(found.start.days() - exit.days()).max(0);
                situation::decides(unit, found)
                    .amount(days)
                    .counted(fixed!("premier contrat payé", "first paid contract"))
                    .why(world, || {
                        let start = found.start;
                        text!(
                            "premier contrat payé le {start}, sortie le {exit} : {days} jours",
                            "first paid contract on {start}, exit on {exit}: {days} days";
                            start, exit
                        )
                    })
            }
            None => {
                let unknown = fixed!("aucun contrat payé après la sortie", "no paid contract after the exit");
                let as_of = world.as_of;
                unit.on(exit).unknown(unknown).why(world, || {
                    text!(
                        "aucun contrat payé entre la sortie du {exit} et le {as_of}",
                        "no paid contract between the exit of {exit} and {as_of}";
                        exit, as_of
                    )
                })
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::median_tenths;
    use crate::report::indicator::testing::*;

    #[test]
    fn the_delay_starts_at_the_exit_and_never_goes_below_zero() {
        for (start, end, want) in [
            ("2019-02-01", "", [0, 1, 0, 0]),
            ("2018-12-01", "2019-02-02", [0, 1, 0, 0]),
            ("2018-12-01", "2019-02-01", [0, 0, 0, 1]),
            ("2019-02-02", "", [1, 1, 0, 0]),
            ("2019-03-04", "", [31, 1, 0, 0]),
        ] {
            let (mut school, part) = leaver();
            let kind = if end.is_empty() { T::Cdi } else { T::Cdd };
            school.situation(part, kind, start, end);
            check(&school, "2019-12-31", "access_delay_days@mean", want);
        }
    }

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_two_middle_ones() {
        let mut school = School::with_p1();
        for (slug, start) in [("a", "2019-02-02"), ("b", "2019-02-05"), ("c", "2019-02-04"), ("d", "2019-05-01")] {
            let part = school.left("P1", slug, ("2018-11-05", "2019-02-01"), ExitReason::Completed);
            school.situation(part, T::Cdi, start, "");
        }
        let scope = up_to("2019-12-31");
        assert_eq!(school.finding(&scope, "*", "access_delay_days@median").value, Some(35));
        assert_eq!(school.finding(&scope, "*", "access_delay_days@mean").value, Some(243));
        assert_eq!(median_tenths(vec![7, 1, 3]), Some(30));
        assert_eq!(median_tenths(vec![]), None);
    }
}
