//! Section `indicators`: every indicator by cohort and over all cohorts, with the funder's targets.

use super::head::{Counted, Head};
use super::{code, code_column, number_column};
use crate::domain::{ClosedList, Text};
use crate::report::as_of::{Group, World};
use crate::report::indicator::{self, Finding, Indicator, Measure, Shape, target};
use crate::report::quantity::Whom;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// The smallest base of a rate shown without a note, unless the funder's profile says otherwise.
pub const RATE_MIN_DENOMINATOR: i64 = 20;

/// The sheet.
pub fn sheet(world: &World<'_>) -> Counted {
    let columns = vec![
        code_column("indicator", "Indicateur", "Indicator"),
        Column::new("label", "Libellé", "Label", ColumnKind::Text).hide_first(3),
        code_column("cohort", "Promotion", "Cohort"),
        number_column("num", "Numérateur", "Numerator"),
        number_column("den", "Dénominateur", "Denominator"),
        number_column("value", "Valeur", "Value"),
        code_column("unit", "Unité", "Unit"),
        number_column("not_yet_due", "Pas encore échu", "Not yet due").hide_first(4),
        number_column("unknown", "Inconnu", "Unknown").hide_first(2),
        number_column("target", "Objectif", "Target").hide_first(5),
        number_column("gap", "Écart", "Gap").hide_first(6),
        code_column("status", "État", "Status").hide_first(7),
        Column::new("note", "Remarque", "Note", ColumnKind::Text).hide_first(8),
    ];
    let mut section = Counted::new(Sheet::new("indicators", columns));
    let rows: Vec<(&'static Indicator, Option<String>)> =
        indicator::all().flat_map(|i| i.rows(world).into_iter().map(move |v| (i, v))).collect();
    for group in world.groups() {
        for (indicator, variant) in &rows {
            let finding = indicator.result(world, group, variant.as_deref());
            let head = Head::Indicator(indicator.row(variant.as_deref(), Whom::of(world.code(group))));
            section.push(Some(head), row(world, group, indicator, variant.as_deref(), &finding));
        }
    }
    section
}

/// The row of an indicator.
pub(super) fn row(
    world: &World<'_>,
    group: Group,
    indicator: &Indicator,
    variant: Option<&str>,
    finding: &Finding,
) -> Vec<Cell> {
    let name = indicator.name(variant);
    let figure = &finding.figure;
    let value = indicator.cell(finding.value);
    let (num, den) = match indicator.shape {
        Shape::Sum => (value.clone(), Cell::Empty),
        _ if finding.median => (Cell::Empty, Cell::Int(figure.den)),
        _ => (Cell::Int(figure.num), Cell::Int(figure.den)),
    };
    let [target, gap, status] = against_target(world, group, indicator, &name, finding.value);
    vec![
        code(name),
        Cell::Words(indicator.label(variant)),
        code(world.code(group)),
        num,
        den,
        value,
        code(indicator.measure.code()),
        Cell::Int(figure.not_yet_due),
        Cell::Int(figure.unknown),
        target,
        gap,
        status,
        note(world, indicator, figure.den),
    ]
}

fn against_target(world: &World<'_>, group: Group, indicator: &Indicator, name: &str, value: Option<i64>) -> [Cell; 3] {
    let aim = match (group, &world.scope.funder) {
        (Group::All, Some(_)) => target::target(indicator, name, (&world.facts.targets, world.as_of)),
        _ => None,
    };
    let Some(aim) = aim else { return [Cell::Empty, Cell::Empty, Cell::Empty] };
    let shown = target::cell(indicator.measure, aim);
    let Some(value) = value else { return [shown, Cell::Empty, Cell::Empty] };
    let gap = target::hundredths(indicator.measure, value).saturating_sub(aim);
    let status = target::status(indicator.better, gap, aim);
    [shown, target::cell(indicator.measure, gap), code(status.code())]
}

pub(super) fn note(world: &World<'_>, indicator: &Indicator, den: i64) -> Cell {
    let least = world.scope.funder.as_ref().and_then(|f| f.rate_min_denominator).unwrap_or(RATE_MIN_DENOMINATOR);
    if indicator.measure == Measure::Percent && den < least {
        Cell::Words(Text::new("effectif faible", "small number"))
    } else {
        Cell::Empty
    }
}
