//! Opening a cohort, alone or on the model of another, changing it and removing it.

use super::*;
use crate::cli::ask::entry::{Entry, Write, account, refuse, save, save_in};
use crate::cli::ask::typed_record::{code, counted, needs, refuse_hanging, refuse_twin, something_to_change, subject};
use crate::cli::noun::prelude::*;
use crate::domain::day::in_full;
use crate::domain::id::{CohortId, RecordId};
use crate::domain::kind::{FieldAt, cohort, module};
use crate::domain::{Act, Text, Value};
use crate::ops::{Mode, Request, Said};

/// `fil cohort add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ouvre une promotion.", "Opens a cohort."),
    examples: [
        fixed!("fil c a P3 --comme P2 --debut 04/03", "fil c a P3 --like P2 --start 04/03"),
        fixed!("fil cohort add P3 --start 2019-03-04 --end 2019-05-31 --places 12"),
    ],
    flags: &[&[CODE, flags::START, flags::END, flags::PLACES, SITE, TITLE, flags::LIKE, flags::SET, flags::DRY_RUN]],
    run: Run::With(add),
};

/// `fil cohort edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie une promotion.", "Changes a cohort."),
    examples: [
        fixed!("fil c e P1 --fin 08/02/2019", "fil c e P1 --end 08/02/2019"),
        fixed!("fil cohort edit P1 --set certificate=CCPRFO"),
    ],
    flags: &[&[CODE, flags::START, flags::END, flags::PLACES, SITE, TITLE, flags::SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil cohort remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime une promotion encore vide.", "Removes a cohort that is still empty."),
    examples: [fixed!("fil cohort remove P3"), fixed!("fil cohort remove P3 --yes")],
    flags: &[&[CODE, flags::YES, flags::DRY_RUN]],
    run: Run::With(remove),
};

/// What a cohort takes from the one it is modelled on.
const COPIED: [FieldAt; 7] = [
    cohort::SITE,
    cohort::PLACES,
    cohort::SLOT_MINUTES,
    cohort::TRAINING_STATUS,
    cohort::NSF,
    cohort::INTEGRATION_DAYS,
    cohort::CERTIFICATE,
];
const ASKED: [(FieldAt, &str); 3] =
    [(cohort::START, "--start DATE"), (cohort::END, "--end DATE"), (cohort::PLACES, "--places N")];

/// `fil cohort add`.
pub fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let typed = matches.need(&CODE)?;
    let mut entry = entry(matches, ctx, Some(typed))?;
    let mut modules = Vec::new();
    let mut said = Vec::new();
    if let Some(like) = matches.text(&flags::LIKE) {
        let store = ctx.open()?;
        let lookup = store.lookup();
        let model = named(ctx, &lookup, like, Purpose::Write)?;
        said.extend(model.echo);
        said.extend(copy(&model.value, &mut entry.request));
        let new_code = entry.request.text(cohort::COHORT).unwrap_or(typed).to_owned();
        modules = modules_like(&lookup, &model.value, &new_code)?;
        let with = counted(modules.len(), fixed!("module", "module"), fixed!("modules", "modules"));
        let from = code(&model.value);
        said.push(text!("Sur le modèle de {from} ({with})", "Modelled on {from} ({with})"; with));
    }
    needs(&entry.request, &ASKED)?;
    let about = subject(Kind::Cohorts, entry.request.text(cohort::COHORT).unwrap_or(typed));
    let write = Write { act: Act::Add, kind: Kind::Cohorts, mode: Mode::Add, trial };
    let done = ctx.write(write.act, "cohorts", trial, |tx| {
        let saved = save_in(ctx, tx, write, std::slice::from_ref(&entry.request))?;
        refuse(&saved.troubles)?;
        let added = save_in(ctx, tx, Write { kind: Kind::Modules, ..write }, &modules)?;
        refuse(&added.troubles)?;
        Ok(saved)
    })?;
    let answer = account(Kind::Cohorts, &about, &done, trial).say_before(entry.echoes.into_iter().chain(said));
    if trial == Trial::DryRun {
        return Ok(answer);
    }
    let new_code = entry.request.text(cohort::COHORT).unwrap_or(typed);
    Ok(answer.say(text!(
        "Ensuite, le calendrier : fil cohort plan {new_code} --halves am,pm",
        "Next, the calendar: fil cohort plan {new_code} --halves am,pm"
    )))
}

/// `fil cohort edit`.
pub fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let mut entry = entry(matches, ctx, None)?;
    something_to_change(
        &entry.request,
        fixed!("fil cohort edit P1 --fin 08/02/2019", "fil cohort edit P1 --end 08/02/2019"),
    )?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let all = lookup.records(Kind::Cohorts, Which::All)?;
    let found = find(ctx, Kind::Cohorts, &all, matches.need(&CODE)?, Purpose::Write)?;
    entry.request.id = found.value.id;
    refuse_twin(&all, &found.value, &entry.request)?;
    let outside = outside(&lookup, &found.value, &entry.request)?;
    let write = Write { act: Act::Edit, kind: Kind::Cohorts, mode: Mode::Edit, trial };
    let done = save(ctx, write, std::slice::from_ref(&entry.request))?;
    let about = subject(Kind::Cohorts, code(&found.value));
    let answer = account(Kind::Cohorts, &about, &done, trial).say_before(entry.echoes.into_iter().chain(found.echo));
    Ok(match outside {
        0 => answer,
        n => {
            let code = entry.request.text(cohort::COHORT).unwrap_or(code(&found.value));
            answer.warn(
                text!("demi-journées hors des nouvelles dates", "half-days outside the new dates"),
                text!(
                    "{n} ; refaites le calendrier : fil cohort plan {code} …",
                    "{n}; plan the calendar again: fil cohort plan {code} …"
                ),
            )
        }
    })
}

