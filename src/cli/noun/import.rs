//! `fil import`: files in, all or nothing, with every refused line explained.

use crate::cli::noun::prelude::*;
use crate::cli::parser::flags::{self, Flag, Takes};
use crate::cli::run::context::Talk;
use crate::cli::run::errors::code;
use crate::cli::run::work_bar::WorkBar;
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::{Act, ClosedList, Kind, Lang, Refusal, Text};
use crate::import::columns::dates::DateOrder;
use crate::import::{self, Batch, EmptyCell, Options, Policy, Refused, Rejected, Report, Source};
use crate::ops::request::spoken;
use crate::ops::written_file::{self, Existing, Fate};
use crate::ops::{Mode, Saving};
use crate::report::indicator;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use std::path::{Path, PathBuf};

/// `fil import`.
pub const VERB: Verb = Verb {
    names: &["import", "importer", "i"],
    about: fixed!("Importe des fichiers.", "Imports files."),
    examples: [fixed!("fil i inscrits.csv -n"), fixed!("fil import inscrits.csv --as trainees --no-input")],
    flags: &[&[
        FILES,
        AS,
        flags::DRY_RUN,
        BLANK,
        DATES,
        SKIP_BAD,
        MAP,
        IGNORE_UNKNOWN,
        SHEET,
        ENCODING,
        SEP,
        flags::FORMAT,
        flags::OUTPUT,
        flags::FORCE,
    ]],
    run: Run::With(run),
};

const FILES: Flag = Flag::word(
    "files",
    fixed!("FICHIER…|-", "FILE…|-"),
    fixed!("csv, xlsx ou ods ; - : entrée standard", "csv, xlsx or ods; -: standard input"),
)
.many();
const AS: Flag = Flag::option(
    "as",
    fixed!("GENRE", "KIND"),
    fixed!("le genre (sinon deviné des en-têtes)", "the kind of records (else guessed from the headers)"),
)
.also(&["genre"]);
const BLANK: Flag =
    Flag::switch("blank", fixed!("une case vide efface", "an empty cell empties the field")).also(&["vider"]);
const DATES: Flag = Flag::option(
    "dates",
    fixed!("dmy|mdy|iso", "dmy|mdy|iso"),
    fixed!("l'ordre des dates, s'il n'est pas jour/mois", "the order of dates, when not day/month"),
)
.one_of(&[&["dmy", "jma"], &["mdy", "mja"], &["iso"]]);
const SKIP_BAD: Flag = Flag::switch(
    "skip-bad",
    fixed!("garde les bonnes lignes, range les autres", "keeps the good lines, puts the others aside"),
)
.also(&["sauf-refusees"]);
const MAP: Flag = Flag {
    takes: Takes::Many,
    ..Flag::option(
        "map",
        fixed!("COLONNE=CHAMP", "COLUMN=FIELD"),
        fixed!("une colonne d'un autre nom", "a column of another name"),
    )
};
const IGNORE_UNKNOWN: Flag =
    Flag::switch("ignore-unknown", fixed!("laisse passer les colonnes inconnues", "lets unknown columns pass"))
        .also(&["ignorer-inconnues"]);
const SHEET: Flag =
    Flag::option("sheet", fixed!("FEUILLE", "SHEET"), fixed!("la feuille d'un classeur", "the sheet of a workbook"))
        .also(&["feuille"]);
const ENCODING: Flag =
    Flag::option("encoding", fixed!("CODAGE", "ENCODING"), fixed!("utf-8, windows-1252…", "utf-8, windows-1252…"));
