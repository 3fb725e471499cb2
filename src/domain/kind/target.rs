//! Targets of a grant: an indicator and the value agreed.

use super::field::{Holds, Target, field, fields};
use super::{Declaration, Owner, both};

fields! { Targets:
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant)).must().key();
    INDICATOR = field("indicator", "Indicateur", Holds::Code).must().key();
    VALUE = field("value", "Valeur", Holds::Hundredths).must();
}

pub(super) const DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: both("objectif", "target"),
    many: both("objectifs", "targets"),
    table: "target",
    parts: &[],
    numbered: true,
    owner: Owner::Grant,
    order: &[INDICATOR],
    told_by: &[&[INDICATOR]],
    event: None,
    removal: Some(both("fil funder target remove SUBVENTION INDICATEUR", "fil funder target remove GRANT INDICATOR")),
};
