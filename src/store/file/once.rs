//! What this process has open of a file: one handle for all that ask, because closing a second one would drop the locks
//! that the database holds on the file.

use std::fs::{File, Metadata};
use std::io::Result;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// One handle on a file, shared inside this process.
#[derive(Debug)]
pub(super) struct Handle {
    /// The open file.
    pub file: File,
    /// Whether this process holds what it opened the file for: a part in a lock, or all of it.
    pub held: AtomicBool,
    id: Option<Id>,
}

/// What tells a file from every other while it is open.
type Id = (u64, u64);

/// The handles of one sort, by file.
pub(super) struct Handles(Mutex<Vec<Weak<Handle>>>);

impl Handles {
    /// None is open yet.
    pub const fn new() -> Handles {
        Handles(Mutex::new(Vec::new()))
    }

    /// The handle of the file at a path, opened by `open` when this process has none.
    pub fn of(&self, path: &Path, open: impl FnOnce() -> Result<File>) -> Result<Arc<Handle>> {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        list.retain(|handle| handle.strong_count() > 0);
        let id = std::fs::metadata(path).ok().and_then(|meta| id(&meta));
        let known = list.iter().filter_map(Weak::upgrade).find(|handle| id.is_some() && handle.id == id);
        if let Some(handle) = known {
            return Ok(handle);
        }
        let file = open()?;
        let handle = Arc::new(Handle { id: self::id(&file.metadata()?), held: AtomicBool::new(false), file });
        list.push(Arc::downgrade(&handle));
        Ok(handle)
    }
}

#[cfg(unix)]
fn id(meta: &Metadata) -> Option<Id> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

/// Elsewhere locks belong to the handle that took them, and nothing is shared.
#[cfg(not(unix))]
fn id(_: &Metadata) -> Option<Id> {
    None
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use super::*;

    #[cfg(unix)]
    #[test]
    fn two_names_of_a_file_share_one_handle_until_nobody_holds_it() {
        static HANDLES: Handles = Handles::new();
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        std::fs::write(&one, "x").unwrap();
        std::fs::hard_link(&one, &two).unwrap();
        let first = HANDLES.of(&one, || File::open(&one)).unwrap();
        let second = HANDLES.of(&two, || panic!("opened twice")).unwrap();
        assert!(Arc::ptr_eq(&first, &second));
        drop((first, second));
        let mut opened = false;
        HANDLES
            .of(&two, || {
                opened = true;
                File::open(&two)
            })
            .unwrap();
        assert!(opened);
    }
}
