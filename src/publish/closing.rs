//! A report about to be closed: what stands in its way, its files, and everything that the close keeps.

use super::build::{Made, Making, make, tables, unmasked};
use super::data_quality::quality_scope;
use super::kept_close::root_of_manifest;
use super::release::{self, SendingRequest};
use super::restated::restated;
use super::scope::{Framed, threshold};
use crate::domain::facts::FunderFact;
use crate::domain::id::{CloseId, OpId};
use crate::domain::{ClosedList, Date, Lang, Refusal};
use crate::ops::quality::{self, Purpose, Rule};
use crate::report::manifest::{self, ExportFile, sha256};
use crate::report::note::Standing;
use crate::sheet::Format;
use crate::store::Store;
use crate::store::releases::{NewRelease, Release, ReleaseKind};
use crate::store::sent::{Close, CloseFile, NewClose};
use crate::text;
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// Rules, each with why its errors are accepted.
pub type Accepted = Vec<(String, String)>;

/// The data-quality errors of a period.
struct Quality {
    /// Rule and how many records.
    errors: Vec<(String, usize)>,
    /// Those accepted all the same.
    accepted: Accepted,
}

/// A report to close.
pub struct ClosingRequest<'a> {
    /// Its scope and period.
    pub framed: &'a Framed,
    /// The dialect of its tables, or the page asked for beside them.
    pub asked: Format,
    /// Rules accepted in spite of their errors.
    pub accepted: Accepted,
    /// The name of its folder.
    pub folder: &'a str,
}

/// A report as it would be issued.
pub struct Closing {
    /// Its files.
    pub files: Vec<ExportFile>,
    /// Everything that the file keeps of it.
    pub report: NewClose,
    /// The newest operation when its figures were computed.
    pub computed_at: OpId,
    /// How many lines say what changed in the periods closed earlier.
    pub restated: usize,
    /// Advice.
    pub said: Vec<crate::domain::Text>,
}

/// Makes the report of a period that may be closed.
///
/// # Errors
/// A refusal while the period has data-quality errors that are not accepted.
pub fn prepare(store: &Store, request: ClosingRequest<'_>) -> Result<Closing> {
    let ClosingRequest { framed, asked, accepted, .. } = request;
    let funder = funder_of(framed)?;
    let quality = weigh(store, framed, accepted)?;
    // Whatever somebody else writes from here on is not in the figures: the close refuses then.
    let computed_at = store.newest_operation()?;
    let restated = restated(store, &framed.scope, funder)?;
    let lines = restated.as_ref().map_or(0, |sheet| sheet.rows.len());
    let unmasked = unmasked(store, framed)?;
    let cohorts = release::cohorts_of(&unmasked);
    let data = release::fingerprint(store, framed, &unmasked, &quality.errors)?;
    let making = Making {
        framed,
        funder,
        asked,
        standing: Standing::Closed,
        errors: &quality.errors,
        accepted: &quality.accepted,
        restated,
        version: env!("CARGO_PKG_VERSION"),
        label: &release::label(framed, funder),
    };
    let made = make(store, making, unmasked)?;
    let sending = SendingRequest { framed, asked, folder: request.folder };
    let release = release::recorded(sending, &made, cohorts, data)?;
    let report = report(framed, &made, (tables(funder, asked), release), &quality)?;
    Ok(Closing { files: made.files, report, computed_at, restated: lines, said: made.said })
}

fn funder_of(framed: &Framed) -> Result<&FunderFact> {
    match &framed.scope.funder {
        Some(funder) => Ok(funder),
        None => bail!("the scope lost its funder"),
    }
}

