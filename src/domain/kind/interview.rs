//! Interviews with a trainee.

use super::field::{Days, Holds, Target, Words, field, fields, list, of_cohort, of_trainee, on_day};
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
    STAFF = field("staff", "Équipe", Holds::Ref(Target::Staff)).key();
    AT = field("at", "Heure", Holds::Time).key();
    /// Rows of one session with several trainees hold the same word here.
    SESSION = field("session", "Séance", Holds::Code);
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant));
    GOAL = field("goal", "Objectif", Holds::Note).words(Words::Story);
    NEXT_ON = field("next_on", "Prochain rendez-vous", Holds::Date).days(Days::Ahead);
    NEXT_ACTION = field("next_action", "Prochaine action", Holds::Note).words(Words::Story);
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
