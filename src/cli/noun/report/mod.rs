//! `fil report`: the sections and indicators, on the screen, in files, in each funder's folder.

mod again;
mod check;
mod close;
mod diff;
mod explain;
mod export;
mod folder;
mod history;
mod indicators;
mod list;
mod open;
mod scope;
mod sent;
mod show;
mod verify;

use crate::cli::noun::prelude::*;
use crate::ops::quality;
use crate::publish::data_quality::quality_scope;
use crate::publish::scope::Framed;
use crate::store::Store;

/// `fil report`.
pub const NOUN: Verb = Verb {
    names: &["report", "rapport", "r"],
    about: fixed!("Montre et exporte les rapports.", "Shows and exports the reports."),
    examples: [fixed!("fil r s --funder ca-solidarite"), fixed!("fil r x --all")],
    flags: &[],
    run: Run::Verbs {
        list: &[
            list::VERB,
            show::VERB,
            export::VERB,
            indicators::VERB,
            explain::VERB,
            close::CLOSE,
            close::REOPEN,
            history::VERB,
            sent::VERB,
            diff::VERB,
            verify::VERB,
            open::VERB,
            check::VERB,
        ],
        bare: &list::VERB,
        stray: None,
    },
};

const SECTION: Flag = Flag::word(
    "section",
    fixed!("SECTION", "SECTION"),
    fixed!("monthly, indicators, exits… (fil report list)", "monthly, indicators, exits… (fil report list)"),
)
.optional()
.names(Names::Section);
const FUNDER: Flag = Flag::option(
    "funder",
    fixed!("FINANCEUR", "FUNDER"),
    fixed!("pour ce financeur, selon son profil", "for this funder, by its profile"),
)
.also(&["financeur"])
.names(Names::FUNDER);
const FUNDERS: Flag = Flag { takes: flags::Takes::Many, ..FUNDER };
const ALL: Flag = Flag::switch("all", fixed!("pour tous les financeurs", "for every funder")).also(&["tous"]);
const PERIOD: Flag = Flag::word(
    "when",
    fixed!("PÉRIODE", "PERIOD"),
    fixed!(
        "2018-11, m-1, 2018T4… (sinon le dernier mois complet)",
        "2018-11, m-1, 2018Q4… (else the last complete month)",
    ),
)
.optional()
.minus()
.names(Names::Period);
const DIALECT: Flag = Flag::option(
    "format",
    fixed!("FORMAT", "FORMAT"),
    fixed!("csv, csv-fr (sinon le profil) ; html : et une page", "csv, csv-fr (else the profile's); html: and a page"),
)
.short('f')
.one_of(&[&["csv"], &["csv-fr"], &["html"]]);

const TARGET: Flag = Flag::word(
    "figure",
    fixed!("INDICATEUR|SECTION:COLONNE", "INDICATOR|SECTION:COLUMN"),
    fixed!("entrants, retention_6m, exits:durable@iae@3m…", "entrants, retention_6m, exits:durable@iae@3m…"),
)
.names(Names::Figure);
const DRAFT: Flag = Flag::switch(
    "draft",
    fixed!("un brouillon, pour vous : rien n'est enregistré", "a draft, for you: nothing is recorded"),
)
.also(&["brouillon"]);
const LIVE: Flag =
    Flag::switch("live", fixed!("ce que le rapport clos serait aujourd'hui", "what the closed report would be today"));
const CLOSE: Flag = Flag::option(
    "close",
    fixed!("N", "N"),
    fixed!("un envoi d'après son numéro (fil report history)", "an issued report by its number (fil report history)"),
);
const ACCEPT: Flag = Flag::option(
    "accept",
    fixed!("RÈGLE", "RULE"),
    fixed!("clore malgré cette règle de qualité", "close in spite of this data-quality rule"),
)
.also(&["accepter"])
.many();
const WHY: Flag = Flag::option("why", fixed!("TEXTE", "TEXT"), fixed!("la raison, imprimée", "the reason, printed"))
    .also(&["pourquoi"]);
const WHYS: Flag = Flag { takes: flags::Takes::Many, ..WHY };
const FOLDER: Flag = Flag::word(
    "folder",
    fixed!("DOSSIER", "DIR"),
    fixed!("le dossier d'un rapport exporté", "the folder of an exported report"),
);
const NAMES: Flag = Flag::switch("names", fixed!("nomme les personnes", "names the people")).also(&["noms"]);
const SETTING: Flag =
    flags::SET.help(fixed!("pour cette fois : durable_min=over-6m", "for this once: durable_min=over-6m"));

/// The section `quality`, which never leaves the school.
fn quality_section(store: &Store, framed: &Framed) -> anyhow::Result<Answer> {
    let found = quality::findings(&store.lookup(), &quality_scope(store, framed, quality::Purpose::Look)?)?;
    Ok(Answer::sheet(super::check::sheet(&found)).when_empty(text!("Rien à corriger.", "Nothing to correct.")))
}