/// Refuses a period that is not over, or that was issued already.
pub fn refuse_early(store: &Store, framed: &Framed, today: Date) -> Result<()> {
    let scope = &framed.scope;
    let code = &funder_of(framed)?.code;
    let (period, label) = framed.named();
    if scope.to > today || scope.to > scope.as_of {
        let (day, iso) = (scope.to.french(), scope.to);
        bail!(
            Refusal::data(text!(
                "{label} n'est pas fini : on ne le clôt pas",
                "{label} is not over: it cannot be closed";
                label
            ))
            .why(text!("son dernier jour est le {day}", "its last day is {iso}"))
            .hint(text!(
                "Un rapport provisoire : fil report export {period} --funder {code}",
                "A provisional report: fil report export {period} --funder {code}"
            ))
        );
    }
    if let Some(known) = store.find_close(code, scope.from, scope.to)? {
        let op = known.op;
        bail!(
            Refusal::data(text!("{label} est déjà clos pour {code}", "{label} is already closed for {code}"; label))
                .why(text!("c'est l'opération {op}", "it is operation {op}"))
                .hint(text!(
                    "Ces fichiers : fil report export {period} --funder {code}    Le rouvrir : fil report reopen {period} --funder {code} --why \"…\"",
                    "Its files: fil report export {period} --funder {code}    Reopen it: fil report reopen {period} --funder {code} --why \"…\""
                ))
        );
    }
    Ok(())
}

/// The data-quality errors of the period, and those accepted; refuses while one is not.
fn weigh(store: &Store, framed: &Framed, offered: Accepted) -> Result<Quality> {
    let found = quality::errors(&store.lookup(), &quality_scope(store, framed, Purpose::Close)?)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry(finding.rule.code()).or_default() += 1;
    }
    let open: Vec<&str> = counts.keys().copied().filter(|rule| offered.iter().all(|(r, _)| r != rule)).collect();
    if let Some(first) = open.first() {
        let list = |lang| -> Vec<String> {
            let label = |rule: &str| Rule::from_code(rule).map_or_else(String::new, |r| r.label(lang).to_owned());
            open.iter().map(|rule| format!("{rule} ({}) : {}", label(rule), counts[rule])).collect()
        };
        let (fr, en) = (list(Lang::Fr).join(" ; "), list(Lang::En).join("; "));
        let fix = found.iter().find(|f| f.rule.code() == *first).map(|f| f.fix.clone()).unwrap_or_default();
        bail!(
            Refusal::data(text!(
                "des défauts de données empêchent de clore",
                "data errors stand in the way of a close"
            ))
            .why(text!("{fr}", "{en}"))
            .hint(text!(
                "La liste : fil check    Le premier : {fix}    Clore quand même : --accept {first} --why \"…\"",
                "The list: fil check    The first: {fix}    To close all the same: --accept {first} --why \"…\""
            ))
        );
    }
    let accepted = offered.into_iter().filter(|(rule, _)| counts.contains_key(rule.as_str())).collect();
    Ok(Quality { errors: counts.into_iter().map(|(rule, n)| (rule.to_owned(), n)).collect(), accepted })
}

/// Everything that a close keeps.
fn report(
    framed: &Framed,
    made: &Made,
    (format, release): (Format, NewRelease),
    quality: &Quality,
) -> Result<NewClose> {
    let scope = &framed.scope;
    let funder = funder_of(framed)?;
    let files: Vec<CloseFile> = made
        .files
        .iter()
        .map(|f| CloseFile {
            name: f.name.clone(),
            rows: f.rows.map(|n| n as i64),
            sha256: sha256(&f.bytes),
            bytes: f.bytes.clone(),
        })
        .collect();
    let manifest = files.iter().find(|f| f.name == "manifest.json").map(|f| f.sha256.clone()).unwrap_or_default();
    let head = Close {
        number: CloseId::from_number(0),
        funder: funder.code.clone(),
        period: framed.period_name().unwrap_or_default(),
        from: scope.from,
        to: scope.to,
        as_of: scope.as_of,
        op: OpId::NONE,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        format: format.name().to_owned(),
        level: funder.level.code().to_owned(),
        threshold: threshold(scope),
        settings: manifest::settings(scope).to_string(),
        definitions: made.definitions.clone(),
        errors: serde_json::to_string(&quality.errors)?,
        accepted: serde_json::to_string(&quality.accepted)?,
        root: root_of_manifest(&files),
        seed: made.kept.as_ref().map(|kept| kept.seed.clone()),
        manifest,
        reopened: None,
    };
    let Some(kept) = made.kept.clone() else { bail!("a close keeps what it was made of") };
    let release = NewRelease { head: Release { kind: ReleaseKind::Close, ..release.head }, ..release };
    Ok(NewClose { head, release, files, sections: kept.sections, members: kept.members })
}
