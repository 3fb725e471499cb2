//! Everyday words for the values of closed lists, in both languages, accents and case ignored.

use crate::domain::folding::{fold, nearest, shown};
use crate::domain::progress::{
    CertificateOutcome, InterviewKind, Justification, LicenceOutcome, LicenceStep, ModuleOutcome,
};
use crate::domain::{ClosedList, Refusal};
use crate::text;

/// Words that mean a value besides its code and its labels.
pub type Also<L> = &'static [(L, &'static [&'static str])];

/// Outcomes of a module.
pub const OUTCOMES: Also<ModuleOutcome> = &[
    (ModuleOutcome::Validated, &["valide", "validee", "acquis", "acquise", "ok", "reussi", "done"]),
    (ModuleOutcome::InProgress, &["cours", "en crs", "in progress", "started"]),
    (ModuleOutcome::Failed, &["echec", "echoue", "non valide", "non acquis", "rate", "fail"]),
];
/// Outcomes of a certificate.
pub const ATTEMPTS: Also<CertificateOutcome> = &[
    (CertificateOutcome::Obtained, &["obtenue", "reussi", "reussie", "passed", "ok"]),
    (CertificateOutcome::Failed, &["echoue", "rate", "ratee", "fail"]),
    (CertificateOutcome::Absent, &["absente"]),
];
/// Outcomes of an exam of the licence.
pub const EXAMS: Also<LicenceOutcome> = &[
    (LicenceOutcome::Passed, &["obtenue", "reussi", "reussie", "obtained", "ok", "pass"]),
    (LicenceOutcome::Failed, &["echoue", "rate", "ratee", "fail"]),
    (LicenceOutcome::Absent, &["absente"]),
    (LicenceOutcome::Booked, &["prevue", "inscrit", "inscrite", "reserve", "reservee", "planned"]),
];
/// Steps towards the licence.
pub const STEPS: Also<LicenceStep> = &[
    (LicenceStep::Registered, &["inscrit", "inscrite", "dossier", "registration"]),
    (LicenceStep::CodeExam, &["code", "etg", "theory", "epreuve du code", "examen du code"]),
    (LicenceStep::Lesson, &["lecon de conduite", "lecons", "heures", "cours", "driving lesson"]),
    (LicenceStep::DrivingExam, &["conduite", "permis", "driving", "examen de conduite", "epreuve de conduite"]),
];
/// Kinds of interview.
pub const INTERVIEWS: Also<InterviewKind> = &[
    (InterviewKind::Tutorial, &["tuto", "tutoriel"]),
    (InterviewKind::FollowUp, &["follow", "followup", "point", "entretien"]),
    (InterviewKind::CompanyVisit, &["visite", "entreprise", "visit", "company"]),
];
/// Papers and reasons behind an absence.
pub const REASONS: Also<Justification> = &[
    (Justification::Document, &["papier", "justificatif", "doc", "certificat"]),
    (Justification::Family, &["familial", "familiale"]),
    (Justification::Administrative, &["administratif", "demarche", "demarches", "rendez-vous", "rdv", "admin"]),
    (Justification::Exam, &["epreuve", "concours"]),
    (Justification::Transport, &["transports", "train", "bus"]),
    (Justification::Other, &["autres"]),
];

/// The value that a word means, if any.
pub fn find<L: ClosedList>(typed: &str, also: Also<L>) -> Option<L> {
    let wanted = plain(typed);
    let own = L::ALL.iter().copied().find(|value| plain(value.code()) == wanted);
    let label = |value: &L| [&value.text().fr, &value.text().en].iter().any(|word| plain(word) == wanted);
    let labelled = || L::ALL.iter().copied().find(label);
    let everyday = || also.iter().find(|(_, words)| words.iter().any(|w| plain(w) == wanted)).map(|(value, _)| *value);
    own.or_else(labelled).or_else(everyday)
}

/// The value that a word means; anything else is refused with the words that would do.
pub fn read<L: ClosedList>(typed: &str, also: Also<L>) -> Result<L, Refusal> {
    find(typed, also).ok_or_else(|| unknown(typed, also))
}

fn unknown<L: ClosedList>(typed: &str, also: Also<L>) -> Refusal {
    let texts: Vec<_> = L::ALL.iter().map(|value| value.text()).collect();
    let fr = texts.iter().map(|t| &*t.fr).collect::<Vec<_>>().join(", ");
    let en = L::CODES.join(", ");
    let word = shown(typed);
    let known = texts.iter().map(|t| &*t.fr).chain(L::CODES.iter().copied());
    let known = known.chain(also.iter().flat_map(|(_, words)| words.iter().copied()));
    let refusal = Refusal::usage(text!("« {word} » n'est pas compris", "“{word}” is not understood"))
        .why(text!("on attend : {fr}", "expected: {en}"));
    match nearest(typed, known) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire « {near} » ?", "Did you mean “{near}”?")),
        None => refusal,
    }
}

