//! The dashboard as a page: what runs, what to do, the last entry, the last backup.

use super::cohort_today::{self, Picture};
use super::due::{self, Due, Urgency};
use crate::domain::day::{WEEKDAYS_EN, WEEKDAYS_FR};
use crate::domain::id::OpId;
use crate::domain::number::percent_tenths;
use crate::domain::{Date, Lang, Text};
use crate::ops::log;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::Store;
use crate::text;
use anyhow::Result;
use unicode_width::UnicodeWidthStr;

/// The widest page, and the one of a pipe.
pub const WIDEST: usize = 80;
/// Things to do that are shown; the others are counted.
const TASKS: usize = 6;
/// Days after which a backup is old.
const OLD: i32 = 7;

/// The last entry that was not taken back.
pub struct LastEntry {
    /// Its operation.
    pub operation: OpId,
    /// Its day.
    pub day: Date,
    /// What it was.
    pub words: Text,
    /// What takes it back: by its number when what stays was done since.
    pub undo: String,
}

/// Everything the dashboard shows.
pub struct Board {
    /// The day.
    pub today: Date,
    /// The cohorts that run.
    pub cohorts: Vec<Picture>,
    /// What is to be done.
    pub due: Vec<Due>,
    /// The last entry that was not taken back.
    pub last: Option<LastEntry>,
    /// The newest backup of the usual folder.
    pub backup: Option<(String, Date)>,
}

impl Board {
    /// Reads what the dashboard shows of a day, beside the newest backup: its file and its day.
    pub fn read(store: &Store, today: Date, backup: Option<(String, Date)>) -> Result<Board> {
        let (cohorts, due) = (cohort_today::shown(store, today)?, due::all(store, today, None)?);
        Ok(Board { today, cohorts, due, last: last_entry(store)?, backup })
    }
    fn count(&self, urgency: Urgency) -> i64 {
        self.due.iter().filter(|due| due.urgency == urgency).count() as i64
    }
}

/// The last entry that stands.
fn last_entry(store: &Store) -> Result<Option<LastEntry>> {
    let operations = store.operations()?;
    let mut stand = operations.iter().rev().filter(|op| !op.undone && op.undoes.is_none()).peekable();
    let newest = stand.peek().map(|op| op.number);
    let Some(last) = stand.find(|op| !op.is_final()) else { return Ok(None) };
    let undo = if newest == Some(last.number) { "fil undo".to_owned() } else { format!("fil undo {}", last.number) };
    Ok(Some(LastEntry { operation: last.number, day: last.day, words: log::words(store, last)?, undo }))
}

/// The whole page in both languages.
pub fn page(board: &Board, width: usize) -> Text {
    Text::new(lines(board, width, Lang::Fr).join("\n"), lines(board, width, Lang::En).join("\n"))
}

fn lines(board: &Board, width: usize, lang: Lang) -> Vec<String> {
    let say = |text: Text| text.get(lang).to_owned();
    let mut lines = sides(&say(text!("L'école aujourd'hui", "The school today")), &say(long_day(board.today)), width);
    if board.cohorts.is_empty() {
        lines.push(String::new());
        let first = text!("Aucune promotion. Pour ouvrir la première :", "No cohort. To open the first one:");
        lines.extend(sides(&say(first), "fil cohort add", width));
    }
    for cohort in &board.cohorts {
        lines.extend(self::cohort(cohort, board.today, width, lang));
        lines.push(String::new());
    }
    if !board.due.is_empty() {
        lines.push(say(text!("À faire", "To do")));
        for due in board.due.iter().take(TASKS) {
            lines.extend(task(due, width, lang));
        }
        let rest = board.due.len().saturating_sub(TASKS);
        if rest > 0 {
            lines.extend(labelled("     ", &say(text!("… et {rest} de plus", "… and {rest} more")), "fil due", width));
        }
        lines.push(String::new());
    }
    if let Some(LastEntry { day, words, undo, .. }) = &board.last {
        let entry = text!("Dernière saisie : {words} ({day})", "Last entry: {words} ({day})"; words, day);
        lines.extend(sides(&say(entry), undo, width));
    }
    lines.extend(sides(&say(backup(board)), "fil backup", width));
    lines
}

