//! Attendance, the one kind with files of a million rows: read into marks of a few bytes, sorted as the file of the school
//! keeps them, and saved participation by participation.

use super::half_days::{Mark, Marks, Pairs, Reader};
use crate::domain::id::StayId;
use crate::domain::kind::attendance;
use crate::domain::{Kind, Value};
use crate::import::batch::{Batch, FileSave};
use crate::import::columns::names::Column;
use crate::import::grid_days::GridDays;
use crate::import::import_report::Tally;
use crate::import::options::{Options, SLICE};
use crate::ops::attendance::{Book, MarkRequest, mark_in};
use crate::ops::resolve::{Refused, World, resolve};
use crate::ops::{Request, Trouble};
use crate::store::{Stay, Tx};
use anyhow::Result;
use std::borrow::Cow;

/// The participation of each pair of names, or why there is none.
type Stays = Vec<Result<Stay, Refused>>;

/// Saves an attendance file.
pub fn save(tx: &mut Tx<'_>, file: FileSave<'_, '_>, tally: &mut Tally) -> Result<()> {
    let FileSave { batch, options, saving } = file;
    let late;
    let (read, before) = match &batch.marks {
        Some(read) => (read, 0),
        None => {
            late = marks(tx, batch, options, tally)?;
            (&late, batch.count / 2)
        }
    };
    let Marks { marks, pairs, refused } = read;
    tally.refuse(refused.clone());
    let stays = stays(tx, pairs)?;
    refuse_strangers(marks, &stays, tally);
    let sorted = by_participation(marks, &stays);
    let total = sorted.len().max(1) as u64;
    let stay = |mark: &Mark| stays[mark.pair as usize].as_ref().ok();
    let (mut book, mut page, mut done) = (Book::default(), Vec::<MarkRequest>::new(), 0);
    for same in sorted.chunk_by(|a, b| stay(a).map(|s| s.id) == stay(b).map(|s| s.id)) {
        page.clear();
        page.extend(same.iter().filter_map(|mark| Some(mark.request(*stay(mark)?))));
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
fn marks(tx: &Tx<'_>, batch: &Batch, options: &Options<'_>, tally: &mut Tally) -> Result<Marks> {
    let days = match batch.file.layout.needs_calendar() {
        true => GridDays::of(&batch.file, &cohorts(batch)?, &tx.lookup())?,
        false => GridDays::default(),
    };
    let mut reader = Reader::beside(&batch.file, options, &days);
    let mut done = 0;
    batch.file.table.each(&mut |row| {
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

/// The cohorts that the rows of a grid name.
fn cohorts(batch: &Batch) -> Result<Vec<String>> {
    let file = &batch.file;
    let at = file.layout.columns.iter().position(|c| *c == Column::Field(attendance::COHORT.position()));
    let mut codes: Vec<String> = Vec::new();
    if let Some(Value::Text(code)) = file.constant(attendance::COHORT.position()).map(|c| &c.value) {
        codes.push(code.clone());
    }
    file.table.each(&mut |row| {
        let code = at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim());
        if !code.is_empty() && codes.iter().all(|known| known != code) {
            codes.push(code.to_owned());
        }
        Ok(())
    })?;
    Ok(codes)
}

/// The participation of each pair of names, looked up once.
fn stays(tx: &Tx<'_>, pairs: &Pairs) -> Result<Stays> {
    let lookup = tx.lookup();
    let mut world = World::default();
    let mut stays = Vec::with_capacity(pairs.names().len());
    for (cohort, trainee) in pairs.names() {
        let mut request = Request::new(Kind::Attendance);
        request
            .give(attendance::COHORT, Value::Text(cohort.to_owned()))
            .give(attendance::TRAINEE, Value::Text(trainee.to_owned()));
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

/// The marks of known participations as they are stored, the order of the file kept within each: as they are when the file
/// is sorted so, else counted and then laid out, so that a shuffled file costs little more.
fn by_participation<'m>(marks: &'m [Mark], stays: &Stays) -> Cow<'m, [Mark]> {
    let mut ids: Vec<StayId> = stays.iter().flatten().map(|stay| stay.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rank = |stay: &Result<Stay, Refused>| stay.as_ref().ok().and_then(|stay| ids.binary_search(&stay.id).ok());
    let ranks: Vec<Option<usize>> = stays.iter().map(rank).collect();
    let ranked = |mark: &Mark| ranks[mark.pair as usize];
    let Some(first) = marks.first() else { return Cow::Borrowed(marks) };
    if stays.iter().all(Result::is_ok) && marks.is_sorted_by_key(ranked) {
        return Cow::Borrowed(marks);
    }
    let mut next = vec![0; ids.len() + 1];
    marks.iter().filter_map(ranked).for_each(|rank| next[rank + 1] += 1);
    for rank in 1..next.len() {
        next[rank] += next[rank - 1];
    }
    let mut sorted = vec![*first; next[ids.len()]];
    for mark in marks {
        if let Some(rank) = ranked(mark) {
            sorted[next[rank]] = *mark;
            next[rank] += 1;
        }
    }
    Cow::Owned(sorted)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{counts, import};
    use super::*;
    use crate::domain::Act;
    use crate::ops::tests::{School, day, operation};
    use crate::store::records::Which;

    /// A cohort with a calendar of sixty days and forty people in it.
    fn school_of_forty() -> School {
        let mut school = School::open();
        let first = day("2019-03-04");
        let mut slots = String::from("cohort,date,half,kind\n");
        for n in 0..60 {
            for half in ["am", "pm"] {
                slots += &format!("P2,{},{half},centre\n", first.plus_days(n));
            }
        }
        let mut people = String::from("ref,last_name,first_name,cohort,entry\n");
        for n in 0..40 {
            people += &format!("R{n},Nom,Prénom{},P2,2019-03-04\n", "x".repeat(n + 1));
        }
        let cohort = "cohort,start,end,places\nP2,2019-03-04,2019-05-31,40\n";
        for text in [cohort, &slots, &people] {
            assert_eq!(import(&mut school, &[text], &Options::default()).unwrap()[0].refused, 0);
        }
        school
    }

    const MARKS: &str = "cohort,ref,date,half,status,minutes,justification\n";

    fn rows_of_forty() -> Vec<String> {
        let first = day("2019-03-04");
        let row = |n: i32| {
            let (person, at) = (n / 120, n % 120);
            let (date, half) = (first.plus_days(at / 2), if at % 2 == 0 { "matin" } else { "pm" });
            let said = match n % 7 {
                0 => "A,,",
                1 => "excused,,family",
                2 => "P,1h30,",
                _ => "présent,,",
            };
            format!("P2,R{person},{date},{half},{said}\n")
        };
        (0..4800).map(row).collect()
    }

    #[test]
    fn a_long_file_leaves_the_same_marks_in_any_order_and_nothing_to_do_again() {
        let rows = rows_of_forty();
        let mut sorted = school_of_forty();
        counts(&mut sorted, &(MARKS.to_owned() + &rows.concat()), [4800, 0, 0, 0]);
        let mut shuffled = school_of_forty();
        // 4,800 and 1,117 have no common divisor: every row once, far from its neighbours.
        let mixed: String = (0..4800).map(|n| rows[n * 1117 % 4800].as_str()).collect();
        counts(&mut shuffled, &(MARKS.to_owned() + &mixed), [4800, 0, 0, 0]);
        let marks = |school: &School| school.store.lookup().records(Kind::Attendance, Which::All).unwrap();
        assert!(marks(&sorted) == marks(&shuffled) && marks(&sorted).len() == 4800);
        counts(&mut shuffled, &(MARKS.to_owned() + &rows.concat()), [0, 0, 4800, 0]);
        school_forgets_the_import(&mut sorted);
    }

    fn school_forgets_the_import(school: &mut School) {
        let last = school.store.last_undoable().unwrap().unwrap().number;
        school.store.undo(last, &operation(Act::Undo)).unwrap();
        assert!(school.store.lookup().records(Kind::Attendance, Which::All).unwrap().is_empty());
    }

    #[test]
    fn refusals_of_a_long_shuffled_file_come_in_the_order_of_its_lines() {
        let mut rows = rows_of_forty();
        rows.reverse();
        rows[10] = rows[11].replace("R39", "R0");
        rows[20] = "P2,R3,2019-03-04,am,A,5,\n".to_owned();
        rows[30] = "P2,R77,2019-03-04,am,A,,\n".to_owned();
        rows[40] = "P2,R4,2019-08-04,am,A,,\n".to_owned();
        rows[50] = "P2,R5,2019-03-04,soir,A,,\n".to_owned();
        let mut school = school_of_forty();
        let report = counts(&mut school, &(MARKS.to_owned() + &rows.concat()), [4795, 0, 0, 5]);
        let lines: Vec<(u64, Option<&str>)> = report.refusals.iter().map(|r| (r.line, r.field)).collect();
        // The eleventh row is told where the same half-day comes again, at the end.
        assert_eq!(
            lines,
            [(22, Some("minutes")), (32, Some("trainee")), (42, Some("date")), (52, Some("half")), (4693, None)]
        );
        assert!(report.refusals[4].what.en.ends_with("lines 12 and 4693"), "{}", report.refusals[4].what.en);
        assert!(school.store.lookup().records(Kind::Attendance, Which::All).unwrap().is_empty());
    }

    #[test]
    fn of_many_unknown_names_the_first_are_compared_with_the_known_ones() {
        let mut school = school_of_forty();
        let rows: String = (0..3000).map(|n| format!("P2,nom-prenomx{n},2019-03-04,am,A,,\n")).collect();
        let report = counts(&mut school, &(MARKS.replace("ref", "trainee") + &rows), [0, 0, 0, 3000]);
        let right = |at: usize| report.refusals[at].right.as_ref().unwrap().en.clone();
        assert_eq!(right(0), "did you mean nom-prenomx?");
    }
}
