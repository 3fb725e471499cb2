//! A folder or a kept close against the school's records.

use super::Claim;
use super::checks::{Checks, Place};
use crate::domain::facts::Scope;
use crate::publish::build::{gathered, plain, table};
use crate::publish::kept_close::faults;
use crate::publish::manifest::MANIFEST;
use crate::publish::restated::restated;
use crate::publish::scope::{Framed, layout, threshold};
use crate::report::manifest::ExportFile;
use crate::report::note::{self, Cover, Standing};
use crate::sheet::{Sheet, dialect};
use crate::store::Store;
use crate::store::sent::Close;
use anyhow::Result;

/// Compares the figures of a folder with the records, and a closed report with what the file keeps of it.
pub fn figures(store: &Store, claim: &Claim, checks: &mut Checks) -> Result<()> {
    if claim.standing != Standing::Closed {
        compare(store, claim, checks)?;
        return Ok(());
    }
    match issued(store, claim)? {
        Some(close) => {
            if close.manifest == claim.sha256 {
                checks.hold("hash", MANIFEST);
            } else {
                checks.fail("hash", MANIFEST, [&claim.sha256, &close.manifest]);
            }
            // The close itself changed no record: the state before it is the one it saw.
            compare(&store.as_left_by(close.op.before())?, claim, checks)?;
            for fault in faults(store, &close)? {
                checks.fail("kept", &fault, ["", ""]);
            }
            Ok(())
        }
        None => {
            checks.fail("figures", "", ["closed", ""]);
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

/// Compares the tables of a folder, or of a kept close, with what the records give; the definitions that they go by.
pub fn compare(store: &Store, claim: &Claim, checks: &mut Checks) -> Result<Option<String>> {
    let Some(mut funder) = store.funder_fact(&claim.funder)? else {
        checks.fail("figures", "", [&claim.funder, ""]);
        return Ok(None);
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
            checks.fail("figures", name, ["", ""]);
        }
    }
    for (sheet, file) in &computed {
        of_file(claim, sheet, file, masks, checks);
    }
    let sent: Vec<Sheet> = sheets
        .iter()
        .filter(|s| claim.files.iter().any(|(name, _)| *name == format!("{}.csv", s.key)))
        .cloned()
        .collect();
    let cover = Cover {
        scope: &framed.scope,
        period: String::new(),
        sheets: &sent,
        template: framed.layout.as_ref().map(|layout| &layout.template),
        standing: claim.standing,
        threshold: threshold(&framed.scope),
        accepted: &[],
    };
    Ok(Some(note::defined(&cover, funder.lang)))
}

/// Compares one file with what it should be, cell by cell; a masked cell, and what is blank beside one, says nothing false.
fn of_file(claim: &Claim, sheet: &Sheet, file: &ExportFile, masks: bool, checks: &mut Checks) {
    let name = &file.name;
    let records = |bytes: &[u8]| Some(dialect::read(bytes, claim.format.dialect()?)?.rows);
    let written = claim.bytes(name).and_then(|bytes| records(&bytes));
    let (Some(written), Some(computed)) = (written, records(&file.bytes)) else {
        return checks.fail("figures", name, ["", ""]);
    };
    let before = checks.sheet.rows.len();
    if written.len() != computed.len() {
        checks.fail("figures", name, [&written.len().to_string(), &computed.len().to_string()]);
    }
    for (at, (was, is)) in written.iter().zip(&computed).enumerate() {
        let row = (at + 1).to_string();
        let hides = masks && was.iter().any(|cell| cell == "c");
        for (column, value) in sheet.columns.iter().enumerate() {
            let (was, is) = (was.get(column).cloned().unwrap_or_default(), is.get(column).cloned().unwrap_or_default());
            let silent = hides && (was == "c" || was.is_empty());
            if was != is && !silent {
                checks.fail_at(&Place { check: "figures", file: name, row: &row, column: value.key }, [was, is]);
            }
        }
    }
    checks.hold_since(before, "figures", name);
}
