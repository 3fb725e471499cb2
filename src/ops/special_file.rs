//! What is no regular file (a pipe, a device, a folder): called by its name, never read, and written to once or not at all.

use crate::domain::{Refusal, Text};
use crate::text;
use anyhow::{Context as _, Result, bail};
use std::fs::{self, Metadata};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// The bytes of a regular file. Anything else is an error: a pipe might never end, a device neither.
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() { fs::read(path) } else { Err(Error::from(ErrorKind::InvalidInput)) }
}

/// What something is that is no regular file.
pub fn what_it_is(found: &Metadata) -> Text {
    if found.is_dir() {
        return text!("un dossier", "a directory");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = found.file_type();
        if kind.is_fifo() {
            return text!("un tube (FIFO)", "a pipe (FIFO)");
        }
        if kind.is_socket() {
            return text!("une prise réseau (socket)", "a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return text!("un périphérique", "a device");
        }
    }
    text!("autre chose", "something else")
}

/// Writes once to a pipe that somebody reads, or to a device such as `/dev/stdout`.
#[cfg(unix)]
pub fn write(path: &Path, found: &Metadata, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
    let kind = found.file_type();
    if !kind.is_fifo() && !kind.is_char_device() {
        bail!(refused(path, found));
    }
    // Opening a pipe without a reader, or writing to a full one, must not wait for ever.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let opened = fs::OpenOptions::new().write(true).custom_flags(flags.bits() as i32).open(path);
    let mut target = match opened {
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) => bail!(unread(path)),
        opened => opened.with_context(|| not_written(path))?,
    };
    let (mut rest, mut waited) = (bytes, 0);
    while !rest.is_empty() {
        match target.write(rest) {
            Ok(0) => bail!(anyhow::Error::new(Error::from(ErrorKind::WriteZero)).context(not_written(path))),
            Ok(written) => (rest, waited) = (&rest[written..], 0),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock && waited < PATIENCE => {
                waited += 1;
                std::thread::sleep(PAUSE);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => bail!(unread(path)),
            Err(error) => return Err(error).with_context(|| not_written(path)),
        }
    }
    Ok(())
}

/// Ten seconds without a byte taken, in pauses.
#[cfg(unix)]
const PATIENCE: usize = 1_000;
#[cfg(unix)]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(10);

#[cfg(unix)]
fn unread(path: &Path) -> Refusal {
    let file = path.display();
    Refusal::failure(text!("personne ne lit à l'autre bout de « {file} »", "nobody reads at the other end of “{file}”"))
        .hint(text!("Donnez un nom de fichier.", "Give the name of a file."))
}

/// Other systems have no such targets among their files.
#[cfg(not(unix))]
pub fn write(path: &Path, found: &Metadata, _: &[u8]) -> Result<()> {
    bail!(refused(path, found))
}

/// A file that is not there, or not whole.
pub(super) fn not_written(path: &Path) -> Text {
    let file = path.display();
    text!("« {file} » n'a pas pu être écrit", "“{file}” could not be written")
}

fn refused(path: &Path, found: &Metadata) -> Refusal {
    let (file, what) = (path.display(), what_it_is(found));
    Refusal::failure(
        text!("« {file} » n'est pas un fichier : c'est {what}", "“{file}” is not a file: it is {what}"; what),
    )
    .hint(text!("Donnez un autre nom : -o", "Give another name: -o"))
}
