//! `fil trainee add` without a name: the questions one by one, then the line that does the same in a script.

use super::ENTRY;
use crate::cli::ask::entry::Entry;
use crate::cli::ask::prompt::Reply;
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::ask::wizard::{self, Answers, Question, Understood};
use crate::cli::noun::prelude::*;
use crate::domain::day::in_full;
use crate::domain::kind::FieldAt;
use crate::domain::{Date, Kind, Text, Value};
use crate::ops::Request;
use crate::store::Lookup;
use anyhow::{Context as _, Result};

/// Each field that is asked for, with the flag it has in a script; the two names come first and have none.
const FLAGS: [(&str, &str); 6] = [
    ("cohort", "--cohort"),
    ("entry", "--entry"),
    ("application_date", "--set application_date="),
    ("birth_date", "--born"),
    ("phone", "--phone"),
    ("sex", "--set sex="),
];

/// Asks, shows, asks once; gives the request and the line of a script that does the same, or nothing when the person
/// stopped.
pub fn asked(matches: &Matches, ctx: &Context<'_>) -> Result<Option<(Request, Vec<String>)>> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let questions = questions(matches, ctx, &lookup);
    let title = text!("Inscrire une personne", "Enrol a person");
    let Some(answers) = wizard::ask(ctx, &title, &questions)? else { return Ok(None) };
    // What was typed beside the questions is checked before anything is asked for good.
    let mut entry = Entry::new(ctx, Kind::Trainees);
    for field in ["last_name", "first_name"].into_iter().chain(FLAGS.map(|(field, _)| field)) {
        if let Some(word) = answers.get(field) {
            entry.say(named(field)?, word)?;
        }
    }
    entry.sets(matches)?;
    let sure = text!("Inscrire cette personne ?", "Enrol this person?");
    let sure = wizard::review(ctx, &questions, &answers, &sure)? == Reply::Yes;
    Ok(sure.then(|| (entry.request, script_words(&answers, matches))))
}

fn questions<'q>(matches: &'q Matches, ctx: &'q Context<'q>, lookup: &'q Lookup<'q>) -> Vec<Question<'q>> {
    let field = |name: &'static str, label: Text| {
        Question::new(name, label, move |_: &Answers, typed: &str| understood(ctx, name, typed))
    };
    let typed = |flag: &'static Flag| move |_: &Answers| matches.text(flag).map(str::to_owned);
    let cohort = text!("Promotion", "Cohort");
    let running = move |_: &Answers| {
        let given = matches.text(&flags::COHORT).map(str::to_owned);
        given.or_else(|| Some(selector::default_cohort(ctx, lookup, Purpose::Write).ok()?.value.code))
    };
    vec![
        field("last_name", text!("Nom de famille", "Last name")),
        field("first_name", text!("Prénom", "First name")),
        field("birth_date", text!("Date de naissance (JJ/MM/AAAA)", "Birth date (DD/MM/YYYY)"))
            .optional()
            .suggest(typed(&flags::BORN)),
        field("sex", text!("Sexe (F, M, X)", "Sex (F, M, X)")).optional(),
        field("phone", text!("Téléphone", "Phone")).optional().suggest(typed(&flags::PHONE)),
        Question::new("cohort", cohort, move |_, typed| Ok(Understood::word(selector::cohort(lookup, typed)?.code)))
            .suggest(running),
        field(
            "entry",
            text!("Date d'entrée (vide : candidature seulement)", "Entry date (empty: an application only)"),
        )
        .optional()
        .suggest(typed(&ENTRY)),
        field("application_date", text!("Date de candidature", "Application date"))
            .when(|answers| answers.get("entry").is_none())
            .suggest(move |_| Some(ctx.today.to_string())),
    ]
}

/// The field that a question asks for.
fn named(name: &str) -> Result<FieldAt> {
    Kind::Trainees.field(name).with_context(|| format!("trainees have no {name}"))
}

/// A typed word as the value of a field, in the words of a script.
fn understood(ctx: &Context<'_>, name: &str, typed: &str) -> Result<Understood> {
    let mut entry = Entry::new(ctx, Kind::Trainees);
    let field = named(name)?;
    entry.say(field, typed)?;
    let word = match entry.request.given(field) {
        Some(Value::Date(day)) => day.to_string(),
        Some(Value::Code(code)) => (*code).to_owned(),
        Some(Value::Text(text)) => text.clone(),
        _ => typed.to_owned(),
    };
    let day = Date::parse_iso(&word).ok().filter(|_| word != typed);
    Ok(Understood::word(word).echo(day.map(in_full)))
}

fn script_words(answers: &Answers, matches: &Matches) -> Vec<String> {
    let mut words = vec!["fil".to_owned(), "trainee".to_owned(), "add".to_owned()];
    words.extend(["last_name", "first_name"].iter().filter_map(|name| answers.get(name)).map(str::to_owned));
    for (field, flag) in FLAGS {
        let Some(word) = answers.get(field) else { continue };
        match flag.split_once(' ') {
            Some((set, name)) => words.extend([set.to_owned(), format!("{name}{word}")]),
            None => words.extend([flag.to_owned(), word.to_owned()]),
        }
    }
    for pair in matches.all(&flags::SET) {
        words.extend(["--set".to_owned(), pair.to_owned()]);
    }
    words
}
