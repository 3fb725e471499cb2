//! `fil progress set`: a module validated, in progress, failed or marked; `code` and `conduite` are the driving licence.

use super::OF_COHORT;
use super::licence::Exam;
use super::pick;
use crate::cli::ask::entry::{self, Write};
use crate::cli::ask::subject;
use crate::cli::ask::subject::Ask;
use crate::cli::noun::prelude::*;
use crate::cli::noun::progress::licence::{self};
use crate::domain::day::Lean;
use crate::domain::folding::{fold, shown};
use crate::domain::id::StayId;
use crate::domain::kind::result;
use crate::domain::number::parse_mark;
use crate::domain::progress::{LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::{Act, ClosedList, Date, Kind, Record, Refusal, Text, Value};
use crate::ops::request::spoken;
use crate::ops::{Mode, Request};
use crate::store::Lookup;
use crate::store::records::Which;

/// `fil progress set`.
pub const VERB: Verb = Verb {
    names: &["set", "noter"],
    about: fixed!(
        "Note un module (14/20 = en cours), le code, la conduite.",
        "Records a module (14/20 = in progress) or a test.",
    ),
    examples: [
        fixed!("fil p set amé maths 14/20"),
        fixed!("fil p set amé code obtenu --le 04/12", "fil p set amé code passed --on 04/12"),
    ],
    flags: &[&[flags::WHO, MODULE, VALUE, flags::ON, OF_COHORT, flags::DRY_RUN]],
    run: Run::With(run),
};

const MODULE: Flag = Flag::word(
    "module",
    fixed!("MODULE", "MODULE"),
    fixed!(
        "son code ou des bouts de son titre ; ou code, conduite",
        "its code or parts of its title; or code, conduite",
    ),
)
.names(Names::MODULE);
const VALUE: Flag = Flag::word(
    "value",
    fixed!("VALEUR", "VALUE"),
    fixed!("validé, en cours, échec, ou une note 14/20", "validated, in_progress, failed, or a mark 14/20"),
)
.minus();

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let typed = matches.need(&VALUE)?;
    match exam(matches.need(&MODULE)?) {
        Some(step) => {
            licence::exam(matches, ctx, Exam { act: Act::SetProgress, step, outcome: LicenceOutcome::read(typed)? })
        }
        None => module(matches, ctx, value(typed)?),
    }
}

/// The words that mean an exam of the licence and never a module.
fn exam(word: &str) -> Option<LicenceStep> {
    match fold(word).as_str() {
        "code" => Some(LicenceStep::CodeExam),
        "conduite" => Some(LicenceStep::DrivingExam),
        _ => None,
    }
}

/// What can be said of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Outcome(ModuleOutcome),
    Mark(i64, i64),
}

fn value(typed: &str) -> Result<Said, Refusal> {
    if typed.contains('/') {
        return parse_mark(typed).map(|(mark, out_of)| Said::Mark(mark, out_of));
    }
    if typed.trim().starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        let word = shown(typed.trim());
        return Err(Refusal::usage(text!("« {word} » : sur combien ?", "“{word}”: out of how many?"))
            .hint(text!("tapez la note et son maximum : 14/20", "type the mark and its maximum: 14/20")));
    }
    let or_a_mark = |refusal: Refusal| match refusal.hint {
        None => refusal.hint(text!("Ou une note, avec son maximum : 14/20", "Or a mark, with its maximum: 14/20")),
        Some(_) => refusal,
    };
    ModuleOutcome::read(typed).map(Said::Outcome).map_err(or_a_mark)
}

fn module(matches: &Matches, ctx: &Context<'_>, value: Said) -> Result<Answer> {
    let on = subject::day(ctx, matches, &flags::ON, Lean::Past)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: on.date };
    let who = subject::find(ctx, &lookup, matches.need(&flags::WHO)?, ask)?;
    let module = pick::module(ctx, &lookup, &who.cohort, matches.need(&MODULE)?)?;
    let recorded = recorded(&lookup, who.stay.id, &module.code, on.date)?;
    ctx.has_read(store);
    let mut request = Request::new(Kind::Results);
    request
        .give(result::COHORT, Value::Text(who.cohort.code.clone()))
        .give(result::TRAINEE, Value::Text(who.person.slug.clone()))
        .give(result::MODULE, Value::Text(module.code.clone()))
        .give(result::DATE, Value::Date(on.date));
    say(&mut request, value, recorded.is_some());
    let (name, code, day, said) = (who.name(), &module.code, on.date.french(), spoken_value(value));
    let date = on.date;
    let subject = text!("{name}, {code} : {said}, le {day}", "{name}, {code}: {said}, {date}"; said);
    let trial = Trial::of(matches);
    let write = Write { act: Act::SetProgress, kind: Kind::Results, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, &[request])?;
    let told = entry::account(Kind::Results, &subject, &done, trial);
    let echoes = who.echoes.into_iter().chain(module.echo).chain(on.echo);
    Ok(Answer { said: echoes.chain(told.said).collect(), ..told })
}

fn recorded(lookup: &Lookup<'_>, stay: StayId, module: &str, date: Date) -> Result<Option<Record>> {
    let known = lookup.records(Kind::Results, Which::Participation(stay))?;
    Ok(known.into_iter().find(|r| r.text(result::MODULE) == Some(module) && r.date(result::DATE) == Some(date)))
}

/// A mark leaves an outcome said before for that day as it is; on its own it means in progress.
fn say(request: &mut Request, value: Said, recorded: bool) {
    match value {
        Said::Outcome(outcome) => {
            request.give(result::OUTCOME, Value::Code(outcome.code()));
        }
        Said::Mark(mark, out_of) => {
            request.give(result::MARK, Value::Int(mark)).give(result::OUT_OF, Value::Int(out_of));
            if !recorded {
                request.give(result::OUTCOME, Value::Code(ModuleOutcome::InProgress.code()));
            }
        }
    }
}

fn spoken_value(value: Said) -> Text {
    match value {
        Said::Outcome(outcome) => outcome.text(),
        Said::Mark(mark, out_of) => {
            let part = |n| spoken(&result::MARK, Some(&Value::Int(n)));
            let (mark, out_of) = (part(mark), part(out_of));
            Text::new(format!("{}/{}", mark.fr, out_of.fr), format!("{}/{}", mark.en, out_of.en))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, want: Option<Said>) {
        assert_eq!(value(typed).ok(), want, "{typed}");
    }

    #[test]
    fn a_value_is_an_outcome_or_a_mark_with_its_maximum() {
        check("validé", Some(Said::Outcome(ModuleOutcome::Validated)));
        check("in_progress", Some(Said::Outcome(ModuleOutcome::InProgress)));
        check("14/20", Some(Said::Mark(1400, 2000)));
        check("13,5/20", Some(Said::Mark(1350, 2000)));
        check("0/20", Some(Said::Mark(0, 2000)));
        check("20/20", Some(Said::Mark(2000, 2000)));
        for bad in ["21/20", "14", "-2", "14/0", "14/", "vu", "", "prévu"] {
            check(bad, None);
        }
    }

    #[test]
    fn code_and_conduite_are_exams() {
        assert_eq!(exam("Code"), Some(LicenceStep::CodeExam));
        assert_eq!(exam("conduite"), Some(LicenceStep::DrivingExam));
        for word in ["codes", "driving", "permis", ""] {
            assert_eq!(exam(word), None, "{word}");
        }
    }
}
