//! `fil trainee leave`: exits with their reason, of one person, of several, or of all those of a cohort.

use super::path::{can_leave, day};
use super::{EXIT_ON, REASON, THEIR_COHORT, in_plain_words, named};
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::prompt::{self, Reply};
use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::folding::{nearest, shown};
use crate::domain::kind::trainee;
use crate::domain::trainee::ExitReason;
use crate::domain::{Act, ClosedList, Kind, Lang, Refusal, Text, Value};
use crate::ops::{Mode, Request};
use crate::store::{CohortSpan, Identity, Lookup, Stay};

/// `fil trainee leave`.
pub const VERB: Verb = Verb {
    names: &["leave", "sortie"],
    about: fixed!("Note la sortie d'une ou de plusieurs personnes.", "Records that one or several people left."),
    examples: [
        fixed!("fil t sortie saïd --motif abandon", "fil t leave said --reason dropped_out"),
        fixed!("fil t sortie -c P1 --tous --motif terme --le 01/02", "fil t leave -c P1 --all --reason completed"),
    ],
    flags: &[&[PEOPLE, REASON, EXIT_ON, THEIR_COHORT, ALL, flags::YES, flags::DRY_RUN]],
    run: Run::With(run),
};

const PEOPLE: Flag = Flag::word(
    "who",
    fixed!("QUI", "WHO"),
    fixed!("une ou plusieurs personnes : amé saïd", "one person or several: amé saïd"),
)
.many()
.optional()
.names(Names::TRAINEE);
const ALL: Flag = Flag::switch(
    "all",
    fixed!("tous ceux de la promotion (-c) qui y sont encore", "all those of the cohort (-c) who are still there"),
)
.also(&["tous"]);

/// Somebody who leaves, and the participation that ends.
struct Leaving {
    person: Identity,
    stay: Stay,
    cohort: CohortSpan,
    echoes: Vec<Text>,
}

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let leaving = if matches.has(&ALL) {
        everybody(matches, &store.lookup())?
    } else {
        named_ones(matches, ctx, &store.lookup())?
    };
    let Some(first) = leaving.first() else {
        let what = text!("personne n'y est encore : rien à noter", "nobody is there any more: nothing to record");
        return Ok(Answer::done(what));
    };
    let reason = reason(matches, &first.person.slug)?;
    let mut answer = Answer::default();
    let mut requests: Vec<Request> = Vec::new();
    for one in &leaving {
        let mut entry = Entry::new(ctx, Kind::Trainees);
        day(&mut entry, matches, trainee::EXIT)?;
        // The same exit said again changes nothing and is no mistake.
        if one.stay.exit.is_none() || one.stay.exit != entry.request.date(trainee::EXIT) {
            can_leave(&one.person, one.stay, &one.cohort.code)?;
        }
        entry.request.id = Some(one.person.id.into());
        entry
            .give(trainee::COHORT, Value::Text(one.cohort.code.clone()))
            .give(trainee::EXIT_REASON, Value::Code(reason.code()));
        answer = answer.say_after(one.echoes.iter().cloned());
        // The day that was taken for granted is said once.
        if requests.is_empty() {
            answer = answer.say_after(entry.echoes);
        }
        requests.push(entry.request);
    }
    ctx.has_read(store);
    let trial = Trial::of(matches);
    if matches.has(&ALL) && trial == Trial::Real && !matches.has(&flags::YES) {
        let (count, code) = (leaving.len(), &first.cohort.code);
        let question =
            text!("Noter la sortie de {count} personnes de {code} ?", "Record that {count} people left {code}?");
        if prompt::confirm(ctx, &question, "--yes")? == Reply::No {
            return Ok(Answer::done(text!("Arrêté : rien n'a été écrit.", "Stopped: nothing was written.")));
        }
    }
    let write = Write { act: Act::Leave, kind: Kind::Trainees, mode: Mode::Edit, trial };
    let done = entry::save(ctx, write, &requests)?;
    let subjects: Vec<Text> = leaving.iter().map(|one| named(&one.person)).collect();
    let account = entry::account_of_each(Kind::Trainees, &subjects, &done, trial);
    Ok(in_plain_words(account).say_before(answer.said))
}

