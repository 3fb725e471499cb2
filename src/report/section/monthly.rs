//! Section `monthly`: movements, attendance and acts of each month, by cohort and over all cohorts.

use super::head::{Counted, Head};
use super::{RowUnits, code, code_column, number_column};
use crate::domain::Text;
use crate::domain::id::{PersonId, StayId};
use crate::domain::progress::LicenceStep;
use crate::domain::{Date, Month};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::half_day::Span;
use crate::report::indicator::licence_exams::{first_pass, licence_record};
use crate::report::indicator::modules_validated::{first_validation, module_unit};
use crate::report::indicator::presence::{self, Column as HalfDayColumn};
use crate::report::membership::{Figure, RecordKind, RecordRef, Sink, Unit, UnitKind, Value, collect};
use crate::report::quantity::Whom;
use crate::report::section::Cell;
use crate::report::situation;
use crate::sheet::{self, Sheet};
use crate::text;
use std::collections::HashMap;

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Present before the first day.
    Start,
    /// Entered in the month.
    Entries,
    /// Left in the month, transfers too.
    Exits,
    /// Still there after the last day.
    End,
    /// A figure of half-days, under this machine header.
    HalfDays(&'static str, HalfDayColumn),
    /// First validations of technical modules.
    ModulesValidated,
    /// First passes of an exam, under this machine header.
    Passed(&'static str, LicenceStep),
    /// Interviews.
    Interviews,
    /// Minutes of interviews.
    InterviewHours,
    /// Prehire placements started.
    PrehireStarted,
    /// Paid contracts started that are not prehire.
    ContractsSigned,
}

/// The columns of figures, in order.
pub const COLUMNS: [Column; 19] = [
    Column::Start,
    Column::Entries,
    Column::Exits,
    Column::End,
    Column::HalfDays("planned", HalfDayColumn::Planned),
    Column::HalfDays("present", HalfDayColumn::Present),
    Column::HalfDays("excused", HalfDayColumn::Excused),
    Column::HalfDays("unexcused", HalfDayColumn::Unexcused),
    Column::HalfDays("unmarked", HalfDayColumn::Unmarked),
    Column::HalfDays("attendance_pct", HalfDayColumn::AttendanceRate),
    Column::HalfDays("hours_centre", HalfDayColumn::HoursCentre),
    Column::HalfDays("hours_company", HalfDayColumn::HoursCompany),
    Column::ModulesValidated,
    Column::Passed("code_passed", LicenceStep::CodeExam),
    Column::Passed("licence_obtained", LicenceStep::DrivingExam),
    Column::Interviews,
    Column::InterviewHours,
    Column::PrehireStarted,
    Column::ContractsSigned,
];

const HEADERS: [(&str, &str); 19] = [
    ("Début", "Start"),
    ("Entrées", "Entries"),
    ("Sorties", "Exits"),
    ("Fin", "End"),
    ("Prévues (demi-journées)", "Planned (half-days)"),
    ("Présentes (demi-journées)", "Present (half-days)"),
    ("Absences justifiées (demi-journées)", "Excused (half-days)"),
    ("Absences injustifiées (demi-journées)", "Unexcused (half-days)"),
    ("Non pointées (demi-journées)", "Unmarked (half-days)"),
    ("Présence (%)", "Attendance (%)"),
    ("Centre (heures)", "Centre (hours)"),
    ("Entreprise (heures)", "Company (hours)"),
    ("Modules validés", "Modules validated"),
    ("Codes obtenus", "Theory tests passed"),
    ("Permis obtenus", "Licences obtained"),
    ("Entretiens", "Interviews"),
    ("Entretiens (heures)", "Interviews (hours)"),
    ("Préembauches commencées", "Prehire missions started"),
    ("Contrats signés", "Contracts signed"),
];

impl Column {
    /// Machine header.
    pub fn key(self) -> &'static str {
        match self {
            Column::Start => "start",
            Column::Entries => "entries",
            Column::Exits => "exits",
            Column::End => "end",
            Column::HalfDays(key, _) | Column::Passed(key, _) => key,
            Column::ModulesValidated => "modules_validated",
            Column::Interviews => "interviews",
            Column::InterviewHours => "interview_hours",
            Column::PrehireStarted => "prehire_started",
            Column::ContractsSigned => "contracts_signed",
        }
    }
    fn is_rate(self) -> bool {
        matches!(self, Column::HalfDays(_, HalfDayColumn::AttendanceRate))
    }
    /// Whether the `*` row is the sum of the cohorts' figures: true of all but those that count a person once.
    fn adds_up(self) -> bool {
        !matches!(self, Column::Passed(..))
    }
    fn cell(self, figure: &Figure) -> Cell {
        match self {
            Column::HalfDays(_, HalfDayColumn::AttendanceRate) => Cell::percent(figure.num, figure.den),
            Column::HalfDays(_, HalfDayColumn::HoursCentre | HalfDayColumn::HoursCompany) => Cell::Hours(figure.num),
            Column::InterviewHours => Cell::Hours(figure.num),
            _ => Cell::Int(figure.num),
        }
    }
}

