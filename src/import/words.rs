//! Everyday words for the values of closed lists, one table per list; codes and labels are always understood.

use crate::domain::Lang;
use crate::domain::kind::ListDef;
use crate::import::columns::header::squash;

/// A list by its codes, and its words: (word, code). Words are compared without case, accents and punctuation.
type Words = (&'static [&'static str], &'static [(&'static str, &'static str)]);

const WORDS: &[Words] = &[
    (
        &["yes", "no", "unknown", "refused"],
        &[
            ("o", "yes"),
            ("y", "yes"),
            ("1", "yes"),
            ("x", "yes"),
            ("true", "yes"),
            ("vrai", "yes"),
            ("n", "no"),
            ("0", "no"),
            ("false", "no"),
            ("faux", "no"),
            ("inconnue", "unknown"),
            ("ne sait pas", "unknown"),
            ("nsp", "unknown"),
            ("non demandé", "unknown"),
            ("refus", "refused"),
            ("refusé", "refused"),
        ],
    ),
    (
        &["F", "M", "X"],
        &[
            ("H", "M"),
            ("féminin", "F"),
            ("fille", "F"),
            ("female", "F"),
            ("Mme", "F"),
            ("masculin", "M"),
            ("garçon", "M"),
            ("male", "M"),
            ("Mr", "M"),
            ("autre", "X"),
            ("other", "X"),
        ],
    ),
    (&["am", "pm"], &[("aprem", "pm")]),
    (
        &["present", "excused", "unexcused"],
        &[
            ("P", "present"),
            ("présente", "present"),
            ("E", "excused"),
            ("J", "excused"),
            ("excusé", "excused"),
            ("excusée", "excused"),
            ("justifié", "excused"),
            ("justifiée", "excused"),
            ("absent excusé", "excused"),
            ("absence excusée", "excused"),
            ("absent justifié", "excused"),
            ("A", "unexcused"),
            ("U", "unexcused"),
            ("injustifié", "unexcused"),
            ("injustifiée", "unexcused"),
            ("non justifié", "unexcused"),
            ("non justifiée", "unexcused"),
            ("absence non justifiée", "unexcused"),
            ("absent injustifié", "unexcused"),
        ],
    ),
    (
        &["document", "family", "administrative", "exam", "transport", "other"],
        &[
            ("papier", "document"),
            ("certificat", "document"),
            ("administratif", "administrative"),
            ("démarche", "administrative"),
        ],
    ),
    (
        &["pending", "admitted", "waiting", "refused", "withdrawn"],
        &[
            ("en attente", "pending"),
            ("à décider", "pending"),
            ("admise", "admitted"),
            ("accepté", "admitted"),
            ("acceptée", "admitted"),
            ("refusée", "refused"),
            ("désisté", "withdrawn"),
            ("désistée", "withdrawn"),
        ],
    ),
    (
        &[
            "completed",
            "job",
            "training",
            "dropped_out",
            "excluded",
            "force_majeure",
            "end_of_integration",
            "transferred",
        ],
        &[
            ("fin", "completed"),
            ("fin de formation", "completed"),
            ("terminé", "completed"),
            ("job", "job"),
            ("abandonné", "dropped_out"),
            ("exclu", "excluded"),
            ("exclue", "excluded"),
            ("fin d'intégration", "end_of_integration"),
            ("transféré", "transferred"),
            ("transférée", "transferred"),
        ],
    ),
    (
        &["unemployed", "inactive", "employed"],
        &[
            ("chômage", "unemployed"),
            ("chômeur", "unemployed"),
            ("demandeur d'emploi", "unemployed"),
            ("inactive", "inactive"),
            ("emploi", "employed"),
            ("salarié", "employed"),
        ],
    ),
    (&["none", "code", "B"], &[("non", "none"), ("permis", "B"), ("code obtenu", "code")]),
    (
        &["ML", "FT", "CCAS", "E2C", "PJJ", "EPIDE", "CAP_EMPLOI", "PREVENTION", "DEPT", "direct", "other"],
        &[("Pôle emploi", "FT"), ("PE", "FT"), ("conseil départemental", "DEPT"), ("candidature spontanée", "direct")],
    ),
    (
        &["centre", "company", "cancelled"],
        &[("center", "centre"), ("stage", "company"), ("annulée", "cancelled"), ("canceled", "cancelled")],
    ),
    (
        &["validated", "in_progress", "failed"],
        &[("acquis", "validated"), ("validée", "validated"), ("non acquis", "failed"), ("échec", "failed")],
    ),
    (
        &["obtained", "failed", "absent"],
        &[("obtenue", "obtained"), ("réussi", "obtained"), ("absente", "absent"), ("échoué", "failed")],
    ),
    (
        &["registered", "code_exam", "lesson", "driving_exam"],
        &[
            ("inscrit", "registered"),
            ("inscrite", "registered"),
            ("code", "code_exam"),
            ("examen du code", "code_exam"),
            ("heure de conduite", "lesson"),
            ("conduite", "driving_exam"),
            ("examen de conduite", "driving_exam"),
            ("permis", "driving_exam"),
        ],
    ),
    (
        &["passed", "failed", "absent", "booked"],
        &[
            ("obtenue", "passed"),
            ("réussi", "passed"),
            ("réussie", "passed"),
            ("échoué", "failed"),
            ("ajourné", "failed"),
            ("absente", "absent"),
            ("prévue", "booked"),
            ("réservé", "booked"),
        ],
    ),
    (
        &["tutorial", "follow_up", "company_visit"],
        &[
            ("tuteur", "tutorial"),
            ("entretien de suivi", "follow_up"),
            ("visite", "company_visit"),
            ("visite entreprise", "company_visit"),
        ],
    ),
    (
        &[
            "CDI",
            "CDI_INTERIM",
            "CDD",
            "INTERIM",
            "APPRENTISSAGE",
            "PROFESSIONNALISATION",
            "CONTRAT_AIDE",
            "IAE_CDDI",
            "IAE_ETTI",
            "IAE_CDI_INCLUSION",
            "FONCTION_PUBLIQUE",
            "CREATION",
            "FORMATION_QUALIFIANTE",
            "FORMATION_PREQUALIFIANTE",
            "RETOUR_ETUDES",
            "PMSMP",
            "STAGE",
            "SERVICE_CIVIQUE",
            "DEMANDEUR_EMPLOI",
            "INACTIF",
            "SANS_NOUVELLES",
        ],
        &[
            ("mission", "INTERIM"),
            ("préembauche", "INTERIM"),
            ("mission de préembauche", "INTERIM"),
            ("contrat d'apprentissage", "APPRENTISSAGE"),
            ("alternance", "PROFESSIONNALISATION"),
            ("CDDI", "IAE_CDDI"),
            ("immersion", "PMSMP"),
            ("recherche", "DEMANDEUR_EMPLOI"),
            ("recherche d'emploi", "DEMANDEUR_EMPLOI"),
            ("chômage", "DEMANDEUR_EMPLOI"),
            ("inactive", "INACTIF"),
            ("injoignable", "SANS_NOUVELLES"),
        ],
    ),
    (
        &["contract", "payslip", "declaration", "register", "none"],
        &[("fiche de paie", "payslip"), ("bulletin", "payslip"), ("non", "none")],
    ),
    (
        &["phone", "sms", "email", "visit", "employer"],
        &[("tél", "phone"), ("appel", "phone"), ("mail", "email"), ("texto", "sms")],
    ),
    (
        &["charge", "income"],
        &[("dépense", "charge"), ("recette", "income"), ("charges", "charge"), ("produits", "income")],
    ),
    (&["fr", "en"], &[]),
];

