//! The verbs of `fil cohort`, their flags and examples.

use super::*;
use crate::cli::parser::command::Spec;
use crate::fixed;

const STATUSES: flags::Choices =
    &[&["planned", "prévue", "prevue"], &["running", "en cours", "en-cours"], &["ended", "terminée", "terminee"]];

/// The command with its verbs.
pub fn spec() -> Spec {
    let examples =
        [fixed!("fil c", "fil c"), fixed!("fil c a P3 --comme P2 --debut 04/03", "fil c a P3 --like P2 --start 04/03")];
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
        fixed!("fil cohort list", "fil cohort list"),
        fixed!("fil c ls -s running -f csv", "fil c ls -s running -f csv"),
    ];
    let status = flags::STATUS.one_of(STATUSES).help(fixed!("planned, running ou ended", "planned, running or ended"));
    Spec::new(&["list", "ls", "liste"], fixed!("Liste les promotions.", "Lists the cohorts."), examples)
        .flag(status)
        .flags(flags::TABLE)
}

fn show() -> Spec {
    let examples =
        [fixed!("fil c s P1", "fil c s P1"), fixed!("fil cohort show P1 -f json", "fil cohort show P1 -f json")];
    Spec::new(
        &["show", "s", "voir"],
        fixed!("Montre une promotion : dates, calendrier, modules.", "Shows a cohort: dates, calendar, modules."),
        examples,
    )
    .flag(CODE)
    .flags(flags::TABLE)
}

fn add() -> Spec {
    let examples = [
        fixed!("fil c a P3 --comme P2 --debut 04/03", "fil c a P3 --like P2 --start 04/03"),
        fixed!(
            "fil cohort add P3 --start 2019-03-04 --end 2019-05-31 --places 12",
            "fil cohort add P3 --start 2019-03-04 --end 2019-05-31 --places 12",
        ),
    ];
    Spec::new(&["add", "a", "ajouter"], fixed!("Ouvre une promotion.", "Opens a cohort."), examples).flags(&[
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
        fixed!("fil c e P1 --fin 08/02/2019", "fil c e P1 --end 08/02/2019"),
        fixed!("fil cohort edit P1 --set certificate=CCPRFO", "fil cohort edit P1 --set certificate=CCPRFO"),
    ];
    Spec::new(&["edit", "e", "modifier"], fixed!("Modifie une promotion.", "Changes a cohort."), examples).flags(&[
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
        fixed!("fil cohort remove P3", "fil cohort remove P3"),
        fixed!("fil cohort remove P3 --yes", "fil cohort remove P3 --yes"),
    ];
    Spec::new(
        &["remove", "supprimer"],
        fixed!("Supprime une promotion encore vide.", "Removes a cohort that is still empty."),
        examples,
    )
    .flags(&[CODE, flags::YES, flags::DRY_RUN])
}

fn plan() -> Spec {
    let examples = [
        fixed!(
            "fil c plan P1 --halves am,pm --closed 24/12/2018..04/01/2019",
            "fil c plan P1 --halves am,pm --closed 24/12/2018..04/01/2019",
        ),
        fixed!(
            "fil c plan P1 --company 2018-12-10..2018-12-14 -n",
            "fil c plan P1 --company 2018-12-10..2018-12-14 -n"
        ),
    ];
    Spec::new(
        &["plan", "planifier"],
        fixed!(
            "Remplit le calendrier, sans fermetures ni fériés.",
            "Fills the calendar, without closures and holidays.",
        ),
        examples,
    )
    .flags(&[CODE, HALVES, CLOSED, COMPANY, WORK_HOLIDAY, flags::DRY_RUN])
}

fn slot() -> Spec {
    let examples = [
        fixed!("fil c slot 10/12 am --set company", "fil c slot 10/12 am --set company"),
        fixed!("fil cohort slot 2018-12-10 pm --cancel -c P1", "fil cohort slot 2018-12-10 pm --cancel -c P1"),
    ];
    Spec::new(
        &["slot", "demi-journee"],
        fixed!("Ajoute ou change une demi-journée.", "Adds or changes one half-day."),
        examples,
    )
    .flags(&[DAY, HALF, KIND, CANCEL, MODULE, TRAINER, REMOVE, flags::COHORT, flags::YES, flags::DRY_RUN])
}

fn slots() -> Spec {
    let examples = [
        fixed!("fil c slots -p 2018-12", "fil c slots -p 2018-12"),
        fixed!("fil cohort slots -c P1 -f csv", "fil cohort slots -c P1 -f csv"),
    ];
    Spec::new(&["slots", "calendrier"], fixed!("Liste les demi-journées.", "Lists the half-days."), examples)
        .flags(&[flags::COHORT, flags::PERIOD])
        .flags(flags::TABLE)
}

fn module() -> Spec {
    let examples = [
        fixed!("fil c module -c P1", "fil c module -c P1"),
        fixed!("fil c module a F01 --stream technical -c P1", "fil c module a F01 --stream technical -c P1"),
    ];
    let listed =
        [fixed!("fil c module ls", "fil c module ls"), fixed!("fil c module ls -c all", "fil c module ls -c all")];
    let added = [
        fixed!(
            "fil c module a F01 --title Soudure --stream technical --hours 35",
            "fil c module a F01 --title Splicing --stream technical --hours 35",
        ),
        fixed!("fil cohort module add M1 --stream general -c P1", "fil cohort module add M1 --stream general -c P1"),
    ];
    let edited = [
        fixed!("fil c module e F01 --hours 28", "fil c module e F01 --hours 28"),
        fixed!("fil cohort module edit F01 --title Mesure -c P1", "fil cohort module edit F01 --title Tests -c P1"),
    ];
    let removed = [
        fixed!("fil c module remove F01", "fil c module remove F01"),
        fixed!("fil cohort module remove F01 -c P1 --yes", "fil cohort module remove F01 -c P1 --yes"),
    ];
    let write = [MODULE_CODE, TITLE, STREAM, HOURS, flags::COHORT, flags::SET, flags::DRY_RUN];
    Spec::new(&["module", "modules"], fixed!("Les modules d'une promotion.", "The modules of a cohort."), examples)
        .verb(
            Spec::new(&["list", "ls", "liste"], fixed!("Liste les modules.", "Lists the modules."), listed)
                .flag(flags::COHORT)
                .flags(flags::TABLE),
        )
        .verb(Spec::new(&["add", "a", "ajouter"], fixed!("Ajoute un module.", "Adds a module."), added).flags(&write))
        .verb(
            Spec::new(&["edit", "e", "modifier"], fixed!("Modifie un module.", "Changes a module."), edited)
                .flags(&write),
        )
        .verb(
            Spec::new(&["remove", "supprimer"], fixed!("Supprime un module.", "Removes a module."), removed).flags(&[
                MODULE_CODE,
                flags::COHORT,
                flags::YES,
                flags::DRY_RUN,
            ]),
        )
        .bare("list")
}
