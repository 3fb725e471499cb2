//! `placement edit`, `end` and `remove`: correcting a situation, saying that it is over, taking it out.

use super::NEW_COMPANY;
use super::add::spell;
use super::situation::{number, numbered};
use super::{FROM, NUMBER, TO, WHICH};
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::contract::NOT_STARTED;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::folding::letters_and_digits;
use crate::domain::id::RecordId;
use crate::domain::kind::placement;
use crate::domain::{Act, ClosedList, Date, Kind, Refusal, Text, Value};
use crate::ops::{Mode, Said, remove};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::view::situation::Situation;

/// `fil placement edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie une situation.", "Changes a placement."),
    examples: [
        fixed!("fil e e 3 --set preuve=contrat", "fil placement edit 3 --set evidence=contract"),
        fixed!("fil e e 3 --au 31/07/2019", "fil e e 3 --to 2019-07-31"),
    ],
    flags: &[&[NUMBER, FROM, TO, NEW_COMPANY, flags::SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil placement end`.
pub const END: Verb = Verb {
    names: &["end", "fin"],
    about: fixed!("Dit que la situation en cours est finie.", "Says that the running placement is over."),
    examples: [
        fixed!("fil e fin amé --le 12/04 --motif rupture", "fil placement end ferre-amelie --on 2019-04-12"),
        fixed!("fil e fin 3 --motif not_started", "fil placement end 3 --reason not_started"),
    ],
    flags: &[&[
        WHICH,
        flags::ON,
        flags::REASON.help(fixed!("le motif (not_started : jamais commencé)", "the reason (not_started: never begun)")),
        flags::DRY_RUN,
    ]],
    run: Run::With(end),
};

/// `fil placement remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime une situation.", "Removes a placement."),
    examples: [fixed!("fil placement remove 3"), fixed!("fil emploi supprimer 3 -y", "fil e remove 3 -y")],
    flags: &[&[NUMBER, flags::DRY_RUN, flags::YES]],
    run: Run::With(take_out),
};

/// `placement edit N`.
pub fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let situation = numbered(&lookup, matches.need(&NUMBER)?)?;
    let mut entry = Entry::new(ctx, Kind::Placements);
    entry.flag(matches, &FROM, placement::START)?.flag(matches, &TO, placement::PLANNED_END)?.sets(matches)?;
    if entry.request.said.iter().all(|said| *said == Said::Nothing) {
        bail!(
            Refusal::usage(text!("rien à modifier", "nothing to change"))
                .hint(text!("Ajoutez --set CHAMP=VALEUR, --from ou --to", "Add --set FIELD=VALUE, --from or --to"))
        );
    }
    let (mut request, mut echoes) = (entry.request, entry.echoes);
    spell(ctx, &lookup, matches, &mut request, &mut echoes)?;
    request.id = Some(situation.number);
    save(matches, ctx, &situation, request, echoes, Act::Edit)
}

/// `placement end WHO|N`.
pub fn end(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let on = match matches.text(&flags::ON) {
        Some(typed) => parse_day(typed, ctx.today, Lean::Nearest)?,
        None => crate::domain::day::Day { date: ctx.today, echo: true },
    };
    let reason = matches.text(&flags::REASON);
    let never_began = reason.is_some_and(says_never_began);
    let (situation, echo) = to_end(matches, ctx, &lookup, if never_began { None } else { Some(on.date) })?;
    let mut entry = Entry::new(ctx, Kind::Placements);
    let mut echoes: Vec<Text> = echo.into_iter().collect();
    match reason {
        Some(_) if never_began => {
            entry.give(placement::END_REASON, Value::Text(NOT_STARTED.to_owned()));
        }
        Some(words) => {
            entry.say(placement::END_REASON, words)?;
        }
        None => {}
    }
    // What never began has no last day.
    if !never_began {
        entry.give(placement::ACTUAL_END, Value::Date(on.date));
        if on.echo {
            let full = in_full(on.date);
            echoes.push(Text::new(format!("Fin : {}", full.fr), format!("End: {}", full.en)));
        }
    }
    let mut request = entry.request;
    request.id = Some(situation.number);
    save(matches, ctx, &situation, request, echoes, Act::EndPlacement)
}

