//! `fil check`: the data-quality rules, and what repairs each finding.

use super::answer::Answer;
use super::command::{Noun, Spec};
use super::context::Context;
use super::flags;
use super::lang::label;
use super::matches::Matches;
use super::who;
use crate::ops::quality::{self, QualityScope, Severity};
use crate::text;
use anyhow::Result;

/// `fil check`.
pub const NOUN: Noun = Noun {
    names: &["check", "controle", "contrôle"],
    about: label("Dit quelles fiches compléter, et comment.", "Says which records to complete, and how."),
    spec,
    run,
};

fn spec() -> Spec {
    Spec::of(&NOUN, [label("fil check", "fil check"), label("fil check -c P1 -f json", "fil check -c P1 -f json")])
        .flags(&[flags::COHORT, flags::AS_OF])
        .flags(flags::TABLE)
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let as_of = match matches.text(&flags::AS_OF) {
        Some(typed) => crate::domain::day::parse_day(typed, ctx.today, crate::domain::day::Lean::Past)?.date,
        None => ctx.today,
    };
    let mut scope = QualityScope::everything(as_of);
    if let Some(typed) = matches.text(&flags::COHORT).filter(|c| !matches!(*c, "all" | "tous" | "toutes")) {
        scope.cohorts = Some(vec![who::cohort(&lookup, typed)?.id]);
    }
    let found = quality::findings(&lookup, &scope)?;
    let count = |severity| found.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let answer = Answer::sheet(quality::sheet(&found))
        .when_empty(text!("Rien à corriger.", "Nothing to correct."))
        .named([Some("quality")]);
    if found.is_empty() {
        return Ok(answer);
    }
    let answer =
        answer.say(text!("Erreurs : {errors} ; avertissements : {warnings}", "Errors: {errors}; warnings: {warnings}"));
    Ok(if errors > 0 { answer.refused() } else { answer })
}
