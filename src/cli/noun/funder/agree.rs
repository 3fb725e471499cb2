//! `fil funder agree`: the figures that a grant's agreement promises.

use super::target::known_figure;
use super::*;
use crate::cli::ask::entry::{Entry, Write, refuse, save_in};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::typed_record::{code, counted};
use crate::cli::noun::prelude::*;
use crate::domain::folding::shown;
use crate::domain::funder::AgreedRow;
use crate::domain::id::RecordId;
use crate::domain::kind::{agreed, grant};
use crate::domain::{Act, ClosedList, Refusal, Value};
use crate::ops::{Mode, Outcome};

/// `fil funder agree`.
pub const VERB: Verb = Verb {
    names: &["agree", "convenir"],
    about: fixed!("Dit les chiffres que la convention promet.", "Says which figures the agreement promises."),
    examples: [
        fixed!("fil funder agree ca-solidarite qualified share_women"),
        fixed!("fil funder agree ca-solidarite exits:durable --grant ca-2018 --row total"),
    ],
    flags: &[&[OF_FUNDER, FIGURES, GRANT, ROW, NOTE, REMOVE, flags::YES, flags::DRY_RUN]],
    run: Run::With(run),
};

const FIGURES: Flag = Flag::word(
    "figure",
    fixed!("CHIFFRE…", "FIGURE…"),
    fixed!("un indicateur, ou section:colonne", "an indicator, or section:column"),
)
.many()
.names(Names::Figure);
const ROW: Flag = Flag::option(
    "row",
    fixed!("LIGNE", "ROW"),
    fixed!("cohort, total ou both (les deux, sinon)", "cohort, total or both (both unless said)"),
)
.also(&["ligne"])
.one_of(&[&["cohort"], &["total"], &["both"]]);
const NOTE: Flag = Flag::option("note", TEXT, fixed!("une remarque, pour l'école", "a remark, for the school"));
const REMOVE: Flag =
    Flag::switch("remove", fixed!("ne le promet plus", "does not promise it any more")).also(&["retirer"]);

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let figures = matches.all(&FIGURES);
    if figures.is_empty() {
        bail!(Refusal::usage(text!("quel chiffre ?", "which figure?")).hint(text!(
            "Par exemple : fil funder agree CODE qualified    Liste : fil report indicators",
            "For example: fil funder agree CODE qualified    List: fil report indicators"
        )));
    }
    let (payer, grant) = {
        let store = ctx.open()?;
        let lookup = store.lookup();
        let payer = funder(ctx, &lookup, matches.need(&OF_FUNDER)?, Purpose::Write)?;
        let grant = of_funder(ctx, &lookup, (code(&payer.value), matches.text(&GRANT)))?;
        (payer, grant)
    };
    let answer = if matches.has(&REMOVE) {
        take_off(matches, ctx, (&figures, &grant))
    } else {
        promise(matches, ctx, (&figures, &grant))
    };
    Ok(answer?.say_before(payer.echo))
}

/// The grant that is meant: the one named, which must be the funder's, else its only one.
fn of_funder(ctx: &Context<'_>, lookup: &Lookup<'_>, (funder, typed): (&str, Option<&str>)) -> Result<String> {
    let mut own: Vec<Record> = lookup.records(Kind::Grants, Which::All)?;
    own.retain(|record| record.text(grant::FUNDER) == Some(funder));
    if let Some(typed) = typed {
        return Ok(code(&find(ctx, Kind::Grants, &own, typed, Purpose::Write)?.value).to_owned());
    }
    match own.as_slice() {
        [one] => Ok(code(one).to_owned()),
        [] => bail!(Refusal::data(text!("{funder} n'a pas de subvention", "{funder} has no grant")).hint(text!(
            "Ajoutez-en une : fil funder grant add CODE {funder}",
            "Add one: fil funder grant add CODE {funder}"
        ))),
        several => {
            let list = several.iter().map(code).collect::<Vec<_>>().join(", ");
            bail!(
                Refusal::usage(text!("pour quelle subvention de {funder} ?", "for which grant of {funder}?"))
                    .why(text!("il en a plusieurs : {list}", "it has several: {list}"))
                    .hint(text!("Ajoutez --grant CODE", "Add --grant CODE"))
            )
        }
    }
}

