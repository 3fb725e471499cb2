//! What stands in a trainee's way, what is done about it, and what became of it.

use super::field::{Holds, Words, field, fields, list, of_trainee};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::support::{ObstacleKind, ObstacleResult};

fields! { Obstacles:
    TRAINEE = of_trainee();
    KIND = list::<ObstacleKind>("kind", "Genre").must().key();
    SINCE = field("since", "Depuis", Holds::Date).must().key();
    ACTION = field("action", "Action", Holds::Note).words(Words::Story);
    PARTNER = field("partner", "Partenaire", Holds::Line).words(Words::Own);
    LIFTED_ON = field("lifted_on", "Levé le", Holds::Date);
    RESULT = list::<ObstacleResult>("result", "Résultat");
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("frein", "obstacle"),
    many: Text::fixed("freins", "obstacles"),
    table: "obstacle",
    parts: &[],
    numbered: true,
    owner: Owner::Person,
    order: &[SINCE],
    told_by: &[&[KIND], &[SINCE]],
    event: Some(Event { day: SINCE, word: Text::fixed("frein", "obstacle") }),
    removal: Some(Text::fixed("fil trainee obstacle remove N°", "fil trainee obstacle remove NO.")),
};
