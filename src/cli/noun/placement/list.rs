//! `placement list`, `show` and `companies`: the situations as a table, one by one, and by company.

use super::situation::{Situation, number};
use super::{FILTER, WHICH};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::values::Values;
use crate::domain::day::Lean;
use crate::domain::folding::company_key;
use crate::domain::period::{CohortSpan, Period, PeriodContext, parse_period};
use crate::domain::placement::Evidence;
use crate::domain::{Kind, Text};
use crate::ops::request::spoken;
use crate::sheet::{Cell, Column, ColumnKind, Sheet, record};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;
use std::collections::BTreeMap;

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
    let values = Values::of(&super::spec(), matches, ctx)?;
    let mut sheet = Sheet::new("placements", columns());
    sheet.rows = found.iter().map(|situation| row(situation, values)).collect();
    let mut answer = Answer::sheet(sheet)
        .named([code, Some("placements".to_owned())])
        .when_empty(text!("Aucune situation enregistrée ici.", "No placement is recorded here."));
    if let Some(period) = ending.filter(|period| period.echo) {
        let full = period.in_full();
        let (fr, en) = (full.fr, full.en);
        answer = answer.say(text!("Ce qui finit {fr}", "What ends {en}"));
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

fn columns() -> Vec<Column> {
    let column = |key, fr, en, kind, rank| Column::new(key, fr, en, kind).hide_first(rank);
    vec![
        column("number", "N°", "No.", ColumnKind::Code, 0),
        column("cohort", "Promo", "Cohort", ColumnKind::Code, 4),
        column("trainee", "Stagiaire", "Trainee", ColumnKind::Code, 0),
        column("type", "Type", "Type", ColumnKind::Code, 0),
        column("company", "Entreprise", "Company", ColumnKind::Text, 2),
        column("user_company", "Lieu de mission", "User company", ColumnKind::Text, 3),
        column("start", "Début", "Start", ColumnKind::Date, 1),
        column("planned_end", "Fin prévue", "Planned end", ColumnKind::Date, 1),
        column("actual_end", "Fin réelle", "Actual end", ColumnKind::Date, 5),
        column("prehire", "Préembauche", "Prehire", ColumnKind::Bool, 6),
        column("evidence", "Preuve", "Evidence", ColumnKind::Code, 8),
        column("seen_on", "Vu le", "Seen on", ColumnKind::Date, 7),
    ]
}

fn row(situation: &Situation, values: Values) -> Vec<Cell> {
    let record = &situation.record;
    let text = |field| Cell::text(record.text(field));
    vec![
        Cell::Int(situation.number),
        text("cohort"),
        text("trainee"),
        values.cell(Some(situation.kind)),
        text("company"),
        text("user_company"),
        Cell::Date(situation.start),
        Cell::date(record.date("planned_end")),
        Cell::date(record.date("actual_end")),
        Cell::Bool(situation.is_prehire()),
        values.cell(record.list::<Evidence>("evidence")),
        Cell::date(record.date("seen_on")),
    ]
}

/// `placement show N|WHO`: every field of one situation, or of all those of a person.
pub fn show(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let typed = matches.need(&WHICH)?;
    let (found, echo) = if number(typed).is_some() {
        (vec![Situation::numbered(&lookup, typed)?], None)
    } else {
        let person = selector::person(ctx, &lookup, typed, Purpose::Read)?;
        (Situation::all(&lookup, Which::Person(person.value.id))?, person.echo)
    };
    let mut columns = vec![Column::new("number", "N°", "No.", ColumnKind::Code)];
    columns.extend(record::columns(Kind::Placements));
    let mut sheet = Sheet::new("placements", columns);
    sheet.rows = found
        .iter()
        .map(|situation| {
            let mut row = vec![Cell::Int(situation.number)];
            row.extend(record::cells(&situation.record));
            row
        })
        .collect();
    let page = match found.as_slice() {
        [] => text!("Aucune situation enregistrée.", "No placement is recorded."),
        list => pages(list),
    };
    let answer = Answer::screen(page, sheet).named([Some("placements")]);
    Ok(match echo {
        Some(echo) => answer.say(echo),
        None => answer,
    })
}

fn pages(list: &[Situation]) -> Text {
    let (fr, en): (Vec<String>, Vec<String>) = list.iter().map(page).map(|page| (page.fr, page.en)).unzip();
    Text::new(fr.join("\n\n"), en.join("\n\n"))
}

/// One situation, a line per field that says something.
fn page(situation: &Situation) -> Text {
    let record = &situation.record;
    let head = situation.said();
    let (mut fr, mut en) =
        (format!("n° {} · {}", situation.number, head.fr), format!("no. {} · {}", situation.number, head.en));
    for (field, value) in record.kind.fields().iter().zip(&record.values) {
        if value.is_none() || field.name == "trainee" || (field.name == "prehire" && !situation.is_prehire()) {
            continue;
        }
        let said = spoken(record.kind, field.name, value.as_ref());
        fr.push_str(&format!("\n  {:<24}  {}", field.fr, said.fr));
        en.push_str(&format!("\n  {:<24}  {}", field.name, said.en));
    }
    Text::new(fr, en)
}

/// What the table of companies says of one.
struct Company {
    name: String,
    trainees: Vec<String>,
    placements: i64,
    last: Option<Situation>,
}

/// `placement companies`: each company once, with how many placements and people, and the last one.
pub fn companies(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let values = Values::of(&super::spec(), matches, ctx)?;
    let mut all: BTreeMap<String, Company> = BTreeMap::new();
    for situation in Situation::all(&lookup, Which::All)?.into_iter().filter(|s| !s.never_began()) {
        count(&mut all, &situation);
    }
    let spelled = super::company::Companies::all(&lookup)?;
    let mut sheet = Sheet::new(
        "companies",
        vec![
            Column::new("company", "Entreprise", "Company", ColumnKind::Text),
            Column::new("placements", "Situations", "Placements", ColumnKind::Number),
            Column::new("trainees", "Stagiaires", "Trainees", ColumnKind::Number),
            Column::new("last_start", "Dernier début", "Last start", ColumnKind::Date).hide_first(1),
            Column::new("last_type", "Dernier type", "Last type", ColumnKind::Code).hide_first(3),
            Column::new("last_trainee", "Dernier stagiaire", "Last trainee", ColumnKind::Code).hide_first(2),
        ],
    );
    for (folded, company) in all {
        let last = company.last.as_ref();
        sheet.rows.push(vec![
            Cell::Text(spelled.spelling(&folded).unwrap_or(&company.name).to_owned()),
            Cell::Int(company.placements),
            Cell::Int(company.trainees.len() as i64),
            Cell::date(last.map(|situation| situation.start)),
            values.cell(last.map(|situation| situation.kind)),
            Cell::text(last.map(Situation::trainee)),
        ]);
    }
    Ok(Answer::sheet(sheet)
        .named([Some("companies")])
        .when_empty(text!("Aucune entreprise n'est encore nommée.", "No company is named yet.")))
}

fn count(all: &mut BTreeMap<String, Company>, situation: &Situation) {
    let names = ["company", "user_company"].into_iter().filter_map(|field| situation.record.text(field));
    let mut folded: Vec<(String, &str)> = names.filter_map(|name| Some((company_key(name)?, name))).collect();
    // An agency that is its own user company is one company.
    folded.dedup_by(|a, b| a.0 == b.0);
    for (key, name) in folded {
        let company = all.entry(key).or_insert_with(|| Company {
            name: name.to_owned(),
            trainees: Vec::new(),
            placements: 0,
            last: None,
        });
        company.placements += 1;
        if !company.trainees.iter().any(|slug| slug == situation.trainee()) {
            company.trainees.push(situation.trainee().to_owned());
        }
        let when = |situation: &Situation| (situation.start, situation.number);
        if company.last.as_ref().is_none_or(|last| when(last) < when(situation)) {
            company.last = Some(situation.clone());
        }
    }
}