fn promise(matches: &Matches, ctx: &Context<'_>, (figures, grant): (&[&str], &str)) -> Result<Answer> {
    let trial = Trial::of(matches);
    let mut requests = Vec::new();
    for typed in figures {
        let mut entry = Entry::new(ctx, Kind::Agreed);
        entry
            .give(agreed::GRANT, Value::Text(grant.to_owned()))
            .give(agreed::FIGURE, Value::Text(known_figure(typed)?.to_owned()));
        if let Some(row) = matches.text(&ROW).and_then(AgreedRow::from_code) {
            entry.give(agreed::ROW, Value::Code(row.code()));
        }
        entry.flag(matches, &NOTE, agreed::NOTE)?;
        requests.push(entry.request);
    }
    let write = Write { act: Act::Agree, kind: Kind::Agreed, mode: Mode::Upsert, trial };
    let done = ctx.write(write.act, Kind::Agreed.code(), trial, |tx| {
        let saved = save_in(ctx, tx, write, &requests)?;
        refuse(&saved.troubles)?;
        Ok(saved)
    })?;
    let mut answer = Answer::default();
    for (typed, (_, _, outcome)) in figures.iter().zip(&done.value().outcomes) {
        answer = answer.say(match (outcome, trial) {
            (Outcome::Identical, _) => {
                text!("Rien à changer : {typed}, {grant}", "Nothing to change: {typed}, {grant}")
            }
            (_, Trial::DryRun) => text!("Serait convenu : {typed}, {grant}", "Would be agreed: {typed}, {grant}"),
            (_, Trial::Real) => text!("Convenu : {typed}, {grant}", "Agreed: {typed}, {grant}"),
        });
    }
    Ok(answer.say_after(how_to_go_back(&done, trial)))
}

fn take_off(matches: &Matches, ctx: &Context<'_>, (figures, grant): (&[&str], &str)) -> Result<Answer> {
    let trial = Trial::of(matches);
    let row = matches.text(&ROW);
    let records = ctx.open()?.lookup().records(Kind::Agreed, Which::All)?;
    let mut ids: Vec<RecordId> = Vec::new();
    for typed in figures {
        let is = |record: &&Record| {
            record.text(agreed::GRANT) == Some(grant)
                && record.text(agreed::FIGURE) == Some(typed)
                && row.is_none_or(|row| record.text(agreed::ROW).unwrap_or("both") == row)
        };
        let before = ids.len();
        ids.extend(records.iter().filter(is).filter_map(|record| record.id));
        if ids.len() == before {
            let word = shown(typed);
            bail!(
                Refusal::selector(text!("{grant} ne promet pas « {word} »", "{grant} does not promise “{word}”")).hint(
                    text!(
                        "Un objectif se retire par : fil funder target remove",
                        "A target is removed by: fil funder target remove"
                    )
                )
            );
        }
    }
    let count =
        counted(ids.len(), fixed!("chiffre convenu", "agreed figure"), fixed!("chiffres convenus", "agreed figures"));
    let question = text!("Retirer {count} de {grant} ?", "Take {count} out of {grant}?"; count);
    if trial == Trial::Real && !matches.has(&flags::YES) && confirm(ctx, &question, "--yes")? == Reply::No {
        return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
    }
    let done = ctx.write(Act::Remove, Kind::Agreed.code(), trial, |tx| {
        ids.iter().try_for_each(|id| crate::ops::remove::remove(tx, Kind::Agreed, *id))
    })?;
    Ok(Answer::done(text!("Retiré : {count} de {grant}", "Taken out: {count} of {grant}"; count))
        .say_after(how_to_go_back(&done, trial)))
}
