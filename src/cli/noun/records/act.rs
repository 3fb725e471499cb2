//! What the verbs of a plain kind do.

use super::{Ends, Records, options};
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::selector::{self, Chosen, Purpose};
use crate::cli::ask::subject::{self, Ask};
use crate::cli::ask::typed_record::{self, find, needs, refuse_hanging, something_to_change};
use crate::cli::noun::prelude::*;
use crate::domain::folding::shown;
use crate::domain::id::RecordId;
use crate::domain::kind::{Days, FieldAt, Holds, Owner, Target, Words};
use crate::domain::{Kind, Record, Refusal, Text, Value};
use crate::ops::Said;
use crate::ops::request::spoken;
use crate::store::Lookup;
use crate::store::records::Which;

pub(super) fn list(noun: &Records, matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let (records, said) = records(noun.kind, matches, ctx, &lookup)?;
    let (path, many) = (noun.path, noun.kind.many());
    let answer = Answer::sheet(typed_record::sheet(noun.kind, &records, ctx.values))
        .named([Some(crate::domain::ClosedList::code(noun.kind))])
        .when_empty(text!(
            "Rien de noté ({many}). Pour en ajouter : fil {path} add",
            "Nothing recorded ({many}). To add some: fil {path} add";
            many
        ));
    Ok(answer.say_before(said))
}

/// The records that the flags of a list leave.
fn records(kind: Kind, matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>) -> Result<(Vec<Record>, Vec<Text>)> {
    let mut said = Vec::new();
    let mut records = match kind.naming(Target::Trainee).and(matches.text(&flags::WHO)) {
        Some(typed) => {
            let chosen = selector::person(ctx, lookup, typed, Purpose::Read)?;
            said.extend(chosen.echo);
            lookup.records(kind, Which::Person(chosen.value.id))?
        }
        None => lookup.records(kind, Which::All)?,
    };
    for field in kind.all_at() {
        match field.holds {
            Holds::Ref(Target::Trainee) => {}
            Holds::Ref(Target::Cohort) => {
                let Some(typed) = matches.text(&flags::COHORT).filter(|typed| *typed != "all") else { continue };
                let cohort = selector::cohort(lookup, typed)?;
                records.retain(|record| record.text(field) == Some(&cohort.code));
            }
            Holds::Ref(target) => {
                let Some(typed) = matches.text(&options::option(field)) else { continue };
                let chosen = named(ctx, lookup, target, (typed, Purpose::Read))?;
                said.extend(chosen.echo);
                records.retain(|record| record.text(field) == Some(typed_record::code(&chosen.value)));
            }
            Holds::List(_) => {
                let Some(code) = matches.text(&options::option(field)) else { continue };
                records.retain(|record| record.text(field) == Some(code));
            }
            _ => {}
        }
    }
    Ok((records, said))
}

/// The record that a word names where a field names one.
fn named(
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    target: Target,
    (typed, purpose): (&str, Purpose),
) -> Result<Chosen<Record>> {
    let kind = target.kind();
    find(ctx, kind, &lookup.records(kind, Which::All)?, typed, purpose)
}

pub(super) fn show(noun: &Records, matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let found = one(noun, matches, ctx, (&store.lookup(), Purpose::Read))?;
    let record = found.value;
    let title = match noun.kind.code_of_its_own() {
        Some(_) => typed_record::by_code(&record),
        None => noun.kind.one(),
    };
    let data = typed_record::sheet(noun.kind, std::slice::from_ref(&record), ctx.values);
    Ok(Answer::screen(typed_record::page(&title, &record), data).say_before(found.echo))
}

pub(super) fn add(noun: &Records, matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let kind = noun.kind;
    let mut entry = Entry::new(ctx, kind);
    values(&mut entry, matches)?;
    entry.sets(matches)?;
    if let Some(ends) = &noun.ends
        && let Some((id, about, echo)) = end(noun, ends, matches, &mut entry)?
    {
        entry.request.id = Some(id);
        return Ok(entry.save(Write::edit(kind, Trial::of(matches)), &about)?.say_before(echo));
    }
    let said = |entry: &Entry<'_>, field: FieldAt| entry.request.said[field.position()] != Said::Nothing;
    let day =
        kind.all_at().find(|field| field.mandatory && field.days == Days::Done && matches!(field.holds, Holds::Date));
    if let Some(day) = day.filter(|day| !said(&entry, *day)) {
        entry.give(day, Value::Date(ctx.today));
    }
    let plain = |field: &FieldAt| field.mandatory && !matches!(field.holds, Holds::Ref(_) | Holds::Bool);
    let asked: Vec<(FieldAt, String)> =
        kind.all_at().filter(plain).map(|field| (field, flag_of(noun, field))).collect();
    let asked: Vec<(FieldAt, &str)> = asked.iter().map(|(field, flag)| (*field, flag.as_str())).collect();
    needs(&entry.request, &asked)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let mut echoes = owner(noun, matches, &mut entry, &lookup)?;
    echoes.extend(references(&mut entry, matches, &lookup)?);
    let mut fresh = Record::new(kind);
    for field in kind.all_at() {
        fresh.set(field, entry.request.given(field).cloned());
    }
    let about = described(&lookup, &fresh)?;
    ctx.has_read(store);
    Ok(entry.save(Write::add(kind, Trial::of(matches)), &about)?.say_before(echoes))
}

