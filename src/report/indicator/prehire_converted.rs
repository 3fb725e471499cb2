//! Prehire missions followed by a contract in the same company.

use super::counts::{Counts, DEN, ENTRANTS, Name, Relation, WAITING};
use super::{Indicator, Page};
use crate::domain::Date;
use crate::domain::facts::SituationFact;
use crate::domain::folding::company_key;
use crate::domain::placement::SituationType as T;
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit};
use crate::report::situation;
use crate::text;
use std::collections::HashSet;

/// Days after the end of a prehire mission within which the contract must start.
const CONVERSION_DAYS: i32 = 30;

/// Last prehire mission followed by a contract in the same company.
pub const PREHIRE_CONVERTED: Indicator = Indicator {
    key: "prehire_converted",
    label: fixed!("Préembauches transformées", "Prehire missions converted"),
    definition: fixed!(
        "Dernière mission de préembauche suivie, dans la même entreprise, d'un CDI, CDD ou contrat en alternance commencé au plus tard 30 jours après sa fin.",
        "Last prehire mission followed, in the same company, by a CDI, CDD, apprenticeship or professionalisation contract begun by 30 days after its end.",
    ),
    numerator: fixed!(
        "dernière mission de préembauche suivie, dans la même entreprise, d'un CDI, CDD ou contrat en alternance",
        "last prehire mission followed, in the same company, by a CDI, CDD, apprenticeship or professionalisation contract",
    ),
    denominator: fixed!(
        "entrants dont la mission de préembauche est finie depuis 30 jours",
        "entrants whose prehire mission ended 30 days ago or more",
    ),
    counts: Counts::PEOPLE.waiting(Name::Own).known(&[Relation::at_most(&[DEN, WAITING], ENTRANTS)]),
    page: Page::Work(50),
    gather: prehire_converted,
    ..Indicator::rate(FigureClass::Outcome)
};

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

fn open_mission(world: &World<'_>, prehire: &SituationFact) -> Text {
    let as_of = world.as_of;
    match situation::end(prehire) {
        Some(end) => {
            let due = end.plus_days(CONVERSION_DAYS);
            text!(
                "mission finie le {end} + {CONVERSION_DAYS} jours = {due}, après le {as_of}",
                "mission ended on {end} + {CONVERSION_DAYS} days = {due}, after {as_of}";
                end, due, as_of
            )
        }
        None => text!("mission sans fin au {as_of}", "mission without an end by {as_of}"; as_of),
    }
}

