//! Situations at the keyboard and in scripts: adding, listing, ending, following up, companies.

use crate::support::Desk;

const COHORTS: &str = "cohort,start,end,places,site\nP1,2018-11-05,2019-02-01,12,Romans\n";
const TRAINEES: &str = "last_name,first_name,cohort,entry,exit,exit_reason,birth_date\n\
    Ferré,Amélie,P1,2018-11-05,2019-02-01,completed,2000-02-03\n\
    Bensaïd,Saïd,P1,2018-11-05,,,1999-01-01\n";

/// A school of two, on 5 December 2018 with exits to come.
pub fn school() -> Desk {
    let desk = Desk::new();
    desk.file("cohorts.csv", COHORTS);
    desk.file("trainees.csv", TRAINEES);
    desk.run("init").ends(0);
    desk.run("import cohorts.csv --as cohorts").ends(0);
    desk.run("import trainees.csv --as trainees").ends(0);
    desk
}

const MISSION: &str = "placement add ferre-amelie mission Sogetrel --from 2019-02-04 --to 2019-04-26";

fn dump(desk: &Desk) -> String {
    desk.run("export placements -f csv").ends(0).stdout + &desk.run("export followups -f csv").ends(0).stdout
}

fn rows(desk: &Desk, line: &str) -> Vec<String> {
    desk.run(line).ends(0).stdout.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn job_19_a_mission_is_a_prehire_temp_contract_where_the_person_works() {
    let want = "1,P1,ferre-amelie,INTERIM,,sogetrel,2019-02-04,2019-04-26,,true,,";
    let desk = school();
    desk.run("placement add ferre-amelie mission sogetrel --from 2019-02-04 --to 2019-04-26").ends(0).tells("fil undo");
    assert_eq!(rows(&desk, "placement list -f csv"), [want]);
    let desk = school().french().typed("");
    desk.run("e a amé mission sogetrel --du 04/02 --au 26/04")
        .ends(0)
        .tells("le 04/02/2019 (lundi)")
        .tells("Amélie Ferré");
    assert_eq!(rows(&desk, "placement list -f csv"), [want]);
    let desk = school();
    desk.run(&format!("{MISSION} --agency Manpower")).ends(0);
    assert!(rows(&desk, "placement list -f csv")[0].contains("INTERIM,Manpower,Sogetrel"));
}

#[test]
fn job_20_a_contract_that_follows_a_mission_takes_its_company_over() {
    let desk = school();
    desk.run(MISSION).ends(0);
    desk.run("placement add ferre-amelie cdi --from 2019-04-29").ends(0).tells("carried over").tells("Sogetrel");
    assert_eq!(rows(&desk, "placement list -f csv")[1], "2,P1,ferre-amelie,CDI,Sogetrel,,2019-04-29,,,false,,");
    desk.run("placement add bensaid-said cdi --from 2019-04-29").ends(0);
    assert!(rows(&desk, "placement list -f csv -c P1")[0].starts_with("3,P1,bensaid-said,CDI,,,"));
}

#[test]
fn the_company_is_carried_over_for_thirty_days_and_not_one_more() {
    for (from, carried) in [("2019-02-04", true), ("2019-05-26", true), ("2019-05-27", false), ("2019-02-03", false)] {
        let desk = school();
        desk.run(MISSION).ends(0);
        desk.run(&format!("placement add ferre-amelie cdi --from {from}")).ends(0);
        let cdi = rows(&desk, "placement list -f csv").into_iter().find(|row| row.contains("CDI")).unwrap();
        assert_eq!(cdi.contains("Sogetrel"), carried, "{from}");
    }
}

#[test]
fn job_21_what_ends_in_a_period_is_planned_or_real() {
    let desk = school().on("2019-04-10");
    desk.run(MISSION).ends(0);
    desk.run("placement add bensaid-said cdd Axione --from 2019-02-04 --to 2019-12-31").ends(0);
    assert_eq!(rows(&desk, "placement list --ending +30d -f csv").len(), 1);
    assert_eq!(rows(&desk, "e ls --finit +30j -f csv").len(), 1);
    desk.run("placement list --ending +30d --format json").ends(0).shows("\"trainee\":\"ferre-amelie\"");
    desk.run("placement end bensaid-said --on 2019-04-12").ends(0);
    assert_eq!(rows(&desk, "placement list --ending +30d -f csv").len(), 2);
    desk.run("placement list --ending soon").ends(2);
}

#[test]
fn the_list_is_filtered_by_status_and_cohort() {
    let desk = school().on("2019-04-10");
    desk.run(MISSION).ends(0);
    desk.run("placement add bensaid-said cdd Axione --from 2019-02-04 --to 2019-03-31").ends(0);
    let numbers = |line: &str| -> Vec<String> {
        rows(&desk, line).iter().map(|row| row.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers("placement list -f csv"), ["2", "1"]);
    assert_eq!(numbers("placement list -s current -f csv"), ["1"]);
    assert_eq!(numbers("e ls -s en-cours -f csv"), ["1"]);
    assert_eq!(numbers("placement list -s ended -f csv"), ["2"]);
    assert_eq!(numbers("placement list -s prehire -f csv"), ["1"]);
    assert_eq!(numbers("placement -c P1 -f csv"), ["2", "1"]);
    desk.run("placement list -c P2").ends(3);
    desk.run("placement list -s running").ends(2);
    let empty = desk.run("placement list --ending 2020 -f csv").ends(0).stdout;
    assert_eq!(empty.lines().count(), 1);
}

#[test]
fn people_read_labels_and_files_hold_codes() {
    let desk = school().french();
    desk.run("placement add ferre-amelie demandeur-emploi --from 2019-02-04").ends(0);
    desk.run("placement list").ends(0).shows("demandeur d'emploi");
    desk.run("placement list -f csv-fr").ends(0).shows("DEMANDEUR_EMPLOI");
    desk.run("placement list -f json").ends(0).shows("DEMANDEUR_EMPLOI");
}

#[test]
fn a_known_company_keeps_its_spelling_and_a_near_one_is_asked_about() {
    let desk = school();
    desk.run(MISSION).ends(0);
    let add = |company: &str| format!("placement add bensaid-said cdi {company} --from 2019-05-06 -n");
    desk.run(&add("SOGÉTREL")).ends(0).tells("Company: Sogetrel");
    desk.run(&add("Sogetrell")).ends(3).tells("Sogetrel").tells("--new-company");
    desk.run(&add("Sogetrell --new-company")).ends(0).tells("New company: Sogetrell");
    desk.run(&add("Axione")).ends(0).tells("New company: Axione");
    let asked = |typed: &str| school().typed(typed);
    for (typed, company) in [("1\n", "Sogetrel,"), ("2\n", "Sogetrell,")] {
        let desk = asked(typed);
        desk.run(MISSION).ends(0);
        desk.run("placement add bensaid-said cdi Sogetrell --from 2019-05-06").ends(0);
        let csv = desk.run("placement list -f csv").stdout;
        assert!(csv.contains(&format!("CDI,{company}")), "{csv}");
    }
    let desk = asked("\n");
    desk.run(MISSION).ends(0);
    desk.run("placement add bensaid-said cdi Sogetrell --from 2019-05-06").ends(2);
}

#[test]
fn what_is_missing_ambiguous_or_impossible_is_refused_and_writes_nothing() {
    let desk = school();
    let before = dump(&desk);
    for (line, code, words) in [
        ("placement add", 2, "WHO is missing"),
        ("placement add ferre-amelie", 2, "TYPE is missing"),
        ("placement add ferre-amelie cdi", 2, "since when"),
        ("placement add ferre-amelie alternance X --from 2019-05-06", 2, "PROFESSIONNALISATION"),
        ("placement add ferre-amelie cdii2 X --from 2019-05-06", 2, "cdii"),
        ("placement add ferre-amelie cdd X --from 2019-05-06", 4, "planned end is missing"),
        ("placement add ferre-amelie cdi X --from 2019-05-06 --to 2019-06-06", 4, "no planned end"),
        ("placement add ferre-amelie cdd X --from 2019-05-06 --to 2019-05-05", 4, "before the start"),
        ("placement add ferre-amelie cdi X --from 2019-05-06 --agency Y", 2, "--agency"),
        ("placement add amé cdi X --from 2019-05-06", 3, "ferre-amelie"),
        ("placement add nobody cdi X --from 2019-05-06", 3, "nobody"),
        ("placement add ferre-amelie cdi X --from 2019-05-06 --set colour=red", 2, "colour"),
        ("placement add ferre-amelie cdi X --from 2019-05-06 --set type=CDD", 2, "twice"),
        ("placement edit 9 --set evidence=contract", 3, "no placement no. 9"),
        ("placement edit nine --set evidence=contract", 2, "not a number"),
        ("placement end ferre-amelie", 4, "no running placement"),
        ("placement show 9", 3, "no. 9"),
        ("placement follow ferre-amelie 3m", 2, "which situation"),
        ("placement follow ferre-amelie 4m in-post", 2, "3m"),
        ("placement follow ferre-amelie 3m in-post", 4, "no running contract"),
        ("placement follow ferre-amelie 3m in-post Axione", 2, "Axione"),
        ("placement follow ferre-amelie 3m unreachable --from 2018-12-01", 2, "--from"),
    ] {
        let told = desk.run(line).ends(code).tells(words);
        assert!(told.stderr.lines().count() <= 5, "{line}: {}", told.stderr);
    }
    assert_eq!(dump(&desk), before);
}

#[test]
fn every_field_can_be_entered_by_hand() {
    let desk = school();
    desk.run(&format!("{MISSION} --set evidence=contract --set 'heures par semaine=35' --set poste=raccordeur"))
        .ends(0);
    let json = desk.run("placement show 1 -f json").ends(0).stdout;
    for words in ["\"evidence\":\"contract\"", "\"weekly_hours\":35", "\"job\":\"raccordeur\"", "\"number\":1"] {
        assert!(json.contains(words), "{words}: {json}");
    }
    desk.run("placement show amé").ends(0).shows("no. 1").shows("raccordeur");
}

#[test]
fn an_edit_tells_before_and_after_and_can_be_undone() {
    let desk = school();
    desk.run(MISSION).ends(0);
    let before = dump(&desk);
    desk.run("placement edit 1 --to 2019-05-31 -n")
        .ends(0)
        .tells("2019-04-26 → 2019-05-31")
        .tells("nothing was written");
    assert_eq!(dump(&desk), before);
    desk.run("placement edit 1").ends(2).tells("nothing to change");
    desk.run("placement edit 1 --to 2019-05-31").ends(0).tells("2019-04-26 → 2019-05-31");
    desk.run("placement edit 1 --set user_company=SOGETREL").ends(0).tells("Nothing to change");
    desk.run("undo").ends(0);
    assert_eq!(dump(&desk), before);
}

#[test]
fn a_situation_is_removed_after_a_yes() {
    let desk = school();
    desk.run(MISSION).ends(0);
    let before = dump(&desk);
    desk.run("placement remove 1").ends(2).tells("--yes");
    desk.run("placement remove 1 -n").ends(0).tells("nothing was written");
    assert_eq!(dump(&desk), before);
    desk.run("placement remove 1 -y").ends(0);
    assert!(rows(&desk, "placement list -f csv").is_empty());
    desk.run("undo").ends(0);
    assert_eq!(dump(&desk), before);
}

#[test]
fn the_running_situation_ends_on_the_day_that_is_said() {
    let desk = school().on("2019-04-10");
    desk.run(MISSION).ends(0);
    desk.run("placement add ferre-amelie recherche --from 2019-02-02").ends(0);
    desk.run("placement end ferre-amelie --on 2019-04-05 --reason rupture").ends(0).tells("no. 1");
    let json = desk.run("placement show 1 -f json").stdout;
    assert!(json.contains("\"actual_end\":\"2019-04-05\",\"end_reason\":\"rupture\""), "{json}");
    // What is left running is the search for work.
    desk.run("placement end ferre-amelie").ends(0).tells("no. 2").tells("2019-04-10");
    desk.run("placement end ferre-amelie").ends(4);
}

#[test]
fn several_running_contracts_are_ended_by_number() {
    let desk = school().on("2019-04-10");
    desk.run(MISSION).ends(0);
    desk.run("placement add ferre-amelie cdi Axione --from 2019-03-04").ends(0);
    desk.run("placement end ferre-amelie").ends(3).tells("fil placement end 1");
    desk.run("placement end 2 --on 2019-04-05").ends(0);
    desk.run("placement end ferre-amelie").ends(0).tells("no. 1");
}

#[test]
fn a_contract_that_never_began_has_a_reason_and_no_last_day() {
    let desk = school();
    desk.run(MISSION).ends(0);
    desk.run("placement end ferre-amelie --reason 'jamais commencé'").ends(0);
    let json = desk.run("placement show 1 -f json").stdout;
    assert!(json.contains("\"actual_end\":null,\"end_reason\":\"not_started\""), "{json}");
    assert!(rows(&desk, "placement list -s current -f csv").is_empty());
    assert!(rows(&desk, "placement list --ending 2019-04 -f csv").is_empty());
}

#[test]
fn job_22_a_call_confirms_the_running_contract_in_one_operation() {
    let follow = ["placement follow ferre-amelie 3m en-poste --on 2019-06-04", "e f amé 3m in-post"];
    for (line, desk) in [(follow[0], school().on("2019-06-05")), (follow[1], school().on("2019-06-04").typed(""))] {
        desk.run("placement add ferre-amelie cdi Axione --from 2019-04-29").ends(0);
        let before = dump(&desk);
        desk.run(&format!("{line} -n")).ends(0);
        assert_eq!(dump(&desk), before);
        desk.run(line).ends(0);
        assert!(desk.run("export followups -f csv").stdout.contains("P1,ferre-amelie,3m,2019-06-04,,true,"));
        desk.run("placement list -f csv").shows("CDI,Axione,,2019-04-29,,,false,,2019-06-04");
        desk.run("undo").ends(0);
        assert_eq!(dump(&desk), before);
    }
}

#[test]
fn a_call_that_finds_a_new_situation_records_it() {
    let desk = school().on("2019-06-04");
    desk.run("placement follow ferre-amelie 3m cdi Axione --from 2019-05-06 --by phone").ends(0);
    desk.run("placement list -f csv").shows("1,P1,ferre-amelie,CDI,Axione,,2019-05-06,,,false,,2019-06-04");
    desk.run("export followups -f csv").shows("ferre-amelie,3m,2019-06-04,phone,true,");
    desk.run("placement follow ferre-amelie 6m cdd Axione --from 2019-05-06").ends(4).tells("planned end");
    desk.run("placement follow ferre-amelie 6m cdi").ends(0);
    assert_eq!(rows(&desk, "placement list -f csv").len(), 1, "the running contract is confirmed, not doubled");
}

#[test]
fn someone_who_looks_for_work_does_so_from_the_day_of_the_point() {
    // The exit was on 1 February: the point of three months is 1 May.
    for (today, start) in [("2019-06-04", "2019-05-01"), ("2019-04-20", "2019-04-20")] {
        let desk = school().on(today);
        desk.run("placement follow ferre-amelie 3m recherche").ends(0);
        let row = rows(&desk, "placement list -f csv").remove(0);
        assert!(row.contains(&format!("DEMANDEUR_EMPLOI,,,{start},")), "{today}: {row}");
    }
    let desk = school().on("2019-06-04");
    desk.run("placement add ferre-amelie cdi Axione --from 2019-04-29").ends(0);
    desk.run("placement follow ferre-amelie 3m inactif").ends(0).tells("still running").tells("fil placement end 1");
}

#[test]
fn a_call_dated_after_today_is_accepted_with_a_warning() {
    let desk = school();
    desk.run("placement follow ferre-amelie 3m injoignable --on 2019-06-04").ends(0).tells("dated after today");
}

#[test]
fn nobody_answered_records_the_attempt_only() {
    let desk = school().on("2019-06-04");
    desk.run("placement follow ferre-amelie 3m injoignable --by sms --note 'boîte pleine'").ends(0);
    desk.run("export followups -f csv").shows("ferre-amelie,3m,2019-06-04,sms,false,boîte pleine");
    assert!(rows(&desk, "placement list -f csv").is_empty());
}

#[test]
fn a_contract_over_by_the_day_of_the_call_is_named() {
    let desk = school().on("2019-06-04");
    desk.run(MISSION).ends(0);
    desk.run("placement follow ferre-amelie 3m in-post").ends(4).tells("no. 1 ended on 2019-04-26").tells("--to DATE");
}

#[test]
fn a_call_without_its_situation_is_asked_at_a_terminal() {
    let desk = school().on("2019-06-04").typed("4\n");
    desk.run("placement follow ferre-amelie 3m").ends(0).tells("could not be reached");
    desk.run("export followups -f csv").shows("ferre-amelie,3m,2019-06-04,,false,");
    school().on("2019-06-04").typed("\n").run("placement follow ferre-amelie 3m").ends(2);
}

#[test]
fn each_company_is_listed_once_with_its_last_placement() {
    let desk = school();
    desk.run(&format!("{MISSION} --agency Manpower")).ends(0);
    desk.run("placement add ferre-amelie cdi --from 2019-04-29").ends(0);
    desk.run("placement add bensaid-said stage sogetrel --from 2019-01-07 --to 2019-01-18").ends(0);
    assert_eq!(
        rows(&desk, "placement companies -f csv"),
        ["Manpower,1,1,2019-02-04,INTERIM,ferre-amelie", "Sogetrel,3,2,2019-04-29,CDI,ferre-amelie"]
    );
}

#[test]
fn the_assistant_asks_then_gives_the_line_of_a_script() {
    let answers = "amé\nmission\nSogetrel\n\n04/02/2019\n01/02/2019\n26/04/2019\no\n";
    let desk = school().typed(answers);
    let script = "fil placement add ferre-amelie mission Sogetrel --from 2019-02-04 --to 2019-04-26";
    desk.run("placement add").ends(0).tells(script).tells("the end is before the start");
    assert_eq!(
        rows(&desk, "placement list -f csv"),
        ["1,P1,ferre-amelie,INTERIM,,Sogetrel,2019-02-04,2019-04-26,,true,,"]
    );
    let desk = school().typed("amé\ncdi\nAxione\n29/04/2019\nn\n");
    desk.run("placement add").ends(0).tells("nothing was written");
    assert!(rows(&desk, "placement list -f csv").is_empty());
    let desk = school().typed("amé\nq\n");
    desk.run("placement add").ends(0).tells("nothing was written");
}
