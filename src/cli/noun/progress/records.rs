//! `fil progress list|edit|remove KIND`: the records behind the matrix, each with its number.

use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::cli::noun::records::{described, numbered};
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::id::RecordId;
use crate::domain::kind::Holds;
use crate::domain::{Act, ClosedList, Kind, Lang, Record, Refusal, Text};
use crate::ops::request::spoken;
use crate::ops::{Mode, remove as ops_remove};
use crate::sheet::record::{cells, columns};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::records::Which;
use crate::store::{CohortSpan, Lookup};

/// `fil progress list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!(
        "Liste les fiches d'un genre, avec leurs numéros.",
        "Lists the records of a kind, with their numbers."
    ),
    examples: [fixed!("fil p ls résultats", "fil p ls results"), fixed!("fil p ls permis amé", "fil p ls licence amé")],
    flags: &[&[KIND, WHO, flags::COHORT], flags::TABLE],
    run: Run::With(list),
};

/// `fil progress edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Corrige une fiche, par son numéro dans la liste.", "Corrects a record, by its number in the list."),
    examples: [
        fixed!("fil p edit résultats 12 --set note=14", "fil p edit results 12 --set mark=14"),
        fixed!("fil p e permis 3 --set date=2018-12-04", "fil p e licence 3 --set date=2018-12-04"),
    ],
    flags: &[&[KIND, NUMBER, SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil progress remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime une fiche, par son numéro dans la liste.", "Removes a record, by its number in the list."),
    examples: [
        fixed!("fil p remove résultats 12", "fil p remove results 12"),
        fixed!("fil p supprimer permis 3 -y", "fil p remove licence 3 -y"),
    ],
    flags: &[&[KIND, NUMBER, flags::YES, flags::DRY_RUN]],
    run: Run::With(remove),
};

const KIND: Flag = Flag::word(
    "kind",
    fixed!("GENRE", "KIND"),
    fixed!("résultats, certifications, permis, entretiens", "results, certificates, licence, interviews"),
);
const NUMBER: Flag =
    Flag::word("number", fixed!("N", "N"), fixed!("son numéro dans la liste", "its number in the list"));
const SET: Flag = flags::SET.help(fixed!("ce qui change (fil help formats)", "what changes (fil help formats)"));
const WHO: Flag = flags::WHO.optional().help(fixed!("une personne seulement", "one person only"));

/// The kinds about people whose records have numbers: whatever kind is declared about them is listed and corrected here.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::of_people().filter(|kind| kind.numbered() && *kind != Kind::Trainees)
}

/// What people call the records of a kind.
fn words(kind: Kind) -> Vec<String> {
    let (one, many) = (kind.one(), kind.many());
    let said = [&*one.fr, &*one.en, &*many.fr, &*many.en].map(str::to_owned);
    let listed = Kind::LIST.words[kind as usize].iter().map(|word| (*word).to_owned());
    listed.chain(said).map(|word| fold(&word)).collect()
}

fn kind(matches: &Matches) -> Result<Kind> {
    let typed = matches.need(&KIND)?;
    let wanted = fold(typed);
    if let Some(kind) = kinds().find(|kind| words(*kind).contains(&wanted)) {
        return Ok(kind);
    }
    let word = shown(typed);
    let refusal =
        Refusal::usage(text!("« {word} » n'est pas un genre de fiche d'ici", "“{word}” is not a kind of record here"));
    if ["attendance", "presence", "presences", "absence", "absences"].contains(&wanted.as_str()) {
        bail!(refusal.why(text!("les présences n'ont pas de numéro", "attendance marks have no number")).hint(text!(
            "Corrigez avec fil p abs, fil p late ou fil p clear",
            "Correct them with fil p absent, fil p late or fil p clear"
        )));
    }
    let list = |lang: Lang| {
        let names = kinds().map(|kind| if lang == Lang::Fr { kind.label(lang) } else { kind.code() });
        names.collect::<Vec<_>>().join(", ")
    };
    let list = Text::worded(list);
    let refusal = refusal.why(text!("genres : {list}", "kinds: {list}"; list));
    let known: Vec<String> = kinds().flat_map(words).collect();
    bail!(match nearest(typed, known.iter().map(String::as_str)) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal,
    })
}

pub(super) fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let kind = kind(matches)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let (records, said) = records(matches, ctx, &lookup, kind)?;
    let mut sheet = Sheet::new(kind.code(), vec![Column::new("id", "N°", "No.", ColumnKind::Code)]);
    sheet.columns.extend(columns(kind).into_iter().map(|column| match column.key {
        "cohort" | "out_of" | "expires" | "financed_by" | "note" => column.hide_first(2),
        _ => column,
    }));
    let row = |cells: fn(&Record) -> Vec<Cell>| {
        records
            .iter()
            .map(move |record| {
                std::iter::once(Cell::int(record.id.map(RecordId::number))).chain(cells(record)).collect()
            })
            .collect()
    };
    let people = Sheet { rows: row(labels), ..sheet.clone() };
    sheet.rows = row(cells);
    let (fr, en) = (kind.label(Lang::Fr), kind.code());
    let answer = Answer::view(vec![people], sheet).when_empty(text!("Rien de noté : {fr}.", "Nothing recorded: {en}."));
    Ok(said.into_iter().fold(answer.named([Some(kind.code())]), Answer::say))
}

