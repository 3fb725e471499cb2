//! `fil progress register`: the register of some days, filled in on a terminal, shown as a grid elsewhere.

use super::account::{self, Part};
use super::half_days;
use super::sheet::{COHORT, ON_DAYS, asked_for, unfit};
use crate::cli::ask::asker;
use crate::cli::ask::roll_call::{Entered, Marks, fill_in};
use crate::cli::noun::prelude::*;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, ClosedList, Text};
use crate::ops::attendance::MarkRequest;
use crate::ops::half_days::HalfDay;
use crate::sheet::Format;
use crate::view::register::grid;
use crate::view::roll::{Roll, legend};

/// `fil progress register`.
pub const VERB: Verb = Verb {
    names: &["register", "appel"],
    about: fixed!(
        "L'appel : la grille de la semaine, à remplir au clavier.",
        "The register: the grid of the week, filled in by keys."
    ),
    examples: [
        fixed!("fil p appel", "fil p register"),
        fixed!("fil p appel -c P1 --le 03/12..14/12", "fil p register -c P1 --on 2018-12-03..2018-12-14"),
    ],
    flags: &[&[COHORT, ON_DAYS, flags::DRY_RUN], flags::TABLE],
    run: Run::With(run),
};

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let asked = asked_for(matches, ctx, &lookup)?;
    let mut said = asked.said;
    let roll = Roll::read(&lookup, asked.cohort, &asked.period, ctx.today)?;
    unfit(&roll.cohort, &asked.period, roll.slots.len())?;
    let plain = matches.text(&flags::FORMAT).is_none_or(|typed| typed == Format::Table.name());
    let here = ctx.env.stdout_is_terminal && matches.text(&flags::OUTPUT).is_none() && plain;
    let fills = ctx.can_ask() && here && asker::draws(ctx) && store.is_ready_to_write() && !roll.people.is_empty();
    if fills {
        drop(store);
        return filled(matches, ctx, &roll, said);
    }
    let slots: Vec<_> = roll.slots.iter().collect();
    let data = grid(&lookup, &roll.cohort, &slots, &roll.people)?;
    said.push(legend());
    if roll.unmarked() > 0 {
        let count = roll.unmarked();
        said.push(text!("À noter : {count}", "To mark: {count}"));
    }
    let code = &roll.cohort.code;
    let nobody = text!("Personne n'est dans {code} ces jours-là.\n", "Nobody is in {code} on these days.\n");
    let page = if roll.people.is_empty() { nobody } else { roll.page() };
    let name = [Some(asked.period.file_name()), Some(code.clone()), Some("appel".to_owned())];
    Ok(Answer { said, ..Answer::screen(page, data).named(name) })
}

/// The register after the person at the terminal filled it in: all of it is one operation.
fn filled(matches: &Matches, ctx: &Context<'_>, roll: &Roll, said: Vec<Text>) -> Result<Answer> {
    let nothing = || text!("Rien n'a été écrit.", "Nothing was written.");
    let marks = match fill_in(roll, ctx.lang)? {
        Some(marks) if !marks.is_empty() => marks,
        Some(_) | None => return Ok(Answer { said, ..Answer::default() }.say(nothing())),
    };
    let requests: Vec<MarkRequest> = marks.iter().map(|(at, entered)| request(roll, *at, *entered)).collect();
    let trial = Trial::of(matches);
    let done = half_days::save(ctx, Act::Register, trial, &requests)?;
    let told = account::of(&parts(roll, &marks), &done, trial);
    Ok(Answer { said: said.into_iter().chain(told.said).collect(), ..told })
}

fn request(roll: &Roll, (person, slot): (usize, usize), entered: Entered) -> MarkRequest {
    let at = half_day(roll, slot);
    let there = entered.status == AttendanceStatus::Present;
    MarkRequest {
        minutes: there.then(|| entered.minutes.unwrap_or(at.minutes)),
        // A paper that excused an absence stays with an excused one, and goes with anything else.
        justification: (entered.status != AttendanceStatus::Excused).then_some(None),
        ..half_days::request(roll.people[person].stay, at, entered.status)
    }
}

fn half_day(roll: &Roll, slot: usize) -> HalfDay {
    let slot = &roll.slots[slot];
    HalfDay { date: slot.date, half: slot.half, minutes: slot.minutes }
}

/// What was entered, a line for each run of equal marks of a person, in the order of the requests.
fn parts(roll: &Roll, marks: &Marks) -> Vec<Part> {
    let mut parts: Vec<(usize, Entered, Part)> = Vec::new();
    for (&(person, slot), &entered) in marks {
        let at = half_day(roll, slot);
        match parts.last_mut() {
            Some((of, same, part)) if *of == person && *same == entered => part.days.push(at),
            _ => {
                let part = Part { name: roll.people[person].name(), mark: mark(entered, at), days: vec![at] };
                parts.push((person, entered, part));
            }
        }
    }
    parts.into_iter().map(|(_, _, part)| part).collect()
}

fn mark(entered: Entered, at: HalfDay) -> Text {
    let whole = at.minutes;
    match entered.minutes {
        None => entered.status.text(),
        Some(there) => {
            let late = whole - there;
            text!(
                "{late} min de retard (présent {there} min sur {whole})",
                "{late} min late (present {there} min of {whole})"
            )
        }
    }
}
