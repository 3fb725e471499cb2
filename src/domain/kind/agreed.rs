//! Figures that a grant's agreement promises, beside its targets.

use super::field::{Holds, Target, field, fields, list};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::funder::AgreedRow;

fields! { Agreed:
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant)).must().key();
    FIGURE = field("figure", "Chiffre", Holds::Code).must().key();
    ROW = list::<AgreedRow>("row", "Ligne").key();
    NOTE = field("note", "Remarque", Holds::Line);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("chiffre convenu", "agreed figure"),
    many: Text::fixed("chiffres convenus", "agreed figures"),
    table: "agreed",
    parts: &[],
    numbered: true,
    owner: Owner::Grant,
    order: &[FIGURE, ROW],
    told_by: &[&[FIGURE]],
    event: None,
    removal: Some(Text::fixed(
        "fil funder agree FINANCEUR CHIFFRE --remove",
        "fil funder agree FUNDER FIGURE --remove",
    )),
};
