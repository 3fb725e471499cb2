//! Section `bpf`: the yearly training and finance return (Cerfa 10443), frames F-1, F-3 and F-4 per calendar year.

use super::head::{BpfLine, Counted, Head, TOTAL};
use super::{RowUnits, code, code_column, number_column};
use crate::domain::Text;
use crate::domain::cohort::TrainingStatus;
use crate::domain::facts::BpfHours;
use crate::domain::number::round_div;
use crate::domain::progress::{AttendanceStatus, Registry};
use crate::fixed;
use crate::report::as_of::{CohortView, Group, Part, World};
use crate::report::half_day::{self, Span};
use crate::report::indicator::certificate_success::catalogue;
use crate::report::indicator::presence::{self, Column as HalfDayColumn};
use crate::report::membership::{Figure, Sink, Unit, Value, collect};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use std::collections::BTreeSet;

/// The frames, in order, with the lines that are always there.
pub const FRAMES: [(&str, &[&str]); 3] = [("F-1", &["a", "c", "e"]), ("F-3", &["a", "b", "d"]), (BY_SPECIALITY, &[])];

/// The frame with a line per NSF speciality.
pub const BY_SPECIALITY: &str = "F-4";

/// The sheet.
pub fn sheet(world: &World<'_>) -> Counted {
    let columns = vec![
        code_column("year", "Année", "Year"),
        code_column("frame", "Cadre", "Frame"),
        code_column("line", "Ligne", "Line"),
        Column::new("label", "Libellé", "Label", ColumnKind::Text),
        number_column("trainees", "Stagiaires", "Trainees"),
        number_column("hours", "Heures", "Hours"),
    ];
    let mut section = Counted::new(Sheet::new("bpf", columns));
    let mut balanced = true;
    for year in years(world) {
        let trainees = trainees(world, year);
        let mut totals = Vec::new();
        for (frame, line) in lines(world, &trainees) {
            let of_line: Vec<&(&Part<'_>, i64)> =
                trainees.iter().filter(|(part, _)| belongs(world, part, frame, &line)).collect();
            let minutes = of_line.iter().fold(0i64, |sum, (_, minutes)| sum.saturating_add(*minutes));
            let (count, hours) = (of_line.len() as i64, round_div(minutes, 60));
            if line == TOTAL {
                totals.push((count, hours));
            }
            let head = Head::Bpf(year, BpfLine { frame, line: line.as_str().into() });
            let label = Cell::Words(label(frame, &line));
            let year = Cell::Int(i64::from(year));
            let row = vec![year, code(frame), code(line), label, Cell::Int(count), Cell::Int(hours)];
            section.push(Some(head), row);
        }
        balanced &= totals.windows(2).all(|pair| pair[0] == pair[1]);
    }
    section.sheet.footer.push(if balanced {
        text!("Contrôle F-1 = F-3 = F-4 : vrai", "Check F-1 = F-3 = F-4: holds")
    } else {
        text!("Contrôle F-1 = F-3 = F-4 : FAUX", "Check F-1 = F-3 = F-4: FAILS")
    });
    section
}

fn years(world: &World<'_>) -> std::ops::RangeInclusive<i32> {
    let months = world.months();
    let years: Vec<i32> = months.map(|m| m.first().year()).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) => *first..=*last,
        _ => std::ops::RangeInclusive::new(1, 0),
    }
}

/// Participations with a present half-day in the year, with their minutes under the setting `bpf_hours`.
fn trainees<'w, 'a>(world: &'w World<'a>, year: i32) -> Vec<(&'w Part<'a>, i64)> {
    let of = |part: &Part<'_>, column| {
        Figure::tally(|sink| presence::of_part(world, part, Span::year(year), column, sink)).num
    };
    world
        .entrants(Group::All)
        .filter(|part| of(part, HalfDayColumn::Present) > 0)
        .map(|part| (part, of(part, hours_column(world))))
        .collect()
}

fn hours_column(world: &World<'_>) -> HalfDayColumn {
    match world.scope.settings.bpf_hours {
        BpfHours::Centre => HalfDayColumn::HoursCentre,
        BpfHours::All => HalfDayColumn::HoursTotal,
    }
}

