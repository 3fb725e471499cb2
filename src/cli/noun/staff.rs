//! `fil staff`: who works at the school.

use crate::cli::noun::prelude::*;
use crate::cli::noun::records::{Bare, Records, records_noun};
use crate::domain::Kind;
use crate::domain::kind::staff;

records_noun! {
    /// `fil staff`.
    NOUN = &["staff", "equipe", "équipe"], "L'équipe : formateurs, tuteurs, bénévoles.", "The staff: trainers, tutors, volunteers.",
    Records {
        kind: Kind::Staff,
        path: "staff",
        words: &[staff::LAST_NAME, staff::FIRST_NAME],
        more: &[],
        bare: Bare::Verb,
        ends: None,
        add: [
            fixed!("fil staff add Durand Paul --role tuteur", "fil staff add Durand Paul --role tutor"),
            fixed!("fil equipe add Achard Claire --role formateur --employment bénévole", "fil staff add Achard Claire --role trainer --employment volunteer"),
        ],
        one: "durand-paul",
        change: fixed!("--to 01/02/2019", "--to 2019-02-01"),
    }
}
