//! Which database file a run uses, and why: never one that happens to lie in the current folder.

use super::env::Env;
use crate::domain::{Refusal, Text};
use crate::text;
use std::path::{Path, PathBuf};

/// Who chose the database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `--db`.
    Flag,
    /// `FIL_DB`.
    Variable,
    /// The folder of the user's data.
    Default,
}

/// A database file and who chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: PathBuf,
    /// Who chose it.
    pub source: Source,
}

impl Location {
    /// Why this file, as `status -v` says it.
    pub fn why(&self) -> Text {
        match self.source {
            Source::Flag => text!("choisie par --db", "chosen by --db"),
            Source::Variable => text!("choisie par FIL_DB", "chosen by FIL_DB"),
            Source::Default => text!("la base habituelle de cet utilisateur", "the usual database of this user"),
        }
    }
}

/// The database of these surroundings: `--db`, else `FIL_DB`, else the folder of the user's data.
pub fn locate(env: &Env, flag: Option<&str>) -> Result<Location, Refusal> {
    if let Some(name) = flag {
        return plain(name, "--db").map(|name| Location { path: env.file(name), source: Source::Flag });
    }
    if let Some(name) = env.var_os("FIL_DB") {
        let Some(name) = name.to_str() else {
            let what = text!("FIL_DB n'est pas du texte lisible (UTF-8)", "FIL_DB is not readable text (UTF-8)");
            return Err(Refusal::usage(what));
        };
        return plain(name, "FIL_DB").map(|name| Location { path: env.file(name), source: Source::Variable });
    }
    let folder = data_folder(env).ok_or_else(|| {
        Refusal::failure(text!(
            "le dossier de cet utilisateur est inconnu (HOME est vide)",
            "the folder of this user is not known (HOME is empty)"
        ))
        .hint(text!("Nommez la base : fil --db /chemin/fil.db", "Name the database: fil --db /path/fil.db"))
    })?;
    Ok(Location { path: folder.join("fil").join("fil.db"), source: Source::Default })
}

/// A file name that means itself: SQLite would read `:memory:` and `file:…` as something else.
pub fn plain<'a>(name: &'a str, source: &str) -> Result<&'a str, Refusal> {
    if name.trim().is_empty() {
        let what = text!("{source} ne nomme aucun fichier", "{source} names no file");
        return Err(Refusal::usage(what).hint(text!("Donnez un nom de fichier : fil.db", "Give a file name: fil.db")));
    }
    if name.starts_with(':') || name.starts_with("file:") || name.contains('\0') {
        let what =
            text!("« {name} » n'est pas un nom de fichier pour {source}", "“{name}” is not a file name for {source}");
        return Err(Refusal::usage(what).hint(text!(
            "Un fichier qui s'appelle vraiment ainsi s'écrit ./{name}",
            "A file that really has this name is written ./{name}"
        )));
    }
    Ok(name)
}

fn data_folder(env: &Env) -> Option<PathBuf> {
    let absolute = |name: &str| env.var(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return absolute("LOCALAPPDATA").or_else(|| Some(env.home.as_ref()?.join("AppData").join("Local")));
    }
    let home = || env.home.as_deref().filter(|home| home.is_absolute()).map(share_of);
    absolute("XDG_DATA_HOME").or_else(home)
}

fn share_of(home: &Path) -> PathBuf {
    home.join(".local").join("share")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::run::env::Now;
    use crate::domain::Date;

    fn env(vars: &[(&str, &str)]) -> Env {
        let mut env = Env::fixed(["fil"], Now::noon(Date::from_days(0)));
        for (name, value) in vars {
            env.set_var(*name, *value);
        }
        env
    }

    #[track_caller]
    fn check(vars: &[(&str, &str)], flag: Option<&str>, want: &str, source: Source) {
        let found = locate(&env(vars), flag).unwrap();
        assert_eq!((found.path, found.source), (PathBuf::from(want), source));
    }

    #[test]
    fn the_flag_wins_then_the_variable_then_the_data_folder() {
        let vars = [("FIL_DB", "/srv/a.db"), ("XDG_DATA_HOME", "/data")];
        check(&vars, Some("b.db"), "b.db", Source::Flag);
        check(&vars, None, "/srv/a.db", Source::Variable);
        check(&vars[1..], None, "/data/fil/fil.db", Source::Default);
    }

    #[test]
    fn an_empty_or_relative_data_folder_gives_way_to_the_home_folder() {
        for value in ["", "relative"] {
            let mut env = env(&[("XDG_DATA_HOME", value)]);
            env.home = Some(PathBuf::from("/home/lea"));
            assert_eq!(locate(&env, None).unwrap().path, PathBuf::from("/home/lea/.local/share/fil/fil.db"));
        }
    }

    #[test]
    fn without_any_folder_the_run_is_refused_plainly() {
        assert!(locate(&env(&[]), None).is_err());
    }

    #[test]
    fn names_that_sqlite_would_read_as_something_else_are_refused() {
        for name in ["", " ", ":memory:", "file:x?mode=ro", "file:x?vfs=memdb"] {
            assert!(locate(&env(&[]), Some(name)).is_err(), "{name}");
            assert!(locate(&env(&[("FIL_DB", name)]), None).is_err(), "{name}");
        }
        assert!(locate(&env(&[]), Some("./file:x")).is_ok());
    }
}
