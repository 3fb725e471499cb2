//! Marks of half-days: who was there, who was not, and why.

use super::field::{Holds, field, fields, list, of_cohort, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::cohort::Half;
use crate::domain::progress::{AttendanceStatus, Justification};

fields! { Attendance:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    DATE = on_day();
    HALF = list::<Half>("half", "Demi-journée").must().key();
    STATUS = list::<AttendanceStatus>("status", "Statut").must();
    /// Minutes of presence in a half-day that was not attended whole.
    MINUTES = field("minutes", "Minutes", Holds::Minutes(1, 720));
    JUSTIFICATION = list::<Justification>("justification", "Justificatif");
    SIGNED_TRAINEE = field("signed_trainee", "Signé stagiaire", Holds::Bool);
    SIGNED_TRAINER = field("signed_trainer", "Signé formateur", Holds::Bool);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("présence", "attendance mark"),
    many: Text::fixed("présences", "attendance marks"),
    table: "attendance",
    parts: &[],
    numbered: false,
    owner: Owner::Stay,
    order: &[DATE, HALF],
    told_by: &[],
    event: Some(Event { day: DATE, word: Text::fixed("présence", "attendance") }),
    removal: None,
};
