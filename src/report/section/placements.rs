//! Section `placements`: one line per situation of an entrant.

use super::{by_name, code, code_column, month_cell};
use crate::domain::ClosedList;
use crate::domain::facts::{DurableMin, SituationFact};
use crate::report::as_of::{Group, World};
use crate::report::indicator::prehire_converted::conversion;
use crate::report::naming::Naming;
use crate::report::situation::{self, Scheme};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// The sheet.
pub fn sheet(world: &World<'_>, naming: &Naming) -> Sheet {
    let columns = vec![
        code_column("person", "Personne", "Person"),
        code_column("cohort", "Promotion", "Cohort"),
        code_column("exit_month", "Mois de sortie", "Exit month"),
        code_column("type", "Type", "Type"),
        code_column("duration_class", "Durée", "Duration"),
        Column::new("prehire", "Préembauche", "Prehire", ColumnKind::Bool),
        Column::new("converted", "Transformée", "Converted", ColumnKind::Bool),
        code_column("outcome", "Classe", "Class"),
    ];
    let mut sheet = Sheet::new("placements", columns);
    for (name, part) in by_name(world.entrants(Group::All), naming) {
        let mut found: Vec<&SituationFact> = world.situations_under(part).collect();
        found.sort_by_key(|s| (s.start, s.id));
        for situation in found {
            let converted = situation.prehire.then(|| conversion(world, part, situation).is_some());
            sheet.rows.push(vec![
                code(&*name),
                code(&world.cohort(part).fact.code),
                month_cell(part.exit.map(|(exit, _)| exit.in_month())),
                code(situation.kind.code()),
                Cell::text(duration_class(situation)),
                Cell::Bool(situation.prehire),
                converted.map_or(Cell::Empty, Cell::Bool),
                code(situation::class(Scheme::Iae, situation, world.scope.settings.durable_min).code()),
            ]);
        }
    }
    sheet
}

/// The planned length as a class; a paid contract without a planned end is open-ended, and exactly six months is six
/// months, whatever counts as durable.
fn duration_class(situation: &SituationFact) -> Option<&'static str> {
    if situation.planned_end.is_none() {
        return situation.kind.is_paid().then_some("open_ended");
    }
    Some(if situation::reaches_six_months(situation, DurableMin::SixMonths) { "6m_or_more" } else { "under_6m" })
}
