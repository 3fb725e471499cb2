//! `fil` alone, and `fil status`: where the school stands today, on one screen.

mod picture;
mod screen;

use super::backup;
use super::due::{Due, Urgency};
use crate::cli::noun::due::{self};
use crate::cli::parser::command::{Noun, Spec};
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::{Context, Talk};
use crate::domain::{Date, Text};
use crate::fixed;
use crate::ops::log;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::Store;
use crate::text;
use anyhow::Result;
use picture::Picture;

/// `fil status`.
pub const NOUN: Noun = Noun {
    names: &["status", "tableau"],
    about: fixed!("Où en est l'école aujourd'hui.", "Where the school stands today."),
    spec,
    run,
};

fn spec() -> Spec {
    let examples = [fixed!("fil", "fil"), fixed!("fil status --format json", "fil status --format json")];
    Spec::of(&NOUN, examples).flags(flags::TABLE)
}

/// Everything the dashboard shows.
struct Board {
    today: Date,
    cohorts: Vec<Picture>,
    due: Vec<Due>,
    /// The last entry that was not taken back: its number, its day and its words.
    last: Option<(i64, Date, Text)>,
    /// What takes it back: by its number when what stays was done since.
    undo: String,
    /// The newest backup of the usual folder.
    backup: Option<(String, Date)>,
}

impl Board {
    fn count(&self, urgency: Urgency) -> i64 {
        self.due.iter().filter(|due| due.urgency == urgency).count() as i64
    }
}

fn run(_matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let last = last_entry(&store)?;
    let board = Board {
        today: ctx.today,
        cohorts: picture::shown(&store, ctx.today)?,
        due: due::all(&store, ctx.today, None)?,
        undo: undo_line(&store, last.as_ref().map(|(number, ..)| *number))?,
        last,
        backup: backup::newest(ctx),
    };
    let answer = Answer::screen(screen::page(&board, screen::width(ctx)), sheet(&board)).named([Some("status")]);
    Ok(if ctx.talk >= Talk::Verbose { answer.say(which_file(ctx)?) } else { answer })
}

/// The database file and who chose it.
fn which_file(ctx: &Context<'_>) -> Result<Text> {
    let place = ctx.database()?;
    let (file, why) = (place.path.display(), place.why());
    let (fr, en) = (why.fr, why.en);
    Ok(text!("Base : {file} ({fr})", "Database: {file} ({en})"))
}

fn last_entry(store: &Store) -> Result<Option<(i64, Date, Text)>> {
    let operations = store.operations()?;
    let last = operations.iter().rev().find(|op| !op.is_final() && !op.undone && op.undoes.is_none());
    last.map(|op| Ok((op.number, op.day, log::words(store, op)?))).transpose()
}

fn undo_line(store: &Store, last: Option<i64>) -> Result<String> {
    let operations = store.operations()?;
    let newest = operations.iter().rev().find(|op| !op.undone && op.undoes.is_none()).map(|op| op.number);
    Ok(match last {
        Some(number) if newest != last => format!("fil undo {number}"),
        _ => "fil undo".to_owned(),
    })
}

/// One row per cohort shown; what is about the whole school stands on each.
fn sheet(board: &Board) -> Sheet {
    let number = |key, fr, en| Column::new(key, fr, en, ColumnKind::Number);
    let columns = vec![
        Column::new("cohort", "Promotion", "Cohort", ColumnKind::Code),
        Column::new("site", "Site", "Site", ColumnKind::Text),
        Column::new("start", "Début", "Start", ColumnKind::Date),
        Column::new("end", "Fin", "End", ColumnKind::Date),
        number("week", "Semaine", "Week"),
        number("weeks", "Semaines", "Weeks"),
        number("enrolled", "Inscrits", "Enrolled"),
        number("in_training", "En formation", "In training"),
        number("left", "Sortis", "Left"),
        number("present", "Présences du mois", "Present this month"),
        number("planned", "Prévues du mois", "Planned this month"),
        number("attendance_pct", "Présence (%)", "Attendance (%)"),
        number("to_justify", "Absences à justifier", "Absences to justify"),
        number("codes_passed", "Codes obtenus", "Theory tests passed"),
        number("licences", "Permis obtenus", "Licences obtained"),
        number("exams_within_7_days", "Épreuves sous 7 jours", "Exams within 7 days"),
        number("modules", "Modules techniques", "Technical modules"),
        number("module_reached", "Module atteint", "Module reached"),
        number("module_validated_by", "Validé par", "Validated by"),
        number("prehire_running", "Préembauches en cours", "Prehire missions running"),
        number("late", "En retard", "Late"),
        number("near", "Proche", "Near"),
        number("last_operation", "Dernière opération", "Last operation"),
        Column::new("last_entry_on", "Dernière saisie", "Last entry", ColumnKind::Date),
        Column::new("last_backup_on", "Dernière sauvegarde", "Last backup", ColumnKind::Date),
    ];
    let school = [
        Cell::Int(board.count(Urgency::Late)),
        Cell::Int(board.count(Urgency::Near)),
        Cell::int(board.last.as_ref().map(|(number, ..)| *number)),
        Cell::date(board.last.as_ref().map(|(_, day, _)| *day)),
        Cell::date(board.backup.as_ref().map(|(_, day)| *day)),
    ];
    let mut sheet = Sheet::new("status", columns);
    sheet.rows = board
        .cohorts
        .iter()
        .map(|cohort| {
            let mut row = cohort.cells();
            row.extend(school.iter().cloned());
            row
        })
        .collect();
    sheet
}
