//! `fil import`: files in, all or nothing, with every refused line explained.

use crate::cli::noun::prelude::*;
use crate::cli::parser::flags::{self, Flag, Takes};
use crate::cli::run::errors::code;
use crate::cli::run::work_bar::WorkBar;
use crate::domain::folding::shown;
use crate::domain::shell::command_line;
use crate::domain::{Act, ClosedList, Refusal, Text};
use crate::import::columns::names::same_header;
use crate::import::{self, Batch, Options, Policy, Rejected, Report, Source};
use crate::ops::written_file::{self, Existing, Fate};
use crate::ops::{Accepted, Likely, Mode, Saving};
use crate::report::indicator;
use std::path::PathBuf;

mod said;
mod told;

pub use said::kind_named;

use said::options;
use told::{counts, tell, unread};

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
        IGNORE,
        IGNORE_UNKNOWN,
        COHORT,
        SET,
        VALUE,
        ACCEPT,
        MERGE_LIKELY,
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
    fixed!("le genre (sinon deviné des en-têtes)", "the kind of records (else guessed)"),
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
const ACCEPT: Flag = Flag {
    takes: Takes::Many,
    hidden: true,
    ..Flag::option(
        "accept",
        fixed!("CODE", "CODE"),
        fixed!("laisse passer ce qui est refusé sous ce code", "lets pass what is refused under this code"),
    )
}
.also(&["accepter"]);
const MERGE_LIKELY: Flag = Flag {
    hidden: true,
    ..Flag::switch(
        "merge-likely",
        fixed!("une personne probable est la même", "somebody who is probably known is the same person"),
    )
};
const IGNORE: Flag = Flag {
    takes: Takes::Many,
    ..Flag::option(
        "ignore",
        fixed!("COLONNE", "COLUMN"),
        fixed!("laisse cette colonne de côté", "leaves this column out"),
    )
}
.also(&["ignorer"]);
const COHORT: Flag = Flag::option(
    "cohort",
    fixed!("PROMO", "COHORT"),
    fixed!("la promotion de toutes les lignes", "the cohort of all the rows"),
)
.short('c');
const SET: Flag = Flag {
    takes: Takes::Many,
    ..Flag::option(
        "set",
        fixed!("CHAMP=VALEUR", "FIELD=VALUE"),
        fixed!("ce que disent toutes les lignes", "what all the rows say"),
    )
};
const VALUE: Flag = Flag {
    takes: Takes::Many,
    ..Flag::option(
        "value",
        fixed!("CHAMP:MOT=VALEUR", "FIELD:WORD=VALUE"),
        fixed!("ce que veut dire un mot d'une colonne", "what a word of a column means"),
    )
}
.also(&["valeur"]);
const IGNORE_UNKNOWN: Flag = Flag {
    hidden: true,
    ..Flag::switch("ignore-unknown", fixed!("laisse passer les colonnes inconnues", "lets unknown columns pass"))
}
.also(&["ignorer-inconnues"]);
const SHEET: Flag =
    Flag::option("sheet", fixed!("FEUILLE", "SHEET"), fixed!("la feuille d'un classeur", "the sheet of a workbook"))
        .also(&["feuille"]);
const ENCODING: Flag = Flag {
    hidden: true,
    ..Flag::option("encoding", fixed!("CODAGE", "ENCODING"), fixed!("utf-8, windows-1252…", "utf-8, windows-1252…"))
};
const SEP: Flag = Flag {
    hidden: true,
    ..Flag::option("sep", fixed!("SIGNE", "SIGN"), fixed!("le séparateur : , ; tab |", "the separator: , ; tab |"))
};

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let bar = WorkBar::new(ctx);
    let progress = |done, all| bar.at(done, all);
    let checkpoint = || ctx.check_interrupt();
    let options = options(matches, ctx, &progress, &checkpoint)?;
    let typed = matches.all(&FILES);
    let batches = match read(ctx, &typed, &options) {
        Ok(batches) => batches,
        Err(error) => return unread(error),
    };
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
    let codes: Vec<String> = matches.all(&ACCEPT).into_iter().map(str::to_owned).collect();
    let likely = if matches.has(&MERGE_LIKELY) { Likely::Same } else { Likely::New };
    let accepted = Accepted { codes: &codes, likely };
    let done = ctx.write(Act::Import, kind, trial, |tx| {
        let indicator = |key: &str| indicator::find(key).is_some();
        let mut saving = Saving {
            mode: Mode::Upsert,
            today: ctx.today,
            secret: &mut secret,
            indicator: &indicator,
            figure: &crate::cli::ask::entry::promisable,
            accepted,
        };
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
    refuse_strange_maps(&batches, options)?;
    Ok(batches)
}

/// Of several files one at least has the column that `--map` names.
fn refuse_strange_maps(batches: &[Batch], options: &Options<'_>) -> Result<()> {
    for (from, _) in options.map.iter().filter(|_| options.several) {
        if !batches.iter().any(|batch| batch.header().iter().any(|header| same_header(header, from))) {
            let from = shown(from);
            bail!(Refusal::usage(text!(
                "--map : aucun fichier n'a de colonne « {from} »",
                "--map: no file has a column “{from}”"
            )));
        }
    }
    Ok(())
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
        answer.refusals.push(text!(
            "Rien n'a été écrit. Corrigez ces lignes, ou passez-les avec --skip-bad",
            "Nothing was written. Correct these lines, or pass them with --skip-bad"
        ));
        let bad: Vec<&Report> = outcome.reports.iter().filter(|r| r.refused > 0).collect();
        if bad.iter().all(|report| !report.ready.is_empty()) {
            let words: Vec<String> = bad.iter().flat_map(|report| report.ready.iter().cloned()).collect();
            answer.refusals.push(text!("Ou ajoutez à la même commande :", "Or add to the same command:"));
            answer.refusals.push(Text::same(command_line(&words)));
        }
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
