//! The chronology of one person: everything recorded of them, as dated events.

use super::standing::placement_words;
use crate::domain::id::RecordId;
use crate::domain::kind::{
    FieldAt, Holds, Target, certificate, followup, interview, licence, module, note, placement, result, trainee,
};
use crate::domain::placement::{Channel, Point};
use crate::domain::progress::{CertificateOutcome, InterviewKind, LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::stay::Presence;
use crate::domain::trainee::{Decision, ExitReason};
use crate::domain::{ClosedList, Date, Kind, Lang, Month, Record, Text, Value};
use crate::ops::request::spoken;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Somebody applied.
    Application,
    /// They were interviewed for a place.
    Selection,
    /// They entered a cohort.
    Entry,
    /// They left it.
    Exit,
    /// A situation ended.
    PlacementEnd,
    /// What a record of this kind tells.
    Of(Kind),
}

impl EventKind {
    /// Its code in files: that of a record is the name of its table.
    fn code(self) -> &'static str {
        match self {
            EventKind::Application => "application",
            EventKind::Selection => "selection",
            EventKind::Entry => "entry",
            EventKind::Exit => "exit",
            EventKind::PlacementEnd => "placement_end",
            EventKind::Of(kind) => kind.declaration().table,
        }
    }

    fn text(self) -> Text {
        match self {
            EventKind::Application => text!("candidature", "application"),
            EventKind::Selection => text!("sélection", "selection"),
            EventKind::Entry => text!("entrée", "entry"),
            EventKind::Exit => text!("sortie", "exit"),
            EventKind::PlacementEnd => text!("fin d'emploi", "placement end"),
            EventKind::Of(kind) => {
                kind.declaration().event.as_ref().map_or_else(|| kind.one(), |event| event.word.clone())
            }
        }
    }

    /// Of one day the higher comes first: the end of a course after what happened in it, then what followed.
    fn rank(self) -> usize {
        match self {
            EventKind::Application => 0,
            EventKind::Selection => 1,
            EventKind::Entry => 2,
            EventKind::Of(Kind::Results) => 3,
            EventKind::Of(Kind::Licence) => 4,
            EventKind::Of(Kind::Certificates) => 5,
            EventKind::Of(Kind::Interviews) => 6,
            EventKind::Of(Kind::Attendance) => 7,
            EventKind::Exit => 8,
            EventKind::Of(Kind::Placements) => 9,
            EventKind::PlacementEnd => 10,
            EventKind::Of(kind) => 11 + kind as usize,
        }
    }
}

/// One dated thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: Date,
    /// What kind of thing.
    pub kind: EventKind,
    /// What it is about: the module, the step, the kind.
    pub about: Text,
    /// What there is to say of it.
    pub detail: Text,
    /// The cohort, where there is one.
    pub cohort: Option<String>,
    /// The record's number, where it has one.
    pub record: Option<RecordId>,
}

/// The events of records of one kind; records are in the order of their days.
pub fn of(kind: Kind, records: &[Record], modules: &[Record]) -> Vec<Event> {
    match kind {
        Kind::Trainees => records.iter().flat_map(stay).collect(),
        Kind::Results => results(records, modules),
        Kind::Placements => records.iter().flat_map(placement).collect(),
        _ => records.iter().filter_map(|record| other(kind, record)).collect(),
    }
}

/// The latest first; what shares a day keeps one order for ever.
pub fn sorted(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by(|a, b| {
        (b.date, b.kind.rank(), b.record).cmp(&(a.date, a.kind.rank(), a.record)).then(a.detail.cmp(&b.detail))
    });
    events
}

fn event(date: Date, kind: EventKind, record: &Record) -> Event {
    let detail = Text::same("");
    let cohort = record.cohort().map(str::to_owned);
    Event { date, kind, about: kind.text(), detail, cohort, record: record.id }
}

