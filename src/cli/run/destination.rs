//! Where data go: standard output, a file, or a folder with predictable names.

use super::env::Env;
use crate::cli::parser::flags::{self, Flag, Group};
use crate::cli::parser::matches::Matches;
use crate::domain::Refusal;
use crate::ops::written_file::Existing;
use crate::sheet::Format;
use crate::text;
use std::path::PathBuf;

/// Where data go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// This file.
    File(PathBuf),
    /// Files under this folder, named after what they hold.
    Folder(PathBuf),
}

/// Where and how the data of one command go, known before its work begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Where.
    pub target: Target,
    /// In which format.
    pub format: Format,
    /// Whether an existing file may be replaced.
    pub existing: Existing,
}

impl Destination {
    /// What `-o`, `-f` and `--force` ask for, where `own` are the flags of the command.
    pub fn of(env: &Env, own: &[&[Flag]], matches: &Matches) -> Result<Destination, Refusal> {
        // A command may have an `-o` or `-f` of its own, which is then its own business.
        let shared = |flag: &Flag| {
            let mut known = own.iter().copied().flatten().filter(|known| known.id == flag.id);
            known.next().is_some_and(|known| known.group == Group::Shared)
        };
        let given = |flag: &Flag| if shared(flag) { matches.text(flag) } else { None };
        let asked = given(&flags::FORMAT).map(Format::parse).transpose()?;
        let target = match given(&flags::OUTPUT) {
            None | Some("-") => Target::Stdout,
            Some(name) => target(env, name)?,
        };
        let format = match (&target, asked) {
            (_, Some(format)) => format,
            (Target::File(path), None) => Format::from_path(path)?,
            (Target::Stdout, None) => Format::Table,
            (Target::Folder(_), None) => Format::Csv,
        };
        let existing = if matches.has(&flags::FORCE) { Existing::Replace } else { Existing::Keep };
        Ok(Destination { target, format, existing })
    }
}

fn target(env: &Env, name: &str) -> Result<Target, Refusal> {
    if name.trim().is_empty() || name.contains('\0') {
        return Err(Refusal::usage(text!("--output ne nomme aucun fichier", "--output names no file")));
    }
    let path = env.file(name);
    let folder = name.ends_with('/') || (cfg!(windows) && name.ends_with('\\')) || path.is_dir();
    Ok(if folder { Target::Folder(path) } else { Target::File(path) })
}

/// A file name made of data: letters, digits, dots and dashes only, never a path and never a reserved name.
pub fn file_name(parts: &[String], format: Format) -> String {
    let clean = |part: &String| {
        let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        let plain = unaccented(part);
        let name: String = plain.chars().map(safe).take(80).collect();
        name.trim_matches(['.', '-']).to_owned()
    };
    let stem = parts.iter().map(clean).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let reserved = ["con", "prn", "aux", "nul"].contains(&stem.to_lowercase().as_str())
        || (stem.len() == 4 && ["com", "lpt"].contains(&stem[..3].to_lowercase().as_str()));
    let stem = if stem.is_empty() || reserved { format!("fil_{stem}") } else { stem };
    format!("{}.{}", stem.trim_end_matches('_'), format.extension())
}

fn unaccented(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[&str], want: &str) {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        assert_eq!(file_name(&parts, Format::Csv), want);
    }

    #[test]
    fn names_made_of_data_never_leave_their_folder() {
        check(&["2018-11", "ROM-2018-11", "stagiaires"], "2018-11_ROM-2018-11_stagiaires.csv");
        check(&["../../x"], "x.csv");
        check(&["/etc/x", "a\0b"], "etc-x_a-b.csv");
        check(&["CON"], "fil_CON.csv");
        check(&["COM1"], "fil_COM1.csv");
        check(&["..."], "fil.csv");
        check(&["Été…"], "Ete.csv");
        assert!(file_name(&["x".repeat(300)], Format::Csv).len() < 100);
    }
}
