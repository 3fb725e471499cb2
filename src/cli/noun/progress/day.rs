//! `fil progress day`: a whole cohort marked in one go, everybody present but those named.

use super::HALF;
use super::absence::Excuse;
use super::account::Part;
use crate::cli::ask::prompt::{self, Reply};
use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::ask::subject;
use crate::cli::noun::progress::account::{self};
use crate::cli::noun::progress::half_days::{self};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::open::{Trial, how_to_go_back};
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, Date, Refusal, Text};
use crate::fixed;
use crate::ops::attendance::MarkRequest;
use crate::ops::half_days::{Days, HalfDay, planned};
use crate::ops::{Outcome, Saved};
use crate::store::{CohortSpan, Committed, Identity, Lookup, Stay};
use crate::text;
use crate::view::names::Names;
use anyhow::{Result, bail};

/// `fil progress day`.
pub const VERB: Verb = Verb {
    names: &["day", "jour"],
    about: fixed!(
        "Note toute la promotion présente, sauf les absents.",
        "Marks the whole cohort present, but for the absent.",
    ),
    examples: [
        fixed!("fil p day 05/12 --absent amé saïd"),
        fixed!("fil p jour hier --half am --excused amé", "fil p day yesterday --half am --excused amé"),
    ],
    flags: &[&[DATE, ABSENT, EXCUSED, HALF, COHORT, flags::YES, flags::DRY_RUN]],
    run: Run::With(run),
};

const DATE: Flag = Flag::word(
    "date",
    fixed!("DATE|PÉRIODE", "DATE|PERIOD"),
    fixed!("le jour : 05/12, hier ; ou 03/12..07/12", "the day: 05/12, yesterday; or 03/12..07/12"),
)
.optional();
const ABSENT: Flag = Flag::option(
    "absent",
    fixed!("QUI…", "WHO…"),
    fixed!("les absents (une absence déjà notée reste)", "the absent (one marked before stays)"),
)
.also(&["absents"])
.several()
.names(Names::TRAINEE);
const EXCUSED: Flag = Flag::option("excused", fixed!("QUI…", "WHO…"), fixed!("les absents justifiés", "those excused"))
    .also(&["justifies", "excuses"])
    .several()
    .names(Names::TRAINEE);
const COHORT: Flag = flags::COHORT.help(fixed!("la promotion", "the cohort"));

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let typed = matches.text(&DATE);
    let period = subject::days(ctx, &lookup, typed)?;
    let cohort = match matches.text(&COHORT) {
        Some(typed) => Chosen { value: selector::cohort(&lookup, typed)?, echo: None },
        None => selector::default_cohort(ctx, &lookup, Purpose::Write)?,
    };
    let echo = (period.echo || typed.is_none()).then(|| period.in_full());
    let days = Days { period, half: half_days::half(matches), today: ctx.today };
    let halves = planned(&lookup, &cohort.value, &days)?;
    let mut call = Call::of(&lookup, cohort.value, days, halves)?;
    let mut said: Vec<Text> = cohort.echo.into_iter().chain(echo).collect();
    let absent = selector::people(ctx, &lookup, &matches.all(&ABSENT), Purpose::Write)?;
    let excused = selector::people(ctx, &lookup, &matches.all(&EXCUSED), Purpose::Write)?;
    for (chosen, excuse) in
        absent.into_iter().map(|c| (c, Excuse::NONE)).chain(excused.into_iter().map(|c| (c, Excuse::EXCUSED)))
    {
        call.absent(&chosen.value, excuse)?;
        said.extend(chosen.echo);
    }
    call.keep_recorded(&lookup)?;
    let trial = Trial::of(matches);
    if trial == Trial::Real && ctx.can_ask() && call.is_long() && !call.agreed(ctx, matches)? {
        return Ok(Answer::done(text!("Arrêté : rien n'a été écrit.", "Stopped: nothing was written.")));
    }
    ctx.has_read(store);
    let done = half_days::save(ctx, Act::Day, trial, &call.requests())?;
    let told = call.account(&done, trial);
    Ok(Answer { said: said.into_iter().chain(told.said).collect(), ..told })
}

/// The roll call of a day, or of several.
struct Call {
    cohort: CohortSpan,
    days: Days,
    halves: Vec<HalfDay>,
    rows: Vec<Row>,
}

/// One person on the roll.
struct Row {
    person: Identity,
    stay: Stay,
    /// How they are absent, when they are named so.
    named: Option<Excuse>,
    /// Half-days on which an absence recorded before is kept.
    kept: Vec<HalfDay>,
}

impl Row {
    /// Whether they are in training on a day.
    fn there(&self, date: Date) -> bool {
        self.stay.entry.is_some_and(|entry| entry <= date) && self.stay.exit.is_none_or(|exit| date <= exit)
    }
    fn days<'a>(&'a self, halves: &'a [HalfDay]) -> impl Iterator<Item = HalfDay> + 'a {
        halves.iter().copied().filter(|at| self.there(at.date) && !self.kept.contains(at))
    }
}

