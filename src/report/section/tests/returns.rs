//! The returns to authorities and funders: European fund, yearly return, money, follow-ups.

use super::*;
use crate::domain::id::{OpId, RecordId};

#[test]
fn esf_takes_entry_data_of_the_first_participation_and_exit_data_of_the_last() {
    let mut school = School::with_p1();
    school.cohort("P2", "2019-03-04", "2019-05-31");
    let first = school.left("P1", "a", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    let second = school.left("P2", "a", ("2019-03-04", "2019-05-31"), ExitReason::Completed);
    school.person_mut("a").sex = Some(Sex::F);
    school.person_mut("a").birth_date = Some(day("2000-11-05"));
    let fact = school.part_mut(first);
    fact.status_at_entry = Some(EntryStatus::Unemployed);
    fact.status_since = Some(day("2017-11-04"));
    fact.education = Some(2);
    fact.rural = YesNo::Yes;
    school.part_mut(second).status_at_entry = Some(EntryStatus::Employed);
    school.situation(second, T::Cdi, "2019-06-28", "");
    school.enter("P1", "nosex", "2018-11-05");
    let scope = period("2018-11-01", "2019-05-31", "2019-12-31");
    let sheet = school.sheet(&scope, Section::Esf);
    let line = |key: &str| pick(&sheet, &[key], "women men nonbinary total").join("");
    for (key, want) in [
        ("EECO01", "1 0 0 2"),
        ("EECO01_complete", "1 0 0 1"),
        ("EECO02", "1 0 0 1"),
        ("EECO03", "1 0 0 1"),
        ("EECO05", "0 0 0 0"),
        ("EECO06", "0 0 0 0"),
        ("EECO07", "1 0 0 1"),
        ("EECO09", "1 0 0 1"),
        ("EECO17", "1 0 0 1"),
        ("EECR04", "1 0 0 1"),
        ("EECR05", "1 0 0 1"),
        ("EECR06", "   "),
    ] {
        assert_eq!(line(key), want, "{key}");
    }
    let early = school.sheet(&period("2018-11-01", "2019-05-31", "2019-05-30"), Section::Esf);
    assert_eq!(pick(&early, &["EECR04"], "total"), ["0"], "the last participation has no exit yet");
}

#[test]
fn long_term_unemployment_is_strictly_longer_than_the_setting() {
    for (since, months, counted) in [("2017-11-04", 12, "1"), ("2017-11-05", 12, "0"), ("2018-05-04", 6, "1")] {
        let mut school = School::with_p1();
        let part = school.enter("P1", "a", "2018-11-05");
        school.person_mut("a").birth_date = Some(day("1993-11-06"));
        school.part_mut(part).status_at_entry = Some(EntryStatus::Unemployed);
        school.part_mut(part).status_since = Some(day(since));
        let mut scope = november();
        scope.settings.ltu_under25 = months;
        check(&school, &scope, Section::Esf, &["EECO03"], "total", &[counted]);
    }
}

#[test]
fn a_search_for_work_counts_without_a_contract_on_its_first_day() {
    for (contract_end, counted) in [("2019-02-05", "0"), ("2019-02-04", "1")] {
        let mut school = School::with_p1();
        let part = school.left("P1", "a", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
        school.part_mut(part).status_at_entry = Some(EntryStatus::Inactive);
        school.situation(part, T::Cdd, "2019-01-05", contract_end);
        school.situation(part, T::DemandeurEmploi, "2019-02-05", "");
        let scope = period("2018-11-01", "2019-02-28", "2019-12-31");
        check(&school, &scope, Section::Esf, &["EECR01"], "total", &[counted]);
    }
}

fn year_crossing() -> School {
    let mut school = School::with_p1();
    for (date, kind) in
        [("2018-12-20", SlotKind::Centre), ("2018-12-21", SlotKind::Company), ("2019-01-07", SlotKind::Company)]
    {
        school.slot("P1", date, Half::Am, kind);
    }
    let part = school.enter("P1", "a", "2018-11-05");
    for date in ["2018-12-20", "2018-12-21", "2019-01-07"] {
        school.mark(part, date, Half::Am, A::Present);
    }
    school.enter("P1", "b", "2018-11-05");
    school
}

#[test]
fn a_cohort_that_crosses_the_year_is_in_both_returns() {
    let mut school = year_crossing();
    let columns = "year frame line trainees hours";
    check(
        &school,
        &up_to("2019-06-30"),
        Section::Bpf,
        &[],
        columns,
        &[
            "2018 F-1 a 0 0",
            "2018 F-1 c 1 4",
            "2018 F-1 e 0 0",
            "2018 F-1 total 1 4",
            "2018 F-3 a 0 0",
            "2018 F-3 b 0 0",
            "2018 F-3 d 1 4",
            "2018 F-3 total 1 4",
            "2018 F-4 255 1 4",
            "2018 F-4 total 1 4",
            "2019 F-1 a 0 0",
            "2019 F-1 c 1 0",
            "2019 F-1 e 0 0",
            "2019 F-1 total 1 0",
            "2019 F-3 a 0 0",
            "2019 F-3 b 0 0",
            "2019 F-3 d 1 0",
            "2019 F-3 total 1 0",
            "2019 F-4 255 1 0",
            "2019 F-4 total 1 0",
        ],
    );
    let rncp = school.catalogue("CCPRFO", Registry::Rncp, true);
    school.cohort_mut("P1").certificate = Some(rncp);
    school.cohort_mut("P1").training_status = TrainingStatus::TempWorker;
    let mut scope = period("2018-12-21", "2019-01-31", "2019-06-30");
    scope.settings.bpf_hours = BpfHours::All;
    let lines = |line: &str| pick(&school.sheet(&scope, Section::Bpf), &["2018", line], "line trainees hours");
    assert_eq!(lines("F-1"), ["a 1 4", "c 0 0", "e 0 0", "total 1 4"], "only the days of the period");
    assert_eq!(lines("F-3"), ["a 1 4", "b 0 0", "d 0 0", "total 1 4"]);
}

#[test]
fn the_total_of_hours_is_rounded_once_from_the_minutes() {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-11-05", "2019-02-01");
    school.cohort_mut("P2").nsf = "326".into();
    for code in ["P1", "P2"] {
        school.slot(code, "2018-12-20", Half::Am, SlotKind::Centre);
        let part = school.enter(code, code, "2018-11-05");
        school.mark(part, "2018-12-20", Half::Am, A::Present);
    }
    let scope = period("2018-01-01", "2018-12-31", "2018-12-31");
    check(&school, &scope, Section::Bpf, &["2018", "F-4"], "line trainees hours", &["255 1 4", "326 1 4", "total 2 7"]);
}

#[test]
fn money_is_totalled_by_side_divided_by_results_and_shared_among_funders() {
    let mut school = School::with_p1();
    let cohort = school.cohort_mut("P1").id;
    for slug in ["a", "b", "c"] {
        school.left("P1", slug, ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    }
    let line = |id: i64, side, class: &str, funder: Option<&str>, planned, realised| BudgetFact {
        id: RecordId::from_number(id),
        op: OpId::from_number(1),
        cohort,
        funder: funder.map(str::to_owned),
        grant: funder.map(str::to_owned),
        side,
        class: class.into(),
        label: "x".into(),
        planned,
        realised,
    };
    school.facts.budget = vec![
        line(1, Side::Charge, "60", None, 100_000, 110_000),
        line(2, Side::Charge, "64", None, 0, 100),
        line(3, Side::Income, "74", Some("FCA"), 60_000, 50_000),
        line(4, Side::Income, "74", Some("BP"), 30_000, 25_000),
        line(5, Side::Income, "75", None, 0, 25_000),
    ];
    let want = [
        "charge 60 100000c 110000c 110.0 10000c false",
        "charge 64 0c 100c  100c true",
        "income 74 90000c 75000c 83.3 -15000c true",
        "income 75 0c 25000c  25000c true",
        "charge total 100000c 110100c 110.1 10100c true",
        "income total 90000c 100000c 111.1 10000c true",
        "cost per_entrant  36700c   false",
        "cost per_completer  36700c   false",
        "cost per_dynamic_exit     false",
        "share BP 30000c 25000c 25.0  false",
        "share FCA 60000c 50000c 50.0  false",
    ];
    for cohort in ["P1", "*"] {
        let columns = "side class planned realised pct gap explanation_due";
        check(&school, &up_to("2019-12-31"), Section::Financial, &[cohort], columns, &want);
    }
}

#[test]
fn a_followup_is_due_for_28_days_and_reached_by_an_attempt_for_its_own_point() {
    use crate::domain::placement::Point;
    let mut school = School::with_p1();
    let part = school.left("P1", "a", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    let columns = "point due_on window_end attempts last_attempt status";
    for (as_of, status) in
        [("2019-04-30", "not_due"), ("2019-05-01", "due"), ("2019-05-29", "due"), ("2019-05-30", "overdue")]
    {
        let rows = pick(&school.sheet(&up_to(as_of), Section::Followups), &["P1", "a", "3m"], columns);
        assert_eq!(rows, [format!("3m 2019-05-01 2019-05-29 0  {status}")], "{as_of}");
    }
    school.followup(part, Point::M3, "2019-04-20", false);
    school.followup(part, Point::M3, "2019-04-28", true);
    school.followup(part, Point::M6, "2019-12-31", true);
    check(
        &school,
        &up_to("2019-04-28"),
        Section::Followups,
        &["P1", "a"],
        columns,
        &[
            "3m 2019-05-01 2019-05-29 2 2019-04-28 reached",
            "6m 2019-08-01 2019-08-29 0  not_due",
            "12m 2020-02-01 2020-02-29 0  not_due",
        ],
    );
}
