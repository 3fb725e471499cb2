//! Who was reached: applicants, entrants and their profile on the entry day.

use super::counts::{Counts, DEN, ENTRANTS, NUM, Name, Relation, Term, UNKNOWN};
use super::{Better, Indicator, Measure, NEVER_UNKNOWN, NO_BASE, OWN, Shape, Variants};
use crate::domain::ClosedList;
use crate::domain::progress::AttendanceStatus;
use crate::domain::trainee::{Decision, EntryStatus, Sex, YesNo};
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::phrase::{Phrase, say};
use crate::report::quantity::{Kind, Role, What};
use std::collections::HashSet;

const KNOWN_ANSWERS: Phrase = say("entrants dont la réponse est connue", "entrants whose answer is known");
const OUT_OF_BASE: Phrase =
    say("réponses inconnues ou refusées hors de la base", "unknown and refused answers are out of the base");

const fn count(
    key: &'static str,
    label: Phrase,
    definition: Phrase,
    numerator: Phrase,
    gather: super::Gather,
) -> Indicator {
    Indicator {
        key,
        variants: Variants::Bare,
        measure: Measure::People,
        shape: Shape::Sum,
        better: Better::Higher,
        label,
        definition,
        numerator,
        denominator: NO_BASE,
        unknown: NEVER_UNKNOWN,
        source: OWN,
        counts: Counts::PEOPLE.never_unknown(),
        gather,
    }
}

const fn share(
    key: &'static str,
    label: Phrase,
    definition: Phrase,
    numerator: Phrase,
    gather: super::Gather,
) -> Indicator {
    Indicator {
        measure: Measure::Percent,
        shape: Shape::Rate,
        denominator: KNOWN_ANSWERS,
        unknown: OUT_OF_BASE,
        counts: Counts::ANSWERED,
        ..count(key, label, definition, numerator, gather)
    }
}

