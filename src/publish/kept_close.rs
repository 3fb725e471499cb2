//! What a close keeps besides its files, the tree of hashes over all of it, and what of it does not hold any more.

use crate::domain::facts::{Facts, Scope};
use crate::domain::fingerprint::{hexadecimal, sha256, sha256_bytes};
use crate::domain::id::CloseId;
use crate::report::close::member::{members, unpack};
use crate::report::close::printed_figures;
use crate::report::close::tree::{Hash, Line, MEMBERS, Step, bytes_of, leaf, leaves_of, list_name, path, root, salt};
use crate::report::manifest::{self, Part, hashes, leaves, parameters, root_of};
use crate::report::{Section, World, as_of};
use crate::sheet::Sheet;
use crate::store::Store;
use crate::store::sent::{Close, CloseFile, CloseMembers, CloseSection};
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a close keeps of its figures and of who is behind them.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its figures, a pack per section.
    pub sections: Vec<CloseSection>,
    /// The people behind them.
    pub members: Vec<CloseMembers>,
    /// What the salts of its lists come from.
    pub seed: String,
}

/// What a close of a report keeps, from its facts, sections and sheets and from the head of the chain.
pub fn kept(
    scope: &Scope,
    (facts, sections, sheets): (&Facts, &[Section], &[Sheet]),
    chain_head: &str,
) -> Result<Kept> {
    let seed = seed(scope, chain_head);
    let world = World::new(facts, scope, as_of::Purpose::Explain);
    let mut lists = Vec::new();
    for list in members(&world, sections)? {
        let root = root_of_list(&seed, &list.figure, &list.list)?;
        let (figure, units, list) = (list.figure, list.units as i64, list.list);
        lists.push(CloseMembers { figure, units, list, root });
    }
    // As the file gives them back.
    lists.sort_by(|a, b| a.figure.cmp(&b.figure));
    Ok(Kept { sections: packed(sheets)?, members: lists, seed })
}

/// Nobody who does not hold the school's file can work it out, and no two closes have the same.
fn seed(scope: &Scope, chain_head: &str) -> String {
    let secret = scope.funder.as_ref().map(|funder| hexadecimal(&funder.secret)).unwrap_or_default();
    sha256(format!("close\0{secret}\0{chain_head}\0{}\0{}", scope.from, scope.to).as_bytes())
}

fn packed(sheets: &[Sheet]) -> Result<Vec<CloseSection>> {
    let mut sections = Vec::new();
    for sheet in sheets {
        let figures = printed_figures::pack(sheet)?;
        sections.extend(figures.map(|figures| CloseSection { section: sheet.key.clone(), figures }));
    }
    Ok(sections)
}

/// The root over the lines of a packed list; nothing when the list is damaged.
fn root_of_list(seed: &str, figure: &str, list: &[u8]) -> Result<Option<String>> {
    let Some(lines) = lines(list) else { return Ok(None) };
    Ok(Some(hexadecimal(&root(&leaves_of(seed, figure, &lines)?))))
}

fn lines(list: &[u8]) -> Option<Vec<Line>> {
    Some(unpack(list)?.into_iter().map(Line::of).collect())
}

impl Kept {
    /// Its parts in the tree.
    pub fn parts(&self, definitions: &str) -> Vec<Part> {
        let figures =
            self.sections.iter().map(|s| (format!("figures:{}", s.section), sha256_bytes(s.figures.as_bytes())));
        let own = [("definitions".to_owned(), sha256_bytes(definitions.as_bytes()))].into_iter().chain(figures);
        own.chain([(MEMBERS.to_owned(), root(&list_leaves(&self.members)))]).collect()
    }
}

/// The leaves of the lists, each under the name of its figure.
fn list_leaves(members: &[CloseMembers]) -> Vec<Hash> {
    let root = |list: &CloseMembers| list.root.as_deref().and_then(bytes_of).unwrap_or_default();
    members.iter().map(|list| leaf(&list_name(&list.figure), &root(list))).collect()
}

/// The root that the manifest among some files gives.
pub fn root_of_manifest(files: &[CloseFile]) -> Option<String> {
    root_of(&document(files)?).map(str::to_owned)
}

fn document(files: &[CloseFile]) -> Option<Map<String, Value>> {
    let manifest = files.iter().find(|file| file.name == super::manifest::MANIFEST)?;
    serde_json::from_slice(&manifest.bytes).ok()
}

/// The roots of the reports that were issued for a funder so far, oldest first.
pub fn previous_roots(store: &Store, funder: &str) -> Result<Vec<String>> {
    Ok(store.closes(Some(funder))?.into_iter().filter_map(|close| close.root).collect())
}

