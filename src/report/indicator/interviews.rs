//! Individual interviews: how many, and how long.

use super::counts::{Counts, Name};
use super::{Indicator, Measure, Page};
use crate::domain::ClosedList;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::quantity::{Activity, What};

/// Interviews in the period.
pub const INTERVIEWS: Indicator = Indicator {
    key: "interviews",
    measure: Measure::Count,
    label: fixed!("Entretiens individuels", "Individual interviews"),
    definition: fixed!("Entretiens individuels de la période.", "Individual interviews in the period."),
    numerator: fixed!("entretiens individuels", "individual interviews"),
    counts: Counts::PEOPLE.never_unknown().numerator(Name::Is(What::Period(Activity::Interviews))),
    page: Page::Work(100),
    gather: |w, g, _, s| each(w, g, s, &["date"], |_| 1),
    ..Indicator::sum(FigureClass::Frame)
};

/// Hours of interviews in the period.
pub const INTERVIEW_HOURS: Indicator = Indicator {
    key: "interview_hours",
    measure: Measure::Hours,
    label: fixed!("Heures d'entretien", "Interview hours"),
    definition: fixed!(
        "Heures d'entretiens individuels de la période.",
        "Hours of individual interviews in the period."
    ),
    numerator: fixed!("heures d'entretiens individuels", "hours of individual interviews"),
    counts: Counts::AMOUNTS.numerator(Name::Is(What::Period(Activity::InterviewHours))),
    page: Page::Work(110),
    gather: |w, g, _, s| each(w, g, s, &["date", "minutes"], |minutes| minutes),
    ..Indicator::sum(FigureClass::Frame)
};

/// The interviews of the period, each with the columns that decide.
pub(super) fn each(
    world: &World<'_>,
    group: Group,
    sink: &mut Sink<'_>,
    columns: &'static [&'static str],
    amount: fn(i64) -> i64,
) {
    world.each_entrant(group, sink, |part, sink| {
        for interview in world.interviews(part).filter(|i| world.in_period(i.date)) {
            let record = RecordRef::new(RecordKind::Interview, interview.id, interview.op, columns);
            let unit = Unit::of(part).kind(UnitKind::Interview).on(interview.date).because(record);
            let unit = unit.amount(amount(interview.minutes)).value(Value::Code(interview.kind.code()));
            sink(unit.counted(fixed!("entretien de la période", "interview in the period")));
        }
    });
}