/// The sheet.
pub fn sheet(world: &World<'_>) -> Counted {
    let figures = COLUMNS.iter().zip(HEADERS).map(|(c, (fr, en))| number_column(c.key(), fr, en));
    let mut columns = vec![
        code_column("cohort", "Promotion", "Cohort"),
        sheet::Column::new("month", "Mois", "Month", sheet::ColumnKind::Code),
    ];
    columns.extend(figures);
    let mut section = Counted::new(Sheet::new("monthly", columns));
    let months: Vec<Month> = world.months().collect();
    let mut unions = vec![[Figure::default(); COLUMNS.len()]; months.len()];
    for (i, cohort) in world.cohorts.iter().enumerate() {
        let lively = lively_months(world, Group::Cohort(i));
        for (month, union) in months.iter().zip(&mut unions) {
            let figures = match &lively {
                Some(lively) if lively.contains(month) => COLUMNS.map(|c| figure(world, Group::Cohort(i), *month, c)),
                _ => [Figure::default(); COLUMNS.len()],
            };
            for (sum, one) in union.iter_mut().zip(&figures) {
                sum.merge(one);
            }
            let meets = cohort.fact.start <= month.last() && month.first() <= cohort.fact.end;
            if meets || figures.iter().any(|f| f.num != 0) {
                push(&mut section, &cohort.fact.code, *month, &figures);
            }
        }
    }
    for (month, mut figures) in months.into_iter().zip(unions) {
        for (column, union) in COLUMNS.iter().zip(&mut figures).filter(|(c, _)| !c.adds_up()) {
            *union = figure(world, Group::All, month, *column);
        }
        push(&mut section, "*", month, &figures);
    }
    section
}

/// From the first month to the last in which anything happened to the entrants of a cohort; every figure of the
/// other months is 0, and a long history is mostly those.
fn lively_months(world: &World<'_>, group: Group) -> Option<std::ops::RangeInclusive<Month>> {
    let mut days: Option<(Date, Date)> = None;
    let mut note = |day: Date| {
        let (first, last) = days.unwrap_or((day, day));
        days = Some((first.min(day), last.max(day)));
    };
    for part in world.entrants(group) {
        let Some(entry) = part.entry else { continue };
        note(entry);
        note(part.exit.map_or(world.as_of, |(exit, _)| exit));
        world.results(part).for_each(|r| note(r.date));
        world.interviews(part).for_each(|i| note(i.date));
        world.situations_under(part).for_each(|s| note(s.start));
        world.licence(part.fact.person, entry).for_each(|l| note(l.date));
    }
    days.map(|(first, last)| first.in_month()..=last.in_month())
}

fn push(section: &mut Counted, cohort: &str, month: Month, figures: &[Figure]) {
    let cells = COLUMNS.iter().zip(figures).map(|(column, figure)| column.cell(figure));
    let row = [code(cohort), Cell::Month(month)].into_iter().chain(cells).collect();
    section.push(Some(Head::Month(month, Whom::of(cohort))), row);
}

/// The figure of a group, a month and a column.
pub fn figure(world: &World<'_>, group: Group, month: Month, column: Column) -> Figure {
    Figure::tally(|sink| gather(world, group, month, column, sink))
}

/// The units of the rows of single cohorts, for a column whose `*` row counts a person once; where several cohorts are in
/// the scope, these rows have lists of their own.
pub fn own_units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let column = COLUMNS.into_iter().find(|c| c.key() == column && !c.adds_up())?;
    let cohorts = world.cohorts.len();
    let row = |month: Month| {
        let own = (0..cohorts).flat_map(|i| collect(|sink| gather(world, Group::Cohort(i), month, column, sink)));
        RowUnits::of(vec![month.to_string()], own.collect())
    };
    (cohorts > 1).then(|| world.months().map(row).collect())
}

/// The units of a column over all cohorts, month by month.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let column = COLUMNS.into_iter().find(|c| c.key() == column)?;
    let row = |month: Month| {
        let units = collect(|sink| gather(world, Group::All, month, column, sink));
        RowUnits::of(vec![month.to_string()], units)
    };
    Some(world.months().map(row).collect())
}

