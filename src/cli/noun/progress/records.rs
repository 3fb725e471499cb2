//! `fil progress list|edit|remove KIND`: the records behind the matrix, each with its number.

use super::subject;
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::id::RecordId;
use crate::domain::kind::{Holds, Target, Words};
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

/// The kinds that have numbers, with the words people use for them.
const KINDS: [(Kind, &[&str]); 4] = [
    (Kind::Results, &["results", "result", "resultats", "resultat", "modules", "notes"]),
    (Kind::Certificates, &["certificates", "certificate", "certifications", "certification", "certificats", "certifs"]),
    (Kind::Licence, &["licence", "license", "permis"]),
    (Kind::Interviews, &["interviews", "interview", "entretiens", "entretien"]),
];

fn kind(matches: &Matches) -> Result<Kind> {
    let typed = matches.need(&KIND)?;
    let wanted = fold(typed);
    if let Some((kind, _)) = KINDS.iter().find(|(_, words)| words.contains(&wanted.as_str())) {
        return Ok(*kind);
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
        KINDS
            .iter()
            .map(|(k, _)| if lang == Lang::Fr { k.label(lang) } else { k.code() })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let list = Text::worded(list);
    let refusal = refusal.why(text!("genres : {list}", "kinds: {list}"; list));
    bail!(match nearest(typed, KINDS.iter().flat_map(|(_, words)| words.iter().copied())) {
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
        if record.kind == Kind::Licence {
            record.trainee().is_some_and(|slug| slugs.iter().any(|known| known == slug))
        } else {
            record.cohort() == Some(&cohort.code)
        }
    });
    Ok(records)
}

/// The record of the number that was typed.
fn numbered(matches: &Matches, lookup: &Lookup<'_>, kind: Kind) -> Result<(RecordId, Record)> {
    let typed = matches.need(&NUMBER)?;
    let word = shown(typed);
    let Some(id) = typed.parse().ok().filter(|id| *id > RecordId::NONE) else {
        bail!(
            Refusal::usage(text!("« {word} » n'est pas un numéro", "“{word}” is not a number")).hint(list_hint(kind))
        );
    };
    match lookup.records(kind, Which::Id(id))?.pop() {
        Some(record) => Ok((id, record)),
        None => {
            let one = kind.one();
            bail!(
                Refusal::selector(text!("{one} : il n'y a pas de n° {id}", "{one}: there is no no. {id}"; one))
                    .hint(list_hint(kind))
            )
        }
    }
}

fn list_hint(kind: Kind) -> Text {
    let (fr, en) = (kind.label(Lang::Fr), kind.code());
    text!("Liste : fil progress list {fr} -c all", "List: fil progress list {en} -c all")
}

/// One record in a few words: who, then each field that says something.
fn said(lookup: &Lookup<'_>, record: &Record) -> Result<Text> {
    let slug = record.trainee().unwrap_or_default();
    let name = lookup.find_slug(slug)?.map_or_else(|| slug.to_owned(), |person| subject::name(&person));
    let mut words = vec![Text::same(name)];
    for field in record.kind.all_at().filter(|field| {
        !(field.names_a(Target::Cohort) || field.names_a(Target::Trainee) || field.words == Words::Story)
    }) {
        if let Some(value) = record.get(field) {
            words.push(spoken(&field, Some(value)));
        }
    }
    Ok(Text::join(&words, ", "))
}

pub(super) fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let kind = kind(matches)?;
    let store = ctx.open()?;
    let (id, record) = numbered(matches, &store.lookup(), kind)?;
    let subject = said(&store.lookup(), &record)?;
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
    let (id, record) = numbered(matches, &store.lookup(), kind)?;
    let subject = said(&store.lookup(), &record)?;
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
