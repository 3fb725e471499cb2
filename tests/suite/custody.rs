//! What lies beside the file and under its name: nothing of it harms the file, and no two programs harm each other.

use super::fault_injection::{Met, Site, assert_plain, count, outcome, state, strace};
use super::support::{Desk, Outcome};
use fil::cli::parser::verb::Verb;
use std::path::Path;
use std::process::Child;

/// Every verb of the program that answers by itself, with the line that a person would type for it: its own example, or
/// another where the example does not come as far as the file.
fn lines() -> Vec<String> {
    fn walk(verbs: &[Verb], path: &str, lines: &mut Vec<String>) {
        for verb in verbs {
            let path = format!("{path} {}", verb.name()).trim_start().to_owned();
            if verb.verbs().is_empty() {
                let own = match path.as_str() {
                    "restore" => Some("restore good.db --yes"),
                    "import" => Some("import notes.csv --as notes"),
                    "report verify" | "report check" => Some("export all -f csv -o out/"),
                    _ => None,
                };
                let example = verb.examples.iter().map(|text| text.en.trim_start_matches("fil ").to_owned()).next();
                lines.extend(own.map(str::to_owned).or(example).map(|line| format!("{line} --no-input")));
            }
            walk(verb.verbs(), &path, lines);
        }
    }
    let mut lines = Vec::new();
    walk(fil::cli::NOUNS, "", &mut lines);
    lines
}

/// Those that open the school's file: without one they say so.
fn lines_that_open_it() -> Vec<String> {
    let desk = Desk::new().on("2019-09-02");
    prepare(&desk);
    let opens = |line: &String| desk.run(line).stderr.contains("no database at") || line.starts_with("restore");
    lines().into_iter().filter(opens).collect()
}

fn prepare(desk: &Desk) {
    desk.file("notes.csv", "trainee,date,text\namara-nassim,2019-08-01,un\n");
    desk.file("good.db", super::example_school::bytes());
}

/// A site whose file was left with a hot journal by a write that was killed in the middle of its pages.
fn cut(site: &Site, line: &str) {
    let (met, _) = site.with_fault("fdatasync:signal=SIGKILL:when=4", line);
    assert_eq!(met, Met::Yes);
    assert!(site.bytes("fil.db-journal").len() > 512, "no hot journal");
}

const NOTE: &str = "trainee note amara-nassim x";

/// What may lie beside the school's file, by the ending of its name, and a word of what is said of it.
fn companions() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let site = Site::romans();
    let other = rusqlite::Connection::open(site.path("w.db")).unwrap();
    other.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
    let (log, index) = (site.bytes("w.db-wal"), site.bytes("w.db-shm"));
    let sister = rusqlite::Connection::open(site.db()).unwrap();
    sister.execute_batch("PRAGMA journal_mode = WAL; UPDATE person SET last_name = 'Other'").unwrap();
    let sisters = site.bytes("fil.db-wal");
    let mut found = vec![("-wal", log, "fil.db-wal"), ("-shm", index, "fil.db-shm"), ("-wal", sisters, "fil.db-wal")];
    found.push(("-shm", vec![], "fil.db-shm"));
    found.push(("-journal", b"not a journal at all".to_vec(), "incomplete"));
    if strace() {
        // Of another school of the same age, and of a copy of this one that is as old as it is and went its own way.
        let sister = Site::bare();
        sister.run("init").ends(0);
        let line = "config set durable_min over-6m";
        cut(&sister, line);
        found.push(("-journal", sister.bytes("fil.db-journal"), "not the journal of this database"));
        let copy = Site::romans();
        cut(&copy, NOTE);
        let journal = copy.bytes("fil.db-journal");
        found.push(("-journal", journal[..journal.len() / 2].to_vec(), "incomplete"));
        found.push(("-journal", journal[..100].to_vec(), "incomplete"));
        found.push(("-journal", journal, "not the journal of this database"));
    }
    found
}

