//! What a command is, in one value: its names, its sentence, two examples, its flags, and what answers it.

use super::flags::Flag;
use super::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::Text;
use anyhow::Result;

/// A word of the command line that answers, or whose own verbs do: `status`, `trainee`, `list`.
#[derive(Clone, Copy)]
pub struct Verb {
    /// Its name, then its aliases: French word, letter.
    pub names: &'static [&'static str],
    /// What it does, one line.
    pub about: &'static Text,
    /// The two command lines that open its help page.
    pub examples: [&'static Text; 2],
    /// Its positionals (in order) and flags, those it shares with other verbs as they are.
    pub flags: &'static [&'static [Flag]],
    /// What answers it.
    pub run: Run,
}

/// What answers a command. A verb cannot be declared without it.
#[derive(Clone, Copy)]
pub enum Run {
    /// This function.
    With(fn(&Matches, &Context<'_>) -> Result<Answer>),
    /// This function, which is also given every command of the program.
    About(fn(&[Verb], &Matches) -> Result<Answer>),
    /// One of its own verbs.
    Verbs {
        /// All of them, in the order of its help page.
        list: &'static [Verb],
        /// The one meant when none is typed; the noun takes its flags too.
        bare: &'static Verb,
        /// What to try with a word that is not a verb.
        stray: Option<StrayWord>,
    },
}

/// Gives the whole command to type instead, when a word that is not a verb means something else (a person's name).
pub type StrayWord = fn(&Context<'_>, &str) -> Option<String>;

impl Verb {
    /// Its first name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
    /// Its own verbs; none for a verb that answers by itself.
    pub fn verbs(&self) -> &'static [Verb] {
        match self.run {
            Run::Verbs { list, .. } => list,
            Run::With(_) | Run::About(_) => &[],
        }
    }
    /// The verb of its own that is meant when none is typed.
    pub fn bare(&self) -> Option<&'static Verb> {
        match self.run {
            Run::Verbs { bare, .. } => Some(bare),
            Run::With(_) | Run::About(_) => None,
        }
    }
    /// What to try with a word that is not one of its verbs.
    pub fn stray(&self) -> Option<StrayWord> {
        match self.run {
            Run::Verbs { stray, .. } => stray,
            Run::With(_) | Run::About(_) => None,
        }
    }
    /// Its positionals and flags; a noun has the flags of the verb meant when none is typed.
    pub fn flags(&self) -> impl Iterator<Item = &'static Flag> {
        let noun = self.bare().is_some();
        let listed = self.bare().map_or(self.flags, |bare| bare.flags);
        listed.iter().copied().flatten().filter(move |flag| !(noun && flag.positional))
    }
    /// The flag with this name in the program.
    pub fn flag(&self, id: &str) -> Option<&'static Flag> {
        self.flags().find(|flag| flag.id == id)
    }
    /// Its own verb that has this name or alias.
    pub fn find(&self, word: &str) -> Option<&'static Verb> {
        named(self.verbs(), word)
    }
    /// Answers what was typed; `all` are the commands of the program.
    pub fn answer(&self, all: &[Verb], matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
        match self.run {
            Run::With(run) => run(matches, ctx),
            Run::About(run) => run(all, matches),
            Run::Verbs { bare, .. } => bare.answer(all, matches, ctx),
        }
    }
}

/// The verb of a list that has this name or alias.
pub fn named<'a>(verbs: &'a [Verb], word: &str) -> Option<&'a Verb> {
    verbs.iter().find(|verb| verb.names.contains(&word))
}
