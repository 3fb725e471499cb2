//! Which closed reports of a funder stand, and which one a new report of the same days comes after.

use super::scope::Framed;
use crate::domain::facts::Scope;
use crate::domain::{Lang, Refusal};
use crate::report::manifest::{ExportFile, sha256};
use crate::store::Store;
use crate::store::sent::Close;
use crate::text;
use anyhow::{Result, bail};

/// The closed reports of a funder as the file knows them, which may be as of an earlier operation; oldest first.
pub struct Closes(Vec<Close>);

impl Closes {
    /// Those of the funder of this code.
    pub fn of(store: &Store, funder: &str) -> Result<Closes> {
        Ok(Closes(store.closes(Some(funder))?))
    }

    /// Those of other days than the scope's that stand, which means that they were not reopened.
    pub fn of_other_days(&self, scope: &Scope) -> impl Iterator<Item = &Close> {
        self.0.iter().filter(|close| close.reopened.is_none() && !same_days(close, scope))
    }

    /// The last one of the same days as the scope's, even when it was reopened: its reader still holds it.
    pub fn of_same_days(&self, scope: &Scope) -> Option<&Close> {
        self.0.iter().rfind(|close| same_days(close, scope))
    }
}

fn same_days(close: &Close, scope: &Scope) -> bool {
    (close.from, close.to) == (scope.from, scope.to)
}

/// The report of a funder for a period that stands, or a refusal that says how to issue it.
pub fn standing(store: &Store, funder: &str, framed: &Framed) -> Result<Close> {
    let scope = &framed.scope;
    if let Some(close) = store.find_close(funder, scope.from, scope.to)? {
        return Ok(close);
    }
    let (period, label) = framed.named();
    let (fr, en) = (label.get(Lang::Fr), label.get(Lang::En));
    Err(Refusal::data(text!("{fr} n'est pas clos pour {funder}", "{en} is not closed for {funder}"))
        .hint(text!(
            "Pour le clore : fil report close {period} --funder {funder}    Ce qui est clos : fil report history",
            "To close it: fil report close {period} --funder {funder}    What is closed: fil report history"
        ))
        .into())
}

/// The files of a closed report, byte for byte as they were issued.
///
/// # Errors
/// A refusal when the kept bytes of a file are not those that were issued.
pub fn kept_files(store: &Store, close: &Close) -> Result<Vec<ExportFile>> {
    let mut files = Vec::new();
    for file in store.close_files(close.number)? {
        if sha256(&file.bytes) != file.sha256 {
            bail!(damaged(close, &file.name));
        }
        files.push(ExportFile { name: file.name, bytes: file.bytes, rows: file.rows.map(|n| n as usize) });
    }
    Ok(files)
}

fn damaged(close: &Close, file: &str) -> Refusal {
    let (number, funder) = (close.number, &close.funder);
    Refusal::failure(text!(
        "le rapport clos n° {number} de {funder} est abîmé dans la base",
        "the closed report no. {number} of {funder} is damaged in the database"
    ))
    .why(text!("les octets gardés de {file} ont changé", "the kept bytes of {file} have changed"))
    .hint(text!(
        "Reprenez-le d'une sauvegarde : fil restore SAUVEGARDE    Les sauvegardes : fil status -v",
        "Take it from a backup: fil restore BACKUP    The backups: fil status -v"
    ))
}
