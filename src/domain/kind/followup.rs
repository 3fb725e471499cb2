//! Attempts to reach somebody after the exit, to know what became of them.

use super::field::{Holds, Words, field, fields, list, of_cohort, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::placement::{Channel, Point};

fields! { Followups:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    POINT = list::<Point>("point", "Point").must().key();
    DATE = on_day();
    CHANNEL = list::<Channel>("channel", "Canal");
    REACHED = field("reached", "Joint", Holds::Bool).must();
    NOTE = field("note", "Note", Holds::Note).words(Words::Story);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("relance", "follow-up"),
    many: Text::fixed("relances", "follow-ups"),
    table: "followup",
    parts: &[],
    numbered: true,
    owner: Owner::Stay,
    order: &[DATE],
    told_by: &[&[POINT], &[DATE]],
    event: Some(Event { day: DATE, word: Text::fixed("relance", "follow-up") }),
    removal: None,
};
