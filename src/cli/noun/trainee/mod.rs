//! `fil trainee`: the people, from the application to the years after.

mod add;
mod asked;
mod data;
mod edit;
mod erase;
pub mod leave;
mod leftovers;
mod list;
mod merge;
mod note;
mod path;
mod remove;
mod retention;
mod select;
mod show;
mod support;

use crate::cli::noun::prelude::*;
use crate::domain::folding::{Fragments, fold};
use crate::domain::shell::command_line;
use crate::domain::{Kind, Refusal, Text};
use crate::store::Identity;
use std::collections::BTreeMap;

/// `fil trainee`.
pub const NOUN: Verb = Verb {
    names: &["trainee", "stagiaire", "t"],
    about: fixed!("Les stagiaires : liste, fiche, entrées, sorties.", "The trainees: list, record, entries, exits."),
    examples: [fixed!("fil t"), fixed!("fil t s amé", "fil t s ame")],
    flags: &[],
    run: Run::Verbs {
        list: &[
            list::VERB,
            show::VERB,
            add::VERB,
            edit::VERB,
            remove::VERB,
            path::ENROL,
            path::TRANSFER,
            leave::VERB,
            note::VERB,
            select::VERB,
            support::OBSTACLE,
            support::AID,
            support::LOAN,
            merge::VERB,
            data::VERB,
            retention::VERB,
            erase::VERB,
        ],
        bare: &list::VERB,
        stray: Some(stray),
    },
};

const LAST: Flag = Flag::word("last", fixed!("NOM", "LAST"), fixed!("le nom de famille", "the last name")).optional();
const FIRST: Flag = Flag::word("first", fixed!("PRÉNOM", "FIRST"), fixed!("le prénom", "the first name")).optional();
const TEXT: Flag = Flag::word(
    "text",
    fixed!("TEXTE|-", "TEXT|-"),
    fixed!("la note, entre guillemets ; - la lit au clavier", "the note, in quotes; - reads standard input"),
)
.minus();
const STATUS: Flag = flags::STATUS
    .one_of(&[
        &["applicant", "candidat"],
        &["waiting", "attente"],
        &["in_training", "in-training", "en_formation", "en-formation", "formation"],
        &["left", "sorti", "sortie"],
        &["refused", "refusé", "refuse"],
        &["withdrawn", "désistement", "desistement"],
    ])
    .help(fixed!("applicant, waiting, in_training ou left", "applicant, waiting, in_training or left"));
const CONTACT: Flag = Flag::switch("contact", fixed!("téléphones et courriels", "phone numbers and e-mail addresses"));
const ENTRY: Flag = Flag::option(
    "entry",
    fixed!("DATE", "DATE"),
    fixed!("le jour d'entrée (sinon : candidature)", "the entry day (else: an application)"),
)
.also(&["entree"]);
const TO_COHORT: Flag = Flag::option(
    "to-cohort",
    fixed!("PROMO", "COHORT"),
    fixed!("la promotion où la personne continue", "the cohort where the person goes on"),
)
.also(&["vers"])
.required()
.names(Names::COHORT);
const REASON: Flag = flags::REASON
    .help(fixed!("terme, emploi, formation, abandon, exclusion…", "completed, job, training, dropped_out, excluded…"));
const EXIT_ON: Flag = flags::ON.help(fixed!("le dernier jour (sinon aujourd'hui)", "the last day (else today)"));

/// `-c` of a verb about one person, and of a verb that enters one.
const THEIR_COHORT: Flag = flags::COHORT
    .help(fixed!("la promotion, si la personne en a plusieurs", "the cohort, when the person has several"));
const NEW_COHORT: Flag =
    flags::COHORT.help(fixed!("la promotion (sinon celle en cours)", "the cohort (else the one that runs)"));

/// A word where a verb is due that is somebody's name.
fn stray(ctx: &Context<'_>, word: &str) -> Option<String> {
    let store = ctx.open().ok()?;
    let people = store.lookup().identities().ok()?;
    let fragments = Fragments::new(word);
    let means = |p: &Identity| {
        let name = fold(&format!("{} {}", p.first_name, p.last_name));
        p.slug == word || p.id.to_string() == word || fragments.fit(&name).is_some()
    };
    let line = ["fil", "t", "show", word].map(str::to_owned);
    people.iter().any(means).then(|| command_line(&line))
}

/// A person in a sentence: `Amélie Ferré (ferre-amelie, n° 3)`.
fn named(person: &Identity) -> Text {
    let Identity { first_name, last_name, slug, id, .. } = person;
    text!("{first_name} {last_name} ({slug}, n° {id})", "{first_name} {last_name} ({slug}, no. {id})")
}

/// The warnings of record rules under names that people understand.
fn in_plain_words(mut answer: Answer) -> Answer {
    for warning in &mut answer.warnings {
        warning.kind = match &*warning.kind.en {
            "age" => text!("âge à vérifier", "age to check"),
            "near_duplicate" => text!("homonyme", "same name"),
            "entry_means_admitted" => text!("décision", "decision"),
            _ => continue,
        };
    }
    answer
}

/// How many records of each kind.
fn counts(counts: &BTreeMap<Kind, usize>) -> Text {
    let words: Vec<Text> = counts
        .iter()
        .map(|(kind, n)| match (kind, n) {
            (Kind::Trainees, 1) => text!("1 participation", "1 participation"),
            (Kind::Trainees, n) => text!("{n} participations", "{n} participations"),
            (kind, n) => kind.count(*n as i64),
        })
        .collect();
    Text::join(&words, ", ")
}

/// Says which command changes a field that `edit` does not.
fn refuse_field(field: &'static str, slug: &str) -> Refusal {
    match field {
        "cohort" => {
            Refusal::usage(text!("edit ne change pas de promotion", "edit does not change the cohort")).hint(text!(
                "Pour en changer : fil trainee transfer {slug} --to-cohort CODE",
                "To change it: fil trainee transfer {slug} --to-cohort CODE"
            ))
        }
        _ => Refusal::usage(text!(
            "le nom court {slug} reste à la personne pour toujours",
            "the slug {slug} is the person's for ever"
        )),
    }
}
