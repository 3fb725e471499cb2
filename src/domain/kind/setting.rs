//! Settings of the school.

use super::field::{Holds, field, fields};
use super::{Declaration, Owner};
use crate::domain::Text;

fields! { Settings:
    KEY = field("key", "Réglage", Holds::Code).must().key();
    VALUE = field("value", "Valeur", Holds::Line).must();
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("réglage", "setting"),
    many: Text::fixed("réglages", "settings"),
    table: "setting",
    parts: &[],
    numbered: false,
    owner: Owner::School,
    order: &[KEY],
    told_by: &[],
    event: None,
    removal: None,
};
