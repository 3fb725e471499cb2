//! Instalments of a grant: when each is due, and what was received.

use super::field::{Days, Holds, Target, field, fields};
use super::{Declaration, Owner};
use crate::domain::Text;

fields! { Instalments:
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant)).must().key();
    DUE = field("due", "Attendu le", Holds::Date).must().key().days(Days::Ahead);
    AMOUNT = field("amount", "Montant (€)", Holds::Cents).must();
    RECEIVED_ON = field("received_on", "Reçu le", Holds::Date);
    RECEIVED = field("received", "Reçu (€)", Holds::Cents);
    REFERENCE = field("reference", "Référence", Holds::Line);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("versement", "instalment"),
    many: Text::fixed("versements", "instalments"),
    table: "instalment",
    parts: &[],
    numbered: true,
    owner: Owner::Grant,
    order: &[DUE],
    told_by: &[&[GRANT], &[DUE]],
    event: None,
    removal: Some(Text::fixed("fil funder instalment remove N°", "fil funder instalment remove NO.")),
};
