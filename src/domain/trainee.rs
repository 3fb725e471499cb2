//! Closed lists of a person and of their participation in a cohort.

use crate::closed_list;
use crate::domain::id::PersonId;

closed_list! {
    /// Why somebody was admitted or refused.
    DecisionReason {
        Motivation = "motivation", "motivation", "motivation";
        Project = "project", "projet", "project";
        Availability = "availability", "disponibilité", "availability";
        Eligibility = "eligibility", "éligibilité", "eligibility", also "âge", "age";
        OtherPath = "other_path", "autre parcours", "other path", also "réorientation";
        NoShow = "no_show", "pas venu", "no show", also "absent", "absente", "pas venue";
        Full = "full", "complet", "full", also "plus de place";
        Moved = "moved", "déménagement", "moved", also "déménagé";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// Sex as the European reports break it down.
    Sex {
        F = "F", "femme", "woman", also "féminin", "fille", "female", "fem", "Mme", "Madame", "Mlle", "Mademoiselle", "Mrs", "Ms", "Miss";
        M = "M", "homme", "man", also "H", "masculin", "garçon", "male", "masc", "Mr", "Monsieur";
        X = "X", "non binaire", "nonbinary", also "autre", "other";
    }
}

closed_list! {
    /// What was decided on an application.
    Decision {
        Pending = "pending", "en attente de décision", "pending", also "en attente", "à décider";
        Admitted = "admitted", "admis", "admitted", also "admise", "accepté", "acceptée";
        Waiting = "waiting", "liste d'attente", "waiting list";
        Refused = "refused", "refusé", "refused", also "refusée";
        Withdrawn = "withdrawn", "désistement", "withdrawn", also "désisté", "désistée";
    }
}

closed_list! {
    /// Who sent the person.
    ReferrerKind {
        Ml = "ML", "Mission Locale", "local youth service";
        Ft = "FT", "France Travail", "employment service", also "Pôle emploi", "PE";
        Ccas = "CCAS", "centre communal d'action sociale", "municipal social services";
        E2c = "E2C", "école de la deuxième chance", "second-chance school";
        Pjj = "PJJ", "protection judiciaire de la jeunesse", "youth justice service";
        Epide = "EPIDE", "établissement pour l'insertion dans l'emploi", "employment integration centre";
        CapEmploi = "CAP_EMPLOI", "Cap emploi", "disability employment service";
        Prevention = "PREVENTION", "club de prévention", "prevention club";
        Dept = "DEPT", "département", "county council", also "conseil départemental";
        Direct = "direct", "candidature directe", "direct application", also "candidature spontanée";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// Why a participation ended.
    ExitReason {
        Completed = "completed", "terme", "completed", also "fin", "fin de formation", "terminé", "complet";
        Job = "job", "emploi", "left early for a job", also "embauche";
        Training = "training", "formation", "left early for training";
        DroppedOut = "dropped_out", "abandon", "dropped out", also "abandonné", "dropout";
        Excluded = "excluded", "exclusion", "excluded", also "exclu", "exclue";
        ForceMajeure = "force_majeure", "force majeure", "force majeure";
        EndOfIntegration = "end_of_integration", "fin de la période d'intégration", "end of integration period",
            also "fin d'intégration", "fin intégration";
        Transferred = "transferred", "transfert", "transferred to another cohort", also "transféré", "transférée";
    }
}

closed_list! {
    /// Labour status on the entry day.
    EntryStatus {
        Unemployed = "unemployed", "au chômage", "unemployed", also "chômage", "chômeur", "demandeur d'emploi";
        Inactive = "inactive", "inactif", "inactive", also "inactive";
        Employed = "employed", "en emploi", "employed", also "emploi", "salarié";
    }
}

closed_list! {
    /// An answer that may never have been asked, or may have been refused.
    YesNo {
        Yes = "yes", "oui", "yes", also "o", "y", "1", "x", "true", "vrai";
        No = "no", "non", "no", also "n", "0", "false", "faux";
        Unknown = "unknown", "inconnu", "unknown", also "inconnue", "ne sait pas", "nsp", "non demandé", "nc", "non communiqué", "nr", "non renseigné";
        Refused = "refused", "refus de répondre", "refused to answer", also "refus", "refusé";
    }
}

closed_list! {
    /// Driving licence already held at entry.
    LicenceAtEntry {
        None = "none", "aucun", "none", also "non";
        Code = "code", "code", "theory test", also "code obtenu";
        B = "B", "permis B", "licence B", also "permis";
    }
}

/// The slug that takes the place of an erased person's: `erased-12`, after the number of the record.
pub fn erased_slug(person: PersonId) -> String {
    format!("erased-{person}")
}

/// Whether a slug is that of somebody who was erased: nobody to call, to complete or to take for somebody else.
pub fn is_erased(slug: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    slug.strip_prefix("erased-").is_some_and(|rest| rest.split('-').count() <= 2 && rest.split('-').all(digits))
}
