//! Section `agreed`: the figures that the funder is owed, in the period and since the start of its first cohort.

use super::head::{Counted, Head, Span};
use super::{bpf, code, code_column, esf, exits, financial, indicators, monthly, number_column};
use crate::domain::ClosedList;
use crate::domain::facts::Scope;
use crate::domain::funder::Level;
use crate::report::as_of::{Group, World};
use crate::report::indicator::{self, Finding, Indicator, Shape, target};
use crate::report::promise::{Promise, Row, promises};
use crate::report::quantity::Whom;
use crate::report::section::reread::word;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;

/// The sheet.
pub fn sheet(world: &World<'_>) -> Counted {
    let columns = vec![
        code_column("figure", "Chiffre", "Figure"),
        Column::new("label", "Libellé", "Label", ColumnKind::Text).hide_first(4),
        code_column("row", "Ligne", "Row"),
        code_column("span", "Durée", "Span"),
        number_column("num", "Numérateur", "Numerator").hide_first(9),
        number_column("den", "Dénominateur", "Denominator").hide_first(8),
        number_column("value", "Valeur", "Value"),
        code_column("unit", "Unité", "Unit"),
        number_column("not_yet_due", "Pas encore échu", "Not yet due").hide_first(11),
        number_column("unknown", "Inconnu", "Unknown").hide_first(10),
        number_column("target", "Objectif", "Target").hide_first(3),
        Column::new("by", "Pour le", "By", ColumnKind::Date).hide_first(7),
        number_column("gap", "Écart", "Gap").hide_first(2),
        code_column("status", "État", "Status").hide_first(1),
        Column::new("note", "Remarque", "Note", ColumnKind::Text).hide_first(6),
    ];
    let mut section = Counted::new(Sheet::new("agreed", columns));
    let scope = since_start(world);
    let facts = world.facts.since_start.as_deref().unwrap_or(world.facts);
    let since = World::new(facts, &scope, world.purpose);
    for promise in &promises(world.facts) {
        let Some((indicator, variant)) = indicator::find(&promise.figure) else {
            push_column(&mut section, world, (promise, Span::Period));
            push_column(&mut section, &since, (promise, Span::SinceStart));
            continue;
        };
        let named = Named { indicator, variant, promise };
        let groups = || world.groups().filter(|group| covers(promise, *group));
        let kept = |group| named.finding(world, group) == named.finding(&since, group);
        for group in groups() {
            let (head, cells) = named.row(world, (Span::Period, group), kept(group));
            section.push(head, cells);
        }
        for group in groups() {
            let (head, cells) = named.row(&since, (Span::SinceStart, group), kept(group));
            section.push(head, cells);
        }
    }
    section
}

/// The same question since the first day of the scope's first cohort.
fn since_start(world: &World<'_>) -> Scope {
    let first = world.cohorts.iter().map(|cohort| cohort.fact.start).min();
    Scope { from: first.unwrap_or(world.scope.from).min(world.scope.from), ..world.scope.clone() }
}

/// An indicator, one of its variants, and the promise that names it.
#[derive(Clone, Copy)]
struct Named<'n> {
    indicator: &'static Indicator,
    variant: Option<&'n str>,
    promise: &'n Promise,
}

impl Named<'_> {
    fn finding(&self, world: &World<'_>, group: Group) -> Finding {
        self.indicator.result(world, group, self.variant)
    }
    /// The row of a group; `kept` says whether the number is the same in the period and since the start.
    fn row(&self, world: &World<'_>, (span, group): (Span, Group), kept: bool) -> (Option<Head>, Vec<Cell>) {
        let Named { indicator, variant, promise } = *self;
        let row = indicators::row(world, group, indicator, variant, &self.finding(world, group));
        let [_, label, cohort, num, den, value, unit, waiting, unknown, aim, gap, status, note] =
            <[Cell; 13]>::try_from(row).unwrap_or_else(|_| std::array::from_fn(|_| Cell::Empty));
        // A total of one month says nothing of what a whole grant aims at.
        let aimed = span == Span::SinceStart || kept || indicator.shape != Shape::Sum;
        let [aim, gap, status] = if aimed { [aim, gap, status] } else { [Cell::Empty, Cell::Empty, Cell::Empty] };
        let by = if aim == Cell::Empty { Cell::Empty } else { by(world, &promise.figure) };
        // What differs since the start is a number of its own, which no equation knows.
        let own = span == Span::SinceStart && !kept;
        let hides = own && hides_unknown(world);
        let shown = |cell: Cell| if hides { Cell::Masked } else { cell };
        let beside = |cell: Cell| if hides { Cell::Empty } else { cell };
        let head = (!own).then(|| Head::Indicator(indicator.row(variant, Whom::of(world.code(group)))));
        let cells = vec![
            code(promise.figure.clone()),
            label,
            cohort,
            code(span.code()),
            shown(num),
            shown(den),
            shown(value),
            unit,
            shown(waiting),
            shown(unknown),
            aim,
            by,
            beside(gap),
            beside(status),
            told(promise, note),
        ];
        (head, cells)
    }
}

