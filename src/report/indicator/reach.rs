//! Who was reached: applicants, entrants and their profile on the entry day.

use super::counts::{Counts, DEN, ENTRANTS, NUM, Name, Relation, Term, UNKNOWN};
use super::{Better, Indicator, Measure, NEVER_UNKNOWN, NO_BASE, OWN, Shape, Variants};
use crate::domain::ClosedList;
use crate::domain::Text;
use crate::domain::progress::AttendanceStatus;
use crate::domain::trainee::{Decision, EntryStatus, Sex, YesNo};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::quantity::{Kind, Role, What};
use std::collections::HashSet;

const KNOWN_ANSWERS: &Text = fixed!("entrants dont la réponse est connue", "entrants whose answer is known");
const OUT_OF_BASE: &Text =
    fixed!("réponses inconnues ou refusées hors de la base", "unknown and refused answers are out of the base");

const fn count(
    key: &'static str,
    label: &'static Text,
    definition: &'static Text,
    numerator: &'static Text,
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
    label: &'static Text,
    definition: &'static Text,
    numerator: &'static Text,
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
            fixed!("Candidats", "Applicants"),
            fixed!(
                "Personnes ayant candidaté à une promotion, à la date d'observation ou sans date de candidature.",
                "People who applied to a cohort, by the observation date or without an application date.",
            ),
            fixed!("personnes ayant candidaté à une promotion", "people who applied to a cohort"),
            applicants,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.once().known(&[
            Relation::at_most(&[ENTRANTS], NUM),
            // Somebody who applied to two cohorts is one applicant and two decisions.
            Relation::at_most_here(&[DEN], Term::Of(What::Indicator("applicants", Role::Numerator))),
        ]),
        denominator: fixed!("admis, en liste d'attente et refusés", "admitted, waiting and refused"),
        unknown: fixed!(
            "décisions en attente, manquantes et désistements hors de la base",
            "pending and missing decisions and withdrawals are out of the base",
        ),
        ..share(
            "admission_rate",
            fixed!("Taux d'admission", "Admission rate"),
            fixed!(
                "Admis parmi les candidatures décidées (admis, liste d'attente, refus).",
                "Admitted among decided applications (admitted, waiting list, refused).",
            ),
            fixed!("admis", "admitted"),
            admission_rate,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Entrants)),
        ..count(
            "entrants",
            fixed!("Entrants", "Entrants"),
            fixed!(
                "Participations entrées et présentes au moins une demi-journée à la date d'observation.",
                "Participations that entered and were present at least one half-day by the observation date.",
            ),
            fixed!(
                "participations entrées et présentes au moins une demi-journée",
                "participations that entered and were present at least one half-day",
            ),
            entrants,
        )
    },
    Indicator {
        denominator: fixed!("somme des places", "sum of places"),
        counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Entrants)).kinds(Kind::People, Kind::Plain),
        unknown: NEVER_UNKNOWN,
        ..share(
            "fill_rate",
            fixed!("Taux de remplissage", "Fill rate"),
            fixed!("Entrants rapportés au nombre de places.", "Entrants over the number of places."),
            fixed!("entrants", "entrants"),
            fill_rate,
        )
    },
    share(
        "share_women",
        fixed!("Part de femmes", "Share of women"),
        fixed!("Femmes parmi les entrants dont le sexe est connu.", "Women among entrants whose sex is known."),
        fixed!("femmes", "women"),
        share_women,
    ),
    share(
        "share_priority_district",
        fixed!("Part d'habitants de quartiers prioritaires", "Share living in priority districts"),
        fixed!(
            "Entrants habitant un quartier prioritaire, parmi ceux dont la réponse est connue.",
            "Entrants living in a priority district, among those whose answer is known.",
        ),
        fixed!("entrants habitant un quartier prioritaire", "entrants living in a priority district"),
        |w, g, _, s| yes_share(w, g, s, &["priority_district"], |p| p.fact.priority_district),
    ),
    share(
        "share_income_support",
        fixed!("Part d'allocataires d'un minimum social", "Share on income support"),
        fixed!(
            "Entrants recevant un minimum social, parmi ceux dont la réponse est connue.",
            "Entrants on minimum-income benefit, among those whose answer is known.",
        ),
        fixed!("entrants recevant un minimum social", "entrants on minimum-income benefit"),
        |w, g, _, s| yes_share(w, g, s, &["income_support"], |p| p.fact.income_support),
    ),
    share(
        "share_disability",
        fixed!("Part de personnes en situation de handicap", "Share with a disability"),
        fixed!(
            "Entrants en situation de handicap, parmi ceux dont la réponse est connue.",
            "Entrants with a disability, among those whose answer is known.",
        ),
        fixed!("entrants en situation de handicap", "entrants with a disability"),
        |w, g, _, s| yes_share(w, g, s, &["disability"], |p| p.fact.disability),
    ),
    share(
        "share_rural",
        fixed!("Part d'habitants de zones rurales", "Share living in rural areas"),
        fixed!(
            "Entrants habitant une zone rurale, parmi ceux dont la réponse est connue.",
            "Entrants living in a rural area, among those whose answer is known.",
        ),
        fixed!("entrants habitant une zone rurale", "entrants living in a rural area"),
        |w, g, _, s| yes_share(w, g, s, &["rural"], |p| p.fact.rural),
    ),
    share(
        "share_minors",
        fixed!("Part de mineurs", "Share of minors"),
        fixed!(
            "Entrants de moins de 18 ans le jour de l'entrée, parmi ceux dont la date de naissance est connue.",
            "Entrants under 18 on the entry day, among those whose birth date is known.",
        ),
        fixed!("entrants de moins de 18 ans le jour de l'entrée", "entrants under 18 on the entry day"),
        share_minors,
    ),
    share(
        "share_low_education",
        fixed!("Part de bas niveaux de formation", "Share with low education"),
        fixed!(
            "Entrants de niveau CITE 0 à 2, parmi ceux dont le niveau est connu.",
            "Entrants with ISCED level 0 to 2, among those whose education is known.",
        ),
        fixed!("entrants de niveau CITE 0 à 2", "entrants with ISCED level 0 to 2"),
        share_low_education,
    ),
    share(
        "share_neet",
        fixed!("Part de NEET", "Share of NEET"),
        fixed!(
            "Entrants au chômage ou inactifs et hors études, parmi ceux dont les deux réponses sont connues.",
            "Entrants unemployed or inactive and not in education, among those with both answers known.",
        ),
        fixed!(
            "entrants au chômage ou inactifs et hors études",
            "entrants unemployed or inactive and not in education"
        ),
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
            fixed!("Âge moyen", "Mean age"),
            fixed!("Moyenne des années révolues le jour de l'entrée.", "Mean of completed years on the entry day."),
            fixed!("somme des âges en années révolues", "sum of completed years"),
            mean_age,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.never_unknown().once().known(&[Relation::equal_here(&[NUM], ENTRANTS)]),
        ..count(
            "people_reached",
            fixed!("Personnes accueillies", "People reached"),
            fixed!(
                "Personnes distinctes entrées au moins une fois dans une promotion du périmètre.",
                "Distinct people who ever entered a cohort of the scope.",
            ),
            fixed!("personnes distinctes entrées au moins une fois", "distinct people who ever entered"),
            people_reached,
        )
    },
];

