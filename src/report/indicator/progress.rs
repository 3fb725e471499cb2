//! Progress: modules, certificates, qualification, driving licence and interviews.

use super::counts::{Counts, DEN, ENTRANTS as ENTRANTS_TERM, NUM, Name, Relation, Rows, Term, UNKNOWN};
use super::interviews;
use super::{Better, Indicator, Measure, NEVER_UNKNOWN, NO_BASE, OWN, Shape, Variants};
use crate::domain::ClosedList;
use crate::domain::Date;
use crate::domain::Text;
use crate::domain::facts::{CatalogueFact, CertificateFact, LicenceFact, ModuleFact, ResultFact};
use crate::domain::id::{CertificateId, PersonId};
use crate::domain::progress::{CertificateOutcome, LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::trainee::LicenceAtEntry;
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::outcome::EXIT_WINDOW;
use crate::report::quantity::{Activity, Role, What};
use std::collections::{BTreeMap, BTreeSet, HashSet};

const ENTRANTS: &Text = fixed!("entrants", "entrants");

const fn rate(
    key: &'static str,
    label: &'static Text,
    definition: &'static Text,
    numerator: &'static Text,
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
        denominator: ENTRANTS,
        unknown: NEVER_UNKNOWN,
        source: OWN,
        counts: Counts::PEOPLE,
        gather,
    }
}

const fn total(
    key: &'static str,
    measure: Measure,
    label: &'static Text,
    text: &'static Text,
    numerator: &'static Text,
    gather: super::Gather,
) -> Indicator {
    Indicator {
        measure,
        shape: Shape::Sum,
        denominator: NO_BASE,
        counts: Counts::AMOUNTS,
        ..rate(key, label, text, numerator, gather)
    }
}

const LICENCE_UNKNOWN: &Text =
    fixed!("permis à l'entrée non renseigné : hors de la base", "licence at entry not recorded: out of the base");

