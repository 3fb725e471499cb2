//! Share of entrants with low education.

use super::{Indicator, Page};
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};

/// ISCED 0 to 2 over entrants whose education is known.
pub const SHARE_LOW_EDUCATION: Indicator = Indicator {
    key: "share_low_education",
    label: fixed!("Part de bas niveaux de formation", "Share with low education"),
    definition: fixed!(
        "Entrants de niveau CITE 0 à 2, parmi ceux dont le niveau est connu.",
        "Entrants with ISCED level 0 to 2, among those whose education is known.",
    ),
    numerator: fixed!("entrants de niveau CITE 0 à 2", "entrants with ISCED level 0 to 2"),
    page: Page::Reached(70),
    gather: share_low_education,
    ..Indicator::share(FigureClass::Outcome)
};

fn share_low_education(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.record(&["education"]));
        sink(match part.fact.education {
            None => unit.unknown(fixed!("niveau non renseigné", "education not recorded")),
            Some(level) => unit.value(Value::Number(level)).counted_if(
                level <= 2,
                fixed!("niveau 0 à 2", "level 0 to 2"),
                fixed!("niveau 3 ou plus", "level 3 or more"),
            ),
        });
    });
}
