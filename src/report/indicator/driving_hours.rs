//! Hours of driving lessons.

use super::counts::Counts;
use super::licence_exams::licence_record;
use super::{Indicator, Measure, Page};
use crate::domain::ClosedList;
use crate::domain::progress::LicenceStep;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, UnitKind, Value};
use std::collections::HashSet;

/// Hours of lessons in the period, from the entry on.
pub const DRIVING_HOURS: Indicator = Indicator {
    key: "driving_hours",
    measure: Measure::Hours,
    label: fixed!("Heures de conduite", "Driving hours"),
    definition: fixed!(
        "Heures de leçons de conduite de la période, depuis l'entrée.",
        "Hours of driving lessons in the period, from the entry on.",
    ),
    numerator: fixed!("heures de leçons de conduite", "hours of driving lessons"),
    counts: Counts::AMOUNTS.once(),
    page: Page::ProgressTotal(10),
    gather: driving_hours,
    ..Indicator::sum(FigureClass::Outcome)
};

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

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn a_lesson_counts_once_over_all_cohorts_but_in_each_of_them() {
        let mut school = School::with_p1();
        school.cohort("P2", "2018-12-03", "2019-02-28");
        let part = school.enter("P1", "amelie", "2018-11-05");
        school.enter("P2", "amelie", "2018-12-03");
        school.licence(part, LicenceStep::Lesson, "2018-11-04", None, 60);
        school.licence(part, LicenceStep::Lesson, "2018-11-20", None, 60);
        school.licence(part, LicenceStep::Lesson, "2018-12-20", None, 90);
        let scope = up_to("2019-01-31");
        check_in(&school, &scope, "P1", "driving_hours", [150, 0, 0, 0]);
        check_in(&school, &scope, "P2", "driving_hours", [90, 0, 0, 0]);
        check_in(&school, &scope, "*", "driving_hours", [150, 0, 0, 0]);
        check_in(&school, &period("2018-12-01", "2018-12-31", "2019-01-31"), "*", "driving_hours", [90, 0, 0, 0]);
    }
}
