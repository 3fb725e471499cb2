//! What is late or near, with the command that deals with it.

use crate::placement::school;
use crate::support::Desk;

fn rows(desk: &Desk, line: &str) -> Vec<String> {
    desk.run(line).ends(0).stdout.lines().skip(1).map(str::to_owned).collect()
}

/// The school with a week of calendar, attended by Amélie on its first day.
fn with_calendar() -> Desk {
    let desk = school().on("2019-02-01");
    desk.file(
        "slots.csv",
        "cohort,date,half,kind\nP1,2018-12-03,am,centre\nP1,2018-12-03,pm,centre\nP1,2018-12-04,am,centre\n",
    );
    desk.file("attendance.csv", "cohort,trainee,date,half,status\nP1,ferre-amelie,2018-12-03,am,present\nP1,bensaid-said,2018-12-03,am,present\n");
    desk.run("import slots.csv --as slots").ends(0);
    desk.run("import attendance.csv --as attendance").ends(0);
    desk
}

#[test]
fn nothing_to_do_is_said() {
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("due").ends(0).tells("Nothing late, nothing near.");
    desk.french().run("relances").ends(0).tells("Rien en retard");
}

#[test]
fn half_days_without_a_mark_are_listed_by_day() {
    let desk = with_calendar().on("2018-12-04");
    assert_eq!(
        rows(&desk, "due -f csv"),
        [
            "2018-12-03,unmarked,P1,P1: 2 half-days to mark,fil progress day 2018-12-03 -c P1 --half pm,true",
            "2018-12-04,unmarked,P1,P1: 2 half-days to mark,fil progress day 2018-12-04 -c P1 --half am,false",
        ]
    );
    desk.run("due").ends(0).tells("Late: 1; near: 1").shows("attendance");
}

#[test]
fn a_point_is_due_on_its_day_and_late_after_four_weeks() {
    // Exit on 1 February: the point of three months is 1 May.
    for (today, want) in [
        ("2019-04-30", None),
        ("2019-05-01", Some("false")),
        ("2019-05-29", Some("false")),
        ("2019-05-30", Some("true")),
    ] {
        let desk = with_calendar().on(today);
        let found: Vec<String> = rows(&desk, "due -f csv").into_iter().filter(|row| row.contains("followup")).collect();
        let line = want.map(|late| {
            format!("2019-05-01,followup,ferre-amelie,Amélie Ferré: call at 3 months,fil placement follow ferre-amelie 3m,{late}")
        });
        assert_eq!(found, line.into_iter().collect::<Vec<_>>(), "{today}");
    }
    let desk = with_calendar().on("2019-05-06");
    desk.run("placement follow ferre-amelie 3m recherche").ends(0);
    assert!(!desk.run("due -f csv").stdout.contains("followup"));
}

#[test]
fn a_contract_is_near_its_end_for_thirty_days_and_late_when_nobody_confirmed_it() {
    let late = "fil placement end 1 --on 2019-04-26";
    for (today, want) in [
        ("2019-03-26", None),
        ("2019-03-27", Some("fil placement show 1")),
        ("2019-04-26", Some("fil placement show 1")),
        ("2019-04-27", Some(late)),
    ] {
        let desk = school().on(today);
        desk.run("placement add ferre-amelie mission Sogetrel --from 2019-02-04 --to 2019-04-26").ends(0);
        let found = desk.run("due -f csv").stdout;
        assert_eq!(
            want.is_some_and(|command| found.contains(command)),
            found.contains("contract_end"),
            "{today}: {found}"
        );
        assert_eq!(want.is_some(), found.contains("contract_end"), "{today}: {found}");
    }
    let desk = school().on("2019-05-06");
    desk.run("placement add ferre-amelie mission Sogetrel --from 2019-02-04 --to 2019-04-26").ends(0);
    desk.run(late.strip_prefix("fil ").unwrap()).ends(0);
    assert!(!desk.run("due -f csv").stdout.contains("contract_end"));
    let desk = school().on("2019-05-06");
    desk.run("placement add ferre-amelie mission Sogetrel --from 2019-02-04 --to 2019-04-26").ends(0);
    desk.run("placement add ferre-amelie cdi --from 2019-04-29").ends(0);
    assert!(!desk.run("due -f csv").stdout.contains("contract_end"), "a contract that follows is news");
}

#[test]
fn exams_are_near_for_two_weeks_then_their_result_is_missing() {
    for (today, want) in [
        ("2018-12-07", None),
        ("2018-12-08", Some("false")),
        ("2018-12-22", Some("false")),
        ("2018-12-23", Some("true")),
    ] {
        let desk = school().on(today);
        desk.file("licence.csv", "trainee,step,date,outcome\nferre-amelie,code_exam,2018-12-22,booked\n");
        desk.run("import licence.csv --as licence").ends(0);
        let found = desk.run("due -f csv").stdout;
        let late =
            found.lines().find(|row| row.contains(",exam,")).map(|row| row.rsplit(',').next().unwrap().to_owned());
        assert_eq!(late.as_deref(), want, "{today}: {found}");
    }
}

#[test]
fn the_reports_of_last_month_are_asked_for_until_the_tenth() {
    for (today, want) in [("2018-12-01", true), ("2018-12-10", true), ("2018-12-11", false), ("2018-11-10", false)] {
        let desk = school().on(today);
        desk.file("funders.csv", "funder,name,level\nafpa,Afpa,contract\nautre,Autre,contract\n");
        desk.file("grants.csv", "grant,funder,cohorts\ng1,afpa,P1\n");
        desk.run("import funders.csv --as funders").ends(0);
        desk.run("import grants.csv --as grants").ends(0);
        let found = desk.run("due -f csv").stdout;
        assert_eq!(found.contains("fil report export 2018-11 --funder afpa"), want, "{today}: {found}");
        assert!(!found.contains("autre"));
    }
}

