//! `placement list`, `show` and `companies`: the situations as a table, one by one, and by company.

use super::ENDING;
use super::situation::{number, numbered};
use super::{FILTER, WHICH};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::day::Lean;
use crate::domain::period::{CohortSpan, Period, PeriodContext, parse_period};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::view::companies;
use crate::view::situation::{self, Situation};

/// `fil placement list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les situations.", "Lists placements."),
    examples: [
        fixed!("fil e ls --finit +30j", "fil e ls --ending +30d"),
        fixed!("fil emploi liste -c P1 -s prehire", "fil placement list -c P1 -s prehire"),
    ],
    flags: &[&[flags::COHORT, FILTER, ENDING], flags::TABLE],
    run: Run::With(list),
};

/// `fil placement show`.
pub const SHOW: Verb = Verb {
    names: &["show", "s", "voir"],
    about: fixed!("Montre une situation, ou celles d'une personne.", "Shows a placement, or those of a person."),
    examples: [fixed!("fil e s amé"), fixed!("fil placement show 3 -f json")],
    flags: &[&[WHICH], flags::TABLE],
    run: Run::With(show),
};

/// `fil placement companies`.
pub const COMPANIES: Verb = Verb {
    names: &["companies", "entreprises"],
    about: fixed!("Liste les entreprises, chacune une fois.", "Lists the companies, each once."),
    examples: [
        fixed!("fil e companies", "fil placement companies"),
        fixed!("fil e entreprises -S placements:desc", "fil e companies -S placements:desc"),
    ],
    flags: &[flags::TABLE],
    run: Run::With(companies),
};

/// `placement list`.
pub fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let (which, code) = match matches.text(&flags::COHORT) {
        None | Some("all" | "toutes") => (Which::All, None),
        Some(typed) => {
            let cohort = selector::cohort(&lookup, typed)?;
            (Which::Cohort(cohort.id), Some(cohort.code))
        }
    };
    let ending = matches.text(&flags::ENDING).map(|typed| period(ctx, &lookup, typed)).transpose()?;
    let mut found = Situation::all(&lookup, which)?;
    if let Some(period) = &ending {
        found.retain(|s| !s.never_began() && s.end().is_some_and(|end| period.contains(end)));
    }
    match matches.text(&FILTER) {
        Some("current") => found.retain(|s| s.runs_on(ctx.today)),
        Some("ended") => found.retain(|s| !s.never_began() && s.end().is_some_and(|end| end < ctx.today)),
        Some("prehire") => found.retain(Situation::is_prehire),
        _ => {}
    }
    let values = ctx.values;
    let mut answer = Answer::sheet(situation::sheet(&found, values))
        .named([code, Some("placements".to_owned())])
        .when_empty(text!("Aucune situation enregistrée ici.", "No placement is recorded here."));
    if let Some(period) = ending.filter(|period| period.echo) {
        let full = period.in_full();
        answer = answer.say(text!("Ce qui finit {full}", "What ends {full}"; full));
    }
    Ok(answer)
}

/// Days that lie ahead are meant: `avril` is the nearest April.
fn period(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str) -> Result<Period> {
    let cohorts = lookup.cohorts()?;
    let spans: Vec<CohortSpan<'_>> =
        cohorts.iter().map(|c| CohortSpan { code: &c.code, start: c.start, end: c.end }).collect();
    let context = PeriodContext { today: ctx.today, lean: Lean::Nearest, cohorts: &spans, default_cohort: None };
    Ok(parse_period(typed, &context)?)
}

/// `placement show N|WHO`: every field of one situation, or of all those of a person.
pub fn show(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let typed = matches.need(&WHICH)?;
    let (found, echo) = if number(typed).is_some() {
        (vec![numbered(&lookup, typed)?], None)
    } else {
        let person = selector::person(ctx, &lookup, typed, Purpose::Read)?;
        (Situation::all(&lookup, Which::Person(person.value.id))?, person.echo)
    };
    let sheet = situation::full_sheet(&found);
    let page = match found.as_slice() {
        [] => text!("Aucune situation enregistrée.", "No placement is recorded."),
        list => situation::pages(list),
    };
    let answer = Answer::screen(page, sheet).named([Some("placements")]);
    Ok(match echo {
        Some(echo) => answer.say(echo),
        None => answer,
    })
}

/// `placement companies`: each company once, with how many placements and people, and the last one.
pub fn companies(_: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let values = ctx.values;
    Ok(Answer::sheet(companies::sheet(&store.lookup(), values)?)
        .named([Some("companies")])
        .when_empty(text!("Aucune entreprise n'est encore nommée.", "No company is named yet.")))
}
