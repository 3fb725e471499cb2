//! Situations during and after the training: contracts, missions, training, looking for work.

use super::field::{Days, Holds, Words, field, fields, list, of_cohort, of_trainee};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::placement::{Evidence, SituationType};

fields! { Placements:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    TYPE = list::<SituationType>("type", "Type")
        .also(&["nature du contrat", "nature contrat", "type de contrat", "contrat", "contract type", "contract"])
        .must()
        .key();
    COMPANY = field("company", "Entreprise", Holds::Line)
        .also(&["employeur", "nom de l'entreprise", "société", "raison sociale", "employer"])
        .key()
        .words(Words::Company);
    START = field("start", "Début", Holds::Date)
        .also(&["date de début", "début du contrat", "date début", "date d'embauche", "embauche", "start date"])
        .must().key().days(Days::Ahead);
    PLANNED_END = field("planned_end", "Fin prévue", Holds::Date)
        .also(&["fin", "date de fin", "fin du contrat", "fin de contrat", "date fin", "date de fin prévue", "end", "end date"])
        .days(Days::Ahead);
    ACTUAL_END = field("actual_end", "Fin réelle", Holds::Date).days(Days::Ahead);
    END_REASON = field("end_reason", "Motif de fin", Holds::Line).words(Words::Own);
    WEEKLY_HOURS = field("weekly_hours", "Heures par semaine", Holds::Hours).also(&["heures hebdo", "durée hebdomadaire"]);
    /// Whether a mission is meant to become a contract.
    PREHIRE = field("prehire", "Préembauche", Holds::Bool);
    JOB = field("job", "Poste", Holds::Line).also(&["emploi", "métier", "intitulé du poste", "fonction", "job title"]).words(Words::Own);
    EVIDENCE = list::<Evidence>("evidence", "Preuve");
    /// The day on which the evidence was seen.
    SEEN_ON = field("seen_on", "Vu le", Holds::Date);
    /// Where somebody works whom an agency employs.
    USER_COMPANY = field("user_company", "Entreprise utilisatrice", Holds::Line).words(Words::Company);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("situation", "placement"),
    many: Text::fixed("situations", "placements"),
    table: "placement",
    parts: &[],
    numbered: true,
    owner: Owner::Stay,
    order: &[START],
    told_by: &[&[TYPE], &[USER_COMPANY, COMPANY]],
    event: Some(Event { day: START, word: Text::fixed("emploi", "placement") }),
    removal: None,
};
