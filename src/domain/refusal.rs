//! The one typed error that a person can fix: what is wrong, why, what to type next.

use crate::domain::text::{Lang, Text};
use std::fmt;

/// Why something was refused; it decides the exit code at the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A failure of the surroundings: no database, damaged file, disk, target exists (exit 1).
    Failure,
    /// A wrong flag, value, date or period, or something needed that was not said (exit 2).
    Usage,
    /// A selector that matches nobody or several (exit 3).
    Selector,
    /// The data refuse it: a record rule, a refused line, a conflict (exit 4).
    Data,
    /// Busy: try again (exit 5).
    Busy,
}

/// A refusal in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which family of refusal.
    pub reason: Reason,
    /// What is wrong, one sentence.
    pub what: Text,
    /// Why: the value, the file and line, the rule.
    pub why: Option<Text>,
    /// What to do or type next.
    pub hint: Option<Text>,
}

impl Refusal {
    /// A refusal with its first sentence only.
    pub fn new(reason: Reason, what: Text) -> Self {
        Refusal { reason, what, why: None, hint: None }
    }
    /// A value or flag that is not understood (exit 2).
    pub fn usage(what: Text) -> Self {
        Self::new(Reason::Usage, what)
    }
    /// The data refuse it (exit 4).
    pub fn data(what: Text) -> Self {
        Self::new(Reason::Data, what)
    }
    /// A selector that matches nobody or several (exit 3).
    pub fn selector(what: Text) -> Self {
        Self::new(Reason::Selector, what)
    }
    /// A failure of the surroundings (exit 1).
    pub fn failure(what: Text) -> Self {
        Self::new(Reason::Failure, what)
    }
    /// Busy, try again (exit 5).
    pub fn busy(what: Text) -> Self {
        Self::new(Reason::Busy, what)
    }
    /// Adds the reason why.
    pub fn why(mut self, why: Text) -> Self {
        self.why = Some(why);
        self
    }
    /// Adds what to do or type next.
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }
    /// Adds what to do or type next, where something would be right.
    pub fn maybe_hint(self, hint: Option<Text>) -> Self {
        Refusal { hint, ..self }
    }
    /// The sentences, one per line, in one language.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let parts = [Some(&self.what), self.why.as_ref(), self.hint.as_ref()];
        parts.into_iter().flatten().map(|t| t.get(lang).to_owned()).collect()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines(Lang::En).join("; "))
    }
}

impl std::error::Error for Refusal {}
