//! The full examination of a school file: its pages, its links, its promises, its permissions, its place.

pub use super::content::{SINCE, refuse_altered, since};
pub use super::examined::{Examined, Verdict};

use super::content::{chain, content};
use super::examined::{answered, restore, unreadable};
use crate::domain::Text;
use crate::ops::file_location::{self, Place};
use crate::store::file::schema::listed;
use crate::store::file::{on_disk, scratch};
use crate::store::{Broken, Store};
use crate::text;
use anyhow::Result;
use std::path::Path;

/// Examines the open file and its surroundings. What is wrong is told, never raised; only a busy file is an error.
pub fn examine(store: &Store) -> Result<Vec<Examined>> {
    let path = store.path();
    let mut list = vec![pages(store)?, links(store)?, schema(store)?];
    list.extend(promises(store)?);
    list.extend(content(store)?);
    list.push(chain(store)?);
    list.extend(permissions(path));
    list.push(names(path));
    list.push(last_write(store));
    list.push(whereabouts(path));
    list.push(copies(path));
    list.push(leftovers(path));
    Ok(list)
}

/// What may harm the file at any moment, told at each opening and not only when somebody asks for an examination.
pub fn dangers(store: &Store) -> Vec<Examined> {
    let path = store.path();
    let mut list = permissions(path);
    list.retain(|e| e.check != "permissions" && !(e.check == "folder_permissions" && only_owners_remove(path)));
    list.push(names(path));
    list.push(last_write(store));
    list.push(whereabouts(path));
    list.push(copies(path));
    list.retain(|e| e.verdict != Verdict::Ok);
    list
}

/// A folder such as `/tmp`: all may add files there, nobody may replace those of others.
#[cfg(unix)]
fn only_owners_remove(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file_location::real_folder(path)).is_ok_and(|m| m.permissions().mode() & 0o1000 != 0)
}

#[cfg(not(unix))]
fn only_owners_remove(_: &Path) -> bool {
    true
}

fn pages(store: &Store) -> Result<Examined> {
    let Some(damage) = answered(store, store.damage())? else { return Ok(unreadable("integrity")) };
    Ok(match damage.first() {
        None => Examined::fine("integrity", text!("toutes les pages sont saines", "every page is sound")),
        Some(first) => {
            let n = damage.len();
            Examined::error(
                "integrity",
                text!(
                    "{n} dommages dans le fichier, le premier : {first}",
                    "{n} damages in the file, the first: {first}"
                ),
                restore(),
            )
        }
    })
}

fn links(store: &Store) -> Result<Examined> {
    let Some(broken) = answered(store, store.broken_links())? else { return Ok(unreadable("foreign_keys")) };
    Ok(match broken.first() {
        None => {
            Examined::fine("foreign_keys", text!("tous les liens mènent à une fiche", "every link leads to a record"))
        }
        Some(first) => {
            let n = broken.len();
            Examined::error(
                "foreign_keys",
                text!("{n} liens mènent à une fiche absente ({first})", "{n} links lead to a missing record ({first})"),
                restore(),
            )
        }
    })
}

fn schema(store: &Store) -> Result<Examined> {
    let Some(differences) = answered(store, store.schema_differences())? else { return Ok(unreadable("schema")) };
    if differences.is_empty() {
        return Ok(Examined::fine(
            "schema",
            text!("le format est celui de ce programme", "the format is this program's"),
        ));
    }
    let names = listed(&differences);
    Ok(Examined::error(
        "schema",
        text!(
            "le format a été modifié par un autre programme : {names}",
            "the format was changed by another program: {names}"
        ),
        restore(),
    ))
}

fn promises(store: &Store) -> Result<Vec<Examined>> {
    let Some(broken) = answered(store, store.broken_invariants())? else { return Ok(vec![unreadable("invariants")]) };
    if broken.is_empty() {
        let message = text!("les fiches s'accordent entre elles", "the records agree with each other");
        return Ok(vec![Examined::fine("invariants", message)]);
    }
    Ok(broken.chunk_by(|a, b| a.name == b.name).map(promise).collect())
}

fn promise(broken: &[Broken]) -> Examined {
    let (n, first) = (broken.len(), &broken[0]);
    let (record, message) = (&first.record, &first.message);
    Examined::error(
        first.name,
        text!("{message} ({n} fois, d'abord : {record})", "{message} ({n} times, first: {record})"; message),
        text!("fil log    puis annulez ou corrigez la saisie", "fil log    then undo or correct the entry"),
    )
}

