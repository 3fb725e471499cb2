//! Share of minors among entrants.

use super::{Indicator, Page};
use crate::domain::Text;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};

/// Under 18 on the entry day over entrants whose birth date is known.
pub const SHARE_MINORS: Indicator = Indicator {
    key: "share_minors",
    label: fixed!("Part de mineurs", "Share of minors"),
    definition: fixed!(
        "Entrants de moins de 18 ans le jour de l'entrée, parmi ceux dont la date de naissance est connue.",
        "Entrants under 18 on the entry day, among those whose birth date is known.",
    ),
    numerator: fixed!("entrants de moins de 18 ans le jour de l'entrée", "entrants under 18 on the entry day"),
    page: Page::Reached(60),
    gather: share_minors,
    ..Indicator::share(FigureClass::Outcome)
};

pub(super) const NO_BIRTH_DATE: &Text = fixed!("date de naissance non renseignée", "birth date not recorded");

fn share_minors(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let unit = Unit::of(part).because(part.identity(&["birth_date"]));
        sink(match part.age_at_entry() {
            None => unit.unknown(NO_BIRTH_DATE),
            Some(age) => unit.value(Value::Number(age)).counted_if(
                age < 18,
                fixed!("moins de 18 ans à l'entrée", "under 18 at entry"),
                fixed!("18 ans ou plus à l'entrée", "18 or over at entry"),
            ),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn someone_who_turns_18_on_the_entry_day_is_no_minor() {
        let mut school = School::with_p1();
        for (slug, born) in [("today", "2000-11-05"), ("tomorrow", "2000-11-06"), ("leap", "2000-02-29")] {
            school.enter("P1", slug, "2018-11-05");
            school.person_mut(slug).birth_date = Some(day(born));
        }
        school.enter("P1", "unknown", "2018-11-05");
        check(&school, "2018-12-01", "share_minors", [1, 3, 0, 1]);
        check(&school, "2018-12-01", "mean_age", [53, 3, 0, 1]);
        assert_eq!(school.finding(&up_to("2018-12-01"), "*", "mean_age").value, Some(177));
    }
}
