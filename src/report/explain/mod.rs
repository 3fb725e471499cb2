//! `explain`: the units behind a figure, one row each, with the rule, the value and the record that decided.

mod words;

use crate::domain::id::{CohortId, OpId, PersonId};
use crate::domain::number::round_div;
pub use words::Codes;

use super::indicator::{self, Indicator, Measure, columns};
use super::membership::{RecordKind, RecordRef, Unit, UnitKind, collect};
use super::naming::Naming;
use super::section::{RowUnits, Section, esf};
use crate::domain::facts::PersonFact;
use crate::domain::{ClosedList, Date, Refusal, Text};
use crate::report::as_of::{Group, World};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use std::collections::HashMap;

/// What is to be explained.
#[derive(Debug, Clone)]
pub enum Target {
    /// An indicator, with its variant.
    Indicator(&'static Indicator, Option<String>),
    /// A column of a section, and the words of the rows asked for (none = all rows).
    Column {
        /// The section.
        section: Section,
        /// The machine header of the column.
        column: &'static str,
        /// Words that a row must carry: `3m`, `e2c`, `2018-11`.
        words: Vec<String>,
    },
}

/// How amounts of a target are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Units,
    Minutes,
    Cents,
}

/// When a fact was recorded: the day, and the operation.
pub type Recorded<'c> = &'c dyn Fn(&RecordRef) -> Option<(Date, OpId)>;

impl Target {
    /// Reads `entrants`, `dynamic_exit_rate@3m`, `monthly:present`, `exits:durable@e2c@3m` or `EECO02`.
    pub fn parse(typed: &str) -> Result<Target, Refusal> {
        if let Some((indicator, variant)) = indicator::find(typed) {
            return Ok(Target::Indicator(indicator, variant.map(str::to_owned)));
        }
        if esf::definition(typed).is_some() {
            return Ok(Target::Column { section: Section::Esf, column: "total", words: vec![typed.to_owned()] });
        }
        match typed.split_once(':') {
            Some((section, column)) => Target::column(section, column),
            None => Err(unknown_indicator(typed)),
        }
    }
    fn column(section: &str, typed: &str) -> Result<Target, Refusal> {
        let Some(found) = Section::from_code(section) else {
            let known = codes(Section::ALL.iter().filter(|s| !s.figure_columns().is_empty()).map(|s| s.code()));
            return Err(Refusal::usage(text!("section « {section} » inconnue", "unknown section “{section}”")).hint(
                text!(
                    "Sections dont les chiffres s'expliquent : {known}",
                    "Sections whose figures can be explained: {known}"
                ),
            ));
        };
        let mut words = typed.split('@');
        let column = words.next().unwrap_or_default();
        let Some(column) = found.figure_columns().into_iter().find(|key| *key == column) else {
            let known = codes(found.figure_columns().into_iter());
            let refusal = Refusal::usage(text!(
                "la section « {section} » n'a pas de colonne de chiffres « {column} »",
                "the section “{section}” has no column of figures “{column}”"
            ));
            return Err(if known.is_empty() {
                refusal.hint(text!(
                    "Pour un indicateur : fil report explain entrants",
                    "For an indicator: fil report explain entrants"
                ))
            } else {
                refusal.hint(text!("Colonnes : {known}", "Columns: {known}"))
            });
        };
        Ok(Target::Column { section: found, column, words: words.map(str::to_owned).collect() })
    }
    /// Whether half-days must be loaded one by one.
    pub fn needs_half_days(&self) -> bool {
        // Cheap enough to ask for always, but a person's explanation of a class needs none.
        match self {
            Target::Indicator(indicator, _) => indicator.reads == indicator::Reads::HalfDays,
            Target::Column { section, .. } => {
                matches!(section, Section::Monthly | Section::Attendance | Section::Bpf | Section::People)
            }
        }
    }
    /// Why the figure has no list: the employer's data that it needs are not kept, so it is never computed.
    pub fn without_list(&self) -> Option<Refusal> {
        let Target::Column { section: Section::Esf, words, .. } = self else { return None };
        let key = words.iter().find(|word| esf::is_computed(word) == Some(false))?;
        let refusal = Refusal::usage(text!("{key} n'a pas de liste", "{key} has no list"));
        Some(refusal.why(text!(
            "cette ligne demande des données de l'employeur et reste vide",
            "this line needs the employer's data and stays empty"
        )))
    }
    /// The sentence that defines the figure.
    pub fn definition(&self) -> Text {
        match self {
            Target::Indicator(indicator, _) => indicator.definition.clone(),
            Target::Column { section, column, words } => {
                if let Some((key, line)) = words.iter().find_map(|word| Some((word, esf::definition(word)?))) {
                    return with_detail(line, columns::esf_detail(key));
                }
                let title = section.text();
                let name = Text::new(format!("{} : {column}", title.fr), format!("{}: {column}", title.en));
                let printed = columns::indicator_of(section.code(), column);
                let printed = printed.and_then(|key| indicator::all().find(|i| i.key == key)).map(|i| i.label);
                let means = columns::of(section.code(), column).map(|text| text.means).or(printed);
                with_detail(name, means)
            }
        }
    }
    fn scale(&self) -> Scale {
        match self {
            Target::Indicator(indicator, _) if indicator.measure == Measure::Hours => Scale::Minutes,
            Target::Indicator(..) => Scale::Units,
            Target::Column { section: Section::Financial, .. } => Scale::Cents,
            Target::Column { section, column, .. } => match (section, *column) {
                (_, "hours_centre" | "hours_company" | "interview_hours") | (Section::Bpf, "hours") => Scale::Minutes,
                _ => Scale::Units,
            },
        }
    }
    /// The lists of units, each with the name of its figure.
    fn lists(&self, world: &World<'_>) -> Vec<List> {
        match self {
            Target::Indicator(indicator, variant) => {
                let variant = variant.as_deref();
                let own = indicator.counts_once() && world.cohorts.len() > 1;
                let of = |group| collect(|sink| indicator.units(world, group, variant, sink));
                let list = |units, rows| List { name: indicator.name(variant), units, rows };
                let mut lists = Vec::new();
                if own {
                    let each = (0..world.cohorts.len()).flat_map(|i| of(Group::Cohort(i))).collect();
                    lists.push(list(each, Rows::Cohorts));
                }
                lists.push(list(of(Group::All), if own { Rows::Total } else { Rows::Both }));
                lists
            }
            Target::Column { section, column, words } => {
                let list = |row: RowUnits, rows| {
                    let name = [format!("{}:{column}", section.code())].into_iter().chain(row.words);
                    List { name: name.collect::<Vec<_>>().join("@"), units: row.units, rows }
                };
                let own = section.own_units(world, column);
                let rows = if own.is_some() { Rows::Total } else { Rows::Both };
                let asked = |row: &RowUnits| words.iter().all(|word| row.answers_to(word));
                let each = own.unwrap_or_default().into_iter().filter(asked).map(|row| list(row, Rows::Cohorts));
                let all = section.units(world, column).unwrap_or_default().into_iter().filter(asked);
                each.chain(all.map(|row| list(row, rows))).collect()
            }
        }
    }
}

