//! The narrow breadth: who a month touches, and that every way to find them finds the same.

use super::school::{A1, ANA_IN_A1, ANA_IN_B1, B1, BOB_IN_A1, CID_IN_B1, COHORT, School, day, everything};
use super::{codes, participations};
use crate::domain::facts::Facts;
use crate::domain::id::{CohortId, StayId};
use crate::domain::{Kind, Month};
use crate::store::facts::{Breadth, FactsRequest};

fn of(month: Month) -> FactsRequest {
    FactsRequest { from: month.first(), to: month.last(), breadth: Breadth::Month, ..everything() }
}

#[track_caller]
fn check(year: i32, month: u32, cohorts: &[&str], people: &[StayId]) {
    let facts = School::new().facts(&of(Month::new(year, month).unwrap()));
    assert_eq!(codes(&facts), cohorts);
    assert_eq!(participations(&facts), people);
}

#[test]
fn before_the_first_cohort_a_month_is_empty() {
    check(2018, 10, &[], &[]);
}

#[test]
fn people_active_in_the_month_are_in_it() {
    check(2018, 11, &["A1"], &[ANA_IN_A1, BOB_IN_A1]);
    check(2018, 12, &["A1"], &[ANA_IN_A1, BOB_IN_A1]);
}

#[test]
fn someone_who_left_before_the_month_is_not() {
    check(2019, 1, &["A1", "B1"], &[CID_IN_B1, ANA_IN_B1, BOB_IN_A1]);
}

#[test]
fn someone_left_open_after_the_end_is_in_every_later_month() {
    check(2019, 5, &["A1"], &[BOB_IN_A1]);
}

#[test]
fn a_placement_brings_back_the_participation_it_was_recorded_under() {
    check(2019, 4, &["A1", "B1"], &[ANA_IN_B1, BOB_IN_A1]);
}

#[test]
fn a_licence_event_brings_back_every_participation_of_the_person() {
    check(2019, 6, &["A1", "B1"], &[ANA_IN_B1, ANA_IN_A1, BOB_IN_A1]);
}

#[test]
fn a_result_or_an_interview_brings_back_its_participation() {
    for (kind, words) in
        [(Kind::Results, "date=2019-07-02 outcome=validated"), (Kind::Interviews, "date=2019-07-02 kind=tutorial")]
    {
        let mut school = School::new();
        let july = of(Month::new(2019, 7).unwrap());
        assert_eq!(participations(&school.facts(&july)), [BOB_IN_A1]);
        school.write(|tx| {
            let module = tx.lookup().find_module(A1, "F02")?;
            let links = super::school::participation(ANA_IN_A1);
            let links = crate::store::records::Links { module, ..links };
            tx.save(&links, &super::school::record(kind, words)).map(|_| ())
        });
        assert_eq!(participations(&school.facts(&july)), [ANA_IN_A1, BOB_IN_A1]);
    }
}

#[test]
fn dated_rows_are_those_the_month_needs() {
    let facts = School::new().facts(&of(Month::new(2018, 12).unwrap()));
    assert_eq!(facts.cohorts[0].slots.len(), 2);
    assert_eq!(facts.situations.len(), 2);
    assert_eq!(facts.results.len(), 2, "an earlier result decides which one was the first");
    assert_eq!(facts.licence.len(), 1);
    assert!(facts.interviews.is_empty());
    assert!(facts.certificates.is_empty() && facts.followups.is_empty() && facts.budget.is_empty());
    assert_eq!(facts.participations.iter().flat_map(|p| &p.marks).map(|m| m.count).sum::<i64>(), 3);
    assert_eq!(facts.participations[1].first_present, Some(day("2018-11-05")));
}

#[test]
fn days_after_as_of_belong_to_no_month() {
    let request = FactsRequest { as_of: day("2018-12-16"), ..of(Month::new(2018, 12).unwrap()) };
    let facts = School::new().facts(&request);
    assert!(facts.situations.is_empty());
    let later = FactsRequest { as_of: day("2018-12-16"), ..of(Month::new(2019, 1).unwrap()) };
    assert_eq!(participations(&School::new().facts(&later)), &[]);
}

/// What a scope of one cohort should keep of a whole month.
fn only(cohort: CohortId, facts: &Facts) -> Vec<StayId> {
    facts.participations.iter().filter(|p| p.cohort == cohort).map(|p| p.id).collect()
}

#[test]
fn a_few_cohorts_among_many_give_what_the_whole_month_gives_of_them() {
    let mut few = School::new();
    let mut many = School::new();
    for number in 0..6 {
        many.save(Kind::Cohorts, &format!("cohort=N{number} start=2017-01-02 end=2017-03-31 {COHORT}"));
    }
    few.save(Kind::Settings, "key=ltu_months value=12");
    for month in 0..16 {
        let request = of(Month::new(2018, 10).unwrap().plus(month));
        let whole = few.facts(&request);
        for (code, number) in [("A1", A1), ("B1", B1)] {
            let one = FactsRequest { cohorts: Some(vec![code.to_owned()]), ..request.clone() };
            for school in [&few, &many] {
                let facts = school.facts(&one);
                assert_eq!(participations(&facts), only(number, &whole), "{code} {}", request.from);
                assert_eq!(codes(&facts), codes(&whole).into_iter().filter(|c| *c == code).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn presence_is_the_half_days_of_a_month_without_the_events() {
    let school = School::new();
    let december = of(Month::new(2018, 12).unwrap());
    let month = school.facts(&december);
    let presence = school.facts(&FactsRequest { breadth: Breadth::Presence, ..december });
    let shown = |facts: &Facts| format!("{:?} {:?} {:?}", facts.participations, facts.people, facts.cohorts[0].slots);
    assert_eq!(shown(&presence), shown(&month));
    assert!(presence.results.is_empty() && presence.situations.is_empty() && presence.licence.is_empty());
}
