//! Temporary files: named by us, held by a lock while their program lives, removed by a signal, and swept by the next
//! writing command once the program that made them is dead.

use super::on_disk::folder_of;
use super::register::{Register, is_still};
use super::swap;
use std::cell::RefCell;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tempfile::TempPath;

/// What every temporary name begins with.
const PREFIX: &str = ".fil-";
/// Where a lock cannot tell whether the owner lives, what is younger than this is left alone.
const YOUNG: Duration = Duration::from_secs(60 * 60);
/// Folders beside the school's file where its copies and reports go unless another place is named.
const USUAL: [&str; 2] = ["backups", "exports"];

static UNDER_WAY: Mutex<Vec<UnderWay>> = Mutex::new(Vec::new());
/// Whether the program is about to end: nothing temporary is made any more.
static ENDS: AtomicBool = AtomicBool::new(false);
static PREPARE: OnceLock<fn()> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

thread_local! {
    /// The school's file that the command running on this thread works for.
    static HOME: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// A temporary path that must not outlive an interruption, and where it is registered.
#[derive(Debug, Clone)]
struct UnderWay {
    path: PathBuf,
    register: Option<Register>,
}

/// Has this called whenever a temporary file is made, so that the program hears of interruptions from then on.
pub fn before_the_first(prepare: fn()) {
    let _ = PREPARE.set(prepare);
}

/// From now on, temporary files that this thread makes away from the school's file are registered beside it.
pub fn work_for(base: &Path) {
    HOME.with_borrow_mut(|home| *home = Some(base.to_owned()));
}

/// Removes every temporary file and folder under way, because the program is about to end.
pub fn remove_unfinished() {
    let all: Vec<UnderWay> = {
        let mut list = under_way();
        ENDS.store(true, Ordering::SeqCst);
        list.drain(..).collect()
    };
    for UnderWay { path, register } in all {
        // The work may still be adding to a folder while it goes.
        let gone = (0..20).any(|_| match remove(&path) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            Err(_) => {
                std::thread::sleep(Duration::from_millis(5));
                false
            }
        });
        if let Some(register) = register.filter(|_| gone) {
            register.leave(&path);
        }
    }
}

fn under_way() -> MutexGuard<'static, Vec<UnderWay>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file or folder; it is removed when dropped, unless it got its name.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    /// Its lock is free once no program holds it.
    lock: Option<File>,
}

impl Scratch {
    /// A new private file in a folder, and the handle to write it.
    pub fn file(folder: &Path) -> io::Result<(Scratch, File)> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        loop {
            let (mut scratch, file) = claim(folder, ".tmp", |path| options.open(path))?;
            if let Some(lock) = hold(&scratch.path, file.try_clone()) {
                scratch.lock = lock;
                return Ok((scratch, file));
            }
        }
    }

    /// A new private folder in a folder.
    pub fn folder(folder: &Path) -> io::Result<Scratch> {
        loop {
            let (mut scratch, ()) = claim(folder, "", |path| {
                let mut builder = fs::DirBuilder::new();
                #[cfg(unix)]
                std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
                builder.create(path)
            })?;
            if let Some(lock) = hold(&scratch.path, open_to_lock(&scratch.path)) {
                scratch.lock = lock;
                return Ok(scratch);
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives a file its name, in the place of what has it.
    pub fn persist(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
    }

    /// Gives a file its name, unless something has it.
    pub fn persist_new(self, target: &Path) -> io::Result<()> {
        let named = TempPath::try_from_path(&self.path)?;
        named.persist_noclobber(target).map_err(|refused| {
            // What could not be named is ours to remove.
            let _ = refused.path.keep();
            refused.error
        })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let found = {
            let mut all = under_way();
            let at = all.iter().position(|one| one.path == self.path);
            at.map(|at| all.swap_remove(at))
        };
        // Taken off the list by a signal: whoever does that removes it too.
        let Some(UnderWay { path, register }) = found else { return };
        let _ = remove(&path);
        drop(self.lock.take());
        if let Some(register) = register.filter(|_| !is_there(&path)) {
            register.leave(&path);
        }
    }
}

/// The real folder of a school's file, which need not be there yet.
fn home_of(base: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(base).ok().and_then(|real| real.parent().map(Path::to_owned));
    folder.or_else(|| fs::canonicalize(folder_of(base)).ok())
}

/// Takes a free name in a folder, on the list of what is under way before it exists.
fn claim<T>(folder: &Path, ending: &str, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Scratch, T)> {
    if let Some(prepare) = PREPARE.get() {
        prepare();
    }
    let home = HOME.with_borrow(|base| home_of(base.as_deref()?));
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{number}{ending}", std::process::id()));
        let register = home.as_deref().and_then(|home| Register::for_what_lies_in(home, folder));
        {
            let mut list = under_way();
            if ENDS.load(Ordering::SeqCst) {
                return Err(ErrorKind::Interrupted.into());
            }
            list.push(UnderWay { path: path.clone(), register: register.clone() });
        }
        if let Some(register) = &register {
            register.enter(&path);
        }
        match make(&path) {
            Ok(made) => return Ok((Scratch { path, lock: None }, made)),
            Err(error) => {
                under_way().retain(|one| one.path != path);
                // Another program's, where the number of a process comes back.
                if error.kind() != ErrorKind::AlreadyExists {
                    if let Some(register) = register {
                        register.leave(&path);
                    }
                    return Err(error);
                }
            }
        }
    }
}

/// Locks what was just made; `None` when a sweep took it away in between. Without locks it goes by its age.
fn hold(path: &Path, file: io::Result<File>) -> Option<Option<File>> {
    let Ok(file) = file else { return Some(None) };
    match file.try_lock() {
        Ok(()) if is_still(path, &file) => Some(Some(file)),
        Ok(()) | Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(_)) => Some(None),
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Opens a file or a folder only to lock it.
fn open_to_lock(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path)? {
        found if found.is_dir() && swap::is_under_way(path) => swap::finish(path),
        found if found.is_dir() => fs::remove_dir_all(path),
        _ => fs::remove_file(path),
    }
}

/// Whether a name is one that the program gives to temporary files: by the number of its process, or as older versions
/// named them.
fn is_ours(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else { return false };
    let (stem, is_file) = rest.strip_suffix(".tmp").map_or((rest, false), |stem| (stem, true));
    let all = |text: &str, fits: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(fits);
    let drawn = |text: &str| text.len() == 6 && all(text, u8::is_ascii_alphanumeric);
    let numbered = stem
        .split_once('-')
        .is_some_and(|(process, number)| all(process, u8::is_ascii_digit) && all(number, u8::is_ascii_digit));
    let older = ["backup-", "restore-"].iter().any(|what| stem.strip_prefix(what).is_some_and(drawn));
    numbered || older || is_file && drawn(stem)
}

/// Temporary files and folders that dead programs left, for a school's file: beside it, in its usual folders, and where
/// the register says.
fn left(base: &Path) -> (Vec<PathBuf>, Option<Register>) {
    let Some(home) = home_of(base) else { return (Vec::new(), None) };
    let register = Register::of(&home);
    let mut paths = register.entries();
    let folders = std::iter::once(home.clone()).chain(USUAL.iter().map(|name| home.join(name)));
    for folder in folders {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        paths.extend(entries.filter(|entry| entry.file_name().to_str().is_some_and(is_ours)).map(|entry| entry.path()));
    }
    paths.retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_ours));
    paths.sort();
    paths.dedup();
    (paths, Some(register))
}

