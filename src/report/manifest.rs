//! `manifest.json`: what an export holds and how it was made, without a clock and without a name of a person.

use super::close::tree::{Hash, bytes_of, leaf, root};
use super::note::{DRAFT, Standing};
use crate::domain::facts::{BpfHours, DurableMin, Scope};
pub use crate::domain::fingerprint::sha256;
use crate::domain::fingerprint::{hexadecimal, sha256_bytes};
use crate::domain::{ClosedList, Lang};
use serde::Serialize;
use serde_json::{Map, Value, json};

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
    /// The head of the chain of operations: it says which history the figures come from.
    pub chain_head: &'a str,
    /// The roots of the reports issued before for this funder, oldest first.
    pub previous: &'a [String],
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

/// What a release stands for besides its files, by name, with the hash of its content.
pub type Part = (String, Hash);

/// The manifest of an export: what it says of itself, its files, its other parts, and the root over all of them.
pub fn write(head: &Head<'_>, files: &[ExportFile], parts: &[Part]) -> Vec<u8> {
    let files: Vec<FileLine<'_>> = files.iter().map(FileLine::of).collect();
    let mut document = said(head);
    let parts: Vec<Value> = [(PARAMETERS.to_owned(), parameters(&document))]
        .iter()
        .chain(parts)
        .map(|(part, hash)| json!({ "part": part, "sha256": hexadecimal(hash) }))
        .collect();
    document.insert(PARTS.to_owned(), Value::Array(parts));
    document.insert(FILES.to_owned(), json!(files));
    let root = leaves(&document).map(|leaves| root(&hashes(&leaves)));
    document.insert(ROOT.to_owned(), json!(root.map(|root| hexadecimal(&root))));
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

const PARAMETERS: &str = "parameters";
const PARTS: &str = "parts";
const FILES: &str = "files";
const ROOT: &str = "root";

/// The hash of what a manifest says of the release: all but its files, its parts and the root.
pub fn parameters(document: &Map<String, Value>) -> Hash {
    let own: Map<String, Value> = document
        .iter()
        .filter(|(key, _)| ![FILES, PARTS, ROOT].contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    sha256_bytes(&serde_json::to_vec(&own).unwrap_or_default())
}

/// What a manifest names, in order: each file as `file:NAME`, then the other parts; nothing when it has no tree.
pub fn leaves(document: &Map<String, Value>) -> Option<Vec<Part>> {
    let hash = |value: &Value| bytes_of(value["sha256"].as_str()?);
    let file = |file: &Value| Some((format!("file:{}", file["name"].as_str()?), hash(file)?));
    let part = |part: &Value| Some((part["part"].as_str()?.to_owned(), hash(part)?));
    let files = document.get(FILES)?.as_array()?.iter().map(file);
    files.chain(document.get(PARTS)?.as_array()?.iter().map(part)).collect()
}

/// The hashes of the leaves of a tree, from its names and contents.
pub fn hashes(leaves: &[Part]) -> Vec<Hash> {
    leaves.iter().map(|(name, content)| leaf(name, content)).collect()
}

/// The root that a manifest gives.
pub fn root_of(document: &Map<String, Value>) -> Option<&str> {
    document.get(ROOT)?.as_str()
}

/// The roots of the reports issued before for the same funder, oldest first, as a manifest gives them.
pub fn previous_of(document: &Map<String, Value>) -> Vec<&str> {
    document.get("previous").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn said(head: &Head<'_>) -> Map<String, Value> {
    let scope = head.scope;
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
        "chain_head": head.chain_head,
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
        "previous": head.previous,
    });
    let mut document = document;
    if head.standing == Standing::Draft {
        document["draft"] = json!(DRAFT.get(funder.map_or(Lang::Fr, |f| f.lang)));
    }
    if let Value::Object(map) = document { map } else { Map::new() }
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
