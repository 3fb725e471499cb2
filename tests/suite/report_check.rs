//! An export examined before it is sent: what it gives away, what was changed by hand, whom it names.

use super::example_school::romans;
use super::support::{Desk, Outcome};
use proptest::prelude::*;
use std::fmt::Write as _;

const FOLDER: &str = "exports/2018-12_ca";

/// The example school with a funder for whom small counts are masked, and its report of December.
fn exported(funder: &str) -> Desk {
    let desk = romans();
    desk.run(&format!("funder add ca --name \"Fondation CA\" {funder}")).ends(0);
    desk.run("funder grant add G-CA ca --cohorts ROM-2018-11").ends(0);
    desk.run("report export 2018-12 --funder ca").ends(0);
    desk
}

fn check(desk: &Desk) -> Outcome {
    desk.run(&format!("report check {FOLDER} -f csv"))
}

/// Replaces a text in a file of the export, and its fingerprint in the manifest too.
fn tamper(desk: &Desk, file: &str, was: &str, is: &str) {
    let name = format!("{FOLDER}/{file}");
    let old = desk.read(&name);
    assert!(old.contains(was), "no {was:?} in {old}");
    let new = old.replacen(was, is, 1);
    desk.file(&name, &new);
    let sha = |text: &str| fil::report::manifest::sha256(text.as_bytes());
    let manifest = desk.read(&format!("{FOLDER}/manifest.json"));
    desk.file(&format!("{FOLDER}/manifest.json"), manifest.replace(&sha(&old), &sha(&new)));
}

/// The findings as `file,row,column,finding`.
fn findings(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.stdout.lines().skip(1);
    lines.map(|line| line.splitn(5, ',').take(4).collect::<Vec<_>>().join(",")).collect()
}

#[test]
fn a_fresh_export_has_nothing_to_withhold_in_either_dialect() {
    for profile in ["--level aggregate", "--level public --set lang=en --set dialect=csv"] {
        let desk = exported(profile);
        assert_eq!(findings(&check(&desk).ends(0)), Vec::<String>::new());
        desk.run(&format!("report check {FOLDER}")).ends(0).tells("Nothing to withhold: 6 files read.");
        desk.run(&format!("--lang fr report controler {FOLDER}")).ends(0).tells("Rien à retenir");
    }
}

#[test]
fn a_masked_count_typed_back_in_is_found() {
    let desk = exported("--level aggregate --set dialect=csv");
    let before = desk.read(&format!("{FOLDER}/indicators.csv"));
    let masked = before.lines().find(|l| l.contains(",c,")).unwrap().to_owned();
    tamper(&desk, "indicators.csv", &masked, &masked.replacen(",c,", ",2,", 1));
    let found = check(&desk).ends(4).tells("do not send");
    assert!(
        findings(&found).iter().any(|f| f.starts_with("indicators.csv,") && f.ends_with(",small_count")),
        "{found:?}"
    );
}

#[test]
fn a_file_that_is_no_longer_that_of_the_manifest_is_found() {
    let desk = exported("--level aggregate");
    let name = format!("{FOLDER}/monthly.csv");
    desk.file(&name, desk.read(&name) + "\r\n");
    assert_eq!(findings(&check(&desk).ends(4)), ["monthly.csv,,,changed"]);
    std::fs::remove_file(desk.path(&name)).unwrap();
    assert_eq!(findings(&check(&desk).ends(4)), ["monthly.csv,,,missing"]);
    desk.run("report export 2018-12 --funder ca --force").ends(0);
    desk.file(&format!("{FOLDER}/notes.txt"), "à relire");
    let found = findings(&check(&desk).ends(4));
    assert!(found.contains(&"notes.txt,,,unlisted".to_owned()), "{found:?}");
}

