//! Closed lists of the people who work at the school.

use crate::closed_list;

closed_list! {
    /// What somebody does at the school.
    StaffRole {
        Trainer = "trainer", "formateur", "trainer", also "formatrice";
        Tutor = "tutor", "tuteur", "tutor", also "tutrice";
        Coordinator = "coordinator", "coordinateur", "coordinator", also "coordinatrice";
        DrivingInstructor = "driving_instructor", "enseignant de la conduite", "driving instructor",
            also "moniteur", "monitrice", "moniteur d'auto-école", "instructor";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// On what terms somebody works at the school.
    Employment {
        Internal = "internal", "salarié", "internal", also "salariée", "interne", "employee";
        External = "external", "prestataire", "external", also "externe", "freelance";
        Volunteer = "volunteer", "bénévole", "volunteer";
    }
}
