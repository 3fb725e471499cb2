//! `fil report export`: each funder's folder of files with its manifest and its one-page note.

use super::folder;
use super::scope::{Asked, Framed, Missing, Needs, facts, frame, is_open, period_name, threshold};
use super::show::{detail, masked};
use super::{ALL, DIALECT, FUNDERS, PERIOD};
use crate::cli::answer::{Answer, Fate};
use crate::cli::context::Context;
use crate::cli::destination::Existing;
use crate::cli::errors::{code_of, worst};
use crate::cli::flags;
use crate::cli::matches::Matches;
use crate::domain::facts::{Facts, FunderFact};
use crate::domain::funder::Dialect;
use crate::domain::{ClosedList, Lang, Refusal, Text};
use crate::ops::quality::Purpose;
use crate::report::manifest::{self, ExportFile, Head};
use crate::report::note::{self, Cover, Standing};
use crate::report::{Section, page};
use crate::sheet::{Format, Sheet, Style, render};
use crate::store::Store;
use crate::store::facts::Breadth;
use crate::text;
use anyhow::{Result, bail};
use std::path::Path;

/// Exports the reports of the funders asked for; one that fails does not stop the others.
pub fn run(matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let funders = funders(&store, matches)?;
    let place = ctx.env.file(matches.text(&flags::FOLDER).unwrap_or("exports/"));
    let mut answer = Answer::default();
    let mut codes = Vec::new();
    let mut echoed = false;
    for funder in &funders {
        ctx.check_interrupt()?;
        match one(ctx, &store, matches, funder, &place) {
            Ok(done) => {
                if !echoed {
                    answer.said.extend(done.echoes.clone());
                    echoed = true;
                }
                answer.said.extend(done.said);
            }
            // A wrong flag is wrong for every funder alike.
            Err(error) if funders.len() == 1 => return Err(error),
            Err(error) => {
                let refusal = error.chain().find_map(|e| e.downcast_ref::<Refusal>());
                let Some(refusal) = refusal else { return Err(error) };
                if refusal.reason == crate::domain::Reason::Usage {
                    return Err(error);
                }
                codes.push(code_of(refusal.reason));
                answer.said.push(failure(funder, refusal));
            }
        }
    }
    let written = funders.len() - codes.len();
    answer.said.push(match written {
        0 => text!("Aucun rapport écrit.", "No report written."),
        1 => text!("1 rapport écrit.", "1 report written."),
        n => text!("{n} rapports écrits.", "{n} reports written."),
    });
    answer.code = worst(codes);
    Ok(answer)
}

fn failure(funder: &str, refusal: &Refusal) -> Text {
    let join = |lang| refusal.lines(lang).join(" ; ");
    let (fr, en) = (join(Lang::Fr), join(Lang::En));
    text!("✗ {funder} : {fr}", "✗ {funder}: {en}")
}

fn funders(store: &Store, matches: &Matches) -> Result<Vec<String>> {
    let typed = matches.all(&FUNDERS);
    match (matches.has(&ALL), typed.is_empty()) {
        (true, false) => bail!(
            Refusal::usage(text!("--all et --funder ensemble", "--all and --funder together"))
                .hint(text!("Gardez l'un des deux.", "Keep one of them."))
        ),
        (false, false) => Ok(typed.into_iter().map(str::to_owned).collect()),
        (true, true) => {
            let all = store.lookup().codes(crate::domain::kind::Target::Funder)?;
            if all.is_empty() {
                bail!(
                    Refusal::data(text!("il n'y a pas de financeur", "there is no funder"))
                        .hint(text!("Ajoutez-en un : fil funder add", "Add one: fil funder add"))
                );
            }
            Ok(all)
        }
        (false, true) => bail!(
            Refusal::usage(text!("pour quel financeur ?", "for which funder?"))
                .hint(text!("Ajoutez --funder CODE, ou --all", "Add --funder CODE, or --all"))
        ),
    }
}

/// What came of one funder's export.
struct Done {
    echoes: Vec<Text>,
    said: Vec<Text>,
}

