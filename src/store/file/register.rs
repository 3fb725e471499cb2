//! Where temporary files were made away from the school's file: a list beside it, so that the next writing command finds
//! those of a dead program wherever they are.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

const NAME: &str = ".fil-scratch";

/// The list of one folder; it is there only while it has a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Register(PathBuf);

impl Register {
    /// The list beside the files of this folder.
    pub(super) fn of(home: &Path) -> Register {
        Register(home.join(NAME))
    }

    /// The list for something made in a folder; `None` for what lies beside the school's file anyway.
    pub(super) fn for_what_lies_in(home: &Path, folder: &Path) -> Option<Register> {
        (fs::canonicalize(folder).ok()? != home).then(|| Register::of(home))
    }

    /// The paths on the list.
    pub(super) fn entries(&self) -> Vec<PathBuf> {
        paths(&fs::read(&self.0).unwrap_or_default())
    }

    /// Adds a path, where the list can be written.
    pub(super) fn enter(&self, path: &Path) {
        let (Some(line), Some(mut file)) = (line(path), self.held(true)) else { return };
        let written = file.seek(SeekFrom::End(0)).and_then(|_| file.write_all(&line));
        drop(file);
        if written.is_err() {
            // An empty list is none.
            self.forget_the_gone();
        }
    }

    /// Takes a path off.
    pub(super) fn leave(&self, path: &Path) {
        let Some(gone) = absolute(path) else { return };
        self.keep(|path| *path != gone);
    }

    /// Takes off what is no longer there.
    pub(super) fn forget_the_gone(&self) {
        if self.0.exists() {
            self.keep(|path| fs::symlink_metadata(path).is_ok());
        }
    }

    fn keep(&self, stays: impl Fn(&PathBuf) -> bool) {
        let Some(mut file) = self.held(false) else { return };
        let mut bytes = Vec::new();
        if file.read_to_end(&mut bytes).is_err() {
            return;
        }
        let left: Vec<u8> =
            paths(&bytes).iter().filter(|path| stays(path)).filter_map(|path| line(path)).flatten().collect();
        if left.is_empty() {
            let _ = fs::remove_file(&self.0);
        } else if left.len() < bytes.len() {
            let written = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(&left));
            let _ = written.and_then(|()| file.set_len(left.len() as u64));
        }
    }

    /// The list, locked; `None` when it cannot be written, or others have it for too long.
    fn held(&self, make: bool) -> Option<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(make);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        for _ in 0..100 {
            let file = options.open(&self.0).ok()?;
            if file.try_lock().is_err() {
                std::thread::sleep(Duration::from_millis(5));
            } else if is_still(&self.0, &file) {
                return Some(file);
            }
        }
        None
    }
}

/// A path with its folder followed to where it really is.
fn absolute(path: &Path) -> Option<PathBuf> {
    Some(
        fs::canonicalize(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
            .ok()?
            .join(path.file_name()?),
    )
}

/// A line ends with a zero, which no path holds.
fn line(path: &Path) -> Option<Vec<u8>> {
    let mut line = absolute(path)?.to_str()?.as_bytes().to_vec();
    line.push(0);
    Some(line)
}

fn paths(bytes: &[u8]) -> Vec<PathBuf> {
    let lines = bytes.split(|b| *b == 0).filter_map(|line| std::str::from_utf8(line).ok());
    lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect()
}

/// Whether the path still leads to this open file.
#[cfg(unix)]
pub(super) fn is_still(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((fs::symlink_metadata(path), file.metadata()), (Ok(now), Ok(held)) if same(&now, &held))
}

#[cfg(not(unix))]
pub(super) fn is_still(path: &Path, _: &File) -> bool {
    fs::symlink_metadata(path).is_ok()
}