/// The indicators of this page, in order.
pub const ALL: &[Indicator] = &[
    Indicator {
        variants: Variants::TechnicalModules,
        denominator: fixed!("entrants x modules techniques", "entrants x technical modules"),
        counts: Counts::PEOPLE.never_unknown().known(&[
            // Everybody of a cohort has its modules, and nobody of it has another's.
            Relation::equal_here(&[DEN], ENTRANTS_TERM).rows(Rows::OfVariantsInACohort),
            Relation::at_most(&[DEN], ENTRANTS_TERM).rows(Rows::OfVariants),
        ]),
        ..rate(
            "modules_validated",
            fixed!("Modules techniques validés", "Technical modules validated"),
            fixed!(
                "Couples entrant x module technique validés à la date d'observation.",
                "Pairs entrant x technical module validated by the observation date.",
            ),
            fixed!("couples entrant x module technique validés", "pairs entrant x technical module validated"),
            modules_validated,
        )
    },
    Indicator {
        variants: Variants::Certificates,
        denominator: fixed!("présentés au moins une fois", "presented at least once"),
        counts: Counts::PEOPLE
            .never_unknown()
            .known(&[Relation::at_most(&[DEN], ENTRANTS_TERM).rows(Rows::OfVariants)]),
        ..rate(
            "certificate_success",
            fixed!("Réussite aux certificats", "Certificate success"),
            fixed!(
                "Certificats obtenus parmi ceux présentés au moins une fois ; une absence n'est pas une présentation.",
                "Certificates obtained among those presented at least once; an absence is no presentation.",
            ),
            fixed!("certificats obtenus", "certificates obtained"),
            certificate_success,
        )
    },
    Indicator {
        denominator: fixed!("sorties", "exits"),
        counts: Counts::PEOPLE.denominator(Name::Is(What::Exits)).known(&[Relation::at_most(&[NUM], DEN)]),
        ..rate(
            "qualified",
            fixed!("Sortants qualifiés", "Qualified leavers"),
            fixed!(
                "Sortants ayant obtenu au moins un certificat qualifiant au plus tard 28 jours après la sortie.",
                "Leavers who obtained at least one qualifying certificate by 28 days after their exit.",
            ),
            fixed!(
                "sortants ayant obtenu au moins un certificat qualifiant",
                "leavers who obtained at least one qualifying certificate",
            ),
            qualified,
        )
    },
    Indicator {
        denominator: fixed!("entrants sans permis ni code", "entrants with neither licence nor theory test"),
        counts: Counts::PEOPLE.known(&[
            Relation::at_most(&[DEN], Term::Of(What::Indicator("licence_obtained", Role::Denominator))),
            Relation::equal_here(&[UNKNOWN], Term::Of(What::Indicator("licence_obtained", Role::Unknown))),
        ]),
        unknown: LICENCE_UNKNOWN,
        ..rate(
            "code_passed_in_path",
            fixed!("Code obtenu pendant le parcours", "Theory test passed during the path"),
            fixed!(
                "Code de la route obtenu entre l'entrée et la sortie, parmi les entrants sans permis ni code.",
                "Theory test passed between entry and exit, among entrants with neither licence nor theory test.",
            ),
            fixed!("code de la route obtenu entre l'entrée et la sortie", "theory test passed between entry and exit"),
            code_passed_in_path,
        )
    },
    Indicator {
        denominator: fixed!("entrants sans permis B à l'entrée", "entrants without licence B at entry"),
        counts: Counts::PEOPLE.known(&[Relation::at_most(&[DEN, UNKNOWN], ENTRANTS_TERM)]),
        unknown: LICENCE_UNKNOWN,
        ..rate(
            "licence_obtained",
            fixed!("Permis obtenu", "Licence obtained"),
            fixed!(
                "Permis B obtenu depuis l'entrée, parmi les entrants qui ne l'avaient pas.",
                "Licence B obtained since entry, among entrants who did not hold it.",
            ),
            fixed!("permis B obtenu depuis l'entrée", "licence B obtained since entry"),
            licence_obtained,
        )
    },
    Indicator {
        counts: Counts::AMOUNTS.once(),
        ..total(
            "driving_hours",
            Measure::Hours,
            fixed!("Heures de conduite", "Driving hours"),
            fixed!(
                "Heures de leçons de conduite de la période, depuis l'entrée.",
                "Hours of driving lessons in the period, from the entry on.",
            ),
            fixed!("heures de leçons de conduite", "hours of driving lessons"),
            driving_hours,
        )
    },
    Indicator {
        counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Period(Activity::Interviews))),
        ..total(
            "interviews",
            Measure::Count,
            fixed!("Entretiens individuels", "Individual interviews"),
            fixed!("Entretiens individuels de la période.", "Individual interviews in the period."),
            fixed!("entretiens individuels", "individual interviews"),
            |w, g, _, s| interviews::each(w, g, s, &["date"], |_| 1),
        )
    },
    Indicator {
        counts: Counts::AMOUNTS.numerator(Name::Is(What::Period(Activity::InterviewHours))),
        ..total(
            "interview_hours",
            Measure::Hours,
            fixed!("Heures d'entretien", "Interview hours"),
            fixed!("Heures d'entretiens individuels de la période.", "Hours of individual interviews in the period."),
            fixed!("heures d'entretiens individuels", "hours of individual interviews"),
            |w, g, _, s| interviews::each(w, g, s, &["date", "minutes"], |minutes| minutes),
        )
    },
    Indicator {
        denominator: fixed!(
            "entrants présents au moins un mois entier de la période",
            "entrants with at least one full month of presence in the period",
        ),
        counts: Counts::PEOPLE.known(&[Relation::at_most(&[DEN], ENTRANTS_TERM)]),
        ..rate(
            "followed_monthly",
            fixed!("Suivis chaque mois", "Followed every month"),
            fixed!(
                "Entrants ayant eu un entretien dans chaque mois entier de présence de la période.",
                "Entrants with an interview in each full month of presence in the period.",
            ),
            fixed!(
                "entrants ayant eu un entretien dans chaque mois entier de présence",
                "entrants with an interview in each full month of presence",
            ),
            interviews::followed_monthly,
        )
    },
];

