//! Situations after or around the course, evidence, observation points and channels.

use crate::closed_list;
use crate::domain::folding::letters_and_digits;

closed_list! {
    /// The type of a situation, employment or not.
    SituationType {
        Cdi = "CDI", "CDI", "open-ended contract", also "permanent", "open-ended";
        CdiInterim = "CDI_INTERIM", "CDI intérimaire", "open-ended temp contract", also "cdii";
        Cdd = "CDD", "CDD", "fixed-term contract", also "fixed-term";
        Interim = "INTERIM", "mission d'intérim", "temp mission",
            also "mission", "préembauche", "mission de préembauche", "prehire", "prehire mission", "temp", "temporary";
        Apprentissage = "APPRENTISSAGE", "apprentissage", "apprenticeship",
            also "apprenti", "apprentice", "contrat d'apprentissage";
        Professionnalisation = "PROFESSIONNALISATION", "contrat de professionnalisation", "professionalisation contract",
            also "contrat pro";
        ContratAide = "CONTRAT_AIDE", "contrat aidé", "subsidised contract", also "aidé", "pec", "cui", "subsidised";
        IaeCddi = "IAE_CDDI", "CDD d'insertion", "work-integration fixed-term contract", also "cddi";
        IaeEtti = "IAE_ETTI", "mission d'insertion (ETTI)", "work-integration temp mission", also "etti";
        IaeCdiInclusion = "IAE_CDI_INCLUSION", "CDI inclusion", "inclusion open-ended contract";
        FonctionPublique = "FONCTION_PUBLIQUE", "fonction publique", "civil service",
            also "fonctionnaire", "concours", "public service";
        Creation = "CREATION", "création d'entreprise", "business creation",
            also "auto-entrepreneur", "micro-entreprise", "indépendant", "self-employed";
        FormationQualifiante = "FORMATION_QUALIFIANTE", "formation qualifiante", "qualifying training",
            also "qualifiante";
        FormationPrequalifiante = "FORMATION_PREQUALIFIANTE", "formation préqualifiante", "pre-qualifying training",
            also "préqualifiante";
        RetourEtudes = "RETOUR_ETUDES", "retour en études", "back to school",
            also "études", "école", "lycée", "school", "studies";
        Pmsmp = "PMSMP", "immersion (PMSMP)", "workplace immersion", also "immersion";
        Stage = "STAGE", "stage", "internship";
        ServiceCivique = "SERVICE_CIVIQUE", "service civique", "civic service", also "civique", "volunteer";
        DemandeurEmploi = "DEMANDEUR_EMPLOI", "demandeur d'emploi", "job seeker",
            also "demandeuse d'emploi", "chômage", "chômeur", "chômeuse", "recherche", "recherche d'emploi",
                 "unemployed", "seeking", "job seeking", "looking";
        Inactif = "INACTIF", "inactif", "inactive";
        SansNouvelles = "SANS_NOUVELLES", "sans nouvelles", "no news",
            also "perdu de vue", "lost", "injoignable", "pas joint", "pas de réponse", "unreachable", "not reached",
                 "no answer";
    }
    several {
        "alternance", "work-study" => Apprentissage, Professionnalisation;
        "insertion", "iae" => IaeCddi, IaeEtti, IaeCdiInclusion;
        "formation", "training" => FormationQualifiante, FormationPrequalifiante;
    }
}

/// The everyday words of [`SituationType::Interim`] that also say that it is a mission before hiring.
const PREHIRE: [&str; 5] = ["mission", "preembauche", "missiondepreembauche", "prehire", "prehiremission"];

/// Whether the word for a situation also says that it is a mission before hiring.
pub fn says_prehire(word: &str) -> bool {
    PREHIRE.contains(&letters_and_digits(word).as_str())
}

impl SituationType {
    /// Whether it is a paid contract: every work contract and alternance, temp missions included; not immersions,
    /// internships, civic service or trainings.
    pub fn is_paid(self) -> bool {
        matches!(
            self,
            Self::Cdi
                | Self::CdiInterim
                | Self::Cdd
                | Self::Interim
                | Self::Apprentissage
                | Self::Professionnalisation
                | Self::ContratAide
                | Self::IaeCddi
                | Self::IaeEtti
                | Self::IaeCdiInclusion
                | Self::FonctionPublique
                | Self::Creation
        )
    }
}

closed_list! {
    /// The proof seen of a situation.
    Evidence {
        Contract = "contract", "contrat", "contract";
        Payslip = "payslip", "bulletin de paie", "payslip", also "fiche de paie", "bulletin";
        Declaration = "declaration", "déclaration", "declaration";
        Register = "register", "registre", "register";
        None = "none", "aucune", "none", also "non";
    }
}

closed_list! {
    /// A follow-up point, counted in months from the exit.
    Point {
        M3 = "3m", "3 mois", "3 months", also "3";
        M6 = "6m", "6 mois", "6 months", also "6";
        M12 = "12m", "12 mois", "12 months", also "12", "1 an", "1 year";
    }
}

impl Point {
    /// Months after the exit.
    pub fn months(self) -> i32 {
        match self {
            Point::M3 => 3,
            Point::M6 => 6,
            Point::M12 => 12,
        }
    }
}

closed_list! {
    /// How someone was reached.
    Channel {
        Phone = "phone", "téléphone", "phone", also "tél", "appel";
        Sms = "sms", "SMS", "text message", also "texto";
        Email = "email", "courriel", "e-mail", also "mail";
        Visit = "visit", "visite", "visit";
        Employer = "employer", "employeur", "employer";
    }
}
