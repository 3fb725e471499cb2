//! How a failure is told: what is wrong, why, what to type next, and the exit code.

use super::context::Talk;
use super::interrupt::Interrupted;
use super::terminal::{alarm, printable};
use crate::domain::{Lang, Reason, Refusal, Text};
use crate::text;
use std::borrow::Cow;
use std::io::ErrorKind;

/// The exit codes, as `fil help codes` lists them.
pub mod code {
    /// Done.
    pub const DONE: i32 = 0;
    /// A failure of the surroundings.
    pub const FAILURE: i32 = 1;
    /// A wrong flag, value or date, or something needed that was not said.
    pub const USAGE: i32 = 2;
    /// A selector that matches nobody or several, or `--fail-empty`.
    pub const SELECTOR: i32 = 3;
    /// The data refuse it.
    pub const DATA: i32 = 4;
    /// Busy, try again.
    pub const BUSY: i32 = 5;
}

/// The exit code of one family of refusal.
pub fn code_of(reason: Reason) -> i32 {
    match reason {
        Reason::Failure => code::FAILURE,
        Reason::Usage => code::USAGE,
        Reason::Selector => code::SELECTOR,
        Reason::Data => code::DATA,
        Reason::Busy => code::BUSY,
    }
}

/// The code of several failures of one command: 1 before 5 before 4, then the others.
pub fn worst(codes: impl IntoIterator<Item = i32>) -> i32 {
    let rank = |code: &i32| match *code {
        code::FAILURE => 5,
        code::BUSY => 4,
        code::DATA => 3,
        code::SELECTOR => 2,
        code::USAGE => 1,
        _ => 0,
    };
    codes.into_iter().max_by_key(rank).unwrap_or(code::DONE)
}

/// How errors are worded in this run.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// The language.
    pub lang: Lang,
    /// Whether the first word is red.
    pub colored: bool,
    /// Whether the causes are told.
    pub talk: Talk,
}

impl Voice {
    /// The lines of an error, five at most, each ended by a line break.
    pub fn refusal(self, refusal: &Refusal) -> String {
        let told = refusal.lines(self.lang).join("\n");
        let lines = told.lines().take(5).map(bounded).collect::<Vec<_>>().join("\n");
        let word = match self.lang {
            Lang::Fr => "erreur :",
            Lang::En => "error:",
        };
        format!("{} {}\n", alarm(word, self.colored), printable(&lines).replace('\n', "\n  "))
    }

    /// The lines of any error and its exit code; nothing to say when a reader closed the pipe or a signal arrived.
    pub fn error(self, error: &anyhow::Error) -> (String, i32) {
        if let Some(stop) = error.chain().find_map(|cause| cause.downcast_ref::<Interrupted>()) {
            return (String::new(), 128 + stop.signal);
        }
        let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
        if io.is_some_and(|io| io.kind() == ErrorKind::BrokenPipe) {
            return (String::new(), code::DONE);
        }
        let refusal = error.downcast_ref::<Refusal>().or_else(|| error.chain().find_map(|cause| cause.downcast_ref()));
        let told = match refusal {
            Some(refusal) => refusal.clone(),
            None => self.failure(error, io),
        };
        let mut lines = self.refusal(&told);
        if self.talk >= Talk::Verbose && refusal.is_none() {
            let causes = error.chain().map(|cause| format!("  < {}\n", printable(&cause.to_string())));
            lines.extend(causes);
        }
        (lines, code_of(told.reason))
    }

    fn failure(self, error: &anyhow::Error, io: Option<&std::io::Error>) -> Refusal {
        let spoken = error.downcast_ref::<Text>().cloned();
        let what = spoken.unwrap_or_else(|| text!("le travail n'a pas pu se faire", "the work could not be done"));
        let told = Refusal::failure(what);
        match io.and_then(plain_words) {
            Some(why) => told.why(why),
            None if self.talk >= Talk::Verbose => told,
            None => told.hint(text!("Relancez avec -v pour la cause.", "Run it again with -v for the cause.")),
        }
    }
}

/// A line that repeats what was typed without end keeps its beginning and its end.
fn bounded(line: &str) -> Cow<'_, str> {
    const LONGEST: usize = 1000;
    const KEPT: usize = 400;
    let count = line.chars().count();
    if count <= LONGEST {
        return Cow::Borrowed(line);
    }
    let (first, last): (String, String) =
        (line.chars().take(KEPT).collect(), line.chars().skip(count - KEPT).collect());
    Cow::Owned(format!("{first} … {last}"))
}

/// A failure of the system in a sentence.
pub fn plain_words(error: &std::io::Error) -> Option<Text> {
    const DISK_FAULT: i32 = 5;
    if cfg!(unix) && error.raw_os_error() == Some(DISK_FAULT) {
        return Some(text!("le disque a répondu par une erreur", "the disk answered with an error"));
    }
    Some(match error.kind() {
        ErrorKind::NotFound => text!("ce fichier ou ce dossier n'existe pas", "this file or folder does not exist"),
        ErrorKind::PermissionDenied => text!("le système refuse l'accès", "the system denies access"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => text!("le disque est plein", "the disk is full"),
        ErrorKind::FileTooLarge => {
            text!("le fichier dépasserait la taille permise", "the file would exceed the allowed size")
        }
        ErrorKind::ReadOnlyFilesystem => text!("le disque est en lecture seule", "the disk is read-only"),
        ErrorKind::IsADirectory => text!("c'est un dossier", "it is a folder"),
        ErrorKind::NotADirectory => {
            text!("un morceau du chemin n'est pas un dossier", "part of the path is not a folder")
        }
        ErrorKind::InvalidFilename => {
            text!("ce nom de fichier est impossible ici", "this file name is impossible here")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    fn voice(talk: Talk) -> Voice {
        Voice { lang: Lang::Fr, colored: false, talk }
    }

    #[test]
    fn a_refusal_travels_inside_any_error_and_keeps_its_code() {
        let inner: anyhow::Error = Refusal::data(text!("non", "no")).hint(text!("essayez", "try")).into();
        let (lines, code) = voice(Talk::Normal).error(&inner.context("outer"));
        assert_eq!((lines.as_str(), code), ("erreur : non\n  essayez\n", 4));
    }

    #[test]
    fn a_failure_of_the_system_is_told_in_a_sentence_and_its_cause_only_when_asked() {
        let full: Result<(), _> = Err(std::io::Error::from(ErrorKind::StorageFull));
        let error = full.context(text!("« a.csv » n'a pas pu s'écrire", "“a.csv” could not be written")).unwrap_err();
        let (lines, code) = voice(Talk::Normal).error(&error);
        assert_eq!((lines.as_str(), code), ("erreur : « a.csv » n'a pas pu s'écrire\n  le disque est plein\n", 1));
        assert!(voice(Talk::Verbose).error(&error).0.contains("  < "));
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let error = anyhow::Error::from(std::io::Error::from(ErrorKind::BrokenPipe));
        assert_eq!(voice(Talk::Normal).error(&error), (String::new(), 0));
    }

    #[test]
    fn several_failures_end_with_the_gravest_code() {
        assert_eq!(worst([0, 4, 5, 4]), 5);
        assert_eq!(worst([4, 5, 1]), 1);
        assert_eq!(worst([]), 0);
    }
}