/// The indicators of this page, in order.
pub const ALL: &[Indicator] = &[
    Indicator {
        counts: Counts::PEOPLE.never_unknown().once(),
        ..count(
            "applicants",
            say("Candidats", "Applicants"),
            say(
                "Personnes ayant candidaté à une promotion, à la date d'observation ou sans date de candidature.",
                "People who applied to a cohort, by the observation date or without an application date.",
            ),
            say("personnes ayant candidaté à une promotion", "people who applied to a cohort"),
            applicants,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.once().known(&[
            Relation::at_most(&[ENTRANTS], NUM),
            // Somebody who applied to two cohorts is one applicant and two decisions.
            Relation::at_most_here(&[DEN], Term::Of(What::Indicator("applicants", Role::Numerator))),
        ]),
        denominator: say("admis, en liste d'attente et refusés", "admitted, waiting and refused"),
        unknown: say(
            "décisions en attente, manquantes et désistements hors de la base",
            "pending and missing decisions and withdrawals are out of the base",
        ),
        ..share(
            "admission_rate",
            say("Taux d'admission", "Admission rate"),
            say(
                "Admis parmi les candidatures décidées (admis, liste d'attente, refus).",
                "Admitted among decided applications (admitted, waiting list, refused).",
            ),
            say("admis", "admitted"),
            admission_rate,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Entrants)),
        ..count(
            "entrants",
            say("Entrants", "Entrants"),
            say(
                "Participations entrées et présentes au moins une demi-journée à la date d'observation.",
                "Participations that entered and were present at least one half-day by the observation date.",
            ),
            say(
                "participations entrées et présentes au moins une demi-journée",
                "participations that entered and were present at least one half-day",
            ),
            entrants,
        )
    },
    Indicator {
        denominator: say("somme des places", "sum of places"),
        counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Entrants)).kinds(Kind::People, Kind::Plain),
        unknown: NEVER_UNKNOWN,
        ..share(
            "fill_rate",
            say("Taux de remplissage", "Fill rate"),
            say("Entrants rapportés au nombre de places.", "Entrants over the number of places."),
            say("entrants", "entrants"),
            fill_rate,
        )
    },
    share(
        "share_women",
        say("Part de femmes", "Share of women"),
        say("Femmes parmi les entrants dont le sexe est connu.", "Women among entrants whose sex is known."),
        say("femmes", "women"),
        share_women,
    ),
    share(
        "share_priority_district",
        say("Part d'habitants de quartiers prioritaires", "Share living in priority districts"),
        say(
            "Entrants habitant un quartier prioritaire, parmi ceux dont la réponse est connue.",
            "Entrants living in a priority district, among those whose answer is known.",
        ),
        say("entrants habitant un quartier prioritaire", "entrants living in a priority district"),
        |w, g, _, s| yes_share(w, g, s, &["priority_district"], |p| p.fact.priority_district),
    ),
    share(
        "share_income_support",
        say("Part d'allocataires d'un minimum social", "Share on income support"),
        say(
            "Entrants recevant un minimum social, parmi ceux dont la réponse est connue.",
            "Entrants on minimum-income benefit, among those whose answer is known.",
        ),
        say("entrants recevant un minimum social", "entrants on minimum-income benefit"),
        |w, g, _, s| yes_share(w, g, s, &["income_support"], |p| p.fact.income_support),
    ),
    share(
        "share_disability",
        say("Part de personnes en situation de handicap", "Share with a disability"),
        say(
            "Entrants en situation de handicap, parmi ceux dont la réponse est connue.",
            "Entrants with a disability, among those whose answer is known.",
        ),
        say("entrants en situation de handicap", "entrants with a disability"),
        |w, g, _, s| yes_share(w, g, s, &["disability"], |p| p.fact.disability),
    ),
    share(
        "share_rural",
        say("Part d'habitants de zones rurales", "Share living in rural areas"),
        say(
            "Entrants habitant une zone rurale, parmi ceux dont la réponse est connue.",
            "Entrants living in a rural area, among those whose answer is known.",
        ),
        say("entrants habitant une zone rurale", "entrants living in a rural area"),
        |w, g, _, s| yes_share(w, g, s, &["rural"], |p| p.fact.rural),
    ),
    share(
        "share_minors",
        say("Part de mineurs", "Share of minors"),
        say(
            "Entrants de moins de 18 ans le jour de l'entrée, parmi ceux dont la date de naissance est connue.",
            "Entrants under 18 on the entry day, among those whose birth date is known.",
        ),
        say("entrants de moins de 18 ans le jour de l'entrée", "entrants under 18 on the entry day"),
        share_minors,
    ),
    share(
        "share_low_education",
        say("Part de bas niveaux de formation", "Share with low education"),
        say(
            "Entrants de niveau CITE 0 à 2, parmi ceux dont le niveau est connu.",
            "Entrants with ISCED level 0 to 2, among those whose education is known.",
        ),
        say("entrants de niveau CITE 0 à 2", "entrants with ISCED level 0 to 2"),
        share_low_education,
    ),
    share(
        "share_neet",
        say("Part de NEET", "Share of NEET"),
        say(
            "Entrants au chômage ou inactifs et hors études, parmi ceux dont les deux réponses sont connues.",
            "Entrants unemployed or inactive and not in education, among those with both answers known.",
        ),
        say("entrants au chômage ou inactifs et hors études", "entrants unemployed or inactive and not in education"),
        share_neet,
    ),
    Indicator {
        measure: Measure::Years,
        counts: Counts::ANSWERED.kinds(Kind::Amount, Kind::People).known(&[
            Relation::equal(&[DEN, UNKNOWN], ENTRANTS),
            Relation::equal_here(&[DEN], Term::Of(What::Indicator("share_minors", Role::Denominator))),
            Relation::equal_here(&[UNKNOWN], Term::Of(What::Indicator("share_minors", Role::Unknown))),
        ]),
        shape: Shape::Mean,
        ..share(
            "mean_age",
            say("Âge moyen", "Mean age"),
            say("Moyenne des années révolues le jour de l'entrée.", "Mean of completed years on the entry day."),
            say("somme des âges en années révolues", "sum of completed years"),
            mean_age,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.never_unknown().once().known(&[Relation::equal_here(&[NUM], ENTRANTS)]),
        ..count(
            "people_reached",
            say("Personnes accueillies", "People reached"),
            say(
                "Personnes distinctes entrées au moins une fois dans une promotion du périmètre.",
                "Distinct people who ever entered a cohort of the scope.",
            ),
            say("personnes distinctes entrées au moins une fois", "distinct people who ever entered"),
            people_reached,
        )
    },
];

const APPLIED: Phrase = say("a candidaté", "applied");
const APPLIES_LATER: Phrase = say("candidature après la date d'observation", "applied after the observation date");
const COUNTED_BEFORE: Phrase =
    say("personne déjà comptée dans une autre promotion", "person already counted in another cohort");
const ENTERED: Phrase = say("entré et présent au moins une demi-journée", "entered and present at least one half-day");
const NO_ANSWER: Phrase = say("réponse inconnue ou refusée", "answer unknown or refused");

fn has_applied(world: &World<'_>, part: &Part<'_>) -> bool {
    part.fact.application_date.is_none_or(|d| d <= world.as_of)
}

fn applicants(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    for part in world.parts_of(group) {
        let mut unit = Unit::of(part).because(part.record(&["application_date"]));
        unit.date = part.fact.application_date;
        sink(if !has_applied(world, part) {
            unit.left_out(APPLIES_LATER)
        } else if seen.insert(part.fact.person) {
            unit.counted(APPLIED)
        } else {
            unit.left_out(COUNTED_BEFORE)
        });
    }
}