/// The open record that the words mean, when its end is said and its beginning is not.
fn end(
    noun: &Records,
    ends: &Ends,
    matches: &Matches,
    entry: &mut Entry<'_>,
) -> Result<Option<(RecordId, Text, Option<Text>)>> {
    let (kind, ctx) = (noun.kind, entry.ctx());
    let begins = kind.declaration().event.as_ref().map(|event| event.day);
    let now = ends.now.as_ref().is_some_and(|flag| matches.has(flag));
    if now {
        let on = begins.and_then(|day| entry.request.date(day)).unwrap_or(ctx.today);
        entry.give(ends.day, Value::Date(on));
        if let Some(day) = begins {
            entry.request.say(day, Said::Nothing);
        }
    }
    if entry.request.given(ends.day).is_none() || begins.is_some_and(|day| entry.request.given(day).is_some()) {
        return Ok(None);
    }
    let store = ctx.open()?;
    let lookup = store.lookup();
    let who = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
    let words = noun.words.iter().filter(|field| !field.names_a(Target::Trainee));
    let told: Vec<FieldAt> = words.copied().collect();
    let open = |record: &Record| {
        record.get(ends.day).is_none() && told.iter().all(|field| record.get(*field) == entry.request.given(*field))
    };
    let Some(record) = lookup.records(kind, Which::Person(who.value.id))?.into_iter().rfind(open) else {
        if !now {
            return Ok(None);
        }
        let (name, one, path, slug) = (subject::name(&who.value), kind.one(), noun.path, &who.value.slug);
        bail!(
            Refusal::selector(
                text!("{name} : rien de tel en cours ({one})", "{name}: no such open record ({one})"; one)
            )
            .hint(text!("Liste : fil {path} list {slug}", "List: fil {path} list {slug}"))
        );
    };
    let about = described(&lookup, &record)?;
    ctx.has_read(store);
    Ok(record.id.map(|id| (id, about, who.echo)))
}

/// How `add` is given a field: its word, or its flag.
fn flag_of(noun: &Records, field: FieldAt) -> String {
    if noun.words.contains(&field) {
        return options::word(field).value.en.to_string();
    }
    format!("--{} …", options::option(field).id)
}

/// Says every field whose flag or word was typed, but for those that name a record.
fn values(entry: &mut Entry<'_>, matches: &Matches) -> Result<()> {
    for field in entry.request.kind.all_at().filter(|field| !matches!(field.holds, Holds::Ref(_))) {
        entry.flag(matches, &options::option(field), field)?;
    }
    Ok(())
}

/// Says whose the record is.
fn owner(noun: &Records, matches: &Matches, entry: &mut Entry<'_>, lookup: &Lookup<'_>) -> Result<Vec<Text>> {
    let (kind, ctx) = (noun.kind, entry.ctx());
    let cohort = kind.naming(Target::Cohort).filter(|field| entry.request.given(*field).is_none());
    match kind.declaration().owner {
        Owner::Person => {
            let Some(field) = kind.naming(Target::Trainee) else { return Ok(Vec::new()) };
            let chosen = selector::person(ctx, lookup, matches.need(&flags::WHO)?, Purpose::Write)?;
            entry.give(field, Value::Text(chosen.value.slug));
            Ok(chosen.echo.into_iter().collect())
        }
        Owner::Stay => {
            let on = kind.declaration().event.as_ref().and_then(|event| entry.request.date(event.day));
            let ask = Ask { cohort: matches.text(&flags::COHORT), on: on.unwrap_or(ctx.today) };
            let who = subject::find(ctx, lookup, matches.need(&flags::WHO)?, ask)?;
            if let Some(field) = kind.naming(Target::Trainee) {
                entry.give(field, Value::Text(who.person.slug));
            }
            if let Some(field) = cohort {
                entry.give(field, Value::Text(who.cohort.code));
            }
            Ok(who.echoes)
        }
        Owner::Cohort => {
            let Some(field) = cohort else { return Ok(Vec::new()) };
            let chosen = match matches.text(&flags::COHORT) {
                Some(typed) => Chosen { value: selector::cohort(lookup, typed)?, echo: None },
                None => selector::default_cohort(ctx, lookup, Purpose::Write)?,
            };
            entry.give(field, Value::Text(chosen.value.code));
            Ok(chosen.echo.into_iter().collect())
        }
        Owner::School | Owner::Grant => Ok(Vec::new()),
    }
}

