//! Attendance, the one kind with files of a million rows: read into marks of a few bytes, sorted as the file of the school
//! keeps them, and saved participation by participation.

use super::half_days::{Mark, Marks, Pairs, Reader};
use super::report::Tally;
use super::run::{Act, SLICE};
use super::{Batch, Options};
use crate::domain::{Kind, Value};
use crate::ops::attendance::{Book, MarkRequest, mark_in};
use crate::ops::resolve::{Refused, World, resolve};
use crate::ops::{Request, Trouble};
use crate::store::{Stay, Tx};
use anyhow::Result;

/// The participation of each pair of names, or why there is none.
type Stays = Vec<Result<Stay, Refused>>;

/// Saves an attendance file.
pub fn save(tx: &mut Tx<'_>, act: Act<'_, '_>, tally: &mut Tally) -> Result<()> {
    let Act { batch, options, saving } = act;
    let late;
    let (read, before) = match &batch.marks {
        Some(read) => (read, 0),
        None => {
            late = marks(batch, options, tally)?;
            (&late, batch.count / 2)
        }
    };
    let Marks { marks, pairs, refused } = read;
    tally.refuse(refused.clone());
    let stays = stays(tx, pairs)?;
    refuse_strangers(marks, &stays, tally);
    let sorted = by_participation(marks, &stays);
    let total = sorted.len().max(1) as u64;
    let stay = |at: u32| stays[marks[at as usize].pair as usize].as_ref().ok();
    let (mut book, mut page, mut done) = (Book::default(), Vec::<MarkRequest>::new(), 0);
    for same in sorted.chunk_by(|a, b| stay(*a).map(|s| s.id) == stay(*b).map(|s| s.id)) {
        page.clear();
        page.extend(same.iter().filter_map(|at| Some(marks[*at as usize].request(*stay(*at)?))));
        tally.take(mark_in(&mut book, tx, &page, saving)?);
        let slices = done / SLICE as u64;
        done += page.len() as u64;
        if done / SLICE as u64 > slices {
            (options.checkpoint)()?;
            (options.progress)(before + done * (batch.count - before) / total, batch.count);
        }
    }
    book.close(tx)
}

/// The marks of a file whose dates were not known to be ISO before all its rows were seen.
fn marks(batch: &Batch, options: &Options<'_>, tally: &mut Tally) -> Result<Marks> {
    let mut reader = Reader::new(batch, options.empty);
    let mut done = 0;
    batch.table.each(&mut |row| {
        done += 1;
        if done % SLICE as u64 == 0 {
            (options.checkpoint)()?;
            (options.progress)(done / 2, batch.count);
        }
        reader.row(row);
        tally.refuse(reader.take_refused());
        Ok(())
    })?;
    Ok(reader.finish())
}

/// The participation of each pair of names, looked up once.
fn stays(tx: &Tx<'_>, pairs: &Pairs) -> Result<Stays> {
    let lookup = tx.lookup();
    let mut world = World::default();
    let mut stays = Vec::with_capacity(pairs.names().len());
    for (cohort, trainee) in pairs.names() {
        let mut request = Request::new(Kind::Attendance);
        request.give("cohort", Value::Text(cohort.to_owned())).give("trainee", Value::Text(trainee.to_owned()));
        stays.push(match resolve(&mut world, &lookup, &request)? {
            Ok(found) => found.stay.ok_or_else(Vec::new),
            Err(troubles) => Err(troubles),
        });
    }
    Ok(stays)
}

fn refuse_strangers(marks: &[Mark], stays: &Stays, tally: &mut Tally) {
    if stays.iter().all(Result::is_ok) {
        return;
    }
    for mark in marks {
        if let Err(troubles) = &stays[mark.pair as usize] {
            let line = Some(u64::from(mark.line));
            tally.refuse(troubles.iter().map(|t| Trouble { line, ..t.clone() }).collect());
        }
    }
}

/// Where the marks stand, by participation as they are stored; the order of the file stays within each. They are counted
/// before they are laid out, so that a shuffled file costs little more than a sorted one.
fn by_participation(marks: &[Mark], stays: &Stays) -> Vec<u32> {
    let mut ids: Vec<i64> = stays.iter().flatten().map(|stay| stay.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rank = |stay: &Result<Stay, Refused>| stay.as_ref().ok().and_then(|stay| ids.binary_search(&stay.id).ok());
    let ranks: Vec<Option<usize>> = stays.iter().map(rank).collect();
    let ranked = |mark: &Mark| ranks[mark.pair as usize];
    let mut next = vec![0; ids.len() + 1];
    marks.iter().filter_map(ranked).for_each(|rank| next[rank + 1] += 1);
    for rank in 1..next.len() {
        next[rank] += next[rank - 1];
    }
    let mut sorted = vec![0; next[ids.len()]];
    for (at, mark) in marks.iter().enumerate() {
        if let Some(rank) = ranked(mark) {
            sorted[next[rank]] = at as u32;
            next[rank] += 1;
        }
    }
    sorted
}
