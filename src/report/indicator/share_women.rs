//! Share of women among entrants.

use super::{Indicator, Page};
use crate::domain::ClosedList;
use crate::domain::trainee::Sex;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};

/// Women over entrants whose sex is known.
pub const SHARE_WOMEN: Indicator = Indicator {
    key: "share_women",
    label: fixed!("Part de femmes", "Share of women"),
    definition: fixed!("Femmes parmi les entrants dont le sexe est connu.", "Women among entrants whose sex is known."),
    numerator: fixed!("femmes", "women"),
    page: Page::Reached(40),
    gather: share_women,
    ..Indicator::share(FigureClass::Outcome)
};

fn share_women(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["sex"]));
        sink(match part.person.sex {
            None => unit.unknown(fixed!("sexe non renseigné", "sex not recorded")),
            Some(sex) => unit.value(Value::Code(sex.code())).counted_if(
                sex == Sex::F,
                fixed!("femme", "woman"),
                fixed!("autre sexe", "another sex"),
            ),
        });
    });
}
