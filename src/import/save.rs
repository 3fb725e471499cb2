//! Saving what was read: slice by slice, inside the caller's transaction.

use crate::domain::Kind;
use crate::import::batch::{Batch, FileSave};
use crate::import::columns::names::Column;
use crate::import::import_report::{Refused, Rejected, Report, Tally};
use crate::import::notes::Notes;
use crate::import::options::{Options, Policy, SLICE};
use crate::import::{marks, read_row, ready, refused};
use crate::ops::{Request, Saving, Series};
use crate::store::Tx;
use anyhow::{Result, bail};

/// Saves several files as one act, in the order of the kinds. With all or nothing, refused rows give [`Rejected`]: an
/// error, so that the transaction around it is not kept.
pub fn run_all(
    tx: &mut Tx<'_>,
    batches: &[Batch],
    options: &Options<'_>,
    saving: &mut Saving<'_>,
) -> Result<Vec<Report>> {
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
    let refusals_kept = if options.policy == Policy::SkipBad { usize::MAX } else { Report::REFUSALS_KEPT };
    let mut tally = Tally::new(refusals_kept, options.changes_kept);
    let file = FileSave { batch, options, saving };
    if batch.kind() == Kind::Attendance {
        marks::save(tx, file, &mut tally)?;
    } else {
        records(tx, file, &mut tally)?;
    }
    let mut report = begin(batch);
    tally.finish(&mut report);
    report.refusals.iter_mut().for_each(|refused| locate(batch, refused));
    report.ready = ready::flags(batch, &report);
    if options.policy == Policy::SkipBad && report.refused > 0 {
        report.refused_file = Some(refused::file(&batch.file.table, &report.refusals, options.lang)?);
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
        notes: Vec::new(),
        totals: batch.totals().to_vec(),
        ready: Vec::new(),
        refused_file: None,
    }
}

/// The header of the column that a refusal is about.
fn locate(batch: &Batch, refused: &mut Refused) {
    let Some(field) = refused.field else { return };
    let position = batch.kind().position(field);
    let at = batch.file.layout.columns.iter().position(|column| match column {
        Column::Field(at) => Some(*at) == position,
        Column::Id => field == "id",
        Column::Person(part) => part.is_both() && matches!(field, "last_name" | "first_name"),
        _ => false,
    });
    let by_reference = || batch.file.layout.columns.iter().position(|c| *c == Column::Reference && field == "trainee");
    refused.column = at.or_else(by_reference).map(|at| batch.file.table.header[at].clone());
}

fn records(tx: &mut Tx<'_>, file: FileSave<'_, '_>, tally: &mut Tally) -> Result<()> {
    let FileSave { batch, options, saving } = file;
    if batch.count > SLICE as u64 {
        tx.expect_many()?;
    }
    let mut series = Series::default();
    let mut slice: Vec<Request> = Vec::with_capacity(SLICE);
    let (mut done, mut notes) = (0, Notes::default());
    batch.file.table.each(&mut |cells| {
        done += 1;
        match read_row::request(&batch.file, cells, options, &mut notes) {
            Ok(request) => slice.push(request),
            Err(troubles) => tally.refuse(troubles),
        }
        if slice.len() == SLICE {
            (options.checkpoint)()?;
            (options.progress)(done, batch.count);
            tally.take(series.save(tx, &slice, saving)?);
            slice.clear();
        }
        Ok(())
    })?;
    (options.checkpoint)()?;
    tally.take(series.save(tx, &slice, saving)?);
    tally.notes = notes.finish(&batch.file.table.header);
    Ok(())
}
