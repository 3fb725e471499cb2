//! Work after the course: prehire missions, delay, retention, response, days under contract, companies.

use super::counts::{Counts, DEN, ENTRANTS, NOT_DUE as WAITING, NUM, Name, Relation, Term, UNKNOWN};
use super::exits::{NOT_DUE, NOTHING_KNOWN, each_exit, point_of};
use super::{Better, Indicator, Measure, NEVER_UNKNOWN, NO_BASE, OWN, POINTS, Shape, Variants};
use crate::domain::Text;
use crate::domain::facts::SituationFact;
use crate::domain::folding::company_key;
use crate::domain::id::PersonId;
use crate::domain::placement::SituationType as T;
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{Sink, Unit, UnitKind, Value};
use crate::report::outcome::Point;
use crate::report::quantity::{AtPoint, Kind, What};
use crate::report::situation::{self, Scheme};
use std::collections::HashSet;

const fn rate(
    key: &'static str,
    label: &'static Text,
    definition: &'static Text,
    [numerator, base]: [&'static Text; 2],
    gather: super::Gather,
) -> Indicator {
    Indicator {
        key,
        variants: Variants::Bare,
        measure: Measure::Percent,
        shape: Shape::Rate,
        better: Better::Higher,
        label,
        definition,
        numerator,
        denominator: base,
        unknown: NEVER_UNKNOWN,
        source: OWN,
        counts: Counts::PEOPLE,
        gather,
    }
}

/// Days after the end of a prehire mission within which the contract must start.
const CONVERSION_DAYS: i32 = 30;
/// Days under contract that count as work experience.
const EXPERIENCE_DAYS: i64 = 80;

/// The indicators of this page, in order.
pub const ALL: &[Indicator] = &[
    Indicator {
        counts: Counts::PEOPLE.denominator(Name::Is(What::Completers)).known(&[Relation::at_most(&[NUM], DEN)]),
        ..rate(
            "prehire_started",
            fixed!("Missions de préembauche commencées", "Prehire missions started"),
            fixed!(
                "Sorties au terme avec une mission de préembauche commencée.",
                "Exits that completed with a prehire mission started.",
            ),
            [
                fixed!(
                    "sorties au terme avec une mission de préembauche commencée",
                    "exits that completed with a prehire mission started",
                ),
                fixed!("sorties au terme", "exits that completed"),
            ],
            prehire_started,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.waiting(Name::Own).known(&[Relation::at_most(&[DEN, WAITING], ENTRANTS)]),
        ..rate(
            "prehire_converted",
            fixed!("Préembauches transformées", "Prehire missions converted"),
            fixed!(
                "Dernière mission de préembauche suivie, dans la même entreprise, d'un CDI, CDD ou contrat en alternance commencé au plus tard 30 jours après sa fin.",
                "Last prehire mission followed, in the same company, by a CDI, CDD, apprenticeship or professionalisation contract begun by 30 days after its end.",
            ),
            [
                fixed!(
                    "dernière mission de préembauche suivie, dans la même entreprise, d'un CDI, CDD ou contrat en alternance",
                    "last prehire mission followed, in the same company, by a CDI, CDD, apprenticeship or professionalisation contract",
                ),
                fixed!(
                    "entrants dont la mission de préembauche est finie depuis 30 jours",
                    "entrants whose prehire mission ended 30 days ago or more",
                ),
            ],
            prehire_converted,
        )
    },
    Indicator {
        variants: Variants::Fixed(&["median", "mean"]),
        measure: Measure::Days,
        counts: Counts::PEOPLE
            .kinds(Kind::Amount, Kind::People)
            .denominator(Name::Is(What::WithJob))
            .unknown(Name::Is(What::WithoutJob)),
        shape: Shape::Mean,
        better: Better::Lower,
        unknown: fixed!(
            "sortants sans contrat payé, hors de la base",
            "leavers without a paid contract, out of the base"
        ),
        ..rate(
            "access_delay_days",
            fixed!("Délai d'accès à l'emploi", "Delay to work"),
            fixed!(
                "Jours de la sortie au début du premier contrat payé (0 s'il a commencé avant).",
                "Days from the exit to the start of the first paid contract (0 when it began before).",
            ),
            [
                fixed!(
                    "jours de la sortie au début du premier contrat payé",
                    "days from the exit to the start of the first paid contract",
                ),
                fixed!("sortants ayant un contrat payé", "leavers with a paid contract"),
            ],
            access_delay,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.waiting(Name::Own).known(&[
            Relation::at_most(&[DEN, WAITING], Term::Of(What::WithJob)),
            Relation::at_most(&[NUM, UNKNOWN], DEN),
        ]),
        unknown: fixed!(
            "rien de connu à 6 mois : pas en emploi, et compté à part",
            "nothing known at 6 months: not in work, and counted beside",
        ),
        ..rate(
            "retention_6m",
            fixed!("Maintien en emploi à 6 mois", "Retention in work at 6 months"),
            fixed!(
                "En contrat payé dans les 28 jours après la sortie et encore à 6 mois.",
                "Under a paid contract within 28 days after the exit and still at 6 months.",
            ),
            [
                fixed!(
                    "en contrat payé dans les 28 jours après la sortie et encore à 6 mois",
                    "under a paid contract within 28 days after the exit and still at 6 months",
                ),
                fixed!(
                    "sortants en contrat payé dans les 28 jours, échus à 6 mois",
                    "leavers under a paid contract within 28 days, due at 6 months",
                ),
            ],
            retention,
        )
    },
    Indicator {
        variants: POINTS,
        unknown: fixed!("sans nouvelles au point d'observation", "no news at the observation point"),
        counts: Counts::PEOPLE
            .denominator(Name::At(|point| What::At(point, AtPoint::ExitsDue)))
            .waiting(Name::At(|point| What::At(point, AtPoint::ExitsNotDue)))
            .known(&[
                Relation::equal(&[NUM, UNKNOWN], DEN),
                Relation::equal(
                    &[
                        Term::At(|point| What::At(point, AtPoint::Unknown)),
                        Term::At(|point| What::At(point, AtPoint::Silent)),
                    ],
                    UNKNOWN,
                ),
            ]),
        ..rate(
            "response_rate",
            fixed!("Taux de réponse", "Response rate"),
            fixed!(
                "Sorties échues dont la situation est connue au point d'observation.",
                "Exits due whose situation is known at the observation point.",
            ),
            [
                fixed!("sorties échues dont la situation est connue", "exits due whose situation is known"),
                fixed!("sorties échues", "exits due"),
            ],
            response,
        )
    },
    Indicator {
        counts: Counts::PEOPLE
            .denominator(Name::Is(What::At(Point::M6, AtPoint::ExitsDue)))
            .waiting(Name::Is(What::At(Point::M6, AtPoint::ExitsNotDue)))
            .known(&[Relation::at_most(&[NUM], DEN)]),
        ..rate(
            "contract_days_80",
            fixed!("80 jours sous contrat", "80 days under contract"),
            fixed!(
                "Sortants ayant au moins 80 jours sous contrat payé dans les 6 mois après la sortie.",
                "Leavers with at least 80 days under paid contract in the 6 months after the exit.",
            ),
            [
                fixed!(
                    "sortants ayant au moins 80 jours sous contrat payé",
                    "leavers with at least 80 days under paid contract",
                ),
                fixed!("sorties échues à 6 mois", "exits due at 6 months"),
            ],
            contract_days,
        )
    },
    Indicator {
        measure: Measure::Count,
        shape: Shape::Sum,
        counts: Counts::PEOPLE.once(),
        ..rate(
            "partner_companies",
            fixed!("Entreprises partenaires", "Partner companies"),
            fixed!(
                "Entreprises distinctes où une situation a commencé dans la période.",
                "Distinct companies where a placement started in the period.",
            ),
            [fixed!("entreprises distinctes", "distinct companies"), NO_BASE],
            partner_companies,
        )
    },
];

fn contract(unit: Unit, found: &SituationFact) -> Unit {
    unit.on(found.start).value(situation::value(found)).because(situation::record(found))
}

fn prehire_started(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, reason), sink| {
        let unit = Unit::of(part).on(exit).because(part.record(&["exit_reason"])).value(Value::Code(reason.code()));
        if reason != ExitReason::Completed {
            sink(unit.left_out(fixed!("sortie avant le terme", "did not complete")));
            return;
        }
        let prehire = world.situations_under(part).filter(|s| s.prehire).min_by_key(|s| (s.start, s.id));
        sink(match prehire {
            Some(found) => {
                contract(unit, found).counted(fixed!("mission de préembauche commencée", "prehire mission started"))
            }
            None => unit.not_counted(fixed!("aucune mission de préembauche", "no prehire mission")),
        });
    });
}

fn companies(situation: &SituationFact) -> impl Iterator<Item = String> {
    [&situation.company, &situation.user_company].into_iter().flatten().filter_map(|name| company_key(name))
}

/// The contract into which a prehire mission turned, if any: same company, begun by 30 days after its end.
pub fn conversion<'a>(world: &World<'a>, part: &Part<'_>, prehire: &SituationFact) -> Option<&'a SituationFact> {
    let last = situation::end(prehire).map_or(world.as_of, |end| end.plus_days(CONVERSION_DAYS));
    let places: HashSet<String> = companies(prehire).collect();
    let follows = |s: &&SituationFact| {
        let lasting = matches!(s.kind, T::Cdi | T::Cdd | T::Apprentissage | T::Professionnalisation);
        let in_time = prehire.start <= s.start && s.start <= last;
        lasting && !s.prehire && s.id != prehire.id && in_time && companies(s).any(|name| places.contains(&name))
    };
    world.situations_under(part).filter(follows).min_by_key(|s| (s.start, s.id))
}

fn prehire_converted(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        // One without an end is the last of those that start the same day: nothing ends later.
        let rank = |s: &&SituationFact| (s.start, situation::end(s).unwrap_or(Date::MAX), s.id);
        let Some(prehire) = world.situations_under(part).filter(|s| s.prehire).max_by_key(rank) else {
            if world.explains() {
                sink(Unit::of(part).left_out(fixed!("aucune mission de préembauche", "no prehire mission")));
            }
            return;
        };
        let unit = contract(Unit::of(part), prehire);
        let limit = world.as_of.plus_days(-CONVERSION_DAYS);
        sink(if situation::end(prehire).is_none_or(|end| limit < end) {
            unit.not_yet_due(fixed!(
                "mission sans fin ou finie depuis moins de 30 jours",
                "mission without an end, or ended less than 30 days ago",
            ))
        } else if let Some(found) = conversion(world, part, prehire) {
            contract(unit, found).counted(fixed!(
                "suivie d'un contrat dans la même entreprise",
                "followed by a contract in the same company",
            ))
        } else {
            unit.not_counted(fixed!(
                "pas de contrat dans la même entreprise à temps",
                "no contract in the same company in time",
            ))
        });
    });
}

