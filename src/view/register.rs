//! The attendance register of some days: who is there, which half-days, the marks there are, what makes it a proof.

use crate::domain::cohort::{Half, SlotKind};
use crate::domain::id::PersonId;
use crate::domain::kind::{FieldAt, Kind, cohort, module, slot};
use crate::domain::period::Period;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Date, Record, Text};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::attendance::Mark;
use crate::store::records::Which;
use crate::store::{CohortSpan, Identity, Lookup, Stay};
use crate::text;
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};

/// Days in a week.
const WEEK: i32 = 7;

/// A half-day of the calendar that takes place.
pub struct Slot {
    /// The day.
    pub date: Date,
    /// Its half.
    pub half: Half,
    /// Its length in minutes.
    pub minutes: i64,
    /// The code of its module.
    pub module: Option<String>,
    /// Who teaches it.
    pub trainer: Option<String>,
}

impl Slot {
    /// The header of its column for people: `10/12/2018 matin` / `2018-12-10 am`, as import reads it back.
    fn header(&self) -> Text {
        let (day, date) = (self.date.french(), self.date);
        match self.half {
            Half::Am => text!("{day} matin", "{date} am"),
            Half::Pm => text!("{day} après-midi", "{date} pm"),
        }
    }
    fn column(&self) -> Column {
        let Text { fr, en } = self.header();
        Column::new("half_day", &fr, &en, ColumnKind::Code).own_key(format!("{} {}", self.date, self.half.code()))
    }
}

/// The half-days of a cohort that take place, in order.
pub fn calendar(lookup: &Lookup<'_>, cohort: &CohortSpan) -> Result<Vec<Slot>> {
    let slot = |record: Record| {
        let (date, half) = (record.date(slot::DATE)?, record.list::<Half>(slot::HALF)?);
        let takes_place = record.list::<SlotKind>(slot::KIND).is_none_or(SlotKind::takes_place);
        let minutes = record.int(slot::MINUTES).unwrap_or(cohort.slot_minutes);
        let text = |field| record.text(field).map(str::to_owned);
        let (module, trainer) = (text(slot::MODULE), text(slot::TRAINER));
        takes_place.then_some(Slot { date, half, minutes, module, trainer })
    };
    let mut slots: Vec<Slot> =
        lookup.records(Kind::Slots, Which::Cohort(cohort.id))?.into_iter().filter_map(slot).collect();
    slots.sort_by_key(|slot| (slot.date, slot.half));
    Ok(slots)
}

/// The week of today while something of it is still to come, else the next week with a half-day, else the last one.
pub fn week(calendar: &[Slot], today: Date) -> Period {
    let day = calendar.iter().map(|slot| slot.date).find(|date| *date >= today);
    let day = day.or(calendar.last().map(|slot| slot.date)).unwrap_or(today);
    let monday = day.plus_days(-i32::try_from(day.weekday()).unwrap_or(0));
    let week = Period::range(monday, monday.plus_days(WEEK - 1)).unwrap_or_else(|| Period::day(day));
    Period { echo: true, ..week }
}

/// Somebody who is in the cohort on one of the days.
pub struct Here {
    /// Who.
    pub person: Identity,
    /// Their participation.
    pub stay: Stay,
    /// The last day they can come.
    pub last: Date,
}

impl Here {
    /// Whether they are in the cohort on a day.
    pub fn on(&self, day: Date) -> bool {
        self.stay.entry.is_some_and(|entry| entry <= day) && day <= self.last
    }
    /// The name, as lists have it.
    pub fn name(&self) -> String {
        format!("{} {}", self.person.last_name, self.person.first_name)
    }
}

/// Those who are in the cohort on one of the days, by name.
pub fn people(lookup: &Lookup<'_>, cohort: &CohortSpan, period: &Period) -> Result<Vec<Here>> {
    let identities: HashMap<PersonId, Identity> = lookup.identities()?.into_iter().map(|p| (p.id, p)).collect();
    let mut people = Vec::new();
    for stay in lookup.stays_in(cohort.id)? {
        let Some(person) = identities.get(&stay.person).cloned() else { continue };
        let last = stay.exit.unwrap_or(cohort.end);
        let meets = stay.entry.is_some_and(|entry| entry <= period.to) && period.from <= last;
        if meets {
            people.push(Here { person, stay, last });
        }
    }
    people.sort_by(|a, b| (&a.person.folded, a.person.id).cmp(&(&b.person.folded, b.person.id)));
    Ok(people)
}

/// The sheet: a row per person, a column per half-day, with the marks there are.
pub fn grid(lookup: &Lookup<'_>, cohort: &CohortSpan, slots: &[&Slot], people: &[Here]) -> Result<Sheet> {
    let mut columns = vec![
        Column::new("cohort", "Promotion", "Cohort", ColumnKind::Code).hide_first(2),
        Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Code).hide_first(1),
        Column::new("name", "Nom", "Name", ColumnKind::Text),
    ];
    columns.extend(slots.iter().map(|slot| slot.column()));
    let mut sheet = Sheet::new("attendance", columns);
    for here in people {
        let marks: BTreeMap<(Date, Half), Mark> =
            lookup.marks_of(here.stay.id)?.into_iter().map(|(at, mark)| ((at.date, at.half), mark)).collect();
        let mut row =
            vec![Cell::Text(cohort.code.clone()), Cell::Text(here.person.slug.clone()), Cell::Text(here.name())];
        row.extend(slots.iter().map(|slot| match marks.get(&(slot.date, slot.half)) {
            Some(mark) => Cell::Words(letter(*mark, slot.minutes)),
            None => Cell::Empty,
        }));
        sheet.rows.push(row);
    }
    let code = &cohort.code;
    sheet.title = Some(text!("Feuille de présence · {code}", "Attendance sheet · {code}"));
    sheet.footer.push(text!(
        "P présent · J justifié · A absent · 2h30 la durée d'un retard ou d'un départ",
        "P present · E excused · U unexcused · 2h30 how long, when late or gone early"
    ));
    Ok(sheet)
}

