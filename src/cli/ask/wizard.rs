//! Questions one after the other, for a person who does not know the flags: back, stop, look over, and the same in a script.

use super::asker::asker;
use super::prompt::{Reply, confirm};
use crate::cli::run::context::Context;
use crate::cli::run::terminal::printable;
use crate::domain::shell::command_line;
use crate::domain::{Refusal, Text};
use crate::fixed;
use crate::text;
use anyhow::Result;

/// What an answer was understood as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The value, worded as a flag of a script takes it: an ISO date, a slug, a code.
    pub word: String,
    /// What to say at once, when it was not typed in full.
    pub echo: Option<Text>,
}

impl Understood {
    /// A value that was typed in full.
    pub fn word(word: impl Into<String>) -> Understood {
        Understood { word: word.into(), echo: None }
    }
    /// The same, with something to say about it.
    pub fn echo(self, echo: Option<Text>) -> Understood {
        Understood { echo, ..self }
    }
}

/// The answers so far, by the key of their question; an empty one is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(Vec<(&'static str, String)>);

impl Answers {
    /// The answer to a question.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, word)| word.as_str())
    }
    /// Keeps an answer, or forgets it when it is empty.
    pub fn set(&mut self, key: &'static str, word: Option<String>) {
        self.0.retain(|(known, _)| *known != key);
        self.0.extend(word.map(|word| (key, word)));
    }
}

type Reader<'q> = Box<dyn Fn(&Answers, &str) -> Result<Understood> + 'q>;
type Suggestion<'q> = Box<dyn Fn(&Answers) -> Option<String> + 'q>;
type Condition<'q> = Box<dyn Fn(&Answers) -> bool + 'q>;

/// One question.
pub struct Question<'q> {
    key: &'static str,
    label: Text,
    needed: bool,
    read: Reader<'q>,
    suggest: Suggestion<'q>,
    when: Condition<'q>,
}

impl<'q> Question<'q> {
    /// A question that needs an answer. `read` understands what was typed, or refuses it with a
    /// [`Refusal`], after which the question is asked again.
    pub fn new(
        key: &'static str,
        label: Text,
        read: impl Fn(&Answers, &str) -> Result<Understood> + 'q,
    ) -> Question<'q> {
        Question {
            key,
            label,
            needed: true,
            read: Box::new(read),
            suggest: Box::new(|_| None),
            when: Box::new(|_| true),
        }
    }
    /// The same, which may be left empty.
    pub fn optional(self) -> Question<'q> {
        Question { needed: false, ..self }
    }
    /// The same, with the word in brackets that Enter takes.
    pub fn suggest(self, suggest: impl Fn(&Answers) -> Option<String> + 'q) -> Question<'q> {
        Question { suggest: Box::new(suggest), ..self }
    }
    /// The same, asked only when the answers before it call for it.
    pub fn when(self, when: impl Fn(&Answers) -> bool + 'q) -> Question<'q> {
        Question { when: Box::new(when), ..self }
    }
}

/// What one line of answer means.
enum Step {
    Next,
    Back,
    Again,
    Stop,
}

/// Asks every question in order; `None` when the person stopped. The caller has checked [`Context::can_ask`].
pub fn ask(ctx: &Context<'_>, title: &Text, questions: &[Question<'_>]) -> Result<Option<Answers>> {
    let rules = text!(
        "Entrée prend ce qui est entre crochets, « - » laisse vide, « < » revient, « q » arrête sans rien écrire.",
        "Enter takes what is in brackets, “-” leaves it empty, “<” goes back, “q” stops and writes nothing."
    );
    for line in [title, &rules] {
        say(ctx, &format!("{}\n", line.get(ctx.lang)));
    }
    let mut answers = Answers::default();
    let mut asked: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(question) = questions.get(at) {
        if !(question.when)(&answers) {
            answers.set(question.key, None);
            at += 1;
            continue;
        }
        match one(ctx, question, &mut answers)? {
            Step::Next => {
                asked.push(at);
                at += 1;
            }
            Step::Back => at = asked.pop().unwrap_or(at),
            Step::Again => {}
            Step::Stop => return Ok(None),
        }
    }
    Ok(Some(answers))
}

