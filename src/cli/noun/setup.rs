//! `fil setup`: the line that turns on completion in a shell.

use crate::cli::noun::prelude::*;
use crate::cli::parser::completion::registration;
use crate::domain::{Refusal, Text};

/// `fil setup SHELL`.
pub const VERB: Verb = Verb {
    names: &["setup"],
    about: fixed!(
        "Donne la ligne qui active la complétion du shell.",
        "Gives the line that turns on shell completion."
    ),
    examples: [fixed!("fil setup bash >> ~/.bashrc"), fixed!("fil setup fish")],
    flags: &[&[SHELL]],
    run: Run::With(run),
};

const SHELL: Flag = Flag::word(
    "shell",
    fixed!("SHELL", "SHELL"),
    fixed!("bash, zsh, fish ou powershell", "bash, zsh, fish or powershell"),
)
.one_of(&[&["bash"], &["zsh"], &["fish"], &["powershell", "pwsh"]]);

fn run(matches: &Matches, _ctx: &Context<'_>) -> anyhow::Result<Answer> {
    let shell = matches.need(&SHELL)?;
    let line = registration(shell).ok_or_else(|| {
        Refusal::usage(text!("le shell « {shell} » n'est pas connu", "the shell “{shell}” is not known"))
    })?;
    Ok(Answer::page(Text::same(format!("{line}\n"))))
}
