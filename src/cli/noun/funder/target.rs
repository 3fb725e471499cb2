//! Targets: the values of indicators that a grant was promised.

use super::*;
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::typed_record::{code, remove, sheet};
use crate::cli::noun::prelude::*;
use crate::cli::parser::suggest::nearest;
use crate::domain::folding::shown;
use crate::domain::kind::target;
use crate::domain::{Act, ClosedList, Refusal, Text, Value};
use crate::ops::Mode;
use crate::report::indicator::{self, Variants};
use crate::report::{Section, agreement};

/// `fil funder target`.
pub const NOUN: Verb = Verb {
    names: &["target", "objectif"],
    about: fixed!("Les objectifs d'une subvention.", "The targets of a grant."),
    examples: [fixed!("fil funder target"), fixed!("fil funder target add BP-2018 dynamic_exit_rate@3m 60")],
    flags: &[],
    run: Run::Verbs { list: &[LIST, ADD, REMOVE], bare: &LIST, stray: None },
};

/// `fil funder target list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les objectifs.", "Lists the targets."),
    examples: [fixed!("fil funder target list"), fixed!("fil funder target list --grant BP-2018")],
    flags: &[flags::TABLE, &[GRANT]],
    run: Run::With(list),
};

/// `fil funder target add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter", "set", "edit", "e", "modifier"],
    about: fixed!("Fixe un objectif, ou le change.", "Sets a target, or changes it."),
    examples: [
        fixed!("fil funder target add BP-2018 dynamic_exit_rate@3m 60"),
        fixed!("fil funder target set BP-2018 entrants 12 --by 31/12/2018"),
    ],
    flags: &[&[OF_GRANT, INDICATOR, VALUE, BY, BASELINE, flags::DRY_RUN]],
    run: Run::With(put),
};

/// `fil funder target remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime un objectif.", "Removes a target."),
    examples: [
        fixed!("fil funder target remove BP-2018 entrants"),
        fixed!("fil funder target remove BP-2018 entrants --yes"),
    ],
    flags: &[&[flags::YES, flags::DRY_RUN, OF_GRANT, INDICATOR, BY]],
    run: Run::With(take_off),
};

fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let mut targets = lookup.records(Kind::Targets, Which::All)?;
    let mut echo = None;
    if let Some(typed) = matches.text(&GRANT) {
        let chosen = grant(ctx, &lookup, typed, Purpose::Read)?;
        targets.retain(|target| target.text(target::GRANT) == Some(code(&chosen.value)));
        echo = chosen.echo;
    }
    let answer =
        Answer::sheet(sheet(Kind::Targets, &targets, ctx.values)).named([Some("objectifs")]).when_empty(text!(
            "Aucun objectif. Pour en fixer un : fil funder target add SUBVENTION INDICATEUR VALEUR",
            "No target. To set one: fil funder target add GRANT INDICATOR VALUE"
        ));
    Ok(answer.say_before(echo))
}

fn put(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let key = known(matches.need(&INDICATOR)?)?;
    let mut entry = Entry::new(ctx, Kind::Targets);
    entry.give(target::INDICATOR, Value::Text(key.to_owned())).say(target::VALUE, matches.need(&VALUE)?)?;
    entry.flag(matches, &BY, target::BY)?.flag(matches, &BASELINE, target::BASELINE)?;
    let chosen = {
        let store = ctx.open()?;
        grant(ctx, &store.lookup(), matches.need(&OF_GRANT)?, Purpose::Write)?
    };
    let own = code(&chosen.value);
    entry.give(target::GRANT, Value::Text(own.to_owned()));
    let write = Write { act: Act::SetTarget, kind: Kind::Targets, mode: Mode::Upsert, trial: Trial::of(matches) };
    Ok(entry.save(write, &about(key, own))?.say_before(chosen.echo))
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let chosen = grant(ctx, &lookup, matches.need(&OF_GRANT)?, Purpose::Write)?;
    let (own, key) = (code(&chosen.value), matches.need(&INDICATOR)?);
    let mut by = Entry::new(ctx, Kind::Targets);
    by.flag(matches, &BY, target::BY)?;
    let day = by.request.given(target::BY);
    let mut targets = lookup.records(Kind::Targets, Which::All)?;
    targets.retain(|t| t.text(target::GRANT) == Some(own) && t.text(target::INDICATOR) == Some(key));
    if day.is_some() {
        targets.retain(|t| t.get(target::BY) == day);
    }
    if targets.len() > 1 {
        bail!(
            Refusal::selector(text!("{own} a plusieurs objectifs « {key} »", "{own} has several targets “{key}”"))
                .hint(text!("Dites lequel : --by JJ/MM/AAAA", "Say which: --by DD/MM/YYYY"))
        );
    }
    let Some(found) = targets.first() else {
        let word = shown(key);
        bail!(
            Refusal::selector(text!("{own} n'a pas d'objectif « {word} »", "{own} has no target “{word}”")).hint(
                text!("Liste : fil funder target list --grant {own}", "List: fil funder target list --grant {own}")
            )
        );
    };
    Ok(remove(ctx, matches, found, &about(key, own))?.say_before(chosen.echo))
}

fn about(key: &str, grant: &str) -> Text {
    text!("objectif {key} de {grant}", "target {key} of {grant}")
}

const BY: Flag =
    Flag::option("by", fixed!("JOUR", "DAY"), fixed!("à atteindre pour ce jour", "to be reached by this day"))
        .also(&["pour"])
        .minus();
const BASELINE: Flag =
    Flag::option("baseline", fixed!("VALEUR", "VALUE"), fixed!("la valeur de départ", "the value at the start"))
        .also(&["depart"])
        .minus();

/// The key of an indicator that exists; another word is refused with the nearest one.
fn known(typed: &str) -> Result<&str> {
    if indicator::find(typed).is_some() {
        return Ok(typed);
    }
    let names: Vec<String> = indicator::all().flat_map(names).collect();
    bail!(unknown(typed, nearest(typed, names.iter().map(String::as_str))))
}

/// The name of a figure that exists, an indicator or a column; another word is refused with the nearest one.
pub(super) fn known_figure(typed: &str) -> Result<&str> {
    if agreement::class(typed).is_some() {
        return Ok(typed);
    }
    let names = names_of_figures();
    bail!(unknown(typed, nearest(typed, names.iter().map(String::as_str))))
}

fn unknown(typed: &str, near: Option<&str>) -> Refusal {
    let word = shown(typed);
    let refusal = Refusal::usage(text!("indicateur inconnu : « {word} »", "unknown indicator: “{word}”"));
    match near {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal.hint(text!("Liste : fil report indicators", "List: fil report indicators")),
    }
}

/// The names of all the figures that can be promised.
fn names_of_figures() -> Vec<String> {
    let columns = Section::ALL
        .iter()
        .flat_map(|section| section.figure_columns().into_iter().map(move |key| format!("{}:{key}", section.code())));
    indicator::all().flat_map(names).chain(columns.filter(|name| agreement::class(name).is_some())).collect()
}

fn names(indicator: &indicator::Indicator) -> Vec<String> {
    match indicator.variants {
        Variants::Fixed(known) => known.iter().map(|variant| format!("{}@{variant}", indicator.key)).collect(),
        _ => vec![indicator.key.to_owned()],
    }
}
