//! The people of a cohort, or of all of them, one line each.

use super::person::hanging;
use super::presence::{self, Calendar};
use super::standing::{Theory, placement_column, running, standing, standing_words, technical};
use crate::domain::id::{CohortId, PersonId, RecordId};
use crate::domain::kind::{FieldAt, cohort, placement, trainee};
use crate::domain::stay::{Presence, Standing};
use crate::domain::trainee::LicenceAtEntry;
use crate::domain::{ClosedList, Date, Kind, Record, Text};
use crate::sheet::number;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::records::Which;
use crate::store::{CohortSpan, Lookup};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use unicode_width::UnicodeWidthStr;

/// One person in one cohort.
pub struct Line {
    /// The participation.
    pub record: Record,
    /// Where they stand in it.
    pub standing: Standing,
    presence: Presence,
    theory: Theory,
    technical: (i64, i64),
    placement: Option<Record>,
}

/// Which cohorts are listed.
pub enum Scope {
    /// This one.
    One(CohortSpan),
    /// Every cohort of the file.
    All,
}

/// The people of a scope, one line for each participation; `keep_on` stops the work when it fails.
pub fn lines(
    lookup: &Lookup<'_>,
    (scope, cohorts): (&Scope, &[CohortSpan]),
    today: Date,
    keep_on: impl Fn() -> Result<()>,
) -> Result<Vec<Line>> {
    let which = match scope {
        Scope::One(cohort) => Which::Cohort(cohort.id),
        Scope::All => Which::All,
    };
    let people = lookup.records(Kind::Trainees, which)?;
    let of_cohort = |record: &Record| record.cohort().unwrap_or("").to_owned();
    let of_both = |record: &Record| (of_cohort(record), record.trainee().unwrap_or("").to_owned());
    let of_person = |record: &Record| record.trainee().unwrap_or("").to_owned();
    let modules = grouped(lookup.records(Kind::Modules, which)?, of_cohort);
    let results = grouped(lookup.records(Kind::Results, which)?, of_both);
    let licence = grouped(personal(lookup, Kind::Licence, &people, scope)?, of_person);
    let placements = grouped(personal(lookup, Kind::Placements, &people, scope)?, of_person);
    let mut calendars: HashMap<CohortId, Calendar> = HashMap::new();
    let mut lines = Vec::new();
    for record in people {
        keep_on()?;
        let cohort = cohorts.iter().find(|c| Some(c.code.as_str()) == record.cohort());
        let mut half_days = Presence::default();
        if let (Some(cohort), Some(person)) = (cohort, record.id)
            && let Some(stay) = lookup.find_stay(cohort.id, PersonId::of(person))?
        {
            let calendar = match calendars.entry(cohort.id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(lookup.slots_of(cohort.id)?),
            };
            half_days = presence::read(lookup, calendar, &stay, today)?.total();
        }
        let held = record.list::<LicenceAtEntry>(trainee::LICENCE_AT_ENTRY);
        let (both, slug) = (of_both(&record), of_person(&record));
        let none: &[Record] = &[];
        let own = |list: Option<&Vec<Record>>| list.map_or(none.to_vec(), Vec::clone);
        lines.push(Line {
            standing: standing(&record, today),
            presence: half_days,
            theory: Theory::of(&own(licence.get(&slug)), held, today),
            technical: technical(&own(modules.get(&both.0)), &own(results.get(&both)), today),
            placement: running(&own(placements.get(&slug)), today).cloned(),
            record,
        });
    }
    Ok(lines)
}

/// Records that belong to the person and not to the cohort: one question per person for a group, one for all.
fn personal(lookup: &Lookup<'_>, kind: Kind, people: &[Record], scope: &Scope) -> Result<Vec<Record>> {
    if matches!(scope, Scope::All) {
        return lookup.records(kind, Which::All);
    }
    let mut list = Vec::new();
    for person in people.iter().filter_map(|record| record.id.map(PersonId::of)) {
        list.extend(lookup.records(kind, Which::Person(person))?);
    }
    Ok(list)
}

fn grouped<K: std::hash::Hash + Eq>(records: Vec<Record>, key: impl Fn(&Record) -> K) -> HashMap<K, Vec<Record>> {
    let mut groups: HashMap<K, Vec<Record>> = HashMap::new();
    for record in records {
        groups.entry(key(&record)).or_default().push(record);
    }
    groups
}

/// How the lines are shown.
pub struct View {
    /// The day.
    pub today: Date,
    /// Several cohorts, so each line names its own.
    pub all: bool,
    /// `--contact`.
    pub contact: bool,
}

