//! The folder of an export as it lies on the disk, against what its manifest says of it.

use super::finding::Finding;
use crate::domain::facts::{Facts, Scope, Settings};
use crate::domain::{ClosedList, Date};
use crate::ops::special_file;
use crate::publish::manifest::{MANIFEST, Manifest, damaged, names};
use crate::publish::scope::layout;
use crate::report::close::restated;
use crate::report::manifest::sha256;
use crate::report::reread::{Reread, lines, reread};
use crate::report::{Naming, Purpose, Section, World, template};
use crate::sheet::{Format, Sheet};
use crate::store::Store;
use crate::text;
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A folder read back.
pub struct Folder {
    /// The funder it is for.
    pub funder: Option<String>,
    /// Counts below this are masked, says the manifest.
    pub threshold: i64,
    /// Its files, tables and texts.
    pub tables: Vec<Table>,
    /// How many files there are.
    pub count: usize,
}

/// One file.
pub struct Table {
    /// Its name.
    pub file: String,
    /// Whether it is a table.
    pub is_csv: bool,
    /// What it holds; a text is a row a line.
    pub rows: Reread,
    /// The section it is, with the columns it has.
    pub sheet: Option<Sheet>,
    /// The section it is, with the columns it should have.
    pub like: Option<Sheet>,
    /// Headers that the section does not have.
    pub strange: Vec<String>,
}

impl Table {
    /// The section that its name says.
    pub fn section(&self) -> &str {
        self.file.strip_suffix(".csv").unwrap_or(&self.file)
    }
}

impl Folder {
    /// Reads a folder; what is wrong with its files goes to `found`.
    pub fn read(folder: &Path, store: Option<&Store>, found: &mut Vec<Finding>) -> Result<Folder> {
        let manifest = Manifest::read(folder)?;
        let format = manifest.format.filter(|format| matches!(format, Format::Csv | Format::CsvFr));
        let (Some(threshold), Some(format)) = (manifest.threshold, format) else { bail!(damaged(folder)) };
        let listed: BTreeMap<&String, &String> = manifest.files.iter().map(|(name, sha256)| (name, sha256)).collect();
        let on_disk = names(folder)?;
        for name in listed.keys().filter(|name| !on_disk.contains(name)) {
            found.push(Finding::error(name, "missing", text!("ce fichier manque", "this file is missing")));
        }
        let likes = as_sent(store, manifest.funder.as_deref())?;
        let mut tables = Vec::new();
        for name in &on_disk {
            let path = folder.join(name);
            guard(&path, name, found);
            let Ok(bytes) = special_file::read(&path) else {
                found.push(unreadable(name));
                continue;
            };
            match listed.get(name) {
                Some(said) if **said != sha256(&bytes) => found.push(Finding::error(
                    name,
                    "changed",
                    text!(
                        "le fichier n'est plus celui que le manifeste décrit",
                        "the file is no longer the one that the manifest describes"
                    ),
                )),
                None if name != MANIFEST => found.push(Finding::error(
                    name,
                    "unlisted",
                    text!("ce fichier n'est pas au manifeste", "this file is not in the manifest"),
                )),
                _ => {}
            }
            match table(name, &bytes, format, &likes) {
                Some(table) => tables.push(table),
                None => found.push(unreadable(name)),
            }
        }
        Ok(Folder { funder: manifest.funder, threshold, tables, count: on_disk.len() })
    }
}

fn unreadable(name: &str) -> Finding {
    Finding::error(name, "unreadable", text!("ce fichier ne se lit pas", "this file cannot be read"))
}

fn table(name: &str, bytes: &[u8], format: Format, likes: &[Sheet]) -> Option<Table> {
    let Some(section) = name.strip_suffix(".csv") else {
        let rows = lines(std::str::from_utf8(bytes).ok()?);
        let file = name.to_owned();
        return Some(Table { file, is_csv: false, rows, sheet: None, like: None, strange: Vec::new() });
    };
    let rows = reread(bytes, format)?;
    let like = likes.iter().find(|sheet| sheet.key == section).cloned();
    let (sheet, strange) = match &like {
        Some(like) => {
            let (sheet, strange) = rows.sheet(like);
            (Some(sheet), strange.into_iter().map(str::to_owned).collect())
        }
        None => (None, Vec::new()),
    };
    Some(Table { file: name.to_owned(), is_csv: true, rows, sheet, like, strange })
}

/// Every section that may leave the school, without rows, with the headers that a funder's layout gives them.
pub fn as_sent(store: Option<&Store>, funder: Option<&str>) -> Result<Vec<Sheet>> {
    relabelled(sections(), store, funder)
}

fn sections() -> Vec<Sheet> {
    let day = Date::from_days(0);
    let scope = Scope {
        from: day,
        to: day,
        as_of: day,
        known_on: None,
        cohorts: None,
        funder: None,
        settings: Settings::default(),
    };
    let facts = Facts::default();
    let world = World::new(&facts, &scope, Purpose::Figures);
    let own = Section::ALL.iter().filter_map(|section| section.sheet(&world, &Naming::Slug));
    own.chain([restated::sheet(&[], &|_| None)]).collect()
}

/// The same with the headers that the funder's layout gives them.
fn relabelled(sections: Vec<Sheet>, store: Option<&Store>, funder: Option<&str>) -> Result<Vec<Sheet>> {
    let (Some(store), Some(funder)) = (store, funder) else { return Ok(sections) };
    let Some(mut funder) = store.funder_fact(funder)? else { return Ok(sections) };
    let Some(layout) = layout(store, &mut funder)? else { return Ok(sections) };
    let mut shown = template::apply(&layout.template, sections.clone());
    for section in sections {
        match shown.iter_mut().find(|sheet| sheet.key == section.key) {
            Some(sheet) => sheet.columns.extend(section.columns),
            None => shown.push(section),
        }
    }
    Ok(shown)
}

/// A file about people is for its owner's eyes.
#[cfg(unix)]
fn guard(path: &Path, name: &str, found: &mut Vec<Finding>) {
    use std::os::unix::fs::PermissionsExt as _;
    let open = fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o077 != 0);
    if open {
        found.push(Finding::error(
            name,
            "permissions",
            text!(
                "d'autres personnes de cet ordinateur peuvent lire ce fichier : chmod 600",
                "other people of this computer can read this file: chmod 600"
            ),
        ));
    }
}

#[cfg(not(unix))]
fn guard(_path: &Path, _name: &str, _found: &mut Vec<Finding>) {}
