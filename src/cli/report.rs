//! `fil report`: the sections and indicators, on the screen, in files, in each funder's folder.

mod export;
mod folder;
mod indicators;
mod list;
mod scope;
mod show;

use super::answer::Answer;
use super::command::{Noun, Spec};
use super::context::Context;
use super::flags::{self, Flag};
use super::lang::label;
use super::matches::Matches;
use crate::domain::Refusal;
use crate::text;

/// `fil report`.
pub const NOUN: Noun = Noun {
    names: &["report", "rapport", "r"],
    about: label("Montre et exporte les rapports.", "Shows and exports the reports."),
    spec,
    run,
};

const SECTION: Flag = Flag::word(
    "section",
    label("SECTION", "SECTION"),
    label("monthly, indicators, exits… (fil report list)", "monthly, indicators, exits… (fil report list)"),
)
.optional();
const FUNDER: Flag = Flag::option(
    "funder",
    label("FINANCEUR", "FUNDER"),
    label("pour ce financeur, selon son profil", "for this funder, by its profile"),
)
.also(&["financeur"]);
const FUNDERS: Flag = Flag { takes: flags::Takes::Many, ..FUNDER };
const ALL: Flag = Flag::switch("all", label("pour tous les financeurs", "for every funder")).also(&["tous"]);
const PERIOD: Flag = Flag::word(
    "when",
    label("PÉRIODE", "PERIOD"),
    label(
        "2018-11, m-1, 2018T4… (sinon le dernier mois complet)",
        "2018-11, m-1, 2018Q4… (else the last complete month)",
    ),
)
.optional()
.minus();
const DIALECT: Flag = Flag::option(
    "format",
    label("csv|csv-fr", "csv|csv-fr"),
    label("le dialecte des fichiers (sinon celui du profil)", "the dialect of the files (else the profile's)"),
)
.short('f')
.one_of(&[&["csv"], &["csv-fr"]]);

fn spec() -> Spec {
    Spec::of(
        &NOUN,
        [
            label("fil r s --funder ca-solidarite", "fil r s --funder ca-solidarite"),
            label("fil r x --all", "fil r x --all"),
        ],
    )
    .verb(
        Spec::new(
            &["list", "ls", "liste"],
            label("Liste les sections et les indicateurs.", "Lists the sections and the indicators."),
            [label("fil report list", "fil report list"), label("fil r ls -f csv", "fil r ls -f csv")],
        )
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["show", "s", "voir"],
            label(
                "Montre une section, ou tout le rapport d'un financeur.",
                "Shows a section, or a funder's whole report.",
            ),
            [
                label("fil r s indicators -p 2018T4", "fil r s indicators -p 2018Q4"),
                label("fil r s --funder ca-solidarite -p 2018-11", "fil r s --funder ca-solidarite -p 2018-11"),
            ],
        )
        .flag(SECTION)
        .flag(FUNDER)
        .flags(&[
            flags::COHORT,
            flags::PERIOD,
            flags::AS_OF,
            flags::SET.help(label(
                "un réglage pour cette fois : durable_min=over-6m",
                "a setting for this once: durable_min=over-6m",
            )),
        ])
        .flags(flags::TABLE),
    )
    .verb(
        Spec::new(
            &["export", "x", "exporter"],
            label("Écrit le dossier de chaque financeur.", "Writes each funder's folder."),
            [
                label("fil r x --all", "fil r x --all"),
                label(
                    "fil report export m-1 --all --output /srv/exports/ --quiet --no-input",
                    "fil report export m-1 --all --output /srv/exports/ --quiet --no-input",
                ),
            ],
        )
        .flag(PERIOD)
        .flags(&[FUNDERS, ALL, flags::FOLDER, DIALECT, flags::AS_OF, flags::FORCE]),
    )
    .verb(
        Spec::new(
            &["indicators", "indicateurs"],
            label("Dit ce que compte chaque indicateur.", "Says what each indicator counts."),
            [
                label("fil report indicators", "fil report indicators"),
                label("fil report indicators -f json", "fil report indicators -f json"),
            ],
        )
        .flags(flags::TABLE),
    )
    .bare("list")
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    match matches.verb().as_str() {
        "list" => list::run(ctx),
        "show" => show::run(matches, ctx),
        "export" => export::run(matches, ctx),
        "indicators" => indicators::run(),
        other => {
            Err(Refusal::usage(text!("« {other} » n'est pas un verbe de report", "“{other}” is not a verb of report"))
                .into())
        }
    }
}

/// The section `quality`.
fn quality(_ctx: &Context<'_>, _store: &crate::store::Store, _framed: &scope::Framed) -> anyhow::Result<Answer> {
    anyhow::bail!("soon")
}

/// Data-quality errors of a scope by rule.
fn quality_errors(
    _ctx: &Context<'_>,
    _store: &crate::store::Store,
    _framed: &scope::Framed,
) -> anyhow::Result<Vec<(String, usize)>> {
    Ok(Vec::new())
}
