//! When the content of the file was last found to be what the program wrote: remembered beside the bytes of the file, in an
//! attribute of it, so that a read changes neither the file nor its folder. Where a system keeps no attributes, or the file
//! is somebody else's, nothing is remembered and the content is looked at each time.

use std::path::Path;

/// How a file looks from outside: its size and the moment of its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outside(String);

impl Outside {
    /// That of a file; none where the system does not tell it to the nanosecond.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Outside> {
        use std::os::unix::fs::MetadataExt;
        let meta = std::fs::metadata(path).ok()?;
        Some(Outside(format!("{} {}.{:09}", meta.size(), meta.mtime(), meta.mtime_nsec())))
    }

    #[cfg(not(unix))]
    pub fn of(_: &Path) -> Option<Outside> {
        None
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
const NAME: &str = "user.fil.checked";

/// Whether the content was found right when the file looked like this.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) fn is_checked(path: &Path, outside: &Outside) -> bool {
    let mut kept = [0; 64];
    rustix::fs::getxattr(path, NAME, &mut kept).is_ok_and(|size| kept[..size] == *outside.0.as_bytes())
}

/// Remembers that the content was right when the file looked like this; it is no fault when it cannot be.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) fn remember(path: &Path, outside: &Outside) {
    let _ = rustix::fs::setxattr(path, NAME, outside.0.as_bytes(), rustix::fs::XattrFlags::empty());
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn is_checked(_: &Path, _: &Outside) -> bool {
    false
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn remember(_: &Path, _: &Outside) {}

/// Whether the content of the file was right as it is now: asked before a write.
pub(crate) fn is_right(path: &Path) -> bool {
    Outside::of(path).is_some_and(|outside| is_checked(path, &outside))
}

/// After a write to a file whose content was right, it is right again.
pub(crate) fn stays_right(path: &Path) {
    if let Some(outside) = Outside::of(path) {
        remember(path, &outside);
    }
}
