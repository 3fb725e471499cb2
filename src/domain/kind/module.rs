//! Modules of a cohort: what is taught, and for how long.

use super::field::{Holds, field, fields, list, of_cohort};
use super::{Declaration, Owner, both};
use crate::domain::cohort::Stream;

fields! { Modules:
    COHORT = of_cohort();
    MODULE = field("module", "Module", Holds::Code).must().key();
    TITLE = field("title", "Intitulé", Holds::Line);
    STREAM = list::<Stream>("stream", "Filière").must();
    HOURS = field("hours", "Heures", Holds::Hours);
}

pub(super) const DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: both("module", "module"),
    many: both("modules", "modules"),
    table: "module",
    parts: &[],
    numbered: true,
    owner: Owner::Cohort,
    order: &[MODULE],
    told_by: &[&[MODULE]],
    event: None,
    removal: Some(both("fil cohort module remove CODE -c PROMO", "fil cohort module remove CODE -c COHORT")),
};
