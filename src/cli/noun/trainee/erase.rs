//! `fil trainee erase`: somebody who asks for it, or whose time is over, is forgotten; the totals stay.

use super::{counts, named};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::backup;
use crate::cli::noun::prelude::*;
use crate::cli::noun::trainee::leftovers::{self, Places};
use crate::cli::run::errors::code;
use crate::cli::run::terminal::printable;
use crate::domain::id::OpId;
use crate::domain::{Act, Date, Refusal, Text};
use crate::ops::erase::{Erased, erase};
use crate::store::file::backup::Copy;
use crate::store::{Committed, Identity, Lookup, Stay};

/// `fil trainee erase`.
pub const VERB: Verb = Verb {
    names: &["erase", "effacer"],
    about: fixed!(
        "Efface une personne pour toujours (fil help privacy).",
        "Erases a person for ever (fil help privacy)."
    ),
    examples: [fixed!("fil trainee erase ferre-amelie -n"), fixed!("fil trainee erase 12 --search /srv/backups")],
    flags: &[&[flags::WHO, SEARCH, flags::DRY_RUN, flags::YES]],
    run: Run::With(run),
};

const SEARCH: Flag = Flag::option(
    "search",
    fixed!("DOSSIER", "DIR"),
    fixed!("y chercher aussi son nom ensuite (répétable)", "looks for their name there too (repeatable)"),
)
.also(&["chercher"])
.many();

