//! Section `financial`: planned against realised by line, cost per result, share of each funder.

use super::head::{Counted, Head};
use super::{RowUnits, code, code_column, number_column};
use crate::domain::facts::BudgetFact;
use crate::domain::funder::Side;
use crate::domain::id::CohortId;
use crate::domain::number::round_div;
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::aftermath::Point;
use crate::report::as_of::{Group, Part, World};
use crate::report::indicator;
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value, Verdict, collect};
use crate::report::quantity::{Outcome, What, Whom};
use crate::report::situation::Scheme;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Money {
    planned: i64,
    realised: i64,
}

impl Money {
    fn add(&mut self, line: &BudgetFact) {
        self.planned = self.planned.saturating_add(line.planned);
        self.realised = self.realised.saturating_add(line.realised);
    }
}

/// The class of the line that sums a side.
const TOTAL: &str = "total";

/// The sheet.
pub fn sheet(world: &World<'_>) -> Counted {
    let columns = vec![
        code_column("cohort", "Promotion", "Cohort"),
        code_column("side", "Côté", "Side"),
        code_column("class", "Compte", "Class"),
        Column::new("label", "Libellé", "Label", ColumnKind::Text),
        number_column("planned", "Prévu (€)", "Planned (€)"),
        number_column("realised", "Réalisé (€)", "Realised (€)"),
        number_column("pct", "Réalisé / prévu (%)", "Realised / planned (%)"),
        number_column("gap", "Écart (€)", "Gap (€)"),
        Column::new("explanation_due", "Explication attendue", "Explanation due", ColumnKind::Bool),
    ];
    let mut section = Counted::new(Sheet::new("financial", columns));
    let by_cohort = lines_by_cohort(world);
    for group in world.groups() {
        push_rows(&mut section, world, group, &lines_of(world, group, &by_cohort));
    }
    section
}

fn lines_by_cohort<'a>(world: &World<'a>) -> HashMap<CohortId, Vec<&'a BudgetFact>> {
    let mut lines: HashMap<CohortId, Vec<&BudgetFact>> = HashMap::new();
    for line in &world.facts.budget {
        lines.entry(line.cohort).or_default().push(line);
    }
    lines
}

fn lines_of<'a>(
    world: &World<'a>,
    group: Group,
    by_cohort: &HashMap<CohortId, Vec<&'a BudgetFact>>,
) -> Vec<&'a BudgetFact> {
    world.cohorts_of(group).iter().filter_map(|c| by_cohort.get(&c.fact.id)).flatten().copied().collect()
}

fn push_rows(section: &mut Counted, world: &World<'_>, group: Group, lines: &[&BudgetFact]) {
    let cohort = world.code(group);
    for ((side, class, label), money) in by_line(lines) {
        section.push(None, amounts(cohort, side, class, Cell::text(Some(label)), money));
    }
    for side in Side::ALL {
        let total = Cell::Words(total_label());
        section.push(None, amounts(cohort, *side, TOTAL, total, total_of(lines, *side)));
    }
    let charges = total_of(lines, Side::Charge).realised;
    for cost in &COSTS {
        section.push(Some(Head::Cost(cost.counts, Whom::of(cohort))), cost_row(world, group, cost, charges));
    }
    for row in shares(cohort, lines) {
        section.push(None, row);
    }
}

/// Lines by side, class and label; those of two grants under one label are one line here.
fn by_line<'l>(lines: &[&'l BudgetFact]) -> BTreeMap<(Side, &'l str, &'l str), Money> {
    let mut merged: BTreeMap<(Side, &str, &str), Money> = BTreeMap::new();
    for line in lines {
        merged.entry((line.side, &line.class, &line.label)).or_default().add(line);
    }
    merged
}

fn total_of(lines: &[&BudgetFact], side: Side) -> Money {
    let mut total = Money::default();
    lines.iter().filter(|l| l.side == side).for_each(|l| total.add(l));
    total
}

fn amounts(cohort: &str, side: Side, class: &str, label: Cell, money: Money) -> Vec<Cell> {
    vec![
        code(cohort),
        code(side.code()),
        code(class),
        label,
        Cell::Cents(money.planned),
        Cell::Cents(money.realised),
        Cell::percent(money.realised, money.planned),
        Cell::Cents(money.realised.saturating_sub(money.planned)),
        Cell::Bool(explanation_due(money)),
    ]
}

/// Whether the gap is strictly over a tenth of the plan, or something was realised without a plan.
fn explanation_due(money: Money) -> bool {
    let gap = money.realised.saturating_sub(money.planned).saturating_abs();
    if money.planned == 0 { money.realised != 0 } else { gap.saturating_mul(10) > money.planned }
}

