//! A funder's own layout: which sections and columns its report shows, in which order and under which words.

mod read;
pub mod readable;
#[cfg(test)]
mod tests;
mod write;

pub use read::{Bounds, Flaw, read};
pub use write::write;

use super::section::{self, Section};
use super::suppression;
use crate::domain::facts::{Facts, FunderFact};
use crate::domain::funder::{Dialect, People};
use crate::domain::{Lang, Text};
use crate::sheet::{Cell, Column, Sheet};

/// A layout. What it leaves out stays as it is without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// Title of the report.
    pub title: Wording,
    /// Language of the report, before that of the funder's profile.
    pub lang: Option<Lang>,
    /// Dialect of the files, before that of the funder's profile.
    pub dialect: Option<Dialect>,
    /// The cohorts whose rows are shown.
    pub cohorts: Cohorts,
    /// The sections, in order; never empty.
    pub sections: Vec<SectionLayout>,
}

/// The cohorts whose rows are shown. The `*` rows always are, and stay those of the whole scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cohorts {
    /// Every cohort of the scope.
    #[default]
    All,
    /// These codes only.
    These(Vec<String>),
}

/// One section of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionLayout {
    /// Which section.
    pub section: Section,
    /// Its title.
    pub title: Wording,
    /// Its columns, in order; all of them when there are none.
    pub columns: Vec<ColumnLayout>,
}

/// One column of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLayout {
    /// Its machine header, which no label changes.
    pub key: &'static str,
    /// Its header for people.
    pub label: Wording,
}

/// Words that replace those of the program, in one language or in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// In French.
    pub fr: Option<String>,
    /// In English.
    pub en: Option<String>,
}

impl Wording {
    /// These words, and the program's own where there are none.
    pub fn over(&self, own: &Text) -> Text {
        let pick = |words: &Option<String>, own: &str| words.clone().unwrap_or_else(|| own.to_owned());
        Text::new(pick(&self.fr, &own.fr), pick(&self.en, &own.en))
    }
    /// The words in one language.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Fr => self.fr.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }
}

/// The layout of a funder for whom nobody wrote one.
pub fn built_in(funder: &FunderFact, budget: Budget, threshold: i64) -> Template {
    let sections = if threshold > 0 { of_masked(budget) } else { default_sections(funder, budget) };
    let sections = sections.into_iter().filter(|s| may_hold(funder, threshold, *s));
    let layout = |section: Section| SectionLayout { section, title: Wording::default(), columns: Vec::new() };
    Template { sections: sections.map(layout).collect(), ..Template::default() }
}

/// Whether there is a budget to account for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// A budget line exists.
    Kept,
    /// None does.
    Absent,
}

impl Budget {
    /// Whether the facts of a scope hold a budget line.
    pub fn of(facts: &Facts) -> Budget {
        if facts.budget.is_empty() { Budget::Absent } else { Budget::Kept }
    }
}

/// What is owed first, then the frame; of the rest what can be shown, which only masking tells.
fn of_masked(budget: Budget) -> Vec<Section> {
    let money = (budget == Budget::Kept).then_some(Section::Financial);
    [Section::Agreed, Section::Monthly].into_iter().chain(money).chain([Section::Indicators, Section::Exits]).collect()
}

fn default_sections(funder: &FunderFact, budget: Budget) -> Vec<Section> {
    let mut sections = own_sections(budget);
    if funder.people == People::Pseudonymised {
        sections.extend([Section::People, Section::Placements]);
    }
    sections
}

/// The sections of the school's own page, in order: nothing about single people.
pub fn own_sections(budget: Budget) -> Vec<Section> {
    let mut sections = vec![Section::Monthly, Section::Indicators, Section::Exits];
    if budget == Budget::Kept {
        sections.push(Section::Financial);
    }
    sections
}

/// Whether a funder's report may hold a section when counts below `threshold` are masked: lines about single people
/// only under a pseudonym and where nothing is masked, quality never.
pub fn may_hold(funder: &FunderFact, threshold: i64, section: Section) -> bool {
    let agreed = !section.shows_people() || funder.people == People::Pseudonymised;
    agreed && suppression::allows(section, threshold)
}

/// The sections of a layout, in order.
pub fn sections(template: &Template) -> Vec<Section> {
    template.sections.iter().map(|layout| layout.section).collect()
}

/// Lays finished sheets out. It must come after masking: what is masked depends on whole sections, whatever of them is
/// shown. Sheets that the layout does not name keep their columns and come last.
pub fn apply(template: &Template, sheets: Vec<Sheet>) -> Vec<Sheet> {
    use crate::domain::ClosedList;
    let mut left = sheets;
    let mut laid = Vec::with_capacity(left.len());
    for layout in &template.sections {
        let Some(at) = left.iter().position(|sheet| sheet.key == layout.section.code()) else { continue };
        laid.push(lay(layout, with_cohorts(&template.cohorts, left.remove(at))));
    }
    laid.extend(left.into_iter().map(|sheet| with_cohorts(&template.cohorts, sheet)));
    laid
}

fn with_cohorts(cohorts: &Cohorts, mut sheet: Sheet) -> Sheet {
    if let (Cohorts::These(codes), Some(at)) = (cohorts, sheet.column("cohort")) {
        let shown = |cell: &Cell| match cell {
            Cell::Text(code) => code == "*" || codes.contains(code),
            _ => true,
        };
        sheet.rows.retain(|row| row.get(at).is_none_or(shown));
    }
    sheet
}

fn lay(layout: &SectionLayout, mut sheet: Sheet) -> Sheet {
    sheet.title = sheet.title.map(|own| layout.title.over(&own));
    if layout.columns.is_empty() {
        return sheet;
    }
    let found = layout.columns.iter().filter_map(|column| Some((sheet.column(column.key)?, column)));
    let chosen: Vec<(usize, &ColumnLayout)> = found.collect();
    let column = |(at, layout): &(usize, &ColumnLayout)| {
        let own = &sheet.columns[*at];
        Column { header: layout.label.over(&own.header), hide_first: 0, ..own.clone() }
    };
    let columns = chosen.iter().map(column).collect();
    let rows = sheet.rows.iter().map(|row| chosen.iter().map(|(at, _)| row[*at].clone()).collect()).collect();
    let mut laid = Sheet { columns, rows, ..sheet };
    section::fit_narrow_screens(&mut laid);
    laid
}
