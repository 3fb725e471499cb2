//! Completion in the shell: registered by one line at shell start, answered by the program itself.

use super::flags::Complete;
use crate::cli::run::env::Env;
use clap::Command;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::ffi::OsStr;

/// The variable by which a shell asks for completion.
pub const VARIABLE: &str = "COMPLETE";

/// Answers a shell that asks, with the parser of the whole program; `false` when none does.
pub fn answer(env: &Env, parser: impl Fn() -> Command) -> bool {
    if env.var(VARIABLE).is_none() {
        return false;
    }
    let asked = clap_complete::CompleteEnv::with_factory(parser).bin("fil").completer("fil");
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