/// Erases, once sure.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let (person, newest, here) = {
        let store = ctx.open()?;
        let person = selector::person(ctx, &store.lookup(), matches.need(&flags::WHO)?, Purpose::Write)?;
        let here = still_here(&store.lookup(), &person.value, ctx.today)?;
        (person, store.newest_operation()?, here)
    };
    let first = Answer::default().say_after(person.echo);
    let person = person.value;
    let places = Places::of(ctx, &matches.all(&SEARCH))?;
    // What cannot be done is refused before anybody is asked.
    let planned = write(ctx, &person, Trial::DryRun)?.into_value();
    let lines: Vec<Text> = account(&planned).into_iter().chain(here).collect();
    let who = named(&person);
    if Trial::of(matches) == Trial::DryRun {
        let slug = &planned.slug;
        let answer = first.say(text!(
            "Serait effacé(e) : {who} ; resterait « {slug} ».",
            "Would be erased: {who}; “{slug}” would stay.";
            who
        ));
        return Ok(answer.say_after(lines).say(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")));
    }
    if !matches.has(&flags::YES) && ask(ctx, &who, &lines)? == Reply::No {
        return Ok(first.say(text!("Rien n'a changé.", "Nothing changed.")));
    }
    let _alone = ctx.alone()?;
    let copy = backup::before_erase(ctx)?;
    let done = match write(ctx, &person, Trial::Real) {
        Ok(done) => done,
        Err(error) => {
            // Nothing was written: the copy would only lie about. When that is not known it stays.
            if !ctx.open().and_then(|store| store.newest_operation()).is_ok_and(|now| now == newest) {
                copy.keep()?;
            }
            return Err(error);
        }
    };
    let operation = done.operation().unwrap_or(OpId::NONE);
    let erased = done.into_value();
    let (number, slug) = (person.id, &erased.slug);
    let answer = first.say(text!(
        "Effacé(e) : la personne n° {number}, désormais « {slug} » (opération {operation}, définitive)",
        "Erased: person no. {number}, from now on “{slug}” (operation {operation}, final)"
    ));
    let answer = answer.say_after(account(&erased));
    Ok(afterwards(ctx, &erased, copy, &places).say_before(answer.said))
}

/// Shows what goes and what stays, then asks, naming the person.
fn ask(ctx: &Context<'_>, who: &Text, lines: &[Text]) -> Result<Reply> {
    if ctx.can_ask() {
        for line in lines {
            ctx.env.write_stderr(&format!("{}\n", printable(line.get(ctx.lang))));
        }
    }
    let question =
        text!("Effacer {who} pour toujours, sans retour possible ?", "Erase {who} for ever, with no way back?"; who);
    confirm(ctx, &question, "--yes")
}

/// A word about somebody who has not left yet: their follow-up ends here.
fn still_here(lookup: &Lookup<'_>, person: &Identity, today: Date) -> Result<Option<Text>> {
    let cohorts = lookup.cohorts()?;
    let here = |stay: &Stay| {
        let end = stay.exit.or_else(|| cohorts.iter().find(|c| c.id == stay.cohort).map(|c| c.end));
        stay.entry.is_some_and(|entry| entry <= today) && end.is_some_and(|end| today <= end)
    };
    let training = lookup.stays_of(person.id)?.iter().any(here);
    Ok(training.then(|| {
        text!(
            "!  cette personne est encore en formation : plus rien ne pourra être suivi",
            "!  this person is still in training: nothing can be followed any more"
        )
    }))
}

fn write(ctx: &Context<'_>, person: &Identity, trial: Trial) -> Result<Committed<Erased>> {
    ctx.write(Act::Erase, "trainees", trial, |tx| erase(tx, person))
}

/// Cleans the file, proves it sound, lets the copy go, then looks for the person everywhere. The person is erased by
/// now: whatever fails here is told beside that, never instead of it.
fn afterwards(ctx: &Context<'_>, erased: &Erased, copy: Copy, places: &Places) -> Answer {
    let mut answer = Answer::default();
    let kept = copy.target().to_owned();
    let sound = match proven(ctx) {
        Ok(()) => {
            drop(copy);
            backup::drop_before_erase(ctx)
        }
        Err(error) => Err(match copy.keep() {
            Ok(()) => error,
            Err(lost) => lost,
        }),
    };
    match sound {
        Ok(()) => {
            answer = answer.say(text!(
                "  la base a été réécrite sans restes et relue ; la copie faite juste avant est supprimée",
                "  the database was written anew without remains and read back; the copy made just before is gone"
            ));
        }
        Err(error) => {
            let (why, shown) = (in_words(ctx, error), kept.display());
            answer = failed(answer).say(text!(
                "!  la base n'a pas pu être réécrite et relue ({why}) ; la copie d'avant est gardée : {shown}",
                "!  the database could not be written anew and read back ({why}); the copy from before is kept: {shown}";
                why
            ));
            answer = answer.say(text!(
                "     supprimez-la dès que « fil doctor » ne trouve rien : elle contient la personne",
                "     delete it as soon as “fil doctor” finds nothing: it holds the person"
            ));
        }
    }
    match leftovers::look(ctx, &erased.sought, places) {
        Ok(found) => leftovers::said(answer, &found, &erased.sought),
        Err(error) => {
            let why = in_words(ctx, error);
            failed(answer).say(text!(
                "!  la recherche de ce qui reste n'a pas abouti ({why})",
                "!  the search for what is left did not come through ({why})";
                why
            ))
        }
    }
}

fn failed(mut answer: Answer) -> Answer {
    answer.code = code::FAILURE;
    answer
}

fn proven(ctx: &Context<'_>) -> Result<()> {
    ctx.open_to_write()?.compact()?;
    crate::store::file::backup::verify_whole(&ctx.database()?.path)
}

fn in_words(ctx: &Context<'_>, error: anyhow::Error) -> Text {
    let error = ctx.explain(error);
    let what = error.chain().find_map(|cause| cause.downcast_ref::<Refusal>()).map(|refusal| refusal.what.clone());
    let said = error.downcast_ref::<Refusal>().map(|refusal| refusal.what.clone()).or(what);
    said.unwrap_or_else(|| text!("erreur du disque", "disk error"))
}

/// What goes and what stays, a line each.
fn account(erased: &Erased) -> Vec<Text> {
    let mut goes = vec![text!(
        "nom, nom court, référence, téléphone, courriel, adresse",
        "names, slug, reference, phone, e-mail, address"
    )];
    let mut several = |n: usize, one: Text, many: Text| match n {
        0 => {}
        1 => goes.push(one),
        _ => goes.push(many),
    };
    let n = erased.notes;
    several(n, text!("1 note", "1 note"), text!("{n} notes", "{n} notes"));
    let n = erased.aliases;
    several(n, text!("1 ancien nom", "1 former name"), text!("{n} anciens noms", "{n} former names"));
    let n = erased.companies;
    several(
        n,
        text!("1 entreprise qui la nommait", "1 company that named them"),
        text!("{n} entreprises qui la nommaient", "{n} companies that named them"),
    );
    let n = erased.removed_before;
    several(
        n,
        text!("1 fiche du même nom déjà supprimée", "1 record of the same name removed before"),
        text!("{n} fiches du même nom déjà supprimées", "{n} records of the same name removed before"),
    );
    let n = erased.elsewhere;
    several(
        n,
        text!("son nom dans 1 texte sur d'autres", "the name in 1 text about others"),
        text!("son nom dans {n} textes sur d'autres", "the name in {n} texts about others"),
    );
    let words = counts(&erased.emptied);
    if !words.fr.is_empty() {
        goes.push(text!("les textes libres de : {words}", "the free texts of: {words}"; words));
    }
    let birth = if erased.birth_day_kept {
        text!(
            "la date de naissance entière (seule à donner le même âge à chaque entrée)",
            "the whole birth date (the only one that gives the same age on each entry)"
        )
    } else {
        text!("le mois de naissance", "the month of birth")
    };
    let (goes, stays) = (Text::join(&goes, ", "), counts(&erased.kept));
    vec![
        text!("  part : {goes}", "  goes: {goes}"; goes),
        text!(
            "  reste sans nom, compté comme avant : {stays}, {birth}",
            "  stays without a name, counted as before: {stays}, {birth}";
            stays, birth
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn what_goes_and_what_stays_is_said_in_words() {
        let mut erased = Erased { notes: 2, companies: 1, ..Erased::default() };
        erased.kept.insert(Kind::Attendance, 40);
        erased.emptied.insert(Kind::Interviews, 1);
        let lines = account(&erased);
        assert!(
            lines[0].en.contains("2 notes, 1 company that named them, the free texts of: 1 interview"),
            "{lines:?}"
        );
        assert!(lines[1].fr.contains("40 présences, le mois de naissance"), "{lines:?}");
    }
}
