//! The rules of the house: who may name whom, one home for each outside crate, one sentence at the top of each file.

mod circles;
mod crates;
mod source;
mod style;

use std::collections::BTreeSet;
use std::path::Path;

/// Each layer and the layers of ours that it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("sheet", &["domain"]),
    ("store", &["domain"]),
    ("ops", &["store", "sheet", "domain"]),
    ("report", &["sheet", "domain"]),
    ("import", &["ops", "report", "store", "sheet", "domain"]),
    ("publish", &["ops", "report", "store", "sheet", "domain"]),
    ("view", &["ops", "report", "store", "sheet", "domain"]),
    ("cli", &["view", "publish", "import", "ops", "report", "store", "sheet", "domain"]),
];

/// Sources of a clock, of variables or of arguments, and the only file that may use them.
const ENVIRONMENT: [&str; 8] = [
    "Local::now",
    "Utc::now",
    "SystemTime::now",
    "Instant::now",
    "env::var",
    "env::vars",
    "env::args",
    "env::current_dir",
];

/// The layers named after `crate::` in one line, in `crate::a::…` or `crate::{a::…, b}`.
fn layers_named(line: &str) -> BTreeSet<&str> {
    let mut named = BTreeSet::new();
    for (at, found) in line.match_indices("crate::") {
        if line[..at].ends_with('$') {
            continue; // inside a macro: the layer that defines it
        }
        let rest = &line[at + found.len()..];
        let inner = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or(list));
        let heads = if rest.starts_with('{') { inner.split(',').collect() } else { vec![inner] };
        for head in heads {
            let head = head.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            named.extend(MAY_NAME.iter().map(|(layer, _)| *layer).find(|layer| *layer == head));
        }
    }
    named
}

#[test]
fn each_layer_names_only_the_layers_below_it() {
    for source in source::program().into_iter().filter(|source| !source.name.ends_with("tests.rs")) {
        let Some((layer, allowed)) =
            MAY_NAME.iter().find(|(layer, _)| source.name.starts_with(&format!("src/{layer}/")))
        else {
            continue;
        };
        for line in source.code() {
            for named in layers_named(line) {
                assert!(named == *layer || allowed.contains(&named), "{} names {named}: {line}", source.name);
            }
        }
    }
}

#[test]
fn the_reader_of_layers_sees_lists_and_paths() {
    assert_eq!(layers_named("use crate::store::open;"), BTreeSet::from(["store"]));
    assert_eq!(layers_named("use crate::{domain::Date, store};"), BTreeSet::from(["domain", "store"]));
    assert_eq!(layers_named("let x = crate::text!(a);"), BTreeSet::new());
}

#[test]
fn the_clock_and_the_environment_are_read_in_one_file() {
    for source in source::all().iter().filter(|s| s.name.starts_with("src/") && s.name != "src/cli/run/env.rs") {
        for word in ENVIRONMENT {
            let line = source.code().find(|line| line.contains(word) && !line.contains("env!("));
            assert_eq!(line, None, "{} reads {word}", source.name);
        }
    }
}

#[test]
fn nothing_prints_outside_the_command_line() {
    for source in source::all().iter().filter(|s| s.name.starts_with("src/")) {
        for word in ["println!", "print!", "eprintln!", "eprint!", "dbg!", "todo!", "unimplemented!"] {
            let line = source.code().find(|line| names_macro(line, word));
            assert_eq!(line, None, "{} uses {word}", source.name);
        }
    }
}

fn names_macro(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn each_file_opens_with_its_sentence() {
    for source in source::all() {
        assert!(source.text.starts_with("//! "), "{} opens without its sentence", source.name);
    }
}

#[test]
fn no_file_is_orphaned() {
    let sources = source::all();
    for source in sources {
        let path = Path::new(&source.name);
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if ["main", "lib"].contains(&stem) {
            continue;
        }
        let folder = path.parent().unwrap();
        let folder = if stem == "mod" { folder.parent().unwrap() } else { folder };
        let word = if stem == "mod" { path.parent().unwrap().file_name().unwrap().to_str().unwrap() } else { stem };
        let folder = folder.to_str().unwrap();
        let parents = ["mod.rs", "lib.rs", "main.rs"].map(|name| format!("{folder}/{name}"));
        let declared = sources.iter().filter(|s| parents.contains(&s.name) || s.name == format!("{folder}.rs"));
        let declared = declared
            .flat_map(source::Source::code)
            .any(|line| line.ends_with(&format!("mod {word};")) || line.ends_with(&format!("mod {word} {{")));
        assert!(declared, "{} is declared nowhere", source.name);
    }
}

#[test]
fn files_stay_short_before_their_tests() {
    for source in source::all().iter().filter(|s| s.name.starts_with("src/")) {
        let lines = source.body().lines().count();
        assert!(lines <= 460, "{} has {lines} lines", source.name);
    }
}
