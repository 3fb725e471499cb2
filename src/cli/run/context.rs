//! What a command knows of the run: surroundings, language, day, global flags, and where its database is.

use super::database::Location;
use super::env::{Env, Now};
use super::interrupt;
use super::terminal::Color;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::run::database::{self};
use crate::domain::{Date, Lang, Refusal, Text};
use crate::sheet::Values;
use crate::store::Store;
use crate::store::file::on_disk::real;
use crate::text;
use anyhow::Context as _;
use std::cell::{Cell, OnceCell};

/// How much is said on the error stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Talk {
    /// Errors only.
    Quiet,
    /// Sentences and summaries.
    Normal,
    /// All the warnings and the causes of errors.
    Verbose,
    /// Each step too.
    Trace,
}

/// One run of one command.
pub struct Context<'a> {
    /// The surroundings.
    pub env: &'a Env,
    /// The language of messages, help and table headers.
    pub lang: Lang,
    /// `--lang` only, which also decides the language of the text cells of machine files.
    pub lang_flag: Option<Lang>,
    /// The day taken as today.
    pub today: Date,
    /// How much is said.
    pub talk: Talk,
    /// When colours are used.
    pub color: Color,
    /// How the values of closed lists are shown in the data of the answer.
    pub values: Values,
    /// `--no-input` or `CI`: no question is asked.
    pub no_input: bool,
    /// `--known-on`: the file is read as it was then.
    pub known_on: Option<String>,
    /// Whether the dangers of the place of the file were told already.
    pub(crate) dangers_told: Cell<bool>,
    /// The file as a command left it that has read and is about to write.
    pub(crate) read_before: Cell<Option<Store>>,
    now: Now,
    db: Option<String>,
    place: OnceCell<Location>,
}

impl<'a> Context<'a> {
    /// The context of these surroundings and global flags.
    pub fn new(env: &'a Env, matches: &Matches, lang: Lang) -> Result<Context<'a>, Refusal> {
        let now = now(env, matches.text(&flags::TODAY))?;
        let talk = match (matches.has(&flags::QUIET), matches.count(&flags::VERBOSE)) {
            (true, _) => Talk::Quiet,
            (false, 0) => Talk::Normal,
            (false, 1) => Talk::Verbose,
            (false, _) => Talk::Trace,
        };
        let color = match matches.text(&flags::COLOR) {
            Some("always") => Color::Always,
            Some("never") => Color::Never,
            _ => Color::Auto,
        };
        Ok(Context {
            env,
            lang,
            lang_flag: crate::cli::run::language::asked_by_flag(env),
            today: now.day,
            talk,
            color,
            values: Values::Words,
            no_input: matches.has(&flags::NO_INPUT) || env.var("CI").is_some(),
            known_on: matches.text(&flags::KNOWN_ON).map(str::to_owned),
            dangers_told: Cell::new(false),
            read_before: Cell::new(None),
            now,
            db: matches.text(&flags::DB).map(str::to_owned),
            place: OnceCell::new(),
        })
    }

    /// The instant to stamp an operation with; its day is [`Context::today`].
    pub fn now(&self) -> Now {
        self.now
    }
    /// The database file of this run, and why it is this one.
    pub fn database(&self) -> Result<Location, Refusal> {
        if let Some(place) = self.place.get() {
            return Ok(place.clone());
        }
        let place = database::locate(self.env, self.db.as_deref())?;
        // Links are followed once: from here on it is one file for the whole run.
        Ok(self.place.get_or_init(|| Location { path: real(&place.path), ..place }).clone())
    }
    /// Stops here when the person interrupted; long loops call it now and then.
    pub fn check_interrupt(&self) -> anyhow::Result<()> {
        interrupt::check()
    }
    /// Says one step of the work, with `-vv` only.
    pub fn trace(&self, step: &Text) {
        if self.talk == Talk::Trace {
            let line = super::terminal::printable(step.get(self.lang)).into_owned();
            self.env.write_stderr(&format!("· {line}\n"));
        }
    }
    /// All of standard input, for a file named `-`; a person at a terminal is told what the program waits for.
    pub fn read_stdin(&self) -> anyhow::Result<Vec<u8>> {
        if self.env.stdin_is_terminal {
            let sentence = text!(
                "Lecture au clavier ; finissez par Ctrl-D sur une ligne vide.\n",
                "Reading from the keyboard; end with Ctrl-D on an empty line.\n"
            );
            self.env.write_stderr(sentence.get(self.lang));
        }
        let mut bytes = Vec::new();
        self.env
            .with_stdin(|input| input.read_to_end(&mut bytes))
            .context(text!("l'entrée standard n'a pas pu être lue", "standard input could not be read"))?;
        Ok(bytes)
    }
    /// Whether a question can be asked: a terminal on standard input, and nobody said not to.
    pub fn can_ask(&self) -> bool {
        self.env.stdin_is_terminal && !self.no_input
    }
}

/// The instant of this run: `--today`, else `FIL_TODAY`, else the clock.
pub fn now(env: &Env, flag: Option<&str>) -> Result<Now, Refusal> {
    match flag.or_else(|| env.var("FIL_TODAY")) {
        Some(day) => Date::parse_iso(day).map(Now::noon),
        None => env.now(),
    }
}