fn covers(promise: &Promise, group: Group) -> bool {
    promise.covers(if group == Group::All { Row::Total } else { Row::Cohort })
}

/// Whether what no equation knows must stay hidden: at `public` nothing is shown by right.
fn hides_unknown(world: &World<'_>) -> bool {
    world.scope.funder.as_ref().is_some_and(|funder| funder.level == Level::Public && funder.threshold() > 0)
}

/// The day by which the next target is to be reached.
fn by(world: &World<'_>, figure: &str) -> Cell {
    let aims = target::in_force_of(figure, &world.facts.targets, world.as_of);
    Cell::date(aims.into_iter().filter_map(|aim| aim.by).min())
}

/// The note of a row: that of the figure, and on which agreement it is told.
fn told(promise: &Promise, note: Cell) -> Cell {
    let grants = promise.grants.join(", ");
    let agreed = text!("convenu : {grants}", "agreed: {grants}");
    Cell::Words(match note {
        Cell::Words(note) => text!("{agreed} ; {note}", "{agreed}; {note}"; agreed, note),
        _ => agreed,
    })
}

/// The rows of a column of another section: as that section prints them.
fn push_column(section: &mut Counted, world: &World<'_>, (promise, span): (&Promise, Span)) {
    let Some((name, key)) = promise.figure.split_once(':') else { return };
    let Some(source) = of_section(name, world) else { return };
    let Some(at) = source.sheet.column(key) else { return };
    let label = source.sheet.columns[at].header.clone();
    for row in source.sheet.rows.iter().filter(|row| row[at] != Cell::Empty) {
        let cohort = source.sheet.column("cohort").map_or_else(|| "*".to_owned(), |at| word(&row[at]));
        if !promise.covers(if cohort == "*" { Row::Total } else { Row::Cohort }) {
            continue;
        }
        let words = naming(name).iter().filter_map(|column| source.sheet.column(column)).map(|at| word(&row[at]));
        let figure = [promise.figure.clone()].into_iter().chain(words).collect::<Vec<_>>().join("@");
        let value = if hides_unknown(world) { Cell::Masked } else { row[at].clone() };
        let mut cells = vec![Cell::Empty; section.sheet.columns.len()];
        cells[..4].clone_from_slice(&[code(figure), Cell::Words(label.clone()), code(cohort), code(span.code())]);
        cells[6] = value;
        cells[7] = code(unit(&row[at], key));
        cells[14] = told(promise, Cell::Empty);
        section.push(None, cells);
    }
}

fn of_section(name: &str, world: &World<'_>) -> Option<Counted> {
    Some(match name {
        "monthly" => monthly::sheet(world),
        "exits" => exits::sheet(world),
        "esf" => esf::sheet(world),
        "bpf" => bpf::sheet(world),
        "financial" => financial::sheet(world),
        _ => return None,
    })
}

/// The columns that name a row beside its cohort.
fn naming(section: &str) -> &'static [&'static str] {
    match section {
        "monthly" => &["month"],
        "exits" => &["scheme", "point"],
        "esf" => &["indicator"],
        "bpf" => &["year", "frame", "line"],
        "financial" => &["side", "class", "label"],
        _ => &[],
    }
}

fn unit(cell: &Cell, key: &str) -> &'static str {
    match cell {
        Cell::Hours(_) => "hours",
        Cell::Cents(_) => "EUR",
        Cell::Decimal { .. } => "%",
        _ if matches!(key, "planned" | "present" | "excused" | "unexcused" | "unmarked") => "half_days",
        _ => "count",
    }
}
