//! From what the parser read to the verb that was typed: flags given to a noun and to its verb are one set.

use super::flags::Takes;
use super::matches::{Matches, typed};
use super::verb::Verb;
use crate::domain::Refusal;
use crate::text;
use clap::ArgMatches;

/// The verb that a line of this command means, the bare noun's when none was typed, and what was typed for it. A flag
/// that the verb does not know, or that is given twice, is refused.
pub fn resolve<'v>(noun: &'v Verb, found: &ArgMatches) -> Result<(&'v Verb, Matches), Refusal> {
    let mut path = noun.name().to_owned();
    let mut levels = vec![found.clone()];
    let (mut verb, mut found) = (noun, found);
    while let Some((name, deeper)) = found.subcommand() {
        let Some(next) = verb.find(name) else { break };
        check_outer_flags(verb, found, next, deeper)?;
        path = format!("{path} {name}");
        levels.push(deeper.clone());
        (verb, found) = (next, deeper);
    }
    let words = verb.flags().any(|flag| flag.positional && typed(found, flag.id));
    if let Some(meant) = verb.by_words().filter(|_| words).or(verb.bare()) {
        if verb.by_words().is_some() {
            check_outer_flags(verb, found, meant, found)?;
        }
        path = format!("{path} {}", meant.name());
        verb = meant;
    }
    Ok((verb, Matches::new(path, levels)))
}

fn check_outer_flags(outer: &Verb, given: &ArgMatches, verb: &Verb, deeper: &ArgMatches) -> Result<(), Refusal> {
    for flag in outer.flags().filter(|flag| typed(given, flag.id)) {
        let (name, verb_name) = (flag.id, verb.name());
        if verb.flag(flag.id).is_none() {
            return Err(Refusal::usage(text!(
                "--{name} ne va pas avec « {verb_name} »",
                "--{name} does not go with “{verb_name}”"
            )));
        }
        if !std::ptr::eq(given, deeper) && typed(deeper, flag.id) && flag.takes != Takes::Many {
            return Err(Refusal::usage(text!(
                "--{name} est donné deux fois, avant et après « {verb_name} »",
                "--{name} is given twice, before and after “{verb_name}”"
            ))
            .hint(text!("Gardez-en un seul.", "Keep one of them.")));
        }
    }
    Ok(())
}
