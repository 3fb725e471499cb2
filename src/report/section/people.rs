//! Section `people`: one pseudonymised line per entrant, in bands and months.

use super::{RowUnits, by_name, code, code_column, month_cell, number_column};
use crate::domain::{ClosedList, Date};
use crate::report::aftermath::Point;
use crate::report::as_of::{Group, Part, World};
use crate::report::half_day::Span;
use crate::report::indicator::presence::{self, Column};
use crate::report::membership::{Figure, collect};
use crate::report::naming::Naming;
use crate::report::situation::Scheme;
use crate::sheet::{Cell, Sheet};

/// The sheet.
pub fn sheet(world: &World<'_>, naming: &Naming) -> Sheet {
    let columns = vec![
        code_column("person", "Personne", "Person"),
        code_column("cohort", "Promotion", "Cohort"),
        code_column("sex", "Sexe", "Sex"),
        code_column("age_band", "Tranche d'âge", "Age band"),
        code_column("education_band", "Niveau de formation", "Education band"),
        code_column("entry_month", "Mois d'entrée", "Entry month"),
        code_column("exit_month", "Mois de sortie", "Exit month"),
        code_column("exit_reason", "Motif de sortie", "Exit reason"),
        number_column("attendance_pct", "Présence (%)", "Attendance (%)"),
        code_column("outcome_exit", "À la sortie", "At exit"),
        code_column("outcome_3m", "À 3 mois", "At 3 months"),
        code_column("outcome_6m", "À 6 mois", "At 6 months"),
    ];
    let mut sheet = Sheet::new("people", columns);
    for (name, part) in by_name(world.entrants(Group::All), naming) {
        let rate = Figure::tally(|sink| presence::of_part(world, part, Span::PERIOD, Column::AttendanceRate, sink));
        let mut row = vec![
            code(name),
            code(&world.cohort(part).fact.code),
            Cell::text(part.person.sex.map(|s| s.code())),
            Cell::text(part.age_at_entry().map(age_band)),
            Cell::text(part.fact.education.map(education_band)),
            month_cell(part.entry.map(Date::in_month)),
            month_cell(part.exit.map(|(exit, _)| exit.in_month())),
            Cell::text(part.exit.map(|(_, reason)| reason.code())),
            Cell::percent(rate.num, rate.den),
        ];
        row.extend([Point::Exit, Point::M3, Point::M6].map(|point| code(outcome(world, part, point))));
        sheet.rows.push(row);
    }
    sheet
}

/// The one column of figures.
pub const FIGURE: &str = "attendance_pct";

/// The half-days behind the attendance of each person.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let units = |part| collect(|sink| presence::of_part(world, part, Span::PERIOD, Column::AttendanceRate, sink));
    let row = |part| RowUnits::of(Vec::new(), units(part));
    (column == FIGURE).then(|| world.entrants(Group::All).map(row).collect())
}

fn outcome<'a>(world: &World<'a>, part: &Part<'a>, point: Point) -> &'static str {
    let Some((exit, _)) = part.left() else { return "not_yet_due" };
    if world.withdrawn(part).is_some() {
        return "withdrawn";
    }
    let after = world.aftermath(part, exit);
    if after.due_on(point) > world.as_of {
        return "not_yet_due";
    }
    let outcome = after.outcome(point, Scheme::Iae);
    if outcome.known { outcome.class.code() } else { "unknown" }
}

fn age_band(age: i64) -> &'static str {
    match age {
        ..18 => "under18",
        18..=20 => "18-20",
        21..=25 => "21-25",
        26..=29 => "26-29",
        30.. => "30plus",
    }
}

fn education_band(level: i64) -> &'static str {
    match level {
        ..3 => "0-2",
        3..=4 => "3-4",
        5.. => "5-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_change_on_the_ages_they_name() {
        for (age, band) in [(17, "under18"), (18, "18-20"), (20, "18-20"), (21, "21-25"), (25, "21-25"), (26, "26-29")]
        {
            assert_eq!(age_band(age), band, "{age}");
        }
        assert_eq!((age_band(29), age_band(30)), ("26-29", "30plus"));
        assert_eq!([2, 3, 4, 5].map(education_band), ["0-2", "3-4", "3-4", "5-8"]);
    }
}
