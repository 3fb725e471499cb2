//! Who answers a question: the person at the terminal, or lines of text where a terminal cannot draw and in tests.

use crate::cli::run::context::Context;
use crate::cli::run::interrupt::Interrupted;
use crate::cli::run::terminal::{Stream, colored, printable};
use crate::domain::{Lang, Text};
use crate::fixed;
use anyhow::Result;
use inquire::ui::{RenderConfig, Styled};
use inquire::{Confirm, InquireError, Select};
use std::io::{BufRead, Read};

/// What Ctrl-C counts as: the terminal gives it as a key while a question is drawn.
const CTRL_C: i32 = 2;
/// The longest line read as an answer; anything longer is not an answer.
const LONGEST: u64 = 4096;
const NONE_OF_THEM: &Text = fixed!("aucun", "none");

/// Puts one question and brings its answer back; `None` when none was given: Esc, or the end of the input.
///
/// # Errors
/// [`Interrupted`] after Ctrl-C, and failures of the terminal.
pub trait Asker {
    /// A question that is answered by yes or no; Enter says no.
    fn confirm(&self, question: &str) -> Result<Option<bool>>;
    /// One of several lines, by its place; Enter takes none of them.
    fn choose(&self, question: &str, lines: &[String]) -> Result<Option<usize>>;
    /// A line of text, as typed; `label` ends with its colon.
    fn line(&self, label: &str) -> Result<Option<String>>;
}

/// Whether the terminal of this run can be drawn on.
pub fn draws(ctx: &Context<'_>) -> bool {
    ctx.env.draws_questions && ctx.env.stderr_is_terminal && ctx.env.var("TERM") != Some("dumb")
}

/// Who answers in this run.
pub fn asker<'a>(ctx: &'a Context<'a>) -> Box<dyn Asker + 'a> {
    if !draws(ctx) {
        return Box::new(Lines(ctx));
    }
    let colors = colored(ctx.env, ctx.color, Stream::Err);
    let config = if colors { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let config = config.with_canceled_prompt_indicator(Styled::new(fixed!("(rien)", "(nothing)").get(ctx.lang)));
    Box::new(Terminal { lang: ctx.lang, config })
}

/// What a word answers to a question of yes or no, in either language; nothing said is no.
pub fn yes_or_no(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "o" | "oui" | "y" | "yes" => Some(true),
        "" | "n" | "non" | "no" => Some(false),
        _ => None,
    }
}

/// The two answers, the safe one in capitals.
fn choices(lang: Lang) -> &'static str {
    fixed!("o/N", "y/N").get(lang)
}

fn answer_yes_or_no(lang: Lang) -> &'static str {
    fixed!("Répondez o (oui) ou n (non).", "Answer y (yes) or n (no).").get(lang)
}

/// The person, through the prompts of a terminal.
struct Terminal {
    lang: Lang,
    config: RenderConfig<'static>,
}

impl Asker for Terminal {
    fn confirm(&self, question: &str) -> Result<Option<bool>> {
        let word = |yes: bool| if yes { fixed!("oui", "yes") } else { fixed!("non", "no") }.get(self.lang).to_owned();
        let (shown, read) = (|_| choices(self.lang).to_owned(), |typed: &str| yes_or_no(typed).ok_or(()));
        let asked = Confirm::new(question)
            .with_default(false)
            .with_default_value_formatter(&shown)
            .with_parser(&read)
            .with_formatter(&word)
            .with_error_message(answer_yes_or_no(self.lang))
            .with_render_config(self.config);
        answered(asked.prompt())
    }
    fn choose(&self, question: &str, lines: &[String]) -> Result<Option<usize>> {
        // The first line is the one that Enter takes.
        let none = std::iter::once(NONE_OF_THEM.get(self.lang).to_owned());
        let keys = fixed!(
            "↑↓ pour choisir, Entrée pour valider, Échap pour renoncer ; taper filtre",
            "↑↓ to choose, Enter to take, Esc to give up; typing filters"
        );
        let asked = Select::new(question, none.chain(lines.iter().cloned()).collect())
            .with_help_message(keys.get(self.lang))
            .with_render_config(self.config);
        Ok(answered(asked.raw_prompt())?.and_then(|chosen| chosen.index.checked_sub(1)))
    }
    fn line(&self, label: &str) -> Result<Option<String>> {
        answered(inquire::Text::new(label).with_render_config(self.config).prompt())
    }
}

fn answered<T>(answer: Result<T, InquireError>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(InquireError::OperationCanceled | InquireError::NotTTY) => Ok(None),
        Err(InquireError::OperationInterrupted) => Err(Interrupted { signal: CTRL_C }.into()),
        Err(error @ (InquireError::IO(_) | InquireError::InvalidConfiguration(_) | InquireError::Custom(_))) => {
            Err(error.into())
        }
    }
}

/// Lines of standard input, with the questions on the error stream.
struct Lines<'a>(&'a Context<'a>);

impl Lines<'_> {
    fn say(&self, words: &str) {
        self.0.env.write_stderr(&printable(words));
    }
    /// One line; `None` at the end of the input or when the line is not an answer at all.
    fn read(&self) -> Option<String> {
        self.0.env.with_stdin(|input| {
            let mut line = Vec::new();
            input.take(LONGEST).read_until(b'\n', &mut line).ok()?;
            let whole = line.ends_with(b"\n") || (line.len() as u64) < LONGEST;
            if line.is_empty() || !whole { None } else { String::from_utf8(line).ok() }
        })
    }
}

impl Asker for Lines<'_> {
    fn confirm(&self, question: &str) -> Result<Option<bool>> {
        for _ in 0..3 {
            self.say(&format!("{question} [{}] ", choices(self.0.lang)));
            let Some(line) = self.read() else { return Ok(None) };
            if let Some(reply) = yes_or_no(&line) {
                return Ok(Some(reply));
            }
            self.say(&format!("{}\n", answer_yes_or_no(self.0.lang)));
        }
        Ok(None)
    }
    fn choose(&self, question: &str, lines: &[String]) -> Result<Option<usize>> {
        let mut screen = format!("{question}\n");
        for (i, line) in lines.iter().enumerate() {
            screen.push_str(&format!("  {}  {line}\n", i + 1));
        }
        screen.push_str(fixed!("Numéro (Entrée : aucun) : ", "Number (Enter: none): ").get(self.0.lang));
        self.say(&screen);
        let typed: Option<usize> = self.read().and_then(|line| line.trim().parse().ok());
        Ok(typed.and_then(|number| number.checked_sub(1)).filter(|chosen| *chosen < lines.len()))
    }
    fn line(&self, label: &str) -> Result<Option<String>> {
        self.say(&format!("{label} "));
        let line = self.read();
        if line.is_none() {
            // The next sentence must not continue the line of the question.
            self.say("\n");
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        for word in ["o", "oui", "y", "yes", "Oui", "y\r\n"] {
            assert_eq!(yes_or_no(word), Some(true), "{word}");
        }
        for word in ["", "n", "non", "no", "\r\n"] {
            assert_eq!(yes_or_no(word), Some(false), "{word}");
        }
        assert_eq!(yes_or_no("peut-être"), None);
    }

    #[test]
    fn esc_gives_no_answer_and_ctrl_c_stops_the_program() {
        assert_eq!(answered::<bool>(Err(InquireError::OperationCanceled)).unwrap(), None);
        let stopped = answered::<bool>(Err(InquireError::OperationInterrupted)).unwrap_err();
        assert_eq!(stopped.downcast_ref::<Interrupted>().unwrap().signal, 2);
    }
}
