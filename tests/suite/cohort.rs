//! Cohorts at the keyboard: opened, modelled on another, planned, changed, removed.

use crate::support::Desk;

/// A desk with a file, cohort P1 (5 November to 1 February) and two modules.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --site Romans --places 12").ends(0);
    desk.run("cohort module add F01 --title Splicing --stream technical --hours 3h30 -c P1").ends(0);
    desk.run("cohort module add M1 --stream general --hours 35 -c P1").ends(0);
    desk
}

fn planned() -> Desk {
    let desk = desk();
    desk.run("cohort plan P1 --halves am,pm --closed 2018-12-24..2018-12-28 --company 2018-12-10..2018-12-14").ends(0);
    desk
}

/// Everything the file holds, as the machine lists show it.
fn state(desk: &Desk) -> String {
    ["cohort list", "cohort module list -c all", "cohort slots -c all"]
        .map(|line| desk.run(&format!("{line} -f csv")).ends(0).stdout)
        .concat()
}

#[test]
fn a_script_opens_a_cohort_with_everything_spelled_out() {
    let desk = desk();
    desk.run("cohort add P3 --start 2019-03-04 --end 2019-05-31 --site Romans --places 12")
        .ends(0)
        .tells("cohort P3 (no. 2)")
        .tells("fil undo")
        .tells("fil cohort plan P3");
    let list = desk.run("cohort list -f csv").stdout;
    assert_eq!(
        list,
        "cohort,title,site,start,end,places,entered,in_training,left,status,id\n\
         P1,,Romans,2018-11-05,2019-02-01,12,0,0,0,running,1\n\
         P3,,Romans,2019-03-04,2019-05-31,12,0,0,0,planned,2\n"
    );
}

