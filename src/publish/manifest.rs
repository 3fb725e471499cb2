//! The manifest of a report's folder as it is read back from the disk.

use crate::domain::{Date, Refusal};
use crate::ops::special_file;
use crate::report::manifest::sha256;
use crate::sheet::Format;
use crate::text;
use anyhow::{Result, bail};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// The name of the file that says what a report's folder holds.
pub const MANIFEST: &str = "manifest.json";

/// What a manifest says of the folder it lies in; what it does not say, or not in a form that is understood, is missing.
pub struct Manifest {
    /// `fil` when this program wrote it.
    pub program: Option<String>,
    /// `closed` or `provisional`.
    pub status: Option<String>,
    /// Identity of the database.
    pub database: Option<String>,
    /// Code of the funder.
    pub funder: Option<String>,
    /// Counts below this are masked.
    pub threshold: Option<i64>,
    /// First day, last day, and the day after which nothing counted.
    pub days: Option<[Date; 3]>,
    /// Dialect of the tables.
    pub format: Option<Format>,
    /// The files by name, each with its fingerprint.
    pub files: Vec<(String, String)>,
    /// The fingerprint of the manifest itself.
    pub sha256: String,
    /// All that it says.
    pub document: Map<String, Value>,
}

impl Manifest {
    /// Reads the bytes of a manifest; nothing when they do not list files.
    pub fn of(bytes: &[u8]) -> Option<Manifest> {
        let document: Value = serde_json::from_slice(bytes).ok()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let file = |file: &Value| Some((text(&file["name"])?, text(&file["sha256"])?));
        let day = |value: &Value| Date::parse_iso(value.as_str()?).ok();
        let (period, funder) = (&document["period"], &document["funder"]);
        let days = [&period["from"], &period["to"], &document["as_of"]].map(day);
        Some(Manifest {
            program: text(&document["program"]),
            status: text(&document["status"]),
            database: text(&document["database"]),
            funder: text(&funder["funder"]),
            threshold: funder["suppress_below"].as_i64(),
            days: if let [Some(from), Some(to), Some(as_of)] = days { Some([from, to, as_of]) } else { None },
            format: document["format"].as_str().and_then(|name| Format::parse(name).ok()),
            files: document["files"].as_array()?.iter().map(file).collect::<Option<_>>()?,
            sha256: sha256(bytes),
            document: document.as_object().cloned()?,
        })
    }

    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// A refusal when there is none, or when it cannot be read.
    pub fn read(folder: &Path) -> Result<Manifest> {
        let shown = folder.display();
        let Ok(bytes) = special_file::read(&folder.join(MANIFEST)) else {
            bail!(
                Refusal::failure(text!("{shown} n'a pas de manifest.json", "{shown} has no manifest.json"))
                    .hint(text!("Donnez le dossier d'un rapport exporté.", "Give the folder of an exported report."))
            )
        };
        Ok(Manifest::of(&bytes).ok_or_else(|| damaged(folder))?)
    }

    /// Whether a file of this name is listed.
    pub fn lists(&self, name: &str) -> bool {
        self.files.iter().any(|(listed, _)| listed == name)
    }
}

/// The refusal of a folder whose manifest lacks something it must say.
pub fn damaged(folder: &Path) -> Refusal {
    let shown = folder.display();
    Refusal::data(text!("{shown}/manifest.json est abîmé", "{shown}/manifest.json is damaged"))
        .hint(text!("Refaites le dossier : fil report export", "Make the folder again: fil report export"))
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"program": "fil", "status": "closed", "database": "d", "as_of": "2018-12-05",
        "funder": {"funder": "ca", "suppress_below": 5}, "period": {"from": "2018-11-01", "to": "2018-11-30"},
        "format": "csv-fr", "files": [{"name": "exits.csv", "sha256": "00"}]}"#;

    #[test]
    fn a_manifest_says_whose_the_folder_is_and_what_lies_in_it() {
        let manifest = Manifest::of(WHOLE.as_bytes()).unwrap();
        assert_eq!((manifest.status.as_deref(), manifest.funder.as_deref()), (Some("closed"), Some("ca")));
        assert_eq!((manifest.threshold, manifest.format), (Some(5), Some(Format::CsvFr)));
        assert_eq!(
            manifest.days.map(|days| days.map(|day| day.to_string())),
            Some(["2018-11-01", "2018-11-30", "2018-12-05"].map(str::to_owned))
        );
        assert!(manifest.lists("exits.csv") && !manifest.lists("manifest.json"));
    }

    #[test]
    fn what_a_manifest_does_not_say_is_missing_and_one_without_files_is_none() {
        let manifest = Manifest::of(br#"{"funder": null, "period": {"from": "2018-11-01"}, "files": []}"#).unwrap();
        assert_eq!((manifest.funder, manifest.threshold, manifest.days), (None, None, None));
        for damaged in ["", "{}", "[1]", r#"{"files": [{"name": "a"}]}"#, r#"{"files": {}}"#] {
            assert!(Manifest::of(damaged.as_bytes()).is_none(), "{damaged}");
        }
    }
}
