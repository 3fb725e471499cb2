//! `fil progress licence`: steps towards the driving licence; every attempt is kept.

use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::ask::subject;
use crate::cli::noun::prelude::*;
use crate::domain::day::Lean;
use crate::domain::kind::licence;
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::{Act, ClosedList, Date, Kind, Record, Refusal, Text, Value};
use crate::ops::Mode;
use crate::store::records::Which;

/// `fil progress licence`.
pub const VERB: Verb = Verb {
    names: &["licence", "permis"],
    about: fixed!("Note une étape du permis : code, leçon, conduite…", "Records a step of the driving licence."),
    examples: [
        fixed!("fil p permis amé code prévu 12/12", "fil p licence amé code_exam booked 12/12"),
        fixed!("fil p permis amé leçon 2h", "fil p licence amé lesson 2h"),
    ],
    flags: &[&[flags::WHO, STEP, RESULT, HOURS, FINANCED, ON, flags::DRY_RUN]],
    run: Run::With(run),
};

const STEP: Flag = Flag::word(
    "step",
    fixed!("ÉTAPE", "STEP"),
    fixed!("inscription, code, leçon ou conduite", "registered, code_exam, lesson or driving_exam"),
);
const RESULT: Flag = Flag::word(
    "result",
    fixed!("RÉSULTAT", "RESULT"),
    fixed!("obtenu, échec, absent, prévu ; d'une leçon : 2h", "passed, failed, absent, booked; of a lesson: 2h"),
)
.optional();
const HOURS: Flag =
    Flag::option("hours", fixed!("DURÉE", "HOURS"), fixed!("d'une leçon : 2, 1h30", "of a lesson: 2, 1h30"))
        .also(&["heures"]);
const FINANCED: Flag = Flag::option("financed-by", fixed!("QUI", "WHOM"), fixed!("qui la paie", "who pays for it"))
    .also(&["finance-par", "paye-par"]);
const ON: Flag = flags::ON
    .help(fixed!("le jour, à venir si l'épreuve est prévue", "the day, ahead for a booked exam (else today)"))
    .or_word();

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let step = LicenceStep::read(matches.need(&STEP)?)?;
    if step == LicenceStep::Lesson {
        let hours = one_length(matches)?;
        return record(matches, ctx, Step { act: Act::Licence, step, outcome: None, hours });
    }
    let outcome = matches.text(&RESULT).map(LicenceOutcome::read).transpose()?;
    let exam = matches!(step, LicenceStep::CodeExam | LicenceStep::DrivingExam);
    match (exam, outcome) {
        (true, Some(outcome)) => self::exam(matches, ctx, Exam { act: Act::Licence, step, outcome }),
        (true, None) => bail!(
            Refusal::usage(text!("il manque le résultat de l'épreuve", "the outcome of the exam is missing"))
                .hint(text!("obtenu, échec, absent ou prévu", "passed, failed, absent or booked"))
        ),
        (false, Some(_)) => {
            bail!(Refusal::usage(text!("seules les épreuves ont un résultat", "only exams have an outcome")))
        }
        (false, None) => record(matches, ctx, Step { act: Act::Licence, step, outcome: None, hours: None }),
    }
}

/// How long a lesson was: the word after it, or `--hours`.
fn one_length(matches: &Matches) -> Result<Option<&str>> {
    match (matches.text(&RESULT), matches.text(&HOURS)) {
        (Some(word), _) if LicenceOutcome::read(word).is_ok() => bail!(
            Refusal::usage(text!("seules les épreuves ont un résultat", "only exams have an outcome"))
                .hint(text!("Pour une leçon : --hours 2", "For a lesson: --hours 2"))
        ),
        (Some(_), Some(_)) => {
            bail!(Refusal::usage(text!("la durée est donnée deux fois", "the hours are given twice")))
        }
        (word, option) => Ok(word.or(option)),
    }
}

/// An exam and what came of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exam {
    /// What the journal calls it.
    pub act: Act,
    /// Which exam.
    pub step: LicenceStep,
    /// What came of it.
    pub outcome: LicenceOutcome,
}

