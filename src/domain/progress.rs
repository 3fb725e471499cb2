//! Closed lists of attendance, results, certificates, licence and interviews.

use crate::closed_list;

closed_list! {
    /// The mark of a half-day.
    AttendanceStatus {
        Present = "present", "présent", "present";
        Excused = "excused", "absence justifiée", "excused";
        Unexcused = "unexcused", "absence injustifiée", "unexcused";
    }
}

closed_list! {
    /// The paper or reason behind an excused absence; never a health reason.
    Justification {
        Document = "document", "document", "document";
        Family = "family", "famille", "family";
        Administrative = "administrative", "démarche administrative", "administrative";
        Exam = "exam", "examen", "exam";
        Transport = "transport", "transport", "transport";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// Outcome of a module.
    ModuleOutcome {
        Validated = "validated", "validé", "validated";
        InProgress = "in_progress", "en cours", "in progress";
        Failed = "failed", "non validé", "failed";
    }
}

closed_list! {
    /// Outcome of an attempt at a certificate.
    CertificateOutcome {
        Obtained = "obtained", "obtenu", "obtained";
        Failed = "failed", "échec", "failed";
        Absent = "absent", "absent", "absent";
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
        Registered = "registered", "inscription", "registered";
        CodeExam = "code_exam", "épreuve du code", "theory test";
        Lesson = "lesson", "leçon", "lesson";
        DrivingExam = "driving_exam", "épreuve de conduite", "driving test";
    }
}

closed_list! {
    /// Outcome of a licence exam.
    LicenceOutcome {
        Passed = "passed", "obtenu", "passed";
        Failed = "failed", "échec", "failed";
        Absent = "absent", "absent", "absent";
        Booked = "booked", "prévu", "booked";
    }
}

closed_list! {
    /// Kind of individual follow-up interview.
    InterviewKind {
        Tutorial = "tutorial", "tutorat", "tutorial";
        FollowUp = "follow_up", "suivi", "follow-up";
        CompanyVisit = "company_visit", "visite en entreprise", "company visit";
    }
}
