//! What a cohort spent, line by line, and which grant paid for it. A negative amount is a credit note.

use super::field::{Holds, Target, field, fields, of_cohort, on_day};
use super::{Declaration, Owner};
use crate::domain::Text;

fields! { Expenses:
    COHORT = of_cohort();
    DATE = on_day();
    CLASS = field("class", "Classe", Holds::Code).must().key();
    LABEL = field("label", "Libellé", Holds::Line).key();
    AMOUNT = field("amount", "Montant (€)", Holds::Cents).must().key();
    SUPPLIER = field("supplier", "Fournisseur", Holds::Line);
    REFERENCE = field("reference", "Référence", Holds::Line).key();
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant));
    STAFF = field("staff", "Équipe", Holds::Ref(Target::Staff));
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("dépense", "expense"),
    many: Text::fixed("dépenses", "expenses"),
    table: "expense",
    parts: &[],
    numbered: true,
    owner: Owner::Cohort,
    order: &[DATE, CLASS],
    told_by: &[&[CLASS], &[DATE]],
    event: None,
    removal: Some(Text::fixed("fil funder expense remove N°", "fil funder expense remove NO.")),
};
