//! The names that a value may have, from the school's file and the program: what a shell completes.

use crate::domain::date::Month;
use crate::domain::folding::fold;
use crate::domain::kind::Target;
use crate::domain::{ClosedList, Date, Lang};
use crate::report::{Section, indicator};
use crate::store::{Lookup, Store};
use crate::text;
use crate::view::companies::Companies;
use anyhow::Result;

/// What a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// A record by its code or slug.
    Of(Target),
    /// A cohort, or all of them.
    Cohorts,
    /// A company, as the placements write it.
    Company,
    /// A month, a quarter or a year of the school's life.
    Period,
    /// A section of a report.
    Section,
    /// An indicator, or a column of a section.
    Figure,
}

impl Names {
    /// A cohort by its code.
    pub const COHORT: Names = Names::Of(Target::Cohort);
    /// A person by slug.
    pub const TRAINEE: Names = Names::Of(Target::Trainee);
    /// A module by its code.
    pub const MODULE: Names = Names::Of(Target::Module);
    /// A certificate by its code.
    pub const CERTIFICATE: Names = Names::Of(Target::Certificate);
    /// A funder by its code.
    pub const FUNDER: Names = Names::Of(Target::Funder);
    /// A grant by its code.
    pub const GRANT: Names = Names::Of(Target::Grant);
}

/// A word that may be typed, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What is typed.
    pub word: String,
    /// Whom or what it names, in words; empty when the word says it.
    pub about: String,
}

/// The names of this kind of which a part begins with what was typed (case and accents ignored), in a useful order: the
/// newest cohort and the nearest month first, everything else by name.
pub fn names(store: &Store, what: Names, typed: &str, today: Date, lang: Lang) -> Result<Vec<Name>> {
    let lookup = store.lookup();
    let all = match what {
        Names::Of(Target::Trainee) => people(&lookup)?,
        Names::Of(Target::Cohort) => cohorts(&lookup, lang)?,
        Names::Cohorts => {
            let mut cohorts = cohorts(&lookup, lang)?;
            let about = text!("toutes les promotions", "every cohort");
            cohorts.push(Name { word: "all".to_owned(), about: about.get(lang).to_owned() });
            cohorts
        }
        Names::Of(target) => lookup.codes(target)?.into_iter().map(bare).collect(),
        Names::Company => Companies::all(&lookup)?.spellings().map(str::to_owned).map(bare).collect(),
        Names::Period => periods(&lookup, today)?,
        Names::Section => sections(lang),
        Names::Figure => figures(lang),
    };
    Ok(all.into_iter().filter(|name| begins(name, typed)).collect())
}

fn bare(word: String) -> Name {
    Name { word, about: String::new() }
}

fn begins(name: &Name, typed: &str) -> bool {
    let typed = fold(typed);
    let word = fold(&name.word);
    word.starts_with(&typed) || word.split([' ', '-', '_']).any(|part| part.starts_with(&typed))
}

fn people(lookup: &Lookup<'_>) -> Result<Vec<Name>> {
    let person = |person: crate::store::Identity| Name {
        about: format!("{} {}", person.first_name, person.last_name),
        word: person.slug,
    };
    let mut people: Vec<Name> = lookup.identities()?.into_iter().map(person).collect();
    people.sort_by(|a, b| a.word.cmp(&b.word));
    Ok(people)
}

fn cohorts(lookup: &Lookup<'_>, lang: Lang) -> Result<Vec<Name>> {
    let named = |cohort: crate::store::CohortSpan| {
        let about = text!("{start} → {end}", "{start} → {end}"; start = cohort.start, end = cohort.end);
        Name { about: about.get(lang).to_owned(), word: cohort.code }
    };
    Ok(lookup.cohorts()?.into_iter().rev().map(named).collect())
}

/// Months, quarters and years from the first cohort to today, the last complete month first.
fn periods(lookup: &Lookup<'_>, today: Date) -> Result<Vec<Name>> {
    let first = lookup.cohorts()?.iter().map(|cohort| cohort.start).min().unwrap_or(today);
    let mut words = vec!["m-1".to_owned(), "m".to_owned()];
    let months = first.in_month().number()..today.in_month().number();
    for day in months.rev().map(|number| Month::from_number(number).first()) {
        let (year, month) = (day.year(), day.month());
        words.push(format!("{year:04}-{month:02}"));
        if month % 3 == 1 {
            words.push(format!("{year:04}Q{}", month.div_ceil(3)));
        }
        if month == 1 {
            words.push(format!("{year:04}"));
        }
    }
    Ok(words.into_iter().map(bare).collect())
}

fn sections(lang: Lang) -> Vec<Name> {
    let name = |section: &Section| Name { word: section.code().to_owned(), about: section.text().get(lang).to_owned() };
    Section::ALL.iter().map(name).collect()
}

fn figures(lang: Lang) -> Vec<Name> {
    let name = |indicator: &indicator::Indicator| Name {
        word: indicator.key.to_owned(),
        about: indicator.label.get(lang).to_owned(),
    };
    indicator::all().map(name).collect()
}