fn gather(world: &World<'_>, group: Group, month: Month, column: Column, sink: &mut Sink<'_>) {
    let days = Span::month(month).days(world);
    // Only the rate has a base; the other columns are totals.
    let mut total = |unit: Unit| sink(if column.is_rate() { unit } else { unit.outside_base() });
    match column {
        Column::Start | Column::Entries | Column::Exits | Column::End => {
            movement(world, group, days, column, &mut total)
        }
        Column::HalfDays(_, of) => {
            for part in world.entrants(group) {
                presence::of_part(world, part, Span::month(month), of, &mut total);
            }
        }
        Column::ModulesValidated => modules(world, group, days, &mut total),
        Column::Passed(_, step) => passed(world, group, days, step, &mut total),
        Column::Interviews | Column::InterviewHours => interviews(world, group, days, column, &mut total),
        Column::PrehireStarted | Column::ContractsSigned => contracts(world, group, days, column, &mut total),
    }
}

const THIS_MONTH: &Text = fixed!("dans le mois", "within the month");
const ANOTHER_MONTH: &Text = fixed!("hors du mois", "outside the month");

fn within((from, to): (Date, Date), day: Date) -> bool {
    from <= day && day <= to
}

fn movement(world: &World<'_>, group: Group, days: (Date, Date), column: Column, sink: &mut Sink<'_>) {
    let (first, last) = days;
    world.each_entrant(group, sink, |part, sink| {
        let Some(entry) = part.entry else { return };
        let exit = part.exit.map(|(exit, _)| exit);
        let counts = match column {
            Column::Start => entry < first && exit.is_none_or(|d| first <= d),
            Column::Entries => within(days, entry),
            Column::Exits => exit.is_some_and(|d| within(days, d)),
            _ => entry <= last && exit.is_none_or(|d| last < d),
        };
        // The day that decided: the exit where it took somebody away.
        let date = match column {
            Column::Exits => exit,
            Column::Start if entry < first && !counts => exit,
            Column::End if entry <= last && !counts => exit,
            _ => Some(entry),
        };
        if !counts && !world.explains() {
            return;
        }
        let mut unit = Unit::of(part).because(part.record(&["entry", "exit"]));
        unit.date = date;
        unit.value = date.map_or(Value::None, Value::Day);
        let unit = unit.counted_if(counts, rule_of(column), not_in(column));
        sink(unit.why(world, || movement_in_words(world, days, column, (entry, exit))));
    });
}

fn rule_of(column: Column) -> &'static Text {
    match column {
        Column::Start => fixed!(
            "entré avant le premier jour et pas sorti avant lui",
            "entered before the first day and not left before it",
        ),
        Column::Entries => fixed!("entré dans le mois", "entered in the month"),
        Column::Exits => fixed!("sorti dans le mois", "left in the month"),
        _ => fixed!("entré et pas sorti au dernier jour", "entered and not left by the last day"),
    }
}

fn not_in(column: Column) -> &'static Text {
    match column {
        Column::Start => fixed!("pas là avant le premier jour", "not there before the first day"),
        Column::Entries => fixed!("pas entré dans le mois", "not entered in the month"),
        Column::Exits => fixed!("pas sorti dans le mois", "not left in the month"),
        _ => fixed!("pas là après le dernier jour", "not there after the last day"),
    }
}

/// The day that put somebody into a movement or kept them out of it, beside the days of the month.
fn movement_in_words(
    world: &World<'_>,
    (first, last): (Date, Date),
    column: Column,
    (entry, exit): (Date, Option<Date>),
) -> Text {
    let gone = |day: Date| exit.filter(|exit| *exit < day);
    let as_of = world.as_of;
    match (column, exit) {
        (Column::Start, _) if entry >= first => {
            text!("entré le {entry}, pas avant le {first}", "entered on {entry}, not before {first}"; entry, first)
        }
        (Column::Start, _) => match gone(first) {
            Some(exit) => text!("sorti le {exit}, avant le {first}", "left on {exit}, before {first}"; exit, first),
            None => text!("entré le {entry}, avant le {first}", "entered on {entry}, before {first}"; entry, first),
        },
        (Column::Entries, _) if entry < first => {
            text!("entré le {entry}, avant le {first}", "entered on {entry}, before {first}"; entry, first)
        }
        (Column::Entries, _) if entry > last => {
            text!("entré le {entry}, après le {last}", "entered on {entry}, after {last}"; entry, last)
        }
        (Column::Entries, _) => text!("entré le {entry}", "entered on {entry}"; entry),
        (Column::Exits, None) => text!("pas de sortie au {as_of}", "no exit by {as_of}"; as_of),
        (Column::Exits, Some(exit)) if exit < first => {
            text!("sorti le {exit}, avant le {first}", "left on {exit}, before {first}"; exit, first)
        }
        (Column::Exits, Some(exit)) if exit > last => {
            text!("sorti le {exit}, après le {last}", "left on {exit}, after {last}"; exit, last)
        }
        (Column::Exits, Some(exit)) => text!("sorti le {exit}", "left on {exit}"; exit),
        _ if entry > last => {
            text!("entré le {entry}, après le {last}", "entered on {entry}, after {last}"; entry, last)
        }
        (_, Some(exit)) if exit < last => text!(
            "sorti le {exit}, avant le dernier jour du mois ({last})",
            "left on {exit}, before the last day of the month ({last})";
            exit, last
        ),
        (_, Some(exit)) if exit == last => {
            text!("sorti le {exit}, dernier jour du mois", "left on {exit}, the last day of the month"; exit)
        }
        (_, Some(exit)) => text!("sorti le {exit}, après le {last}", "left on {exit}, after {last}"; exit, last),
        (_, None) => {
            text!("entré le {entry}, pas sorti au {last}", "entered on {entry}, not left by {last}"; entry, last)
        }
    }
}

