//! `fil placement`: every situation after or around the course, the calls that follow it, the companies.

mod add;
mod ask;
mod change;
pub mod company;
mod follow;
mod list;
pub mod situation;
pub mod words;

use crate::cli::parser::command::{Noun, Spec};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::ClosedList;
use crate::domain::placement::Point;
use crate::fixed;

/// `fil placement`.
pub const NOUN: Noun = Noun {
    names: &["placement", "emploi", "e"],
    about: fixed!("Les contrats, missions et situations.", "Contracts, missions and situations."),
    spec,
    run,
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
.optional();
const FROM: Flag = flags::FROM.help(fixed!("premier jour", "first day"));
const TO: Flag = flags::TO.help(fixed!("dernier jour prévu", "last planned day"));
const AGENCY: Flag = Flag::option(
    "agency",
    fixed!("NOM", "NAME"),
    fixed!("l'agence d'intérim, qui emploie", "the temp agency, which employs"),
)
.also(&["agence"]);
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
);
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

fn spec() -> Spec {
    let noun = [fixed!("fil e ls --finit +30j", "fil e ls --ending +30d"), fixed!("fil e s amé", "fil e s amé")];
    Spec::of(&NOUN, noun)
        .verb(list_spec())
        .verb(show_spec())
        .verb(add_spec())
        .verb(edit_spec())
        .verb(end_spec())
        .verb(follow_spec())
        .verb(remove_spec())
        .verb(companies_spec())
        .bare("list")
}

fn list_spec() -> Spec {
    let examples = [
        fixed!("fil e ls --finit +30j", "fil e ls --ending +30d"),
        fixed!("fil emploi liste -c P1 -s prehire", "fil placement list -c P1 -s prehire"),
    ];
    Spec::new(&["list", "ls", "liste"], fixed!("Liste les situations.", "Lists placements."), examples)
        .flags(&[flags::COHORT, FILTER, ENDING])
        .flags(flags::TABLE)
}

fn show_spec() -> Spec {
    let examples =
        [fixed!("fil e s amé", "fil e s amé"), fixed!("fil placement show 3 -f json", "fil placement show 3 -f json")];
    Spec::new(
        &["show", "s", "voir"],
        fixed!("Montre une situation, ou celles d'une personne.", "Shows a placement, or those of a person."),
        examples,
    )
    .flag(WHICH)
    .flags(flags::TABLE)
}

fn add_spec() -> Spec {
    let examples = [
        fixed!(
            "fil e a amé mission sogetrel --du 04/02 --au 26/04",
            "fil e a amé mission sogetrel --from 04/02 --to 26/04",
        ),
        fixed!("fil e a amé cdi --du 29/04", "fil placement add ferre-amelie cdi --from 2019-04-29"),
    ];
    Spec::new(&["add", "a", "ajouter"], fixed!("Ajoute une situation.", "Adds a placement."), examples)
        .flags(&[flags::WHO.optional(), TYPE, COMPANY, FROM, TO, AGENCY, PREHIRE, COHORT, NEW_COMPANY])
        .flags(&[flags::SET, flags::DRY_RUN])
}

fn edit_spec() -> Spec {
    let examples = [
        fixed!("fil e e 3 --set preuve=contrat", "fil placement edit 3 --set evidence=contract"),
        fixed!("fil e e 3 --au 31/07/2019", "fil e e 3 --to 2019-07-31"),
    ];
    Spec::new(&["edit", "e", "modifier"], fixed!("Modifie une situation.", "Changes a placement."), examples).flags(&[
        NUMBER,
        FROM,
        TO,
        NEW_COMPANY,
        flags::SET,
        flags::DRY_RUN,
    ])
}

fn end_spec() -> Spec {
    let examples = [
        fixed!("fil e fin amé --le 12/04 --motif rupture", "fil placement end ferre-amelie --on 2019-04-12"),
        fixed!("fil e fin 3 --motif not_started", "fil placement end 3 --reason not_started"),
    ];
    Spec::new(
        &["end", "fin"],
        fixed!("Dit que la situation en cours est finie.", "Says that the running placement is over."),
        examples,
    )
    .flags(&[
        WHICH,
        flags::ON,
        flags::REASON.help(fixed!("le motif (not_started : jamais commencé)", "the reason (not_started: never begun)")),
        flags::DRY_RUN,
    ])
}

fn follow_spec() -> Spec {
    let examples = [
        fixed!("fil e f amé 3m en-poste", "fil placement follow ferre-amelie 3m in-post --on 2019-06-04"),
        fixed!("fil e f saïd 6m injoignable --par phone", "fil e f saïd 6m unreachable --by phone"),
    ];
    Spec::new(
        &["follow", "point", "f"],
        fixed!("Note un appel après la sortie et ce qu'il apprend.", "Notes a call after the exit and what it tells."),
        examples,
    )
    .flags(&[flags::WHO, POINT, SITUATION, COMPANY, BY, flags::ON, flags::NOTE, FROM, TO, AGENCY, PREHIRE])
    .flags(&[COHORT, NEW_COMPANY, flags::SET, flags::DRY_RUN])
}

fn remove_spec() -> Spec {
    let examples = [
        fixed!("fil placement remove 3", "fil placement remove 3"),
        fixed!("fil emploi supprimer 3 -y", "fil e remove 3 -y"),
    ];
    Spec::new(&["remove", "supprimer"], fixed!("Supprime une situation.", "Removes a placement."), examples).flags(&[
        NUMBER,
        flags::DRY_RUN,
        flags::YES,
    ])
}

fn companies_spec() -> Spec {
    let examples = [
        fixed!("fil e companies", "fil placement companies"),
        fixed!("fil e entreprises -S placements:desc", "fil e companies -S placements:desc"),
    ];
    Spec::new(
        &["companies", "entreprises"],
        fixed!("Liste les entreprises, chacune une fois.", "Lists the companies, each once."),
        examples,
    )
    .flags(flags::TABLE)
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    match matches.verb().as_str() {
        "show" => list::show(matches, ctx),
        "add" if matches.text(&flags::WHO).is_none() && ctx.can_ask() => ask::assisted(matches, ctx),
        "add" => add::add(matches, ctx),
        "edit" => change::edit(matches, ctx),
        "end" => change::end(matches, ctx),
        "follow" => follow::follow(matches, ctx),
        "remove" => change::take_out(matches, ctx),
        "companies" => list::companies(matches, ctx),
        _ => list::list(matches, ctx),
    }
}
