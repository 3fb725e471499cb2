//! What the numbers of an indicator's row are: under which names other rows and sections print them too, what they
//! count, and what a reader of the definition knows of them.

use crate::domain::ClosedList;
use crate::report::aftermath::Point;
use crate::report::quantity::{Across, Kind, Quantity, Role, What, Whom};
use std::sync::Arc;

/// Under which name a number of a row is known.
#[derive(Debug, Clone, Copy)]
pub enum Name {
    /// No other row and no other section prints it.
    Own,
    /// Other rows or sections print it too.
    Is(What),
    /// The same, at the observation point that is the variant of the row.
    At(fn(Point) -> What),
}

/// The numbers of an indicator's row.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// The numerator; of a sum, the only number.
    pub numerator: Name,
    /// The denominator.
    pub denominator: Name,
    /// Those who wait for a day to come; nothing when nobody can, so that the cell is always 0 and reveals nothing.
    pub not_yet_due: Option<Name>,
    /// Those whose answer is not known; nothing when the cell is always 0 and reveals nothing.
    pub unknown: Option<Name>,
    /// What the numerator and the denominator count.
    pub kinds: [Kind; 2],
    /// Whether the rows of the cohorts add up.
    pub across: Across,
    /// What a reader of the definition knows of these numbers.
    pub relations: &'static [Relation],
}

/// A number that a relation names.
#[derive(Debug, Clone, Copy)]
pub enum Term {
    /// One of the same row.
    Row(Role),
    /// A number of the same people.
    Of(What),
    /// A number of the same people, at the observation point that is the variant of the row.
    At(fn(Point) -> What),
}

/// How the parts of a relation stand to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Their sum is the whole, by definition.
    Equal,
    /// Their sum is the whole for most schools: kept only where the true values confirm it.
    EqualHere,
    /// Their sum is never larger than the whole, by definition.
    AtMost,
    /// Their sum is not larger than the whole for most schools: kept only where the true values confirm it.
    AtMostHere,
}

/// The rows of an indicator for which a relation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Every row.
    Every,
    /// Those of one module or one certificate.
    OfVariants,
    /// Those of one module or one certificate in one cohort.
    OfVariantsInACohort,
}

/// What a reader of a definition knows: some numbers together are another one, or part of it.
#[derive(Debug, Clone, Copy)]
pub struct Relation {
    /// The parts.
    pub parts: &'static [Term],
    /// The whole.
    pub whole: Term,
    /// How the parts stand to the whole.
    pub holds: Holds,
    /// For which rows.
    pub rows: Rows,
}

/// Shorthand for the numbers of the row itself.
pub const NUM: Term = Term::Row(Role::Numerator);
/// The denominator of the row.
pub const DEN: Term = Term::Row(Role::Denominator);
/// Those of the row who wait for a day to come.
pub const WAITING: Term = Term::Row(Role::NotYetDue);
/// Those of the row whose answer is not known.
pub const UNKNOWN: Term = Term::Row(Role::Unknown);
/// The entrants.
pub const ENTRANTS: Term = Term::Of(What::Entrants);

impl Relation {
    /// The parts are the whole.
    pub const fn equal(parts: &'static [Term], whole: Term) -> Relation {
        Relation { parts, whole, holds: Holds::Equal, rows: Rows::Every }
    }
    /// The parts are the whole where the true values say so.
    pub const fn equal_here(parts: &'static [Term], whole: Term) -> Relation {
        Relation { holds: Holds::EqualHere, ..Relation::equal(parts, whole) }
    }
    /// The parts together are not larger than the whole.
    pub const fn at_most(parts: &'static [Term], whole: Term) -> Relation {
        Relation { holds: Holds::AtMost, ..Relation::equal(parts, whole) }
    }
    /// The parts together are not larger than the whole where the true values say so.
    pub const fn at_most_here(parts: &'static [Term], whole: Term) -> Relation {
        Relation { holds: Holds::AtMostHere, ..Relation::equal(parts, whole) }
    }
    /// The same for some rows only.
    pub const fn rows(self, rows: Rows) -> Relation {
        Relation { rows, ..self }
    }
}

