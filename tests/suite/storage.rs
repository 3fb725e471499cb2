//! Faults of disks and files, with the case of the catalogue each test proves in front of its name.

#[cfg(unix)]
use super::fault_injection::set_mode;
use super::fault_injection::{CHANGES, Met, Site, assert_plain, count, state, strace};
use super::support::Outcome;

/// Writes of every sort, and what must stand in the folder before each.
const WRITES: &[(&str, &str)] = &[
    ("trainee note amara-nassim 'a trouvé une voiture'", ""),
    ("trainee add Zola Émile --cohort ROM-2018-11 --no-input", ""),
    ("trainee edit amara-nassim --phone 0611111111", ""),
    (
        "trainee leave viallet-mathis --reason dropped_out --on 2018-11-20",
        "trainee enrol viallet-mathis -c ROM-2018-11 --on 2018-11-06",
    ),
    ("cohort add P9 --start 2019-09-09 --end 2019-12-20 --site Valence --places 12", ""),
    ("cohort slot 2018-11-06 am --set company -c ROM-2018-11", ""),
    ("progress set amara-nassim code passed --on 2019-08-20", ""),
    ("progress late amara-nassim --on 2018-11-05 --half am --minutes 20", ""),
    ("placement follow amara-nassim 6m injoignable --on 2019-08-20", ""),
    ("funder add region --name 'La Région' --level aggregate", ""),
    ("config set durable_min over-6m", ""),
    ("import notes.csv --as notes --skip-bad", ""),
    ("undo", ""),
    ("redo", "undo"),
];

/// Good lines, and one that will be put aside.
const NOTES: &str =
    "trainee,date,text\namara-nassim,2019-08-01,un\nviallet-mathis,2019-08-02,deux\nnobody,2019-08-03,x\n";

/// The example school ready for a write, its file, and all that it says before and after.
struct Trial {
    site: Site,
    school: Vec<u8>,
    before: String,
    after: String,
}

impl Trial {
    #[track_caller]
    fn of(line: &str, first: &str) -> Trial {
        let site = Site::romans();
        if !first.is_empty() {
            site.run(first).ends(0);
        }
        let school = site.bytes("fil.db");
        let before = site.state();
        site.put("notes.csv", NOTES);
        site.run(line).ends(0);
        let after = site.state();
        assert!(before != after, "{line} changes nothing");
        Trial { site, school, before, after }
    }
    fn again(&self) {
        self.site.reset(&self.school);
        self.site.put("notes.csv", NOTES);
    }
}

/// Fails each of `calls` the first time, the second… until the command comes through without meeting the fault; gives how
/// many faults were met. Frequent calls are taken in steps.
pub fn sweep(calls: &[&str], fault: &str, often: usize, mut at: impl FnMut(&str) -> Met) -> usize {
    let mut tried = 0;
    for call in calls {
        let step = if call.contains("write") { step(often) } else { 1 };
        let mut n = 1;
        while at(&format!("{call}:{fault}:when={n}")) == Met::Yes {
            tried += 1;
            n += step;
            assert!(n < 5_000, "the command never comes through");
        }
    }
    tried
}

/// Distance between the points of a sweep: the long form takes them all.
fn step(short: usize) -> usize {
    count("FIL_TEST_STEP", short)
}

#[test]
fn s098_a_kill_at_any_call_leaves_the_file_as_it_was_or_as_it_should_be() {
    if !strace() {
        return;
    }
    let mut tried = 0;
    for (line, first) in WRITES {
        let trial = Trial::of(line, first);
        tried += sweep(CHANGES, "signal=SIGKILL", 6, |fault| {
            trial.again();
            let (met, ran) = trial.site.with_fault(fault, line);
            let now = trial.site.state();
            assert!(now == trial.before || now == trial.after, "{line}: half done by {fault}");
            let told = ran.stderr.contains("To go back") || ran.stderr.contains("To bring it back");
            assert!(!told || now == trial.after, "{line}: told and lost by {fault}");
            met
        });
    }
    eprintln!("s098: {tried} kills over {} commands", WRITES.len());
    assert!(tried > 8 * WRITES.len());
}

