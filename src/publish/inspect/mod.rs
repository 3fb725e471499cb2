//! The inspection of a folder before it is sent: the export as its reader gets it, and what it must not give away.

mod finding;
mod folder;

pub use finding::{Finding, Severity, sheet};
pub use folder::as_sent as sections_as_sent;

use crate::domain::Kind;
use crate::domain::kind::{FieldAt, trainee};
use crate::report::known_people::{Known, KnownPeople, Trace};
use crate::report::reread::{Reread, machine_name};
use crate::report::suppression::{Leak, Published, audit_beside};
use crate::sheet::Sheet;
use crate::store::Store;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;
use folder::{Folder, Table};
use std::path::{Path, PathBuf};

/// What an inspection found.
pub struct Inspection {
    /// The findings, by file.
    pub found: Vec<Finding>,
    /// How many files were read.
    pub files: usize,
}

/// Inspects a folder; `held` are the folders that the funder has already. Without a store nobody's name is looked for.
///
/// # Errors
/// A refusal when a folder has no manifest that can be read.
pub fn inspect(store: Option<&Store>, folder: &Path, held: &[PathBuf]) -> Result<Inspection> {
    let mut found = Vec::new();
    let folder = Folder::read(folder, store, &mut found)?;
    let mut earlier = Vec::new();
    for path in held {
        // The faults of that folder are told when it is inspected itself.
        let tables = Folder::read(path, store, &mut Vec::new())?.tables;
        earlier.push(Published { sheets: tables.into_iter().filter_map(|table| table.sheet).collect() });
    }
    figures(&folder, threshold(store, &folder)?, &earlier, &mut found);
    for table in &folder.tables {
        for (row, column) in table.rows.formulas() {
            found.push(formula(table).at(row + 1, key_of(table, column)));
        }
    }
    if let Some(store) = store {
        let people = KnownPeople::new(people(store)?);
        folder.tables.iter().for_each(|table| names(table, &people, &mut found));
    }
    Ok(Inspection { found, files: folder.count })
}

/// Counts below this must not be readable: what the manifest says, or the profile of the funder when it asks for more.
fn threshold(store: Option<&Store>, folder: &Folder) -> Result<i64> {
    let profile = match (store, &folder.funder) {
        (Some(store), Some(funder)) => store.funder_fact(funder)?,
        _ => None,
    };
    let today = profile.map_or(0, |f| f.suppress_below.unwrap_or_else(|| f.level.threshold()));
    Ok(today.max(folder.threshold))
}

/// What the figures give away.
fn figures(folder: &Folder, threshold: i64, held: &[Published], found: &mut Vec<Finding>) {
    for table in &folder.tables {
        match &table.sheet {
            None if table.is_csv && table.section() == "quality" => found.push(Finding::error(
                &table.file,
                "quality",
                text!("la section quality ne sort jamais de l'école", "the section quality never leaves the school"),
            )),
            None if table.is_csv && threshold > 0 => found.push(Finding::warning(
                &table.file,
                "not_examined",
                text!(
                    "section inconnue : ses petits effectifs n'ont pas été examinés",
                    "unknown section: its small counts were not examined"
                ),
            )),
            _ => {}
        }
        for header in &table.strange {
            let header = crate::domain::folding::shown(header);
            found.push(Finding::error(
                &table.file,
                "unknown_column",
                text!("colonne inconnue : {header}", "unknown column: {header}"),
            ));
        }
    }
    let sheets: Vec<Sheet> = folder.tables.iter().filter_map(|t| t.sheet.clone()).collect();
    for leak in audit_beside(&sheets, threshold, held) {
        let file = folder.tables.iter().find(|t| t.sheet.is_some() && t.section() == leak.section);
        let finding = Finding::error(file.map_or(&leak.section, |t| &t.file), code(leak.leak), leak.sentence());
        found.push(if leak.row == 0 { finding } else { finding.at(leak.row, &leak.column) });
    }
}

fn code(leak: Leak) -> &'static str {
    match leak {
        Leak::Small => "small_count",
        Leak::Recomputable(_) => "recomputable",
        Leak::Deducible => "deducible",
        Leak::Lines => "lines",
    }
}

fn formula(table: &Table) -> Finding {
    Finding::error(
        &table.file,
        "formula",
        text!(
            "un tableur exécuterait cette cellule : il manque l'apostrophe qui la protège",
            "a spreadsheet would run this cell: the apostrophe that guards it is missing"
        ),
    )
}

/// Everybody of the school, with the slugs of records merged into theirs.
fn people(store: &Store) -> Result<Vec<Known>> {
    let lookup = store.lookup();
    let mut people = Vec::new();
    lookup.each(Kind::Trainees, Which::All, &mut |record| {
        let own = |field: FieldAt| record.text(field).map(str::to_owned);
        people.push(Known {
            slug: own(trainee::TRAINEE).unwrap_or_default(),
            last_name: own(trainee::LAST_NAME).unwrap_or_default(),
            first_name: own(trainee::FIRST_NAME).unwrap_or_default(),
            phone: own(trainee::PHONE),
            email: own(trainee::EMAIL),
        });
        Ok(())
    })?;
    let former = lookup.former_slugs()?;
    people.extend(former.into_iter().map(|(slug, _)| Known { slug, ..Known::default() }));
    Ok(people)
}

fn names(table: &Table, people: &KnownPeople, found: &mut Vec<Finding>) {
    let Table { file, rows, .. } = table;
    let Reread { headers, rows, .. } = rows;
    for (number, row) in std::iter::once(headers).chain(rows).enumerate() {
        for (column, trace, slug) in people.traces(row) {
            let (code, message) = match trace {
                Trace::Slug => ("slug", text!("le nom court de {slug}", "the slug of {slug}")),
                Trace::Name => ("name", text!("le nom de {slug}", "the name of {slug}")),
                Trace::Phone => ("phone", text!("le téléphone de {slug}", "the phone number of {slug}")),
                Trace::Email => ("email", text!("le courriel de {slug}", "the e-mail address of {slug}")),
            };
            found.push(Finding::error(file, code, message).at(number, key_of(table, column)));
        }
    }
}

fn key_of(table: &Table, column: usize) -> &str {
    let header = table.rows.headers.get(column).map_or("", String::as_str);
    machine_name(table.like.as_ref(), header)
}
