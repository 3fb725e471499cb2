//! Completion in the shell: registered by one line at shell start, answered by the program itself.

use super::command::{Asked, Noun, root};
use super::flags::Complete;
use crate::cli::run::env::Env;
use crate::cli::run::language::language;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::ffi::OsStr;

/// The variable by which a shell asks for completion.
pub const VARIABLE: &str = "COMPLETE";

/// Answers a shell that asks; `false` when none does.
pub fn answer(env: &Env, nouns: &'static [Noun]) -> bool {
    if env.var(VARIABLE).is_none() {
        return false;
    }
    let lang = language(env);
    let asked = clap_complete::CompleteEnv::with_factory(|| root(nouns, Asked::All, lang)).bin("fil").completer("fil");
    // A shell that completes has no place for an error message.
    asked.try_complete(env.args.iter().cloned(), env.cwd.as_deref()).unwrap_or(true)
}

/// Completes the value of one flag.
pub fn completer(complete: Complete) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let words = complete(typed.to_str().unwrap_or_default());
        words.into_iter().map(|(word, about)| CompletionCandidate::new(word).help(about.map(Into::into))).collect()
    })
}

/// The line that registers completion in a shell's start file.
pub fn registration(shell: &str) -> Option<&'static str> {
    Some(match shell {
        "bash" => "source <(COMPLETE=bash fil)",
        "zsh" => "source <(COMPLETE=zsh fil)",
        "fish" => "COMPLETE=fish fil | source",
        "powershell" => {
            "$env:COMPLETE = \"powershell\"; fil | Out-String | Invoke-Expression; Remove-Item Env:\\COMPLETE"
        }
        _ => return None,
    })
}