#[test]
fn p12_an_erasure_that_is_killed_or_meets_a_bad_disk_is_whole_or_absent_and_told_as_it_is() {
    if !strace() {
        return;
    }
    let line = "trainee erase amara-nassim -y";
    let trial = Trial::of(line, "");
    let mut tried = 0;
    for fault in ["signal=SIGKILL", "error=EIO"] {
        tried += sweep(CHANGES, fault, 90, |fault| {
            trial.again();
            let (met, ran) = trial.site.with_fault(fault, line);
            let now = trial.site.state();
            assert!(now == trial.before || now == trial.after, "half done by {fault}");
            // What fails once the person is gone is told beside it: the copy that stays, the search that stopped.
            if ran.stderr.contains("Erased: ") {
                assert!(now == trial.after, "told and lost by {fault}");
            } else if (1..128).contains(&ran.code) && !ran.stderr.contains("not known whether") {
                assert_plain(&format!("{line} with {fault}"), &ran);
                assert!(now == trial.before, "done and told as refused by {fault}: {}", ran.stderr);
            }
            met
        });
    }
    assert!(tried > 20, "{tried}");
}

/// An error is told as what happened, the file keeps all or nothing, and nothing lies about.
#[track_caller]
fn check_told(line: &str, trial: &Trial, fault: &str) -> Met {
    trial.again();
    let (met, ran) = trial.site.with_fault(fault, line);
    assert_plain(&format!("{line} with {fault}"), &ran);
    let now = trial.site.state();
    let unknown = ran.stderr.contains("not known whether");
    match (ran.code, unknown) {
        (0, _) => assert!(now == trial.after, "{line} with {fault}: told as saved\n{}", ran.stderr),
        (_, false) => assert!(now == trial.before, "{line} with {fault}: told as refused\n{}", ran.stderr),
        (_, true) => assert!(now == trial.before || now == trial.after, "{line} with {fault}: half done"),
    }
    assert_eq!(trial.site.litter(), Vec::<String>::new(), "{line} with {fault}");
    met
}

#[test]
fn p03_a_disk_that_answers_with_an_error_is_never_told_wrongly() {
    if !strace() {
        return;
    }
    let mut tried = 0;
    for (line, first) in WRITES {
        let trial = Trial::of(line, first);
        let calls = ["fsync", "fdatasync", "ftruncate", "unlink", "copy_file_range", "renameat", "rename", "linkat"];
        tried += sweep(&calls, "error=EIO", 1, |fault| check_told(line, &trial, fault));
    }
    eprintln!("p03: {tried} errors");
    assert!(tried > 4 * WRITES.len());
}

#[test]
fn p04_a_full_disk_costs_nothing_that_was_saved_and_reading_still_works() {
    if !strace() {
        return;
    }
    let mut tried = 0;
    for (line, first) in WRITES {
        let trial = Trial::of(line, first);
        // The plus of strace: this call and all the later ones.
        tried += sweep(&["pwrite64"], "error=ENOSPC", 6, |fault| check_told(line, &trial, &format!("{fault}+")));
    }
    eprintln!("p04: {tried} full disks");
    let site = Site::romans();
    site.with_fault("pwrite64:error=ENOSPC:when=1+", "trainee list -c all -f csv").1.ends(0);
    site.with_fault("pwrite64:error=ENOSPC:when=1+", "report show monthly -c all -f csv").1.ends(0);
}

#[test]
fn p02_a_new_file_is_whole_or_absent() {
    if !strace() {
        return;
    }
    let calls = ["pwrite64", "fsync", "fdatasync", "ftruncate"];
    for fault in ["signal=SIGKILL", "error=ENOSPC"] {
        sweep(&calls, fault, 4, |fault| {
            let site = Site::bare();
            let (met, ran) = site.with_fault(fault, "init new.db");
            let made = site.path("new.db");
            if ran.code == 0 {
                state(&made);
            } else if ran.code < 100 {
                assert_plain(fault, &ran);
                assert!(ran.stderr.contains("new.db"), "{fault}: {}", ran.stderr);
                assert!(site.files().iter().all(|name| name == "new.db.lock"), "{fault}: {:?}", site.files());
            } else {
                // Complete, or not there at all.
                let again = if made.exists() { "--db new.db status" } else { "init new.db" };
                site.run(again).ends(0);
            }
            met
        });
    }
}

