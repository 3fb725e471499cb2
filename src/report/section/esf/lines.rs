//! The lines of the ESF+ section: outputs at entry (EECO) and results after the exit (EECR).

use super::Participant;
use crate::domain::Text;
use crate::domain::facts::ParticipationFact;
use crate::domain::placement::SituationType;
use crate::domain::trainee::{EntryStatus, YesNo};
use crate::domain::{ClosedList, Date};
use crate::fixed;
use crate::report::aftermath::{EXIT_WINDOW, Point};
use crate::report::as_of::World;
use crate::report::figure_class::FigureClass::{self, Frame, Outcome, Sensitive};
use crate::report::indicator::entrants::entrant;
use crate::report::indicator::qualified::qualification;
use crate::report::membership::{RecordRef, Unit, Value};
use crate::report::situation;
use crate::text;

/// What a line says of one person.
pub type Judge = fn(&World<'_>, &Participant<'_, '_>) -> Unit;

/// One line.
pub struct Line {
    /// Code of the indicator.
    pub key: &'static str,
    /// What a funder that is masked may see of it.
    pub class: FigureClass,
    /// What it counts.
    pub label: &'static Text,
    /// Who is counted; nothing for a line that is not computed.
    pub judge: Option<Judge>,
}

const fn line(key: &'static str, class: FigureClass, label: &'static Text, judge: Judge) -> Line {
    Line { key, class, label, judge: Some(judge) }
}

/// All lines, in order.
pub const LINES: &[Line] = &[
    line("EECO01", Frame, fixed!("Participants", "Participants"), |w, p| {
        entrant(p.first).counted(YES).why(w, || standing(p))
    }),
    line(
        "EECO01_complete",
        Outcome,
        fixed!(
            "Participants aux données complètes (sexe, statut, naissance, niveau)",
            "Participants with complete data (sex, status, birth date, education)"
        ),
        |w, p| answer(w, p, &["status_at_entry", "education"], complete(p)).why(w, || completeness(p)),
    ),
    line(
        "EECO02",
        Outcome,
        fixed!("Chômeurs, y compris de longue durée", "Unemployed, including long-term"),
        |w, p| status(w, p, |s| s == EntryStatus::Unemployed),
    ),
    line("EECO03", Outcome, fixed!("Chômeurs de longue durée", "Long-term unemployed"), |w, p| {
        answer(w, p, &["status_at_entry", "status_since"], long_term(w, p))
    }),
    line("EECO04", Outcome, fixed!("Inactifs", "Inactive"), |w, p| status(w, p, |s| s == EntryStatus::Inactive)),
    line(
        "EECO05",
        Outcome,
        fixed!("En emploi, y compris indépendants", "Employed, including self-employed"),
        |w, p| status(w, p, |s| s == EntryStatus::Employed),
    ),
    line("EECO06", Outcome, fixed!("Moins de 18 ans", "Under 18"), |w, p| age(w, p, |a| a < 18)),
    line("EECO07", Outcome, fixed!("De 18 à 29 ans", "18 to 29"), |w, p| age(w, p, |a| (18..=29).contains(&a))),
    line("EECO08", Outcome, fixed!("55 ans et plus", "55 and over"), |w, p| age(w, p, |a| a >= 55)),
    line(
        "EECO09",
        Outcome,
        fixed!("Premier cycle du secondaire ou moins (CITE 0-2)", "Lower secondary or less (ISCED 0-2)"),
        |w, p| education(w, p, |e| e <= 2),
    ),
    line(
        "EECO10",
        Outcome,
        fixed!("Secondaire ou post-secondaire (CITE 3-4)", "Upper or post-secondary (ISCED 3-4)"),
        |w, p| education(w, p, |e| (3..=4).contains(&e)),
    ),
    line("EECO11", Outcome, fixed!("Enseignement supérieur (CITE 5-8)", "Tertiary (ISCED 5-8)"), |w, p| {
        education(w, p, |e| e >= 5)
    }),
    line(
        "EECO12",
        Sensitive,
        fixed!("Personnes en situation de handicap", "Participants with disabilities"),
        |w, p| yes(w, p, &["disability"], |f| f.disability),
    ),
    line("EECO13", Sensitive, fixed!("Ressortissants de pays tiers", "Third-country nationals"), |w, p| {
        yes(w, p, &["third_country"], |f| f.third_country)
    }),
    line("EECO14", Sensitive, fixed!("D'origine étrangère", "With a foreign background"), |w, p| {
        yes(w, p, &["foreign_background"], |f| f.foreign_background)
    }),
    line("EECO15", Sensitive, fixed!("Minorités", "Minorities"), |w, p| yes(w, p, &["minority"], |f| f.minority)),
    line(
        "EECO16",
        Sensitive,
        fixed!("Sans domicile ou exclus du logement", "Homeless or in housing exclusion"),
        |w, p| yes(w, p, &["homeless"], |f| f.homeless),
    ),
    line("EECO17", Outcome, fixed!("Habitants de zones rurales", "From rural areas"), |w, p| {
        yes(w, p, &["rural"], |f| f.rural)
    }),
    line(
        "EECR01",
        Outcome,
        fixed!("Inactifs en recherche d'emploi à la sortie", "Inactive, searching for a job upon leaving"),
        searching,
    ),
    line(
        "EECR02",
        Outcome,
        fixed!("En études ou en formation à la sortie", "In education or training upon leaving"),
        training,
    ),
    line(
        "EECR03",
        Outcome,
        fixed!("Qualification obtenue à la sortie", "Gained a qualification upon leaving"),
        qualified,
    ),
    line(
        "EECR04",
        Outcome,
        fixed!("Chômeurs ou inactifs, en emploi à la sortie", "Unemployed or inactive, in work upon leaving"),
        in_work,
    ),
    line(
        "EECR05",
        Outcome,
        fixed!("Chômeurs ou inactifs, en emploi six mois après", "Unemployed or inactive, in work six months after"),
        in_work_later,
    ),
    Line {
        key: "EECR06",
        class: Outcome,
        label: fixed!("En emploi, situation meilleure six mois après", "Employed, better situation six months after"),
        judge: None,
    },
];

const YES: &Text = fixed!("répond à la ligne", "belongs to the line");
const NO: &Text = fixed!("ne répond pas à la ligne", "does not belong to the line");
const MISSING: &Text = fixed!("donnée non renseignée", "not recorded");
const NO_EXIT: &Text = fixed!("pas encore de résultat : n'est pas sorti", "no result yet: has not left");
const OTHER_STATUS: &Text = fixed!("statut à l'entrée hors de la ligne", "status at entry outside the line");

fn of(participant: &Participant<'_, '_>, columns: &'static [&'static str]) -> Unit {
    let unit = Unit::of(participant.first).because(participant.first.record(columns));
    Unit { date: participant.first.entry, ..unit }
}

