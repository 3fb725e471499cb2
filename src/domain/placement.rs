//! Situations after or around the course, evidence, observation points and channels.

use crate::closed_list;

closed_list! {
    /// The type of a situation, employment or not.
    SituationType {
        Cdi = "CDI", "CDI", "open-ended contract";
        CdiInterim = "CDI_INTERIM", "CDI intérimaire", "open-ended temp contract";
        Cdd = "CDD", "CDD", "fixed-term contract";
        Interim = "INTERIM", "mission d'intérim", "temp mission";
        Apprentissage = "APPRENTISSAGE", "apprentissage", "apprenticeship";
        Professionnalisation = "PROFESSIONNALISATION", "contrat de professionnalisation", "professionalisation contract";
        ContratAide = "CONTRAT_AIDE", "contrat aidé", "subsidised contract";
        IaeCddi = "IAE_CDDI", "CDD d'insertion", "work-integration fixed-term contract";
        IaeEtti = "IAE_ETTI", "mission d'insertion (ETTI)", "work-integration temp mission";
        IaeCdiInclusion = "IAE_CDI_INCLUSION", "CDI inclusion", "inclusion open-ended contract";
        FonctionPublique = "FONCTION_PUBLIQUE", "fonction publique", "civil service";
        Creation = "CREATION", "création d'entreprise", "business creation";
        FormationQualifiante = "FORMATION_QUALIFIANTE", "formation qualifiante", "qualifying training";
        FormationPrequalifiante = "FORMATION_PREQUALIFIANTE", "formation préqualifiante", "pre-qualifying training";
        RetourEtudes = "RETOUR_ETUDES", "retour en études", "back to school";
        Pmsmp = "PMSMP", "immersion (PMSMP)", "workplace immersion";
        Stage = "STAGE", "stage", "internship";
        ServiceCivique = "SERVICE_CIVIQUE", "service civique", "civic service";
        DemandeurEmploi = "DEMANDEUR_EMPLOI", "demandeur d'emploi", "job seeker";
        Inactif = "INACTIF", "inactif", "inactive";
        SansNouvelles = "SANS_NOUVELLES", "sans nouvelles", "no news";
    }
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
        Payslip = "payslip", "bulletin de paie", "payslip";
        Declaration = "declaration", "déclaration", "declaration";
        Register = "register", "registre", "register";
        None = "none", "aucune", "none";
    }
}

closed_list! {
    /// A follow-up point, counted in months from the exit.
    Point {
        M3 = "3m", "3 mois", "3 months";
        M6 = "6m", "6 mois", "6 months";
        M12 = "12m", "12 mois", "12 months";
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
        Phone = "phone", "téléphone", "phone";
        Sms = "sms", "SMS", "text message";
        Email = "email", "courriel", "e-mail";
        Visit = "visit", "visite", "visit";
        Employer = "employer", "employeur", "employer";
    }
}
