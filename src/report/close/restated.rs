//! The section `restated`: what changed in earlier closed periods, for the funder who holds their reports.
//!
//! A line about one record is a line about one person, so it goes out as it is only where nothing is masked. Else the
//! parts of a figure are summed by cause, the record and the operation stay at home, and a figure whose present value
//! or one of whose parts must be masked shows no number but the issued one.

use super::difference::{Line, Origin, sheet as lines_sheet};
use super::printed_figures::{Figures, Shown};
use crate::domain::Date;
use crate::domain::id::OpId;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// The lines of one earlier period.
pub struct Restated {
    /// The period as it names folders.
    pub period: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The sheet; `day` tells the local day of an operation.
pub fn sheet(periods: &[Restated], day: &dyn Fn(OpId) -> Option<Date>) -> Sheet {
    let mut all = lines_sheet("restated", &[], day);
    all.columns.insert(0, Column::new("period", "Période", "Period", ColumnKind::Code));
    for restated in periods {
        for mut row in lines_sheet("restated", &restated.lines, day).rows {
            row.insert(0, Cell::Text(restated.period.clone()));
            if let Some(at) = all.column("record")
                && matches!(&row[at], Cell::Text(record) if record.starts_with("trainee "))
            {
                // The number of a person's own record is a selector: a reader of pseudonyms must not see it.
                row[at] = Cell::Empty;
            }
            all.rows.push(row);
        }
    }
    all
}

/// Lines that may go to a funder under a threshold; `shown` is what it may see of the figures today.
pub fn guarded(lines: Vec<Line>, shown: &Figures, threshold: i64) -> Vec<Line> {
    if threshold <= 0 {
        return lines;
    }
    let mut kept = Vec::new();
    for group in lines.chunk_by(|a, b| a.name == b.name) {
        kept.extend(of_figure(group, shown, threshold));
    }
    kept
}

fn of_figure(group: &[Line], shown: &Figures, threshold: i64) -> Vec<Line> {
    let Some(first) = group.first() else { return Vec::new() };
    let now = shown.get(&first.name);
    let mut sums: Vec<(Origin, i64)> = Vec::new();
    for (delta, origin) in group.iter().filter_map(|l| l.part.as_ref()) {
        match sums.iter_mut().find(|(known, _)| known.cause == origin.cause) {
            Some((_, sum)) => *sum += delta,
            None => sums.push((Origin { cause: origin.cause, record: String::new(), op: OpId::NONE }, *delta)),
        }
    }
    sums.retain(|(_, delta)| *delta != 0);
    let small = |delta: &i64| *delta != 0 && delta.abs() < threshold.saturating_mul(100);
    let line = |now, part| Line { name: first.name.clone(), issued: first.issued, now, part };
    if first.issued == Shown::Masked || now == Shown::Masked || sums.iter().any(|(_, delta)| small(delta)) {
        return vec![line(Shown::Masked, None)];
    }
    sums.into_iter().map(|(origin, delta)| line(first.now, Some((delta, origin)))).collect()
}
