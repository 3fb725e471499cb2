//! Every rule on both sides of its edge.

use super::*;
use crate::domain::closed_list::ClosedList;
use crate::domain::{Kind, Lang};
use crate::ops::tests::{School, day};

const P1: (&str, &str) = ("cohort", "P1");
const SAID: (&str, &str) = ("trainee", "bensaid-said");
const AMELIE: (&str, &str) = ("trainee", "ferre-amelie");
const BOTH: [(&str, &str); 2] = [AMELIE, SAID];

fn scope(as_of: &str) -> QualityScope {
    QualityScope::everything(day(as_of))
}

fn of_rule(school: &School, scope: &QualityScope, rule: Rule) -> Vec<Finding> {
    let mut list = findings(&school.store.lookup(), scope).unwrap();
    list.retain(|f| f.rule == rule);
    list
}

/// The people or records that a rule names on a day.
#[track_caller]
fn check(school: &School, as_of: &str, rule: Rule, named: &[&str]) {
    let found = of_rule(school, &scope(as_of), rule);
    let names: Vec<&str> = found.iter().map(|f| f.person.as_deref().unwrap_or(&f.record)).collect();
    assert_eq!(names, named, "{} on {as_of}: {found:?}", rule.code());
}

fn edit(school: &mut School, who: (&str, &str), fields: &[(&str, &str)]) {
    let names = if who == AMELIE { ("Ferré", "Amélie") } else { ("Bensaïd", "Saïd") };
    let mut words = vec![who, P1, ("last_name", names.0), ("first_name", names.1)];
    words.extend(fields);
    school.must(Kind::Trainees, &words);
}

fn mark(school: &mut School, who: (&str, &str), date: &str, half: &str, more: &[(&str, &str)]) {
    let mut words = vec![P1, who, ("date", date), ("half", half)];
    words.extend(more);
    if !more.iter().any(|(name, _)| *name == "status") {
        words.push(("status", "present"));
    }
    school.must(Kind::Attendance, &words);
}

/// Both present on the first half-day, out at the end.
fn course_over() -> School {
    let mut school = School::open();
    for who in BOTH {
        mark(&mut school, who, "2018-11-05", "am", &[]);
        edit(&mut school, who, &[("exit", "2019-02-01"), ("exit_reason", "completed")]);
    }
    school
}

#[test]
fn identity_is_asked_from_the_entry_on() {
    let mut school = School::open();
    for rule in [Rule::BirthDateMissing, Rule::SexMissing, Rule::StatusMissing, Rule::EducationMissing] {
        check(&school, "2018-11-04", rule, &[]);
        check(&school, "2018-11-05", rule, &["bensaid-said", "ferre-amelie"]);
    }
    school.must(Kind::Trainees, &[P1, ("last_name", "Ngô"), ("first_name", "Lan")]);
    let said = [("birth_date", "2000-01-02"), ("sex", "M"), ("status_at_entry", "unemployed"), ("education", "3")];
    edit(&mut school, SAID, &said);
    for rule in [Rule::BirthDateMissing, Rule::SexMissing, Rule::StatusMissing, Rule::EducationMissing] {
        check(&school, "2018-11-05", rule, &["ferre-amelie"]);
    }
}

#[test]
fn a_person_in_two_cohorts_lacks_one_birth_date_and_two_statuses() {
    let mut school = School::open();
    school.must(Kind::Cohorts, &[("cohort", "P2"), ("start", "2019-03-04"), ("end", "2019-05-31"), ("places", "12")]);
    school.must(
        Kind::Trainees,
        &[AMELIE, ("last_name", "Ferré"), ("first_name", "Amélie"), ("cohort", "P2"), ("entry", "2019-03-04")],
    );
    check(&school, "2019-03-04", Rule::BirthDateMissing, &["bensaid-said", "ferre-amelie"]);
    check(&school, "2019-03-04", Rule::StatusMissing, &["bensaid-said", "ferre-amelie", "ferre-amelie"]);
    check(&school, "2019-03-03", Rule::StatusMissing, &["bensaid-said", "ferre-amelie"]);
}

