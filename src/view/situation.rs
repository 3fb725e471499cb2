//! A recorded situation: whether it runs on a day, how it is said, alone and in a table.

use crate::domain::contract::{Term, took_place};
use crate::domain::id::RecordId;
use crate::domain::kind::placement;
use crate::domain::placement::{Evidence, SituationType};
use crate::domain::{ClosedList, Date, Kind, Record, Text};
use crate::ops::request::spoken;
use crate::sheet::{Cell, Column, ColumnKind, Sheet, Values, record};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;

/// A situation, read from its record.
#[derive(Debug, Clone)]
pub struct Situation {
    /// The record.
    pub record: Record,
    /// Its number.
    pub number: RecordId,
    /// Its type.
    pub kind: SituationType,
    /// Its days.
    pub term: Term,
}

impl Situation {
    fn of(record: Record) -> Option<Situation> {
        let (number, kind, term) = (record.id?, record.list(placement::TYPE)?, Term::of(&record)?);
        Some(Situation { record, number, kind, term })
    }
    /// The situations asked for, in the order of exports.
    pub fn all(lookup: &Lookup<'_>, which: Which) -> Result<Vec<Situation>> {
        Ok(lookup.records(Kind::Placements, which)?.into_iter().filter_map(Situation::of).collect())
    }
    /// The slug of the person.
    pub fn trainee(&self) -> &str {
        self.record.text(placement::TRAINEE).unwrap_or_default()
    }
    /// Where the person works: the firm where a temp worker is sent, else the employer.
    pub fn workplace(&self) -> Option<&str> {
        self.record.text(placement::USER_COMPANY).or(self.record.text(placement::COMPANY))
    }
    /// Signed and never begun: it counts nowhere.
    pub fn never_began(&self) -> bool {
        !took_place(&self.record)
    }
    /// Its last day: the real one, else the planned one, else none.
    pub fn end(&self) -> Option<Date> {
        self.term.end()
    }
    /// Whether it holds on a day.
    pub fn runs_on(&self, day: Date) -> bool {
        !self.never_began() && self.term.runs_on(day)
    }
    /// Whether it began by a day and nobody said that it ended.
    pub fn is_open_on(&self, day: Date) -> bool {
        !self.never_began() && self.term.is_open_on(day)
    }
    /// Whether someone in it is neither at work nor in training.
    pub fn is_waiting(&self) -> bool {
        use SituationType::{DemandeurEmploi, Inactif, SansNouvelles};
        matches!(self.kind, DemandeurEmploi | Inactif | SansNouvelles)
    }
    /// Whether it is a mission before hiring.
    pub fn is_prehire(&self) -> bool {
        self.record.is(placement::PREHIRE)
    }
    /// `CDI de ferre-amelie chez Sogetrel du 29/04/2019`.
    pub fn said(&self) -> Text {
        subject(&self.record)
    }
    /// One line of a list to choose from: number, type, company, dates.
    pub fn line(&self) -> Text {
        let (label, number) = (self.kind.text(), self.number);
        let place = self.workplace().unwrap_or("—");
        let (a, b) = (self.term.start.french(), self.end().map_or_else(|| "…".to_owned(), Date::french));
        text!("n° {number}  {label}  {place}  {a} → {b}", "no. {number}  {label}  {place}  {a} → {b}"; label)
    }
}

/// A situation in a sentence: what, whose, where, from when.
pub fn subject(record: &Record) -> Text {
    let who = record.text(placement::TRAINEE).unwrap_or_default();
    let kind = record.list::<SituationType>(placement::TYPE).map_or(Text::fixed("", ""), ClosedList::text);
    let place = record.text(placement::USER_COMPANY).or(record.text(placement::COMPANY));
    let at = place.map_or(Text::fixed("", ""), |place| text!(" chez {place}", " at {place}"));
    let start = record.date(placement::START);
    let from = start.map_or(Text::fixed("", ""), |start| text!(" à partir du {start}", " from {start}"; start));
    text!("{who}, {kind}{at}{from}", "{who}, {kind}{at}{from}"; kind, at, from)
}

/// Situations as a table.
pub fn sheet(found: &[Situation], values: Values) -> Sheet {
    let mut sheet = Sheet::new("placements", columns());
    sheet.rows = found.iter().map(|situation| row(situation, values)).collect();
    sheet
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
        Cell::Int(situation.number.number()),
        text(placement::COHORT),
        text(placement::TRAINEE),
        values.cell(Some(situation.kind)),
        text(placement::COMPANY),
        text(placement::USER_COMPANY),
        Cell::Date(situation.term.start),
        Cell::date(record.date(placement::PLANNED_END)),
        Cell::date(record.date(placement::ACTUAL_END)),
        Cell::Bool(situation.is_prehire()),
        values.cell(record.list::<Evidence>(placement::EVIDENCE)),
        Cell::date(record.date(placement::SEEN_ON)),
    ]
}

/// Every field of some situations as a table.
pub fn full_sheet(found: &[Situation]) -> Sheet {
    let mut columns = vec![Column::new("number", "N°", "No.", ColumnKind::Code)];
    columns.extend(record::columns(Kind::Placements));
    let mut sheet = Sheet::new("placements", columns);
    sheet.rows = found
        .iter()
        .map(|situation| {
            let mut row = vec![Cell::Int(situation.number.number())];
            row.extend(record::cells(&situation.record));
            row
        })
        .collect();
    sheet
}

/// Situations one after the other, a line per field that says something.
pub fn pages(list: &[Situation]) -> Text {
    Text::join(&list.iter().map(page).collect::<Vec<_>>(), "\n\n")
}

/// One situation, a line per field that says something.
fn page(situation: &Situation) -> Text {
    let record = &situation.record;
    let head = situation.said();
    let (mut fr, mut en) =
        (format!("n° {} · {}", situation.number, head.fr), format!("no. {} · {}", situation.number, head.en));
    for (field, value) in record.kind.all_at().zip(&record.values) {
        if value.is_none() || field == placement::TRAINEE || (field == placement::PREHIRE && !situation.is_prehire()) {
            continue;
        }
        let said = spoken(&field, value.as_ref());
        fr.push_str(&format!("\n  {:<24}  {}", field.fr, said.fr));
        en.push_str(&format!("\n  {:<24}  {}", field.name, said.en));
    }
    Text::new(fr, en)
}
