//! What is longer than the screen goes through a pager, and talk breaks at blanks, on a terminal only.

use super::example_school::romans;
use super::support::Desk;
use std::process::Command;

/// What a terminal of twelve lines showed of a line of the program, with this pager.
fn on_terminal(desk: &Desk, line: &str, pager: &str) -> String {
    let program = env!("CARGO_BIN_EXE_fil");
    let mut terminal = Command::new("script");
    terminal
        .args(["-qec", &format!("stty rows 12 cols 60; {program} {line}"), "/dev/null"])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .envs([("TERM", "xterm"), ("LC_ALL", "C.UTF-8"), ("FIL_TODAY", "2019-09-02"), ("FIL_LANG", "fr")])
        .env("FIL_DB", desk.path("fil.db"))
        .env("PAGER", pager)
        .current_dir(desk.path(""));
    String::from_utf8_lossy(&terminal.output().unwrap().stdout).replace('\r', "")
}

#[test]
fn a_long_table_goes_through_the_pager_and_a_short_one_does_not() {
    let desk = romans();
    on_terminal(&desk, "trainee list", "tee long.txt");
    assert!(desk.read("long.txt").contains("Amara Nassim"));
    on_terminal(&desk, "cohort list", "tee short.txt");
    on_terminal(&desk, "trainee list --no-pager", "tee refused.txt");
    // Data for machines are never paged.
    on_terminal(&desk, "trainee list -f csv", "tee csv.txt");
    for name in ["short.txt", "refused.txt", "csv.txt"] {
        assert!(!desk.path(name).exists(), "{name}");
    }
}

#[test]
fn a_pager_that_is_not_there_or_does_nothing_leaves_the_text_to_the_terminal() {
    let desk = romans();
    for pager in ["no-such-pager", "cat"] {
        let shown = on_terminal(&desk, "trainee list", pager);
        assert!(shown.contains("Amara Nassim") && shown.contains("Viallet Mathis"), "{pager}: {shown}");
    }
}

#[test]
fn talk_is_never_wider_than_the_screen_but_for_a_command() {
    let desk = romans();
    let shown = on_terminal(&desk, "trainee show nobody-at-all --cohrot P1", "cat");
    assert!(shown.lines().all(|line| line.chars().count() <= 60 || line.contains("fil ")), "{shown}");
    let desk = Desk::new();
    let shown = on_terminal(&desk, "trainee list", "cat");
    assert!(!shown.is_empty() && shown.lines().all(|line| line.chars().count() <= 60 || line.contains('/')), "{shown}");
}
