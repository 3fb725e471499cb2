//! `fil trainee list`: the people of a cohort, one line each.

use super::{CONTACT, STATUS};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::{ClosedList, Text};
use crate::sheet::{Sheet, Values};
use crate::store::CohortSpan;
use crate::view::trainees::{self, Scope, Screen, View, footer, title};

/// `fil trainee list`.
pub const VERB: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Les stagiaires d'une promotion.", "The trainees of a cohort."),
    examples: [fixed!("fil t"), fixed!("fil t -c all -s left -f csv")],
    flags: &[&[flags::COHORT, STATUS, CONTACT], flags::TABLE],
    run: Run::With(run),
};

/// Lists.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let cohorts = lookup.cohorts()?;
    let mut said = None;
    let scope = match matches.text(&flags::COHORT) {
        Some("all") => Scope::All,
        Some(typed) => Scope::One(selector::cohort(&lookup, typed)?),
        None if cohorts.is_empty() => Scope::All,
        None => {
            let chosen = selector::default_cohort(ctx, &lookup, Purpose::Read)?;
            said = chosen.echo;
            Scope::One(chosen.value)
        }
    };
    let mut lines = trainees::lines(&lookup, (&scope, &cohorts), ctx.today, || ctx.check_interrupt())?;
    if let Some(wanted) = matches.text(&STATUS) {
        lines.retain(|line| line.standing.code() == wanted);
    }
    let view = View { today: ctx.today, all: matches!(scope, Scope::All), contact: matches.has(&CONTACT) };
    let screen = view.screen(&lines);
    let mut sheet = if for_people(matches, ctx, &screen) { screen } else { view.machine(&lines) };
    let room = ctx.env.terminal_width.filter(|_| ctx.env.stdout_is_terminal).unwrap_or(usize::MAX);
    sheet.title = Some(title(&lookup, &scope, &lines, Screen { today: ctx.today, room })?);
    sheet.footer = footer(&lines, room);
    let code = match &scope {
        Scope::One(cohort) => Some(cohort.code.clone()),
        Scope::All => None,
    };
    let answer = Answer::sheet(sheet).when_empty(nobody(matches, &code, &cohorts));
    Ok(answer.named([code, Some("stagiaires".to_owned())]).say_after(said))
}

/// A table for people has fewer columns than a file, unless others are asked for by name.
fn for_people(matches: &Matches, ctx: &Context<'_>, screen: &Sheet) -> bool {
    let sorted = matches.text(&flags::SORT).map(|key| key.split(':').next().unwrap_or(key));
    // `1/6` is text for people: its order is the order of the numbers only in the other table.
    let here = |key: &str| key != "modules_validated" && screen.column(key).is_some();
    matches.text(&flags::COLUMNS).is_none() && sorted.is_none_or(here) && ctx.values == Values::Words
}

fn nobody(matches: &Matches, code: &Option<String>, cohorts: &[CohortSpan]) -> Text {
    match (code, matches.text(&STATUS)) {
        _ if cohorts.is_empty() => {
            text!("Aucune promotion encore : fil cohort add", "No cohort yet: fil cohort add")
        }
        (Some(code), Some(status)) => {
            text!("Personne dans la promo {code} n'est « {status} ».", "Nobody in cohort {code} is “{status}”.")
        }
        (Some(code), None) => text!(
            "Aucun stagiaire dans la promo {code}. Pour inscrire : fil t add -c {code}",
            "No trainee in cohort {code}. To enrol: fil t add -c {code}"
        ),
        _ => text!("Aucun stagiaire.", "No trainee."),
    }
}