#[test]
fn a_notice_counts_from_its_day_on_and_for_every_participation() {
    let mut school = School::open();
    edit(&mut school, SAID, &[("informed_on", "2018-11-07")]);
    check(&school, "2018-11-06", Rule::NoticeMissing, &["bensaid-said", "ferre-amelie"]);
    check(&school, "2018-11-07", Rule::NoticeMissing, &["ferre-amelie"]);
}

#[test]
fn a_cohort_runs_on_its_last_day() {
    let mut school = School::open();
    check(&school, "2019-02-01", Rule::OpenAfterEnd, &[]);
    check(&school, "2019-02-02", Rule::OpenAfterEnd, &["bensaid-said", "ferre-amelie"]);
    edit(&mut school, SAID, &[("exit", "2019-01-15"), ("exit_reason", "transferred")]);
    check(&school, "2019-02-02", Rule::OpenAfterEnd, &["ferre-amelie"]);
}

#[test]
fn half_days_without_a_mark_are_one_finding_a_person() {
    let mut school = School::open();
    check(&school, "2018-11-05", Rule::Unmarked, &["bensaid-said", "ferre-amelie"]);
    mark(&mut school, SAID, "2018-11-05", "am", &[]);
    mark(&mut school, SAID, "2018-11-06", "am", &[]);
    let found = of_rule(&school, &scope("2018-11-06"), Rule::Unmarked);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0].message.fr,
        "Saïd Bensaïd : 2 demi-journées non saisies, la première le 05/11/2018 après-midi (P1)"
    );
    assert_eq!(found[0].fix, "fil progress day 2018-11-05 -c P1 --half pm");
    mark(&mut school, SAID, "2018-11-05", "pm", &[]);
    check(&school, "2018-11-05", Rule::Unmarked, &[]);
    assert_eq!(
        of_rule(&school, &scope("2018-11-06"), Rule::Unmarked)[0].message.en,
        "Saïd Bensaïd: 1 half-day unmarked, on 2018-11-06 afternoon (P1)"
    );
}

#[test]
fn nothing_is_planned_after_the_exit_nor_when_cancelled() {
    let mut school = School::open();
    mark(&mut school, SAID, "2018-11-05", "am", &[]);
    school.must(Kind::Slots, &[P1, ("date", "2018-11-05"), ("half", "pm"), ("kind", "cancelled")]);
    check(&school, "2018-11-05", Rule::Unmarked, &[]);
    check(&school, "2018-11-06", Rule::Unmarked, &["bensaid-said"]);
    edit(&mut school, SAID, &[("exit", "2018-11-05"), ("exit_reason", "dropped_out")]);
    check(&school, "2018-11-06", Rule::Unmarked, &[]);
}

#[test]
fn unmarked_half_days_are_errors_only_in_the_period_that_is_closed() {
    let mut school = School::open();
    mark(&mut school, SAID, "2018-11-05", "am", &[]);
    mark(&mut school, SAID, "2018-11-05", "pm", &[]);
    let period = |from: &str, to: &str, purpose| QualityScope {
        cohorts: None,
        from: day(from),
        to: day(to),
        as_of: day("2018-12-05"),
        purpose,
    };
    let severities = |school: &School, scope: &QualityScope| -> Vec<Severity> {
        of_rule(school, scope, Rule::Unmarked).iter().map(|f| f.severity).collect()
    };
    assert_eq!(severities(&school, &period("2018-11-05", "2018-11-05", Purpose::Close)), []);
    assert_eq!(severities(&school, &period("2018-11-05", "2018-11-06", Purpose::Close)), [Severity::Error]);
    assert_eq!(severities(&school, &period("2018-11-05", "2018-11-06", Purpose::Look)), [Severity::Warning]);
    school.must(Kind::Settings, &[("key", "quality.unmarked"), ("value", "warning")]);
    assert_eq!(severities(&school, &period("2018-11-05", "2018-11-06", Purpose::Close)), [Severity::Warning]);
    school.must(Kind::Settings, &[("key", "quality.unmarked"), ("value", "off")]);
    assert_eq!(severities(&school, &period("2018-11-05", "2018-11-06", Purpose::Close)), []);
}

