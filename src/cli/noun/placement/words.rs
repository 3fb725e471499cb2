//! Everyday words for situations: `mission`, `apprenti`, `chômage`, and what a follow-up call can find.

use crate::domain::closed_list::NotFound;
use crate::domain::folding::{letters_and_digits, nearest, shown};
use crate::domain::placement::{SituationType as T, says_prehire};
use crate::domain::{ClosedList, Refusal};
use crate::text;

/// What a word means as the type of a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    /// The type.
    pub kind: T,
    /// Whether the word itself says that it is a mission before hiring.
    pub prehire: Prehire,
}

/// Whether a situation is a mission before hiring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prehire {
    /// It is.
    Yes,
    /// Nothing says so.
    Unsaid,
}

/// What a follow-up call found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Still at work in the running contract.
    InPost,
    /// In this situation.
    In(Meant),
    /// Nobody answered.
    Nobody,
}

const IN_POST: &[&str] = &["enposte", "toujoursenposte", "enemploi", "inpost", "employed", "working"];

/// The type that a word means: a code in any case, a label, or an everyday word.
pub fn situation(typed: &str) -> Result<Meant, Refusal> {
    meant(typed, &[])
}

/// What a follow-up call found, in a word.
pub fn found(typed: &str) -> Result<Found, Refusal> {
    if IN_POST.contains(&letters_and_digits(typed).as_str()) {
        return Ok(Found::InPost);
    }
    Ok(match meant(typed, &["en-poste", "recherche", "inactif", "injoignable"])? {
        // To be without news of someone is not to have reached them.
        Meant { kind: T::SansNouvelles, .. } => Found::Nobody,
        meant => Found::In(meant),
    })
}

fn meant(typed: &str, first: &[&'static str]) -> Result<Meant, Refusal> {
    match T::find(typed) {
        Ok(kind) if says_prehire(typed) => Ok(Meant { kind, prehire: Prehire::Yes }),
        Ok(kind) => Ok(Meant { kind, prehire: Prehire::Unsaid }),
        Err(NotFound::Unknown) => Err(unknown(typed, first)),
        Err(several) => Err(T::LIST.refusal(typed, several)),
    }
}

fn unknown(typed: &str, first: &[&'static str]) -> Refusal {
    let word = shown(typed);
    let refusal = Refusal::usage(text!("« {word} » n'est pas une situation connue", "unknown situation: “{word}”"));
    match nearest(typed, first.iter().copied().chain(T::LIST.all_words())) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => {
            let short = ["cdi", "cdd", "mission", "interim", "apprentissage", "pmsmp", "stage", "recherche", "inactif"];
            let all = first.iter().chain(&short).copied().collect::<Vec<_>>().join(", ");
            refusal.hint(text!("Par exemple : {all}", "For example: {all}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, kind: T, prehire: Prehire) {
        assert_eq!(situation(typed), Ok(Meant { kind, prehire }), "{typed}");
    }

    #[test]
    fn codes_labels_and_everyday_words_are_read_in_any_case() {
        check("cdi", T::Cdi, Prehire::Unsaid);
        check("CDD", T::Cdd, Prehire::Unsaid);
        check("IAE_cddi", T::IaeCddi, Prehire::Unsaid);
        check("Contrat aidé", T::ContratAide, Prehire::Unsaid);
        check("fixed-term contract", T::Cdd, Prehire::Unsaid);
        check("mission", T::Interim, Prehire::Yes);
        check("Préembauche", T::Interim, Prehire::Yes);
        check("intérim", T::Interim, Prehire::Unsaid);
        check("mission d'intérim", T::Interim, Prehire::Unsaid);
        check("immersion", T::Pmsmp, Prehire::Unsaid);
        check("chomage", T::DemandeurEmploi, Prehire::Unsaid);
        check("recherche", T::DemandeurEmploi, Prehire::Unsaid);
    }

    #[test]
    fn words_of_two_meanings_are_refused_with_both() {
        for (word, first, second) in [
            ("alternance", "APPRENTISSAGE", "PROFESSIONNALISATION"),
            ("formation", "FORMATION_QUALIFIANTE", "FORMATION_PREQUALIFIANTE"),
        ] {
            for refusal in [situation(word).unwrap_err(), found(word).unwrap_err()] {
                let hint = refusal.hint.unwrap().fr;
                assert!(hint.contains(first) && hint.contains(second), "{hint}");
            }
        }
    }

    #[test]
    fn a_slip_gets_the_nearest_word() {
        let hint = |typed| situation(typed).unwrap_err().hint.unwrap().en;
        assert!(hint("mision").contains("mission"));
        assert!(hint("aprentissage").contains("APPRENTISSAGE"));
        assert!(found("en-post").unwrap_err().hint.unwrap().en.contains("en-poste"));
        assert!(situation("zzzz").unwrap_err().hint.unwrap().en.contains("mission"));
    }

    #[test]
    fn a_follow_up_finds_a_post_a_situation_or_nobody() {
        assert_eq!(found("en-poste"), Ok(Found::InPost));
        assert_eq!(found("in-post"), Ok(Found::InPost));
        for word in ["injoignable", "sans nouvelles", "SANS_NOUVELLES", "perdu de vue"] {
            assert_eq!(found(word), Ok(Found::Nobody), "{word}");
        }
        assert_eq!(found("recherche"), Ok(Found::In(Meant { kind: T::DemandeurEmploi, prehire: Prehire::Unsaid })));
        assert_eq!(found("inactif"), Ok(Found::In(Meant { kind: T::Inactif, prehire: Prehire::Unsaid })));
    }
}
