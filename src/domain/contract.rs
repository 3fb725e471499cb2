//! The rules on the days of a situation: when it ends, when it runs, which contracts overlap, which need a word.

use super::facts::SituationFact;
use super::placement::SituationType;
use super::{Date, Record};
use crate::domain::kind::placement;

/// Days ahead in which the end of a contract is near.
pub const NEAR_DAYS: i32 = 30;
/// Weekly minutes from which a contract is full-time: 35 hours (Code du travail, L3121-27).
pub const FULL_TIME_MINUTES: i64 = 35 * 60;
/// The `end_reason` of what was signed and never began: it counts nowhere.
pub const NOT_STARTED: &str = "not_started";

/// The days of a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub start: Date,
    /// Planned last day.
    pub planned_end: Option<Date>,
    /// Real last day.
    pub actual_end: Option<Date>,
}

impl Term {
    /// The days of a placement's record; none without a start.
    pub fn of(placement: &Record) -> Option<Term> {
        let (planned_end, actual_end) = (placement.date(placement::PLANNED_END), placement.date(placement::ACTUAL_END));
        Some(Term { start: placement.date(placement::START)?, planned_end, actual_end })
    }
    /// The same for a placement that took place.
    pub fn of_real(placement: &Record) -> Option<Term> {
        Term::of(placement).filter(|_| took_place(placement))
    }
    /// Last day: the real one, else the planned one, else none.
    pub fn end(self) -> Option<Date> {
        self.actual_end.or(self.planned_end)
    }
    /// Whether the situation holds on a day.
    pub fn runs_on(self, day: Date) -> bool {
        self.within((day, day)).is_some()
    }
    /// Whether it began by a day and nobody said that it ended.
    pub fn is_open_on(self, day: Date) -> bool {
        self.start <= day && self.actual_end.is_none()
    }
    /// The days of a window on which the situation holds: (first, last).
    pub fn within(self, (from, to): (Date, Date)) -> Option<(Date, Date)> {
        let (first, last) = (self.start.max(from), self.end().map_or(to, |end| end.min(to)));
        (first <= last).then_some((first, last))
    }
    /// How many days two situations share; at most 0 when they share none.
    pub fn shared_days(self, other: Term) -> i32 {
        let end = |term: Term| term.end().unwrap_or(Date::MAX);
        end(self).min(end(other)).days() - self.start.max(other.start).days() + 1
    }
}

impl SituationFact {
    /// Its days.
    pub fn term(&self) -> Term {
        Term { start: self.start, planned_end: self.planned_end, actual_end: self.actual_end }
    }
}

/// Whether a placement's record is of something that took place, and was not only signed.
pub fn took_place(placement: &Record) -> bool {
    placement.text(placement::END_REASON) != Some(NOT_STARTED)
}

/// Whether a situation is a paid full-time contract; hours that nobody said are taken as full time.
pub fn is_full_time(kind: SituationType, weekly_minutes: Option<i64>) -> bool {
    kind.is_paid() && weekly_minutes.is_none_or(|minutes| minutes >= FULL_TIME_MINUTES)
}

/// What the school asks about the end of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// It ends within a month: what comes after?
    Ending,
    /// Its planned end has passed: did it end?
    Unconfirmed,
}

/// A situation as the question of its end looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// Type.
    pub kind: SituationType,
    /// Its days.
    pub term: Term,
    /// Last day on which somebody confirmed it.
    pub seen_on: Option<Date>,
}

