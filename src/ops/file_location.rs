//! Where a school file lies: in a folder that another program copies, on another machine, or beside conflict copies.

use crate::domain::folding::fold;
use std::path::{Component, Path, PathBuf, Prefix};

/// A place where a school file is at risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder that this program keeps the same on several machines: it copies half-written files.
    Synced(&'static str),
    /// A file system of another machine, by its type: locks may not hold there.
    Network(String),
}

/// Folder names (folded) that a synchronisation program gives, and whether more may follow the name.
const FOLDERS: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("icloud drive", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("mon drive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("kdrive", "kDrive"),
    ("pcloud drive", "pCloud"),
    ("pclouddrive", "pCloud"),
];

/// Files that a synchronisation program leaves in the folder that it watches; not `.dropbox`, which is also the folder of
/// its settings in the home folder.
const MARKERS: &[(&str, &str)] = &[
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync_journal.db", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"),
    (".tmp.drivedownload", "Google Drive"),
];

/// Types of file systems that lie on another machine.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "davfs",
    "fuse.davfs2",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "lustre",
    "ncpfs",
];

/// The risk of the place of a file, which need not exist yet; `None` = none is known.
pub fn risk(file: &Path) -> Option<Place> {
    let folder = real_folder(file);
    if let Some(program) = synced(&folder) {
        return Some(Place::Synced(program));
    }
    if is_surely_local(&folder) {
        return None;
    }
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    network(&folder, &mounts).map(Place::Network)
}

/// Whether the file system of a folder is one of those of a disk of this machine, which one question tells; the list of
/// all that is mounted, long to write for the system, tells the others apart.
#[cfg(target_os = "linux")]
fn is_surely_local(folder: &Path) -> bool {
    // ext2 to ext4, XFS, Btrfs, F2FS, tmpfs, by the numbers that they bear in the kernel (`linux/magic.h`).
    const LOCAL: [u64; 5] = [0xef53, 0x5846_5342, 0x9123_683e, 0xf2f5_2010, 0x0102_1994];
    rustix::fs::statfs(folder).is_ok_and(|found| LOCAL.contains(&(found.f_type as u64)))
}

#[cfg(not(target_os = "linux"))]
fn is_surely_local(_: &Path) -> bool {
    false
}

/// The folder of a file, links followed as far as it exists.
pub fn real_folder(file: &Path) -> PathBuf {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let file = std::fs::canonicalize(file).ok();
    let followed = file.as_deref().and_then(Path::parent).map(Path::to_owned);
    followed.or_else(|| std::fs::canonicalize(folder).ok()).unwrap_or_else(|| folder.to_owned())
}

/// The program that keeps a folder the same on several machines, by the names of the folders above or by what it left.
fn synced(folder: &Path) -> Option<&'static str> {
    let by_name = folder.components().find_map(|part| match part {
        Component::Normal(name) => program_of(&fold(&name.to_string_lossy())),
        _ => None,
    });
    by_name.or_else(|| {
        folder.ancestors().find_map(|above| {
            MARKERS.iter().find(|(marker, _)| above.join(marker).exists()).map(|(_, program)| *program)
        })
    })
}

/// `OneDrive - École`, `Dropbox (École)` and `GoogleDrive-a@b.fr` are such folders; `dropbox-export` and `my drivers` not.
fn program_of(name: &str) -> Option<&'static str> {
    let fits = |rest: &str| {
        let account = rest.strip_prefix('-').is_some_and(|account| account.contains('@') || account == "personal");
        rest.is_empty() || rest.starts_with(" - ") || rest.starts_with(" (") || account
    };
    FOLDERS.iter().find(|(folder, _)| name.strip_prefix(folder).is_some_and(fits)).map(|(_, program)| *program)
}

/// The type of the file system under a folder when it is one of another machine.
fn network(folder: &Path, mounts: &str) -> Option<String> {
    if let Some(Component::Prefix(prefix)) = folder.components().next()
        && matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    {
        return Some("smb".to_owned());
    }
    let mount = |line: &str| {
        let (left, right) = line.split_once(" - ")?;
        let point = PathBuf::from(unescaped(left.split(' ').nth(4)?));
        let kind = right.split(' ').next()?.to_owned();
        folder.starts_with(&point).then(|| (point.components().count(), kind))
    };
    // The deepest mount holds the folder; of two on one point the later covers the earlier.
    let found: Option<(usize, String)> = mounts.lines().filter_map(mount).max_by_key(|(depth, _)| *depth);
    found.map(|(_, kind)| kind).filter(|kind| NETWORK.contains(&kind.as_str()))
}