#[test]
fn p09_s113_a_backup_that_could_not_be_made_is_absent_and_the_school_still_works() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    let (school, before) = (site.bytes("fil.db"), site.state());
    for fault in ["error=ENOSPC", "error=EIO", "error=EACCES", "signal=SIGKILL"] {
        sweep(&["pwrite64", "fsync", "fdatasync", "rename"], fault, 40, |fault| {
            site.reset(&school);
            let (met, ran) = site.with_fault(fault, "backup -o copies/b.db");
            if ran.code < 100 && ran.code != 0 {
                assert_plain(fault, &ran);
                assert!(ran.stderr.contains("copies/b.db"), "{fault}: {}", ran.stderr);
                assert_eq!(site.litter(), Vec::<String>::new(), "{fault}");
            }
            let copy = site.path("copies/b.db");
            assert!(!copy.exists() || state(&copy) == before, "{fault}");
            assert!(site.state() == before);
            met
        });
    }
}

#[test]
fn s111_a_bad_backup_is_refused_before_anything_is_replaced() {
    let site = Site::romans();
    site.run("backup -o good.db").ends(0);
    let good = site.bytes("good.db");
    site.run("trainee note amara-nassim later").ends(0);
    let school = site.bytes("fil.db");
    let other = rusqlite::Connection::open(site.path("foreign.db")).unwrap();
    other.execute_batch("CREATE TABLE a (b)").unwrap();
    site.put("truncated.db", &good[..good.len() / 2]);
    site.put("encrypted.db", (0..40_960u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>());
    site.put("newer.db", with(&good, 60, &[0, 0, 0, 99]));
    site.put("blank.db", with(&good, 9 * 4096, &[0; 4096]));
    site.put("empty.db", "");
    for bad in ["foreign", "truncated", "encrypted", "newer", "blank", "empty"] {
        let ran = site.run(&format!("restore {bad}.db -y")).ends(1).tells(&format!("{bad}.db is not a good backup"));
        assert_plain(bad, &ran);
        assert!(site.bytes("fil.db") == school, "{bad}");
    }
    site.run("restore good.db -y").ends(0).tells("kept: fil.replaced-2019-09-02-120000.db");
    assert!(site.bytes("fil.replaced-2019-09-02-120000.db") == school);
    assert!(state(&site.db()) == state(&site.path("good.db")));
}

#[test]
fn s111_a_kill_in_the_middle_of_a_restore_leaves_one_of_the_two_schools() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    site.run("backup -o good.db").ends(0);
    let good = site.bytes("good.db");
    site.run("trainee note amara-nassim later").ends(0);
    let (school, late, early) = (site.bytes("fil.db"), site.state(), state(&site.path("good.db")));
    let tried = sweep(CHANGES, "signal=SIGKILL", 1, |fault| {
        site.reset(&school);
        site.put("good.db", &good);
        let (met, _) = site.with_fault(fault, "restore good.db -y");
        let now = site.state();
        assert!(now == late || now == early, "{fault}");
        met
    });
    assert!(tried > 5, "only {tried} points");
}

fn with(bytes: &[u8], at: usize, change: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + change.len()].copy_from_slice(change);
    bytes
}

#[test]
fn s101_a_file_cut_short_is_refused_with_the_way_back() {
    let site = Site::romans();
    let school = site.bytes("fil.db");
    let sectors = school.len() / 512;
    let step = step(sectors / 24);
    for sector in (0..sectors).step_by(step.max(1)).chain([1, 8, sectors - 1]) {
        site.put("fil.db", &school[..sector * 512]);
        let ran = site.run("trainee list -c all").ends(1).tells("damaged").tells("fil restore");
        assert_plain("truncated", &ran);
        site.run("trainee note amara-nassim x").ends(1).tells("damaged");
        assert_eq!(site.bytes("fil.db").len(), sector * 512, "touched");
    }
    site.put("fil.db", &school[..7]);
    site.run("status").ends(1).tells("damaged").tells("fil restore");
}

