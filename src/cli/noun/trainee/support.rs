//! `fil trainee aid|loan|obstacle`: the help given to a trainee, and what stands in the way.

use crate::cli::noun::prelude::*;
use crate::cli::noun::records::{Bare, Ends, Records, records_noun};
use crate::domain::Kind;
use crate::domain::kind::{aid, loan, obstacle};

records_noun! {
    /// `fil trainee aid`.
    AID = &["aid", "aide"], "Les sommes données : transport, repas, permis…", "Sums given: transport, meals, licence…",
    Records {
        kind: Kind::Aids,
        path: "trainee aid",
        words: &[aid::TRAINEE, aid::KIND, aid::AMOUNT],
        more: &[],
        bare: Bare::Record,
        ends: None,
        add: [
            fixed!("fil t aide amé transport 45", "fil t aid ame transport 45"),
            fixed!("fil t aide amé permis 300 --subvention CA-2018", "fil t aid ame licence 300 --grant CA-2018"),
        ],
        one: "3",
        change: fixed!("--amount 50", "--amount 50"),
    }
}

records_noun! {
    /// `fil trainee loan`.
    LOAN = &["loan", "pret", "prêt"], "Le matériel prêté, et son retour.", "Equipment lent, and its return.",
    Records {
        kind: Kind::Loans,
        path: "trainee loan",
        words: &[loan::TRAINEE, loan::ITEM],
        more: &[],
        bare: Bare::Record,
        ends: Some(Ends {
            day: loan::RETURNED,
            now: Some(Flag::switch("back", fixed!("c'est rendu", "it came back")).also(&["rendu"])),
        }),
        add: [
            fixed!("fil t pret amé casque --due 01/02/2019", "fil t loan ame helmet --due 2019-02-01"),
            fixed!("fil t pret amé casque --rendu", "fil t loan ame helmet --back"),
        ],
        one: "3",
        change: fixed!("--value 60", "--value 60"),
    }
}

records_noun! {
    /// `fil trainee obstacle`.
    OBSTACLE = &["obstacle", "frein"], "Ce qui fait obstacle : mobilité, logement…", "What stands in the way: mobility, housing…",
    Records {
        kind: Kind::Obstacles,
        path: "trainee obstacle",
        words: &[obstacle::TRAINEE, obstacle::KIND],
        more: &[],
        bare: Bare::Record,
        ends: Some(Ends { day: obstacle::LIFTED_ON, now: None }),
        add: [
            fixed!("fil t frein amé mobilité --action \"carte de bus\"", "fil t obstacle ame mobility --action \"bus pass\""),
            fixed!("fil t frein amé mobilité --lifted 14/12 --result levé", "fil t obstacle ame mobility --lifted 2018-12-14"),
        ],
        one: "3",
        change: fixed!("--result réduit", "--result reduced"),
    }
}