/// The answers that are known and those that are not make up the entrants.
const ANSWERS: &[Relation] = &[Relation::equal(&[DEN, UNKNOWN], ENTRANTS)];

impl Counts {
    /// People over people, with numbers of its own; answers may be unknown.
    pub const PEOPLE: Counts = Counts {
        numerator: Name::Own,
        denominator: Name::Own,
        not_yet_due: None,
        unknown: Some(Name::Own),
        kinds: [Kind::People, Kind::People],
        across: Across::AddsUp,
        relations: &[],
    };
    /// Half-days or hours: they go with the people of their row.
    pub const AMOUNTS: Counts = Counts { unknown: None, kinds: [Kind::Amount, Kind::Amount], ..Counts::PEOPLE };
    /// Some of the entrants over those whose answer is known: the share of an answer.
    pub const ANSWERED: Counts = Counts { relations: ANSWERS, ..Counts::PEOPLE };

    /// With a numerator that others print too.
    pub const fn numerator(self, numerator: Name) -> Counts {
        Counts { numerator, ..self }
    }
    /// With a denominator that others print too.
    pub const fn denominator(self, denominator: Name) -> Counts {
        Counts { denominator, ..self }
    }
    /// With people who wait for a day to come.
    pub const fn waiting(self, not_yet_due: Name) -> Counts {
        Counts { not_yet_due: Some(not_yet_due), ..self }
    }
    /// With unknown answers that others print too.
    pub const fn unknown(self, unknown: Name) -> Counts {
        Counts { unknown: Some(unknown), ..self }
    }
    /// Without any unknown answer.
    pub const fn never_unknown(self) -> Counts {
        Counts { unknown: None, ..self }
    }
    /// Counting something else than people.
    pub const fn kinds(self, numerator: Kind, denominator: Kind) -> Counts {
        Counts { kinds: [numerator, denominator], ..self }
    }
    /// Counting each person once in the `*` row, however many cohorts they are in.
    pub const fn once(self) -> Counts {
        Counts { across: Across::CountsOnce, ..self }
    }
    /// Whether each person counts once in the `*` row.
    pub fn counts_once(&self) -> bool {
        self.across == Across::CountsOnce
    }
    /// Known to stand to others in these ways.
    pub const fn known(self, relations: &'static [Relation]) -> Counts {
        Counts { relations, ..self }
    }

    fn name(&self, role: Role) -> Option<Name> {
        match role {
            Role::Numerator => Some(self.numerator),
            Role::Denominator => Some(self.denominator),
            Role::NotYetDue => self.not_yet_due,
            Role::Unknown => self.unknown,
        }
    }
}

/// A row of an indicator: which one, its variant, whose it is.
#[derive(Debug, Clone)]
pub struct Row {
    /// The key of the indicator.
    pub key: &'static str,
    /// What its numbers are.
    pub counts: &'static Counts,
    /// The variant; nothing for a bare row.
    pub variant: Option<Arc<str>>,
    /// Whose row it is.
    pub of: Whom,
}

