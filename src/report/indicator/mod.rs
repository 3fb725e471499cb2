//! The ordered registry of indicators: each one says who is behind its figure, in words and in code.

pub mod columns;
pub mod counts;
pub mod exits;
pub mod glossary;
mod interviews;
pub mod presence;
pub mod progress;
pub mod reach;
pub mod target;
pub mod work;

use super::membership::{Figure, Sink, Unit};
use super::outcome::Point;
use super::round;
use crate::closed_list;
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::quantity::Whom;
use crate::sheet::Cell;
use counts::Counts;
use std::collections::BTreeSet;
use std::sync::Arc;

closed_list! {
    /// What a value counts.
    Measure {
        People = "people", "personnes", "people";
        Percent = "%", "%", "%";
        Years = "years", "ans", "years";
        HalfDays = "half_days", "demi-journées", "half-days";
        Hours = "hours", "heures", "hours";
        Count = "count", "nombre", "count";
        Days = "days", "jours", "days";
    }
}

/// How a membership becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The sum of the counted amounts; there is no denominator.
    Sum,
    /// Numerator over denominator, in percent.
    Rate,
    /// Numerator over denominator, in percent, empty while everything is still to come.
    RateOnceDue,
    /// Sum over denominator, in the measure itself; one variant of two is the median.
    Mean,
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The target is a floor.
    Higher,
    /// The target is a ceiling.
    Lower,
}

/// The rows that one indicator gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variants {
    /// One row, without a variant.
    Bare,
    /// One row for each of these.
    Fixed(&'static [&'static str]),
    /// One row per technical module of the scope, then one for all of them together.
    TechnicalModules,
    /// One row per certificate presented in the scope, then one for all of them together.
    Certificates,
}

/// How units are gathered: world, group, variant, sink.
pub type Gather = fn(&World<'_>, Group, Option<&str>, &mut Sink<'_>);

/// One indicator.
#[derive(Debug, Clone, Copy)]
pub struct Indicator {
    /// Stable key.
    pub key: &'static str,
    /// Its rows.
    pub variants: Variants,
    /// What its value counts.
    pub measure: Measure,
    /// How its membership becomes a value.
    pub shape: Shape,
    /// Whether more is better.
    pub better: Better,
    /// Short name.
    pub label: &'static Text,
    /// One sentence that a funder can read.
    pub definition: &'static Text,
    /// Who is in the numerator.
    pub numerator: &'static Text,
    /// Who is in the denominator.
    pub denominator: &'static Text,
    /// What becomes of unknown answers.
    pub unknown: &'static Text,
    /// Where the definition comes from.
    pub source: &'static Text,
    /// What its numbers are, for the suppression of small counts.
    pub counts: Counts,
    gather: Gather,
}

/// The variants of indicators observed at the four points.
pub const POINTS: Variants = Variants::Fixed(&["exit", "3m", "6m", "12m"]);
/// For figures that are sums and have no denominator.
pub const NO_BASE: &Text = fixed!("aucun : c'est un total", "none: it is a total");
/// For figures where nothing can be unknown.
pub const NEVER_UNKNOWN: &Text = fixed!("sans objet", "does not apply");
/// For figures of the school's own making.
pub const OWN: &Text = fixed!("définition de l'école", "the school's own definition");

/// All indicators, in the order of reports.
pub fn all() -> impl Iterator<Item = &'static Indicator> {
    [reach::ALL, presence::ALL, progress::ALL, exits::ALL, work::ALL].into_iter().flatten()
}

/// An indicator and its variant, from `key` or `key@variant`.
pub fn find(name: &str) -> Option<(&'static Indicator, Option<&str>)> {
    let (key, variant) = match name.split_once('@') {
        Some((key, variant)) => (key, Some(variant)),
        None => (name, None),
    };
    let indicator = all().find(|i| i.key == key)?;
    let fits = match (indicator.variants, variant) {
        (Variants::Bare, variant) => variant.is_none(),
        (Variants::Fixed(known), Some(variant)) => known.contains(&variant),
        (Variants::Fixed(_), None) => false,
        (Variants::TechnicalModules | Variants::Certificates, variant) => variant != Some(""),
    };
    fits.then_some((indicator, variant))
}

