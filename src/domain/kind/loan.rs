//! Equipment lent to a trainee: what, from when, until when.

use super::field::{Days, Holds, Words, field, fields, of_trainee};
use super::{Declaration, Event, Owner};
use crate::domain::Text;

fields! { Loans:
    TRAINEE = of_trainee();
    ITEM = field("item", "Matériel", Holds::Line).must().key();
    GIVEN = field("given", "Remis le", Holds::Date).must().key();
    DUE = field("due", "À rendre le", Holds::Date).days(Days::Ahead);
    RETURNED = field("returned", "Rendu le", Holds::Date);
    VALUE = field("value", "Valeur (€)", Holds::Cents);
    NOTE = field("note", "Note", Holds::Note).words(Words::Story);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("prêt de matériel", "loan"),
    many: Text::fixed("prêts de matériel", "loans"),
    table: "loan",
    parts: &[],
    numbered: true,
    owner: Owner::Person,
    order: &[GIVEN],
    told_by: &[&[ITEM], &[GIVEN]],
    event: Some(Event { day: GIVEN, word: Text::fixed("prêt", "loan") }),
    removal: Some(Text::fixed("fil trainee loan remove N°", "fil trainee loan remove NO.")),
};
