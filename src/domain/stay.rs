//! The rules on a stay, one person's time in one cohort: who has come, who has left, which half-days count for them.

use super::Date;
use super::facts::ParticipationFact;
use super::progress::{AttendanceStatus, Justification};
use super::trainee::{Decision, ExitReason};
use crate::closed_list;
use crate::domain::number::percent_tenths;
use std::collections::BTreeMap;

/// The days that decide where a stay stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StayDays {
    /// First day.
    pub entry: Option<Date>,
    /// Last day, inclusive.
    pub exit: Option<Date>,
    /// Why it ended.
    pub exit_reason: Option<ExitReason>,
    /// The day of the first half-day present.
    pub first_present: Option<Date>,
}

closed_list! {
    /// Where a stay stands on a day.
    Standing {
        InTraining = "in_training", "en formation", "in training";
        Left = "left", "sorti", "left";
        Applicant = "applicant", "candidat", "applicant";
        Waiting = "waiting", "liste d'attente", "waiting list";
        Refused = "refused", "refusé", "refused";
        Withdrawn = "withdrawn", "désistement", "withdrawn";
    }
}

impl StayDays {
    /// The entry, when it is on a day or before.
    pub fn entry_by(self, day: Date) -> Option<Date> {
        self.entry.filter(|entry| *entry <= day)
    }
    /// The exit and its reason, when the person had entered and left on a day or before.
    pub fn exit_by(self, day: Date) -> Option<(Date, ExitReason)> {
        self.entry_by(day)?;
        self.exit.zip(self.exit_reason).filter(|(exit, _)| *exit <= day)
    }
    /// Whether the person is an entrant on a day: entered, and present at least once (indicators.md, Entrant). Somebody
    /// who entered and never came is a no-show.
    pub fn is_entrant(self, day: Date) -> bool {
        self.entry_by(day).is_some() && self.first_present.is_some_and(|first| first <= day)
    }
    /// The exit that counts as one on a day: that of an entrant who was not transferred (indicators.md, Exit). It is also
    /// the exit after which the school calls.
    pub fn left_by(self, day: Date) -> Option<Date> {
        let (exit, reason) = self.exit_by(day)?;
        (self.is_entrant(day) && is_departure(reason)).then_some(exit)
    }
    /// The days of a period on which half-days are planned for the person: from the entry to the exit, both included.
    pub fn within(self, (from, to): (Date, Date)) -> Option<(Date, Date)> {
        let (first, last) = (from.max(self.entry?), self.exit.map_or(to, |exit| exit.min(to)));
        (first <= last).then_some((first, last))
    }
    /// Where the stay stands on a day, with what was decided of the application. The exit is the last day, and on that
    /// day the person counts as left.
    pub fn standing(self, decision: Option<Decision>, day: Date) -> Standing {
        match (self.entry, self.exit) {
            (Some(_), Some(exit)) if exit <= day => Standing::Left,
            (Some(entry), _) if entry <= day => Standing::InTraining,
            (Some(_), _) => Standing::Applicant,
            (None, _) => match decision {
                Some(Decision::Waiting) => Standing::Waiting,
                Some(Decision::Refused) => Standing::Refused,
                Some(Decision::Withdrawn) => Standing::Withdrawn,
                None | Some(Decision::Pending | Decision::Admitted) => Standing::Applicant,
            },
        }
    }
}

/// Whether an exit for this reason is the end of a path, and not a move to another cohort.
pub fn is_departure(reason: ExitReason) -> bool {
    reason != ExitReason::Transferred
}

impl ParticipationFact {
    /// The days that decide where it stands.
    pub fn days(&self) -> StayDays {
        let ParticipationFact { entry, exit, exit_reason, first_present, .. } = *self;
        StayDays { entry, exit, exit_reason, first_present }
    }
}

/// Half-days of a stay, counted: those planned and what was marked on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presence {
    /// On the calendar and not cancelled; those without a mark too.
    pub planned: i64,
    /// Present, whatever the minutes.
    pub present: i64,
    /// Excused absences.
    pub excused: i64,
    /// Unexcused absences.
    pub unexcused: i64,
    /// How often each paper or reason was given.
    pub reasons: BTreeMap<Justification, i64>,
}