/// Units with the name of their figure.
struct List {
    name: String,
    units: Vec<Unit>,
    rows: Rows,
}

/// The rows that a list explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// Those of single cohorts, and the total, which is their sum.
    Both,
    /// Those of single cohorts.
    Cohorts,
    /// The total alone, in which each person counts once: its lines carry `*`.
    Total,
}

/// A name with what it stands for.
fn with_detail(name: Text, detail: Option<&'static Text>) -> Text {
    match detail {
        Some(detail) => Text::new(format!("{} ({})", name.fr, detail.fr), format!("{} ({})", name.en, detail.en)),
        None => name,
    }
}

fn codes(words: impl Iterator<Item = &'static str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn unknown_indicator(typed: &str) -> Refusal {
    let key = typed.split('@').next().unwrap_or_default();
    let refusal = Refusal::usage(text!("indicateur « {typed} » inconnu", "unknown indicator “{typed}”"));
    if let Some(indicator) = indicator::all().find(|i| i.key == key)
        && let indicator::Variants::Fixed(known) = indicator.variants
    {
        let whole: Vec<String> = known.iter().map(|v| indicator.name(Some(v))).collect();
        let whole = whole.join(", ");
        return refusal.hint(text!("Essayez : {whole}", "Try: {whole}"));
    }
    let near = indicator::all().min_by_key(|i| strsim::damerau_levenshtein(i.key, key));
    match near {
        Some(near) => {
            let near = near.key;
            refusal.hint(text!(
                "Le plus proche : {near} ; la liste : fil report indicators",
                "The nearest: {near}; the list: fil report indicators"
            ))
        }
        None => refusal,
    }
}

/// Who sees an explanation, and where recording dates come from.
pub struct Audience<'c> {
    /// How people are named.
    pub naming: &'c Naming,
    /// Gives the day and the operation that recorded the deciding columns of a record.
    pub recorded: Recorded<'c>,
}

