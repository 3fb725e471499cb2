//! Temporary files: whatever is killed or interrupted, the next write leaves nothing with a name behind; and outputs that
//! are no regular files.

#![cfg(unix)]

use super::fault_injection::{CHANGES, Met, Site, count, state, strace};
use super::storage::sweep;
use std::time::Duration;

/// Commands that make temporary files, with what must stand in the folder before each, and a path that may stay.
const MAKERS: &[(&str, &str)] = &[
    ("trainee note amara-nassim un", ""),
    ("import notes.csv --as notes --skip-bad", ""),
    ("trainee list -c all -o far/list.csv", ""),
    ("export all -o far/all/", ""),
    ("report export 2018-11 --funder break-poverty -o far/ex/", ""),
    (
        "report export 2018-11 --funder break-poverty -o far/ex/ --force",
        "report export 2018-11 --funder break-poverty -o far/ex/",
    ),
    ("report close 2018-11 --funder break-poverty -o far/ex/", ""),
    ("backup", ""),
    ("backup -o far/b.db", ""),
    ("trainee erase amara-nassim -y", ""),
    ("restore far/good.db -y", "backup -o far/good.db"),
    ("undo", ""),
];

const NOTES: &str = "trainee,date,text\namara-nassim,2019-08-01,un\nnobody,2019-08-03,x\n";

/// Files that only the program can have put there, and that hold names.
fn hidden(site: &Site) -> Vec<String> {
    let ours = |name: &String| name.contains(".fil-") || name.contains("before-erase");
    site.files().into_iter().filter(ours).collect()
}

fn kept(site: &Site) -> Vec<(String, Vec<u8>)> {
    site.files().into_iter().map(|name| (name.clone(), site.bytes(&name))).collect()
}

fn put_back(site: &Site, files: &[(String, Vec<u8>)]) {
    site.reset(&[]);
    std::fs::create_dir(site.path("far")).unwrap();
    for (name, bytes) in files {
        std::fs::create_dir_all(site.path(name).parent().unwrap()).unwrap();
        site.put(name, bytes);
    }
}

#[test]
fn after_a_kill_at_any_call_the_next_write_leaves_no_file_with_names() {
    if !strace() {
        return;
    }
    let (mut tried, mut littered) = (0, 0);
    for (line, first) in MAKERS {
        let site = Site::romans();
        std::fs::create_dir(site.path("far")).unwrap();
        if !first.is_empty() {
            site.run(first).ends(0);
        }
        let before = kept(&site);
        let often = if count("FIL_TEST_STEP", 0) == 1 { 1 } else { 40 };
        let calls: Vec<&str> =
            if often == 1 { CHANGES.to_vec() } else { vec!["pwrite64", "fsync", "rename", "renameat2", "unlink"] };
        tried += sweep(&calls, "signal=SIGKILL", often, |fault| {
            put_back(&site, &before);
            site.put("notes.csv", NOTES);
            let (met, _) = site.with_fault(fault, line);
            let left = hidden(&site);
            littered += usize::from(!left.is_empty());
            // An empty one, and the list of paths, tell nobody's name.
            if left.iter().any(|name| !name.ends_with(".fil-scratch") && !site.bytes(name).is_empty()) {
                let told = site.run("doctor -f csv").stdout;
                assert!(told.contains("scratch,warning"), "{line} with {fault}: {left:?}\n{told}");
            }
            site.run("trainee note viallet-mathis 'une de plus'").ends(0);
            assert_eq!(hidden(&site), Vec::<String>::new(), "{line} with {fault}");
            met
        });
    }
    eprintln!("scratch: {tried} kills, {littered} of which left something that the next write took away");
    assert!(tried > 2 * MAKERS.len() && littered > MAKERS.len());
}

#[test]
fn an_interruption_leaves_nothing_of_a_backup_an_export_or_an_erasure() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    let before = kept(&site);
    for (signal, code) in [("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129)] {
        for line in ["backup", "report export 2018-11 --funder break-poverty", "trainee erase amara-nassim -y"] {
            for when in [1, 3] {
                put_back(&site, &before);
                // The call lasts until the program has ended by itself.
                let fault = format!("fsync:signal={signal}:delay_exit=3000000:when={when}");
                let (met, ran) = site.with_fault(&fault, line);
                assert!(met == Met::No || ran.code == code, "{line}, {fault}: {}\n{}", ran.code, ran.stderr);
                assert_eq!(hidden(&site), Vec::<String>::new(), "{line}, {fault}");
                // A backup that had its name already is whole.
                for name in site.files().iter().filter(|name| name.starts_with("backups/")) {
                    assert!(name.starts_with("backups/fil-") && state(&site.path(name)) == state(&site.db()), "{name}");
                }
            }
        }
    }
}

#[test]
fn what_a_live_program_holds_is_left_alone() {
    let site = Site::romans();
    let folder = site.path("backups/.fil-1-1");
    std::fs::create_dir_all(&folder).unwrap();
    site.put("backups/.fil-1-1/copy.db", "names");
    let lock = std::fs::File::open(&folder).unwrap();
    lock.lock().unwrap();
    site.run("trainee note amara-nassim un").ends(0);
    assert_eq!(hidden(&site), ["backups/.fil-1-1/copy.db"]);
    assert!(site.run("doctor -f csv").stdout.contains("scratch,ok"));
    drop(lock);
    site.run("status").ends(0).tells("1 temporary files of a command that was cut");
    site.run("trainee note amara-nassim deux").ends(0);
    assert_eq!(hidden(&site), Vec::<String>::new());
}

#[test]
fn only_temporary_files_of_the_program_are_swept() {
    let site = Site::romans();
    for name in [".fil-config", ".filrc", ".fil-1-1.tmp.bak", "x.fil-1-1.tmp"] {
        site.put(name, "mine");
    }
    let fifo = site.path(".fil-2-2.tmp");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    site.run("trainee note amara-nassim un").ends(0);
    for name in [".fil-config", ".filrc", ".fil-1-1.tmp.bak", "x.fil-1-1.tmp"] {
        assert_eq!(site.bytes(name), b"mine");
    }
    assert!(fifo.exists());
}

/// Runs with twenty seconds to come to an end.
#[track_caller]
fn in_time(site: &Site, line: &str) -> super::support::Outcome {
    let ran = site.run_under(&["timeout", "20"], line);
    assert!(ran.code != 124, "{line} never ends");
    ran
}

#[test]
fn an_output_that_is_no_file_is_written_to_once_or_refused() {
    let site = Site::romans();
    let fifo = site.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    in_time(&site, "trainee list -c all -f csv -o /dev/full").ends(1).tells("could not be written");
    in_time(&site, "trainee list -c all -f csv -o pipe").ends(1).tells("nobody reads at the other end");
    let whole = site.run("trainee list -c all -f csv").stdout;
    let reader = std::thread::spawn(move || std::fs::read_to_string(fifo).unwrap());
    std::thread::sleep(Duration::from_millis(100));
    in_time(&site, "trainee list -c all -f csv -o pipe").ends(0);
    assert_eq!(reader.join().unwrap(), whole);
    for (line, code) in [
        ("funder template break-poverty --set pipe", 4),
        ("import pipe --as notes", 4),
        ("backup -o pipe", 1),
        ("restore pipe -y", 1),
        ("report export 2018-11 --funder break-poverty -o pipe", 1),
    ] {
        in_time(&site, line).ends(code);
    }
    let folder = site.path("exports/2018-11_break-poverty");
    std::fs::create_dir_all(&folder).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("monthly.csv")).status().unwrap().success());
    in_time(&site, "report export 2018-11 --funder break-poverty").ends(1);
}
