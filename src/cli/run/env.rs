//! The surroundings of the program: the only clock, environment, random bytes, terminal facts and streams.

use super::wrapped::wrapped;
use crate::domain::{Date, Refusal};
use crate::text;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// One instant, as an operation is stamped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Seconds since 1970-01-01 00:00 UTC.
    pub utc: i64,
    /// Seconds to add to [`Now::utc`] for the time on the clock of the room.
    pub offset: i32,
    /// The local day.
    pub day: Date,
}

impl Now {
    /// Noon UTC of a chosen day, so that `--today` gives the same stamps twice.
    pub fn noon(day: Date) -> Now {
        Now { utc: i64::from(day.days()) * 86_400 + 43_200, offset: 0, day }
    }
    /// The instant in UTC, `2018-12-05T09:14:00Z`.
    pub fn stamp(self) -> String {
        let day = Date::from_days(self.utc.div_euclid(86_400) as i32);
        let second = self.utc.rem_euclid(86_400);
        format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }
}

type Clock = Box<dyn Fn() -> Result<Now, Refusal>>;
type Dice = Box<dyn Fn(&mut [u8]) -> io::Result<()>>;

/// Everything outside the program that it may look at or write to.
pub struct Env {
    /// The arguments, program name first.
    pub args: Vec<OsString>,
    /// The current folder, unless it was deleted.
    pub cwd: Option<PathBuf>,
    /// The folder of this user, when it can be known.
    pub home: Option<PathBuf>,
    /// Whether answers can be typed.
    pub stdin_is_terminal: bool,
    /// Whether the data go to a screen.
    pub stdout_is_terminal: bool,
    /// Whether the talk goes to a screen.
    pub stderr_is_terminal: bool,
    /// Whether questions are drawn on the terminal; else they are asked and answered line by line.
    pub draws_questions: bool,
    /// Columns of the terminal, when there is one.
    pub terminal_width: Option<usize>,
    /// Lines of the terminal, when data go to one.
    pub terminal_height: Option<usize>,
    /// Columns of the terminal that shows the talk, when one does.
    pub talk_width: Option<usize>,
    /// The locale of the system, when the environment names none.
    pub system_locale: Option<String>,
    /// Where relative names start when it is not the folder of the process.
    base: Option<PathBuf>,
    vars: BTreeMap<OsString, OsString>,
    clock: Clock,
    dice: Dice,
    stdin: RefCell<Box<dyn BufRead>>,
    stdout: RefCell<Box<dyn Write>>,
    stderr: RefCell<Box<dyn Write>>,
}

impl Env {
    /// The surroundings of this process.
    pub fn real() -> Env {
        let stdout_is_terminal = io::stdout().is_terminal();
        let stderr_is_terminal = io::stderr().is_terminal();
        Env {
            args: std::env::args_os().collect(),
            cwd: std::env::current_dir().ok(),
            home: etcetera::home_dir().ok(),
            stdin_is_terminal: io::stdin().is_terminal(),
            stdout_is_terminal,
            stderr_is_terminal,
            draws_questions: true,
            terminal_width: if stdout_is_terminal { screen_width() } else { None },
            terminal_height: if stdout_is_terminal { screen_height() } else { None },
            talk_width: if stderr_is_terminal { screen_width() } else { None },
            system_locale: sys_locale::get_locale(),
            base: None,
            vars: std::env::vars_os().collect(),
            clock: Box::new(clock_on_the_wall),
            dice: Box::new(|bytes| getrandom::fill(bytes).map_err(|cause| io::Error::other(cause.to_string()))),
            stdin: RefCell::new(Box::new(io::BufReader::new(io::stdin()))),
            stdout: RefCell::new(Box::new(io::BufWriter::new(io::stdout()))),
            stderr: RefCell::new(Box::new(io::stderr())),
        }
    }

    /// Surroundings that never change: a fixed instant, seeded "random" bytes, no terminal, no variables, empty input,
    /// and output that goes nowhere until [`Env::capture`] says where.
    pub fn fixed(args: impl IntoIterator<Item = impl Into<OsString>>, now: Now) -> Env {
        Env {
            args: args.into_iter().map(Into::into).collect(),
            cwd: None,
            home: None,
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            draws_questions: false,
            terminal_width: None,
            terminal_height: None,
            talk_width: None,
            system_locale: None,
            base: None,
            vars: BTreeMap::new(),
            clock: Box::new(move || Ok(now)),
            dice: loaded_dice(1),
            stdin: RefCell::new(Box::new(io::empty())),
            stdout: RefCell::new(Box::new(io::sink())),
            stderr: RefCell::new(Box::new(io::sink())),
        }
    }