#[test]
fn an_excused_absence_has_a_reason() {
    let mut school = School::open();
    mark(&mut school, SAID, "2018-11-05", "am", &[("status", "excused")]);
    mark(&mut school, AMELIE, "2018-11-05", "am", &[("status", "excused"), ("justification", "other")]);
    mark(&mut school, AMELIE, "2018-11-05", "pm", &[("status", "unexcused")]);
    check(&school, "2018-11-05", Rule::ExcusedWithoutReason, &["bensaid-said"]);
    check(&school, "2018-11-04", Rule::ExcusedWithoutReason, &[]);
}

#[test]
fn signatures_are_asked_where_someone_signs() {
    let mut school = School::open();
    mark(&mut school, SAID, "2018-11-05", "am", &[]);
    check(&school, "2018-11-05", Rule::Unsigned, &[]);
    mark(&mut school, AMELIE, "2018-11-05", "am", &[("signed_trainee", "true")]);
    check(&school, "2018-11-05", Rule::Unsigned, &["bensaid-said", "ferre-amelie"]);
    mark(&mut school, AMELIE, "2018-11-05", "am", &[("signed_trainer", "true")]);
    mark(&mut school, AMELIE, "2018-11-05", "pm", &[("status", "unexcused")]);
    check(&school, "2018-11-05", Rule::Unsigned, &["bensaid-said"]);
}

#[test]
fn a_follow_up_is_late_from_the_29th_day_after_its_point() {
    let mut school = course_over();
    edit(&mut school, SAID, &[("exit", "2019-01-31"), ("exit_reason", "transferred")]);
    check(&school, "2019-05-29", Rule::FollowupOverdue, &[]);
    check(&school, "2019-05-30", Rule::FollowupOverdue, &["ferre-amelie"]);
    let attempt = |date, reached| [P1, AMELIE, ("point", "3m"), ("date", date), ("reached", reached)];
    school.must(Kind::Followups, &attempt("2019-05-02", "false"));
    school.must(Kind::Followups, &attempt("2019-06-02", "true"));
    check(&school, "2019-06-01", Rule::FollowupOverdue, &["ferre-amelie"]);
    check(&school, "2019-06-02", Rule::FollowupOverdue, &[]);
    check(&school, "2020-02-29", Rule::FollowupOverdue, &["ferre-amelie"]);
    check(&school, "2020-03-01", Rule::FollowupOverdue, &["ferre-amelie", "ferre-amelie"]);
}

#[test]
fn who_never_came_is_not_followed_up() {
    let mut school = School::open();
    edit(&mut school, SAID, &[("exit", "2019-01-31"), ("exit_reason", "dropped_out")]);
    check(&school, "2020-06-01", Rule::FollowupOverdue, &[]);
}

#[test]
fn a_contract_is_unconfirmed_from_the_day_after_its_planned_end() {
    let mut school = course_over();
    let cdd = [P1, AMELIE, ("type", "CDD"), ("start", "2019-02-04"), ("planned_end", "2019-04-26")];
    school.must(Kind::Placements, &cdd);
    let seen = |date| [cdd.to_vec(), vec![("seen_on", date)]].concat();
    check(&school, "2019-04-26", Rule::ContractEndUnconfirmed, &[]);
    check(&school, "2019-04-27", Rule::ContractEndUnconfirmed, &["ferre-amelie"]);
    school.must(Kind::Placements, &seen("2019-04-25"));
    check(&school, "2019-04-27", Rule::ContractEndUnconfirmed, &["ferre-amelie"]);
    school.must(Kind::Placements, &seen("2019-04-26"));
    check(&school, "2019-04-27", Rule::ContractEndUnconfirmed, &[]);
}

#[test]
fn a_mission_that_became_a_contract_has_no_end_to_confirm() {
    let mut school = course_over();
    let mission = [P1, AMELIE, ("type", "INTERIM"), ("start", "2019-02-04"), ("planned_end", "2019-04-26")];
    school.must(Kind::Placements, &mission);
    let next = [P1, AMELIE, ("type", "CDD"), ("start", "2019-05-06"), ("planned_end", "2019-11-05")];
    school.must(Kind::Placements, &next);
    check(&school, "2019-05-05", Rule::ContractEndUnconfirmed, &["ferre-amelie"]);
    check(&school, "2019-05-06", Rule::ContractEndUnconfirmed, &[]);
}