const APPLIED: &Text = fixed!("a candidaté", "applied");
const APPLIES_LATER: &Text = fixed!("candidature après la date d'observation", "applied after the observation date");
const COUNTED_BEFORE: &Text =
    fixed!("personne déjà comptée dans une autre promotion", "person already counted in another cohort");
const ENTERED: &Text =
    fixed!("entré et présent au moins une demi-journée", "entered and present at least one half-day");
const NO_ANSWER: &Text = fixed!("réponse inconnue ou refusée", "answer unknown or refused");

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
            Some(Decision::Admitted) => unit.counted(fixed!("admis", "admitted")),
            Some(Decision::Waiting | Decision::Refused) => {
                unit.not_counted(fixed!("décidé, non admis", "decided, not admitted"))
            }
            Some(Decision::Withdrawn) => unit.left_out(fixed!("désistement", "withdrawn before start")),
            Some(Decision::Pending) | None => unit.left_out(fixed!("pas encore décidé", "not decided yet")),
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
        sink(unit.not_counted(fixed!("place ouverte", "place offered")));
    }
}

fn share_women(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["sex"]));
        sink(match part.person.sex {
            None => unit.unknown(fixed!("sexe non renseigné", "sex not recorded")),
            Some(sex) => unit.value(Value::Code(sex.code())).counted_if(
                sex == Sex::F,
                fixed!("femme", "woman"),
                fixed!("autre sexe", "another sex"),
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
            YesNo::Yes => unit.counted(fixed!("réponse : oui", "answer: yes")),
            YesNo::No => unit.not_counted(fixed!("réponse : non", "answer: no")),
            YesNo::Unknown | YesNo::Refused => unit.unknown(NO_ANSWER),
        });
    });
}

const NO_BIRTH_DATE: &Text = fixed!("date de naissance non renseignée", "birth date not recorded");

fn share_minors(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["birth_date"]));
        sink(match part.age_at_entry() {
            None => unit.unknown(NO_BIRTH_DATE),
            Some(age) => unit.value(Value::Number(age)).counted_if(
                age < 18,
                fixed!("moins de 18 ans à l'entrée", "under 18 at entry"),
                fixed!("18 ans ou plus à l'entrée", "18 or over at entry"),
            ),
        });
    });
}

fn share_low_education(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.record(&["education"]));
        sink(match part.fact.education {
            None => unit.unknown(fixed!("niveau non renseigné", "education not recorded")),
            Some(level) => unit.value(Value::Number(level)).counted_if(
                level <= 2,
                fixed!("niveau 0 à 2", "level 0 to 2"),
                fixed!("niveau 3 ou plus", "level 3 or more"),
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
            None => unit.unknown(fixed!("statut ou études non renseignés", "status or education not recorded")),
            Some((status, studies)) => unit.counted_if(
                status != EntryStatus::Employed && !studies,
                fixed!("sans emploi et hors études", "not in work and not in education"),
                fixed!("en emploi ou en études", "in work or in education"),
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
                .counted(fixed!("années révolues le jour de l'entrée", "completed years on the entry day")),
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