/// The contracts of one person whose end needs a word on a day, each with that end and the word: paid contracts with a
/// planned end, no real one, and not seen on the planned end or later. A paid contract that began later is the word on
/// the one before.
pub fn words<T>(of_one: &[T], contract: impl Fn(&T) -> Contract, day: Date) -> impl Iterator<Item = (&T, Date, Word)> {
    let begun = move |contract: &Contract| contract.kind.is_paid() && contract.term.start <= day;
    let latest = of_one.iter().map(&contract).filter(begun).map(|contract| contract.term.start).max();
    of_one.iter().filter_map(move |one| {
        let contract = contract(one);
        let open = begun(&contract) && contract.term.actual_end.is_none() && Some(contract.term.start) == latest;
        let end = contract.term.planned_end.filter(|_| open)?;
        let seen = contract.seen_on.is_some_and(|seen| end <= seen && seen <= day);
        let word = match end < day {
            true if seen => return None,
            true => Word::Unconfirmed,
            false if day.plus_days(NEAR_DAYS) < end => return None,
            false => Word::Ending,
        };
        Some((one, end, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClosedList, Kind, Value};
    use SituationType::{Cdd, Cdi, DemandeurEmploi, Interim, Pmsmp};

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    /// Days from `start` to a planned and a real end, `-` for none.
    fn term(start: &str, planned: &str, actual: &str) -> Term {
        let maybe = |text: &str| (text != "-").then(|| day(text));
        Term { start: day(start), planned_end: maybe(planned), actual_end: maybe(actual) }
    }

    #[test]
    fn a_situation_ends_on_its_real_day_else_on_the_planned_one() {
        for (term, end, runs, open) in [
            (term("2019-02-04", "-", "-"), None, true, true),
            (term("2019-02-04", "2019-04-26", "-"), Some("2019-04-26"), true, true),
            (term("2019-02-04", "2019-04-26", "2019-03-31"), Some("2019-03-31"), false, false),
            (term("2019-02-04", "2019-03-31", "2019-04-26"), Some("2019-04-26"), true, false),
            (term("2019-04-02", "-", "-"), None, false, false),
        ] {
            let today = day("2019-04-01");
            assert_eq!((term.end(), term.runs_on(today)), (end.map(day), runs), "{term:?}");
            assert_eq!(term.is_open_on(today), open, "{term:?}");
        }
    }

    #[test]
    fn a_situation_runs_on_its_first_and_on_its_last_day() {
        let term = term("2019-02-04", "2019-04-26", "-");
        for (on, want) in [("2019-02-03", false), ("2019-02-04", true), ("2019-04-26", true), ("2019-04-27", false)] {
            assert_eq!(term.runs_on(day(on)), want, "{on}");
        }
        let window = (day("2019-04-01"), day("2019-05-31"));
        assert_eq!(term.within(window), Some((day("2019-04-01"), day("2019-04-26"))));
        assert_eq!(term.within((day("2019-04-27"), day("2019-05-31"))), None);
    }

    #[test]
    fn two_contracts_share_the_days_that_both_cover() {
        let one = term("2019-02-04", "2019-04-26", "-");
        for (other, want) in [
            (term("2019-04-27", "-", "-"), 0),
            (term("2019-04-26", "-", "-"), 1),
            (term("2019-04-25", "2019-12-31", "-"), 2),
            (term("2019-03-01", "2019-03-02", "-"), 2),
        ] {
            assert_eq!((one.shared_days(other), other.shared_days(one)), (want, want), "{other:?}");
        }
    }

    #[test]
    fn full_time_is_thirty_five_hours_of_a_paid_contract_or_hours_that_nobody_said() {
        for (kind, minutes, want) in [
            (Cdd, Some(35 * 60), true),
            (Cdd, Some(35 * 60 - 1), false),
            (Cdd, None, true),
            (Pmsmp, Some(35 * 60), false),
        ] {
            assert_eq!(is_full_time(kind, minutes), want, "{kind:?} {minutes:?}");
        }
    }

    #[test]
    fn what_never_began_has_planned_days_and_no_real_ones() {
        let mut record = Record::new(Kind::Placements);
        assert_eq!((Term::of(&record), took_place(&record)), (None, true));
        record.set(placement::START, Some(Value::Date(day("2019-02-04"))));
        record.set(placement::PLANNED_END, Some(Value::Date(day("2019-04-26"))));
        let planned = Some(term("2019-02-04", "2019-04-26", "-"));
        assert_eq!((Term::of(&record), Term::of_real(&record)), (planned, planned));
        record.set(placement::END_REASON, Some(Value::Text(NOT_STARTED.to_owned())));
        assert_eq!((Term::of(&record), Term::of_real(&record), took_place(&record)), (planned, None, false));
    }

    fn until(kind: SituationType, start: &str, planned: &str, actual: &str) -> Contract {
        Contract { kind, term: term(start, planned, actual), seen_on: None }
    }

    /// The words that the contracts of one person need on a day, by the start of each.
    #[track_caller]
    fn check(contracts: &[Contract], today: &str, want: &[(&str, Word)]) {
        let found: Vec<(Date, Word)> =
            words(contracts, |one| *one, day(today)).map(|(one, _, word)| (one.term.start, word)).collect();
        let want: Vec<(Date, Word)> = want.iter().map(|(start, word)| (day(start), *word)).collect();
        assert_eq!(found, want, "on {today}");
    }

    const START: &str = "2019-02-04";
    const END: &str = "2019-04-26";

    #[test]
    fn the_end_of_a_contract_is_near_for_thirty_days_and_unconfirmed_from_the_day_after() {
        let mission = [until(Interim, START, END, "-")];
        for (today, want) in [
            ("2019-03-26", None),
            ("2019-03-27", Some(Word::Ending)),
            ("2019-04-25", Some(Word::Ending)),
            ("2019-04-26", Some(Word::Ending)),
            ("2019-04-27", Some(Word::Unconfirmed)),
            ("2021-01-01", Some(Word::Unconfirmed)),
        ] {
            check(&mission, today, want.map(|word| (START, word)).as_slice());
        }
    }

    #[test]
    fn a_contract_without_end_or_ended_or_still_to_begin_needs_no_word() {
        check(&[until(Cdi, START, "-", "-")], "2019-05-01", &[]);
        check(&[until(Cdd, START, END, END)], "2019-05-01", &[]);
        check(&[until(Cdd, START, END, "2019-03-01")], "2019-04-20", &[]);
        check(&[until(Cdd, START, "2019-02-20", "-")], "2019-02-03", &[]);
    }

    #[test]
    fn what_is_not_a_paid_contract_needs_no_word() {
        for kind in SituationType::ALL {
            let want = if kind.is_paid() { vec![(START, Word::Unconfirmed)] } else { Vec::new() };
            check(&[until(*kind, START, END, "-")], "2019-05-01", &want);
        }
    }

    #[test]
    fn a_paid_contract_that_began_later_is_the_word_on_the_one_before() {
        let mission = until(Interim, START, END, "-");
        let (unconfirmed, ending) = ((START, Word::Unconfirmed), (START, Word::Ending));
        check(&[mission, until(Cdd, "2019-05-06", "2019-11-05", "-")], "2019-05-20", &[]);
        check(&[mission, until(Cdd, "2019-05-06", "2019-11-05", "-")], "2019-05-05", &[unconfirmed]);
        check(&[mission, until(Cdi, "2019-04-01", "-", "-")], "2019-04-20", &[]);
        check(&[mission, until(Cdi, "2019-04-21", "-", "-")], "2019-04-20", &[ending]);
        check(&[mission, until(DemandeurEmploi, "2019-04-27", "-", "-")], "2019-05-20", &[unconfirmed]);
        check(&[mission, until(Pmsmp, "2019-04-27", "2019-05-10", "-")], "2019-05-20", &[unconfirmed]);
        let next = until(Interim, "2019-05-06", "2019-05-24", "-");
        check(&[mission, next], "2019-05-27", &[("2019-05-06", Word::Unconfirmed)]);
    }

    #[test]
    fn two_contracts_of_one_start_are_both_asked_about() {
        let both = [until(Interim, START, END, "-"), until(Cdd, START, "2019-04-30", "-")];
        check(&both, "2019-05-20", &[(START, Word::Unconfirmed), (START, Word::Unconfirmed)]);
    }

    #[test]
    fn a_contract_seen_on_its_end_or_later_is_confirmed() {
        let seen = |on: &str| [Contract { seen_on: Some(day(on)), ..until(Cdd, START, END, "-") }];
        let late = [(START, Word::Unconfirmed)];
        check(&seen("2019-04-25"), "2019-05-02", &late);
        check(&seen("2019-04-26"), "2019-05-02", &[]);
        check(&seen("2019-05-02"), "2019-05-02", &[]);
        check(&seen("2019-05-03"), "2019-05-02", &late);
        check(&seen("2019-04-20"), "2019-04-20", &[(START, Word::Ending)]);
    }
}
