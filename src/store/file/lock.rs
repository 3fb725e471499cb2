//! The lock beside a school file, `fil.db.lock`: shared by every command that has the file open, held alone by what
//! replaces or rewrites the whole of it. It stays there, empty, and is worth nothing while no program holds it.

use super::failure::in_use;
use super::once::{Handle, Handles};
use crate::domain::Refusal;
use crate::text;
use anyhow::Result;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;

/// How often it is tried, and how many times: ten seconds, as long as for the database's own lock.
const PAUSE: Duration = Duration::from_millis(5);
const TRIES: usize = 2_000;
/// How many times somebody who would share it lets pass whoever waits to have it alone.
const LETS_PASS: usize = 200;

static LOCKS: Handles = Handles::new();

/// A part in the lock of a file.
#[derive(Debug, Clone)]
pub struct Shared {
    _handle: Arc<Handle>,
}

/// The whole lock of a file: no other program has the file open. It is shared again when this is dropped.
#[derive(Debug)]
pub struct Alone(Arc<Handle>);

/// Whether the lock is made where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It is made: the file is the school's.
    Made,
    /// It is left away: the file is a copy that is only looked at.
    LeftAway,
}

/// Where the lock of a file lies.
pub fn lock_of(base: &Path) -> PathBuf {
    let mut name = base.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Takes part in the lock; `None` where there is none and none can be made, as in a folder that may only be read.
pub fn share(base: &Path, missing: Missing) -> Result<Option<Shared>> {
    let Some(handle) = handle(base, missing)? else { return Ok(None) };
    if handle.held.load(Ordering::SeqCst) {
        return Ok(Some(Shared { _handle: handle }));
    }
    for n in 0..TRIES {
        let somebody_waits = n < LETS_PASS && handle.file.metadata().is_ok_and(|meta| meta.len() > 0);
        if !somebody_waits && handle.file.try_lock_shared().is_ok() {
            // Whoever was waited for has it no more, or ended without saying so.
            if n >= LETS_PASS {
                let _ = handle.file.set_len(0);
            }
            handle.held.store(true, Ordering::SeqCst);
            return Ok(Some(Shared { _handle: handle }));
        }
        sleep(PAUSE);
    }
    Err(in_use(base).into())
}

/// Takes the whole lock, once nobody else has a part in it.
pub fn alone(base: &Path) -> Result<Option<Alone>> {
    let Some(handle) = handle(base, Missing::Made)? else { return Ok(None) };
    for n in 0..TRIES {
        if handle.file.try_lock().is_ok() {
            let _ = handle.file.set_len(0);
            handle.held.store(true, Ordering::SeqCst);
            return Ok(Some(Alone(handle)));
        }
        if n == 0 {
            // A part that this process had is lost by asking for the whole.
            handle.held.store(false, Ordering::SeqCst);
            let _ = handle.file.set_len(1);
        }
        sleep(PAUSE);
    }
    let _ = handle.file.set_len(0);
    Err(in_use(base).into())
}

impl Drop for Alone {
    fn drop(&mut self) {
        let _ = self.0.file.lock_shared();
    }
}

/// The lock's file, private and never a link; nothing where the folder or another account's lock does not allow it.
fn handle(base: &Path, missing: Missing) -> Result<Option<Arc<Handle>>> {
    let path = lock_of(base);
    let found = LOCKS.of(&path, || open(&path, missing));
    match found {
        Ok(handle) => Ok(Some(handle)),
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Ok(None),
            _ => {
                let lock = path.display();
                Err(anyhow::Error::new(error).context(
                    Refusal::failure(text!("{lock} n'est pas un verrou de Fil", "{lock} is not a lock of Fil"))
                        .hint(text!("Déplacez-le ailleurs, puis recommencez.", "Move it elsewhere, then try again.")),
                ))
            }
        },
    }
}

fn open(path: &Path, missing: Missing) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(missing == Missing::Made);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        options.mode(0o600).custom_flags(flags.cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(base: &Path) -> File {
        OpenOptions::new().read(true).write(true).open(lock_of(base)).unwrap()
    }

    #[test]
    fn many_share_it_and_one_has_it_alone() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("fil.db");
        assert!(share(&base, Missing::LeftAway).unwrap().is_none());
        let part = share(&base, Missing::Made).unwrap().unwrap();
        assert!(other(&base).try_lock_shared().is_ok());
        assert!(other(&base).try_lock().is_err());
        drop(part);
        let whole = alone(&base).unwrap().unwrap();
        assert!(other(&base).try_lock_shared().is_err());
        // What this process opens meanwhile has its part in it.
        let part = share(&base, Missing::Made).unwrap().unwrap();
        drop(whole);
        assert!(other(&base).try_lock_shared().is_ok());
        assert!(other(&base).try_lock().is_err());
        drop(part);
        assert!(other(&base).try_lock().is_ok());
        assert_eq!(std::fs::metadata(lock_of(&base)).unwrap().len(), 0);
    }

    #[test]
    fn who_waits_to_be_alone_is_let_pass_but_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("fil.db");
        // Left by a program that ended while it waited.
        std::fs::write(lock_of(&base), "x").unwrap();
        share(&base, Missing::Made).unwrap().unwrap();
        assert_eq!(std::fs::metadata(lock_of(&base)).unwrap().len(), 0);
    }
}