/// What the charges are divided by.
struct Cost {
    class: &'static str,
    label: &'static Text,
    /// The quantity that those people are.
    counts: What,
    people: fn(&World<'_>, Group) -> Vec<Unit>,
}

const COSTS: [Cost; 3] = [
    Cost {
        class: "per_entrant",
        label: fixed!("Coût par entrant", "Cost per entrant"),
        counts: What::Entrants,
        people: |world, group| counted(world, group, "entrants"),
    },
    Cost {
        class: "per_completer",
        label: fixed!("Coût par parcours achevé", "Cost per completer"),
        counts: What::Completers,
        people: completers,
    },
    Cost {
        class: "per_dynamic_exit",
        label: fixed!("Coût par sortie dynamique", "Cost per dynamic exit"),
        counts: What::Outcome(Scheme::Iae, Outcome::Dynamic, Point::Exit),
        people: |world, group| counted(world, group, "dynamic_exit_rate@exit"),
    },
];

/// Those whom an indicator counts.
fn counted(world: &World<'_>, group: Group, name: &str) -> Vec<Unit> {
    let Some((found, variant)) = indicator::find(name) else { return Vec::new() };
    let units = collect(|sink| found.units(world, group, variant, sink));
    units.into_iter().filter(|unit| unit.verdict == Verdict::Counted).collect()
}

fn completers(world: &World<'_>, group: Group) -> Vec<Unit> {
    let completed = |part: &&Part<'_>| part.left().is_some_and(|(_, reason)| reason == ExitReason::Completed);
    let unit = |part: &Part<'_>| {
        let unit = Unit::of(part).because(part.record(&["exit", "exit_reason"]));
        unit.value(Value::Code(ExitReason::Completed.code())).counted(fixed!("parcours achevé", "completed"))
    };
    world.entrants(group).filter(completed).map(unit).collect()
}

/// The side of the rows that divide the charges by people.
pub const COST: &str = "cost";

/// The people by whom the charges are divided in the row of this class.
pub fn divisor(class: &str) -> Option<What> {
    COSTS.iter().find(|cost| cost.class == class).map(|cost| cost.counts)
}

fn cost_row(world: &World<'_>, group: Group, cost: &Cost, charges: i64) -> Vec<Cell> {
    let count = (cost.people)(world, group).len() as i64;
    let amount = if count > 0 { Cell::Cents(round_div(charges, count)) } else { Cell::Empty };
    let head = [code(world.code(group)), code(COST), code(cost.class), Cell::Words(cost.label.clone())];
    let tail = [Cell::Empty, amount, Cell::Empty, Cell::Empty, Cell::Bool(false)];
    head.into_iter().chain(tail).collect()
}

fn total_label() -> Text {
    text!("Total", "Total")
}

fn share_label(funder: &str) -> Text {
    text!("Part de {funder}", "Share of {funder}")
}

fn shares(cohort: &str, lines: &[&BudgetFact]) -> Vec<Vec<Cell>> {
    let income = total_of(lines, Side::Income).realised;
    let mut funders: BTreeMap<&str, Money> = BTreeMap::new();
    for line in lines.iter().filter(|l| l.side == Side::Income) {
        if let Some(funder) = &line.funder {
            funders.entry(funder).or_default().add(line);
        }
    }
    let row = |(funder, money): (&str, Money)| {
        vec![
            code(cohort),
            code("share"),
            code(funder),
            Cell::Words(share_label(funder)),
            Cell::Cents(money.planned),
            Cell::Cents(money.realised),
            Cell::percent(money.realised, income),
            Cell::Empty,
            Cell::Bool(false),
        ]
    };
    funders.into_iter().map(row).collect()
}

/// The words of the rows that no budget line makes by itself: totals, costs, and the shares of these funders.
pub fn computed_rows<'f>(funders: impl IntoIterator<Item = &'f String>) -> Vec<Vec<String>> {
    let row = |side: &str, class: &str, label: Text| {
        vec![side.to_owned(), class.to_owned(), label.fr.into_owned(), label.en.into_owned()]
    };
    let totals = Side::ALL.iter().map(|side| row(side.code(), TOTAL, total_label()));
    let costs = COSTS.iter().map(|cost| row(COST, cost.class, cost.label.clone()));
    let shares = funders.into_iter().map(|funder| row("share", funder, share_label(funder)));
    totals.chain(costs).chain(shares).collect()
}

/// The columns that [`units`] explains.
pub const FIGURES: [&str; 4] = ["planned", "realised", "pct", "gap"];

