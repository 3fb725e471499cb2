//! Sums given to a trainee: transport, meals, lodging, licence, equipment.

use super::field::{Holds, Target, Words, field, fields, list, of_cohort, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::support::AidKind;

fields! { Aids:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    DATE = on_day();
    KIND = list::<AidKind>("kind", "Genre").must().key();
    AMOUNT = field("amount", "Montant (€)", Holds::Cents).must().key();
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant));
    NOTE = field("note", "Note", Holds::Note).words(Words::Story);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("aide", "aid"),
    many: Text::fixed("aides", "aids"),
    table: "aid",
    parts: &[],
    numbered: true,
    owner: Owner::Stay,
    order: &[DATE],
    told_by: &[&[KIND], &[DATE]],
    event: Some(Event { day: DATE, word: Text::fixed("aide", "aid") }),
    removal: Some(Text::fixed("fil trainee aid remove N°", "fil trainee aid remove NO.")),
};
