//! Ctrl-C and its kin: work stops at the next safe place, files under way are removed, the exit code says so.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

static SIGNAL: AtomicI32 = AtomicI32::new(0);
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The work was interrupted by a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interrupted {
    /// The number of the signal.
    pub signal: i32,
}

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "interrupted by signal {}", self.signal)
    }
}

impl std::error::Error for Interrupted {}

/// Stops the caller with an error when a signal has arrived.
pub fn check() -> anyhow::Result<()> {
    match SIGNAL.load(Ordering::Relaxed) {
        0 => Ok(()),
        signal => Err(Interrupted { signal }.into()),
    }
}

/// A file that must not outlive an interruption; forgotten when dropped.
#[derive(Debug)]
pub struct UnderWay(PathBuf);

impl UnderWay {
    /// Has this file (or folder) removed if a signal ends the program before it is dropped.
    pub fn new(path: &Path) -> UnderWay {
        paths().push(path.to_owned());
        UnderWay(path.to_owned())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        paths().retain(|path| *path != self.0);
    }
}

fn paths() -> MutexGuard<'static, Vec<PathBuf>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens to the signals of this process from now on. A loop that checks gets a moment to stop by itself; then the
/// process ends as it is, which the database survives like any cut.
#[cfg(unix)]
pub fn listen() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    // Heard and not obeyed: a file that grows beyond the limit then gives an ordinary write error.
    signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default())?;
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let listener = std::thread::Builder::new().name("signals".to_owned()).stack_size(64 * 1024);
    listener.spawn(move || {
        if let Some(signal) = signals.forever().next() {
            SIGNAL.store(signal, Ordering::Relaxed);
            std::thread::sleep(std::time::Duration::from_millis(200));
            remove_all();
            std::process::exit(128 + signal);
        }
    })?;
    Ok(())
}

/// Other systems end the process themselves.
#[cfg(not(unix))]
pub fn listen() -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn remove_all() {
    for path in paths().drain(..) {
        let _ = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
    }
}
