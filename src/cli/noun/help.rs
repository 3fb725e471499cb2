//! `fil help`: the overview, the page of a command, or one of the topics.

use crate::cli::parser::command::{Noun, Spec};
use crate::cli::parser::flags::Flag;
use crate::cli::parser::help_page;
use crate::cli::parser::matches::Matches;
use crate::cli::parser::suggest::nearest;
use crate::cli::parser::topics;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::terminal::short;
use crate::domain::{Lang, Refusal, Text};
use crate::fixed;
use crate::text;

/// `fil help [TOPIC]`.
pub const NOUN: Noun = Noun {
    names: &["help", "aide"],
    about: fixed!("Explique une commande ou un sujet.", "Explains a command or a topic."),
    spec,
    run,
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

fn spec() -> Spec {
    let examples =
        [fixed!("fil help periods", "fil help periods"), fixed!("fil help trainee list", "fil help trainee list")];
    Spec::of(&NOUN, examples).flag(TOPIC)
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    let words = matches.all(&TOPIC);
    let page = |build: &dyn Fn(Lang) -> String| Answer::page(Text::new(build(Lang::Fr), build(Lang::En)));
    let Some(first) = words.first() else {
        return Ok(page(&|lang| help_page::overview(ctx.nouns, lang)));
    };
    if let (Some(topic), 1) = (topics::find(first), words.len()) {
        return Ok(page(&|lang| topic.page(lang)));
    }
    let (spec, path) = command(ctx.nouns, &words)?;
    Ok(page(&|lang| help_page::of(&spec, &path, lang)))
}

fn command(nouns: &[Noun], words: &[&str]) -> Result<(Spec, String), Refusal> {
    let mut found: Option<Spec> = None;
    let mut path = "fil".to_owned();
    for word in words {
        let (deeper, known) = match &found {
            None => {
                let names = nouns.iter().flat_map(|noun| noun.names.iter().copied());
                let spec = nouns.iter().find(|noun| noun.names.contains(word)).map(|noun| (noun.spec)());
                (spec, names.chain(topics::names()).collect::<Vec<_>>())
            }
            Some(spec) => (spec.find(word).cloned(), spec.verbs.iter().flat_map(|verb| verb.names).copied().collect()),
        };
        let Some(deeper) = deeper else { return Err(unknown(word, &known, &path)) };
        path = format!("{path} {}", deeper.name());
        found = Some(deeper);
    }
    found.map(|spec| (spec, path)).ok_or_else(|| unknown("", &[], "fil"))
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