impl Row {
    /// The quantity that one number of the row is; nothing for a cell that is always 0.
    pub fn quantity(&self, role: Role) -> Option<Quantity> {
        let name = self.counts.name(role)?;
        Some(match name {
            Name::Own => What::Indicator(self.key, role).of_detail(self.variant.clone(), &self.of),
            Name::Is(what) => what.of(&self.of),
            Name::At(what) => what(self.point()).of(&self.of),
        })
    }
    /// The quantity that a relation of the row names; nothing for a cell that is always 0.
    pub fn term(&self, term: Term) -> Option<Quantity> {
        match term {
            Term::Row(role) => self.quantity(role),
            Term::Of(what) => Some(what.of(&self.of)),
            Term::At(what) => Some(what(self.point()).of(&self.of)),
        }
    }
    /// Whether a relation holds for this row.
    pub fn meets(&self, rows: Rows) -> bool {
        match rows {
            Rows::Every => true,
            Rows::OfVariants => self.variant.is_some(),
            Rows::OfVariantsInACohort => self.variant.is_some() && matches!(self.of, Whom::Cohort(_)),
        }
    }
    /// The observation point of the row; `exit` for a row without one.
    fn point(&self) -> Point {
        self.variant.as_deref().and_then(Point::from_code).unwrap_or(Point::Exit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::indicator::{all, find};
    use crate::report::quantity::AtPoint;

    fn row(name: &str, cohort: &str) -> Row {
        let (indicator, variant) = find(name).unwrap();
        indicator.row(variant, Whom::of(cohort))
    }

    /// The names of the four numbers of a row; `-` for a cell that is always 0.
    #[track_caller]
    fn check(name: &str, cohort: &str, want: &str) {
        let row = row(name, cohort);
        let roles = [Role::Numerator, Role::Denominator, Role::NotYetDue, Role::Unknown];
        let names = roles.map(|role| row.quantity(role).map_or("-".to_owned(), |quantity| quantity.to_string()));
        assert_eq!(names.join(" "), want, "{name}");
    }

    #[test]
    fn the_numbers_of_a_row_have_the_names_under_which_other_rows_and_sections_print_them() {
        check("entrants", "*", "entrants|* entrants.den|* - -");
        check("share_rural", "A", "share_rural.num|A share_rural.den|A - share_rural.unknown|A");
        check("fill_rate", "A", "entrants|A fill_rate.den|A - -");
        check("attendance_rate", "*", "present|* planned|* - -");
        check("completion_rate", "*", "completion_rate.num|* ended|* not_ended|* completion_rate.unknown|*");
        check("dynamic_exit_rate@3m", "A", "iae.dynamic|3m|A due|3m|A not_due|3m|A unknown|3m|A");
        check(
            "dynamic_on_entrants@exit",
            "*",
            "iae.dynamic|exit|* entrants|* dynamic_on_entrants@exit.not_due|* dynamic_on_entrants@exit.unknown|*",
        );
        check("modules_validated@F01", "A", "modules_validated@F01.num|A modules_validated@F01.den|A - -");
        check("access_delay_days@mean", "*", "access_delay_days@mean.num|* with_job|* - without_job|*");
    }

    #[test]
    fn a_relation_of_variants_holds_for_the_rows_of_one_variant_only() {
        let cases = [
            ("modules_validated", "A", [true, false, false]),
            ("modules_validated@F01", "*", [true, true, false]),
            ("modules_validated@F01", "A", [true, true, true]),
        ];
        for (name, cohort, want) in cases {
            let row = row(name, cohort);
            let meets = [Rows::Every, Rows::OfVariants, Rows::OfVariantsInACohort].map(|rows| row.meets(rows));
            assert_eq!(meets, want, "{name} of {cohort}");
        }
    }

    #[test]
    fn a_relation_names_only_cells_that_are_printed() {
        for indicator in all() {
            let row = indicator.row(None, Whom::All);
            for relation in indicator.counts.relations {
                let named = relation.parts.iter().chain([&relation.whole]);
                assert!(named.copied().all(|term| row.term(term).is_some()), "{}", indicator.key);
            }
        }
    }

    #[test]
    fn a_term_at_a_point_is_that_of_the_variant() {
        let due = Term::At(|point| What::At(point, AtPoint::ExitsDue));
        assert_eq!(row("response_rate@12m", "*").term(due).unwrap().to_string(), "exits_due|12m|*");
    }

    #[test]
    fn shares_say_that_known_and_unknown_answers_are_all() {
        let shares = all().filter(|one| one.counts.relations.iter().any(|known| known.holds == Holds::Equal));
        let keys: Vec<&str> = shares.map(|one| one.key).collect();
        for key in ["share_women", "share_rural", "share_minors", "mean_age", "response_rate"] {
            assert!(keys.contains(&key), "{key}");
        }
    }
}