#[test]
fn a_record_is_announced_thirty_days_before_it_must_go() {
    // Last contact of Amélie: her exit on 1 February 2019.
    for (today, want) in [
        ("2021-01-01", None),
        ("2021-01-02", Some("false")),
        ("2021-02-01", Some("false")),
        ("2021-02-02", Some("true")),
    ] {
        let desk = school().on(today);
        let found = desk.run("due -f csv").stdout;
        let late =
            found.lines().find(|row| row.contains("retention,ferre-amelie")).map(|row| row.rsplit(',').next().unwrap());
        assert_eq!(late, want, "{today}: {found}");
    }
}

#[test]
fn late_comes_first_and_one_cohort_can_be_asked_for() {
    let desk = with_calendar().on("2019-05-31");
    desk.run("placement add bensaid-said cdd Axione --from 2019-04-01 --to 2019-06-15").ends(0);
    let late: Vec<bool> = rows(&desk, "due -f csv").iter().map(|row| row.ends_with("true")).collect();
    assert!(late.len() > 2 && late.windows(2).all(|pair| pair[0] >= pair[1]), "{late:?}");
    assert_eq!(rows(&desk, "due -c P1 -f csv"), rows(&desk, "due -f csv"));
    desk.run("due -c P9").ends(3);
}

#[test]
fn every_command_that_is_proposed_can_be_pasted() {
    for today in ["2018-12-04", "2018-12-23", "2019-04-27", "2019-05-02", "2021-03-01"] {
        let desk = with_calendar().on(today);
        desk.file("licence.csv", "trainee,step,date,outcome\nferre-amelie,code_exam,2018-12-07,booked\n");
        desk.run("import licence.csv --as licence").ends(0);
        desk.run("placement add bensaid-said cdd Axione --from 2018-12-03 --to 2019-04-26").ends(0);
        let json = desk.run("due -f json").ends(0).stdout;
        let commands: Vec<&str> =
            json.split("\"do\":\"fil ").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(!commands.is_empty(), "{today}");
        for command in commands {
            assert!(desk.parses(command), "{today}: fil {command}");
        }
    }
}

#[test]
fn a_report_that_was_closed_is_no_longer_due() {
    let desk = super::example_school::romans().on("2018-12-05");
    assert!(desk.run("due -f csv").ends(0).stdout.contains("report export 2018-11 --funder break-poverty"));
    desk.run("report close 2018-11 --funder break-poverty").ends(0);
    let left = desk.run("due -f csv").ends(0).stdout;
    assert!(
        !left.contains("2018-11 --funder break-poverty") && left.contains("2018-11 --funder ca-solidarite"),
        "{left}"
    );
}

#[test]
fn who_never_came_is_called_neither_by_the_list_nor_by_their_own_screen() {
    let desk = super::example_school::romans().on("2019-06-20");
    desk.run("trainee add Test Zoé -c ROM-2018-11 --entry 2019-01-07 --born 2000-01-01").ends(0);
    desk.run("trainee leave test-zoe --reason completed --on 2019-02-01").ends(0);
    assert!(!desk.run("due -f csv").ends(0).stdout.contains("test-zoe"));
    let page = desk.run("trainee show test-zoe").ends(0).stdout;
    assert!(!page.contains("To do"), "{page}");
}

#[test]
fn only_a_paid_contract_that_nothing_follows_needs_a_word_in_the_list_and_on_the_screen() {
    let desk = super::example_school::romans().on("2019-05-20");
    desk.run("placement add cherifi-morel-ines recherche --from 2019-05-02 --to 2019-05-10").ends(0);
    desk.run("placement add amara-nassim mission 'Essai Fibre' --from 2019-03-04 --to 2019-04-26").ends(0);
    let list = desk.run("due -f csv").ends(0).stdout;
    for slug in ["cherifi-morel-ines", "amara-nassim"] {
        assert!(!list.lines().any(|row| row.contains("contract_end") && row.contains(slug)), "{list}");
        let page = desk.run(&format!("trainee show {slug}")).ends(0).stdout;
        assert!(!page.contains("end of contract"), "{page}");
    }
    assert!(!desk.run("check -c ROM-2018-11").stdout.contains("Essai Fibre"));
}

#[test]
fn the_next_step_of_a_person_is_the_first_row_of_the_list_about_them() {
    for today in ["2018-12-05", "2019-03-20", "2019-05-20", "2019-12-01"] {
        let desk = super::example_school::romans().on(today);
        let list = rows(&desk, "due -f csv");
        let people: Vec<String> = rows(&desk, "trainee list -c all -f csv")
            .iter()
            .map(|row| row.split(',').next().unwrap().to_owned())
            .collect();
        for slug in people {
            let about = |row: &&String| row.split(',').nth(2) == Some(&slug) && !row.contains(",retention,");
            let Some(first) = list.iter().find(about) else { continue };
            let (y, m, d) = (&first[..4], &first[5..7], &first[8..10]);
            let page = desk.run(&format!("trainee show {slug}")).ends(0).stdout;
            let step = page.lines().find(|line| line.contains("To do")).unwrap_or_else(|| panic!("{first}\n{page}"));
            assert!(step.contains(&format!("{d}/{m}/{y}")), "{first}\n{step}");
        }
    }
}
