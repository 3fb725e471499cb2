//! Writes a layout as TOML that can be read back, with a word on what each line means.

use super::{Cohorts, ColumnLayout, SectionLayout, Template, Wording};
use crate::domain::{ClosedList, Lang, Text};
use crate::sheet::Column;
use crate::text;
use std::fmt::Write as _;

/// The layout in TOML. A section without chosen columns is written with all of its own, ready to be cut or moved; the
/// comments are in `lang`.
pub fn write(template: &Template, lang: Lang) -> String {
    let mut out = String::new();
    comment(&mut out, lang, &head());
    line(&mut out, "title", &template.title, &text!("titre du rapport", "title of the report"), lang);
    if let Some(own) = template.lang {
        let _ = writeln!(out, "lang = \"{}\"", own.code());
    }
    if let Some(dialect) = template.dialect {
        let _ = writeln!(out, "dialect = \"{}\"", dialect.code());
    }
    let _ = match &template.cohorts {
        Cohorts::All => writeln!(out, "cohorts = \"all\""),
        Cohorts::These(codes) => {
            let codes: Vec<String> = codes.iter().map(|c| quoted(c)).collect();
            writeln!(out, "cohorts = [{}]", codes.join(", "))
        }
    };
    for layout in &template.sections {
        section(&mut out, layout, lang);
    }
    out
}

fn head() -> Text {
    text!(
        "Modèle de rapport : l'ordre des blocs et des colonnes est celui du rapport.\n\
         Retirez ce que vous ne voulez pas montrer. Facultatif, pour tout le rapport :\n\
         \u{20} title = \"…\"   lang = \"fr\" ou \"en\"   dialect = \"csv-fr\" ou \"csv\"\n\
         \u{20} cohorts = \"all\", ou une liste de codes ; les totaux (*) restent.\n\
         Un titre de colonne : {{ key = \"entries\", fr = \"Arrivées\", en = \"Joined\" }}",
        "Layout of a report: blocks and columns come in this order.\n\
         Take out what you do not want to show. Optional, for the whole report:\n\
         \u{20} title = \"…\"   lang = \"fr\" or \"en\"   dialect = \"csv-fr\" or \"csv\"\n\
         \u{20} cohorts = \"all\", or a list of codes; the totals (*) stay.\n\
         A column's title: {{ key = \"entries\", fr = \"Arrivées\", en = \"Joined\" }}"
    )
}

fn comment(out: &mut String, lang: Lang, text: &Text) {
    for line in text.get(lang).lines() {
        let _ = writeln!(out, "# {line}");
    }
}

fn line(out: &mut String, key: &str, words: &Wording, about: &Text, lang: Lang) {
    match inline(words) {
        Some(words) => {
            let _ = writeln!(out, "{key} = {words}");
        }
        None => {
            let _ = writeln!(out, "# {key} = \"{}\"", about.get(lang));
        }
    }
}

fn inline(words: &Wording) -> Option<String> {
    match (&words.fr, &words.en) {
        (None, None) => None,
        (Some(fr), Some(en)) if fr == en => Some(quoted(fr)),
        _ => Some(format!("{{ {} }}", pairs(words).join(", "))),
    }
}

fn pairs(words: &Wording) -> Vec<String> {
    let pair = |key: &str, words: &Option<String>| words.as_ref().map(|w| format!("{key} = {}", quoted(w)));
    [pair("fr", &words.fr), pair("en", &words.en)].into_iter().flatten().collect()
}

fn section(out: &mut String, layout: &SectionLayout, lang: Lang) {
    let _ = writeln!(out, "\n[[section]]\nkey = \"{}\"", layout.section.code());
    line(out, "title", &layout.title, &layout.section.text(), lang);
    let own = layout.section.columns();
    let all: Vec<ColumnLayout> = own.iter().map(|c| ColumnLayout { key: c.key, label: Wording::default() }).collect();
    let columns = if layout.columns.is_empty() { &all } else { &layout.columns };
    out.push_str("columns = [\n");
    for column in columns {
        let _ = writeln!(out, "{}", entry(column, &own, lang));
    }
    out.push_str("]\n");
}

/// One column on a line; the program's own header stands behind it where no label replaces it.
fn entry(column: &ColumnLayout, own: &[Column], lang: Lang) -> String {
    let mut pairs = pairs(&column.label);
    if !pairs.is_empty() {
        pairs.insert(0, format!("key = {}", quoted(column.key)));
        return format!("  {{ {} }},", pairs.join(", "));
    }
    let word = format!("{},", quoted(column.key));
    let header = own.iter().find(|c| c.key == column.key).map_or("", |c| c.header.get(lang));
    format!("  {word:<22} # {header}")
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