fn says_never_began(reason: &str) -> bool {
    let words = ["notstarted", "jamaiscommence", "pascommence", "noncommence", "neverbegan"];
    words.contains(&letters_and_digits(reason).as_str())
}

/// The situation that ends: that number, or the running one of that person; `None` = one that never began.
fn to_end(
    matches: &Matches,
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    on: Option<Date>,
) -> Result<(Situation, Option<Text>)> {
    let typed = matches.need(&WHICH)?;
    if number(typed).is_some() {
        return Ok((numbered(lookup, typed)?, None));
    }
    let person = selector::person(ctx, lookup, typed, Purpose::Write)?;
    let slug = &person.value.slug;
    let mut open = Situation::all(lookup, Which::Person(person.value.id))?;
    open.retain(|s| s.is_open_on(on.unwrap_or(Date::MAX)));
    prefer(&mut open, |s| !s.is_waiting());
    if let Some(day) = on {
        prefer(&mut open, |s| s.runs_on(day));
    }
    match open.len() {
        0 => {
            bail!(
                Refusal::data(text!("{slug} n'a pas de situation en cours", "{slug} has no running placement"))
                    .hint(text!("Voir : fil placement show {slug}", "See: fil placement show {slug}"))
            )
        }
        1 => {
            let situation = open.remove(0);
            let said = situation.line();
            Ok((situation, Some(text!("{slug} : {said}", "{slug}: {said}"; said))))
        }
        count => bail!(several(slug, count, &open)),
    }
}

/// Keeps those that satisfy, when some do.
fn prefer(list: &mut Vec<Situation>, wanted: impl Fn(&Situation) -> bool) {
    if list.iter().any(&wanted) {
        list.retain(wanted);
    }
}

fn several(slug: &str, count: usize, open: &[Situation]) -> Refusal {
    let lines: Vec<Text> = open.iter().take(3).map(Situation::line).collect();
    let join = |of: fn(&Text) -> &str| lines.iter().map(|l| format!("  {}", of(l))).collect::<Vec<_>>().join("\n");
    let first = open.first().map_or(RecordId::NONE, |s| s.number);
    Refusal::selector(text!("{slug} a {count} situations en cours", "{slug} has {count} running placements"))
        .why(Text::new(join(|l| &l.fr), join(|l| &l.en)))
        .hint(text!("Précisez le numéro : fil placement end {first}", "Give the number: fil placement end {first}"))
}

fn save(
    matches: &Matches,
    ctx: &Context<'_>,
    situation: &Situation,
    request: crate::ops::Request,
    echoes: Vec<Text>,
    act: Act,
) -> Result<Answer> {
    let write = Write { act, kind: Kind::Placements, mode: Mode::Edit, trial: Trial::of(matches) };
    let done = entry::save(ctx, write, &[request])?;
    let mut answer = entry::account(Kind::Placements, &situation.said(), &done, write.trial);
    answer.said.splice(0..0, echoes);
    Ok(answer)
}

/// `placement remove N`.
pub fn take_out(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let situation = numbered(&lookup, matches.need(&NUMBER)?)?;
    let (number, said) = (situation.number, situation.said());
    let trial = Trial::of(matches);
    let question = text!(
        "Supprimer la situation n° {number} ({said}) ?",
        "Remove placement no. {number} ({said})?";
        said
    );
    let sure = matches.has(&flags::YES) || trial == Trial::DryRun || confirm(ctx, &question, "--yes")? == Reply::Yes;
    if !sure {
        return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
    }
    let done =
        ctx.write(Act::Remove, Kind::Placements.code(), trial, |tx| remove::remove(tx, Kind::Placements, number))?;
    let answer = Answer::done(text!("Supprimé : n° {number}, {said}", "Removed: no. {number}, {said}"; said));
    Ok(answer.say_after(how_to_go_back(&done, trial)))
}
