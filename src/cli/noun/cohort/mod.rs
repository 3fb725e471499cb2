//! `fil cohort`: cohorts, their calendar and their modules.

mod add;
mod calendar;
mod module;
mod selection;
mod show;

use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::ask::typed_record::find;
use crate::cli::noun::prelude::*;
use crate::closed_list;
use crate::domain::Text;
use crate::domain::{Date, Kind, Record};
use crate::store::records::Which;
use crate::store::{CohortSpan, Lookup};

/// `fil cohort`.
pub const NOUN: Verb = Verb {
    names: &["cohort", "promo", "c"],
    about: fixed!("Les promotions, leur calendrier, leurs modules.", "Cohorts, their calendar, their modules."),
    examples: [fixed!("fil c"), fixed!("fil c a P3 --comme P2 --debut 04/03", "fil c a P3 --like P2 --start 04/03")],
    flags: &[],
    run: Run::Verbs {
        list: &[
            show::LIST,
            show::SHOW,
            add::ADD,
            add::EDIT,
            add::REMOVE,
            calendar::PLAN,
            calendar::SLOT,
            calendar::SLOTS,
            module::NOUN,
            selection::VERB,
        ],
        bare: &show::LIST,
        stray: Some(|ctx, word| {
            let store = ctx.open().ok()?;
            let found = selector::cohort(&store.lookup(), word).ok()?;
            Some(format!("fil cohort show {}", found.code))
        }),
    },
};

const COHORT_WORD: &Text = fixed!("PROMO", "COHORT");
const DATES: &Text = fixed!("DU..AU", "FROM..TO");

const CODE: Flag =
    Flag::word("code", COHORT_WORD, fixed!("son code : ROM-2018-11", "its code: ROM-2018-11")).names(Names::COHORT);
const MODULE_CODE: Flag =
    Flag::word("code", fixed!("MODULE", "MODULE"), fixed!("son code : F01", "its code: F01")).names(Names::MODULE);
const TITLE: Flag =
    Flag::option("title", fixed!("TEXTE", "TEXT"), fixed!("l'intitulé", "the title")).also(&["intitule"]);
const SITE: Flag = Flag::option("site", fixed!("LIEU", "PLACE"), fixed!("le site", "the site"));
const HALVES: Flag = Flag::option(
    "halves",
    fixed!("am,pm", "am,pm"),
    fixed!("les demi-journées de chaque jour (sinon les deux)", "the halves of each day (else both)"),
)
.also(&["demi-journees"]);
const CLOSED: Flag =
    Flag::option("closed", DATES, fixed!("jours de fermeture (répétable)", "closed days (repeatable)"))
        .also(&["ferme"])
        .many();
const COMPANY: Flag =
    Flag::option("company", DATES, fixed!("jours en entreprise (répétable)", "days in a company (repeatable)"))
        .also(&["entreprise"])
        .many();
const WORK_HOLIDAY: Flag = Flag::option(
    "work-holiday",
    fixed!("DATE", "DATE"),
    fixed!("jour férié travaillé (répétable)", "a public holiday worked (repeatable)"),
)
.also(&["ferie"])
.many();
const DAY: Flag = Flag::word("date", fixed!("DATE", "DATE"), fixed!("le jour", "the day"));
const HALF: Flag = Flag::word("half", fixed!("am|pm", "am|pm"), fixed!("matin ou après-midi", "morning or afternoon"));
const KIND: Flag = Flag {
    value: fixed!("GENRE|CHAMP=VALEUR", "KIND|FIELD=VALUE"),
    ..flags::SET.help(fixed!("centre, company, cancelled ou un autre champ", "centre, company, cancelled or a field"))
};
const CANCEL: Flag = Flag::switch("cancel", fixed!("l'annule", "cancels it")).also(&["annuler"]);
const REMOVE: Flag = Flag::switch("remove", fixed!("la retire du calendrier", "takes it off the calendar"));
const MODULE: Flag =
    Flag::option("module", fixed!("MODULE", "MODULE"), fixed!("le module", "the module")).names(Names::MODULE);
const TRAINER: Flag =
    Flag::option("trainer", fixed!("NOM", "NAME"), fixed!("le formateur", "the trainer")).also(&["formateur"]);
const STREAM: Flag = Flag::option(
    "stream",
    fixed!("FILIÈRE", "STREAM"),
    fixed!(
        "general, licence, technical, employability, company",
        "general, licence, technical, employability, company"
    ),
)
.also(&["filiere"]);
const HOURS: Flag = Flag::option(
    "hours",
    fixed!("DURÉE", "HOURS"),
    fixed!("sa durée : 35, 3,5 ou 3h30", "its length: 35, 3.5 or 3h30"),
)
.also(&["heures"]);

closed_list! {
    /// Where a cohort stands today.
    Status {
        Planned = "planned", "prévue", "planned";
        Running = "running", "en cours", "running";
        Ended = "ended", "terminée", "ended";
    }
}

impl Status {
    fn of(start: Date, end: Date, today: Date) -> Status {
        if today < start {
            Status::Planned
        } else if end < today {
            Status::Ended
        } else {
            Status::Running
        }
    }
}

/// The cohort whose code or number was typed.
fn named(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str, purpose: Purpose) -> Result<Chosen<Record>> {
    find(ctx, Kind::Cohorts, &lookup.records(Kind::Cohorts, Which::All)?, typed, purpose)
}

/// The cohort of `-c`, else the one that runs today.
fn of_flag(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>, purpose: Purpose) -> Result<Chosen<CohortSpan>> {
    match matches.text(&flags::COHORT) {
        Some(typed) => Ok(Chosen { value: selector::cohort(lookup, typed)?, echo: None }),
        None => selector::default_cohort(ctx, lookup, purpose),
    }
}

/// The cohort of `-c`, every one for `all`, else the default one of a reading.
fn scope(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>) -> Result<Chosen<Option<CohortSpan>>> {
    if matches.text(&flags::COHORT) == Some("all") {
        return Ok(Chosen { value: None, echo: None });
    }
    let chosen = of_flag(matches, ctx, lookup, Purpose::Read)?;
    Ok(Chosen { value: Some(chosen.value), echo: chosen.echo })
}
