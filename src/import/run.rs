//! Saving what was read: slice by slice, inside the caller's transaction.

use super::report::{Changed, Changes, Refusals, Refused, Rejected, Report};
use super::{Batch, Options, Policy, marks, refused, row};
use crate::domain::Kind;
use crate::ops::{Outcome, Request, Saving, Series};
use crate::store::Tx;
use anyhow::{Result, bail};

/// Rows between two looks at the interruption and the progress bar.
pub(super) const SLICE: usize = 2_000;

/// Saves several files as one act, in the order of the kinds. With all or nothing, refused rows give [`Rejected`]: an
/// error, so that the transaction around it is not kept.
pub fn run_all(tx: &mut Tx<'_>, batches: &[Batch], options: &Options<'_>, saving: &mut Saving<'_>) -> Result<Vec<Report>> {
    let mut order: Vec<&Batch> = batches.iter().collect();
    order.sort_by_key(|batch| batch.kind());
    let mut reports = Vec::with_capacity(order.len());
    for batch in order {
        reports.push(run(tx, batch, options, saving)?);
    }
    if options.policy == Policy::AllOrNothing && reports.iter().any(|r| r.refused > 0) {
        bail!(Rejected(reports));
    }
    Ok(reports)
}

/// Saves the good rows of one file and tells of the others. Whether they are kept is the caller's choice: it owns the
/// transaction.
pub fn run(tx: &mut Tx<'_>, batch: &Batch, options: &Options<'_>, saving: &mut Saving<'_>) -> Result<Report> {
    let most = if options.policy == Policy::SkipBad { usize::MAX } else { Report::REFUSALS_KEPT };
    let (mut refusals, mut changes) = (Refusals::new(most), Changes::new(options.changes_kept));
    let mut report = begin(batch);
    if batch.kind() == Kind::Attendance {
        let counts = marks::save(tx, batch, (options, saving), (&mut refusals, &mut changes))?;
        [report.created, report.changed, report.identical] = counts.all;
    } else {
        records(tx, batch, (options, saving), (&mut refusals, &mut changes), &mut report)?;
    }
    let (lines, mut list) = refusals.finish();
    list.iter_mut().for_each(|refused| locate(batch, refused));
    report.refused = lines.len() as u64;
    report.refusals = list;
    report.changes = changes.finish();
    if options.policy == Policy::SkipBad && !lines.is_empty() {
        report.refused_file = Some(refused::file(&batch.table, &report.refusals, options.lang)?);
    }
    (options.progress)(batch.count, batch.count);
    Ok(report)
}

fn begin(batch: &Batch) -> Report {
    Report {
        name: batch.name().to_owned(),
        kind: batch.kind(),
        guessed: batch.guessed(),
        how: batch.how().clone(),
        dates: batch.dates(),
        ignored: batch.ignored().to_vec(),
        rows: batch.count,
        created: 0,
        changed: 0,
        identical: 0,
        refused: 0,
        refusals: Vec::new(),
        changes: Vec::new(),
        warnings: Vec::new(),
        refused_file: None,
    }
}

/// The header of the column that a refusal is about.
fn locate(batch: &Batch, refused: &mut Refused) {
    let Some(field) = refused.field else { return };
    use super::header::Column;
    let position = batch.kind().position(field);
    let at = batch.layout.columns.iter().position(|column| match column {
        Column::Field(at) => Some(*at) == position,
        Column::Id => field == "id",
        _ => false,
    });
    let by_reference = || batch.layout.columns.iter().position(|c| *c == Column::Reference && field == "trainee");
    refused.column = at.or_else(by_reference).map(|at| batch.table.header[at].clone());
}

fn records(
    tx: &mut Tx<'_>,
    batch: &Batch,
    (options, saving): (&Options<'_>, &mut Saving<'_>),
    (refusals, changes): (&mut Refusals, &mut Changes),
    report: &mut Report,
) -> Result<()> {
    let mut series = Series::default();
    let mut slice: Vec<Request> = Vec::with_capacity(SLICE);
    let mut done = 0;
    let mut flush = |slice: &mut Vec<Request>, refusals: &mut Refusals, done: u64| -> Result<()> {
        (options.checkpoint)()?;
        (options.progress)(done, batch.count);
        let saved = series.save(tx, slice, saving)?;
        slice.clear();
        for (line, id, outcome) in saved.outcomes {
            match outcome {
                Outcome::Created => report.created += 1,
                Outcome::Identical => report.identical += 1,
                Outcome::Changed(list) => {
                    report.changed += 1;
                    changes.add(Changed { line: line.unwrap_or(0), id, changes: list });
                }
            }
        }
        saved.troubles.into_iter().for_each(|t| refusals.add(t));
        report.warnings.extend(saved.warnings);
        Ok(())
    };
    batch.table.each(&mut |cells| {
        done += 1;
        match row::request(batch, cells, options) {
            Ok(request) => slice.push(request),
            Err(troubles) => troubles.into_iter().for_each(|t| refusals.add(t)),
        }
        if slice.len() == SLICE { flush(&mut slice, refusals, done) } else { Ok(()) }
    })?;
    flush(&mut slice, refusals, done)
}
