//! Figures made of half-days, in indicators and in the columns of sections.

use super::counts::{Counts, Name};
use super::{Indicator, Measure, Reads};
use crate::domain::cohort::SlotKind;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::half_day;
use crate::report::half_day::{HalfDays, Span};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::quantity::{Activity, What};

/// A total of the period that the section `monthly` prints month by month.
pub(super) const fn over(activity: Activity) -> Name {
    Name::Is(What::Period(activity))
}

const SHEETS: &Text = fixed!("feuilles d'émargement par demi-journée", "attendance sheets by half-day");

const PLANNED: &Text = fixed!(
    "demi-journées prévues, de l'entrée à la sortie, non annulées",
    "planned half-days from entry to exit, not cancelled",
);

/// A rate of half-days.
pub(super) const RATE: Indicator = Indicator {
    numerator: fixed!("demi-journées présentes", "half-days present"),
    denominator: PLANNED,
    source: SHEETS,
    counts: Counts::AMOUNTS.numerator(over(Activity::Present)).denominator(over(Activity::Planned)),
    reads: Reads::HalfDays,
    ..Indicator::rate(FigureClass::Frame)
};

/// A total of hours.
pub(super) const HOURS: Indicator = Indicator {
    measure: Measure::Hours,
    source: SHEETS,
    counts: Counts::AMOUNTS,
    reads: Reads::HalfDays,
    ..Indicator::sum(FigureClass::Frame)
};

/// A figure made of half-days, in indicators and in the columns of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Present over planned.
    AttendanceRate,
    /// Present over planned less excused.
    RateWithoutExcused,
    /// Unexcused over planned.
    UnexcusedRate,
    /// Planned half-days.
    Planned,
    /// Present half-days.
    Present,
    /// Excused half-days.
    Excused,
    /// Unexcused half-days.
    Unexcused,
    /// Half-days without a mark.
    Unmarked,
    /// Minutes present in the centre.
    HoursCentre,
    /// Minutes present in companies.
    HoursCompany,
    /// Minutes present.
    HoursTotal,
}

/// What a column says of some half-days, on top of a unit that knows whose they are.
pub fn judge(half_days: &HalfDays, column: Column) -> impl Fn(Unit) -> Unit + use<> {
    let status = half_days.status;
    let hours_of = match column {
        Column::HoursCentre => Some(half_days.kind == SlotKind::Centre),
        Column::HoursCompany => Some(half_days.kind == SlotKind::Company),
        Column::HoursTotal => Some(true),
        _ => None,
    };
    let (count, minutes) = (half_days.count, half_days.minutes);
    move |unit| match (hours_of, column) {
        (Some(true), _) if status == Some(AttendanceStatus::Present) => {
            timed(unit).amount(minutes).counted(rule_of(status))
        }
        (Some(true), _) => unit.amount(0).not_counted(rule_of(status)),
        (Some(false), _) => unit.amount(0).left_out(fixed!("autre sorte de demi-journée", "another kind of half-day")),
        (None, Column::RateWithoutExcused) if status == Some(AttendanceStatus::Excused) => {
            unit.amount(count).left_out(rule_of(status))
        }
        (None, _) => {
            let rule = rule_of(status);
            unit.amount(count).counted_if(counts(column, status), rule, rule)
        }
    }
}

/// Only where hours are counted do the minutes of a mark decide: elsewhere a present mark is one half-day.
fn timed(unit: Unit) -> Unit {
    let record = unit.record.map(|record| match record.kind {
        RecordKind::Attendance => RecordRef { columns: &["status", "minutes"], ..record },
        _ => record,
    });
    Unit { record, ..unit }
}

fn counts(column: Column, status: Option<AttendanceStatus>) -> bool {
    match column {
        Column::Planned => true,
        Column::Excused => status == Some(AttendanceStatus::Excused),
        Column::Unexcused | Column::UnexcusedRate => status == Some(AttendanceStatus::Unexcused),
        Column::Unmarked => status.is_none(),
        _ => status == Some(AttendanceStatus::Present),
    }
}

fn rule_of(status: Option<AttendanceStatus>) -> &'static Text {
    match status {
        Some(AttendanceStatus::Present) => fixed!("présent", "present"),
        Some(AttendanceStatus::Excused) => fixed!("absence justifiée", "excused absence"),
        Some(AttendanceStatus::Unexcused) => fixed!("absence injustifiée", "unexcused absence"),
        None => fixed!("prévue et non pointée", "planned and unmarked"),
    }
}

/// The units of a participation's half-days in a span, as a column judges them.
pub fn of_part(world: &World<'_>, part: &Part<'_>, span: Span, column: Column, sink: &mut Sink<'_>) {
    half_day::each(world, part, span, |h| sink(judge(&h, column)(unit(part, &h))));
}

/// The units of half-days that are summed already, as a column judges them.
pub fn of_sums(part: &Part<'_>, sums: &[HalfDays], column: Column, sink: &mut Sink<'_>) {
    sums.iter().for_each(|h| sink(judge(h, column)(unit(part, h))));
}

/// The unit of some half-days of a participation, before a column judges it.
pub fn unit(part: &Part<'_>, half_days: &HalfDays) -> Unit {
    let mut unit = Unit::of(part).kind(UnitKind::HalfDay).count(half_days.count);
    unit.date = half_days.when.map(|(date, _)| date);
    unit.record = half_days.record.or(unit.record);
    unit.value(Value::Code(half_days.status.map_or("unmarked", |s| s.code())))
}

/// The half-days of the period of a group, as a figure judges them.
pub(super) fn each<J: Fn(Unit) -> Unit>(
    world: &World<'_>,
    group: Group,
    sink: &mut Sink<'_>,
    judged: impl Fn(&HalfDays) -> J,
) {
    world.each_entrant(group, sink, |part, sink| {
        half_day::each(world, part, Span::PERIOD, |h| sink(judged(&h)(unit(part, &h))));
    });
}
