//! Section `exits`: exits by class, by cohort, scheme and observation point.

use super::head::{Counted, Head};
use super::{RowUnits, code, code_column, number_column};
use crate::domain::ClosedList;
use crate::fixed;
use crate::report::aftermath::Point;
use crate::report::as_of::{Group, World};
use crate::report::indicator::dynamic_on_entrants::on_entrants;
use crate::report::indicator::entrants::entrant;
use crate::report::indicator::exits::{Look, each_examined, each_exit};
use crate::report::membership::{Figure, Sink, Unit, Value, Verdict, collect};
use crate::report::quantity::Whom;
use crate::report::situation::{Class, Scheme};
use crate::sheet::{Cell, Sheet};

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// All entrants.
    Entrants,
    /// Exits that are not examined.
    Withdrawn,
    /// Exits less the withdrawn, due or not.
    Examined,
    /// Examined and due, of one class.
    Of(Class),
    /// Examined and due, nothing known.
    Unknown,
    /// Examined, not due.
    NotYetDue,
    /// Durable, transition and positive over examined and due.
    DynamicPct,
    /// Durable over examined and due.
    DurablePct,
    /// Durable and transition over examined and due.
    EmploymentPct,
    /// Durable, transition and positive over all entrants.
    DynamicOnEntrants,
}

/// The columns of figures, in order.
pub const COLUMNS: [Column; 13] = [
    Column::Entrants,
    Column::Withdrawn,
    Column::Examined,
    Column::Of(Class::Durable),
    Column::Of(Class::Transition),
    Column::Of(Class::Positive),
    Column::Of(Class::Other),
    Column::Unknown,
    Column::NotYetDue,
    Column::DynamicPct,
    Column::DurablePct,
    Column::EmploymentPct,
    Column::DynamicOnEntrants,
];

const HEADERS: [(&str, &str); 13] = [
    ("Entrants", "Entrants"),
    ("Retraits", "Withdrawn"),
    ("Sorties examinées", "Examined"),
    ("Durable", "Lasting"),
    ("Transition", "Transitional"),
    ("Positive", "Positive"),
    ("Autre", "Other"),
    ("Inconnu", "Unknown"),
    ("Pas encore échu", "Not yet due"),
    ("Dynamiques (%)", "Dynamic (%)"),
    ("Durables (%)", "Lasting (%)"),
    ("En emploi (%)", "In work (%)"),
    ("Dynamiques sur entrants (%)", "Dynamic over entrants (%)"),
];

impl Column {
    /// Machine header.
    pub fn key(self) -> &'static str {
        match self {
            Column::Entrants => "entrants",
            Column::Withdrawn => "withdrawn",
            Column::Examined => "examined",
            Column::Of(class) => class.code(),
            Column::Unknown => "unknown",
            Column::NotYetDue => "not_yet_due",
            Column::DynamicPct => "dynamic_pct",
            Column::DurablePct => "durable_pct",
            Column::EmploymentPct => "employment_pct",
            Column::DynamicOnEntrants => "dynamic_pct_on_entrants",
        }
    }
    fn is_rate(self) -> bool {
        matches!(self, Column::DynamicPct | Column::DurablePct | Column::EmploymentPct | Column::DynamicOnEntrants)
    }
    fn cell(self, figure: &Figure) -> Cell {
        match self {
            // Empty while no exit is due: then every entrant is still to come.
            Column::DynamicOnEntrants if figure.not_yet_due >= figure.den => Cell::Empty,
            column if column.is_rate() => Cell::percent(figure.num, figure.den),
            _ => Cell::Int(figure.num),
        }
    }
}

fn looks() -> impl Iterator<Item = Look> {
    let with = |scheme| Point::ALL.iter().map(move |point| Look { scheme, point: *point });
    Scheme::ALL.iter().flat_map(move |scheme| with(*scheme))
}

/// The sheet.
pub fn sheet(world: &World<'_>) -> Counted {
    let mut columns = vec![
        code_column("cohort", "Promotion", "Cohort"),
        code_column("scheme", "Grille", "Scheme"),
        code_column("point", "Point", "Point"),
    ];
    columns.extend(COLUMNS.iter().zip(HEADERS).map(|(c, (fr, en))| number_column(c.key(), fr, en)));
    let mut section = Counted::new(Sheet::new("exits", columns));
    for group in world.groups() {
        for look in looks() {
            let mut row = vec![code(world.code(group)), code(look.scheme.code()), code(look.point.code())];
            let figure = |column| Figure::tally(|sink| gather(world, group, look, column, sink));
            row.extend(COLUMNS.iter().map(|column| column.cell(&figure(*column))));
            section.push(Some(Head::Exits(look.scheme, look.point, Whom::of(world.code(group)))), row);
        }
    }
    section
}

/// The units of a column over all cohorts, by scheme and point.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let column = COLUMNS.into_iter().find(|c| c.key() == column)?;
    let row = |look: Look| {
        let units = collect(|sink| gather(world, Group::All, look, column, sink));
        RowUnits::of(vec![look.scheme.code().to_owned(), look.point.code().to_owned()], units)
    };
    Some(looks().map(row).collect())
}

fn gather(world: &World<'_>, group: Group, look: Look, column: Column, sink: &mut Sink<'_>) {
    match column {
        Column::Entrants => world.each_entrant(group, sink, |part, sink| {
            sink(entrant(part).counted(fixed!("entrant", "entrant")).outside_base());
        }),
        Column::Withdrawn | Column::Examined => examined(world, group, column, sink),
        Column::Of(class) => each_examined(world, group, look, &mut |u| sink(u.outside_base()), |c| c == class),
        Column::Unknown => only(world, group, look, Verdict::Unknown, sink),
        Column::NotYetDue => only(world, group, look, Verdict::NotYetDue, sink),
        Column::DynamicPct => each_examined(world, group, look, sink, |class| class < Class::Other),
        Column::DurablePct => each_examined(world, group, look, sink, |class| class == Class::Durable),
        Column::EmploymentPct => each_examined(world, group, look, sink, |class| class <= Class::Transition),
        Column::DynamicOnEntrants => on_entrants(world, group, look, sink),
    }
}

fn examined(world: &World<'_>, group: Group, column: Column, sink: &mut Sink<'_>) {
    each_exit(world, group, sink, |part, (exit, reason), sink| {
        let unit = Unit::of(part).on(exit).because(part.record(&["exit", "exit_reason"]));
        let unit = unit.value(Value::Code(reason.code()));
        let withdrawn = world.withdrawn(part);
        let counts = withdrawn.is_some() == (column == Column::Withdrawn);
        let rule = withdrawn.unwrap_or(fixed!("sortie examinée", "examined exit"));
        sink(unit.counted_if(counts, rule, rule).outside_base());
    });
}

/// Counts the examined exits that have one verdict at a point.
fn only(world: &World<'_>, group: Group, look: Look, verdict: Verdict, sink: &mut Sink<'_>) {
    let mut turn = |unit: Unit| {
        let rule = unit.rule;
        let turned = match unit.verdict {
            found if found == verdict => unit.counted(rule),
            Verdict::LeftOut => unit,
            _ => unit.not_counted(rule),
        };
        sink(turned.outside_base());
    };
    each_examined(world, group, look, &mut turn, |class| class < Class::Other);
}
