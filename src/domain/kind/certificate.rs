//! Attempts at certificates.

use super::field::{Days, Holds, Target, field, fields, list, of_cohort, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::progress::CertificateOutcome;

fields! { Certificates:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    CERTIFICATE = field("certificate", "Certification", Holds::Ref(Target::Certificate)).must().key();
    DATE = on_day();
    OUTCOME = list::<CertificateOutcome>("outcome", "Résultat").must();
    EXPIRES = field("expires", "Expire le", Holds::Date).days(Days::AnyAhead);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("certification", "certificate"),
    many: Text::fixed("certifications", "certificates"),
    table: "certificate",
    parts: &[],
    numbered: true,
    owner: Owner::Stay,
    order: &[DATE],
    told_by: &[&[CERTIFICATE]],
    event: Some(Event { day: DATE, word: Text::fixed("certification", "certificate") }),
    removal: None,
};