fn answer(
    world: &World<'_>,
    participant: &Participant<'_, '_>,
    columns: &'static [&'static str],
    counts: bool,
) -> Unit {
    of(participant, columns).counted_if(counts, YES, NO).why(world, || standing(participant))
}

fn complete(participant: &Participant<'_, '_>) -> bool {
    let (person, fact) = (participant.first.person, participant.first.fact);
    person.sex.is_some() && person.birth_date.is_some() && fact.status_at_entry.is_some() && fact.education.is_some()
}

/// Which of the four answers is missing.
fn completeness(participant: &Participant<'_, '_>) -> Text {
    let (person, fact) = (participant.first.person, participant.first.fact);
    let missing: Vec<Text> = [
        (person.sex.is_none(), text!("sexe", "sex")),
        (fact.status_at_entry.is_none(), text!("statut à l'entrée", "status at entry")),
        (person.birth_date.is_none(), text!("date de naissance", "birth date")),
        (fact.education.is_none(), text!("niveau d'études", "education")),
    ]
    .into_iter()
    .filter_map(|(missing, name)| missing.then_some(name))
    .collect();
    if missing.is_empty() {
        return text!("les quatre réponses sont connues", "all four answers are known");
    }
    let missing = Text::join(&missing, ", ");
    text!("il manque : {missing}", "missing: {missing}"; missing)
}