/// Application, selection, entry and exit of a participation.
fn stay(record: &Record) -> Vec<Event> {
    let code = record.text(trainee::COHORT).unwrap_or("");
    let at = |field: FieldAt, kind, detail: Text| {
        // The number of a row of trainees is the person's, and all of these rows are that person's.
        record.date(field).map(|date| Event { detail, record: None, ..event(date, kind, record) })
    };
    let decision = record.list::<Decision>(trainee::DECISION).map_or(Text::same(""), ClosedList::text);
    let decision = Text::new(format!("promo {code}, {}", decision.fr), format!("cohort {code}, {}", decision.en));
    let entry = text!("promo {code}", "cohort {code}");
    let reason = record.list::<ExitReason>(trainee::EXIT_REASON).map_or(Text::same(""), ClosedList::text);
    let exit = Text::new(format!("promo {code} : {}", reason.fr), format!("cohort {code}: {}", reason.en));
    let referrer = record.text(trainee::REFERRER).map_or(Text::same(""), Text::same);
    let events = [
        at(trainee::APPLICATION_DATE, EventKind::Application, decision),
        at(trainee::INTERVIEW_DATE, EventKind::Selection, referrer),
        at(trainee::ENTRY, EventKind::Entry, entry),
        at(trainee::EXIT, EventKind::Exit, exit),
    ];
    events.into_iter().flatten().collect()
}

/// A result shows the mark before it, when there is one.
fn results(records: &[Record], modules: &[Record]) -> Vec<Event> {
    let mut before: BTreeMap<(&str, &str), Text> = BTreeMap::new();
    let mut ordered: Vec<&Record> = records.iter().collect();
    ordered.sort_by_key(|r| (r.date(result::DATE), r.id));
    let mut events = Vec::new();
    for record in ordered {
        let Some(date) = record.date(result::DATE) else { continue };
        let key = (record.text(result::COHORT).unwrap_or(""), record.text(result::MODULE).unwrap_or(""));
        let outcome = record.list::<ModuleOutcome>(result::OUTCOME).map_or(Text::same(""), ClosedList::text);
        let detail = match mark(record) {
            Some(mark) => {
                let old = before.insert(key, mark.clone());
                let arrow =
                    |old: Option<&str>, new: &str| old.map_or_else(|| new.to_owned(), |old| format!("{old} → {new}"));
                let (fr, en) =
                    (arrow(old.as_ref().map(|t| &*t.fr), &mark.fr), arrow(old.as_ref().map(|t| &*t.en), &mark.en));
                match record.list::<ModuleOutcome>(result::OUTCOME) {
                    Some(ModuleOutcome::InProgress) => Text::new(fr, en),
                    _ => Text::new(format!("{fr}, {}", outcome.fr), format!("{en}, {}", outcome.en)),
                }
            }
            None => outcome,
        };
        let about = Text::same(title_of(modules, key));
        events.push(Event { about, detail, ..event(date, EventKind::Of(Kind::Results), record) });
    }
    events
}

/// The title of a module when it is short, else its code.
fn title_of(modules: &[Record], (cohort, code): (&str, &str)) -> String {
    let found = modules.iter().find(|m| m.text(module::COHORT) == Some(cohort) && m.text(module::MODULE) == Some(code));
    found.and_then(|m| m.text(module::TITLE)).filter(|title| title.width() <= SHORT_TITLE).unwrap_or(code).to_owned()
}

/// The widest title of a module that is shown instead of its code.
pub const SHORT_TITLE: usize = 20;

/// The mark of a result: `14/20`.
pub fn mark(record: &Record) -> Option<Text> {
    let number = |field: FieldAt| {
        let whole = spoken(&field, Some(record.get(field)?));
        Some(Text::new(without_zeros(&whole.fr, ','), without_zeros(&whole.en, '.')))
    };
    let mark = number(result::MARK)?;
    Some(match number(result::OUT_OF) {
        Some(out_of) => Text::new(format!("{}/{}", mark.fr, out_of.fr), format!("{}/{}", mark.en, out_of.en)),
        None => mark,
    })
}

fn without_zeros(number: &str, point: char) -> &str {
    if number.contains(point) { number.trim_end_matches('0').trim_end_matches(point) } else { number }
}

