//! `fil progress`: attendance, modules, certificates, driving licence and interviews of the trainees.

mod absence;
mod account;
mod certify;
mod clear;
mod day;
mod half_days;
mod interview;
mod late;
mod licence;
mod pick;
mod records;
mod register;
mod set;
mod sheet;
mod show;

use crate::cli::noun::prelude::*;
use crate::domain::ClosedList;
use crate::domain::cohort::Half;

/// `fil progress`.
pub const NOUN: Verb = Verb {
    names: &["progress", "suivi", "p"],
    about: fixed!(
        "Le suivi du groupe : présences, modules, permis.",
        "The group's progress: attendance, modules, licence.",
    ),
    examples: [fixed!("fil p"), fixed!("fil p abs amé saïd")],
    flags: &[],
    run: Run::Verbs {
        list: &[
            show::VERB,
            day::VERB,
            absence::VERB,
            late::VERB,
            register::VERB,
            sheet::VERB,
            clear::VERB,
            set::VERB,
            certify::VERB,
            licence::VERB,
            interview::VERB,
            records::LIST,
            records::EDIT,
            records::REMOVE,
        ],
        bare: &show::VERB,
        stray: Some(stray),
    },
};

/// `WHO…`.
const PEOPLE: Flag = Flag::word(
    "who",
    fixed!("QUI", "WHO"),
    fixed!("une ou plusieurs personnes : amé saïd", "one person or several: amé saïd"),
)
.many()
.names(Names::TRAINEE);
/// `-c` where it names the participation that is meant.
const OF_COHORT: Flag =
    flags::COHORT.help(fixed!("dans quelle promotion (sinon la sienne)", "in which cohort (else theirs)"));
/// `--half am|pm`.
const HALF: Flag = Flag::option(
    "half",
    fixed!("am|pm", "am|pm"),
    fixed!("le matin ou l'après-midi seulement", "the morning or the afternoon only"),
)
.also(&["demi"])
.one_of(Half::LIST.words);
/// `--on DATE|PERIOD`.
const ON_DAYS: Flag = Flag {
    value: fixed!("DATE|PÉRIODE", "DATE|PERIOD"),
    ..flags::ON.help(fixed!("un jour, ou 03/12..05/12 (sinon aujourd'hui)", "a day, or 03/12..05/12 (else today)"))
};

/// A person's name after `fil progress` most likely means their whole path.
fn stray(ctx: &Context<'_>, word: &str) -> Option<String> {
    let store = ctx.open().ok()?;
    crate::cli::ask::selector::person(ctx, &store.lookup(), word, crate::cli::ask::selector::Purpose::Read).ok()?;
    let word = crate::domain::shell::command_line(&[word.to_owned()]);
    Some(format!("fil trainee show {word}"))
}