#[test]
fn no_command_touches_the_file_beside_what_is_not_its_own() {
    let desk = Desk::new().on("2019-09-02").with_school(super::example_school::bytes(), 100);
    prepare(&desk);
    // One write later than the copies whose journals are laid beside it.
    desk.run("trainee note amara-nassim later").ends(0);
    let school = std::fs::read(desk.path("fil.db")).unwrap();
    let lines = lines_that_open_it();
    assert!(lines.len() > 40, "{lines:?}");
    for (ending, bytes, words) in companions() {
        let name = format!("fil.db{ending}");
        for line in &lines {
            desk.file(&name, &bytes);
            let ran = desk.run(line).ends(1).tells(words).tells(&name).tells("nothing was touched");
            assert_plain(line, &ran);
            assert!(ran.stdout.is_empty(), "{line}");
            assert!(std::fs::read(desk.path("fil.db")).unwrap() == school, "{line} wrote beside {name}");
            assert!(std::fs::read(desk.path(&name)).unwrap() == bytes, "{line} touched {name}");
        }
        std::fs::remove_file(desk.path(&name)).unwrap();
    }
    for ending in ["-journal", "-wal"] {
        desk.file(&format!("fil.db{ending}"), "");
        desk.run("trainee list -c all").ends(0);
    }
    // The header says that the file is written another way.
    let mut ahead = school.clone();
    ahead[18..20].copy_from_slice(&[2, 2]);
    desk.file("fil.db", &ahead);
    for line in &lines {
        let ran = desk.run(line).ends(1).tells("WAL").tells("nothing was touched");
        assert_plain(line, &ran);
        assert!(std::fs::read(desk.path("fil.db")).unwrap() == ahead, "{line}");
    }
}

#[test]
fn a_new_base_is_not_made_beside_what_another_one_left() {
    for (ending, bytes, _) in companions() {
        let desk = Desk::new();
        prepare(&desk);
        let name = format!("fil.db{ending}");
        desk.file(&name, &bytes);
        desk.run("init").ends(1).tells(&name);
        desk.run("restore good.db -y").ends(1).tells(&name);
        assert!(!desk.path("fil.db").exists(), "{name}");
    }
}

#[test]
fn a_cut_write_is_not_shown_by_reading_and_taken_back_by_the_next_write() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    site.run("trainee note amara-nassim before").ends(0);
    let before = site.state();
    let school = site.bytes("fil.db");
    let mut cuts = 0;
    for line in ["trainee note amara-nassim 'never said'", "trainee erase amara-nassim -y"] {
        // An erasure has some three hundred points.
        let step = if line.contains("erase") { count("FIL_TEST_STEP", 17) } else { 1 };
        for when in (1..).step_by(step) {
            site.reset(&school);
            let (met, ran) = site.with_fault(&format!("pwrite64,fdatasync:signal=SIGKILL:when={when}"), line);
            if met == Met::No {
                break;
            }
            let (base, journal) =
                (site.bytes("fil.db"), std::fs::read(site.path("fil.db-journal")).unwrap_or_default());
            let read = site.run("export notes -f csv").ends(0);
            assert_plain(line, &read);
            assert!(site.bytes("fil.db") == base, "a read wrote after {when}");
            assert_eq!(std::fs::read(site.path("fil.db-journal")).unwrap_or_default(), journal);
            if read.stderr.contains("was interrupted") {
                cuts += 1;
                site.run("doctor").ends(0).shows("was interrupted");
                assert!(!read.stdout.contains("never said"), "{}", read.stdout);
                // An erasure has two writes: when the second is cut, the first stays.
                let now = site.state();
                assert!(now == before || line.contains("erase"), "{line} cut at {when}: {}", ran.stderr);
                assert!(now == before || !now.contains("Amara"), "{line} cut at {when}");
                // Wherever both are carried, they belong together.
                let elsewhere = Site::bare();
                elsewhere.put("fil.db", &base);
                elsewhere.put("fil.db-journal", &journal);
                elsewhere.run("trainee note viallet-mathis x").ends(0);
                assert!(elsewhere.run("export notes -f csv").ends(0).stdout.len() > read.stdout.len());
                elsewhere.run("doctor").ends(0);
            }
        }
    }
    assert!(cuts > 10, "{cuts}");
}

#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_read_and_never_written() {
    let desk = super::example_school::romans();
    desk.run("backup -o good.db").ends(0);
    std::fs::hard_link(desk.path("fil.db"), desk.path("other.db")).unwrap();
    let school = std::fs::read(desk.path("fil.db")).unwrap();
    desk.run("status").ends(0).tells("two names").tells("other.db");
    desk.run("doctor -f csv").ends(0).shows("names,warning");
    for line in [NOTE, "--db other.db trainee note amara-nassim x", "restore good.db -y", "undo"] {
        desk.run(line).ends(1).tells("two names").tells("rm ");
    }
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == school);
    std::fs::remove_file(desk.path("other.db")).unwrap();
    desk.run(NOTE).ends(0);
}