/// The (frame, line) pairs of a year, totals included.
fn lines(world: &World<'_>, trainees: &[(&Part<'_>, i64)]) -> Vec<(&'static str, String)> {
    let specialities: BTreeSet<&str> = trainees.iter().map(|(part, _)| &*world.cohort(part).fact.nsf).collect();
    let mut lines = Vec::new();
    for (frame, always) in FRAMES {
        let found: Vec<&str> =
            if frame == BY_SPECIALITY { specialities.iter().copied().collect() } else { always.to_vec() };
        lines.extend(found.into_iter().chain([TOTAL]).map(|line| (frame, line.to_owned())));
    }
    lines
}

fn belongs(world: &World<'_>, part: &Part<'_>, frame: &str, line: &str) -> bool {
    let cohort = world.cohort(part);
    line == TOTAL
        || line
            == match frame {
                "F-1" => status_line(cohort.fact.training_status),
                "F-3" => goal_line(world, cohort),
                _ => &cohort.fact.nsf,
            }
}

fn status_line(status: TrainingStatus) -> &'static str {
    match status {
        TrainingStatus::TempWorker => "a",
        TrainingStatus::VocationalTrainee | TrainingStatus::TrainingBeforeHire => "c",
        TrainingStatus::WorkIntegrationEmployee | TrainingStatus::Other => "e",
    }
}

fn goal_line(world: &World<'_>, cohort: &CohortView<'_>) -> &'static str {
    let certificate = cohort.fact.certificate.and_then(|id| catalogue(world, id));
    match certificate.map(|c| c.registry) {
        Some(Registry::Rncp) => "a",
        Some(Registry::Rs) => "b",
        Some(Registry::None) | None => "d",
    }
}

fn label(frame: &str, line: &str) -> Text {
    match (frame, line) {
        (_, TOTAL) => text!("Total", "Total"),
        ("F-1", "a") => {
            text!("Salariés d'employeurs privés (intérimaires)", "Employees of private employers (temp workers)")
        }
        ("F-1", "c") => text!("Personnes en recherche d'emploi", "Job seekers"),
        ("F-1", _) => text!("Autres stagiaires", "Other trainees"),
        ("F-3", "a") => text!("Certification inscrite au RNCP", "Certification registered in the RNCP"),
        ("F-3", "b") => text!("Certification ou habilitation inscrite au RS", "Certification registered in the RS"),
        ("F-3", _) => text!("Autres formations professionnelles", "Other vocational training"),
        (_, nsf) => text!("Spécialité NSF {nsf}", "NSF speciality {nsf}"),
    }
}

/// The units of a column, line by line: trainees, or their half-days for the hours.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let hours = match column {
        "trainees" => false,
        "hours" => true,
        _ => return None,
    };
    let mut rows = Vec::new();
    for year in years(world) {
        let trainees = trainees(world, year);
        for (frame, line) in lines(world, &trainees) {
            let units = collect(|sink| {
                for (part, _) in trainees.iter().filter(|(part, _)| belongs(world, part, frame, &line)) {
                    if hours {
                        half_days(world, part, year, sink);
                    } else {
                        sink(trainee(world, part, year));
                    }
                }
            });
            rows.push(RowUnits::of(vec![year.to_string(), frame.to_owned(), line], units));
        }
    }
    Some(rows)
}

fn half_days(world: &World<'_>, part: &Part<'_>, year: i32, sink: &mut Sink<'_>) {
    let mut total = |unit: Unit| sink(unit.outside_base());
    presence::of_part(world, part, Span::year(year), hours_column(world), &mut total);
}

/// A trainee: what made them one is the first half-day they were present in the year.
fn trainee(world: &World<'_>, part: &Part<'_>, year: i32) -> Unit {
    let rule = fixed!("présent au moins une demi-journée dans l'année", "present at least one half-day in the year");
    let mut unit = Unit::of(part).value(Value::Number(i64::from(year))).counted(rule).outside_base();
    let mut first = None;
    half_day::each(world, part, Span::year(year), |h| {
        if h.status == Some(AttendanceStatus::Present) && first.is_none() {
            first = h.record;
            unit.date = h.when.map(|(date, _)| date);
        }
    });
    unit.record = first.or(unit.record);
    unit
}