#[test]
fn an_internship_or_a_contract_that_never_began_has_no_end_to_confirm() {
    let mut school = course_over();
    let base = |kind| vec![P1, AMELIE, ("type", kind), ("start", "2019-02-04"), ("planned_end", "2019-03-01")];
    school.must(Kind::Placements, &base("PMSMP"));
    school.must(Kind::Placements, &[base("CDD"), vec![("end_reason", "not_started")]].concat());
    school.must(Kind::Placements, &[base("INTERIM"), vec![("actual_end", "2019-02-20")]].concat());
    check(&school, "2019-05-01", Rule::ContractEndUnconfirmed, &[]);
}

#[test]
fn two_full_time_contracts_may_share_one_day_and_no_more() {
    for (end, hours, found) in [("2019-04-29", "2100", 0), ("2019-04-30", "2100", 1), ("2019-04-30", "2099", 0)] {
        let mut school = course_over();
        let base = [P1, AMELIE, ("type", "CDD"), ("start", "2019-02-04"), ("planned_end", end)];
        school.must(Kind::Placements, &[base.to_vec(), vec![("weekly_hours", hours)]].concat());
        school.must(Kind::Placements, &[P1, AMELIE, ("type", "CDI"), ("start", "2019-04-29")]);
        assert_eq!(of_rule(&school, &scope("2019-04-28"), Rule::PaidOverlap).len(), 0);
        assert_eq!(of_rule(&school, &scope("2019-04-29"), Rule::PaidOverlap).len(), found, "{end} {hours}");
    }
}

#[test]
fn doubles_have_near_names_and_birth_dates_that_may_be_one() {
    for (last, first, born, double) in [
        ("Ferre", "Amelie", "2000-02-03", true),
        ("Amélie", "Ferré", "2000-02-03", true),
        ("Ferré", "Amélia", "2000-02-03", true),
        ("Ferré", "Amélie", "2000-03-02", true),
        ("Ferré", "Amélie", "2001-02-03", true),
        ("Ferré", "Amélie", "", true),
        ("Ferré", "Amélia", "", true),
        ("Ferré", "Amélie", "2001-03-03", false),
        ("Ferrero", "Julie", "2000-02-03", false),
        ("Bensaïd", "Saïd", "2000-02-03", false),
    ] {
        let mut school = School::new();
        school
            .must(Kind::Cohorts, &[("cohort", "P1"), ("start", "2018-11-05"), ("end", "2019-02-01"), ("places", "12")]);
        school.must(
            Kind::Trainees,
            &[P1, ("ref", "1"), ("last_name", "Ferré"), ("first_name", "Amélie"), ("birth_date", "2000-02-03")],
        );
        let mut words = vec![P1, ("ref", "2"), ("last_name", last), ("first_name", first)];
        if !born.is_empty() {
            words.push(("birth_date", born));
        }
        school.must(Kind::Trainees, &words);
        let found = of_rule(&school, &scope("2018-11-05"), Rule::NearDuplicate);
        assert_eq!(found.len(), usize::from(double), "{last} {first} {born}: {found:?}");
        assert!(found.iter().all(|f| f.record == "trainee 2 / trainee 1"), "{found:?}");
    }
}

#[test]
fn a_no_show_never_came_while_the_cohort_was_marked() {
    let mut school = School::open();
    check(&school, "2018-11-05", Rule::NoShow, &[]);
    mark(&mut school, SAID, "2018-11-06", "am", &[]);
    check(&school, "2018-11-05", Rule::NoShow, &[]);
    check(&school, "2018-11-06", Rule::NoShow, &["ferre-amelie"]);
    mark(&mut school, AMELIE, "2018-11-06", "pm", &[("status", "unexcused")]);
    check(&school, "2018-11-06", Rule::NoShow, &["ferre-amelie"]);
    mark(&mut school, AMELIE, "2018-11-07", "am", &[]);
    check(&school, "2018-11-06", Rule::NoShow, &["ferre-amelie"]);
    check(&school, "2018-11-07", Rule::NoShow, &[]);
}

