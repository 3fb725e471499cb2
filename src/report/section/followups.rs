//! Section `followups`: what is due, done and late for each exit at 3, 6 and 12 months.

use super::{FOLLOWUP_POINTS, RowUnits, by_name, code, code_column, number_column};
use crate::domain::ClosedList;
use crate::domain::facts::FollowupFact;
use crate::domain::followup::{Reached, calls};
use crate::domain::placement::Point;
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::membership::{RecordKind, RecordRef, Unit, UnitKind, Value};
use crate::report::naming::Naming;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// The sheet.
pub fn sheet(world: &World<'_>, naming: &Naming) -> Sheet {
    let columns = vec![
        code_column("cohort", "Promotion", "Cohort"),
        code_column("trainee", "Stagiaire", "Trainee"),
        code_column("point", "Point", "Point"),
        Column::new("due_on", "Due le", "Due on", ColumnKind::Date),
        Column::new("window_end", "Fin du délai", "Window end", ColumnKind::Date),
        number_column("attempts", "Tentatives", "Attempts"),
        Column::new("last_attempt", "Dernière tentative", "Last attempt", ColumnKind::Date),
        code_column("status", "État", "Status"),
    ];
    let mut sheet = Sheet::new("followups", columns);
    for (name, part) in by_name(world.entrants(Group::All), naming) {
        let Some((exit, _)) = part.left() else { continue };
        for call in calls(exit) {
            let attempts: Vec<&FollowupFact> = attempts(world, part, call.point).collect();
            let reached = Reached::from(attempts.iter().any(|a| a.reached));
            sheet.rows.push(vec![
                code(&world.cohort(part).fact.code),
                code(&*name),
                code(call.point.code()),
                Cell::Date(call.due_on),
                Cell::Date(call.window_end()),
                Cell::Int(attempts.len() as i64),
                Cell::date(attempts.iter().map(|a| a.date).max()),
                code(call.standing(reached, world.as_of).code()),
            ]);
        }
    }
    sheet
}

/// The one column of figures.
pub const FIGURE: &str = "attempts";

/// The attempts to reach each person, point by point.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let leavers = || world.entrants(Group::All).filter(|part| part.left().is_some());
    let row = |point: Point| {
        let units = leavers().flat_map(|part| attempts(world, part, point).map(|f| unit(part, f)));
        RowUnits::of(vec![point.code().to_owned()], units.collect())
    };
    (column == FIGURE).then(|| FOLLOWUP_POINTS.into_iter().map(row).collect())
}

fn attempts<'a>(world: &World<'a>, part: &Part<'_>, point: Point) -> impl Iterator<Item = &'a FollowupFact> {
    world.followups(part).filter(move |f| f.point == point)
}

fn unit(part: &Part<'_>, attempt: &FollowupFact) -> Unit {
    let record = RecordRef::new(RecordKind::Followup, attempt.id, attempt.op, &["point", "date"]);
    let unit = Unit::of(part).kind(UnitKind::Attempt).on(attempt.date).because(record);
    let known = Value::Code(if attempt.reached { "reached" } else { "not_reached" });
    unit.value(known).counted(fixed!("tentative à ce point", "attempt at that point")).outside_base()
}