fn status(world: &World<'_>, participant: &Participant<'_, '_>, counts: fn(EntryStatus) -> bool) -> Unit {
    let unit = of(participant, &["status_at_entry"]);
    match participant.first.fact.status_at_entry {
        None => unit.unknown(MISSING),
        Some(found) => unit
            .value(Value::Code(found.code()))
            .counted_if(counts(found), YES, NO)
            .why(world, || standing(participant)),
    }
}

/// Unemployed since more months than the settings say, counted to the entry day.
fn long_term(world: &World<'_>, participant: &Participant<'_, '_>) -> bool {
    let (fact, settings) = (participant.first.fact, world.scope.settings);
    let young = participant.first.age_at_entry().is_some_and(|age| age < 25);
    let months = if young { settings.ltu_under25 } else { settings.ltu_months };
    fact.status_at_entry == Some(EntryStatus::Unemployed)
        && fact
            .status_since
            .zip(participant.first.entry)
            .is_some_and(|(since, entry)| since.plus_months(months) < entry)
}

fn age(world: &World<'_>, participant: &Participant<'_, '_>, counts: fn(i64) -> bool) -> Unit {
    let unit = of(participant, &[]).because(participant.first.identity(&["birth_date"]));
    match participant.first.age_at_entry() {
        None => unit.unknown(MISSING),
        Some(age) => unit
            .value(Value::Number(age))
            .counted_if(counts(age), YES, NO)
            .why(world, || text!("{age} ans à l'entrée", "{age} years old at entry")),
    }
}

fn education(world: &World<'_>, participant: &Participant<'_, '_>, counts: fn(i64) -> bool) -> Unit {
    let unit = of(participant, &["education"]);
    match participant.first.fact.education {
        None => unit.unknown(MISSING),
        Some(level) => unit
            .value(Value::Number(level))
            .counted_if(counts(level), YES, NO)
            .why(world, || text!("niveau d'études {level} (CITE)", "education level {level} (ISCED)")),
    }
}

fn yes(
    world: &World<'_>,
    participant: &Participant<'_, '_>,
    columns: &'static [&'static str],
    given: fn(&ParticipationFact) -> YesNo,
) -> Unit {
    let given = given(participant.first.fact);
    let unit = of(participant, columns).value(Value::Code(given.code()));
    let judged = match given {
        YesNo::Yes => unit.counted(YES),
        YesNo::No => unit.not_counted(NO),
        YesNo::Unknown | YesNo::Refused => unit.unknown(MISSING),
    };
    judged.why(world, || {
        let given = given.text();
        text!("réponse : {given}", "answer: {given}"; given)
    })
}

/// A result: the person must have left; `found` names what counts and its record.
fn result(world: &World<'_>, participant: &Participant<'_, '_>, found: impl FnOnce(Unit, Date) -> Unit) -> Unit {
    let unit = of(participant, &["exit", "exit_reason"]);
    match participant.exit {
        None => {
            let as_of = world.as_of;
            unit.not_yet_due(NO_EXIT).why(world, || text!("pas de sortie au {as_of}", "no exit by {as_of}"; as_of))
        }
        Some(exit) => found(unit.on(exit), exit),
    }
}

fn decided(world: &World<'_>, unit: Unit, (from, to): (Date, Date), found: Option<(Value, RecordRef)>) -> Unit {
    match found {
        Some((value, record)) => unit
            .value(value)
            .because(record)
            .counted(YES)
            .why(world, || text!("du {from} au {to} : trouvé", "from {from} to {to}: found"; from, to)),
        None => unit.not_counted(NO).why(world, || {
            text!("rien de tel enregistré du {from} au {to}", "nothing of the kind recorded from {from} to {to}"; from, to)
        }),
    }
}