fn cohort(cohort: &Picture, today: Date, width: usize, lang: Lang) -> Vec<String> {
    let say = |text: Text| text.get(lang).to_owned();
    let span = &cohort.span;
    let site = cohort.site.as_ref().map(|site| format!(" · {site}")).unwrap_or_default();
    let (code, from, to) = (&span.code, span.start.french(), span.end.french());
    let (week, weeks) = cohort.week;
    let stage = if today < span.start {
        text!("à venir", "to come")
    } else if span.end < today {
        text!("terminée", "over")
    } else {
        text!("semaine {week} sur {weeks}", "week {week} of {weeks}")
    };
    let head = text!("Promo {code}{site}", "Cohort {code}{site}");
    let (dates, stage) = (format!(" · {from} → {to}"), format!(" · {}", say(stage)));
    let mut lines = wrapped(&say(head), &[dates, stage], width);
    lines.push(String::new());
    lines.extend(figures(cohort, today).into_iter().flat_map(|(label, words)| {
        let label = label.get(lang);
        let pad = " ".repeat(15usize.saturating_sub(label.width()));
        folded(&format!("  {label}{pad}"), words.get(lang), width)
    }));
    lines
}

/// The figures of a cohort, each with its label.
fn figures(cohort: &Picture, today: Date) -> Vec<(Text, Text)> {
    let (left, enrolled) = (cohort.left, cohort.enrolled);
    let training = enrolled - left;
    let (gone, all) =
        (count(left, ["sorti", "sortis"], ["left"; 2]), count(enrolled, ["inscrit", "inscrits"], ["enrolled"; 2]));
    let here = text!("{training} en formation, {gone} ({all})", "{training} in training, {gone} ({all})"; gone, all);
    let mut list = vec![
        (text!("Stagiaires", "Trainees"), here),
        (text!("Présence", "Attendance"), attendance(cohort, today)),
        (text!("Permis", "Licence"), licence(cohort)),
    ];
    if cohort.modules > 0 {
        list.push((text!("Technique", "Technical"), modules(cohort)));
    }
    let missions =
        count(cohort.prehire, ["mission en cours", "missions en cours"], ["mission running", "missions running"]);
    list.push((text!("Préembauche", "Prehire"), missions));
    list
}

/// `94,2 % en décembre, 3 absences à justifier`.
fn attendance(cohort: &Picture, today: Date) -> Text {
    let (present, planned) = cohort.attendance;
    let month = today.in_month();
    let names = (month.name(Lang::Fr), month.name(Lang::En));
    let (fr, en) = (month_name(&names.0), month_name(&names.1));
    let Some(rate) = percent_tenths(present, planned) else {
        return text!("rien de prévu jusqu'ici en {fr}", "nothing planned so far in {en}");
    };
    let (whole, tenth) = (rate / 10, rate % 10);
    let absent = count(
        cohort.to_justify,
        ["absence à justifier", "absences à justifier"],
        ["absence to justify", "absences to justify"],
    );
    text!("{whole},{tenth} % en {fr}, {absent}", "{whole}.{tenth}% in {en}, {absent}"; absent)
}

/// `4 codes obtenus, 1 épreuve cette semaine`.
fn licence(cohort: &Picture) -> Text {
    let codes = count(cohort.codes, ["code obtenu", "codes obtenus"], ["theory test passed", "theory tests passed"]);
    let full = count(cohort.licences, ["permis obtenu", "permis obtenus"], ["licence obtained", "licences obtained"]);
    let exams = count(
        cohort.exams,
        ["épreuve sous 7 jours", "épreuves sous 7 jours"],
        ["exam within 7 days", "exams within 7 days"],
    );
    let shown = [Some(codes), Some(full).filter(|_| cohort.licences > 0), Some(exams)];
    Text::join(&shown.into_iter().flatten().collect::<Vec<_>>(), ", ")
}

/// `module 2 sur 6 validé par 9 stagiaires`.
fn modules(cohort: &Picture) -> Text {
    let all = cohort.modules;
    let Some((module, people)) = cohort.reached else {
        let all = count(all, ["module", "modules"], ["module", "modules"]);
        return text!("{all}, aucun validé", "{all}, none validated"; all);
    };
    let people = count(people, ["stagiaire", "stagiaires"], ["trainee", "trainees"]);
    text!("module {module} sur {all} validé par {people}", "module {module} of {all} validated by {people}"; people)
}

/// A count with its word; in French zero is singular, in English plural.
fn count(n: i64, fr: [&str; 2], en: [&str; 2]) -> Text {
    let (word_fr, word_en) = (fr[usize::from(n > 1)], en[usize::from(n != 1)]);
    text!("{n} {word_fr}", "{n} {word_en}")
}

