//! What came of files, as a person is told: how they were read, what changed, why lines were refused.

use crate::cli::noun::prelude::*;
use crate::cli::run::errors::code_of;
use crate::domain::folding::shown;
use crate::domain::{ClosedList, Lang, Text};
use crate::import::{Note, Noted, Refused, Report, Unread};
use crate::ops::request::spoken;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use std::path::Path;

/// A file that can't be read whole: all that stands in the way, and the flags that let it pass on the last line.
pub fn unread(error: anyhow::Error) -> Result<Answer> {
    let unread = error.downcast::<Unread>()?;
    let mut answer = Answer { code: code_of(unread.refusal.reason), ..Answer::default() };
    let (fr, en) = (unread.lines(Lang::Fr), unread.lines(Lang::En));
    for (at, (fr, en)) in fr.into_iter().zip(en).enumerate() {
        let first = at == 0;
        answer.refusals.push(match first {
            true => text!("erreur : {fr}", "error: {en}"),
            false => Text::new(fr, en),
        });
    }
    Ok(answer)
}

/// One row a file.
pub fn counts(ctx: &Context<'_>, reports: &[Report]) -> Sheet {
    let number = |key, fr, en| Column::new(key, fr, en, ColumnKind::Number);
    let columns = vec![
        Column::new("file", "Fichier", "File", ColumnKind::Text),
        Column::new("kind", "Genre", "Kind", ColumnKind::Code),
        number("rows", "Lignes", "Rows"),
        number("created", "À créer", "Created"),
        number("changed", "Modifiées", "Changed"),
        number("identical", "Identiques", "Identical"),
        number("refused", "Refusées", "Refused"),
    ];
    let mut sheet = Sheet::new("import", columns);
    for r in reports {
        let count = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
        sheet.rows.push(vec![
            Cell::Text(short_name(ctx, &r.name)),
            Cell::Text(r.kind.code().to_owned()),
            count(r.rows),
            count(r.created),
            count(r.changed),
            count(r.identical),
            count(r.refused),
        ]);
    }
    sheet
}

/// The name of a file without its folders.
pub fn short_name(_ctx: &Context<'_>, name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned())
}

pub fn tell(ctx: &Context<'_>, answer: &mut Answer, report: &Report) {
    let name = short_name(ctx, &report.name);
    answer.said.push(how(&name, report));
    let (c, m, i, r) = (report.created, report.changed, report.identical, report.refused);
    answer.said.push(text!(
        "  à créer : {c} · à modifier : {m} · identiques : {i} · refusées : {r}",
        "  created: {c} · changed: {m} · identical: {i} · refused: {r}"
    ));
    answer.said.extend(report.notes.iter().map(noted));
    if !report.totals.is_empty() {
        let lines = report.totals.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        answer.said.push(text!("  lignes de total laissées de côté : {lines}", "  rows of totals left out: {lines}"));
    }
    for changed in &report.changes {
        let words = changed.changes.iter().map(|c| {
            let (old, new) = (spoken(&c.field, c.old.as_ref()), spoken(&c.field, c.new.as_ref()));
            let (fr, en) = (c.field.fr, c.field.name);
            (format!("{fr} : {} → {}", old.fr, new.fr), format!("{en}: {} → {}", old.en, new.en))
        });
        let (fr, en): (Vec<String>, Vec<String>) = words.unzip();
        let (fr, en, line) = (fr.join(", "), en.join(", "), changed.line);
        answer.said.push(match changed.joined {
            true => text!(
                "  ligne {line} : créée : participation · modifiée : personne ({fr})",
                "  line {line}: created: participation · changed: person ({en})"
            ),
            false => text!("  ligne {line} : {fr}", "  line {line}: {en}"),
        });
    }
    let more = report.changed.saturating_sub(report.changes.len() as u64);
    if more > 0 {
        answer.said.push(text!(
            "  … et {more} autres lignes modifiées (-v : toutes)",
            "  … and {more} other changed lines (-v: all)"
        ));
    }
    for refused in &report.refusals {
        answer.refusals.push(refused_line(&name, refused));
    }
    for warning in &report.warnings {
        let about = match warning.line {
            Some(line) => {
                let message = &warning.message;
                text!("{name}, ligne {line} : {message}", "{name}, line {line}: {message}"; message)
            }
            None => warning.message.clone(),
        };
        answer.warnings.push(crate::cli::run::answer::Warning { kind: Text::same(warning.code), about });
    }
}

