//! One run from its arguments to its exit code: parsed, answered, delivered, or told what was wrong.

use super::context::{Context, Talk};
use super::destination::Destination;
use super::env::Env;
use super::errors::{Voice, code};
use super::terminal::{Color, Stream, colored, short};
use super::{deliver, interrupt, language};
use crate::cli::parser::build::{Asked, root};
use crate::cli::parser::completion;
use crate::cli::parser::flags::{Flag, GLOBALS, Takes};
use crate::cli::parser::matches::check_globals;
use crate::cli::parser::refusals::{Line, refused_word};
use crate::cli::parser::resolve::resolve;
use crate::cli::parser::verb::{Verb, named};
use crate::domain::{Lang, Refusal};
use crate::sheet::Values;
use crate::store::file::scratch;
use crate::text;
use clap::error::ErrorKind;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// What `fil` alone means, when it is there.
const ALONE: [&str; 2] = ["status", "help"];

/// Flags that, without a command, are about the whole program.
const ABOUT_THE_WHOLE: [&str; 5] = ["-h", "--help", "--aide", "-V", "--version"];

/// Runs the program with the arguments and surroundings of this process.
pub fn main(nouns: &'static [Verb]) -> ExitCode {
    let env = Env::real();
    private_files();
    let lang = language::language(&env);
    speak_plainly_when_broken(lang);
    if completion::answer(&env, nouns) {
        return ExitCode::SUCCESS;
    }
    // Without listening an interruption still ends the program, only less tidily.
    let _ = interrupt::listen();
    let code = run(&env, nouns);
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// Runs the program in these surroundings with these commands, and gives its exit code.
pub fn run(env: &Env, nouns: &[Verb]) -> i32 {
    let colored = colored(env, Color::Auto, Stream::Err);
    let voice = Cell::new(Voice { lang: language::language(env), colored, talk: Talk::Normal });
    // A fault unwinds to here, so that temporary files are removed on the way.
    let ended = catch_unwind(AssertUnwindSafe(|| attempt(env, nouns, &voice)));
    let (told, code) = match ended {
        Ok(Ok(code)) => (String::new(), code),
        Ok(Err(error)) => voice.get().error(&error),
        Err(_) => (String::new(), code::FAILURE),
    };
    env.write_stderr(&told);
    code
}

/// Whether a line (without the program name) is one that the parser accepts: every command that is proposed must be.
pub fn understands(words: &[String], nouns: &[Verb]) -> bool {
    let args: Vec<String> = std::iter::once("fil".to_owned()).chain(words.iter().cloned()).collect();
    match root(nouns, Asked::All, Lang::En).try_get_matches_from(args) {
        Ok(found) => found
            .subcommand()
            .is_none_or(|(name, found)| named(nouns, name).is_some_and(|noun| resolve(noun, found).is_ok())),
        Err(error) => matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion),
    }
}

fn attempt(env: &Env, nouns: &[Verb], voice: &Cell<Voice>) -> anyhow::Result<i32> {
    let lang = voice.get().lang;
    let mut args = words(env)?;
    check_globals(&args)?;
    let alone = || ALONE.into_iter().find(|name| named(nouns, name).is_some());
    if first_word(&args).is_none() && !args.iter().any(|word| ABOUT_THE_WHOLE.contains(&word.as_str())) {
        args.splice(1.min(args.len())..1.min(args.len()), alone().map(str::to_owned));
    }
    let asked = first_word(&args).unwrap_or_default().to_owned();
    let found = match root(nouns, Asked::Line(&args), lang).try_get_matches_from(&args) {
        Ok(found) => found,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Only now is it known that a page is wanted.
            let page = root(nouns, Asked::All, lang).try_get_matches_from(&args).err().unwrap_or(error);
            env.write_stdout(page.render().to_string().as_bytes())?;
            return Ok(code::DONE);
        }
        Err(error) => {
            let line = Line { args: &args, nouns, lang };
            return Err(stray_word(env, &line, &asked, &error).unwrap_or_else(|| line.refusal(&error)).into());
        }
    };
    let chosen = found.subcommand().and_then(|(name, found)| Some((named(nouns, name)?, found)));
    let Some((noun, found)) = chosen else {
        return Err(Refusal::usage(text!("il manque une commande", "a command is missing"))
            .hint(text!("Voir : fil help", "See: fil help"))
            .into());
    };
    let (verb, matches) = resolve(noun, found)?;
    let mut ctx = Context::new(env, &matches, lang)?;
    voice.set(Voice { lang, colored: colored(env, ctx.color, Stream::Err), talk: ctx.talk });
    ctx.trace(&text!("commande : {} ; jour : {}", "command: {}; day: {}", matches.path(), ctx.today));
    if let Ok(place) = ctx.database() {
        scratch::work_for(&place.path);
    }
    let to = Destination::of(env, verb.flags, &matches)?;
    ctx.values = Values::of(to.format);
    let answer = verb.answer(nouns, &matches, &ctx).map_err(|error| ctx.explain(error))?;
    deliver::deliver(&ctx, &matches, &to, answer)
}

