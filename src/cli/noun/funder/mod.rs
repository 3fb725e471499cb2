//! `fil funder`: who pays, what they were promised, and the budget.

mod budget;
mod grant;
mod profile;
mod spending;
mod target;
mod template;

use crate::cli::ask::selector::{Chosen, Purpose};
use crate::cli::ask::typed_record::find;
use crate::cli::noun::prelude::*;
use crate::domain::Text;
use crate::domain::{Kind, Record};
use crate::store::Lookup;
use crate::store::records::Which;

/// `fil funder`.
pub const NOUN: Verb = Verb {
    names: &["funder", "financeur"],
    about: fixed!("Les financeurs, leurs subventions, le budget.", "Funders, their grants, the budget."),
    examples: [fixed!("fil funder list"), fixed!("fil funder add break-poverty --name \"Break Poverty\"")],
    flags: &[],
    run: Run::Verbs {
        list: &[
            profile::LIST,
            profile::SHOW,
            profile::ADD,
            profile::EDIT,
            profile::REMOVE,
            grant::NOUN,
            target::NOUN,
            budget::NOUN,
            spending::EXPENSE,
            spending::INSTALMENT,
            template::VERB,
        ],
        bare: &profile::LIST,
        stray: Some(|ctx, word| {
            let store = ctx.open().ok()?;
            let found = funder(ctx, &store.lookup(), word, Purpose::Read).ok()?;
            Some(format!("fil funder show {}", crate::cli::ask::typed_record::code(&found.value)))
        }),
    },
};

const FUNDER_WORD: &Text = fixed!("FINANCEUR", "FUNDER");
const GRANT_WORD: &Text = fixed!("SUBVENTION", "GRANT");
const TEXT: &Text = fixed!("TEXTE", "TEXT");
const AMOUNT_WORD: &Text = fixed!("EUROS", "EUROS");

const CODE: Flag =
    Flag::word("code", FUNDER_WORD, fixed!("son code : break-poverty", "its code: break-poverty")).names(Names::FUNDER);
const NAME: Flag = Flag::option("name", TEXT, fixed!("son nom", "its name")).also(&["nom"]).or_word();
const LEVEL: Flag = Flag::option(
    "level",
    fixed!("NIVEAU", "LEVEL"),
    fixed!("contract, aggregate ou public", "contract, aggregate or public"),
)
.also(&["niveau"]);
/// `--lang` is the language of messages everywhere, so the one of the exports has a name of its own.
const REPORT_LANG: Flag =
    Flag::option("report-lang", fixed!("fr|en", "fr|en"), fixed!("la langue de ses rapports", "its reports' language"))
        .also(&["langue"]);
const DIALECT: Flag = Flag::option(
    "dialect",
    fixed!("csv-fr|csv", "csv-fr|csv"),
    fixed!("le format de ses fichiers", "the format of its files"),
)
.also(&["dialecte"]);
const PEOPLE: Flag = Flag::option(
    "people",
    fixed!("none|pseudonymised", "none|pseudonymised"),
    fixed!("des lignes par personne ?", "lines about single people?"),
)
.also(&["personnes"]);
const SUPPRESS: Flag =
    Flag::option("suppress-below", fixed!("N", "N"), fixed!("masque les effectifs sous N", "masks counts below N"))
        .also(&["masquer-sous"]);
const RATE_MIN: Flag = Flag::option(
    "rate-min",
    fixed!("N", "N"),
    fixed!("sous N, un taux est dit « effectif faible »", "below N a rate is marked “small number”"),
)
.also(&["taux-min"]);
const FUNDER: Flag =
    Flag::option("funder", FUNDER_WORD, fixed!("le financeur", "the funder")).also(&["financeur"]).names(Names::FUNDER);
const OF_FUNDER: Flag = Flag::word("funder", FUNDER_WORD, fixed!("le financeur", "the funder")).names(Names::FUNDER);
const GRANT: Flag =
    Flag::option("grant", GRANT_WORD, fixed!("la subvention", "the grant")).also(&["subvention"]).names(Names::GRANT);
const OF_GRANT: Flag = Flag::word("grant", GRANT_WORD, fixed!("la subvention", "the grant")).names(Names::GRANT);
const OBJECT: Flag = Flag::option("object", TEXT, fixed!("ce qu'elle paie", "what it pays for")).also(&["objet"]);
const AMOUNT: Flag = Flag::option("amount", AMOUNT_WORD, fixed!("le montant : 12 000,50", "the amount: 12000.50"))
    .also(&["montant"])
    .minus();
const COHORTS: Flag =
    Flag::option("cohorts", fixed!("A,B", "A,B"), fixed!("les promotions (répétable)", "the cohorts (repeatable)"))
        .also(&["promos"])
        .many();
const INDICATOR: Flag = Flag::word(
    "indicator",
    fixed!("INDICATEUR", "INDICATOR"),
    fixed!("par exemple dynamic_exit_rate@3m", "for example dynamic_exit_rate@3m"),
)
.names(Names::Figure);
const VALUE: Flag = Flag::word(
    "value",
    fixed!("VALEUR", "VALUE"),
    fixed!("la valeur promise : 60 ou 62,5", "the promised value: 60 or 62.5"),
)
.minus();
const SIDE: Flag = Flag::word("side", fixed!("SENS", "SIDE"), fixed!("charge ou income (produit)", "charge or income"));
const CLASS: Flag =
    Flag::word("class", fixed!("CLASSE", "CLASS"), fixed!("le compte : 60, 74…", "the account: 60, 74…"));
const LINE: Flag = Flag::word(
    "line",
    fixed!("N°|SENS", "NO.|SIDE"),
    fixed!("son numéro, ou charge/income et la classe", "its number, or charge/income and the class"),
);
const LABEL: Flag = Flag::option("label", TEXT, fixed!("le libellé", "the label")).also(&["libelle"]);
const PLANNED: Flag = Flag::option("planned", AMOUNT_WORD, fixed!("le prévu : 1 234,50", "the planned: 1234.50"))
    .also(&["prevu"])
    .minus();
const REALISED: Flag =
    Flag::option("realised", AMOUNT_WORD, fixed!("le réalisé", "the realised")).also(&["realise"]).minus();

fn funder(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str, purpose: Purpose) -> Result<Chosen<Record>> {
    find(ctx, Kind::Funders, &lookup.records(Kind::Funders, Which::All)?, typed, purpose)
}

fn grant(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str, purpose: Purpose) -> Result<Chosen<Record>> {
    find(ctx, Kind::Grants, &lookup.records(Kind::Grants, Which::All)?, typed, purpose)
}
