//! The situation that was typed by its number.

use crate::cli::noun::prelude::*;
use crate::domain::Refusal;
use crate::domain::folding::{record_number, shown};
use crate::domain::id::RecordId;
use crate::store::Lookup;
use crate::store::records::Which;
use crate::view::situation::Situation;

/// The record number that was typed, when it is one.
pub fn number(typed: &str) -> Option<RecordId> {
    record_number(typed)?.parse().ok()
}

/// The situation of a number as typed.
pub fn numbered(lookup: &Lookup<'_>, typed: &str) -> Result<Situation> {
    let Some(number) = number(typed) else {
        let word = shown(typed);
        bail!(
            Refusal::usage(text!("« {word} » n'est pas un numéro", "“{word}” is not a number"))
                .hint(text!("Les numéros : fil placement list", "The numbers: fil placement list"))
        );
    };
    match Situation::all(lookup, Which::Id(number))?.pop() {
        Some(found) => Ok(found),
        None => bail!(
            Refusal::selector(text!("il n'y a pas de situation n° {number}", "there is no placement no. {number}"))
                .hint(text!("Les numéros : fil placement list", "The numbers: fil placement list"))
        ),
    }
}