/// Says the records that other fields name, by their codes or what people call them.
fn references(entry: &mut Entry<'_>, matches: &Matches, lookup: &Lookup<'_>) -> Result<Vec<Text>> {
    let mut echoes = Vec::new();
    for field in entry.request.kind.all_at() {
        let Holds::Ref(target) = field.holds else { continue };
        if matches!(target, Target::Trainee | Target::Cohort) {
            continue;
        }
        let Some(typed) = matches.text(&options::option(field)) else { continue };
        if typed.is_empty() || target == Target::Module {
            entry.say(field, typed)?;
            continue;
        }
        let chosen = named(entry.ctx(), lookup, target, (typed, Purpose::Write))?;
        entry.give(field, Value::Text(typed_record::code(&chosen.value).to_owned()));
        echoes.extend(chosen.echo);
    }
    Ok(echoes)
}

pub(super) fn edit(noun: &Records, matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let found = one(noun, matches, ctx, (&lookup, Purpose::Write))?;
    let mut entry = Entry::new(ctx, noun.kind);
    values(&mut entry, matches)?;
    let echoes = references(&mut entry, matches, &lookup)?;
    entry.sets(matches)?;
    let (path, one, change) = (noun.path, noun.one, noun.change);
    let example = text!("fil {path} edit {one} {change}", "fil {path} edit {one} {change}"; change);
    something_to_change(&entry.request, &example)?;
    entry.request.id = found.value.id;
    let about = described(&lookup, &found.value)?;
    ctx.has_read(store);
    let answer = entry.save(Write::edit(noun.kind, Trial::of(matches)), &about)?;
    Ok(answer.say_before(found.echo.into_iter().chain(echoes)))
}

pub(super) fn remove(noun: &Records, matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let found = one(noun, matches, ctx, (&lookup, Purpose::Write))?;
    refuse_hanging(&lookup, &found.value, &[])?;
    let about = described(&lookup, &found.value)?;
    ctx.has_read(store);
    Ok(typed_record::remove(ctx, matches, &found.value, &about)?.say_before(found.echo))
}

/// The record that is meant: by its code where the kind has one, else by its number.
fn one(
    noun: &Records,
    matches: &Matches,
    ctx: &Context<'_>,
    (lookup, purpose): (&Lookup<'_>, Purpose),
) -> Result<Chosen<Record>> {
    let typed = matches.need(&options::which(noun.kind))?;
    if noun.kind.code_of_its_own().is_some() {
        return find(ctx, noun.kind, &lookup.records(noun.kind, Which::All)?, typed, purpose);
    }
    let path = noun.path;
    let hint = text!("Liste : fil {path} list", "List: fil {path} list");
    Ok(Chosen { value: numbered(lookup, noun.kind, (typed, hint))?, echo: None })
}

/// The record of the number that was typed; the hint says where the numbers are listed.
pub fn numbered(lookup: &Lookup<'_>, kind: Kind, (typed, list): (&str, Text)) -> Result<Record> {
    let word = shown(typed);
    let Some(id) = typed.parse().ok().filter(|id| *id > RecordId::NONE) else {
        bail!(Refusal::usage(text!("« {word} » n'est pas un numéro", "“{word}” is not a number")).hint(list));
    };
    match lookup.records(kind, Which::Id(id))?.pop() {
        Some(record) => Ok(record),
        None => {
            let one = kind.one();
            bail!(
                Refusal::selector(text!("{one} : il n'y a pas de n° {id}", "{one}: there is no no. {id}"; one))
                    .hint(list)
            )
        }
    }
}

/// One record in a few words: who, then each field that says something.
pub fn described(lookup: &Lookup<'_>, record: &Record) -> Result<Text> {
    let mut words = Vec::new();
    if record.kind.code_of_its_own().is_some_and(|code| record.get(code).is_some()) {
        return Ok(typed_record::by_code(record));
    }
    if let Some(slug) = record.trainee() {
        let person = lookup.find_slug(slug)?;
        words.push(Text::same(person.map_or_else(|| slug.to_owned(), |person| subject::name(&person))));
    } else {
        words.push(record.kind.one());
    }
    for field in record.kind.all_at().filter(|field| {
        !(field.names_a(Target::Cohort) || field.names_a(Target::Trainee) || field.words == Words::Story)
    }) {
        if let Some(value) = record.get(field) {
            words.push(spoken(&field, Some(value)));
        }
    }
    Ok(Text::join(&words, ", "))
}
