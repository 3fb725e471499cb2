//! Notes on a person.

use super::field::{Holds, Words, field, fields, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;

fields! { Notes:
    TRAINEE = of_trainee();
    DATE = on_day();
    TEXT = field("text", "Texte", Holds::Note).must().key().words(Words::Story);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("note", "note"),
    many: Text::fixed("notes", "notes"),
    table: "note",
    parts: &[],
    numbered: true,
    owner: Owner::Person,
    order: &[DATE],
    told_by: &[&[DATE]],
    event: Some(Event { day: DATE, word: Text::fixed("note", "note") }),
    removal: None,
};