    /// Sets one environment variable of these surroundings only.
    pub fn set_var(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.vars.insert(name.into(), value.into());
    }
    /// Chooses the "random" bytes.
    pub fn seed(&mut self, seed: u64) {
        self.dice = loaded_dice(seed);
    }
    /// Works in this folder instead of the folder of the process.
    pub fn work_in(&mut self, folder: impl Into<PathBuf>) {
        let folder = folder.into();
        self.base = Some(folder.clone());
        self.cwd = Some(folder);
    }
    /// Gives the text that will be read from standard input.
    pub fn feed(&mut self, input: impl BufRead + 'static) {
        self.stdin = RefCell::new(Box::new(input));
    }
    /// Sends both outputs to these writers.
    pub fn capture(&mut self, stdout: impl Write + 'static, stderr: impl Write + 'static) {
        self.stdout = RefCell::new(Box::new(stdout));
        self.stderr = RefCell::new(Box::new(stderr));
    }

    /// A file as the person names it, found from the folder these surroundings work in.
    pub fn file(&self, name: &str) -> PathBuf {
        self.base.as_ref().map_or_else(|| PathBuf::from(name), |base| base.join(name))
    }
    /// An environment variable, as it is.
    pub fn var_os(&self, name: &str) -> Option<&OsStr> {
        self.vars.get(OsStr::new(name)).map(OsString::as_os_str)
    }
    /// An environment variable that is text and not empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.var_os(name).and_then(OsStr::to_str).filter(|value| !value.is_empty())
    }
    /// A stopwatch started now, for work that may last.
    pub fn stopwatch(&self) -> std::time::Instant {
        std::time::Instant::now()
    }
    /// This instant and this day.
    pub fn now(&self) -> Result<Now, Refusal> {
        (self.clock)()
    }
    /// Fills `bytes` with random bytes.
    pub fn random(&self, bytes: &mut [u8]) -> io::Result<()> {
        (self.dice)(bytes)
    }
    /// Uses standard input.
    pub fn with_stdin<T>(&self, act: impl FnOnce(&mut dyn BufRead) -> T) -> T {
        act(self.stdin.borrow_mut().as_mut())
    }
    /// Writes data.
    pub fn write_stdout(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = self.stdout.borrow_mut();
        out.write_all(bytes)?;
        out.flush()
    }
    /// Writes talk; a closed or full error stream is not worth a second error.
    pub fn write_stderr(&self, text: &str) {
        let text = match self.talk_width.filter(|width| *width > 0) {
            Some(width) => Cow::Owned(wrapped(text, width)),
            None => Cow::Borrowed(text),
        };
        let mut err = self.stderr.borrow_mut();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

fn screen_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

fn screen_height() -> Option<usize> {
    terminal_size::terminal_size().map(|(_, height)| usize::from(height.0))
}

fn clock_on_the_wall() -> Result<Now, Refusal> {
    use chrono::{Datelike, Local};
    let now = Local::now();
    let day = Date::new(now.year(), now.month(), now.day()).ok_or_else(|| {
        let year = now.year();
        Refusal::failure(text!("l'horloge de cette machine dit {year}", "the clock of this machine says {year}")).hint(
            text!("Réglez-la, ou donnez le jour : --today 2018-12-05", "Set it, or give the day: --today 2018-12-05"),
        )
    })?;
    Ok(Now { utc: now.timestamp(), offset: now.offset().local_minus_utc(), day })
}

/// The same bytes for the same seed (SplitMix64).
fn loaded_dice(seed: u64) -> Dice {
    let state = std::cell::Cell::new(seed);
    Box::new(move |bytes| {
        for byte in bytes {
            state.set(state.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
            let mut z = state.get();
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (z ^ (z >> 31)) as u8;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_counts_as_none() {
        let mut env = Env::fixed(["fil"], Now::noon(Date::from_days(0)));
        env.set_var("FIL_LANG", "");
        assert_eq!(env.var("FIL_LANG"), None);
        assert!(env.var_os("FIL_LANG").is_some());
    }

    #[test]
    fn the_chosen_day_is_stamped_at_noon() {
        let day = Date::parse_iso("2018-12-05").unwrap();
        assert_eq!(Now::noon(day).utc, 1_544_011_200);
    }
}
