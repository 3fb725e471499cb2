//! `placement add` without words at a terminal: question by question, then the same line for a script.

use super::company::{NearName, named};
use super::words::{Meant, Prehire, situation};
use super::{AGENCY, FROM, NEW_COMPANY, TO};
use crate::cli::ask::prompt::Reply;
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::ask::wizard::{Answers, Question, Understood, ask, review};
use crate::cli::noun::prelude::*;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::placement::SituationType;
use crate::domain::{ClosedList, Refusal};
use crate::ops::{PlannedEnd, planned_end};
use crate::store::Lookup;
use crate::view::companies::Companies;

/// Asks for a situation; gives the line of a script that records it, or nothing when the person stopped.
pub fn asked(matches: &Matches, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let companies = Companies::all(&lookup)?;
    let questions = questions(ctx, &lookup, &companies);
    let Some(answers) = ask(ctx, &text!("Une nouvelle situation", "A new placement"), &questions)? else {
        return Ok(None);
    };
    let sure = review(ctx, &questions, &answers, &text!("Enregistrer ?", "Save?"))? == Reply::Yes;
    Ok(sure.then(|| line(&answers, &companies, matches)))
}

fn questions<'q>(ctx: &'q Context<'_>, lookup: &'q Lookup<'_>, companies: &'q Companies) -> Vec<Question<'q>> {
    let day = |_: &Answers, typed: &str| {
        let day = parse_day(typed, ctx.today, Lean::Nearest)?;
        Ok(Understood::word(day.date.to_string()).echo(day.echo.then(|| in_full(day.date))))
    };
    let last = move |answers: &Answers, typed: &str| {
        let understood = day(answers, typed)?;
        // Days in words sort as they follow each other.
        if answers.get("from").is_some_and(|from| understood.word.as_str() < from) {
            bail!(Refusal::usage(text!("la fin précède le début", "the end is before the start")));
        }
        Ok(understood)
    };
    let company = |_: &Answers, typed: &str| {
        let chosen = named(ctx, companies, typed, NearName::Ask)?;
        Ok(Understood::word(chosen.value).echo(chosen.echo))
    };
    vec![
        Question::new("who", text!("Qui (nom ou numéro)", "Who (name or number)"), |_, typed| {
            let person = selector::person(ctx, lookup, typed, Purpose::Read)?;
            Ok(Understood::word(person.value.slug).echo(person.echo))
        }),
        Question::new("type", text!("Type (cdi, cdd, mission…)", "Type (cdi, cdd, mission…)"), |_, typed| {
            let meant = situation(typed)?;
            Ok(Understood::word(type_word(meant)).echo(Some(meant.kind.text())))
        }),
        Question::new("company", text!("Entreprise où elle ou il travaille", "Company where they work"), company)
            .optional()
            .when(|answers| kind(answers).is_some_and(has_company)),
        Question::new("agency", text!("Agence d'intérim", "Temp agency"), company)
            .optional()
            .when(|answers| kind(answers) == Some(SituationType::Interim)),
        Question::new("from", text!("Premier jour", "First day"), day),
        Question::new("to", text!("Dernier jour prévu", "Last planned day"), last)
            .when(|answers| kind(answers).map(planned_end) == Some(PlannedEnd::Needed)),
        Question::new("until", text!("Dernier jour prévu, s'il y en a un", "Last planned day, if there is one"), last)
            .optional()
            .when(|answers| kind(answers).map(planned_end) == Some(PlannedEnd::Optional)),
    ]
}

/// The word of a type in a script; `mission` says more than its code.
fn type_word(meant: Meant) -> String {
    match meant.prehire {
        Prehire::Yes => "mission".to_owned(),
        Prehire::Unsaid => meant.kind.code().to_lowercase(),
    }
}

fn kind(answers: &Answers) -> Option<SituationType> {
    situation(answers.get("type")?).ok().map(|meant| meant.kind)
}

fn has_company(kind: SituationType) -> bool {
    use SituationType::{DemandeurEmploi, Inactif, SansNouvelles};
    !matches!(kind, DemandeurEmploi | Inactif | SansNouvelles)
}

/// The line that does the same, long names and exact slug.
fn line(answers: &Answers, companies: &Companies, matches: &Matches) -> Vec<String> {
    let mut words: Vec<String> = ["fil", "placement", "add"].map(str::to_owned).to_vec();
    words.extend(["who", "type", "company"].iter().filter_map(|key| answers.get(key)).map(str::to_owned));
    for (key, flag) in [("from", FROM.id), ("to", TO.id), ("until", TO.id), ("agency", AGENCY.id)] {
        if let Some(word) = answers.get(key) {
            words.extend([format!("--{flag}"), word.to_owned()]);
        }
    }
    // A name that was said to be another company must not be asked about again.
    let is_near = |name: &str| companies.spelling(name).is_none() && !companies.near(name).is_empty();
    if ["company", "agency"].iter().filter_map(|key| answers.get(key)).any(is_near) {
        words.push(format!("--{}", NEW_COMPANY.id));
    }
    if let Some(cohort) = matches.text(&flags::COHORT) {
        words.extend(["--cohort".to_owned(), cohort.to_owned()]);
    }
    if matches.has(&flags::DRY_RUN) {
        words.push("--dry-run".to_owned());
    }
    words
}
