//! Days from the exit to the first paid contract.

use super::counts::{Counts, Name};
use super::exits::each_exit;
use super::{Better, Indicator, Measure, Page, Shape, Variants};
use crate::domain::Date;
use crate::domain::facts::SituationFact;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::membership::{Sink, Unit};
use crate::report::quantity::{Kind, What};
use crate::report::situation;

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
    ..Indicator::RATE
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
            }
            None => {
                unit.on(exit).unknown(fixed!("aucun contrat payé après la sortie", "no paid contract after the exit"))
            }
        });
    });
}
