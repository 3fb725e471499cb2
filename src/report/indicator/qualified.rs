//! Leavers who obtained a qualifying certificate.

use super::certificate_success::{catalogue, certificate_record};
use super::counts::{Counts, DEN, NUM, Name, Relation};
use super::{Indicator, Page};
use crate::domain::Date;
use crate::domain::facts::CertificateFact;
use crate::domain::progress::CertificateOutcome;
use crate::fixed;
use crate::report::aftermath::EXIT_WINDOW;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::What;
use crate::text;

/// Leavers with a qualifying certificate by 28 days after their exit.
pub const QUALIFIED: Indicator = Indicator {
    key: "qualified",
    label: fixed!("Sortants qualifiés", "Qualified leavers"),
    definition: fixed!(
        "Sortants ayant obtenu au moins un certificat qualifiant au plus tard 28 jours après la sortie.",
        "Leavers who obtained at least one qualifying certificate by 28 days after their exit.",
    ),
    numerator: fixed!(
        "sortants ayant obtenu au moins un certificat qualifiant",
        "leavers who obtained at least one qualifying certificate",
    ),
    denominator: fixed!("sorties", "exits"),
    counts: Counts::PEOPLE.denominator(Name::Is(What::Exits)).known(&[Relation::at_most(&[NUM], DEN)]),
    page: Page::Progress(30),
    gather: qualified,
    ..Indicator::rate(FigureClass::Outcome)
};

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
                .not_counted(fixed!("aucun certificat qualifiant à temps", "no qualifying certificate in time"))
                .why(world, || {
                    let last = exit.plus_days(EXIT_WINDOW);
                    text!(
                        "aucun certificat qualifiant obtenu jusqu'au {last} (sortie {exit} + {EXIT_WINDOW} jours)",
                        "no qualifying certificate obtained by {last} (exit {exit} + {EXIT_WINDOW} days)";
                        last, exit
                    )
                }),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn a_qualification_counts_until_28_days_after_the_exit() {
        for (date, counted) in [("2019-03-01", 1), ("2019-03-02", 0)] {
            let (mut school, part) = leaver();
            let aipr = school.catalogue("AIPR", Registry::None, true);
            school.attempt(part, aipr, date, CertificateOutcome::Obtained);
            check(&school, "2019-12-31", "qualified", [counted, 1, 0, 0]);
        }
        let (mut school, part) = leaver();
        let h0b0 = school.catalogue("H0B0", Registry::None, false);
        school.attempt(part, h0b0, "2018-12-15", CertificateOutcome::Obtained);
        check(&school, "2019-12-31", "qualified", [0, 1, 0, 0]);
    }
}
