//! Every command that `check` proposes is understood, and once it is run with what it leaves to say, the finding is gone.

use super::random_school;
use super::support::{Desk, words};

/// A finding: its rule, what it is about, the command that mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    rule: String,
    record: String,
    fix: String,
}

fn findings(desk: &Desk) -> Vec<Finding> {
    let text = desk.run("check -f csv").stdout;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| Finding { rule: row[0].to_owned(), record: row[2].to_owned(), fix: row[4].to_owned() }).collect()
}

/// The command with the words it leaves in capitals said.
fn said(fix: &str) -> Vec<String> {
    let words = words(fix.strip_prefix("fil ").unwrap());
    let say = |word: &String| match word.as_str() {
        "SITUATION" => "DEMANDEUR_EMPLOI".to_owned(),
        "CLASS" => "74".to_owned(),
        "YYYY-MM-DD" => "2018-11-02".to_owned(),
        word => word
            .replace("=YYYY-MM-DD", "=2000-01-01")
            .replace("=SEX", "=F")
            .replace("=STATUS", "=unemployed")
            .replace("=LEVEL", "=3"),
    };
    words.iter().map(say).collect()
}

/// What a command of `check` must make of its finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// The finding is gone.
    Gone,
    /// The command only prepares what somebody must read or confirm.
    Prepared,
}

fn after(rule: &str) -> After {
    match rule {
        // A file to fill, two records to compare, a person to erase, marks that are in the way.
        "unsigned" | "near_duplicate" | "retention_due" | "no_show" => After::Prepared,
        _ => After::Gone,
    }
}

#[test]
fn every_finding_names_a_command_that_is_understood_and_mends_it() {
    let mut rules = std::collections::BTreeSet::new();
    for seed in 0..6 {
        let school = random_school::any_school(seed);
        let bytes = std::fs::read(school.path("fil.db")).unwrap();
        for finding in findings(&school) {
            // A few of each rule are enough.
            if !rules.insert((finding.rule.clone(), seed % 2)) {
                continue;
            }
            let desk = Desk::new().on("2019-09-02").with_school(&bytes, 100);
            let line = said(&finding.fix);
            assert!(desk.parses(&line.join(" ")), "{finding:?}");
            if after(&finding.rule) == After::Prepared {
                continue;
            }
            let ran = desk.run_words(&line);
            if ran.code == 4 && ran.stderr.contains("clear them first") {
                // Marks of the drawn calendar lie after the end of the cohort, and the refusal says what comes first.
                continue;
            }
            assert_eq!(ran.code, 0, "{finding:?}: {}", ran.stderr);
            let left = findings(&desk);
            let same = |other: &&Finding| other.rule == finding.rule && other.record == finding.record;
            assert!(!left.iter().any(|other| same(&other)), "{finding:?} is still there: {}", ran.stderr);
        }
    }
    let names: std::collections::BTreeSet<&str> = rules.iter().map(|(rule, _)| rule.as_str()).collect();
    assert!(names.len() >= 8, "only {names:?} were found");
}

#[test]
fn commands_about_money_and_signatures_are_understood() {
    let desk = random_school::school(3);
    desk.run("funder grant edit g --set from=2018-12-01 --set to=2019-06-30").ends(0);
    desk.file("signed.csv", "cohort,trainee,date,half,status,signed_trainee\n".to_owned() + &first_mark(&desk));
    desk.run("import signed.csv --as attendance").ends(0);
    for rule in ["budget_unbalanced", "grant_dates", "unsigned"] {
        let found = findings(&desk).into_iter().find(|finding| finding.rule == rule);
        let finding = found.unwrap_or_else(|| panic!("no {rule} in {:?}", findings(&desk)));
        let line = said(&finding.fix);
        assert!(desk.parses(&line.join(" ")), "{finding:?}");
        if rule != "unsigned" {
            desk.run_words(&line).ends(0);
            assert!(!findings(&desk).contains(&finding), "{finding:?}");
        }
    }
}

/// A row that signs the first mark of somebody present.
fn first_mark(desk: &Desk) -> String {
    let marks = desk.run("export attendance -f csv").ends(0).stdout;
    let present = marks.lines().find(|line| line.contains(",present,")).unwrap();
    let cells: Vec<&str> = present.split(',').take(5).collect();
    format!("{},true\n", cells.join(","))
}
