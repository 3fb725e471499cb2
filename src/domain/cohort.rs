//! Closed lists of a cohort, its modules and its calendar.

use crate::closed_list;

closed_list! {
    /// The status of the trainees while they train; it decides the line of the yearly return (Cerfa 10443, F-1).
    TrainingStatus {
        VocationalTrainee = "vocational_trainee", "stagiaire de la formation professionnelle", "vocational trainee";
        TempWorker = "temp_worker", "intérimaire", "temp worker";
        TrainingBeforeHire = "training_before_hire", "formation avant embauche", "training before hire";
        WorkIntegrationEmployee = "work_integration_employee", "salarié en insertion", "work-integration employee";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// The half of a day.
    Half {
        Am = "am", "matin", "morning", also "mat", "matinée";
        Pm = "pm", "après-midi", "afternoon", also "aprem", "apm";
    }
}

closed_list! {
    /// What a half-day of the calendar is.
    SlotKind {
        Centre = "centre", "centre", "centre", also "center";
        Company = "company", "entreprise", "company", also "stage";
        Cancelled = "cancelled", "annulé", "cancelled", also "annulée", "canceled";
    }
}

impl SlotKind {
    /// Whether a half-day of this kind is planned: one that was cancelled is not.
    pub fn takes_place(self) -> bool {
        match self {
            SlotKind::Centre | SlotKind::Company => true,
            SlotKind::Cancelled => false,
        }
    }
}

closed_list! {
    /// The stream a module belongs to.
    Stream {
        General = "general", "remise à niveau", "general refresher";
        Licence = "licence", "permis", "licence";
        Technical = "technical", "technique", "technical";
        Employability = "employability", "employabilité", "employability";
        Company = "company", "entreprise", "company";
    }
}