fn placement(record: &Record) -> Vec<Event> {
    let words = placement_words(record);
    let mut events = Vec::new();
    if let Some(start) = record.date(placement::START) {
        let detail = match record.date(placement::PLANNED_END) {
            Some(end) => {
                let day = end.french();
                text!("{words}, jusqu'au {day}", "{words}, until {day}"; words)
            }
            None => words.clone(),
        };
        events.push(Event { detail, ..event(start, EventKind::Of(Kind::Placements), record) });
    }
    if let Some(end) = record.date(placement::ACTUAL_END) {
        let reason = record.text(placement::END_REASON).map(|r| format!(", {r}")).unwrap_or_default();
        let detail = Text::new(format!("{}{reason}", words.fr), format!("{}{reason}", words.en));
        events.push(Event { detail, ..event(end, EventKind::PlacementEnd, record) });
    }
    events
}

fn other(kind: Kind, record: &Record) -> Option<Event> {
    let date = record.day()?;
    Some(match kind {
        Kind::Licence => licence(date, record),
        Kind::Certificates => {
            let outcome =
                record.list::<CertificateOutcome>(certificate::OUTCOME).map_or(Text::same(""), ClosedList::text);
            let about = Text::same(record.text(certificate::CERTIFICATE).unwrap_or(""));
            Event { about, detail: outcome, ..event(date, EventKind::Of(Kind::Certificates), record) }
        }
        Kind::Interviews => {
            let kind = record.list::<InterviewKind>(interview::KIND).map_or(Text::same(""), ClosedList::text);
            let minutes = record.int(interview::MINUTES).map(|m| format!("{m} min"));
            let note = record.text(interview::NOTE).map(str::to_owned);
            let detail = joined(kind, [minutes, note]);
            Event { detail, ..event(date, EventKind::Of(Kind::Interviews), record) }
        }
        Kind::Followups => {
            let point = record.list::<Point>(followup::POINT).map_or(Text::same(""), ClosedList::text);
            let reached = if record.is(followup::REACHED) {
                text!("joint", "reached")
            } else {
                text!("pas joint", "not reached")
            };
            let by = record.list::<Channel>(followup::CHANNEL).map(ClosedList::text);
            let by = by.map_or(Text::same(""), |by| Text::new(format!(" ({})", by.fr), format!(" ({})", by.en)));
            let first = Text::new(
                format!("{} : {}{}", point.fr, reached.fr, by.fr),
                format!("{}: {}{}", point.en, reached.en, by.en),
            );
            let detail = joined(first, [record.text(followup::NOTE).map(str::to_owned)]);
            Event { detail, ..event(date, EventKind::Of(Kind::Followups), record) }
        }
        Kind::Notes => {
            let detail = Text::same(record.text(note::TEXT).unwrap_or(""));
            Event { detail, ..event(date, EventKind::Of(Kind::Notes), record) }
        }
        kind => Event { detail: told(record), ..event(date, EventKind::Of(kind), record) },
    })
}

/// What a record says beside whose it is and when: every field that holds something, texts last.
fn told(record: &Record) -> Text {
    let day = record.kind.declaration().event.as_ref().map(|event| event.day);
    let owner = |field: &FieldAt| field.names_a(Target::Cohort) || field.names_a(Target::Trainee);
    let fields = record.kind.all_at().filter(|field| Some(*field) != day && !owner(field));
    let (texts, others): (Vec<FieldAt>, Vec<FieldAt>) = fields.partition(|field| matches!(field.holds, Holds::Note));
    let said = others.into_iter().chain(texts).filter_map(|field| match record.get(field)? {
        Value::Bool(false) => None,
        Value::Bool(true) => Some(field.text().map(str::to_lowercase)),
        // A second day says which one it is.
        value @ Value::Date(_) => {
            let value = spoken(&field, Some(value));
            let (name, en) = (field.fr.to_lowercase(), field.name.replace('_', " "));
            Some(text!("{name} {value}", "{en} {value}"; value))
        }
        value => Some(spoken(&field, Some(value))),
    });
    Text::join(&said.collect::<Vec<_>>(), ", ")
}

