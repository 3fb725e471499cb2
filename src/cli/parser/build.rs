//! The parser of the commands in one language, built for those that a line names.

use super::flags::{Choices, Flag, GLOBALS, Takes, word_of};
use super::help_page;
use super::known_values::{Source, completer};
use super::verb::Verb;
use crate::domain::Lang;
use crate::domain::folding::letters_and_digits;
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Command};
use std::ffi::OsStr;

/// Which commands a parser is built for: a whole tree costs more than the rest of a short command.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// All of them, with their help pages: help and tests.
    All,
    /// All of them, for a shell that completes a line: the names of the language of the run are offered too, and values
    /// come from this source.
    Completion(Option<&'a Source>),
    /// Those whose name is a word of this line, without help pages; their names alone where no word is one.
    Line(&'a [String]),
}

impl Asked<'_> {
    fn pages(self) -> bool {
        matches!(self, Asked::All)
    }
    fn names(self, names: &[&str]) -> bool {
        match self {
            Asked::All | Asked::Completion(_) => true,
            Asked::Line(words) => words.iter().skip(1).any(|word| names.contains(&word.as_str())),
        }
    }
    /// The other name that a shell offers to somebody who works in French: the first of the aliases that is a word.
    fn spoken(self, aliases: &'static [&'static str], lang: Lang) -> Option<&'static str> {
        let offered = matches!((self, lang), (Asked::Completion(_), Lang::Fr));
        aliases.iter().copied().find(|name| offered && name.len() > 2)
    }
}

/// The parser of the whole program, or of the commands that were asked for: the parser copies the global flags into each
/// command it knows. Where none is named all are there, bare, so that a word that is not a command is refused as such.
pub fn root(verbs: &[Verb], asked: Asked<'_>, lang: Lang) -> Command {
    let mut command = base(&["fil"], asked, lang)
        .bin_name("fil")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    if asked.pages() {
        command = command.override_help(help_page::overview(verbs, lang));
    }
    for flag in GLOBALS {
        command = command.arg(arg(flag, asked, lang).global(true));
    }
    with_verbs(command, verbs, "fil", asked, lang)
}

/// The parser of one command; `path` is what is typed before it, `fil` for a noun.
fn parser(verb: &Verb, path: &str, asked: Asked<'_>, lang: Lang) -> Command {
    let path = format!("{path} {}", verb.name());
    let mut command = base(verb.names, asked, lang);
    if asked.pages() {
        command = command.override_help(help_page::of(verb, &path, lang));
    }
    for flag in verb.flags() {
        command = command.arg(arg(flag, asked, lang)).args(flag.or_word.then(|| bare_word(flag, asked, lang)));
    }
    with_verbs(command, verb.verbs(), &path, asked, lang)
}

fn with_verbs(mut command: Command, verbs: &[Verb], path: &str, asked: Asked<'_>, lang: Lang) -> Command {
    let some_named = verbs.iter().any(|verb| asked.names(verb.names));
    for verb in verbs {
        if asked.names(verb.names) {
            command = command.subcommand(parser(verb, path, asked, lang));
        } else if !some_named {
            command = command.subcommand(base(verb.names, asked, lang));
        }
    }
    command
}

fn base(names: &'static [&'static str], asked: Asked<'_>, lang: Lang) -> Command {
    let (name, aliases) = names.split_first().map_or(("", &[][..]), |(name, rest)| (*name, rest));
    let spoken = asked.spoken(aliases, lang);
    let help = match lang {
        Lang::Fr => "cette page",
        Lang::En => "this page",
    };
    let help = Arg::new("help").short('h').long("help").alias("aide").action(ArgAction::Help).help(help);
    Command::new(name)
        .aliases(aliases.iter().copied().filter(|alias| Some(*alias) != spoken))
        .visible_aliases(spoken)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .infer_subcommands(false)
        .infer_long_args(false)
        .color(clap::ColorChoice::Never)
        .arg(help)
}

fn arg(flag: &Flag, asked: Asked<'_>, lang: Lang) -> Arg {
    let mut arg = Arg::new(flag.id).help(flag.help.get(lang)).required(flag.required).hide(flag.hidden);
    if !flag.positional {
        let spoken = asked.spoken(flag.also, lang);
        let hidden = flag.also.iter().copied().filter(|name| Some(*name) != spoken);
        arg = arg.long(flag.id).aliases(hidden).visible_aliases(spoken);
        if let Some(letter) = flag.short {
            arg = arg.short(letter);
        }
    }
    if !matches!(flag.takes, Takes::Nothing | Takes::Count) {
        arg = arg.value_name(flag.value.get(lang));
        arg = if flag.choices.is_empty() { value(arg, flag) } else { arg.value_parser(OneOf(flag.choices)) };
    }
    if flag.or_word && flag.required {
        arg = arg.required(false).required_unless_present(word_of(flag));
    }
    if let (Some(names), Asked::Completion(Some(source))) = (flag.names, asked) {
        arg = arg.add(completer(source, names));
    }
    match flag.takes {
        Takes::Nothing => arg.action(ArgAction::SetTrue),
        Takes::Count => arg.action(ArgAction::Count),
        Takes::One => arg.action(ArgAction::Set),
        Takes::Many => arg.action(ArgAction::Append),
        Takes::Rest => arg.num_args(1..).action(ArgAction::Append),
    }
}

/// The word that may stand for an option.
fn bare_word(flag: &Flag, asked: Asked<'_>, lang: Lang) -> Arg {
    let word = Flag { positional: true, required: false, or_word: false, ..*flag };
    arg(&word, asked, lang).id(word_of(flag)).conflicts_with(flag.id)
}

/// The sign that a value was refused because it looks like a flag.
pub const LOOKS_LIKE_A_FLAG: &str = "looks like a flag";

/// A free value. Where a minus may open it, only what cannot be a mistyped flag passes: `-`, `-2`, `-5,5`, `- a note`.
fn value(arg: Arg, flag: &Flag) -> Arg {
    if !flag.minus {
        return arg.value_parser(StringValueParser::new());
    }
    let checked = StringValueParser::new().try_map(|text| {
        let rest = text.strip_prefix('-').unwrap_or_default();
        let flag_like = rest.starts_with(|c: char| !c.is_ascii_digit() && !c.is_whitespace() && c != ',' && c != '.');
        if flag_like && !rest.contains(char::is_whitespace) { Err(LOOKS_LIKE_A_FLAG) } else { Ok(text) }
    });
    arg.allow_hyphen_values(true).value_parser(checked)
}

/// One word of a closed list: the first of its row stands for all of them, in any case and spelling.
#[derive(Clone)]
struct OneOf(Choices);

impl TypedValueParser for OneOf {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, typed: &OsStr) -> Result<String, clap::Error> {
        let typed_word = typed.to_string_lossy();
        let exactly = || self.0.iter().find(|row| row.contains(&typed_word.as_ref()));
        let folded = || {
            let wanted = letters_and_digits(&typed_word);
            self.0.iter().find(|row| row.iter().any(|word| letters_and_digits(word) == wanted))
        };
        match exactly().or_else(folded).and_then(|row| row.first()) {
            Some(first) => Ok((*first).to_owned()),
            None => PossibleValuesParser::new(self.values()).parse_ref(command, arg, typed),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.values()))
    }
}

impl OneOf {
    fn values(&self) -> impl Iterator<Item = PossibleValue> {
        let row = |row: &[&'static str]| {
            let (first, others) = row.split_first()?;
            Some(PossibleValue::new(*first).aliases(others.iter().copied()))
        };
        self.0.iter().filter_map(move |words| row(words))
    }
}
