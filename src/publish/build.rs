//! The files of an export, provisional or closed: the one function behind both.

use super::already_sent::published;
use super::kept_close::{Kept, kept, previous_roots};
use super::scope::{Framed, Needs, facts, threshold};
use crate::domain::facts::{Facts, FunderFact, Scope};
use crate::domain::funder::Dialect;
use crate::domain::told::Told;
use crate::domain::{ClosedList, Lang, Text};
use crate::ops::doctor::refuse_altered;
use crate::report::manifest::{self, ExportFile, Head};
use crate::report::note::{self, Cover, Standing};
use crate::report::section::head::Counted;
use crate::report::suppression::{self, Profile, Rules};
use crate::report::{Naming, Purpose, Section, World, page};
use crate::sheet::{Cell, Column, ColumnKind, Format, Sheet, Style, render};
use crate::store::Store;
use crate::store::facts::{Breadth, MarkDetail};
use crate::text;
use anyhow::{Result, bail};

/// How an export is to be made.
pub struct Making<'a> {
    /// Its scope and period.
    pub framed: &'a Framed,
    /// Whose it is.
    pub funder: &'a FunderFact,
    /// The dialect of its tables, or the page asked for beside them.
    pub asked: Format,
    /// Whether figures may still change.
    pub standing: Standing,
    /// Data-quality errors: rule and how many records.
    pub errors: &'a [(String, usize)],
    /// Rules accepted all the same, with the reason given.
    pub accepted: &'a [(String, String)],
    /// What changed in earlier closed periods.
    pub restated: Option<Sheet>,
    /// The version of the program that signs it: this one's, but for a report that an earlier one sent.
    pub version: &'a str,
    /// The period in the words of the report.
    pub label: &'a str,
}

/// The files of an export, what they are made of, and what there is to say about them.
pub struct Made {
    /// The files.
    pub files: Vec<ExportFile>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Their sheets as printed.
    pub sheets: Vec<Sheet>,
    /// The facts behind.
    pub facts: Facts,
    /// The definitions, as text.
    pub definitions: String,
    /// What a close keeps besides its files.
    pub kept: Option<Kept>,
    /// What its reader is told of each number.
    pub told: Vec<Told>,
    /// Advice.
    pub said: Vec<Text>,
}

/// The sections of a funder's report before anything of them is masked, and what they are made of.
pub struct Unmasked {
    /// The facts behind.
    pub facts: Facts,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The sections as they are counted.
    pub counted: Vec<Counted>,
}

/// Sheets as a funder may see them.
pub struct Masked {
    /// The sheets as printed.
    pub sheets: Vec<Sheet>,
    /// What their reader is told of each number.
    pub told: Vec<Told>,
    /// Advice.
    pub said: Vec<Text>,
}

/// Counts the sections of a funder's report.
pub fn unmasked(store: &Store, framed: &Framed) -> Result<Unmasked> {
    refuse_altered(store)?;
    let (facts, sections) = gathered(store, framed)?;
    let counted = counted(&facts, &framed.scope, &sections);
    Ok(Unmasked { facts, sections, counted })
}

/// Draws the sections of a funder's report.
pub fn draw(store: &Store, framed: &Framed) -> Result<Masked> {
    let Unmasked { facts, counted, .. } = unmasked(store, framed)?;
    drawn(store, framed, &facts, counted)
}

fn drawn(store: &Store, framed: &Framed, facts: &Facts, counted: Vec<Counted>) -> Result<Masked> {
    let mut masked = masked(store, &framed.scope, counted)?;
    masked.said.extend(kept_back(&framed.kept_back(facts), threshold(&framed.scope)));
    Ok(masked)
}

