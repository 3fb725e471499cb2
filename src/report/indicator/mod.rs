//! The ordered registry of indicators: each one says who is behind its figure, in words and in code.

mod access_delay;
mod admission_rate;
mod applicants;
mod attendance_rates;
pub mod certificate_success;
pub mod columns;
mod completion;
mod contract_days;
pub mod counts;
mod driving_hours;
pub mod dynamic_on_entrants;
pub mod entrants;
pub mod exits;
mod fill_rate;
mod followed_monthly;
pub mod glossary;
mod hours_planned_left;
mod hours_present;
mod interviews;
pub mod licence_exams;
mod mean_age;
pub mod modules_validated;
mod outcome_rates;
mod partner_companies;
mod people_reached;
pub mod prehire_converted;
mod prehire_started;
pub mod presence;
pub mod qualified;
mod response_rate;
mod retention;
mod share_low_education;
mod share_minors;
mod share_neet;
mod share_women;
pub mod target;
#[cfg(test)]
mod testing;
mod yes_shares;

use super::aftermath::Point;
use super::membership::{Figure, Sink, Unit};
use crate::closed_list;
use crate::domain::number::{mean_tenths, percent_tenths};
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
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

/// What an indicator is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Records of people, exits, exams, placements.
    Records,
    /// Half-days: to list its units one by one needs each mark.
    HalfDays,
}

/// The table of the page that shows an indicator, and its rank in that table: ranks go by tens, so that one can be put
/// between two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// In no table: it is shown by a chart of its own, or only in the full tables.
    Nowhere,
    /// The trainees at their entry.
    Reached(u8),
    /// Licence, certificates and modules: a bar and a row.
    Progress(u8),
    /// The totals under those: a row and no bar.
    ProgressTotal(u8),
    /// Paths completed, work and follow-up.
    Work(u8),
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
    /// What a funder that is masked may see of it.
    pub class: FigureClass,
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
    /// What it is counted from.
    pub reads: Reads,
    /// Where the page shows it.
    pub page: Page,
    gather: Gather,
}

/// The variants of indicators observed at the four points.
pub const POINTS: Variants = Variants::Fixed(&["exit", "3m", "6m", "12m"]);
/// For figures that are sums and have no denominator.
pub const NO_BASE: &Text = fixed!("aucun : c'est un total", "none: it is a total");
/// For figures where nothing can be unknown.
pub const NEVER_UNKNOWN: &Text = fixed!("sans objet", "does not apply");
const KNOWN_ANSWERS: &Text = fixed!("entrants dont la réponse est connue", "entrants whose answer is known");
const OUT_OF_BASE: &Text =
    fixed!("réponses inconnues ou refusées hors de la base", "unknown and refused answers are out of the base");
/// For figures of the school's own making.
pub const OWN: &Text = fixed!("définition de l'école", "the school's own definition");

/// All indicators, in the order of reports: the one list that registers them.
const ALL: &[Indicator] = &[
    applicants::APPLICANTS,
    admission_rate::ADMISSION_RATE,
    entrants::ENTRANTS,
    fill_rate::FILL_RATE,
    share_women::SHARE_WOMEN,
    yes_shares::SHARE_PRIORITY_DISTRICT,
    yes_shares::SHARE_INCOME_SUPPORT,
    yes_shares::SHARE_DISABILITY,
    yes_shares::SHARE_RURAL,
    share_minors::SHARE_MINORS,
    share_low_education::SHARE_LOW_EDUCATION,
    share_neet::SHARE_NEET,
    mean_age::MEAN_AGE,
    people_reached::PEOPLE_REACHED,
    attendance_rates::ATTENDANCE_RATE,
    attendance_rates::ATTENDANCE_RATE_EXCL_EXCUSED,
    attendance_rates::UNEXCUSED_RATE,
    attendance_rates::UNMARKED,
    hours_present::HOURS_CENTRE,
    hours_present::HOURS_COMPANY,
    hours_present::HOURS_TOTAL,
    hours_planned_left::HOURS_PLANNED_LEFT,
    modules_validated::MODULES_VALIDATED,
    certificate_success::CERTIFICATE_SUCCESS,
    qualified::QUALIFIED,
    licence_exams::CODE_PASSED_IN_PATH,
    licence_exams::LICENCE_OBTAINED,
    driving_hours::DRIVING_HOURS,
    interviews::INTERVIEWS,
    interviews::INTERVIEW_HOURS,
    followed_monthly::FOLLOWED_MONTHLY,
    completion::COMPLETION_RATE,
    completion::DROPOUT_RATE,
    completion::EARLY_EXIT_RATE,
    outcome_rates::DYNAMIC_EXIT_RATE,
    outcome_rates::DURABLE_RATE,
    outcome_rates::EMPLOYMENT_RATE,
    dynamic_on_entrants::DYNAMIC_ON_ENTRANTS,
    prehire_started::PREHIRE_STARTED,
    prehire_converted::PREHIRE_CONVERTED,
    access_delay::ACCESS_DELAY_DAYS,
    retention::RETENTION_6M,
    response_rate::RESPONSE_RATE,
    contract_days::CONTRACT_DAYS_80,
    partner_companies::PARTNER_COMPANIES,
];