impl Presence {
    /// Counts half-days of one mark.
    pub fn mark(&mut self, status: AttendanceStatus, count: i64) {
        match status {
            AttendanceStatus::Present => self.present += count,
            AttendanceStatus::Excused => self.excused += count,
            AttendanceStatus::Unexcused => self.unexcused += count,
        }
    }
    /// Planned half-days without a mark.
    pub fn unmarked(&self) -> i64 {
        self.planned - self.present - self.excused - self.unexcused
    }
    /// The rate of presence in tenths of a percent; none when nothing was planned.
    pub fn rate(&self) -> Option<i64> {
        percent_tenths(self.present, self.planned)
    }
    /// Adds the half-days of another.
    pub fn add(&mut self, other: &Presence) {
        self.planned += other.planned;
        self.present += other.present;
        self.excused += other.excused;
        self.unexcused += other.unexcused;
        for (reason, count) in &other.reasons {
            *self.reasons.entry(*reason).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    /// A stay from its days, `-` for none, and the reason of the exit.
    fn stay(entry: &str, first_present: &str, exit: &str, reason: Option<ExitReason>) -> StayDays {
        let day = |text: &str| (text != "-").then(|| day(text));
        StayDays { entry: day(entry), exit: day(exit), exit_reason: reason, first_present: day(first_present) }
    }

    #[test]
    fn an_exit_counts_for_those_who_came_and_went() {
        use ExitReason::{Completed, EndOfIntegration, Transferred};
        let (entry, exit) = ("2019-01-07", "2019-02-01");
        for (name, stay, today, want) in [
            ("came", stay(entry, "2019-01-07", exit, Some(Completed)), "2019-02-01", Some(exit)),
            ("the day before the exit", stay(entry, "2019-01-07", exit, Some(Completed)), "2019-01-31", None),
            ("never came", stay(entry, "-", exit, Some(Completed)), "2019-02-01", None),
            ("came later than the day", stay(entry, "2019-01-09", exit, Some(Completed)), "2019-01-08", None),
            ("transferred", stay(entry, "2019-01-07", exit, Some(Transferred)), "2019-02-01", None),
            ("in the integration days", stay(entry, "2019-01-07", exit, Some(EndOfIntegration)), exit, Some(exit)),
            ("never entered", stay("-", "-", "-", None), "2019-02-01", None),
            ("still there", stay(entry, "2019-01-07", "-", None), "2019-02-01", None),
        ] {
            assert_eq!(stay.left_by(day(today)), want.map(day), "{name}");
        }
    }

    #[test]
    fn an_entrant_entered_and_was_present() {
        let with = |first| stay("2019-01-07", first, "-", None);
        for (first, today, want) in [
            ("2019-01-07", "2019-01-06", false),
            ("2019-01-07", "2019-01-07", true),
            ("2019-01-08", "2019-01-07", false),
            ("-", "2019-06-01", false),
        ] {
            assert_eq!(with(first).is_entrant(day(today)), want, "{first} on {today}");
        }
    }

    #[test]
    fn half_days_are_planned_from_the_entry_to_the_exit() {
        let period = (day("2019-01-01"), day("2019-01-31"));
        for (entry, exit, want) in [
            ("2018-11-05", "-", Some(("2019-01-01", "2019-01-31"))),
            ("2019-01-07", "2019-01-07", Some(("2019-01-07", "2019-01-07"))),
            ("2019-01-07", "2019-02-01", Some(("2019-01-07", "2019-01-31"))),
            ("2019-02-01", "-", None),
            ("2018-11-05", "2018-12-31", None),
            ("-", "-", None),
        ] {
            let days = stay(entry, "-", exit, Some(ExitReason::Completed)).within(period);
            assert_eq!(days, want.map(|(first, last)| (day(first), day(last))), "{entry} to {exit}");
        }
    }

    #[track_caller]
    fn check(entry: &str, exit: &str, decision: Decision, want: Standing) {
        assert_eq!(stay(entry, "-", exit, None).standing(Some(decision), day("2018-12-05")), want);
    }

    #[test]
    fn the_entry_day_is_in_training_and_the_exit_day_is_left() {
        check("2018-12-05", "-", Decision::Admitted, Standing::InTraining);
        check("2018-12-06", "-", Decision::Admitted, Standing::Applicant);
        check("2018-11-05", "2018-12-05", Decision::Admitted, Standing::Left);
        check("2018-11-05", "2018-12-06", Decision::Admitted, Standing::InTraining);
    }

    #[test]
    fn without_an_entry_the_decision_says_it() {
        check("-", "-", Decision::Pending, Standing::Applicant);
        check("-", "-", Decision::Admitted, Standing::Applicant);
        check("-", "-", Decision::Waiting, Standing::Waiting);
        check("-", "-", Decision::Refused, Standing::Refused);
        check("-", "-", Decision::Withdrawn, Standing::Withdrawn);
    }

    #[test]
    fn presence_is_of_the_planned_half_days_and_what_is_left_has_no_mark() {
        let mut presence = Presence { planned: 40, ..Presence::default() };
        presence.mark(AttendanceStatus::Present, 36);
        presence.mark(AttendanceStatus::Excused, 1);
        presence.mark(AttendanceStatus::Unexcused, 2);
        assert_eq!((presence.unmarked(), presence.rate()), (1, Some(900)));
        let other = Presence { planned: 1, present: 1, reasons: [(Justification::Exam, 1)].into(), ..presence.clone() };
        presence.add(&other);
        assert_eq!((presence.planned, presence.present, presence.reasons[&Justification::Exam]), (41, 37, 1));
        assert_eq!(Presence::default().rate(), None);
    }
}