/// Records an exam of the person named on the line; a booked one needs its day.
pub(super) fn exam(matches: &Matches, ctx: &Context<'_>, exam: Exam) -> Result<Answer> {
    if exam.outcome == LicenceOutcome::Booked && matches.text(&ON).is_none() {
        bail!(
            Refusal::usage(text!("prévu quel jour ?", "booked on which day?"))
                .hint(text!("Ajoutez la date : --le 12/12/2018", "Add the date: --on 2018-12-12"))
        );
    }
    let (act, step, outcome) = (exam.act, exam.step, Some(exam.outcome));
    record(matches, ctx, Step { act, step, outcome, hours: matches.text(&HOURS) })
}

struct Step<'a> {
    act: Act,
    step: LicenceStep,
    outcome: Option<LicenceOutcome>,
    /// The length of a lesson, as typed.
    hours: Option<&'a str>,
}

fn record(matches: &Matches, ctx: &Context<'_>, step: Step<'_>) -> Result<Answer> {
    let lean = if step.outcome == Some(LicenceOutcome::Booked) { Lean::Nearest } else { Lean::Past };
    let on = subject::day(ctx, matches, &ON, lean)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let who = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
    let known = lookup.records(Kind::Licence, Which::Person(who.value.id))?;
    ctx.has_read(store);
    let mut entry = Entry::new(ctx, Kind::Licence);
    entry
        .give(licence::TRAINEE, Value::Text(who.value.slug.clone()))
        .give(licence::STEP, Value::Code(step.step.code()))
        .give(licence::DATE, Value::Date(on.date));
    if let Some(outcome) = step.outcome {
        entry.give(licence::OUTCOME, Value::Code(outcome.code()));
    }
    if let Some(hours) = step.hours {
        entry.say(licence::HOURS, hours)?;
    }
    // `set` does not have this flag, and then it says nothing.
    entry.flag(matches, &FINANCED, licence::FINANCED_BY)?;
    let no_hours = step.step == LicenceStep::Lesson && entry.request.given(licence::HOURS).is_none();
    let trial = Trial::of(matches);
    let write = Write { act: step.act, kind: Kind::Licence, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, &[entry.request])?;
    let told = entry::account(Kind::Licence, &subject(&subject::name(&who.value), &step, on.date), &done, trial);
    let echoes = who.echo.into_iter().chain(on.echo).chain(waiting(&known, &step, on.date));
    let told = Answer { said: echoes.chain(told.said).collect(), ..told };
    Ok(if no_hours {
        told.warn(text!("leçon sans durée", "lesson without hours"), text!("ajoutez --hours 2", "add --hours 2"))
    } else {
        told
    })
}

fn subject(name: &str, step: &Step<'_>, date: Date) -> Text {
    let (what, day) = (step.step.text(), date.french());
    let outcome = step.outcome.map(ClosedList::text);
    let (fr, en) = outcome.map_or((String::new(), String::new()), |o| (format!(" : {}", o.fr), format!(": {}", o.en)));
    Text::new(format!("{name}, {}{fr}, le {day}", what.fr), format!("{name}, {}{en}, {date}", what.en))
}

/// An exam booked for another day may be the very one whose outcome is given now.
fn waiting(known: &[Record], step: &Step<'_>, date: Date) -> Option<Text> {
    if matches!(step.outcome, None | Some(LicenceOutcome::Booked)) {
        return None;
    }
    let same = |r: &&Record| {
        r.text(licence::STEP) == Some(step.step.code()) && r.date(licence::DATE).is_some_and(|d| d < date)
    };
    let last = known.iter().filter(same).max_by_key(|r| r.date(licence::DATE))?;
    let booked = last.list::<LicenceOutcome>(licence::OUTCOME) == Some(LicenceOutcome::Booked);
    let (day, iso) = last.date(licence::DATE).filter(|_| booked).map(|d| (d.french(), d))?;
    Some(text!(
        "À noter : une épreuve était prévue le {day} ; si c'est celle-là, fil undo puis --le {day}",
        "Note: an exam was booked on {iso}; if it is that one, fil undo, then --on {iso}"
    ))
}
