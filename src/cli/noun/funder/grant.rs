//! Grants: what a funder gives, when, and for which cohorts.

use super::*;
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::typed_record::{self, by_code, code, remove_one, sheet, something_to_change, subject};
use crate::cli::noun::prelude::*;
use crate::domain::Value;
use crate::domain::kind::grant;

/// `fil funder grant`.
pub const NOUN: Verb = Verb {
    names: &["grant", "subvention"],
    about: fixed!("Les subventions et leurs promotions.", "Grants and their cohorts."),
    examples: [fixed!("fil funder grant"), fixed!("fil funder grant add BP-2018 break-poverty --amount 12000")],
    flags: &[],
    run: Run::Verbs { list: &[LIST, ADD, EDIT, REMOVE], bare: &LIST, stray: None },
};

/// `fil funder grant list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les subventions.", "Lists the grants."),
    examples: [fixed!("fil funder grant list"), fixed!("fil funder grant list --funder ars")],
    flags: &[flags::TABLE, &[FUNDER]],
    run: Run::With(list),
};

/// `fil funder grant add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ajoute une subvention.", "Adds a grant."),
    examples: [
        fixed!("fil funder grant add BP-2018 break-poverty --amount \"12 000,50\""),
        fixed!("fil funder grant add BP-2019 break-poverty --cohorts P1,P2"),
    ],
    flags: &[&[OF_GRANT, OF_FUNDER, OBJECT, AMOUNT, flags::FROM, flags::TO, COHORTS, flags::SET, flags::DRY_RUN]],
    run: Run::With(add),
};

/// `fil funder grant edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie une subvention.", "Changes a grant."),
    examples: [
        fixed!("fil funder grant edit BP-2018 --cohorts P1,P2"),
        fixed!("fil funder grant edit BP-2018 --to 31/12/2019"),
    ],
    flags: &[&[OF_GRANT, FUNDER, OBJECT, AMOUNT, flags::FROM, flags::TO, COHORTS, flags::SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil funder grant remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime une subvention.", "Removes a grant."),
    examples: [fixed!("fil funder grant remove BP-2018"), fixed!("fil funder grant remove BP-2018 --yes")],
    flags: &[&[flags::YES, flags::DRY_RUN, OF_GRANT]],
    run: Run::With(take_off),
};

fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let mut grants = lookup.records(Kind::Grants, Which::All)?;
    let mut echo = None;
    if let Some(typed) = matches.text(&FUNDER) {
        let chosen = funder(ctx, &lookup, typed, Purpose::Read)?;
        grants.retain(|grant| grant.text(grant::FUNDER) == Some(code(&chosen.value)));
        echo = chosen.echo;
    }
    let answer =
        Answer::sheet(sheet(Kind::Grants, &grants, ctx.values)).named([Some("subventions")]).when_empty(text!(
            "Aucune subvention. Pour en ajouter : fil funder grant add CODE FINANCEUR",
            "No grant. To add one: fil funder grant add CODE FUNDER"
        ));
    Ok(answer.say_before(echo))
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = Entry::new(ctx, Kind::Grants);
    entry.say(grant::GRANT, matches.need(&OF_GRANT)?)?;
    fields(matches, &mut entry)?;
    let payer = {
        let store = ctx.open()?;
        funder(ctx, &store.lookup(), matches.need(&OF_FUNDER)?, Purpose::Write)?
    };
    entry.give(grant::FUNDER, Value::Text(code(&payer.value).to_owned()));
    entry.echoes.extend(payer.echo);
    let about = subject(Kind::Grants, entry.request.text(grant::GRANT).unwrap_or(""));
    entry.save(Write::add(Kind::Grants, Trial::of(matches)), &about)
}

fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = Entry::new(ctx, Kind::Grants);
    fields(matches, &mut entry)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    if let Some(typed) = matches.text(&FUNDER) {
        let payer = funder(ctx, &lookup, typed, Purpose::Write)?;
        entry.give(grant::FUNDER, Value::Text(code(&payer.value).to_owned()));
    }
    something_to_change(&entry.request, fixed!("fil funder grant edit BP-2018 --cohorts P1,P2"))?;
    let list = lookup.records(Kind::Grants, Which::All)?;
    typed_record::edit(matches, entry, &typed_record::Which { list: &list, flag: &OF_GRANT, about: &by_code })
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let list = ctx.open()?.lookup().records(Kind::Grants, Which::All)?;
    let which = typed_record::Which { list: &list, flag: &OF_GRANT, about: &by_code };
    remove_one(matches, ctx, Kind::Grants, &which)
}

fn fields(matches: &Matches, entry: &mut Entry<'_>) -> Result<()> {
    entry
        .flag(matches, &OBJECT, grant::OBJECT)?
        .flag(matches, &AMOUNT, grant::AMOUNT)?
        .flag(matches, &flags::FROM, grant::FROM)?
        .flag(matches, &flags::TO, grant::TO)?;
    let cohorts = matches.all(&COHORTS);
    if !cohorts.is_empty() {
        // Files separate the codes by a bar; people type commas.
        entry.say(grant::COHORTS, &cohorts.join("|").replace(',', "|"))?;
    }
    entry.sets(matches)?;
    Ok(())
}
