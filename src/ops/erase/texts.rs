//! Free texts: those about somebody go; in those about others, their name gives way to the neutral slug.

use super::search::Value;
use super::{Erased, Subject};
use crate::domain::Kind;
use crate::domain::contract::NOT_STARTED;
use crate::domain::folding::fold;
use crate::store::{Owner, Remembered, Tx};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Tables with the free texts of a participation. `end_reason` keeps the one code that decides figures.
const OF_A_STAY: [(&str, Kind, &[&str]); 3] = [
    ("interview", Kind::Interviews, &["note"]),
    ("followup", Kind::Followups, &["note"]),
    ("placement", Kind::Placements, &["job", "end_reason"]),
];

/// Tables where a text about somebody may name somebody else.
const ELSEWHERE: [(&str, &str); 3] = [("note", "text"), ("interview", "note"), ("followup", "note")];

/// Empties the texts about the person and takes their name out of those about others.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject, done: &mut Erased) -> Result<()> {
    let (people, stays) = (Owner::People(&subject.people), Owner::Stays(&subject.stays));
    for (table, kind, columns) in OF_A_STAY {
        let changed = tx.rewrite(table, stays, &mut |row| empty(row, columns))?;
        if changed > 0 {
            done.emptied.insert(kind, changed);
        }
    }
    let financed = tx.rewrite("licence", people, &mut |row| empty(row, &["financed_by"]))?;
    if financed > 0 {
        done.emptied.insert(Kind::Licence, financed);
    }
    // A note without its text is nothing: only history keeps that there was one.
    let slug = subject.slug.clone();
    tx.rewrite("note", people, &mut |row| {
        let token = format!("{slug} {}", row.int("id").unwrap_or_default());
        row.put_text("text", token);
    })?;
    done.notes = tx.delete_rows("note", people)?;
    done.elsewhere = take_out(tx, subject, done)?;
    Ok(())
}

fn empty(row: &mut Remembered, columns: &[&str]) {
    for column in columns {
        if row.text(column) != Some(NOT_STARTED) {
            row.put_nothing(column);
        }
    }
}

/// Replaces the name, the slug, the phone number and the e-mail address in texts about others.
fn take_out(tx: &mut Tx<'_>, subject: &Subject, done: &Erased) -> Result<usize> {
    let kinds = [Value::Name, Value::Slug, Value::Phone, Value::Email];
    let values: BTreeSet<Vec<char>> = done.sought.of(&kinds).map(|text| fold(text).chars().collect()).collect();
    let mut changed = 0;
    for (table, column) in ELSEWHERE {
        let mut taken = BTreeMap::new();
        changed += tx.rewrite(table, Owner::Everybody, &mut |row| {
            let Some(mut text) = row.text(column).and_then(|text| replaced(text, &values, &subject.slug)) else {
                return;
            };
            // Two notes of one day that differed by the spelling of the name only stay two.
            let own = row.int("id");
            let key = |text: &str| (table, row.int("person"), row.int("date"), text.to_owned());
            while *taken.entry(key(&text)).or_insert(own) != own {
                text.push('.');
            }
            row.put_text(column, text);
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
