//! `fil config context`: figures about the territory, with their source.

use crate::cli::noun::prelude::*;
use crate::cli::noun::records::{Bare, Records, records_noun};
use crate::domain::Kind;
use crate::domain::kind::context;

records_noun! {
    /// `fil config context`.
    NOUN = &["context", "territoire"], "Les chiffres du territoire, avec leur source.", "Figures of the territory, with their source.",
    Records {
        kind: Kind::Context,
        path: "config context",
        words: &[context::TERRITORY, context::FIGURE, context::VALUE],
        more: &[],
        bare: Bare::Verb,
        ends: None,
        add: [
            fixed!("fil config context add Romans neet 1000 --on 2018-01-01 --source INSEE", "fil config context add Romans neet 1000 --on 2018-01-01 --source INSEE"),
            fixed!("fil config context add Romans population 36000 --on 2018-01-01", "fil config context add Romans population 36000 --on 2018-01-01"),
        ],
        one: "1",
        change: fixed!("--value 1050", "--value 1050"),
    }
}
