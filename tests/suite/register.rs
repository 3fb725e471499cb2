//! The register: a grid within a screen as text, filled in by keys on a terminal, saved as one operation.

use super::example_school::romans;
use super::support::Desk;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn elsewhere_than_on_a_terminal_it_is_a_grid_of_eighty_columns() {
    let desk = romans();
    for line in ["p appel -c ROM-2018-11 --le 2018-12-03..2018-12-21 --lang fr", "progress register --on 2018-12-03"] {
        let ran = desk.run(line).ends(0);
        assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{line}: {}", ran.stdout);
    }
    desk.run("p appel --le 2018-12-03..2018-12-07 --lang fr")
        .ends(0)
        .shows("L3  M4  M5  J6  V7")
        .shows("Amara Nassim         P P P P P P A P P P")
        .shows("R  Grimonet Théo, 03/12/2018 matin : présence de 2h30")
        .tells("P présent  J justifié  A absent");
    desk.run("p register --on 2018-12-05 -f csv").ends(0).shows("ROM-2018-11,amara-nassim,Amara Nassim,P,P");
}

#[test]
fn days_without_half_days_are_refused_as_for_the_sheet() {
    let desk = romans();
    desk.run("p appel --le 2018-12-25").ends(4).tells("fil cohort plan ROM-2018-11");
    desk.run("p appel -c NOWHERE").ends(3);
}

/// Types keys to a line of the program inside a terminal of its own, and gives what the terminal showed. `script` of
/// util-linux makes the terminal.
fn typed(desk: &Desk, line: &str, keys: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_fil");
    let mut terminal = Command::new("script")
        .args(["-qec", &format!("stty rows 24 cols 80; {program} {line}"), "/dev/null"])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .envs([("TERM", "xterm"), ("LC_ALL", "C.UTF-8"), ("FIL_TODAY", "2018-12-05"), ("FIL_LANG", "fr")])
        .env("FIL_DB", desk.path("fil.db"))
        .current_dir(desk.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut keyboard = terminal.stdin.take().unwrap();
    // The program must be reading keys before the first one comes, or the shell's echo takes it.
    std::thread::sleep(Duration::from_secs(2));
    for key in keys {
        keyboard.write_all(key.as_bytes()).unwrap();
        // An Esc followed at once by a letter would be another key.
        std::thread::sleep(Duration::from_millis(300));
    }
    let shown = terminal.wait_with_output().unwrap().stdout;
    drop(keyboard);
    String::from_utf8_lossy(&shown).into_owned()
}

#[test]
fn on_a_terminal_keys_fill_it_in_and_one_word_takes_it_back() {
    let desk = romans();
    for half in ["am", "pm"] {
        desk.run(&format!("p clear amara-nassim barthoulot-oceane --on 2018-12-05 --half {half} -y")).ends(0);
    }
    let before = desk.run("export attendance -f csv").stdout;
    let log = desk.run("log -f csv").stdout.lines().count();
    let shown = typed(&desk, "p appel", &["j", "r", "20", "\r", "\r"]);
    assert!(shown.contains("Noté : Amara Nassim, absence justifiée, le 05/12/2018 matin"), "{shown}");
    assert!(shown.contains("Barthoulot Océane, 20 min de retard"), "{shown}");
    assert_eq!(desk.run("log -f csv").stdout.lines().count(), log + 1);
    desk.run("p appel --on 2018-12-05 --lang fr").shows("Amara Nassim         J ·").shows("Barthoulot Océane    R ·");
    desk.run("undo").ends(0);
    assert_eq!(desk.run("export attendance -f csv").stdout, before);
}

#[test]
fn leaving_asks_first_and_writes_nothing() {
    let desk = romans();
    desk.run("p clear amara-nassim --on 2018-12-05 -y").ends(0);
    let log = desk.run("log -f csv").stdout;
    let shown = typed(&desk, "p appel", &["p", "\u{1b}", "\u{1b}"]);
    assert!(shown.contains("Non enregistré : 1") && shown.contains("Rien n'a été écrit."), "{shown}");
    assert_eq!(desk.run("log -f csv").stdout, log);
}
