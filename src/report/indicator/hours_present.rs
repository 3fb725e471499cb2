//! Hours present: one figure by kind of half-day.

use super::Indicator;
use super::counts::Counts;
use super::presence::{Column, HOURS, each, judge, over};
use crate::fixed;
use crate::report::quantity::Activity;

/// Hours present in the centre.
pub const HOURS_CENTRE: Indicator = Indicator {
    key: "hours_centre",
    label: fixed!("Heures en centre", "Hours in the centre"),
    definition: fixed!("Heures de présence sur les demi-journées en centre.", "Hours present on centre half-days."),
    numerator: fixed!("heures de présence sur les demi-journées en centre", "hours present on centre half-days"),
    counts: Counts::AMOUNTS.numerator(over(Activity::HoursCentre)),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::HoursCentre)),
    ..HOURS
};

/// Hours present in companies.
pub const HOURS_COMPANY: Indicator = Indicator {
    key: "hours_company",
    label: fixed!("Heures en entreprise", "Hours in companies"),
    definition: fixed!(
        "Heures de présence sur les demi-journées en entreprise.",
        "Hours present on company half-days."
    ),
    numerator: fixed!("heures de présence sur les demi-journées en entreprise", "hours present on company half-days"),
    counts: Counts::AMOUNTS.numerator(over(Activity::HoursCompany)),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::HoursCompany)),
    ..HOURS
};

/// Hours present.
pub const HOURS_TOTAL: Indicator = Indicator {
    key: "hours_total",
    label: fixed!("Heures de présence", "Hours present"),
    definition: fixed!("Heures de présence, centre et entreprise.", "Hours present, centre and company."),
    numerator: fixed!("heures de présence", "hours present"),
    gather: |w, g, _, s| each(w, g, s, |h| judge(h, Column::HoursTotal)),
    ..HOURS
};
