//! `fil config certificate`: the certificates that exist.

use super::*;
use crate::cli::ask::typed_record::{self, by_code, remove_one, sheet, something_to_change, subject};
use crate::domain::kind::catalogue;
use crate::fixed;
use crate::store::records::Which;

/// `fil config certificate`.
pub const NOUN: Verb = Verb {
    names: &["certificate", "certification"],
    about: fixed!("Le catalogue des certifications.", "The catalogue of certificates."),
    examples: [fixed!("fil config certificate"), fixed!("fil config certificate add SSIAP1 --registry RS")],
    flags: &[],
    run: Run::Verbs { list: &[LIST, ADD, EDIT, REMOVE], bare: &LIST, stray: None },
};

/// `fil config certificate list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les certifications.", "Lists the certificates."),
    examples: [fixed!("fil config certificate list"), fixed!("fil config certificate list -f csv")],
    flags: &[flags::TABLE],
    run: Run::With(list),
};

/// `fil config certificate add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ajoute une certification.", "Adds a certificate."),
    examples: [
        fixed!("fil config certificate add SSIAP1 --registry RS --valid-months 36"),
        fixed!("fil config certificate add TAI --label \"Titre TAI\" --qualification yes"),
    ],
    flags: &[&[CODE, NAME, REGISTRY, QUALIFICATION, VALID, flags::SET, flags::DRY_RUN]],
    run: Run::With(add),
};

/// `fil config certificate edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie une certification.", "Changes a certificate."),
    examples: [
        fixed!("fil config certificate edit SST --valid-months 24"),
        fixed!("fil config certificate edit SST --qualification no"),
    ],
    flags: &[&[CODE, NAME, REGISTRY, QUALIFICATION, VALID, flags::SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil config certificate remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime une certification inutilisée.", "Removes an unused certificate."),
    examples: [fixed!("fil config certificate remove SSIAP1"), fixed!("fil config certificate remove SSIAP1 --yes")],
    flags: &[&[CODE, flags::YES, flags::DRY_RUN]],
    run: Run::With(take_off),
};

const CODE: Flag =
    Flag::word("code", fixed!("CODE", "CODE"), fixed!("son code : AIPR", "its code: AIPR")).names(Names::CERTIFICATE);
const NAME: Flag = Flag::option("label", fixed!("TEXTE", "TEXT"), fixed!("l'intitulé", "the label")).also(&["libelle"]);
const REGISTRY: Flag =
    Flag::option("registry", fixed!("RNCP|RS|none", "RNCP|RS|none"), fixed!("le répertoire", "the registry"))
        .also(&["repertoire"]);
const QUALIFICATION: Flag = Flag::option(
    "qualification",
    fixed!("yes|no", "yes|no"),
    fixed!("compte comme une qualification : oui ou non", "counts as a qualification"),
);
const VALID: Flag =
    Flag::option("valid-months", fixed!("N", "N"), fixed!("valable N mois", "valid for N months")).also(&["validite"]);

fn list(_: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let all = store.lookup().records(Kind::Catalogue, Which::All)?;
    Ok(Answer::sheet(sheet(Kind::Catalogue, &all, ctx.values)).named([Some("certifications")]))
}

fn entry<'a>(matches: &Matches, ctx: &'a Context<'a>) -> Result<Entry<'a>> {
    let mut entry = Entry::new(ctx, Kind::Catalogue);
    entry
        .flag(matches, &NAME, catalogue::LABEL)?
        .flag(matches, &REGISTRY, catalogue::REGISTRY)?
        .flag(matches, &QUALIFICATION, catalogue::COUNTS_AS_QUALIFICATION)?
        .flag(matches, &VALID, catalogue::VALID_MONTHS)?
        .sets(matches)?;
    Ok(entry)
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = entry(matches, ctx)?;
    entry.say(catalogue::CERTIFICATE, matches.need(&CODE)?)?;
    let about = subject(Kind::Catalogue, entry.request.text(catalogue::CERTIFICATE).unwrap_or(""));
    entry.save(Write::add(Kind::Catalogue, Trial::of(matches)), &about)
}

fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let entry = entry(matches, ctx)?;
    something_to_change(&entry.request, fixed!("fil config certificate edit SST --valid-months 24"))?;
    let list = ctx.open()?.lookup().records(Kind::Catalogue, Which::All)?;
    typed_record::edit(matches, entry, &typed_record::Which { list: &list, flag: &CODE, about: &by_code })
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let list = ctx.open()?.lookup().records(Kind::Catalogue, Which::All)?;
    let which = typed_record::Which { list: &list, flag: &CODE, about: &by_code };
    remove_one(matches, ctx, Kind::Catalogue, &which)
}