/// All indicators, in the order of reports.
pub fn all() -> impl Iterator<Item = &'static Indicator> {
    ALL.iter()
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

const UNSAID: &Text = fixed!("", "");

impl Indicator {
    /// What a rate of people declares, before it says what it counts.
    const fn rate(class: FigureClass) -> Indicator {
        Indicator {
            class,
            key: "",
            variants: Variants::Bare,
            measure: Measure::Percent,
            shape: Shape::Rate,
            better: Better::Higher,
            label: UNSAID,
            definition: UNSAID,
            numerator: UNSAID,
            denominator: UNSAID,
            unknown: NEVER_UNKNOWN,
            source: OWN,
            counts: Counts::PEOPLE,
            reads: Reads::Records,
            page: Page::Nowhere,
            gather: |_, _, _, _| {},
        }
    }
    /// What a total declares: it has no base.
    const fn sum(class: FigureClass) -> Indicator {
        Indicator {
            measure: Measure::People,
            shape: Shape::Sum,
            denominator: NO_BASE,
            counts: Counts::PEOPLE.never_unknown(),
            ..Indicator::rate(class)
        }
    }
    /// What the share of an answer among entrants declares: unknown answers are out of its base.
    const fn share(class: FigureClass) -> Indicator {
        Indicator {
            denominator: KNOWN_ANSWERS,
            unknown: OUT_OF_BASE,
            counts: Counts::ANSWERED,
            ..Indicator::rate(class)
        }
    }

    /// The variants that have a row in a world, in order; `None` is the bare row.
    pub fn rows(&self, world: &World<'_>) -> Vec<Option<String>> {
        match self.variants {
            Variants::Bare => vec![None],
            Variants::Fixed(known) => known.iter().map(|v| Some((*v).to_owned())).collect(),
            Variants::TechnicalModules => with_bare(modules_validated::technical_codes(world)),
            Variants::Certificates => with_bare(certificate_success::presented_codes(world)),
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
    /// Whether the rows of single cohorts have lists of their own, because the `*` row counts each person once.
    pub fn counts_once(&self) -> bool {
        self.shape == Shape::Sum && self.counts.counts_once()
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
            Shape::Rate => percent_tenths(figure.num, figure.den),
            Shape::RateOnceDue if figure.not_yet_due >= figure.den => None,
            Shape::RateOnceDue => percent_tenths(figure.num, figure.den),
            Shape::Mean => mean_tenths(figure.num, figure.den),
        }
    }
    /// A value as a cell.
    pub fn cell(&self, value: Option<i64>) -> Cell {
        match (value, self.measure) {
            (None, _) => Cell::Empty,
            (Some(minutes), Measure::Hours) => Cell::Hours(minutes),
            (tenths, Measure::Percent | Measure::Years | Measure::Days) => Cell::tenths(tenths),
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
    mean_tenths(amounts[(n - 1) / 2].saturating_add(amounts[n / 2]), 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::indicator::testing::*;

    #[test]
    fn keys_are_unique_and_every_row_is_found_again_by_its_name() {
        let mut seen = BTreeSet::new();
        for indicator in all() {
            assert!(seen.insert(indicator.key), "{}", indicator.key);
            if let Variants::Fixed(known) = indicator.variants {
                for variant in known {
                    assert_eq!(find(&indicator.name(Some(variant))).unwrap().0.key, indicator.key);
                }
            }
        }
        assert!(find("dynamic_exit_rate@9m").is_none() && find("entrants@3m").is_none() && find("nobody").is_none());
        assert_eq!(all().next().unwrap().key, "applicants");
    }

    #[test]
    fn explained_units_and_summed_marks_give_the_same_figures() {
        let mut school = calendar();
        let part = school.enter("P1", "amelie", "2018-11-29");
        for (date, half, status) in [
            ("2018-11-29", Half::Am, A::Present),
            ("2018-11-30", Half::Pm, A::Excused),
            ("2018-12-03", Half::Am, A::Unexcused),
        ] {
            school.mark(part, date, half, status);
        }
        let scope = up_to("2018-12-31");
        let facts = school.facts(&scope, Marks::Single);
        let world = World::new(&facts, &scope, Purpose::Explain);
        for indicator in all() {
            for variant in indicator.rows(&world) {
                let name = indicator.name(variant.as_deref());
                let explained = Figure::of(&school.units(&scope, &name));
                assert_eq!(explained, school.finding(&scope, "*", &name).figure, "{name}");
            }
        }
    }
}
