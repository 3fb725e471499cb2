//! Section `attendance`: one line per trainee present in the cohort on a day of the period.

use super::{RowUnits, by_name, code, code_column, number_column};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::half_day::{self, Span, Summary};
use crate::report::indicator::presence::{self, Column};
use crate::report::membership::{Figure, Sink, Unit, collect};
use crate::report::naming::Naming;
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

/// The column of the longest absence.
const LONGEST: &str = "longest_absence";

/// The columns of figures, in order.
pub fn figures() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(key, ..)| *key).chain([LONGEST])
}

/// The sheet; the facts must hold half-days one by one, or the longest absence reads as 0.
pub fn sheet(world: &World<'_>, naming: &Naming) -> Sheet {
    let mut columns =
        vec![code_column("cohort", "Promotion", "Cohort"), code_column("trainee", "Stagiaire", "Trainee")];
    columns.extend(COLUMNS.iter().map(|(key, _, fr, en)| number_column(key, fr, en)));
    columns.push(number_column(LONGEST, "Plus longue absence (demi-journées)", "Longest absence (half-days)"));
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
        Column::AttendanceRate => Cell::percent(figure.num, figure.den),
        Column::HoursCentre | Column::HoursCompany => Cell::Hours(figure.num),
        _ => Cell::Int(figure.num),
    }
}

/// The units of a column, trainee by trainee.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    if column == LONGEST {
        let row = |part| RowUnits::of(Vec::new(), longest_absence(world, part));
        return Some(present(world).map(row).collect());
    }
    let (_, column, ..) = COLUMNS.into_iter().find(|(key, ..)| *key == column)?;
    let row = |part| RowUnits::of(Vec::new(), collect(|sink| gather(world, part, column, sink)));
    Some(present(world).map(row).collect())
}

/// The planned half-days of a trainee: those of the longest run of absences are counted.
fn longest_absence(world: &World<'_>, part: &Part<'_>) -> Vec<Unit> {
    let mut units = Vec::new();
    let (mut longest, mut run) = (0..0, 0);
    half_day::each(world, part, Span::PERIOD, |h| {
        run = if h.is_absence() { run + 1 } else { 0 };
        units.push(presence::unit(part, &h));
        if run > longest.len() {
            longest = units.len() - run..units.len();
        }
    });
    let (of_it, other) = (
        fixed!("absence de la plus longue suite", "absence of the longest run"),
        fixed!("hors de la plus longue suite d'absences", "outside the longest run of absences"),
    );
    let judged = |(at, unit): (usize, Unit)| unit.counted_if(longest.contains(&at), of_it, other).outside_base();
    units.into_iter().enumerate().map(judged).collect()
}
