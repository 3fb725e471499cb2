//! Presence: planned, marked and unmarked half-days of the period.

use super::counts::{Counts, Name};
use super::{Better, Indicator, Measure, NEVER_UNKNOWN, NO_BASE, Shape, Variants};
use crate::domain::ClosedList;
use crate::domain::Text;
use crate::domain::cohort::SlotKind;
use crate::domain::progress::AttendanceStatus;
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::half_day::{self, HalfDays, Span};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::report::quantity::{Activity, What};

const fn over(activity: Activity) -> Name {
    Name::Is(What::Period(activity))
}

const SHEETS: &Text = fixed!("feuilles d'émargement par demi-journée", "attendance sheets by half-day");
const PLANNED: &Text = fixed!(
    "demi-journées prévues, de l'entrée à la sortie, non annulées",
    "planned half-days from entry to exit, not cancelled",
);

const fn rate(key: &'static str, label: &'static Text, definition: &'static Text, gather: super::Gather) -> Indicator {
    Indicator {
        key,
        variants: Variants::Bare,
        measure: Measure::Percent,
        shape: Shape::Rate,
        better: Better::Higher,
        label,
        definition,
        numerator: fixed!("demi-journées présentes", "half-days present"),
        denominator: PLANNED,
        unknown: NEVER_UNKNOWN,
        source: SHEETS,
        counts: Counts::AMOUNTS.numerator(over(Activity::Present)).denominator(over(Activity::Planned)),
        gather,
    }
}

const fn total(
    key: &'static str,
    label: &'static Text,
    definition: &'static Text,
    numerator: &'static Text,
    gather: super::Gather,
) -> Indicator {
    Indicator {
        measure: Measure::Hours,
        shape: Shape::Sum,
        numerator,
        denominator: NO_BASE,
        counts: Counts::AMOUNTS,
        ..rate(key, label, definition, gather)
    }
}

/// The indicators of this page, in order.
pub const ALL: &[Indicator] = &[
    rate(
        "attendance_rate",
        fixed!("Taux de présence", "Attendance rate"),
        fixed!(
            "Demi-journées présentes parmi les demi-journées prévues ; une demi-journée non pointée est prévue, pas présente.",
            "Half-days present among half-days planned; an unmarked half-day is planned, not present.",
        ),
        |w, g, _, s| each(w, g, s, |h| judge(h, Column::AttendanceRate)),
    ),
    Indicator {
        counts: Counts::AMOUNTS.numerator(over(Activity::Present)),
        denominator: fixed!(
            "demi-journées prévues moins les absences justifiées",
            "planned half-days less the excused ones",
        ),
        ..rate(
            "attendance_rate_excl_excused",
            fixed!("Taux de présence hors absences justifiées", "Attendance rate without excused absences"),
            fixed!(
                "Demi-journées présentes parmi les demi-journées prévues moins les absences justifiées.",
                "Half-days present among half-days planned less the excused ones.",
            ),
            |w, g, _, s| each(w, g, s, |h| judge(h, Column::RateWithoutExcused)),
        )
    },
    Indicator {
        better: Better::Lower,
        numerator: fixed!("demi-journées d'absence injustifiée", "half-days of unexcused absence"),
        counts: Counts::AMOUNTS.numerator(over(Activity::Unexcused)).denominator(over(Activity::Planned)),
        ..rate(
            "unexcused_rate",
            fixed!("Taux d'absence injustifiée", "Unexcused absence rate"),
            fixed!(
                "Demi-journées d'absence injustifiée parmi les demi-journées prévues.",
                "Half-days of unexcused absence among half-days planned.",
            ),
            |w, g, _, s| each(w, g, s, |h| judge(h, Column::UnexcusedRate)),
        )
    },
    Indicator {
        better: Better::Lower,
        measure: Measure::HalfDays,
        counts: Counts::AMOUNTS.numerator(over(Activity::Unmarked)),
        ..total(
            "unmarked",
            fixed!("Demi-journées non pointées", "Unmarked half-days"),
            fixed!(
                "Demi-journées prévues sans aucune marque à la date d'observation.",
                "Planned half-days without any mark by the observation date.",
            ),
            fixed!("demi-journées prévues sans aucune marque", "planned half-days without any mark"),
            |w, g, _, s| each(w, g, s, |h| judge(h, Column::Unmarked)),
        )
    },
    Indicator {
        counts: Counts::AMOUNTS.numerator(over(Activity::HoursCentre)),
        ..total(
            "hours_centre",
            fixed!("Heures en centre", "Hours in the centre"),
            fixed!("Heures de présence sur les demi-journées en centre.", "Hours present on centre half-days."),
            fixed!("heures de présence sur les demi-journées en centre", "hours present on centre half-days"),
            |w, g, _, s| each(w, g, s, |h| judge(h, Column::HoursCentre)),
        )
    },
    Indicator {
        counts: Counts::AMOUNTS.numerator(over(Activity::HoursCompany)),
        ..total(
            "hours_company",
            fixed!("Heures en entreprise", "Hours in companies"),
            fixed!("Heures de présence sur les demi-journées en entreprise.", "Hours present on company half-days."),
            fixed!("heures de présence sur les demi-journées en entreprise", "hours present on company half-days"),
            |w, g, _, s| each(w, g, s, |h| judge(h, Column::HoursCompany)),
        )
    },
    total(
        "hours_total",
        fixed!("Heures de présence", "Hours present"),
        fixed!("Heures de présence, centre et entreprise.", "Hours present, centre and company."),
        fixed!("heures de présence", "hours present"),
        |w, g, _, s| each(w, g, s, |h| judge(h, Column::HoursTotal)),
    ),
    total(
        "hours_planned_left",
        fixed!("Heures prévues restantes", "Planned hours left"),
        fixed!(
            "Heures prévues après la date d'observation pour les participations sans sortie.",
            "Hours planned after the observation date for participations without an exit.",
        ),
        fixed!("heures prévues après la date d'observation", "hours planned after the observation date"),
        hours_planned_left,
    ),
];

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

fn each<J: Fn(Unit) -> Unit>(world: &World<'_>, group: Group, sink: &mut Sink<'_>, judged: impl Fn(&HalfDays) -> J) {
    world.each_entrant(group, sink, |part, sink| {
        half_day::each(world, part, Span::PERIOD, |h| sink(judged(&h)(unit(part, &h))));
    });
}

fn hours_planned_left(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        if let Some((exit, _)) = part.exit {
            let unit = Unit::of(part).because(part.record(&["exit"])).value(Value::Day(exit));
            sink(unit.left_out(fixed!("déjà sorti", "has left")));
            return;
        }
        let cohort = world.cohort(part);
        for slot in &cohort.slots[cohort.slots.partition_point(|s| s.date <= world.as_of)..] {
            let record = RecordRef::new(RecordKind::Slot, slot.id, slot.op, &["date", "half", "kind", "minutes"]);
            let unit = Unit::of(part).kind(UnitKind::HalfDay).on(slot.date).because(record).amount(slot.minutes);
            sink(unit.value(Value::Code(slot.kind.code())).counted(fixed!("prévue plus tard", "planned later")));
        }
    });
}
