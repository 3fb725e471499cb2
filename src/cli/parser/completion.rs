//! Completion in the shell: registered by one line at shell start, answered by the program itself.

use super::build::{Asked, root};
use super::known_values::Source;
use super::verb::Verb;
use crate::cli::run::env::Env;
use crate::cli::run::language::language;

/// The variable by which a shell asks for completion.
pub const VARIABLE: &str = "COMPLETE";

/// Answers a shell that asks, with the parser of the whole program; `false` when none does.
pub fn answer(env: &Env, nouns: &'static [Verb]) -> bool {
    let Some(shell) = env.var(VARIABLE) else {
        return false;
    };
    let source = Source::of(env, shell);
    let lang = source.as_ref().map_or_else(|| language(env), Source::lang);
    let parser = || root(nouns, Asked::Completion(source.as_ref()), lang);
    let asked = clap_complete::CompleteEnv::with_factory(parser).bin("fil").completer("fil");
    // A shell that completes has no place for an error message.
    asked.try_complete(env.args.iter().cloned(), env.cwd.as_deref()).unwrap_or(true)
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
