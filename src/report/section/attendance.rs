//! Section `attendance`: one line per trainee present in the cohort on a day of the period.

use super::{RowUnits, by_name, code, code_column, number_column};
use crate::report::half_day::{self, Span, Summary};
use crate::report::indicator::presence::{self, Column};
use crate::report::membership::{Figure, Sink, Unit, collect};
use crate::report::naming::Naming;
use crate::report::round;
use crate::report::world::{Group, Part, World};
use crate::sheet::{Cell, Sheet};

/// The columns made of half-days: machine header, what they count, French and English headers.
pub const COLUMNS: [(&str, Column, &str, &str); 8] = [
    ("planned", Column::Planned, "Prévues (demi-journées)", "Planned (half-days)"),
    ("present", Column::Present, "Présentes (demi-journées)", "Present (half-days)"),
    ("excused", Column::Excused, "Absences justifiées (demi-journées)", "Excused (half-days)"),
    ("unexcused", Column::Unexcused, "Absences injustifiées (demi-journées)", "Unexcused (half-days)"),
    ("unmarked", Column::Unmarked, "Non pointées (demi-journées)", "Unmarked (half-days)"),
    ("attendance_pct", Column::AttendanceRate, "Présence (%)", "Attendance (%)"),
    ("hours_centre", Column::HoursCentre, "Centre (heures)", "Centre (hours)"),
    ("hours_company", Column::HoursCompany, "Entreprise (heures)", "Company (hours)"),
];

/// The sheet; the facts must hold half-days one by one, or the longest absence reads as 0.
pub fn sheet(world: &World<'_>, naming: &Naming) -> Sheet {
    let mut columns =
        vec![code_column("cohort", "Promotion", "Cohort"), code_column("trainee", "Stagiaire", "Trainee")];
    columns.extend(COLUMNS.iter().map(|(key, _, fr, en)| number_column(key, fr, en)));
    columns.push(number_column(
        "longest_absence",
        "Plus longue absence (demi-journées)",
        "Longest absence (half-days)",
    ));
    let mut sheet = Sheet::new("attendance", columns);
    for (name, part) in by_name(present(world), naming) {
        let mut row = vec![code(&world.cohort(part).fact.code), code(name)];
        let summary = half_day::summary(world, part);
        row.extend(COLUMNS.iter().map(|(_, column, ..)| cell(*column, &figure(part, &summary, *column))));
        row.push(Cell::Int(summary.longest_absence));
        sheet.rows.push(row);
    }
    sheet
}

/// The entrants who were in their cohort on a day of the period.
fn present<'w, 'a>(world: &'w World<'a>) -> impl Iterator<Item = &'w Part<'a>> {
    let (from, to) = Span::PERIOD.days(world);
    world.entrants(Group::All).filter(move |p| {
        let last = p.exit.map_or(to, |(exit, _)| exit.min(to));
        p.entry.is_some_and(|entry| entry.max(from) <= last)
    })
}

/// The figure that a column's units come to, from half-days summed once for all columns.
fn figure(part: &Part<'_>, summary: &Summary, column: Column) -> Figure {
    Figure::tally(|sink| presence::of_sums(part, &summary.sums, column, &mut |unit| sink(judged(column, unit))))
}

/// Only the rate has a base; the other columns are totals.
fn judged(column: Column, unit: Unit) -> Unit {
    if column == Column::AttendanceRate { unit } else { unit.outside_base() }
}

fn gather(world: &World<'_>, part: &Part<'_>, column: Column, sink: &mut Sink<'_>) {
    presence::of_part(world, part, Span::PERIOD, column, &mut |unit| sink(judged(column, unit)));
}

fn cell(column: Column, figure: &Figure) -> Cell {
    match column {
        Column::AttendanceRate => round::percent(figure.num, figure.den),
        Column::HoursCentre | Column::HoursCompany => Cell::Hours(figure.num),
        _ => Cell::Int(figure.num),
    }
}

/// The units of a column, trainee by trainee.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let (_, column, ..) = COLUMNS.into_iter().find(|(key, ..)| *key == column)?;
    let row = |part| RowUnits { words: Vec::new(), units: collect(|sink| gather(world, part, column, sink)) };
    Some(present(world).map(row).collect())
}
