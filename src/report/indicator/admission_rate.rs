//! Admission rate: admitted among decided applications.

use super::applicants::{APPLIES_LATER, has_applied};
use super::counts::{Counts, DEN, ENTRANTS, NUM, Relation, Term};
use super::{Indicator, Page};
use crate::domain::ClosedList;
use crate::domain::trainee::Decision;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};
use crate::report::quantity::{Role, What};

/// Admitted over admitted, waiting and refused.
pub const ADMISSION_RATE: Indicator = Indicator {
    key: "admission_rate",
    label: fixed!("Taux d'admission", "Admission rate"),
    definition: fixed!(
        "Admis parmi les candidatures décidées (admis, liste d'attente, refus).",
        "Admitted among decided applications (admitted, waiting list, refused).",
    ),
    numerator: fixed!("admis", "admitted"),
    denominator: fixed!("admis, en liste d'attente et refusés", "admitted, waiting and refused"),
    unknown: fixed!(
        "décisions en attente, manquantes et désistements hors de la base",
        "pending and missing decisions and withdrawals are out of the base",
    ),
    counts: Counts::PEOPLE.once().known(&[
        Relation::at_most(&[ENTRANTS], NUM),
        // Somebody who applied to two cohorts is one applicant and two decisions.
        Relation::at_most_here(&[DEN], Term::Of(What::Indicator("applicants", Role::Numerator))),
    ]),
    page: Page::Reached(20),
    gather: admission_rate,
    ..Indicator::rate(FigureClass::Frame)
};

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

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn an_application_dated_later_does_not_exist_yet_and_an_entry_is_an_admission() {
        let mut school = School::with_p1();
        school.apply("P1", "later").application_date = Some(day("2018-11-11"));
        school.apply("P1", "undated").decision = Some(Decision::Refused);
        school.apply("P1", "waiting").decision = Some(Decision::Waiting);
        school.apply("P1", "gone").decision = Some(Decision::Withdrawn);
        school.apply("P1", "open").decision = Some(Decision::Pending);
        school.apply("P1", "soon").entry = Some(day("2018-12-10"));
        check(&school, "2018-11-10", "applicants", [5, 0, 0, 0]);
        check(&school, "2018-11-11", "applicants", [6, 0, 0, 0]);
        check(&school, "2018-11-10", "admission_rate", [1, 3, 0, 0]);
    }
}
