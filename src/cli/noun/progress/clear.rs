//! `fil progress clear`: takes marks away, so that half-days are unmarked again.

use super::account::said_halves;
use super::{HALF, OF_COHORT, ON_DAYS, PEOPLE};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::subject;
use crate::cli::ask::subject::{Ask, Subject};
use crate::cli::noun::progress::half_days::{self};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::open::{Trial, how_to_go_back};
use crate::domain::{Act, ClosedList, Text};
use crate::fixed;
use crate::ops::clear::clear;
use crate::ops::half_days::Days;
use crate::store::Lookup;
use crate::store::attendance::{HalfDay, Mark};
use crate::text;
use anyhow::Result;

/// `fil progress clear`.
pub const VERB: Verb = Verb {
    names: &["clear", "effacer"],
    about: fixed!("Efface des présences et des absences notées.", "Takes attendance marks away."),
    examples: [
        fixed!("fil p clear saïd --le 05/12", "fil p clear saïd --on 05/12"),
        fixed!("fil p effacer saïd --le hier --half pm", "fil p clear saïd --on yesterday --half pm"),
    ],
    flags: &[&[PEOPLE, ON_DAYS, HALF, OF_COHORT, YES, flags::DRY_RUN]],
    run: Run::With(run),
};

const YES: Flag = flags::YES
    .help(fixed!("ne demande rien (plus d'un jour ou d'une personne)", "asks nothing (more than a day or a person)"));

/// The marks of one person that will go.
struct Going {
    who: Subject,
    marks: Vec<(HalfDay, Mark)>,
}

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let period = subject::days(ctx, &lookup, matches.text(&ON_DAYS))?;
    let echo = period.echo.then(|| period.in_full());
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: period.from };
    let people = subject::find_all(ctx, &lookup, &matches.all(&PEOPLE), ask)?;
    let days = Days { period, half: half_days::half(matches), today: ctx.today };
    let going = people.into_iter().map(|who| going(&lookup, who, &days)).collect::<Result<Vec<_>>>()?;
    ctx.has_read(store);
    let echoes: Vec<Text> = going.iter().flat_map(|one| one.who.echoes.clone()).chain(echo).collect();
    let answer = Answer { said: echoes, ..Answer::default() };
    let count: usize = going.iter().map(|one| one.marks.len()).sum();
    let trial = Trial::of(matches);
    // A slip on one day is cheap to undo; a wide one is easily typed by mistake.
    let wide = going.len() > 1 || days.period.from != days.period.to;
    if wide && count > 0 && trial == Trial::Real && !matches.has(&flags::YES) {
        let said = days.said();
        let question = text!("Effacer {count} demi-journées notées {said} ?", "Take away {count} marks {said}?"; said);
        if confirm(ctx, &question, "--yes")? == Reply::No {
            return Ok(answer.say(text!("Rien n'a changé.", "Nothing changed.")));
        }
    }
    let done = ctx.write(Act::Clear, "attendance", trial, |tx| {
        clear(tx, going.iter().flat_map(|one| &one.marks).map(|(at, _)| *at))
    })?;
    let answer = going.iter().fold(answer, |answer, one| answer.say(line(one, &days)));
    Ok(answer.say_after(how_to_go_back(&done, trial)))
}

fn going(lookup: &Lookup<'_>, who: Subject, days: &Days) -> Result<Going> {
    let mut marks = lookup.marks_of(who.stay.id)?;
    marks.retain(|(at, _)| days.hold(at.date, at.half));
    Ok(Going { who, marks })
}

fn line(one: &Going, days: &Days) -> Text {
    let name = one.who.name();
    if one.marks.is_empty() {
        let said = days.said();
        return text!(
            "Rien à effacer : rien n'est noté pour {name} {said}",
            "Nothing to take away: nothing is marked for {name} {said}";
            said
        );
    }
    let halves: Vec<_> = one.marks.iter().map(|(at, _)| (at.date, at.half)).collect();
    let mut seen: Vec<Text> = Vec::new();
    for (_, mark) in &one.marks {
        let status = mark.status.text();
        if !seen.contains(&status) {
            seen.push(status);
        }
    }
    let list = |words: fn(&Text) -> &str| seen.iter().map(words).collect::<Vec<_>>().join(", ");
    let (said, old_fr, old_en) = (said_halves(&halves), list(|t| &t.fr), list(|t| &t.en));
    text!("Effacé : {name}, {said} (avant : {old_fr})", "Taken away: {name}, {said} (before: {old_en})"; said)
}
