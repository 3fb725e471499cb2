//! One part of an examination of the file, and how it came out.

use crate::closed_list;
use crate::domain::{Reason, Text};
use crate::store::{Store, refusal_of};
use crate::text;
use anyhow::Result;

closed_list! {
    /// How one part of the examination came out.
    Verdict {
        Ok = "ok", "en ordre", "ok";
        Warning = "warning", "à regarder", "warning";
        Error = "error", "erreur", "error";
    }
}

/// One part of the examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Stable name: `integrity`, `permissions`…
    pub check: &'static str,
    /// How it came out.
    pub verdict: Verdict,
    /// What was found.
    pub message: Text,
    /// What to type or do next.
    pub fix: Option<Text>,
}

impl Examined {
    /// A part in order.
    pub fn fine(check: &'static str, message: Text) -> Examined {
        Examined { check, verdict: Verdict::Ok, message, fix: None }
    }
    /// A part worth a look.
    pub fn warning(check: &'static str, message: Text, fix: Text) -> Examined {
        Examined { check, verdict: Verdict::Warning, message, fix: Some(fix) }
    }
    /// A part that is wrong.
    pub fn error(check: &'static str, message: Text, fix: Text) -> Examined {
        Examined { check, verdict: Verdict::Error, message, fix: Some(fix) }
    }
}

/// The answer of the file, or `None` when it is too damaged to answer.
pub(super) fn answered<T>(store: &Store, answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if refusal_of(&error, store.path()).is_some_and(|r| r.reason == Reason::Busy) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Going back to a backup.
pub(super) fn restore() -> Text {
    text!("fil restore SAUVEGARDE", "fil restore BACKUP")
}

/// A part that cannot be looked at.
pub(super) fn unreadable(check: &'static str) -> Examined {
    Examined::error(
        check,
        text!("le fichier ne peut pas être lu en entier", "the file cannot be read whole"),
        restore(),
    )
}
