//! What the flags say of the files.

use super::{AS, BLANK, COHORT, DATES, ENCODING, FILES, IGNORE, IGNORE_UNKNOWN, MAP, SEP, SET, SHEET, SKIP_BAD, VALUE};
use crate::cli::noun::prelude::*;
use crate::cli::parser::flags::Flag;
use crate::cli::run::context::Talk;
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::{ClosedList, Kind, Lang, Refusal, Text};
use crate::import::columns::dates::DateOrder;
use crate::import::{EmptyCell, Options, Policy};

pub fn options<'a>(
    matches: &Matches,
    ctx: &Context<'_>,
    progress: &'a dyn Fn(u64, u64),
    checkpoint: &'a dyn Fn() -> Result<()>,
) -> Result<Options<'a>> {
    let map = pairs(matches, &MAP, '=', text!("Écrivez --map \"Colonne=champ\"", "Write --map \"Column=field\""))?;
    let set = text!("Écrivez --set champ=valeur", "Write --set field=value");
    let cohort = matches.text(&COHORT).map(|code| ("cohort".to_owned(), code.to_owned()));
    let constants = cohort.into_iter().chain(pairs(matches, &SET, '=', set)?).collect();
    let value = text!("Écrivez --value champ:mot=valeur", "Write --value field:word=value");
    let mut values = Vec::new();
    for (left, meaning) in pairs(matches, &VALUE, '=', value.clone())? {
        let Some((field, word)) = left.split_once(':') else {
            let left = shown(&left);
            bail!(
                Refusal::usage(text!("--value {left} : il manque « : »", "--value {left}: “:” is missing")).hint(value)
            );
        };
        values.push((field.to_owned(), word.to_owned(), meaning));
    }
    Ok(Options {
        kind: matches.text(&AS).map(kind_named).transpose()?,
        empty: if matches.has(&BLANK) { EmptyCell::Blanks } else { EmptyCell::Leaves },
        dates: matches.text(&DATES).and_then(DateOrder::from_code),
        policy: if matches.has(&SKIP_BAD) { Policy::SkipBad } else { Policy::AllOrNothing },
        map,
        ignore_unknown: matches.has(&IGNORE_UNKNOWN),
        ignored: matches.all(&IGNORE).into_iter().map(str::to_owned).collect(),
        constants,
        values,
        several: matches.all(&FILES).len() > 1,
        cohort: cohort_of_the_moment(ctx),
        today: ctx.today,
        sheet: matches.text(&SHEET).map(str::to_owned),
        encoding: matches.text(&ENCODING).map(str::to_owned),
        separator: matches.text(&SEP).map(str::to_owned),
        changes_kept: if ctx.talk >= Talk::Verbose { usize::MAX } else { 20 },
        lang: ctx.lang,
        progress,
        checkpoint,
    })
}

/// What the flags of a sort say, cut at a sign.
fn pairs(matches: &Matches, flag: &Flag, sign: char, right: Text) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for pair in matches.all(flag) {
        let Some((left, value)) = pair.split_once(sign) else {
            let (word, name) = (shown(pair), flag.id);
            bail!(
                Refusal::usage(text!("--{name} {word} : il manque « {sign} »", "--{name} {word}: “{sign}” is missing"))
                    .hint(right)
            );
        };
        pairs.push((left.to_owned(), value.to_owned()));
    }
    Ok(pairs)
}

/// The cohort that runs, else the last that began: proposed for a file that names none.
fn cohort_of_the_moment(ctx: &Context<'_>) -> Option<String> {
    let store = ctx.open().ok()?;
    let cohorts = store.lookup().cohorts().ok()?;
    let running = cohorts.iter().rev().find(|c| c.start <= ctx.today && ctx.today <= c.end);
    running.or(cohorts.last()).map(|c| c.code.clone())
}

/// The kind of a word, in French or English.
pub fn kind_named(typed: &str) -> Result<Kind> {
    let wanted = fold(typed);
    let fits = |k: &&Kind| k.code() == wanted || fold(k.label(Lang::Fr)) == wanted;
    if let Some(kind) = Kind::ALL.iter().find(fits) {
        return Ok(*kind);
    }
    let names = Kind::ALL.iter().flat_map(|k| [k.code(), k.label(Lang::Fr)]);
    let word = shown(typed);
    let refusal = Refusal::usage(text!("pas de genre « {word} »", "no kind “{word}”"));
    Err(match nearest(typed, names) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => {
            let all = Kind::CODES.join(", ");
            refusal.hint(text!("Genres : {all}", "Kinds: {all}"))
        }
    }
    .into())
}
