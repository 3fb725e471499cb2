//! Reports that leave the school: making one, finding the same one again, and writing again one that left before.

use super::build::{Made, Making, Unmasked, make, tables, unmasked};
use super::data_quality::quality_errors;
use super::scope::{Framed, layout, threshold};
use super::standing_close::kept_files;
use crate::domain::facts::{FunderFact, Scope};
use crate::domain::funder::Dialect;
use crate::domain::id::{CohortId, OpId, ReleaseId};
use crate::domain::told::{self, Told};
use crate::domain::{ClosedList, Refusal, Text};
use crate::ops::quality::Purpose;
use crate::report::manifest::{self, ExportFile, Head, sha256};
use crate::report::note::Standing;
use crate::report::packing;
use crate::sheet::{Format, Style, render};
use crate::store::Store;
use crate::store::releases::{NewRelease, Release, ReleaseFile, ReleaseKind, SameRelease};
use crate::text;
use anyhow::{Context as _, Result, bail, ensure};

/// A report about to leave.
pub struct Sending {
    /// Its files.
    pub files: Vec<ExportFile>,
    /// Advice.
    pub said: Vec<Text>,
    /// Data-quality errors: rule and how many records.
    pub errors: Vec<(String, usize)>,
    /// Whether it left before.
    pub standing: Departure,
}

/// Whether a report left before.
pub enum Departure {
    /// It is to be recorded before its files are written.
    New {
        /// What is recorded.
        release: Box<NewRelease>,
        /// The newest operation when its figures were computed.
        computed_at: OpId,
    },
    /// The same question was asked of the same data: it is that release again.
    Again(ReleaseId),
}

/// How a report is to be made.
#[derive(Clone, Copy)]
pub struct SendingRequest<'a> {
    /// Its scope and period.
    pub framed: &'a Framed,
    /// The dialect of its tables, or the page asked for beside them.
    pub asked: Format,
    /// The name of its folder.
    pub folder: &'a str,
}

/// Makes the report of a period that is not closed, or finds it where it left before.
pub fn prepare(store: &Store, request: SendingRequest<'_>) -> Result<Sending> {
    let SendingRequest { framed, asked, .. } = request;
    let funder = funder_of(framed)?;
    let errors = quality_errors(store, framed, Purpose::Look)?;
    // Whatever somebody else writes from here on is not in the figures: the recording refuses then.
    let computed_at = store.newest_operation()?;
    let unmasked = unmasked(store, framed)?;
    let data = fingerprint(store, framed, &unmasked, &errors)?;
    let scope = &framed.scope;
    let template = framed.layout.as_ref().map(|layout| layout.sha256.as_str());
    let days = (scope.from, scope.to);
    let same = SameRelease { funder: &funder.code, days, as_of: scope.as_of, template, data: &data };
    if let Some(known) = store.same_release(&same)? {
        let made = rebuilt(store, &known, asked)?;
        return Ok(Sending { files: made.files, said: made.said, errors, standing: Departure::Again(known.number) });
    }
    let label = label(framed, funder);
    let making = Making { standing: Standing::Provisional, errors: &errors, ..plain(framed, funder, asked, &label) };
    let cohorts = cohorts_of(&unmasked);
    let made = make(store, making, unmasked)?;
    let files = files_of(&made.files);
    let release = NewRelease { files, ..recorded(request, &made, cohorts, data)? };
    let standing = Departure::New { release: Box::new(release), computed_at };
    Ok(Sending { files: made.files, said: made.said, errors, standing })
}

/// Makes a report that stays at home: every page and file of it says so.
pub fn draft(store: &Store, framed: &Framed, asked: Format) -> Result<Made> {
    let funder = funder_of(framed)?;
    let errors = quality_errors(store, framed, Purpose::Look)?;
    let label = label(framed, funder);
    let making = Making { standing: Standing::Draft, errors: &errors, ..plain(framed, funder, asked, &label) };
    make(store, making, unmasked(store, framed)?)
}

fn plain<'a>(framed: &'a Framed, funder: &'a FunderFact, asked: Format, label: &'a str) -> Making<'a> {
    Making {
        framed,
        funder,
        asked,
        standing: Standing::Provisional,
        errors: &[],
        accepted: &[],
        restated: None,
        version: env!("CARGO_PKG_VERSION"),
        label,
    }
}

/// The period in the words of the report.
pub fn label(framed: &Framed, funder: &FunderFact) -> String {
    framed.period.as_ref().map(|period| period.label().get(funder.lang).to_owned()).unwrap_or_default()
}

fn funder_of(framed: &Framed) -> Result<&FunderFact> {
    framed.scope.funder.as_ref().context("the scope lost its funder")
}

/// The numbers of the begun cohorts of a report.
pub fn cohorts_of(unmasked: &Unmasked) -> Vec<CohortId> {
    unmasked.facts.cohorts.iter().map(|cohort| cohort.id).collect()
}

/// The files of a report as a release keeps them.
fn files_of(files: &[ExportFile]) -> Vec<ReleaseFile> {
    let file =
        |f: &ExportFile| ReleaseFile { name: f.name.clone(), rows: f.rows.map(|n| n as i64), sha256: sha256(&f.bytes) };
    files.iter().map(file).collect()
}