impl Indicator {
    /// The variants that have a row in a world, in order; `None` is the bare row.
    pub fn rows(&self, world: &World<'_>) -> Vec<Option<String>> {
        match self.variants {
            Variants::Bare => vec![None],
            Variants::Fixed(known) => known.iter().map(|v| Some((*v).to_owned())).collect(),
            Variants::TechnicalModules => with_bare(progress::technical_codes(world)),
            Variants::Certificates => with_bare(progress::presented_codes(world)),
        }
    }
    /// `key` or `key@variant`.
    pub fn name(&self, variant: Option<&str>) -> String {
        variant.map_or_else(|| self.key.to_owned(), |v| format!("{}@{v}", self.key))
    }
    /// One of its rows, as suppression knows it.
    pub fn row(&'static self, variant: Option<&str>, of: Whom) -> counts::Row {
        counts::Row { key: self.key, counts: &self.counts, variant: variant.map(Arc::from), of }
    }
    /// Its label, with the variant where there is one.
    pub fn label(&self, variant: Option<&str>) -> Text {
        let Some(variant) = variant else { return self.label.clone() };
        let words = match Point::from_code(variant) {
            Some(point) => point.text(),
            None if variant == "median" => Text::new("médiane", "median"),
            None if variant == "mean" => Text::new("moyenne", "mean"),
            None => Text::same(variant),
        };
        Text::new(format!("{} ({})", self.label.fr, words.fr), format!("{} ({})", self.label.en, words.en))
    }
    /// Gives every unit of a group to a sink.
    pub fn units(&self, world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>) {
        if self.shape == Shape::Sum {
            // A total has no denominator, so none of its units may stand in one.
            (self.gather)(world, group, variant, &mut |unit| sink(unit.outside_base()));
        } else {
            (self.gather)(world, group, variant, sink);
        }
    }
    /// The figure of a group and the value it prints.
    pub fn result(&self, world: &World<'_>, group: Group, variant: Option<&str>) -> Finding {
        let mut figure = Figure::default();
        let mut counted = Vec::new();
        let median = self.is_median(variant);
        self.units(world, group, variant, &mut |unit: Unit| {
            figure.add(&unit);
            if median && unit.verdict == super::membership::Verdict::Counted {
                counted.push(unit.amount);
            }
        });
        let value = if median { median_tenths(counted) } else { self.value(&figure) };
        Finding { figure, value, median }
    }
    fn is_median(&self, variant: Option<&str>) -> bool {
        self.shape == Shape::Mean && variant == Some("median")
    }
    /// The value in the measure's own scale: tenths for percents, years and days, minutes for hours, else units.
    fn value(&self, figure: &Figure) -> Option<i64> {
        match self.shape {
            Shape::Sum => Some(figure.num),
            Shape::Rate => round::permille(figure.num, figure.den),
            Shape::RateOnceDue if figure.not_yet_due >= figure.den => None,
            Shape::RateOnceDue => round::permille(figure.num, figure.den),
            Shape::Mean => round::tenths(figure.num, figure.den),
        }
    }
    /// A value as a cell.
    pub fn cell(&self, value: Option<i64>) -> Cell {
        match (value, self.measure) {
            (None, _) => Cell::Empty,
            (Some(minutes), Measure::Hours) => Cell::Hours(minutes),
            (tenths, Measure::Percent | Measure::Years | Measure::Days) => round::one_decimal(tenths),
            (Some(n), Measure::People | Measure::HalfDays | Measure::Count) => Cell::Int(n),
        }
    }
}

/// A figure with the value it prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The figure.
    pub figure: Figure,
    /// The value, in the measure's own scale; nothing when the base is empty.
    pub value: Option<i64>,
    /// Whether the value is a median, which has no numerator.
    pub median: bool,
}

fn with_bare(codes: BTreeSet<String>) -> Vec<Option<String>> {
    codes.into_iter().map(Some).chain([None]).collect()
}

/// The median in tenths; the mean of the two middle ones when they are even.
fn median_tenths(mut amounts: Vec<i64>) -> Option<i64> {
    amounts.sort_unstable();
    let n = amounts.len();
    if n == 0 {
        return None;
    }
    round::tenths(amounts[(n - 1) / 2].saturating_add(amounts[n / 2]), 2)
}

#[cfg(test)]
mod tests;
