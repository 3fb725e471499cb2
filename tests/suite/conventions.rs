//! The conventions of the command line, checked on the frame with a made-up noun.

use super::made_up_noun::NOUNS;
use crate::support::{Desk, words};

fn desk() -> Desk {
    Desk::new().with_nouns(NOUNS)
}

#[test]
fn rule_01_standard_output_holds_data_only() {
    let told = desk().run("bird note merle 'seen twice'").ends(0);
    assert_eq!(told.stdout, "");
    assert_eq!(told.stderr, "merle: seen twice, on 2018-12-05\n");
    let csv = desk().run("bird list -f csv -L 1").ends(0).tells("1 rows of 3");
    assert_eq!(csv.stdout.lines().count(), 2);
}

#[test]
fn rule_02_the_destination_never_changes_the_data() {
    for format in ["csv", "csv-fr", "json", "html"] {
        let desk = desk();
        let piped = desk.run(&format!("bird -f {format}")).ends(0).stdout;
        desk.run(&format!("bird -f {format} -o out.data")).ends(0);
        assert_eq!(desk.read("out.data"), piped, "{format}");
        let narrow = Desk::new().with_nouns(NOUNS).terminal(40);
        // A terminal is given no control character: neither the mark of a file's encoding nor a carriage return.
        let shown = piped.replace(['\u{feff}', '\r'], "");
        assert_eq!(narrow.run(&format!("bird -f {format}")).stdout, shown, "{format}");
    }
}

#[test]
fn rule_03_a_piped_table_has_one_line_per_record() {
    let table = desk().run("bird").ends(0).stdout;
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(!table.contains('\u{1b}'));
}

#[test]
fn rule_04_the_extension_chooses_the_format() {
    let desk = desk();
    desk.run("bird -o a.csv").ends(0);
    desk.run("bird -o a.json").ends(0);
    desk.run("bird -o a.txt").ends(0);
    assert!(desk.read("a.csv").starts_with("bird,weight_g,"));
    assert!(desk.read("a.json").starts_with('['));
    assert_eq!(desk.read("a.txt"), desk.run("bird").stdout);
    desk.run("bird -o a.doc").ends(2);
    desk.run("bird -o a").ends(2);
    assert_eq!(desk.names(), ["a.csv", "a.json", "a.txt"]);
    desk.run("bird -o a.doc -f csv").ends(0);
}

#[test]
fn rule_05_a_folder_gets_a_predictable_name() {
    let desk = desk();
    desk.run("bird -c ROM-2018-11 -o out/").ends(0).tells("out/ROM-2018-11_oiseaux.csv");
    desk.run("bird -c ROM-2018-11 -o out -f json").ends(0);
    desk.run("bird -c ../../x -o out -f json").ends(0);
    assert_eq!(desk.names(), ["out"]);
    assert!(desk.path("out/x_oiseaux.json").exists());
}

#[test]
fn rule_06_a_dash_is_standard_input_and_output() {
    assert_eq!(desk().run("bird -f csv -o -"), desk().run("bird -f csv"));
    let piped = desk().input("two chicks\n").run("bird note merle -").ends(0);
    assert_eq!(piped.stderr, "merle: two chicks, on 2018-12-05\n");
    desk().typed("two chicks\n").run("bird note merle -").ends(0).tells("keyboard").tells("two chicks");
}

#[test]
fn rule_07_a_failed_write_leaves_no_trace() {
    let desk = desk();
    desk.run("bird -o missing/a.csv").ends(1).tells("does not exist");
    assert!(desk.names().is_empty());
}

#[test]
fn rule_08_an_existing_file_is_never_overwritten_in_silence() {
    let desk = desk();
    desk.file("b.csv", "mine");
    desk.run("bird -o b.csv").ends(1).tells("--force");
    assert_eq!(desk.read("b.csv"), "mine");
    desk.run("bird -o a.csv").ends(0).tells("Written: a.csv");
    desk.run("bird -o a.csv").ends(0).tells("Unchanged: a.csv");
    let old = desk.read("a.csv");
    desk.run("bird -L 1 -o a.csv").ends(1).tells("--force");
    assert_eq!(desk.read("a.csv"), old);
    desk.run("bird -L 1 -o a.csv --force").ends(0);
    assert_ne!(desk.read("a.csv"), old);
}

#[test]
fn rule_10_a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_fil"))
        .args(["help", "periods"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), Vec::new()));
}

#[test]
fn rule_13_guarded_cells_are_counted() {
    desk().run("bird -f csv-fr").ends(0).tells("1 cell").shows("'=Romans");
    assert!(!desk().run("bird -f csv").ends(0).stdout.contains('\''));
}

#[test]
fn rule_15_keys_do_not_follow_the_language() {
    let english = desk().run("bird -f json").stdout;
    assert_eq!(desk().french().run("bird -f json").stdout, english);
    assert_eq!(desk().french().run("bird -f csv").stdout, desk().run("bird -f csv").stdout);
}

