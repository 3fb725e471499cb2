//! Looking for somebody erased in every file that the program knows of, and saying which still hold them.

use crate::cli::noun::backup;
use crate::cli::noun::prelude::*;
use crate::cli::run::database;
use crate::cli::run::errors::code;
use crate::domain::closed_list::ClosedList;
use crate::domain::{Refusal, Text};
use crate::import::{texts_of_workbook, unpacked};
use crate::ops::erase::search::{Searched, Sought, Value};
use crate::store::{Access, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// Where to look: folders with all that is in them, and folders whose files alone are looked at.
pub struct Places {
    database: PathBuf,
    whole: Vec<PathBuf>,
    files_of: Vec<PathBuf>,
}

/// The files that the program writes have these endings; beside the database others may lie that are none of its.
const OURS: [&str; 11] = ["db", "gz", "csv", "tsv", "txt", "json", "xlsx", "ods", "html", "md", "toml"];
/// Deeper folders than this are no exports.
const DEEPEST: usize = 8;

impl Places {
    /// The database and its folder, the backups, `exports/` where the program writes them, and the folders named.
    pub fn of(ctx: &Context<'_>, also: &[&str]) -> Result<Places> {
        let database = ctx.database()?.path;
        let beside = database.parent().map(Path::to_owned).unwrap_or_default();
        let here = ctx.env.file(".");
        let mut whole = vec![backup::folder(ctx)?, beside.join("exports"), ctx.env.file("exports")];
        for typed in also {
            let folder = ctx.env.file(database::plain(typed, "--search")?);
            if !folder.is_dir() {
                let folder = folder.display();
                bail!(
                    Refusal::usage(text!("{folder} n'est pas un dossier", "{folder} is not a folder"))
                        .hint(text!("Rien n'a été effacé.", "Nothing was erased."))
                );
            }
            whole.push(folder);
        }
        Ok(Places { database, whole, files_of: vec![beside, here] })
    }

    /// Whether a file beside the database may be one of the program's: by its ending, or by the database's name in its.
    fn is_ours(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let stem = self.database.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let ending = |e: &std::ffi::OsStr| OURS.iter().any(|ours| e.eq_ignore_ascii_case(ours));
        path.extension().is_some_and(ending) || !stem.is_empty() && name.contains(&stem)
    }

    /// Each file once, by name.
    fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        for folder in &self.files_of {
            let ours = |path: &PathBuf| self.is_ours(path);
            files.extend(entries(folder).into_iter().filter(|path| path.is_file() && ours(path)));
        }
        for folder in &self.whole {
            walk(folder, DEEPEST, &mut files);
        }
        let mut seen = BTreeSet::new();
        files.retain(|path| path.canonicalize().is_ok_and(|real| seen.insert(real)));
        files
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    std::fs::read_dir(folder).map(|list| list.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}

fn walk(folder: &Path, depth: usize, files: &mut BTreeSet<PathBuf>) {
    for path in entries(folder) {
        let Ok(meta) = std::fs::symlink_metadata(&path) else { continue };
        if meta.is_dir() && depth > 0 {
            walk(&path, depth - 1, files);
        } else if meta.is_file() {
            files.insert(path);
        }
    }
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Found {
    /// Records of the database that still hold a value, with the sorts of values.
    pub records: BTreeMap<String, BTreeSet<Value>>,
    /// Whether the database's own bytes still hold a value that no record holds.
    pub remains: BTreeSet<Value>,
    /// Files that hold a value, with the sorts of values and what to do.
    pub files: Vec<(PathBuf, BTreeSet<Value>, Text)>,
    /// Records and files that hold a name alone, which may be somebody else's.
    pub perhaps: BTreeMap<String, BTreeSet<Value>>,
    /// Files that could not be read.
    pub unread: Vec<PathBuf>,
    /// How many files were read, the database included.
    pub read: usize,
    /// Whether the person stopped the search.
    pub stopped: bool,
}

/// Looks for what an erased person's records held.
pub fn look(ctx: &Context<'_>, sought: &Sought, places: &Places) -> Result<Found> {
    let search = sought.searched()?;
    let mut found = Found::default();
    let same = |path: &Path| path.canonicalize().ok() == places.database.canonicalize().ok();
    for path in places.files() {
        // Nobody has to wait for the end of a long search; what was found so far is told.
        if ctx.check_interrupt().is_err() {
            found.stopped = true;
            break;
        }
        let Ok(Held { values, alone }) = held_in(&path, &search) else {
            found.unread.push(path);
            continue;
        };
        found.read += 1;
        if same(&path) {
            records(&path, &search, &mut found)?;
        } else if values.is_empty() && !alone.is_empty() {
            found.perhaps.insert(path.display().to_string(), alone);
        }
        if values.is_empty() {
            continue;
        }
        if same(&path) {
            let told: BTreeSet<Value> = found.records.values().flatten().copied().collect();
            found.remains = values.difference(&told).copied().collect();
        } else {
            let advice = advice(&path);
            found.files.push((path, values, advice));
        }
    }
    Ok(found)
}

/// What a file holds.
struct Held {
    values: BTreeSet<Value>,
    /// Names alone; not looked for in databases, whose bytes are no text.
    alone: BTreeSet<Value>,
}

/// Looks into a file; what is packed is unpacked, and the cells of a workbook are read.
fn held_in(path: &Path, search: &Searched) -> Result<Held> {
    let open = || Ok::<_, anyhow::Error>(BufReader::with_capacity(1 << 16, File::open(path)?));
    match head_of(open()?)? {
        [0x1f, 0x8b, ..] => both(search, || Ok(BufReader::with_capacity(1 << 16, unpacked(open()?)))),
        [b'P', b'K', 3, 4] => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let texts = texts_of_workbook(&name, std::fs::read(path)?)?;
            both(search, || Ok(Cursor::new(texts.as_bytes())))
        }
        _ => both(search, open),
    }
}

fn head_of(file: impl Read) -> Result<[u8; 4]> {
    let mut head = Vec::new();
    file.take(4).read_to_end(&mut head)?;
    head.resize(4, 0);
    Ok(head.try_into().unwrap_or_default())
}

fn both<R: BufRead>(search: &Searched, open: impl Fn() -> Result<R>) -> Result<Held> {
    let values = search.found_in(open()?)?;
    let alone = if &head_of(open()?)? == b"SQLi" { BTreeSet::new() } else { search.alone_in(open()?)? };
    Ok(Held { values, alone })
}

fn records(database: &Path, search: &Searched, found: &mut Found) -> Result<()> {
    let store = Store::open(database, Access::Read)?;
    store.each_text(&mut |record, text| {
        let values = search.found_in(text.as_bytes()).unwrap_or_default();
        if values.is_empty() {
            let alone = search.alone_in(text.as_bytes()).unwrap_or_default();
            if !alone.is_empty() {
                found.perhaps.entry(record.to_owned()).or_default().extend(alone);
            }
        } else {
            found.records.entry(record.to_owned()).or_default().extend(values);
        }
    })
}

fn advice(path: &Path) -> Text {
    match path.extension().and_then(|e| e.to_str()) {
        Some("db") => text!(
            "sauvegarde : supprimez-la dès qu'une plus récente suffit ; la reprendre ramènerait la personne",
            "backup: delete it once a newer one is enough; going back to it would bring the person back"
        ),
        _ => text!(
            "supprimez-le, ou refaites-le ; l'importer de nouveau recréerait la personne",
            "delete it, or make it again; importing it would create the person again"
        ),
    }
}

/// Says what was looked for, where, and what is left.
pub fn said(mut answer: Answer, found: &Found, sought: &Sought) -> Answer {
    let (files, sorts) = (found.read, words(&sought.sorts()));
    answer = answer.say(text!(
        "  cherché dans {files} fichiers (base, sauvegardes, exports, fichiers à côté) : {sorts}",
        "  looked for in {files} files (database, backups, exports, files beside): {sorts}";
        sorts
    ));
    if sought.shared_name {
        answer = answer.say(text!(
            "  le nom seul n'a pas été cherché : une autre personne porte le même",
            "  the name alone was not looked for: somebody else has the same"
        ));
    }
    for (record, values) in &found.records {
        let words = &words(values);
        answer = answer.say(text!(
            "!  encore dans la base : {record} ({words})",
            "!  still in the database: {record} ({words})";
            words
        ));
    }
    if !found.remains.is_empty() {
        let words = &words(&found.remains);
        answer = answer.say(text!(
            "!  les octets de la base contiennent encore : {words} (fil doctor, puis recommencez)",
            "!  the bytes of the database still hold: {words} (fil doctor, then try again)";
            words
        ));
    }
    for (path, values, advice) in &found.files {
        let (path, values) = (path.display(), words(values));
        answer = answer
            .say(text!("!  {path} contient encore : {values}", "!  {path} still holds: {values}"; values))
            .say(text!("     {advice}", "     {advice}"; advice));
    }
    for path in &found.unread {
        let path = path.display();
        answer = answer.say(text!("!  {path} n'a pas pu être lu", "!  {path} could not be read"));
    }
    answer = perhaps(answer, found);
    if found.stopped {
        answer.code = code::FAILURE;
        return answer.say(text!("!  recherche interrompue avant la fin", "!  the search was stopped before its end"));
    }
    if found.records.is_empty()
        && found.remains.is_empty()
        && found.files.is_empty()
        && found.unread.is_empty()
        && found.perhaps.is_empty()
    {
        answer = answer.say(text!("  plus rien nulle part", "  nothing is left anywhere"));
    }
    answer
}

/// Names alone, by what was found: they may be somebody else's, so that a person must look.
fn perhaps(mut answer: Answer, found: &Found) -> Answer {
    const TOLD: usize = 5;
    let mut places: BTreeMap<&BTreeSet<Value>, Vec<&str>> = BTreeMap::new();
    for (place, sorts) in &found.perhaps {
        places.entry(sorts).or_default().push(place);
    }
    for (sorts, places) in places {
        let (words, n) = (&words(sorts), places.len());
        let mut told = places[..n.min(TOLD)].join(", ");
        if n > TOLD {
            told.push_str(", …");
        }
        answer = answer.say(text!(
            "!  {words}, à vérifier ({n}) : {told}",
            "!  {words}, to be looked at ({n}): {told}";
            words
        ));
    }
    answer
}

fn words(sorts: &BTreeSet<Value>) -> Text {
    Text::join(&sorts.iter().map(|sort| sort.text()).collect::<Vec<_>>(), ", ")
}