#[cfg(unix)]
fn permissions(path: &Path) -> Vec<Examined> {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).map(|m| m.permissions().mode() & 0o7777);
    let folder = file_location::real_folder(path);
    let (file, parent) = (shell_word(path), shell_word(&folder));
    let own = match mode(path) {
        Ok(mode) if mode & 0o077 == 0 => {
            Examined::fine("permissions", text!("vous seul pouvez lire la base", "only you can read the database"))
        }
        Ok(mode) => Examined::warning(
            "permissions",
            text!(
                "d'autres comptes peuvent ouvrir la base (droits {mode:03o})",
                "other accounts can open the database (mode {mode:03o})"
            ),
            Text::same(format!("chmod 600 {file}")),
        ),
        Err(_) => unreadable("permissions"),
    };
    let around = match mode(&folder) {
        Ok(mode) if mode & 0o002 != 0 => Examined::warning(
            "folder_permissions",
            text!("tous les comptes peuvent écrire dans le dossier", "every account can write in the folder"),
            Text::same(format!("chmod o-w {parent}")),
        ),
        Ok(_) => Examined::fine("folder_permissions", text!("le dossier est protégé", "the folder is protected")),
        Err(_) => unreadable("folder_permissions"),
    };
    vec![own, owner(path), around]
}

/// The owner of the file can take back any right at any time.
#[cfg(unix)]
fn owner(path: &Path) -> Examined {
    use std::os::unix::fs::MetadataExt;
    let file = shell_word(path);
    match std::fs::metadata(path).map(|m| m.uid()) {
        Ok(uid) if uid == rustix::process::geteuid().as_raw() => {
            Examined::fine("owner", text!("la base est à vous", "the database is yours"))
        }
        Ok(uid) => Examined::warning(
            "owner",
            text!(
                "la base appartient à un autre compte (n° {uid})",
                "the database belongs to another account (no. {uid})"
            ),
            text!(
                "Par son propriétaire : fil …, ou chown \"$USER\" {file}",
                "By its owner: fil …, or chown \"$USER\" {file}"
            ),
        ),
        Err(_) => unreadable("owner"),
    }
}

#[cfg(not(unix))]
fn permissions(_: &Path) -> Vec<Examined> {
    // Access rights of other systems follow the folder of the user, which is private by default.
    Vec::new()
}

fn names(path: &Path) -> Examined {
    if on_disk::names(path) < 2 {
        return Examined::fine("names", text!("la base a un seul nom", "the database has one name"));
    }
    let (file, others) = (path.display(), on_disk::other_names(path));
    let Some(other) = others.first().map(|name| shell_word(&path.with_file_name(name))) else {
        return Examined::warning(
            "names",
            text!(
                "la base a un deuxième nom dans un autre dossier : rien n'y sera écrit",
                "the database has a second name in another folder: nothing will be written to it"
            ),
            Text::same(format!("find / -samefile {}", shell_word(path))),
        );
    };
    Examined::warning(
        "names",
        text!(
            "la base a deux noms, {file} et {other} : rien n'y sera écrit",
            "the database has two names, {file} and {other}: nothing will be written to it"
        ),
        Text::same(format!("rm {other}")),
    )
}

fn last_write(store: &Store) -> Examined {
    if !store.is_before_a_cut() {
        return Examined::fine("last_write", text!("la dernière écriture est entière", "the last write is whole"));
    }
    Examined::warning(
        "last_write",
        text!(
            "la dernière écriture a été interrompue ; voici la base telle qu'elle était avant",
            "the last write was interrupted; this is the database as it was before"
        ),
        text!("La prochaine écriture la défait.", "The next write takes it back."),
    )
}

fn whereabouts(path: &Path) -> Examined {
    let fix = || {
        text!(
            "Déplacez la base sur le disque de cette machine, et gardez-y des copies : fil backup",
            "Move the database to this machine's disk, and keep copies there: fil backup"
        )
    };
    match file_location::risk(path) {
        None => Examined::fine("place", text!("le dossier est sur cette machine", "the folder is on this machine")),
        Some(Place::Synced(program)) => Examined::warning(
            "place",
            text!(
                "{program} copie ce dossier : une copie faite pendant une écriture serait abîmée",
                "{program} copies this folder: a copy made during a write would be damaged"
            ),
            fix(),
        ),
        Some(Place::Network(kind)) => Examined::warning(
            "place",
            text!(
                "le dossier est sur une autre machine ({kind}) : deux écritures peuvent se heurter",
                "the folder is on another machine ({kind}): two writes may collide"
            ),
            fix(),
        ),
    }
}

