//! What was typed, understood: flags given to the noun and to its verb are one set.

use super::command::Spec;
use super::flags::{Flag, GLOBALS, Takes};
use crate::domain::Refusal;
use crate::text;
use clap::ArgMatches;
use clap::parser::ValueSource;

/// The words and flags of one command.
#[derive(Debug, Clone)]
pub struct Matches {
    path: Vec<String>,
    /// The noun first, its verb last.
    levels: Vec<ArgMatches>,
}

impl Matches {
    /// Merges the flags of the noun and of its verb; a flag that the verb does not know, or that is given twice, is refused.
    pub fn merge(spec: &Spec, found: &ArgMatches) -> Result<Matches, Refusal> {
        let mut matches = Matches { path: Vec::new(), levels: vec![found.clone()] };
        let (mut spec, mut found) = (spec, found);
        while let Some((name, deeper)) = found.subcommand() {
            let Some(verb) = spec.find(name) else { break };
            check_outer_flags(spec, found, verb, deeper)?;
            matches.path.push(name.to_owned());
            matches.levels.push(deeper.clone());
            (spec, found) = (verb, deeper);
        }
        if let Some(bare) = spec.bare {
            matches.path.push(bare.to_owned());
        }
        Ok(matches)
    }

    /// The verb by its first name (`list`; `certificate add` for a verb in a verb), the bare noun's when none was typed;
    /// empty for a noun without verbs.
    pub fn verb(&self) -> String {
        self.path.join(" ")
    }
    /// The value of a flag or positional.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.deepest(flag.id).and_then(|level| level.try_get_one::<String>(flag.id).ok().flatten()).map(String::as_str)
    }
    /// All the values of a repeated flag or positional, those of the noun first.
    pub fn all(&self, flag: &Flag) -> Vec<&str> {
        let levels = self.levels.iter().filter(|level| typed(level, flag.id));
        let values = levels.filter_map(|level| level.try_get_many::<String>(flag.id).ok().flatten());
        values.flatten().map(String::as_str).collect()
    }
    /// Whether a switch is there.
    pub fn has(&self, flag: &Flag) -> bool {
        let level = self.deepest(flag.id);
        level.and_then(|level| level.try_get_one::<bool>(flag.id).ok().flatten()).copied().unwrap_or(false)
    }
    /// How many times a switch is there.
    pub fn count(&self, flag: &Flag) -> u8 {
        let count = |level: &ArgMatches| level.try_get_one::<u8>(flag.id).ok().flatten().copied().unwrap_or(0);
        self.levels.iter().map(count).max().unwrap_or(0)
    }
    /// The value of a flag or positional that the parser requires.
    pub fn need(&self, flag: &Flag) -> Result<&str, Refusal> {
        let missing = flag.value;
        self.text(flag).ok_or_else(|| Refusal::usage(text!("il manque {missing}", "{missing} is missing"; missing)))
    }
    fn deepest(&self, id: &str) -> Option<&ArgMatches> {
        self.levels.iter().rev().find(|level| typed(level, id))
    }
}

fn typed(level: &ArgMatches, id: &str) -> bool {
    // Asking clap about a flag the level does not have panics, so the raw values are tried first.
    level.try_contains_id(id).unwrap_or(false) && level.value_source(id) == Some(ValueSource::CommandLine)
}

fn check_outer_flags(outer: &Spec, given: &ArgMatches, verb: &Spec, deeper: &ArgMatches) -> Result<(), Refusal> {
    for flag in outer.flags.iter().filter(|flag| typed(given, flag.id)) {
        let (name, verb_name) = (flag.id, verb.name());
        if verb.find_flag(flag.id).is_none() {
            return Err(Refusal::usage(text!(
                "--{name} ne va pas avec « {verb_name} »",
                "--{name} does not go with “{verb_name}”"
            )));
        }
        if typed(deeper, flag.id) && flag.takes != Takes::Many {
            return Err(Refusal::usage(text!(
                "--{name} est donné deux fois, avant et après « {verb_name} »",
                "--{name} is given twice, before and after “{verb_name}”"
            ))
            .hint(text!("Gardez-en un seul.", "Keep one of them.")));
        }
    }
    Ok(())
}

/// Refuses a global value given twice on the line, which the parser would settle in silence.
pub fn check_globals(args: &[String]) -> Result<(), Refusal> {
    for flag in GLOBALS.iter().filter(|flag| flag.takes == Takes::One) {
        let (apart, joined) = (format!("--{}", flag.id), format!("--{}=", flag.id));
        let words = args.iter().take_while(|word| *word != "--");
        if words.filter(|word| **word == apart || word.starts_with(&joined)).count() > 1 {
            return Err(Refusal::usage(text!("{apart} est donné deux fois", "{apart} is given twice")));
        }
    }
    Ok(())
}
