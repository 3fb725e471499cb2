//! `fil report verify`: a folder that was sent against its manifest, and its figures against the records.

use super::FOLDER;
use super::close::restated;
use super::folder::MANIFEST;
use super::make::{gathered, table};
use super::past::at;
use super::scope::{Framed, layout, threshold};
use super::show::plain;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::facts::Scope;
use crate::domain::{Date, Refusal};
use crate::fixed;
use crate::report::close::reading::records;
use crate::report::manifest::{ExportFile, sha256};
use crate::sheet::{Cell, Column, ColumnKind, Format, Sheet};
use crate::store::Store;
use crate::store::sent::Close;
use crate::text;
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `fil report verify`.
pub const VERB: Verb = Verb {
    names: &["verify", "verifier"],
    about: fixed!("Vérifie les fichiers et les chiffres d'un dossier.", "Checks the files and figures of a folder."),
    examples: [
        fixed!("fil report verify exports/2018-11_break-poverty"),
        fixed!("fil r verify envoi/ -f json", "fil r verify sent/ -f json"),
    ],
    flags: &[&[FOLDER], flags::TABLE],
    run: Run::With(run),
};

/// Verifies a folder.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let typed = matches.need(&FOLDER)?;
    let folder = ctx.env.file(typed);
    let claim = Claim::read(&folder)?;
    let mut checks = hashes(&folder, &claim);
    let unlisted = unlisted(&folder, &claim)?;
    let store = ctx.open()?;
    let mut answer = Answer::default();
    for name in &unlisted {
        checks.fail("unlisted", name, "", [String::new(), String::new()]);
        answer.said.push(text!(
            "{name} : n'est pas dans le manifeste ; ce n'est pas un fichier du rapport.",
            "{name}: not in the manifest; it is no file of the report."
        ));
    }
    if claim.database == store.database()? {
        figures(&store, &folder, &claim, &mut checks)?;
    } else {
        checks.fail("figures", "", "", [claim.database.clone(), store.database()?]);
        answer.said.push(text!(
            "Ce dossier vient d'une autre base : ses chiffres ne peuvent pas être recalculés ici.",
            "This folder comes from another database: its figures cannot be computed again here."
        ));
    }
    let failed = checks.sheet.rows.iter().filter(|r| r.last() == Some(&Cell::Bool(false))).count();
    answer.body = crate::cli::run::answer::Body::Sheet(checks.sheet);
    answer.said.push(match (failed, claim.closed) {
        (0, true) => text!(
            "✓ Tout tient : fichiers et chiffres, tels que clos.",
            "✓ Everything holds: files and figures, as closed."
        ),
        (0, false) => {
            text!("✓ Tout tient aujourd'hui (rapport provisoire).", "✓ Everything holds today (provisional report).")
        }
        (1, _) => text!("✗ 1 vérification échoue.", "✗ 1 check fails."),
        (n, _) => text!("✗ {n} vérifications échouent.", "✗ {n} checks fail."),
    });
    Ok(if failed > 0 { answer.refused() } else { answer })
}

/// What a folder says of itself.
struct Claim {
    closed: bool,
    database: String,
    funder: String,
    from: Date,
    to: Date,
    as_of: Date,
    format: Format,
    files: Vec<(String, String)>,
    sha256: String,
}

impl Claim {
    fn read(folder: &Path) -> Result<Claim> {
        let shown = folder.display();
        let Ok(bytes) = fs::read(folder.join(MANIFEST)) else {
            bail!(
                Refusal::failure(text!("{shown} n'a pas de manifest.json", "{shown} has no manifest.json"))
                    .hint(text!("Donnez le dossier d'un rapport exporté.", "Give the folder of an exported report."))
            )
        };
        let document: Option<Value> = serde_json::from_slice(&bytes).ok();
        match document.as_ref().and_then(|d| Claim::of(d, &bytes)) {
            Some(claim) => Ok(claim),
            None => bail!(
                Refusal::data(text!("{shown}/manifest.json est abîmé", "{shown}/manifest.json is damaged"))
                    .hint(text!("Refaites le dossier : fil report export", "Make the folder again: fil report export"))
            ),
        }
    }
    fn of(document: &Value, bytes: &[u8]) -> Option<Claim> {
        let day = |value: &Value| Date::parse_iso(value.as_str()?).ok();
        let file = |f: &Value| Some((f["name"].as_str()?.to_owned(), f["sha256"].as_str()?.to_owned()));
        Some(Claim {
            closed: match document["status"].as_str()? {
                "closed" => true,
                "provisional" => false,
                _ => return None,
            },
            database: document["database"].as_str()?.to_owned(),
            funder: document["funder"]["funder"].as_str()?.to_owned(),
            from: day(&document["period"]["from"])?,
            to: day(&document["period"]["to"])?,
            as_of: day(&document["as_of"])?,
            format: Format::parse(document["format"].as_str()?).ok()?,
            files: document["files"].as_array()?.iter().map(file).collect::<Option<_>>()?,
            sha256: sha256(bytes),
        })
    }
}

/// The checks so far.
struct Checks {
    sheet: Sheet,
}