/// What was understood beyond the letter of a column.
fn noted(noted: &Noted) -> Text {
    let Noted { note, column, count, example } = noted;
    let (column, n) = (shown(column), count);
    match note {
        Note::Zero => text!(
            "  « {column} » : zéro remis devant ({n}), par exemple {example}",
            "  “{column}”: leading zero put back ({n}), for instance {example}"
        ),
        Note::Time => text!("  « {column} » : heure laissée de côté ({n})", "  “{column}”: time of day left out ({n})"),
        Note::Years => text!(
            "  « {column} » : années sur deux chiffres ({n}), par exemple {example}",
            "  “{column}”: years of two digits ({n}), for instance {example}"
        ),
        Note::Phone => text!(
            "  « {column} » : un autre numéro est gardé, celui-ci est laissé de côté ({n})",
            "  “{column}”: another number is kept, this one is left out ({n})"
        ),
        Note::Names => text!(
            "  « {column} » : nom et prénom séparés ({n}), par exemple {example}",
            "  “{column}”: last and first name told apart ({n}), for instance {example}"
        ),
    }
}

fn how(name: &str, report: &Report) -> Text {
    let kind = report.kind.text();
    let mut fr: Vec<String> = report.how.encoding.iter().cloned().collect();
    let mut en = fr.clone();
    if let Some(sheet) = &report.how.sheet {
        fr.push(format!("feuille « {sheet} »"));
        en.push(format!("sheet “{sheet}”"));
    }
    if let Some(separator) = report.how.separator {
        fr.push(format!("« {separator} »"));
        en.push(format!("“{separator}”"));
    }
    if let Some(dates) = report.dates {
        fr.push(dates.said().fr.into());
        en.push(dates.said().en.into());
    }
    if let Some(line) = report.how.header_line {
        fr.push(format!("en-têtes ligne {line}"));
        en.push(format!("header on line {line}"));
    }
    let rows = report.rows;
    fr.push(if rows == 1 { "1 ligne".to_owned() } else { format!("{rows} lignes") });
    en.push(if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") });
    if report.guessed {
        fr.push(format!("genre deviné : {}", kind.fr));
        en.push(format!("kind guessed: {}", kind.en));
    }
    if !report.ignored.is_empty() {
        let list = report.ignored.join(", ");
        fr.push(format!("colonnes ignorées : {list}"));
        en.push(format!("ignored columns: {list}"));
    }
    let (fr, en) = (fr.join(", "), en.join(", "));
    text!("Lu : {name} — {fr}", "Read: {name} — {en}")
}

fn refused_line(name: &str, refused: &Refused) -> Text {
    let line = refused.line;
    let (mut fr, mut en) = (format!("  {name}, ligne {line}"), format!("  {name}, line {line}"));
    if let Some(column) = refused.column.as_deref().or(refused.field) {
        fr.push_str(&format!(", colonne « {column} »"));
        en.push_str(&format!(", column “{column}”"));
    }
    if !refused.value.is_empty() {
        let value = shown(&refused.value);
        fr.push_str(&format!(", valeur « {value} »"));
        en.push_str(&format!(", value “{value}”"));
    }
    fr.push_str(&format!(" : {}", refused.what.fr));
    en.push_str(&format!(": {}", refused.what.en));
    if let Some(right) = &refused.right {
        fr.push_str(&format!(" — {}", right.fr));
        en.push_str(&format!(" — {}", right.en));
    }
    Text::new(fr, en)
}