/// A mark as sheets say it; somebody who came for a part of the half-day has the time spent.
fn letter(mark: Mark, whole: i64) -> Text {
    match mark.status {
        AttendanceStatus::Excused => text!("J", "E"),
        AttendanceStatus::Unexcused => text!("A", "U"),
        AttendanceStatus::Present if mark.minutes == whole => text!("P", "P"),
        AttendanceStatus::Present => Text::same(format!("{}h{:02}", mark.minutes / 60, mark.minutes % 60)),
    }
}

/// Whose cells are to stay empty: a mark before the entry or after the exit would be refused.
pub fn outside(people: &[Here], slots: &[&Slot]) -> Vec<Text> {
    let mut said = Vec::new();
    for here in people.iter().filter(|here| slots.iter().any(|slot| !here.on(slot.date))) {
        let name = here.name();
        let (last, day) = (here.last, here.last.french());
        if let Some(entry) = here.stay.entry.filter(|entry| slots.iter().any(|slot| slot.date < *entry)) {
            said.push(text!(
                "Laissez vide avant l'entrée : {name}, le {entry}",
                "Leave empty before the entry: {name}, {entry}";
                entry
            ));
        }
        if slots.iter().any(|slot| here.last < slot.date) {
            said.push(text!(
                "Laissez vide après la sortie : {name}, le {day}",
                "Leave empty after the exit: {name}, {last}"
            ));
        }
    }
    said
}

/// What a sheet must say to count as proof: title, place, hours, modules and trainer of each half-day. A second leaf
/// of the workbook, which import does not read.
pub fn mentions(lookup: &Lookup<'_>, cohort: &CohortSpan, slots: &[&Slot]) -> Result<Sheet> {
    let record = lookup.records(Kind::Cohorts, Which::Id(cohort.id.into()))?.pop();
    let of_cohort = |field: FieldAt| Cell::text(record.as_ref().and_then(|record| record.text(field)));
    let titles: HashMap<String, String> = lookup
        .records(Kind::Modules, Which::Cohort(cohort.id))?
        .iter()
        .filter_map(|module| Some((module.text(module::MODULE)?.to_owned(), module.text(module::TITLE)?.to_owned())))
        .collect();
    let column = |key, fr, en, kind| Column::new(key, fr, en, kind);
    let mut sheet = Sheet::new(
        "mentions",
        vec![
            column("title", "Intitulé de l'action", "Title of the course", ColumnKind::Text),
            column("cohort", "Promotion", "Cohort", ColumnKind::Code),
            column("site", "Lieu", "Place", ColumnKind::Text),
            column("date", "Date", "Date", ColumnKind::Date),
            column("half", "Demi-journée", "Half-day", ColumnKind::Text),
            column("hours", "Heures", "Hours", ColumnKind::Number),
            column("module", "Module", "Module", ColumnKind::Text),
            column("trainer", "Formateur", "Trainer", ColumnKind::Text),
            column("signature", "Signature du formateur", "Signature of the trainer", ColumnKind::Text),
        ],
    );
    for slot in slots {
        let module = slot.module.as_deref().map(|code| match titles.get(code) {
            Some(title) => format!("{code} {title}"),
            None => code.to_owned(),
        });
        sheet.rows.push(vec![
            of_cohort(cohort::TITLE),
            Cell::Text(cohort.code.clone()),
            of_cohort(cohort::SITE),
            Cell::Date(slot.date),
            Cell::Words(ClosedList::text(slot.half)),
            Cell::Hours(slot.minutes),
            Cell::text(module),
            Cell::text(slot.trainer.as_deref()),
            Cell::Empty,
        ]);
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(date: &str) -> Slot {
        let date = Date::parse_iso(date).unwrap();
        Slot { date, half: Half::Am, minutes: 210, module: None, trainer: None }
    }

    #[track_caller]
    fn check(today: &str, from: &str) {
        let calendar = ["2018-12-03", "2018-12-05", "2018-12-14", "2019-01-07"].map(slot);
        let week = week(&calendar, Date::parse_iso(today).unwrap());
        assert_eq!((week.from.to_string(), week.to), (from.to_owned(), week.from.plus_days(6)), "{today}");
    }

    #[test]
    fn the_week_is_the_one_where_something_is_still_to_come() {
        check("2018-12-03", "2018-12-03");
        check("2018-12-05", "2018-12-03");
        check("2018-12-06", "2018-12-10");
        check("2018-12-15", "2019-01-07");
        check("2019-03-01", "2019-01-07");
        check("2018-01-01", "2018-12-03");
    }

    #[test]
    fn a_mark_is_a_letter_or_a_duration() {
        let mark = |status, minutes| Mark {
            status,
            minutes,
            justification: None,
            signed_trainee: false,
            signed_trainer: false,
        };
        assert_eq!(letter(mark(AttendanceStatus::Present, 210), 210), text!("P", "P"));
        assert_eq!(letter(mark(AttendanceStatus::Present, 45), 210), Text::same("0h45"));
        assert_eq!(letter(mark(AttendanceStatus::Excused, 0), 210), text!("J", "E"));
        assert_eq!(letter(mark(AttendanceStatus::Unexcused, 0), 210), text!("A", "U"));
    }
}
