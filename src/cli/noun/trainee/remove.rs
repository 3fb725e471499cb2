//! `fil trainee remove`: takes away a participation, and the person with the last one, when nothing hangs on it.

use super::THEIR_COHORT;
use super::named;
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::{Act, Refusal, Text};
use crate::ops::remove::{counted, remove_stay};
use crate::store::{Identity, Lookup, Stay};

/// `fil trainee remove`.
pub const VERB: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Retire une inscription faite par erreur.", "Takes away an enrolment made by mistake."),
    examples: [fixed!("fil trainee remove ferre-amelie -n"), fixed!("fil trainee remove 12 -c P1 -y")],
    flags: &[&[flags::WHO, THEIR_COHORT, flags::DRY_RUN, flags::YES]],
    run: Run::With(run),
};

/// Removes, once sure.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let person = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
    let stay = selector::stay(&lookup, &person.value, matches.text(&flags::COHORT), ctx.today)?;
    let (participation, cohort) = stay.value;
    refuse_dependents(&lookup, &person.value, participation)?;
    let whole = lookup.stays_of(person.value.id)?.len() == 1;
    drop(store);
    let (who, code) = (named(&person.value), cohort.code);
    let what = if whole {
        text!("{who}, avec son inscription dans {code}", "{who}, with the enrolment in {code}"; who)
    } else {
        text!("{who}, inscription dans {code} seulement", "{who}, the enrolment in {code} only"; who)
    };
    let answer = Answer::default().say_after(person.echo.into_iter().chain(stay.echo));
    let trial = Trial::of(matches);
    if trial == Trial::Real && !matches.has(&flags::YES) {
        let question = text!("Supprimer {what} ?", "Remove {what}?"; what);
        if confirm(ctx, &question, "--yes")? == Reply::No {
            return Ok(answer.say(text!("Rien n'a été supprimé.", "Nothing was removed.")));
        }
    }
    let done = ctx.write(Act::Remove, "trainees", trial, |tx| remove_stay(tx, participation))?;
    let account = Answer::done(match trial {
        Trial::Real => text!("Supprimé : {what}", "Removed: {what}"; what),
        Trial::DryRun => text!("Serait supprimé : {what}", "Would be removed: {what}"; what),
    });
    Ok(account.say_after(how_to_go_back(&done, trial)).say_before(answer.said))
}

/// Names what hangs on the record, in words.
fn refuse_dependents(lookup: &Lookup<'_>, person: &Identity, stay: Stay) -> Result<()> {
    let mut found = lookup.dependents("participation", stay.id.into())?;
    if lookup.stays_of(person.id)?.len() == 1 {
        found.extend(lookup.dependents("person", person.id.into())?);
    }
    found.retain(|(table, _)| !matches!(*table, "contact" | "participation"));
    if found.is_empty() {
        return Ok(());
    }
    let list: Vec<Text> = found.iter().map(|(table, count)| counted(table, *count)).collect();
    let list = Text::join(&list, ", ");
    let (who, slug) = (named(person), &person.slug);
    bail!(
        Refusal::data(text!("{who} ne peut pas être supprimé", "{who} cannot be removed"; who))
            .why(text!("d'autres fiches en dépendent — {list}", "other records depend on it — {list}"; list))
            .hint(text!(
                "Si la personne est partie : fil trainee leave {slug} --reason MOTIF",
                "If the person has left: fil trainee leave {slug} --reason REASON"
            ))
    )
}
