//! Completion in a shell: nouns, verbs, flags and the values that are known, from the program itself.

use super::example_school::romans;
use fil::cli::NOUNS;

/// The words that the program offers for a line as typed after `fil`; an empty last word asks for any.
fn offered(words: &[&str]) -> Vec<String> {
    let desk = romans();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_fil"));
    command.env_clear().current_dir(desk.path("")).env("FIL_DB", "fil.db").env("COMPLETE", "fish");
    let ran = command.args(["--", "fil"]).args(words).output().unwrap();
    assert!(ran.status.success() && ran.stderr.is_empty(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    let lines = String::from_utf8(ran.stdout).unwrap();
    lines.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn every_noun_is_offered_by_its_first_name() {
    let all = offered(&[""]);
    for noun in NOUNS {
        assert!(all.iter().any(|word| word == noun.names[0]), "{}: {all:?}", noun.names[0]);
        // The first letters are enough.
        let start: String = noun.names[0].chars().take(3).collect();
        assert!(offered(&[&start]).contains(&noun.names[0].to_owned()), "{start}");
    }
}

#[test]
fn verbs_and_flags_are_offered_after_their_noun() {
    for (words, some) in [
        (&["trainee", "sh"][..], "show"),
        (&["placement", "f"], "follow"),
        (&["report", "exp"], "export"),
        (&["funder", "budget", "a"], "add"),
        (&["trainee", "show", "--coh"], "--cohort"),
        (&["cohort", "add", "X", "--st"], "--start"),
    ] {
        assert!(offered(words).contains(&some.to_owned()), "{words:?}: {:?}", offered(words));
    }
    assert_eq!(offered(&["trainee", "xyz"]), [""; 0]);
}

#[test]
fn values_of_short_lists_are_offered() {
    assert_eq!(offered(&["trainee", "list", "--format", ""]), ["table", "csv", "csv-fr", "json", "xlsx", "html", "md"]);
    assert_eq!(offered(&["trainee", "list", "--lang", ""]), ["fr", "en"]);
    assert_eq!(offered(&["trainee", "list", "--format", "csv"]), ["csv", "csv-fr"]);
}

#[test]
fn each_shell_is_told_its_own_line() {
    let desk = romans();
    for (shell, line) in [
        ("bash", "source <(COMPLETE=bash fil)"),
        ("zsh", "source <(COMPLETE=zsh fil)"),
        ("fish", "COMPLETE=fish fil | source"),
        ("powershell", "Invoke-Expression"),
    ] {
        desk.run(&format!("setup {shell}")).ends(0).shows(line);
    }
    desk.run("setup tcsh").ends(2).tells("bash, zsh, fish, powershell");
    desk.run("setup").ends(2).tells("fil setup bash");
}