impl View {
    /// What fits a screen; on a narrow one the phone number and the birth date go first.
    pub fn screen(&self, lines: &[Line]) -> Sheet {
        let text = |key, fr, en| Column::new(key, fr, en, ColumnKind::Text);
        let phone = Column::new("phone", "Téléphone", "Phone", ColumnKind::Phone);
        let born = Column::new("birth_date", "Naissance", "Born", ColumnKind::Date).hide_first(8);
        let mut columns = vec![text("name", "Stagiaire", "Trainee")];
        if self.all {
            columns.push(Column::new("cohort", "Promo", "Cohort", ColumnKind::Code).hide_first(1));
        }
        columns.push(text("situation", "Situation", "Situation").hide_first(2));
        if self.contact {
            columns.extend([phone, text("email", "Courriel", "E-mail").hide_first(1), born]);
        } else {
            columns.extend([
                Column::new("attendance_pct", "Présence (%)", "Attendance (%)", ColumnKind::Number).hide_first(3),
                text("code", "Code", "Theory").hide_first(4),
                text("modules_validated", "Fibre", "Fibre").hide_first(5),
                text("placement", "Placement", "Placement").hide_first(6),
                phone.hide_first(7),
                born,
            ]);
        }
        let mut sheet = Sheet::new("trainees", columns);
        sheet.rows = lines.iter().map(|line| self.screen_row(line)).collect();
        sheet
    }

    fn screen_row(&self, line: &Line) -> Vec<Cell> {
        let record = &line.record;
        let words = |text: Option<Text>| text.map_or(Cell::Empty, Cell::Words);
        let name = format!(
            "{} {}",
            record.text(trainee::LAST_NAME).unwrap_or(""),
            record.text(trainee::FIRST_NAME).unwrap_or("")
        );
        let mut row = vec![Cell::Text(name)];
        if self.all {
            row.push(Cell::text(record.text(trainee::COHORT)));
        }
        row.push(Cell::Words(standing_words(record, self.today)));
        let (phone, born) = (Cell::text(record.text(trainee::PHONE)), Cell::date(record.date(trainee::BIRTH_DATE)));
        if self.contact {
            row.extend([phone, Cell::text(record.text(trainee::EMAIL)), born]);
            return row;
        }
        let (done, all) = line.technical;
        row.extend([
            presence::rate(&line.presence),
            words(line.theory.words(self.today)),
            if all == 0 { Cell::Empty } else { Cell::Text(format!("{done}/{all}")) },
            words(line.placement.as_ref().map(placement_column)),
            phone,
            born,
        ]);
        row
    }

    /// Every column, for files and for choosing by name.
    pub fn machine(&self, lines: &[Line]) -> Sheet {
        use ColumnKind::{Code, Date, Number, Phone, Text};
        let mut columns = vec![
            Column::new("trainee", "Nom court", "Trainee", Code),
            Column::new("id", "Numéro", "Number", Code),
            Column::new("last_name", "Nom", "Last name", Text),
            Column::new("first_name", "Prénom", "First name", Text),
            Column::new("cohort", "Promo", "Cohort", Code),
            Column::new("status", "Statut", "Status", Code),
            Column::new("situation", "Situation", "Situation", Text),
            Column::new("entry", "Entrée", "Entry", Date),
            Column::new("exit", "Sortie", "Exit", Date),
            Column::new("exit_reason", "Motif de sortie", "Exit reason", Code),
            Column::new("planned", "Demi-journées prévues", "Half-days planned", Number),
            Column::new("present", "Demi-journées présent", "Half-days present", Number),
            Column::new("attendance_pct", "Présence (%)", "Attendance (%)", Number),
            Column::new("code", "Code", "Theory test", Code),
            Column::new("code_date", "Date du code", "Theory test date", Date),
            Column::new("modules_validated", "Modules techniques validés", "Technical modules validated", Number),
            Column::new("modules", "Modules techniques", "Technical modules", Number),
            Column::new("placement", "Placement", "Placement", Code),
            Column::new("company", "Entreprise", "Company", Text),
            Column::new("birth_date", "Naissance", "Born", Date),
            Column::new("phone", "Téléphone", "Phone", Phone),
        ];
        for (at, column) in columns.iter_mut().enumerate() {
            column.hide_first = u8::try_from(at).unwrap_or(u8::MAX);
        }
        if self.contact {
            columns.push(Column::new("email", "Courriel", "E-mail", Text));
        }
        let mut sheet = Sheet::new("trainees", columns);
        sheet.rows = lines.iter().map(|line| self.machine_row(line)).collect();
        sheet
    }