/// The status at the entry, which a line counts or not.
fn standing(participant: &Participant<'_, '_>) -> Text {
    let fact = participant.first.fact;
    let status = fact.status_at_entry.map_or_else(|| MISSING.clone(), |status| status.text());
    match (fact.status_since, participant.first.entry) {
        (Some(since), Some(entry)) => text!(
            "statut à l'entrée du {entry} : {status}, depuis le {since}",
            "status at the entry of {entry}: {status}, since {since}";
            entry, status, since
        ),
        _ => text!("statut à l'entrée : {status}", "status at entry: {status}"; status),
    }
}

/// The 28 days after the exit, and those before it for what was obtained on the way.
fn to_the_window(participant: &Participant<'_, '_>, exit: Date) -> (Date, Date) {
    (participant.first.entry.unwrap_or(exit), exit.plus_days(EXIT_WINDOW))
}

fn out_of_work(participant: &Participant<'_, '_>) -> bool {
    matches!(participant.first.fact.status_at_entry, Some(EntryStatus::Unemployed | EntryStatus::Inactive))
}

fn searching(world: &World<'_>, participant: &Participant<'_, '_>) -> Unit {
    let person = participant.first.fact.person;
    result(world, participant, |unit, exit| {
        if participant.first.fact.status_at_entry != Some(EntryStatus::Inactive) {
            return unit.left_out(OTHER_STATUS).why(world, || standing(participant));
        }
        let (from, to) = world.exit_window(exit);
        let mut searches = world.situations(person).filter(|s| {
            s.kind == SituationType::DemandeurEmploi
                && (from..=to).contains(&s.start)
                && world.paid_within(person, (s.start, s.start)).is_none()
        });
        decided(world, unit, (from, to), searches.next().map(|s| (situation::value(s), situation::record(s))))
    })
}

fn training(world: &World<'_>, participant: &Participant<'_, '_>) -> Unit {
    result(world, participant, |unit, exit| {
        let window = world.exit_window(exit);
        let found = world.training_within(participant.first.fact.person, window);
        decided(world, unit, window, found.map(|s| (situation::value(s), situation::record(s))))
    })
}

fn qualified(world: &World<'_>, participant: &Participant<'_, '_>) -> Unit {
    result(world, participant, |unit, exit| {
        let found = participant.all.iter().find_map(|part| qualification(world, part, exit));
        let record = |c: &crate::domain::facts::CertificateFact| {
            use crate::report::membership::RecordKind;
            RecordRef::new(RecordKind::Certificate, c.id, c.op, &["certificate", "date", "outcome"])
        };
        decided(world, unit, to_the_window(participant, exit), found.map(|c| (Value::Day(c.date), record(c))))
    })
}

fn in_work(world: &World<'_>, participant: &Participant<'_, '_>) -> Unit {
    result(world, participant, |unit, exit| {
        if !out_of_work(participant) {
            return unit.left_out(OTHER_STATUS).why(world, || standing(participant));
        }
        let window = world.exit_window(exit);
        let found = world.paid_within(participant.first.fact.person, window);
        decided(world, unit, window, found.map(|s| (situation::value(s), situation::record(s))))
    })
}

fn in_work_later(world: &World<'_>, participant: &Participant<'_, '_>) -> Unit {
    result(world, participant, |unit, exit| {
        if !out_of_work(participant) {
            return unit.left_out(OTHER_STATUS).why(world, || standing(participant));
        }
        let (from, to) = Point::M6.window(exit);
        if to > world.as_of {
            let as_of = world.as_of;
            let waits = unit.not_yet_due(fixed!("six mois pas encore passés", "six months have not passed yet"));
            return waits.why(world, || {
                text!(
                    "sortie {exit} + 6 mois = {to}, après le {as_of}",
                    "exit {exit} + 6 months = {to}, after {as_of}";
                    exit, to, as_of
                )
            });
        }
        let found = world.paid_within(participant.first.fact.person, (from, to));
        decided(world, unit, (from, to), found.map(|s| (situation::value(s), situation::record(s))))
    })
}