#[cfg(unix)]
#[test]
fn a_write_that_was_cut_under_one_name_is_not_read_half_done_under_the_other() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    std::fs::hard_link(site.db(), site.path("other.db")).unwrap();
    site.run(NOTE).ends(1);
    std::fs::remove_file(site.path("other.db")).unwrap();
    cut(&site, NOTE);
    std::fs::hard_link(site.db(), site.path("other.db")).unwrap();
    let base = site.bytes("fil.db");
    for line in ["--db other.db trainee list -c all", "--db other.db trainee note amara-nassim y"] {
        site.run(line).ends(1).tells("is also fil.db").tells("nothing was touched");
    }
    site.run("trainee list -c all").ends(0).tells("was interrupted");
    assert!(site.bytes("fil.db") == base);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_under_the_name_of_a_journal_is_refused_and_waited_for_by_nobody() {
    let site = Site::romans();
    for name in ["fil.db-journal", "fil.db-wal", "fil.db.lock"] {
        let _ = std::fs::remove_file(site.path(name));
        let made = std::process::Command::new("mkfifo").arg(site.path(name)).status();
        assert!(made.is_ok_and(|status| status.success()));
        site.run_under(&["timeout", "20"], "status").ends(1).tells(name);
        std::fs::remove_file(site.path(name)).unwrap();
        std::fs::create_dir(site.path(name)).unwrap();
        site.run("status").ends(1).tells(name);
        std::fs::remove_dir(site.path(name)).unwrap();
    }
    site.run("status").ends(0);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_base_leads_to_it_everywhere() {
    let desk = super::example_school::romans().var("FIL_DB", "link.db");
    std::fs::create_dir(desk.path("real")).unwrap();
    std::fs::rename(desk.path("fil.db"), desk.path("real/fil.db")).unwrap();
    std::os::unix::fs::symlink("real/fil.db", desk.path("link.db")).unwrap();
    desk.run("backup -o good.db").ends(0);
    desk.run(NOTE).ends(0);
    let written = std::fs::read(desk.path("real/fil.db")).unwrap();
    desk.run("restore good.db -y").ends(0).tells("real/fil.replaced-");
    assert!(desk.path("link.db").symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read(desk.path("real/fil.db")).unwrap() != written);
    let kept: Vec<_> = std::fs::read_dir(desk.path("real")).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(kept.iter().any(|path| std::fs::read(path).unwrap() == written), "{kept:?}");
    assert!(!desk.names().iter().any(|name| name.starts_with("link.") && name != "link.db"), "{:?}", desk.names());
}

#[test]
fn two_restores_in_one_second_keep_both_files() {
    let desk = super::example_school::romans();
    desk.run("backup -o good.db").ends(0);
    desk.run("restore good.db -y").ends(0).tells("fil.replaced-2019-09-02-120000.db");
    desk.run(NOTE).ends(0);
    desk.run("restore good.db -y").ends(0).tells("fil.replaced-2019-09-02-120000-2.db");
    assert!(desk.run("--db fil.replaced-2019-09-02-120000-2.db export notes -f csv").stdout.contains(",x,"));
}

#[test]
fn an_init_that_is_killed_anywhere_does_not_stand_in_the_way_of_the_next() {
    if !strace() {
        return;
    }
    let calls =
        "openat,pwrite64,write,fsync,fdatasync,ftruncate,fchmod,chmod,rename,renameat2,linkat,unlink,flock,close";
    let mut kills = 0;
    for call in calls.split(',') {
        for when in 1.. {
            let site = Site::bare();
            let (met, _) = site.with_fault(&format!("{call}:signal=SIGKILL:when={when}"), "init new.db");
            if met == Met::No {
                break;
            }
            kills += 1;
            if !site.path("new.db").exists() {
                site.run("init new.db").ends(0);
            }
            state(&site.path("new.db"));
            site.run("--db new.db doctor").ends(0).tells("sound");
        }
    }
    assert!(kills > 20, "{kills}");
    eprintln!("init: {kills} kills");
}

#[test]
fn an_upgrade_that_is_killed_anywhere_is_whole_or_absent() {
    if !strace() {
        return;
    }
    let (site, old, copy) = (Site::bare(), super::older_schemas::bytes(1), "fil.before-upgrade-1.db");
    site.put("fil.db", old);
    let before = site.state();
    site.run(NOTE).ends(0);
    let after = site.state();
    let mut kills = 0;
    for call in ["pwrite64", "fdatasync", "fsync", "ftruncate", "rename", "renameat2", "unlink", "rmdir"] {
        let step = if call == "pwrite64" { count("FIL_TEST_STEP", 41) } else { 1 };
        for when in (1..).step_by(step) {
            site.reset(old);
            let (met, _) = site.with_fault(&format!("{call}:signal=SIGKILL:when={when}"), NOTE);
            if met == Met::No {
                break;
            }
            kills += 1;
            let now = site.state();
            assert!(now == before || now == after, "{call} {when}");
            assert!(!site.path(copy).exists() || state(&site.path(copy)) == before, "{call} {when}: half a copy");
            site.run("trainee note viallet-mathis x").ends(0);
            assert!(state(&site.path(copy)) == before, "{call} {when}");
        }
    }
    eprintln!("upgrade: {kills} kills");
    assert!(kills > 15, "{kills}");
}

#[test]
fn a_restore_that_fails_says_whether_the_file_is_replaced() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    site.run("backup -o good.db").ends(0);
    let good = site.bytes("good.db");
    site.run(NOTE).ends(0);
    let school = site.bytes("fil.db");
    let mut told = [0, 0];
    for call in ["fsync", "write", "copy_file_range", "rename", "renameat2", "openat"] {
        for when in 1.. {
            site.reset(&school);
            site.put("good.db", &good);
            let (met, ran) = site.with_fault(&format!("{call}:error=EIO:when={when}"), "restore good.db -y");
            if met == Met::No {
                break;
            }
            assert_plain(call, &ran);
            let replaced = site.bytes("fil.db") != school;
            let said = ran.code == 0 || ran.stderr.contains("is replaced by good.db");
            assert_eq!(replaced, said, "{call} {when}: {}", ran.stderr);
            let kept =
                !replaced || site.files().iter().any(|name| name.contains("replaced") && site.bytes(name) == school);
            assert!(kept, "{call} {when}: the old file is nowhere");
            told[usize::from(replaced)] += usize::from(ran.code != 0);
        }
    }
    assert!(told[0] > 3 && told[1] > 0, "{told:?}");
}

