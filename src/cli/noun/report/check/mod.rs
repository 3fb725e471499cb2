//! `fil report check`: an export as its reader gets it, examined before it is sent.

mod folder;

use crate::cli::parser::flags::{self, Flag, Takes};
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::domain::kind::{FieldAt, trainee};
use crate::domain::{Kind, Text};
use crate::fixed;
use crate::report::known_people::{Known, KnownPeople, Trace};
use crate::report::reread::{Reread, machine_name};
use crate::report::suppression::{Leak, Published, audit_beside};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::Store;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;
use folder::{Folder, Table};

/// `fil report check`.
pub const VERB: Verb = Verb {
    names: &["check", "controler"],
    about: fixed!("Cherche ce qu'un dossier ne doit pas dire.", "Looks for what a folder must not give away."),
    examples: [
        fixed!("fil report check exports/2018-11_break-poverty"),
        fixed!("fil report check exports/2018-12_ca --held exports/2018-11_ca"),
    ],
    flags: &[&[DIR, HELD], flags::TABLE],
    run: Run::With(run),
};

const DIR: Flag = Flag::word(
    "export",
    fixed!("DOSSIER", "DIR"),
    fixed!("le dossier d'un rapport, prêt à partir", "the folder of a report, ready to be sent"),
);
const HELD: Flag = Flag {
    takes: Takes::Many,
    ..Flag::option(
        "held",
        fixed!("DOSSIER", "DIR"),
        fixed!("un rapport que le financeur a déjà", "a report that the funder already holds"),
    )
}
.also(&["deja-envoye"]);

/// Whether a finding keeps the folder from being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Severity {
    Error,
    Warning,
}

/// One finding, and where.
#[derive(Debug)]
struct Finding {
    file: String,
    row: Option<usize>,
    column: String,
    code: &'static str,
    severity: Severity,
    message: Text,
}

impl Finding {
    fn error(file: &str, code: &'static str, message: Text) -> Finding {
        let (file, severity) = (file.to_owned(), Severity::Error);
        Finding { file, row: None, column: String::new(), code, severity, message }
    }
    fn warning(file: &str, code: &'static str, message: Text) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(file, code, message) }
    }
    fn at(self, row: usize, column: &str) -> Finding {
        Finding { row: Some(row), column: column.to_owned(), ..self }
    }
}

/// Examines a folder.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let (mut answer, mut found, mut held) = (Answer::default(), Vec::new(), Vec::new());
    let store = match ctx.open() {
        Ok(store) => Some(store),
        Err(_) => {
            answer.said.push(text!(
                "Base non ouverte : les noms des stagiaires n'ont pas été cherchés dans ce dossier.",
                "The database was not opened: the names of the trainees were not looked for in this folder."
            ));
            None
        }
    };
    let folder = Folder::read(&ctx.env.file(matches.need(&DIR)?), store.as_ref(), &mut found)?;
    for typed in matches.all(&HELD) {
        // Its own faults are told when it is examined itself.
        let earlier = Folder::read(&ctx.env.file(typed), store.as_ref(), &mut Vec::new())?;
        held.push(Published { sheets: earlier.tables.into_iter().filter_map(|t| t.sheet).collect() });
    }
    let threshold = threshold(store.as_ref(), &folder)?;
    figures(&folder, threshold, &held, &mut found);
    for table in &folder.tables {
        for (row, column) in table.rows.formulas() {
            found.push(formula(table).at(row + 1, key_of(table, column)));
        }
    }
    if let Some(store) = &store {
        let people = KnownPeople::new(people(store)?);
        folder.tables.iter().for_each(|table| names(table, &people, &mut found));
    }
    let files = folder.count;
    Ok(tell(answer, found, files))
}

fn tell(answer: Answer, found: Vec<Finding>, files: usize) -> Answer {
    let errors = found.iter().filter(|f| f.severity == Severity::Error).count();
    let mut answer = Answer { body: crate::cli::run::answer::Body::Sheet(sheet(&found)), ..answer }
        .when_empty(text!("Rien à retenir : {files} fichiers relus.", "Nothing to withhold: {files} files read."));
    if found.is_empty() {
        return answer;
    }
    answer.said.push(match errors {
        0 => text!("✓ Rien n'empêche d'envoyer ce dossier.", "✓ Nothing keeps this folder from being sent."),
        1 => {
            text!("✗ 1 constat : n'envoyez pas ce dossier tel quel.", "✗ 1 finding: do not send this folder as it is.")
        }
        n => {
            text!(
                "✗ {n} constats : n'envoyez pas ce dossier tel quel.",
                "✗ {n} findings: do not send this folder as it is."
            )
        }
    });
    if errors == 0 {
        return answer;
    }
    answer
        .say(text!(
            "Pour le refaire : fil report export PÉRIODE --funder CODE --force",
            "To make it again: fil report export PERIOD --funder CODE --force"
        ))
        .refused()
}