/// The cells of a record as people read them: labels instead of codes.
fn labels(record: &Record) -> Vec<Cell> {
    let plain = cells(record);
    let fields = record.kind.all_at().zip(plain);
    let worded = fields.map(|(field, cell)| match (field.holds, record.get(field)) {
        (Holds::List(_), value @ Some(_)) => Cell::Words(spoken(&field, value)),
        _ => cell,
    });
    worded.collect()
}

/// The records asked for, in the order of the file: of a person, of a cohort, or of all.
fn records(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>, kind: Kind) -> Result<(Vec<Record>, Vec<Text>)> {
    let mut said = Vec::new();
    let cohort = match (matches.text(&flags::COHORT), matches.text(&WHO)) {
        (Some("all"), _) | (None, Some(_)) => None,
        (Some(typed), _) => Some(selector::cohort(lookup, typed)?),
        (None, None) => {
            let chosen = selector::default_cohort(ctx, lookup, Purpose::Read)?;
            said.extend(chosen.echo);
            Some(chosen.value)
        }
    };
    let records = match matches.text(&WHO) {
        Some(typed) => {
            let chosen = selector::person(ctx, lookup, typed, Purpose::Read)?;
            said.extend(chosen.echo);
            lookup.records(kind, Which::Person(chosen.value.id))?
        }
        None => lookup.records(kind, Which::All)?,
    };
    Ok((within(lookup, records, cohort.as_ref())?, said))
}

/// Those of a cohort; licence events have none, so they follow their people.
fn within(lookup: &Lookup<'_>, mut records: Vec<Record>, cohort: Option<&CohortSpan>) -> Result<Vec<Record>> {
    let Some(cohort) = cohort else { return Ok(records) };
    let mut slugs = Vec::new();
    for stay in lookup.stays_in(cohort.id)? {
        slugs.extend(lookup.find_person(stay.person)?.map(|person| person.slug));
    }
    // Steps towards the licence hang on a person and name no cohort.
    records.retain(|record| {
        if record.cohort().is_none() {
            record.trainee().is_some_and(|slug| slugs.iter().any(|known| known == slug))
        } else {
            record.cohort() == Some(&cohort.code)
        }
    });
    Ok(records)
}

fn list_hint(kind: Kind) -> Text {
    let (fr, en) = (kind.label(Lang::Fr), kind.code());
    text!("Liste : fil progress list {fr} -c all", "List: fil progress list {en} -c all")
}

pub(super) fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let kind = kind(matches)?;
    let store = ctx.open()?;
    let record = numbered(&store.lookup(), kind, (matches.need(&NUMBER)?, list_hint(kind)))?;
    let id = record.id.unwrap_or(RecordId::NONE);
    let subject = described(&store.lookup(), &record)?;
    ctx.has_read(store);
    if matches.all(&flags::SET).is_empty() {
        let fields: Vec<_> = kind.fields().iter().collect();
        let fr = fields.iter().map(|f| f.fr).collect::<Vec<_>>().join(", ");
        let en = fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
        bail!(
            Refusal::usage(text!("que faut-il corriger ?", "what is to be corrected?"))
                .why(text!("champs : {fr}", "fields: {en}"))
                .hint(text!("Ajoutez --set CHAMP=VALEUR", "Add --set FIELD=VALUE"))
        );
    }
    let mut entry = Entry::new(ctx, kind);
    entry.request.id = Some(id);
    entry.sets(matches)?;
    let trial = Trial::of(matches);
    let write = Write { act: Act::Edit, kind, mode: Mode::Edit, trial };
    let done = entry::save(ctx, write, &[entry.request])?;
    let told = entry::account(kind, &subject, &done, trial);
    Ok(Answer { said: entry.echoes.into_iter().chain(told.said).collect(), ..told })
}

pub(super) fn remove(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let kind = kind(matches)?;
    let store = ctx.open()?;
    let record = numbered(&store.lookup(), kind, (matches.need(&NUMBER)?, list_hint(kind)))?;
    let id = record.id.unwrap_or(RecordId::NONE);
    let subject = described(&store.lookup(), &record)?;
    ctx.has_read(store);
    let one = kind.one();
    let trial = Trial::of(matches);
    if trial == Trial::Real && !matches.has(&flags::YES) {
        let question =
            text!("Supprimer {one} n° {id} ({subject}) ?", "Remove {one} no. {id} ({subject})?"; one, subject);
        if confirm(ctx, &question, "--yes")? == Reply::No {
            return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
        }
    }
    let done = ctx.write(Act::Remove, kind.code(), trial, |tx| ops_remove::remove(tx, kind, id))?;
    let answer = Answer::done(
        text!("Supprimé : {one} n° {id} — {subject}", "Removed: {one} no. {id} — {subject}"; one, subject),
    );
    Ok(answer.say_after(how_to_go_back(&done, trial)))
}
