//! Closed lists of attendance, results, certificates, licence and interviews.

use crate::closed_list;

closed_list! {
    /// The mark of a half-day.
    AttendanceStatus {
        Present = "present", "présent", "present", also "P", "X", "1", "présente";
        Excused = "excused", "absence justifiée", "excused",
            also "E", "J", "exc", "abs. just.", "abs exc", "excusé", "excusée", "justifié", "justifiée", "absent excusé", "absence excusée",
                 "absent justifié";
        Unexcused = "unexcused", "absence injustifiée", "unexcused",
            also "A", "U", "abs", "abs. inj.", "abs injust", "injustifié", "injustifiée", "non justifié", "non justifiée", "absence non justifiée",
                 "absent injustifié";
    }
}

closed_list! {
    /// The paper or reason behind an excused absence; never a health reason.
    Justification {
        Document = "document", "document", "document", also "papier", "justificatif", "doc", "certificat";
        Family = "family", "famille", "family", also "familial", "familiale";
        Administrative = "administrative", "démarche administrative", "administrative",
            also "administratif", "démarche", "démarches", "rendez-vous", "rdv", "admin";
        Exam = "exam", "examen", "exam", also "épreuve", "concours";
        Transport = "transport", "transport", "transport", also "transports", "train", "bus";
        Other = "other", "autre", "other", also "autres";
    }
}

closed_list! {
    /// Outcome of a module.
    ModuleOutcome {
        Validated = "validated", "validé", "validated", also "validée", "acquis", "acquise", "ok", "réussi", "done";
        InProgress = "in_progress", "en cours", "in progress", also "cours", "en crs", "started";
        Failed = "failed", "non validé", "failed", also "échec", "échoué", "non acquis", "raté", "fail";
    }
}

closed_list! {
    /// Outcome of an attempt at a certificate.
    CertificateOutcome {
        Obtained = "obtained", "obtenu", "obtained", also "obtenue", "réussi", "réussie", "passed", "ok";
        Failed = "failed", "échec", "failed", also "échoué", "raté", "ratée", "fail";
        Absent = "absent", "absent", "absent", also "absente";
    }
}

closed_list! {
    /// National registry of a certificate.
    Registry {
        Rncp = "RNCP", "RNCP", "RNCP";
        Rs = "RS", "répertoire spécifique", "RS";
        None = "none", "aucun", "none";
    }
}

closed_list! {
    /// A step towards driving licence B.
    LicenceStep {
        Registered = "registered", "inscription", "registered", also "inscrit", "inscrite", "dossier", "registration";
        CodeExam = "code_exam", "épreuve du code", "theory test", also "code", "etg", "theory", "examen du code";
        Lesson = "lesson", "leçon", "lesson",
            also "leçons", "leçon de conduite", "heures", "heure de conduite", "cours", "driving lesson";
        DrivingExam = "driving_exam", "épreuve de conduite", "driving test",
            also "conduite", "permis", "driving", "examen de conduite";
    }
}

closed_list! {
    /// Outcome of a licence exam.
    LicenceOutcome {
        Passed = "passed", "obtenu", "passed", also "obtenue", "réussi", "réussie", "obtained", "ok", "pass";
        Failed = "failed", "échec", "failed", also "échoué", "ajourné", "raté", "ratée", "fail";
        Absent = "absent", "absent", "absent", also "absente";
        Booked = "booked", "prévu", "booked", also "prévue", "inscrit", "inscrite", "réservé", "réservée", "planned";
    }
}

closed_list! {
    /// Kind of individual follow-up interview.
    InterviewKind {
        Tutorial = "tutorial", "tutorat", "tutorial", also "tuto", "tutoriel", "tuteur";
        FollowUp = "follow_up", "suivi", "follow-up", also "follow", "point", "entretien", "entretien de suivi";
        CompanyVisit = "company_visit", "visite en entreprise", "company visit",
            also "visite", "visite entreprise", "entreprise", "visit", "company";
        GroupTutorial = "group_tutorial", "tutorat de groupe", "group tutorial", also "groupe", "group", "atelier";
        Call = "call", "appel", "call", also "téléphone", "phone";
    }
}