fn admission_rate(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    for part in world.parts_of(group) {
        let unit = Unit::of(part).because(part.record(&["decision", "entry"]));
        if !has_applied(world, part) {
            sink(unit.left_out(APPLIES_LATER));
            continue;
        }
        // An entry, even one still to come, is an admission.
        let decision = if part.fact.entry.is_some() { Some(Decision::Admitted) } else { part.fact.decision };
        let unit = unit.value(decision.map_or(Value::None, |d| Value::Code(d.code())));
        sink(match decision {
            Some(Decision::Admitted) => unit.counted(say("admis", "admitted")),
            Some(Decision::Waiting | Decision::Refused) => {
                unit.not_counted(say("décidé, non admis", "decided, not admitted"))
            }
            Some(Decision::Withdrawn) => unit.left_out(say("désistement", "withdrawn before start")),
            Some(Decision::Pending) | None => unit.left_out(say("pas encore décidé", "not decided yet")),
        });
    }
}

fn entrants(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| sink(entrant(part).counted(ENTERED)));
}

/// The unit of an entrant: what made them one is the first half-day they were present.
pub fn entrant(part: &Part<'_>) -> Unit {
    let present = Value::Code(AttendanceStatus::Present.code());
    let unit = Unit::of(part).because(part.first_presence()).value(present);
    Unit { date: part.entry, ..unit }
}

fn fill_rate(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| sink(entrant(part).counted(ENTERED).outside_base()));
    for cohort in world.cohorts_of(group) {
        let record = RecordRef::new(RecordKind::Cohort, cohort.fact.id, cohort.fact.op, &["places"]);
        let unit = Unit::of_cohort(cohort.fact.id).kind(UnitKind::Place).because(record);
        let unit = unit.amount(cohort.fact.places).count(cohort.fact.places).value(Value::Number(cohort.fact.places));
        sink(unit.not_counted(say("place ouverte", "place offered")));
    }
}

fn share_women(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["sex"]));
        sink(match part.person.sex {
            None => unit.unknown(say("sexe non renseigné", "sex not recorded")),
            Some(sex) => unit.value(Value::Code(sex.code())).counted_if(
                sex == Sex::F,
                say("femme", "woman"),
                say("autre sexe", "another sex"),
            ),
        });
    });
}

fn yes_share(
    world: &World<'_>,
    group: Group,
    sink: &mut Sink<'_>,
    column: &'static [&'static str],
    answer: fn(&Part<'_>) -> YesNo,
) {
    world.each_entrant(group, sink, |part, sink| {
        let given = answer(part);
        let unit = Unit::of(part).because(part.record(column)).value(Value::Code(given.code()));
        sink(match given {
            YesNo::Yes => unit.counted(say("réponse : oui", "answer: yes")),
            YesNo::No => unit.not_counted(say("réponse : non", "answer: no")),
            YesNo::Unknown | YesNo::Refused => unit.unknown(NO_ANSWER),
        });
    });
}

const NO_BIRTH_DATE: Phrase = say("date de naissance non renseignée", "birth date not recorded");

fn share_minors(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["birth_date"]));
        sink(match part.age_at_entry() {
            None => unit.unknown(NO_BIRTH_DATE),
            Some(age) => unit.value(Value::Number(age)).counted_if(
                age < 18,
                say("moins de 18 ans à l'entrée", "under 18 at entry"),
                say("18 ans ou plus à l'entrée", "18 or over at entry"),
            ),
        });
    });
}

fn share_low_education(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.record(&["education"]));
        sink(match part.fact.education {
            None => unit.unknown(say("niveau non renseigné", "education not recorded")),
            Some(level) => unit.value(Value::Number(level)).counted_if(
                level <= 2,
                say("niveau 0 à 2", "level 0 to 2"),
                say("niveau 3 ou plus", "level 3 or more"),
            ),
        });
    });
}

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
            None => unit.unknown(say("statut ou études non renseignés", "status or education not recorded")),
            Some((status, studies)) => unit.counted_if(
                status != EntryStatus::Employed && !studies,
                say("sans emploi et hors études", "not in work and not in education"),
                say("en emploi ou en études", "in work or in education"),
            ),
        });
    });
}

fn mean_age(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["birth_date"]));
        sink(match part.age_at_entry() {
            None => unit.unknown(NO_BIRTH_DATE),
            Some(age) => unit
                .amount(age)
                .value(Value::Number(age))
                .counted(say("années révolues le jour de l'entrée", "completed years on the entry day")),
        });
    });
}

fn people_reached(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    world.each_entrant(group, sink, |part, sink| {
        let unit = entrant(part);
        let first = seen.insert(part.fact.person);
        sink(if first { unit.counted(ENTERED) } else { unit.left_out(COUNTED_BEFORE) });
    });
}
