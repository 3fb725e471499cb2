//! Copies of the file that were opened and compared before they are called backups, and going back to one.

use super::connection::Access;
use super::on_disk::{folder_of, has_journal, journal_of, private};
use super::open::Store;
use super::scratch::{Scratch, sweep_folder};
use crate::domain::{Reason, Refusal};
use crate::store::file::failure::refusal_of;
use crate::text;
use anyhow::{Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

impl Store {
    /// Writes a whole copy of the file to `target`, which must not exist: copied under a temporary name, reopened,
    /// examined and compared, made private, flushed to the disk, and only then named.
    pub fn backup(&self, target: &Path) -> Result<()> {
        if target.exists() {
            let file = target.display();
            bail!(
                Refusal::failure(text!("{file} existe déjà", "{file} already exists"))
                    .why(text!("une sauvegarde n'en remplace jamais une autre", "a backup never replaces another"))
            );
        }
        self.copy_for(target)?.keep()
    }

    /// A proven copy that is temporary until it is kept under the name of `target`.
    pub fn copy_for(&self, target: &Path) -> Result<Copy> {
        let folder = folder_of(target);
        let scratch = fs::create_dir_all(folder)
            .and_then(|()| {
                sweep_folder(folder);
                Scratch::folder(folder)
            })
            .map_err(|cause| not_made(cause.into(), target))?;
        let copy = Copy { scratch, target: target.to_owned() };
        self.copy_to(&copy.path()).map_err(|cause| not_made(cause, target))?;
        Ok(copy)
    }

    fn copy_to(&self, copy: &Path) -> Result<()> {
        self.conn.execute("VACUUM INTO ?1", [copy.to_string_lossy().as_ref()])?;
        private(copy)?;
        verify(copy, Some(&self.dump()?))?;
        Ok(File::open(copy)?.sync_all()?)
    }
}

/// A proven copy of the file, which goes when dropped.
#[derive(Debug)]
pub struct Copy {
    scratch: Scratch,
    target: PathBuf,
}

impl Copy {
    fn path(&self) -> PathBuf {
        self.scratch.path().join("copy.db")
    }
    /// The name it would be kept under.
    pub fn target(&self) -> &Path {
        &self.target
    }
    /// Gives it its name, on the disk for good.
    pub fn keep(self) -> Result<()> {
        let target = &self.target;
        let named = fs::rename(self.path(), target).and_then(|()| File::open(folder_of(target))?.sync_all());
        named.map_err(|cause| not_made(cause.into(), target))
    }
}

/// A failure of the copy, told of the copy: the school's file was only read. A busy file is told as such.
fn not_made(cause: anyhow::Error, target: &Path) -> anyhow::Error {
    let refusal = cause.downcast_ref::<Refusal>().cloned().or_else(|| refusal_of(&cause, target));
    if refusal.as_ref().is_some_and(|refusal| refusal.reason == Reason::Busy) {
        return cause;
    }
    let file = target.display();
    let told =
        Refusal::failure(text!("la sauvegarde {file} n'a pas pu être faite", "the backup {file} could not be made"))
            .hint(text!(
                "Vérifiez la place et les droits du dossier, puis recommencez.",
                "Check the room and the permissions of the folder, then try again."
            ));
    match refusal {
        Some(refusal) => cause.context(told.why(refusal.what)),
        None => cause.context(told),
    }
}

/// Opens a file as a school's and examines it in full; compared with a dump when there is one.
pub fn verify(path: &Path, dump: Option<&str>) -> Result<()> {
    let examined = Store::open(path, Access::Read).and_then(|copy| {
        let same = dump.is_none_or(|wanted| copy.dump().is_ok_and(|found| found == wanted));
        Ok(copy.integrity()?.is_empty() && copy.broken_invariants()?.is_empty() && same)
    });
    let why = match examined {
        Ok(true) => return Ok(()),
        Ok(false) => text!("son contenu est incomplet ou endommagé", "its content is incomplete or damaged"),
        Err(error) => match error.downcast_ref::<Refusal>().cloned().or_else(|| refusal_of(&error, path)) {
            Some(refusal) if refusal.reason == Reason::Busy => return Err(error),
            Some(refusal) => refusal.what,
            None => return Err(error),
        },
    };
    let file = path.display();
    bail!(
        Refusal::failure(text!("{file} n'est pas une bonne sauvegarde", "{file} is not a good backup")).why(why).hint(
            text!(
                "La base n'a pas changé ; prenez une autre sauvegarde.",
                "The database has not changed; take another backup."
            )
        )
    )
}

/// Puts a verified backup in the place of the file at `place`; the file that was there is kept aside. Gives its new name.
pub fn restore(backup: &Path, place: &Path, aside: &str) -> Result<Option<PathBuf>> {
    verify(backup, None)?;
    let folder = folder_of(place);
    let (fresh, _) = Scratch::file(folder)?;
    fs::copy(backup, fresh.path())?;
    private(fresh.path())?;
    verify(fresh.path(), None)?;
    File::open(fresh.path())?.sync_all()?;
    let kept = place.exists().then(|| place.with_extension(aside));
    if let Some(kept) = &kept {
        if kept.exists() {
            let file = kept.display();
            bail!(
                Refusal::failure(text!("{file} existe déjà", "{file} already exists"))
                    .hint(text!("Rangez-le ailleurs puis recommencez.", "Move it elsewhere, then try again."))
            );
        }
        fs::hard_link(place, kept).or_else(|_| fs::copy(place, kept).map(|_| ()))?;
        // A journal left by a crash belongs to the file that goes aside, never to the one that comes.
        let journal = journal_of(place);
        if has_journal(place) {
            fs::copy(&journal, journal_of(kept))?;
        }
        let _ = fs::remove_file(&journal);
    }
    fresh.persist(place)?;
    File::open(folder)?.sync_all()?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use crate::ops::tests::School;
    use crate::store::Access;

    #[test]
    fn a_backup_holds_the_same_school_and_brings_it_back() {
        let mut school = School::open();
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.db");
        let before = school.store.dump().unwrap();
        school.store.backup(&target).unwrap();
        assert!(school.store.backup(&target).is_err());
        school.must(crate::domain::Kind::Notes, &[("trainee", "ferre-amelie"), ("date", "2018-12-05"), ("text", "x")]);
        let place = school.store.path().to_owned();
        let kept = super::restore(&target, &place, "before-restore.db").unwrap().unwrap();
        assert!(kept.exists());
        let back = super::Store::open(&place, Access::Read).unwrap();
        assert!(back.dump().unwrap() == before);
    }

    #[test]
    fn a_truncated_backup_is_refused_and_the_file_kept() {
        let school = School::open();
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.db");
        school.store.backup(&target).unwrap();
        let bytes = std::fs::read(&target).unwrap();
        std::fs::write(&target, &bytes[..bytes.len() / 2]).unwrap();
        let place = school.store.path().to_owned();
        let before = std::fs::read(&place).unwrap();
        assert!(super::restore(&target, &place, "aside.db").is_err());
        assert!(std::fs::read(&place).unwrap() == before);
    }
}
