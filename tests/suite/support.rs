//! A desk to work at: a scratch folder, a fixed day, the program in process or spawned, golden files.

use fil::cli::parser::verb::Verb;
use fil::cli::run::env::{Env, Now};
use fil::domain::Date;
use std::cell::{Cell, RefCell};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;
use tempfile::TempDir;

/// What one run of the program gave; the path of the scratch folder is cut out of both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// The run must have ended with this code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Outcome {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }
    /// The error stream must contain this.
    #[track_caller]
    pub fn tells(self, words: &str) -> Outcome {
        assert!(self.stderr.contains(words), "no “{words}” in: {}", self.stderr);
        self
    }
    /// Standard output must contain this.
    #[track_caller]
    pub fn shows(self, words: &str) -> Outcome {
        assert!(self.stdout.contains(words), "no “{words}” in: {}", self.stdout);
        self
    }
}

/// A scratch folder and the surroundings of the runs made there: 5 December 2018, English, no terminal.
pub struct Desk {
    folder: TempDir,
    nouns: &'static [Verb],
    today: Date,
    vars: Vec<(String, String)>,
    input: String,
    input_from_terminal: bool,
    terminal: Option<usize>,
    runs: Cell<u64>,
}

impl Desk {
    pub fn new() -> Desk {
        Desk {
            folder: tempfile::tempdir().unwrap(),
            nouns: fil::cli::NOUNS,
            today: Date::parse_iso("2018-12-05").unwrap(),
            vars: vec![("FIL_DB".to_owned(), "fil.db".to_owned())],
            input: String::new(),
            input_from_terminal: false,
            terminal: None,
            runs: Cell::new(0),
        }
    }
    /// Uses these commands instead of the program's.
    pub fn with_nouns(self, nouns: &'static [Verb]) -> Desk {
        Desk { nouns, ..self }
    }
    /// Works on another day.
    pub fn on(self, today: &str) -> Desk {
        Desk { today: Date::parse_iso(today).unwrap(), ..self }
    }
    /// A copy of a school's file as `fil.db`, private as the program leaves it, after so many runs that made it:
    /// each run draws its random bytes from its number, and none may draw again those of a run before the copy.
    pub fn with_school(self, bytes: &[u8], runs: u64) -> Desk {
        self.file("fil.db", bytes);
        self.runs.set(runs);
        #[cfg(unix)]
        std::fs::set_permissions(self.path("fil.db"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        self
    }
    pub fn french(self) -> Desk {
        self.var("FIL_LANG", "fr")
    }
    pub fn var(mut self, name: &str, value: &str) -> Desk {
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }
    /// What can be read from standard input, piped.
    pub fn input(self, text: &str) -> Desk {
        Desk { input: text.to_owned(), ..self }
    }
    /// What a person types at a terminal.
    pub fn typed(self, text: &str) -> Desk {
        Desk { input_from_terminal: true, ..self.input(text) }
    }
    /// Shows the data on a terminal of so many columns.
    pub fn terminal(self, columns: usize) -> Desk {
        Desk { terminal: Some(columns), ..self }
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    /// Puts a file in the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }
    /// Reads a file of the folder.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
    /// The names in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the program in process on a line as typed after `fil`; quotes group words.
    pub fn run(&self, line: &str) -> Outcome {
        self.run_words(&words(line))
    }
    /// The same with words already apart.
    pub fn run_words(&self, words: &[String]) -> Outcome {
        let args = std::iter::once("fil".to_owned()).chain(words.iter().cloned());
        let mut env = Env::fixed(args, Now::noon(self.today));
        self.runs.set(self.runs.get() + 1);
        env.seed(self.runs.get());
        env.work_in(self.folder.path());
        for (name, value) in &self.vars {
            env.set_var(name, value);
        }
        env.feed(Cursor::new(self.input.clone()));
        env.stdin_is_terminal = self.input_from_terminal;
        env.stdout_is_terminal = self.terminal.is_some();
        env.terminal_width = self.terminal;
        let (out, err) = (Pot::default(), Pot::default());
        env.capture(out.clone(), err.clone());
        let code = fil::cli::run::program::run(&env, self.nouns);
        self.outcome(code, out.take(), err.take())
    }
    /// Whether the parser accepts a line as typed after `fil`.
    pub fn parses(&self, line: &str) -> bool {
        fil::cli::run::program::understands(&words(line), self.nouns)
    }
    /// Runs the real binary.
    pub fn spawn(&self, line: &str) -> Outcome {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_fil"));
        command.env_clear().current_dir(self.folder.path()).timeout(Duration::from_secs(20));
        command.env("FIL_TODAY", self.today.to_string()).envs(self.vars.iter().cloned());
        let ended = command.args(words(line)).write_stdin(self.input.clone()).output().unwrap();
        self.outcome(ended.status.code().unwrap_or(-1), ended.stdout, ended.stderr)
    }
    fn outcome(&self, code: i32, stdout: Vec<u8>, stderr: Vec<u8>) -> Outcome {
        let folder = format!("{}/", self.folder.path().display());
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&folder, "");
        Outcome { code, stdout: text(stdout), stderr: text(stderr) }
    }
}

/// The words of a line; single and double quotes group them.
pub fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Compares a text with `tests/golden/NAME`; `FIL_UPDATE_GOLDEN=1` writes it instead.
#[track_caller]
pub fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("FIL_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(want == text, "{name} differs; FIL_UPDATE_GOLDEN=1 accepts this:\n{text}");
}

/// A writer whose content can be read afterwards.
#[derive(Clone, Default)]
struct Pot(Rc<RefCell<Vec<u8>>>);

impl Pot {
    fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Pot {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
