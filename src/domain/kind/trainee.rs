//! Trainees: who somebody is, how to reach them, and one participation in a cohort.

use super::field::{Days, Holds, Target, Words, field, fields, list, of_cohort};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::trainee::{
    Decision, DecisionReason, EntryStatus, ExitReason, LicenceAtEntry, ReferrerKind, Sex, YesNo,
};

fields! { Trainees:
    /// The school's own reference of a person.
    REF = field("ref", "Référence", Holds::Code)
        .also(&["numéro de dossier", "n° dossier", "dossier", "matricule", "identifiant", "identifiant interne"])
        .identity();
    /// The slug.
    TRAINEE = field("trainee", "Stagiaire", Holds::Code).identity();
    LAST_NAME = field("last_name", "Nom", Holds::Name)
        .also(&["nom de famille", "nom d'usage", "nom usuel", "nom du bénéficiaire", "nom du stagiaire", "surname", "family name"])
        .must()
        .identity();
    FIRST_NAME = field("first_name", "Prénom", Holds::Name)
        .also(&["prénoms", "prénom(s)", "prénom usuel", "prénom du bénéficiaire", "prénom du stagiaire", "given name", "forename"])
        .must()
        .identity();
    BIRTH_DATE =
        field("birth_date", "Date de naissance", Holds::Date).also(&["naissance", "né(e) le", "né le", "née le", "date naissance", "date de naiss", "ddn", "date of birth", "dob", "birthday"]).identity().days(Days::AnyDone);
    SEX = list::<Sex>("sex", "Sexe").also(&["civilité", "civ", "genre", "gender", "h/f", "f/h", "m/f"]).identity();
    PHONE = field("phone", "Téléphone", Holds::Phone)
        .also(&[
            "tél", "portable", "mobile", "gsm", "fixe", "téléphone portable", "téléphone mobile", "téléphone fixe", "tél portable",
            "tél mobile", "tél fixe", "n° de téléphone", "n° téléphone", "numéro de téléphone", "n° portable", "téléphone 1",
            "téléphone 2", "tél 1", "tél 2", "phone number", "cell", "cell phone", "telephone",
        ])
        .identity();
    EMAIL = field("email", "Courriel", Holds::Line)
        .also(&["mail", "e-mail", "adresse mail", "adresse e-mail", "adresse électronique", "mél", "email address"])
        .identity();
    ADDRESS = field("address", "Adresse", Holds::Line)
        .also(&[
            "adresse (suite)", "adresse suite", "adresse 1", "adresse 2", "adresse (complément)", "complément d'adresse",
            "complément adresse", "adresse postale", "rue", "voie", "n° et voie", "street", "address line 1", "address line 2",
        ])
        .identity();
    POSTAL_CODE =
        field("postal_code", "Code postal", Holds::Code).also(&["cp", "code post", "zip", "zip code", "postcode"]).identity();
    COMMUNE = field("commune", "Commune", Holds::Line)
        .also(&["ville", "commune de résidence", "ville de résidence", "localité", "city", "town"])
        .identity();
    COHORT = of_cohort();
    APPLICATION_DATE = field("application_date", "Date de candidature", Holds::Date).also(&["candidature"]);
    INTERVIEW_DATE = field("interview_date", "Date d'entretien", Holds::Date);
    DECISION = list::<Decision>("decision", "Décision");
    REFERRER_KIND = list::<ReferrerKind>("referrer_kind", "Type de prescripteur");
    REFERRER = field("referrer", "Prescripteur", Holds::Line)
        .also(&["conseiller", "conseillère", "référent", "conseiller référent", "orienté par"])
        .words(Words::Own);
    /// The first day in the cohort.
    ENTRY = field("entry", "Entrée", Holds::Date)
        .also(&["date d'entrée", "date entrée", "entrée le", "date d'entrée en formation", "entry date", "entered on"]);
    /// The last day in the cohort.
    EXIT = field("exit", "Sortie", Holds::Date)
        .also(&["date de sortie", "date sortie", "sortie le", "exit date", "left on"]);
    EXIT_REASON = list::<ExitReason>("exit_reason", "Motif de sortie").also(&["motif_sortie", "motif", "motif de la sortie", "reason for leaving"]);
    STATUS_AT_ENTRY = list::<EntryStatus>("status_at_entry", "Statut à l'entrée").also(&["statut_entree"]);
    STATUS_SINCE = field("status_since", "Statut depuis", Holds::Date).days(Days::AnyDone);
    IN_EDUCATION = list::<YesNo>("in_education", "En études");
    /// The level of education, by the ISCED scale of 0 to 8.
    EDUCATION = field("education", "Niveau d'études (CITE)", Holds::Int(0, 8)).also(&["niveau CITE", "ISCED"]);
    DISABILITY = list::<YesNo>("disability", "Handicap").also(&["RQTH", "TH"]);
    INCOME_SUPPORT = list::<YesNo>("income_support", "Minima sociaux").also(&["RSA", "bénéficiaire du RSA", "BRSA"]);
    PRIORITY_DISTRICT = list::<YesNo>("priority_district", "Quartier prioritaire").also(&["QPV"]);
    RURAL = list::<YesNo>("rural", "Zone rurale");
    THIRD_COUNTRY = list::<YesNo>("third_country", "Pays tiers");
    FOREIGN_BACKGROUND = list::<YesNo>("foreign_background", "Origine étrangère");
    MINORITY = list::<YesNo>("minority", "Minorité");
    HOMELESS = list::<YesNo>("homeless", "Sans domicile");
    LICENCE_AT_ENTRY = list::<LicenceAtEntry>("licence_at_entry", "Permis à l'entrée");
    /// The day on which the person was told what is recorded and why.
    INFORMED_ON = field("informed_on", "Informé le", Holds::Date);
    CONSENT_STORIES = list::<YesNo>("consent_stories", "Accord témoignage");
    /// The information meeting attended.
    MEETING_ON = field("meeting_on", "Réunion le", Holds::Date);
    /// The grid of the interviewer: 1 none to 5 strong.
    MOTIVATION = field("motivation", "Motivation", Holds::Int(1, 5));
    MOTIVATION_NOTE = field("motivation_note", "Note de motivation", Holds::Note).words(Words::Story);
    DECIDED_ON = field("decided_on", "Décidé le", Holds::Date);
    DECIDED_BY = field("decided_by", "Décidé par", Holds::Ref(Target::Staff));
    DECISION_REASON = list::<DecisionReason>("decision_reason", "Motif de décision");
    WAITING_RANK = field("waiting_rank", "Rang d'attente", Holds::Int(1, 1000));
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("stagiaire", "trainee"),
    many: Text::fixed("stagiaires", "trainees"),
    table: "participation",
    parts: &["person", "alias", "contact"],
    numbered: true,
    owner: Owner::Person,
    order: &[],
    told_by: &[],
    event: None,
    removal: Some(Text::fixed("fil trainee remove QUI", "fil trainee remove WHO")),
};