#[test]
fn people_of_the_school_are_found_without_being_named() {
    let desk = exported("--level aggregate");
    let name = format!("{FOLDER}/LISEZMOI.txt");
    let note = desk.read(&name);
    for (written, finding) in [
        ("Vu avec Océane BARTHOULOT.", "name"),
        ("voir barthoulot-oceane", "slug"),
        ("tél. 06.39.98.01.02", "phone"),
        ("écrire à barthoulot-oceane@example.org", "email"),
    ] {
        desk.file(&name, &note);
        tamper(&desk, "LISEZMOI.txt", &note, &format!("{written}\n{note}"));
        let found = check(&desk).ends(4);
        assert!(findings(&found).contains(&format!("LISEZMOI.txt,1,,{finding}")), "{written}: {found:?}");
        assert!(found.stdout.contains("barthoulot-oceane") && !found.stdout.contains("BARTHOULOT"));
        desk.run("report export 2018-12 --funder ca --force").ends(0);
    }
    let away = desk.var("FIL_DB", "nowhere.db");
    check(&away).ends(0).tells("names of the trainees were not looked for");
}

#[test]
fn a_formula_without_its_guard_is_found_in_spreadsheet_files_only() {
    for (dialect, code) in [("csv-fr", 4), ("csv", 0)] {
        let desk = exported(&format!("--level contract --set dialect={dialect}"));
        tamper(&desk, "monthly.csv", "ROM-2018-11", "=ROM-2018-11");
        let found = check(&desk).ends(code);
        assert_eq!(findings(&found).contains(&"monthly.csv,1,cohort,formula".to_owned()), code == 4, "{found:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_found() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = exported("--level aggregate");
    let path = desk.path(&format!("{FOLDER}/monthly.csv"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(findings(&check(&desk).ends(4)), ["monthly.csv,,,permissions"]);
}

#[test]
fn a_manifest_that_asks_for_less_than_the_profile_is_not_believed() {
    let desk = exported("--level contract --set dialect=csv");
    check(&desk).ends(0);
    desk.run("funder edit ca --set level=aggregate").ends(0);
    assert!(findings(&check(&desk).ends(4)).iter().any(|f| f.ends_with(",small_count")));
}

#[test]
fn sections_that_name_single_people_are_found() {
    let desk = exported("--level contract --set people=pseudonymised");
    check(&desk).ends(0);
    desk.run("funder edit ca --set level=public").ends(0);
    let found = findings(&check(&desk).ends(4));
    assert!(found.contains(&"people.csv,,,lines".to_owned()), "{found:?}");
    assert!(found.contains(&"placements.csv,,,lines".to_owned()), "{found:?}");
}

#[test]
fn what_is_no_export_is_refused() {
    let desk = exported("--level aggregate");
    desk.run("report check exports").ends(1).tells("manifest.json");
    desk.file(&format!("{FOLDER}/manifest.json"), "{}");
    check(&desk).ends(4).tells("damaged");
    desk.run("report check").ends(2);
}

/// Somebody of a made-up school: cohort, week of entry, weeks before the exit, how it ended, sex, situation afterwards.
type Somebody = (usize, i32, Option<i32>, usize, usize, Option<usize>);

fn somebody() -> impl Strategy<Value = Somebody> {
    (0..3usize, 0..8i32, prop::option::of(0..10i32), 0..4usize, 0..4usize, prop::option::of(0..4usize))
}

/// A made-up school in import files.
fn school(people: &[Somebody], profile: &str) -> Desk {
    let desk = Desk::new().on("2019-09-02");
    desk.run("init").ends(0);
    let monday = |week: i32| fil::domain::Date::parse_iso("2018-11-05").unwrap().plus_days(7 * week);
    let (end, weeks) = (monday(19), 20);
    let mut cohorts = "cohort,start,end,places\n".to_owned();
    let mut slots = "cohort,date,half,kind\n".to_owned();
    for cohort in ["A", "B", "C"] {
        writeln!(cohorts, "{cohort},{},{end},15", monday(0)).unwrap();
        (0..weeks).for_each(|week| writeln!(slots, "{cohort},{},am,centre", monday(week)).unwrap());
    }
    let mut trainees =
        "trainee,last_name,first_name,birth_date,sex,cohort,entry,exit,exit_reason,priority_district\n".to_owned();
    let mut attendance = "cohort,trainee,date,half,status\n".to_owned();
    let mut placements = "cohort,trainee,type,company,start,planned_end\n".to_owned();
    for (number, (cohort, entry, stay, ended, sex, after)) in people.iter().enumerate() {
        let code = ["A", "B", "C"][*cohort];
        let reason = ["completed", "job", "dropped_out", "force_majeure"][*ended];
        let (sex, district) = (["F", "F", "M", "X"][*sex], ["yes", "no", "unknown", "no"][*sex]);
        let exit = stay.map(|stay| monday((entry + stay).min(weeks - 1)));
        let exit_words = exit.map_or(",".to_owned(), |day| format!("{day},{reason}"));
        let slug = format!("kz{number}-quux");
        writeln!(trainees, "{slug},Kz{number},Quux,2000-02-03,{sex},{code},{},{exit_words},{district}", monday(*entry))
            .unwrap();
        writeln!(attendance, "{code},{slug},{},am,present", monday(*entry)).unwrap();
        if let (Some(exit), Some(after)) = (exit, after) {
            let (kind, end) =
                [("CDI", ""), ("CDD", "2019-08-30"), ("FORMATION_QUALIFIANTE", "2019-06-28"), ("SERVICE_CIVIQUE", "")]
                    [*after];
            writeln!(placements, "{code},{slug},{kind},Zzfirm,{},{end}", exit.plus_days(3)).unwrap();
        }
    }
    let files = [
        ("cohorts", cohorts),
        ("slots", slots),
        ("trainees", trainees),
        ("attendance", attendance),
        ("placements", placements),
        ("funders", format!("funder,name,level,dialect\nf,Fonds,{profile}\n")),
        ("grants", "grant,funder,cohorts\ng,f,A|B|C\n".to_owned()),
        ("budget", "cohort,grant,side,class,label,planned,realised\nA,,charge,60,Achats,100,90\n".to_owned()),
    ];
    for (kind, text) in files.iter().filter(|(_, text)| text.lines().count() > 1) {
        desk.file("rows.csv", text);
        desk.run(&format!("import rows.csv --as {kind} -q")).ends(0);
    }
    desk
}

/// The findings that give something protected away. A number that is worked out is protected from 1 to below the threshold
/// of five: zero and larger ones, masked only to cover others, tell nobody; and who came and went in a month is shown by
/// right to a funder of the level `aggregate`.
fn given_away<'a>(findings: &'a str, profile: &str) -> Vec<&'a str> {
    let movements = ["start", "entries", "exits", "end"].map(|column| format!(",{column},recomputable,"));
    let by_right = |line: &str| {
        profile.starts_with("aggregate")
            && line.starts_with("monthly.csv,")
            && movements.iter().any(|movement| line.contains(movement))
    };
    let covers = |line: &str| {
        let worked_out = line.rsplit_once("it is ").map(|(_, number)| number.trim_end_matches('"'));
        line.contains(",recomputable,") && !matches!(worked_out, Some("1" | "2" | "3" | "4"))
    };
    findings.lines().skip(1).filter(|line| !line.is_empty() && !by_right(line) && !covers(line)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_export_of_any_school_gives_a_masked_cell_away(
        people in prop::collection::vec(somebody(), 1..60),
        profile in prop::sample::select(vec!["aggregate,csv", "aggregate,csv-fr", "public,csv-fr"]),
    ) {
        let desk = school(&people, profile);
        let all = "--accept unmarked --accept open_after_end";
        for month in ["2018-12", "2019-01"] {
            desk.run(&format!("report close {month} --funder f -o out/ {all} --why a --why b -q")).ends(0);
        }
        desk.run("report export 2018-11..2019-03 --funder f -o out/ -q").ends(0);
        for name in std::fs::read_dir(desk.path("out")).unwrap() {
            let name = name.unwrap().file_name().into_string().unwrap();
            let checked = desk.run(&format!("report check out/{name} -f csv"));
            prop_assert_eq!(given_away(&checked.stdout, profile), [""; 0], "{}", name);
        }
        let both = desk.run("report check out/2019-01_f --held out/2018-12_f -f csv");
        prop_assert_eq!(given_away(&both.stdout, profile), [""; 0], "two months");
    }
}