#[test]
fn rule_16_an_empty_result_is_said_and_is_no_failure() {
    let table = desk().run("bird -c none").ends(0).tells("No bird.");
    assert_eq!(table.stdout, "");
    assert_eq!(desk().run("bird -c none -f csv").ends(0).stdout, "bird,weight_g,seen_on,place\n");
    assert_eq!(desk().run("bird -c none -f json").ends(0).stdout.trim(), "[]");
    desk().run("bird -c none --fail-empty").ends(3);
    desk().run("bird --fail-empty").ends(0);
}

#[test]
fn rule_17_two_runs_give_the_same_bytes() {
    let once = desk();
    assert_eq!(once.run("bird"), once.run("bird"));
}

#[test]
fn rule_18_every_word_is_understood_or_refused() {
    for line in ["brd", "bird lst", "bird --wdie", "bird -f cvs", "bird -S nam", "bird --columns brd", "bird -L x"] {
        let outcome = desk().run(line).ends(2);
        assert_eq!(outcome.stdout, "", "{line}");
    }
    desk().run("bird note a b c").ends(2).tells("in quotes");
    desk().french().run("bird note a b c").ends(2).tells("mettez le nom entre guillemets");
    desk().run("bird -f cvs").tells("fil bird -f csv");
    desk().run("bird -c").ends(2).tells("--cohort needs a value");
    desk().run("bird -f csv -f json").ends(2).tells("given twice");
}

#[test]
fn rule_19_aliases_work_and_prefixes_do_not() {
    let list = desk().run("bird list -f csv");
    for line in ["b ls -f csv", "oiseau liste -f csv", "b -f csv"] {
        assert_eq!(desk().run(line), list, "{line}");
    }
    desk().run("bir list").ends(2).tells("fil bird list");
    desk().run("bird --form csv").ends(2).tells("fil bird --format csv");
}

#[test]
fn rule_20_one_letter_aliases_are_never_proposed() {
    let told = desk().run("bird nn").ends(2).stderr;
    assert!(!told.contains("fil bird n\n"), "{told}");
}

#[test]
fn rule_21_a_bare_noun_lists_and_takes_the_flags_of_the_list() {
    assert_eq!(desk().run("bird -f csv -S bird:desc"), desk().run("bird list -f csv -S bird:desc"));
}

#[test]
fn rule_22_a_name_where_a_verb_is_due_gets_the_command_to_type() {
    desk().run("bird merle").ends(2).tells("fil bird note merle");
}

#[test]
fn rule_23_flags_stand_anywhere() {
    let want = desk().run("bird note merle --on 2018-11-05");
    assert_eq!(desk().run("bird note --on 2018-11-05 merle"), want);
    assert_eq!(desk().run("-q bird list -f csv"), desk().run("bird list -f csv -q"));
}

#[test]
fn rule_24_a_value_may_begin_with_a_minus_and_a_mistyped_flag_may_not() {
    for value in ["-2", "-5,5", "-0.5"] {
        assert_eq!(desk().run(&format!("bird weigh {value}")).ends(0).stderr, format!("{value}\n"));
    }
    desk().run("bird weigh --forse").ends(2).tells("--forse");
    desk().run("bird note merle '- rappelé lundi'").ends(0).tells("- rappelé lundi");
    desk().run("bird note merle --forse").ends(2);
}

#[test]
fn rule_32_without_a_terminal_the_question_and_its_flag_are_named() {
    desk().run("bird remove merle").ends(2).tells("Remove?").tells("--yes");
    desk().typed("y\n").run("bird remove merle --no-input").ends(2);
    desk().typed("y\n").var("CI", "true").run("bird remove merle").ends(2);
    desk().run("bird remove merle -y").ends(0).tells("Removed.");
}

#[test]
fn rule_33_questions_are_answered_in_both_languages_and_the_safe_answer_is_no() {
    for yes in ["o\n", "oui\n", "y\n", "yes\r\n", "OUI\n", "hein\ny\n"] {
        desk().typed(yes).run("bird remove merle").ends(0).tells("Removed.");
    }
    let long = "y".repeat(1 << 20);
    for no in ["", "\n", "n\n", "non\n", "a\nb\nc\ny\n", long.as_str()] {
        desk().typed(no).run("bird remove merle").ends(0).tells("Nothing changed.");
    }
    desk().typed("\n").run("bird remove merle").tells("[y/N]");
    desk().french().typed("\n").run("bird remove merle").tells("[o/N]");
}

#[test]
fn rule_35_a_fault_of_the_program_ends_with_code_1() {
    desk().run("bird burst").ends(1);
}

#[cfg(target_os = "linux")]
#[test]
fn rule_35_a_signal_ends_the_program_with_its_code() {
    use rustix::process::{Pid, Signal, kill_process};
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        // A full pipe holds the program at its first write.
        let (_reader, mut writer) = std::io::pipe().unwrap();
        std::io::Write::write_all(&mut writer, &[b' '; 65_536]).unwrap();
        let mut child =
            std::process::Command::new(env!("CARGO_BIN_EXE_fil")).arg("help").stdout(writer).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code));
    }
}