fn licence(date: Date, record: &Record) -> Event {
    let about = match record.list::<LicenceStep>(licence::STEP) {
        Some(LicenceStep::CodeExam) => text!("code", "theory test"),
        Some(LicenceStep::DrivingExam) => text!("conduite", "driving test"),
        Some(LicenceStep::Lesson) => text!("leçon de conduite", "driving lesson"),
        _ => text!("inscription permis", "licence registration"),
    };
    let outcome = record.list::<LicenceOutcome>(licence::OUTCOME).map_or(Text::same(""), ClosedList::text);
    let detail = match record.get(licence::HOURS) {
        Some(hours) => spoken(&licence::HOURS, Some(hours)),
        None => outcome,
    };
    Event { about, detail, ..event(date, EventKind::Of(Kind::Licence), record) }
}

fn joined(first: Text, rest: impl IntoIterator<Item = Option<String>>) -> Text {
    let rest: String = rest.into_iter().flatten().map(|part| format!(", {part}")).collect();
    Text::new(format!("{}{rest}", first.fr), format!("{}{rest}", first.en))
}

/// One event a month for the half-days of a participation, on the last of its days.
pub fn attendance(cohort: &str, months: &BTreeMap<Month, Presence>, until: Date) -> Vec<Event> {
    let month = |(month, half_days): (&Month, &Presence)| {
        let kind = EventKind::Of(Kind::Attendance);
        let cohort = Some(cohort.to_owned());
        let detail = presence_words(half_days);
        Event { date: month.last().min(until), kind, about: kind.text(), detail, cohort, record: None }
    };
    months.iter().map(month).collect()
}

/// `39 demi-journées sur 40, 1 justifiée (transport)`.
pub fn presence_words(half_days: &Presence) -> Text {
    let Presence { planned, present, excused, unexcused, reasons } = half_days;
    let unmarked = half_days.unmarked();
    let (s, p) = (if *present > 1 { "s" } else { "" }, if *present == 1 { "" } else { "s" });
    let mut words =
        Text::new(format!("{present} demi-journée{s} sur {planned}"), format!("{present} half-day{p} of {planned}"));
    let absences = [
        (*excused, "justifiée", "excused"),
        (*unexcused, "injustifiée", "unexcused"),
        (unmarked, "non saisie", "unmarked"),
    ];
    for (count, fr, en) in absences {
        if count > 0 {
            let plural = if count > 1 { "s" } else { "" };
            words.fr.to_mut().push_str(&format!(", {count} {fr}{plural}"));
            words.en.to_mut().push_str(&format!(", {count} {en}"));
        }
        if en == "excused" && count > 0 && !reasons.is_empty() {
            let all = |lang| reasons.keys().map(|r| r.label(lang)).collect::<Vec<_>>().join(", ");
            words.fr.to_mut().push_str(&format!(" ({})", all(Lang::Fr)));
            words.en.to_mut().push_str(&format!(" ({})", all(Lang::En)));
        }
    }
    words
}

/// The chronology as a table.
pub fn sheet(slug: &str, events: &[Event]) -> Sheet {
    let columns = vec![
        Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Code).hide_first(4),
        Column::new("date", "Date", "Date", ColumnKind::Date),
        Column::new("event", "Événement", "Event", ColumnKind::Code).hide_first(3),
        Column::new("about", "Objet", "About", ColumnKind::Text),
        Column::new("detail", "Détail", "Detail", ColumnKind::Text).hide_first(1),
        Column::new("cohort", "Promo", "Cohort", ColumnKind::Code).hide_first(2),
        Column::new("record", "Fiche", "Record", ColumnKind::Code).hide_first(5),
    ];
    let mut sheet = Sheet::new("chronology", columns);
    let words = |text: &Text| if text.fr.is_empty() { Cell::Empty } else { Cell::Words(text.clone()) };
    let row = |event: &Event| {
        vec![
            Cell::Text(slug.to_owned()),
            Cell::Date(event.date),
            Cell::Text(event.kind.code().to_owned()),
            words(&event.about),
            words(&event.detail),
            Cell::text(event.cohort.clone()),
            Cell::int(event.record.map(RecordId::number)),
        ]
    };
    sheet.rows = events.iter().map(row).collect();
    sheet
}