/// The month without its year.
fn month_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

fn task(due: &Due, width: usize, lang: Lang) -> Vec<String> {
    let sign = match due.urgency {
        Urgency::Late => "!",
        Urgency::Near | Urgency::ToCome => "·",
    };
    let day = match lang {
        Lang::Fr => due.when.french(),
        Lang::En => due.when.to_string(),
    };
    labelled(&format!("  {sign}  "), &format!("{}, {day}", due.words().get(lang)), &brief(&due.command()), width)
}

/// The short way to type a command, so that it fits beside what it is for.
fn brief(command: &str) -> String {
    const SHORT: [(&str, &str); 7] = [
        ("fil placement follow ", "fil e f "),
        ("fil placement end ", "fil e fin "),
        ("fil placement show ", "fil e s "),
        ("fil progress day ", "fil p jour "),
        ("fil progress set ", "fil p set "),
        ("fil report export ", "fil r x "),
        ("fil trainee show ", "fil t s "),
    ];
    let found = SHORT.iter().find_map(|(long, short)| Some(format!("{short}{}", command.strip_prefix(long)?)));
    found.unwrap_or_else(|| command.to_owned())
}

fn backup(board: &Board) -> Text {
    let Some((_, day)) = &board.backup else {
        return text!("!  Aucune sauvegarde dans le dossier habituel", "!  No backup in the usual folder");
    };
    let days = board.today.days() - day.days();
    let sign = if days > OLD { "!  " } else { "" };
    match days {
        ..=0 => text!("{sign}Dernière sauvegarde : aujourd'hui", "{sign}Last backup: today"),
        1 => text!("{sign}Dernière sauvegarde : hier", "{sign}Last backup: yesterday"),
        _ => text!("{sign}Dernière sauvegarde : il y a {days} jours", "{sign}Last backup: {days} days ago"),
    }
}

/// `mercredi 5 décembre 2018`.
fn long_day(day: Date) -> Text {
    let at = day.weekday() as usize;
    let (fr, en) = (WEEKDAYS_FR[at], WEEKDAYS_EN[at]);
    let (month_fr, month_en, n) = (day.in_month().name(Lang::Fr), day.in_month().name(Lang::En), day.day());
    text!("{fr} {n} {month_fr}", "{en} {n} {month_en}")
}

/// Words at the left and at the right of a line; on two lines when they do not fit.
fn sides(left: &str, right: &str, width: usize) -> Vec<String> {
    labelled("", left, right, width)
}

/// The same after a label, under which the words that do not fit are not set.
fn labelled(label: &str, left: &str, right: &str, width: usize) -> Vec<String> {
    let room = width.saturating_sub(label.width() + left.width() + right.width());
    if room >= 2 {
        return vec![format!("{label}{left}{}{right}", " ".repeat(room))];
    }
    let mut lines = folded(label, left, width);
    let indent = width.saturating_sub(right.width()).min(8);
    lines.push(format!("{}{right}", " ".repeat(indent)));
    lines
}

/// A heading and what follows it, going to a new line where the width is reached.
fn wrapped(head: &str, parts: &[String], width: usize) -> Vec<String> {
    let mut lines = vec![head.to_owned()];
    for part in parts {
        let last = lines.len() - 1;
        if lines[last].width() + part.width() <= width {
            lines[last].push_str(part);
        } else {
            lines.push(format!("  {}", part.trim_start_matches(" · ")));
        }
    }
    lines
}

/// A label and its words, broken between words; the lines that follow begin under the first word.
fn folded(label: &str, words: &str, width: usize) -> Vec<String> {
    let indent = " ".repeat(label.width().max(2));
    let mut lines = vec![label.to_owned()];
    let mut begun = false;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let last = lines.len() - 1;
        if begun && lines[last].width() + 1 + word.width() > width {
            lines.push(format!("{indent}{word}"));
            continue;
        }
        if begun {
            lines[last].push(' ');
        }
        lines[last].push_str(word);
        begun = true;
    }
    lines
}

/// One row per cohort shown; what is about the whole school stands on each.
pub fn sheet(board: &Board) -> Sheet {
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
        Cell::int(board.last.as_ref().map(|last| last.operation.number())),
        Cell::date(board.last.as_ref().map(|last| last.day)),
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
