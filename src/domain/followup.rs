//! The rules on follow-ups: the calls at 3, 6 and 12 months after an exit, when they are due and when they are late.
//!
//! Who is called is said by [`StayDays::left_by`](super::stay::StayDays::left_by): an entrant who left, but by a transfer.

use super::placement::Point;
use super::{ClosedList, Date};
use crate::closed_list;

/// Days after the due day within which a call is not late (interchange.md, section `followups`: `window_end`).
pub const WINDOW_DAYS: i32 = 28;

closed_list! {
    /// Where a call stands.
    CallStanding {
        Reached = "reached", "joint", "reached";
        NotDue = "not_due", "pas encore dû", "not due";
        Due = "due", "à faire", "due";
        Overdue = "overdue", "en retard", "overdue";
    }
}

/// Whether somebody was reached for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// An attempt reached them.
    Yes,
    /// No attempt did so far.
    No,
}

impl Reached {
    /// From whether an attempt that reached the person is recorded.
    pub fn from(known: bool) -> Reached {
        if known { Reached::Yes } else { Reached::No }
    }
}

/// One call after an exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The point.
    pub point: Point,
    /// Its day.
    pub due_on: Date,
}

impl Call {
    /// The last day on which the call is not late.
    pub fn window_end(self) -> Date {
        self.due_on.plus_days(WINDOW_DAYS)
    }
    /// Where the call stands on a day.
    pub fn standing(self, reached: Reached, day: Date) -> CallStanding {
        match reached {
            Reached::Yes => CallStanding::Reached,
            Reached::No if day < self.due_on => CallStanding::NotDue,
            Reached::No if day <= self.window_end() => CallStanding::Due,
            Reached::No => CallStanding::Overdue,
        }
    }
}

/// The calls after an exit, the first first.
pub fn calls(exit: Date) -> impl Iterator<Item = Call> {
    Point::ALL.iter().map(move |&point| Call { point, due_on: exit.plus_months(point.months()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn calls_fall_three_six_and_twelve_months_after_the_exit_at_the_latest_on_the_last_of_the_month() {
        for (exit, want) in [
            ("2019-02-01", ["2019-05-01", "2019-08-01", "2020-02-01"]),
            ("2018-11-30", ["2019-02-28", "2019-05-30", "2019-11-30"]),
            ("2019-08-31", ["2019-11-30", "2020-02-29", "2020-08-31"]),
        ] {
            let found: Vec<String> = calls(day(exit)).map(|call| call.due_on.to_string()).collect();
            assert_eq!(found, want, "{exit}");
        }
    }

    #[track_caller]
    fn check(reached: Reached, today: &str, want: CallStanding) {
        let call = Call { point: Point::M3, due_on: day("2019-05-01") };
        assert_eq!(call.standing(reached, day(today)), want, "{today}");
    }

    #[test]
    fn a_call_is_due_on_its_day_and_late_after_twenty_eight_days() {
        check(Reached::No, "2019-04-30", CallStanding::NotDue);
        check(Reached::No, "2019-05-01", CallStanding::Due);
        check(Reached::No, "2019-05-29", CallStanding::Due);
        check(Reached::No, "2019-05-30", CallStanding::Overdue);
    }

    #[test]
    fn somebody_who_was_reached_is_not_called_again_even_ahead_of_the_day() {
        for today in ["2019-04-30", "2019-05-01", "2019-05-30", "2021-01-01"] {
            check(Reached::Yes, today, CallStanding::Reached);
        }
    }
}
