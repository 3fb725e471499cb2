//! The verbs of `fil cohort`, their flags and examples.

use super::*;
use crate::cli::parser::command::Spec;

const STATUSES: flags::Choices =
    &[&["planned", "prévue", "prevue"], &["running", "en cours", "en-cours"], &["ended", "terminée", "terminee"]];

/// The command with its verbs.
pub fn spec() -> Spec {
    let examples =
        [label("fil c", "fil c"), label("fil c a P3 --comme P2 --debut 04/03", "fil c a P3 --like P2 --start 04/03")];
    Spec::of(&NOUN, examples)
        .verb(list())
        .verb(show())
        .verb(add())
        .verb(edit())
        .verb(remove())
        .verb(plan())
        .verb(slot())
        .verb(slots())
        .verb(module())
        .bare("list")
        .stray(|ctx, word| {
            let store = ctx.open().ok()?;
            let found = selector::cohort(&store.lookup(), word).ok()?;
            Some(format!("fil cohort show {}", found.code))
        })
}

fn list() -> Spec {
    let examples = [
        label("fil cohort list", "fil cohort list"),
        label("fil c ls -s running -f csv", "fil c ls -s running -f csv"),
    ];
    let status = flags::STATUS.one_of(STATUSES).help(label("planned, running ou ended", "planned, running or ended"));
    Spec::new(&["list", "ls", "liste"], label("Liste les promotions.", "Lists the cohorts."), examples)
        .flag(status)
        .flags(flags::TABLE)
}

fn show() -> Spec {
    let examples =
        [label("fil c s P1", "fil c s P1"), label("fil cohort show P1 -f json", "fil cohort show P1 -f json")];
    Spec::new(
        &["show", "s", "voir"],
        label("Montre une promotion : dates, calendrier, modules.", "Shows a cohort: dates, calendar, modules."),
        examples,
    )
    .flag(CODE)
    .flags(flags::TABLE)
}

fn add() -> Spec {
    let examples = [
        label("fil c a P3 --comme P2 --debut 04/03", "fil c a P3 --like P2 --start 04/03"),
        label(
            "fil cohort add P3 --start 2019-03-04 --end 2019-05-31 --places 12",
            "fil cohort add P3 --start 2019-03-04 --end 2019-05-31 --places 12",
        ),
    ];
    Spec::new(&["add", "a", "ajouter"], label("Ouvre une promotion.", "Opens a cohort."), examples).flags(&[
        CODE,
        flags::START,
        flags::END,
        flags::PLACES,
        SITE,
        TITLE,
        flags::LIKE,
        flags::SET,
        flags::DRY_RUN,
    ])
}

fn edit() -> Spec {
    let examples = [
        label("fil c e P1 --fin 08/02/2019", "fil c e P1 --end 08/02/2019"),
        label("fil cohort edit P1 --set certificate=CCPRFO", "fil cohort edit P1 --set certificate=CCPRFO"),
    ];
    Spec::new(&["edit", "e", "modifier"], label("Modifie une promotion.", "Changes a cohort."), examples).flags(&[
        CODE,
        flags::START,
        flags::END,
        flags::PLACES,
        SITE,
        TITLE,
        flags::SET,
        flags::DRY_RUN,
    ])
}

fn remove() -> Spec {
    let examples = [
        label("fil cohort remove P3", "fil cohort remove P3"),
        label("fil cohort remove P3 --yes", "fil cohort remove P3 --yes"),
    ];
    Spec::new(
        &["remove", "supprimer"],
        label("Supprime une promotion encore vide.", "Removes a cohort that is still empty."),
        examples,
    )
    .flags(&[CODE, flags::YES, flags::DRY_RUN])
}

fn plan() -> Spec {
    let examples = [
        label(
            "fil c plan P1 --halves am,pm --closed 24/12/2018..04/01/2019",
            "fil c plan P1 --halves am,pm --closed 24/12/2018..04/01/2019",
        ),
        label("fil c plan P1 --company 2018-12-10..2018-12-14 -n", "fil c plan P1 --company 2018-12-10..2018-12-14 -n"),
    ];
    Spec::new(
        &["plan", "planifier"],
        label(
            "Remplit le calendrier, sans fermetures ni fériés.",
            "Fills the calendar, without closures and holidays.",
        ),
        examples,
    )
    .flags(&[CODE, HALVES, CLOSED, COMPANY, WORK_HOLIDAY, flags::DRY_RUN])
}

fn slot() -> Spec {
    let examples = [
        label("fil c slot 10/12 am --set company", "fil c slot 10/12 am --set company"),
        label("fil cohort slot 2018-12-10 pm --cancel -c P1", "fil cohort slot 2018-12-10 pm --cancel -c P1"),
    ];
    Spec::new(
        &["slot", "demi-journee"],
        label("Ajoute ou change une demi-journée.", "Adds or changes one half-day."),
        examples,
    )
    .flags(&[DAY, HALF, KIND, CANCEL, MODULE, TRAINER, REMOVE, flags::COHORT, flags::YES, flags::DRY_RUN])
}

fn slots() -> Spec {
    let examples = [
        label("fil c slots -p 2018-12", "fil c slots -p 2018-12"),
        label("fil cohort slots -c P1 -f csv", "fil cohort slots -c P1 -f csv"),
    ];
    Spec::new(&["slots", "calendrier"], label("Liste les demi-journées.", "Lists the half-days."), examples)
        .flags(&[flags::COHORT, flags::PERIOD])
        .flags(flags::TABLE)
}

fn module() -> Spec {
    let examples = [
        label("fil c module -c P1", "fil c module -c P1"),
        label("fil c module a F01 --stream technical -c P1", "fil c module a F01 --stream technical -c P1"),
    ];
    let listed =
        [label("fil c module ls", "fil c module ls"), label("fil c module ls -c all", "fil c module ls -c all")];
    let added = [
        label(
            "fil c module a F01 --title Soudure --stream technical --hours 35",
            "fil c module a F01 --title Splicing --stream technical --hours 35",
        ),
        label("fil cohort module add M1 --stream general -c P1", "fil cohort module add M1 --stream general -c P1"),
    ];
    let edited = [
        label("fil c module e F01 --hours 28", "fil c module e F01 --hours 28"),
        label("fil cohort module edit F01 --title Mesure -c P1", "fil cohort module edit F01 --title Tests -c P1"),
    ];
    let removed = [
        label("fil c module remove F01", "fil c module remove F01"),
        label("fil cohort module remove F01 -c P1 --yes", "fil cohort module remove F01 -c P1 --yes"),
    ];
    let write = [MODULE_CODE, TITLE, STREAM, HOURS, flags::COHORT, flags::SET, flags::DRY_RUN];
    Spec::new(&["module", "modules"], label("Les modules d'une promotion.", "The modules of a cohort."), examples)
        .verb(
            Spec::new(&["list", "ls", "liste"], label("Liste les modules.", "Lists the modules."), listed)
                .flag(flags::COHORT)
                .flags(flags::TABLE),
        )
        .verb(Spec::new(&["add", "a", "ajouter"], label("Ajoute un module.", "Adds a module."), added).flags(&write))
        .verb(
            Spec::new(&["edit", "e", "modifier"], label("Modifie un module.", "Changes a module."), edited)
                .flags(&write),
        )
        .verb(Spec::new(&["remove", "supprimer"], label("Supprime un module.", "Removes a module."), removed).flags(&[
            MODULE_CODE,
            flags::COHORT,
            flags::YES,
            flags::DRY_RUN,
        ]))
        .bare("list")
}
