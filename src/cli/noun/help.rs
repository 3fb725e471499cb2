//! `fil help`: the overview, the page of a command, or one of the topics.

use crate::cli::noun::prelude::*;
use crate::cli::parser::help_page;
use crate::cli::parser::suggest::nearest;
use crate::cli::parser::topics;
use crate::cli::parser::verb::{Run, Verb, named};
use crate::cli::run::terminal::short;
use crate::domain::{Lang, Refusal, Text};

/// `fil help [TOPIC]`.
pub const VERB: Verb = Verb {
    names: &["help", "aide"],
    about: fixed!("Explique une commande ou un sujet.", "Explains a command or a topic."),
    examples: [fixed!("fil help periods"), fixed!("fil help trainee list")],
    flags: &[&[TOPIC]],
    run: Run::About(run),
};

const TOPIC: Flag = Flag::word(
    "topic",
    fixed!("SUJET", "TOPIC"),
    fixed!(
        "periods, formats, codes, environment, examples, scripts",
        "periods, formats, codes, environment, examples, scripts",
    ),
)
.optional()
.many();

fn run(nouns: &[Verb], matches: &Matches) -> anyhow::Result<Answer> {
    let words = matches.all(&TOPIC);
    let page = |build: &dyn Fn(Lang) -> String| Answer::page(Text::new(build(Lang::Fr), build(Lang::En)));
    let Some(first) = words.first() else {
        return Ok(page(&|lang| help_page::overview(nouns, lang)));
    };
    if let (Some(topic), 1) = (topics::find(first), words.len()) {
        return Ok(page(&|lang| topic.page(lang)));
    }
    let (verb, path) = command(nouns, &words)?;
    Ok(page(&|lang| help_page::of(verb, &path, lang)))
}

fn command<'a>(nouns: &'a [Verb], words: &[&str]) -> Result<(&'a Verb, String), Refusal> {
    let mut found: Option<&Verb> = None;
    let mut path = "fil".to_owned();
    for word in words {
        let verbs = found.map_or(nouns, |verb| verb.verbs());
        let Some(deeper) = named(verbs, word) else {
            let topics = found.is_none().then(topics::names).into_iter().flatten();
            let known: Vec<&str> = verbs.iter().flat_map(|verb| verb.names).copied().chain(topics).collect();
            return Err(unknown(word, &known, &path));
        };
        path = format!("{path} {}", deeper.name());
        found = Some(deeper);
    }
    found.map(|verb| (verb, path)).ok_or_else(|| unknown("", &[], "fil"))
}

fn unknown(word: &str, known: &[&str], path: &str) -> Refusal {
    let shown = short(word);
    let before = path.strip_prefix("fil").unwrap_or_default();
    let refusal = Refusal::usage(text!("pas de page d'aide « {shown} »", "there is no help page “{shown}”"));
    match nearest(word, known.iter().copied()) {
        Some(near) => refusal.hint(text!("Essayez : fil help{before} {near}", "Try: fil help{before} {near}")),
        None => refusal.hint(text!("Voir : fil help", "See: fil help")),
    }
}