fn copies(path: &Path) -> Examined {
    let copies = file_location::conflict_copies(path);
    match copies.first() {
        None => {
            Examined::fine("conflict_copies", text!("aucune copie en conflit à côté", "no conflict copy beside it"))
        }
        Some(first) => {
            let n = copies.len();
            Examined::warning(
                "conflict_copies",
                text!("{n} copies en conflit à côté : {first}", "{n} conflict copies beside it: {first}"),
                text!(
                    "Comparez-les avant d'en supprimer une : fil --db COPIE log",
                    "Compare them before removing any: fil --db COPY log"
                ),
            )
        }
    }
}

/// Temporary files of commands that were cut, which may hold names.
pub fn leftovers(path: &Path) -> Examined {
    let left = scratch::leftovers(path);
    match left.first() {
        None => Examined::fine("scratch", text!("aucun fichier temporaire oublié", "no temporary file left behind")),
        Some(first) => {
            let (n, first) = (left.len(), first.display());
            Examined::warning(
                "scratch",
                text!(
                    "{n} fichiers temporaires d'une commande interrompue, avec des noms de personnes : {first}",
                    "{n} temporary files of a command that was cut, with names of people: {first}"
                ),
                text!("La prochaine saisie les enlève.", "The next entry removes them."),
            )
        }
    }
}

#[cfg(unix)]
fn shell_word(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = path.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c)) && !path.starts_with('-');
    if plain { path.into_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Act, Date};
    use crate::store::NewOperation;
    use std::path::PathBuf;

    struct School {
        dir: tempfile::TempDir,
        path: PathBuf,
        store: Store,
    }

    fn school() -> School {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fil.db");
        let first = NewOperation {
            stamp: "2018-11-01T08:00:00Z".to_owned(),
            day: Date::new(2018, 11, 1).unwrap(),
            act: Act::Init,
            kind: "database",
            command: "c1".to_owned(),
        };
        let store = Store::init(&path, "test", &first).unwrap();
        School { dir, path, store }
    }

    #[track_caller]
    fn verdict(store: &Store, check: &str) -> Verdict {
        let list = examine(store).unwrap();
        let found: Vec<&Examined> = list.iter().filter(|e| e.check == check).collect();
        assert_eq!(found.len(), 1, "{check}");
        assert_eq!(found[0].fix.is_none(), found[0].verdict == Verdict::Ok);
        found[0].verdict
    }

    #[test]
    fn a_new_file_is_in_order() {
        let school = school();
        let list = examine(&school.store).unwrap();
        assert!(list.iter().all(|e| e.verdict == Verdict::Ok), "{list:?}");
        let names: Vec<&str> = list.iter().map(|e| e.check).collect();
        for check in ["integrity", "foreign_keys", "schema", "invariants", "place", "conflict_copies", "scratch"] {
            assert!(names.contains(&check), "{check}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn rights_of_others_are_told() {
        use std::os::unix::fs::PermissionsExt;
        let school = school();
        let set = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        for (mode, want) in
            [(0o600, Verdict::Ok), (0o400, Verdict::Ok), (0o640, Verdict::Warning), (0o602, Verdict::Warning)]
        {
            set(&school.path, mode);
            assert_eq!(verdict(&school.store, "permissions"), want, "{mode:o}");
        }
        for (mode, want) in [(0o755, Verdict::Ok), (0o777, Verdict::Warning), (0o1777, Verdict::Warning)] {
            set(school.dir.path(), mode);
            assert_eq!(verdict(&school.store, "folder_permissions"), want, "{mode:o}");
        }
    }

    #[test]
    fn a_conflict_copy_beside_the_file_is_told() {
        let school = school();
        std::fs::write(school.dir.path().join("fil (conflicted copy).db"), "").unwrap();
        assert_eq!(verdict(&school.store, "conflict_copies"), Verdict::Warning);
    }

    #[test]
    fn damaged_pages_are_told_and_not_raised() {
        let school = school();
        let mut bytes = std::fs::read(&school.path).unwrap();
        let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
        let end = bytes.len().min(page * 12);
        bytes[page * 2..end].fill(0xa5);
        let bad = school.dir.path().join("bad.db");
        std::fs::write(&bad, &bytes).unwrap();
        let store = Store::open(&bad, crate::store::Access::Read).unwrap();
        assert_eq!(verdict(&store, "integrity"), Verdict::Error);
    }
}