impl Call {
    fn of(lookup: &Lookup<'_>, cohort: CohortSpan, days: Days, halves: Vec<HalfDay>) -> Result<Call> {
        let mut rows = Vec::new();
        for stay in lookup.stays_in(cohort.id)? {
            if let Some(person) = lookup.find_person(stay.person)? {
                let row = Row { person, stay, named: None, kept: Vec::new() };
                rows.extend(halves.iter().any(|at| row.there(at.date)).then_some(row));
            }
        }
        rows.sort_by(|a, b| (&a.person.folded, a.person.id).cmp(&(&b.person.folded, b.person.id)));
        if rows.is_empty() {
            let (code, said) = (&cohort.code, days.period.in_full());
            bail!(Refusal::data(text!(
                "personne n'est en formation dans {code} {said}",
                "nobody is in training in {code} {said}";
                said
            )));
        }
        Ok(Call { cohort, days, halves, rows })
    }

    fn absent(&mut self, person: &Identity, excuse: Excuse) -> Result<()> {
        let (slug, code, said) = (&person.slug, &self.cohort.code, self.days.period.in_full());
        let Some(row) = self.rows.iter_mut().find(|row| row.person.id == person.id) else {
            bail!(Refusal::data(text!(
                "{slug} n'est pas en formation dans {code} {said}",
                "{slug} is not in training in {code} {said}";
                said
            )));
        };
        if row.named.replace(excuse).is_some() {
            bail!(Refusal::usage(text!("{slug} est nommé deux fois", "{slug} is named twice")));
        }
        Ok(())
    }

    /// Whether it is about more than a day: whoever is not named would be present on all of them.
    fn is_long(&self) -> bool {
        self.halves.first().map(|at| at.date) != self.halves.last().map(|at| at.date)
    }

    /// Whether the person at the terminal wants everybody who is not named to be present on several days.
    fn agreed(&self, ctx: &Context<'_>, matches: &Matches) -> Result<bool> {
        if matches.has(&flags::YES) {
            return Ok(true);
        }
        let (said, code) = (account::said(&self.halves), &self.cohort.code);
        let question = text!(
            "Noter présents tous ceux de {code} qui ne sont pas nommés : {said} ?",
            "Mark present all those of {code} who are not named: {said}?";
            said
        );
        Ok(prompt::confirm(ctx, &question, "--yes")? == Reply::Yes)
    }

    /// An absence that was entered before is not turned into a presence by a roll call that does not name the person.
    fn keep_recorded(&mut self, lookup: &Lookup<'_>) -> Result<()> {
        for row in self.rows.iter_mut().filter(|row| row.named.is_none()) {
            let marks = lookup.marks_of(row.stay.id)?;
            let absent = |at: &&HalfDay| {
                marks.iter().any(|(half_day, mark)| {
                    (half_day.date, half_day.half) == (at.date, at.half) && mark.status != AttendanceStatus::Present
                })
            };
            row.kept = self.halves.iter().filter(absent).copied().collect();
        }
        Ok(())
    }

    fn requests(&self) -> Vec<MarkRequest> {
        let one = |row: &Row, at: HalfDay| match row.named {
            Some(excuse) => excuse.mark(row.stay, at),
            None => half_days::request(row.stay, at, AttendanceStatus::Present),
        };
        self.rows.iter().flat_map(|row| row.days(&self.halves).map(move |at| one(row, at))).collect()
    }

    fn account(&self, done: &Committed<Saved>, trial: Trial) -> Answer {
        let mut outcomes = done.value().outcomes.iter().map(|(_, _, outcome)| outcome);
        let (mut present, mut absent, mut unchanged) = (0, Vec::new(), true);
        for row in &self.rows {
            let days: Vec<HalfDay> = row.days(&self.halves).collect();
            unchanged &= outcomes.by_ref().take(days.len()).all(|outcome| *outcome == Outcome::Identical);
            match row.named {
                Some(excuse) => absent.push(Part { name: subject::name(&row.person), mark: excuse.said(), days }),
                None if days.is_empty() => {}
                None => present += 1,
            }
        }
        let said = account::said(&self.halves);
        let (code, count, present_fr, present_en) =
            (&self.cohort.code, absent.len(), people(present, "présent"), format!("{present} present"));
        let (absent_fr, absent_en) = (people(count, "absent"), format!("{count} absent"));
        let mut answer = Answer::done(if unchanged {
            text!(
                "Rien à changer : {code}, {said} : {present_fr}, {absent_fr}",
                "Nothing to change: {code}, {said}: {present_en}, {absent_en}";
                said
            )
        } else {
            text!(
                "Noté : {code}, {said} : {present_fr}, {absent_fr}",
                "Marked: {code}, {said}: {present_en}, {absent_en}";
                said
            )
        });
        for part in &absent {
            let (name, mark) = (&part.name, &part.mark);
            answer = answer.say(text!("  {name} : {mark}", "  {name}: {mark}"; mark));
        }
        for row in self.rows.iter().filter(|row| !row.kept.is_empty()) {
            let (name, said) = (subject::name(&row.person), account::said(&row.kept));
            answer = answer.warn(
                text!("absence déjà notée, laissée telle quelle", "absence marked before, left as it is"),
                text!("{name}, {said}", "{name}, {said}"; said),
            );
        }
        answer.say_after(how_to_go_back(done, trial))
    }
}

fn people(count: usize, word: &str) -> String {
    let s = if count > 1 { "s" } else { "" };
    format!("{count} {word}{s}")
}