/// Every unit behind a target over the scope; the world must have been built to explain.
pub fn explain(world: &World<'_>, target: &Target, audience: &Audience<'_>) -> Sheet {
    let mut sheet = Sheet::new("explain", headers());
    sheet.title = Some(target.definition());
    let codes: HashMap<CohortId, &str> = world.cohorts.iter().map(|c| (c.fact.id, &*c.fact.code)).collect();
    let people: HashMap<PersonId, &PersonFact> = world.facts.people.iter().map(|p| (p.id, p)).collect();
    let scale = target.scale();
    for List { name, units, rows } in target.lists(world) {
        for unit in &units {
            let cohort = if rows == Rows::Total { Some("*") } else { codes.get(&unit.cohort).copied() };
            let person = unit.person.and_then(|id| people.get(&id)).map(|p| audience.naming.name(p));
            let row = row(&name, unit, [Cell::text(cohort), Cell::text(person)], scale, audience);
            // Alike units that stand for several are shown one by one, so that rows can be counted.
            sheet.rows.extend(std::iter::repeat_n(row, usize::try_from(unit.count).unwrap_or(0)));
        }
    }
    if scale == Scale::Minutes {
        sheet.footer.push(text!(
            "Quantités en heures : la somme des comptées, arrondie à deux décimales, est le chiffre.",
            "Amounts in hours: the sum of the counted ones, rounded to two decimals, is the figure."
        ));
    }
    sheet
}

fn headers() -> Vec<Column> {
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    vec![
        code("indicator", "Indicateur", "Indicator").hide_first(3),
        code("cohort", "Promotion", "Cohort"),
        code("person", "Personne", "Person"),
        code("unit", "Unité", "Unit").hide_first(4),
        code("verdict", "Verdict", "Verdict"),
        Column::new("in_base", "Dans la base", "In base", ColumnKind::Bool).hide_first(2),
        Column::new("amount", "Quantité", "Amount", ColumnKind::Number),
        Column::new("rule", "Règle", "Rule", ColumnKind::Text),
        Column::new("value", "Valeur", "Value", ColumnKind::Text),
        Column::new("date", "Date", "Date", ColumnKind::Date),
        code("record", "Fiche", "Record").hide_first(5),
        Column::new("recorded_on", "Saisi le", "Recorded on", ColumnKind::Date).hide_first(6),
        code("operation", "Opération", "Operation").hide_first(7),
    ]
}

fn row(name: &str, unit: &Unit, [cohort, person]: [Cell; 2], scale: Scale, audience: &Audience<'_>) -> Vec<Cell> {
    let recorded = unit.record.as_ref().and_then(|record| (audience.recorded)(record));
    // The number of a person's own record is a selector: a reader of pseudonyms must not see it. The participation in
    // which the fact counts, or the cohort, stands for what is hidden or has no record of its own.
    let shown = unit.record.filter(|r| !(audience.naming.hides_people() && r.kind == RecordKind::Trainee));
    let shown = shown.map_or_else(|| stands_for(unit), |record| named(&record));
    let value = unit.value.show();
    vec![
        Cell::Text(name.to_owned()),
        cohort,
        person,
        Cell::Text(unit.kind.code().to_owned()),
        Cell::Text(unit.verdict.code().to_owned()),
        Cell::Bool(unit.in_base),
        amount(own_amount(unit, scale), scale),
        Cell::Words(unit.rule_text()),
        if value.is_empty() { Cell::Empty } else { Cell::Text(value) },
        Cell::date(unit.date),
        Cell::Text(shown),
        Cell::date(recorded.map(|(day, _)| day)),
        Cell::int(recorded.map(|(_, op)| op.number())),
    ]
}

fn stands_for(unit: &Unit) -> String {
    match unit.participation {
        Some(id) => format!("{} {id}", RecordKind::Participation.code()),
        None => format!("{} {}", RecordKind::Cohort.code(), unit.cohort),
    }
}

fn named(record: &RecordRef) -> String {
    match record.half_day {
        Some((date, half)) => format!("{} {} {date} {}", record.kind.code(), record.id, half.code()),
        None => format!("{} {}", record.kind.code(), record.id),
    }
}

/// Decimals of an hour that is no whole number of hundredths.
const FINE: u8 = 9;

/// Minutes in hours, so that a figure is the sum of its counted amounts, rounded to two decimals as it is printed.
///
/// An hour is a whole number of hundredths only every three minutes. The others keep nine decimals: a sum of minutes is
/// never nearer than 0.0016 to a value that rounds the other way, so not even a million of them could move it.
fn hours(minutes: i64) -> Cell {
    if minutes % 3 == 0 {
        return Cell::Hours(minutes);
    }
    Cell::Decimal { value: round_div(minutes.saturating_mul(10i64.pow(u32::from(FINE))), 60), scale: FINE }
}

/// What one of these units adds; where hours or euros are summed, a person has none of their own.
fn own_amount(unit: &Unit, scale: Scale) -> i64 {
    if scale != Scale::Units && unit.kind == UnitKind::Person { 0 } else { unit.amount / unit.count.max(1) }
}

fn amount(amount: i64, scale: Scale) -> Cell {
    match scale {
        Scale::Units => Cell::Int(amount),
        Scale::Minutes => hours(amount),
        Scale::Cents => Cell::Cents(amount),
    }
}

#[cfg(test)]
mod tests;