/// The amounts behind a column over all cohorts: line by line, then totals, costs and shares.
///
/// `pct` is a rate of euros: its counted amounts over the amounts in the base. A cost is a mean: the counted amounts
/// over the people in the base.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let figure = FIGURES.into_iter().find(|figure| *figure == column)?;
    let lines = lines_of(world, Group::All, &lines_by_cohort(world));
    let mut rows = Vec::new();
    for key in by_line(&lines).into_keys() {
        let own = lines.iter().copied().filter(|l| (l.side, &*l.class, &*l.label) == key);
        rows.push(row_units(&[key.0.code(), key.1, key.2], None, collect(|sink| of_plan(own, figure, sink))));
    }
    for side in Side::ALL {
        let own = lines.iter().copied().filter(|l| l.side == *side);
        let units = collect(|sink| of_plan(own, figure, sink));
        rows.push(row_units(&[side.code(), TOTAL], Some(total_label()), units));
    }
    if figure == "realised" {
        rows.extend(COSTS.iter().map(|cost| cost_units(world, cost, &lines)));
    }
    if figure != "gap" {
        rows.extend(share_units(&lines, figure));
    }
    Some(rows)
}

fn row_units(words: &[&str], label: Option<Text>, units: Vec<Unit>) -> RowUnits {
    let also = label.map_or_else(Vec::new, |label| vec![label.fr.into_owned(), label.en.into_owned()]);
    RowUnits { also, ..RowUnits::of(words.iter().map(|word| (*word).to_owned()).collect(), units) }
}

const LINE: &Text = fixed!("ligne du budget", "budget line");
const IN_BASE: &Text = fixed!(
    "base du pourcentage : son montant, en euros, est au dénominateur",
    "base of the percentage: its amount, in euros, is in the denominator",
);

/// The lines of a row that has a plan.
fn of_plan<'l>(lines: impl Iterator<Item = &'l BudgetFact>, figure: &str, sink: &mut Sink<'_>) {
    for line in lines {
        match figure {
            "planned" => sink(planned(line).counted(LINE).outside_base()),
            "gap" => {
                let gap = line.realised.saturating_sub(line.planned);
                sink(unit(line, gap, &["planned", "realised"]).counted(LINE).outside_base());
            }
            _ => {
                sink(realised(line).counted(LINE).outside_base());
                if figure == "pct" {
                    sink(planned(line).not_counted(IN_BASE));
                }
            }
        }
    }
}

/// The charges of a cost, then the people they are divided by.
fn cost_units(world: &World<'_>, cost: &Cost, lines: &[&BudgetFact]) -> RowUnits {
    let charges = lines.iter().filter(|l| l.side == Side::Charge);
    let mut units: Vec<Unit> = charges.map(|line| realised(line).counted(LINE).outside_base()).collect();
    units.extend((cost.people)(world, Group::All).into_iter().map(|person| {
        let rule = person.rule;
        person.amount(0).not_counted(rule)
    }));
    row_units(&[COST, cost.class], Some(cost.label.clone()), units)
}

/// The income of each funder; a share is taken of all the income realised.
fn share_units(lines: &[&BudgetFact], figure: &str) -> Vec<RowUnits> {
    let income = || lines.iter().filter(|l| l.side == Side::Income);
    let funders: BTreeSet<&str> = income().filter_map(|l| l.funder.as_deref()).collect();
    let row = |funder: &str| {
        let own = income().filter(|l| l.funder.as_deref() == Some(funder));
        let amount = if figure == "planned" { planned } else { realised };
        let mut units: Vec<Unit> = own.map(|line| amount(line).counted(LINE).outside_base()).collect();
        if figure == "pct" {
            units.extend(income().map(|line| realised(line).not_counted(IN_BASE)));
        }
        row_units(&["share", funder], Some(share_label(funder)), units)
    };
    funders.into_iter().map(row).collect()
}

fn planned(line: &BudgetFact) -> Unit {
    unit(line, line.planned, &["planned"])
}

fn realised(line: &BudgetFact) -> Unit {
    unit(line, line.realised, &["realised"])
}

fn unit(line: &BudgetFact, amount: i64, columns: &'static [&'static str]) -> Unit {
    let record = RecordRef::new(RecordKind::Budget, line.id, line.op, columns);
    let unit = Unit::of_cohort(line.cohort).kind(UnitKind::EuroLine).amount(amount).because(record);
    unit.value(Value::Name(format!("{} {}", line.class, line.label)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_needs_words_only_strictly_over_a_tenth_of_the_plan() {
        let due = |planned, realised| explanation_due(Money { planned, realised });
        assert!(!due(1000, 1100) && !due(1000, 900));
        assert!(due(1000, 1101) && due(1000, 899));
        assert!(!due(0, 0) && due(0, 1));
    }
}
