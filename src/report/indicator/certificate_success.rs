//! Certificates obtained, by certificate and together.

use super::counts::{Counts, DEN, ENTRANTS, Relation, Rows};
use super::{Indicator, Page, Variants};
use crate::domain::facts::{CatalogueFact, CertificateFact};
use crate::domain::id::CertificateId;
use crate::domain::progress::CertificateOutcome;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Certificates obtained over those presented at least once.
pub const CERTIFICATE_SUCCESS: Indicator = Indicator {
    key: "certificate_success",
    variants: Variants::Certificates,
    label: fixed!("Réussite aux certificats", "Certificate success"),
    definition: fixed!(
        "Certificats obtenus parmi ceux présentés au moins une fois ; une absence n'est pas une présentation.",
        "Certificates obtained among those presented at least once; an absence is no presentation.",
    ),
    numerator: fixed!("certificats obtenus", "certificates obtained"),
    denominator: fixed!("présentés au moins une fois", "presented at least once"),
    counts: Counts::PEOPLE.never_unknown().known(&[Relation::at_most(&[DEN], ENTRANTS).rows(Rows::OfVariants)]),
    page: Page::Progress(40),
    gather: certificate_success,
    ..Indicator::rate(FigureClass::Outcome)
};

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

pub(super) fn certificate_record(attempt: &CertificateFact) -> RecordRef {
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

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn an_absence_is_no_presentation_and_one_success_is_enough() {
        let mut school = School::with_p1();
        let aipr = school.catalogue("AIPR", Registry::None, true);
        let [one, two, three] = ["a", "b", "c"].map(|slug| school.enter("P1", slug, "2018-11-05"));
        school.attempt(one, aipr, "2018-12-01", CertificateOutcome::Failed);
        school.attempt(one, aipr, "2018-12-15", CertificateOutcome::Obtained);
        school.attempt(two, aipr, "2018-12-01", CertificateOutcome::Failed);
        school.attempt(three, aipr, "2018-12-01", CertificateOutcome::Absent);
        check(&school, "2018-12-14", "certificate_success@AIPR", [0, 2, 0, 0]);
        check(&school, "2018-12-15", "certificate_success", [1, 2, 0, 0]);
    }
}
