//! Interviews with a trainee.

use super::field::{Holds, Words, field, fields, list, of_cohort, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::progress::InterviewKind;

fields! { Interviews:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    DATE = on_day();
    KIND = list::<InterviewKind>("kind", "Genre").must().key();
    MINUTES = field("minutes", "Minutes", Holds::Minutes(1, 1440)).key();
    NOTE = field("note", "Note", Holds::Note).words(Words::Story);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("entretien", "interview"),
    many: Text::fixed("entretiens", "interviews"),
    table: "interview",
    parts: &[],
    numbered: true,
    owner: Owner::Stay,
    order: &[DATE],
    told_by: &[&[DATE]],
    event: Some(Event { day: DATE, word: Text::fixed("entretien", "interview") }),
    removal: None,
};
