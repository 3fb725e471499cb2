//! Cohorts: the groups that train together, with their dates and places.

use super::field::{Days, Holds, Target, field, fields, list};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::cohort::TrainingStatus;

fields! { Cohorts:
    COHORT = field("cohort", "Promotion", Holds::Code).must().key().also(&["promo"]);
    TITLE = field("title", "Intitulé", Holds::Line);
    SITE = field("site", "Site", Holds::Line);
    START = field("start", "Début", Holds::Date).must().days(Days::Ahead);
    END = field("end", "Fin", Holds::Date).must().days(Days::Ahead);
    PLACES = field("places", "Places", Holds::Int(1, 10_000)).must();
    /// The length of its half-days where the calendar says nothing else.
    SLOT_MINUTES = field("slot_minutes", "Minutes par demi-journée", Holds::Minutes(1, 720));
    TRAINING_STATUS = list::<TrainingStatus>("training_status", "Statut de formation");
    /// The code of the training's speciality (nomenclature des spécialités de formation).
    NSF = field("nsf", "NSF", Holds::Code);
    /// Who leaves within so many days did not really begin.
    INTEGRATION_DAYS = field("integration_days", "Jours d'intégration", Holds::Int(0, 366));
    CERTIFICATE = field("certificate", "Certification", Holds::Ref(Target::Certificate));
    AM_HOURS = field("am_hours", "Horaires du matin", Holds::Times);
    PM_HOURS = field("pm_hours", "Horaires de l'après-midi", Holds::Times);
    /// Hours of driving that are financed for each trainee.
    DRIVING_HOURS = field("driving_hours", "Heures de conduite financées", Holds::Hours);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("promotion", "cohort"),
    many: Text::fixed("promotions", "cohorts"),
    table: "cohort",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[START, COHORT],
    told_by: &[&[COHORT]],
    event: None,
    removal: Some(Text::fixed("fil cohort edit CODE --set certificate=", "fil cohort edit CODE --set certificate=")),
};
