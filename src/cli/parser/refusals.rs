//! What the parser refuses, in our words: the word, why, and a whole command to type instead.

use super::build::{Asked, LOOKS_LIKE_A_FLAG, root};
use super::flags::GLOBALS;
use super::help_page;
use super::suggest::{nearest, with_word};
use super::verb::{Verb, named};
use crate::cli::run::terminal::short;
use crate::domain::shell::command_line;
use crate::domain::{Lang, Refusal, Text};
use crate::text;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The line that was typed and the commands it could have meant.
pub struct Line<'a> {
    /// The words, program name first.
    pub args: &'a [String],
    /// All the nouns.
    pub nouns: &'a [Verb],
    /// The language of value names.
    pub lang: Lang,
}

/// Where on the line a command stopped being understood.
struct Place<'a> {
    /// `fil trainee list`.
    path: String,
    verb: Option<&'a Verb>,
}

impl Line<'_> {
    /// The refusal that says what the parser found wrong.
    pub fn refusal(&self, error: &clap::Error) -> Refusal {
        let place = self.place();
        let bad = |kind| context(error, kind).map(|word| short(&word)).unwrap_or_default();
        match error.kind() {
            ErrorKind::InvalidSubcommand => self.unknown_word(&place, &raw(error, ContextKind::InvalidSubcommand)),
            ErrorKind::UnknownArgument => self.unknown_argument(&place, &raw(error, ContextKind::InvalidArg)),
            ErrorKind::InvalidValue => self.invalid_value(error),
            ErrorKind::ValueValidation => {
                let looks =
                    std::error::Error::source(error).is_some_and(|cause| cause.to_string() == LOOKS_LIKE_A_FLAG);
                let value = raw(error, ContextKind::InvalidValue);
                if looks {
                    self.unknown_argument(&place, &value)
                } else {
                    misread(&value, &bad(ContextKind::InvalidArg))
                }
            }
            ErrorKind::MissingRequiredArgument => self.missing(&place, &bad(ContextKind::InvalidArg)),
            ErrorKind::ArgumentConflict => {
                let flag = flag_name(&bad(ContextKind::InvalidArg));
                Refusal::usage(text!("{flag} est donné deux fois", "{flag} is given twice"))
                    .hint(text!("Gardez-en un seul.", "Keep one of them."))
            }
            ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
                let flag = flag_name(&bad(ContextKind::InvalidArg));
                let what = text!("{flag} ne prend pas de valeur ici", "{flag} takes no value here");
                self.with_help(Refusal::usage(what), &place)
            }
            ErrorKind::TooFewValues | ErrorKind::NoEquals => no_value(&flag_name(&bad(ContextKind::InvalidArg))),
            _ => self.with_help(
                Refusal::usage(text!("cette ligne n'est pas comprise", "this line is not understood")),
                &place,
            ),
        }
    }

    /// The command that the line names, as far as it can be followed.
    fn place(&self) -> Place<'_> {
        let mut place = Place { path: "fil".to_owned(), verb: None };
        for word in self.args.iter().skip(1).filter(|word| !word.starts_with('-')) {
            let deeper = match &place.verb {
                None => named(self.nouns, word),
                Some(verb) => verb.find(word),
            };
            if let Some(deeper) = deeper {
                place.path = format!("{} {}", place.path, deeper.name());
                place.verb = Some(deeper);
            }
        }
        place
    }

    fn unknown_word(&self, place: &Place<'_>, word: &str) -> Refusal {
        let shown = short(word);
        let path = &place.path;
        let known: Vec<&str> = match &place.verb {
            None => self.nouns.iter().flat_map(|noun| noun.names).copied().collect(),
            Some(verb) => verb.verbs().iter().flat_map(|verb| verb.names).copied().collect(),
        };
        let what = match &place.verb {
            None => text!("« {shown} » n'est pas une commande", "“{shown}” is not a command"),
            Some(_) => text!("« {shown} » n'est pas un verbe de « {path} »", "“{shown}” is not a verb of “{path}”"),
        };
        let refusal = Refusal::usage(what);
        // A verb typed without its noun is understood before a noun of a near name.
        let noun = place.verb.is_none().then(|| self.noun_of(word)).flatten();
        let corrected = match noun {
            Some(noun) => self.under(noun, word),
            None => nearest(word, known).and_then(|near| self.corrected(word, near)),
        };
        match corrected {
            Some(line) => refusal.hint(try_this(&line)),
            None => self.with_help(refusal, place),
        }
    }

    /// The noun one of whose own verbs has this name, when only one has: `absent` is of `progress`.
    fn noun_of(&self, word: &str) -> Option<&Verb> {
        let mut nouns = self.nouns.iter().filter(|noun| noun.find(word).is_some());
        nouns.next().filter(|_| nouns.next().is_none())
    }

    fn unknown_argument(&self, place: &Place<'_>, word: &str) -> Refusal {
        // A value that may begin with a minus swallows a mistyped flag, whose own value is then the word too many.
        let flag = if word.starts_with('-') { Some(word) } else { self.mistyped_flag(place) };
        let Some(name) = flag.map(|word| word.split('=').next().unwrap_or(word)) else {
            return self.extra_word(place, word);
        };
        let shown = short(name);
        let refusal = Refusal::usage(text!("option « {shown} » inconnue", "unknown option “{shown}”"));
        let known = long_names(place);
        let near = name.strip_prefix("--").and_then(|name| nearest(name, known));
        match near.and_then(|near| self.corrected(name, &format!("--{near}"))) {
            Some(line) => refusal.hint(try_this(&line)),
            None => self.with_help(refusal, place),
        }
    }

    fn extra_word(&self, place: &Place<'_>, word: &str) -> Refusal {
        let shown = short(word);
        let refusal = Refusal::usage(text!("« {shown} » est un mot de trop", "“{shown}” is one word too many"));
        // Quotes help where a word could go on with the one before it, and only there.
        let bare = |word: &str| word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c));
        let before = self.args.iter().position(|typed| typed == word).and_then(|at| self.args.get(at.checked_sub(1)?));
        let names = bare(word) && before.is_some_and(|before| bare(before) && place.verb.is_some());
        let refusal = if names {
            refusal.why(text!(
                "Si un nom a plusieurs mots, mettez le nom entre guillemets : \"Ferré Amélie\".",
                "If a name has several words, put the name in quotes: \"Ferré Amélie\"."
            ))
        } else {
            refusal
        };
        self.with_help(refusal, place)
    }

    fn mistyped_flag(&self, place: &Place<'_>) -> Option<&str> {
        let known = long_names(place);
        let flags = self.args.iter().skip(1).take_while(|word| *word != "--").filter(|word| word.starts_with("--"));
        let unknown =
            |word: &&String| !known.contains(&word.split('=').next().unwrap_or(word).trim_start_matches("--"));
        flags.filter(unknown).map(String::as_str).next()
    }

    fn invalid_value(&self, error: &clap::Error) -> Refusal {
        let value = raw(error, ContextKind::InvalidValue);
        let flag = flag_name(&raw(error, ContextKind::InvalidArg));
        let known = list(error, ContextKind::ValidValue);
        if value.is_empty() {
            return no_value(&flag);
        }
        let (shown, all) = (short(&value), known.join(", "));
        let refusal =
            Refusal::usage(text!("« {shown} » n'est pas une valeur de {flag}", "“{shown}” is not a value of {flag}"))
                .why(text!("Valeurs : {all}", "Values: {all}"));
        match nearest(&value, known.iter().map(String::as_str)).and_then(|near| self.corrected(&value, near)) {
            Some(line) => refusal.hint(try_this(&line)),
            None => refusal,
        }
    }

    fn missing(&self, place: &Place<'_>, words: &str) -> Refusal {
        let words = words.replace(['<', '>'], "");
        let refusal = Refusal::usage(text!("il manque : {words}", "missing: {words}"));
        let Some(verb) = place.verb else { return refusal };
        let path = place.path.as_str();
        let usage = |lang| help_page::usage(verb, path, lang);
        let example = verb.examples[0];
        refusal
            .why(Text::new(format!("Forme : {}", usage(Lang::Fr)), format!("Form: {}", usage(Lang::En))))
            .hint(Text::new(format!("Exemple : {}", example.fr), format!("Example: {}", example.en)))
    }

    /// The line with one word replaced, when the parser accepts it.
    fn corrected(&self, wrong: &str, right: &str) -> Option<String> {
        let prefix = format!("{wrong}=");
        let at = self.args.iter().skip(1).position(|word| word == wrong || word.starts_with(&prefix))? + 1;
        let tail = self.args.get(at)?.strip_prefix(wrong)?;
        let words = with_word(self.args, at, &format!("{right}{tail}"))?;
        let accepted = root(self.nouns, Asked::All, self.lang).try_get_matches_from(&words).is_ok();
        accepted.then(|| command_line(&words))
    }

    /// The line with a noun before a verb that was typed without it.
    fn under(&self, noun: &Verb, verb: &str) -> Option<String> {
        let at = self.args.iter().skip(1).position(|word| word == verb)? + 1;
        let mut words = with_word(self.args, at, verb)?;
        words.insert(at, noun.name().to_owned());
        let accepted = root(self.nouns, Asked::All, self.lang).try_get_matches_from(&words).is_ok();
        accepted.then(|| command_line(&words))
    }

    fn with_help(&self, refusal: Refusal, place: &Place<'_>) -> Refusal {
        let path = &place.path;
        refusal.hint(text!("Voir : {path} --help", "See: {path} --help"))
    }
}

