//! Marking half-days: the same rules for one mark at the keyboard and a million in a file.

use super::request::{Change, Outcome, Request, Said, Trouble};
use super::resolve::{World, resolve};
use super::save::{Mode, Saved, Saving};
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::list::ClosedList;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Kind, Text, Value};
use crate::store::attendance::{HalfDay, Mark, Slot};
use crate::store::{Lookup, Stay, Tx};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A mark as a person words it, names already resolved.
#[derive(Debug, Clone, Copy)]
pub struct MarkRequest {
    /// The line of the file.
    pub line: Option<u64>,
    /// The participation.
    pub stay: Stay,
    /// The day.
    pub date: Date,
    /// The half.
    pub half: Half,
    /// The status.
    pub status: AttendanceStatus,
    /// Minutes present; `None` = what is recorded, else the slot's.
    pub minutes: Option<i64>,
    /// The paper or reason; the outer `None` = what is recorded.
    pub justification: Option<Option<Justification>>,
    /// Signed by the trainee; `None` = what is recorded.
    pub signed_trainee: Option<bool>,
    /// Signed by the trainer; `None` = what is recorded.
    pub signed_trainer: Option<bool>,
}

/// What is known of calendars and marks while a batch runs.
#[derive(Default)]
pub struct Book {
    slots: HashMap<i64, HashMap<(Date, Half), Slot>>,
    marks: HashMap<i64, HashMap<(Date, Half), Mark>>,
    /// Half-days already named by this batch, with their lines.
    seen: HashMap<HalfDay, (Option<u64>, Mark)>,
}

impl Book {
    /// Forgets the marks read and named so far: the participations that come next are others.
    pub fn turn_page(&mut self) {
        self.marks.clear();
        self.seen.clear();
    }
    fn slot(&mut self, lookup: &Lookup<'_>, cohort: i64, at: (Date, Half)) -> Result<Option<Slot>> {
        let slots = match self.slots.entry(cohort) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(lookup.slots_of(cohort)?),
        };
        Ok(slots.get(&at).copied())
    }
    fn mark(&mut self, lookup: &Lookup<'_>, participation: i64, at: (Date, Half)) -> Result<Option<Mark>> {
        let marks = match self.marks.entry(participation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let known = lookup.marks_of(participation)?;
                free.insert(known.into_iter().map(|(h, m)| ((h.date, h.half), m)).collect())
            }
        };
        Ok(marks.get(&at).copied())
    }
}

/// Saves rows of the kind `attendance`.
pub(super) fn save(tx: &mut Tx<'_>, requests: &[Request], saving: &mut Saving<'_>) -> Result<Saved> {
    let mut world = World::default();
    let mut troubles = Vec::new();
    let mut marks = Vec::with_capacity(requests.len());
    let lookup = tx.lookup();
    for request in requests {
        match worded(&mut world, &lookup, request)? {
            Ok(mark) => marks.push(mark),
            Err(refused) => troubles.extend(refused),
        }
    }
    let mut saved = mark(tx, &marks, saving)?;
    saved.troubles.extend(troubles);
    saved.troubles.sort_by_key(|t| t.line);
    Ok(saved)
}

