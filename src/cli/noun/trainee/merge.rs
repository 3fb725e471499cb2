//! `fil trainee merge`: somebody recorded twice becomes one person, with both histories.

use super::{counts, in_plain_words, named};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::{Act, Refusal, Text};
use crate::ops::merge::{Merged, merge};
use crate::ops::{Mode, Promisable, Saving};
use crate::store::{Committed, Identity};

/// `fil trainee merge`.
pub const VERB: Verb = Verb {
    names: &["merge", "fusionner"],
    about: fixed!("Réunit deux fiches d'une même personne.", "Makes one person of somebody recorded twice."),
    examples: [fixed!("fil trainee merge ferre-amelie ferret-amelie"), fixed!("fil trainee merge 3 27 -n")],
    flags: &[&[KEEP, OTHER, flags::DRY_RUN, flags::YES]],
    run: Run::With(run),
};

const KEEP: Flag = Flag::word(
    "keep",
    fixed!("GARDÉE", "KEPT"),
    fixed!("la fiche qui reste : ferre-amelie, 12 ou amé", "the record that stays: ferre-amelie, 12 or ame"),
)
.names(Names::TRAINEE);
const OTHER: Flag = Flag::word(
    "other",
    fixed!("AUTRE", "OTHER"),
    fixed!("l'autre fiche de la même personne, qui disparaît", "the same person's other record, which goes away"),
)
.names(Names::TRAINEE);

/// Merges, once sure.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let (keep, other) = {
        let store = ctx.open()?;
        let lookup = store.lookup();
        let keep = selector::person(ctx, &lookup, matches.need(&KEEP)?, Purpose::Write)?;
        (keep, selector::person(ctx, &lookup, matches.need(&OTHER)?, Purpose::Write)?)
    };
    let first = Answer::default().say_after(keep.echo.into_iter().chain(other.echo));
    let (keep, other) = (keep.value, other.value);
    if keep.id == other.id {
        let slug = &keep.slug;
        bail!(
            Refusal::usage(text!("c'est deux fois la même fiche : {slug}", "that is the same record twice: {slug}"))
                .hint(text!("Doublons possibles : fil check", "Possible doubles: fil check"))
        );
    }
    let trial = Trial::of(matches);
    if trial == Trial::Real && !matches.has(&flags::YES) {
        // What cannot be done is refused before anybody is asked.
        let planned = write(ctx, (&keep, &other), Trial::DryRun)?;
        let lines = first.clone().say_after(differences(planned.value()));
        for line in &lines.said[first.said.len()..] {
            ctx.env.write_stderr(&format!("{}\n", crate::cli::run::terminal::printable(line.get(ctx.lang))));
        }
        let (k, o) = (named(&keep), named(&other));
        let question = text!("Réunir {o} à {k}, qui garde tout ?", "Merge {o} into {k}, who keeps everything?"; k, o);
        if confirm(ctx, &question, "--yes")? == Reply::No {
            return Ok(first.say(text!("Rien n'a changé.", "Nothing changed.")));
        }
    }
    let done = write(ctx, (&keep, &other), trial)?;
    Ok(in_plain_words(account((&keep, &other), &done, trial).say_before(first.said)))
}

fn write(ctx: &Context<'_>, (keep, other): (&Identity, &Identity), trial: Trial) -> Result<Committed<Merged>> {
    ctx.write(Act::Merge, "trainees", trial, |tx| {
        let mut secret = String::new;
        let mut saving = Saving {
            mode: Mode::Edit,
            today: ctx.today,
            secret: &mut secret,
            indicator: &|_| false,
            figure: &|_| Promisable::Unknown,
            accepted: crate::ops::Accepted::default(),
        };
        merge(tx, keep, other, &mut saving)
    })
}

fn account((keep, other): (&Identity, &Identity), done: &Committed<Merged>, trial: Trial) -> Answer {
    let merged = done.value();
    let (k, o) = (named(keep), named(other));
    let answer = Answer::done(match trial {
        Trial::Real => {
            text!("Réuni : {o} ne fait plus qu'un avec {k}.", "Merged: {o} is now one with {k}."; k, o)
        }
        Trial::DryRun => {
            text!("Serait réuni : {o} avec {k}.", "Would be merged: {o} with {k}."; k, o)
        }
    });
    let mut answer = answer.say_after(differences(merged));
    for warning in &merged.warnings {
        answer = answer.warn(Text::same(warning.code), warning.message.clone());
    }
    let (slug, gone) = (&keep.slug, &other.slug);
    answer = answer.say(text!(
        "Le nom court {gone} mène à {slug}, y compris dans les anciens fichiers, et ne sera donné à personne d'autre.",
        "The slug {gone} leads to {slug}, in old files too, and will be given to nobody else."
    ));
    answer.say_after(how_to_go_back(done, trial))
}

/// What moves, what was on both sides, what is filled, what is dropped: a line each.
fn differences(merged: &Merged) -> Vec<Text> {
    let mut lines = Vec::new();
    let mut say = |fr: &str, en: &str, what: Text| {
        if !what.fr.is_empty() {
            lines.push(text!("  {fr} : {what}", "  {en}: {what}"; what));
        }
    };
    say("repris", "taken over", counts(&merged.moved));
    say("en double, gardé une fois", "on both sides, kept once", counts(&merged.joined));
    say("complété par l'autre fiche", "filled from the other record", Text::join(&merged.filled, ", "));
    for kept in &merged.kept {
        say("différent, gardé", "different, kept", kept.clone());
    }
    lines
}
