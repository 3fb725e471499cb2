//! Everyday words for situations: `mission`, `apprenti`, `chômage`, and what a follow-up call can find.

use crate::domain::folding::{fold, nearest, shown};
use crate::domain::placement::SituationType as T;
use crate::domain::{ClosedList, Lang, Refusal};
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

/// Words that are neither a code nor a label, with all the types each may mean.
const WORDS: &[(&[&str], &[T])] = &[
    (&["mission", "préembauche", "mission de préembauche", "prehire", "prehire mission"], &[T::Interim]),
    (&["intérim", "temp", "temporary"], &[T::Interim]),
    (&["cdii", "cdi intérim"], &[T::CdiInterim]),
    (&["permanent", "open-ended"], &[T::Cdi]),
    (&["fixed-term"], &[T::Cdd]),
    (&["apprenti", "contrat d'apprentissage", "apprentice"], &[T::Apprentissage]),
    (&["contrat pro", "professionnalisation"], &[T::Professionnalisation]),
    (&["alternance", "work-study"], &[T::Apprentissage, T::Professionnalisation]),
    (&["aidé", "pec", "cui", "subsidised"], &[T::ContratAide]),
    (&["cddi"], &[T::IaeCddi]),
    (&["etti"], &[T::IaeEtti]),
    (&["insertion", "iae"], &[T::IaeCddi, T::IaeEtti, T::IaeCdiInclusion]),
    (&["fonctionnaire", "concours", "public service"], &[T::FonctionPublique]),
    (&["auto-entrepreneur", "micro-entreprise", "indépendant", "self-employed"], &[T::Creation]),
    (&["formation", "training"], &[T::FormationQualifiante, T::FormationPrequalifiante]),
    (&["qualifiante"], &[T::FormationQualifiante]),
    (&["préqualifiante"], &[T::FormationPrequalifiante]),
    (&["études", "école", "lycée", "school", "studies"], &[T::RetourEtudes]),
    (&["immersion", "workplace immersion"], &[T::Pmsmp]),
    (&["civique", "volunteer"], &[T::ServiceCivique]),
    (
        &["chômage", "chômeur", "chômeuse", "recherche", "recherche d'emploi", "demandeuse d'emploi", "unemployed"],
        &[T::DemandeurEmploi],
    ),
    (&["seeking", "job seeking", "looking"], &[T::DemandeurEmploi]),
    (&["inactive"], &[T::Inactif]),
    (&["perdu de vue", "lost"], &[T::SansNouvelles]),
];

const IN_POST: &[&str] = &["en-poste", "toujours en poste", "en emploi", "in-post", "in post", "employed", "working"];
const NOBODY: &[&str] =
    &["injoignable", "pas joint", "pas de réponse", "sans nouvelles", "unreachable", "not reached", "no answer"];

/// What one word was read as.
enum Reading {
    One(Meant),
    Several(&'static [T]),
    Unknown,
}

fn read(typed: &str) -> Reading {
    let wanted = plain(typed);
    let exact =
        |kind: &&T| [kind.code(), kind.label(Lang::Fr), kind.label(Lang::En)].iter().any(|word| plain(word) == wanted);
    if let Some(kind) = T::ALL.iter().find(exact) {
        return Reading::One(Meant { kind: *kind, prehire: Prehire::Unsaid });
    }
    match WORDS.iter().find(|(words, _)| words.iter().any(|word| plain(word) == wanted)) {
        Some((words, [kind])) => {
            let prehire = if words[0] == "mission" { Prehire::Yes } else { Prehire::Unsaid };
            Reading::One(Meant { kind: *kind, prehire })
        }
        Some((_, several)) => Reading::Several(several),
        None => Reading::Unknown,
    }
}

/// The type that a word means: a code in any case, a label, or an everyday word.
pub fn situation(typed: &str) -> Result<Meant, Refusal> {
    match read(typed) {
        Reading::One(meant) => Ok(meant),
        Reading::Several(kinds) => Err(ambiguous(typed, kinds)),
        Reading::Unknown => Err(unknown(typed, &[])),
    }
}

/// What a follow-up call found, in a word.
pub fn found(typed: &str) -> Result<Found, Refusal> {
    let wanted = plain(typed);
    let is = |words: &[&str]| words.iter().any(|word| plain(word) == wanted);
    if is(IN_POST) {
        return Ok(Found::InPost);
    }
    if is(NOBODY) {
        return Ok(Found::Nobody);
    }
    match read(typed) {
        // To be without news of someone is not to have reached them.
        Reading::One(Meant { kind: T::SansNouvelles, .. }) => Ok(Found::Nobody),
        Reading::One(meant) => Ok(Found::In(meant)),
        Reading::Several(kinds) => Err(ambiguous(typed, kinds)),
        Reading::Unknown => Err(unknown(typed, &["en-poste", "recherche", "inactif", "injoignable"])),
    }
}

fn ambiguous(typed: &str, several: &[T]) -> Refusal {
    let word = shown(typed);
    let join = |lang: Lang, or: &str| {
        several.iter().map(|kind| format!("{} ({})", kind.code(), kind.label(lang))).collect::<Vec<_>>().join(or)
    };
    let (fr, en) = (join(Lang::Fr, " ou "), join(Lang::En, " or "));
    Refusal::usage(text!("« {word} » peut vouloir dire plusieurs choses", "“{word}” may mean several things"))
        .hint(text!("Précisez : {fr}", "Be precise: {en}"))
}

fn unknown(typed: &str, first: &[&str]) -> Refusal {
    let word = shown(typed);
    let refusal = Refusal::usage(text!("« {word} » n'est pas une situation connue", "“{word}” is no known situation"));
    let everyday = WORDS.iter().flat_map(|(words, _)| words.iter().copied());
    let codes = T::ALL.iter().map(|kind| kind.code());
    match nearest(typed, first.iter().copied().chain(codes).chain(everyday)) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => {
            let short = ["cdi", "cdd", "mission", "interim", "apprentissage", "pmsmp", "stage", "recherche", "inactif"];
            let all = first.iter().chain(&short).copied().collect::<Vec<_>>().join(", ");
            refusal.hint(text!("Par exemple : {all}", "For example: {all}"))
        }
    }
}

/// A word as it is compared: `Mission d’intérim`, `MISSION_INTERIM` and `mission-interim` differ by nothing that counts.
fn plain(word: &str) -> String {
    fold(word).replace([' ', '-', '_', '\'', '(', ')'], "")
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
    fn every_code_and_label_is_its_own_type() {
        for kind in T::ALL {
            for word in [kind.code(), kind.label(Lang::Fr), kind.label(Lang::En)] {
                assert_eq!(situation(word).map(|m| m.kind), Ok(*kind), "{word}");
            }
        }
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
