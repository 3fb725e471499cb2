//! The sections: rows, columns and the sums that must hold between them.

use super::*;
use crate::domain::cohort::{Half, SlotKind, Stream, TrainingStatus};
use crate::domain::facts::{BpfHours, BudgetFact, FunderFact, Scope, TargetFact};
use crate::domain::funder::{Dialect, Level, People, Side};
use crate::domain::placement::SituationType as T;
use crate::domain::progress::{
    AttendanceStatus as A, CertificateOutcome, LicenceOutcome, LicenceStep, ModuleOutcome, Registry,
};
use crate::domain::trainee::{EntryStatus, ExitReason, Sex, YesNo};
use crate::domain::{ClosedList, Lang};
use crate::report::testing::{Marks, School, day, period, pick, up_to};
use crate::report::world::Purpose;

#[track_caller]
fn check(school: &School, scope: &Scope, section: Section, head: &[&str], columns: &str, want: &[&str]) {
    assert_eq!(pick(&school.sheet(scope, section), head, columns), want, "{} of {head:?}", section.code());
}

fn november() -> Scope {
    period("2018-11-01", "2018-11-30", "2018-11-30")
}

#[test]
fn every_section_has_the_columns_that_files_promise() {
    let school = School::with_p1();
    let want = [
        (
            Section::Monthly,
            "cohort month start entries exits end planned present excused unexcused unmarked attendance_pct hours_centre hours_company modules_validated code_passed licence_obtained interviews interview_hours prehire_started contracts_signed",
        ),
        (Section::Indicators, "indicator label cohort num den value unit not_yet_due unknown target gap status note"),
        (
            Section::Exits,
            "cohort scheme point entrants withdrawn examined durable transition positive other unknown not_yet_due dynamic_pct durable_pct employment_pct dynamic_pct_on_entrants",
        ),
        (
            Section::Attendance,
            "cohort trainee planned present excused unexcused unmarked attendance_pct hours_centre hours_company longest_absence",
        ),
        (
            Section::People,
            "person cohort sex age_band education_band entry_month exit_month exit_reason attendance_pct outcome_exit outcome_3m outcome_6m",
        ),
        (Section::Placements, "person cohort exit_month type duration_class prehire converted outcome"),
        (Section::Esf, "indicator label women men nonbinary total"),
        (Section::Bpf, "year frame line label trainees hours"),
        (Section::Financial, "cohort side class label planned realised pct gap explanation_due"),
        (Section::Followups, "cohort trainee point due_on window_end attempts last_attempt status"),
    ];
    for (section, columns) in want {
        let sheet = school.sheet(&november(), section);
        assert_eq!(sheet.columns.iter().map(|c| c.key).collect::<Vec<_>>().join(" "), columns);
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.columns.len()));
    }
}

#[test]
fn movements_count_a_transfer_as_an_exit_of_that_cohort() {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-11-19", "2019-02-28");
    school.enter("P1", "stays", "2018-11-05");
    school.left("P1", "moved", ("2018-11-05", "2018-11-16"), ExitReason::Transferred);
    school.enter("P2", "moved", "2018-11-19");
    school.left("P1", "december", ("2018-11-30", "2018-12-01"), ExitReason::Job);
    let columns = "start entries exits end";
    check(&school, &november(), Section::Monthly, &["P1", "2018-11"], columns, &["0 3 1 2"]);
    check(&school, &november(), Section::Monthly, &["*", "2018-11"], columns, &["0 4 1 3"]);
    let december = period("2018-12-01", "2018-12-31", "2018-12-31");
    check(&school, &december, Section::Monthly, &["*"], columns, &["3 0 1 2"]);
}

#[test]
fn someone_who_leaves_on_the_last_day_is_an_exit_of_that_month_and_not_at_its_end() {
    let mut school = School::with_p1();
    school.left("P1", "a", ("2018-11-05", "2018-11-30"), ExitReason::Job);
    let columns = "month start entries exits end";
    let scope = period("2018-11-01", "2018-12-31", "2018-12-31");
    check(&school, &scope, Section::Monthly, &["P1"], columns, &["2018-11 0 1 1 0", "2018-12 0 0 0 0"]);
    let first = period("2018-11-01", "2018-11-30", "2018-11-29");
    check(&school, &first, Section::Monthly, &["P1"], columns, &["2018-11 0 1 0 1"]);
}