/// Codes of the technical modules of the scope.
pub fn technical_codes(world: &World<'_>) -> BTreeSet<String> {
    world.cohorts.iter().flat_map(|c| c.technical_modules()).map(|m| m.code.clone()).collect()
}

/// Codes of the certificates that entrants of the scope presented.
pub fn presented_codes(world: &World<'_>) -> BTreeSet<String> {
    let attempts = world.entrants(Group::All).flat_map(|p| world.certificates(p));
    let ids: BTreeSet<CertificateId> =
        attempts.filter(|c| c.outcome != CertificateOutcome::Absent).map(|c| c.certificate).collect();
    ids.into_iter().filter_map(|id| catalogue(world, id)).map(|c| c.code.clone()).collect()
}

/// A certificate of the catalogue by record number.
pub fn catalogue<'a>(world: &World<'a>, id: CertificateId) -> Option<&'a CatalogueFact> {
    world.facts.catalogue.iter().find(|c| c.id == id)
}

/// The first validation of a module by a participation, up to as_of.
pub fn first_validation<'a>(world: &World<'a>, part: &Part<'_>, module: &ModuleFact) -> Option<&'a ResultFact> {
    let found = world.results(part).filter(|r| r.module == module.id && r.outcome == ModuleOutcome::Validated);
    found.min_by_key(|r| (r.date, r.id))
}

/// The unit of a participation and a module.
pub fn module_unit(part: &Part<'_>, module: &ModuleFact, result: Option<&ResultFact>) -> Unit {
    let unit = Unit::of(part).kind(UnitKind::Module).value(Value::Name(module.code.clone()));
    match result {
        Some(r) => unit.on(r.date).because(RecordRef::new(RecordKind::Result, r.id, r.op, &["date", "outcome"])),
        None => unit.because(RecordRef::new(RecordKind::Module, module.id, module.op, &["stream"])),
    }
}

fn modules_validated(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let modules = world.cohort(part).technical_modules();
        for module in modules.filter(|m| variant.is_none_or(|v| v == m.code)) {
            let result = first_validation(world, part, module);
            sink(module_unit(part, module, result).counted_if(
                result.is_some(),
                fixed!("module validé", "module validated"),
                fixed!("module non validé", "module not validated"),
            ));
        }
    });
}

fn certificate_record(attempt: &CertificateFact) -> RecordRef {
    RecordRef::new(RecordKind::Certificate, attempt.id, attempt.op, &["certificate", "date", "outcome"])
}

fn certificate_success(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let mut by_certificate: BTreeMap<CertificateId, Vec<&CertificateFact>> = BTreeMap::new();
        for attempt in world.certificates(part) {
            by_certificate.entry(attempt.certificate).or_default().push(attempt);
        }
        for (id, attempts) in by_certificate {
            let Some(certificate) = catalogue(world, id) else { continue };
            if variant.is_some_and(|v| v != certificate.code) {
                continue;
            }
            let rank = |a: &&&CertificateFact| (a.outcome, a.date, a.id);
            let Some(best) = attempts.iter().min_by_key(rank) else { continue };
            let unit = Unit::of(part).kind(UnitKind::Certificate).value(Value::Name(certificate.code.clone()));
            let unit = unit.on(best.date).because(certificate_record(best));
            sink(match best.outcome {
                CertificateOutcome::Obtained => unit.counted(fixed!("certificat obtenu", "certificate obtained")),
                CertificateOutcome::Failed => {
                    unit.not_counted(fixed!("présenté, non obtenu", "presented, not obtained"))
                }
                CertificateOutcome::Absent => unit.left_out(fixed!("absent : non présenté", "absent: not presented")),
            });
        }
    });
}

/// The first qualifying certificate of a participation by 28 days after an exit, up to as_of.
pub fn qualification<'a>(world: &World<'a>, part: &Part<'_>, exit: Date) -> Option<&'a CertificateFact> {
    let last = exit.plus_days(EXIT_WINDOW);
    let qualifies = |c: &&CertificateFact| {
        c.outcome == CertificateOutcome::Obtained
            && c.date <= last
            && catalogue(world, c.certificate).is_some_and(|c| c.counts_as_qualification)
    };
    world.certificates(part).filter(qualifies).min_by_key(|c| (c.date, c.id))
}

