//! Grants of a funder, and the cohorts that they pay for.

use super::field::{Days, Holds, Target, field, fields};
use super::{Declaration, Owner};
use crate::domain::Text;

fields! { Grants:
    GRANT = field("grant", "Subvention", Holds::Code).must().key();
    FUNDER = field("funder", "Financeur", Holds::Ref(Target::Funder)).must();
    OBJECT = field("object", "Objet", Holds::Line);
    AMOUNT = field("amount", "Montant (€)", Holds::Cents);
    FROM = field("from", "Du", Holds::Date).days(Days::Ahead);
    TO = field("to", "Au", Holds::Date).days(Days::Ahead);
    COHORTS = field("cohorts", "Promotions", Holds::CohortCodes);
    SIGNED_ON = field("signed_on", "Signée le", Holds::Date);
    /// How many days after the end of a month its report is due; 10 where empty.
    REPORT_DUE = field("report_due", "Rapport sous (jours)", Holds::Int(0, 366));
    /// The classes of the budget that it may pay, separated by `|`; all of them where empty.
    OBJECT_CLASSES = field("object_classes", "Classes payables", Holds::Line);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("subvention", "grant"),
    many: Text::fixed("subventions", "grants"),
    table: "grants",
    parts: &["grant_cohort"],
    numbered: true,
    owner: Owner::School,
    order: &[GRANT],
    told_by: &[&[GRANT]],
    event: None,
    removal: Some(Text::fixed("fil funder grant remove CODE", "fil funder grant remove CODE")),
};
