//! Facts of a small school that is written through the store.

mod marks;
mod month;
mod school;

use super::*;
use crate::domain::cohort::{Half, SlotKind, Stream, TrainingStatus};
use crate::domain::facts::{BpfHours, DurableMin, Settings};
use crate::domain::funder::{Dialect, Level, People, Side};
use crate::domain::id::{OpId, StayId};
use crate::domain::placement::{Evidence, Point, SituationType};
use crate::domain::progress::{CertificateOutcome, InterviewKind, LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::trainee::{Decision, EntryStatus, ExitReason, LicenceAtEntry, Sex, YesNo};
use crate::domain::{Kind, Lang};
use crate::store::Access;
use school::{A1, ANA, ANA_IN_A1, ANA_IN_B1, B1, BOB, BOB_IN_A1, CID, CID_IN_B1, School, day, everything};
use std::collections::BTreeSet;

fn codes(facts: &Facts) -> Vec<&str> {
    facts.cohorts.iter().map(|c| c.code.as_str()).collect()
}

fn participations(facts: &Facts) -> Vec<StayId> {
    facts.participations.iter().map(|p| p.id).collect()
}

fn of_cohorts(list: &[&str]) -> FactsRequest {
    FactsRequest { cohorts: Some(list.iter().map(|c| (*c).to_owned()).collect()), ..everything() }
}

fn of_funder(code: &str) -> FactsRequest {
    FactsRequest { funder: Some(code.to_owned()), ..everything() }
}

#[test]
fn cohorts_come_by_start_with_their_modules_and_whole_calendar() {
    let facts = School::new().facts(&everything());
    assert_eq!(codes(&facts), ["A1", "B1"]);
    let a1 = &facts.cohorts[0];
    assert_eq!(
        (a1.id, a1.op, a1.start, a1.end, a1.places),
        (A1, OpId::from_number(2), day("2018-11-05"), day("2019-02-01"), 12)
    );
    assert_eq!((a1.training_status, a1.nsf.as_str(), a1.integration_days), (TrainingStatus::Other, "326", 30));
    assert_eq!(facts.catalogue.iter().find(|c| Some(c.id) == a1.certificate).unwrap().code, "AIPR");
    let modules: Vec<_> = a1.modules.iter().map(|m| (m.code.as_str(), m.title.as_str(), m.stream)).collect();
    assert_eq!(modules, [("F01", "", Stream::General), ("F02", "Cable", Stream::Technical)]);
    let slots: Vec<_> = a1.slots.iter().map(|s| (s.date, s.half, s.kind, s.minutes)).collect();
    assert_eq!(
        slots,
        [
            (day("2018-11-05"), Half::Am, SlotKind::Centre, 210),
            (day("2018-11-05"), Half::Pm, SlotKind::Cancelled, 210),
            (day("2018-12-10"), Half::Am, SlotKind::Company, 210),
            (day("2018-12-10"), Half::Pm, SlotKind::Centre, 210),
            (day("2019-02-01"), Half::Am, SlotKind::Centre, 210),
        ]
    );
    assert_eq!(facts.cohorts[1].slots.len(), 1);
}

#[test]
fn a_cohort_that_begins_after_as_of_is_outside_every_scope() {
    let school = School::new();
    let on = |date: &str, request: FactsRequest| school.facts(&FactsRequest { as_of: day(date), ..request });
    assert_eq!(codes(&on("2018-11-04", everything())), [""; 0]);
    assert_eq!(codes(&on("2018-11-05", everything())), ["A1"]);
    assert_eq!(codes(&on("2020-11-05", everything())), ["A1", "B1", "LATER"]);
    assert_eq!(codes(&on("2019-12-31", of_cohorts(&["LATER"]))), [""; 0]);
    assert_eq!(codes(&on("2019-01-06", of_funder("REG"))), ["A1"]);
}

#[test]
fn people_come_by_number_and_participations_by_cohort_then_number() {
    let facts = School::new().facts(&everything());
    let people: Vec<_> = facts.people.iter().map(|p| (p.id, p.slug.as_str(), p.name.as_str())).collect();
    assert_eq!(people, [(CID, "cid", "cid X"), (ANA, "ana", "ana X"), (BOB, "bob", "bob X")]);
    assert_eq!((facts.people[1].sex, facts.people[1].birth_date), (Some(Sex::F), Some(day("2000-02-29"))));
    assert_eq!((facts.people[2].sex, facts.people[2].birth_date), (None, None));
    assert_eq!(participations(&facts), [CID_IN_B1, ANA_IN_B1, ANA_IN_A1, BOB_IN_A1]);
}

#[test]
fn a_participation_carries_every_answer() {
    let facts = School::new().facts(&everything());
    let ana = facts.participations.iter().find(|p| p.id == ANA_IN_A1).unwrap();
    assert_eq!((ana.person, ana.cohort, ana.op), (ANA, A1, OpId::from_number(2)));
    assert_eq!((ana.application_date, ana.decision), (Some(day("2018-10-01")), Some(Decision::Admitted)));
    assert_eq!((ana.entry, ana.exit), (Some(day("2018-11-05")), Some(day("2018-12-14"))));
    assert_eq!((ana.exit_reason, ana.education), (Some(ExitReason::Job), Some(2)));
    assert_eq!((ana.status_at_entry, ana.status_since), (Some(EntryStatus::Unemployed), Some(day("2017-01-01"))));
    assert_eq!(ana.licence_at_entry, Some(LicenceAtEntry::Code));
    let answers = [ana.in_education, ana.disability, ana.income_support, ana.priority_district, ana.rural];
    assert_eq!(answers, [YesNo::No, YesNo::Unknown, YesNo::Yes, YesNo::No, YesNo::Refused]);
    let answers = [ana.third_country, ana.foreign_background, ana.minority, ana.homeless];
    assert_eq!(answers, [YesNo::Yes, YesNo::No, YesNo::Unknown, YesNo::Refused]);
    let bob = facts.participations.iter().find(|p| p.id == BOB_IN_A1).unwrap();
    assert_eq!((bob.decision, bob.exit, bob.exit_reason, bob.education), (None, None, None, None));
}

#[test]
fn situations_under_a_cohort_outside_the_scope_come_too() {
    let facts = School::new().facts(&of_cohorts(&["A1"]));
    assert_eq!(participations(&facts), [ANA_IN_A1, BOB_IN_A1]);
    let rows: Vec<_> = facts.situations.iter().map(|s| (s.person, s.participation, s.kind, s.start)).collect();
    assert_eq!(
        rows,
        [
            (ANA, ANA_IN_A1, SituationType::Interim, day("2018-12-17")),
            (ANA, ANA_IN_B1, SituationType::Cdi, day("2019-04-01")),
            (BOB, BOB_IN_A1, SituationType::Cdd, day("2018-12-20")),
        ]
    );
    let (mission, job, unborn) = (&facts.situations[0], &facts.situations[1], &facts.situations[2]);
    assert_eq!((mission.company.as_deref(), mission.user_company.as_deref()), (Some("Agency"), Some("Fibre")));
    assert_eq!((mission.planned_end, mission.actual_end), (Some(day("2019-01-31")), Some(day("2019-01-15"))));
    assert_eq!((mission.prehire, mission.evidence, mission.not_started), (true, Some(Evidence::Contract), false));
    assert_eq!((job.prehire, job.evidence, job.not_started, job.planned_end), (false, None, false, None));
    assert!(unborn.not_started);
}

#[test]
fn codes_and_funders_limit_the_scope_and_narrow_each_other() {
    let school = School::new();
    assert_eq!(codes(&school.facts(&of_cohorts(&["B1", "A1", "B1"]))), ["A1", "B1"]);
    assert_eq!(codes(&school.facts(&of_cohorts(&["B1"]))), ["B1"]);
    assert_eq!(codes(&school.facts(&of_cohorts(&["a1", "NOPE"]))), [""; 0]);
    assert_eq!(codes(&school.facts(&of_cohorts(&[]))), [""; 0]);
    assert_eq!(codes(&school.facts(&of_funder("CITY"))), ["B1"]);
    assert_eq!(codes(&school.facts(&of_funder("REG"))), ["A1", "B1"]);
    assert_eq!(codes(&school.facts(&of_funder("NOBODY"))), [""; 0]);
    let both = FactsRequest { funder: Some("CITY".to_owned()), ..of_cohorts(&["A1", "B1"]) };
    assert_eq!(codes(&school.facts(&both)), ["B1"]);
}

#[test]
fn nothing_of_a_cohort_outside_the_scope_comes() {
    let facts = School::new().facts(&of_cohorts(&["B1"]));
    assert_eq!(facts.people.iter().map(|p| p.id).collect::<Vec<_>>(), [CID, ANA]);
    assert_eq!(participations(&facts), [CID_IN_B1, ANA_IN_B1]);
    assert!(facts.participations.iter().all(|p| p.cohort == B1));
    assert!(facts.results.is_empty() && facts.certificates.is_empty() && facts.interviews.is_empty());
    assert!(facts.followups.is_empty() && facts.targets.is_empty());
    assert!(facts.budget.iter().all(|b| b.cohort == B1));
    assert_eq!(facts.licence.len(), 2, "licence events belong to people");
}

#[test]
fn progress_comes_in_order_of_its_owner_then_day() {
    let facts = School::new().facts(&everything());
    let results: Vec<_> = facts.results.iter().map(|r| (r.participation, r.module, r.date, r.outcome)).collect();
    let technical = facts.cohorts[0].modules[1].id;
    assert_eq!(
        results,
        [
            (ANA_IN_A1, technical, day("2018-11-20"), ModuleOutcome::Failed),
            (ANA_IN_A1, technical, day("2018-12-01"), ModuleOutcome::Validated),
        ]
    );
    let tests: Vec<_> = facts.certificates.iter().map(|c| (c.participation, c.date, c.outcome)).collect();
    assert_eq!(tests, [(BOB_IN_A1, day("2019-01-30"), CertificateOutcome::Obtained)]);
    let licence: Vec<_> = facts.licence.iter().map(|l| (l.person, l.step, l.date, l.outcome, l.minutes)).collect();
    assert_eq!(
        licence,
        [
            (ANA, LicenceStep::Lesson, day("2018-12-03"), None, 90),
            (ANA, LicenceStep::DrivingExam, day("2019-06-03"), Some(LicenceOutcome::Passed), 0),
        ]
    );
    let talks: Vec<_> = facts.interviews.iter().map(|i| (i.participation, i.date, i.kind, i.minutes)).collect();
    assert_eq!(
        talks,
        [
            (ANA_IN_A1, day("2018-11-12"), InterviewKind::Tutorial, 0),
            (BOB_IN_A1, day("2018-11-12"), InterviewKind::FollowUp, 45),
        ]
    );
    let calls: Vec<_> = facts.followups.iter().map(|f| (f.participation, f.point, f.date, f.reached)).collect();
    assert_eq!(
        calls,
        [(ANA_IN_A1, Point::M3, day("2019-03-14"), false), (ANA_IN_A1, Point::M3, day("2019-03-16"), true)]
    );
    let aipr = facts.catalogue.iter().find(|c| c.code == "AIPR").unwrap();
    assert!(aipr.counts_as_qualification && aipr.label.starts_with("Autorisation"));
    assert!(facts.catalogue.is_sorted_by_key(|c| &c.code));
}

#[test]
fn budget_lines_name_their_grant_and_targets_are_those_of_the_funder() {
    let school = School::new();
    let facts = school.facts(&of_funder("REG"));
    let lines: Vec<_> = facts
        .budget
        .iter()
        .map(|b| (b.cohort, b.side, b.class.as_str(), b.grant.as_deref(), b.funder.as_deref(), b.planned, b.realised))
        .collect();
    assert_eq!(
        lines,
        [
            (B1, Side::Charge, "64", None, None, 0, 125),
            (A1, Side::Charge, "60", None, None, 100_000, 0),
            (A1, Side::Income, "74", Some("G-REG"), Some("REG"), 50_000, 50_000),
        ]
    );
    let targets: Vec<_> = facts.targets.iter().map(|t| (t.grant.as_str(), t.indicator.as_str(), t.value)).collect();
    assert_eq!(targets, [("G-REG", "attendance_rate", 9000), ("G-REG", "entrants", 1200)]);
    assert!(school.facts(&everything()).targets.is_empty());
}

#[test]
fn a_funder_comes_with_its_profile_and_key() {
    let school = School::new();
    let city = school.store.funder_fact("CITY").unwrap().unwrap();
    assert_eq!((city.code.as_str(), city.name.as_str(), city.lang), ("CITY", "City", Lang::En));
    assert_eq!((city.dialect, city.level, city.people), (Dialect::Csv, Level::Public, People::Pseudonymised));
    assert_eq!((city.suppress_below, city.rate_min_denominator), (Some(3), None));
    assert_eq!(city.secret, [0x00, 0xff, 0x1a]);
    assert!(school.store.funder_fact("NOBODY").unwrap().is_none());
}

#[test]
fn settings_never_set_have_their_defaults() {
    let mut school = School::new();
    assert_eq!(school.store.settings_fact().unwrap(), Settings::default());
    for words in ["key=durable_min value=over-6m", "key=ltu_under25 value=6", "key=bpf_hours value=all"] {
        school.save(Kind::Settings, words);
    }
    let expected =
        Settings { durable_min: DurableMin::OverSixMonths, ltu_months: 12, ltu_under25: 6, bpf_hours: BpfHours::All };
    assert_eq!(school.store.settings_fact().unwrap(), expected);
    school.save(Kind::Settings, "key=ltu_months value=many");
    assert!(school.store.settings_fact().is_err());
}

#[test]
fn reading_facts_changes_no_byte_of_the_file() {
    let school = School::new();
    let folder = school.store.path().parent().unwrap();
    let files = || {
        let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
        entries.map(|path| (std::fs::read(&path).unwrap(), path)).collect::<BTreeSet<_>>()
    };
    let before = files();
    let reader = Store::open(school.store.path(), Access::Read).unwrap();
    let first = reader.facts(&everything()).unwrap();
    let second = reader.facts(&everything()).unwrap();
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    assert_eq!(files(), before);
}

#[test]
fn facts_of_an_earlier_operation_are_as_they_were() {
    let mut school = School::new();
    let before = school.facts(&everything());
    let month =
        FactsRequest { breadth: Breadth::Month, from: day("2018-12-01"), to: day("2018-12-31"), ..everything() };
    let month_before = school.facts(&month);
    let known = school.store.newest_operation().unwrap();
    school.change_everything();
    assert_ne!(format!("{:?}", school.facts(&everything())), format!("{before:?}"));
    for (request, expected) in [(&everything(), &before), (&month, &month_before)] {
        let past = Store::open(school.store.path(), Access::Read).unwrap();
        past.known_on(known).unwrap();
        assert_eq!(format!("{:?}", past.facts(request).unwrap()), format!("{expected:?}"));
    }
}
