//! `fil progress show`: the matrix for people, one row per trainee and module for machines.

use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::Refusal;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::view::matrix::screen::Signs;
use crate::view::matrix::{self, Matrix, data, screen};

/// `fil progress show`.
pub const VERB: Verb = Verb {
    names: &["show", "s", "voir"],
    about: fixed!(
        "Où en est chaque stagiaire : modules, code, conduite.",
        "Where each trainee stands: modules, tests, lessons.",
    ),
    examples: [fixed!("fil p"), fixed!("fil progress show -c P1 -f csv")],
    flags: &[&[flags::COHORT, flags::AS_OF], flags::TABLE],
    run: Run::With(run),
};

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut said = Vec::new();
    let as_of = match matches.text(&flags::AS_OF) {
        None => ctx.today,
        Some(typed) => {
            let day = parse_day(typed, ctx.today, Lean::Past)?;
            said.extend(day.echo.then(|| in_full(day.date)));
            day.date
        }
    };
    if as_of > ctx.today {
        let (day, today, iso) = (as_of.french(), ctx.today.french(), ctx.today);
        bail!(
            Refusal::usage(text!("le {day} est encore à venir", "{as_of} has not come yet"))
                .hint(text!("--as-of va jusqu'à aujourd'hui, {today}", "--as-of goes up to today, {iso}"))
        );
    }
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let cohorts = match matches.text(&flags::COHORT) {
        Some("all") => lookup.cohorts()?,
        Some(typed) => vec![selector::cohort(&lookup, typed)?],
        None => {
            let chosen = selector::default_cohort(ctx, &lookup, Purpose::Read)?;
            said.extend(chosen.echo);
            vec![chosen.value]
        }
    };
    let signs = if matches.has(&flags::ASCII) { &Signs::ASCII } else { &Signs::UNICODE };
    let all = cohorts.into_iter().map(|c| matrix::read(&lookup, c, as_of)).collect::<Result<Vec<Matrix>>>()?;
    let code = match all.as_slice() {
        [one] => one.cohort.code.clone(),
        _ => "all".to_owned(),
    };
    let nobody = match all.len() {
        1 => text!("Personne n'est entré dans {code}.", "Nobody has entered {code}."),
        _ => text!("Personne n'est encore entré en formation.", "Nobody has entered a course yet."),
    };
    let views = all.iter().map(|matrix| screen::sheet(matrix, signs)).collect();
    let answer = Answer::view(views, data::sheet(&all))
        .named([Some(as_of.to_string()), Some(code.clone()), Some("progress".to_owned())])
        .when_empty(nobody);
    Ok(said.into_iter().fold(answer, Answer::say))
}
