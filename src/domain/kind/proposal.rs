//! Trainees who were proposed for an opening, and what came of it.

use super::field::{Holds, Target, field, fields, list, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::company::ProposalOutcome;

fields! { Proposals:
    OPENING = field("opening", "Offre", Holds::Ref(Target::Opening)).must().key();
    TRAINEE = of_trainee();
    DATE = on_day();
    OUTCOME = list::<ProposalOutcome>("outcome", "Suite");
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("proposition", "proposal"),
    many: Text::fixed("propositions", "proposals"),
    table: "proposal",
    parts: &[],
    numbered: true,
    owner: Owner::Person,
    order: &[DATE],
    told_by: &[&[OPENING], &[DATE]],
    event: Some(Event { day: DATE, word: Text::fixed("proposition", "proposal") }),
    removal: Some(Text::fixed("fil company propose remove N°", "fil company propose remove NO.")),
};