/// Placement types whose everyday word also says that it is a pre-hire mission.
const PREHIRE: &[&str] = &["mission", "preembauche", "missiondepreembauche"];

/// The code of a list that a cell means: by code, label or everyday word.
pub fn code_of(list: ListDef, text: &str) -> Option<&'static str> {
    let wanted = squash(text);
    if wanted.is_empty() {
        return None;
    }
    if let Some(code) = list.codes.iter().find(|c| squash(c) == wanted) {
        return Some(code);
    }
    let labelled = |at: &usize| [Lang::Fr, Lang::En].iter().any(|lang| squash(list.label(*at, *lang)) == wanted);
    if let Some(at) = (0..list.codes.len()).find(labelled) {
        return Some(list.codes[at]);
    }
    let (_, words) = WORDS.iter().find(|(codes, _)| *codes == list.codes)?;
    let (_, code) = words.iter().find(|(word, _)| squash(word) == wanted)?;
    list.codes.iter().find(|c| *c == code).copied()
}

/// Every word that a list understands, for suggestions.
pub fn all_words(list: ListDef) -> Vec<&'static str> {
    let labels = (0..list.codes.len()).flat_map(|at| [list.label(at, Lang::Fr), list.label(at, Lang::En)]);
    let words = WORDS.iter().filter(|(codes, _)| *codes == list.codes).flat_map(|(_, words)| words.iter());
    list.codes.iter().copied().chain(labels).chain(words.map(|(word, _)| *word)).collect()
}

/// Whether the word of a placement's type says that it is a pre-hire mission.
pub fn says_prehire(text: &str) -> bool {
    PREHIRE.contains(&squash(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Holds;
    use crate::domain::{ClosedList, Kind};
    use std::collections::HashMap;

    fn lists() -> impl Iterator<Item = ListDef> {
        Kind::ALL.iter().flat_map(|k| k.fields()).filter_map(|f| match f.holds {
            Holds::List(list) => Some(list),
            _ => None,
        })
    }

    #[test]
    fn every_table_of_words_belongs_to_a_list_and_names_its_codes() {
        for (codes, words) in WORDS {
            assert!(lists().any(|l| l.codes == *codes), "{codes:?}");
            assert!(words.iter().all(|(_, code)| codes.contains(code)), "{codes:?}");
        }
    }

    #[test]
    fn no_word_means_two_values() {
        for list in lists() {
            let mut seen: HashMap<String, &str> = HashMap::new();
            let labels = (0..list.codes.len())
                .flat_map(|at| [Lang::Fr, Lang::En].map(|lang| (list.label(at, lang), list.codes[at])));
            let words = WORDS.iter().filter(|(codes, _)| *codes == list.codes).flat_map(|(_, w)| w.iter().copied());
            for (word, code) in list.codes.iter().map(|c| (*c, *c)).chain(labels).chain(words) {
                let before = seen.insert(squash(word), code);
                assert!(before.is_none_or(|b| b == code), "{word} means {before:?} and {code}");
                assert_eq!(code_of(list, word), Some(code), "{word}");
            }
        }
    }
}
