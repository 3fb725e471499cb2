//! Posts that a company promises or seeks to fill.

use super::field::{Days, Holds, Target, field, fields, list};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::placement::SituationType;

fields! { Openings:
    COMPANY = field("company", "Entreprise", Holds::Ref(Target::Company)).must();
    OPENING = field("opening", "Offre", Holds::Code).key();
    OPENED = field("opened", "Ouverte le", Holds::Date).must();
    POSTS = field("posts", "Postes", Holds::Int(1, 1000)).must();
    TYPE = list::<SituationType>("type", "Type");
    START = field("start", "Début", Holds::Date).days(Days::Ahead);
    CLOSED = field("closed", "Fermée le", Holds::Date);
    NOTE = field("note", "Note", Holds::Note);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("offre", "opening"),
    many: Text::fixed("offres", "openings"),
    table: "opening",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[OPENED, OPENING],
    told_by: &[&[OPENING]],
    event: None,
    removal: Some(Text::fixed("fil company opening remove CODE", "fil company opening remove CODE")),
};
