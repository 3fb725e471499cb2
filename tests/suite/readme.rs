//! Every command of the README runs, in its order, on the example school; the example scripts run too.

use super::example_school::romans;
use super::support::{Desk, words};
use std::process::{Command, Output};

const README: &str = include_str!("../../README.md");

/// The lines of the README's code blocks in one language, comments cut off.
fn block_lines(language: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for block in README.split("```").skip(1).step_by(2) {
        if let Some(body) = block.strip_prefix(language) {
            let cut = |line: &str| line.split(" # ").next().unwrap_or("").trim().to_owned();
            lines.extend(body.lines().map(cut).filter(|l| !l.is_empty()));
        }
    }
    lines
}

#[test]
fn the_month_of_a_coordinator_runs_as_written() {
    let desk = romans().on("2020-02-10");
    let lines: Vec<String> = block_lines("sh").into_iter().filter(|l| *l == "fil" || l.starts_with("fil ")).collect();
    assert_eq!(lines.len(), 10, "{lines:?}");
    for line in &lines {
        let ended = desk.run_words(&words(line)[1..]);
        assert_eq!(ended.code, 0, "{line}: {}", ended.stderr);
    }
    // What left stays: the entry before it is named.
    let stays = desk.run("undo").ends(4);
    let (_, entry) = stays.stderr.rsplit_once("fil undo ").unwrap();
    desk.run(&format!("undo {}", entry.trim())).ends(0);
    desk.run("redo").ends(0);
}

#[test]
fn every_command_in_the_text_is_understood() {
    let desk = Desk::new();
    let spans = README.split('`').skip(1).step_by(2);
    let mut seen = 0;
    for span in spans
        .filter(|s| s.starts_with("fil ") && !s.contains(['\n', '…']) && s.matches(char::is_uppercase).count() == 0)
    {
        // A name alone stands for a command with its arguments: its page must exist.
        let line = &span[4..];
        assert!(desk.parses(line) || desk.run(&format!("{line} --help")).code == 0, "{span}");
        seen += 1;
    }
    assert!(seen >= 8, "only {seen} commands were read");
}

#[test]
fn the_cron_lines_run_on_a_fresh_folder() {
    let desk = romans().on("2019-01-02");
    let lines: Vec<String> = block_lines("text").into_iter().filter(|l| l.contains("FIL_DB=/srv")).collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        let command = line.split_once("fil.db fil ").unwrap().1.replace("/srv/", "srv/");
        let ended = desk.run(&command).ends(0);
        assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""), "{line}");
    }
    assert!(desk.path("srv/exports/2018-12_break-poverty/manifest.json").exists());
    assert_eq!(std::fs::read_dir(desk.path("srv/backups")).unwrap().count(), 1);
}

fn script(desk: &Desk, name: &str, args: &[&str], vars: &[(&str, &str)]) -> Output {
    let path = format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new("bash");
    command.arg(path).args(args).current_dir(desk.path(".")).env("FIL", env!("CARGO_BIN_EXE_fil"));
    command.envs(vars.iter().copied()).env("FIL_LANG", "fr").output().unwrap()
}

#[test]
fn the_first_cohort_script_makes_the_reports_and_says_where() {
    let desk = Desk::new();
    let ended = script(&desk, "first-cohort.sh", &["school"], &[]);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    for month in ["2018-11", "2018-12", "2019-01"] {
        for funder in ["break-poverty", "ca-solidarite"] {
            let folder = format!("school/exports/{month}_{funder}");
            for file in ["monthly.csv", "indicators.csv", "exits.csv", "manifest.json", "LISEZMOI.txt"] {
                assert!(desk.path(&format!("{folder}/{file}")).exists(), "{folder}/{file}");
            }
        }
    }
    assert!(String::from_utf8_lossy(&ended.stdout).contains("2018-11_break-poverty"));
    let again = script(&desk, "first-cohort.sh", &["school"], &[]);
    assert_eq!(again.status.code(), Some(2), "a folder with files is left alone");
}

#[test]
fn the_monthly_script_is_silent_and_passes_exit_codes_through() {
    let desk = romans();
    let db = desk.path("fil.db").display().to_string();
    let vars = [("FIL_DB", db.as_str()), ("FIL_TODAY", "2019-01-02")];
    let ended = script(&desk, "monthly-export.sh", &["out"], &vars);
    assert!(ended.status.success() && ended.stdout.is_empty() && ended.stderr.is_empty(), "{ended:?}");
    assert!(desk.path("out/2018-12_ca-solidarite/manifest.json").exists());
    let missing = [("FIL_DB", "nowhere.db"), ("FIL_TODAY", "2019-01-02")];
    assert_eq!(script(&desk, "monthly-export.sh", &["out"], &missing).status.code(), Some(1));
}
