//! `fil report`: the sections and indicators, on the screen, in files, in each funder's folder.

mod check;
mod close;
mod diff;
mod explain;
mod export;
mod folder;
mod held;
mod history;
mod indicators;
mod list;
mod make;
mod past;
mod scope;
mod show;
mod verify;

use crate::cli::parser::command::{Noun, Spec};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::{ClosedList, Refusal};
use crate::fixed;
use crate::ops::quality;
use crate::store::Store;
use crate::text;
use std::collections::BTreeMap;

/// `fil report`.
pub const NOUN: Noun = Noun {
    names: &["report", "rapport", "r"],
    about: fixed!("Montre et exporte les rapports.", "Shows and exports the reports."),
    spec,
    run,
};

const SECTION: Flag = Flag::word(
    "section",
    fixed!("SECTION", "SECTION"),
    fixed!("monthly, indicators, exits… (fil report list)", "monthly, indicators, exits… (fil report list)"),
)
.optional();
const FUNDER: Flag = Flag::option(
    "funder",
    fixed!("FINANCEUR", "FUNDER"),
    fixed!("pour ce financeur, selon son profil", "for this funder, by its profile"),
)
.also(&["financeur"]);
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
.minus();
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
);
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

fn spec() -> Spec {
    Spec::of(
        &NOUN,
        [
            fixed!("fil r s --funder ca-solidarite", "fil r s --funder ca-solidarite"),
            fixed!("fil r x --all", "fil r x --all"),
        ],
    )
    .verb(
        Spec::new(
            &["list", "ls", "liste"],
            fixed!("Liste les sections et les indicateurs.", "Lists the sections and the indicators."),
            [fixed!("fil report list", "fil report list"), fixed!("fil r ls -f csv", "fil r ls -f csv")],
        )
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["show", "s", "voir"],
            fixed!("Montre une section, ou le rapport d'un financeur.", "Shows a section, or a funder's whole report."),
            [
                fixed!("fil r s indicators -p 2018T4", "fil r s indicators -p 2018Q4"),
                fixed!("fil r s --funder ca-solidarite -p 2018-11", "fil r s --funder ca-solidarite -p 2018-11"),
            ],
        )
        .flag(SECTION)
        .flag(FUNDER)
        .flags(&[flags::COHORT, flags::PERIOD, flags::AS_OF, SETTING])
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["export", "x", "exporter"],
            fixed!("Écrit le dossier de chaque financeur.", "Writes each funder's folder."),
            [
                fixed!("fil r x --all", "fil r x --all"),
                fixed!(
                    "fil report export m-1 --all --output /srv/exports/ --quiet --no-input",
                    "fil report export m-1 --all --output /srv/exports/ --quiet --no-input",
                ),
            ],
        )
        .flag(PERIOD)
        .flags(&[FUNDERS, ALL, flags::FOLDER, DIALECT, flags::AS_OF, LIVE, CLOSE, flags::FORCE]),
    )
    .verb(
        Spec::new(
            &["indicators", "indicateurs"],
            fixed!("Dit ce que compte chaque indicateur.", "Says what each indicator counts."),
            [
                fixed!("fil report indicators", "fil report indicators"),
                fixed!("fil report indicators -f json", "fil report indicators -f json"),
            ],
        )
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["explain", "expliquer"],
            fixed!("Dit qui est derrière un chiffre, et pourquoi.", "Says who is behind a figure, and why."),
            [
                fixed!("fil report explain dynamic_exit_rate@3m", "fil report explain dynamic_exit_rate@3m"),
                fixed!(
                    "fil report explain monthly:attendance_pct -c P1 -p 2018-12",
                    "fil report explain monthly:attendance_pct -c P1 -p 2018-12",
                ),
            ],
        )
        .flag(TARGET)
        .flag(FUNDER)
        .flags(&[NAMES, flags::COHORT, flags::PERIOD, flags::AS_OF, SETTING])
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["close", "cloturer"],
            fixed!("Clôt une période : ce qui est envoyé ne bouge plus.", "Closes a period: what is sent stays."),
            [
                fixed!(
                    "fil report close 2018-11 --funder break-poverty",
                    "fil report close 2018-11 --funder break-poverty",
                ),
                fixed!(
                    "fil r close m-1 --funder ca --accept unmarked --why \"feuille perdue\"",
                    "fil r close m-1 --funder ca --accept unmarked --why \"sheet lost\"",
                ),
            ],
        )
        .flag(PERIOD)
        .flags(&[FUNDER, ACCEPT, WHYS, flags::FOLDER, DIALECT, flags::FORCE, flags::DRY_RUN]),
    )
    .verb(
        Spec::new(
            &["reopen", "rouvrir"],
            fixed!(
                "Rouvre une période close, qui garde ses octets.",
                "Reopens a closed period, which keeps its bytes."
            ),
            [
                fixed!(
                    "fil report reopen 2018-11 --funder break-poverty --why \"sortie oubliée\"",
                    "fil report reopen 2018-11 --funder break-poverty --why \"an exit was missing\"",
                ),
                fixed!(
                    "fil r rouvrir 2018-11 --funder ca-solidarite --why ...",
                    "fil r reopen 2018-11 --funder ca-solidarite --why ...",
                ),
            ],
        )
        .flag(PERIOD)
        .flags(&[FUNDER, WHY, flags::DRY_RUN]),
    )
    .verb(
        Spec::new(
            &["history", "envois"],
            fixed!("Liste ce qui a été clos et envoyé.", "Lists what was closed and sent."),
            [
                fixed!("fil report history", "fil report history"),
                fixed!("fil r envois --funder break-poverty", "fil r history --funder break-poverty"),
            ],
        )
        .flag(FUNDER)
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["diff", "ecarts"],
            fixed!("Ce qui a changé depuis un envoi, et pourquoi.", "What changed since a close, and why."),
            [
                fixed!(
                    "fil report diff 2018-11 --funder break-poverty",
                    "fil report diff 2018-11 --funder break-poverty",
                ),
                fixed!("fil r diff m-1 --funder ca-solidarite -f csv", "fil r diff m-1 --funder ca-solidarite -f csv"),
            ],
        )
        .flag(PERIOD.help(fixed!("la période close : 2018-11, m-1…", "the closed period: 2018-11, m-1…")))
        .flag(FUNDER)
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["verify", "verifier"],
            fixed!("Vérifie les fichiers et les chiffres d'un dossier.", "Checks the files and figures of a folder."),
            [
                fixed!(
                    "fil report verify exports/2018-11_break-poverty",
                    "fil report verify exports/2018-11_break-poverty",
                ),
                fixed!("fil r verify envoi/ -f json", "fil r verify sent/ -f json"),
            ],
        )
        .flag(FOLDER)
        .flags(flags::TABLE),
    )
    .verb(check::spec())
    .bare("list")
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    match matches.verb().as_str() {
        "list" => list::run(ctx),
        "show" => show::run(matches, ctx),
        "export" => export::run(matches, ctx),
        "indicators" => indicators::run(),
        "explain" => explain::run(matches, ctx),
        "close" => close::close(matches, ctx),
        "reopen" => close::reopen(matches, ctx),
        "history" => history::run(matches, ctx),
        "diff" => diff::run(matches, ctx),
        "verify" => verify::run(matches, ctx),
        "check" => check::run(matches, ctx),
        other => {
            Err(Refusal::usage(text!("« {other} » n'est pas un verbe de report", "“{other}” is not a verb of report"))
                .into())
        }
    }
}

