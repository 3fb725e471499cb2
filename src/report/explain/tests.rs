//! Explanations: their rows add up to the figures, and they name nobody to a funder.

use super::*;
use crate::domain::cohort::{Half, SlotKind};
use crate::domain::facts::Scope;
use crate::domain::id::{OpId, RecordId, StayId};
use crate::domain::placement::SituationType as T;
use crate::domain::progress::AttendanceStatus as A;
use crate::domain::trainee::{ExitReason, Sex};
use crate::report::as_of::Purpose;
use crate::report::testing::{Marks, School, period, pick, up_to};

fn school() -> School {
    let mut school = School::with_p1();
    school.slot("P1", "2018-11-06", Half::Am, SlotKind::Centre);
    school.slot("P1", "2018-11-06", Half::Pm, SlotKind::Company);
    let part = school.left("P1", "amelie", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.mark(part, "2018-11-06", Half::Am, A::Present);
    school.situation(part, T::Cdd, "2019-02-04", "2019-03-01");
    school.person_mut("amelie").sex = Some(Sex::F);
    school.left("P1", "said", ("2018-11-05", "2018-12-01"), ExitReason::ForceMajeure);
    school
}

#[track_caller]
fn explained(school: &School, scope: &Scope, typed: &str, naming: &Naming) -> Sheet {
    let facts = school.facts(scope, Marks::Single);
    let world = World::new(&facts, scope, Purpose::Explain);
    let recorded = |record: &RecordRef| Some((Date::MIN, record.op));
    explain(&world, &Target::parse(typed).unwrap(), &Audience { naming, recorded: &recorded })
}

#[track_caller]
fn check(typed: &str, columns: &str, want: &[&str]) {
    let sheet = explained(&school(), &up_to("2019-06-01"), typed, &Naming::Slug);
    assert_eq!(pick(&sheet, &[], columns), want, "{typed}");
}

#[test]
fn a_rate_lists_who_counts_who_does_not_and_the_rule_that_left_someone_out() {
    check(
        "employment_rate@exit",
        "indicator cohort person unit verdict in_base amount value",
        &[
            "employment_rate@exit P1 amelie person counted true 1 CDD 2019-02-04..2019-03-01",
            "employment_rate@exit P1 said person left_out false 1 ",
        ],
    );
    check("employment_rate@6m", "person verdict", &["amelie not_yet_due", "said left_out"]);
}

#[test]
fn half_days_are_listed_one_by_one_with_their_record() {
    check(
        "attendance_rate",
        "person unit verdict in_base amount value date record operation",
        &[
            "amelie half_day counted true 1 present 2018-11-06 attendance 5 2018-11-06 am 1",
            "amelie half_day not_counted true 1 unmarked 2018-11-06 slot 3 1",
            "said half_day not_counted true 1 unmarked 2018-11-06 slot 2 1",
            "said half_day not_counted true 1 unmarked 2018-11-06 slot 3 1",
        ],
    );
    check(
        "hours_centre",
        "person verdict amount",
        &["amelie counted 210min", "amelie left_out 0min", "said not_counted 0min", "said left_out 0min"],
    );
}

#[test]
fn places_are_listed_one_by_one_so_that_the_rows_in_the_base_are_the_base() {
    let sheet = explained(&school(), &up_to("2019-06-01"), "fill_rate", &Naming::Slug);
    let rows = pick(&sheet, &[], "unit verdict in_base amount");
    assert_eq!(rows.iter().filter(|r| *r == "place not_counted true 1").count(), 12);
    assert_eq!(rows.iter().filter(|r| *r == "person counted false 1").count(), 2);
}

#[test]
fn a_column_of_a_section_is_explained_row_by_row_and_words_choose_rows() {
    check(
        "exits:durable@e2c@exit",
        "indicator person verdict",
        &["exits:durable@e2c@exit amelie counted", "exits:durable@e2c@exit said left_out"],
    );
    let november = period("2018-11-01", "2018-11-30", "2018-11-30");
    let sheet = explained(&school(), &november, "monthly:entries", &Naming::Slug);
    assert_eq!(pick(&sheet, &["monthly:entries@2018-11"], "person verdict"), ["amelie counted", "said counted"]);
    check("EECO01", "indicator person verdict", &["esf:total@EECO01 amelie counted", "esf:total@EECO01 said counted"]);
}

#[test]
fn a_pseudonym_hides_the_person_in_every_column() {
    let naming = Naming::Pseudonym { secret: b"secret".to_vec() };
    let sheet = explained(&school(), &up_to("2019-06-01"), "share_women", &naming);
    assert_eq!(pick(&sheet, &[], "record verdict"), ["participation 5 counted", "participation 8 unknown"]);
    let text = format!("{:?}", sheet.rows);
    assert!(!text.contains("amelie") && !text.contains("said"));
}

/// The first presence of amelie makes her an entrant; said has no mark, so only his participation is known.
#[test]
fn whoever_came_is_explained_by_the_first_half_day_present() {
    let first = "attendance 5 2018-11-06 am";
    let mut school = school();
    school.part_mut(StayId::from_number(5)).first_present = Some(crate::report::testing::day("2018-11-06"));
    school.part_mut(StayId::from_number(5)).first_mark = Some((Half::Am, OpId::from_number(1)));
    let absent = school.apply("P1", "yanis");
    absent.entry = Some(crate::report::testing::day("2018-11-05"));
    let absent = format!("yanis left_out participation {}", absent.id);
    for typed in ["entrants", "people_reached", "exits:entrants@iae@exit", "fill_rate"] {
        let sheet = explained(&school, &up_to("2019-06-01"), typed, &Naming::Slug);
        let rows = pick(&sheet, &[], "person verdict record");
        assert!(rows.contains(&format!("amelie counted {first}")), "{typed}: {rows:?}");
        assert!(rows.contains(&absent), "{typed}: {rows:?}");
    }
    for (typed, row) in [("EECO01", "esf:total@EECO01"), ("bpf:trainees@2018@F-1@c", "bpf:trainees@2018@F-1@c")] {
        let sheet = explained(&school, &up_to("2019-06-01"), typed, &Naming::Slug);
        let rows = pick(&sheet, &[row], "person verdict record");
        assert!(rows.contains(&format!("amelie counted {first}")), "{typed}: {rows:?}");
    }
}

#[test]
fn enough_days_under_contract_are_explained_by_the_contract_in_which_the_last_of_them_falls() {
    let mut school = School::with_p1();
    let part = school.left("P1", "amelie", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.situation(part, T::Cdd, "2019-02-04", "2019-04-05");
    let second = school.situation(part, T::Cdi, "2019-04-08", "").id;
    let sheet = explained(&school, &up_to("2019-12-31"), "contract_days_80", &Naming::Slug);
    assert_eq!(pick(&sheet, &[], "verdict value record"), [format!("counted 177 placement {second}")]);
}

#[test]
fn someone_followed_every_month_is_explained_by_the_interview_that_came_last_into_the_file() {
    let mut school = School::with_p1();
    let part = school.enter("P1", "amelie", "2018-11-05");
    for (date, op) in [("2018-12-20", 3), ("2018-12-05", 9), ("2019-01-10", 4)] {
        school.interview(part, date, 30);
        school.facts.interviews.last_mut().unwrap().op = OpId::from_number(op);
    }
    let last = school.facts.interviews[2].id;
    let sheet = explained(&school, &up_to("2019-02-01"), "followed_monthly", &Naming::Slug);
    assert_eq!(pick(&sheet, &[], "verdict date record"), [format!("counted 2019-01-10 interview {last}")]);
    school.facts.interviews.pop();
    let sheet = explained(&school, &up_to("2019-02-01"), "followed_monthly", &Naming::Slug);
    assert_eq!(pick(&sheet, &[], "verdict record"), [format!("not_counted participation {part}")]);
}

#[test]
fn the_longest_absence_lists_its_half_days() {
    let mut school = school();
    for date in ["2018-11-07", "2018-11-08", "2018-11-09"] {
        school.slot("P1", date, Half::Am, SlotKind::Centre);
    }
    school.mark(StayId::from_number(5), "2018-11-06", Half::Pm, A::Unexcused);
    school.mark(StayId::from_number(5), "2018-11-07", Half::Am, A::Present);
    school.mark(StayId::from_number(5), "2018-11-08", Half::Am, A::Excused);
    school.mark(StayId::from_number(5), "2018-11-09", Half::Am, A::Unexcused);
    let sheet = explained(&school, &up_to("2018-11-30"), "attendance:longest_absence", &Naming::Slug);
    let counted = pick(&sheet, &[], "person verdict in_base date");
    let counted: Vec<_> = counted.iter().filter(|row| row.starts_with("amelie counted")).collect();
    assert_eq!(counted, ["amelie counted false 2018-11-08", "amelie counted false 2018-11-09"]);
}

#[test]
fn columns_of_one_person_and_attempts_to_reach_them_have_their_lists() {
    let mut school = school();
    school.followup(StayId::from_number(5), crate::domain::placement::Point::M3, "2019-05-02", false);
    school.followup(StayId::from_number(5), crate::domain::placement::Point::M3, "2019-05-03", true);
    let sheet = explained(&school, &up_to("2019-06-01"), "followups:attempts@3m", &Naming::Slug);
    let rows = pick(&sheet, &["followups:attempts@3m"], "person unit verdict value date");
    assert_eq!(rows, ["amelie attempt counted not_reached 2019-05-02", "amelie attempt counted reached 2019-05-03"]);
    let sheet = explained(&school, &up_to("2019-06-01"), "people:attendance_pct", &Naming::Slug);
    assert_eq!(pick(&sheet, &[], "person verdict in_base").len(), 4);
}

#[test]
fn money_is_explained_by_its_lines_a_rate_by_both_sides_and_a_cost_by_the_people_too() {
    use crate::domain::facts::BudgetFact;
    use crate::domain::funder::Side;
    let mut school = school();
    let cohort = school.cohort_mut("P1").id;
    let line = |id: i64, side, class: &str, planned, realised| BudgetFact {
        id: RecordId::from_number(id),
        op: OpId::from_number(1),
        cohort,
        funder: (side == Side::Income).then(|| "FA".to_owned()),
        grant: None,
        side,
        class: class.to_owned(),
        label: format!("label {class}"),
        planned,
        realised,
    };
    school.facts.budget = vec![
        line(91, Side::Charge, "60", 1000, 900),
        line(92, Side::Charge, "61", 500, 700),
        line(93, Side::Income, "74", 2000, 1600),
    ];
    let rows = |typed: &str| {
        let sheet = explained(&school, &up_to("2019-06-01"), typed, &Naming::Slug);
        pick(&sheet, &[], "indicator unit verdict in_base amount record")
    };
    let gap = ["-100c budget 91", "200c budget 92"]
        .map(|end| format!("financial:gap@charge@total euro_line counted false {end}"));
    assert_eq!(rows("financial:gap@charge@total"), gap);
    assert_eq!(rows("financial:gap@charge@Total"), gap, "the printed label is a word of the row");
    assert_eq!(
        rows("financial:pct@charge@60"),
        [
            "financial:pct@charge@60@label 60 euro_line counted false 900c budget 91",
            "financial:pct@charge@60@label 60 euro_line not_counted true 1000c budget 91",
        ]
    );
    assert_eq!(
        rows("financial:pct@share@FA"),
        [
            "financial:pct@share@FA euro_line counted false 1600c budget 93",
            "financial:pct@share@FA euro_line not_counted true 1600c budget 93",
        ]
    );
    let cost = rows("financial:realised@Cost per entrant");
    assert_eq!(cost[..2].iter().filter(|row| row.contains("@cost@per_entrant euro_line counted false")).count(), 2);
    assert_eq!(cost[2..].iter().filter(|row| row.contains("person not_counted true 0c")).count(), 2, "{cost:?}");
    assert_eq!(rows("financial:realised@per_completer").iter().filter(|row| row.contains(" person ")).count(), 1);
}

#[test]
fn a_column_is_introduced_by_what_it_holds() {
    let told = |typed: &str| Target::parse(typed).unwrap().definition().en;
    assert_eq!(told("exits:examined"), "Exits by class: examined (exits less the withdrawn, due or not)");
    assert!(told("monthly:attendance_pct").ends_with("attendance_pct (Attendance rate)"));
    assert!(told("EECR04").starts_with("Unemployed or inactive, in work upon leaving (under a paid contract"));
}

#[test]
fn a_line_that_is_never_computed_has_no_list() {
    assert!(Target::parse("EECR06").unwrap().without_list().is_some());
    assert!(Target::parse("EECR05").unwrap().without_list().is_none());
}

#[test]
fn hours_of_single_units_add_up_to_the_hours_of_the_figure() {
    let mut school = school();
    let part = school.facts.participations[0].id;
    for (date, minutes) in [("2018-11-07", 50), ("2018-11-08", 50), ("2018-11-09", 35), ("2018-11-12", 45)] {
        school.interview(part, date, minutes);
    }
    let sheet = explained(&school, &up_to("2019-06-01"), "interview_hours", &Naming::Slug);
    let rows = pick(&sheet, &[], "verdict amount");
    assert_eq!(rows, ["counted 0.833333333", "counted 0.833333333", "counted 0.583333333", "counted 45min"]);
    school.apply("P1", "yanis");
    let sheet = explained(&school, &up_to("2019-06-01"), "interview_hours", &Naming::Slug);
    assert!(pick(&sheet, &[], "verdict amount").contains(&"left_out 0min".to_owned()));
}

#[test]
fn what_cannot_be_explained_is_refused_with_the_nearest_word() {
    for (typed, hint) in [
        ("attendence_rate", "attendance_rate"),
        ("dynamic_exit_rate@9m", "dynamic_exit_rate@3m"),
        ("monthly:presents", "present"),
        ("month:present", "monthly"),
        ("people:sex", "attendance_pct"),
        ("placements:type", "fil report explain"),
    ] {
        let refusal = Target::parse(typed).unwrap_err();
        assert!(refusal.hint.is_some_and(|h| h.en.contains(hint)), "{typed}");
    }
}
