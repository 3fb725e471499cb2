//! `fil cohort selection`: the applicants of a cohort, ranked, with what is missing for a decision.

use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::kind::trainee;
use crate::domain::trainee::Decision;
use crate::domain::{Kind, Record, Text};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::records::Which;

/// `fil cohort selection`.
pub const VERB: Verb = Verb {
    names: &["selection", "sélection"],
    about: fixed!("Les candidats, par décision et par rang.", "The applicants, by decision and rank."),
    examples: [
        fixed!("fil cohort selection -c P1"),
        fixed!("fil promo selection -f csv", "fil cohort selection -f csv"),
    ],
    flags: &[&[flags::COHORT], flags::TABLE],
    run: Run::With(run),
};

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let cohort = match matches.text(&flags::COHORT) {
        Some(typed) => Chosen { value: selector::cohort(&lookup, typed)?, echo: None },
        None => selector::default_cohort(ctx, &lookup, Purpose::Read)?,
    };
    let mut rows = lookup.records(Kind::Trainees, Which::Cohort(cohort.value.id))?;
    rows.sort_by_key(|row| (order(row), row.int(trainee::WAITING_RANK).unwrap_or(i64::MAX)));
    let code = cohort.value.code;
    let answer = Answer::sheet(sheet(&rows))
        .named([Some(code.clone()), Some("selection".to_owned())])
        .when_empty(text!("Personne n'a candidaté à {code}.", "Nobody applied to {code}."));
    Ok(answer.say_before(cohort.echo))
}

fn order(row: &Record) -> u8 {
    match row.list::<Decision>(trainee::DECISION) {
        Some(Decision::Admitted) => 0,
        Some(Decision::Waiting) => 1,
        Some(Decision::Pending) | None => 2,
        Some(Decision::Refused) => 3,
        Some(Decision::Withdrawn) => 4,
    }
}

fn sheet(rows: &[Record]) -> Sheet {
    let columns = vec![
        Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Code),
        Column::new("decision", "Décision", "Decision", ColumnKind::Code),
        Column::new("waiting_rank", "Rang", "Rank", ColumnKind::Number),
        Column::new("motivation", "Motivation", "Motivation", ColumnKind::Number),
        Column::new("decision_reason", "Motif", "Reason", ColumnKind::Code),
        Column::new("meeting_on", "Réunion", "Meeting", ColumnKind::Date).hide_first(2),
        Column::new("interview_date", "Entretien", "Interview", ColumnKind::Date).hide_first(1),
        Column::new("missing", "Manque", "Missing", ColumnKind::Text),
    ];
    let row = |row: &Record| {
        let word = |field| row.text(field).map_or(Cell::Empty, |code| Cell::Text(code.to_owned()));
        let day = |field| row.date(field).map_or(Cell::Empty, Cell::Date);
        let missing = missing(row);
        vec![
            word(trainee::TRAINEE),
            word(trainee::DECISION),
            Cell::int(row.int(trainee::WAITING_RANK)),
            Cell::int(row.int(trainee::MOTIVATION)),
            word(trainee::DECISION_REASON),
            day(trainee::MEETING_ON),
            day(trainee::INTERVIEW_DATE),
            if missing.fr.is_empty() { Cell::Empty } else { Cell::Words(missing) },
        ]
    };
    Sheet { rows: rows.iter().map(row).collect(), ..Sheet::new("selection", columns) }
}

/// What is missing for a decision, or of one that was taken.
fn missing(row: &Record) -> Text {
    let open = matches!(row.list::<Decision>(trainee::DECISION), Some(Decision::Pending) | None);
    let needed = [trainee::MEETING_ON, trainee::INTERVIEW_DATE, trainee::MOTIVATION, trainee::DECISION_REASON];
    let asked = needed.into_iter().filter(|field| match (open, *field == trainee::DECISION_REASON) {
        (true, reason) => !reason,
        (false, reason) => {
            reason && !matches!(row.list::<Decision>(trainee::DECISION), Some(Decision::Waiting | Decision::Withdrawn))
        }
    });
    let names: Vec<Text> = asked
        .filter(|field| row.get(*field).is_none())
        .map(|field| field.text().map(|name| name.replace('_', " ").to_lowercase()))
        .collect();
    Text::join(&names, ", ")
}