/// The long names that a command understands.
fn long_names(place: &Place<'_>) -> Vec<&'static str> {
    let own = place.verb.into_iter().flat_map(Verb::flags);
    let named = own.chain(GLOBALS).filter(|flag| !flag.positional);
    let names = named.flat_map(|flag| std::iter::once(flag.id).chain(flag.also.iter().copied()));
    names.chain(["help"]).collect()
}

/// The word that was taken for a verb.
pub fn refused_word(error: &clap::Error) -> String {
    raw(error, ContextKind::InvalidSubcommand)
}

fn try_this(line: &str) -> Text {
    text!("Essayez : {line}", "Try: {line}")
}

fn misread(value: &str, flag: &str) -> Refusal {
    let (value, flag) = (short(value), flag_name(flag));
    Refusal::usage(text!("« {value} » n'est pas une valeur de {flag}", "“{value}” is not a value of {flag}"))
}

fn no_value(flag: &str) -> Refusal {
    Refusal::usage(text!("{flag} attend une valeur", "{flag} needs a value"))
        .hint(text!("Ajoutez-la juste après {flag}.", "Add it right after {flag}."))
}

/// `--format` out of the parser's `--format <FORMAT>`.
fn flag_name(shown: &str) -> String {
    shown
        .split_whitespace()
        .next()
        .unwrap_or(shown)
        .replace(['<', '>', '[', ']'], "")
        .trim_end_matches("...")
        .to_owned()
}

fn raw(error: &clap::Error, kind: ContextKind) -> String {
    context(error, kind).unwrap_or_default()
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(word) => Some(word.clone()),
        ContextValue::Strings(words) => Some(words.join(", ")),
        ContextValue::StyledStr(words) => Some(words.to_string()),
        _ => None,
    }
}

fn list(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}