#[test]
fn s101_a_blank_sector_never_ends_in_a_fault_of_the_program() {
    let site = Site::romans();
    let school = site.bytes("fil.db");
    let sectors = school.len() / 512;
    let mut found = 0;
    for sector in (0..sectors).step_by(step(sectors / 40).max(1)) {
        let blank = with(&school, sector * 512, &[0; 512]);
        let changed = blank != school;
        site.put("fil.db", &blank);
        for line in ["doctor -f csv", "trainee list -c all", "export all -f json", "trainee note amara-nassim x"] {
            assert_plain(&format!("{line}, sector {sector}"), &site.run(line));
        }
        site.put("fil.db", &blank);
        let examined = site.run("doctor -f csv");
        found += usize::from(examined.code == 1 && changed);
        // The header and the head of each page are structure: a blank there is always seen.
        assert!(!changed || sector % 8 != 0 || examined.code == 1, "sector {sector} is not missed");
    }
    site.put("fil.db", with(&school, 0, &[0; 512]));
    site.run("status").ends(1).tells("damaged").tells("fil restore");
    assert!(found > 5, "only {found} blank sectors were noticed");
}

#[test]
fn s102_an_empty_file_is_refused_and_stays_empty() {
    let site = Site::bare();
    site.put("fil.db", "");
    for line in ["status", "trainee add A B", "doctor", "import x.csv"] {
        let ran = site.run(line).ends(1);
        assert_plain(line, &ran);
    }
    site.run("status").tells("empty (0 bytes)").tells("fil restore");
    site.run("init").ends(1).tells("already exists");
    assert_eq!(site.bytes("fil.db").len(), 0);
}

#[test]
fn s103_s104_what_is_not_ours_or_newer_is_left_untouched() {
    let site = Site::romans();
    let newer = with(&site.bytes("fil.db"), 60, &[0, 0, 0, 99]);
    let foreign = rusqlite::Connection::open(site.path("foreign.db")).unwrap();
    foreign.execute_batch("PRAGMA user_version = 1; CREATE TABLE trainee (a); INSERT INTO trainee VALUES (1)").unwrap();
    drop(foreign);
    let foreign = site.bytes("foreign.db");
    let text = b"trainee,date\n".repeat(100);
    for (name, bytes) in [("newer version", &newer), ("not a Fil database", &foreign), ("not a Fil database", &text)] {
        site.put("fil.db", bytes);
        let stamp = std::fs::metadata(site.db()).unwrap().modified().unwrap();
        for line in ["status", "trainee note amara-nassim x", "undo", "doctor", "backup", "export all -f json"] {
            let ran = site.run(line).ends(1).tells(name);
            assert_plain(line, &ran);
        }
        assert!(&site.bytes("fil.db") == bytes);
        assert_eq!(std::fs::metadata(site.db()).unwrap().modified().unwrap(), stamp);
        assert!(!site.path("fil.db-journal").exists());
    }
    std::fs::remove_file(site.db()).unwrap();
    std::fs::create_dir(site.db()).unwrap();
    site.run("status").ends(1).tells("not a file");
    site.run("init").ends(1).tells("already exists");
}

#[test]
fn s107_an_interrupted_write_is_taken_back_at_the_next_opening() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    let before = site.state();
    site.with_fault("fdatasync:signal=SIGKILL:when=4", "trainee note amara-nassim x");
    assert!(std::fs::metadata(site.path("fil.db-journal")).unwrap().len() > 0, "no hot journal to recover from");
    let (school, journal) = (site.bytes("fil.db"), site.bytes("fil.db-journal"));
    assert!(site.state() == before);
    // The journal lost with the crash: sound, or told by the examination.
    site.put("fil.db", &school);
    let _ = std::fs::remove_file(site.path("fil.db-journal"));
    let examined = site.run("doctor -f csv");
    assert!(examined.code == 1 || site.state() == before || site.run("log").stdout.contains("note"), "{examined:?}");
    // Somebody who may only read sees what it was before, or is told who can take the write back.
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        let open = Open::new(&site);
        site.put("fil.db", &school);
        site.put("fil.db-journal", &journal);
        set_mode(&site.db(), 0o644);
        set_mode(&site.path("fil.db-journal"), 0o644);
        open.as_nobody("trainee list -c all").ends(0).tells("was interrupted").shows("Amara");
        set_mode(&site.path("fil.db-journal"), 0o600);
        open.as_nobody("trainee list -c all").ends(1).tells("was interrupted").tells("recording anything");
    }
}