#[test]
fn months_after_as_of_give_no_row_and_a_cohort_without_anything_keeps_its_months() {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-12-03", "2018-12-21");
    let scope = period("2018-10-01", "2019-03-31", "2019-01-15");
    check(&school, &scope, Section::Monthly, &["P1"], "month", &["2018-11", "2018-12", "2019-01"]);
    check(&school, &scope, Section::Monthly, &["P2"], "month", &["2018-12"]);
    check(
        &school,
        &scope,
        Section::Monthly,
        &["*"],
        "month attendance_pct",
        &["2018-10 ", "2018-11 ", "2018-12 ", "2019-01 "],
    );
}

#[test]
fn a_month_shows_a_cohort_that_is_over_when_something_still_happened() {
    let mut school = School::with_p1();
    let part = school.left("P1", "a", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.situation(part, T::Cdi, "2019-04-01", "");
    let scope = period("2019-03-01", "2019-04-30", "2019-04-30");
    check(&school, &scope, Section::Monthly, &["P1"], "month contracts_signed", &["2019-04 1"]);
    check(&school, &scope, Section::Monthly, &["*"], "month contracts_signed", &["2019-03 0", "2019-04 1"]);
}

#[test]
fn half_days_of_a_cut_month_are_those_of_the_period() {
    let mut school = School::with_p1();
    for date in ["2018-11-05", "2018-11-12", "2018-11-19"] {
        school.slot("P1", date, Half::Am, SlotKind::Centre);
    }
    let part = school.enter("P1", "a", "2018-11-05");
    for date in ["2018-11-05", "2018-11-12"] {
        school.mark(part, date, Half::Am, A::Present);
    }
    let columns = "start entries planned present unmarked attendance_pct hours_centre";
    check(&school, &november(), Section::Monthly, &["P1"], columns, &["0 1 3 2 1 66.7 420min"]);
    let cut = period("2018-11-12", "2018-11-30", "2018-11-18");
    check(&school, &cut, Section::Monthly, &["P1"], columns, &["1 0 1 1 0 100.0 210min"]);
}

#[test]
fn a_first_pass_counts_once_over_all_cohorts() {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-12-03", "2019-02-28");
    let part = school.enter("P1", "a", "2018-11-05");
    school.enter("P2", "a", "2018-12-03");
    for date in ["2018-11-20", "2018-12-10"] {
        school.licence(part, LicenceStep::CodeExam, date, Some(LicenceOutcome::Passed), 0);
    }
    let scope = period("2018-11-01", "2018-12-31", "2018-12-31");
    check(&school, &scope, Section::Monthly, &["P1"], "month code_passed", &["2018-11 1", "2018-12 0"]);
    check(&school, &scope, Section::Monthly, &["P2"], "month code_passed", &["2018-12 1"]);
    check(&school, &scope, Section::Monthly, &["*"], "month code_passed", &["2018-11 1", "2018-12 0"]);
}

#[test]
fn monthly_counts_contracts_not_missions_and_first_validations_only() {
    let mut school = School::with_p1();
    let module = school.module("P1", "F01", Stream::Technical);
    let part = school.enter("P1", "a", "2018-11-05");
    school.result(part, module, "2018-11-20", ModuleOutcome::Validated);
    school.result(part, module, "2018-12-20", ModuleOutcome::Validated);
    school.situation(part, T::Interim, "2018-12-03", "2018-12-21").prehire = true;
    school.situation(part, T::Cdd, "2018-12-22", "2019-06-30");
    school.situation(part, T::Pmsmp, "2018-12-22", "2018-12-30");
    school.interview(part, "2018-12-05", 50);
    let scope = period("2018-11-01", "2018-12-31", "2018-12-31");
    let columns = "modules_validated prehire_started contracts_signed interviews interview_hours";
    check(&school, &scope, Section::Monthly, &["P1"], columns, &["1 0 0 0 0min", "0 1 1 1 50min"]);
}

#[test]
fn a_cohort_that_has_not_begun_is_outside_and_leaves_the_rows_over_all_with_zeros() {
    let school = School::with_p1();
    let scope = period("2018-10-01", "2018-10-31", "2018-10-31");
    check(&school, &scope, Section::Monthly, &[], "cohort month start planned", &["* 2018-10 0 0"]);
    let sheet = school.sheet(&scope, Section::Indicators);
    assert_eq!(pick(&sheet, &["entrants"], "cohort num den value"), ["* 0  0"]);
    assert_eq!(pick(&sheet, &["completion_rate"], "cohort num den value not_yet_due"), ["* 0 0  0"]);
    assert_eq!(pick(&school.sheet(&scope, Section::Exits), &[], "cohort").len(), 8);
    check(
        &school,
        &scope,
        Section::Financial,
        &[],
        "cohort side class planned realised",
        &[
            "* charge total 0c 0c",
            "* income total 0c 0c",
            "* cost per_entrant  ",
            "* cost per_completer  ",
            "* cost per_dynamic_exit  ",
        ],
    );
}

#[test]
fn indicators_give_one_row_per_technical_module_and_presented_certificate() {
    let mut school = School::with_p1();
    school.module("P1", "F02", Stream::Technical);
    school.module("P1", "F01", Stream::Technical);
    let aipr = school.catalogue("AIPR", Registry::None, true);
    school.catalogue("SST", Registry::None, false);
    let part = school.enter("P1", "a", "2018-11-05");
    school.attempt(part, aipr, "2018-11-20", CertificateOutcome::Obtained);
    let sheet = school.sheet(&november(), Section::Indicators);
    let names = pick(&sheet, &[], "indicator cohort");
    let of =
        |prefix: &str| names.iter().filter(|n| n.starts_with(prefix) && n.ends_with('*')).cloned().collect::<Vec<_>>();
    assert_eq!(of("modules_validated"), ["modules_validated@F01 *", "modules_validated@F02 *", "modules_validated *"]);
    assert_eq!(of("certificate_success"), ["certificate_success@AIPR *", "certificate_success *"]);
    assert_eq!(pick(&sheet, &["access_delay_days@median"], "cohort num den value"), ["P1  0 ", "*  0 "]);
    assert_eq!(
        pick(&sheet, &["certificate_success@AIPR"], "cohort num den value note"),
        ["P1 1 1 100.0 small number", "* 1 1 100.0 small number"]
    );
}

fn funder(people: People) -> FunderFact {
    FunderFact {
        id: 1,
        code: "FCA".into(),
        name: "Fondation".into(),
        lang: Lang::Fr,
        dialect: Dialect::Csv,
        level: Level::Contract,
        suppress_below: None,
        rate_min_denominator: Some(1),
        people,
        secret: b"secret".to_vec(),
    }
}

#[test]
fn targets_stand_on_the_row_over_all_cohorts_and_only_with_a_funder() {
    let mut school = School::with_p1();
    school.enter("P1", "a", "2018-11-05");
    let target =
        |id, indicator: &str, value| TargetFact { id, op: 1, grant: "G1".into(), indicator: indicator.into(), value };
    school.facts.targets = vec![
        target(1, "entrants", 1200),
        target(2, "fill_rate", 900),
        target(3, "completion_rate", 7000),
        target(4, "unmarked", 0),
    ];
    let mut scope = november();
    let columns = "cohort target gap status note";
    check(&school, &scope, Section::Indicators, &["fill_rate"], columns, &["P1    small number", "*    small number"]);
    scope.funder = Some(funder(People::None));
    check(&school, &scope, Section::Indicators, &["entrants"], columns, &["P1    ", "* 12 -11 late "]);
    check(&school, &scope, Section::Indicators, &["fill_rate"], columns, &["P1    ", "* 9.0 -0.7 watch "]);
    check(
        &school,
        &scope,
        Section::Indicators,
        &["completion_rate", "Completion rate", "*"],
        columns,
        &["* 70.0   small number"],
    );
    check(&school, &scope, Section::Indicators, &["unmarked", "Unmarked half-days", "*"], columns, &["* 0 0 ok "]);
}

#[test]
fn exits_add_up_and_the_second_scheme_carries_contract_alternance_and_training() {
    let mut school = School::with_p1();
    for (slug, kind) in [("a", T::Cdd), ("b", T::Apprentissage), ("c", T::FormationQualifiante), ("d", T::Stage)] {
        let part = school.left("P1", slug, ("2018-11-05", "2019-02-01"), ExitReason::Completed);
        school.situation(part, kind, "2019-02-04", "2019-05-01");
    }
    school.left("P1", "e", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.left("P1", "ill", ("2018-11-05", "2019-01-01"), ExitReason::ForceMajeure);
    school.enter("P1", "open", "2018-11-05");
    let scope = up_to("2019-03-01");
    let columns = "entrants withdrawn examined durable transition positive other unknown not_yet_due dynamic_pct durable_pct employment_pct dynamic_pct_on_entrants";
    check(&school, &scope, Section::Exits, &["*", "iae", "exit"], columns, &["7 1 5 0 2 1 2 1 0 60.0 0.0 40.0 42.9"]);
    check(&school, &scope, Section::Exits, &["*", "e2c", "exit"], columns, &["7 1 5 1 1 1 2 1 0 60.0 20.0 40.0 42.9"]);
    check(&school, &scope, Section::Exits, &["P1", "iae", "3m"], columns, &["7 1 5 0 0 0 0 0 5    "]);
}

#[test]
fn attendance_lists_who_was_there_and_the_longest_absence_of_planned_half_days() {
    let mut school = School::with_p1();
    for date in ["2018-11-05", "2018-11-06", "2018-11-08"] {
        school.slot("P1", date, Half::Am, SlotKind::Centre);
        school.slot("P1", date, Half::Pm, SlotKind::Centre);
    }
    let part = school.enter("P1", "b", "2018-11-05");
    school.mark(part, "2018-11-05", Half::Am, A::Present);
    school.mark(part, "2018-11-05", Half::Pm, A::Unexcused);
    school.mark(part, "2018-11-06", Half::Am, A::Excused);
    school.mark(part, "2018-11-06", Half::Pm, A::Excused);
    school.mark(part, "2018-11-08", Half::Pm, A::Unexcused);
    school.left("P1", "a", ("2018-11-05", "2018-11-06"), ExitReason::Job);
    school.enter("P1", "later", "2018-11-30");
    let columns = "trainee planned present excused unexcused unmarked attendance_pct hours_centre longest_absence";
    check(
        &school,
        &november(),
        Section::Attendance,
        &["P1"],
        columns,
        &["a 4 0 0 0 4 0.0 0min 0", "b 6 1 2 2 1 16.7 210min 3", "later 0 0 0 0 0  0min 0"],
    );
    let after = period("2018-11-07", "2018-11-29", "2018-12-31");
    check(&school, &after, Section::Attendance, &["P1"], "trainee planned", &["b 2"]);
}

#[test]
fn people_are_shown_in_bands_with_an_outcome_at_each_point() {
    let mut school = School::with_p1();
    let part = school.left("P1", "a", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.part_mut(part).education = Some(3);
    school.person_mut("a").birth_date = Some(day("1997-11-05"));
    school.person_mut("a").sex = Some(Sex::F);
    school.situation(part, T::Cdi, "2019-02-04", "").actual_end = Some(day("2019-04-01"));
    school.left("P1", "b", ("2018-11-05", "2018-11-06"), ExitReason::EndOfIntegration);
    school.enter("P1", "c", "2018-11-05");
    let columns =
        "person sex age_band education_band entry_month exit_month exit_reason outcome_exit outcome_3m outcome_6m";
    check(
        &school,
        &up_to("2019-06-01"),
        Section::People,
        &[],
        columns,
        &[
            "a F 21-25 3-4 2018-11 2019-02 completed durable unknown not_yet_due",
            "b    2018-11 2018-11 end_of_integration withdrawn withdrawn withdrawn",
            "c    2018-11   not_yet_due not_yet_due not_yet_due",
        ],
    );
}

#[test]
fn placements_tell_length_and_conversion_of_prehire_rows_only() {
    let mut school = School::with_p1();
    let part = school.left("P1", "a", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    let mission = school.situation(part, T::Interim, "2019-02-11", "2019-08-10");
    (mission.prehire, mission.company) = (true, Some("Axione".into()));
    school.situation(part, T::Cdi, "2019-08-20", "").company = Some("AXIONE".into());
    school.situation(part, T::DemandeurEmploi, "2019-08-11", "");
    school.situation(part, T::Cdd, "2019-09-01", "2019-09-30").not_started = true;
    let columns = "type exit_month duration_class prehire converted outcome";
    check(
        &school,
        &up_to("2019-12-31"),
        Section::Placements,
        &["a", "P1"],
        columns,
        &[
            "INTERIM 2019-02 6m_or_more true true durable",
            "DEMANDEUR_EMPLOI 2019-02  false  other",
            "CDI 2019-02 open_ended false  durable",
        ],
    );
}

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
    let line = |id, side, class: &str, funder: Option<&str>, planned, realised| BudgetFact {
        id,
        op: 1,
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

#[test]
fn pseudonyms_replace_people_in_every_section_about_them() {
    let mut school = School::with_p1();
    let part = school.left("P1", "ferre-amelie", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.situation(part, T::Cdi, "2019-02-04", "");
    let scope = up_to("2019-12-31");
    let facts = school.facts(&scope, Marks::Single);
    let world = World::new(&facts, &scope, Purpose::Figures);
    let naming = Naming::of_funder(&funder(People::Pseudonymised));
    let pseudonym = naming.name(world.parts[0].person);
    for section in Section::ALL.iter().filter(|s| s.shows_people()) {
        let sheet = section.sheet(&world, &naming).unwrap();
        let text = format!("{:?}", sheet.rows);
        assert!(text.contains(&pseudonym) && !text.contains("ferre"), "{}", section.code());
    }
}

mod random {
    //! What must hold whatever the records say.

    use super::*;
    use crate::domain::{Date, trainee::Decision};
    use crate::report::indicator::{self, Shape};
    use crate::report::membership::{Figure, collect};
    use crate::report::world::Group;
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    struct Path {
        cohort: usize,
        person: usize,
        entry: i32,
        stay: i32,
        exit: Option<usize>,
        present: bool,
        marks: Vec<(usize, usize)>,
        situations: Vec<(usize, i32, i32, bool)>,
    }

    fn path() -> impl Strategy<Value = Path> {
        let marks = prop::collection::vec((0..40usize, 0..3usize), 0..12);
        let situations = prop::collection::vec((0..T::ALL.len(), -20..200i32, 0..400i32, any::<bool>()), 0..4);
        (
            0..2usize,
            0..6usize,
            0..20i32,
            0..70i32,
            prop::option::of(0..ExitReason::ALL.len()),
            any::<bool>(),
            marks,
            situations,
        )
            .prop_map(|(cohort, person, entry, stay, exit, present, marks, situations)| Path {
                cohort,
                person,
                entry,
                stay,
                exit,
                present,
                marks,
                situations,
            })
    }

    fn school(paths: &[Path]) -> School {
        let mut school = School::with_p1();
        school.cohort("P2", "2018-12-03", "2019-03-01");
        school.module("P1", "F01", Stream::Technical);
        let starts = [day("2018-11-05"), day("2018-12-03")];
        for (code, start) in ["P1", "P2"].into_iter().zip(starts) {
            for i in 0..40 {
                let half = if i % 2 == 0 { Half::Am } else { Half::Pm };
                let kind = [SlotKind::Centre, SlotKind::Company, SlotKind::Centre, SlotKind::Cancelled][i as usize % 4];
                school.slot(code, &start.plus_days(i / 2 * 2).to_string(), half, kind);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        for path in paths.iter().filter(|p| seen.insert((p.cohort, p.person))) {
            follow(&mut school, path, starts[path.cohort]);
        }
        school
    }

    fn follow(school: &mut School, path: &Path, start: Date) {
        let code = ["P1", "P2"][path.cohort];
        let entry = start.plus_days(path.entry);
        let exit = entry.plus_days(path.stay);
        let slug = format!("person-{}", path.person);
        let part = school.apply(code, &slug);
        part.decision = Some(Decision::Admitted);
        part.entry = Some(entry);
        part.first_present = path.present.then_some(entry);
        if let Some(reason) = path.exit {
            part.exit = Some(exit);
            part.exit_reason = Some(ExitReason::ALL[reason]);
        }
        let (id, sex) = (part.id, [None, Some(Sex::F), Some(Sex::M), Some(Sex::X)][path.person % 4]);
        school.person_mut(&slug).sex = sex;
        let slots = school.cohort_mut(code).slots.clone();
        let mut marked = std::collections::BTreeSet::new();
        for (slot, status) in &path.marks {
            let slot = slots[*slot];
            let inside = entry <= slot.date && (path.exit.is_none() || slot.date <= exit);
            if inside && path.present && slot.kind != SlotKind::Cancelled && marked.insert((slot.date, slot.half)) {
                school.mark(id, &slot.date.to_string(), slot.half, A::ALL[*status]);
            }
        }
        for (kind, from, days, prehire) in &path.situations {
            let from = exit.plus_days(*from);
            let end = from.plus_days(*days).to_string();
            school.situation(id, T::ALL[*kind], &from.to_string(), &end).prehire = *prehire;
        }
    }

    fn number(text: &str) -> i64 {
        text.trim_end_matches("min").parse().unwrap()
    }

    fn check_month_identity(school: &School, scope: &Scope) {
        for row in pick(
            &school.sheet(scope, Section::Monthly),
            &[],
            "start entries exits end planned present excused unexcused unmarked",
        ) {
            let n: Vec<i64> = row.split(' ').map(number).collect();
            assert_eq!(n[0] + n[1] - n[2], n[3], "start + entries - exits = end");
            assert_eq!(n[4], n[5..9].iter().sum::<i64>(), "planned is marked or unmarked");
        }
    }

    fn check_exits(school: &School, scope: &Scope) {
        let columns = "withdrawn examined durable transition positive other unknown not_yet_due entrants";
        for row in pick(&school.sheet(scope, Section::Exits), &[], columns) {
            let n: Vec<i64> = row.split(' ').map(number).collect();
            assert_eq!(n[2..6].iter().sum::<i64>(), n[1] - n[7], "classes add up to the examined and due");
            assert!(n[6] <= n[5] && n[0] + n[1] <= n[8]);
        }
    }

    fn check_indicators(school: &School, scope: &Scope) {
        let (summed, single) = (school.facts(scope, Marks::Summed), school.facts(scope, Marks::Single));
        let figures = World::new(&summed, scope, Purpose::Figures);
        let explained = World::new(&single, scope, Purpose::Explain);
        for indicator in indicator::all() {
            for variant in indicator.rows(&figures) {
                let variant = variant.as_deref();
                let name = indicator.name(variant);
                let mut parts = Figure::default();
                for group in figures.groups() {
                    let figure = indicator.result(&figures, group, variant).figure;
                    let units = collect(|sink| indicator.units(&explained, group, variant, sink));
                    assert_eq!(Figure::of(&units), figure, "{name}: the list adds up to the figure");
                    if matches!(indicator.shape, Shape::Rate | Shape::RateOnceDue) && name != "fill_rate" {
                        assert!(figure.num <= figure.den, "{name}: {figure:?}");
                    }
                    match group {
                        Group::Cohort(_) => parts.merge(&figure),
                        Group::All
                            if !["applicants", "people_reached", "driving_hours", "partner_companies"]
                                .contains(&indicator.key) =>
                        {
                            assert_eq!(figure, parts, "{name}: over all cohorts it counts the same units");
                        }
                        Group::All => assert!(figure.num <= parts.num, "{name}"),
                    }
                }
            }
        }
    }

    fn check_columns(school: &School, scope: &Scope) {
        let single = school.facts(scope, Marks::Single);
        let world = World::new(&single, scope, Purpose::Explain);
        let sheet = school.sheet(scope, Section::Monthly);
        for column in Section::Monthly.figure_columns().into_iter().filter(|c| *c != "attendance_pct") {
            for row in Section::Monthly.units(&world, column).unwrap() {
                let want = pick(&sheet, &["*", &row.words[0]], column);
                assert_eq!(number(&want[0]), Figure::of(&row.units).num, "{column} {:?}", row.words);
            }
        }
        let sheet = school.sheet(scope, Section::Esf);
        for (column, ..) in esf::COLUMNS {
            for row in Section::Esf.units(&world, column).unwrap().iter().filter(|r| r.words[0] != "EECR06") {
                let want = pick(&sheet, &[&row.words[0]], column);
                assert_eq!(number(&want[0]), Figure::of(&row.units).num, "{column} {:?}", row.words);
            }
        }
        let mut totals = std::collections::BTreeMap::new();
        for row in pick(&school.sheet(scope, Section::Bpf), &[], "year line trainees hours frame") {
            if let [year, "total", trainees, hours, _] = row.split(' ').collect::<Vec<_>>()[..] {
                let total = (trainees.to_owned(), hours.to_owned());
                assert_eq!(*totals.entry(year.to_owned()).or_insert_with(|| total.clone()), total, "F-1 = F-3 = F-4");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
        #[test]
        fn figures_hold_together(paths in prop::collection::vec(path(), 0..10), months in 1..16i32, late in 0..40i32) {
            let school = school(&paths);
            let to = day("2018-11-01").plus_months(months).plus_days(-1);
            let scope = Scope { to, as_of: to.plus_days(-late), ..period("2018-11-01", "2018-11-30", "2018-11-30") };
            check_month_identity(&school, &scope);
            check_exits(&school, &scope);
            check_indicators(&school, &scope);
            check_columns(&school, &scope);
        }
    }
}