impl Checks {
    fn new() -> Checks {
        let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
        let text = |key, fr, en| Column::new(key, fr, en, ColumnKind::Text);
        let columns = vec![
            code("check", "Vérification", "Check"),
            code("file", "Fichier", "File"),
            code("row", "Ligne", "Row"),
            code("column", "Colonne", "Column"),
            text("written", "Écrit", "Written").hide_first(1),
            text("computed", "Recalculé", "Computed").hide_first(2),
            Column::new("holds", "Tient", "Holds", ColumnKind::Bool),
        ];
        Checks { sheet: Sheet::new("verify", columns) }
    }
    fn push(&mut self, [check, file, row, column]: [&str; 4], values: [String; 2], holds: bool) {
        let filled = |text: &str| Cell::text((!text.is_empty()).then(|| text.to_owned()));
        let mut cells: Vec<Cell> = [check, file, row, column].into_iter().map(filled).collect();
        cells.extend(values.iter().map(|value| filled(value)));
        cells.push(Cell::Bool(holds));
        self.sheet.rows.push(cells);
    }
    fn hold(&mut self, check: &str, file: &str) {
        self.push([check, file, "", ""], [String::new(), String::new()], true);
    }
    fn fail(&mut self, check: &str, file: &str, row: &str, values: [String; 2]) {
        self.push([check, file, row, ""], values, false);
    }
}

/// The name of a file that may be read: of this folder and no other.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != ".."
}

fn hashes(folder: &Path, claim: &Claim) -> Checks {
    let mut checks = Checks::new();
    for (name, written) in &claim.files {
        let found = if is_plain(name) { fs::read(folder.join(name)).ok() } else { None };
        match found.map(|bytes| sha256(&bytes)) {
            Some(computed) if computed == *written => checks.hold("hash", name),
            Some(computed) => checks.fail("hash", name, "", [written.clone(), computed]),
            None => checks.fail("hash", name, "", [written.clone(), String::new()]),
        }
    }
    checks
}

/// What lies in the folder and is not named by its manifest, sorted.
fn unlisted(folder: &Path, claim: &Claim) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != MANIFEST && claim.files.iter().all(|(listed, _)| *listed != name) {
            found.insert(name);
        }
    }
    Ok(found)
}

fn figures(store: &Store, folder: &Path, claim: &Claim, checks: &mut Checks) -> Result<()> {
    if !claim.closed {
        return compare(store, folder, claim, checks);
    }
    match issued(store, claim)? {
        Some(close) => {
            if close.manifest == claim.sha256 {
                checks.hold("hash", MANIFEST);
            } else {
                checks.fail("hash", MANIFEST, "", [claim.sha256.clone(), close.manifest.clone()]);
            }
            // The close itself changed no record: the state before it is the one it saw.
            compare(&at(store, close.op.before())?, folder, claim, checks)
        }
        None => {
            checks.fail("figures", "", "", ["closed".to_owned(), String::new()]);
            Ok(())
        }
    }
}

/// The issued report that a folder claims to be: the one of its manifest, else the last for these days.
fn issued(store: &Store, claim: &Claim) -> Result<Option<Close>> {
    let mut known = store.closes(Some(&claim.funder))?;
    known.retain(|c| (c.from, c.to) == (claim.from, claim.to));
    let exact = known.iter().position(|c| c.manifest == claim.sha256);
    Ok(match exact {
        Some(at) => Some(known.swap_remove(at)),
        None => known.pop(),
    })
}

fn compare(store: &Store, folder: &Path, claim: &Claim, checks: &mut Checks) -> Result<()> {
    let Some(mut funder) = store.funder_fact(&claim.funder)? else {
        checks.fail("figures", "", "", [claim.funder.clone(), String::new()]);
        return Ok(());
    };
    let layout = layout(store, &mut funder)?;
    let scope = Scope {
        from: claim.from,
        to: claim.to,
        as_of: claim.as_of,
        known_on: None,
        cohorts: None,
        funder: Some(funder.clone()),
        settings: store.settings_fact()?,
    };
    let framed = Framed { scope, period: None, echoes: Vec::new(), layout };
    // Held against the figures themselves: what is masked is a rule of the program that sent them, and may grow stricter.
    let masks = threshold(&framed.scope) > 0;
    let (facts, sections) = gathered(store, &framed)?;
    let mut sheets = plain(&facts, &framed.scope, &sections);
    if claim.closed {
        sheets.extend(restated(store, &framed.scope, &funder)?);
    }
    let sheets = framed.laid_out(sheets);
    let mut computed = Vec::new();
    for sheet in &sheets {
        computed.push((sheet, table(sheet, claim.format, funder.lang)?.0));
    }
    for (name, _) in claim.files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        if !computed.iter().any(|(_, file)| file.name == *name) {
            checks.fail("figures", name, "", ["".to_owned(), String::new()]);
        }
    }
    for (sheet, file) in &computed {
        of_file(folder, sheet, file, (claim.format, masks), checks);
    }
    Ok(())
}

/// Compares one file with what it should be, cell by cell; a masked cell, and what is blank beside one, says nothing false.
fn of_file(folder: &Path, sheet: &Sheet, file: &ExportFile, (format, masks): (Format, bool), checks: &mut Checks) {
    let name = &file.name;
    let written = fs::read(folder.join(name)).ok().and_then(|bytes| records(&bytes, format));
    let (Some(written), Some(computed)) = (written, records(&file.bytes, format)) else {
        return checks.fail("figures", name, "", [String::new(), String::new()]);
    };
    let before = checks.sheet.rows.len();
    if written.len() != computed.len() {
        checks.fail("figures", name, "", [written.len().to_string(), computed.len().to_string()]);
    }
    for (at, (was, is)) in written.iter().zip(&computed).enumerate() {
        let row = (at + 1).to_string();
        let hides = masks && was.iter().any(|cell| cell == "c");
        for (column, value) in sheet.columns.iter().enumerate() {
            let (was, is) = (was.get(column).cloned().unwrap_or_default(), is.get(column).cloned().unwrap_or_default());
            let silent = hides && (was == "c" || was.is_empty());
            if was != is && !silent {
                checks.push(["figures", name, &row, value.key], [was, is], false);
            }
        }
    }
    if checks.sheet.rows.len() == before {
        checks.hold("figures", name);
    }
}
