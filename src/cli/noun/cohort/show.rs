//! The list of cohorts, and all there is to say of one.

use super::*;
use crate::cli::ask::typed_record::{code, counted, number_column, page, sheet, subject};
use crate::cli::noun::prelude::*;
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::SlotKind;
use crate::domain::id::{CohortId, RecordId};
use crate::domain::kind::{cohort, grant, slot};
use crate::domain::{Lang, Text, holiday};
use crate::sheet::Values;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::Stay;

const STATUSES: flags::Choices =
    &[&["planned", "prévue", "prevue"], &["running", "en cours", "en-cours"], &["ended", "terminée", "terminee"]];

/// `fil cohort list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les promotions.", "Lists the cohorts."),
    examples: [fixed!("fil cohort list"), fixed!("fil c ls -s running -f csv")],
    flags: &[
        &[flags::STATUS.one_of(STATUSES).help(fixed!("planned, running ou ended", "planned, running or ended"))],
        flags::TABLE,
    ],
    run: Run::With(list),
};

/// `fil cohort show`.
pub const SHOW: Verb = Verb {
    names: &["show", "s", "voir"],
    about: fixed!("Montre une promotion : dates, calendrier, modules.", "Shows a cohort: dates, calendar, modules."),
    examples: [fixed!("fil c s P1"), fixed!("fil cohort show P1 -f json")],
    flags: &[&[CODE], flags::TABLE],
    run: Run::With(show),
};

/// How many people, as of today.
struct People {
    entered: usize,
    in_training: usize,
    left: usize,
}

impl People {
    fn of(stays: &[Stay], today: Date) -> People {
        let entered = stays.iter().filter(|stay| stay.entry.is_some_and(|entry| entry <= today)).count();
        let gone =
            |stay: &&Stay| stay.entry.is_some_and(|entry| entry <= today) && stay.exit.is_some_and(|exit| exit < today);
        People::counted((entered, stays.iter().filter(gone).count()))
    }
    fn counted((entered, left): (usize, usize)) -> People {
        People { entered, in_training: entered - left, left }
    }
    fn cells(&self) -> [Cell; 3] {
        [self.entered, self.in_training, self.left].map(count)
    }
}

fn count(n: usize) -> Cell {
    Cell::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

fn people_columns() -> [Column; 3] {
    [
        Column::new("entered", "Entrés", "Entered", ColumnKind::Number).hide_first(3),
        Column::new("in_training", "En formation", "In training", ColumnKind::Number).hide_first(1),
        Column::new("left", "Sortis", "Left", ColumnKind::Number).hide_first(2),
    ]
}

fn status(cohort: &Record, today: Date) -> Option<Status> {
    Some(Status::of(cohort.date(cohort::START)?, cohort.date(cohort::END)?, today))
}

fn status_column() -> Column {
    Column::new("status", "État", "Status", ColumnKind::Code)
}

/// `fil cohort list`.
pub fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let mut columns = vec![
        Column::new("cohort", "Promotion", "Cohort", ColumnKind::Code),
        Column::new("title", "Intitulé", "Title", ColumnKind::Text).hide_first(8),
        Column::new("site", "Site", "Site", ColumnKind::Text).hide_first(5),
        Column::new("start", "Début", "Start", ColumnKind::Date),
        Column::new("end", "Fin", "End", ColumnKind::Date),
        Column::new("places", "Places", "Places", ColumnKind::Number).hide_first(6),
    ];
    columns.extend(people_columns());
    columns.push(status_column());
    columns.push(number_column().hide_first(7));
    let mut sheet = Sheet::new("cohorts", columns);
    let counts = lookup.people_on(ctx.today)?;
    for cohort in lookup.records(Kind::Cohorts, Which::All)? {
        let status = status(&cohort, ctx.today);
        let asked = matches.text(&flags::STATUS);
        if asked.is_some() && asked != status.map(Status::code) {
            continue;
        }
        let people = cohort.id.and_then(|id| counts.get(&CohortId::of(id))).copied().unwrap_or_default();
        let mut row = vec![
            Cell::text(cohort.text(cohort::COHORT)),
            Cell::text(cohort.text(cohort::TITLE)),
            Cell::text(cohort.text(cohort::SITE)),
            Cell::date(cohort.date(cohort::START)),
            Cell::date(cohort.date(cohort::END)),
            Cell::int(cohort.int(cohort::PLACES)),
        ];
        row.extend(People::counted(people).cells());
        row.push(ctx.values.cell(status));
        row.push(Cell::int(cohort.id.map(RecordId::number)));
        sheet.rows.push(row);
    }
    Ok(Answer::sheet(sheet).named([Some("promotions")]).when_empty(match matches.text(&flags::STATUS) {
        None => text!(
            "Aucune promotion. Pour en ouvrir une : fil cohort add CODE --start DATE --end DATE --places N",
            "No cohort. To open one: fil cohort add CODE --start DATE --end DATE --places N"
        ),
        Some(_) => text!("Aucune promotion dans cet état.", "No cohort has that status."),
    }))
}

