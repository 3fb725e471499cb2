//! What each setting changes in the figures, and what it leaves alone; what a funder's profile lets out.

use super::example_school::romans;
use super::support::Desk;
use std::collections::BTreeSet;

/// The rows of a section as csv.
#[track_caller]
fn section(desk: &Desk, line: &str) -> BTreeSet<String> {
    desk.run(&format!("report show {line} -f csv")).ends(0).stdout.lines().map(str::to_owned).collect()
}

/// Sections that show figures of every kind, at the end of the story.
const SECTIONS: [&str; 5] = [
    "indicators --as-of 2019-08-31",
    "exits --as-of 2019-08-31",
    "esf --as-of 2019-08-31",
    "placements --as-of 2019-08-31",
    "bpf -p 2019",
];

/// Sets a value: the sections named, and no others, have rows that were not there before, among them these.
#[track_caller]
fn changes(desk: &Desk, key: &str, value: &str, named: &[&str], rows: &[&str]) {
    let before: Vec<BTreeSet<String>> = SECTIONS.iter().map(|line| section(desk, line)).collect();
    // For once, then for good: the same figures.
    let once: Vec<BTreeSet<String>> =
        SECTIONS.iter().map(|line| section(desk, &format!("{line} --set {key}={value}"))).collect();
    desk.run(&format!("config set {key} {value}")).ends(0);
    let after: Vec<BTreeSet<String>> = SECTIONS.iter().map(|line| section(desk, line)).collect();
    assert_eq!(once, after, "{key}");
    let differ = SECTIONS.iter().zip(before.iter().zip(&after)).filter(|(_, (before, after))| before != after);
    let differ: Vec<&str> = differ.map(|(line, _)| line.split(' ').next().unwrap()).collect();
    assert_eq!(differ, named, "{key} = {value}");
    for row in rows {
        let new =
            |(before, after): (&BTreeSet<String>, &BTreeSet<String>)| after.contains(*row) && !before.contains(*row);
        assert!(before.iter().zip(&after).any(new), "{key} = {value}: {row}\n{after:#?}");
    }
    desk.run(&format!("config unset {key}")).ends(0);
    let again: Vec<BTreeSet<String>> = SECTIONS.iter().map(|line| section(desk, line)).collect();
    assert_eq!(again, before, "{key}");
}

#[test]
fn a_contract_of_exactly_six_months_is_lasting_unless_more_is_asked() {
    // Nassim's contract has exactly six months, that of Inès one day less.
    changes(
        &romans(),
        "durable_min",
        "over-6m",
        &["indicators", "exits", "placements"],
        &[
            "durable_rate@6m,Lasting work rate (at 6 months),ROM-2018-11,3,10,30.0,%,0,1,,,,small number",
            "ROM-2018-11,iae,6m,12,2,10,3,3,1,3,1,0,70.0,30.0,60.0,58.3",
            "amara-nassim,ROM-2018-11,2019-02,CDD,6m_or_more,false,,transition",
        ],
    );
}

#[test]
fn young_people_are_long_out_of_work_after_six_months_when_it_is_set_so() {
    changes(&romans(), "ltu_under25", "6", &["esf"], &["EECO03,Long-term unemployed,2,4,0,6"]);
}

#[test]
fn older_people_are_long_out_of_work_after_the_months_that_are_set() {
    let desk = romans();
    let add = |name: &str, since: &str| {
        let line = format!(
            "trainee add {name} Rose -c ROM-2018-11 --entry 2018-11-05 --born 1988-11-05 --set sex=F \
             --set status_at_entry=unemployed --set status_since={since}"
        );
        desk.run(&line).ends(0);
    };
    // Twelve months and a day, and twelve months exactly, which are not more than twelve.
    add("Douze", "2017-11-04");
    add("Juste", "2017-11-05");
    let long = |desk: &Desk, months: &str| {
        let set = if months.is_empty() { String::new() } else { format!(" --set ltu_months={months}") };
        let rows = section(desk, &format!("esf --as-of 2019-08-31{set}"));
        rows.into_iter().find(|row| row.starts_with("EECO03,")).unwrap()
    };
    // Those who never came are not counted: a mark makes them participants.
    for who in ["douze-rose", "juste-rose"] {
        desk.file("mark.csv", format!("cohort,trainee,date,half,status\nROM-2018-11,{who},2018-11-05,am,present\n"));
        desk.run("import mark.csv --as attendance").ends(0);
    }
    assert_eq!(long(&desk, "12"), "EECO03,Long-term unemployed,3,1,0,4");
    assert_eq!(long(&desk, ""), long(&desk, "12"));
    assert_eq!(long(&desk, "11"), "EECO03,Long-term unemployed,4,1,0,5");
    assert_eq!(long(&desk, "13"), "EECO03,Long-term unemployed,2,1,0,3");
}

#[test]
fn the_yearly_return_counts_hours_in_companies_when_it_is_set_so() {
    changes(
        &romans(),
        "bpf_hours",
        "all",
        &["bpf"],
        &["2019,F-1,a,Employees of private employers (temp workers),9,1091", "2019,F-1,total,Total,9,1091"],
    );
}

#[test]
fn a_rule_of_the_data_weighs_what_it_is_set_to() {
    let desk = romans();
    let weights = |desk: &Desk, rule: &str| -> Vec<String> {
        let list = desk.run("check -f csv").stdout;
        let rows = list.lines().filter(|row| row.starts_with(&format!("{rule},")));
        rows.map(|row| row.split(',').nth(1).unwrap().to_owned()).collect()
    };
    assert_eq!(weights(&desk, "unmarked"), ["warning"; 8]);
    desk.run("check").ends(0);
    desk.run("config set quality.unmarked error").ends(0);
    assert_eq!(weights(&desk, "unmarked"), ["error"; 8]);
    desk.run("check").ends(4);
    desk.run("config set quality.unmarked off").ends(0);
    assert_eq!(weights(&desk, "unmarked"), [""; 0]);
    assert_eq!(weights(&desk, "followup_overdue"), ["warning"]);
    desk.run("check").ends(0);
}