#[test]
fn s109_conflict_copies_and_synced_folders_are_told_at_each_opening() {
    let site = Site::romans();
    let school = site.bytes("fil.db");
    site.run("trainee list -c all -f csv").ends(0);
    site.put("fil (conflicted copy 2019-08-30).db", &school);
    let told = site.run("trainee list -c all -f csv").ends(0);
    let told = told.tells("fil.db").tells("fil (conflicted copy 2019-08-30).db");
    assert_eq!(told.stderr.lines().count(), 1, "{}", told.stderr);
    assert_eq!(site.run("trainee list -c all -f csv -q").ends(0).stderr, "");
    site.run("trainee note amara-nassim x").ends(0).tells("conflicted copy");
    assert!(site.bytes("fil (conflicted copy 2019-08-30).db") == school);
    std::fs::create_dir(site.path("Dropbox")).unwrap();
    site.run("init Dropbox/n.db").ends(1).tells("Dropbox").tells("--synced-folder");
    site.run("init Dropbox/n.db --synced-folder").ends(0);
    site.run("--db Dropbox/n.db trainee list -c all").ends(0).tells("Dropbox");
}

/// A site that another account may enter.
#[cfg(unix)]
struct Open<'a>(&'a Site);

#[cfg(unix)]
impl Open<'_> {
    fn new(site: &Site) -> Open<'_> {
        set_mode(site.db().parent().unwrap(), 0o755);
        Open(site)
    }
    fn as_nobody(&self, line: &str) -> Outcome {
        // The built program may lie where that account may not look.
        let copy = self.0.path("program");
        if !copy.exists() {
            std::fs::copy(env!("CARGO_BIN_EXE_fil"), &copy).unwrap();
            set_mode(&copy, 0o755);
        }
        let mut command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
        command.args(super::support::words(line)).env_clear().current_dir(self.0.path("."));
        command.env("FIL_DB", "fil.db").env("FIL_TODAY", "2019-09-02").stdin(std::process::Stdio::null());
        super::fault_injection::outcome(&command.output().unwrap())
    }
}

#[cfg(unix)]
#[test]
fn s110_a_file_that_may_only_be_read_is_read_and_its_writes_say_why_not() {
    let privileged = rustix::process::geteuid().is_root()
        && std::process::Command::new("setpriv").arg("--version").output().is_ok_and(|o| o.status.success());
    if !privileged {
        eprintln!("*** SKIPPED: needs root and setpriv to become another account ***");
        return;
    }
    let site = Site::romans();
    let open = Open::new(&site);
    let school = site.bytes("fil.db");
    // A file that others may write in a folder where they may not, then one that they may only read.
    for mode in [0o666, 0o644] {
        set_mode(&site.db(), mode);
        for line in [
            "trainee list -c all -f csv",
            "report show monthly -c all -f csv",
            "export all -f json",
            "status",
            "doctor",
            "log",
            "check",
        ] {
            open.as_nobody(line).ends(0);
        }
        for line in ["trainee note amara-nassim x", "undo", "config set durable_min over-6m"] {
            let ran = open.as_nobody(line).ends(1).tells("cannot be written").tells("read-only");
            assert_plain(line, &ran);
        }
        let ran = open.as_nobody("backup -o b.db").ends(1).tells("b.db could not be made");
        assert_plain("backup", &ran);
    }
    set_mode(&site.db(), 0o600);
    open.as_nobody("status").ends(1).tells("cannot be read");
    assert!(site.bytes("fil.db") == school);
}

