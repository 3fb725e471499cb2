//! A folder put in the place of another whose other files stay: whole at every moment, and finished by whoever finds it
//! half done.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// In a temporary folder: the name of the folder that is replaced and of the files that are the old or the new one's.
/// Whatever else is found there is somebody's own and goes to the new folder.
const PLAN: &str = ".plan";
/// Where the old folder stands while two folders cannot change places at once.
const OLD: &str = "old";

/// A swap that could not be done whole.
#[derive(Debug)]
pub enum Halted {
    /// Nothing was replaced.
    Before(io::Error),
    /// The new folder is in place; files that are none of it stayed in this folder.
    After(PathBuf, io::Error),
}

/// Puts the folder `scratch/name` in the place of its namesake beside `scratch`. The files named `own` of the old folder
/// go; whatever else it holds comes over.
pub fn replace(scratch: &Path, target: &Path, own: &BTreeSet<String>) -> Result<(), Halted> {
    let name = target.file_name().unwrap_or_default();
    let fresh = scratch.join(name);
    let plan = plan(scratch, target, &fresh, own);
    let swapped = plan.and_then(|own| put_in_place(&fresh, target, &scratch.join(OLD)).map(|old| (old, own)));
    let (old, own) = swapped.map_err(Halted::Before)?;
    bring_over(&old, target, &own).map_err(|error| Halted::After(old.clone(), error))?;
    clear(&old, &own);
    let _ = fs::remove_file(scratch.join(PLAN));
    Ok(())
}

/// Whether a temporary folder may hold what is somebody's own.
pub(super) fn is_under_way(scratch: &Path) -> bool {
    fs::symlink_metadata(scratch.join(PLAN)).is_ok()
}

/// Finishes a swap that was cut, then removes the temporary folder.
pub(super) fn finish(scratch: &Path) -> io::Result<()> {
    let plan = fs::read_to_string(scratch.join(PLAN))?;
    let mut names = plan.split('\0').filter(|name| !name.is_empty());
    let Some(name) = names.next() else { return fs::remove_dir_all(scratch) };
    let own: BTreeSet<String> = names.map(str::to_owned).collect();
    let target = scratch.parent().unwrap_or(Path::new(".")).join(name);
    let (fresh, old) = (scratch.join(name), scratch.join(OLD));
    if !target.exists() {
        fs::rename(if fresh.exists() { &fresh } else { &old }, &target)?;
    }
    for rest in [fresh, old].iter().filter(|rest| rest.is_dir()) {
        bring_over(rest, &target, &own)?;
        clear(rest, &own);
    }
    fs::remove_file(scratch.join(PLAN))?;
    fs::remove_dir(scratch)
}

/// Writes down what is the report's, old and new, before anything moves.
fn plan(scratch: &Path, target: &Path, fresh: &Path, own: &BTreeSet<String>) -> io::Result<BTreeSet<String>> {
    let mut own = own.clone();
    for entry in fs::read_dir(fresh)? {
        own.extend(entry?.file_name().into_string());
    }
    let Some(name) = target.file_name().and_then(OsStr::to_str) else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut text = name.to_owned();
    for name in &own {
        text.push('\0');
        text.push_str(name);
    }
    // Under another name until it is whole: half a plan would take the report's own files for somebody's.
    let draft = scratch.join(".draft");
    let mut file = File::create_new(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, scratch.join(PLAN))?;
    Ok(own)
}

/// Moves what is not the report's from the old folder into the new one.
fn bring_over(old: &Path, target: &Path, own: &BTreeSet<String>) -> io::Result<()> {
    let mut moved = false;
    for entry in fs::read_dir(old)? {
        let name = entry?.file_name();
        if name.to_str().is_some_and(|name| own.contains(name)) {
            continue;
        }
        let place = target.join(&name);
        if fs::symlink_metadata(&place).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(old.join(&name), place)?;
        moved = true;
    }
    // In their new place for good before the old folder goes.
    if moved { File::open(target)?.sync_all() } else { Ok(()) }
}

/// Removes these files and then the folder, which stays when anything else is in it.
fn clear(folder: &Path, names: &BTreeSet<String>) {
    for name in names {
        let _ = fs::remove_file(folder.join(name));
    }
    let _ = fs::remove_dir(folder);
}

/// Names the new folder; the old one leaves only once the new one is whole. Gives where the old one is now.
fn put_in_place(fresh: &Path, target: &Path, old: &Path) -> io::Result<PathBuf> {
    if exchanged(fresh, target) {
        return Ok(fresh.to_owned());
    }
    fs::rename(target, old)?;
    fs::rename(fresh, target).inspect_err(|_| {
        let _ = fs::rename(old, target);
    })?;
    Ok(old.to_owned())
}

/// Gives two files or folders each other's name at once, so that no moment is without one; not every system can.
#[cfg(target_os = "linux")]
pub(super) fn exchanged(fresh: &Path, target: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of `a` and `b` that takes the place of one of `a` with somebody's `mine` beside it.
    struct Half {
        dir: tempfile::TempDir,
    }

    impl Half {
        fn new() -> Half {
            let half = Half { dir: tempfile::tempdir().unwrap() };
            for (name, text) in [("r/a", "old"), ("r/mine", "mine"), (".fil-1-1/r/a", "new"), (".fil-1-1/r/b", "new")] {
                let path = half.path(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            half
        }
        fn path(&self, name: &str) -> PathBuf {
            self.dir.path().join(name)
        }
        fn scratch(&self) -> PathBuf {
            self.path(".fil-1-1")
        }
        fn planned(self) -> Half {
            let own = BTreeSet::from(["a".to_owned()]);
            plan(&self.scratch(), &self.path("r"), &self.scratch().join("r"), &own).unwrap();
            self
        }
        #[track_caller]
        fn holds(&self, name: &str, text: Option<&str>) {
            assert_eq!(fs::read_to_string(self.path(name)).ok().as_deref(), text, "{name}");
        }
        #[track_caller]
        fn finished(&self, report: &str) {
            finish(&self.scratch()).unwrap();
            self.holds("r/a", Some(report));
            self.holds("r/b", (report == "new").then_some("new"));
            self.holds("r/mine", Some("mine"));
            assert!(!self.scratch().exists());
        }
    }

    #[test]
    fn a_swap_takes_over_what_is_not_the_reports() {
        let half = Half::new();
        replace(&half.scratch(), &half.path("r"), &BTreeSet::from(["a".to_owned()])).unwrap();
        half.holds("r/a", Some("new"));
        half.holds("r/mine", Some("mine"));
    }

    #[test]
    fn a_swap_that_was_cut_anywhere_is_finished_and_nothing_of_others_is_lost() {
        Half::new().planned().finished("old");
        let half = Half::new().planned();
        put_in_place(&half.scratch().join("r"), &half.path("r"), &half.scratch().join(OLD)).unwrap();
        half.finished("new");
        let half = Half::new().planned();
        fs::rename(half.path("r"), half.scratch().join(OLD)).unwrap();
        half.finished("new");
        let half = Half::new().planned();
        fs::rename(half.path("r"), half.scratch().join(OLD)).unwrap();
        fs::rename(half.scratch().join("r"), half.path("r")).unwrap();
        half.finished("new");
    }
}
