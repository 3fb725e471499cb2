//! Companies as the file writes them: one spelling each, near names, and how many placements each has.

use super::situation::Situation;
use crate::domain::folding::{Fit, company_key, fold, words_match};
use crate::domain::kind::{FieldAt, placement};
use crate::domain::{Kind, Record};
use crate::sheet::{Cell, Column, ColumnKind, Sheet, Values};
use crate::store::Lookup;
use crate::store::records::Which;
use anyhow::Result;
use std::collections::BTreeMap;

/// The fields that name a company.
const COMPANIES: [FieldAt; 2] = [placement::COMPANY, placement::USER_COMPANY];

/// The companies that the placements name, each once.
#[derive(Debug, Default)]
pub struct Companies(Vec<Known>);

#[derive(Debug)]
struct Known {
    folded: String,
    /// Its spellings, in the order they were first recorded, with how often each is used.
    spellings: Vec<(String, usize)>,
}

/// From this likeness on, two names may be one company spelled twice.
const NEAR: f64 = 0.9;

impl Companies {
    /// All the companies of the file: employers and firms where temp workers work.
    pub fn all(lookup: &Lookup<'_>) -> Result<Companies> {
        let mut records = lookup.records(Kind::Placements, Which::All)?;
        records.sort_by_key(|record| record.id);
        let mut companies = Companies::default();
        records.iter().for_each(|record| companies.count(record));
        Ok(companies)
    }

    fn count(&mut self, placement: &Record) {
        for name in COMPANIES.into_iter().filter_map(|field| placement.text(field)) {
            let Some(folded) = company_key(name) else { continue };
            let known = match self.0.iter().position(|k| k.folded == folded) {
                Some(at) => &mut self.0[at],
                None => {
                    self.0.push(Known { folded, spellings: Vec::new() });
                    let last = self.0.len() - 1;
                    &mut self.0[last]
                }
            };
            match known.spellings.iter_mut().find(|(spelling, _)| spelling == name) {
                Some((_, count)) => *count += 1,
                None => known.spellings.push((name.to_owned(), 1)),
            }
        }
    }

    /// The usual spelling of a name, case and accents ignored.
    pub fn spelling(&self, name: &str) -> Option<&str> {
        let folded = company_key(name)?;
        self.0.iter().find(|known| known.folded == folded).map(Known::usual)
    }

    /// The usual spelling of each, in the order they were first recorded.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Known::usual)
    }

    /// Known names that may be the same company spelled otherwise, the nearest first.
    pub fn near(&self, name: &str) -> Vec<&str> {
        let folded = fold(name);
        let likeness = |known: &Known| {
            let begun = words_match(name, &known.folded) == Some(Fit::WordStarts);
            strsim::jaro_winkler(&folded, &known.folded).max(if begun { NEAR } else { 0.0 })
        };
        let mut near: Vec<(f64, &str)> = self.0.iter().map(|known| (likeness(known), known.usual())).collect();
        near.retain(|(likeness, _)| *likeness >= NEAR);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        near.into_iter().map(|(_, name)| name).collect()
    }
}

impl Known {
    /// The spelling most used; the oldest of those used as often.
    fn usual(&self) -> &str {
        let best = self.spellings.iter().rev().max_by_key(|(_, count)| *count);
        best.map_or(&self.folded, |(name, _)| name)
    }
}

/// What the table of companies says of one.
struct Company {
    name: String,
    trainees: Vec<String>,
    placements: i64,
    last: Option<Situation>,
}

/// Each company once, with how many placements and people, and the last one.
pub fn sheet(lookup: &Lookup<'_>, values: Values) -> Result<Sheet> {
    let mut all: BTreeMap<String, Company> = BTreeMap::new();
    for situation in Situation::all(lookup, Which::All)?.into_iter().filter(|s| !s.never_began()) {
        count(&mut all, &situation);
    }
    let spelled = Companies::all(lookup)?;
    let mut sheet = Sheet::new(
        "companies",
        vec![
            Column::new("company", "Entreprise", "Company", ColumnKind::Text),
            Column::new("placements", "Situations", "Placements", ColumnKind::Number),
            Column::new("trainees", "Stagiaires", "Trainees", ColumnKind::Number),
            Column::new("last_start", "Dernier début", "Last start", ColumnKind::Date).hide_first(1),
            Column::new("last_type", "Dernier type", "Last type", ColumnKind::Code).hide_first(3),
            Column::new("last_trainee", "Dernier stagiaire", "Last trainee", ColumnKind::Code).hide_first(2),
        ],
    );
    for (folded, company) in all {
        let last = company.last.as_ref();
        sheet.rows.push(vec![
            Cell::Text(spelled.spelling(&folded).unwrap_or(&company.name).to_owned()),
            Cell::Int(company.placements),
            Cell::Int(company.trainees.len() as i64),
            Cell::date(last.map(|situation| situation.term.start)),
            values.cell(last.map(|situation| situation.kind)),
            Cell::text(last.map(Situation::trainee)),
        ]);
    }
    Ok(sheet)
}

fn count(all: &mut BTreeMap<String, Company>, situation: &Situation) {
    let names = COMPANIES.into_iter().filter_map(|field| situation.record.text(field));
    let mut folded: Vec<(String, &str)> = names.filter_map(|name| Some((company_key(name)?, name))).collect();
    // An agency that is its own user company is one company.
    folded.dedup_by(|a, b| a.0 == b.0);
    for (key, name) in folded {
        let company = all.entry(key).or_insert_with(|| Company {
            name: name.to_owned(),
            trainees: Vec::new(),
            placements: 0,
            last: None,
        });
        company.placements += 1;
        if !company.trainees.iter().any(|slug| slug == situation.trainee()) {
            company.trainees.push(situation.trainee().to_owned());
        }
        let when = |situation: &Situation| (situation.term.start, situation.number);
        if company.last.as_ref().is_none_or(|last| when(last) < when(situation)) {
            company.last = Some(situation.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Value;

    fn companies(names: &[&str]) -> Companies {
        let mut companies = Companies::default();
        for name in names {
            let mut record = Record::new(Kind::Placements);
            record.set(placement::COMPANY, Some(Value::Text((*name).to_owned())));
            companies.count(&record);
        }
        companies
    }

    #[test]
    fn the_usual_spelling_is_the_most_used_then_the_oldest() {
        let known = companies(&["SOGETREL", "Sogétrel", "Sogétrel", "Axione", "AXIONE"]);
        assert_eq!(known.spelling("sogetrel"), Some("Sogétrel"));
        assert_eq!(known.spelling("axione"), Some("Axione"));
        assert_eq!(known.spelling("Orange"), None);
    }

    #[test]
    fn names_a_slip_or_a_word_away_are_near_and_others_are_not() {
        let known = companies(&["Sogetrel", "Réseaux du Vercors", "Orange", "SFR"]);
        assert_eq!(known.near("Sogetrell"), ["Sogetrel"]);
        assert_eq!(known.near("sogetrel sas"), ["Sogetrel"]);
        assert_eq!(known.near("vercors"), ["Réseaux du Vercors"]);
        for other in ["Orano", "Axione", "SPR", "Réso"] {
            assert!(known.near(other).is_empty(), "{other}: {:?}", known.near(other));
        }
    }
}
