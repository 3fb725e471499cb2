//! Shares of those who answered yes to a question asked at the entry: one figure, four questions.

use super::{Indicator, Page};
use crate::domain::trainee::YesNo;
use crate::domain::{ClosedList, Text};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Sink, Unit, Value};

/// Living in a priority district.
pub const SHARE_PRIORITY_DISTRICT: Indicator = Indicator {
    key: "share_priority_district",
    label: fixed!("Part d'habitants de quartiers prioritaires", "Share living in priority districts"),
    definition: fixed!(
        "Entrants habitant un quartier prioritaire, parmi ceux dont la réponse est connue.",
        "Entrants living in a priority district, among those whose answer is known.",
    ),
    numerator: fixed!("entrants habitant un quartier prioritaire", "entrants living in a priority district"),
    page: Page::Reached(90),
    gather: |w, g, _, s| yes_share(w, g, s, &["priority_district"], |p| p.fact.priority_district),
    ..Indicator::share(FigureClass::Outcome)
};

/// On minimum-income benefit.
pub const SHARE_INCOME_SUPPORT: Indicator = Indicator {
    key: "share_income_support",
    label: fixed!("Part d'allocataires d'un minimum social", "Share on income support"),
    definition: fixed!(
        "Entrants recevant un minimum social, parmi ceux dont la réponse est connue.",
        "Entrants on minimum-income benefit, among those whose answer is known.",
    ),
    numerator: fixed!("entrants recevant un minimum social", "entrants on minimum-income benefit"),
    page: Page::Reached(110),
    gather: |w, g, _, s| yes_share(w, g, s, &["income_support"], |p| p.fact.income_support),
    ..Indicator::share(FigureClass::Sensitive)
};

/// With a disability.
pub const SHARE_DISABILITY: Indicator = Indicator {
    key: "share_disability",
    label: fixed!("Part de personnes en situation de handicap", "Share with a disability"),
    definition: fixed!(
        "Entrants en situation de handicap, parmi ceux dont la réponse est connue.",
        "Entrants with a disability, among those whose answer is known.",
    ),
    numerator: fixed!("entrants en situation de handicap", "entrants with a disability"),
    page: Page::Reached(120),
    gather: |w, g, _, s| yes_share(w, g, s, &["disability"], |p| p.fact.disability),
    ..Indicator::share(FigureClass::Sensitive)
};

/// Living in a rural area.
pub const SHARE_RURAL: Indicator = Indicator {
    key: "share_rural",
    label: fixed!("Part d'habitants de zones rurales", "Share living in rural areas"),
    definition: fixed!(
        "Entrants habitant une zone rurale, parmi ceux dont la réponse est connue.",
        "Entrants living in a rural area, among those whose answer is known.",
    ),
    numerator: fixed!("entrants habitant une zone rurale", "entrants living in a rural area"),
    page: Page::Reached(100),
    gather: |w, g, _, s| yes_share(w, g, s, &["rural"], |p| p.fact.rural),
    ..Indicator::share(FigureClass::Outcome)
};

const NO_ANSWER: &Text = fixed!("réponse inconnue ou refusée", "answer unknown or refused");

fn yes_share(
    world: &World<'_>,
    group: Group,
    sink: &mut Sink<'_>,
    column: &'static [&'static str],
    answer: fn(&Part<'_>) -> YesNo,
) {
    world.each_entrant(group, sink, |part, sink| {
        let given = answer(part);
        let unit = Unit::of(part).because(part.record(column)).value(Value::Code(given.code()));
        sink(match given {
            YesNo::Yes => unit.counted(fixed!("réponse : oui", "answer: yes")),
            YesNo::No => unit.not_counted(fixed!("réponse : non", "answer: no")),
            YesNo::Unknown | YesNo::Refused => unit.unknown(NO_ANSWER),
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn shares_leave_unknown_and_refused_answers_out_of_the_base() {
        let mut school = School::with_p1();
        for (slug, answer) in [("a", YesNo::Yes), ("b", YesNo::No), ("c", YesNo::Unknown), ("d", YesNo::Refused)] {
            let part = school.enter("P1", slug, "2018-11-05");
            school.part_mut(part).rural = answer;
        }
        school.person_mut("a").sex = Some(Sex::F);
        school.person_mut("b").sex = Some(Sex::X);
        check(&school, "2018-12-01", "share_rural", [1, 2, 0, 2]);
        check(&school, "2018-12-01", "share_women", [1, 2, 0, 2]);
        check(&school, "2018-12-01", "share_low_education", [0, 0, 0, 4]);
        assert_eq!(school.finding(&up_to("2018-12-01"), "*", "share_low_education").value, None);
    }
}