/// Blanks of mount points are written `\040`.
fn unescaped(point: &str) -> String {
    point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

/// Copies that a synchronisation program made beside a file when two machines had changed it.
pub fn conflict_copies(file: &Path) -> Vec<String> {
    let Some(stem) = file.file_stem().map(|s| fold(&s.to_string_lossy())) else { return Vec::new() };
    let own = file.file_name().unwrap_or_default();
    let entries = std::fs::read_dir(real_folder(file)).into_iter().flatten().flatten();
    let names = entries.map(|e| e.file_name()).filter(|name| name != own);
    let mut copies: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| {
            let name = fold(name);
            name.starts_with(&stem) && ["conflict", "en conflit"].iter().any(|word| name.contains(word))
        })
        .collect();
    copies.sort();
    copies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_synced(folder: &str, program: Option<&str>) {
        assert_eq!(synced(Path::new(folder)), program, "{folder}");
    }

    #[test]
    fn folders_of_synchronisation_programs_are_known_by_their_names() {
        check_synced("/nowhere/OneDrive/fil", Some("OneDrive"));
        check_synced("/nowhere/OneDrive - École de la fibre", Some("OneDrive"));
        check_synced("/nowhere/Dropbox (École)/a/b", Some("Dropbox"));
        check_synced("/nowhere/CloudStorage/GoogleDrive-lea@ecole.fr/x", Some("Google Drive"));
        check_synced("/nowhere/Nextcloud", Some("Nextcloud"));
        check_synced("/nowhere/Library/Mobile Documents/com~apple~CloudDocs", Some("iCloud"));
    }

    #[test]
    fn folders_that_only_begin_so_are_not_synced() {
        for folder in ["/nowhere/dropbox-export", "/nowhere/my drivers", "/nowhere/onedrives", "/nowhere/fil", "/"] {
            check_synced(folder, None);
        }
    }

    #[test]
    fn a_marker_in_a_folder_above_tells_the_program() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        assert_eq!(risk(&deep.join("fil.db")), None);
        std::fs::create_dir(dir.path().join(".stfolder")).unwrap();
        assert_eq!(risk(&deep.join("fil.db")), Some(Place::Synced("Syncthing")));
    }

    const MOUNTS: &str = "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n\
        2 1 0:5 / /srv rw shared:1 - nfs4 server:/srv rw\n\
        3 2 8:2 / /srv/local rw - xfs /dev/sdb rw\n\
        4 1 0:6 / /mnt/le\\040partage rw - cifs //s/p rw\n";

    #[test]
    fn the_deepest_mount_decides() {
        let network = |folder: &str| network(Path::new(folder), MOUNTS);
        assert_eq!(network("/home/lea"), None);
        assert_eq!(network("/srv/fil"), Some("nfs4".to_owned()));
        assert_eq!(network("/srv/local/fil"), None);
        assert_eq!(network("/srvx"), None);
        assert_eq!(network("/mnt/le partage/fil"), Some("cifs".to_owned()));
    }

    #[test]
    fn a_later_mount_covers_an_earlier_one_on_the_same_point() {
        let mounts = format!("{MOUNTS}5 1 0:7 / / rw - nfs server:/ rw\n");
        assert_eq!(network(Path::new("/home"), &mounts), Some("nfs".to_owned()));
    }

    #[test]
    fn conflict_copies_bear_the_name_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let names = [
            "fil.db",
            "fil (conflicted copy 2018-12-05).db",
            "fil.sync-conflict-20181205-101010-ABC.db",
            "fil (Copie en conflit de Léa).db",
            "fil.db-journal",
            "autre (conflicted copy).db",
        ];
        for name in names {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let found = conflict_copies(&dir.path().join("fil.db"));
        assert_eq!(found, [names[3], names[1], names[2]]);
    }
}
