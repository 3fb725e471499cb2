//! The journal and the examinations at the keyboard: log, undo, redo, check, doctor.

use super::example_school::{self, romans};
use super::support::Desk;

#[test]
fn the_journal_has_a_line_per_operation_in_both_languages() {
    let desk = romans();
    let csv = desk.run("log -f csv").ends(0).stdout;
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("operation,stamp,day,verb,kind,created,changed,removed,undone,what"));
    assert_eq!(lines.clone().count(), 17, "{csv}");
    assert!(lines.next().is_some_and(|l| l.starts_with("1,") && l.contains("init")));
    desk.run("--lang fr log").ends(0).shows("stagiaires");
}

#[test]
fn the_journal_words_settings_and_targets_and_does_not_call_them_progress() {
    let desk = romans();
    #[track_caller]
    fn last(desk: &Desk, line: &str, fr: &str, en: &str) {
        desk.run(line).ends(0);
        for (lang, said) in [("fr", fr), ("en", en)] {
            let log = desk.run(&format!("--lang {lang} log -f csv")).ends(0).stdout;
            let what = log.lines().last().unwrap_or_default().trim_end_matches('"').to_owned();
            assert!(what.ends_with(said), "{line}: {what}");
        }
    }
    last(&desk, "config set ltu_months 18", "réglage : ltu_months = 18", "setting: ltu_months = 18");
    last(&desk, "config unset ltu_months", "réglage retiré : ltu_months = 18", "setting removed: ltu_months = 18");
    let target = "funder target set bp-2018 completion_rate 80";
    last(&desk, target, "objectif : completion_rate", "target: completion_rate");
    last(
        &desk,
        "progress set amara-nassim MAT 14/20",
        "progression : Nassim Amara, MAT",
        "progress: Nassim Amara, MAT",
    );
}

#[test]
fn an_import_is_taken_back_and_brought_again_in_one_word() {
    let desk = romans();
    let before = desk.run("export all -f json").ends(0).stdout;
    desk.run("undo -n").ends(0).tells("nothing was written");
    desk.run("undo").ends(0).tells("fil redo");
    assert!(desk.run("export budget -f csv").ends(0).stdout.lines().count() == 1);
    desk.run("redo").ends(0).tells("fil undo");
    assert!(desk.run("export all -f json").ends(0).stdout == before);
    desk.run("redo").ends(4).tells("nothing to redo");
}

#[test]
fn an_undo_that_later_entries_forbid_names_them() {
    let desk = romans();
    // The cohort came with the second operation; everything else hangs on it.
    desk.run("undo 2").ends(4).tells("operation 3");
    desk.run("undo 99").ends(3).tells("no operation 99");
    desk.run("undo 1").ends(4).tells("cannot be undone");
    desk.run("undo x").ends(2).tells("not an operation number");
}

#[test]
fn check_lists_what_to_repair_and_with_which_command() {
    let desk = romans();
    let csv = desk.run("check -f csv").ends(0).stdout;
    assert!(csv.starts_with("rule,severity,record,message,fix\n"), "{csv}");
    assert!(csv.contains("\nunmarked,warning,"), "{csv}");
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("check").ends(0).tells("Nothing to correct.");
}

#[test]
fn a_sound_file_passes_its_examination() {
    let desk = romans();
    let csv = desk.run("doctor -f csv").ends(0).stdout;
    assert!(csv.starts_with("check,verdict,message,fix\n"), "{csv}");
    assert!(csv.lines().skip(1).all(|l| l.split(',').nth(1) == Some("ok")), "{csv}");
}

#[test]
fn an_import_copies_nothing_first_for_it_can_be_undone() {
    let desk = example_school::imported();
    assert!(!desk.path("backups").exists());
    let budget = desk.run("export budget -f csv").ends(0).stdout;
    desk.run("undo").ends(0);
    assert_eq!(desk.run("export budget -f csv").ends(0).stdout.lines().count(), 1);
    desk.run("redo").ends(0);
    assert_eq!(desk.run("export budget -f csv").ends(0).stdout, budget);
}

#[test]
fn the_section_that_names_people_is_never_shown_for_a_funder() {
    let desk = romans();
    desk.run("report show quality").ends(0);
    desk.run("report show quality --funder break-poverty").ends(2).tells("never leaves the school");
}

