//! Contacts with a company: calls, visits, meetings.

use super::field::{Days, Holds, Target, field, fields, list, on_day};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::company::ContactKind;

fields! { Contacts:
    COMPANY = field("company", "Entreprise", Holds::Ref(Target::Company)).must().key();
    DATE = on_day();
    KIND = list::<ContactKind>("kind", "Genre").must().key();
    STAFF = field("staff", "Équipe", Holds::Ref(Target::Staff)).key();
    NOTE = field("note", "Note", Holds::Note);
    NEXT_ON = field("next_on", "Prochain le", Holds::Date).days(Days::Ahead);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("contact", "contact"),
    many: Text::fixed("contacts", "contacts"),
    table: "company_contact",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[DATE],
    told_by: &[&[COMPANY], &[DATE]],
    event: None,
    removal: Some(Text::fixed("fil company contact remove N°", "fil company contact remove NO.")),
};
