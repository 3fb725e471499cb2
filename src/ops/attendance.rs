//! Marking half-days: the same rules for one mark at the keyboard and a million in a file.

use super::half_days::{open_slot, outside_stay};
use super::request::{Change, Outcome, Request, Said, Trouble};
use super::resolve::{World, resolve};
use super::saving::{Mode, Saved, Saving};
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::Half;
use crate::domain::id::CohortId;
use crate::domain::kind::{FieldAt, attendance};
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Date, Kind, Text, Value};
use crate::store::attendance::{HalfDay, Mark, Slot};
use crate::store::{Lookup, Stay, Tx};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

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

/// Calendars already read and marks not yet written, for batches that come page by page.
#[derive(Default)]
pub struct Book {
    calendars: HashMap<CohortId, Rc<Calendar>>,
    fresh: Vec<(HalfDay, Mark)>,
}

/// The half-days of a cohort, in order.
type Calendar = Vec<((Date, Half), Slot)>;

/// How many new marks are written at once.
const FRESH_MAX: usize = 50_000;

impl MarkRequest {
    fn at(&self) -> HalfDay {
        HalfDay { participation: self.stay.id, date: self.date, half: self.half }
    }
}

impl Book {
    fn calendar(&mut self, lookup: &Lookup<'_>, cohort: CohortId) -> Result<Rc<Calendar>> {
        Ok(match self.calendars.entry(cohort) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(free) => free.insert(Rc::new(lookup.calendar_of(cohort)?)).clone(),
        })
    }
    /// Writes the marks that are still to be written: after the last page.
    pub fn close(mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.write(tx)
    }
    fn write(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        tx.insert_marks(&mut self.fresh)?;
        self.fresh.clear();
        Ok(())
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
        .all_at()
        .filter(|f| f.mandatory && request.given(*f).is_none())
        .map(|f| trouble(request.line, Some(f.name), String::new(), text!("{f} manque", "{f} is missing"; f), None))
        .collect();
    if !missing.is_empty() {
        return Ok(Err(missing));
    }
    let found = match resolve(world, lookup, request)? {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    let flag = |field: FieldAt| match request.given(field) {
        Some(Value::Bool(truth)) => Some(*truth),
        _ => None,
    };
    let justification = match &request.said[attendance::JUSTIFICATION.position()] {
        Said::Nothing => None,
        Said::Blank => Some(None),
        Said::Given(_) => Some(request.text(attendance::JUSTIFICATION).and_then(Justification::from_code)),
    };
    let status = request.text(attendance::STATUS).and_then(AttendanceStatus::from_code);
    let half = request.text(attendance::HALF).and_then(Half::from_code);
    let (Some(stay), Some(date), Some(half), Some(status)) = (found.stay, request.date(attendance::DATE), half, status)
    else {
        return Ok(Err(vec![trouble(
            request.line,
            None,
            String::new(),
            text!("ligne incomplète", "incomplete line"),
            None,
        )]));
    };
    let minutes = match request.given(attendance::MINUTES) {
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
        signed_trainee: flag(attendance::SIGNED_TRAINEE),
        signed_trainer: flag(attendance::SIGNED_TRAINER),
    }))
}

/// Marks half-days. Refused ones are told in `troubles` and leave nothing behind.
pub fn mark(tx: &mut Tx<'_>, requests: &[MarkRequest], saving: &Saving<'_>) -> Result<Saved> {
    let mut book = Book::default();
    let saved = mark_in(&mut book, tx, requests, saving)?;
    book.close(tx)?;
    Ok(saved)
}

/// Marks half-days page by page: all the requests of a participation are in one page, and [`Book::close`] ends the book.
pub fn mark_in(book: &mut Book, tx: &mut Tx<'_>, requests: &[MarkRequest], saving: &Saving<'_>) -> Result<Saved> {
    let mut requests: Vec<(usize, &MarkRequest)> = requests.iter().enumerate().collect();
    // In the order of calendars and recorded marks, which are then read once, side by side; what is said twice of one
    // half-day stays in the order of the file.
    requests.sort_by_key(|(_, request)| request.at());
    let mut page = Page { saving, outcomes: Vec::with_capacity(requests.len()), troubles: Vec::new() };
    for stay in requests.chunk_by(|(_, a), (_, b)| a.stay.id == b.stay.id) {
        page.stay(book, tx, stay)?;
        if book.fresh.len() >= FRESH_MAX {
            book.write(tx)?;
        }
    }
    Ok(page.saved())
}

