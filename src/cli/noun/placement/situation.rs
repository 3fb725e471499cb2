//! A recorded situation with what the commands ask of it: does it run on a day, how it is said.

use crate::domain::folding::shown;
use crate::domain::placement::SituationType;
use crate::domain::{ClosedList, Date, Kind, Record, Refusal, Text};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::text;
use anyhow::{Result, bail};

/// A situation, read from its record.
#[derive(Debug, Clone)]
pub struct Situation {
    /// The record.
    pub record: Record,
    /// Its number.
    pub number: i64,
    /// Its type.
    pub kind: SituationType,
    /// First day.
    pub start: Date,
}

impl Situation {
    fn of(record: Record) -> Option<Situation> {
        let (number, kind, start) = (record.id?, record.list("type")?, record.date("start")?);
        Some(Situation { record, number, kind, start })
    }
    /// The situations asked for, in the order of exports.
    pub fn all(lookup: &Lookup<'_>, which: Which) -> Result<Vec<Situation>> {
        Ok(lookup.records(Kind::Placements, which)?.into_iter().filter_map(Situation::of).collect())
    }
    /// The situation of a number as typed.
    pub fn numbered(lookup: &Lookup<'_>, typed: &str) -> Result<Situation> {
        let Some(number) = number(typed) else {
            let word = shown(typed);
            bail!(
                Refusal::usage(text!("« {word} » n'est pas un numéro", "“{word}” is not a number"))
                    .hint(text!("Les numéros : fil placement list", "The numbers: fil placement list"))
            );
        };
        match Situation::all(lookup, Which::Id(number))?.pop() {
            Some(found) => Ok(found),
            None => bail!(
                Refusal::selector(text!("il n'y a pas de situation n° {number}", "there is no placement no. {number}"))
                    .hint(text!("Les numéros : fil placement list", "The numbers: fil placement list"))
            ),
        }
    }
    /// The slug of the person.
    pub fn trainee(&self) -> &str {
        self.record.text("trainee").unwrap_or_default()
    }
    /// Where the person works: the firm where a temp worker is sent, else the employer.
    pub fn workplace(&self) -> Option<&str> {
        self.record.text("user_company").or(self.record.text("company"))
    }
    /// Signed and never begun: it counts nowhere.
    pub fn never_began(&self) -> bool {
        self.record.text("end_reason") == Some(NOT_STARTED)
    }
    /// Its last day: the real one, else the planned one, else none.
    pub fn end(&self) -> Option<Date> {
        self.record.date("actual_end").or(self.record.date("planned_end"))
    }
    /// Whether it holds on a day.
    pub fn runs_on(&self, day: Date) -> bool {
        !self.never_began() && self.start <= day && self.end().is_none_or(|end| day <= end)
    }
    /// Whether it began by a day and nobody said that it ended.
    pub fn is_open_on(&self, day: Date) -> bool {
        !self.never_began() && self.start <= day && self.record.date("actual_end").is_none()
    }
    /// Whether someone in it is neither at work nor in training.
    pub fn is_waiting(&self) -> bool {
        use SituationType::{DemandeurEmploi, Inactif, SansNouvelles};
        matches!(self.kind, DemandeurEmploi | Inactif | SansNouvelles)
    }
    /// Whether it is a mission before hiring.
    pub fn is_prehire(&self) -> bool {
        self.record.is("prehire")
    }
    /// `CDI de ferre-amelie chez Sogetrel du 29/04/2019`.
    pub fn said(&self) -> Text {
        subject(&self.record)
    }
    /// One line of a list to choose from: number, type, company, dates.
    pub fn line(&self) -> Text {
        let (label, number) = (self.kind.text(), self.number);
        let place = self.workplace().unwrap_or("—");
        let (a, b) = (self.start.french(), self.end().map_or_else(|| "…".to_owned(), Date::french));
        let (fr, en) = (label.fr, label.en);
        text!("n° {number}  {fr}  {place}  {a} → {b}", "no. {number}  {en}  {place}  {a} → {b}")
    }
}

/// The reason of an end that never was a beginning.
pub const NOT_STARTED: &str = "not_started";

/// The record number that was typed, when it is one.
pub fn number(typed: &str) -> Option<i64> {
    typed.bytes().all(|b| b.is_ascii_digit()).then(|| typed.parse().ok()).flatten()
}

/// A situation in a sentence: what, whose, where, from when.
pub fn subject(record: &Record) -> Text {
    let who = record.text("trainee").unwrap_or_default();
    let kind = record.list::<SituationType>("type").map(ClosedList::text);
    let (fr, en) = kind.map_or_else(Default::default, |label| (label.fr, label.en));
    let place = record.text("user_company").or(record.text("company"));
    let (at_fr, at_en) = match place {
        Some(place) => (format!(" chez {place}"), format!(" at {place}")),
        None => Default::default(),
    };
    let (from_fr, from_en) = match record.date("start") {
        Some(start) => (format!(" à partir du {}", start.french()), format!(" from {start}")),
        None => Default::default(),
    };
    text!("{who}, {fr}{at_fr}{from_fr}", "{who}, {en}{at_en}{from_en}")
}
