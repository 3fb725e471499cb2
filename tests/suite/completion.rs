//! Completion in a shell: nouns, verbs, flags and the values of the school's file, from the program itself.

use super::example_school::romans;
use super::support::Desk;
use fil::cli::NOUNS;
use std::path::Path;
use std::process::Command;

/// The words that the program offers for a line as typed after `fil`; an empty last word asks for any.
fn offered(words: &[&str]) -> Vec<String> {
    offered_at(&romans(), "C", words)
}

/// The same in a scratch folder of its own, under a locale.
fn offered_at(desk: &Desk, locale: &str, words: &[&str]) -> Vec<String> {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_fil"));
    command.env_clear().current_dir(desk.path("")).env("FIL_DB", "fil.db").env("COMPLETE", "fish");
    command.env("FIL_TODAY", "2019-09-02").env("LC_ALL", locale);
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

#[test]
fn people_cohorts_modules_companies_funders_and_periods_come_from_the_file() {
    for (words, all) in [
        (&["t", "s", "am"][..], &["amara-nassim"][..]),
        // Any part of a name will do.
        (&["trainee", "edit", "nass"], &["amara-nassim"]),
        (&["p", "absent", "amara-nassim", "ba"], &["barthoulot-oceane"]),
        (&["t", "-c", ""], &["ROM-2018-11", "all"]),
        (&["p", "set", "amara-nassim", "F"], &["F1", "F2", "F3", "F4", "F5", "F6", "FRA"]),
        (&["e", "a", "amara-nassim", "cdi", "DR"], &["Drôme Fibre Services"]),
        (&["r", "x", "--funder", "ca"], &["ca-solidarite"]),
        (&["r", "x", "2019-07"], &["2019-07"]),
        (&["r", "x", "2018"], &["2018-12", "2018-11"]),
        (&["r", "s", "mon"], &["monthly"]),
        (&["r", "explain", "entra"], &["entrants"]),
        (&["t", "s", "nobody"], &[]),
    ] {
        let mut words = offered(words);
        words.retain(|word| !word.starts_with("--"));
        for one in all {
            assert!(words.iter().any(|word| word == one), "{one}: {words:?}");
        }
        assert!(all.len() <= words.len() && (!all.is_empty() || words.is_empty()), "{words:?}");
    }
}

#[test]
fn somebody_who_works_in_french_is_offered_french_names_too() {
    let desk = romans();
    assert_eq!(offered_at(&desk, "fr_FR.UTF-8", &["sta"]), ["status", "stagiaire", "staff"]);
    assert_eq!(offered_at(&desk, "fr_FR.UTF-8", &["stagiaire", "vo"]), ["voir"]);
    assert_eq!(offered_at(&desk, "fr_FR.UTF-8", &["promo", "ajouter", "X", "--deb"]), ["--debut"]);
    assert_eq!(offered_at(&desk, "C", &["--lang", "fr", "sta"]), ["status", "stagiaire", "staff"]);
    assert_eq!(offered_at(&desk, "C", &["sta"]), ["status", "staff"]);
}

#[test]
fn the_line_says_which_file_and_nothing_is_said_when_it_cannot_be_read() {
    let desk = romans();
    desk.run("init other.db").ends(0);
    assert_eq!(offered_at(&desk, "C", &["--db", "other.db", "t", "s", "am"]), [""; 0]);
    assert_eq!(offered_at(&desk, "C", &["--db=nowhere.db", "t", "s", "am"]), [""; 0]);
    std::fs::write(desk.path("notes.txt"), "not a database").unwrap();
    assert_eq!(offered_at(&desk, "C", &["--db", "notes.txt", "t", "s", "am"]), [""; 0]);
}

#[allow(clippy::print_stderr)] // A test that proves nothing must say so.
/// What a script of a shell prints, with this program first in its path and the example school as its file; `None` when
/// the machine has no such shell, which is said.
fn in_shell(shell: &str, script: &str) -> Option<String> {
    let desk = romans();
    let program = Path::new(env!("CARGO_BIN_EXE_fil")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(shell);
    command
        .env("PATH", path)
        .env("FIL_DB", desk.path("fil.db"))
        .env("FIL_TODAY", "2019-09-02")
        .env("LC_ALL", "C.UTF-8");
    command.env("HOME", desk.path("")).env_remove("COMPLETE").current_dir(desk.path("")).args(["-c", script]);
    match command.output() {
        Ok(ran) => Some(String::from_utf8_lossy(&ran.stdout).into_owned()),
        Err(_) => {
            eprintln!("*** SKIPPED: {shell} is not on this machine; its completion was not tried ***");
            None
        }
    }
}

#[test]
fn bash_completes_a_name_and_quotes_a_company() {
    let script = r#"
        source <(COMPLETE=bash fil)
        try() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; COMPREPLY=()
            _clap_complete_fil fil "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '<%s>' "${COMPREPLY[@]}"
            echo
        }
        try fil t s am
        try fil e a amara-nassim cdi dr
    "#;
    if let Some(said) = in_shell("bash", script) {
        assert_eq!(said, "<amara-nassim>\n<\"Drôme Fibre Services\">\n");
    }
}

#[test]
fn fish_completes_a_name_and_says_whose_it_is() {
    let script = "COMPLETE=fish fil | source; complete -C 'fil t s am'; complete -C 'fil e a amara-nassim cdi dr'";
    if let Some(said) = in_shell("fish", script) {
        assert_eq!(said, "amara-nassim\tNassim Amara\nDrôme Fibre Services\n");
    }
}

#[test]
fn zsh_completes_a_name_at_its_prompt() {
    // A zsh inside a terminal of its own is typed to, as a person would.
    let script = r#"
        zmodload zsh/zpty
        zpty -b inner zsh -f -i
        zpty -w inner 'autoload -U compinit; compinit -D -u; source <(COMPLETE=zsh fil); PS1=; echo re""ady'
        read_until() { local all= part=; for i in {1..200}; do zpty -r -t inner part && all+=$part || sleep 0.05
            [[ $all == *$1* ]] && break; done; print -r -- $all }
        read_until ready > /dev/null
        zpty -w -n inner $'fil t s am\t'
        read_until amara-nassim
        zpty -d inner
    "#;
    if let Some(said) = in_shell("zsh", script) {
        assert!(said.contains("amara-nassim"), "{said:?}");
    }
}
