//! Free texts: those about somebody go; in those about others, their name gives way to the neutral slug.

use super::search::Value;
use super::{Erased, Subject};
use crate::domain::Kind;
use crate::domain::contract::NOT_STARTED;
use crate::domain::folding::fold;
use crate::domain::kind::{FieldAt, Words};
use crate::store::{Owner, Remembered, Tx};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The fields of a kind whose texts are about its owner.
fn texts(kind: Kind) -> Vec<FieldAt> {
    kind.all_at().filter(|field| matches!(field.words, Words::Own | Words::Story)).collect()
}

/// The fields in which a text about somebody may name somebody else.
pub(super) fn stories() -> impl Iterator<Item = FieldAt> {
    Kind::of_people().flat_map(Kind::all_at).filter(|field| field.words == Words::Story)
}

/// Empties the texts about the person and takes their name out of those about others.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject, done: &mut Erased) -> Result<()> {
    for kind in Kind::of_people().filter(|kind| *kind != Kind::Trainees) {
        let (table, owner, texts) = (kind.declaration().table, subject.owner(kind), texts(kind));
        if let Some(text) = texts.iter().find(|field| field.mandatory) {
            // A note without its text is nothing: only history keeps that there was one.
            tx.rewrite(table, owner, &mut |row| {
                let number = row.number().map_or(0, |id| id.number());
                row.replace(*text, format!("{} {number}", subject.slug));
            })?;
            done.notes += tx.delete_rows(table, owner)?;
        } else if !texts.is_empty() {
            let changed = tx.rewrite(table, owner, &mut |row| empty(row, &texts))?;
            if changed > 0 {
                done.emptied.insert(kind, changed);
            }
        }
    }
    done.elsewhere = take_out(tx, subject, done)?;
    Ok(())
}

/// Empties fields, but for the one code that decides figures: the end reason of a contract that never began.
fn empty(row: &mut Remembered, fields: &[FieldAt]) {
    for field in fields {
        if row.text_of(*field) != Some(NOT_STARTED) {
            row.empty(*field);
        }
    }
}

/// Replaces the name, the slug, the phone number and the e-mail address in texts about others.
fn take_out(tx: &mut Tx<'_>, subject: &Subject, done: &Erased) -> Result<usize> {
    let kinds = [Value::Name, Value::Slug, Value::Phone, Value::Email];
    let values: BTreeSet<Vec<char>> = done.sought.of(&kinds).map(|text| fold(text).chars().collect()).collect();
    let mut changed = 0;
    for field in stories() {
        let table = field.kind.declaration().table;
        let day = field.kind.declaration().event.as_ref().map(|event| event.day);
        let mut taken = BTreeMap::new();
        changed += tx.rewrite(table, Owner::Everybody, &mut |row| {
            let Some(mut text) = row.text_of(field).and_then(|text| replaced(text, &values, &subject.slug)) else {
                return;
            };
            // Two notes of one day that differed by the spelling of the name only stay two.
            let own = row.number();
            let key = |text: &str| (row.person(), day.and_then(|day| row.date_of(day)), text.to_owned());
            while *taken.entry(key(&text)).or_insert(own) != own {
                text.push('.');
            }
            row.replace(field, text);
        })?;
    }
    Ok(changed)
}

/// The text with each of the values, as folded, replaced by the token; `None` when it holds none of them.
fn replaced(text: &str, values: &BTreeSet<Vec<char>>, token: &str) -> Option<String> {
    // Each character of the text with what it folds to, so that the place of a match is known.
    let folded: Vec<(usize, Vec<char>)> = text.char_indices().map(|(at, c)| (at, folded(c))).collect();
    let is = |at: usize, fits: fn(&char) -> bool| folded.get(at).is_some_and(|(_, f)| f.first().is_some_and(fits));
    let letter = |at: usize| is(at, |c| c.is_alphanumeric());
    // `ferre-amelie-2` and Ferré-Dupont are other people.
    let goes_on = |at: usize| letter(at) || is(at, |c| *c == '-') && letter(at + 1);
    let began = |at: usize| at > 0 && (letter(at - 1) || at > 1 && is(at - 1, |c| *c == '-') && letter(at - 2));
    let mut out = String::new();
    let (mut at, mut found) = (0, false);
    while at < folded.len() {
        let end = values.iter().filter_map(|value| matched(&folded[at..], value)).max().map(|n| at + n);
        match end.filter(|end| !began(at) && !goes_on(*end)) {
            Some(end) => {
                out.push_str(token);
                (at, found) = (end, true);
            }
            None => {
                let next = folded.get(at + 1).map_or(text.len(), |(next, _)| *next);
                out.push_str(&text[folded[at].0..next]);
                at += 1;
            }
        }
    }
    found.then_some(out)
}

fn folded(c: char) -> Vec<char> {
    if c.is_whitespace() { vec![' '] } else { fold(&c.to_string()).chars().collect() }
}

/// How many characters of the text a value covers from its beginning on.
fn matched(text: &[(usize, Vec<char>)], value: &[char]) -> Option<usize> {
    let mut rest = value;
    for (n, (_, folded)) in text.iter().enumerate() {
        if rest.is_empty() {
            return Some(n);
        }
        rest = rest.strip_prefix(folded.as_slice())?;
    }
    rest.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: Option<&str>) {
        let values = ["Amélie Ferré", "ferre-amelie", "0612345678"].map(|v| fold(v).chars().collect());
        assert_eq!(replaced(text, &values.into(), "erased-1").as_deref(), want, "{text}");
    }

    #[test]
    fn a_name_is_taken_out_of_a_text_whatever_its_spelling() {
        check("vu avec Amélie Ferré hier", Some("vu avec erased-1 hier"));
        check("vu avec AMELIE  FERRE", None);
        check("AMELIE FERRE, œil", Some("erased-1, œil"));
        check("Ame\u{301}lie Ferré", Some("erased-1"));
        check("son n° : 0612345678.", Some("son n° : erased-1."));
        check("Amélie Ferrégut", None);
        check("la ferre-amelie-2", None);
        check("avec Amélie Ferré-Dupont", None);
        check("Marie-Amélie Ferré", None);
        check("Amélie Ferré - rappeler", Some("erased-1 - rappeler"));
        check("", None);
    }
}
