//! Companies as they are already written in the file: one spelling each, near names asked about.

use crate::cli::ask::prompt;
use crate::cli::ask::selector::Chosen;
use crate::cli::run::context::Context;
use crate::domain::folding::{Fit, fold, shown, words_match};
use crate::domain::{Kind, Record, Refusal, Text, text_rules};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::text;
use anyhow::{Result, bail};

/// What to do with a name that is near a known one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearName {
    /// Ask on a terminal, refuse in a script.
    Ask,
    /// It is another company, the person said so.
    IsNew,
}

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
        for name in ["company", "user_company"].into_iter().filter_map(|field| placement.text(field)) {
            let folded = fold(name);
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
        let folded = fold(name);
        self.0.iter().find(|known| known.folded == folded).map(Known::usual)
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

/// The company that was typed, spelled as the file spells it.
pub fn named(ctx: &Context<'_>, companies: &Companies, typed: &str, near_name: NearName) -> Result<Chosen<String>> {
    let name = text_rules::clean_line(typed)?;
    if let Some(known) = companies.spelling(&name) {
        let echo = (known != name).then(|| text!("Entreprise : {known}", "Company: {known}"));
        return Ok(Chosen { value: known.to_owned(), echo });
    }
    let near = companies.near(&name);
    match (near.as_slice(), near_name) {
        ([], _) | (_, NearName::IsNew) => {
            let echo = Some(text!("Nouvelle entreprise : {name}", "New company: {name}"));
            Ok(Chosen { value: name, echo })
        }
        _ if ctx.can_ask() => choose(ctx, name, &near),
        ([first, ..], NearName::Ask) => bail!(like(&name, first)),
    }
}

fn choose(ctx: &Context<'_>, name: String, near: &[&str]) -> Result<Chosen<String>> {
    let mut lines: Vec<Text> = near.iter().map(|known| Text::same(*known)).collect();
    lines.push(text!("une autre entreprise, nouvelle : {name}", "another company, a new one: {name}"));
    let question = text!("« {name} » ressemble à une entreprise connue :", "“{name}” is like a known company:");
    let value = match prompt::choose(ctx, &question, &lines) {
        Some(at) => near.get(at).map_or(name, |known| (*known).to_owned()),
        None => {
            bail!(Refusal::usage(text!("aucune entreprise n'a été choisie", "no company was chosen")))
        }
    };
    Ok(Chosen { value, echo: None })
}

fn like(name: &str, known: &str) -> Refusal {
    let name = shown(name);
    Refusal::selector(text!(
        "« {name} » ressemble à « {known} », déjà connue",
        "“{name}” is like “{known}”, known already"
    ))
    .why(text!(
        "une entreprise écrite de deux façons compterait deux fois",
        "a company spelled in two ways would count twice"
    ))
    .hint(text!(
        "Écrivez « {known} », ou ajoutez --new-company si c'en est une autre",
        "Write “{known}”, or add --new-company if it is another one"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Value;

    fn companies(names: &[&str]) -> Companies {
        let mut companies = Companies::default();
        for name in names {
            let mut record = Record::new(Kind::Placements);
            record.set("company", Some(Value::Text((*name).to_owned())));
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