/// The files of an export of January 2019 for the foundation, by name; `csv` unless its profile says otherwise.
fn export(desk: &Desk, flags: &str) -> Vec<(String, String)> {
    let _ = std::fs::remove_dir_all(desk.path("out"));
    desk.run(&format!("report export 2019-01 --funder ca-solidarite -o out/ {flags}")).ends(0);
    let folder = desk.path("out/2019-01_ca-solidarite");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

fn masked(files: &[(String, String)]) -> usize {
    let tables = files.iter().filter(|(name, _)| name.ends_with(".csv"));
    tables.map(|(_, text)| text.split([',', '\n']).filter(|cell| *cell == "c").count()).sum()
}

#[test]
fn single_people_leave_only_under_a_written_agreement_that_asks_for_them() {
    let desk = romans();
    // A masked funder gets what it is owed first, and no table that would be mostly masked.
    for (level, people, leave, files) in [
        ("contract", "pseudonymised", true, 8),
        ("contract", "none", false, 6),
        ("aggregate", "pseudonymised", false, 6),
        ("aggregate", "none", false, 6),
        ("public", "pseudonymised", false, 5),
        ("public", "none", false, 5),
    ] {
        desk.run(&format!("funder edit ca-solidarite --set level={level} --set people={people}")).ends(0);
        let names: Vec<String> = export(&desk, "-f csv").into_iter().map(|(name, _)| name).collect();
        for about_people in ["people.csv", "placements.csv"] {
            assert_eq!(names.iter().any(|name| name == about_people), leave, "{level} {people}: {names:?}");
        }
        assert_eq!(names.len(), files, "{level} {people}: {names:?}");
    }
}

#[test]
fn the_stricter_the_level_the_more_is_masked() {
    let desk = romans();
    let at = |level: &str| {
        desk.run(&format!("funder edit ca-solidarite --set level={level}")).ends(0);
        masked(&export(&desk, "-f csv"))
    };
    let numbers = |desk: &Desk| {
        let files = export(desk, "-f csv");
        let tables = files.iter().filter(|(name, _)| name.ends_with(".csv") && name != "agreed.csv");
        tables
            .map(|(_, text)| text.split([',', '\n']).filter(|cell| cell.parse::<f64>().is_ok()).count())
            .sum::<usize>()
    };
    let mut shown = Vec::new();
    for level in ["contract", "aggregate", "public"] {
        desk.run(&format!("funder edit ca-solidarite --set level={level}")).ends(0);
        shown.push(numbers(&desk));
    }
    assert!(shown[0] > shown[1] && shown[1] > shown[2] && shown[2] > 0, "{shown:?}");
    let (contract, aggregate, public) = (at("contract"), at("aggregate"), at("public"));
    assert_eq!(contract, 0);
    assert!(0 < aggregate && 0 < public, "{aggregate} {public}");
    // A threshold of its own stands before that of the level.
    desk.run("funder edit ca-solidarite --set level=contract --set suppress_below=5").ends(0);
    assert_eq!(masked(&export(&desk, "-f csv")), aggregate);
    desk.run("funder edit ca-solidarite --set suppress_below=11").ends(0);
    assert!(masked(&export(&desk, "-f csv")) > 0);
    desk.run("funder edit ca-solidarite --set suppress_below=0 --set level=public").ends(0);
    assert_eq!(masked(&export(&desk, "-f csv")), 0);
}

#[test]
fn a_rate_of_few_people_says_so_below_the_denominator_of_the_profile() {
    let desk = romans();
    let noted = |desk: &Desk| {
        let shown = desk.run("report show indicators --funder ca-solidarite -p 2019-01 -f csv").ends(0).stdout;
        shown.matches("effectif faible").count()
    };
    let (mut before, mut counts) = (0, Vec::new());
    for least in [0, 5, 10, 13, 20, 50] {
        desk.run(&format!("funder edit ca-solidarite --set rate_min_denominator={least}")).ends(0);
        let now = noted(&desk);
        assert!(now >= before, "{least}: {now} after {before}");
        before = now;
        counts.push(now);
    }
    assert!(counts[0] == 0 && counts[1] < counts[5], "{counts:?}");
    // Nobody said a number: it is 20.
    desk.run("funder edit ca-solidarite --set rate_min_denominator=").ends(0);
    assert_eq!(noted(&desk), counts[4]);
}

#[test]
fn an_export_speaks_the_language_and_the_dialect_of_the_profile() {
    let desk = romans();
    for (lang, note, header) in [("fr", "LISEZMOI.txt", "Indicateur"), ("en", "README.txt", "Indicator")] {
        for (dialect, separator) in [("csv", ","), ("csv-fr", ";")] {
            desk.run(&format!("funder edit ca-solidarite --set lang={lang} --set dialect={dialect}")).ends(0);
            let files = export(&desk, "");
            assert!(files.iter().any(|(name, _)| name == note), "{lang} {dialect}");
            let (_, indicators) = files.iter().find(|(name, _)| name == "indicators.csv").unwrap();
            let first = indicators.trim_start_matches('\u{feff}').split(separator).next().unwrap();
            // Headers for machines are the same in every language.
            assert_eq!(first, if dialect == "csv" { "indicator" } else { header }, "{lang} {dialect}");
            assert_eq!(indicators.starts_with('\u{feff}'), dialect == "csv-fr");
        }
    }
}
