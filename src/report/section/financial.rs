//! Section `financial`: planned against realised by line, cost per result, share of each funder.

use super::{RowUnits, code, code_column, number_column};
use crate::domain::facts::BudgetFact;
use crate::domain::funder::Side;
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Text};
use crate::report::indicator;
use crate::report::membership::{RecordKind, RecordRef, Unit, UnitKind, Value, collect};
use crate::report::phrase::say;
use crate::report::round;
use crate::report::world::{Group, World};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use std::collections::{BTreeMap, HashMap};

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

/// The sheet.
pub fn sheet(world: &World<'_>) -> Sheet {
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
    let mut sheet = Sheet::new("financial", columns);
    let by_cohort = lines_by_cohort(world);
    for group in world.groups() {
        sheet.rows.extend(rows(world, group, &lines_of(world, group, &by_cohort)));
    }
    sheet
}

fn lines_by_cohort<'a>(world: &World<'a>) -> HashMap<i64, Vec<&'a BudgetFact>> {
    let mut lines: HashMap<i64, Vec<&BudgetFact>> = HashMap::new();
    for line in &world.facts.budget {
        lines.entry(line.cohort).or_default().push(line);
    }
    lines
}

fn lines_of<'a>(world: &World<'a>, group: Group, by_cohort: &HashMap<i64, Vec<&'a BudgetFact>>) -> Vec<&'a BudgetFact> {
    world.cohorts_of(group).iter().filter_map(|c| by_cohort.get(&c.fact.id)).flatten().copied().collect()
}

fn rows(world: &World<'_>, group: Group, lines: &[&BudgetFact]) -> Vec<Vec<Cell>> {
    let cohort = world.code(group);
    let mut rows: Vec<Vec<Cell>> = by_line(lines)
        .into_iter()
        .map(|((side, class, label), money)| amounts(cohort, side, class, Cell::text(Some(label)), money))
        .collect();
    for side in Side::ALL {
        let total = Cell::Words(text!("Total", "Total"));
        rows.push(amounts(cohort, *side, "total", total, total_of(lines, *side)));
    }
    rows.extend(costs(world, group, total_of(lines, Side::Charge).realised));
    rows.extend(shares(cohort, lines));
    rows
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
        round::percent(money.realised, money.planned),
        Cell::Cents(money.realised.saturating_sub(money.planned)),
        Cell::Bool(explanation_due(money)),
    ]
}

/// Whether the gap is strictly over a tenth of the plan, or something was realised without a plan.
fn explanation_due(money: Money) -> bool {
    let gap = money.realised.saturating_sub(money.planned).saturating_abs();
    if money.planned == 0 { money.realised != 0 } else { gap.saturating_mul(10) > money.planned }
}

fn costs(world: &World<'_>, group: Group, charges: i64) -> Vec<Vec<Cell>> {
    let dynamic = indicator::find("dynamic_exit_rate@exit")
        .map_or(0, |(found, variant)| found.result(world, group, variant).figure.num);
    let completers =
        world.entrants(group).filter(|p| p.left().is_some_and(|(_, reason)| reason == ExitReason::Completed)).count()
            as i64;
    let entrants = world.entrants(group).count() as i64;
    [
        ("per_entrant", text!("Coût par entrant", "Cost per entrant"), entrants),
        ("per_completer", text!("Coût par parcours achevé", "Cost per completer"), completers),
        ("per_dynamic_exit", text!("Coût par sortie dynamique", "Cost per dynamic exit"), dynamic),
    ]
    .into_iter()
    .map(|(class, label, count)| {
        let cost = if count > 0 { Cell::Cents(round::divide(charges, count)) } else { Cell::Empty };
        let head = [code(world.code(group)), code("cost"), code(class), Cell::Words(label)];
        let tail = [Cell::Empty, cost, Cell::Empty, Cell::Empty, Cell::Bool(false)];
        head.into_iter().chain(tail).collect()
    })
    .collect()
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
        let label = Text::new(format!("Part de {funder}"), format!("Share of {funder}"));
        vec![
            code(cohort),
            code("share"),
            code(funder),
            Cell::Words(label),
            Cell::Cents(money.planned),
            Cell::Cents(money.realised),
            round::percent(money.realised, income),
            Cell::Empty,
            Cell::Bool(false),
        ]
    };
    funders.into_iter().map(row).collect()
}

/// The budget lines behind a column, by side, class and label over all cohorts, then by side.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let amount: fn(&BudgetFact) -> i64 = match column {
        "planned" => |line| line.planned,
        "realised" => |line| line.realised,
        _ => return None,
    };
    let lines = lines_of(world, Group::All, &lines_by_cohort(world));
    let row = |words: [&str; 3], belongs: &dyn Fn(&BudgetFact) -> bool| RowUnits {
        words: words.iter().map(|w| (*w).to_owned()).collect(),
        units: collect(|sink| {
            for line in lines.iter().filter(|l| belongs(l)) {
                sink(unit(line, amount(line), column == "planned"));
            }
        }),
    };
    let mut rows: Vec<RowUnits> = by_line(&lines)
        .into_keys()
        .map(|key| row([key.0.code(), key.1, key.2], &|l| (l.side, &*l.class, &*l.label) == key))
        .collect();
    rows.extend(Side::ALL.iter().map(|side| row([side.code(), "total", ""], &|l| l.side == *side)));
    Some(rows)
}

fn unit(line: &BudgetFact, amount: i64, planned: bool) -> Unit {
    let columns: &[&str] = if planned { &["planned"] } else { &["realised"] };
    let record = RecordRef::new(RecordKind::Budget, line.id, line.op, columns);
    let unit = Unit::of_cohort(line.cohort).kind(UnitKind::EuroLine).amount(amount).because(record);
    let name = Value::Name(format!("{} {}", line.class, line.label));
    unit.value(name).counted(say("ligne du budget", "budget line")).outside_base()
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
