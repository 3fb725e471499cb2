//! Settings of the school.

use super::field::{Holds, field, fields};
use super::{Declaration, Owner, both};

fields! { Settings:
    KEY = field("key", "Réglage", Holds::Code).must().key();
    VALUE = field("value", "Valeur", Holds::Line).must();
}

pub(super) const DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: both("réglage", "setting"),
    many: both("réglages", "settings"),
    table: "setting",
    parts: &[],
    numbered: false,
    owner: Owner::School,
    order: &[KEY],
    told_by: &[],
    event: None,
    removal: None,
};