/// What is recorded of a provisional report; a close turns it into one of its own kind.
pub fn recorded(request: SendingRequest<'_>, made: &Made, cohorts: Vec<CohortId>, data: String) -> Result<NewRelease> {
    let SendingRequest { framed, asked, folder } = request;
    let (scope, funder) = (&framed.scope, funder_of(framed)?);
    let manifest = made.files.iter().find(|f| f.name == super::manifest::MANIFEST);
    let head = Release {
        number: ReleaseId::from_number(0),
        kind: ReleaseKind::Export,
        funder: funder.code.clone(),
        period: framed.period_name().unwrap_or_default(),
        label: label(framed, funder),
        from: scope.from,
        to: scope.to,
        as_of: scope.as_of,
        op: OpId::NONE,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        format: asked.name().to_owned(),
        level: funder.level.code().to_owned(),
        threshold: threshold(scope),
        settings: manifest::settings(scope).to_string(),
        template: framed.layout.as_ref().map(|layout| layout.sha256.clone()),
        folder: folder.to_owned(),
        data,
        manifest: manifest.map(|f| sha256(&f.bytes)).unwrap_or_default(),
        cohorts: Some(cohorts),
    };
    Ok(NewRelease { head, files: Vec::new(), told: packing::pack(told::write(&made.told).as_bytes())? })
}

/// The fingerprint of everything that a report says, before masking and whatever its format: two reports of one
/// fingerprint say the same.
pub fn fingerprint(store: &Store, framed: &Framed, unmasked: &Unmasked, errors: &[(String, usize)]) -> Result<String> {
    let mut scope = framed.scope.clone();
    if let Some(funder) = &mut scope.funder {
        funder.dialect = Dialect::Csv;
    }
    let head = Head {
        version: "",
        database: &store.database()?,
        scope: &scope,
        standing: Standing::Provisional,
        format: "",
        threshold: threshold(&scope),
        // What was written or sent meanwhile does not make it another report.
        chain_head: "",
        previous: &[],
        errors,
        accepted: &[],
        template: framed.layout.as_ref().map(|layout| layout.sha256.as_str()),
    };
    let mut bytes = manifest::write(&head, &[], &[]);
    let style = Style::pipe(funder_of(framed)?.lang);
    for section in &unmasked.counted {
        bytes.extend(section.sheet.key.as_bytes());
        bytes.extend(render(&section.sheet, Format::Csv, &style)?.bytes);
    }
    Ok(sha256(&bytes))
}

/// What a release told of each number; nothing where an older program sent it and kept only the files.
pub fn told(store: &Store, release: ReleaseId) -> Result<Option<Vec<Told>>> {
    let Some(packed) = store.told(release)? else { return Ok(None) };
    let text = packing::unpack(&packed).and_then(|text| told::read(&text));
    text.map(Some).with_context(|| format!("what release {release} told cannot be read"))
}

/// The files of a release, byte for byte as they left: kept ones of a close, made again for the others.
///
/// # Errors
/// A refusal when kept bytes are damaged, and when this program does not give the same bytes any more.
pub fn files_again(store: &Store, release: &Release) -> Result<Vec<ExportFile>> {
    match release.kind {
        ReleaseKind::Close => {
            let number = release.number.into();
            let close = store.closes(Some(&release.funder))?.into_iter().find(|close| close.number == number);
            kept_files(store, &close.with_context(|| format!("release {number} lost its close"))?)
        }
        ReleaseKind::Export => Ok(rebuilt(store, release, Format::parse(&release.format)?)?.files),
    }
}

/// Makes a provisional report again from what the file held and what had left when it was recorded, in any format.
fn rebuilt(store: &Store, release: &Release, asked: Format) -> Result<Made> {
    let then = store.as_left_by(release.op.before())?;
    let framed = framed_then(&then, release)?;
    let funder = funder_of(&framed)?;
    let errors = quality_errors(&then, &framed, Purpose::Look)?;
    let first = Format::parse(&release.format)?;
    let in_format = |asked| {
        let making =
            Making { errors: &errors, version: &release.version, ..plain(&framed, funder, asked, &release.label) };
        make(&then, making, unmasked(&then, &framed)?)
    };
    let made = in_format(first)?;
    let kept = store.release_files(release.number)?;
    let now = files_of(&made.files);
    if let Some(file) = kept.iter().find(|file| !now.contains(file)).or(now.iter().find(|file| !kept.contains(file))) {
        bail!(other_bytes(release, &file.name));
    }
    if asked == first
        || (tables(funder, asked), asked == Format::Html) == (tables(funder, first), first == Format::Html)
    {
        return Ok(made);
    }
    in_format(asked)
}

/// The scope of a provisional report as it was framed.
fn framed_then(then: &Store, release: &Release) -> Result<Framed> {
    let funder = then.funder_fact(&release.funder)?;
    let mut funder = funder.with_context(|| format!("release {} lost its funder", release.number))?;
    let layout = layout(then, &mut funder)?;
    ensure!(
        layout.as_ref().map(|layout| &layout.sha256) == release.template.as_ref(),
        "release {} lost its layout",
        release.number
    );
    let scope = Scope {
        from: release.from,
        to: release.to,
        as_of: release.as_of,
        known_on: None,
        cohorts: None,
        funder: Some(funder),
        settings: then.settings_fact()?,
    };
    Ok(Framed { scope, period: None, echoes: Vec::new(), layout })
}

fn other_bytes(release: &Release, file: &str) -> Refusal {
    let (number, version) = (release.number, &release.version);
    Refusal::data(text!(
        "l'envoi {number} ne se refait pas à l'identique : {file} diffère",
        "release {number} cannot be made again as it was: {file} differs"
    ))
    .why(text!(
        "ses données ou le programme ont changé depuis (fil {version})",
        "its data or the program changed since (fil {version})"
    ))
    .hint(text!(
        "Le dossier envoyé fait foi. Ce qu'il serait aujourd'hui : --draft    Ce qui a changé : fil log",
        "The folder that was sent stands. What it would be today: --draft    What changed: fil log"
    ))
}
