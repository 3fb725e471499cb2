//! The verbs of `fil funder`, their flags and examples.

use super::*;
use crate::cli::parser::command::Spec;
use crate::domain::Text;
use crate::fixed;

const PROFILE: [Flag; 9] = [CODE, NAME, LEVEL, REPORT_LANG, DIALECT, PEOPLE, SUPPRESS, RATE_MIN, flags::SET];

fn list(about: &'static Text, lines: [&'static Text; 2]) -> Spec {
    Spec::new(&["list", "ls", "liste"], about, lines).flags(flags::TABLE)
}

fn add(about: &'static Text, lines: [&'static Text; 2]) -> Spec {
    Spec::new(&["add", "a", "ajouter"], about, lines)
}

fn edit(about: &'static Text, lines: [&'static Text; 2]) -> Spec {
    Spec::new(&["edit", "e", "modifier"], about, lines)
}

fn remove(about: &'static Text, lines: [&'static Text; 2]) -> Spec {
    Spec::new(&["remove", "supprimer"], about, lines).flags(&[flags::YES, flags::DRY_RUN])
}

/// The command with its verbs.
pub fn spec() -> Spec {
    let examples = [fixed!("fil funder list"), fixed!("fil funder add break-poverty --name \"Break Poverty\"")];
    let show = Spec::new(
        &["show", "s", "voir"],
        fixed!("Montre un financeur et ses subventions.", "Shows a funder and its grants."),
        [fixed!("fil funder show break-poverty"), fixed!("fil funder show break-poverty -f json")],
    );
    Spec::of(&NOUN, examples)
        .verb(list(
            fixed!("Liste les financeurs.", "Lists the funders."),
            [fixed!("fil funder list"), fixed!("fil funder list -f csv")],
        ))
        .verb(show.flag(CODE).flags(flags::TABLE))
        .verb(
            add(
                fixed!("Ajoute un financeur.", "Adds a funder."),
                [
                    fixed!("fil funder add break-poverty --name \"Break Poverty\" --level aggregate"),
                    fixed!("fil funder add ars --name ARS --level public --report-lang fr"),
                ],
            )
            .flags(&PROFILE)
            .flag(flags::DRY_RUN),
        )
        .verb(
            edit(
                fixed!("Modifie un financeur.", "Changes a funder."),
                [fixed!("fil funder edit ars --level contract"), fixed!("fil funder edit ars --people pseudonymised")],
            )
            .flags(&PROFILE)
            .flag(flags::DRY_RUN),
        )
        .verb(
            remove(
                fixed!("Supprime un financeur.", "Removes a funder."),
                [fixed!("fil funder remove ars"), fixed!("fil funder remove ars --yes")],
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
    let listed = [fixed!("fil funder grant list"), fixed!("fil funder grant list --funder ars")];
    let examples = [fixed!("fil funder grant"), fixed!("fil funder grant add BP-2018 break-poverty --amount 12000")];
    Spec::new(
        &["grant", "subvention"],
        fixed!("Les subventions et leurs promotions.", "Grants and their cohorts."),
        examples,
    )
    .verb(list(fixed!("Liste les subventions.", "Lists the grants."), listed).flag(FUNDER))
    .verb(
        add(
            fixed!("Ajoute une subvention.", "Adds a grant."),
            [
                fixed!("fil funder grant add BP-2018 break-poverty --amount \"12 000,50\""),
                fixed!("fil funder grant add BP-2019 break-poverty --cohorts P1,P2"),
            ],
        )
        .flags(&[OF_GRANT, OF_FUNDER])
        .flags(&fields[1..]),
    )
    .verb(
        edit(
            fixed!("Modifie une subvention.", "Changes a grant."),
            [
                fixed!("fil funder grant edit BP-2018 --cohorts P1,P2"),
                fixed!("fil funder grant edit BP-2018 --to 31/12/2019"),
            ],
        )
        .flag(OF_GRANT)
        .flags(&fields),
    )
    .verb(
        remove(
            fixed!("Supprime une subvention.", "Removes a grant."),
            [fixed!("fil funder grant remove BP-2018"), fixed!("fil funder grant remove BP-2018 --yes")],
        )
        .flag(OF_GRANT),
    )
    .bare("list")
}

fn target() -> Spec {
    let examples = [fixed!("fil funder target"), fixed!("fil funder target add BP-2018 dynamic_exit_rate@3m 60")];
    let about = fixed!("Les objectifs d'une subvention.", "The targets of a grant.");
    let adding = [
        fixed!("fil funder target add BP-2018 dynamic_exit_rate@3m 60"),
        fixed!("fil funder target set BP-2018 entrants 12"),
    ];
    let put = Spec::new(
        &["add", "a", "ajouter", "set", "edit", "e", "modifier"],
        fixed!("Fixe un objectif, ou le change.", "Sets a target, or changes it."),
        adding,
    );
    Spec::new(&["target", "objectif"], about, examples)
        .verb(
            list(
                fixed!("Liste les objectifs.", "Lists the targets."),
                [fixed!("fil funder target list"), fixed!("fil funder target list --grant BP-2018")],
            )
            .flag(GRANT),
        )
        .verb(put.flags(&[OF_GRANT, INDICATOR, VALUE, flags::DRY_RUN]))
        .verb(
            remove(
                fixed!("Supprime un objectif.", "Removes a target."),
                [
                    fixed!("fil funder target remove BP-2018 entrants"),
                    fixed!("fil funder target remove BP-2018 entrants --yes"),
                ],
            )
            .flags(&[OF_GRANT, INDICATOR]),
        )
        .bare("list")
}

fn budget() -> Spec {
    let examples = [fixed!("fil funder budget -c P1"), fixed!("fil funder budget add charge 60 --planned 1200 -c P1")];
    let about = fixed!("Le budget d'une promotion.", "The budget of a cohort.");
    Spec::new(&["budget"], about, examples)
        .verb(
            list(
                fixed!("Liste les lignes de budget.", "Lists the budget lines."),
                [fixed!("fil funder budget list"), fixed!("fil funder budget list -c P1 -f csv")],
            )
            .flags(&[flags::COHORT, GRANT]),
        )
        .verb(
            add(
                fixed!("Ajoute une ligne de budget.", "Adds a budget line."),
                [
                    fixed!("fil funder budget add charge 60 --label Achats --planned \"1 234,50\""),
                    fixed!("fil funder budget add income 74 --grant BP-2018 --planned 12000 -c P1"),
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
                fixed!("Modifie une ligne de budget.", "Changes a budget line."),
                [
                    fixed!("fil funder budget edit 3 --realised \"1 180,20\""),
                    fixed!("fil funder budget edit charge 60 --planned 900 -c P1"),
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
                fixed!("Supprime une ligne de budget.", "Removes a budget line."),
                [fixed!("fil funder budget remove 3"), fixed!("fil funder budget remove charge 60 -c P1 --yes")],
            )
            .flags(&[LINE, CLASS.optional(), LABEL, GRANT, flags::COHORT]),
        )
        .bare("list")
}