fn ended(child: Child) -> Outcome {
    outcome(&child.wait_with_output().unwrap())
}

/// The notes of every file in the folder that is a school's.
fn notes_everywhere(site: &Site) -> String {
    let mut all = String::new();
    for name in site.files().into_iter().filter(|name| name.ends_with(".db")) {
        all += &site.run(&format!("--db {name} export notes -f csv")).ends(0).stdout;
        site.run(&format!("--db {name} doctor")).ends(0);
    }
    all
}

#[test]
fn no_note_that_was_told_as_saved_is_lost_to_a_restore_beside_it() {
    let site = Site::romans();
    site.run("backup -o good.db").ends(0);
    let (mut saved, mut restored) = (Vec::new(), 0);
    for round in 0..count("FIL_TEST_ROUNDS", 3) {
        let mut writers = Vec::new();
        for n in 0..12 {
            let text = format!("ack {round}-{n}.");
            writers.push((text.clone(), site.command(&format!("trainee note amara-nassim '{text}'")).spawn().unwrap()));
            if n % 4 == 2 {
                writers.push((String::new(), site.command("restore good.db -y").spawn().unwrap()));
            }
        }
        for (text, child) in writers {
            let ran = ended(child);
            assert!(matches!(ran.code, 0 | 5), "{}", ran.stderr);
            match text.as_str() {
                "" => restored += usize::from(ran.code == 0),
                _ if ran.code == 0 => saved.push(text),
                _ => assert!(ran.stderr.contains("in use by another program"), "{}", ran.stderr),
            }
        }
    }
    let kept = notes_everywhere(&site);
    let lost: Vec<_> = saved.iter().filter(|text| !kept.contains(text.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} of {} were told as saved", saved.len());
    assert!(restored > 0 && !saved.is_empty());
    eprintln!("restores beside writers: {} saved, {restored} restores, 0 lost", saved.len());
}

#[test]
fn a_backup_beside_writers_is_made_or_says_that_the_file_is_in_use() {
    let site = Site::romans();
    let mut writers = Vec::new();
    for n in 0..8 {
        writers.push(site.command(&format!("trainee note amara-nassim 'w {n}'")).spawn().unwrap());
        writers.push(site.command(&format!("backup -o b{n}.db")).spawn().unwrap());
    }
    for writer in writers {
        let ran = ended(writer);
        assert!(matches!(ran.code, 0 | 5), "{}", ran.stderr);
    }
    for n in 0..8 {
        let path = site.path(&format!("b{n}.db"));
        assert!(!path.exists() || !state(&path).is_empty());
    }
}

#[test]
fn what_needs_the_file_alone_waits_for_the_others_and_says_so() {
    let site = Site::romans();
    site.run("backup -o good.db").ends(0);
    let school = site.bytes("fil.db");
    let lock = std::fs::File::open(lock(&site.db())).unwrap();
    lock.lock_shared().unwrap();
    let waiting =
        ["restore good.db -y", "trainee erase amara-nassim -y"].map(|line| site.command(line).spawn().unwrap());
    site.run("trainee list -c all").ends(0);
    for child in waiting {
        ended(child).ends(5).tells("in use by another program");
    }
    assert!(site.bytes("fil.db") == school);
    lock.unlock().unwrap();
    lock.lock().unwrap();
    let waiting = [NOTE, "status", "restore good.db -y"].map(|line| site.command(line).spawn().unwrap());
    for child in waiting {
        ended(child).ends(5).tells("in use by another program");
    }
    assert!(site.bytes("fil.db") == school);
}

/// What another program may have made of the schema, and what `doctor` calls it.
const PLANTED: &[(&str, &str)] = &[
    ("CREATE TRIGGER evil AFTER INSERT ON note BEGIN UPDATE person SET last_name = 'EVIL'; END", "trigger evil"),
    ("CREATE VIEW spare AS SELECT 1", "view spare"),
    ("CREATE TABLE extra (x)", "table extra"),
    ("DROP INDEX history_to", "index history_to"),
    (
        "DROP TABLE note; CREATE VIEW note AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
         SELECT id, 1 AS person, 17800 AS date, 'x' AS text, 1 AS op FROM n",
        "view note",
    ),
];

fn planted(sql: &str) -> Site {
    let site = Site::romans();
    let base = rusqlite::Connection::open(site.db()).unwrap();
    base.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    base.execute_batch(sql).unwrap();
    site
}

#[test]
fn a_file_whose_schema_another_program_changed_is_only_examined_and_saved() {
    let good = Site::romans();
    for (sql, name) in PLANTED {
        let site = planted(sql);
        let school = site.bytes("fil.db");
        for line in [NOTE, "status", "trainee list -c all", "undo", "backup", "report show monthly -c all", "check"] {
            let ran = site.run(line).ends(1).tells("changed by another program").tells(name).tells("fil restore");
            assert_plain(line, &ran);
        }
        site.run("doctor -f csv").ends(1).shows(name);
        let exported = site.run("export all -f csv -o out/");
        assert_eq!(exported.code, i32::from(*name == "view note"), "{}", exported.stderr);
        assert!(String::from_utf8(site.bytes("out/trainees.csv")).unwrap().contains("amara-nassim"));
        site.run("backup --as-is -o copy.db").ends(0).tells("not examined");
        assert!(site.bytes("fil.db") == school, "{sql}");
        // Nor does such a file take the place of a sound one.
        good.put("bad.db", site.bytes("copy.db"));
        let before = good.bytes("fil.db");
        let ran = good.run("restore bad.db -y").ends(1).tells("not a good backup").tells("changed by another program");
        assert_plain("restore", &ran);
        assert!(good.bytes("fil.db") == before);
        // The way back.
        site.put("good.db", super::example_school::bytes());
        site.run("restore good.db -y").ends(0);
        site.run(NOTE).ends(0);
    }
}

#[test]
fn a_file_whose_records_another_program_changed_is_no_good_backup_but_can_be_copied() {
    let site = planted("UPDATE note SET text = 'zz'");
    let ran = site.run("backup -o b.db").ends(1).tells("not sound").tells("fil backup --as-is");
    assert_plain("backup", &ran);
    site.run("backup --as-is -o c.db").ends(0);
    site.run("restore c.db -y").ends(1).tells("not a good backup");
    // Whoever changed what, somebody may ask to be erased.
    site.run("trainee erase amara-nassim -y").ends(0);
}

#[test]
fn a_check_that_was_taken_off_a_table_is_noticed_and_statistics_of_sqlite_are_not() {
    let dropped = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK', 'CHECK (1) CHECK')
                   WHERE name = 'person'";
    planted(dropped).run("status").ends(1).tells("table person");
    planted("ANALYZE; VACUUM").run("status").ends(0);
}

fn lock(base: &Path) -> std::path::PathBuf {
    fil::store::file::lock::lock_of(base)
}
