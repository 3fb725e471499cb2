//! The definitions of the indicators at their edges.

use super::*;
use crate::domain::cohort::{Half, SlotKind, Stream};
use crate::domain::facts::{DurableMin, Scope};
use crate::domain::id::StayId;
use crate::domain::placement::SituationType as T;
use crate::domain::progress::{
    AttendanceStatus as A, CertificateOutcome, LicenceOutcome, LicenceStep, ModuleOutcome, Registry,
};
use crate::domain::trainee::{Decision, EntryStatus, ExitReason, LicenceAtEntry, Sex, YesNo};
use crate::report::as_of::Purpose;
use crate::report::testing::{Marks, School, day, period, up_to};

mod exits;
mod work;

/// (num, den, not yet due, unknown) over all cohorts.
#[track_caller]
fn check(school: &School, as_of: &str, name: &str, want: [i64; 4]) {
    check_in(school, &up_to(as_of), "*", name, want);
}

#[track_caller]
fn check_in(school: &School, scope: &Scope, cohort: &str, name: &str, want: [i64; 4]) {
    assert_eq!(school.figure(scope, cohort, name), want, "{name} of {cohort} at {}", scope.as_of);
}

/// Someone who left P1 on its last day, 1 February 2019, having completed.
fn leaver() -> (School, StayId) {
    let mut school = School::with_p1();
    let part = school.left("P1", "amelie", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    (school, part)
}

#[test]
fn keys_are_unique_and_every_row_is_found_again_by_its_name() {
    let mut seen = BTreeSet::new();
    for indicator in all() {
        assert!(seen.insert(indicator.key), "{}", indicator.key);
        if let Variants::Fixed(known) = indicator.variants {
            for variant in known {
                assert_eq!(find(&indicator.name(Some(variant))).unwrap().0.key, indicator.key);
            }
        }
    }
    assert!(find("dynamic_exit_rate@9m").is_none() && find("entrants@3m").is_none() && find("nobody").is_none());
    assert_eq!(all().next().unwrap().key, "applicants");
}

#[test]
fn an_entrant_was_present_at_least_once_by_the_observation_date() {
    let mut school = School::with_p1();
    let late = school.enter("P1", "late", "2018-11-05");
    school.part_mut(late).first_present = Some(day("2018-11-07"));
    school.apply("P1", "noshow").entry = Some(day("2018-11-05"));
    check(&school, "2018-11-06", "entrants", [0, 0, 0, 0]);
    check(&school, "2018-11-07", "entrants", [1, 0, 0, 0]);
    check(&school, "2018-11-04", "entrants", [0, 0, 0, 0]);
}

#[test]
fn a_person_in_two_cohorts_counts_once_among_people_and_twice_among_participations() {
    let mut school = School::with_p1();
    school.cohort("P2", "2019-03-04", "2019-05-31");
    school.left("P1", "amelie", ("2018-11-05", "2018-12-05"), ExitReason::Transferred);
    school.enter("P2", "amelie", "2019-03-04");
    let scope = up_to("2019-03-31");
    for (name, star, each) in [("applicants", 1, 1), ("people_reached", 1, 1), ("entrants", 2, 1)] {
        check_in(&school, &scope, "*", name, [star, 0, 0, 0]);
        check_in(&school, &scope, "P1", name, [each, 0, 0, 0]);
        check_in(&school, &scope, "P2", name, [each, 0, 0, 0]);
    }
}

#[test]
fn an_application_dated_later_does_not_exist_yet_and_an_entry_is_an_admission() {
    let mut school = School::with_p1();
    school.apply("P1", "later").application_date = Some(day("2018-11-11"));
    school.apply("P1", "undated").decision = Some(Decision::Refused);
    school.apply("P1", "waiting").decision = Some(Decision::Waiting);
    school.apply("P1", "gone").decision = Some(Decision::Withdrawn);
    school.apply("P1", "open").decision = Some(Decision::Pending);
    school.apply("P1", "soon").entry = Some(day("2018-12-10"));
    check(&school, "2018-11-10", "applicants", [5, 0, 0, 0]);
    check(&school, "2018-11-11", "applicants", [6, 0, 0, 0]);
    check(&school, "2018-11-10", "admission_rate", [1, 3, 0, 0]);
}

#[test]
fn places_of_every_cohort_in_scope_are_the_base_of_the_fill_rate() {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-11-05", "2019-02-01");
    school.cohort("P9", "2019-06-03", "2019-09-01");
    school.enter("P1", "amelie", "2018-11-05");
    check(&school, "2018-12-01", "fill_rate", [1, 24, 0, 0]);
    check_in(&school, &up_to("2018-12-01"), "P2", "fill_rate", [0, 12, 0, 0]);
}

#[test]
fn shares_leave_unknown_and_refused_answers_out_of_the_base() {
    let mut school = School::with_p1();
    for (slug, answer) in [("a", YesNo::Yes), ("b", YesNo::No), ("c", YesNo::Unknown), ("d", YesNo::Refused)] {
        let part = school.enter("P1", slug, "2018-11-05");
        school.part_mut(part).rural = answer;
    }
    school.person_mut("a").sex = Some(Sex::F);
    school.person_mut("b").sex = Some(Sex::X);
    check(&school, "2018-12-01", "share_rural", [1, 2, 0, 2]);
    check(&school, "2018-12-01", "share_women", [1, 2, 0, 2]);
    check(&school, "2018-12-01", "share_low_education", [0, 0, 0, 4]);
    assert_eq!(school.finding(&up_to("2018-12-01"), "*", "share_low_education").value, None);
}

#[test]
fn someone_who_turns_18_on_the_entry_day_is_no_minor() {
    let mut school = School::with_p1();
    for (slug, born) in [("today", "2000-11-05"), ("tomorrow", "2000-11-06"), ("leap", "2000-02-29")] {
        school.enter("P1", slug, "2018-11-05");
        school.person_mut(slug).birth_date = Some(day(born));
    }
    school.enter("P1", "unknown", "2018-11-05");
    check(&school, "2018-12-01", "share_minors", [1, 3, 0, 1]);
    check(&school, "2018-12-01", "mean_age", [53, 3, 0, 1]);
    assert_eq!(school.finding(&up_to("2018-12-01"), "*", "mean_age").value, Some(177));
}

#[test]
fn neet_needs_both_answers() {
    let mut school = School::with_p1();
    let rows = [
        (Some(EntryStatus::Unemployed), YesNo::No),
        (Some(EntryStatus::Inactive), YesNo::Yes),
        (Some(EntryStatus::Employed), YesNo::No),
        (Some(EntryStatus::Employed), YesNo::Unknown),
        (None, YesNo::No),
    ];
    for (i, (status, studies)) in rows.into_iter().enumerate() {
        let part = school.enter("P1", &format!("p{i}"), "2018-11-05");
        school.part_mut(part).status_at_entry = status;
        school.part_mut(part).in_education = studies;
    }
    check(&school, "2018-12-01", "share_neet", [1, 3, 0, 2]);
}

/// P1 with ten half-days: five days, the afternoons in company, the last afternoon cancelled.
fn calendar() -> School {
    let mut school = School::with_p1();
    for date in ["2018-11-28", "2018-11-29", "2018-11-30", "2018-12-03", "2018-12-04"] {
        school.slot("P1", date, Half::Am, SlotKind::Centre);
        let kind = if date == "2018-12-04" { SlotKind::Cancelled } else { SlotKind::Company };
        school.slot("P1", date, Half::Pm, kind);
    }
    school
}

#[test]
fn a_late_joiner_is_planned_from_their_entry_on_and_cancelled_half_days_never_are() {
    let mut school = calendar();
    let part = school.enter("P1", "late", "2018-11-29");
    school.mark(part, "2018-11-29", Half::Am, A::Present);
    school.mark(part, "2018-11-29", Half::Pm, A::Excused);
    school.mark(part, "2018-11-30", Half::Am, A::Unexcused);
    school.mark(part, "2018-12-03", Half::Pm, A::Present);
    check(&school, "2018-12-31", "attendance_rate", [2, 7, 0, 0]);
    check(&school, "2018-12-31", "attendance_rate_excl_excused", [2, 6, 0, 0]);
    check(&school, "2018-12-31", "unexcused_rate", [1, 7, 0, 0]);
    check(&school, "2018-12-31", "unmarked", [3, 0, 0, 0]);
    check(&school, "2018-12-31", "hours_centre", [210, 0, 0, 0]);
    check(&school, "2018-12-31", "hours_company", [210, 0, 0, 0]);
    check(&school, "2018-12-31", "hours_total", [420, 0, 0, 0]);
    let november = period("2018-11-01", "2018-11-30", "2018-12-31");
    check_in(&school, &november, "P1", "attendance_rate", [1, 4, 0, 0]);
    check(&school, "2018-11-29", "attendance_rate", [1, 2, 0, 0]);
}

#[test]
fn presence_stops_on_the_exit_day_and_a_later_exit_is_no_exit_yet() {
    let mut school = calendar();
    let part = school.left("P1", "gone", ("2018-11-28", "2018-11-30"), ExitReason::Job);
    school.mark(part, "2018-11-28", Half::Am, A::Present);
    check(&school, "2018-12-31", "attendance_rate", [1, 6, 0, 0]);
    check(&school, "2018-12-31", "hours_planned_left", [0, 0, 0, 0]);
    check(&school, "2018-11-29", "hours_planned_left", [5 * 210, 0, 0, 0]);
    check(&school, "2018-11-30", "hours_planned_left", [0, 0, 0, 0]);
}

#[test]
fn a_no_show_has_no_planned_half_day() {
    let mut school = calendar();
    school.apply("P1", "noshow").entry = Some(day("2018-11-28"));
    check(&school, "2018-12-31", "attendance_rate", [0, 0, 0, 0]);
}

#[test]
fn modules_are_pairs_over_technical_modules_and_each_code_has_its_own_row() {
    let mut school = School::with_p1();
    let splicing = school.module("P1", "F01", Stream::Technical);
    school.module("P1", "F02", Stream::Technical);
    let maths = school.module("P1", "MAT", Stream::General);
    let part = school.enter("P1", "amelie", "2018-11-05");
    school.enter("P1", "said", "2018-11-05");
    school.result(part, splicing, "2018-12-01", ModuleOutcome::Failed);
    school.result(part, splicing, "2018-12-10", ModuleOutcome::Validated);
    school.result(part, splicing, "2018-12-12", ModuleOutcome::Validated);
    school.result(part, maths, "2018-12-10", ModuleOutcome::Validated);
    check(&school, "2018-12-09", "modules_validated", [0, 4, 0, 0]);
    check(&school, "2018-12-10", "modules_validated", [1, 4, 0, 0]);
    check(&school, "2018-12-10", "modules_validated@F01", [1, 2, 0, 0]);
    check(&school, "2018-12-10", "modules_validated@F02", [0, 2, 0, 0]);
}

#[test]
fn an_absence_is_no_presentation_and_one_success_is_enough() {
    let mut school = School::with_p1();
    let aipr = school.catalogue("AIPR", Registry::None, true);
    let [one, two, three] = ["a", "b", "c"].map(|slug| school.enter("P1", slug, "2018-11-05"));
    school.attempt(one, aipr, "2018-12-01", CertificateOutcome::Failed);
    school.attempt(one, aipr, "2018-12-15", CertificateOutcome::Obtained);
    school.attempt(two, aipr, "2018-12-01", CertificateOutcome::Failed);
    school.attempt(three, aipr, "2018-12-01", CertificateOutcome::Absent);
    check(&school, "2018-12-14", "certificate_success@AIPR", [0, 2, 0, 0]);
    check(&school, "2018-12-15", "certificate_success", [1, 2, 0, 0]);
}

#[test]
fn a_qualification_counts_until_28_days_after_the_exit() {
    for (date, counted) in [("2019-03-01", 1), ("2019-03-02", 0)] {
        let (mut school, part) = leaver();
        let aipr = school.catalogue("AIPR", Registry::None, true);
        school.attempt(part, aipr, date, CertificateOutcome::Obtained);
        check(&school, "2019-12-31", "qualified", [counted, 1, 0, 0]);
    }
    let (mut school, part) = leaver();
    let h0b0 = school.catalogue("H0B0", Registry::None, false);
    school.attempt(part, h0b0, "2018-12-15", CertificateOutcome::Obtained);
    check(&school, "2019-12-31", "qualified", [0, 1, 0, 0]);
}

#[test]
fn the_code_counts_from_entry_to_exit_and_a_licence_already_held_is_out() {
    for (date, code) in [("2018-11-04", 0), ("2018-11-05", 1), ("2019-02-01", 1), ("2019-02-02", 0)] {
        let (mut school, part) = leaver();
        school.part_mut(part).licence_at_entry = Some(LicenceAtEntry::None);
        school.licence(part, LicenceStep::CodeExam, date, Some(LicenceOutcome::Passed), 0);
        check(&school, "2019-12-31", "code_passed_in_path", [code, 1, 0, 0]);
    }
    for (held, base) in
        [(Some(LicenceAtEntry::B), [0, 0, 0, 0]), (Some(LicenceAtEntry::Code), [1, 1, 0, 0]), (None, [0, 0, 0, 1])]
    {
        let (mut school, part) = leaver();
        school.part_mut(part).licence_at_entry = held;
        school.licence(part, LicenceStep::DrivingExam, "2019-06-01", Some(LicenceOutcome::Passed), 0);
        check(&school, "2019-12-31", "licence_obtained", base);
    }
}

#[test]
fn a_lesson_counts_once_over_all_cohorts_but_in_each_of_them() {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-12-03", "2019-02-28");
    let part = school.enter("P1", "amelie", "2018-11-05");
    school.enter("P2", "amelie", "2018-12-03");
    school.licence(part, LicenceStep::Lesson, "2018-11-04", None, 60);
    school.licence(part, LicenceStep::Lesson, "2018-11-20", None, 60);
    school.licence(part, LicenceStep::Lesson, "2018-12-20", None, 90);
    let scope = up_to("2019-01-31");
    check_in(&school, &scope, "P1", "driving_hours", [150, 0, 0, 0]);
    check_in(&school, &scope, "P2", "driving_hours", [90, 0, 0, 0]);
    check_in(&school, &scope, "*", "driving_hours", [150, 0, 0, 0]);
    check_in(&school, &period("2018-12-01", "2018-12-31", "2019-01-31"), "*", "driving_hours", [90, 0, 0, 0]);
}

#[test]
fn followed_monthly_looks_at_full_months_of_presence_only() {
    let mut school = School::with_p1();
    let part = school.left("P1", "amelie", ("2018-11-05", "2019-01-31"), ExitReason::Completed);
    school.interview(part, "2018-11-06", 30);
    school.interview(part, "2018-12-31", 45);
    let scope = period("2018-11-01", "2019-01-31", "2019-02-28");
    check_in(&school, &scope, "*", "followed_monthly", [0, 1, 0, 0]);
    check_in(&school, &scope, "*", "interviews", [2, 0, 0, 0]);
    check_in(&school, &scope, "*", "interview_hours", [75, 0, 0, 0]);
    check_in(&school, &period("2018-11-01", "2018-12-31", "2019-02-28"), "*", "followed_monthly", [1, 1, 0, 0]);
    check_in(&school, &period("2018-11-01", "2018-11-30", "2019-02-28"), "*", "followed_monthly", [0, 0, 0, 0]);
    check_in(&school, &period("2018-12-01", "2019-01-31", "2019-01-30"), "*", "followed_monthly", [1, 1, 0, 0]);
    check_in(&school, &period("2018-12-01", "2019-01-31", "2018-12-30"), "*", "followed_monthly", [0, 0, 0, 0]);
}

#[test]
fn explained_units_and_summed_marks_give_the_same_figures() {
    let mut school = calendar();
    let part = school.enter("P1", "amelie", "2018-11-29");
    for (date, half, status) in [
        ("2018-11-29", Half::Am, A::Present),
        ("2018-11-30", Half::Pm, A::Excused),
        ("2018-12-03", Half::Am, A::Unexcused),
    ] {
        school.mark(part, date, half, status);
    }
    let scope = up_to("2018-12-31");
    let facts = school.facts(&scope, Marks::Single);
    let world = World::new(&facts, &scope, Purpose::Explain);
    for indicator in all() {
        for variant in indicator.rows(&world) {
            let name = indicator.name(variant.as_deref());
            let explained = Figure::of(&school.units(&scope, &name));
            assert_eq!(explained, school.finding(&scope, "*", &name).figure, "{name}");
        }
    }
}