const SEP: Flag =
    Flag::option("sep", fixed!("SIGNE", "SIGN"), fixed!("le séparateur : , ; tab |", "the separator: , ; tab |"));

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let bar = WorkBar::new(ctx);
    let progress = |done, all| bar.at(done, all);
    let checkpoint = || ctx.check_interrupt();
    let options = options(matches, ctx, &progress, &checkpoint)?;
    let typed = matches.all(&FILES);
    let batches = read(ctx, &typed, &options)?;
    let trial = Trial::of(matches);
    let fresh = ctx.random_hex(32)?;
    let mut number = 0;
    let mut secret = || {
        number += 1;
        crate::report::manifest::sha256(format!("{fresh}{number}").as_bytes())
    };
    let kind = match batches.as_slice() {
        [one] => one.kind().code(),
        _ => "files",
    };
    let aside = |report: &Report| refused_path(ctx, &typed, report);
    let existing = if matches.has(&flags::FORCE) { Existing::Replace } else { Existing::Keep };
    let mut written = Vec::new();
    let done = ctx.write(Act::Import, kind, trial, |tx| {
        let indicator = |key: &str| indicator::find(key).is_some();
        let mut saving = Saving { mode: Mode::Upsert, today: ctx.today, secret: &mut secret, indicator: &indicator };
        let reports = import::run_all(tx, &batches, &options, &mut saving)?;
        if trial == Trial::Real {
            for report in &reports {
                // Before the commit: when the refused lines cannot be put aside, nothing is kept.
                if let Some(bytes) = &report.refused_file {
                    let path = aside(report);
                    let fate = written_file::write(&path, bytes, existing)?;
                    written.push((path, fate));
                }
            }
        }
        Ok(reports)
    });
    bar.clear();
    let (reports, back) = match done {
        Ok(done) => (done.value().clone(), how_to_go_back(&done, trial)),
        Err(error) => match error.downcast::<Rejected>() {
            Ok(rejected) => (rejected.0, None),
            Err(other) => return Err(other),
        },
    };
    Ok(account(ctx, matches, &options, Outcome { reports, back, written, trial }))
}

fn options<'a>(
    matches: &Matches,
    ctx: &Context<'_>,
    progress: &'a dyn Fn(u64, u64),
    checkpoint: &'a dyn Fn() -> Result<()>,
) -> Result<Options<'a>> {
    let mut map = Vec::new();
    for pair in matches.all(&MAP) {
        let Some((column, field)) = pair.split_once('=') else {
            let word = shown(pair);
            bail!(
                Refusal::usage(text!("--map {word} : il manque « = »", "--map {word}: “=” is missing"))
                    .hint(text!("Écrivez --map \"Colonne=champ\"", "Write --map \"Column=field\""))
            );
        };
        map.push((column.to_owned(), field.to_owned()));
    }
    Ok(Options {
        kind: matches.text(&AS).map(kind_named).transpose()?,
        empty: if matches.has(&BLANK) { EmptyCell::Blanks } else { EmptyCell::Leaves },
        dates: matches.text(&DATES).and_then(DateOrder::from_code),
        policy: if matches.has(&SKIP_BAD) { Policy::SkipBad } else { Policy::AllOrNothing },
        map,
        ignore_unknown: matches.has(&IGNORE_UNKNOWN),
        sheet: matches.text(&SHEET).map(str::to_owned),
        encoding: matches.text(&ENCODING).map(str::to_owned),
        separator: matches.text(&SEP).map(str::to_owned),
        changes_kept: if ctx.talk >= Talk::Verbose { usize::MAX } else { 20 },
        lang: ctx.lang,
        progress,
        checkpoint,
    })
}

/// The kind of a word, in French or English.
pub fn kind_named(typed: &str) -> Result<Kind> {
    let wanted = fold(typed);
    let fits = |k: &&Kind| k.code() == wanted || fold(k.label(Lang::Fr)) == wanted;
    if let Some(kind) = Kind::ALL.iter().find(fits) {
        return Ok(*kind);
    }
    let names = Kind::ALL.iter().flat_map(|k| [k.code(), k.label(Lang::Fr)]);
    let word = shown(typed);
    let refusal = Refusal::usage(text!("pas de genre « {word} »", "no kind “{word}”"));
    Err(match nearest(typed, names) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => {
            let all = Kind::CODES.join(", ");
            refusal.hint(text!("Genres : {all}", "Kinds: {all}"))
        }
    }
    .into())
}

