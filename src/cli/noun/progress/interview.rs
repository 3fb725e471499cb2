//! `fil progress interview`: a talk with one person, or a visit to the company.

use super::OF_COHORT;
use super::late::minutes;
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::subject;
use crate::cli::ask::subject::Ask;
use crate::cli::noun::prelude::*;
use crate::domain::day::Lean;
use crate::domain::kind::interview;
use crate::domain::progress::InterviewKind;
use crate::domain::{Act, ClosedList, Kind, Text, Value};
use crate::ops::Mode;

/// `fil progress interview`.
pub const VERB: Verb = Verb {
    names: &["interview", "entretien"],
    about: fixed!("Note un entretien individuel.", "Records an individual interview."),
    examples: [
        fixed!("fil p entretien amé tutorat 45", "fil p interview amé tutorial 45"),
        fixed!(
            "fil p entretien saïd visite --minutes 1h30 --le hier",
            "fil p interview saïd company_visit --minutes 1h30 --on yesterday",
        ),
    ],
    flags: &[&[flags::WHO, KIND, MINUTES, flags::NOTE, flags::ON, OF_COHORT, flags::DRY_RUN]],
    run: Run::With(run),
};

const KIND: Flag = Flag::word(
    "kind",
    fixed!("GENRE", "KIND"),
    fixed!("suivi (sans rien dire), tutorat, visite", "follow_up (when not said), tutorial, company_visit"),
)
.optional();
const MINUTES: Flag =
    Flag::option("minutes", fixed!("DURÉE", "TIME"), fixed!("45 (minutes) ou 1h30", "45 (minutes) or 1h30"))
        .also(&["duree"])
        .or_word();

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let kind = matches.text(&KIND).map_or(Ok(InterviewKind::FollowUp), InterviewKind::read)?;
    let length = matches.text(&MINUTES).map(minutes).transpose()?;
    let on = subject::day(ctx, matches, &flags::ON, Lean::Past)?;
    let store = ctx.open()?;
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: on.date };
    let who = subject::find(ctx, &store.lookup(), matches.need(&flags::WHO)?, ask)?;
    ctx.has_read(store);
    let mut entry = Entry::new(ctx, Kind::Interviews);
    entry
        .give(interview::COHORT, Value::Text(who.cohort.code.clone()))
        .give(interview::TRAINEE, Value::Text(who.person.slug.clone()))
        .give(interview::DATE, Value::Date(on.date))
        .give(interview::KIND, Value::Code(kind.code()));
    if let Some(length) = length {
        entry.give(interview::MINUTES, Value::Int(length));
    }
    entry.flag(matches, &flags::NOTE, interview::NOTE)?;
    let (name, day, said) = (who.name(), on.date.french(), kind.text());
    let length = length.map_or(String::new(), |n| format!(", {n} min"));
    let subject = Text::new(
        format!("{name}, {}{length}, le {day}", said.fr),
        format!("{name}, {}{length}, {}", said.en, on.date),
    );
    let trial = Trial::of(matches);
    let write = Write { act: Act::Interview, kind: Kind::Interviews, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, &[entry.request])?;
    let told = entry::account(Kind::Interviews, &subject, &done, trial);
    let echoes = who.echoes.into_iter().chain(on.echo);
    Ok(Answer { said: echoes.chain(told.said).collect(), ..told })
}