fn worded(world: &mut World, lookup: &Lookup<'_>, request: &Request) -> Result<Result<MarkRequest, Vec<Trouble>>> {
    let missing: Vec<Trouble> = Kind::Attendance
        .fields()
        .iter()
        .filter(|f| f.mandatory && request.given(f.name).is_none())
        .map(|f| {
            let (fr, en) = (f.fr, f.name);
            trouble(request.line, Some(f.name), String::new(), text!("{fr} manque", "{en} is missing"), None)
        })
        .collect();
    if !missing.is_empty() {
        return Ok(Err(missing));
    }
    let found = match resolve(world, lookup, request)? {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    let flag = |name: &str| match request.given(name) {
        Some(Value::Bool(truth)) => Some(*truth),
        _ => None,
    };
    let position = Kind::Attendance.position("justification").unwrap_or(0);
    let justification = match &request.said[position] {
        Said::Nothing => None,
        Said::Blank => Some(None),
        Said::Given(_) => Some(request.text("justification").and_then(Justification::from_code)),
    };
    let status = request.text("status").and_then(AttendanceStatus::from_code);
    let half = request.text("half").and_then(Half::from_code);
    let (Some(stay), Some(date), Some(half), Some(status)) = (found.stay, request.date("date"), half, status) else {
        return Ok(Err(vec![trouble(
            request.line,
            None,
            String::new(),
            text!("ligne incomplète", "incomplete line"),
            None,
        )]));
    };
    let minutes = match request.given("minutes") {
        Some(Value::Int(n)) => Some(*n),
        _ => None,
    };
    Ok(Ok(MarkRequest {
        line: request.line,
        stay,
        date,
        half,
        status,
        minutes,
        justification,
        signed_trainee: flag("signed_trainee"),
        signed_trainer: flag("signed_trainer"),
    }))
}

/// Marks half-days. Refused ones are told in `troubles` and leave nothing behind.
pub fn mark(tx: &mut Tx<'_>, requests: &[MarkRequest], saving: &Saving<'_>) -> Result<Saved> {
    mark_in(&mut Book::default(), tx, requests, saving)
}

/// Marks half-days with what is already known of calendars and marks, for batches that come page by page.
pub fn mark_in(book: &mut Book, tx: &mut Tx<'_>, requests: &[MarkRequest], saving: &Saving<'_>) -> Result<Saved> {
    let mut saved = Saved::default();
    let mut fresh: Vec<(HalfDay, Mark)> = Vec::new();
    let lookup = tx.lookup();
    for request in requests {
        let at = HalfDay { participation: request.stay.id, date: request.date, half: request.half };
        let slot = book.slot(&lookup, request.stay.cohort, (at.date, at.half))?;
        let old = match book.seen.get(&at) {
            Some((_, mark)) => Some(*mark),
            None => book.mark(&lookup, at.participation, (at.date, at.half))?,
        };
        let new = match marked(request, slot, old, saving) {
            Ok(new) => new,
            Err(refused) => {
                saved.troubles.push(refused);
                continue;
            }
        };
        if let (Some((line, mark)), Some(_)) = (book.seen.get(&at), request.line)
            && *mark != new
        {
            saved.troubles.push(twice(request, *line));
            continue;
        }
        let outcome = match old {
            None => {
                fresh.push((at, new));
                Outcome::Created
            }
            Some(old) if old == new => Outcome::Identical,
            Some(old) => {
                tx.update_mark(at, new)?;
                Outcome::Changed(differences(old, new))
            }
        };
        book.seen.entry(at).or_insert((request.line, new));
        saved.outcomes.push((request.line, None, outcome));
    }
    tx.insert_marks(&mut fresh)?;
    Ok(saved)
}

fn twice(request: &MarkRequest, line: Option<u64>) -> Trouble {
    let (there, here) = (line.unwrap_or(0), request.line.unwrap_or(0));
    trouble(
        request.line,
        None,
        String::new(),
        text!(
            "la même demi-journée deux fois avec des valeurs différentes : lignes {there} et {here}",
            "the same half-day twice with different values: lines {there} and {here}"
        ),
        Some(text!("gardez une seule des deux lignes", "keep only one of the two lines")),
    )
}

/// The mark that a request leaves, or why it is refused.
fn marked(request: &MarkRequest, slot: Option<Slot>, old: Option<Mark>, saving: &Saving<'_>) -> Result<Mark, Trouble> {
    let (date, day) = (request.date, request.date.french());
    let half = request.half.text();
    let (fr, en) = (&half.fr, &half.en);
    let refuse = |field, value: String, what, right| Err(trouble(request.line, Some(field), value, what, right));
    let Some(slot) = slot else {
        return refuse(
            "date",
            date.to_string(),
            text!("pas de demi-journée au calendrier le {day} {fr}", "no half-day in the calendar on {date} {en}"),
            Some(text!("ajoutez-la au calendrier, ou corrigez la date", "add it to the calendar, or correct the date")),
        );
    };
    if slot.kind == SlotKind::Cancelled {
        return refuse(
            "date",
            date.to_string(),
            text!("la demi-journée du {day} {fr} est annulée", "the half-day of {date} {en} is cancelled"),
            None,
        );
    }
    match request.stay.entry {
        None => {
            return refuse(
                "date",
                date.to_string(),
                text!("cette personne n'est pas entrée en formation", "this person has not entered the course"),
                Some(text!("donnez d'abord son entrée", "give the entry first")),
            );
        }
        Some(entry) if date < entry => {
            let e = entry.french();
            return refuse("date", date.to_string(), text!("avant l'entrée ({e})", "before the entry ({entry})"), None);
        }
        _ => {}
    }
    if let Some(exit) = request.stay.exit.filter(|e| date > *e) {
        let e = exit.french();
        return refuse("date", date.to_string(), text!("après la sortie ({e})", "after the exit ({exit})"), None);
    }
    if date > saving.today {
        let t = saving.today.french();
        let today = saving.today;
        return refuse(
            "date",
            date.to_string(),
            text!("date à venir (nous sommes le {t})", "a future date (today is {today})"),
            None,
        );
    }
    if saving.mode == Mode::Add && old.is_some() {
        return refuse("date", date.to_string(), text!("déjà saisie", "already entered"), None);
    }
    let minutes = minutes(request, slot, old)?;
    Ok(Mark {
        status: request.status,
        minutes,
        justification: request.justification.unwrap_or(old.and_then(|o| o.justification)),
        signed_trainee: request.signed_trainee.unwrap_or(old.is_some_and(|o| o.signed_trainee)),
        signed_trainer: request.signed_trainer.unwrap_or(old.is_some_and(|o| o.signed_trainer)),
    })
}

fn minutes(request: &MarkRequest, slot: Slot, old: Option<Mark>) -> Result<i64, Trouble> {
    let refuse = |n: i64, what, right| Err(trouble(request.line, Some("minutes"), n.to_string(), what, Some(right)));
    if request.status != AttendanceStatus::Present {
        return match request.minutes {
            Some(n) if n > 0 => refuse(
                n,
                text!("une absence n'a pas de minutes", "an absence has no minutes"),
                text!("laissez vide", "leave it empty"),
            ),
            _ => Ok(0),
        };
    }
    let longest = slot.minutes;
    match request.minutes {
        Some(n) if n < 1 || n > longest => refuse(
            n,
            text!("plus que la demi-journée ({longest} minutes)", "more than the half-day ({longest} minutes)"),
            text!("de 1 à {longest} minutes", "1 to {longest} minutes"),
        ),
        Some(n) => Ok(n),
        None => Ok(old.filter(|o| o.status == AttendanceStatus::Present).map_or(longest, |o| o.minutes)),
    }
}

fn differences(old: Mark, new: Mark) -> Vec<Change> {
    let names = ["status", "minutes", "justification", "signed_trainee", "signed_trainer"];
    let pairs = old.values().into_iter().zip(new.values());
    let named = names.into_iter().zip(pairs);
    named.filter(|(_, (a, b))| a != b).map(|(field, (old, new))| Change { field, old, new }).collect()
}

fn trouble(line: Option<u64>, field: Option<&'static str>, value: String, what: Text, right: Option<Text>) -> Trouble {
    Trouble { line, field, value, what, right }
}