/// The contract that came after the mission, and what kept it from counting: the company, or the day.
fn no_conversion(world: &World<'_>, part: &Part<'_>, prehire: &SituationFact) -> Text {
    let end = situation::end(prehire).unwrap_or(world.as_of);
    let (start, limit) = (prehire.start, end.plus_days(CONVERSION_DAYS));
    let at = |s: &SituationFact| {
        let names: Vec<&str> = [&s.user_company, &s.company].into_iter().flatten().map(String::as_str).collect();
        if names.is_empty() { "?".to_owned() } else { names.join(" / ") }
    };
    let places: HashSet<String> = companies(prehire).collect();
    let lasting = |s: &&SituationFact| {
        matches!(s.kind, T::Cdi | T::Cdd | T::Apprentissage | T::Professionnalisation) && !s.prehire && start <= s.start
    };
    let same = |s: &&SituationFact| companies(s).any(|name| places.contains(&name));
    let first = |of: &dyn Fn(&&SituationFact) -> bool| {
        world.situations_under(part).filter(|s| lasting(s) && of(s)).min_by_key(|s| (s.start, s.id))
    };
    let there = at(prehire);
    match first(&same).or_else(|| first(&|_| true)) {
        Some(found) if same(&found) => {
            let (kind, day) = (found.kind.text(), found.start);
            text!(
                "{kind} chez {there} le {day}, après le {limit} (mission finie le {end} + {CONVERSION_DAYS} jours)",
                "{kind} at {there} on {day}, after {limit} (mission ended on {end} + {CONVERSION_DAYS} days)";
                kind, day, limit, end
            )
        }
        Some(found) => {
            let (kind, day, elsewhere) = (found.kind.text(), found.start, at(found));
            text!(
                "{kind} chez {elsewhere} le {day}, mission chez {there}",
                "{kind} at {elsewhere} on {day}, mission at {there}";
                kind, day
            )
        }
        None => text!(
            "mission chez {there} ; aucun CDI, CDD ou contrat en alternance du {start} au {limit}",
            "mission at {there}; no permanent, fixed-term or work-study contract from {start} to {limit}";
            start, limit
        ),
    }
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
        let unit = situation::decides(Unit::of(part), prehire);
        let limit = world.as_of.plus_days(-CONVERSION_DAYS);
        sink(if situation::end(prehire).is_none_or(|end| limit < end) {
            let waits = unit.not_yet_due(fixed!(
                "mission sans fin ou finie depuis moins de 30 jours",
                "mission without an end, or ended less than 30 days ago",
            ));
            waits.why(world, || open_mission(world, prehire))
        } else if let Some(found) = conversion(world, part, prehire) {
            situation::decides(unit, found).counted(fixed!(
                "suivie d'un contrat dans la même entreprise",
                "followed by a contract in the same company",
            ))
        } else {
            let not = unit.not_counted(fixed!(
                "pas de contrat dans la même entreprise à temps",
                "no contract in the same company in time",
            ));
            not.why(world, || no_conversion(world, part, prehire))
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    /// A prehire mission at Sogetrel through an agency, 4 February to 26 April 2019, and what follows.
    fn prehire(kind: T, start: &str, company: Option<&str>) -> School {
        let (mut school, part) = leaver();
        let mission = school.situation(part, T::Interim, "2019-02-04", "2019-04-26");
        mission.prehire = true;
        mission.company = Some("Manpower".into());
        mission.user_company = Some("SOGÉTREL".into());
        let planned_end = if kind == T::Cdi { "" } else { "2020-04-30" };
        school.situation(part, kind, start, planned_end).company = company.map(str::to_owned);
        school
    }

    #[test]
    fn a_prehire_mission_converts_in_the_same_company_by_30_days_after_its_end() {
        for (kind, start, company, counted) in [
            (T::Cdi, "2019-04-29", Some("sogetrel"), 1),
            (T::Cdd, "2019-05-26", Some("Sogetrel"), 1),
            (T::Cdi, "2019-05-27", Some("Sogetrel"), 0),
            (T::Cdi, "2019-02-04", Some("Sogetrel"), 1),
            (T::Cdi, "2019-02-03", Some("Sogetrel"), 0),
            (T::Apprentissage, "2019-04-29", Some("MANPOWER"), 1),
            (T::CdiInterim, "2019-04-29", Some("Sogetrel"), 0),
            (T::Interim, "2019-04-29", Some("Sogetrel"), 0),
            (T::Cdi, "2019-04-29", Some("Axione"), 0),
            (T::Cdi, "2019-04-29", None, 0),
        ] {
            let school = prehire(kind, start, company);
            assert_eq!(
                school.figure(&up_to("2019-12-31"), "*", "prehire_converted"),
                [counted, 1, 0, 0],
                "{kind:?} {start}"
            );
        }
    }

    #[test]
    fn a_conversion_is_due_30_days_after_the_mission() {
        let school = prehire(T::Cdi, "2019-04-29", Some("Sogetrel"));
        check(&school, "2019-05-25", "prehire_converted", [0, 0, 1, 0]);
        check(&school, "2019-05-26", "prehire_converted", [1, 1, 0, 0]);
        check(&school, "2019-02-03", "prehire_started", [0, 1, 0, 0]);
        check(&school, "2019-02-04", "prehire_started", [1, 1, 0, 0]);
    }

    #[test]
    fn only_the_last_prehire_mission_of_a_person_is_judged() {
        let mut school = prehire(T::Cdi, "2019-04-29", Some("Sogetrel"));
        let part = school.facts.participations[0].id;
        let again = school.situation(part, T::Interim, "2019-06-03", "2019-06-28");
        again.prehire = true;
        again.company = Some("Axione".into());
        check(&school, "2019-12-31", "prehire_converted", [0, 1, 0, 0]);
    }

    #[test]
    fn of_two_missions_with_the_same_dates_the_higher_number_is_the_last() {
        for (first, second, counted) in [("Sogetrel", "Axione", 0), ("Axione", "Sogetrel", 1)] {
            let (mut school, part) = leaver();
            for company in [first, second] {
                let mission = school.situation(part, T::Interim, "2019-02-04", "2019-04-26");
                mission.prehire = true;
                mission.company = Some(company.into());
            }
            school.situation(part, T::Cdi, "2019-04-29", "").company = Some("Sogetrel".into());
            check(&school, "2019-12-31", "prehire_converted", [counted, 1, 0, 0]);
        }
    }
}