/// The arguments as text; a name that is not UTF-8 is refused before anything looks at it.
fn words(env: &Env) -> Result<Vec<String>, Refusal> {
    let text = |word: &std::ffi::OsString| {
        word.to_str().map(str::to_owned).ok_or_else(|| {
            let shown = word.to_string_lossy();
            let shown = short(&shown);
            Refusal::usage(text!(
                "« {shown} » n'est pas du texte lisible (UTF-8)",
                "“{shown}” is not readable text (UTF-8)"
            ))
        })
    };
    env.args.iter().map(text).collect()
}

/// The first word that is neither a flag nor the value of a global flag.
fn first_word(args: &[String]) -> Option<&str> {
    let mut words = args.iter().skip(1).map(String::as_str);
    while let Some(word) = words.next() {
        let value_follows = |flag: &Flag| flag.takes == Takes::One && word.strip_prefix("--") == Some(flag.id);
        match word {
            "--" => return None,
            _ if GLOBALS.iter().any(value_follows) => drop(words.next()),
            _ if word.starts_with('-') => {}
            _ => return Some(word),
        }
    }
    None
}

/// What to type instead of a word that is not a verb, when its noun knows: a person's name after `trainee`.
fn stray_word(env: &Env, line: &Line<'_>, asked: &str, error: &clap::Error) -> Option<Refusal> {
    let noun = named(line.nouns, asked).filter(|_| error.kind() == ErrorKind::InvalidSubcommand)?;
    let stray = noun.stray()?;
    let word = refused_word(error);
    let parser = root(line.nouns, Asked::Line(line.args), line.lang).ignore_errors(true);
    let found = parser.try_get_matches_from(line.args).ok()?;
    let (_, matches) = resolve(noun, found.subcommand()?.1).ok()?;
    let ctx = Context::new(env, &matches, line.lang).ok()?;
    let instead = stray(&ctx, &word)?;
    let (noun, word) = (noun.name(), short(&word));
    let what = text!("« {word} » n'est pas un verbe de « fil {noun} »", "“{word}” is not a verb of “fil {noun}”");
    Some(Refusal::usage(what).hint(text!("Essayez : {instead}", "Try: {instead}")))
}

/// Files made by this program are for their owner only, whatever the habits of the shell.
fn private_files() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// A fault of the program ends with one sentence, never with a trace.
fn speak_plainly_when_broken(lang: Lang) {
    let sentence = text!(
        "erreur : le programme s'est trompé et s'arrête ; rien n'a été écrit à moitié.",
        "error: the program made a mistake and stops; nothing was half written."
    );
    let sentence = format!("{}\n", sentence.get(lang));
    std::panic::set_hook(Box::new(move |_| {
        use std::io::Write;
        let _ = std::io::stderr().write_all(sentence.as_bytes());
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &[&str], want: Option<&str>) {
        let args: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(first_word(&args), want);
    }

    #[test]
    fn the_first_word_is_found_among_global_flags() {
        check(&["fil", "-q", "--db", "a.db", "t", "s"], Some("t"));
        check(&["fil", "--db=a.db", "t"], Some("t"));
        check(&["fil", "-q"], None);
        check(&["fil", "--db"], None);
        check(&["fil", "--", "t"], None);
    }
}
