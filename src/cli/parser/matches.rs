//! What was typed for one verb: its words and flags, wherever on the line they stand.

use super::flags::{Flag, GLOBALS, Takes, word_of};
use crate::domain::Refusal;
use crate::text;
use clap::ArgMatches;
use clap::parser::ValueSource;

/// The words and flags of one command.
#[derive(Debug, Clone)]
pub struct Matches {
    path: String,
    /// The noun first, its verb last.
    levels: Vec<ArgMatches>,
}

impl Matches {
    /// What was typed for a verb: its path (`trainee list`), and what the parser found at each level of it.
    pub fn new(path: String, levels: Vec<ArgMatches>) -> Matches {
        Matches { path, levels }
    }
    /// The noun and its verb by their first names: `trainee list`.
    pub fn path(&self) -> &str {
        &self.path
    }
    /// The value of a flag or positional.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.one(flag.id).or_else(|| flag.or_word.then(|| self.one(&word_of(flag)))?)
    }
    fn one(&self, id: &str) -> Option<&str> {
        self.deepest(id).and_then(|level| level.try_get_one::<String>(id).ok().flatten()).map(String::as_str)
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

/// Whether a flag or positional stands on the line at this level.
pub fn typed(level: &ArgMatches, id: &str) -> bool {
    // Asking clap about a flag the level does not have panics, so the raw values are tried first.
    level.try_contains_id(id).unwrap_or(false) && level.value_source(id) == Some(ValueSource::CommandLine)
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
