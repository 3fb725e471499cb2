//! `manifest.json`: what an export holds and how it was made, without a clock and without a name of a person.

use super::note::{DRAFT, Standing};
use crate::domain::facts::{BpfHours, DurableMin, Scope};
pub use crate::domain::fingerprint::sha256;
use crate::domain::{ClosedList, Lang};
use serde::Serialize;
use serde_json::{Value, json};

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many rows of data it holds, for tables.
    pub rows: Option<usize>,
}

/// A file as the manifest names it.
#[derive(Serialize)]
struct FileLine<'a> {
    name: &'a str,
    rows: Option<usize>,
    sha256: String,
}

impl FileLine<'_> {
    fn of(file: &ExportFile) -> FileLine<'_> {
        FileLine { name: &file.name, rows: file.rows, sha256: sha256(&file.bytes) }
    }
}

/// What the manifest says besides the files.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// Identity of the database.
    pub database: &'a str,
    /// The scope of the figures.
    pub scope: &'a Scope,
    /// Whether figures may still change.
    pub standing: Standing,
    /// The dialect of the files.
    pub format: &'a str,
    /// Counts below this are masked.
    pub threshold: i64,
    /// Data-quality errors: rule and how many records. Nobody is named.
    pub errors: &'a [(String, usize)],
    /// Data-quality rules accepted all the same, with the reason given.
    pub accepted: &'a [(String, String)],
    /// The fingerprint of the layout that the funder wants; nothing for the built-in one.
    pub template: Option<&'a str>,
}

/// The manifest of an export.
pub fn write(head: &Head<'_>, files: &[ExportFile]) -> Vec<u8> {
    let scope = head.scope;
    let files: Vec<FileLine<'_>> = files.iter().map(FileLine::of).collect();
    // A missing birth date is an unknown of some figure: where counts are masked these are too.
    let records = |count: &usize| if head.threshold > 0 { json!("c") } else { json!(count) };
    let errors: Vec<Value> =
        head.errors.iter().map(|(rule, count)| json!({ "rule": rule, "records": records(count) })).collect();
    let accepted: Vec<Value> = head.accepted.iter().map(|(rule, why)| json!({ "rule": rule, "why": why })).collect();
    let funder = scope.funder.as_ref();
    let document = json!({
        "program": "fil",
        "version": head.version,
        "database": head.database,
        "funder": funder.map(|f| json!({
            "funder": f.code, "name": f.name, "lang": f.lang.code(), "dialect": f.dialect.code(),
            "level": f.level.code(), "people": f.people.code(), "suppress_below": head.threshold,
        })),
        "period": { "from": scope.from.to_string(), "to": scope.to.to_string() },
        "as_of": scope.as_of.to_string(),
        "known_on": scope.known_on,
        "status": match head.standing {
            Standing::Provisional => "provisional",
            Standing::Closed => "closed",
            Standing::Draft => "draft",
        },
        "cohorts": scope.cohorts,
        "settings": settings(scope),
        "format": head.format,
        "template": head.template,
        "quality_errors": errors,
        "accepted": accepted,
        "files": files,
    });
    let mut document = document;
    if head.standing == Standing::Draft {
        document["draft"] = json!(DRAFT.get(funder.map_or(Lang::Fr, |f| f.lang)));
    }
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The settings of a scope by name.
pub fn settings(scope: &Scope) -> Value {
    let settings = &scope.settings;
    json!({
        "durable_min": match settings.durable_min { DurableMin::SixMonths => "6m", DurableMin::OverSixMonths => "over-6m" },
        "ltu_months": settings.ltu_months,
        "ltu_under25": settings.ltu_under25,
        "bpf_hours": match settings.bpf_hours { BpfHours::Centre => "centre", BpfHours::All => "all" },
        "rate_min_denominator": scope.funder.as_ref().and_then(|f| f.rate_min_denominator).unwrap_or(20),
    })
}

/// The name of an export's folder: `2018-11_break-poverty`.
pub fn folder_name(period: &str, funder: &str) -> String {
    format!("{period}_{funder}")
}