fn plain(word: &str) -> String {
    fold(word).replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<L: ClosedList + std::fmt::Debug>(also: Also<L>, value: L, words: &[&str]) {
        for word in words {
            assert_eq!(find(word, also), Some(value), "{word}");
        }
    }

    #[test]
    fn outcomes_of_a_module_are_read_in_everyday_words() {
        check(OUTCOMES, ModuleOutcome::Validated, &["validated", "VALIDATED", "validé", "Validée", "acquis"]);
        check(OUTCOMES, ModuleOutcome::InProgress, &["in_progress", "in-progress", "en cours", "in progress"]);
        check(OUTCOMES, ModuleOutcome::Failed, &["failed", "échec", "echec", "non validé", "raté"]);
    }

    #[test]
    fn outcomes_of_exams_are_read_in_everyday_words() {
        check(EXAMS, LicenceOutcome::Passed, &["passed", "obtenu", "obtenue", "réussi"]);
        check(EXAMS, LicenceOutcome::Failed, &["failed", "échec", "raté"]);
        check(EXAMS, LicenceOutcome::Booked, &["booked", "prévu", "prevue", "réservé"]);
        check(EXAMS, LicenceOutcome::Absent, &["absent", "Absente"]);
        check(ATTEMPTS, CertificateOutcome::Obtained, &["obtained", "obtenu", "passed"]);
    }

    #[test]
    fn steps_kinds_and_reasons_are_read_in_everyday_words() {
        check(STEPS, LicenceStep::CodeExam, &["code_exam", "code", "Code exam", "ETG"]);
        check(STEPS, LicenceStep::DrivingExam, &["driving_exam", "conduite", "driving test"]);
        check(STEPS, LicenceStep::Lesson, &["lesson", "leçon"]);
        check(STEPS, LicenceStep::Registered, &["registered", "inscription", "inscrit"]);
        check(INTERVIEWS, InterviewKind::CompanyVisit, &["company_visit", "visite", "visite en entreprise"]);
        check(INTERVIEWS, InterviewKind::Tutorial, &["tutorat", "tutorial"]);
        check(REASONS, Justification::Family, &["family", "famille"]);
        check(REASONS, Justification::Administrative, &["démarche", "administratif", "RDV"]);
    }

    #[test]
    fn a_word_of_health_is_no_reason() {
        for word in ["maladie", "médical", "sick", "hôpital", ""] {
            assert_eq!(find(word, REASONS), None, "{word}");
        }
        assert!(read("documant", REASONS).unwrap_err().hint.is_some_and(|hint| hint.fr.contains("document")));
    }

    #[test]
    fn no_word_means_two_values() {
        fn all<L: ClosedList + std::fmt::Debug>(also: Also<L>) {
            for (value, words) in also {
                for word in *words {
                    assert_eq!(find(word, also), Some(*value), "{word}");
                }
            }
        }
        all(OUTCOMES);
        all(ATTEMPTS);
        all(EXAMS);
        all(STEPS);
        all(INTERVIEWS);
        all(REASONS);
    }
}