/// What the data-quality rules look at for a scope.
fn quality_scope(
    store: &Store,
    framed: &scope::Framed,
    purpose: quality::Purpose,
) -> anyhow::Result<quality::QualityScope> {
    let lookup = store.lookup();
    let scope = &framed.scope;
    let codes = match (&scope.cohorts, &scope.funder) {
        (Some(codes), _) => Some(codes.clone()),
        (None, Some(funder)) => Some(store.cohorts_of_funder(&funder.code)?),
        (None, None) => None,
    };
    let mut cohorts = None;
    if let Some(codes) = codes {
        let mut ids = Vec::new();
        for code in codes {
            ids.extend(lookup.find_cohort(&code)?.map(|c| c.id));
        }
        cohorts = Some(ids);
    }
    Ok(quality::QualityScope { cohorts, from: scope.from, to: scope.to, as_of: scope.as_of, purpose })
}

/// The section `quality`, which never leaves the school.
fn quality_section(store: &Store, framed: &scope::Framed) -> anyhow::Result<Answer> {
    let found = quality::findings(&store.lookup(), &quality_scope(store, framed, quality::Purpose::Look)?)?;
    Ok(Answer::sheet(super::check::sheet(&found)).when_empty(text!("Rien à corriger.", "Nothing to correct.")))
}

/// Data-quality errors of a scope by rule, with their counts; nobody is named.
fn quality_errors(
    store: &Store,
    framed: &scope::Framed,
    purpose: quality::Purpose,
) -> anyhow::Result<Vec<(String, usize)>> {
    let mut counts = BTreeMap::new();
    for finding in quality::errors(&store.lookup(), &quality_scope(store, framed, purpose)?)? {
        *counts.entry(finding.rule.code().to_owned()).or_insert(0) += 1;
    }
    Ok(counts.into_iter().collect())
}