fn access_delay(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = |s: &&SituationFact| {
            s.kind.is_paid() && situation::active_within(s, (exit.plus_days(1), Date::MAX)).is_some()
        };
        let unit = Unit::of(part).because(part.record(&["exit"]));
        sink(match world.situations(part.fact.person).filter(after).min_by_key(|s| (s.start, s.id)) {
            Some(found) => {
                let days = i64::from(found.start.days() - exit.days()).max(0);
                contract(unit, found).amount(days).counted(fixed!("premier contrat payé", "first paid contract"))
            }
            None => {
                unit.on(exit).unknown(fixed!("aucun contrat payé après la sortie", "no paid contract after the exit"))
            }
        });
    });
}

fn retention(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = world.aftermath(part, exit);
        let due = after.due_on(Point::M6);
        let unit = Unit::of(part).on(due).because(part.record(&["exit"]));
        let person = part.fact.person;
        let Some(first) = world.paid_within(person, world.exit_window(exit)) else {
            sink(unit.left_out(fixed!(
                "pas en emploi dans les 28 jours après la sortie",
                "not in work within 28 days after the exit",
            )));
            return;
        };
        let unit = unit.value(situation::value(first)).because(situation::record(first));
        if due > world.as_of {
            sink(unit.not_yet_due(NOT_DUE));
            return;
        }
        sink(match world.paid_within(person, (due, due)) {
            Some(found) => unit
                .value(situation::value(found))
                .because(situation::record(found))
                .counted(fixed!("en emploi à 6 mois", "in work at 6 months")),
            None if after.outcome(Point::M6, Scheme::Iae).known => {
                unit.not_counted(fixed!("pas en emploi à 6 mois", "not in work at 6 months"))
            }
            None => unit.unknown_in_base(NOTHING_KNOWN),
        });
    });
}

