//! The company that was typed: as the file spells it, near names asked about.

use crate::cli::ask::prompt;
use crate::cli::ask::selector::Chosen;
use crate::cli::noun::prelude::*;
use crate::domain::folding::shown;
use crate::domain::{Refusal, Text, text_rules};
use crate::view::companies::Companies;

/// What to do with a name that is near a known one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearName {
    /// Ask on a terminal, refuse in a script.
    Ask,
    /// It is another company, the person said so.
    IsNew,
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
    let value = match prompt::choose(ctx, &question, &lines)? {
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