/// What of a kept close is not what was issued, by name: `file:monthly.csv`, `figures:exits`, `members:entrants`, `root`.
pub fn faults(store: &Store, close: &Close) -> Result<Vec<String>> {
    let files = store.close_files(close.number)?;
    let mut faults: Vec<String> =
        files.iter().filter(|f| sha256(&f.bytes) != f.sha256).map(|f| format!("file:{}", f.name)).collect();
    let manifest = files.iter().find(|file| file.name == super::manifest::MANIFEST);
    if manifest.is_none_or(|file| file.sha256 != close.manifest) {
        faults.push(format!("file:{}", super::manifest::MANIFEST));
    }
    let Some(issued) = &close.root else { return Ok(faults) };
    let Some(document) = document(&files) else { return Ok(faults) };
    let Some(told) = leaves(&document) else {
        faults.push("root".to_owned());
        return Ok(faults);
    };
    let mut held = held(store, close, &files, &document)?;
    for (name, content) in &told {
        if held.remove(name) != Some(*content) && !faults.contains(name) {
            faults.push(name.clone());
        }
    }
    faults.extend(held.into_keys());
    let found = hexadecimal(&root(&hashes(&told)));
    if found != *issued || root_of(&document) != Some(issued) {
        faults.push("root".to_owned());
    }
    for list in store.close_members(close.number)? {
        let seed = close.seed.as_deref().unwrap_or_default();
        if root_of_list(seed, &list.figure, &list.list)? != list.root || !counts(&list) {
            faults.push(list_name(&list.figure));
        }
    }
    Ok(faults)
}

fn counts(list: &CloseMembers) -> bool {
    lines(&list.list).is_some_and(|lines| i64::try_from(lines.len()) == Ok(list.units))
}

/// The parts that the file holds of a close, with the hash of each.
fn held(
    store: &Store,
    close: &Close,
    files: &[CloseFile],
    document: &Map<String, Value>,
) -> Result<BTreeMap<String, Hash>> {
    let mut held: BTreeMap<String, Hash> = files
        .iter()
        .filter(|file| file.name != super::manifest::MANIFEST)
        .map(|file| (format!("file:{}", file.name), sha256_bytes(&file.bytes)))
        .collect();
    held.insert("definitions".to_owned(), sha256_bytes(close.definitions.as_bytes()));
    if says_the_same(close, document) {
        held.insert("parameters".to_owned(), parameters(document));
    }
    for section in store.close_sections(close.number)? {
        held.insert(format!("figures:{}", section.section), sha256_bytes(section.figures.as_bytes()));
    }
    held.insert(MEMBERS.to_owned(), root(&list_leaves(&store.close_members(close.number)?)));
    Ok(held)
}

/// Whether the row of a close and its manifest tell the same report.
fn says_the_same(close: &Close, document: &Map<String, Value>) -> bool {
    let document = Value::Object(document.clone());
    let settings: Value = serde_json::from_str(&close.settings).unwrap_or_default();
    document["funder"]["funder"] == json!(close.funder)
        && document["funder"]["level"] == json!(close.level)
        && document["funder"]["suppress_below"] == json!(close.threshold)
        && document["period"]["from"] == json!(close.from.to_string())
        && document["period"]["to"] == json!(close.to.to_string())
        && document["as_of"] == json!(close.as_of.to_string())
        && document["version"] == json!(close.version)
        && document["format"] == json!(close.format)
        && document["settings"] == settings
}

/// One line of the lists of a close, opened to somebody who may see it, as JSON: with its salt and its way to the root.
pub fn open(store: &Store, close: &Close, number: usize) -> Result<Option<String>> {
    let (Some(seed), Some(issued)) = (&close.seed, &close.root) else { return Ok(None) };
    let lists = store.close_members(close.number)?;
    let mut before = 0;
    for (at, list) in lists.iter().enumerate() {
        let Some(lines) = lines(&list.list) else { continue };
        let Some(line) = number.checked_sub(before + 1).and_then(|line| Some((line, lines.get(line)?))) else {
            before += lines.len();
            continue;
        };
        let (position, line) = line;
        let mut way = path(&leaves_of(seed, &list.figure, &lines)?, position);
        way.push(Step::Part(list_name(&list.figure)));
        way.extend(path(&list_leaves(&lists), at));
        way.push(Step::Part(MEMBERS.to_owned()));
        way.extend(way_of_members(store, close.number)?);
        let opened = json!({
            "close": {
                "number": close.number.number(), "funder": close.funder, "period": close.period, "root": issued,
            },
            "figure": list.figure,
            "line": line,
            "salt": salt(seed, &list.figure, position),
            "path": way,
        });
        return Ok(Some(serde_json::to_string_pretty(&opened)?));
    }
    Ok(None)
}

/// How many lines the lists of a close hold.
pub fn line_count(store: &Store, close: CloseId) -> Result<usize> {
    Ok(store.close_members(close)?.iter().filter_map(|list| lines(&list.list)).map(|lines| lines.len()).sum())
}

/// The way from the lists to the root.
fn way_of_members(store: &Store, close: CloseId) -> Result<Vec<Step>> {
    let document = document(&store.close_files(close)?).unwrap_or_default();
    let leaves = manifest::leaves(&document).unwrap_or_default();
    let at = leaves.iter().position(|(name, _)| name == MEMBERS);
    Ok(at.map(|at| path(&hashes(&leaves), at)).unwrap_or_default())
}
