//! `fil trainee`: the people, from the application to the years after.

mod add;
mod asked;
mod data;
mod edit;
mod erase;
pub mod leftovers;
mod list;
mod merge;
mod note;
mod path;
mod remove;
mod retention;
mod show;

use crate::cli::parser::command::{Noun, Spec};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::folding::{Fragments, fold};
use crate::domain::shell::command_line;
use crate::domain::{Kind, Refusal, Text};
use crate::fixed;
use crate::store::Identity;
use crate::text;
use std::collections::BTreeMap;

/// `fil trainee`.
pub const NOUN: Noun = Noun {
    names: &["trainee", "stagiaire", "t"],
    about: fixed!("Les stagiaires : liste, fiche, entrées, sorties.", "The trainees: list, record, entries, exits."),
    spec,
    run,
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
.required();
const REASON: Flag = flags::REASON
    .help(fixed!("terme, emploi, formation, abandon, exclusion…", "completed, job, training, dropped_out, excluded…"));
const EXIT_ON: Flag = flags::ON.help(fixed!("le dernier jour (sinon aujourd'hui)", "the last day (else today)"));

/// `-c` of a verb about one person, and of a verb that enters one.
const THEIR_COHORT: Flag = flags::COHORT
    .help(fixed!("la promotion, si la personne en a plusieurs", "the cohort, when the person has several"));
const NEW_COHORT: Flag =
    flags::COHORT.help(fixed!("la promotion (sinon celle en cours)", "the cohort (else the one that runs)"));

fn spec() -> Spec {
    Spec::of(&NOUN, [fixed!("fil t", "fil t"), fixed!("fil t s amé", "fil t s ame")])
        .verb(list_spec())
        .verb(
            Spec::new(
                &["show", "s", "voir"],
                fixed!("Le parcours d'une personne.", "One person's path."),
                [fixed!("fil t s amé", "fil t s ame"), fixed!("fil t s 12 -f json", "fil t s 12 -f json")],
            )
            .flag(flags::WHO)
            .flag(THEIR_COHORT)
            .flags(flags::TABLE),
        )
        .verb(add_spec())
        .verb(edit_spec())
        .verb(
            Spec::new(
                &["remove", "supprimer"],
                fixed!("Retire une inscription faite par erreur.", "Takes away an enrolment made by mistake."),
                [
                    fixed!("fil trainee remove ferre-amelie -n", "fil trainee remove ferre-amelie -n"),
                    fixed!("fil trainee remove 12 -c P1 -y", "fil trainee remove 12 -c P1 -y"),
                ],
            )
            .flags(&[flags::WHO, THEIR_COHORT, flags::DRY_RUN, flags::YES]),
        )
        .verb(enrol_spec())
        .verb(transfer_spec())
        .verb(leave_spec())
        .verb(merge::spec())
        .verb(data::spec())
        .verb(retention::spec())
        .verb(erase::spec())
        .verb(
            Spec::new(
                &["note", "n"],
                fixed!("Ajoute une note datée.", "Adds a dated note."),
                [
                    fixed!("fil t n amé \"a trouvé une voiture\"", "fil t n ame \"has found a car\""),
                    fixed!(
                        "fil t n 12 \"rappelé, viendra lundi\" --le 03/12",
                        "fil t n 12 \"called back\" --on 2018-12-03",
                    ),
                ],
            )
            .flags(&[flags::WHO, TEXT, flags::ON, flags::DRY_RUN]),
        )
        .bare("list")
        .stray(stray)
}

fn list_spec() -> Spec {
    let examples = [fixed!("fil t", "fil t"), fixed!("fil t -c all -s left -f csv", "fil t -c all -s left -f csv")];
    let about = fixed!("Les stagiaires d'une promotion.", "The trainees of a cohort.");
    Spec::new(&["list", "ls", "liste"], about, examples).flags(&[flags::COHORT, STATUS, CONTACT]).flags(flags::TABLE)
}

fn add_spec() -> Spec {
    let examples = [
        fixed!("fil t a", "fil t a"),
        fixed!("fil t a Ferré Amélie -c P1 --entry 05/11", "fil t a Ferré Amélie -c P1 --entry 05/11"),
    ];
    let about = fixed!(
        "Inscrit quelqu'un ; sans nom, pose les questions.",
        "Enrols someone; without a name, asks for each thing.",
    );
    Spec::new(&["add", "a", "ajouter"], about, examples).flags(&[
        LAST,
        FIRST,
        NEW_COHORT,
        ENTRY,
        flags::BORN,
        flags::PHONE,
        flags::SET,
        flags::DRY_RUN,
    ])
}

fn edit_spec() -> Spec {
    let examples = [
        fixed!("fil t e amé --tel 0698765432", "fil t e ame --phone 0698765432"),
        fixed!("fil t e 12 --ne 03/02/2000 --set sexe=F", "fil t e 12 --born 2000-02-03 --set sex=F"),
    ];
    Spec::new(&["edit", "e", "modifier"], fixed!("Modifie une fiche.", "Changes a record."), examples).flags(&[
        flags::WHO,
        THEIR_COHORT,
        flags::PHONE,
        flags::BORN,
        flags::SET,
        flags::DRY_RUN,
    ])
}

fn enrol_spec() -> Spec {
    let examples = [
        fixed!("fil trainee enrol amé -c P2 --le 04/03", "fil trainee enrol ame -c P2 --on 2019-03-04"),
        fixed!("fil trainee enrol 12 -n", "fil trainee enrol 12 -n"),
    ];
    let about = fixed!("Fait entrer une personne dans une promotion.", "Enters a person into a cohort.");
    let on = flags::ON.help(fixed!("le jour d'entrée (sinon aujourd'hui)", "the entry day (else today)"));
    Spec::new(&["enrol", "inscrire"], about, examples).flags(&[flags::WHO, NEW_COHORT, on, flags::DRY_RUN])
}

fn transfer_spec() -> Spec {
    let examples = [
        fixed!("fil trainee transfer amé --to-cohort P2", "fil trainee transfer ame --to-cohort P2"),
        fixed!("fil trainee transfer 12 --to-cohort P2 --le 30/11 -n", "fil trainee transfer 12 --to-cohort P2 -n"),
    ];
    let about = fixed!(
        "Change de promotion : sortie, entrée le lendemain.",
        "Changes cohort: an exit, an entry the day after."
    );
    let flags = [flags::WHO, TO_COHORT, EXIT_ON, THEIR_COHORT, flags::DRY_RUN];
    Spec::new(&["transfer", "transferer"], about, examples).flags(&flags)
}

fn leave_spec() -> Spec {
    let examples = [
        fixed!("fil t sortie saïd --motif abandon", "fil t leave said --reason dropped_out"),
        fixed!("fil t sortie 12 --motif emploi --le 04/12", "fil t leave 12 --reason job --on 2018-12-04"),
    ];
    let about = fixed!("Note la sortie d'une personne.", "Records that a person left.");
    let flags = [flags::WHO, REASON, EXIT_ON, THEIR_COHORT, flags::DRY_RUN];
    Spec::new(&["leave", "sortie"], about, examples).flags(&flags)
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    match matches.verb().as_str() {
        "show" => show::run(matches, ctx),
        "add" => add::run(matches, ctx),
        "edit" => edit::run(matches, ctx),
        "remove" => remove::run(matches, ctx),
        "enrol" => path::enrol(matches, ctx),
        "transfer" => path::transfer(matches, ctx),
        "leave" => path::leave(matches, ctx),
        "merge" => merge::run(matches, ctx),
        "data" => data::run(matches, ctx),
        "retention" => retention::run(matches, ctx),
        "erase" => erase::run(matches, ctx),
        "note" => note::run(matches, ctx),
        _ => list::run(matches, ctx),
    }
}

/// A word where a verb is due that is somebody's name.
fn stray(ctx: &mut Context<'_>, word: &str) -> Option<String> {
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

/// Says several sentences.
fn say_all(answer: Answer, sentences: impl IntoIterator<Item = Text>) -> Answer {
    sentences.into_iter().fold(answer, Answer::say)
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
    joined(&words)
}

/// Words one after the other.
fn joined(words: &[Text]) -> Text {
    let join = |f: fn(&Text) -> &str| words.iter().map(f).collect::<Vec<_>>().join(", ");
    Text::new(join(|t| &t.fr), join(|t| &t.en))
}

/// Refuses a person who is in no cohort of this name, or a field that this verb does not change.
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
