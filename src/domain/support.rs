//! Closed lists of what helps a trainee through the course: obstacles, aids, figures of the territory.

use crate::closed_list;

closed_list! {
    /// What stands in somebody's way; never health.
    ObstacleKind {
        Mobility = "mobility", "mobilité", "mobility", also "transport", "transports";
        Housing = "housing", "logement", "housing", also "hébergement";
        Resources = "resources", "ressources", "resources", also "budget", "argent", "dettes", "money";
        Childcare = "childcare", "garde d'enfant", "childcare", also "garde", "enfants", "crèche";
        Administrative = "administrative", "démarches administratives", "administrative",
            also "administratif", "papiers", "démarches";
        Digital = "digital", "numérique", "digital", also "informatique", "ordinateur";
        Language = "language", "langue", "language", also "français", "lecture", "écriture";
        Justice = "justice", "justice", "justice";
        Confidence = "confidence", "confiance en soi", "confidence", also "confiance";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// What became of an obstacle.
    ObstacleResult {
        Lifted = "lifted", "levé", "lifted", also "levée", "résolu", "solved";
        Reduced = "reduced", "réduit", "reduced", also "réduite", "atténué";
        Unchanged = "unchanged", "inchangé", "unchanged", also "inchangée", "persiste";
    }
}

closed_list! {
    /// What a sum given to a trainee is for.
    AidKind {
        Transport = "transport", "transport", "transport", also "transports", "essence", "bus", "train", "fuel";
        Meals = "meals", "repas", "meals", also "restauration", "cantine", "food";
        Lodging = "lodging", "hébergement", "lodging", also "logement", "housing";
        Licence = "licence", "permis", "licence", also "license", "permis de conduire";
        Equipment = "equipment", "équipement", "equipment", also "matériel", "outillage";
        Other = "other", "autre", "other";
    }
}

closed_list! {
    /// A figure about the territory; any other is written `other:` and its name.
    ContextFigure {
        Neet = "neet", "jeunes sans emploi ni formation", "young people in neither work nor training",
            also "neets", "jeunes neet";
        Population = "population", "population", "population", also "habitants", "inhabitants";
        YouthUnemployment = "youth_unemployment", "chômage des jeunes", "youth unemployment", also "chômage";
        JobOffers = "job_offers", "offres d'emploi", "job offers", also "offres";
    }
}
