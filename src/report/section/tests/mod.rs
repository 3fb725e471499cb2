//! The sections: rows, columns and the sums that must hold between them.

use super::*;
use crate::domain::cohort::{Half, SlotKind, Stream, TrainingStatus};
use crate::domain::facts::{BpfHours, BudgetFact, FunderFact, Scope, TargetFact};
use crate::domain::funder::{Dialect, Level, People, Side};
use crate::domain::id::{FunderId, OpId, RecordId};
use crate::domain::placement::SituationType as T;
use crate::domain::progress::{
    AttendanceStatus as A, CertificateOutcome, LicenceOutcome, LicenceStep, ModuleOutcome, Registry,
};
use crate::domain::trainee::{EntryStatus, ExitReason, Sex, YesNo};
use crate::domain::{ClosedList, Lang};
use crate::report::as_of::Purpose;
use crate::report::testing::{Marks, School, day, period, pick, up_to};

mod random;
mod returns;

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
        id: FunderId::from_number(1),
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
    let target = |id: i64, indicator: &str, value| TargetFact {
        id: RecordId::from_number(id),
        op: OpId::from_number(1),
        grant: "G1".into(),
        indicator: indicator.into(),
        value,
        by: None,
        baseline: None,
    };
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
