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

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn a_late_joiner_is_planned_from_their_entry_on_and_cancelled_half_days_never_are() {
        let mut school = calendar();
        let part = school.enter("P1", "late", "2018-11-29");
        school.mark(part, "2018-11-29", Half::Am, A::Present);
        school.mark(part, "2018-11-29", Half::Pm, A::Excused);
        school.mark(part, "2018-11-30", Half::Am, A::Unexcused);
        school.mark(part, "2018-12-03", Half::Pm, A::Present);
        check(&school, "2018-12-31", "attendance_rate", [2, 7, 0, 0]);
        check(&school, "2018-12-31", "attendance_rate_excl_excused", [2, 6, 0, 0]);
        check(&school, "2018-12-31", "unexcused_rate", [1, 7, 0, 0]);
        check(&school, "2018-12-31", "unmarked", [3, 0, 0, 0]);
        check(&school, "2018-12-31", "hours_centre", [210, 0, 0, 0]);
        check(&school, "2018-12-31", "hours_company", [210, 0, 0, 0]);
        check(&school, "2018-12-31", "hours_total", [420, 0, 0, 0]);
        let november = period("2018-11-01", "2018-11-30", "2018-12-31");
        check_in(&school, &november, "P1", "attendance_rate", [1, 4, 0, 0]);
        check(&school, "2018-11-29", "attendance_rate", [1, 2, 0, 0]);
    }

    #[test]
    fn presence_stops_on_the_exit_day_and_a_later_exit_is_no_exit_yet() {
        let mut school = calendar();
        let part = school.left("P1", "gone", ("2018-11-28", "2018-11-30"), ExitReason::Job);
        school.mark(part, "2018-11-28", Half::Am, A::Present);
        check(&school, "2018-12-31", "attendance_rate", [1, 6, 0, 0]);
        check(&school, "2018-12-31", "hours_planned_left", [0, 0, 0, 0]);
        check(&school, "2018-11-29", "hours_planned_left", [5 * 210, 0, 0, 0]);
        check(&school, "2018-11-30", "hours_planned_left", [0, 0, 0, 0]);
    }

    #[test]
    fn a_no_show_has_no_planned_half_day() {
        let mut school = calendar();
        school.apply("P1", "noshow").entry = Some(day("2018-11-28"));
        check(&school, "2018-12-31", "attendance_rate", [0, 0, 0, 0]);
    }
}