/// What `fil log` says of the last operation.
fn last(desk: &Desk) -> String {
    let csv = desk.run("log -f csv").ends(0).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().last().unwrap().unwrap().iter().next_back().unwrap().to_owned()
}

#[test]
fn an_undo_after_what_stays_is_refused_and_names_the_entry_before() {
    let desk = romans().on("2019-09-03");
    desk.run("trainee note amara-nassim 'a voiture'").ends(0);
    desk.run("report close 2018-11 --funder break-poverty").ends(0);
    let before = desk.run("log -f csv").stdout;
    for line in ["undo", "undo --dry-run"] {
        desk.run(line).ends(4).tells("19, close").tells("closed report").tells("fil undo 18");
    }
    desk.run("status").ends(0).shows("fil undo 18");
    let french = desk.run("undo --lang fr").ends(4);
    assert!(french.stderr.contains("ne s'annule pas : 19, clôture"), "{}", french.stderr);
    desk.run("report reopen 2018-11 --funder break-poverty --why x").ends(0);
    desk.run("undo").ends(4).tells("20, reopening").tells("fil undo 18");
    assert!(desk.run("log -f csv").stdout.starts_with(&before));
    // An entry made since is the last one again; then the close is in the way as before.
    desk.run("trainee note amara-nassim 'permis'").ends(0);
    desk.run("undo").ends(0).tells("Undone: note");
    desk.run("undo").ends(4).tells("20, reopening");
    desk.run("undo 18").ends(0).tells("Undone: note");
    desk.run("undo").ends(4).tells("20, reopening");
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("undo").ends(4).tells("1, database created").tells("nothing else to undo");
}

#[test]
fn a_redo_tells_the_act_that_comes_back_and_never_the_undo() {
    let desk = romans();
    desk.run("trainee edit amara-nassim --set phone=0600000001").ends(0);
    let act = last(&desk);
    assert!(act.starts_with("changed: "), "{act}");
    desk.run("undo").ends(0).tells(&format!("Undone: {act}"));
    assert_eq!(last(&desk), format!("undo of operation 18 ({act})"));
    desk.run("redo -n").ends(0).tells(&format!("Would be done again: {act}"));
    desk.run("redo").ends(0).tells(&format!("Done again: {act}"));
    assert_eq!(last(&desk), format!("redo of operation 18 ({act})"));
    desk.run("undo --lang fr").ends(0).tells("Annulé : modification : ");
    desk.run("redo --lang fr").ends(0).tells("Remis : modification : ");
    // Taking back an undo by its number brings the act again, and nothing is left to bring.
    desk.run("undo").ends(0).tells(&format!("Undone: {act}"));
    desk.run("undo 23").ends(0).tells(&format!("Done again: {act}"));
    assert_eq!(last(&desk), format!("redo of operation 18 ({act})"));
    desk.run("redo").ends(4).tells("nothing to redo");
}

#[test]
fn a_grant_with_three_cohorts_is_one_grant() {
    let desk = romans();
    for code in ["A", "B", "C"] {
        desk.run(&format!(
            "cohort add {code} --start 2019-09-02 --end 2019-12-20 --set title=x --set site=Romans --set places=12"
        ))
        .ends(0);
    }
    desk.run(
        "funder grant add G9 ca-solidarite --set from=2019-01-01 --set to=2019-12-31 --amount 1000 --object x --cohorts A,B,C",
    )
    .ends(0);
    assert_eq!(last(&desk), "added: G9");
    desk.run("funder grant edit G9 --cohorts A").ends(0);
    assert_eq!(last(&desk), "changed: G9");
    let head = "grant,funder,object,amount,from,to,cohorts";
    let row = |n: usize| format!("H{n},ca-solidarite,x,10,2019-01-01,2019-12-31,A|B|C\n");
    desk.file("few.csv", format!("{head}\n{}", (0..2).map(row).collect::<String>()));
    desk.run("import few.csv --as grants").ends(0);
    assert_eq!(last(&desk), "import: 2 grants");
    desk.file("many.csv", format!("{head}\n{}", (2..27).map(row).collect::<String>()));
    desk.run("import many.csv --as grants").ends(0);
    assert_eq!(last(&desk), "import: 25 grants");
}