/// One section as the funder of the scope may see it, or as the school does, and advice.
pub fn section(store: &Store, framed: &Framed, section: Section) -> Result<(Sheet, Vec<Text>)> {
    refuse_altered(store)?;
    let scope = &framed.scope;
    let masks = threshold(scope) > 0;
    let breadth = match section {
        // Masks hold over a whole report: a section alone is masked as it would be inside it.
        _ if masks => Breadth::Everything,
        Section::Monthly => Breadth::Month,
        Section::Attendance => Breadth::Presence,
        _ => Breadth::Everything,
    };
    let facts = facts(store, scope, &Needs { detail: detail(&[section]), breadth })?;
    let mut sections = if masks { framed.sections(&facts) } else { Vec::new() };
    if !sections.contains(&section) {
        sections.push(section);
    }
    let Masked { sheets, said, .. } = masked(store, scope, counted(&facts, scope, &sections))?;
    match framed.laid_out(sheets).into_iter().find(|sheet| sheet.key == section.code()) {
        Some(sheet) => Ok((sheet, said)),
        None => bail!("the section gave no sheet"),
    }
}

/// What the sections of a funder's report are made of, and which they are.
pub fn gathered(store: &Store, framed: &Framed) -> Result<(Facts, Vec<Section>)> {
    let needs = Needs { detail: detail(Section::ALL), breadth: Breadth::Everything };
    let facts = facts(store, &framed.scope, &needs)?;
    let sections = framed.sections(&facts);
    Ok((facts, sections))
}

/// Which sections stay at home, and why.
fn kept_back(sections: &[Section], limit: i64) -> Option<Text> {
    if sections.is_empty() {
        return None;
    }
    let list = sections.iter().map(|section| section.code()).collect::<Vec<_>>().join(", ");
    Some(text!(
        "Pas dans ce rapport : {list}. Des lignes sur des personnes ne sortent que là où rien n'est masqué ; ici les \
         nombres inférieurs à {limit} le sont.",
        "Not in this report: {list}. Lines about people go out only where nothing is masked; here counts under {limit} \
         are."
    ))
}

/// The sheets of sections, small counts masked by the funder's level, and what there is to say about it.
pub fn masked(store: &Store, scope: &Scope, mut counted: Vec<Counted>) -> Result<Masked> {
    let (mut said, mut told) = (Vec::new(), Vec::new());
    // Under an agreement nothing is masked, and there is nothing to weigh.
    if let Some(funder) = scope.funder.as_ref().filter(|_| threshold(scope) > 0) {
        let profile = Profile { funder: funder.code.clone(), level: funder.level, until: scope.as_of };
        let rules = Rules { profile: Some(profile), ..Rules::new(threshold(scope)) };
        let like: Vec<&Sheet> = counted.iter().map(|section| &section.sheet).collect();
        let earlier = published(store, scope, &like)?;
        let report = suppression::suppress(&mut counted, &rules, &earlier);
        said.extend(report.advice);
        told = report.told;
        for section in report.withheld {
            said.push(text!(
                "{section} : des lignes sur des personnes ne sortent qu'avec une convention (niveau contract)",
                "{section}: lines about people go out only under an agreement (level contract)"
            ));
        }
    }
    Ok(Masked { sheets: counted.into_iter().map(|section| section.sheet).collect(), told, said })
}

