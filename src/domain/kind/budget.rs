//! Budget lines of a cohort: charges and income, planned and realised.

use super::field::{Holds, Target, field, fields, list, of_cohort};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::funder::Side;

fields! { Budget:
    COHORT = of_cohort();
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant)).key();
    SIDE = list::<Side>("side", "Sens").must().key();
    CLASS = field("class", "Classe", Holds::Code).must().key();
    LABEL = field("label", "Libellé", Holds::Line).key();
    PLANNED = field("planned", "Prévu (€)", Holds::Cents);
    REALISED = field("realised", "Réalisé (€)", Holds::Cents);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("ligne de budget", "budget line"),
    many: Text::fixed("lignes de budget", "budget lines"),
    table: "budget",
    parts: &[],
    numbered: true,
    owner: Owner::Cohort,
    order: &[SIDE, CLASS, LABEL, GRANT],
    told_by: &[&[CLASS]],
    event: None,
    removal: Some(Text::fixed("fil funder budget remove N°", "fil funder budget remove NO.")),
};
