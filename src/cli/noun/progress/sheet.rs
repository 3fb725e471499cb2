//! `fil progress sheet`: the attendance sheet of some days, to fill in and to bring back with `fil import`.

use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::day::Lean;
use crate::domain::period::{CohortSpan as Span, Period, PeriodContext, parse_period};
use crate::domain::{Refusal, Text};
use crate::store::{CohortSpan, Lookup};
use crate::view::register::{Slot, calendar, grid, mentions, outside, people, week};

/// `fil progress sheet`.
pub const VERB: Verb = Verb {
    names: &["sheet", "feuille"],
    about: fixed!(
        "La feuille de présence à remplir, puis à importer.",
        "The attendance sheet to fill in, then to import."
    ),
    examples: [
        fixed!("fil p feuille -o lundi.xlsx", "fil p sheet -o monday.xlsx"),
        fixed!("fil p feuille -c P1 --le 10/12 -o lundi.xlsx", "fil p sheet -c P1 --on 2018-12-10 -o monday.xlsx"),
    ],
    flags: &[&[COHORT, ON_DAYS], flags::TABLE],
    run: Run::With(run),
};

pub(super) const ON_DAYS: Flag = Flag {
    value: fixed!("DATE|PÉRIODE", "DATE|PERIOD"),
    ..flags::ON.help(fixed!("un jour, ou une période (sinon cette semaine)", "a day, or a period (else this week)"))
};
pub(super) const COHORT: Flag =
    flags::COHORT.help(fixed!("la promotion (sinon celle en cours)", "the cohort (else the one that runs)"));

/// More half-days than this make a sheet that nobody fills in.
const MOST: usize = 400;

/// The cohort and the days that were asked for, and what to say of those that were not typed.
pub(super) struct Asked {
    /// The cohort.
    pub cohort: CohortSpan,
    /// The days.
    pub period: Period,
    /// What was taken for granted.
    pub said: Vec<Text>,
}

/// What `-c` and `--on` mean: else the cohort that runs, and its week.
pub(super) fn asked_for(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>) -> Result<Asked> {
    let cohort = match matches.text(&COHORT) {
        Some(typed) => Chosen { value: selector::cohort(lookup, typed)?, echo: None },
        None => selector::default_cohort(ctx, lookup, Purpose::Read)?,
    };
    let mut said: Vec<Text> = cohort.echo.into_iter().collect();
    let cohort = cohort.value;
    let period = match matches.text(&ON_DAYS) {
        Some(typed) => period(ctx, lookup, typed)?,
        None => week(&calendar(lookup, &cohort)?, ctx.today),
    };
    if period.echo {
        said.push(period.in_full());
    }
    Ok(Asked { cohort, period, said })
}

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let Asked { cohort, period, mut said } = asked_for(matches, ctx, &lookup)?;
    let calendar = calendar(&lookup, &cohort)?;
    let slots: Vec<&Slot> = calendar.iter().filter(|slot| period.contains(slot.date)).collect();
    unfit(&cohort, &period, slots.len())?;
    let people = people(&lookup, &cohort, &period)?;
    let grid = grid(&lookup, &cohort, &slots, &people)?;
    said.extend(outside(&people, &slots));
    let name = [Some(period.file_name()), Some(cohort.code.clone()), Some("feuille".to_owned())];
    let mut answer = Answer::sheet(grid).named(name);
    answer.beside.push(mentions(&lookup, &cohort, &slots)?);
    answer.said = said;
    let code = &cohort.code;
    Ok(answer.when_empty(text!("Personne n'est dans {code} ces jours-là.", "Nobody is in {code} on these days.")))
}

fn period(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str) -> Result<Period> {
    let known = lookup.cohorts()?;
    let cohorts: Vec<Span<'_>> = known.iter().map(|c| Span { code: &c.code, start: c.start, end: c.end }).collect();
    let within = PeriodContext { today: ctx.today, lean: Lean::Nearest, cohorts: &cohorts, default_cohort: None };
    Ok(parse_period(typed, &within)?)
}

/// Refuses days that make no sheet: none is planned, or too many are.
pub(super) fn unfit(cohort: &CohortSpan, period: &Period, count: usize) -> Result<()> {
    let (code, days) = (&cohort.code, period.in_full());
    if count == 0 {
        bail!(
            Refusal::data(text!("{code} n'a aucune demi-journée {days}", "{code} has no half-day {days}"; days)).hint(
                text!(
                    "Son calendrier : fil cohort show {code}    Le faire : fil cohort plan {code}",
                    "Its calendar: fil cohort show {code}    To make it: fil cohort plan {code}"
                )
            )
        );
    }
    if count > MOST {
        bail!(
            Refusal::usage(text!("{count} demi-journées ne font pas une feuille", "{count} half-days make no sheet"))
                .hint(text!("Une semaine ou un mois : --le S50", "A week or a month: --on W50"))
        );
    }
    Ok(())
}
