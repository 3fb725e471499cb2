//! Modules of a cohort: what is taught, and for how long.

use super::field::{Holds, field, fields, list, of_cohort};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::cohort::Stream;

fields! { Modules:
    COHORT = of_cohort();
    MODULE = field("module", "Module", Holds::Code).must().key();
    TITLE = field("title", "Intitulé", Holds::Line);
    STREAM = list::<Stream>("stream", "Filière").must();
    HOURS = field("hours", "Heures", Holds::Hours);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("module", "module"),
    many: Text::fixed("modules", "modules"),
    table: "module",
    parts: &[],
    numbered: true,
    owner: Owner::Cohort,
    order: &[MODULE],
    told_by: &[&[MODULE]],
    event: None,
    removal: Some(Text::fixed("fil cohort module remove CODE -c PROMO", "fil cohort module remove CODE -c COHORT")),
};
