//! `fil placement`: every situation after or around the course, the calls that follow it, the companies.

mod add;
mod ask;
mod change;
pub mod company;
mod follow;
mod list;
pub mod situation;
pub mod words;

use crate::cli::noun::prelude::*;
use crate::domain::ClosedList;
use crate::domain::placement::Point;

/// `fil placement`.
pub const NOUN: Verb = Verb {
    names: &["placement", "emploi", "e"],
    about: fixed!("Les contrats, missions et situations.", "Contracts, missions and situations."),
    examples: [fixed!("fil e ls --finit +30j", "fil e ls --ending +30d"), fixed!("fil e s amé")],
    flags: &[],
    run: Run::Verbs {
        list: &[
            list::LIST,
            list::SHOW,
            add::ADD,
            change::EDIT,
            change::END,
            follow::FOLLOW,
            change::REMOVE,
            list::COMPANIES,
        ],
        bare: &list::LIST,
        stray: None,
    },
};

const TYPE: Flag = Flag::word(
    "type",
    fixed!("TYPE", "TYPE"),
    fixed!("cdi, cdd, mission, apprentissage, stage, recherche…", "cdi, cdd, mission, apprenticeship, pmsmp…"),
)
.optional();
const COMPANY: Flag = Flag::word(
    "company",
    fixed!("ENTREPRISE", "COMPANY"),
    fixed!("où la personne travaille", "where the person works"),
)
.optional()
.names(Names::Company);
const FROM: Flag = flags::FROM.help(fixed!("premier jour", "first day"));
const TO: Flag = flags::TO.help(fixed!("dernier jour prévu", "last planned day"));
const AGENCY: Flag = Flag::option(
    "agency",
    fixed!("NOM", "NAME"),
    fixed!("l'agence d'intérim, qui emploie", "the temp agency, which employs"),
)
.also(&["agence"])
.names(Names::Company);
const PREHIRE: Flag =
    Flag::switch("prehire", fixed!("mission avant embauche", "mission before hiring")).also(&["preembauche"]);
const NEW_COMPANY: Flag = Flag::switch(
    "new-company",
    fixed!("une autre entreprise, malgré un nom proche", "another company, in spite of a near name"),
)
.also(&["nouvelle-entreprise"]);
const COHORT: Flag = flags::COHORT.help(fixed!("la promotion concernée", "the cohort it belongs to"));
const WHICH: Flag = Flag::word(
    "which",
    fixed!("N|QUI", "N|WHO"),
    fixed!("le numéro de la situation, ou la personne", "the placement's number, or the person"),
)
.names(Names::TRAINEE);
const NUMBER: Flag =
    Flag::word("number", fixed!("N", "N"), fixed!("le numéro (fil placement list)", "the number (fil placement list)"));
const FILTER: Flag = Flag {
    group: flags::Group::Own,
    ..flags::STATUS.help(fixed!("current, ended ou prehire", "current, ended or prehire"))
}
.one_of(&[&["current", "en-cours", "encours"], &["ended", "fini", "finis", "termine"], &["prehire", "preembauche"]]);
const ENDING: Flag = flags::ENDING;
const POINT: Flag =
    Flag::word("point", fixed!("POINT", "POINT"), fixed!("3m, 6m ou 12m", "3m, 6m or 12m")).one_of(Point::LIST.words);
const SITUATION: Flag = Flag::word(
    "situation",
    fixed!("SITUATION", "SITUATION"),
    fixed!(
        "en-poste, recherche, inactif, injoignable, cdi, cdd…",
        "in-post, seeking, inactive, unreachable, cdi, cdd…"
    ),
)
.optional();
const BY: Flag = Flag::option(
    "by",
    fixed!("CANAL", "CHANNEL"),
    fixed!("phone, sms, email, visit ou employer", "phone, sms, email, visit or employer"),
)
.also(&["par"]);
