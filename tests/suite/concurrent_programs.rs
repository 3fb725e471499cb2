//! Several programs at once, and programs that are stopped, interrupted or killed.

use super::fault_injection::{Dice, Site, assert_plain, count, outcome};
use std::collections::BTreeSet;
use std::process::Child;
use std::time::{Duration, Instant};

fn ended(child: Child) -> super::support::Outcome {
    outcome(&child.wait_with_output().unwrap())
}

/// A file of so many notes.
fn notes(many: usize) -> String {
    let lines = (0..many).map(|n| format!("amara-nassim,2019-{:02}-{:02},note {n}\n", 1 + n % 8, 1 + n % 28));
    format!("trainee,date,text\n{}", lines.collect::<String>())
}

#[test]
fn k114_p11_fifty_programs_write_at_once_on_a_fresh_file() {
    let site = Site::bare();
    site.run("init").ends(0);
    let start = Instant::now();
    let line = |n| format!("config certificate add C{n} --label 'Titre {n}' --no-input");
    let writers: Vec<Child> = (0..50).map(|n| site.command(&line(n)).spawn().unwrap()).collect();
    for writer in writers {
        ended(writer).ends(0).tells("fil undo");
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let kept = site.run("export catalogue -f csv").ends(0).stdout;
    let codes: BTreeSet<&str> = kept.lines().filter_map(|l| l.split(',').next()).collect();
    assert!((0..50).all(|n| codes.contains(format!("C{n}").as_str())), "{kept}");
    // One operation each, numbered without a hole.
    let log = site.run("log -f csv -L 1000").ends(0).stdout;
    let numbers: BTreeSet<usize> = log.lines().skip(1).map(|l| l.split(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers, (1..=51).collect());
    site.run("doctor").ends(0).tells("sound");
}

#[test]
fn closes_and_exports_of_several_funders_at_once_all_stand() {
    let site = Site::romans();
    let lines = [
        "report close 2018-11 --funder break-poverty",
        "report close 2018-11 --funder ca-solidarite",
        "report export 2018-12 --funder break-poverty",
        "report export 2018-12 --funder ca-solidarite",
    ];
    let writers: Vec<Child> = lines.iter().map(|line| site.command(line).spawn().unwrap()).collect();
    for writer in writers {
        ended(writer).ends(0);
    }
    let history = site.run("report history -f csv").ends(0).stdout;
    assert_eq!(history.lines().count(), 1 + lines.len(), "{history}");
}

#[test]
fn k116_k118_a_lock_that_is_never_given_back_ends_in_busy_and_changes_nothing() {
    let (site, stopped) = (Site::romans(), Site::romans());
    let before = (site.state(), stopped.state());
    let holder = rusqlite::Connection::open(site.db()).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // The other school: a program stopped in the middle of its write.
    stopped.put("many.csv", notes(60_000));
    let mut import = stopped.command("import many.csv --as notes").spawn().unwrap();
    let journal = stopped.path("fil.db-journal");
    wait_for(|| std::fs::metadata(&journal).is_ok_and(|m| m.len() > 0));
    signal(&import, "STOP");
    let start = Instant::now();
    let waiting: Vec<(&Site, &str, Child)> = [
        (&site, "trainee note amara-nassim x"),
        (&site, "trainee list -c all"),
        (&stopped, "trainee note amara-nassim x"),
        (&stopped, "undo"),
    ]
    .map(|(site, line)| (site, line, site.command(line).spawn().unwrap()))
    .into();
    for (_, line, child) in waiting {
        let ran = ended(child).ends(5).tells("in use by another program");
        assert_plain(line, &ran);
    }
    let waited = start.elapsed();
    assert!((9..25).contains(&waited.as_secs()), "{waited:?}");
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(site.state() == before.0);
    // The one that was stopped is let go: its write is whole.
    signal(&import, "CONT");
    assert!(import.wait().unwrap().success());
    assert!(stopped.state() != before.1);
    assert_eq!(stopped.run("export notes -f csv").ends(0).stdout.matches(",note ").count(), 60_000);
}

#[track_caller]
fn wait_for(ready: impl Fn() -> bool) {
    let start = Instant::now();
    while !ready() {
        assert!(start.elapsed() < Duration::from_secs(20), "it never comes");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn signal(child: &Child, name: &str) {
    let told = std::process::Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(told.is_ok_and(|s| s.success()));
}

#[test]
fn k117_an_interrupted_import_is_rolled_back_with_its_own_code_and_leaves_nothing() {
    let site = Site::romans();
    let before = site.state();
    let bad = "nobody,2019-01-01,x\n".repeat(50);
    site.put("many.csv", notes(40_000) + &bad);
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let import = site.command("import many.csv --as notes --skip-bad").spawn().unwrap();
        let journal = site.path("fil.db-journal");
        wait_for(|| std::fs::metadata(&journal).is_ok_and(|m| m.len() > 0));
        signal(&import, name);
        let ran = ended(import).ends(code);
        assert!(!ran.stderr.contains("fil undo"), "{}", ran.stderr);
        assert!(site.state() == before, "{name}");
        assert_eq!(site.litter(), Vec::<String>::new());
        assert!(!site.path("many.refused.csv").exists());
    }
}

#[test]
fn s098_p01_what_was_told_as_saved_survives_a_kill_at_any_moment() {
    let site = Site::romans();
    let mut dice = Dice::new(98);
    let kills = count("FIL_TEST_KILLS", 50);
    let (mut acknowledged, mut cut) = (BTreeSet::new(), 0);
    // How long a whole write takes here decides when it is killed.
    let start = Instant::now();
    site.run("trainee note amara-nassim 'how long'").ends(0);
    let whole = start.elapsed().as_micros() as usize;
    for n in 0..kills {
        let mut writer = site.command(&format!("trainee note amara-nassim 'ack {n}.'")).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(whole * 5 / 4) as u64));
        let _ = writer.kill();
        let ran = ended(writer);
        cut += usize::from(ran.code == 137);
        if ran.stderr.contains("Saved") {
            acknowledged.insert(n);
        }
        if n % 10 == 9 {
            site.state();
        }
    }
    site.state();
    let kept = site.run("export notes -f csv").ends(0).stdout;
    let lost: Vec<&usize> = acknowledged.iter().filter(|n| !kept.contains(&format!("ack {n}."))).collect();
    assert!(lost.is_empty(), "told as saved and lost: {lost:?}");
    let found = kept.matches("ack ").count();
    let operations = site.run("log -f csv -L 100000").ends(0).stdout.matches(",notes,").count();
    assert!(found >= acknowledged.len() && operations >= found, "{found} notes, {operations} operations");
    site.run("doctor").ends(0);
    assert!(cut > kills / 10, "only {cut} of {kills} were killed in time");
    eprintln!("s098: {cut} killed of {kills}, {} acknowledged, 0 lost", acknowledged.len());
}

#[test]
fn k119_two_exports_to_one_name_leave_one_whole_file() {
    let site = Site::romans();
    let mut whole = BTreeSet::new();
    let lines = ["trainee list -c all -f csv", "log -f csv", "export attendance -f csv"];
    for line in lines {
        whole.insert(site.run(line).ends(0).stdout);
    }
    for _ in 0..count("FIL_TEST_ROUNDS", 6) {
        let writers: Vec<Child> = lines
            .iter()
            .flat_map(|line| [format!("{line} -o same.csv --force"), format!("{line} -o same.csv")])
            .map(|line| site.command(&line).spawn().unwrap())
            .collect();
        for writer in writers {
            let ran = ended(writer);
            assert!(ran.code == 0 || ran.stderr.contains("--force"), "{}", ran.stderr);
        }
        assert!(whole.contains(&String::from_utf8(site.bytes("same.csv")).unwrap()), "mixed");
        assert_eq!(site.litter(), Vec::<String>::new());
        std::fs::remove_file(site.path("same.csv")).unwrap();
    }
}

#[test]
fn k119_two_exports_of_one_folder_leave_one_whole_folder() {
    let site = Site::romans();
    for _ in 0..count("FIL_TEST_ROUNDS", 3) {
        let line = "report export 2018-11 --funder break-poverty -o ex/ --force";
        let writers: Vec<Child> = (0..4).map(|_| site.command(line).spawn().unwrap()).collect();
        for writer in writers {
            assert_plain(line, &ended(writer));
        }
        let first = site.run(line).ends(0);
        assert!(first.stderr.contains("ex/2018-11_break-poverty"), "{}", first.stderr);
        assert_eq!(site.litter(), Vec::<String>::new());
        std::fs::remove_dir_all(site.path("ex")).unwrap();
    }
}

#[test]
fn l041_an_undo_of_what_another_program_changed_meanwhile_is_refused() {
    let site = Site::romans();
    site.run("trainee edit amara-nassim --phone 0611111111").ends(0);
    site.run("trainee edit amara-nassim --phone 0622222222").ends(0);
    let before = site.state();
    site.run("undo 18").ends(4).tells("operation 19");
    assert!(site.state() == before);
    // At the same moment: whoever comes second sees what the first did, and nothing is overwritten unseen.
    let undo = site.command("undo 19").spawn().unwrap();
    let edit = site.command("trainee edit amara-nassim --phone 0633333333").spawn().unwrap();
    let (undo, edit) = (ended(undo), ended(edit).ends(0));
    assert!(undo.code == 0 || undo.stderr.contains("operation 20"), "{}", undo.stderr);
    assert!(edit.stderr.contains("fil undo"));
    let shown = site.run("trainee list -c all --contact -f csv").ends(0).stdout;
    assert!(shown.contains("0633333333") || shown.contains("06 33 33 33 33") || undo.code == 0, "{shown}");
}