/// `fil cohort show`.
pub fn show(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let found = named(ctx, &lookup, matches.need(&CODE)?, Purpose::Read)?;
    let cohort = found.value;
    let id = CohortId::of(cohort.id.unwrap_or(RecordId::NONE));
    let people = People::of(&lookup.stays_in(id)?, ctx.today);
    let slots = lookup.records(Kind::Slots, Which::Cohort(id))?;
    let modules = lookup.records(Kind::Modules, Which::Cohort(id))?;
    let grants: Vec<Record> =
        lookup.records(Kind::Grants, Which::All)?.into_iter().filter(|grant| pays_for(grant, code(&cohort))).collect();
    let status = status(&cohort, ctx.today);
    let mut text = page(&title(&cohort, status), &cohort);
    for part in [
        people_line(&people),
        calendar_lines(&cohort, &slots),
        list_line(&text!("Modules", "Modules"), &modules),
        list_line(&text!("Subventions", "Grants"), &grants),
    ] {
        text.fr.to_mut().push_str(&part.fr);
        text.en.to_mut().push_str(&part.en);
    }
    let mut data = sheet(Kind::Cohorts, std::slice::from_ref(&cohort), Values::Codes);
    let number = data.columns.pop();
    data.columns.extend(people_columns());
    data.columns.push(status_column());
    data.columns.extend(SLOT_COLUMNS.map(|(key, fr, en)| Column::new(key, fr, en, ColumnKind::Number)));
    data.columns.push(Column::new("modules", "Modules", "Modules", ColumnKind::Code));
    data.columns.push(Column::new("grants", "Subventions", "Grants", ColumnKind::Code));
    data.columns.extend(number);
    for row in &mut data.rows {
        let number = row.pop();
        row.extend(people.cells());
        row.push(Values::Codes.cell(status));
        row.extend(SlotKind::ALL.iter().map(|kind| count(half_days(&slots, *kind))));
        row.push(codes(&modules));
        row.push(codes(&grants));
        row.extend(number);
    }
    let answer = Answer::screen(text, data);
    Ok(found.echo.into_iter().fold(answer, Answer::say))
}

const SLOT_COLUMNS: [(&str, &str, &str); 3] = [
    ("slots_centre", "Demi-journées au centre", "Half-days in the centre"),
    ("slots_company", "Demi-journées en entreprise", "Half-days in a company"),
    ("slots_cancelled", "Demi-journées annulées", "Cancelled half-days"),
];

fn codes(records: &[Record]) -> Cell {
    let list: Vec<&str> = records.iter().map(code).collect();
    Cell::text((!list.is_empty()).then(|| list.join("|")))
}

fn pays_for(grant: &Record, cohort: &str) -> bool {
    grant.text(grant::COHORTS).is_some_and(|codes| codes.split('|').any(|code| code == cohort))
}

fn half_days(slots: &[Record], kind: SlotKind) -> usize {
    slots.iter().filter(|slot| slot.list::<SlotKind>(slot::KIND) == Some(kind)).count()
}

fn title(cohort: &Record, status: Option<Status>) -> Text {
    let status = status.map_or_else(|| Text::same(""), |status| status.text());
    let about = subject(Kind::Cohorts, code(cohort));
    text!("{about} ({status})", "{about} ({status})"; about, status)
}

fn people_line(people: &People) -> Text {
    let parts = [
        counted(people.in_training, fixed!("en formation", "in training"), fixed!("en formation", "in training")),
        counted(people.left, fixed!("sorti", "left"), fixed!("sortis", "left")),
        counted(people.entered, fixed!("entré en tout", "entered in all"), fixed!("entrés en tout", "entered in all")),
    ];
    let parts = Text::join(&parts, ", ");
    text!("\n  Stagiaires : {parts}\n", "\n  Trainees: {parts}\n"; parts)
}

