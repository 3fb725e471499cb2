//! Hours of driving lessons.

use super::counts::Counts;
use super::licence_exams::licence_record;
use super::{Indicator, Measure, Page};
use crate::domain::ClosedList;
use crate::domain::progress::LicenceStep;
use crate::fixed;
use crate::report::as_of::{Group, World};
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
    ..Indicator::SUM
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
