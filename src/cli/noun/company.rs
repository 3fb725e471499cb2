//! `fil company`: the partner companies, their openings, whom was proposed, and every contact.

use crate::cli::noun::prelude::*;
use crate::cli::noun::records::{Bare, Records, records_noun};
use crate::domain::Kind;
use crate::domain::kind::{company, contact, opening, proposal};

records_noun! {
    /// `fil company`.
    NOUN = &["company", "entreprise"], "Les entreprises partenaires, leurs offres.", "Partner companies, their openings.",
    Records {
        kind: Kind::Companies,
        path: "company",
        words: &[company::COMPANY],
        more: &[OPENING, PROPOSAL, CONTACT],
        bare: Bare::Verb,
        ends: None,
        add: [
            fixed!("fil company add Sogetrel --phone 0475000000", "fil company add Sogetrel --phone 0475000000"),
            fixed!("fil entreprise add Axians --partner-since 01/09/2018", "fil company add Axians --partner-since 2018-09-01"),
        ],
        one: "Sogetrel",
        change: fixed!("--contact \"Mme Roux\"", "--contact \"Mrs Roux\""),
    }
}

records_noun! {
    /// `fil company opening`.
    OPENING = &["opening", "offre"], "Les postes promis ou à pourvoir.", "Posts promised or to be filled.",
    Records {
        kind: Kind::Openings,
        path: "company opening",
        words: &[opening::COMPANY],
        more: &[],
        bare: Bare::Verb,
        ends: None,
        add: [
            fixed!("fil company opening add Sogetrel --posts 2 --type cdi", "fil company opening add Sogetrel --posts 2 --type cdi"),
            fixed!("fil entreprise offre add Axians --posts 1 --start 04/02/2019", "fil company opening add Axians --posts 1 --start 2019-02-04"),
        ],
        one: "sogetrel-1",
        change: fixed!("--closed 01/03/2019", "--closed 2019-03-01"),
    }
}

records_noun! {
    /// `fil company propose`.
    PROPOSAL = &["propose", "proposer"], "Propose quelqu'un pour une offre, et la suite.", "Proposes somebody for an opening, and what came of it.",
    Records {
        kind: Kind::Proposals,
        path: "company propose",
        words: &[proposal::TRAINEE, proposal::OPENING],
        more: &[],
        bare: Bare::Record,
        ends: None,
        add: [
            fixed!("fil company propose amé sogetrel-1", "fil company propose ame sogetrel-1"),
            fixed!("fil company propose amé sogetrel-1 --outcome embauché --on 04/02", "fil company propose ame sogetrel-1 --outcome hired --on 04/02"),
        ],
        one: "3",
        change: fixed!("--outcome promis", "--outcome promised"),
    }
}

records_noun! {
    /// `fil company contact`.
    CONTACT = &["contact"], "Les appels, visites et rendez-vous.", "Calls, visits and meetings.",
    Records {
        kind: Kind::Contacts,
        path: "company contact",
        words: &[contact::COMPANY, contact::KIND],
        more: &[],
        bare: Bare::Record,
        ends: None,
        add: [
            fixed!("fil company contact Sogetrel visite --by durand-paul", "fil company contact Sogetrel visit --by durand-paul"),
            fixed!("fil company contact Sogetrel appel --next 04/02 --note \"rappeler\"", "fil company contact Sogetrel call --next 04/02 --note \"call back\""),
        ],
        one: "3",
        change: fixed!("--note \"vu le chef d'équipe\"", "--note \"met the foreman\""),
    }
}
