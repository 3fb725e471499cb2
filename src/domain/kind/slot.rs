//! Half-days of a cohort's calendar.

use super::field::{Holds, Target, field, fields, list, of_cohort, on_day};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::cohort::{Half, SlotKind};

fields! { Slots:
    COHORT = of_cohort();
    DATE = on_day();
    HALF = list::<Half>("half", "Demi-journée").must().key();
    KIND = list::<SlotKind>("kind", "Genre").must();
    MODULE = field("module", "Module", Holds::Ref(Target::Module));
    TRAINER = field("trainer", "Formateur", Holds::Line);
    MINUTES = field("minutes", "Minutes", Holds::Minutes(1, 720));
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("demi-journée du calendrier", "half-day of the calendar"),
    many: Text::fixed("demi-journées du calendrier", "half-days of the calendar"),
    table: "slot",
    parts: &[],
    numbered: true,
    owner: Owner::Cohort,
    order: &[DATE, HALF],
    told_by: &[&[DATE]],
    event: None,
    removal: None,
};
