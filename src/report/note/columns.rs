//! What each column of an export holds, file by file.

use super::{Cover, RESTATED, heading, paragraph, words};
use crate::domain::Lang;
use crate::domain::folding::fold;
use crate::report::indicator::columns;
use crate::sheet::Column;

/// What each column holds, file by file; those that print an indicator name it.
pub(super) fn told(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    let mut told = Vec::new();
    for sheet in cover.sheets {
        let texts = if sheet.key == RESTATED {
            vec![words::restated().get(lang).to_owned()]
        } else {
            merged(sheet.columns.iter().filter_map(|column| of_column(&sheet.key, column, lang)), lang)
        };
        if !texts.is_empty() {
            let texts = texts.join(apart(lang));
            told.push(format!("{}.csv \u{2014} {}.", sheet.key, texts.trim_end_matches('.')));
        }
    }
    if !told.is_empty() {
        heading(out, "COLONNES", "COLUMNS", lang);
        told.iter().for_each(|text| paragraph(out, text));
    }
}

/// What stands between two of a list.
pub(super) fn apart(lang: Lang) -> &'static str {
    if lang == Lang::Fr { " ; " } else { "; " }
}

fn colon(lang: Lang) -> &'static str {
    if lang == Lang::Fr { " :" } else { ":" }
}

/// The name of a column as the file may print it, and what it holds.
fn of_column(section: &str, column: &Column, lang: Lang) -> Option<(String, String)> {
    let header = column.header.get(lang);
    // Its unit is told with the figure.
    let short = header.split(" (").next().unwrap_or(header);
    let alike = fold(&column.key.replace('_', " ")) == fold(short);
    let name = if alike { column.key.to_owned() } else { format!("{} ({short})", column.key) };
    if let Some(indicator) = columns::indicator_of(section, column.key) {
        // One that carries the name of its indicator is found under it.
        return (indicator != column.key).then(|| (name, format!("= {indicator}")));
    }
    columns::of(section, column.key).map(|text| (name, text.means.clone().get(lang).to_owned()))
}

/// Neighbours that hold the same are told together.
fn merged(columns: impl Iterator<Item = (String, String)>, lang: Lang) -> Vec<String> {
    let mut told: Vec<(String, String)> = Vec::new();
    for (name, means) in columns {
        match told.last_mut() {
            Some((names, same)) if *same == means => names.push_str(&format!(", {name}")),
            _ => told.push((name, means)),
        }
    }
    let colon = colon(lang);
    let line = |(name, means): (String, String)| match means.strip_prefix("= ") {
        Some(indicator) => format!("{name} = {indicator}"),
        None => format!("{name}{colon} {means}"),
    };
    told.into_iter().map(line).collect()
}
