//! A folder that was sent against its manifest, and its figures against the records.

use super::build::{gathered, plain, table};
use super::manifest::{MANIFEST, Manifest, damaged, names};
use super::restated::restated;
use super::scope::{Framed, layout, threshold};
use crate::domain::Date;
use crate::domain::facts::Scope;
use crate::ops::special_file;
use crate::report::manifest::{ExportFile, sha256};
use crate::report::note::Standing;
use crate::sheet::{Cell, Column, ColumnKind, Format, Sheet, dialect};
use crate::store::Store;
use crate::store::sent::Close;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What a folder says of itself.
pub struct Claim {
    /// Whether its figures may still change.
    pub standing: Standing,
    folder: PathBuf,
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
    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// A refusal when there is none, or when it does not say all that a verification needs.
    pub fn read(folder: &Path) -> Result<Claim> {
        Ok(Claim::of(folder, Manifest::read(folder)?).ok_or_else(|| damaged(folder))?)
    }

    fn of(folder: &Path, manifest: Manifest) -> Option<Claim> {
        let [from, to, as_of] = manifest.days?;
        Some(Claim {
            standing: match manifest.status?.as_str() {
                "closed" => Standing::Closed,
                "provisional" => Standing::Provisional,
                "draft" => Standing::Draft,
                _ => return None,
            },
            folder: folder.to_owned(),
            database: manifest.database?,
            funder: manifest.funder?,
            from,
            to,
            as_of,
            format: manifest.format?,
            files: manifest.files,
            sha256: manifest.sha256,
        })
    }
}

/// What a verification found.
pub struct Verified {
    /// The checks, a row each.
    pub checks: Sheet,
    /// Names in the folder that its manifest does not list, in order.
    pub unlisted: Vec<String>,
    /// Whether the folder comes from another database, so that its figures cannot be computed.
    pub from_elsewhere: bool,
    /// How many checks failed.
    pub failed: usize,
}

/// Verifies a folder: its files against its manifest, its figures against the records.
pub fn verify(store: &Store, claim: &Claim) -> Result<Verified> {
    let mut checks = Checks::new();
    hashes(claim, &mut checks);
    let mut unlisted = names(&claim.folder)?;
    unlisted.retain(|name| name != MANIFEST && claim.files.iter().all(|(listed, _)| listed != name));
    for name in &unlisted {
        checks.fail("unlisted", name, "", [String::new(), String::new()]);
    }
    let here = store.database()?;
    let from_elsewhere = claim.database != here;
    if from_elsewhere {
        checks.fail("figures", "", "", [claim.database.clone(), here]);
    } else {
        figures(store, claim, &mut checks)?;
    }
    let failed = checks.sheet.rows.iter().filter(|row| row.last() == Some(&Cell::Bool(false))).count();
    Ok(Verified { checks: checks.sheet, unlisted, from_elsewhere, failed })
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

fn hashes(claim: &Claim, checks: &mut Checks) {
    for (name, written) in &claim.files {
        let found = if is_plain(name) { special_file::read(&claim.folder.join(name)).ok() } else { None };
        match found.map(|bytes| sha256(&bytes)) {
            Some(computed) if computed == *written => checks.hold("hash", name),
            Some(computed) => checks.fail("hash", name, "", [written.clone(), computed]),
            None => checks.fail("hash", name, "", [written.clone(), String::new()]),
        }
    }
}

fn figures(store: &Store, claim: &Claim, checks: &mut Checks) -> Result<()> {
    if claim.standing != Standing::Closed {
        return compare(store, claim, checks);
    }
    match issued(store, claim)? {
        Some(close) => {
            if close.manifest == claim.sha256 {
                checks.hold("hash", MANIFEST);
            } else {
                checks.fail("hash", MANIFEST, "", [claim.sha256.clone(), close.manifest.clone()]);
            }
            // The close itself changed no record: the state before it is the one it saw.
            compare(&store.as_left_by(close.op.before())?, claim, checks)
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

fn compare(store: &Store, claim: &Claim, checks: &mut Checks) -> Result<()> {
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
    if claim.standing == Standing::Closed {
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
        of_file(claim, sheet, file, masks, checks);
    }
    Ok(())
}

/// Compares one file with what it should be, cell by cell; a masked cell, and what is blank beside one, says nothing false.
fn of_file(claim: &Claim, sheet: &Sheet, file: &ExportFile, masks: bool, checks: &mut Checks) {
    let name = &file.name;
    let records = |bytes: &[u8]| Some(dialect::read(bytes, claim.format.dialect()?)?.rows);
    let written = special_file::read(&claim.folder.join(name)).ok().and_then(|bytes| records(&bytes));
    let (Some(written), Some(computed)) = (written, records(&file.bytes)) else {
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
