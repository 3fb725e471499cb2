//! The real program on a copy of the example school, with faults injected and processes killed.

use super::example_school;
use super::support::{Outcome, words};
use fil::store::{Access, Store};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// Calls by which a disk comes to hold something else.
pub const CHANGES: &[&str] = &[
    "pwrite64",
    "write",
    "copy_file_range",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "mkdir",
    "chmod",
];

/// A number that the long form of the tests raises: `FIL_TEST_KILLS=500`.
pub fn count(name: &str, short: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(short)
}

/// Whether strace can trace here; its absence is said, for a fault that is not injected proves nothing.
#[allow(clippy::print_stderr)] // A test that proves nothing must say so.
pub fn strace() -> bool {
    static WORKS: OnceLock<bool> = OnceLock::new();
    *WORKS.get_or_init(|| {
        let works = Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|s| s.success());
        if !works {
            eprintln!(
                "\n*** SKIPPED: strace is missing or may not trace; the tests of faults prove nothing here ***\n"
            );
        }
        works
    })
}

/// A small generator, the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % limit.max(1) as u64) as usize
    }
}

/// Whether a run met the fault that was prepared for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    Yes,
    No,
}

/// A folder with a school file, on 2 September 2019.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// A folder without a school file.
    pub fn bare() -> Site {
        Site { folder: tempfile::tempdir().unwrap() }
    }
    /// The example school.
    pub fn romans() -> Site {
        let site = Site::bare();
        site.put("fil.db", example_school::bytes());
        site
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    pub fn db(&self) -> PathBuf {
        self.path("fil.db")
    }
    /// Puts a private file in the folder.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
        #[cfg(unix)]
        set_mode(&self.path(name), 0o600);
    }
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }
    /// Every file under the folder, sorted.
    pub fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, names: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                match path.is_dir() {
                    true => walk(&path, root, names),
                    false => names.push(path.strip_prefix(root).unwrap().display().to_string()),
                }
            }
        }
        let mut names = Vec::new();
        walk(self.folder.path(), self.folder.path(), &mut names);
        names.sort();
        names
    }
    /// Names of temporary files that were left behind.
    pub fn litter(&self) -> Vec<String> {
        self.files().into_iter().filter(|name| name.contains(".fil-")).collect()
    }
    /// Leaves only the school file, with this content.
    pub fn reset(&self, school: &[u8]) {
        for entry in std::fs::read_dir(self.folder.path()).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() { std::fs::remove_dir_all(&path).unwrap() } else { std::fs::remove_file(&path).unwrap() }
        }
        self.put("fil.db", school);
    }

    /// The program on a line as typed after `fil`.
    pub fn command(&self, line: &str) -> Command {
        self.under(&[], line)
    }
    /// The same, started by another program.
    pub fn under(&self, starter: &[&str], line: &str) -> Command {
        let mut all: Vec<String> = starter.iter().map(|word| (*word).to_owned()).collect();
        all.push(env!("CARGO_BIN_EXE_fil").to_owned());
        all.extend(words(line));
        let mut command = Command::new(&all[0]);
        command.args(&all[1..]).env_clear().current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("RUST_BACKTRACE", "1");
        command.env("FIL_DB", "fil.db").env("FIL_TODAY", "2019-09-02");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
    pub fn run(&self, line: &str) -> Outcome {
        outcome(&self.command(line).output().unwrap())
    }
    pub fn run_under(&self, starter: &[&str], line: &str) -> Outcome {
        outcome(&self.under(starter, line).output().unwrap())
    }
    /// Runs with a fault injected by strace, `fsync:signal=SIGKILL:when=3`; tells whether the fault was met.
    pub fn with_fault(&self, fault: &str, line: &str) -> (Met, Outcome) {
        let calls = format!("trace={}", fault.split(':').next().unwrap());
        let inject = format!("inject={fault}");
        let trace = tempfile::NamedTempFile::new().unwrap();
        let log = trace.path().display().to_string();
        let ran = self.run_under(&["strace", "-f", "-qq", "-o", &log, "-e", &calls, "-e", &inject], line);
        let told = std::fs::read_to_string(trace.path()).unwrap();
        // A call that this machine does not have is never met.
        let met = told.contains("(INJECTED)") || ran.code == 128 + 9;
        (if met { Met::Yes } else { Met::No }, ran)
    }

    /// All that the file says, chance left out: its records and its journal. The file must be sound.
    #[track_caller]
    pub fn state(&self) -> String {
        state(&self.db())
    }
}

/// All that a school file says; it must be sound.
#[track_caller]
pub fn state(path: &Path) -> String {
    let store = Store::open(path, Access::Read).unwrap_or_else(|e| panic!("{}: {e:#}", path.display()));
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    assert!(store.broken_invariants().unwrap().is_empty());
    let operations = store.operations().unwrap().into_iter().map(|o| {
        format!("{} {} {} {} {} {} {:?}\n", o.number, o.verb, o.kind, o.created, o.changed, o.removed, o.undoes)
    });
    let told = store.dump().unwrap() + &operations.collect::<String>();
    without_chance(&told)
}

/// The same text without the random secrets of people and funders.
fn without_chance(text: &str) -> String {
    let secret = |word: &&str| word.len() >= 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    text.split('"').map(|word| if secret(&word) { "chance" } else { word }).collect::<Vec<_>>().join("\"")
}

pub fn outcome(output: &Output) -> Outcome {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
    #[cfg(not(unix))]
    let signal = None::<i32>;
    let code = output.status.code().unwrap_or_else(|| 128 + signal.unwrap_or(0));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    Outcome { code, stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// What every run must keep to, whatever was typed: a documented code, a plain error of five lines at most, no byte that
/// drives a terminal, no words of machines.
#[track_caller]
pub fn assert_plain(typed: &str, ran: &Outcome) {
    assert!((0..=5).contains(&ran.code), "{typed}: code {}\n{}", ran.code, ran.stderr);
    // A file for a French spreadsheet begins with a mark of its encoding.
    for stream in [ran.stdout.trim_start_matches('\u{feff}'), &ran.stderr] {
        assert_eq!(stream.chars().find(|c| drives_a_terminal(*c)), None, "{typed:?}: {stream:?}");
    }
    for word in [
        "panicked",
        "made a mistake",
        "s'est trompé",
        "SQLITE",
        "SELECT ",
        "rusqlite",
        "os error",
        "backtrace",
        "called `",
    ] {
        assert!(!ran.stderr.contains(word), "{typed}: {}", ran.stderr);
    }
    let errors: Vec<&str> = ran.stderr.lines().skip_while(|l| !l.starts_with("error:")).collect();
    if matches!(ran.code, 1 | 2 | 5) && !ran.stderr.contains("needs care") {
        assert!(!errors.is_empty(), "{typed}: code {} without a word: {:?}", ran.code, ran.stderr);
        assert!(errors.len() <= 5, "{typed}: {}", ran.stderr);
    }
}

/// Control characters but line ends and tabs, which a note may hold; marks that reorder a line, and invisible ones.
pub fn drives_a_terminal(c: char) -> bool {
    let odd = ['\u{200b}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{feff}'];
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || odd.contains(&c)
}

#[cfg(unix)]
pub fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}
