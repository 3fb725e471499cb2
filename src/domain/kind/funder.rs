//! Funders, and how each wants its reports.

use super::field::{Holds, field, fields, list};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::funder::{Dialect, FunderLang, Level, People};

fields! { Funders:
    FUNDER = field("funder", "Financeur", Holds::Code).must().key();
    NAME = field("name", "Nom", Holds::Line).must();
    LANG = list::<FunderLang>("lang", "Langue");
    DIALECT = list::<Dialect>("dialect", "Dialecte");
    LEVEL = list::<Level>("level", "Niveau").must();
    /// Counts of fewer people than this are masked.
    SUPPRESS_BELOW = field("suppress_below", "Masquer sous", Holds::Int(0, 1_000));
    /// Rates out of fewer people than this are masked.
    RATE_MIN_DENOMINATOR = field("rate_min_denominator", "Dénominateur minimal", Holds::Int(0, 1_000));
    PEOPLE = list::<People>("people", "Personnes");
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("financeur", "funder"),
    many: Text::fixed("financeurs", "funders"),
    table: "funder",
    parts: &["template"],
    numbered: true,
    owner: Owner::School,
    order: &[FUNDER],
    told_by: &[&[NAME]],
    event: None,
    removal: Some(Text::fixed("fil funder remove CODE", "fil funder remove CODE")),
};