fn one(ctx: &Context<'_>, question: &Question<'_>, answers: &mut Answers) -> Result<Step> {
    let proposed = answers.get(question.key).map(str::to_owned).or_else(|| (question.suggest)(answers));
    let bracket = proposed.as_ref().map(|word| format!(" [{word}]")).unwrap_or_default();
    let label = format!("{}{bracket}{}", question.label.get(ctx.lang), fixed!(" :", ":").get(ctx.lang));
    let Some(line) = asker(ctx).line(&printable(&label))? else { return Ok(Step::Stop) };
    ctx.check_interrupt()?;
    let typed = match (line.trim(), proposed) {
        ("<", _) => return Ok(Step::Back),
        ("q" | "Q", _) => return Ok(Step::Stop),
        ("-", _) if !question.needed => None,
        ("", None) if !question.needed => None,
        ("" | "-", None) | ("-", Some(_)) => {
            say(ctx, text!("  il faut une réponse\n", "  an answer is needed\n").get(ctx.lang));
            return Ok(Step::Again);
        }
        ("", Some(proposed)) => Some(proposed),
        (typed, _) => Some(typed.to_owned()),
    };
    let Some(typed) = typed else {
        answers.set(question.key, None);
        return Ok(Step::Next);
    };
    match (question.read)(answers, &typed) {
        Ok(understood) => {
            if let Some(echo) = understood.echo {
                say(ctx, &format!("  {}\n", echo.get(ctx.lang)));
            }
            answers.set(question.key, Some(understood.word));
            Ok(Step::Next)
        }
        Err(error) => match error.downcast::<Refusal>() {
            Ok(refusal) => {
                for line in refusal.lines(ctx.lang) {
                    say(ctx, &format!("  {line}\n"));
                }
                Ok(Step::Again)
            }
            Err(error) => Err(error),
        },
    }
}

/// Shows what will be written, asks once, and gives the answer.
pub fn review(ctx: &Context<'_>, questions: &[Question<'_>], answers: &Answers, sure: &Text) -> Result<Reply> {
    let mut screen = "\n".to_owned();
    let colon = text!(" : ", ": ");
    for question in questions {
        if let Some(word) = answers.get(question.key) {
            // What stands in parentheses helps to answer, not to look over.
            let label = question.label.get(ctx.lang).split(" (").next().unwrap_or_default();
            screen.push_str(&format!("  {label}{}{word}\n", colon.get(ctx.lang)));
        }
    }
    say(ctx, &screen);
    confirm(ctx, sure, "--yes")
}

/// The sentence that says how a script does the same.
pub fn script(words: &[String]) -> Text {
    let line = command_line(words);
    text!("En script : {line}", "In a script: {line}")
}

/// What is said when the person stopped.
pub fn stopped() -> Text {
    text!("Arrêté : rien n'a été écrit.", "Stopped: nothing was written.")
}

fn say(ctx: &Context<'_>, words: &str) {
    ctx.env.write_stderr(&printable(words));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parser::build::{Asked, root};
    use crate::cli::parser::resolve::resolve;
    use crate::cli::run::env::{Env, Now};
    use crate::domain::{Date, Lang};
    use std::io::Cursor;

    fn answers(typed: &str) -> Option<Vec<(&'static str, String)>> {
        let mut env = Env::fixed(["fil", "setup"], Now::noon(Date::from_days(0)));
        env.feed(Cursor::new(typed.to_owned()));
        env.stdin_is_terminal = true;
        let nouns = crate::cli::NOUNS;
        let found = root(nouns, Asked::All, Lang::En).try_get_matches_from(["fil", nouns[0].name()]).unwrap();
        let (_, matches) = resolve(&nouns[0], found.subcommand().unwrap().1).unwrap();
        let ctx = Context::new(&env, &matches, Lang::En).unwrap();
        let short = |_: &Answers, typed: &str| {
            if typed.len() > 5 {
                anyhow::bail!(Refusal::usage(text!("trop long", "too long")));
            }
            Ok(Understood::word(typed))
        };
        let questions = [
            Question::new("a", text!("A", "A"), short),
            Question::new("b", text!("B", "B"), short).optional().suggest(|found| found.get("a").map(str::to_owned)),
            Question::new("c", text!("C", "C"), short).optional().when(|found| found.get("b").is_some()),
        ];
        ask(&ctx, &text!("Test", "Test"), &questions).unwrap().map(|found| found.0)
    }

    #[track_caller]
    fn check(typed: &str, want: Option<&[(&str, &str)]>) {
        let found = answers(typed);
        let found: Option<Vec<(&str, &str)>> =
            found.as_ref().map(|list| list.iter().map(|(k, w)| (*k, w.as_str())).collect());
        assert_eq!(found.as_deref(), want, "{typed:?}");
    }

    #[test]
    fn enter_takes_what_is_in_brackets() {
        check("x\n\ny\n", Some(&[("a", "x"), ("b", "x"), ("c", "y")]));
    }

    #[test]
    fn a_needed_answer_is_asked_again_until_it_is_there() {
        check("\n-\ntoolong\nx\n-\n", Some(&[("a", "x")]));
    }

    #[test]
    fn one_goes_back_over_the_questions_that_were_asked() {
        check("<\nx\n-\n", Some(&[("a", "x")]));
        check("x\n<\nz\ny\n\n", Some(&[("a", "z"), ("b", "y")]));
        check("x\ny\n<\n<\nz\n\n\n", Some(&[("a", "z"), ("b", "y")]));
    }

    #[test]
    fn stopping_gives_nothing() {
        check("", None);
        check("x\nq\n", None);
        check("x\n", None);
    }
}