/// `fil cohort remove`.
pub fn remove(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let found = named(ctx, &lookup, matches.need(&CODE)?, Purpose::Write)?.value;
    let code = code(&found);
    let clear = match (found.date(cohort::START), found.date(cohort::END)) {
        (Some(start), Some(end)) => format!("fil cohort plan {code} --closed {start}..{end}"),
        _ => String::new(),
    };
    let grants = text!("fil funder grant edit CODE --cohorts …", "fil funder grant edit CODE --cohorts …");
    refuse_hanging(&lookup, &found, &[("slot", Text::same(clear)), ("grant_cohort", grants)])?;
    crate::cli::ask::typed_record::remove(ctx, matches, &found, &subject(Kind::Cohorts, code))
}

fn entry<'a>(matches: &Matches, ctx: &'a Context<'a>, code: Option<&str>) -> Result<Entry<'a>> {
    let mut entry = Entry::new(ctx, Kind::Cohorts);
    if let Some(code) = code {
        entry.say(cohort::COHORT, code)?;
    }
    entry
        .flag(matches, &flags::START, cohort::START)?
        .flag(matches, &flags::END, cohort::END)?
        .flag(matches, &flags::PLACES, cohort::PLACES)?
        .flag(matches, &SITE, cohort::SITE)?
        .flag(matches, &TITLE, cohort::TITLE)?
        .sets(matches)?;
    Ok(entry)
}

/// Fills what was not said from the model; says the last day when it had to be computed.
fn copy(model: &Record, request: &mut Request) -> Option<Text> {
    let unsaid = |request: &Request, field: FieldAt| request.said[field.position()] == Said::Nothing;
    for field in COPIED {
        if let (true, Some(value)) = (unsaid(request, field), model.get(field)) {
            request.give(field, value.clone());
        }
    }
    let (start, first, last) = (request.date(cohort::START)?, model.date(cohort::START)?, model.date(cohort::END)?);
    if !unsaid(request, cohort::END) {
        return None;
    }
    let end = end_like(first, last, start);
    request.give(cohort::END, Value::Date(end));
    let full = in_full(end);
    Some(text!("Fin : {full}", "End: {full}"; full))
}

/// The same length, ended on the same day of the week: the nearest such day.
fn end_like(first: Date, last: Date, start: Date) -> Date {
    let same_length = start.plus_days(last.days() - first.days());
    let ahead = (last.weekday() + 7 - same_length.weekday()) % 7;
    let shift = i32::try_from(ahead).unwrap_or(0);
    let end = same_length.plus_days(if shift > 3 { shift - 7 } else { shift });
    if end < start { end.plus_days(7) } else { end }
}

fn modules_like(lookup: &Lookup<'_>, model: &Record, code: &str) -> Result<Vec<Request>> {
    let modules = lookup.records(Kind::Modules, Which::Cohort(CohortId::of(model.id.unwrap_or(RecordId::NONE))))?;
    let request = |module: &Record| {
        let mut request = Request::new(Kind::Modules);
        for (field, value) in Kind::Modules.all_at().zip(&module.values) {
            if let Some(value) = value {
                request.give(field, value.clone());
            }
        }
        request.give(module::COHORT, Value::Text(code.to_owned()));
        request
    };
    Ok(modules.iter().map(request).collect())
}

/// How many half-days the new dates leave out.
fn outside(lookup: &Lookup<'_>, old: &Record, request: &Request) -> Result<usize> {
    let start = request.date(cohort::START).or(old.date(cohort::START));
    let end = request.date(cohort::END).or(old.date(cohort::END));
    let (Some(start), Some(end)) = (start, end) else { return Ok(0) };
    let slots = lookup.slots_of(CohortId::of(old.id.unwrap_or(RecordId::NONE)))?;
    Ok(slots.keys().filter(|(day, _)| *day < start || *day > end).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(model: (&str, &str), start: &str, want: &str) {
        let day = |text: &str| Date::parse_iso(text).unwrap();
        assert_eq!(end_like(day(model.0), day(model.1), day(start)), day(want));
    }

    #[test]
    fn a_cohort_modelled_on_another_lasts_as_long_and_ends_on_the_same_weekday() {
        let monday_to_friday = ("2018-11-05", "2019-02-01");
        check(monday_to_friday, "2019-03-04", "2019-05-31");
        check(monday_to_friday, "2019-03-05", "2019-05-31");
        check(monday_to_friday, "2019-03-07", "2019-05-31");
        check(monday_to_friday, "2019-03-08", "2019-06-07");
        check(("2018-11-05", "2018-11-05"), "2019-03-07", "2019-03-11");
        check(("2018-11-05", "2018-11-05"), "2019-03-06", "2019-03-11");
    }
}