/// A page being filled; outcomes and refusals with the place of their request.
struct Page<'a, 's> {
    saving: &'a Saving<'s>,
    outcomes: Vec<(usize, Option<u64>, Outcome)>,
    troubles: Vec<(usize, Trouble)>,
}

impl Page<'_, '_> {
    /// The requests of one participation, in the order of its half-days.
    fn stay(&mut self, book: &mut Book, tx: &mut Tx<'_>, requests: &[(usize, &MarkRequest)]) -> Result<()> {
        let Some((_, first)) = requests.first() else { return Ok(()) };
        let lookup = tx.lookup();
        let calendar = book.calendar(&lookup, first.stay.cohort)?;
        let recorded = lookup.marks_of(first.stay.id)?;
        let (mut calendar, mut recorded) = (calendar.as_slice(), recorded.as_slice());
        for same in requests.chunk_by(|(_, a), (_, b)| a.at() == b.at()) {
            let at = same[0].1.at();
            let slot = reach(&mut calendar, |(half_day, _)| *half_day < (at.date, at.half));
            let slot = slot.filter(|(half_day, _)| *half_day == (at.date, at.half)).map(|(_, slot)| *slot);
            let old = reach(&mut recorded, |(half_day, _)| *half_day < at);
            let old = old.filter(|(half_day, _)| *half_day == at).map(|(_, mark)| *mark);
            match (old, self.half_day(same, slot, old)) {
                (None, Some(new)) => book.fresh.push((at, new)),
                (Some(old), Some(new)) if old != new => tx.update_mark(at, new)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// What is said of one half-day, seldom more than once; the mark that it leaves.
    fn half_day(&mut self, said: &[(usize, &MarkRequest)], slot: Option<Slot>, old: Option<Mark>) -> Option<Mark> {
        let mut present = old;
        let mut accepted: Option<(Option<u64>, Mark)> = None;
        for (place, request) in said {
            let new = match marked(request, slot, present, self.saving) {
                Ok(new) => new,
                Err(refused) => {
                    self.troubles.push((*place, refused));
                    continue;
                }
            };
            if let (Some((line, mark)), Some(_)) = (accepted, request.line)
                && mark != new
            {
                self.troubles.push((*place, twice(request, line)));
                continue;
            }
            let outcome = match present {
                None => Outcome::Created,
                Some(present) if present == new => Outcome::Identical,
                Some(present) => Outcome::Changed(differences(present, new)),
            };
            self.outcomes.push((*place, request.line, outcome));
            accepted = accepted.or(Some((request.line, new)));
            present = Some(new);
        }
        present
    }

    /// What came of the page, in the order of its requests.
    fn saved(mut self) -> Saved {
        self.outcomes.sort_unstable_by_key(|(place, _, _)| *place);
        self.troubles.sort_unstable_by_key(|(place, _)| *place);
        Saved {
            outcomes: self.outcomes.into_iter().map(|(_, line, outcome)| (line, None, outcome)).collect(),
            troubles: self.troubles.into_iter().map(|(_, trouble)| trouble).collect(),
            warnings: Vec::new(),
        }
    }
}

/// Skips items before a half-day and returns the first left.
fn reach<'a, T>(sorted: &mut &'a [T], before: impl Fn(&T) -> bool) -> Option<&'a T> {
    let passed = sorted.iter().take_while(|one| before(one)).count();
    *sorted = &sorted[passed..];
    sorted.first()
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
    let refuse = |(what, right)| trouble(request.line, Some("date"), request.date.to_string(), what, right);
    let slot = open_slot((request.date, request.half), slot).map_err(|barred| refuse(barred.said()))?;
    if let Some(barred) = outside_stay(&request.stay, request.date, saving.today) {
        return Err(refuse(barred.said()));
    }
    if saving.mode == Mode::Add && old.is_some() {
        return Err(refuse((text!("déjà saisie", "already entered"), None)));
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
    let fields = [
        attendance::STATUS,
        attendance::MINUTES,
        attendance::JUSTIFICATION,
        attendance::SIGNED_TRAINEE,
        attendance::SIGNED_TRAINER,
    ];
    let pairs = old.values().into_iter().zip(new.values());
    let named = fields.into_iter().zip(pairs);
    named.filter(|(_, (a, b))| a != b).map(|(field, (old, new))| Change { field, old, new }).collect()
}

fn trouble(line: Option<u64>, field: Option<&'static str>, value: String, what: Text, right: Option<Text>) -> Trouble {
    Trouble { line, field, value, what, right }
}
