//! One home for each outside crate: what the rest of the program needs of it, the home offers under a name of ours.

use super::source::{self, Source};
use std::collections::BTreeSet;

/// An outside crate, the only places that may name it, and how many other files still do: a number that only shrinks.
struct Home {
    name: &'static str,
    places: &'static [&'static str],
    strays: usize,
}

const fn home(name: &'static str, places: &'static [&'static str]) -> Home {
    Home { name, places, strays: 0 }
}

impl Home {
    const fn strays(self, strays: usize) -> Home {
        Home { strays, ..self }
    }
}

/// Every crate of `Cargo.toml`.
const HOMES: &[Home] = &[
    home("aho_corasick", &["src/ops/erase/search.rs"]),
    home("anstyle", &["src/cli/run/terminal.rs"]),
    // An error with its context is the common language of every room that does something; values only refuse.
    home(
        "anyhow",
        &[
            "src/sheet/",
            "src/store/",
            "src/ops/",
            "src/report/",
            "src/import/",
            "src/publish/",
            "src/view/",
            "src/cli/",
        ],
    ),
    home("askama", &["src/report/page/"]),
    home("calamine", &["src/import/file/"]),
    home("chardetng", &["src/import/file/decode.rs"]),
    // The calendar, and the clock.
    home("chrono", &["src/domain/date.rs", "src/cli/run/env.rs"]),
    home("clap", &["src/cli/"]),
    home("clap_complete", &["src/cli/parser/completion.rs", "src/cli/parser/known_values.rs"]),
    home("comfy_table", &["src/sheet/"]),
    home("crossterm", &["src/cli/ask/roll_call.rs"]),
    home("csv", &["src/sheet/"]),
    // Files come in older encodings; an erasure looks for a name in each of them.
    home("encoding_rs", &["src/import/file/decode.rs", "src/ops/erase/"]),
    home("etcetera", &["src/cli/run/env.rs"]),
    home("flate2", &["src/report/packing.rs", "src/import/file/packed.rs"]),
    home("getrandom", &["src/cli/run/env.rs"]),
    home("hmac", &["src/report/naming.rs"]),
    home("indicatif", &["src/cli/run/work_bar.rs"]),
    home("inquire", &["src/cli/ask/asker.rs"]),
    home("itoa", &["src/report/close/member.rs"]),
    home("rusqlite", &["src/store/"]),
    home("rust_xlsxwriter", &["src/sheet/"]),
    home("serde", &["src/report/"]),
    // What is kept as JSON: rows in the journal, figures of a close, the manifest; and JSON as an output format.
    home("serde_json", &["src/store/", "src/sheet/", "src/report/", "src/publish/"]),
    home("sha2", &["src/domain/fingerprint.rs", "src/report/naming.rs"]),
    home("signal_hook", &["src/cli/run/interrupt.rs"]),
    home("siphasher", &["src/store/digest/row.rs", "src/store/file/schema.rs"]),
    home("strsim", &["src/domain/folding.rs", "src/domain/matcher.rs"]).strays(2),
    home("sys_locale", &["src/cli/run/env.rs"]),
    // A file is written beside its place and renamed: a copy of the school, an output, a report's folder.
    home("tempfile", &["src/store/file/scratch.rs"]),
    home("terminal_size", &["src/cli/run/env.rs"]),
    home("toml", &["src/report/template/read.rs"]),
    home("unicode_normalization", &["src/domain/"]).strays(2),
    home("unicode_width", &["src/sheet/"]).strays(5),
    home("zip", &["src/import/file/packed.rs"]),
    // What the standard library does not say of files: their system, their owner, two names changed at once, pipes.
    home("rustix", &["src/ops/file_location.rs", "src/ops/special_file.rs", "src/store/file/"]).strays(2),
];

/// The crates that the program depends on, as code names them.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let tables = std::iter::once(&manifest).chain(targets.filter_map(toml::Value::as_table));
    let names = tables.filter_map(|table| table.get("dependencies")?.as_table()).flat_map(toml::Table::keys);
    names.map(|name| name.replace('-', "_")).collect()
}

/// Whether a file names a crate at the start of a path or alone in a `use`.
fn names(source: &Source, name: &str) -> bool {
    let colon = |at: usize| source.tokens.get(at).is_some_and(|token| token.is(':'));
    let all = source.tokens.iter().enumerate().filter(|(_, token)| token.word() == Some(name));
    let starts = all.filter(|(at, _)| *at < 2 || !(colon(at - 1) && colon(at - 2)));
    let alone = |at: usize| at > 0 && source.tokens[at - 1].word() == Some("use");
    starts.map(|(at, _)| at).any(|at| (colon(at + 1) && colon(at + 2)) || alone(at))
}

#[test]
fn each_outside_crate_has_a_home() {
    let manifest = std::fs::read_to_string(source::root().join("Cargo.toml")).unwrap();
    let homes: BTreeSet<String> = HOMES.iter().map(|home| home.name.to_owned()).collect();
    assert_eq!(homes, dependencies(&manifest));
    assert!(HOMES.len() == homes.len(), "a crate is listed twice");
}

#[test]
fn each_outside_crate_is_named_in_its_home_only() {
    let sources = source::program();
    for Home { name, places, strays } in HOMES {
        let (at_home, abroad): (Vec<&Source>, Vec<&Source>) = sources
            .iter()
            .filter(|source| names(source, name))
            .partition(|source| places.iter().any(|place| source.name.starts_with(place)));
        let abroad: Vec<&str> = abroad.iter().map(|source| source.name.as_str()).collect();
        if !abroad.is_empty() {
            println!("{name}: {} exceptions: {}", abroad.len(), abroad.join(" "));
        }
        assert!(!at_home.is_empty(), "{name} is not named in its home");
        assert!(abroad.len() <= *strays, "{name} is named in {abroad:?}");
    }
}

#[test]
fn a_crate_is_named_by_a_path_or_a_use() {
    let named = |text: &str| names(&Source::written("src/a.rs", text), "csv");
    for text in ["csv::Reader", "use csv;", "use csv as x;", "use csv::{A}", "let x = csv::a();", "X { y: csv::Z }"] {
        assert!(named(text), "{text}");
    }
    for text in ["super::csv::write", "let csv = 1;", "x.csv", "// csv::x", "\"csv::x\"", "csv: 1"] {
        assert!(!named(text), "{text}");
    }
}

#[test]
fn dependencies_are_read_for_every_target() {
    let read = dependencies(
        "[dependencies]\na-b = \"1\"\n[target.'cfg(unix)'.dependencies]\nc = \"1\"\n[dev-dependencies]\nd = \"1\"",
    );
    assert_eq!(read, BTreeSet::from(["a_b".to_owned(), "c".to_owned()]));
}