fn read(ctx: &Context<'_>, typed: &[&str], options: &Options<'_>) -> Result<Vec<Batch>> {
    let mut batches = Vec::new();
    for name in typed {
        ctx.check_interrupt()?;
        let source = if *name == "-" {
            let bytes = ctx.read_stdin()?;
            Source::Reader("-".to_owned(), Box::new(std::io::Cursor::new(bytes)))
        } else {
            Source::File(ctx.env.file(name))
        };
        batches.push(import::read(source, options)?);
    }
    Ok(batches)
}

/// `inscrits.csv` -> `inscrits.refused.csv`, beside it; standard input's go to the current folder.
fn refused_path(ctx: &Context<'_>, typed: &[&str], report: &Report) -> PathBuf {
    let source = typed.iter().map(|t| ctx.env.file(t)).find(|p| p.display().to_string() == report.name);
    match source {
        Some(path) => path.with_extension("refused.csv"),
        None => ctx.env.file("import.refused.csv"),
    }
}

struct Outcome {
    reports: Vec<Report>,
    back: Option<Text>,
    written: Vec<(PathBuf, Fate)>,
    trial: Trial,
}

fn account(ctx: &Context<'_>, matches: &Matches, options: &Options<'_>, outcome: Outcome) -> Answer {
    let mut answer = Answer::default();
    if matches.text(&flags::FORMAT).is_some() || matches.text(&flags::OUTPUT).is_some() {
        answer = Answer::sheet(counts(ctx, &outcome.reports));
    }
    let refused: u64 = outcome.reports.iter().map(|r| r.refused).sum();
    for report in &outcome.reports {
        tell(ctx, &mut answer, report);
    }
    let kept = refused == 0 || options.policy == Policy::SkipBad;
    if refused > 0 && !kept {
        answer.said.push(text!(
            "Rien n'a été écrit. Corrigez ces lignes, ou passez-les avec --skip-bad",
            "Nothing was written. Correct these lines, or pass them with --skip-bad"
        ));
    } else if outcome.reports.iter().all(Report::changes_nothing) && outcome.trial == Trial::Real {
        answer
            .said
            .push(text!("Rien à changer : tout est déjà enregistré.", "Nothing to change: all is recorded already."));
    }
    answer.said.extend(outcome.back);
    answer.written = outcome.written;
    if refused > 0 && !kept {
        answer.code = code::DATA;
    }
    answer
}

/// One row a file.
fn counts(ctx: &Context<'_>, reports: &[Report]) -> Sheet {
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
fn short_name(_ctx: &Context<'_>, name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned())
}

fn tell(ctx: &Context<'_>, answer: &mut Answer, report: &Report) {
    let name = short_name(ctx, &report.name);
    answer.said.push(how(&name, report));
    let (c, m, i, r) = (report.created, report.changed, report.identical, report.refused);
    answer.said.push(text!(
        "  à créer : {c} · à modifier : {m} · identiques : {i} · refusées : {r}",
        "  created: {c} · changed: {m} · identical: {i} · refused: {r}"
    ));
    for changed in &report.changes {
        let words = changed.changes.iter().map(|c| {
            let (old, new) = (spoken(&c.field, c.old.as_ref()), spoken(&c.field, c.new.as_ref()));
            let (fr, en) = (c.field.fr, c.field.name);
            (format!("{fr} : {} → {}", old.fr, new.fr), format!("{en}: {} → {}", old.en, new.en))
        });
        let (fr, en): (Vec<String>, Vec<String>) = words.unzip();
        let (fr, en, line) = (fr.join(", "), en.join(", "), changed.line);
        answer.said.push(text!("  ligne {line} : {fr}", "  line {line}: {en}"));
    }
    let more = report.changed.saturating_sub(report.changes.len() as u64);
    if more > 0 {
        answer.said.push(text!(
            "  … et {more} autres lignes modifiées (-v : toutes)",
            "  … and {more} other changed lines (-v: all)"
        ));
    }
    for refused in &report.refusals {
        answer.said.push(refused_line(&name, refused));
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
