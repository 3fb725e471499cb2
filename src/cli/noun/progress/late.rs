//! `fil progress late`: someone who came late is present for what is left of the half-day.

use super::account::Part;
use super::{HALF, OF_COHORT};
use crate::cli::ask::subject;
use crate::cli::ask::subject::Ask;
use crate::cli::noun::progress::account::{self};
use crate::cli::noun::progress::half_days::{self};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::open::Trial;
use crate::domain::day::Lean;
use crate::domain::folding::shown;
use crate::domain::number::parse_duration_minutes;
use crate::domain::period::Period;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, Refusal};
use crate::fixed;
use crate::ops::attendance::MarkRequest;
use crate::ops::half_days::{Days, HalfDay};
use crate::text;
use anyhow::{Result, bail};

/// `fil progress late`.
pub const VERB: Verb = Verb {
    names: &["late", "retard"],
    about: fixed!("Note un retard : présent, moins N minutes.", "Marks someone late: present, less N minutes."),
    examples: [
        fixed!("fil p retard saïd 20 --demi matin", "fil p late saïd 20 --half am"),
        fixed!(
            "fil p retard saïd --le hier --demi matin --minutes 1h15",
            "fil p late saïd --on yesterday --half am --minutes 1h15",
        ),
    ],
    flags: &[&[flags::WHO, MINUTES, HALF, flags::ON, OF_COHORT, flags::DRY_RUN]],
    run: Run::With(run),
};

const MINUTES: Flag =
    Flag::option("minutes", fixed!("N", "N"), fixed!("minutes de retard : 20, 1h15", "minutes late: 20, 1h15"))
        .required()
        .or_word();

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let late = minutes(matches.need(&MINUTES)?)?;
    let on = subject::day(ctx, matches, &flags::ON, Lean::Past)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: on.date };
    let person = subject::find(ctx, &lookup, matches.need(&flags::WHO)?, ask)?;
    let days = Days { period: Period::day(on.date), half: half_days::half(matches), today: ctx.today };
    let at = match half_days::of_person(&lookup, &person, &days)?.as_slice() {
        [only] => *only,
        _ => bail!(
            Refusal::usage(text!("en retard le matin ou l'après-midi ?", "late in the morning or in the afternoon?"))
                .hint(text!("Ajoutez --half am (matin) ou --half pm (après-midi)", "Add --half am or --half pm"))
        ),
    };
    ctx.has_read(store);
    let there = present(at, late)?;
    let request = MarkRequest {
        minutes: Some(there),
        justification: Some(None),
        ..half_days::request(person.stay, at, AttendanceStatus::Present)
    };
    let trial = Trial::of(matches);
    let done = half_days::save(ctx, Act::Late, trial, &[request])?;
    let whole = at.minutes;
    let mark = text!(
        "{late} min de retard (présent {there} min sur {whole})",
        "{late} min late (present {there} min of {whole})"
    );
    let told = account::of(&[Part { name: person.name(), mark, days: vec![at] }], &done, trial);
    let echoes = person.echoes.into_iter().chain(on.echo);
    Ok(Answer { said: echoes.chain(told.said).collect(), ..told })
}

/// Minutes as typed; a bare number is minutes.
pub(super) fn minutes(typed: &str) -> Result<i64, Refusal> {
    let bare = typed.trim();
    let minutes = match bare.bytes().all(|b| b.is_ascii_digit()) {
        true => bare.parse().ok(),
        false => Some(parse_duration_minutes(bare)?),
    };
    minutes.filter(|minutes| *minutes > 0).ok_or_else(|| {
        let word = shown(typed);
        Refusal::usage(text!("« {word} » n'est pas une durée", "“{word}” is not a duration"))
            .hint(text!("des minutes : 20 ; ou des heures : 1h15", "minutes: 20; or hours: 1h15"))
    })
}

fn present(at: HalfDay, late: i64) -> Result<i64, Refusal> {
    let whole = at.minutes;
    if late < whole {
        return Ok(whole - late);
    }
    Err(Refusal::usage(text!(
        "{late} minutes de retard : c'est toute la demi-journée ({whole} minutes)",
        "{late} minutes late is the whole half-day ({whole} minutes)"
    ))
    .hint(text!("C'est une absence : fil p abs QUI --half am|pm", "It is an absence: fil p abs WHO --half am|pm")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;
    use crate::domain::cohort::Half;

    #[track_caller]
    fn check(typed: &str, want: Option<i64>) {
        assert_eq!(minutes(typed).ok(), want, "{typed}");
    }

    #[test]
    fn a_bare_number_is_minutes_and_the_rest_a_duration() {
        check("20", Some(20));
        check(" 45 ", Some(45));
        check("1h15", Some(75));
        check("20min", Some(20));
        check("0h20", Some(20));
        for bad in ["0", "", "-5", "vingt", "99999999999999999999"] {
            check(bad, None);
        }
    }

    #[test]
    fn being_late_for_the_whole_half_day_is_an_absence() {
        let at = HalfDay { date: Date::from_days(0), half: Half::Am, minutes: 210 };
        assert_eq!(present(at, 209), Ok(1));
        assert!(present(at, 210).is_err());
    }
}
