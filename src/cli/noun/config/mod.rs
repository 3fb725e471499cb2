//! `fil config`: the settings of the school and its catalogue of certificates.

mod certificate;
mod context;
mod setting;

use crate::cli::ask::entry::{Entry, Write, refuse, save_in};
use crate::cli::noun::prelude::*;
use crate::domain::kind;
use crate::domain::{Act, Kind, Text, Value};
use crate::ops::{Mode, settings};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use setting::Setting;

/// `fil config list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les réglages, leur valeur et leur sens.", "Lists the settings, their value and meaning."),
    examples: [fixed!("fil config list"), fixed!("fil config list -f csv")],
    flags: &[flags::TABLE],
    run: Run::With(list),
};

/// `fil config set`.
pub const SET: Verb = Verb {
    names: &["set", "regler"],
    about: fixed!("Change un réglage.", "Changes a setting."),
    examples: [fixed!("fil config set durable_min over-6m"), fixed!("fil config set quality.unsigned off")],
    flags: &[&[KEY, VALUE, flags::DRY_RUN]],
    run: Run::With(set),
};

/// `fil config unset`.
pub const UNSET: Verb = Verb {
    names: &["unset", "defaut"],
    about: fixed!("Remet un réglage à sa valeur par défaut.", "Puts a setting back to its own value."),
    examples: [fixed!("fil config unset durable_min"), fixed!("fil config unset quality.unsigned -n")],
    flags: &[&[KEY, flags::DRY_RUN]],
    run: Run::With(unset),
};

/// `fil config`.
pub const NOUN: Verb = Verb {
    names: &["config"],
    about: fixed!("Les réglages et le catalogue des certifications.", "Settings and the catalogue of certificates."),
    examples: [fixed!("fil config"), fixed!("fil config set durable_min over-6m")],
    flags: &[],
    run: Run::Verbs { list: &[LIST, SET, UNSET, certificate::NOUN, context::NOUN], bare: &LIST, stray: None },
};

const KEY: Flag = Flag::word("key", fixed!("RÉGLAGE", "KEY"), fixed!("son nom : durable_min", "its name: durable_min"));
const VALUE: Flag = Flag::word("value", fixed!("VALEUR", "VALUE"), fixed!("la nouvelle valeur", "the new value"));

fn list(_: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let columns = vec![
        Column::new("key", "Réglage", "Setting", ColumnKind::Code),
        Column::new("value", "Valeur", "Value", ColumnKind::Code),
        Column::new("default", "Par défaut", "Default", ColumnKind::Code).hide_first(1),
        Column::new("label", "Sens", "Meaning", ColumnKind::Text).hide_first(2),
    ];
    let mut sheet = Sheet::new("settings", columns);
    for setting in setting::ALL {
        let value = lookup.setting(setting.key)?;
        sheet.rows.push(vec![
            Cell::Text(setting.key.to_owned()),
            Cell::Text(value.unwrap_or_else(|| setting.default.to_owned())),
            Cell::Text(setting.default.to_owned()),
            Cell::Words(setting.means.clone()),
        ]);
    }
    Ok(Answer::sheet(sheet).named([Some("reglages")]))
}

fn set(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let setting = setting::named(matches.need(&KEY)?)?;
    let value = setting.value(matches.need(&VALUE)?)?;
    let before = ctx.open()?.lookup().setting(setting.key)?;
    let mut entry = Entry::new(ctx, Kind::Settings);
    entry
        .give(kind::setting::KEY, Value::Text(setting.key.to_owned()))
        .give(kind::setting::VALUE, Value::Text(value.clone()));
    let write = Write { act: Act::SetSetting, kind: Kind::Settings, mode: Mode::Upsert, trial };
    let done = ctx.write(write.act, "settings", trial, |tx| {
        let saved = save_in(ctx, tx, write, std::slice::from_ref(&entry.request))?;
        refuse(&saved.troubles)
    })?;
    let old = before.as_deref().unwrap_or(setting.default);
    Ok(told(setting, old, &value, how_to_go_back(&done, trial)))
}

fn unset(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let setting = setting::named(matches.need(&KEY)?)?;
    let Some(before) = ctx.open()?.lookup().setting(setting.key)? else {
        return Ok(told(setting, setting.default, setting.default, None));
    };
    let done = ctx.write(Act::UnsetSetting, "settings", trial, |tx| settings::unset(tx, &[setting.key]))?;
    Ok(told(setting, &before, setting.default, how_to_go_back(&done, trial)))
}

/// What a setting was and is, what it means, and how to go back.
fn told(setting: &Setting, old: &str, new: &str, back: Option<Text>) -> Answer {
    let (key, means) = (setting.key, setting.means);
    let answer = Answer::done(if old == new {
        text!("{key} = {new} : rien à changer", "{key} = {new}: nothing to change")
    } else {
        text!("{key} : {old} → {new}", "{key}: {old} → {new}")
    });
    let answer = answer.say(text!("  {means}", "  {means}"; means));
    match back {
        Some(back) => answer.say(back),
        None => answer,
    }
}
