//! `fil funder expense|instalment`: what was spent, and what the grants brought in.

use crate::cli::noun::prelude::*;
use crate::cli::noun::records::{Bare, Records, records_noun};
use crate::domain::Kind;
use crate::domain::kind::{expense, instalment};

records_noun! {
    /// `fil funder expense`.
    EXPENSE = &["expense", "depense", "dépense"], "Les dépenses, et la subvention qui les paie.", "Expenses, and the grant that pays them.",
    Records {
        kind: Kind::Expenses,
        path: "funder expense",
        words: &[expense::CLASS, expense::AMOUNT],
        more: &[],
        bare: Bare::Verb,
        ends: None,
        add: [
            fixed!("fil funder expense add 604 250 --label EPI --grant BP-2018 -c P1", "fil funder expense add 604 250 --label PPE --grant BP-2018 -c P1"),
            fixed!("fil funder expense add 60 \"1 234,50\" --supplier Rexel -c P1", "fil funder expense add 60 1234.50 --supplier Rexel -c P1"),
        ],
        one: "3",
        change: fixed!("--amount 260", "--amount 260"),
    }
}

records_noun! {
    /// `fil funder instalment`.
    INSTALMENT = &["instalment", "versement"], "Les versements attendus et reçus.", "Instalments awaited and received.",
    Records {
        kind: Kind::Instalments,
        path: "funder instalment",
        words: &[instalment::GRANT, instalment::AMOUNT],
        more: &[],
        bare: Bare::Verb,
        ends: None,
        add: [
            fixed!("fil funder instalment add BP-2018 5000 --due 01/03/2019", "fil funder instalment add BP-2018 5000 --due 2019-03-01"),
            fixed!("fil funder versement add BP-2018 5000 --due 01/03/2019 -n", "fil funder instalment add BP-2018 5000 --due 2019-03-01 -n"),
        ],
        one: "1",
        change: fixed!("--received 5000 --received-on 04/03/2019", "--received 5000 --received-on 2019-03-04"),
    }
}
