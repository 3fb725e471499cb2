//! Marks: limits by period and day, sums by month, kind and status, and the same marks one by one.

use super::school::{A1, ANA_IN_A1, BOB_IN_A1, CID_IN_B1, School, cohort, day, everything, record};
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::facts::{Facts, MarkFact};
use crate::domain::id::{OpId, RecordId, StayId};
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{ClosedList, Date, Kind, Month};
use crate::store::attendance::{HalfDay, Mark};
use crate::store::facts::{FactsRequest, MarkDetail};
use proptest::prelude::*;
use std::collections::BTreeMap;

type Sum = (Month, SlotKind, AttendanceStatus, i64, i64);

fn sums(facts: &Facts, participation: StayId) -> Vec<Sum> {
    let found = facts.participations.iter().find(|p| p.id == participation).unwrap();
    found.marks.iter().map(|m| (m.month, m.kind, m.status, m.count, m.minutes)).collect()
}

fn month(year: i32, number: u32) -> Month {
    Month::new(year, number).unwrap()
}

#[test]
fn marks_are_summed_by_month_kind_and_status() {
    let facts = School::new().facts(&everything());
    let (present, away) = (AttendanceStatus::Present, AttendanceStatus::Unexcused);
    assert_eq!(
        sums(&facts, ANA_IN_A1),
        [
            (month(2018, 11), SlotKind::Centre, away, 1, 0),
            (month(2018, 12), SlotKind::Centre, present, 1, 210),
            (month(2018, 12), SlotKind::Company, present, 1, 200),
        ]
    );
    assert_eq!(
        sums(&facts, BOB_IN_A1),
        [
            (month(2018, 11), SlotKind::Centre, present, 1, 210),
            (month(2018, 12), SlotKind::Centre, present, 1, 210),
            (month(2019, 2), SlotKind::Centre, away, 1, 0),
        ]
    );
    assert_eq!(sums(&facts, CID_IN_B1), [(month(2019, 1), SlotKind::Centre, away, 1, 0)]);
    assert!(facts.participations.iter().flat_map(|p| &p.marks).all(|m| m.slot.is_none()));
}

#[test]
fn one_by_one_each_mark_keeps_its_half_day_and_operation() {
    let facts = School::new().facts(&FactsRequest { detail: MarkDetail::OneByOne, ..everything() });
    let ana = facts.participations.iter().find(|p| p.id == ANA_IN_A1).unwrap();
    let slots: Vec<_> = ana.marks.iter().map(|m| m.slot.unwrap()).collect();
    let december = day("2018-12-10");
    let op = OpId::from_number(2);
    assert_eq!(slots, [(day("2018-11-05"), Half::Am, op), (december, Half::Am, op), (december, Half::Pm, op)]);
    assert_eq!(ana.marks.iter().map(|m| m.minutes).collect::<Vec<_>>(), [0, 200, 210]);
    assert_eq!((ana.first_present, ana.first_mark), (Some(december), Some((Half::Am, OpId::from_number(2)))));
}

#[test]
fn marks_stop_at_the_period_and_at_as_of_but_the_first_presence_does_not() {
    let school = School::new();
    let count = |from: &str, to: &str, as_of: &str| {
        let (from, to, as_of) = (day(from), day(to), day(as_of));
        let facts = school.facts(&FactsRequest { from, to, as_of, ..everything() });
        let first: BTreeMap<StayId, Option<Date>> =
            facts.participations.iter().map(|p| (p.id, p.first_present)).collect();
        assert_eq!(first[&ANA_IN_A1], Some(day("2018-12-10")));
        assert_eq!(first[&BOB_IN_A1], Some(day("2018-11-05")));
        assert!(first.get(&CID_IN_B1).is_none_or(Option::is_none));
        facts.participations.iter().flat_map(|p| &p.marks).map(|m| m.count).sum::<i64>()
    };
    assert_eq!(count("2018-11-05", "2019-02-01", "2019-02-01"), 7);
    assert_eq!(count("2018-11-06", "2019-01-31", "2019-02-01"), 4);
    assert_eq!(count("2018-12-10", "2018-12-10", "2018-12-10"), 3);
    assert_eq!(count("2018-11-05", "2019-02-01", "2018-12-09"), 2);
    assert_eq!(count("2018-11-05", "2019-02-01", "2018-11-05"), 2);
    assert_eq!(count("2019-02-01", "2019-12-31", "2018-12-31"), 0);
}