    fn machine_row(&self, line: &Line) -> Vec<Cell> {
        let record = &line.record;
        let text = |field: FieldAt| Cell::text(record.text(field));
        let placed = |field: FieldAt| Cell::text(line.placement.as_ref().and_then(|p| p.text(field)));
        let (done, all) = line.technical;
        let mut row = vec![
            text(trainee::TRAINEE),
            Cell::int(record.id.map(RecordId::number)),
            text(trainee::LAST_NAME),
            text(trainee::FIRST_NAME),
            text(trainee::COHORT),
            Cell::Text(line.standing.code().to_owned()),
            Cell::Words(standing_words(record, self.today)),
            Cell::date(record.date(trainee::ENTRY)),
            Cell::date(record.date(trainee::EXIT)),
            text(trainee::EXIT_REASON),
            Cell::Int(line.presence.planned),
            Cell::Int(line.presence.present),
            presence::rate(&line.presence),
            Cell::text(line.theory.code()),
            Cell::date(line.theory.day()),
            Cell::Int(done),
            Cell::Int(all),
            placed(placement::TYPE),
            placed(placement::COMPANY),
            Cell::date(record.date(trainee::BIRTH_DATE)),
            text(trainee::PHONE),
        ];
        if self.contact {
            row.push(text(trainee::EMAIL));
        }
        row
    }
}

/// What decides how much of a title is said.
pub struct Screen {
    /// The day.
    pub today: Date,
    /// Columns of the terminal.
    pub room: usize,
}

/// The whole title where it fits, else without the place, else without the applications.
pub fn title(lookup: &Lookup<'_>, scope: &Scope, lines: &[Line], screen: Screen) -> Result<Text> {
    let people = counted(lines);
    let Scope::One(cohort) = scope else {
        return Ok(Text::new(format!("Toutes les promos — {}", people.fr), format!("All cohorts — {}", people.en)));
    };
    let record = lookup.records(Kind::Cohorts, Which::Id(cohort.id.into()))?.pop();
    let site = record.and_then(|r| r.text(cohort::SITE).map(|site| format!(" · {site}"))).unwrap_or_default();
    let when = if screen.today < cohort.start {
        text!("à venir", "to come")
    } else if screen.today <= cohort.end {
        text!("en cours", "running")
    } else {
        text!("terminée", "ended")
    };
    let code = &cohort.code;
    let whole = |site: &str, people: &Text| {
        Text::new(
            format!("Promo {code}{site} ({}) — {}", when.fr, people.fr),
            format!("Cohort {code}{site} ({}) — {}", when.en, people.en),
        )
    };
    let first = |text: &str| text.split(',').next().unwrap_or_default().to_owned();
    let short = Text::new(first(&people.fr), first(&people.en));
    let wordings = [whole(&site, &people), whole("", &people), whole("", &short)];
    let fits = |text: &&Text| text.fr.width().max(text.en.width()) <= screen.room;
    let [.., shortest] = &wordings;
    Ok(wordings.iter().find(fits).unwrap_or(shortest).clone())
}

/// How many have entered, and how many have only applied.
fn counted(lines: &[Line]) -> Text {
    let entered = lines.iter().filter(|l| matches!(l.standing, Standing::InTraining | Standing::Left)).count();
    let applied = lines.len() - entered;
    let (s, a) = (if entered > 1 { "s" } else { "" }, if applied > 1 { "s" } else { "" });
    match applied {
        0 => text!("{entered} stagiaire{s}", "{entered} trainee{s}"),
        _ => {
            text!("{entered} stagiaire{s}, {applied} candidature{a}", "{entered} trainee{s}, {applied} application{a}")
        }
    }
}

/// `11 en formation · 1 sorti · présence 94,2 %`, on as many lines as a narrow screen needs.
pub fn footer(lines: &[Line], room: usize) -> Vec<Text> {
    let mut parts: Vec<Text> = Vec::new();
    for standing in Standing::ALL {
        let count = lines.iter().filter(|line| line.standing == *standing).count();
        if count > 0 {
            let label = standing.text();
            let varies = !matches!(standing, Standing::InTraining | Standing::Waiting);
            let plural = if count > 1 && varies { "s" } else { "" };
            parts.push(Text::new(format!("{count} {}{plural}", label.fr), format!("{count} {}", label.en)));
        }
    }
    let mut all = Presence::default();
    lines.iter().for_each(|line| all.add(&line.presence));
    if all.rate().is_some() {
        let rate = |lang| number::for_people(&presence::rate(&all), lang).unwrap_or_default();
        let (fr, en) = (rate(crate::domain::Lang::Fr), rate(crate::domain::Lang::En));
        parts.push(Text::new(format!("présence {fr} %"), format!("attendance {en}%")));
    }
    let packed = |get: fn(&Text) -> &str| hanging("", parts.iter().map(get), room, " · ");
    let (fr, en) = (packed(|t| &t.fr), packed(|t| &t.en));
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    (0..fr.len().max(en.len())).map(|at| Text::new(line(&fr, at), line(&en, at))).collect()
}