fn qualified(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    super::exits::each_exit(world, group, sink, |part, (exit, _), sink| {
        let unit = Unit::of(part).on(exit);
        sink(match qualification(world, part, exit) {
            Some(c) => {
                let code = catalogue(world, c.certificate).map_or(Value::None, |c| Value::Name(c.code.clone()));
                unit.value(code)
                    .because(certificate_record(c))
                    .counted(fixed!("certificat qualifiant obtenu à temps", "qualifying certificate obtained in time"))
            }
            None => unit
                .because(part.record(&["exit"]))
                .not_counted(fixed!("aucun certificat qualifiant à temps", "no qualifying certificate in time")),
        });
    });
}

/// The first pass of a step by a person from a day on, up to as_of.
pub fn first_pass<'a>(world: &World<'a>, person: PersonId, since: Date, step: LicenceStep) -> Option<&'a LicenceFact> {
    let passed = |l: &&LicenceFact| l.step == step && l.outcome == Some(LicenceOutcome::Passed);
    world.licence(person, since).filter(passed).min_by_key(|l| (l.date, l.id))
}

/// The record of a licence event.
pub fn licence_record(event: &LicenceFact) -> RecordRef {
    RecordRef::new(RecordKind::Licence, event.id, event.op, &["step", "date", "outcome", "hours"])
}

/// Who may pass a step: those who do not hold it at entry.
fn licence_step(
    world: &World<'_>,
    group: Group,
    sink: &mut Sink<'_>,
    in_base: fn(LicenceAtEntry) -> bool,
    pass: impl Fn(&Part<'_>, Date) -> Option<(Date, RecordRef)>,
) {
    world.each_entrant(group, sink, |part, sink| {
        let held = part.fact.licence_at_entry;
        let unit = Unit::of(part).because(part.record(&["licence_at_entry"]));
        let unit = unit.value(held.map_or(Value::None, |h| Value::Code(h.code())));
        sink(match held {
            None => unit.unknown(fixed!("permis à l'entrée non renseigné", "licence at entry not recorded")),
            Some(held) if !in_base(held) => unit.left_out(fixed!("déjà acquis à l'entrée", "already held at entry")),
            Some(_) => match part.entry.and_then(|entry| pass(part, entry)) {
                Some((date, record)) => unit.on(date).because(record).counted(fixed!("épreuve réussie", "exam passed")),
                None => unit.not_counted(fixed!("pas de réussite dans le délai", "not passed in that time")),
            },
        });
    });
}

fn code_passed_in_path(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    licence_step(
        world,
        group,
        sink,
        |held| held == LicenceAtEntry::None,
        |part, entry| {
            let pass = first_pass(world, part.fact.person, entry, LicenceStep::CodeExam)?;
            let in_path = part.exit.is_none_or(|(exit, _)| pass.date <= exit);
            in_path.then(|| (pass.date, licence_record(pass)))
        },
    );
}

fn licence_obtained(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    licence_step(
        world,
        group,
        sink,
        |held| held != LicenceAtEntry::B,
        |part, entry| {
            let pass = first_pass(world, part.fact.person, entry, LicenceStep::DrivingExam)?;
            Some((pass.date, licence_record(pass)))
        },
    );
}

fn driving_hours(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    world.each_entrant(group, sink, |part, sink| {
        let Some(entry) = part.entry else { return };
        let lessons = world.licence(part.fact.person, entry).filter(|l| l.step == LicenceStep::Lesson);
        for lesson in lessons.filter(|l| world.in_period(l.date)) {
            let unit = Unit::of(part).kind(UnitKind::LicenceEvent).on(lesson.date).amount(lesson.minutes);
            let unit = unit.because(licence_record(lesson)).value(Value::Code(lesson.step.code()));
            sink(if seen.insert(lesson.id) {
                unit.counted(fixed!("leçon de la période", "lesson in the period"))
            } else {
                unit.left_out(fixed!("leçon déjà comptée", "lesson already counted"))
            });
        }
    });
}
