//! What a command is: its names, examples and flags, from which the parser is built in one language.

use super::flags::{Choices, Flag, GLOBALS, Group, Takes};
use super::help_page;
use super::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::Lang;
use crate::domain::Text;
use crate::domain::folding::letters_and_digits;
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Command};
use std::ffi::OsStr;

/// A first word of the command line, and the file that answers it.
#[derive(Clone, Copy)]
pub struct Noun {
    /// Its name, then its aliases: French word, letter.
    pub names: &'static [&'static str],
    /// What it is for, one line.
    pub about: &'static Text,
    /// Its flags and verbs, built only when it is the one asked for.
    pub spec: fn() -> Spec,
    /// Does what was asked.
    pub run: fn(&Matches, &mut Context<'_>) -> anyhow::Result<Answer>,
}

/// Gives the whole command to type instead, when a word that is no verb means something else (a person's name).
pub type StrayWord = fn(&mut Context<'_>, &str) -> Option<String>;

/// One command with its flags, or a noun with its verbs.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Its name, then its aliases.
    pub names: &'static [&'static str],
    /// What it does, one line.
    pub about: &'static Text,
    /// The two command lines that open its help page.
    pub examples: [&'static Text; 2],
    /// Its positionals (in order) and flags.
    pub flags: Vec<Flag>,
    /// Its verbs.
    pub verbs: Vec<Spec>,
    /// The verb meant when none is typed.
    pub bare: Option<&'static str>,
    /// What to try with a word that is no verb.
    pub stray: Option<StrayWord>,
}

impl Spec {
    /// A command without flags yet.
    pub fn new(names: &'static [&'static str], about: &'static Text, examples: [&'static Text; 2]) -> Spec {
        Spec { names, about, examples, flags: Vec::new(), verbs: Vec::new(), bare: None, stray: None }
    }
    /// The specification of a noun, which has the noun's names and sentence.
    pub fn of(noun: &Noun, examples: [&'static Text; 2]) -> Spec {
        Spec::new(noun.names, noun.about, examples)
    }
    /// Adds one positional or flag.
    pub fn flag(mut self, flag: Flag) -> Spec {
        self.flags.push(flag);
        self
    }
    /// Adds several.
    pub fn flags(mut self, flags: &[Flag]) -> Spec {
        self.flags.extend_from_slice(flags);
        self
    }
    /// Adds a verb.
    pub fn verb(mut self, verb: Spec) -> Spec {
        self.verbs.push(verb);
        self
    }
    /// Makes one of the verbs the one meant by the bare noun, which then takes its flags too.
    pub fn bare(mut self, name: &'static str) -> Spec {
        let flags = self.find(name).map(|verb| verb.flags.clone()).unwrap_or_default();
        self.flags.extend(flags.into_iter().filter(|flag| !flag.positional));
        self.bare = Some(name);
        self
    }
    /// Says what to try with a word that is no verb.
    pub fn stray(mut self, stray: StrayWord) -> Spec {
        self.stray = Some(stray);
        self
    }
    /// Its first name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
    /// The verb that has this name or alias.
    pub fn find(&self, word: &str) -> Option<&Spec> {
        self.verbs.iter().find(|verb| verb.names.contains(&word))
    }
    /// The verb of a path such as [`Matches::verb`] gives; the command itself for an empty one.
    pub fn leaf(&self, path: &str) -> &Spec {
        path.split_whitespace().fold(self, |spec, name| spec.find(name).unwrap_or(spec))
    }
    /// The flag with this name in the program.
    pub fn find_flag(&self, id: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.id == id)
    }

    /// The parser of this command; `path` is what is typed before it, `fil` for a noun.
    fn parser(&self, path: &str, asked: Asked<'_>, lang: Lang) -> Command {
        let path = format!("{path} {}", self.name());
        let mut command = base(self.names, lang);
        if asked.pages() {
            command = command.override_help(help_page::of(self, &path, lang));
        }
        for flag in &self.flags {
            command = command.arg(arg(flag, lang));
        }
        let some_named = self.verbs.iter().any(|verb| asked.names(verb.names));
        for verb in &self.verbs {
            if asked.names(verb.names) {
                command = command.subcommand(verb.parser(&path, asked, lang));
            } else if !some_named {
                command = command.subcommand(base(verb.names, lang));
            }
        }
        command
    }
}

/// The parser of the whole program, or of the commands that were asked for: the parser copies the global flags into each
/// command it knows. Where none is named all are there, bare, so that a word that is no command is refused as such.
pub fn root(nouns: &[Noun], asked: Asked<'_>, lang: Lang) -> Command {
    let mut command = base(&["fil"], lang)
        .bin_name("fil")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    if asked.pages() {
        command = command.override_help(help_page::overview(nouns, lang));
    }
    for flag in GLOBALS {
        command = command.arg(arg(flag, lang).global(true));
    }
    let some_named = nouns.iter().any(|noun| asked.names(noun.names));
    for noun in nouns {
        if asked.names(noun.names) {
            command = command.subcommand((noun.spec)().parser("fil", asked, lang));
        } else if !some_named {
            command = command.subcommand(base(noun.names, lang));
        }
    }
    command
}

/// Which commands a parser is built for: a whole tree costs more than the rest of a short command.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// All of them, with their help pages: completion, help and tests.
    All,
    /// Those whose name is a word of this line, without help pages; their names alone where no word is one.
    Line(&'a [String]),
}

impl Asked<'_> {
    fn pages(self) -> bool {
        matches!(self, Asked::All)
    }
    fn names(self, names: &[&str]) -> bool {
        match self {
            Asked::All => true,
            Asked::Line(words) => words.iter().skip(1).any(|word| names.contains(&word.as_str())),
        }
    }
}

fn base(names: &'static [&'static str], lang: Lang) -> Command {
    let (name, aliases) = names.split_first().map_or(("", &[][..]), |(name, rest)| (*name, rest));
    let help = match lang {
        Lang::Fr => "cette page",
        Lang::En => "this page",
    };
    let help = Arg::new("help").short('h').long("help").alias("aide").action(ArgAction::Help).help(help);
    Command::new(name)
        .aliases(aliases.iter().copied())
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .infer_subcommands(false)
        .infer_long_args(false)
        .color(clap::ColorChoice::Never)
        .arg(help)
}

fn arg(flag: &Flag, lang: Lang) -> Arg {
    let mut arg = Arg::new(flag.id).help(flag.help.get(lang)).required(flag.required).hide(flag.hidden);
    if !flag.positional {
        arg = arg.long(flag.id).aliases(flag.also.iter().copied());
        if let Some(letter) = flag.short {
            arg = arg.short(letter);
        }
    }
    if !matches!(flag.takes, Takes::Nothing | Takes::Count) {
        arg = arg.value_name(flag.value.get(lang));
        arg = if flag.choices.is_empty() { value(arg, flag) } else { arg.value_parser(OneOf(flag.choices)) };
    }
    if let Some(complete) = flag.complete {
        arg = arg.add(super::completion::completer(complete));
    }
    match flag.takes {
        Takes::Nothing => arg.action(ArgAction::SetTrue),
        Takes::Count => arg.action(ArgAction::Count),
        Takes::One => arg.action(ArgAction::Set),
        Takes::Many => arg.action(ArgAction::Append),
        Takes::Rest => arg.num_args(1..).action(ArgAction::Append),
    }
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

/// The flags of one group, in order.
pub fn in_group(flags: &[Flag], group: Group) -> impl Iterator<Item = &Flag> {
    flags.iter().filter(move |flag| flag.group == group && !flag.hidden)
}