/// Those who were named, each in the cohort of `-c` or in theirs.
fn named_ones(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>) -> Result<Vec<Leaving>> {
    let typed = matches.all(&PEOPLE);
    if typed.is_empty() {
        bail!(Refusal::usage(text!("qui est sorti ?", "who left?")).hint(text!(
            "Nommez les personnes, ou toute une promotion : fil t sortie -c P1 --tous",
            "Name the people, or a whole cohort: fil t leave -c P1 --all"
        )));
    }
    let mut leaving = Vec::new();
    for Chosen { value: person, echo } in selector::people(ctx, lookup, &typed, Purpose::Write)? {
        let found = selector::stay(lookup, &person, matches.text(&flags::COHORT), ctx.today)?;
        let (stay, cohort) = found.value;
        leaving.push(Leaving { person, stay, cohort, echoes: echo.into_iter().chain(found.echo).collect() });
    }
    Ok(leaving)
}

/// Those of the cohort who have entered and not left.
fn everybody(matches: &Matches, lookup: &Lookup<'_>) -> Result<Vec<Leaving>> {
    if !matches.all(&PEOPLE).is_empty() {
        bail!(Refusal::usage(text!(
            "des noms, ou --all pour tous : pas les deux",
            "names, or --all for everybody: not both"
        )));
    }
    let Some(typed) = matches.text(&flags::COHORT) else {
        bail!(
            Refusal::usage(text!("tous ceux de quelle promotion ?", "all those of which cohort?"))
                .hint(text!("Ajoutez -c CODE (liste : fil cohort list)", "Add -c CODE (list: fil cohort list)"))
        );
    };
    let cohort = selector::cohort(lookup, typed)?;
    let mut leaving = Vec::new();
    for stay in lookup.stays_in(cohort.id)?.into_iter().filter(|stay| stay.entry.is_some() && stay.exit.is_none()) {
        if let Some(person) = lookup.find_person(stay.person)? {
            leaving.push(Leaving { person, stay, cohort: cohort.clone(), echoes: Vec::new() });
        }
    }
    leaving.sort_by(|a, b| (&a.person.folded, a.person.id).cmp(&(&b.person.folded, b.person.id)));
    Ok(leaving)
}

fn reason(matches: &Matches, slug: &str) -> Result<ExitReason> {
    let words = |lang| ExitReason::ALL.iter().map(|r| r.label(lang)).collect::<Vec<_>>().join(", ");
    let codes = ExitReason::CODES.join(", ");
    let fr = words(Lang::Fr);
    let all = text!("Motifs : {fr}", "Reasons: {codes}");
    let Some(typed) = matches.text(&REASON) else {
        return Err(Refusal::usage(text!("il manque le motif de la sortie", "the reason of the exit is missing"))
            .why(all)
            .hint(text!(
                "Par exemple : fil t sortie {slug} --motif abandon",
                "For example: fil t leave {slug} --reason dropped_out"
            ))
            .into());
    };
    if let Ok(found) = ExitReason::find(typed) {
        return Ok(found);
    }
    let word = shown(typed);
    let what = Refusal::usage(text!("motif de sortie « {word} » inconnu", "exit reason “{word}” is not known"));
    let known = ExitReason::ALL.iter().flat_map(|r| [r.label(Lang::Fr), r.code()]);
    Err(match nearest(typed, known) {
        Some(near) => what.why(all).hint(text!("Vouliez-vous dire « {near} » ?", "Did you mean “{near}”?")),
        None => what.hint(all),
    }
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, want: Option<ExitReason>) {
        assert_eq!(ExitReason::find(typed).ok(), want, "{typed}");
    }

    #[test]
    fn reasons_are_known_by_code_by_label_and_by_everyday_word() {
        check("abandon", Some(ExitReason::DroppedOut));
        check("dropped-out", Some(ExitReason::DroppedOut));
        check("Emploi", Some(ExitReason::Job));
        check("terme", Some(ExitReason::Completed));
        check("force majeure", Some(ExitReason::ForceMajeure));
        check("fin d'intégration", Some(ExitReason::EndOfIntegration));
        check("transfert", Some(ExitReason::Transferred));
        check("vacances", None);
    }
}
