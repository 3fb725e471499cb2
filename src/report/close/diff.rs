//! Issued figures against those of today: every part of a change with the one operation and cause that made it.
//!
//! The changes since are put one by one, in the order of their operations, into the state of the close, and the figures
//! are made again after each: a change of a printed number belongs to the step at which it happens. So the parts of any
//! figure, a rate or a median too, add up to its whole change, in the very decimals that were printed.

use super::change::{Past, Step, steps};
use super::difference::{Cause, Line, Origin};
use super::printed_figures::{FigureName, Figures, Shown};
use super::replay::{Question, Work};
use super::snapshot::State;
use std::collections::HashMap;

/// What is compared.
pub struct Compared<'a> {
    /// Period, as_of, funder and sections of the close.
    pub question: &'a Question,
    /// The state of the file at the close.
    pub then: State,
    /// Its state now.
    pub now: State,
    /// The figures as issued.
    pub issued: &'a Figures,
    /// Where operations and states in between come from.
    pub past: &'a dyn Past,
    /// What explains a figure that the records of then do not give any more.
    pub lost: Origin,
}

/// The lines of a comparison, in the order of the report.
pub fn diff(compared: Compared<'_>) -> anyhow::Result<Vec<Line>> {
    let Compared { question, then, now, issued, past, lost } = compared;
    let as_of = question.scope.as_of;
    let steps = steps(&then, &now, as_of, past)?;
    let mut work = Work::new(then, question);
    let mut ledger = Ledger::default();
    let first = work.figures();
    ledger.between(issued, &first, &lost);
    let mut told = first.clone();
    let mut latest = lost.clone();
    for Step { origin, puts } in steps {
        puts.iter().for_each(|(key, fact)| work.put(*key, fact.as_ref()));
        // Records that only come into sight count with the first change that lets them count.
        let Some(origin) = origin else { continue };
        // An erasure takes away the past too, so all its traces are one.
        let origin = if origin.cause == Cause::Erasure && lost.cause == Cause::Erasure { lost.clone() } else { origin };
        let figures = work.figures();
        ledger.between(&told, &figures, &origin);
        (told, latest) = (figures, origin);
    }
    let last = work.figures();
    ledger.between(&told, &last, &latest);
    Ok(ledger.lines(issued, &first, &last))
}

/// The parts of the changes so far, in hundredths.
#[derive(Default)]
struct Ledger {
    parts: HashMap<FigureName, Vec<(Origin, i64)>>,
}

impl Ledger {
    /// Notes what changed between two states of the figures.
    fn between(&mut self, before: &Figures, after: &Figures, origin: &Origin) {
        let gone = before.names.iter().filter(|name| !after.shown.contains_key(name));
        for name in after.names.iter().chain(gone) {
            let (was, is) = (before.get(name), after.get(name));
            if was == Shown::Masked || was.hundredths() == is.hundredths() {
                continue;
            }
            let parts = self.parts.entry(name.clone()).or_default();
            let delta = is.hundredths() - was.hundredths();
            match parts.iter_mut().find(|(known, _)| known == origin) {
                Some((_, sum)) => *sum += delta,
                None => parts.push((origin.clone(), delta)),
            }
        }
    }
    /// The lines of the figures of a report; a masked one that moved has one line without parts.
    fn lines(mut self, issued: &Figures, then: &Figures, now: &Figures) -> Vec<Line> {
        let fresh = now.names.iter().filter(|name| !issued.shown.contains_key(name));
        let mut lines = Vec::new();
        for name in issued.names.iter().chain(fresh) {
            let (shown, is) = (issued.get(name), now.get(name));
            let line = |now, part| Line { name: name.clone(), issued: shown, now, part };
            if shown == Shown::Masked {
                if then.get(name).hundredths() != is.hundredths() {
                    lines.push(line(Shown::Masked, None));
                }
                continue;
            }
            let parts = self.parts.remove(name).unwrap_or_default();
            let moved = parts.into_iter().filter(|(_, delta)| *delta != 0);
            lines.extend(moved.map(|(origin, delta)| line(is, Some((delta, origin)))));
        }
        // In the order of the report; rows that are no more come at the end of their section.
        let section = |name: &FigureName| now.names.iter().position(|n| n.section == name.section);
        let place: HashMap<&FigureName, usize> = now.names.iter().enumerate().map(|(at, name)| (name, at)).collect();
        lines.sort_by_cached_key(|line| {
            (section(&line.name).unwrap_or(usize::MAX), place.get(&line.name).copied().unwrap_or(usize::MAX))
        });
        lines
    }
}