#[cfg(unix)]
#[test]
fn a093_a_file_of_another_account_and_an_open_folder_are_told() {
    let site = Site::romans();
    set_mode(site.db().parent().unwrap(), 0o777);
    site.run("status").ends(0).tells("every account can write in the folder");
    site.run("status -q").ends(0);
    set_mode(site.db().parent().unwrap(), 0o700);
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(site.db(), Some(65_534), None).unwrap();
        site.run("status").ends(0).tells("belongs to another account");
        site.run("doctor -f csv").ends(0).shows("owner,warning");
    }
}

#[cfg(unix)]
#[test]
fn p16_a090_files_with_names_are_private_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    for umask in ["000", "077"] {
        let site = Site::bare();
        let shell = ["sh", "-c", &format!("umask {umask}; exec \"$@\""), "sh"].map(str::to_owned);
        let shell: Vec<&str> = shell.iter().map(String::as_str).collect();
        let run = |line: &str| site.run_under(&shell, line).ends(0);
        run("init");
        for kind in super::example_school::KINDS {
            run(&format!("import {}/examples/romans/{kind}.csv --as {kind}", env!("CARGO_MANIFEST_DIR")));
        }
        site.put("notes.csv", NOTES);
        run("import notes.csv --as notes --skip-bad");
        run("trainee list -c all -o people.csv");
        run("trainee list -c all -o people.xlsx");
        run("export all -f csv -o out/");
        run("report export 2018-11 --all -o ex/");
        run("report show people -p 2018-11 -c all -f json -o people.json");
        run("backup");
        run("backup -o b.db");
        run("restore b.db -y");
        let files = site.files();
        assert!(files.iter().any(|f| f == "notes.refused.csv") && files.len() > 30, "{files:?}");
        for file in files {
            let mode = std::fs::metadata(site.path(&file)).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{file} under umask {umask}");
        }
    }
}

#[cfg(unix)]
#[test]
fn p16_the_journal_of_a_write_under_way_is_private() {
    use std::os::unix::fs::PermissionsExt;
    if !strace() {
        return;
    }
    let site = Site::romans();
    site.run_under(
        &[
            "sh",
            "-c",
            "umask 000; exec \"$@\"",
            "sh",
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fdatasync",
            "-e",
            "inject=fdatasync:signal=SIGKILL:when=4",
        ],
        "trainee note amara-nassim x",
    );
    let journal = std::fs::metadata(site.path("fil.db-journal")).unwrap();
    assert!(journal.len() > 0);
    assert_eq!(journal.permissions().mode() & 0o777, 0o600);
}

const OLD: &str = "the report that was sent\n";

#[test]
fn p10_a083_an_export_that_fails_keeps_the_old_file_and_leaves_nothing_beside_it() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    let whole = site.run("trainee list -c all -f csv").ends(0).stdout;
    for fault in ["write:error=ENOSPC", "fsync:error=EIO", "rename,renameat,renameat2,link,linkat:error=EACCES"] {
        for n in 1..=3 {
            site.put("x.csv", OLD);
            let (_, ran) = site.with_fault(&format!("{fault}:when={n}"), "trainee list -c all -o x.csv --force");
            let now = String::from_utf8(site.bytes("x.csv")).unwrap();
            assert!(now == whole || now == OLD, "{fault} at {n}");
            assert!(ran.code != 0 || now == whole, "{fault} at {n}");
            assert_eq!(ran.stderr.contains("could not be written"), now == OLD, "{fault} at {n}: {}", ran.stderr);
            assert_eq!(site.litter(), Vec::<String>::new(), "{fault} at {n}");
        }
    }
    site.put("x.csv", OLD);
    site.run("trainee list -c all -o x.csv").ends(1).tells("--force");
    assert_eq!(site.bytes("x.csv"), OLD.as_bytes());
}

