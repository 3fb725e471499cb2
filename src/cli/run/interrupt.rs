//! Ctrl-C and its kin: work stops at the next safe place, files under way are removed, the exit code says so.

use crate::store::file::scratch;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, OnceLock};

static SIGNAL: AtomicI32 = AtomicI32::new(0);
/// Once the program listens: whether a signal ends it at once, because there is nothing to tidy.
static AT_ONCE: OnceLock<Arc<AtomicBool>> = OnceLock::new();

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

/// Listens to the signals of this process from now on. They end it at once, with their exit code, until something is
/// under way: see [`tidy_first`].
#[cfg(unix)]
pub fn listen() -> std::io::Result<()> {
    use signal_hook::consts::SIGXFSZ;
    // Heard and not obeyed: a file that grows beyond the limit then gives an ordinary write error.
    signal_hook::flag::register(SIGXFSZ, Arc::default())?;
    scratch::before_the_first(tidy_first);
    let at_once = AT_ONCE.get_or_init(|| Arc::new(AtomicBool::new(true)));
    for signal in ENDING {
        signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(at_once))?;
    }
    Ok(())
}

/// The signals that end the program.
#[cfg(unix)]
const ENDING: [i32; 3] = [signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// From now on a signal lets the work under way stop in order: a loop that checks gets a moment to stop by itself; then
/// the files under way are removed and the process ends as it is, which the database survives like any cut. The thread
/// that does this would be a sixth of a short command, so that those who only read have none.
#[cfg(unix)]
pub fn tidy_first() {
    static STARTED: AtomicBool = AtomicBool::new(false);
    let Some(at_once) = AT_ONCE.get() else { return };
    if STARTED.swap(true, Ordering::SeqCst) {
        return;
    }
    // Without a thread a signal still ends the program, only less tidily.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(ENDING) else { return };
    let listener = std::thread::Builder::new().name("signals".to_owned()).stack_size(64 * 1024);
    let listens = listener.spawn(move || {
        if let Some(signal) = signals.forever().next() {
            SIGNAL.store(signal, Ordering::Relaxed);
            std::thread::sleep(std::time::Duration::from_millis(200));
            scratch::remove_unfinished();
            std::process::exit(128 + signal);
        }
    });
    if listens.is_ok() {
        at_once.store(false, Ordering::SeqCst);
    }
}

/// Other systems end the process themselves.
#[cfg(not(unix))]
pub fn tidy_first() {}

/// Other systems end the process themselves.
#[cfg(not(unix))]
pub fn listen() -> std::io::Result<()> {
    Ok(())
}