/// What dead programs left of a school's people, whatever its age: temporary files and folders that hold something.
pub fn leftovers(base: &Path) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some()),
        Ok(found) => found.len() > 0,
        Err(_) => false,
    };
    left(base).0.into_iter().filter(|path| dead(path).is_some() && holds(path)).collect()
}

/// Removes what dead programs left for a school's file.
pub fn sweep(base: &Path) {
    let (paths, register) = left(base);
    for path in &paths {
        if let Some(_lock) = dead(path) {
            let _ = remove(path);
        }
    }
    if let Some(register) = register {
        register.forget_the_gone();
    }
}

/// Removes what dead programs left in a folder, where a new temporary file is about to be made.
pub fn sweep_folder(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
        if let Some(_lock) = dead(&entry.path()) {
            let _ = remove(&entry.path());
        }
    }
}

/// Whether the program that made something is dead, as its free lock tells; gives the lock, or only the news where locks
/// do not work and an hour has passed.
fn dead(path: &Path) -> Option<Option<File>> {
    let found = fs::symlink_metadata(path).ok()?;
    if !(found.is_file() || found.is_dir()) || !is_own(&found) {
        return None;
    }
    let old = || found.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > YOUNG);
    match open_to_lock(path).map(|file| (file.try_lock(), file)) {
        Ok((Ok(()), file)) => is_still(path, &file).then_some(Some(file)),
        Ok((Err(TryLockError::WouldBlock), _)) => None,
        Ok((Err(TryLockError::Error(_)), _)) | Err(_) => old().then_some(None),
    }
}

#[cfg(unix)]
fn is_own(found: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(found) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ours_are_told_from_others() {
        for ours in [".fil-12-3", ".fil-12-3.tmp", ".fil-backup-a1B2c3", ".fil-restore-a1B2c3", ".fil-a1B2c3.tmp"] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in
            [".fil-", ".fil-config", ".fil-1-", ".fil--1", ".fil-1-1.bak", "fil-1-1", ".fil-scratch", ".fil-1-é"]
        {
            assert!(!is_ours(other), "{other}");
        }
    }

    #[test]
    fn what_lives_stays_and_what_is_dead_goes_even_far_from_the_file() {
        let (home, far) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let base = home.path().join("fil.db");
        fs::write(&base, "").unwrap();
        work_for(&base);
        let scratch = Scratch::folder(far.path()).unwrap();
        fs::write(scratch.path().join("copy.db"), "names").unwrap();
        let path = scratch.path().to_owned();
        sweep(&base);
        assert!(path.exists() && leftovers(&base).is_empty());
        // As after a kill: nobody tidies, the lock is free.
        under_way().retain(|one| one.path != path);
        drop(scratch);
        assert_eq!(leftovers(&base), [fs::canonicalize(&path).unwrap()]);
        sweep(&base);
        assert!(!path.exists());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "the list goes with its last line");
    }

    #[test]
    fn a_file_gets_its_name_or_goes() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a");
        let scratch = || Scratch::file(folder.path()).unwrap().0;
        scratch().persist_new(&target).unwrap();
        assert_eq!(scratch().persist_new(&target).unwrap_err().kind(), ErrorKind::AlreadyExists);
        scratch().persist(&target).unwrap();
        drop(scratch());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