/// Counts below this must not be readable: what the manifest says, or the profile of the funder when it asks for more.
fn threshold(store: Option<&Store>, folder: &Folder) -> Result<i64> {
    let profile = match (store, &folder.funder) {
        (Some(store), Some(funder)) => store.funder_fact(funder)?,
        _ => None,
    };
    let today = profile.map_or(0, |f| f.suppress_below.unwrap_or_else(|| f.level.threshold()));
    Ok(today.max(folder.threshold))
}

/// What the figures give away.
fn figures(folder: &Folder, threshold: i64, held: &[Published], found: &mut Vec<Finding>) {
    for table in &folder.tables {
        match &table.sheet {
            None if table.is_csv && table.section() == "quality" => found.push(Finding::error(
                &table.file,
                "quality",
                text!("la section quality ne sort jamais de l'école", "the section quality never leaves the school"),
            )),
            None if table.is_csv && threshold > 0 => found.push(Finding::warning(
                &table.file,
                "not_examined",
                text!(
                    "section inconnue : ses petits effectifs n'ont pas été examinés",
                    "unknown section: its small counts were not examined"
                ),
            )),
            _ => {}
        }
        for header in &table.strange {
            let header = crate::domain::folding::shown(header);
            found.push(Finding::error(
                &table.file,
                "unknown_column",
                text!("colonne inconnue : {header}", "unknown column: {header}"),
            ));
        }
    }
    let sheets: Vec<Sheet> = folder.tables.iter().filter_map(|t| t.sheet.clone()).collect();
    for leak in audit_beside(&sheets, threshold, held) {
        let file = folder.tables.iter().find(|t| t.sheet.is_some() && t.section() == leak.section);
        let finding = Finding::error(file.map_or(&leak.section, |t| &t.file), code(leak.leak), leak.sentence());
        found.push(if leak.row == 0 { finding } else { finding.at(leak.row, &leak.column) });
    }
}

fn code(leak: Leak) -> &'static str {
    match leak {
        Leak::Small => "small_count",
        Leak::Recomputable(_) => "recomputable",
        Leak::Deducible => "deducible",
        Leak::Lines => "lines",
    }
}

fn formula(table: &Table) -> Finding {
    Finding::error(
        &table.file,
        "formula",
        text!(
            "un tableur exécuterait cette cellule : il manque l'apostrophe qui la protège",
            "a spreadsheet would run this cell: the apostrophe that guards it is missing"
        ),
    )
}

/// Everybody of the school, with the slugs of records merged into theirs.
fn people(store: &Store) -> Result<Vec<Known>> {
    let lookup = store.lookup();
    let mut people = Vec::new();
    lookup.each(Kind::Trainees, Which::All, &mut |record| {
        let own = |field: FieldAt| record.text(field).map(str::to_owned);
        people.push(Known {
            slug: own(trainee::TRAINEE).unwrap_or_default(),
            last_name: own(trainee::LAST_NAME).unwrap_or_default(),
            first_name: own(trainee::FIRST_NAME).unwrap_or_default(),
            phone: own(trainee::PHONE),
            email: own(trainee::EMAIL),
        });
        Ok(())
    })?;
    let former = lookup.former_slugs()?;
    people.extend(former.into_iter().map(|(slug, _)| Known { slug, ..Known::default() }));
    Ok(people)
}

fn names(table: &Table, people: &KnownPeople, found: &mut Vec<Finding>) {
    let Table { file, rows, .. } = table;
    let Reread { headers, rows, .. } = rows;
    for (number, row) in std::iter::once(headers).chain(rows).enumerate() {
        for (column, trace, slug) in people.traces(row) {
            let (code, message) = match trace {
                Trace::Slug => ("slug", text!("le nom court de {slug}", "the slug of {slug}")),
                Trace::Name => ("name", text!("le nom de {slug}", "the name of {slug}")),
                Trace::Phone => ("phone", text!("le téléphone de {slug}", "the phone number of {slug}")),
                Trace::Email => ("email", text!("le courriel de {slug}", "the e-mail address of {slug}")),
            };
            found.push(Finding::error(file, code, message).at(number, key_of(table, column)));
        }
    }
}

fn key_of(table: &Table, column: usize) -> &str {
    let header = table.rows.headers.get(column).map_or("", String::as_str);
    machine_name(table.like.as_ref(), header)
}

fn sheet(found: &[Finding]) -> Sheet {
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let columns = vec![
        code("file", "Fichier", "File"),
        code("row", "Ligne", "Row"),
        code("column", "Colonne", "Column"),
        code("finding", "Constat", "Finding"),
        code("severity", "Gravité", "Severity").hide_first(2),
        Column::new("message", "En clair", "In words", ColumnKind::Text).hide_first(1),
    ];
    let mut sheet = Sheet::new("check", columns);
    sheet.rows = found
        .iter()
        .map(|f| {
            vec![
                Cell::Text(f.file.clone()),
                Cell::int(f.row.map(|row| row as i64)),
                Cell::text((!f.column.is_empty()).then(|| f.column.clone())),
                Cell::Text(f.code.to_owned()),
                Cell::Text(if f.severity == Severity::Error { "error" } else { "warning" }.to_owned()),
                Cell::Words(f.message.clone()),
            ]
        })
        .collect();
    sheet
}
