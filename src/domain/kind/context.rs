//! Figures about the territory of the school, with their day and their source.

use super::field::{Days, Holds, field, fields};
use super::{Declaration, Owner};
use crate::domain::support::ContextFigure;
use crate::domain::{ClosedList, Text};

fields! { Context:
    TERRITORY = field("territory", "Territoire", Holds::Line).must().key();
    FIGURE = field("figure", "Chiffre", Holds::OpenList(ContextFigure::LIST)).must().key();
    DATE = field("date", "Date", Holds::Date).must().key().days(Days::AnyDone);
    VALUE = field("value", "Valeur", Holds::Hundredths).must();
    SOURCE = field("source", "Source", Holds::Line);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("chiffre du territoire", "figure of the territory"),
    many: Text::fixed("chiffres du territoire", "figures of the territory"),
    table: "context",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[TERRITORY, FIGURE, DATE],
    told_by: &[&[TERRITORY], &[FIGURE]],
    event: None,
    removal: Some(Text::fixed("fil config context remove N°", "fil config context remove NO.")),
};