/// Makes the files of a funder's export; nothing in them depends on the clock.
pub fn make(store: &Store, making: Making<'_>, unmasked: Unmasked) -> Result<Made> {
    let Making { framed, funder, asked, .. } = making;
    let format = tables(funder, asked);
    let scope = &framed.scope;
    let Unmasked { facts, sections, counted } = unmasked;
    let Masked { mut sheets, told, mut said } = drawn(store, framed, &facts, counted)?;
    sheets.extend(making.restated.map(note::restated));
    // The figures are kept whole; the files show them as the funder wants them.
    let mut shown = framed.laid_out(sheets.clone());
    if making.standing == Standing::Draft {
        shown.iter_mut().for_each(draft);
    }
    let mut files = Vec::new();
    let mut guarded = 0;
    for sheet in &shown {
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
    let cover = Cover {
        scope,
        period: making.label.to_owned(),
        sheets: &shown,
        template: framed.layout.as_ref().map(|layout| &layout.template),
        standing: making.standing,
        threshold: threshold(scope),
        accepted: making.accepted,
    };
    let name = if funder.lang == Lang::Fr { "LISEZMOI.txt" } else { "README.txt" };
    if asked == Format::Html {
        files.push(page::file(&page::Heading::of_cover(&cover), &shown, funder.lang)?);
    }
    files.push(ExportFile { name: name.to_owned(), bytes: note::note(&cover, funder.lang).into_bytes(), rows: None });
    let definitions = note::defined(&cover, funder.lang);
    let chain_head = store.chain_head()?;
    let kept = match making.standing {
        Standing::Closed => Some(kept(scope, (&facts, &sections, &sheets), &chain_head)?),
        Standing::Provisional | Standing::Draft => None,
    };
    let (database, previous) = (store.database()?, previous_roots(store, &funder.code)?);
    let head = Head {
        version: making.version,
        database: &database,
        scope,
        standing: making.standing,
        format: format.name(),
        threshold: threshold(scope),
        chain_head: &chain_head,
        previous: &previous,
        errors: making.errors,
        accepted: making.accepted,
        template: framed.layout.as_ref().map(|layout| layout.sha256.as_str()),
    };
    let parts = kept.as_ref().map(|kept| kept.parts(&definitions)).unwrap_or_default();
    let bytes = manifest::write(&head, &files, &parts);
    files.push(ExportFile { name: "manifest.json".to_owned(), bytes, rows: None });
    Ok(Made { files, sections, sheets, facts, definitions, kept, told, said })
}

/// Says on every row of a sheet that it is a draft, on a row of its own where there is none.
fn draft(sheet: &mut Sheet) {
    if sheet.rows.is_empty() {
        sheet.rows.push(vec![Cell::Empty; sheet.columns.len()]);
    }
    sheet.columns.push(Column::new("draft", "Brouillon", "Draft", ColumnKind::Text));
    sheet.rows.iter_mut().for_each(|row| row.push(Cell::Words(note::DRAFT.clone())));
}

/// The dialect of the tables: a page goes beside those of the funder's profile.
pub fn tables(funder: &FunderFact, asked: Format) -> Format {
    match (asked, funder.dialect) {
        (Format::Html, Dialect::Csv) => Format::Csv,
        (Format::Html, Dialect::CsvFr) => Format::CsvFr,
        (dialect, _) => dialect,
    }
}

/// One table of an export as a file, and how many of its cells had to be guarded.
pub fn table(sheet: &Sheet, format: Format, lang: Lang) -> Result<(ExportFile, usize)> {
    let rendered = render(sheet, format, &Style::pipe(lang))?;
    let name = format!("{}.{}", sheet.key, format.extension());
    Ok((ExportFile { name, bytes: rendered.bytes, rows: Some(sheet.rows.len()) }, rendered.guarded))
}

/// Half-days one by one only where a section lists them.
fn detail(sections: &[Section]) -> MarkDetail {
    if sections.iter().any(|s| s.needs_half_days()) { MarkDetail::OneByOne } else { MarkDetail::Summed }
}

/// The sheets of sections, nothing masked.
pub fn plain(facts: &Facts, scope: &Scope, sections: &[Section]) -> Vec<Sheet> {
    counted(facts, scope, sections).into_iter().map(|section| section.sheet).collect()
}

/// The same with what heads each row, as suppression needs them.
pub fn counted(facts: &Facts, scope: &Scope, sections: &[Section]) -> Vec<Counted> {
    let world = World::new(facts, scope, Purpose::Figures);
    let naming = scope.funder.as_ref().map_or(Naming::Slug, Naming::of_funder);
    sections.iter().filter_map(|s| s.counted(&world, &naming)).collect()
}
