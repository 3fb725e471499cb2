//! What a write on half-days came to: one line per person, with what stood there before.

use crate::cli::noun::prelude::*;
use crate::domain::cohort::Half;
use crate::domain::kind::attendance;
use crate::domain::{ClosedList, Date, Text, Value};
use crate::ops::half_days::HalfDay;
use crate::ops::request::spoken;
use crate::ops::{Outcome, Saved};
use crate::store::Committed;

/// The marks of one person.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name.
    pub name: String,
    /// What was marked: `absence justifiée (document)`.
    pub mark: Text,
    /// The half-days, in the order in which they were written.
    pub days: Vec<HalfDay>,
}

/// One line per person; `saved` holds the outcomes of all the half-days of all the parts, in this order.
pub fn of(parts: &[Part], done: &Committed<Saved>, trial: Trial) -> Answer {
    let mut outcomes = done.value().outcomes.iter().map(|(_, _, outcome)| outcome);
    let mut answer = Answer::default();
    for part in parts {
        let own: Vec<&Outcome> = outcomes.by_ref().take(part.days.len()).collect();
        answer = answer.say(line(part, &own));
    }
    for warning in &done.value().warnings {
        answer = answer.warn(Text::same(warning.code), warning.message.clone());
    }
    answer.say_after(how_to_go_back(done, trial))
}

fn line(part: &Part, outcomes: &[&Outcome]) -> Text {
    let (name, mark, days) = (&part.name, &part.mark, said(&part.days));
    if outcomes.iter().all(|outcome| **outcome == Outcome::Identical) {
        return Text::new(
            format!("Rien à changer : {name}, {}, {}", mark.fr, days.fr),
            format!("Nothing to change: {name}, {}, {}", mark.en, days.en),
        );
    }
    let before = before(outcomes);
    Text::new(
        format!("Noté : {name}, {}, {}{}", mark.fr, days.fr, before.fr),
        format!("Marked: {name}, {}, {}{}", mark.en, days.en, before.en),
    )
}

/// ` (avant : présent)`, or nothing when nothing stood there.
fn before(outcomes: &[&Outcome]) -> Text {
    let mut seen: Vec<Text> = Vec::new();
    for outcome in outcomes {
        let Outcome::Changed(changes) = outcome else { continue };
        // The minutes of a presence say nothing more once it is no presence.
        let status = changes.iter().any(|change| change.field == attendance::STATUS);
        let told = changes.iter().filter(|change| match change.field {
            attendance::STATUS | attendance::JUSTIFICATION => change.old.is_some(),
            attendance::MINUTES => change.old.is_some() && !status,
            _ => false,
        });
        for change in told {
            let mut old = spoken(&change.field, change.old.as_ref());
            if let (attendance::MINUTES, Some(Value::Int(_))) = (change.field, &change.old) {
                old = Text::same(format!("{} min", old.fr));
            }
            if !seen.contains(&old) {
                seen.push(old);
            }
        }
    }
    if seen.is_empty() {
        return Text::same("");
    }
    let list = |words: fn(&Text) -> &str| seen.iter().map(words).collect::<Vec<_>>().join(", ");
    let (fr, en) = (list(|t| &t.fr), list(|t| &t.en));
    text!(" (avant : {fr})", " (before: {en})")
}

/// Half-days in words: `le 05/12/2018 matin et après-midi`, `6 demi-journées du 03/12/2018 au 05/12/2018`.
pub fn said(days: &[HalfDay]) -> Text {
    let halves: Vec<(Date, Half)> = days.iter().map(|at| (at.date, at.half)).collect();
    said_halves(&halves)
}

/// The same for bare dates and halves.
pub fn said_halves(days: &[(Date, Half)]) -> Text {
    let (Some((first, half)), Some((last, _))) = (days.first(), days.last()) else {
        return text!("aucune demi-journée", "no half-day");
    };
    let (from, to, count) = (first.french(), last.french(), days.len());
    match (count, first == last) {
        (1, _) => Text::new(format!("le {from} {}", half.text().fr), format!("{first} {}", half.text().en)),
        (2, true) => text!("le {from} matin et après-midi", "{first} morning and afternoon"),
        _ => text!("{count} demi-journées du {from} au {to}", "{count} half-days from {first} to {last}"),
    }
}
