//! Companies where a placement started in the period.

use super::counts::Counts;
use super::{Indicator, Measure, Page};
use crate::domain::folding::company_key;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, UnitKind, Value};
use crate::report::situation;
use std::collections::HashSet;

/// Distinct companies where a placement started.
pub const PARTNER_COMPANIES: Indicator = Indicator {
    key: "partner_companies",
    measure: Measure::Count,
    label: fixed!("Entreprises partenaires", "Partner companies"),
    definition: fixed!(
        "Entreprises distinctes où une situation a commencé dans la période.",
        "Distinct companies where a placement started in the period.",
    ),
    numerator: fixed!("entreprises distinctes", "distinct companies"),
    counts: Counts::PEOPLE.once(),
    page: Page::Work(130),
    gather: partner_companies,
    ..Indicator::sum(FigureClass::Frame)
};

fn partner_companies(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    world.each_entrant(group, sink, |part, sink| {
        for found in world.situations_under(part).filter(|s| world.in_period(s.start)) {
            let place = [&found.user_company, &found.company].into_iter().flatten();
            let Some((name, key)) = place.filter_map(|n| Some((n, company_key(n)?))).next() else { continue };
            let unit =
                situation::decides(Unit::of(part), found).kind(UnitKind::Contract).value(Value::Name(name.clone()));
            sink(if seen.insert(key) {
                unit.counted(fixed!("situation commencée dans la période", "placement started in the period"))
            } else {
                unit.left_out(fixed!("entreprise déjà comptée", "company already counted"))
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn a_company_counts_once_and_by_the_place_where_people_really_work() {
        let (mut school, part) = leaver();
        for (company, user, start) in [
            ("Manpower", Some("Sogetrel"), "2019-02-04"),
            ("SOGÉTREL", None, "2019-03-04"),
            ("Axione", None, "2019-03-04"),
            ("Early", None, "2018-12-31"),
        ] {
            let found = school.situation(part, T::Interim, start, "2019-06-30");
            found.company = Some(company.into());
            found.user_company = user.map(str::to_owned);
        }
        let scope = period("2019-01-01", "2019-12-31", "2019-12-31");
        check_in(&school, &scope, "*", "partner_companies", [2, 0, 0, 0]);
    }
}