/// Half-days by kind, what is closed, and the public holidays left free.
fn calendar_lines(cohort: &Record, slots: &[Record]) -> Text {
    let cohort_code = code(cohort);
    if slots.is_empty() {
        return text!(
            "  Calendrier : vide — fil cohort plan {cohort_code} --halves am,pm\n",
            "  Calendar: empty — fil cohort plan {cohort_code} --halves am,pm\n"
        );
    }
    let [centre, company, cancelled] =
        [SlotKind::Centre, SlotKind::Company, SlotKind::Cancelled].map(|kind| half_days(slots, kind));
    let parts = [
        counted(
            centre,
            fixed!("demi-journée au centre", "half-day in the centre"),
            fixed!("demi-journées au centre", "half-days in the centre"),
        ),
        counted(company, fixed!("en entreprise", "in a company"), fixed!("en entreprise", "in a company")),
        counted(cancelled, fixed!("annulée", "cancelled"), fixed!("annulées", "cancelled")),
    ];
    let parts = Text::join(&parts, ", ");
    let mut lines = text!("  Calendrier : {parts}\n", "  Calendar: {parts}\n"; parts);
    let (Some(start), Some(end)) = (cohort.date(cohort::START), cohort.date(cohort::END)) else { return lines };
    let free = Free::of(start, end, slots);
    let closed = |lang: Lang| free.closed.iter().map(|span| days(*span, lang)).collect::<Vec<_>>().join(", ");
    let holidays = |lang: Lang| free.holidays.iter().map(|day| days((*day, *day), lang)).collect::<Vec<_>>().join(", ");
    if !free.closed.is_empty() {
        let weeks =
            counted(free.weeks, fixed!("semaine entière", "whole week"), fixed!("semaines entières", "whole weeks"));
        lines.fr.to_mut().push_str(&format!("  Fermé : {} ({})\n", closed(Lang::Fr), weeks.fr));
        lines.en.to_mut().push_str(&format!("  Closed: {} ({})\n", closed(Lang::En), weeks.en));
    }
    if !free.holidays.is_empty() {
        lines.fr.to_mut().push_str(&format!("  Fériés libres : {}\n", holidays(Lang::Fr)));
        lines.en.to_mut().push_str(&format!("  Public holidays left free: {}\n", holidays(Lang::En)));
    }
    lines
}

fn days((from, to): (Date, Date), lang: Lang) -> String {
    let day = |date: Date| if lang == Lang::Fr { date.french() } else { date.to_string() };
    if from == to { day(from) } else { format!("{} → {}", day(from), day(to)) }
}

/// The weekdays of a cohort without any half-day.
struct Free {
    /// Runs of them that are more than public holidays.
    closed: Vec<(Date, Date)>,
    /// Weeks of which nothing is left.
    weeks: usize,
    /// Public holidays, wherever they fall.
    holidays: Vec<Date>,
}

impl Free {
    fn of(start: Date, end: Date, slots: &[Record]) -> Free {
        let taken: std::collections::HashSet<Date> = slots.iter().filter_map(|slot| slot.date(slot::DATE)).collect();
        let weekdays: Vec<Date> =
            (start.days()..=end.days()).map(Date::from_days).filter(|day| day.weekday() < 5).collect();
        let is_free = |day: &Date| !taken.contains(day);
        let is_holiday = |day: &Date| holiday::is_public_holiday(*day).is_some();
        let runs = weekdays.chunk_by(|a, b| is_free(a) == is_free(b));
        let closed = runs.filter(|run| run.iter().any(|day| is_free(day) && !is_holiday(day)));
        let closed = closed.filter_map(|run| Some((*run.first()?, *run.last()?))).collect();
        let weeks = weekdays.chunk_by(|a, b| a.iso_week() == b.iso_week());
        let weeks = weeks.filter(|week| week.len() == 5 && week.iter().all(is_free)).count();
        let holidays = weekdays.iter().copied().filter(|day| is_free(day) && is_holiday(day)).collect();
        Free { closed, weeks, holidays }
    }
}

fn list_line(label: &Text, records: &[Record]) -> Text {
    let n = records.len();
    if n == 0 {
        return Text::same("");
    }
    let list: Vec<&str> = records.iter().map(code).collect();
    let list = list.join(", ");
    text!("  {label} : {n} — {list}\n", "  {label}: {n} — {list}\n"; label)
}
