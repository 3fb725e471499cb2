//! The verbs of `fil funder`, their flags and examples.

use super::*;
use crate::cli::parser::command::Spec;

const PROFILE: [Flag; 9] = [CODE, NAME, LEVEL, REPORT_LANG, DIALECT, PEOPLE, SUPPRESS, RATE_MIN, flags::SET];

/// One sentence in both languages, the same command line.
const fn same(line: &'static str) -> Label {
    label(line, line)
}

fn list(about: Label, lines: [&'static str; 2]) -> Spec {
    Spec::new(&["list", "ls", "liste"], about, lines.map(same)).flags(flags::TABLE)
}

fn add(about: Label, lines: [&'static str; 2]) -> Spec {
    Spec::new(&["add", "a", "ajouter"], about, lines.map(same))
}

fn edit(about: Label, lines: [&'static str; 2]) -> Spec {
    Spec::new(&["edit", "e", "modifier"], about, lines.map(same))
}

fn remove(about: Label, lines: [&'static str; 2]) -> Spec {
    Spec::new(&["remove", "supprimer"], about, lines.map(same)).flags(&[flags::YES, flags::DRY_RUN])
}

/// The command with its verbs.
pub fn spec() -> Spec {
    let examples = [same("fil funder list"), same("fil funder add break-poverty --name \"Break Poverty\"")];
    let show = Spec::new(
        &["show", "s", "voir"],
        label("Montre un financeur et ses subventions.", "Shows a funder and its grants."),
        [same("fil funder show break-poverty"), same("fil funder show break-poverty -f json")],
    );
    Spec::of(&NOUN, examples)
        .verb(list(label("Liste les financeurs.", "Lists the funders."), ["fil funder list", "fil funder list -f csv"]))
        .verb(show.flag(CODE).flags(flags::TABLE))
        .verb(
            add(
                label("Ajoute un financeur.", "Adds a funder."),
                [
                    "fil funder add break-poverty --name \"Break Poverty\" --level aggregate",
                    "fil funder add ars --name ARS --level public --report-lang fr",
                ],
            )
            .flags(&PROFILE)
            .flag(flags::DRY_RUN),
        )
        .verb(
            edit(
                label("Modifie un financeur.", "Changes a funder."),
                ["fil funder edit ars --level contract", "fil funder edit ars --people pseudonymised"],
            )
            .flags(&PROFILE)
            .flag(flags::DRY_RUN),
        )
        .verb(
            remove(
                label("Supprime un financeur.", "Removes a funder."),
                ["fil funder remove ars", "fil funder remove ars --yes"],
            )
            .flag(CODE),
        )
        .verb(grant())
        .verb(target())
        .verb(budget())
        .verb(template::spec())
        .bare("list")
        .stray(|ctx, word| {
            let store = ctx.open().ok()?;
            let found = funder(ctx, &store.lookup(), word, Purpose::Read).ok()?;
            Some(format!("fil funder show {}", crate::cli::ask::typed_record::code(&found.value)))
        })
}

fn grant() -> Spec {
    let fields = [FUNDER, OBJECT, AMOUNT, flags::FROM, flags::TO, COHORTS, flags::SET, flags::DRY_RUN];
    let listed = ["fil funder grant list", "fil funder grant list --funder ars"];
    let examples = [same("fil funder grant"), same("fil funder grant add BP-2018 break-poverty --amount 12000")];
    Spec::new(
        &["grant", "subvention"],
        label("Les subventions et leurs promotions.", "Grants and their cohorts."),
        examples,
    )
    .verb(list(label("Liste les subventions.", "Lists the grants."), listed).flag(FUNDER))
    .verb(
        add(
            label("Ajoute une subvention.", "Adds a grant."),
            [
                "fil funder grant add BP-2018 break-poverty --amount \"12 000,50\"",
                "fil funder grant add BP-2019 break-poverty --cohorts P1,P2",
            ],
        )
        .flags(&[OF_GRANT, OF_FUNDER])
        .flags(&fields[1..]),
    )
    .verb(
        edit(
            label("Modifie une subvention.", "Changes a grant."),
            ["fil funder grant edit BP-2018 --cohorts P1,P2", "fil funder grant edit BP-2018 --to 31/12/2019"],
        )
        .flag(OF_GRANT)
        .flags(&fields),
    )
    .verb(
        remove(
            label("Supprime une subvention.", "Removes a grant."),
            ["fil funder grant remove BP-2018", "fil funder grant remove BP-2018 --yes"],
        )
        .flag(OF_GRANT),
    )
    .bare("list")
}

fn target() -> Spec {
    let examples = [same("fil funder target"), same("fil funder target add BP-2018 dynamic_exit_rate@3m 60")];
    let about = label("Les objectifs d'une subvention.", "The targets of a grant.");
    let adding = ["fil funder target add BP-2018 dynamic_exit_rate@3m 60", "fil funder target set BP-2018 entrants 12"];
    let put = Spec::new(
        &["add", "a", "ajouter", "set", "edit", "e", "modifier"],
        label("Fixe un objectif, ou le change.", "Sets a target, or changes it."),
        adding.map(same),
    );
    Spec::new(&["target", "objectif"], about, examples)
        .verb(
            list(
                label("Liste les objectifs.", "Lists the targets."),
                ["fil funder target list", "fil funder target list --grant BP-2018"],
            )
            .flag(GRANT),
        )
        .verb(put.flags(&[OF_GRANT, INDICATOR, VALUE, flags::DRY_RUN]))
        .verb(
            remove(
                label("Supprime un objectif.", "Removes a target."),
                ["fil funder target remove BP-2018 entrants", "fil funder target remove BP-2018 entrants --yes"],
            )
            .flags(&[OF_GRANT, INDICATOR]),
        )
        .bare("list")
}

fn budget() -> Spec {
    let examples = [same("fil funder budget -c P1"), same("fil funder budget add charge 60 --planned 1200 -c P1")];
    let about = label("Le budget d'une promotion.", "The budget of a cohort.");
    Spec::new(&["budget"], about, examples)
        .verb(
            list(
                label("Liste les lignes de budget.", "Lists the budget lines."),
                ["fil funder budget list", "fil funder budget list -c P1 -f csv"],
            )
            .flags(&[flags::COHORT, GRANT]),
        )
        .verb(
            add(
                label("Ajoute une ligne de budget.", "Adds a budget line."),
                [
                    "fil funder budget add charge 60 --label Achats --planned \"1 234,50\"",
                    "fil funder budget add income 74 --grant BP-2018 --planned 12000 -c P1",
                ],
            )
            .flags(&[
                SIDE,
                CLASS,
                LABEL,
                PLANNED,
                REALISED,
                GRANT,
                flags::COHORT,
                flags::SET,
                flags::DRY_RUN,
            ]),
        )
        .verb(
            edit(
                label("Modifie une ligne de budget.", "Changes a budget line."),
                [
                    "fil funder budget edit 3 --realised \"1 180,20\"",
                    "fil funder budget edit charge 60 --planned 900 -c P1",
                ],
            )
            .flags(&[
                LINE,
                CLASS.optional(),
                LABEL,
                PLANNED,
                REALISED,
                GRANT,
                flags::COHORT,
                flags::SET,
                flags::DRY_RUN,
            ]),
        )
        .verb(
            remove(
                label("Supprime une ligne de budget.", "Removes a budget line."),
                ["fil funder budget remove 3", "fil funder budget remove charge 60 -c P1 --yes"],
            )
            .flags(&[LINE, CLASS.optional(), LABEL, GRANT, flags::COHORT]),
        )
        .bare("list")
}