fn one(ctx: &Context<'_>, store: &Store, matches: &Matches, funder: &str, place: &Path) -> Result<Done> {
    let asked = Asked { matches, period: matches.text(&PERIOD), funder: Some(funder), missing: Missing::LastMonth };
    let framed = frame(ctx, store, &asked)?;
    let Some(profile) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    let format = match matches.text(&DIALECT) {
        Some(asked) => Format::parse(asked)?,
        None if profile.dialect == Dialect::Csv => Format::Csv,
        None => Format::CsvFr,
    };
    let errors = super::quality_errors(store, &framed, Purpose::Look)?;
    let made = make(store, &framed, &profile, format, &errors)?;
    let period = period_name(&framed).unwrap_or_default();
    let name = manifest::folder_name(&period, &profile.code);
    let existing = if matches.has(&flags::FORCE) { Existing::Replace } else { Existing::Keep };
    let fate = folder::write(place, &name, &made.files, existing)?;
    let mut said = vec![sentence(place, &name, &made.files, fate, is_open(&framed.scope))];
    said.extend(
        errors
            .iter()
            .map(|(rule, count)| text!("  !  {rule} : {count}    fil check", "  !  {rule}: {count}    fil check")),
    );
    said.extend(made.said);
    Ok(Done { echoes: framed.echoes, said })
}

fn sentence(place: &std::path::Path, name: &str, files: &[ExportFile], fate: Fate, open: bool) -> Text {
    let shown = place.join(name);
    let (shown, n) = (shown.display(), files.len());
    let state = match (open, fate) {
        (_, Fate::Unchanged) => Text::new("inchangé", "unchanged"),
        (true, _) => Text::new("provisoire, période en cours", "provisional, period still open"),
        (false, _) => Text::new("provisoire", "provisional"),
    };
    let (fr, en) = (state.fr, state.en);
    text!("✓ {shown}/    {n} fichiers    {fr}", "✓ {shown}/    {n} files    {en}")
}

/// The dialect of the tables: a page goes beside those of the funder's profile.
fn dialect(funder: &FunderFact, asked: Format) -> Format {
    match (asked, funder.dialect) {
        (Format::Html, Dialect::Csv) => Format::Csv,
        (Format::Html, Dialect::CsvFr) => Format::CsvFr,
        (dialect, _) => dialect,
    }
}

/// The files of an export and what there is to say about them.
pub struct Made {
    /// The files.
    pub files: Vec<ExportFile>,
    /// Advice.
    pub said: Vec<Text>,
}

/// Makes the files of a funder's export; nothing in them depends on the clock.
pub fn make(
    store: &Store,
    framed: &Framed,
    funder: &FunderFact,
    asked: Format,
    errors: &[(String, usize)],
) -> Result<Made> {
    let format = dialect(funder, asked);
    let scope = &framed.scope;
    let all: &[Section] = Section::ALL;
    let facts: Facts = facts(store, scope, &Needs { detail: detail(all), breadth: Breadth::Everything })?;
    let sections = framed.sections(&facts);
    let (sheets, mut said) = masked(&facts, scope, &sections);
    let sheets = framed.laid_out(sheets);
    let mut files = Vec::new();
    let mut guarded = 0;
    for sheet in &sheets {
        let (file, count) = table(sheet, format, funder.lang)?;
        guarded += count;
        files.push(file);
    }
    if guarded > 0 {
        said.push(text!(
            "{guarded} cellules commençaient comme une formule : une apostrophe les précède.",
            "{guarded} cells began like a formula: an apostrophe precedes them."
        ));
    }
    let label = framed.period.as_ref().map(|p| p.label().get(funder.lang).to_owned()).unwrap_or_default();
    let cover = Cover {
        scope,
        period: label,
        sheets: &sheets,
        template: framed.layout.as_ref().map(|layout| &layout.template),
        standing: Standing::Provisional,
        threshold: threshold(scope),
    };
    let name = if funder.lang == Lang::Fr { "LISEZMOI.txt" } else { "README.txt" };
    if asked == Format::Html {
        files.push(page::file(&page::Heading::of_cover(&cover), &sheets, funder.lang)?);
    }
    files.push(ExportFile { name: name.to_owned(), bytes: note::note(&cover, funder.lang).into_bytes(), rows: None });
    let database = store.database()?;
    let head = Head {
        version: env!("CARGO_PKG_VERSION"),
        database: &database,
        scope,
        standing: Standing::Provisional,
        format: format.name(),
        threshold: threshold(scope),
        errors,
        accepted: &[],
        template: framed.layout.as_ref().map(|layout| layout.sha256.as_str()),
    };
    let bytes = manifest::write(&head, &files);
    files.push(ExportFile { name: "manifest.json".to_owned(), bytes, rows: None });
    Ok(Made { files, said })
}

fn table(sheet: &Sheet, format: Format, lang: Lang) -> Result<(ExportFile, usize)> {
    let rendered = render(sheet, format, &Style::pipe(lang))?;
    let name = format!("{}.{}", sheet.key, format.extension());
    Ok((ExportFile { name, bytes: rendered.bytes, rows: Some(sheet.rows.len()) }, rendered.guarded))
}
