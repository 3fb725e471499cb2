//! What is longer than the screen goes through a pager: `$PAGER`, else `less -FRX`.

use super::env::Env;
use std::io::Write;
use std::process::{Command, Stdio};

/// The usual pager: it ends by itself when all fits, keeps colours, and leaves the text on the screen.
const USUAL: &str = "less -FRX";

/// Shows a text page by page when it is for people, a terminal shows it, and it is longer than the screen; whether it did.
pub fn show(env: &Env, bytes: &[u8]) -> bool {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    let long = env.terminal_height.is_some_and(|height| lines >= height);
    if !env.stdout_is_terminal || !long || env.var("TERM") == Some("dumb") {
        return false;
    }
    let mut words = env.var("PAGER").unwrap_or(USUAL).split_whitespace();
    let Some(program) = words.next() else { return false };
    // A pager that is not there leaves the text to the terminal.
    let Ok(mut pager) = Command::new(program).args(words).stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // Who leaves the pager early closes the pipe: nothing is lost.
        let _ = input.write_all(bytes);
    }
    pager.wait().is_ok()
}
