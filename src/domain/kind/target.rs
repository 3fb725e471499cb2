//! Targets of a grant: an indicator and the value agreed.

use super::field::{Days, Holds, Target, field, fields};
use super::{Declaration, Owner};
use crate::domain::Text;

fields! { Targets:
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant)).must().key();
    INDICATOR = field("indicator", "Indicateur", Holds::Code).must().key();
    VALUE = field("value", "Valeur", Holds::Hundredths).must();
    BY = field("by", "Pour le", Holds::Date).days(Days::Ahead).key();
    BASELINE = field("baseline", "Départ", Holds::Hundredths);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("objectif", "target"),
    many: Text::fixed("objectifs", "targets"),
    table: "target",
    parts: &[],
    numbered: true,
    owner: Owner::Grant,
    order: &[INDICATOR, BY],
    told_by: &[&[INDICATOR]],
    event: None,
    removal: Some(Text::fixed(
        "fil funder target remove SUBVENTION INDICATEUR",
        "fil funder target remove GRANT INDICATOR",
    )),
};
