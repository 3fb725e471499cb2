//! Rates of half-days, and the half-days that nobody marked: one figure, four columns.

use super::counts::Counts;
use super::presence::{Column, HOURS, RATE, each, judge, over};
use super::{Better, Indicator, Measure};
use crate::fixed;
use crate::report::quantity::Activity;

/// Present over planned.
pub const ATTENDANCE_RATE: Indicator = Indicator {
    key: "attendance_rate",
    label: fixed!("Taux de présence", "Attendance rate"),
    definition: fixed!(
        "Demi-journées présentes parmi les demi-journées prévues ; une demi-journée non pointée est prévue, pas présente.",
        "Half-days present among half-days planned; an unmarked half-day is planned, not present.",
    ),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::AttendanceRate)),
    ..RATE
};

/// Present over planned less excused.
pub const ATTENDANCE_RATE_EXCL_EXCUSED: Indicator = Indicator {
    key: "attendance_rate_excl_excused",
    label: fixed!("Taux de présence hors absences justifiées", "Attendance rate without excused absences"),
    definition: fixed!(
        "Demi-journées présentes parmi les demi-journées prévues moins les absences justifiées.",
        "Half-days present among half-days planned less the excused ones.",
    ),
    denominator: fixed!(
        "demi-journées prévues moins les absences justifiées",
        "planned half-days less the excused ones",
    ),
    counts: Counts::AMOUNTS.numerator(over(Activity::Present)),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::RateWithoutExcused)),
    ..RATE
};

/// Unexcused over planned.
pub const UNEXCUSED_RATE: Indicator = Indicator {
    key: "unexcused_rate",
    better: Better::Lower,
    label: fixed!("Taux d'absence injustifiée", "Unexcused absence rate"),
    definition: fixed!(
        "Demi-journées d'absence injustifiée parmi les demi-journées prévues.",
        "Half-days of unexcused absence among half-days planned.",
    ),
    numerator: fixed!("demi-journées d'absence injustifiée", "half-days of unexcused absence"),
    counts: Counts::AMOUNTS.numerator(over(Activity::Unexcused)).denominator(over(Activity::Planned)),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::UnexcusedRate)),
    ..RATE
};

/// Planned half-days without any mark.
pub const UNMARKED: Indicator = Indicator {
    key: "unmarked",
    measure: Measure::HalfDays,
    better: Better::Lower,
    label: fixed!("Demi-journées non pointées", "Unmarked half-days"),
    definition: fixed!(
        "Demi-journées prévues sans aucune marque à la date d'observation.",
        "Planned half-days without any mark by the observation date.",
    ),
    numerator: fixed!("demi-journées prévues sans aucune marque", "planned half-days without any mark"),
    counts: Counts::AMOUNTS.numerator(over(Activity::Unmarked)),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::Unmarked)),
    ..HOURS
};