#[test]
fn rule_37_an_error_has_at_most_five_lines_and_no_machine_words() {
    for line in ["bird -f cvs", "bird note", "zzz", "bird --lang es", "bird -S nope", "--db", "bird -o ''"] {
        let told = desk().run(line).ends(2).stderr;
        assert!(told.lines().count() <= 5 && told.starts_with("error: "), "{line}: {told}");
        for word in ["Error {", "clap", "os error", "unwrap", "Usage:"] {
            assert!(!told.contains(word), "{line}: {told}");
        }
        assert!(desk().french().run(line).stderr.starts_with("erreur : "), "{line}");
    }
}

#[test]
fn rule_38_each_proposed_command_is_understood() {
    for line in [
        "bird lsit -f csv",
        "brid",
        "bird -f jsno",
        "bird --formt csv",
        "bird note a --onn 2018-12-01",
        "brid -c 'a b'",
    ] {
        let told = desk().run(line).ends(2).stderr;
        let proposed =
            told.lines().find_map(|l| l.trim().strip_prefix("Try: fil ")).unwrap_or_else(|| panic!("{told}"));
        assert!(desk().parses(proposed), "{line}: {proposed}");
        assert_eq!(words(proposed).len(), words(line).len());
    }
}

#[test]
fn rule_39_quiet_silences_all_but_errors() {
    let told = desk().run("bird note merle -q").ends(0);
    assert_eq!((told.stdout, told.stderr), (String::new(), String::new()));
    desk().run("bird lst -q").ends(2).tells("error:");
}

#[test]
fn rule_40_warnings_are_counted_and_shown_in_full_on_demand() {
    let told = desk().run("bird warn").ends(0).tells("too far: 7").tells("-v").stderr;
    assert!(!told.contains("bird 6"));
    desk().run("bird warn -v").tells("bird 7");
}

#[test]
fn rule_41_errors_are_red_only_when_asked_or_on_a_terminal() {
    assert!(!desk().run("bird -S x").stderr.contains('\u{1b}'));
    assert!(desk().run("bird -S x --color always").stderr.contains('\u{1b}'));
}

#[test]
fn rule_42_hidden_columns_are_named_with_the_way_to_see_them() {
    let narrow = desk().terminal(60).run("bird").ends(0).tells("Place").tells("fil bird -w");
    assert!(!narrow.stdout.contains("Valence"));
    desk().terminal(60).run("bird -w").shows("Valence");
}

#[test]
fn rule_46_the_day_comes_from_the_flag_then_the_variable_then_the_clock() {
    desk().run("bird note merle").tells("on 2018-12-05");
    desk().var("FIL_TODAY", "2019-01-02").run("bird note merle").tells("on 2019-01-02");
    desk().var("FIL_TODAY", "2019-01-02").run("bird note merle --today 2019-03-04").tells("on 2019-03-04");
    desk().run("bird note merle --today 2019-02-29").ends(2);
    desk().var("FIL_TODAY", "demain").run("bird note merle").ends(2);
}

#[test]
fn rule_48_the_language_changes_messages_and_table_headers() {
    desk().run("bird --lang fr").shows("POIDS");
    desk().french().run("bird").shows("POIDS");
    desk().french().run("bird --lang en").shows("WEIGHT");
    desk().run("bird -f csv-fr").shows("Oiseau");
}

#[test]
fn flags_of_the_noun_and_of_its_verb_are_one_set() {
    assert_eq!(desk().run("bird -f csv ls"), desk().run("bird ls -f csv"));
    assert_eq!(desk().run("bird -L 1 ls -f csv").stdout.lines().count(), 2);
    desk().run("bird -f csv ls -f csv").ends(2).tells("given twice");
    desk().run("bird -f csv note merle").ends(2).tells("--format");
    desk().run("--db a.db bird --db b.db").ends(2).tells("--db is given twice");
}

#[test]
fn hostile_arguments_are_refused_plainly() {
    let long = "x".repeat(100_000);
    let told = desk().run(&format!("bird {long}")).ends(2).stderr;
    assert!(told.len() < 1000, "{}", told.len());
    let many = vec!["y".to_owned(); 10_000];
    desk().run_words(&many).ends(2);
    let escape = desk().run("bird \u{1b}[2J").ends(2).stderr;
    assert!(!escape.contains('\u{1b}'), "{escape:?}");
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_refused_plainly() {
    use std::os::unix::ffi::OsStrExt;
    let ended = std::process::Command::new(env!("CARGO_BIN_EXE_fil"))
        .arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"))
        .env("FIL_LANG", "en")
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8(ended.stderr).unwrap().starts_with("error: "));
}

#[test]
fn the_spawned_program_answers_like_the_one_in_process() {
    let desk = Desk::new();
    for line in ["help codes", "setup bash", "--version", "nope", "setup"] {
        assert_eq!(desk.spawn(line), desk.run(line), "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_a_sentence() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fil"));
    let ended = command.args(["help", "--lang", "en"]).stdout(full).output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(
        (ended.status.code(), told.as_str()),
        (Some(1), "error: the answer could not be written in full\n  the disk is full\n")
    );
}