#[test]
fn p10_a_folder_of_reports_is_whole_old_or_absent() {
    if !strace() {
        return;
    }
    let site = Site::romans();
    let line = "report export 2018-11 --funder break-poverty -o ex/ --force";
    site.run(line).ends(0);
    let folder = "ex/2018-11_break-poverty/";
    let content = |site: &Site| {
        let names = site.files().into_iter().filter(|f| f.starts_with(folder));
        names.map(|name| (name.clone(), site.bytes(&name))).collect::<Vec<_>>()
    };
    let whole = content(&site);
    assert!(whole.len() > 4);
    let school = site.bytes("fil.db");
    for fault in ["signal=SIGKILL", "error=ENOSPC", "error=EIO"] {
        sweep(&["write", "fsync", "rename", "renameat", "renameat2"], fault, 3, |fault| {
            site.reset(&school);
            std::fs::create_dir_all(site.path(folder)).unwrap();
            site.put(&format!("{folder}monthly.csv"), OLD);
            let old = content(&site);
            let (met, ran) = site.with_fault(fault, line);
            let now = content(&site);
            // Where two folders cannot change places at once, a kill may leave the old one aside, whole.
            let aside = !cfg!(target_os = "linux") && site.litter().iter().any(|f| f.ends_with("old/monthly.csv"));
            assert!(now == whole || now == old || (now.is_empty() && ran.code > 100 && aside), "{fault}");
            if ran.code < 100 {
                assert_eq!(site.litter(), Vec::<String>::new(), "{fault}");
                // The answer itself may be what could not be written; the reports are then in place.
                assert!(ran.code != 0 || now == whole, "{fault}: {}", ran.stderr);
            }
            met
        });
    }
}

#[cfg(unix)]
#[test]
fn k120_a_limit_on_files_or_memory_ends_in_an_error_and_without_damage() {
    let site = Site::romans();
    let before = site.state();
    let lines: String = (0..5_000).map(|n| format!("amara-nassim,2019-08-{:02},note {n}\n", 1 + n % 28)).collect();
    site.put("many.csv", format!("trainee,date,text\n{lines}"));
    let limited = |limit: &str, line: &str| {
        let shell = format!("ulimit {limit}; exec \"$@\"");
        site.run_under(&["bash", "-c", &shell, "bash"], line)
    };
    for blocks in ["0", "1", "40", "300"] {
        for line in [
            "import many.csv --as notes",
            "trainee list -c all -o x.csv",
            "backup -o b.db",
            "report export 2018-11 --all",
        ] {
            let ran = limited(&format!("-f {blocks}"), line);
            assert_plain(&format!("{line} under -f {blocks}"), &ran);
            assert!(site.state() == before || (ran.code == 0 && !line.starts_with("import")), "{line}");
            assert_eq!(site.litter(), Vec::<String>::new(), "{line}");
            for name in ["x.csv", "b.db"] {
                let _ = std::fs::remove_file(site.path(name));
            }
            let _ = std::fs::remove_dir_all(site.path("exports"));
        }
    }
    // The program itself needs some memory to start; each amount ends in a code, never in damage.
    for kilobytes in (30_000..90_000).step_by(12_000) {
        limited(&format!("-v {kilobytes}"), "import many.csv --as notes -n");
        assert!(site.state() == before, "{kilobytes} kB");
    }
}

#[test]
fn p17_the_same_data_and_arguments_give_the_same_bytes() {
    let site = Site::romans();
    let elsewhere = Site::bare();
    let lines = [
        "report export 2018-11 --all -o {}/ex/",
        "export all -f csv -o {}/out/",
        "export all -f csv-fr -o {}/fr/",
        "trainee list -c all -o {}/people.xlsx",
    ];
    let vars = [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "de_DE"),
        ("COLUMNS", "30"),
        ("HOME", "/nowhere"),
    ];
    for line in lines {
        site.run(&line.replace("{}", "a")).ends(0);
        let other = line.replace("{}", &site.path("b").display().to_string());
        let mut command = site.command(&other);
        command.env("FIL_DB", site.db()).envs(vars).current_dir(elsewhere.path("."));
        let ran = super::fault_injection::outcome(&command.output().unwrap()).ends(0);
        assert_plain(line, &ran);
    }
    let under = |top: &str| {
        let names = site.files().into_iter().filter(|f| f.starts_with(top));
        names.map(|name| (name[top.len()..].to_owned(), site.bytes(&name))).collect::<Vec<_>>()
    };
    let (a, b) = (under("a/"), under("b/"));
    assert!(a.len() > 25);
    for (one, other) in a.iter().zip(&b) {
        assert!(one == other, "{} differs", one.0);
    }
    assert_eq!(a.len(), b.len());
}