#[test]
fn a_cohort_modelled_on_another_has_its_length_its_fields_and_its_modules() {
    let desk = desk().french();
    desk.run("c e P1 --set certificate=CCPRFO --set slot_minutes=180").ends(0);
    desk.run("c a P3 --comme P1 --debut 04/03")
        .ends(0)
        .tells("Début : le 04/03/2019 (lundi)")
        .tells("Fin : le 31/05/2019 (vendredi)")
        .tells("2 modules");
    let shown = desk.run("cohort show P3 -f json").ends(0).stdout;
    for part in [
        "\"site\":\"Romans\"",
        "\"end\":\"2019-05-31\"",
        "\"places\":12",
        "\"slot_minutes\":180",
        "\"certificate\":\"CCPRFO\"",
        "\"modules\":\"F01|M1\"",
        "\"status\":\"planned\"",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn what_is_typed_wins_over_the_model() {
    let desk = desk();
    desk.run("cohort add P4 --like P1 --start 2019-03-04 --end 2019-04-26 --places 8 --set site=Valence").ends(0);
    desk.run("cohort list -f csv").shows("P4,,Valence,2019-03-04,2019-04-26,8,");
}

#[test]
fn a_cohort_that_lacks_something_is_refused_with_the_flags_to_add() {
    let desk = desk();
    desk.run("cohort add P3 --start 2019-03-04").ends(2).tells("Add --end DATE --places N");
    desk.run("cohort add P3 --like P9 --start 2019-03-04").ends(3).tells("Did you mean P1?");
    desk.run("cohort add P3 --start 2019-03-04 --end 2019-03-01 --places 3").ends(4);
    desk.run("cohort add P1 --start 2019-03-04 --end 2019-03-08 --places 3").ends(4).tells("edit");
    desk.run("cohort add P3 --start 2019-02-30 --end 2019-03-08 --places 3").ends(2);
    desk.run("cohort add P3 --start 2019-03-04 --end 2019-03-08 --places 3 --set sit=X").ends(2).tells("site");
    desk.french().run("c a P3 --debut 04/03").ends(2).tells("il manque : fin, places");
}

#[test]
fn an_edit_says_before_and_after_and_counts_what_falls_outside() {
    let desk = planned();
    desk.run("cohort edit P1 --end 2019-01-25").ends(0).tells("2019-02-01 → 2019-01-25").tells("10; plan");
    desk.run("cohort edit P1").ends(2);
    desk.run("cohort edit p1 --places 10").ends(0).tells("12 → 10");
    desk.run("cohort edit 1 --places 11").ends(0);
    desk.run("cohort add P2 --like P1 --start 2019-03-04").ends(0);
    desk.run("cohort edit P2 --set cohort=P1").ends(4).tells("no. 1");
    desk.run("cohort edit P2 --set cohort=P5").ends(0);
    desk.run("cohort show P5").ends(0);
}

#[test]
fn the_list_is_filtered_by_status_in_both_languages() {
    let desk = desk();
    desk.run("cohort add P0 --start 2018-01-08 --end 2018-12-04 --places 5").ends(0);
    desk.run("cohort add P2 --start 2018-12-06 --end 2018-12-07 --places 5").ends(0);
    let codes = |status: &str| desk.run(&format!("c -s {status} --columns cohort -f csv")).ends(0).stdout;
    assert_eq!(codes("planned"), "cohort\nP2\n");
    assert_eq!(codes("'en cours'"), "cohort\nP1\n");
    assert_eq!(codes("terminée"), "cohort\nP0\n");
    desk.run("c -s runing").ends(2).tells("running");
    desk.run("c --lang fr").shows("terminée");
}

#[test]
fn a_calendar_leaves_out_closures_and_public_holidays_and_says_which() {
    let desk = desk();
    desk.run("cohort plan P1 --closed 2018-12-24..2018-12-28 --company 2018-12-10..2018-12-14")
        .ends(0)
        .tells("118 half-days created")
        .tells("2019-01-01 (New Year's Day)");
    let slots = desk.run("cohort slots -c P1 -f csv").stdout;
    assert_eq!(slots.lines().count(), 119);
    assert_eq!(slots.matches(",company,").count(), 10);
    for absent in ["2018-12-25", "2018-12-24", "2019-01-01", "2018-11-10"] {
        assert!(!slots.contains(absent), "{absent}");
    }
}

#[test]
fn planning_again_changes_only_what_differs() {
    let desk = planned();
    let before = state(&desk);
    desk.run("cohort plan P1 --halves pm,am --closed 2018-12-24..2018-12-28 --company 2018-12-10..2018-12-14")
        .ends(0)
        .tells("0 half-days created, 0 changed, 0 removed, 118 unchanged");
    assert_eq!(state(&desk), before);
    desk.run("cohort plan P1 --halves matin --closed 24/12..28/12 --company 2018-12-10..2018-12-14")
        .ends(0)
        .tells("--closed: ")
        .tells("59 removed, 59 unchanged");
}

#[test]
fn a_public_holiday_is_worked_only_when_named_and_with_a_warning() {
    let desk = desk();
    desk.run("cohort plan P1 --halves am --work-holiday 2019-01-01").ends(0).tells("public holiday worked: 1");
    desk.run("cohort slots -c P1 -p 2019-01-01 -f csv").shows("2019-01-01,am,centre");
    desk.run("cohort plan P1 --halves am --work-holiday 2018-11-11").tells("public holiday left free: 1");
}

#[test]
fn a_calendar_that_makes_no_sense_is_refused() {
    let desk = desk();
    desk.run("cohort plan P1 --halves am,midi").ends(2).tells("midi");
    desk.run("cohort plan P1 --closed 2018-12-28..2018-12-24").ends(2);
    desk.run("cohort plan P1 --closed 2018-13").ends(2);
    desk.run("cohort plan P7").ends(3);
    desk.run("cohort plan P1 --company 2020-01").ends(0).tells("outside the cohort: 1");
}

#[test]
fn a_trial_writes_nothing() {
    let desk = planned();
    let before = state(&desk);
    for line in [
        "cohort add P3 --like P1 --start 2019-03-04 -n",
        "cohort edit P1 --places 3 -n",
        "cohort plan P1 --halves am -n",
        "cohort slot 2018-12-10 am --cancel -c P1 -n",
        "cohort slot 2018-12-10 am --remove -c P1 -n",
        "cohort module add X --stream general -c P1 -n",
        "cohort module edit F01 --hours 28 -c P1 -n",
        "cohort module remove F01 -c P1 -n",
    ] {
        desk.run(line).ends(0).tells("nothing was written");
    }
    assert_eq!(state(&desk), before);
}

#[test]
fn one_half_day_is_added_changed_cancelled_and_removed() {
    let desk = planned();
    let slot = |day: &str| desk.run(&format!("cohort slots -c P1 -p {day} -f csv")).stdout;
    desk.run("cohort slot 10/12 am --set centre --trainer Paul --module F01 -c P1")
        .ends(0)
        .tells("10 Dec 2018 (Monday)")
        .tells("company → centre");
    assert!(slot("2018-12-10").contains("2018-12-10,am,centre,F01,Paul,210,"));
    desk.run("cohort slot 2018-12-10 matin --cancel -c P1").ends(0);
    assert!(slot("2018-12-10").contains("am,cancelled,F01,Paul"));
    desk.run("cohort slot 2018-12-15 am --set centre --set minutes=120 -c P1").ends(0).tells("weekend worked: 1");
    assert!(slot("2018-12-15").contains("2018-12-15,am,centre,,,120,"));
    desk.run("cohort slot 2018-12-15 am --remove -c P1").ends(2).tells("--yes");
    desk.run("cohort slot 2018-12-15 am --remove -y -c P1").ends(0);
    assert!(!slot("2018-12-15").contains("2018-12-15"));
}

#[test]
fn a_half_day_needs_to_be_told_what_it_is() {
    let desk = planned();
    desk.run("cohort slot 2018-12-10 am -c P1").ends(2).tells("--set centre");
    desk.run("cohort slot 2018-12-15 am --trainer Paul -c P1").ends(2).tells("--set centre");
    desk.run("cohort slot 2018-12-15 am --cancel -c P1").ends(4);
    desk.run("cohort slot 2018-12-10 am --set company --cancel -c P1").ends(2).tells("twice");
    desk.run("cohort slot 2018-12-10 am --set date=2018-12-11 -c P1").ends(2);
    desk.run("cohort slot 2018-12-10 am --set holiday -c P1").ends(2).tells("centre, company, cancelled");
    desk.run("cohort slot 2018-12-10 midi --set centre -c P1").ends(2);
    desk.run("cohort slot 2018-12-10 am --set centre --module F09 -c P1").ends(4).tells("F01");
    desk.run("cohort slot 2018-12-10 am --set centre --remove -c P1").ends(2);
}

#[test]
fn a_write_without_a_terminal_names_its_cohort() {
    let desk = planned();
    desk.run("cohort slot 2018-12-10 pm --set centre").ends(2).tells("-c CODE");
    desk.run("cohort module add X --stream general").ends(2).tells("-c CODE");
    let desk = desk.typed("");
    desk.run("cohort slot 2018-12-10 pm --set centre").ends(0).tells("Cohort P1");
}

#[test]
fn modules_are_listed_added_changed_and_removed() {
    let desk = desk();
    assert_eq!(
        desk.run("cohort module -c P1 -f csv").stdout,
        "cohort,module,title,stream,hours,id\nP1,F01,Splicing,technical,3.5,1\nP1,M1,,general,35,2\n"
    );
    desk.run("cohort module edit F01 --hours 28 --stream technique -c P1").ends(0).tells("3 h 30 → 28 h");
    desk.run("cohort module edit F01 --set module=M1 -c P1").ends(4).tells("no. 2");
    desk.run("cohort module add X -c P1").ends(2).tells("--stream");
    desk.run("cohort module add code --stream licence -c P1").ends(4).tells("ETG");
    desk.run("cohort module edit F02 --hours 3 -c P1").ends(3).tells("F01");
    desk.run("cohort module remove M1 -c P1 -y").ends(0);
    desk.run("cohort slot 2018-12-10 am --set centre --module F01 -c P1").ends(0);
    desk.run("cohort module remove F01 -c P1 -y").ends(4).tells("1 half-day");
}

#[test]
fn a_cohort_on_which_others_hang_is_not_removed_and_says_what_to_do() {
    let desk = planned();
    desk.run("cohort remove P1 -y")
        .ends(4)
        .tells("2 modules, 118 half-days")
        .tells("fil cohort plan P1 --closed 2018-11-05..2019-02-01");
    desk.run("cohort plan P1 --closed 2018-11-05..2019-02-01").ends(0).tells("118 removed");
    desk.run("cohort module remove F01 -c P1 -y").ends(0);
    desk.run("cohort module remove M1 -c P1 -y").ends(0);
    desk.run("cohort remove P1").ends(2).tells("--yes");
    desk.run("cohort remove P1 -y").ends(0);
    desk.run("cohort list").ends(0).tells("No cohort.");
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --places 12").ends(0).tells("no. 2");
}

#[test]
fn a_cohort_is_shown_with_its_calendar_in_both_languages() {
    let desk = planned();
    desk.run("cohort show P1")
        .ends(0)
        .shows("cohort P1 (running)   no. 1")
        .shows("108 half-days in the centre, 10 in a company, 0 cancelled")
        .shows("Closed: 2018-12-24 → 2018-12-28 (1 whole week)")
        .shows("left free: 2018-12-25, 2019-01-01")
        .shows("Modules: 2 — F01, M1");
    let desk = desk.french();
    desk.run("c s P1")
        .shows("promotion P1 (en cours)   n° 1")
        .shows("Fermé : 24/12/2018 → 28/12/2018 (1 semaine entière)");
    desk.run("c P1").ends(2).tells("fil cohort show P1");
}

#[test]
fn undo_goes_back_one_act_at_a_time() {
    let desk = desk();
    let before = state(&desk);
    for line in [
        "cohort add P3 --like P1 --start 2019-03-04",
        "cohort plan P1 --halves am",
        "cohort edit P1 --places 3",
        "cohort slot 2018-12-10 am --set company -c P1",
        "cohort module remove F01 -c P1 -y",
    ] {
        desk.run(line).ends(0).tells("fil undo");
        assert_ne!(state(&desk), before, "{line}");
        desk.run("undo").ends(0);
        assert_eq!(state(&desk), before, "{line}");
    }
}

#[test]
fn planning_again_keeps_modules_and_refuses_to_lose_marks() {
    let desk = planned();
    desk.run("cohort slot 2018-11-06 am --set centre --module F01 -c P1").ends(0);
    desk.run("cohort plan P1 --company 2018-11-05..2018-11-09 --closed 2018-12-24..2018-12-28").ends(0);
    desk.run("cohort slots -c P1 -p 2018-11-06 -f csv").shows("2018-11-06,am,company,F01");
    desk.file("t.csv", "last_name,first_name,cohort,entry\nFerré,Amélie,P1,2018-11-05\n");
    desk.file("a.csv", "cohort,trainee,date,half,status\nP1,ferre-amelie,2018-11-06,am,present\n");
    desk.run("import t.csv --as trainees").ends(0);
    desk.run("import a.csv --as attendance").ends(0);
    let before = state(&desk);
    desk.run("cohort plan P1 --halves pm").ends(4).tells("2018-11-06 morning (1)");
    desk.run("cohort slot 2018-11-06 am --cancel -c P1").ends(4);
    desk.run("cohort slot 2018-11-06 am --remove -y -c P1").ends(4);
    assert_eq!(state(&desk), before);
    desk.run("cohort list -f csv").shows("12,1,1,0,running");
}
