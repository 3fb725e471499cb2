//! What a command is, in one value: its names, its sentence, two examples, its flags, and what answers it.

use super::flags::Flag;
use super::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::Text;
use anyhow::Result;
use std::sync::LazyLock;

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
    /// This closure: a verb that derives from a kind of record.
    Derived(&'static Answering),
    /// One of the verbs that derive from a kind of record, worked out when they are first asked for.
    Records(&'static LazyLock<OfRecords>),
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

/// What answers a verb that derives from a kind of record.
pub type Answering = dyn Fn(&Matches, &Context<'_>) -> Result<Answer> + Sync;

/// The verbs on the records of a kind.
pub struct OfRecords {
    /// All of them, in the order of the help page; the first is meant when nothing is typed.
    pub list: Vec<Verb>,
    /// The one meant when words are typed that name no verb, where the noun takes them: `trainee aid WHO KIND AMOUNT`.
    pub by_words: Option<Verb>,
    /// The flags of the noun itself.
    pub flags: Vec<Flag>,
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
            Run::Records(made) => &made.list,
            Run::With(_) | Run::About(_) | Run::Derived(_) => &[],
        }
    }
    /// The verb of its own that is meant when none is typed.
    pub fn bare(&self) -> Option<&'static Verb> {
        match self.run {
            Run::Verbs { bare, .. } => Some(bare),
            Run::Records(made) => made.list.first(),
            Run::With(_) | Run::About(_) | Run::Derived(_) => None,
        }
    }
    /// The verb of its own that is meant when the words typed name none.
    pub fn by_words(&self) -> Option<&'static Verb> {
        match self.run {
            Run::Records(made) => made.by_words.as_ref(),
            Run::With(_) | Run::About(_) | Run::Derived(_) | Run::Verbs { .. } => None,
        }
    }
    /// What to try with a word that is not one of its verbs.
    pub fn stray(&self) -> Option<StrayWord> {
        match self.run {
            Run::Verbs { stray, .. } => stray,
            Run::With(_) | Run::About(_) | Run::Derived(_) | Run::Records(_) => None,
        }
    }
    /// Its positionals and flags; a noun has the flags of the verb meant when none is typed.
    pub fn flags(&self) -> impl Iterator<Item = &'static Flag> {
        let (own, listed): (&'static [Flag], _) = match self.run {
            Run::Records(made) => (&made.flags, &[][..]),
            Run::Verbs { bare, .. } => (&[], bare.flags),
            Run::With(_) | Run::About(_) | Run::Derived(_) => (&[], self.flags),
        };
        let noun = self.bare().is_some();
        own.iter().chain(listed.iter().copied().flatten().filter(move |flag| !(noun && flag.positional)))
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
            Run::Derived(run) => run(matches, ctx),
            Run::Verbs { bare, .. } => bare.answer(all, matches, ctx),
            Run::Records(made) => match made.list.first() {
                Some(bare) => bare.answer(all, matches, ctx),
                None => Ok(Answer::default()),
            },
        }
    }
}

/// The verb of a list that has this name or alias.
pub fn named<'a>(verbs: &'a [Verb], word: &str) -> Option<&'a Verb> {
    verbs.iter().find(|verb| verb.names.contains(&word))
}