fn modules(world: &World<'_>, group: Group, days: (Date, Date), sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        if world.results(part).next().is_none() {
            return;
        }
        for module in world.cohort(part).technical_modules() {
            if let Some(result) = first_validation(world, part, module) {
                let unit = module_unit(part, module, Some(result));
                sink(in_month(world, unit, days, result.date));
            }
        }
    });
}

fn in_month(world: &World<'_>, unit: Unit, days: (Date, Date), day: Date) -> Unit {
    if within(days, day) {
        return unit.counted(THIS_MONTH);
    }
    let (first, last) = days;
    unit.left_out(ANOTHER_MONTH).why(world, || {
        text!(
            "le {day} : pas du {first} au {last}",
            "on {day}: not from {first} to {last}";
            day, first, last
        )
    })
}

/// The first pass dated from the entry on; over all cohorts a person counts once, from their first entry on.
fn passed(world: &World<'_>, group: Group, days: (Date, Date), step: LicenceStep, sink: &mut Sink<'_>) {
    let earliest = match group {
        Group::Cohort(_) => HashMap::new(),
        Group::All => first_entries(world),
    };
    world.each_entrant(group, sink, |part, sink| {
        let Some(entry) = part.entry else { return };
        let Some(pass) = first_pass(world, part.fact.person, entry, step) else { return };
        let unit = Unit::of(part).kind(UnitKind::Person).on(pass.date).value(Value::Day(pass.date));
        let unit = unit.because(licence_record(pass));
        sink(if earliest.get(&part.fact.person).is_some_and(|first| *first != part.fact.id) {
            unit.left_out(fixed!("personne comptée depuis sa première entrée", "person counted from their first entry"))
        } else {
            in_month(world, unit, days, pass.date)
        });
    });
}

/// The participation of each person's first entry among the entrants of the scope.
fn first_entries(world: &World<'_>) -> HashMap<PersonId, StayId> {
    let mut first: HashMap<PersonId, &Part<'_>> = HashMap::new();
    for part in world.entrants(Group::All) {
        let held = first.entry(part.fact.person).or_insert(part);
        if part.entry < held.entry {
            *held = part;
        }
    }
    first.into_iter().map(|(person, part)| (person, part.fact.id)).collect()
}

fn interviews(world: &World<'_>, group: Group, days: (Date, Date), column: Column, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        for interview in world.interviews(part).filter(|i| within(days, i.date)) {
            let (columns, amount): (&[&str], i64) = match column {
                Column::Interviews => (&["date"], 1),
                _ => (&["date", "minutes"], interview.minutes),
            };
            let record = RecordRef::new(RecordKind::Interview, interview.id, interview.op, columns);
            let unit = Unit::of(part).kind(UnitKind::Interview).on(interview.date).because(record);
            sink(unit.amount(amount).value(Value::Number(interview.minutes)).counted(THIS_MONTH));
        }
    });
}

fn contracts(world: &World<'_>, group: Group, days: (Date, Date), column: Column, sink: &mut Sink<'_>) {
    let prehire = column == Column::PrehireStarted;
    world.each_entrant(group, sink, |part, sink| {
        let started = world.situations_under(part).filter(|s| within(days, s.start));
        for found in started.filter(|s| if prehire { s.prehire } else { !s.prehire && s.kind.is_paid() }) {
            let unit = Unit::of(part).kind(UnitKind::Contract).on(found.start);
            sink(unit.value(situation::value(found)).because(situation::record(found)).counted(THIS_MONTH));
        }
    });
}