#[test]
fn someone_who_enters_late_is_no_show_only_after_marks_of_their_own_days() {
    let mut school = School::open();
    mark(&mut school, SAID, "2018-11-06", "am", &[]);
    edit(&mut school, AMELIE, &[("entry", "2018-11-07")]);
    check(&school, "2018-11-07", Rule::NoShow, &[]);
    mark(&mut school, SAID, "2018-11-07", "am", &[]);
    check(&school, "2018-11-07", Rule::NoShow, &["ferre-amelie"]);
}

#[test]
fn the_driving_licence_goes_step_by_step() {
    let mut school = School::open();
    let step = |step, date| vec![AMELIE, ("step", step), ("date", date)];
    let passed = |name, date| [step(name, date), vec![("outcome", "passed")]].concat();
    school.must(Kind::Licence, &step("registered", "2018-11-12"));
    school.must(Kind::Licence, &passed("code_exam", "2018-11-12"));
    school.must(Kind::Licence, &passed("driving_exam", "2018-11-12"));
    check(&school, "2019-01-01", Rule::LicenceOrder, &[]);
    school.must(Kind::Licence, &passed("code_exam", "2018-11-11"));
    check(&school, "2019-01-01", Rule::LicenceOrder, &["ferre-amelie"]);
    check(&school, "2018-11-11", Rule::LicenceOrder, &[]);
}

#[test]
fn who_came_with_the_theory_test_needs_no_pass_of_it() {
    let mut school = School::open();
    let driving = [SAID, ("step", "driving_exam"), ("date", "2018-11-12"), ("outcome", "passed")];
    school.must(Kind::Licence, &driving);
    school.must(Kind::Licence, &[SAID, ("step", "code_exam"), ("date", "2018-11-13"), ("outcome", "passed")]);
    check(&school, "2018-12-01", Rule::LicenceOrder, &["bensaid-said"]);
    edit(&mut school, SAID, &[("licence_at_entry", "none")]);
    check(&school, "2018-12-01", Rule::LicenceOrder, &["bensaid-said"]);
    edit(&mut school, SAID, &[("licence_at_entry", "code")]);
    check(&school, "2018-12-01", Rule::LicenceOrder, &[]);
}

#[test]
fn a_budget_balances_when_planned_and_when_the_cohort_is_over() {
    let mut school = School::open();
    let line =
        |side, planned, realised| [P1, ("side", side), ("class", "60"), ("planned", planned), ("realised", realised)];
    school.must(Kind::Budget, &line("charge", "100000", "90000"));
    school.must(Kind::Budget, &line("income", "99999", "0"));
    let found = of_rule(&school, &scope("2019-02-01"), Rule::BudgetUnbalanced);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message.fr, "P1 : 1000,00 € de charges et 999,99 € de produits prévus");
    assert_eq!(found[0].fix, "fil funder budget add income CLASS -c P1 --set planned=0.01");
    school.must(Kind::Budget, &line("income", "100000", "0"));
    check(&school, "2019-02-01", Rule::BudgetUnbalanced, &[]);
    check(&school, "2019-02-02", Rule::BudgetUnbalanced, &["cohort P1 realised"]);
}

#[test]
fn a_cohort_lies_within_the_dates_of_its_grant() {
    for (from, to, inside) in
        [("2018-11-05", "2019-02-01", true), ("2018-11-06", "2019-02-01", false), ("2018-11-05", "2019-01-31", false)]
    {
        let mut school = School::open();
        school.must(Kind::Funders, &[("funder", "bp"), ("name", "Break Poverty"), ("level", "contract")]);
        school
            .must(Kind::Grants, &[("grant", "BP-1"), ("funder", "bp"), ("from", from), ("to", to), ("cohorts", "P1")]);
        let found = of_rule(&school, &scope("2018-11-05"), Rule::GrantDates);
        assert_eq!(found.is_empty(), inside, "{from} {to}");
        assert_eq!(of_rule(&school, &scope("2018-11-04"), Rule::GrantDates), []);
    }
}