fn response(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>) {
    let point = point_of(variant);
    each_exit(world, group, sink, |part, (exit, _), sink| {
        let after = world.aftermath(part, exit);
        let due = after.due_on(point);
        let unit = Unit::of(part).on(due).because(part.record(&["exit"]));
        if due > world.as_of {
            sink(unit.not_yet_due(NOT_DUE));
            return;
        }
        let outcome = after.outcome(point, Scheme::Iae);
        let unit = match outcome.best {
            Some(best) => unit.value(situation::value(best)).because(situation::record(best)),
            None => unit,
        };
        sink(if outcome.known {
            unit.counted(fixed!("situation connue", "situation known"))
        } else {
            unit.unknown_in_base(NOTHING_KNOWN)
        });
    });
}

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
            sink(unit.not_yet_due(NOT_DUE));
            return;
        }
        let window = (exit.plus_days(1), due);
        let (days, deciding) = days_under_contract(world, part.fact.person, window, EXPERIENCE_DAYS);
        let unit = unit.value(Value::Number(days));
        sink(match deciding {
            Some(contract) => unit
                .because(situation::record(contract))
                .counted(fixed!("80 jours sous contrat ou plus", "80 days under contract or more")),
            None => unit.not_counted(fixed!("moins de 80 jours sous contrat", "less than 80 days under contract")),
        });
    });
}

fn partner_companies(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    world.each_entrant(group, sink, |part, sink| {
        for found in world.situations_under(part).filter(|s| world.in_period(s.start)) {
            let place = [&found.user_company, &found.company].into_iter().flatten();
            let Some((name, key)) = place.filter_map(|n| Some((n, company_key(n)?))).next() else { continue };
            let unit = contract(Unit::of(part), found).kind(UnitKind::Contract).value(Value::Name(name.clone()));
            sink(if seen.insert(key) {
                unit.counted(fixed!("situation commencée dans la période", "placement started in the period"))
            } else {
                unit.left_out(fixed!("entreprise déjà comptée", "company already counted"))
            });
        }
    });
}
