//! Questions to the person at the terminal: never in a script, Enter is the safe answer.

use crate::cli::run::context::Context;
use crate::cli::run::terminal::printable;
use crate::domain::{Lang, Refusal, Text};
use crate::text;
use std::io::{BufRead, Read};

/// The answer to a yes/no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Go on.
    Yes,
    /// Leave everything as it is.
    No,
}

/// The longest line read as an answer; anything longer is no answer.
const LONGEST: u64 = 4096;

/// Asks before something is removed. Without a terminal it is refused, naming the flag that answers in advance.
pub fn confirm(ctx: &Context<'_>, question: &Text, flag: &str) -> Result<Reply, Refusal> {
    if !ctx.can_ask() {
        let what = Text::new(
            format!("il faut une confirmation : {}", question.fr),
            format!("a confirmation is needed: {}", question.en),
        );
        let hint = text!(
            "Sans terminal, répondez d'avance en ajoutant {flag}",
            "Without a terminal, answer in advance by adding {flag}"
        );
        return Err(Refusal::usage(what).hint(hint));
    }
    let choices = match ctx.lang {
        Lang::Fr => "[o/N]",
        Lang::En => "[y/N]",
    };
    for _ in 0..3 {
        ctx.env.write_stderr(&format!("{} {choices} ", printable(question.get(ctx.lang))));
        match read_line(ctx).as_deref().map(yes_or_no) {
            None => return Ok(Reply::No),
            Some(Some(reply)) => return Ok(reply),
            Some(None) => {
                let again = text!("Répondez o (oui) ou n (non).\n", "Answer y (yes) or n (no).\n");
                ctx.env.write_stderr(again.get(ctx.lang));
            }
        }
    }
    Ok(Reply::No)
}

/// Lets the person choose one line of a list; `None` when nothing was chosen. The caller has checked
/// [`Context::can_ask`].
pub fn choose(ctx: &Context<'_>, question: &Text, lines: &[Text]) -> Option<usize> {
    let mut screen = format!("{}\n", printable(question.get(ctx.lang)));
    for (i, line) in lines.iter().enumerate() {
        screen.push_str(&format!("  {}  {}\n", i + 1, printable(line.get(ctx.lang))));
    }
    screen.push_str(text!("Numéro (Entrée : aucun) : ", "Number (Enter: none): ").get(ctx.lang));
    ctx.env.write_stderr(&screen);
    let typed: usize = read_line(ctx)?.trim().parse().ok()?;
    typed.checked_sub(1).filter(|chosen| *chosen < lines.len())
}

fn yes_or_no(line: &str) -> Option<Reply> {
    match line.trim().to_lowercase().as_str() {
        "o" | "oui" | "y" | "yes" => Some(Reply::Yes),
        "" | "n" | "non" | "no" => Some(Reply::No),
        _ => None,
    }
}

/// One line of answer; `None` at the end of the input or when the line is no answer at all.
pub(crate) fn read_line(ctx: &Context<'_>) -> Option<String> {
    ctx.env.with_stdin(|input| {
        let mut line = Vec::new();
        input.take(LONGEST).read_until(b'\n', &mut line).ok()?;
        let whole = line.ends_with(b"\n") || (line.len() as u64) < LONGEST;
        if line.is_empty() || !whole { None } else { String::from_utf8(line).ok() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        for word in ["o", "oui", "y", "yes", "Oui", "y\r\n"] {
            assert_eq!(yes_or_no(word), Some(Reply::Yes), "{word}");
        }
        for word in ["", "n", "non", "no", "\r\n"] {
            assert_eq!(yes_or_no(word), Some(Reply::No), "{word}");
        }
        assert_eq!(yes_or_no("peut-être"), None);
    }
}