#[test]
fn data_are_kept_two_years_after_the_last_contact() {
    let mut school = course_over();
    check(&school, "2021-02-01", Rule::RetentionDue, &[]);
    check(&school, "2021-02-02", Rule::RetentionDue, &["bensaid-said", "ferre-amelie"]);
    school.must(Kind::Notes, &[SAID, ("date", "2019-02-02"), ("text", "a appelé")]);
    check(&school, "2021-02-02", Rule::RetentionDue, &["ferre-amelie"]);
    let seen = [P1, AMELIE, ("type", "CDI"), ("start", "2019-02-04"), ("seen_on", "2019-08-01")];
    school.must(Kind::Placements, &seen);
    check(&school, "2021-08-01", Rule::RetentionDue, &["bensaid-said"]);
    check(&school, "2021-08-02", Rule::RetentionDue, &["bensaid-said", "ferre-amelie"]);
}

#[test]
fn an_application_that_led_nowhere_is_kept_two_years_too() {
    let mut school = School::open();
    school.must(Kind::Trainees, &[P1, ("last_name", "Ngô"), ("first_name", "Lan"), ("application_date", "2018-10-01")]);
    check(&school, "2020-10-01", Rule::RetentionDue, &[]);
    check(&school, "2020-10-02", Rule::RetentionDue, &["ngo-lan"]);
}

#[test]
fn a_scope_of_cohorts_leaves_the_others_out() {
    let mut school = School::open();
    school.must(Kind::Cohorts, &[("cohort", "P2"), ("start", "2018-11-05"), ("end", "2019-05-31"), ("places", "12")]);
    let other = school.store.lookup().find_cohort("P2").unwrap().unwrap().id;
    let only = QualityScope { cohorts: Some(vec![other]), ..scope("2019-03-01") };
    assert_eq!(findings(&school.store.lookup(), &only).unwrap(), []);
    assert!(!findings(&school.store.lookup(), &scope("2019-03-01")).unwrap().is_empty());
}

#[test]
fn a_setting_changes_the_severity_or_switches_a_rule_off() {
    let mut school = School::open();
    let severity =
        |school: &School| of_rule(school, &scope("2018-11-05"), Rule::SexMissing).first().map(|f| f.severity);
    assert_eq!(severity(&school), Some(Severity::Error));
    school.must(Kind::Settings, &[("key", "quality.sex_missing"), ("value", "warning")]);
    assert_eq!(severity(&school), Some(Severity::Warning));
    school.must(Kind::Settings, &[("key", "quality.sex_missing"), ("value", "off")]);
    assert_eq!(severity(&school), None);
}

#[test]
fn every_rule_is_applied_once_in_the_order_of_the_list() {
    let applied: Vec<Rule> = RULES.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(applied, Rule::ALL);
    let errors = Rule::ALL.iter().filter(|r| r.default_severity(Purpose::Look) == Severity::Error).count();
    assert_eq!(errors, 3);
}

#[test]
fn findings_are_sorted_and_every_one_has_a_command() {
    let mut school = course_over();
    school
        .must(Kind::Placements, &[P1, AMELIE, ("type", "CDD"), ("start", "2019-02-04"), ("planned_end", "2019-04-26")]);
    let list = findings(&school.store.lookup(), &scope("2022-01-01")).unwrap();
    assert_eq!(list[0].rule, Rule::BirthDateMissing);
    assert!(list.windows(2).all(|w| w[0].order() < w[1].order()), "two findings stand on one place");
    for finding in &list {
        assert!(finding.fix.starts_with("fil "), "{}", finding.fix);
        assert!(!finding.fix.contains(['|', '<', '>', ';', '&', '…']), "{}", finding.fix);
        for lang in [Lang::Fr, Lang::En] {
            assert!(!finding.message.get(lang).contains("  "), "{:?}", finding.message);
        }
    }
}

#[test]
fn codes_are_quoted_where_a_shell_would_cut_them() {
    for (code, word) in [("P1", "P1"), ("ROM-2018-11", "ROM-2018-11"), ("P 1", "'P 1'"), ("l'été", "'l'\\''été'")] {
        assert_eq!(fix::word(code), word);
    }
}