#[test]
fn a_mark_on_a_cancelled_half_day_or_on_none_counts_nowhere() {
    let mut school = School::new();
    let before = sums(&school.facts(&everything()), ANA_IN_A1);
    school.write(|tx| {
        let lost = [("2018-11-05", Half::Pm), ("2018-11-06", Half::Am), ("2018-12-14", Half::Pm)];
        tx.insert_marks(&mut lost.map(|(date, half)| super::school::present(ANA_IN_A1, date, half, 210)))
    });
    assert_eq!(sums(&school.facts(&everything()), ANA_IN_A1), before);
}

/// A half-day of a calendar: day after the cohort's first, half, kind, minutes, and the mark of bob there.
type Planned = (i32, Half, SlotKind, i64, Option<(AttendanceStatus, bool)>);

fn calendar() -> impl Strategy<Value = BTreeMap<(i32, Half), Planned>> {
    let mark = proptest::option::of((proptest::sample::select(AttendanceStatus::ALL), any::<bool>()));
    let kind = proptest::sample::select(SlotKind::ALL);
    let half = proptest::sample::select(Half::ALL);
    let slot = (0..88i32, half, kind, 1..=720i64, mark);
    proptest::collection::vec(slot, 0..80).prop_map(|list| list.into_iter().map(|s| ((s.0, s.1), s)).collect())
}

fn write(school: &mut School, calendar: &BTreeMap<(i32, Half), Planned>) {
    let start = day("2018-11-05");
    school.write(|tx| {
        for slot in tx.lookup().marks_of(BOB_IN_A1)? {
            tx.delete_mark(slot.0)?;
        }
        for number in 1..=5 {
            tx.remove(Kind::Slots, RecordId::from_number(number), &cohort(A1))?;
        }
        let mut marks = Vec::new();
        for &(after, half, kind, minutes, mark) in calendar.values() {
            let date = start.plus_days(after);
            let words = format!("date={date} half={} kind={} minutes={minutes}", half.code(), kind.code());
            tx.save(&cohort(A1), &record(Kind::Slots, &words))?;
            if let Some((status, signed)) = mark {
                let minutes = if status == AttendanceStatus::Present { minutes } else { 0 };
                let justification = (status == AttendanceStatus::Excused && signed).then_some(Justification::Exam);
                let mark = Mark { status, minutes, justification, signed_trainee: signed, signed_trainer: !signed };
                marks.push((HalfDay { participation: BOB_IN_A1, date, half }, mark));
            }
        }
        tx.insert_marks(&mut marks)
    });
}

fn add(marks: &[MarkFact]) -> Vec<Sum> {
    let mut sums: BTreeMap<(Month, SlotKind, AttendanceStatus), (i64, i64)> = BTreeMap::new();
    for mark in marks {
        let sum = sums.entry((mark.month, mark.kind, mark.status)).or_default();
        *sum = (sum.0 + mark.count, sum.1 + mark.minutes);
    }
    sums.into_iter().map(|((month, kind, status), (count, minutes))| (month, kind, status, count, minutes)).collect()
}

/// The sums that a calendar should give between two days.
fn expected(calendar: &BTreeMap<(i32, Half), Planned>, from: i32, to: i32) -> Vec<Sum> {
    let start = day("2018-11-05");
    let marks = calendar.values().filter(|s| (from..=to).contains(&s.0) && s.2 != SlotKind::Cancelled);
    let marks = marks.filter_map(|&(after, _, kind, minutes, mark)| {
        let (status, _) = mark?;
        let minutes = if status == AttendanceStatus::Present { minutes } else { 0 };
        Some(MarkFact { month: start.plus_days(after).in_month(), kind, status, count: 1, minutes, slot: None })
    });
    add(&marks.collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_are_the_sums_of_the_marks_one_by_one(calendar in calendar(), from in 0..88i32, length in 0..88i32) {
        let mut school = School::new();
        write(&mut school, &calendar);
        let start = day("2018-11-05");
        let request = FactsRequest { from: start.plus_days(from), to: start.plus_days(from + length), ..everything() };
        let summed = school.facts(&request);
        let single = school.facts(&FactsRequest { detail: MarkDetail::OneByOne, ..request });
        let wanted = expected(&calendar, from, from + length);
        for (a, b) in summed.participations.iter().zip(&single.participations) {
            prop_assert_eq!(sums(&summed, a.id), add(&b.marks));
            if a.id == BOB_IN_A1 {
                prop_assert_eq!(sums(&summed, a.id), wanted.clone());
            }
        }
    }
}
